// The answer as data: verdict, chain, causes, evidence. No sentence stands here; src/report/words.ts owns them.

import type { DeliveryCause } from "./delivery.ts";
import type { InputSummary } from "./graph.ts";
import type { Json } from "./json.ts";
import type { AttributeOperator, Severity } from "./policy.ts";
import type { SourceLocation } from "./source.ts";
import type { UnknownOrigin } from "./value.ts";

export type Verdict = "satisfied" | "violated" | "undecided";

/** The links of the chain, in order. */
export const LINKS = ["trail", "filter", "alarm", "action", "subscription"] as const;
export type Link = (typeof LINKS)[number];

/** Something the reader can go and look at. */
export interface Place {
  /** A Terraform address, or the name of an object outside the inputs. */
  readonly address: string;
  readonly location: SourceLocation | undefined;
  /** Label of the input; `undefined` for an object outside them. */
  readonly input: string | undefined;
}

/** A value ready to be shown: sensitive ones are masked before they get here. */
export type Shown =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "sensitive" }
  | { readonly kind: "unset" }
  /** Known only after apply; `from` are the addresses it comes from. */
  | { readonly kind: "unknown"; readonly from: readonly string[] };

/** One fact the verdict rests on: an attribute of an object, and its value. */
export interface Evidence {
  readonly place: Place;
  readonly attribute: string | undefined;
  readonly value: Shown | undefined;
}

/** How far an almost fitting object is from fitting. */
export type NearMiss =
  | "letter-case"
  | "other-namespace"
  | "other-name"
  | "other-region"
  | "other-account"
  | "other-key"
  | "dimensions"
  | "filter-name-not-metric"
  | "other";

/** What every cause and remark has. */
export interface Told {
  /** What the cause is about; the first thing the sentence names. `undefined`: about the inputs as a whole. */
  readonly subject: Place | undefined;
  /** Both ends of a broken joint, and whatever else the cause rests on. */
  readonly evidence: readonly Evidence[];
  /** It is about what exists in an account now, not about what code will make of it. */
  readonly inAccount?: true;
}

type CauseOf<Code extends string, Details = unknown> = Told & { readonly code: Code } & Details;

