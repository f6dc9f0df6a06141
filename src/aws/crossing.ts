// Whether the data of one event crosses an alarm's threshold and changes its state: the arithmetic behind alarm.ts.

import { isUnset, numberOf, stringOf } from "../model/value.ts";
import type { Attributes } from "./attributes.ts";
import { alwaysOn, type Firing, maybe, notUnderstood, silent, yes } from "./firing.ts";
import type { EmittedMetric, WatchedMetric } from "./metric.ts";
import type { Flow, MathFlow } from "./metric-flow.ts";
import { evaluateMetricMath, type MetricMath } from "./metric-math.ts";
import { directionIn } from "./metric-math-direction.ts";
import { type Span, statisticOf } from "./period-statistic.ts";

/** The data points of a period, and what alarms compare with; all known. */
interface Setting {
  readonly value: number;
  readonly defaultValue: number | undefined;
  readonly statistic: string;
  readonly flow: Flow;
  /** Whether higher values breach. */
  readonly upward: boolean;
  breaches(result: number): boolean;
}

/**
 * Whether one event takes the compared value over the threshold while quiet periods stay short of it, and whether
 * that changes the alarm's state: see `firesOnOneEvent`. Supposes a value that is a number, and a comparison in the
 * direction that events move the result.
 *
 * Other metrics of metric math may have data or not while nothing happens. They count something, so they are not
 * below 0; what the alarm does has to be the same whether they are 0 or missing, and must not suffer from more.
 */
export function crosses(alarm: Attributes, watched: WatchedMetric, emitted: EmittedMetric): Firing {
  const { flow, attribute } = watched;
  if (flow.kind === "unknown") return maybe(flow.attribute);
  if (flow.kind === "not-understood") return notUnderstood(attribute, flow.what);
  const setting = readSetting(alarm, watched, emitted);
  if ("missing" in setting) return maybe(setting.missing);
  if (flow.kind === "as-is") return crossesIn(() => "as-is", setting, alarm, watched);
  const others = flow.metrics.filter((id) => id !== flow.id);
  const moved = others.map((id) => directionIn(flow.expression, id, flow.expressions));
  const harmful = setting.upward ? "down" : "up";
  if (moved.includes("unclear") || moved.includes(harmful)) return notUnderstood(attribute, flow.text);
  const firings = worldsOf(flow).map((world) => crossesIn(world, setting, alarm, watched));
  const [first] = firings;
  const alike = firings.every((one) => one.answer === first?.answer && isSameCause(one.cause, first?.cause));
  if (first === undefined || !alike) return notUnderstood(attribute, flow.text);
  const expressions = [flow.expression, ...flow.expressions.values()];
  const settled =
    first.answer !== "no" || moved.every((one) => one === "flat") || expressions.every(onlyAdds);
  return settled ? first : notUnderstood(attribute, flow.text);
}

