// Which metric a filter emits, which metrics an alarm looks at, and whether the two are one.
// What an alarm makes of the numbers is for alarm.ts.

import type { NearMiss } from "../model/finding.ts";
import {
  all,
  child,
  elementsOf,
  isTrue,
  isUnset,
  stringOf,
  type Tri,
  UNSET,
  type Unknown,
  unknown,
  type Value,
} from "../model/value.ts";
import type { Attributes, Judgement } from "./attributes.ts";
import { sameDimensions } from "./dimensions.ts";
import { type Flow, flowOf, type Query } from "./metric-flow.ts";
import { differInCaseAlone, sameText } from "./same-text.ts";

/** The `metric_transformation` of a metric filter. */
export interface EmittedMetric {
  readonly namespace: Value;
  readonly name: Value;
  readonly value: Value;
  readonly defaultValue: Value;
  readonly unit: Value;
  readonly dimensions: Value;
  /** The filter's own name, which is no metric's but is often taken for it. */
  readonly filterName: Value;
  /** The filter, for recognizing references to it. */
  readonly filterId: string | undefined;
}

export interface WatchedMetric {
  readonly namespace: Value;
  readonly name: Value;
  readonly dimensions: Value;
  /** `statistic` or `extended_statistic`. */
  readonly statistic: Value;
  readonly period: Value;
  readonly unit: Value;
  /** `account_id` of the query; `UNSET` for the alarm's own account. */
  readonly account: Value;
  readonly flow: Flow;
  /** A Metrics Insights query that picks its metrics by its own text; `undefined` for plain metrics. */
  readonly query: string | undefined;
  /** What names it in the alarm: `metric_name`, or `metric_query["m1"]`. */
  readonly attribute: string;
}

/**
 * The metric a filter emits; `undefined` when it has no transformation. Unknown parts stay unknown.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html
 * (a filter has exactly one)
 */
export function emittedMetric(filter: Attributes & { readonly id?: string }): EmittedMetric | undefined {
  const blocks = filter.read("metric_transformation");
  const block = elementsOf(blocks)?.[0] ?? child(blocks, 0);
  if (isUnset(block) === "yes") return undefined;
  return {
    namespace: child(block, "namespace"),
    name: child(block, "name"),
    value: child(block, "value"),
    defaultValue: child(block, "default_value"),
    unit: child(block, "unit"),
    dimensions: child(block, "dimensions"),
    filterName: filter.read("name"),
    filterId: filter.id,
  };
}

/**
 * The metrics that decide an alarm's state: its own, or those behind the query that returns data. A metric that
 * only may be one is listed with a flow that says why. Queries are a set, so they are told apart by their ids.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (Metrics);
 * the provider's return_data is false when not written (internal/service/cloudwatch/metric_alarm.go).
 */
export function watchedMetrics(alarm: Attributes): readonly WatchedMetric[] {
  const own = ownMetric(alarm);
  const name = alarm.read("metric_name");
  if (isUnset(name) === "no") return [own];
  const queries = elementsOf(alarm.read("metric_query"));
  const queried =
    queries === undefined
      ? [anyMetric(undecided("metric_query"), { kind: "unknown", attribute: "metric_query" }, "metric_query")]
      : queriedMetrics(queries, alarm.read("threshold_metric_id"));
  const maybeOwn = isUnset(name) === "maybe" ? [own] : [];
  const promql = isUnset(alarm.read("evaluation_criteria")) === "yes" ? [] : [promqlMetric()];
  return [...maybeOwn, ...queried, ...promql];
}

function ownMetric(alarm: Attributes): WatchedMetric {
  const statistic = alarm.read("statistic");
  return {
    namespace: alarm.read("namespace"),
    name: alarm.read("metric_name"),
    dimensions: alarm.read("dimensions"),
    statistic: isUnset(statistic) === "yes" ? alarm.read("extended_statistic") : statistic,
    period: alarm.read("period"),
    unit: alarm.read("unit"),
    account: UNSET,
    flow: { kind: "as-is" },
    query: undefined,
    attribute: "metric_name",
  };
}

function promqlMetric(): WatchedMetric {
  const flow: Flow = { kind: "not-understood", what: "evaluation_criteria" };
  return anyMetric(undecided("evaluation_criteria"), flow, "evaluation_criteria");
}

