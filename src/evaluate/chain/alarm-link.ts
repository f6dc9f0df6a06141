// Third link: an alarm on the metric that a stream emits, in the same place, that one event can set off.

import { firesOnOneEvent } from "../../aws/alarm.ts";
import { type EmittedMetric, sameMetric, type WatchedMetric, watchedMetrics } from "../../aws/metric.ts";
import { sameText } from "../../aws/same-text.ts";
import type { Cause, Evidence, Metric, NearMiss } from "../../model/finding.ts";
import type { Graph, ResourceInstance } from "../../model/graph.ts";
import { HIDDEN, isSensitive, known, type Tri, type Value } from "../../model/value.ts";
import { evidenceOf, placeOf, spoken } from "../evidence.ts";
import { differ, sameScope } from "../same-scope.ts";
import type { FilterFacts, Stream } from "./filter-link.ts";
import { type Condition, notKnown, onExistence, type Step, stepOf } from "./step.ts";

export interface Alarm {
  readonly instance: ResourceInstance;
  readonly watched: readonly WatchedMetric[];
}

export interface AlarmStep extends Step {
  readonly alarm: ResourceInstance;
  readonly stream: Stream;
  /** How near the alarm comes to the metric when it watches another one; `undefined` when it watches this one. */
  readonly miss: NearMiss | "unlike" | undefined;
}

export function alarmsOf(graph: Graph): readonly Alarm[] {
  return graph
    .resources("aws_cloudwatch_metric_alarm")
    .map((instance) => ({ instance, watched: watchedMetrics(instance) }));
}

/** Every alarm held against a stream, one step for each metric it watches. Cost: alarms × filters of the stream. */
export function alarmSteps(stream: Stream, alarms: readonly Alarm[]): readonly AlarmStep[] {
  const steps = alarms.flatMap((alarm) =>
    alarm.watched.map((watched) => ({ watched, step: alarmStep(stream, alarm.instance, watched) })),
  );
  // Among alarms that are equally undecided, the one that names the filter is the one to speak of.
  return [
    ...steps.filter(({ watched }) => namesFilter(watched.name, stream)),
    ...steps.filter(({ watched }) => !namesFilter(watched.name, stream)),
  ].map(({ step }) => step);
}

function namesFilter(value: Value, stream: Stream): boolean {
  if (value.kind === "unknown") return value.candidates.some((candidate) => namesFilter(candidate, stream));
  return value.kind === "reference" && stream.filters.some(({ filter }) => filter.id === value.to);
}

function alarmStep(stream: Stream, alarm: ResourceInstance, watched: WatchedMetric): AlarmStep {
  const joints = stream.filters.map((facts) => joint(alarm, watched, facts));
  const evidence = [...filterEvidence(stream.filters[0]), ...alarmEvidence(alarm, watched)];
  const step = stepOf([onExistence(alarm), ...joints.flatMap((one) => one.conditions)], evidence);
  const miss = joints.find((one) => one.miss !== undefined)?.miss;
  return { alarm, stream, miss, ...step };
}

interface Joint {
  readonly conditions: readonly Condition[];
  readonly miss: NearMiss | "unlike" | undefined;
}

function joint(alarm: ResourceInstance, watched: WatchedMetric, facts: FilterFacts): Joint {
  const { filter, emitted } = facts;
  if (emitted === undefined) return { conditions: [{ answer: "no", cause: undefined }], miss: "unlike" };
  const place = reaches(alarm, watched, filter);
  const match = sameMetric(watched, emitted, filter.scope.account);
  // Dimensions that do not fit are the alarm's trouble with the right metric, not another metric.
  const onMetric = match.nearest === "dimensions" ? "yes" : match.answer;
  const miss =
    onMetric === "no" ? (match.nearest ?? "unlike") : place === "no" ? elsewhere(alarm, filter) : undefined;
  const metric = metricOf(emitted);
  const evidence = [...filterEvidence(facts), ...alarmEvidence(alarm, watched)];
  const missed = (): Cause => ({
    code: "no-alarm-on-metric",
    subject: placeOf(alarm),
    evidence,
    metric,
    nearest: miss === "unlike" ? undefined : miss,
  });
  const conditions: Condition[] = [
    { answer: onMetric, cause: () => (onMetric === "no" ? missed() : notKnown(alarm, match.attribute)) },
    { answer: place, cause: () => (place === "no" ? missed() : placeNotKnown(alarm, watched, filter)) },
  ];
  if (miss === undefined) conditions.push(onFiring(alarm, watched, facts.filter, emitted, evidence));
  return { conditions, miss };
}

