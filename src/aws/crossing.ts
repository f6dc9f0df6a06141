// Whether the data of one event crosses an alarm's threshold and changes its state: the arithmetic behind alarm.ts.

import { isUnset, numberOf, stringOf } from "../model/value.ts";
import type { Attributes } from "./attributes.ts";
import { alwaysOn, type Firing, maybe, notUnderstood, silent, yes } from "./firing.ts";
import type { EmittedMetric, WatchedMetric } from "./metric.ts";
import type { Flow } from "./metric-flow.ts";
import { evaluateMetricMath } from "./metric-math.ts";
import { type Span, statisticOf } from "./period-statistic.ts";

/** The data points of a period, and what alarms compare with; all known. */
interface Setting {
  readonly value: number;
  readonly defaultValue: number | undefined;
  readonly statistic: string;
  readonly flow: Flow;
  breaches(result: number): boolean;
}

/**
 * Whether one event takes the compared value over the threshold while quiet periods stay below it, and whether that
 * changes the alarm's state: see `firesOnOneEvent`. Supposes a comparison upward and a value that is a number.
 */
export function crosses(alarm: Attributes, watched: WatchedMetric, emitted: EmittedMetric): Firing {
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
  const above = operator === "GreaterThanThreshold";
  if (!above && operator !== "GreaterThanOrEqualToThreshold") return { missing: "comparison_operator" };
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

/** N and M of "M out of N". */
export interface Datapoints {
  readonly evaluationPeriods: number;
  readonly toAlarm: number;
}

/** `undefined`: not known. */
export function readDatapoints(alarm: Attributes): Datapoints | undefined {
  const evaluationPeriods = numberOf(alarm.read("evaluation_periods"));
  const written = alarm.read("datapoints_to_alarm");
  // After a refresh an argument that was never written is 0.
  const unset = isUnset(written) === "yes" || numberOf(written) === 0;
  const toAlarm = unset ? evaluationPeriods : numberOf(written);
  if (evaluationPeriods === undefined || toAlarm === undefined) return undefined;
  return { evaluationPeriods, toAlarm };
}