function isSameCause(left: Firing["cause"], right: Firing["cause"]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** What the compared value comes to for a data point of this metric; "as-is": the data point itself. */
type World = (point: number | undefined) => number | undefined | "not-understood" | "as-is";

/** The other metrics all missing, all 0, and each of them unlike the others. */
function worldsOf(flow: MathFlow): readonly World[] {
  const others = flow.metrics.filter((id) => id !== flow.id);
  const quiet = [undefined, 0].flatMap((most) => [
    new Map(others.map((id) => [id, most])),
    ...others.map((odd) => new Map(others.map((id) => [id, (id === odd) === (most === 0) ? undefined : 0]))),
  ]);
  return quiet.map(
    (values): World =>
      (point) =>
        evaluateMetricMath(flow.expression, {
          expressions: flow.expressions,
          // In the order of the queries, though nothing here depends on it.
          values: new Map(flow.metrics.map((id) => [id, id === flow.id ? point : values.get(id)])),
        }),
  );
}

/** Whether other metrics only add to the result, so that an event that does not suffice alone never does by itself. */
function onlyAdds(math: MetricMath): boolean {
  switch (math.kind) {
    case "number":
    case "query":
    case "metrics":
      return true;
    case "list":
      return math.of.every(onlyAdds);
    case "sum":
    case "max":
    case "fill":
      return onlyAdds(math.of);
    case "binary":
      return math.operator === "+" && onlyAdds(math.left) && onlyAdds(math.right);
    case "min":
    case "average":
    case "negate":
    case "abs":
    case "ceil":
    case "floor":
    case "if":
      return false;
    default:
      return math satisfies never;
  }
}

function crossesIn(world: World, setting: Setting, alarm: Attributes, watched: WatchedMetric): Firing {
  const spans = spansOf(world, setting, alarm, watched);
  if (typeof spans === "string") return notUnderstood(watched.attribute, spans);
  const { event, quiet } = spans;
  const ends = ({ low, high }: Span) => [low, high].map((end) => setting.breaches(end));
  if (quiet !== undefined && !ends(quiet).includes(false)) {
    return setting.defaultValue === undefined
      ? alwaysOn(watched.attribute, "filled-value-breaches")
      : alwaysOn("metric_transformation.default_value", "default-value-breaches");
  }
  if (quiet !== undefined && ends(quiet).includes(true)) {
    return notUnderstood("metric_transformation.default_value", setting.statistic);
  }
  if (event === undefined) return notUnderstood(watched.attribute, textOf(setting));
  if (!ends(event).includes(true)) return tooSmall(alarm, setting);
  if (ends(event).includes(false)) return diluted(watched, setting);
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
  const compare = COMPARISONS.get(operator ?? "");
  if (compare === undefined) return { missing: "comparison_operator" };
  const breaches = (result: number) => compare(result, threshold);
  const upward = operator?.startsWith("Greater") === true;
  return { value, defaultValue, statistic, flow: watched.flow, upward, breaches };
}

const COMPARISONS: ReadonlyMap<string, (result: number, threshold: number) => boolean> = new Map([
  ["GreaterThanThreshold", (result: number, threshold: number) => result > threshold],
  ["GreaterThanOrEqualToThreshold", (result: number, threshold: number) => result >= threshold],
  ["LessThanThreshold", (result: number, threshold: number) => result < threshold],
  ["LessThanOrEqualToThreshold", (result: number, threshold: number) => result <= threshold],
]);

/**
 * What is compared in the period of the event and in the others, `undefined` for no data point; a text: what is not
 * understood. A result that turns round between the ends of a span is not.
 */
function spansOf(
  world: World,
  setting: Setting,
  alarm: Attributes,
  { flow }: WatchedMetric,
): { readonly event: Span | undefined; readonly quiet: Span | undefined } | string {
  const event = statisticOf(setting, setting.value, alarm);
  const quiet = statisticOf(setting, undefined, alarm);
  if (event === undefined) return setting.statistic;
  const text = textOf(setting);
  const spread = [event, quiet].some((span) => span !== undefined && span.low !== span.high);
  if (
    flow.kind === "math" &&
    spread &&
    directionIn(flow.expression, flow.id, flow.expressions) === "unclear"
  ) {
    return text;
  }
  const [eventSpan, quietSpan] = [resultsOf(world, event), resultsOf(world, quiet)];
  return eventSpan === "not-understood" || quietSpan === "not-understood"
    ? text
    : { event: eventSpan, quiet: quietSpan };
}

function textOf({ flow, statistic }: Setting): string {
  return flow.kind === "math" ? flow.text : statistic;
}

function resultsOf(world: World, span: Span | undefined): Span | undefined | "not-understood" {
  const points = span === undefined ? [undefined] : [span.low, span.high];
  const results = points.map((point) => {
    const result = world(point);
    return result === "as-is" ? point : result;
  });
  const numbers = results.filter((result) => typeof result === "number");
  if (results.includes("not-understood") || numbers.some(Number.isNaN)) return "not-understood";
  if (numbers.length === 0) return undefined;
  if (numbers.length < results.length) return "not-understood";
  return { low: Math.min(...numbers), high: Math.max(...numbers) };
}

function tooSmall(alarm: Attributes, { value, statistic, flow, upward }: Setting): Firing {
  if (!upward) return silent("comparison_operator", "wrong-comparison");
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
  if (datapoints.toAlarm <= 1 || (!quietHasData && treatment === "missing")) return yes();
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
