// What each cause and remark carries beside its subject and evidence. A new one without a line here does not compile.

import { DELIVERY_CAUSES } from "../../model/delivery.ts";
import type { Cause, Metric, Remark } from "../../model/finding.ts";
import type { AttributeOperator } from "../../model/policy.ts";
import type { UnknownOrigin } from "../../model/value.ts";
import {
  anything,
  type Codec,
  count,
  type Fields,
  flag,
  listOf,
  maybe,
  number,
  object,
  oneOf,
  scalar,
  tagged,
  text,
} from "./codec.ts";

type Common = "code" | "subject" | "evidence" | "inAccount";
export type DetailFields<T extends Cause | Remark> = {
  readonly [C in T["code"]]: Fields<Omit<Extract<T, { readonly code: C }>, Common>>;
};

const metric: Codec<Metric> = object({ namespace: text, name: text });

const origin: Codec<UnknownOrigin> = object({
  why: oneOf(
    "after-apply",
    "local-without-sources",
    "variable-unset",
    "data-source",
    "module-not-installed",
    "function",
    "expression",
    "not-in-plan",
    "inputs-differ",
    "not-asked",
    "not-answered",
    "cut-short",
  ),
  subject: text,
});

const nearMiss = oneOf(
  "letter-case",
  "other-namespace",
  "other-name",
  "other-region",
  "other-account",
  "other-key",
  "dimensions",
  "filter-name-not-metric",
  "other",
);

const operator: Codec<AttributeOperator> = tagged<"name", AttributeOperator>("name", {
  equals: object({ value: scalar }),
  in: object({ values: listOf(scalar) }),
  matches: object({ pattern: text }),
  exists: object({ value: flag }),
  "at-least": object({ value: number }),
  "at-most": object({ value: number }),
  references: object({ type: text }),
});

export const CAUSE_DETAILS: DetailFields<Cause> = {
  "nothing-to-check": {},
  "no-trail": {},
  "trail-removed": { how: oneOf("destroyed", "forgotten") },
  "trail-not-multi-region": {},
  "trail-not-logging": {},
  "trail-without-log-group": {},
  "trail-misses-management-events": {
    how: oneOf(
      "no-management-events",
      "write-only",
      "read-only",
      "data-events-only",
      "source-excluded",
      "narrowed",
    ),
  },
  "log-group-without-trail": {},
  "trail-outside-inputs": {},
  "trail-of-another-account": { account: text, asked: listOf(text) },
  "trail-role-cannot-write": { how: oneOf("trust", "rights") },
  "trail-log-group-arn-incomplete": {},
  "no-filter": { required: maybe(text) },
  "no-filter-on-log-group": {},
  "filters-outside-inputs": {},
  "pattern-misses-event": {
    required: text,
    actual: listOf(text),
    event: anything,
    dropsEventsWithout: listOf(text),
  },
  "pattern-matches-everyday-calls": { pattern: text, event: anything },
  "pattern-unreadable": { pattern: text, problem: text, offset: count },
  "pattern-not-decided": { pattern: text, why: text },
  "log-group-class-without-metrics": { logGroupClass: text },
  "filter-on-transformed-logs": {},
  "filter-not-understood": { attribute: text },
  "no-alarm": { metric },
  "no-alarm-on-metric": { metric, nearest: maybe(nearMiss) },
  "alarm-cannot-fire": {
    how: oneOf(
      "metric-value-zero",
      "metric-value-below-threshold",
      "metric-value-not-a-number",
      "wrong-comparison",
      "diluted-by-default-value",
      "several-periods-needed",
      "unit-differs",
      "metric-has-dimensions",
      "dimension-nobody-emits",
      "more-datapoints-than-periods",
      "evaluation-too-long",
    ),
  },
  "alarm-always-on": { how: text },
  "alarm-not-understood": { what: text },
  "alarm-muted": {},
  "composite-alarm-not-decided": { how: oneOf("other-alarms", "rule-not-read", "suppressor") },
  "alarm-suppressed": {},
  "alarm-actions-disabled": {},
  "alarm-without-actions": {},
  "alarm-actions-without-topic": {},
  "topic-in-other-region": { alarmRegion: text, topicRegion: text },
  "topic-key-shuts-cloudwatch-out": { how: oneOf("aws-managed-key", "key-policy", "key-disabled") },
  "topic-policy-shuts-cloudwatch-out": {},
  "no-subscription": {},
  "no-subscription-on-topic": { nearest: maybe(nearMiss) },
  "subscription-pending": { protocol: text },
  "subscription-filters-alarm-away": {},
  "filter-policy-refused": {
    problem: oneOf(
      "not-json",
      "too-large",
      "not-an-object",
      "too-many-keys",
      "too-complex",
      "empty-list",
      "not-a-list",
      "nested-list",
      "nested-on-attributes",
      "several-operators",
      "operand",
    ),
  },
  "filter-policy-not-decided": {},
  "queue-shuts-topic-out": {
    how: oneOf("no-policy", "queue-policy", "aws-managed-key", "key-policy", "key-disabled"),
  },
  "function-shuts-topic-out": { how: oneOf("no-permission", "other-permission") },
  "stream-role-cannot-write": { how: oneOf("no-role", "trust", "rights") },
  "endpoint-not-for-topic": { how: oneOf("fifo-topic", "fifo-queue") },
  "subscribers-outside-inputs": {},
  "not-known-before-apply": { attribute: text, origin },
  "may-not-exist": { doubt: text },
  "more-may-exist": { type: text, origin },
  "attribute-differs": { attribute: text, expected: operator },
  "no-such-resource": { type: text },
};

export const REMARK_DETAILS: DetailFields<Remark> = {
  "pattern-counts-more": { event: anything },
  "patterns-cover-together": {},
  "pending-accepted": {},
  "assumption-used": { assumption: text, reason: text },
  "rights-not-seen": { what: oneOf("role", "queue", "function", "stream") },
  "break-taken-as-remark": { cause: oneOf(...DELIVERY_CAUSES), proven: flag },
  "exclusion-drops-events": { selectors: listOf(text) },
  "more-than-one-event-needed": { count },
  "alarm-muted-at-times": {},
  "references-without-literals": {},
  "organization-trail-counts": { account: text, asked: listOf(text) },
  "partial-plan": { mode: oneOf("refresh-only", "destroy", "partial") },
  "reading-chosen": { reading: text },
};
