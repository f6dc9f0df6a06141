// Whether an alarm goes off on one matching event, given the metric it watches and what the filter emits for an event.
// Which metric that is (metric.ts) and whom the alarm tells are not looked at here.

import type { SilentAlarm } from "../model/finding.ts";
import { isTrue, isUnset, numberOf, stringOf, type Tri } from "../model/value.ts";
import { type Attributes, type Judgement, judgeEach } from "./attributes.ts";
import { sameDimensions } from "./dimensions.ts";
import type { EmittedMetric, WatchedMetric } from "./metric.ts";
import type { Flow } from "./metric-flow.ts";
import { evaluateMetricMath, type MetricMath } from "./metric-math.ts";
import { type Span, statisticOf } from "./period-statistic.ts";

/** Why an alarm sits in ALARM whatever happens, so that an event makes no transition and tells nobody. */
export type AlwaysOn = "default-value-breaches" | "missing-data-breaches" | "filled-value-breaches";

export interface Firing extends Judgement {
  /** The cause of a "no", or of a "maybe" that no further value would settle; in the words of the findings. */
  readonly cause:
    | { readonly code: "alarm-cannot-fire"; readonly how: SilentAlarm }
    | { readonly code: "alarm-always-on"; readonly how: AlwaysOn }
    | { readonly code: "alarm-not-understood"; readonly what: string }
    | undefined;
  /** How many events within one period it takes, where one is too few and more would do. */
  readonly eventsNeeded: number | undefined;
}

/**
 * Whether the alarm's ALARM actions run.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (ActionsEnabled,
 * true by default)
 */
export function actionsEnabled(alarm: Attributes): Judgement {
  const answer = judgeEach(alarm.read("actions_enabled"), (value) => isTrue(value, true));
  return { answer, attribute: "actions_enabled" };
}

/**
 * Whether one matching event can take the alarm from another state to ALARM.
 *
 * An event adds one data point `value`. Each minute in which the log group takes in events and none matches adds
 * one data point `default_value`, if set; a trail's log group takes in some nearly always, so a default value is
 * there in every period. Actions run on a change of state, so an alarm that quiet periods hold in ALARM tells of
 * nothing.
 *
 * Several evaluation periods of which M have to breach (`datapoints_to_alarm`, N when not set), one event:
 * - M = 1: goes off.
 * - M > 1 and quiet periods have data (a default value, FILL): never, there is one breaching period only.
 * - M > 1, quiet periods empty: with `missing` it goes off, M - 1 periods later, because an alarm whose oldest
 *   breaching data point is M periods old and has only missing ones after it goes to ALARM; with `ignore` it keeps
 *   its state and with `notBreaching` it stays OK, so never; with `breaching` it has been in ALARM all along.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html (both tables,
 * row 5; avoiding premature transitions), .../alarm-evaluation.html (settings, actions),
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html (default value),
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function firesOnOneEvent(alarm: Attributes, watched: WatchedMetric, emitted: EmittedMetric): Firing {
  const firings = [
    dimensionsFit(watched, emitted),
    unitFits(watched, emitted),
    valueIsNumber(emitted),
    comparesUpward(alarm, watched),
    datapointsFit(alarm),
    crosses(alarm, watched, emitted),
  ];
  const decided = firings.find((firing) => firing.answer === "no");
  return decided ?? firings.find((firing) => firing.answer === "maybe") ?? yes("threshold");
}

function yes(attribute: string): Firing {
  return { answer: "yes", attribute, cause: undefined, eventsNeeded: undefined };
}

function maybe(attribute: string): Firing {
  return { answer: "maybe", attribute, cause: undefined, eventsNeeded: undefined };
}

function notUnderstood(attribute: string, what: string): Firing {
  return { ...maybe(attribute), cause: { code: "alarm-not-understood", what } };
}

function silent(attribute: string, how: SilentAlarm, eventsNeeded?: number): Firing {
  return { answer: "no", attribute, cause: { code: "alarm-cannot-fire", how }, eventsNeeded };
}

function alwaysOn(attribute: string, how: AlwaysOn): Firing {
  return { answer: "no", attribute, cause: { code: "alarm-always-on", how }, eventsNeeded: undefined };
}

function dimensionsFit(watched: WatchedMetric, emitted: EmittedMetric): Firing {
  const { answer, how } = sameDimensions(watched.dimensions, emitted.dimensions);
  if (answer === "no" && how !== undefined) return silent("dimensions", how);
  return answer === "yes" ? yes("dimensions") : maybe("dimensions");
}

/**
 * An alarm with a unit sees only data of that unit, and a filter without one emits `None`.
 * Source: API_PutMetricAlarm.html (Unit), API_MetricTransformation.html (unit)
 */