/** What was found; `code` is stable for ever. */
export type Cause =
  // trail
  | CauseOf<"nothing-to-check">
  | CauseOf<"no-trail">
  | CauseOf<"trail-removed", { readonly how: "destroyed" | "forgotten" }>
  | CauseOf<"trail-not-multi-region">
  | CauseOf<"trail-not-logging">
  | CauseOf<"trail-without-log-group">
  | CauseOf<"trail-misses-management-events", { readonly how: SelectorGap }>
  | CauseOf<"log-group-without-trail">
  | CauseOf<"trail-outside-inputs">
  /** `account` is the trail's, `asked` are those of the checked inputs. */
  | CauseOf<"trail-of-another-account", { readonly account: string; readonly asked: readonly string[] }>
  | CauseOf<"trail-role-cannot-write", { readonly how: "trust" | "rights" }>
  | CauseOf<"trail-log-group-arn-incomplete">
  // filter
  /** `required`: the pattern to write, where the check asks for one. */
  | CauseOf<"no-filter", { readonly required: string | undefined }>
  | CauseOf<"no-filter-on-log-group">
  | CauseOf<"filters-outside-inputs">
  | CauseOf<"pattern-misses-event", PatternGap>
  | CauseOf<"pattern-matches-everyday-calls", { readonly pattern: string; readonly event: Json }>
  | CauseOf<
      "pattern-unreadable",
      { readonly pattern: string; readonly problem: string; readonly offset: number }
    >
  | CauseOf<"pattern-not-decided", { readonly pattern: string; readonly why: string }>
  | CauseOf<"log-group-class-without-metrics", { readonly logGroupClass: string }>
  | CauseOf<"filter-on-transformed-logs">
  /** An argument of the filter that changes which events it sees or what it emits. */
  | CauseOf<"filter-not-understood", { readonly attribute: string }>
  // alarm
  | CauseOf<"no-alarm", { readonly metric: Metric }>
  | CauseOf<"no-alarm-on-metric", { readonly metric: Metric; readonly nearest: NearMiss | undefined }>
  | CauseOf<"alarm-cannot-fire", { readonly how: SilentAlarm }>
  | CauseOf<"alarm-always-on", { readonly how: string }>
  | CauseOf<"alarm-not-understood", { readonly what: string }>
  | CauseOf<"alarm-muted">
  // action
  /** What a composite alarm does when the alarm below it goes off. */
  | CauseOf<"composite-alarm-not-decided", { readonly how: CompositeDoubt }>
  | CauseOf<"alarm-suppressed">
  | CauseOf<"alarm-actions-disabled">
  | CauseOf<"alarm-without-actions">
  | CauseOf<"alarm-actions-without-topic">
  | CauseOf<"topic-in-other-region", { readonly alarmRegion: string; readonly topicRegion: string }>
  | CauseOf<"topic-key-shuts-cloudwatch-out", { readonly how: KeyBreak }>
  | CauseOf<"topic-policy-shuts-cloudwatch-out">
  // subscription
  | CauseOf<"no-subscription">
  | CauseOf<"no-subscription-on-topic", { readonly nearest: NearMiss | undefined }>
  | CauseOf<"subscription-pending", { readonly protocol: string }>
  | CauseOf<"subscription-filters-alarm-away">
  /** AWS refuses the filter policy, so the subscription is never made. */
  | CauseOf<"filter-policy-refused", { readonly problem: PolicyProblem }>
  /** The policy is known, and what it asks of the message is not. */
  | CauseOf<"filter-policy-not-decided">
  | CauseOf<"queue-shuts-topic-out", { readonly how: "no-policy" | "queue-policy" | KeyBreak }>
  | CauseOf<"function-shuts-topic-out", { readonly how: "no-permission" | "other-permission" }>
  | CauseOf<"stream-role-cannot-write", { readonly how: "no-role" | "trust" | "rights" }>
  | CauseOf<"endpoint-not-for-topic", { readonly how: "fifo-topic" | "fifo-queue" }>
  | CauseOf<"subscribers-outside-inputs">
  // any link
  | CauseOf<"not-known-before-apply", { readonly attribute: string; readonly origin: UnknownOrigin }>
  | CauseOf<"may-not-exist", { readonly doubt: string }>
  | CauseOf<"more-may-exist", { readonly type: string; readonly origin: UnknownOrigin }>
  // resource-attribute
  | CauseOf<"attribute-differs", { readonly attribute: string; readonly expected: AttributeOperator }>
  | CauseOf<"no-such-resource", { readonly type: string }>;

export type CauseCode = Cause["code"];

/** Why a key keeps a service out. */
export type KeyBreak = "aws-managed-key" | "key-policy" | "key-disabled";

export type SelectorGap =
  | "no-management-events"
  | "write-only"
  | "read-only"
  | "data-events-only"
  | "source-excluded"
  | "narrowed";

export interface PatternGap {
  readonly required: string;
  /** The pattern or, when several filters feed the metric, all of them. */
  readonly actual: readonly string[];
  /** A CloudTrail event that the control wants counted and the filter does not. */
  readonly event: Json;
  /** Selectors excluded with `!=` that events need not have: such events are dropped as well. */
  readonly dropsEventsWithout: readonly string[];
}

export interface Metric {
  readonly namespace: string;
  readonly name: string;
}

/** Why it is not decided whether a composite alarm tells of the alarm below it. */
export type CompositeDoubt = "other-alarms" | "rule-not-read" | "suppressor";

/** Why one matching event cannot set an alarm off. */
export type SilentAlarm =
  | "metric-value-zero"
  | "metric-value-below-threshold"
  | "metric-value-not-a-number"
  | "wrong-comparison"
  | "diluted-by-default-value"
  | "several-periods-needed"
  | "unit-differs"
  | "metric-has-dimensions"
  | "dimension-nobody-emits"
  | "more-datapoints-than-periods"
  | "evaluation-too-long";