function undecided(subject: string): Unknown {
  return unknown({ why: "expression", subject });
}

/** A metric of which nothing is known but how it would be used. */
function anyMetric(value: Value, flow: Flow, attribute: string, query?: string): WatchedMetric {
  const parts = { namespace: value, name: value, dimensions: value, statistic: value, period: value };
  return { ...parts, unit: value, account: value, flow, query, attribute };
}

function queriedMetrics(blocks: readonly Value[], thresholdId: Value): readonly WatchedMetric[] {
  const ids = blocks.map((block) => stringOf(child(block, "id")));
  const queries = blocks.flatMap((block, at): Query[] => {
    const id = ids[at];
    return id === undefined ? [] : [{ id, block, attribute: `metric_query["${id}"]` }];
  });
  const doubt = queryDoubt(blocks, queries, thresholdId);
  return queries.flatMap((query) => metricOfQuery(query, queries, doubt)).concat(unnamed(blocks, queries));
}

/** Queries without a known id may be anything that the others build on. */
function unnamed(blocks: readonly Value[], queries: readonly Query[]): readonly WatchedMetric[] {
  if (queries.length === blocks.length) return [];
  const flow: Flow = { kind: "unknown", attribute: "metric_query.id" };
  return [anyMetric(undecided("metric_query"), flow, "metric_query")];
}

/** Why it is not clear what the queries together come to; `undefined` when exactly one returns data. */
function queryDoubt(
  blocks: readonly Value[],
  queries: readonly Query[],
  thresholdId: Value,
): Flow | undefined {
  if (queries.length !== blocks.length) return { kind: "unknown", attribute: "metric_query.id" };
  if (new Set(queries.map(({ id }) => id)).size !== queries.length) {
    return { kind: "not-understood", what: "metric_query" };
  }
  if (isUnset(thresholdId) === "maybe") return { kind: "unknown", attribute: "threshold_metric_id" };
  if (isUnset(thresholdId) === "no") return { kind: "not-understood", what: "threshold_metric_id" };
  const returned = queries.map(({ block }) => isTrue(child(block, "return_data"), false));
  if (returned.includes("maybe")) return { kind: "unknown", attribute: "metric_query.return_data" };
  const one = returned.filter((answer) => answer === "yes").length === 1;
  return one ? undefined : { kind: "not-understood", what: "metric_query.return_data" };
}