function unitFits(watched: WatchedMetric, emitted: EmittedMetric): Firing {
  const answer = judgeEach(watched.unit, (wanted) => {
    if (isUnset(wanted) === "yes") return "yes";
    return judgeEach(emitted.unit, (unit): Tri => {
      if (wanted.kind !== "known" || unit.kind !== "known") return "maybe";
      return (stringOf(unit) || "None") === stringOf(wanted) ? "yes" : "no";
    });
  });
  if (answer === "no") return silent("unit", "unit-differs");
  return answer === "yes" ? yes("unit") : maybe("unit");
}

/** CloudTrail fields that never hold a number. Source: cloudtrail-event-reference-record-contents.html */
const TEXT_FIELDS: ReadonlySet<string> = new Set(
  [
    "errorCode",
    "errorMessage",
    "eventName",
    "eventSource",
    "eventType",
    "eventTime",
    "eventID",
    "eventCategory",
  ]
    .concat(["awsRegion", "sourceIPAddress", "userAgent", "requestID"])
    .map((field) => `$.${field}`),
);

/** A value may be taken from the event; only a number written out is certain to be one. */
function valueIsNumber(emitted: EmittedMetric): Firing {
  const attribute = "metric_transformation.value";
  const text = stringOf(emitted.value);
  if (text === undefined) {
    return isUnset(emitted.value) === "yes"
      ? silent(attribute, "metric-value-not-a-number")
      : maybe(attribute);
  }
  if (numberOf(emitted.value) !== undefined) return yes(attribute);
  const field = text.startsWith("$") && !TEXT_FIELDS.has(text);
  return field ? notUnderstood(attribute, text) : silent(attribute, "metric-value-not-a-number");
}

/**
 * "Less than" goes off when events stay away. Anomaly bands depend on a model of past traffic.
 * Source: API_PutMetricAlarm.html (ComparisonOperator)
 */
function comparesUpward(alarm: Attributes, watched: WatchedMetric): Firing {
  const operator = stringOf(alarm.read("comparison_operator"));
  if (operator === undefined) return maybe("comparison_operator");
  const direction = DIRECTIONS.get(operator);
  if (direction === "up") return yes("comparison_operator");
  return direction === "down" && rises(watched.flow)
    ? silent("comparison_operator", "wrong-comparison")
    : notUnderstood("comparison_operator", operator);
}

/** Whether more events never make the compared value smaller. */
function rises(flow: Flow): boolean {
  if (flow.kind !== "math") return flow.kind === "as-is";
  return [flow.expression, ...flow.expressions.values()].every(isRising);
}

function isRising(math: MetricMath): boolean {
  switch (math.kind) {
    case "query":
    case "metrics":
      return true;
    case "sum":
    case "max":
      return math.of.every(isRising);
    case "fill":
      return isRising(math.of);
    case "if":
      return math.then >= math.otherwise && isRising(math.of);
    default:
      return math satisfies never;
  }
}

const DIRECTIONS: ReadonlyMap<string, "up" | "down" | "band"> = new Map([
  ["GreaterThanOrEqualToThreshold", "up"],
  ["GreaterThanThreshold", "up"],
  ["LessThanThreshold", "down"],
  ["LessThanOrEqualToThreshold", "down"],
  ["LessThanLowerThreshold", "down"],
  ["GreaterThanUpperThreshold", "band"],
  ["LessThanLowerOrGreaterThanUpperThreshold", "band"],
]);

