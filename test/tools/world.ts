// A graph built by hand for tables about verdicts: a chain that holds, and changes to it.

import { parseAddress } from "../../src/model/address.ts";
import type { Gap, GoneResource, Graph, ResourceInstance } from "../../src/model/graph.ts";
import { known, type Scalar, type Step, UNSET, unknown, type Value } from "../../src/model/value.ts";

/** Plain data, or a Value where something is not known. */
export type Attribute = Scalar | Value | readonly Attribute[] | { readonly [name: string]: Attribute };

export type Attributes = Readonly<Record<string, Attribute>>;

/** What is not an attribute begins with a dot. */
export type Resources = Readonly<Record<string, Attributes>>;

export function reference(to: string, ...path: Step[]): Value {
  return { kind: "reference", to, path, sensitive: false };
}

export const OPEN: Value = unknown({ why: "after-apply", subject: "elsewhere" });

export function oneOf(...candidates: Value[]): Value {
  return unknown(
    { why: "expression", subject: "a choice" },
    { candidates, relation: "one-of", closed: true },
  );
}

export function madeFrom(candidates: readonly Value[], besides: readonly Value[] = []): Value {
  const parts = { candidates, relation: "made-from" as const, closed: true };
  return unknown(
    { why: "after-apply", subject: "references" },
    besides.length > 0 ? { ...parts, besides } : parts,
  );
}

export const PATTERN =
  '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }';

/** A chain that holds, as a first plan shows it: ARNs and ids wait for apply. */
export const CHAIN = {
  "aws_cloudtrail.main": {
    is_multi_region_trail: true,
    enable_logging: true,
    cloud_watch_logs_group_arn: reference("aws_cloudwatch_log_group.trail", "arn"),
  },
  "aws_cloudwatch_log_group.trail": { name: "trail" },
  "aws_cloudwatch_log_metric_filter.denied": {
    name: "denied",
    log_group_name: "trail",
    pattern: PATTERN,
    metric_transformation: [{ name: "Denied", namespace: "CIS", value: "1" }],
  },
  "aws_cloudwatch_metric_alarm.denied": {
    alarm_name: "denied",
    metric_name: "Denied",
    namespace: "CIS",
    statistic: "Sum",
    period: 300,
    threshold: 1,
    evaluation_periods: 1,
    comparison_operator: "GreaterThanOrEqualToThreshold",
    treat_missing_data: "notBreaching",
    alarm_actions: [reference("aws_sns_topic.alerts", "arn")],
  },
  "aws_sns_topic.alerts": { name: "alerts" },
  "aws_sns_topic_subscription.queue": {
    topic_arn: reference("aws_sns_topic.alerts", "arn"),
    protocol: "sqs",
    endpoint: reference("aws_sqs_queue.inbox", "arn"),
  },
} as const satisfies Resources;

/** The chain with resources changed (merged attribute by attribute), added, or taken out (`undefined`). */
export function changed(
  changes: Readonly<Record<string, Attributes | undefined>>,
  base: Resources = CHAIN,
): Resources {
  const entries = new Map<string, Attributes>(Object.entries(base));
  for (const [name, attributes] of Object.entries(changes)) {
    if (attributes === undefined) entries.delete(name);
    else entries.set(name, { ...entries.get(name), ...attributes });
  }
  return Object.fromEntries(entries);
}

export interface WorldParts {
  readonly gone?: readonly string[];
  readonly gaps?: Readonly<Record<string, Gap>>;
}

/**
 * Attributes with a dot set what is not an attribute: `.exists`, `.fresh`, `.partition`, `.account`, `.region`,
 * `.provider`.
 */
export function graphOf(resources: Resources, parts: WorldParts = {}): Graph {
  const instances = Object.entries(resources).map(([name, attributes]) => instanceOf(name, attributes));
  const byId = new Map(instances.map((instance) => [instance.id, instance]));
  const ofType = (type: string, mode: "managed" | "data") =>
    instances.filter(({ address }) => address.type === type && address.mode === mode);
  return {
    inputs: [
      {
        label: "plan.json",
        kind: "plan",
        formatVersion: "1.2",
        terraformVersion: "1.11.4",
        mode: "normal",
        sha256: undefined,
      },
    ],
    resources: (type) => ofType(type, "managed"),
    data: (type) => ofType(type, "data"),
    byId: (id) => byId.get(id),
    everything: () => instances.filter(({ address }) => address.mode === "managed"),
    gone: (type) => (parts.gone ?? []).map(goneOf).filter((gone) => gone.address.type === type),
    gaps: (type) => {
      const gap = parts.gaps?.[type];
      return gap === undefined ? [] : [gap];
    },
    withoutInstance: () => [],
  };
}

function addressOf(name: string) {
  const address = parseAddress(name);
  if (address === undefined) throw new Error(`${name} is no address`);
  return address;
}

function goneOf(name: string): GoneResource {
  return { address: addressOf(name), name, how: "destroyed", location: undefined };
}

function instanceOf(name: string, attributes: Attributes): ResourceInstance {
  const text = (key: string) => (typeof attributes[key] === "string" ? attributes[key] : undefined);
  const doubtful = attributes[".exists"] === "maybe";
  return {
    id: name,
    address: addressOf(name),
    name,
    input: "plan.json",
    exists: doubtful ? "maybe" : "yes",
    doubt: doubtful ? "forgotten" : undefined,
    fresh: attributes[".fresh"] !== false,
    scope: {
      partition: text(".partition"),
      account: text(".account"),
      region: text(".region"),
      provider: text(".provider") ?? "plan.json|aws",
    },
    location: undefined,
    read: (attribute) => {
      const value = attributes[attribute];
      if (value !== undefined) return toValue(value);
      return attribute === "arn" || attribute === "id" ? reference(name, attribute) : UNSET;
    },
  };
}

function toValue(attribute: Attribute): Value {
  if (attribute === null || typeof attribute !== "object") return known(attribute);
  if (Array.isArray(attribute)) {
    return { kind: "list", form: "list", elements: attribute.map(toValue), sensitive: false };
  }
  if (isValue(attribute)) return attribute;
  const entries = Object.entries(attribute).map(([key, item]) => [key, toValue(item as Attribute)] as const);
  return { kind: "map", entries: new Map(entries), sensitive: false };
}

const KINDS = new Set(["known", "list", "map", "reference", "text", "unknown"]);

function isValue(attribute: object): attribute is Value {
  return "kind" in attribute && "sensitive" in attribute && KINDS.has(String(attribute.kind));
}

/** A rule that mutes the alarm each night. */
export function mute(duration: string): Attributes {
  return {
    mute_targets: [{ alarm_names: ["denied"] }],
    rule: [{ schedule: [{ expression: "cron(0 2 * * *)", duration }] }],
  };
}
