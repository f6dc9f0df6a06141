// What to say where no chain gets past a link: the nearest candidate, and why it does not do.

import { sameMetric } from "../../aws/metric.ts";
import type { Cause, Evidence, NearMiss, Remark } from "../../model/finding.ts";
import type { ResourceInstance } from "../../model/graph.ts";
import { worksElsewhere } from "../asked-accounts.ts";
import { evidenceOf, placeOf } from "../evidence.ts";
import { pointsTo, type Target } from "../pointers.ts";
import { actionSteps } from "./action-link.ts";
import { alarmSteps, byNearness, metricOf } from "./alarm-link.ts";
import type { Break, ChainWorld, Path } from "./chain.ts";
import { concerns, coverageOf, type Requirement } from "./coverage.ts";
import {
  type FilterFacts,
  groupPlace,
  missesAlone,
  placement,
  placeOfTarget,
  type Stream,
  singleStream,
} from "./filter-link.ts";
import { type Step, stepOf } from "./step.ts";
import { deliveriesOf } from "./subscription-link.ts";
import type { Head } from "./trail-link.ts";

const MANY = 3;

export function brokenTrail(world: ChainWorld): Break {
  const all = world.sources.heads.filter((head) => head.trail !== undefined);
  const trails = all.filter((head) => !isForeign(head));
  const [nearest] = [...trails].sort((a, b) => a.causes.length - b.causes.length);
  if (nearest !== undefined) return violated(nearest.causes, nearest.evidence);
  const [gone] = world.graph.gone("aws_cloudtrail");
  if (gone !== undefined) {
    const subject = { address: gone.name, location: gone.location, input: undefined };
    const found = violated([{ code: "trail-removed", subject, evidence: [], how: gone.how }], []);
    // A trail that is only forgotten goes on recording, as far as anybody can tell.
    return gone.how === "forgotten" ? { ...found, verdict: "undecided" } : found;
  }
  const filter = world.sources.filters.find((facts) => !worksElsewhere(world.graph, facts.filter.scope));
  const [foreign] = all;
  // What is known of another account says nothing of the trails of this one.
  if (filter === undefined && foreign !== undefined) {
    return { ...violated(foreign.causes, foreign.evidence), verdict: "undecided" };
  }
  // An account lists all of its trails, and a listing that is missing is a gap of its own.
  if (world.graph.inputs.some(({ kind }) => kind === "account")) {
    return violated([{ code: "no-trail", subject: undefined, evidence: [] }], []);
  }
  if (filter === undefined && world.graph.gone("aws_cloudwatch_log_metric_filter").length === 0) {
    return {
      verdict: "undecided",
      causes: [{ code: "nothing-to-check", subject: undefined, evidence: [] }],
      evidence: [],
      remarks: [],
    };
  }
  const [group] = filter?.group.targets ?? [];
  const evidence = filter === undefined ? [] : [evidenceOf(filter.filter, "log_group_name")];
  if (group === undefined) return violated([{ code: "no-trail", subject: undefined, evidence }], evidence);
  return violated([{ code: "log-group-without-trail", subject: placeOfTarget(group), evidence }], evidence);
}

function isForeign({ causes }: Head): boolean {
  return causes.some(({ code }) => code === "trail-of-another-account");
}

/**
 * Filters on the fed log group that count some of what is asked come first; then a filter that would do, on
 * another log group; then there simply is none.
 */
export function brokenFilter(world: ChainWorld, path: Path, requirement: Requirement): Break {
  const { filters } = world.sources;
  const head = path.steps[0] as Head | undefined;
  const placed = filters.filter((facts) => stepOf(placement(facts), []).answer !== "no");
  const near = alike(placed, requirement);
  const covering = filters.find(
    (facts) =>
      facts.pattern !== undefined &&
      !missesAlone(facts, requirement) &&
      coverageOf([facts.pattern], requirement).answer === "yes",
  );
  const [nearest] = near.map((facts) => singleStream(facts, requirement)).sort(byAlikeness);
  if (nearest !== undefined && covering === undefined) return violated(nearest.causes, nearest.evidence);
  if (covering !== undefined) return elsewhere(covering, head, requirement);
  if (nearest !== undefined) return violated(nearest.causes, nearest.evidence);
  const evidence: readonly Evidence[] = [
    ...headEvidence(head),
    ...placed.slice(0, MANY).map((facts) => evidenceOf(facts.filter, "pattern")),
  ];
  const required = requirement.wanted[0]?.text;
  return violated([{ code: "no-filter", subject: groupPlace(head), evidence, required }], evidence);
}