/** N and M of "M out of N". */
interface Datapoints {
  readonly evaluationPeriods: number;
  readonly toAlarm: number;
}

function readDatapoints(alarm: Attributes): Datapoints | undefined {
  const evaluationPeriods = numberOf(alarm.read("evaluation_periods"));
  const written = alarm.read("datapoints_to_alarm");
  // After a refresh an argument that was never written is 0.
  const unset = isUnset(written) === "yes" || numberOf(written) === 0;
  const toAlarm = unset ? evaluationPeriods : numberOf(written);
  if (evaluationPeriods === undefined || toAlarm === undefined) return undefined;
  return { evaluationPeriods, toAlarm };
}

function datapointsFit(alarm: Attributes): Firing {
  const datapoints = readDatapoints(alarm);
  if (datapoints === undefined) return yes("datapoints_to_alarm");
  const { evaluationPeriods, toAlarm } = datapoints;
  return toAlarm > evaluationPeriods
    ? silent("datapoints_to_alarm", "more-datapoints-than-periods")
    : yes("datapoints_to_alarm");
}

/** The data points of a period, and what alarms compare with; all known. */
interface Setting {
  readonly value: number;
  readonly defaultValue: number | undefined;
  readonly statistic: string;
  readonly flow: Flow;
  breaches(result: number): boolean;
}

function crosses(alarm: Attributes, watched: WatchedMetric, emitted: EmittedMetric): Firing {
  if (watched.flow.kind === "unknown") return maybe(watched.flow.attribute);
  if (watched.flow.kind === "not-understood") return notUnderstood(watched.attribute, watched.flow.what);
  const setting = readSetting(alarm, watched, emitted);
  if ("missing" in setting) return maybe(setting.missing);
  const spans = spansOf(setting, alarm);
  if (typeof spans === "string") return notUnderstood(watched.attribute, spans);
  const { event, quiet } = spans;
  if (quiet !== undefined && setting.breaches(quiet.low) && setting.breaches(quiet.high)) {
    return setting.defaultValue === undefined
      ? alwaysOn(watched.attribute, "filled-value-breaches")
      : alwaysOn("metric_transformation.default_value", "default-value-breaches");
  }
  if (quiet !== undefined && setting.breaches(quiet.high)) {
    return notUnderstood("metric_transformation.default_value", setting.statistic);
  }
  if (!setting.breaches(event.high)) return tooSmall(alarm, setting);
  if (!setting.breaches(event.low)) return diluted(watched, setting);
  return changesState(alarm, quiet !== undefined);
}

function readSetting(
  alarm: Attributes,
  watched: WatchedMetric,
  emitted: EmittedMetric,
): Setting | { readonly missing: string } {
  const statistic = stringOf(watched.statistic);
  const value = numberOf(emitted.value);
  const defaultValue = numberOf(emitted.defaultValue);
  const operator = stringOf(alarm.read("comparison_operator"));
  const written = alarm.read("threshold");
  // The provider sends 0 for a threshold that is not written.
  const threshold = isUnset(written) === "yes" ? 0 : numberOf(written);
  if (statistic === undefined)
    return { missing: watched.attribute === "metric_name" ? "statistic" : watched.attribute };
  if (value === undefined) return { missing: "metric_transformation.value" };
  if (defaultValue === undefined && isUnset(emitted.defaultValue) !== "yes") {
    return { missing: "metric_transformation.default_value" };
  }
  if (threshold === undefined) return { missing: "threshold" };
  if (operator === undefined || DIRECTIONS.get(operator) !== "up") return { missing: "comparison_operator" };
  const above = operator === "GreaterThanThreshold";
  const breaches = (result: number) => (above ? result > threshold : result >= threshold);
  return { value, defaultValue, statistic, flow: watched.flow, breaches };
}

