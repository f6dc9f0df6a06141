// Metric and composite alarms as `describe-alarms` tells of them.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html, API_CompositeAlarm.html,
// API_MetricDataQuery.html

import type { AccountGap, AccountObject } from "../../model/account.ts";
import { get, type Json, type JsonObject } from "../../model/json.ts";
import { attributes, type Context, type Found, regionInside, whereaboutsOf } from "./context.ts";
import { regionTaken } from "./filters.ts";
import type { Answered } from "./outputs.ts";
import { listAt, objectAt, objectsAt, scalarAt, textAt } from "./shape.ts";
import type { TakenAsGiven } from "./taken.ts";

export const COMPOSITE = "CompositeAlarm";

export function findAlarms(context: Context): Found {
  const outputs = context.outputs.of("alarms");
  const objects = outputs.flatMap((output) => {
    const region = alarmRegion(output, context);
    return [
      ...objectsAt(output.root, "MetricAlarms", output.place).map((alarm) =>
        alarmObject(alarm, output, region, context),
      ),
      ...objectsAt(output.root, "CompositeAlarms", output.place).map((alarm) =>
        compositeObject(alarm, output, region, context),
      ),
    ];
  });
  const listings = outputs.filter(listsMetricAlarms);
  const composites = outputs.filter(listsComposites);
  return {
    objects,
    gaps: [...metricGaps(context, listings), ...compositeGaps(context, composites)],
    taken: [
      ...listings.flatMap((output) => regionTaken(output, alarmRegion(output, context), "MetricAlarms")),
      ...compositesTaken(context, listings, composites),
    ],
  };
}

/** The region of an output's alarms, or else the one that an output without alarms is taken to be of. */
function alarmRegion(output: Answered, context: Context): string | undefined {
  return output.region ?? regionInside(alarmArns(output)) ?? context.regionOf(output);
}

export function alarmArns({ root, place }: Answered): readonly (string | undefined)[] {
  return ["MetricAlarms", "CompositeAlarms"].flatMap((key) =>
    objectsAt(root, key, place).map((alarm) => textAt(alarm, "AlarmArn", place)),
  );
}

/** Without `--alarm-types` metric alarms alone are told of, and an output of composite alarms has an empty list of them. */
function listsMetricAlarms({ root, about, place }: Answered): boolean {
  if (about === COMPOSITE) return false;
  return objectsAt(root, "MetricAlarms", place).length > 0 || !hasComposites({ root, place });
}

/**
 * "If you omit this parameter, only metric alarms are returned, even if composite alarms exist in the account."
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html (AlarmTypes)
 */
function listsComposites({ root, about, place }: Answered): boolean {
  return about === COMPOSITE || hasComposites({ root, place });
}

function hasComposites({ root, place }: Pick<Answered, "root" | "place">): boolean {
  return objectsAt(root, "CompositeAlarms", place).length > 0;
}

function metricGaps(context: Context, listings: readonly Answered[]): readonly AccountGap[] {
  const { homes, outputs } = context;
  if (homes.length === 0 && listings.length > 0) return [];
  const wanted: readonly (string | undefined)[] = homes.length === 0 ? [undefined] : homes;
  return wanted.flatMap((region): AccountGap[] => {
    const here = listings.filter((output) => alarmRegion(output, context) === region);
    if (here.some((output) => !output.cut)) return [];
    const question = { kind: "alarms", region } as const;
    const origin = here.length > 0 ? outputs.cutShort(question) : outputs.why(question);
    return [{ type: "aws_cloudwatch_metric_alarm", origin }];
  });
}

const compositeQuestion = (region: string | undefined) =>
  ({ kind: "alarms", about: COMPOSITE, region }) as const;

/** Composite alarms that were asked for and not told in full; those that nobody asked for are taken not to be. */
function compositeGaps(context: Context, composites: readonly Answered[]): readonly AccountGap[] {
  return context.homes.flatMap((region): AccountGap[] => {
    const question = compositeQuestion(region);
    const here = composites.filter((output) => alarmRegion(output, context) === region);
    const isCut = here.length > 0 && here.every((output) => output.cut);
    if (!isCut && !(here.length === 0 && context.outputs.wasRefused(question))) return [];
    const origin = isCut ? context.outputs.cutShort(question) : context.outputs.why(question);
    return [{ type: "aws_cloudwatch_composite_alarm", origin }];
  });
}

function compositesTaken(
  context: Context,
  listings: readonly Answered[],
  composites: readonly Answered[],
): readonly TakenAsGiven[] {
  const { homes, outputs, account } = context;
  return homes.flatMap((region): TakenAsGiven[] => {
    const question = compositeQuestion(region);
    const isAsked = composites.some((output) => alarmRegion(output, context) === region);
    if (isAsked || outputs.wasRefused(question) || listings.length === 0) return [];
    const subject = `account ${account ?? "asked"} in ${region}`;
    return [{ what: "composite-alarms", subject, detail: outputs.command(question) }];
  });
}

// Objects

type Source = Pick<Answered, "place">;