/** More near misses than this are not compared with each other. */
const CLOSE_LOOKS = 40;

/**
 * The filters that were meant for what is asked: they count some of it, and name a value that it names; or they
 * count everything. Any filter on calls of some kind counts their denials too, which makes it no near miss.
 */
function alike(placed: readonly FilterFacts[], requirement: Requirement): readonly FilterFacts[] {
  const wanted = requirement.wanted.flatMap(({ text }) => valuesIn(text));
  const shares = (values: readonly string[]) =>
    values.some((value) => wanted.some((one) => one.includes(value) || value.includes(one)));
  const isAlike = (facts: FilterFacts): boolean => {
    const { pattern } = facts;
    if (pattern === undefined) return false;
    if (shares(valuesIn(pattern)) && concerns(pattern, requirement)) return true;
    if (missesAlone(facts, requirement)) return false;
    const { kind } = coverageOf([pattern], requirement);
    return kind === "everyday" || (kind === "unreadable" && shares(wordsIn(pattern)));
  };
  return placed.filter(isAlike).slice(0, CLOSE_LOOKS);
}

/** The values that a pattern compares with `=`; the words of one that is plain text. */
function valuesIn(pattern: string): readonly string[] {
  const found = pattern.trimStart().startsWith("{")
    ? [...pattern.matchAll(/[^!<>=]=\s*["%]?\*?([\w.:/-]+)/g)].map((match) => match[1] ?? "")
    : wordsIn(pattern);
  return found.map((value) => value.toLowerCase()).filter((value) => value.length > 3);
}

function wordsIn(text: string): readonly string[] {
  return (text.toLowerCase().match(/\w{4,}/g) ?? []).filter((word) => !/^(errorcode|eventname)$/.test(word));
}

/**
 * A trail that delivers to a log group outside the inputs: whoever manages the group may have put a filter on it,
 * unless the inputs put theirs there. Then no break proves anything.
 */
export function filtersOutside(
  world: ChainWorld,
): { readonly head: Head; readonly cause: Cause } | undefined {
  const { heads, filters } = world.sources;
  const head = heads.find((candidate) => {
    if (candidate.trail === undefined || candidate.answer === "no") return false;
    return candidate.pointer.targets.some(
      (target) =>
        target.kind === "outside" && filters.every((facts) => pointsTo(facts.group, target) === "no"),
    );
  });
  if (head?.trail === undefined) return undefined;
  const evidence = [evidenceOf(head.trail, "cloud_watch_logs_group_arn")];
  return { head, cause: { code: "filters-outside-inputs", subject: groupPlace(head), evidence } };
}

/** A misreading is nearer than a filter of another purpose, and one that misses less is nearer still. */
function byAlikeness(a: Step, b: Step): number {
  return a.causes.length - b.causes.length;
}

/** A filter that covers, but does not work where it sits. */
function elsewhere(facts: FilterFacts, head: Head | undefined, requirement: Requirement): Break {
  const step = singleStream(facts, requirement);
  const own = step.causes.filter((cause) => cause.code !== "no-filter-on-log-group");
  if (own.length > 0) return violated(own, step.evidence);
  const evidence = [...headEvidence(head), evidenceOf(facts.filter, "log_group_name")];
  return violated(
    [{ code: "no-filter-on-log-group", subject: groupPlace(head) ?? placeOf(facts.filter), evidence }],
    evidence,
  );
}

function headEvidence(head: Head | undefined): readonly Evidence[] {
  return head?.trail === undefined ? [] : [evidenceOf(head.trail, "cloud_watch_logs_group_arn")];
}

export function brokenAlarm(world: ChainWorld, path: Path): Break {
  const { stream } = path;
  const [facts] = stream?.filters ?? [];
  const steps = stream === undefined ? [] : [...alarmSteps(stream, world.alarms)].sort(byNearness);
  const [nearest] = steps.filter(
    (step) => step.miss === undefined || !servesAnother(world, step.alarm, stream),
  );
  if (nearest !== undefined && nearest.miss !== "unlike") return violated(nearest.causes, nearest.evidence);
  const metric = facts?.emitted === undefined ? { namespace: "", name: "" } : metricOf(facts.emitted);
  const evidence =
    facts === undefined
      ? []
      : ["metric_transformation.namespace", "metric_transformation.name"].map((name) =>
          evidenceOf(facts.filter, name),
        );
  const subject = facts === undefined ? undefined : placeOf(facts.filter);
  return violated([{ code: "no-alarm", subject, evidence, metric }], evidence);
}

/** An alarm on the metric of another filter is no near miss: it is there for that one. */
function servesAnother(world: ChainWorld, alarm: ResourceInstance, stream: Stream | undefined): boolean {
  const watched = world.alarms.find((entry) => entry.instance === alarm)?.watched ?? [];
  return world.sources.filters.some(
    ({ filter, emitted }) =>
      emitted !== undefined &&
      !stream?.filters.some((facts) => facts.filter === filter) &&
      watched.some((metric) => sameMetric(metric, emitted, filter.scope.account).answer === "yes"),
  );
}

/** Of all alarms that go off alike, the one whose action comes nearest. */
export function brokenAction(
  world: ChainWorld,
  paths: readonly Path[],
): { readonly path: Path; readonly found: Break } {
  const steps = paths.flatMap((path) =>
    path.alarm === undefined ? [] : actionSteps(path.alarm, world.notifying).map((step) => ({ path, step })),
  );
  const [nearest] = steps.sort(
    ({ step: a }, { step: b }) =>
      actionNearness(a.causes[0]) - actionNearness(b.causes[0]) || a.causes.length - b.causes.length,
  );
  if (nearest === undefined) return { path: paths[0] ?? { steps: [] }, found: violated([], []) };
  const { path, step } = nearest;
  return { path, found: violated(step.causes, step.evidence, step.remarks) };
}

/** A topic that cannot be published to is nearer than no topic at all. */
function actionNearness(cause: Cause | undefined): number {
  const order: readonly (Cause["code"] | undefined)[] = [
    "alarm-actions-without-topic",
    "alarm-without-actions",
  ];
  return order.indexOf(cause?.code) + 1;
}

export function brokenSubscription(world: ChainWorld, path: Path): Break {
  const { action } = path;
  const [target] = action?.topic?.targets ?? [];
  if (action === undefined || target === undefined) return violated([], []);
  const place = placeOfTarget(target);
  const found = deliveriesOf(target, world.subscriptions, action.notifier, world.options);
  const onTopic = found.filter((delivery) => delivery.onTopic !== "no");
  const [nearest] = [...onTopic].sort((a, b) => a.causes.length - b.causes.length);
  const evidence: readonly Evidence[] = [evidenceOf(action.notifier, "alarm_actions")];
  if (nearest !== undefined)
    return violated(nearest.causes, [...evidence, ...nearest.evidence], action.remarks);
  const [other] = world.subscriptions;
  if (other === undefined) {
    return violated([{ code: "no-subscription", subject: place, evidence }], evidence, action.remarks);
  }
  const both = [...evidence, evidenceOf(other.instance, "topic_arn")];
  const cause: Cause = {
    code: "no-subscription-on-topic",
    subject: place,
    evidence: both,
    nearest: nearMiss(target, other.topic.targets[0]),
  };
  return violated([cause], both, action.remarks);
}

function nearMiss(topic: Target, other: Target | undefined): NearMiss | undefined {
  if (topic.kind !== "instance" || other?.kind !== "instance") return undefined;
  return isSibling(topic.instance, other.instance) ? "other-key" : "other-name";
}

function isSibling(a: ResourceInstance, b: ResourceInstance): boolean {
  return (
    a.address.name === b.address.name && a.address.type === b.address.type && a.address.key !== b.address.key
  );
}

function violated(
  causes: readonly Cause[],
  evidence: readonly Evidence[],
  remarks: readonly Remark[] = [],
): Break {
  return { verdict: "violated", causes, evidence, remarks };
}