/** What is compared in the period of the event and in the others; a text: what is not understood. */
function spansOf(
  setting: Setting,
  alarm: Attributes,
): { readonly event: Span; readonly quiet: Span | undefined } | string {
  const event = statisticOf(setting, setting.value, alarm);
  const quiet = statisticOf(setting, undefined, alarm);
  if (event === undefined) return setting.statistic;
  const through = (points: readonly (number | undefined)[]) =>
    points.map((point) => resultOf(setting.flow, point));
  const [eventResults, quietResults] = [
    through([event.low, event.high]),
    through(quiet === undefined ? [undefined] : [quiet.low, quiet.high]),
  ];
  const text = setting.flow.kind === "math" ? setting.flow.text : setting.statistic;
  const eventSpan = spanOf(eventResults);
  if (eventSpan === undefined || quietResults.includes("not-understood")) return text;
  return { event: eventSpan, quiet: spanOf(quietResults) };
}

function spanOf(results: readonly (number | undefined | "not-understood")[]): Span | undefined {
  const numbers = results.filter((result) => typeof result === "number");
  if (numbers.length !== results.length) return undefined;
  return { low: Math.min(...numbers), high: Math.max(...numbers) };
}

function resultOf(flow: Flow, point: number | undefined): number | undefined | "not-understood" {
  if (flow.kind !== "math") return point;
  const values = new Map(flow.metrics.map((id) => [id, id === flow.id ? point : undefined]));
  return evaluateMetricMath(flow.expression, flow.expressions, values);
}

function tooSmall(alarm: Attributes, { value, statistic, flow }: Setting): Firing {
  if (value === 0 && statistic !== "SampleCount")
    return silent("metric_transformation.value", "metric-value-zero");
  const each = statistic === "SampleCount" ? 1 : value;
  const adds = flow.kind === "as-is" && (statistic === "Sum" || statistic === "SampleCount") && each > 0;
  if (!adds) return silent("threshold", "metric-value-below-threshold");
  const share = (numberOf(alarm.read("threshold")) ?? 0) / each;
  const above = stringOf(alarm.read("comparison_operator")) === "GreaterThanThreshold";
  const eventsNeeded = above ? Math.floor(share) + 1 : Math.ceil(share);
  return silent("threshold", "metric-value-below-threshold", eventsNeeded);
}

/** Default values in the event's own period pull the result below the threshold. */
function diluted(watched: WatchedMetric, { statistic }: Setting): Firing {
  const attribute = "metric_transformation.default_value";
  if (statistic !== "Average" && statistic !== "Minimum") return notUnderstood(attribute, statistic);
  const period = numberOf(watched.period);
  if (period === undefined) return maybe(watched.attribute === "metric_name" ? "period" : watched.attribute);
  // A minute with a match gets no default value by the documentation; reports say that each batch of events does.
  return period <= 60 ? notUnderstood(attribute, statistic) : silent(attribute, "diluted-by-default-value");
}

/** Whether one breaching period changes the alarm's state; the table in the comment of `firesOnOneEvent`. */
function changesState(alarm: Attributes, quietHasData: boolean): Firing {
  const missingData = alarm.read("treat_missing_data");
  const treatment = isUnset(missingData) === "yes" ? "missing" : stringOf(missingData)?.toLowerCase();
  if (!quietHasData && treatment === "breaching")
    return alwaysOn("treat_missing_data", "missing-data-breaches");
  if (!quietHasData && treatment === undefined) return maybe("treat_missing_data");
  const datapoints = readDatapoints(alarm);
  if (datapoints === undefined) {
    const periods = numberOf(alarm.read("evaluation_periods"));
    return maybe(periods === undefined ? "evaluation_periods" : "datapoints_to_alarm");
  }
  if (datapoints.toAlarm <= 1 || (!quietHasData && treatment === "missing")) return yes("threshold");
  const written = isUnset(alarm.read("datapoints_to_alarm")) === "no";
  return silent(written ? "datapoints_to_alarm" : "evaluation_periods", "several-periods-needed");
}