/** Why AWS refuses a subscription's filter policy. */
export type PolicyProblem =
  | "not-json"
  | "too-large"
  | "not-an-object"
  | "too-many-keys"
  | "too-complex"
  | "empty-list"
  | "not-a-list"
  | "nested-list"
  | "nested-on-attributes"
  | "several-operators"
  | "operand";

/** Said beside a verdict; changes nothing about it. */
export type Remark =
  | CauseOf<"pattern-counts-more", { readonly event: Json }>
  | CauseOf<"patterns-cover-together">
  | CauseOf<"pending-accepted">
  | CauseOf<"assumption-used", { readonly assumption: string; readonly reason: string }>
  /** What the inputs only point to, and is taken to do its part. */
  | CauseOf<"rights-not-seen", { readonly what: "role" | "queue" | "function" | "stream" }>
  /** `proven`: whether the delivery certainly breaks there, or may. */
  | CauseOf<"break-taken-as-remark", { readonly cause: DeliveryCause; readonly proven: boolean }>
  | CauseOf<"exclusion-drops-events", { readonly selectors: readonly string[] }>
  | CauseOf<"more-than-one-event-needed", { readonly count: number }>
  | CauseOf<"references-without-literals">
  | CauseOf<"alarm-muted-at-times">
  | CauseOf<"partial-plan", { readonly mode: "refresh-only" | "destroy" | "partial" }>
  | CauseOf<"organization-trail-counts", { readonly account: string; readonly asked: readonly string[] }>
  | CauseOf<"reading-chosen", { readonly reading: string }>;

export type RemarkCode = Remark["code"];

/** One link of the best chain. */
export interface ChainLink {
  readonly link: Link;
  /** "not-reached": an earlier link breaks. */
  readonly state: "holds" | "breaks" | "unknown" | "not-reached";
  /** The objects of this link, both ends where it joins two. */
  readonly evidence: readonly Evidence[];
}

export interface Finding {
  readonly control: ControlSummary;
  /** Label of the input it is about where several are judged, each by itself; `undefined`: about all inputs together. */
  readonly input: string | undefined;
  readonly verdict: Verdict;
  /** The waiver that accepts a violated or undecided verdict. */
  readonly waiver: WaiverUse | undefined;
  /** Where the best chain breaks or is not decided; `undefined` when satisfied, or for checks without a chain. */
  readonly link: Link | undefined;
  /** The first is the main one; empty when satisfied. */
  readonly causes: readonly Cause[];
  /** Empty for checks without a chain. */
  readonly chain: readonly ChainLink[];
  readonly remarks: readonly Remark[];
  /** Well-known auditors whose text test would not pass all the same; filled only when satisfied. */
  readonly complaints: readonly AuditorComplaint[];
}

export interface ControlSummary {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly rationale: string;
  readonly remediation: string;
  /** The number under the chosen benchmark, such as { name: "cis-aws-foundations", version: "5.0.0", number: "4.1" }. */
  readonly benchmark:
    | { readonly name: string; readonly version: string; readonly number: string }
    | undefined;
  readonly sources: readonly string[];
}

export interface WaiverUse {
  readonly reason: string;
  readonly expires: string;
  readonly place: string;
}

export interface AuditorComplaint {
  readonly auditor: string;
  readonly version: string;
  /** What its test wants to read. */
  readonly wants: string;
  readonly source: string;
}

/** Something about the run itself that a reader should know: stale waivers, sources that do not fit. */
export interface Note {
  readonly code:
    | "waiver-unused"
    | "waiver-expired"
    | "assumption-unused"
    | "sources-do-not-fit"
    | "benchmark-has-no-number"
    | "more-controls-exist"
    | "state-is-checked"
    | "input-outdated"
    | "inputs-contradict"
    | "remote-state-taken"
    /** An output that an audit by hand does without; `detail` is the command. */
    | "output-not-given"
    /** An output that names no region; `detail` is the one taken. */
    | "output-region-taken"
    | "output-not-read"
    /** `subject` is the command, `detail` what AWS said. */
    | "command-refused";
  readonly place: string | undefined;
  readonly subject: string;
  readonly detail: string | undefined;
}

export interface Report {
  readonly tool: { readonly name: "tfcheck"; readonly version: string };
  readonly inputs: readonly InputSummary[];
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
}
