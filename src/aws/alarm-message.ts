// The message that an alarm sends when it goes off, as far as its resource tells it.

import {
  child,
  elementsOf,
  isUnset,
  known,
  numberOf,
  stringOf,
  UNSET,
  unknown,
  type Value,
} from "../model/value.ts";
import { type ArnScope, predictedArnText } from "./arn.ts";
import type { Attributes } from "./attributes.ts";
import type { Message } from "./filter-policy.ts";
import { regionName } from "./region-name.ts";

/** An alarm; a `ResourceInstance` fits. */
export interface SendingAlarm extends Attributes {
  readonly scope: ArnScope;
}

const COMPOSITE = "aws_cloudwatch_composite_alarm";

/**
 * What a metric alarm or a composite alarm sends. Fields that no plan tells (times, reasons) are unknown values,
 * and others may come: nobody documents the list. Numbers have the digits that the message writes.
 * Source: https://github.com/aws/aws-lambda-go/tree/main/events/testdata (cloudwatch-alarm-sns-payload-*.json, one
 * metric and metric math), https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/
 * Notify_Users_Alarm_Changes.html; messages recorded in public repositories (AlarmActions, composite alarms; read
 * 2026-11-26)
 */
export function alarmMessage(alarm: SendingAlarm, type: string): Message {
  const fields = common(alarm, type);
  if (type === COMPOSITE) {
    const rule = alarm.read("alarm_rule");
    return { body: map({ ...fields, AlarmRule: rule }), closed: false, absent: new Set(["Trigger"]) };
  }
  const math = isUnset(alarm.read("metric_name")) === "yes" && isUnset(alarm.read("metric_query")) === "no";
  return {
    body: map({ ...fields, AlarmConfigurationUpdatedTimestamp: LATER, Trigger: triggerOf(alarm) }),
    closed: false,
    absent: new Set(["AlarmRule", "TriggeringChildren", ...(math ? NOT_OF_MATH : [])]),
  };
}

const LATER = unknown({ why: "after-apply", subject: "message" });

/** What the trigger of metric math does not have; among its queries, an expression no metric and a metric no expression. */
const NOT_OF_MATH = [
  "MetricName",
  "Namespace",
  "StatisticType",
  "Statistic",
  "Unit",
  "Dimensions",
  "Metrics.Expression",
  "Metrics.MetricStat",
].map((field) => `Trigger.${field}`);

function common(alarm: SendingAlarm, type: string): Readonly<Record<string, Value>> {
  const { account, region } = alarm.scope;
  const name = alarm.read("alarm_name");
  return {
    AlarmName: name,
    AlarmDescription: descriptionOf(alarm.read("alarm_description")),
    AWSAccountId: account === undefined ? LATER : known(account),
    NewStateValue: known("ALARM"),
    NewStateReason: LATER,
    StateChangeTime: LATER,
    Region: regionOf(region),
    AlarmArn: arnOf(alarm, type, name),
    OldStateValue: oneOf(known("OK"), known("INSUFFICIENT_DATA")),
    OKActions: actionsOf(alarm.read("ok_actions")),
    AlarmActions: actionsOf(alarm.read("alarm_actions")),
    InsufficientDataActions: actionsOf(alarm.read("insufficient_data_actions")),
  };
}

/** Messages of alarms without a description have null or the empty string. */
function descriptionOf(written: Value): Value {
  return isUnset(written) === "yes" ? oneOf(UNSET, known("")) : written;
}

function arnOf(alarm: SendingAlarm, type: string, name: Value): Value {
  const arn = alarm.read("arn");
  if (arn.kind === "known" && arn.value !== null) return arn;
  return predictedArnText(type, stringOf(name), alarm.scope) ?? LATER;
}

/** The name in words; of a region that is not listed only its form is known. */
function regionOf(code: string | undefined): Value {
  const name = code === undefined ? undefined : regionName(code);
  return name === undefined ? { kind: "text", parts: [LATER, known(")")], sensitive: false } : known(name);
}

/** Composite alarms of some time sent no lists of actions, so whether an empty one is there is open. */
function actionsOf(written: Value): Value {
  return isUnset(written) === "yes" ? list([]) : written;
}

function triggerOf(alarm: Attributes): Value {
  const datapoints = alarm.read("datapoints_to_alarm");
  const fields = {
    EvaluationPeriods: number(alarm.read("evaluation_periods"), ""),
    ComparisonOperator: alarm.read("comparison_operator"),
    Threshold: number(alarm.read("threshold"), ".0"),
    ...(isUnset(datapoints) === "no" && numberOf(datapoints) !== 0
      ? { DatapointsToAlarm: number(datapoints, "") }
      : {}),
  };
  if (isUnset(alarm.read("metric_name")) === "no") return map({ ...fields, ...ofOneMetric(alarm) });
  if (isUnset(alarm.read("metric_name")) === "maybe") return LATER;
  const queries = elementsOf(alarm.read("metric_query"));
  return map({ ...fields, Metrics: queries === undefined ? LATER : list(queries.map(queryOf)) });
}

function ofOneMetric(alarm: Attributes): Readonly<Record<string, Value>> {
  const statistic = alarm.read("statistic");
  const extended = isUnset(statistic);
  const name = stringOf(statistic);
  const unit = alarm.read("unit");
  return {
    MetricName: alarm.read("metric_name"),
    Namespace: alarm.read("namespace"),
    Period: number(alarm.read("period"), ""),
    Unit: isUnset(unit) === "yes" ? UNSET : unit,
    Dimensions: dimensionsOf(alarm.read("dimensions")),
    StatisticType:
      extended === "maybe" ? LATER : known(extended === "yes" ? "ExtendedStatistic" : "Statistic"),
    Statistic: name ? known(name.toUpperCase()) : LATER,
  };
}

/** `Dimensions` is a list of names and values. */
function dimensionsOf(written: Value): Value {
  if (isUnset(written) === "yes") return list([]);
  if (written.kind !== "map") return LATER;
  return list([...written.entries].map(([name, value]) => map({ name: known(name), value })));
}

/** One metric or expression of metric math; its id and what else it has are told where they are written. */
function queryOf(query: Value): Value {
  if (query.kind !== "map") return LATER;
  const [metric] = elementsOf(child(query, "metric")) ?? [];
  const expression = child(query, "expression");
  const entries: Record<string, Value> = { Id: child(query, "id") };
  if (isUnset(expression) === "no") entries.Expression = expression;
  if (metric !== undefined) {
    entries.MetricStat = map({
      Metric: map({
        MetricName: child(metric, "metric_name"),
        Namespace: child(metric, "namespace"),
        Dimensions: dimensionsOf(child(metric, "dimensions")),
      }),
      Period: number(child(metric, "period"), ""),
      Stat: child(metric, "stat"),
    });
  }
  return map(entries);
}

/** A number with the digits of the message: `1.0` for a whole number that is written with a fraction. */
function number(written: Value, fraction: string): Value {
  const value = numberOf(written);
  if (value === undefined) return LATER;
  const exact = Number.isInteger(value) ? `${value}${fraction}` : String(value);
  return { kind: "known", value, exact, sensitive: false };
}

function oneOf(...candidates: readonly Value[]): Value {
  return { ...LATER, candidates, relation: "one-of", closed: true };
}

function map(fields: Readonly<Record<string, Value>>): Value {
  return { kind: "map", entries: new Map(Object.entries(fields)), sensitive: false };
}

function list(elements: readonly Value[]): Value {
  return { kind: "list", form: "list", elements, sensitive: false };
}