function metricOfQuery(query: Query, queries: readonly Query[], doubt: Flow | undefined): WatchedMetric[] {
  const expression = child(query.block, "expression");
  const metrics = elementsOf(child(query.block, "metric"));
  if (isUnset(expression) === "no") {
    const text = stringOf(expression);
    if (text !== undefined && /^\s*SELECT\b/i.test(text)) return [insightsMetric(query, text)];
    return text !== undefined && /\bSEARCH\s*\(/i.test(text) ? [searchedMetric(query, text)] : [];
  }
  const [metric] = metrics ?? [];
  const flow = doubt ?? flowOf(query, queries);
  if (flow === undefined) return [];
  if (metric === undefined) {
    const missing: Flow = { kind: "unknown", attribute: query.attribute };
    return metrics === undefined || isUnset(expression) === "maybe"
      ? [anyMetric(undecided(query.attribute), missing, query.attribute)]
      : [];
  }
  return [
    {
      namespace: child(metric, "namespace"),
      name: child(metric, "metric_name"),
      dimensions: child(metric, "dimensions"),
      statistic: child(metric, "stat"),
      period: child(metric, "period"),
      unit: child(metric, "unit"),
      account: child(query.block, "account_id"),
      flow: isUnset(expression) === "maybe" ? { kind: "unknown", attribute: query.attribute } : flow,
      query: undefined,
      attribute: query.attribute,
    },
  ];
}

function insightsMetric(query: Query, text: string): WatchedMetric {
  const flow: Flow = { kind: "not-understood", what: text };
  return { ...anyMetric(undecided(query.attribute), flow, query.attribute, text), account: UNSET };
}

/** Alarms on SEARCH are refused by CloudWatch; what one would find is not decided here. */
function searchedMetric(query: Query, text: string): WatchedMetric {
  return anyMetric(undecided(query.attribute), { kind: "not-understood", what: text }, query.attribute);
}

export interface MetricMatch extends Judgement {
  /** How near a metric that is not the same comes; `undefined` when nothing is alike, or when it is the same. */
  readonly nearest: NearMiss | undefined;
}

/**
 * Whether an alarm's metric is the one a filter emits: name and namespace letter by letter, the dimensions' names,
 * and the account where the query names one (`account` is the filter's, if known).
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html (namespaces, metrics
 * and dimensions identify a metric; no aggregation across dimensions for custom metrics)
 */
export function sameMetric(watched: WatchedMetric, emitted: EmittedMetric, account?: string): MetricMatch {
  if (watched.query !== undefined) return queriedMatch(watched.query, watched.attribute, emitted);
  const match = matchParts(watched, emitted, account);
  // Whether the alarm looks at this metric at all is open until its expression is known.
  return match.answer === "yes" && watched.flow.kind === "unknown"
    ? { answer: "maybe", attribute: watched.flow.attribute, nearest: undefined }
    : match;
}

function matchParts(
  watched: WatchedMetric,
  emitted: EmittedMetric,
  account: string | undefined,
): MetricMatch {
  const name = sameAttribute(watched.name, emitted.name, emitted.filterId, "name");
  const namespace = sameAttribute(watched.namespace, emitted.namespace, emitted.filterId, "namespace");
  const dimensions = sameDimensions(watched.dimensions, emitted.dimensions);
  const accounts = sameAccount(watched.account, account);
  const answer = all([name, namespace, dimensions.answer, accounts]);
  if (answer !== "no") {
    const open = name === "maybe" ? "name" : namespace === "maybe" ? "namespace" : "dimensions";
    return { answer, attribute: partName(watched, answer === "yes" ? "name" : open), nearest: undefined };
  }
  if (name === "no" || namespace === "no") {
    const part = name === "no" ? "name" : "namespace";
    return {
      answer,
      attribute: partName(watched, part),
      nearest: nearMiss(watched, emitted, name, namespace),
    };
  }
  return accounts === "no"
    ? { answer, attribute: `${watched.attribute}.account_id`, nearest: "other-account" }
    : { answer, attribute: partName(watched, "dimensions"), nearest: "dimensions" };
}

/** The argument that holds one part of the metric, as the configuration writes it. */
function partName(watched: WatchedMetric, part: "name" | "namespace" | "dimensions"): string {
  const argument = part === "name" ? "metric_name" : part;
  return watched.attribute === "metric_name" ? argument : `${watched.attribute}.metric.${argument}`;
}

function sameAttribute(watched: Value, emitted: Value, filterId: string | undefined, attribute: string): Tri {
  const same = sameText(watched, emitted);
  if (same !== "maybe" || filterId === undefined) return same;
  const path = ["metric_transformation", 0, attribute];
  return sameText(watched, { kind: "reference", to: filterId, path, sensitive: false });
}

function nearMiss(
  watched: WatchedMetric,
  emitted: EmittedMetric,
  name: Tri,
  namespace: Tri,
): NearMiss | undefined {
  const nameCase = differInCaseAlone(watched.name, emitted.name);
  const namespaceCase = differInCaseAlone(watched.namespace, emitted.namespace);
  if ((nameCase && (namespace === "yes" || namespaceCase)) || (name === "yes" && namespaceCase)) {
    return "letter-case";
  }
  if (name === "yes") return "other-namespace";
  if (isFilterName(watched.name, emitted)) return "filter-name-not-metric";
  return namespace === "yes" ? "other-name" : undefined;
}

function isFilterName(watched: Value, { filterName, filterId }: EmittedMetric): boolean {
  if (isUnset(filterName) === "no" && sameText(watched, filterName) === "yes") return true;
  return (
    watched.kind === "reference" &&
    watched.to === filterId &&
    ["id", "name"].includes(String(watched.path[0]))
  );
}

function sameAccount(watched: Value, account: string | undefined): Tri {
  if (isUnset(watched) === "yes") return "yes";
  const named = stringOf(watched);
  if (named === undefined || account === undefined) return "maybe";
  return named === account ? "yes" : "no";
}

/** Metrics Insights names its metric in its own text, so a query without the name is about another one. */
function queriedMatch(query: string, attribute: string, emitted: EmittedMetric): MetricMatch {
  const name = stringOf(emitted.name);
  const names = name === undefined || query.includes(name) || /["\\]/.test(name);
  return { answer: names ? "maybe" : "no", attribute, nearest: undefined };
}
