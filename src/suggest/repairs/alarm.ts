// Repairs of the third link: an alarm on the filter's metric that a single event sets off.

import type { Cause } from "../../model/finding.ts";
import type { ResourceInstance } from "../../model/graph.ts";
import { child, isUnset, numberOf, stringOf } from "../../model/value.ts";
import { type Argument, argumentsOf, literal } from "../block.ts";
import { asName } from "../hcl-text.ts";
import { homeOf } from "../part.ts";
import { rewrite } from "../reach.ts";
import { addAction } from "./action.ts";
import { emitOnes, metricOf, transformationOf } from "./filter.ts";
import { rename } from "./pieces.ts";
import { ALARM, concerned, FILTER, type Repair, type Workshop } from "./repair.ts";

/** Settings with which one event in five minutes sets an alarm off. Source: src/aws/alarm.ts, firesOnOneEvent */
const SETTINGS = {
  statistic: "Sum",
  period: 300,
  evaluation_periods: 1,
  comparison_operator: "GreaterThanOrEqualToThreshold",
  threshold: 1,
  treat_missing_data: "notBreaching",
} as const;

/** Arguments that could undo those settings. */
const DISTURBING = ["extended_statistic", "datapoints_to_alarm", "unit", "dimensions", "threshold_metric_id"];

export const addAlarm: Repair<"no-alarm" | "alarm-not-understood"> = (cause, workshop) =>
  proposeAlarm(cause, workshop, concerned(cause, ALARM, workshop));

/**
 * An alarm of its own beside the filter. Beside another one it gets actions at once: that one may do, so nobody
 * would ask for them.
 */
export function proposeAlarm(cause: Cause, workshop: Workshop, beside?: ResourceInstance): void {
  const { draft, naming } = workshop;
  const filter = concerned(cause, FILTER, workshop) ?? drawnFilter(cause, workshop);
  if (filter === undefined) return;
  const home = homeOf(filter);
  const { evaluation_periods, period, statistic, ...rest } = SETTINGS;
  const alarm = draft.add(home, {
    type: ALARM,
    name: asName(naming.base),
    arguments: argumentsOf({
      alarm_name: literal(rename(draft, ALARM, "alarm_name", naming.base)),
      alarm_description: workshop.title === "" ? undefined : literal(workshop.title),
      ...metricOf(draft, home, filter),
      statistic: literal(statistic),
      period: literal(period),
      evaluation_periods: literal(evaluation_periods),
      comparison_operator: literal(rest.comparison_operator),
      threshold: literal(rest.threshold),
      treat_missing_data: literal(rest.treat_missing_data),
    }),
  });
  if (beside === undefined) return;
  const actions = rewrite(draft, home, beside.read("alarm_actions"));
  const copied = actions?.kind === "list" && actions.elements.length > 0 ? actions : undefined;
  if (copied !== undefined) draft.change(alarm, { set: argumentsOf({ alarm_actions: copied }) });
  else addAction(alarm, workshop);
}

/** The filter before an alarm, by what the view draws. */
function drawnFilter(cause: Cause, { draft, view }: Workshop): ResourceInstance | undefined {
  const alarm = draft.find(cause.subject);
  const metrics = view.edges.filter(({ to }) => to === alarm?.id).map(({ from }) => from);
  const filters = view.edges.filter(({ to }) => metrics.includes(to)).map(({ from }) => from);
  return draft.graph().byId(filters[0] ?? "");
}

/** Points the alarm at the metric; one that watches by queries, or from elsewhere, is left alone and one is added. */
export const watchMetric: Repair<"no-alarm-on-metric"> = (cause, workshop) => {
  const alarm = concerned(cause, ALARM, workshop);
  const elsewhere = cause.nearest === "other-region" || cause.nearest === "other-account";
  if (alarm === undefined || elsewhere) return proposeAlarm(cause, workshop);
  watch(alarm, cause, workshop);
};

export function watch(alarm: ResourceInstance, cause: Cause, workshop: Workshop): void {
  const { draft } = workshop;
  const filter = concerned(cause, FILTER, workshop) ?? drawnFilter(cause, workshop);
  const queried = isUnset(alarm.read("metric_query")) !== "yes";
  if (filter === undefined || queried) {
    proposeAlarm(cause, workshop, alarm);
    return;
  }
  const metric = metricOf(draft, homeOf(alarm), filter);
  const wanted = argumentsOf(metric);
  const block = transformationOf(filter);
  const differing = wanted.filter(({ name }) => {
    const emitted = stringOf(child(block, name === "metric_name" ? "name" : "namespace"));
    return emitted === undefined || stringOf(alarm.read(name)) !== emitted;
  });
  draft.change(alarm, { set: differing.length > 0 ? differing : wanted });
}

/** Settings with which the alarm goes off on one event, as far as they are not there. */
export const makeFire: Repair<"alarm-cannot-fire" | "alarm-always-on"> = (cause, workshop) => {
  const alarm = concerned(cause, ALARM, workshop);
  if (alarm === undefined) return;
  tune(alarm, cause, workshop);
};

export function tune(alarm: ResourceInstance, cause: Cause, workshop: Workshop): void {
  const { draft } = workshop;
  const filter = concerned(cause, FILTER, workshop) ?? drawnFilter(cause, workshop);
  const dimensioned =
    filter !== undefined && isUnset(child(transformationOf(filter), "dimensions")) !== "yes";
  if (filter !== undefined && (dimensioned || emitsOtherThanOne(filter))) {
    emitOnes(filter, workshop, dimensioned);
  }
  if (isUnset(alarm.read("metric_query")) !== "yes") {
    proposeAlarm(cause, workshop, alarm);
    return;
  }
  const set = Object.entries(SETTINGS)
    .filter(([name, value]) => stringOf(alarm.read(name)) !== String(value))
    .map(([name, value]): Argument => ({ name, value: literal(value) }));
  const doubted = "attribute" in cause ? cause.attribute : undefined;
  const remove = DISTURBING.filter((name) => isUnset(alarm.read(name)) === "no" || name === doubted);
  if (set.length > 0 || remove.length > 0) draft.change(alarm, { set, remove });
}

function emitsOtherThanOne(filter: ResourceInstance): boolean {
  const block = transformationOf(filter);
  const zero = child(block, "default_value");
  return numberOf(child(block, "value")) !== 1 || (isUnset(zero) !== "yes" && numberOf(zero) !== 0);
}

export const unmute: Repair<"alarm-muted"> = (cause, { draft }) => {
  const [rule] = cause.evidence;
  const instance = draft.find(rule?.place);
  if (instance !== undefined)
    draft.remove(instance, "It silences the alarm for ever; give it an end instead.");
};
