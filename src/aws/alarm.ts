// Whether an alarm goes off on one matching event, given the metric it watches and what the filter emits for an event.
// Which metric that is (metric.ts) and whom the alarm tells are not looked at here.

import { isTrue, isUnset, numberOf, stringOf, type Tri } from "../model/value.ts";
import { type Attributes, type Judgement, judgeEach } from "./attributes.ts";
import { crosses, readDatapoints } from "./crossing.ts";
import { sameDimensions } from "./dimensions.ts";
import { type Firing, maybe, notUnderstood, silent, yes } from "./firing.ts";
import type { EmittedMetric, WatchedMetric } from "./metric.ts";
import type { Flow } from "./metric-flow.ts";
import { type Direction, directionIn } from "./metric-math-direction.ts";

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
    datapointsFit(alarm, watched),
    crosses(alarm, watched, emitted),
  ];
  const decided = firings.find((firing) => firing.answer === "no");
  return decided ?? firings.find((firing) => firing.answer === "maybe") ?? yes();
}

function dimensionsFit(watched: WatchedMetric, emitted: EmittedMetric): Firing {
  const match = sameDimensions(watched.dimensions, emitted.dimensions);
  if (match.answer === "no") return silent("dimensions", match.how);
  return match.answer === "yes" ? yes() : maybe("dimensions");
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
  return answer === "yes" ? yes() : maybe("unit");
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
  if (numberOf(emitted.value) !== undefined) return yes();
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
  if (direction === "up") return yes();
  if (direction !== "down") return notUnderstood("comparison_operator", operator);
  switch (directionOf(watched.flow)) {
    case "up":
    case "flat":
      return silent("comparison_operator", "wrong-comparison");
    case "down":
      return operator === "LessThanLowerThreshold" ? notUnderstood("comparison_operator", operator) : yes();
    default:
      return notUnderstood("comparison_operator", operator);
  }
}

/** How the compared value follows the number of events. */
function directionOf(flow: Flow): Direction {
  if (flow.kind !== "math") return flow.kind === "as-is" ? "up" : "unclear";
  return directionIn(flow.expression, flow.id, flow.expressions);
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

const HOUR = 60 * 60;
const DAY = 24 * HOUR;

/**
 * AWS takes no alarm that looks back further than a week, or than a day where its periods are shorter than an hour.
 * An alarm on metric math has the longest period of its metrics.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 * (EvaluationPeriods, DatapointsToAlarm)
 */
function datapointsFit(alarm: Attributes, watched: WatchedMetric): Firing {
  const period = numberOf(watched.period) ?? 0;
  const periods = numberOf(alarm.read("evaluation_periods")) ?? 0;
  const alone = watched.attribute === "metric_name";
  const longest = alone && period < HOUR ? DAY : 7 * DAY;
  if (period * periods > longest) return silent("evaluation_periods", "evaluation-too-long");
  const datapoints = readDatapoints(alarm);
  if (datapoints === undefined) return yes();
  const { evaluationPeriods, toAlarm } = datapoints;
  return toAlarm > evaluationPeriods ? silent("datapoints_to_alarm", "more-datapoints-than-periods") : yes();
}
