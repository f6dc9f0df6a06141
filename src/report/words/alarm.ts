// The sentences about alarms: which metric they watch, and whether one event sets them off.

import type { Evidence, Metric, NearMiss, SilentAlarm } from "../../model/finding.ts";
import {
  type CauseByCode,
  hclString,
  shownText,
  spelledOut,
  type Tellers,
  told,
  type Wording,
} from "./told.ts";

export const ALARM_TELLERS = {
  "no-alarm": ({ metric }) => told(nobodyWatches(metric), `add an aws_cloudwatch_metric_alarm${on(metric)}`),
  "no-alarm-on-metric": (cause) => noAlarmOnMetric(cause),
  "alarm-cannot-fire": ({ how, evidence }) => {
    const [sentence, help] = SILENT[how];
    return told(sentence, typeof help === "string" ? help : help(evidence));
  },
  "alarm-always-on": ({ how }) => {
    const [why, help] = ALWAYS_ON.get(how) ?? [spelledOut(how), undefined];
    return told(`the alarm is always on, so no event changes it: ${why}`, help);
  },
  "alarm-not-understood": ({ what }) =>
    told(
      "what sets this alarm off could not be worked out",
      "let the alarm watch the filter's metric itself, with metric_name, namespace and threshold",
      { notes: [`not worked out: ${what}`] },
    ),
  "alarm-muted": () =>
    told("a mute rule keeps this alarm silent for good", "take the alarm out of the mute rule"),
} satisfies Partial<Tellers>;

function nobodyWatches({ namespace, name }: Metric): string {
  if (name === "") return "no alarm watches the metric of this filter";
  return `no alarm watches metric "${name}" in namespace "${namespace}"`;
}

function on({ namespace, name }: Metric): string {
  return name === ""
    ? " on the metric of this filter"
    : ` with metric_name = ${hclString(name)} and namespace = ${hclString(namespace)}`;
}

function noAlarmOnMetric(cause: CauseByCode["no-alarm-on-metric"]): Wording {
  const { metric, nearest } = cause;
  const note = nearest === undefined ? undefined : NEAR_MISSES[nearest];
  return told(nobodyWatches(metric), mending(cause), note === undefined ? {} : { notes: [note] });
}

const NEAR_MISSES: Readonly<Record<NearMiss, string>> = {
  "letter-case": "the two differ only in letter case, and metric names and namespaces are case sensitive",
  "other-namespace": "the nearest alarm watches the same metric name in another namespace",
  "other-name": "the nearest alarm watches another metric name in the same namespace",
  "other-region": "the nearest alarm is in another region, and a metric exists only in its own",
  "other-account": "the nearest alarm is in another account, and a metric exists only in its own",
  "other-key": "the nearest alarm belongs to another instance key",
  dimensions: "the nearest alarm asks for other dimensions",
  "filter-name-not-metric": "the nearest alarm watches the filter's name; its metric has a name of its own",
  other: "the nearest alarm watches another metric",
};

function mending({ metric, nearest, evidence, subject }: CauseByCode["no-alarm-on-metric"]): string {
  switch (nearest) {
    case "other-region":
    case "other-account":
      return "make the alarm with the provider that makes the metric filter";
    case "dimensions":
      return "remove dimensions from the alarm and from the filter's metric_transformation";
    case "letter-case":
    case "other-namespace":
    case "other-name":
    case "other-key":
    case "filter-name-not-metric":
    case "other":
    case undefined:
      return settings(metric, evidence, subject?.address);
    default:
      return nearest satisfies never;
  }
}

/** Only the arguments of the alarm that are not already right. */
function settings(metric: Metric, evidence: readonly Evidence[], alarm: string | undefined): string {
  if (metric.name === "") return "let the alarm's metric_name and namespace refer to the filter's metric";
  const own = evidence.filter((entry) => entry.place.address === alarm);
  const edits = [
    { attribute: "metric_name", wanted: metric.name },
    { attribute: "namespace", wanted: metric.namespace },
  ].filter(({ attribute, wanted }) => shownText(own, attribute) !== wanted);
  return `set ${edits.map(({ attribute, wanted }) => `${attribute} = ${hclString(wanted)}`).join(" and ")}`;
}

type Help = string | ((evidence: readonly Evidence[]) => string);

const ONE_PER_EVENT = 'set value = "1" in the filter\'s metric_transformation';

const SILENT: Readonly<Record<SilentAlarm, readonly [sentence: string, help: Help]>> = {
  "metric-value-zero": ["the filter writes 0 for every event, so the metric never rises", ONE_PER_EVENT],
  "metric-value-below-threshold": ["one event does not reach the alarm's threshold", reachableThreshold],
  "metric-value-not-a-number": ["the filter writes a value that is not a number", ONE_PER_EVENT],
  "wrong-comparison": [
    "the alarm goes off when events stay away, not when one comes",
    'set comparison_operator = "GreaterThanOrEqualToThreshold"',
  ],
  "diluted-by-default-value": [
    "default values in the same period pull the statistic below the threshold",
    'set statistic = "Sum"',
  ],
  "several-periods-needed": [
    "one event is not enough: several periods have to breach",
    (evidence) =>
      shownText(evidence, "datapoints_to_alarm") === undefined
        ? "set evaluation_periods = 1"
        : "set datapoints_to_alarm = 1",
  ],
  "unit-differs": ["the alarm looks at another unit than the filter writes", "remove unit from the alarm"],
  "metric-has-dimensions": [
    "the filter splits its metric by dimensions, so the alarm sees a part of the events at most",
    "remove dimensions from the filter's metric_transformation",
  ],
  "dimension-nobody-emits": [
    "the alarm asks for dimensions that the filter does not write",
    "remove dimensions from the alarm",
  ],
  "evaluation-too-long": [
    "the alarm looks back further than AWS allows: a week, or a day with periods below an hour",
    "set evaluation_periods = 1",
  ],
  "more-datapoints-than-periods": [
    "the alarm wants more breaching datapoints than it looks at",
    "set datapoints_to_alarm = 1",
  ],
};

function reachableThreshold(evidence: readonly Evidence[]): string {
  const above = shownText(evidence, "comparison_operator") === "GreaterThanThreshold";
  return above ? "set threshold = 0" : "set threshold = 1";
}

const ALWAYS_ON: ReadonlyMap<string, readonly [why: string, help: string]> = new Map([
  [
    "default-value-breaches",
    [
      "the filter's default value breaches the threshold by itself",
      'set default_value = "0" in the filter\'s metric_transformation',
    ],
  ],
  [
    "missing-data-breaches",
    ["periods without any event count as breaching", 'set treat_missing_data = "notBreaching"'],
  ],
  [
    "filled-value-breaches",
    ["the value that FILL writes breaches the threshold by itself", "let FILL write 0"],
  ],
]);
