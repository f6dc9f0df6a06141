// Breaks of the delivery: the message would not arrive although each object of the chain is there. A configuration may
// take each of them as a remark, under the name of its cause.

import type { CauseCode } from "./finding.ts";

/** The causes that `delivery` in a configuration may name, in the order of the chain. */
export const DELIVERY_CAUSES = [
  "trail-role-cannot-write",
  "trail-log-group-arn-incomplete",
  "log-group-class-without-metrics",
  "filter-on-transformed-logs",
  "filter-not-understood",
  "alarm-suppressed",
  "alarm-muted",
  "topic-key-shuts-cloudwatch-out",
  "topic-policy-shuts-cloudwatch-out",
  "filter-policy-refused",
  "subscription-filters-alarm-away",
  "queue-shuts-topic-out",
  "function-shuts-topic-out",
  "stream-role-cannot-write",
  "endpoint-not-for-topic",
] as const satisfies readonly CauseCode[];

export type DeliveryCause = (typeof DELIVERY_CAUSES)[number];

/** What a break of each cause is taken as; a cause that is not named breaks the chain. */
export type DeliverySettings = ReadonlyMap<DeliveryCause, "violated" | "remark">;

/** Every cause breaks the chain. */
export const STRICT_DELIVERY: DeliverySettings = new Map();