function placeNotKnown(alarm: ResourceInstance, watched: WatchedMetric, filter: ResourceInstance): Cause {
  if (sameScope(alarm.scope, filter.scope) === "maybe") return notKnown(alarm, "region");
  const what = `${watched.attribute}.account_id`;
  return {
    code: "alarm-not-understood",
    subject: placeOf(alarm),
    evidence: [evidenceOf(alarm, "metric_query")],
    what,
  };
}

/**
 * Whether the alarm sees metrics of the filter's account and region. An alarm of another account can, where its query
 * names the filter's account and that account shares its metrics; whether it does is not in the inputs.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html (AccountId)
 */
function reaches(alarm: ResourceInstance, watched: WatchedMetric, filter: ResourceInstance): Tri {
  const same = sameScope(alarm.scope, filter.scope);
  if (same !== "no" || differ(alarm.scope.region, filter.scope.region)) return same;
  const { account } = filter.scope;
  const named = account === undefined ? "no" : sameText(watched.account, known(account));
  return named === "no" ? "no" : "maybe";
}

function elsewhere(alarm: ResourceInstance, filter: ResourceInstance): NearMiss {
  return differ(alarm.scope.region, filter.scope.region) ? "other-region" : "other-account";
}

function onFiring(
  alarm: ResourceInstance,
  watched: WatchedMetric,
  filter: ResourceInstance,
  emitted: EmittedMetric,
  evidence: readonly Evidence[],
): Condition {
  const firing = firesOnOneEvent(alarm, watched, emitted);
  const subject = placeOf(alarm);
  return {
    answer: firing.answer,
    cause: () =>
      firing.cause === undefined
        ? notKnown(alarm, firing.attribute)
        : {
            ...hiding(firing.cause, alarm, filter),
            subject,
            evidence: [...evidence, ...settings(alarm, filter, firing.attribute)],
          },
  };
}

/** What is not understood may be a value that nobody is to see. */
function hiding<C extends NonNullable<ReturnType<typeof firesOnOneEvent>["cause"]>>(
  cause: C,
  alarm: ResourceInstance,
  filter: ResourceInstance,
): C {
  if (cause.code !== "alarm-not-understood") return cause;
  const values = [...SPOKEN_OF.map((name) => alarm.read(name)), filter.read("metric_transformation")];
  return values.some(isSensitive) ? { ...cause, what: HIDDEN } : cause;
}

/** Arguments that a cause may quote. */
const SPOKEN_OF = ["comparison_operator", "statistic", "extended_statistic", "metric_query"];

/** What of both ends decides whether it goes off; the deciding argument may be the filter's. */
function settings(alarm: ResourceInstance, filter: ResourceInstance, deciding: string): readonly Evidence[] {
  const ofFilter = deciding.startsWith("metric_transformation");
  const names = new Set(["comparison_operator", "threshold", "statistic", "evaluation_periods"]);
  if (!ofFilter && !deciding.includes("[")) names.add(deciding);
  names.delete("metric_name");
  names.delete("namespace");
  const own = [...names].map((name) => evidenceOf(alarm, name));
  return ofFilter ? [evidenceOf(filter, deciding), ...own] : own;
}

export function metricOf(emitted: EmittedMetric): Metric {
  return { namespace: spoken(emitted.namespace), name: spoken(emitted.name) };
}

function filterEvidence(facts: FilterFacts | undefined): readonly Evidence[] {
  if (facts === undefined) return [];
  return ["metric_transformation.namespace", "metric_transformation.name"].map((name) =>
    evidenceOf(facts.filter, name),
  );
}

function alarmEvidence(alarm: ResourceInstance, watched: WatchedMetric): readonly Evidence[] {
  if (watched.attribute !== "metric_name") return [evidenceOf(alarm, "metric_query")];
  return [evidenceOf(alarm, "namespace"), evidenceOf(alarm, "metric_name")];
}

/** Nearest first: an alarm on the right metric that cannot fire, then the near misses in order of likeness. */
export function byNearness(a: AlarmStep, b: AlarmStep): number {
  return nearness(a) - nearness(b);
}

const MISSES: readonly (NearMiss | "unlike" | undefined)[] = [
  undefined,
  "dimensions",
  "other-region",
  "other-account",
  "letter-case",
  "filter-name-not-metric",
  "other-namespace",
  "other-key",
  "other-name",
  "other",
  "unlike",
];

function nearness(step: AlarmStep): number {
  return MISSES.indexOf(step.miss);
}