function common(alarm: JsonObject, { place }: Source): readonly (readonly [string, Json | undefined])[] {
  return [
    ["alarm_name", scalarAt(alarm, "AlarmName", place)],
    ["id", scalarAt(alarm, "AlarmName", place)],
    ["arn", scalarAt(alarm, "AlarmArn", place)],
    ["actions_enabled", scalarAt(alarm, "ActionsEnabled", place)],
    ["alarm_actions", listAt(alarm, "AlarmActions", place)],
    ["ok_actions", listAt(alarm, "OKActions", place)],
    ["insufficient_data_actions", listAt(alarm, "InsufficientDataActions", place)],
    ["alarm_description", scalarAt(alarm, "AlarmDescription", place)],
  ];
}

function scopeOf(alarm: JsonObject, place: string, region: string | undefined, context: Context) {
  const own = whereaboutsOf(textAt(alarm, "AlarmArn", place));
  return {
    partition: own.partition ?? context.partition,
    account: own.account ?? context.account,
    region: own.region ?? region,
  };
}

function alarmObject(
  alarm: JsonObject,
  source: Source,
  region: string | undefined,
  context: Context,
): AccountObject {
  const { place } = source;
  const plain = [...PLAIN].map(([name, key]): [string, Json] => [name, scalarAt(alarm, key, place)]);
  return {
    type: "aws_cloudwatch_metric_alarm",
    name: `alarm ${textAt(alarm, "AlarmName", place) ?? ""}`,
    scope: scopeOf(alarm, place, region, context),
    values: attributes([
      ...common(alarm, source),
      ...plain,
      ["dimensions", dimensionsOf(alarm, place)],
      ["metric_query", objectsAt(alarm, "Metrics", place).map((query) => queryOf(query, place))],
      ["evaluation_criteria", get(alarm, "EvaluationCriteria")],
    ]),
    unknown: new Map(),
    rest: undefined,
  };
}

const PLAIN: ReadonlyMap<string, string> = new Map([
  ["metric_name", "MetricName"],
  ["namespace", "Namespace"],
  ["statistic", "Statistic"],
  ["extended_statistic", "ExtendedStatistic"],
  ["period", "Period"],
  ["unit", "Unit"],
  ["evaluation_periods", "EvaluationPeriods"],
  ["datapoints_to_alarm", "DatapointsToAlarm"],
  ["threshold", "Threshold"],
  ["threshold_metric_id", "ThresholdMetricId"],
  ["comparison_operator", "ComparisonOperator"],
  ["treat_missing_data", "TreatMissingData"],
  ["evaluate_low_sample_count_percentiles", "EvaluateLowSampleCountPercentile"],
]);

/** AWS prints dimensions as a list of pairs, Terraform keeps them as a map. */
function dimensionsOf(parent: Json | undefined, place: string): Json {
  const pairs = objectsAt(parent, "Dimensions", place).map((one): [string, Json] => [
    textAt(one, "Name", place) ?? "",
    scalarAt(one, "Value", place),
  ]);
  return Object.fromEntries(pairs);
}

function queryOf(query: JsonObject, place: string): Json {
  const stat = objectAt(query, "MetricStat", place);
  const metric = objectAt(stat, "Metric", place);
  return attributes([
    ["id", scalarAt(query, "Id", place)],
    ["expression", scalarAt(query, "Expression", place)],
    ["label", scalarAt(query, "Label", place)],
    ["period", scalarAt(query, "Period", place)],
    ["account_id", scalarAt(query, "AccountId", place)],
    // "If you omit this, the default of True is used."
    ["return_data", scalarAt(query, "ReturnData", place) ?? true],
    [
      "metric",
      stat === undefined
        ? []
        : [
            attributes([
              ["namespace", scalarAt(metric, "Namespace", place)],
              ["metric_name", scalarAt(metric, "MetricName", place)],
              ["dimensions", dimensionsOf(metric, place)],
              ["period", scalarAt(stat, "Period", place)],
              ["stat", scalarAt(stat, "Stat", place)],
              ["unit", scalarAt(stat, "Unit", place)],
            ]),
          ],
    ],
  ]);
}

function compositeObject(
  alarm: JsonObject,
  source: Source,
  region: string | undefined,
  context: Context,
): AccountObject {
  const { place } = source;
  const suppressor = textAt(alarm, "ActionsSuppressor", place);
  return {
    type: "aws_cloudwatch_composite_alarm",
    name: `composite alarm ${textAt(alarm, "AlarmName", place) ?? ""}`,
    scope: scopeOf(alarm, place, region, context),
    values: attributes([
      ...common(alarm, source),
      ["alarm_rule", scalarAt(alarm, "AlarmRule", place)],
      [
        "actions_suppressor",
        suppressor === undefined
          ? []
          : [
              attributes([
                ["alarm", suppressor],
                ["wait_period", scalarAt(alarm, "ActionsSuppressorWaitPeriod", place)],
                ["extension_period", scalarAt(alarm, "ActionsSuppressorExtensionPeriod", place)],
              ]),
            ],
      ],
    ]),
    unknown: new Map(),
    rest: undefined,
  };
}
