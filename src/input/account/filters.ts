// Metric filters and log groups as `describe-metric-filters` and `describe-log-groups` tell of them.
// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricFilter.html, API_LogGroup.html

import { logGroupOfArn } from "../../aws/arn.ts";
import type { AccountGap, AccountObject } from "../../model/account.ts";
import { get, isArray, type Json, type JsonObject } from "../../model/json.ts";
import { attributes, type Context, type Found, whereaboutsOf } from "./context.ts";
import type { Answered } from "./outputs.ts";
import { listAt, objectAt, objectsAt, scalarAt, textAt } from "./shape.ts";
import type { TakenAsGiven } from "./taken.ts";
import type { Trail } from "./trails.ts";

/** A log group of the account: every one that a trail delivers to, that has a filter, or that is described. */
interface Group {
  readonly name: string;
  readonly region: string | undefined;
  readonly described: JsonObject | undefined;
}

export function findFilters(context: Context, trails: readonly Trail[]): Found {
  const listings = context.outputs.of("metric-filters").map((output) => listingOf(output, context));
  const filters = listings.flatMap(({ output, region }) =>
    objectsAt(output.root, "metricFilters", output.place).map((filter) => ({
      filter,
      region,
      place: output.place,
    })),
  );
  const groups = groupsOf(context, trails, listings, filters);
  return {
    objects: [
      ...filters.map(({ filter, region, place }) => filterObject(filter, region, place, context)),
      ...groups.map((group) => groupObject(group, context)),
    ],
    gaps: gapsIn(context, trails, listings),
    taken: listings.flatMap(({ output, region }) => regionTaken(output, region, "metricFilters")),
  };
}

/** An empty listing that names no region proves something about one only because it is taken to be of it. */
export function regionTaken(
  { root, region: named, place }: Answered,
  region: string | undefined,
  key: string,
): readonly TakenAsGiven[] {
  const list = get(root, key);
  if (region === undefined || named !== undefined || !isArray(list) || list.length > 0) return [];
  return [{ what: "region", subject: place, detail: region }];
}

interface Listing {
  readonly output: Answered;
  readonly region: string | undefined;
  /** The log group asked about; `undefined`: all of the region. */
  readonly group: string | undefined;
}

function listingOf(output: Answered, context: Context): Listing {
  return { output, region: context.regionOf(output), group: output.about };
}

function filterObject(
  filter: JsonObject,
  region: string | undefined,
  place: string,
  { account, partition }: Context,
): AccountObject {
  const name = textAt(filter, "filterName", place) ?? "";
  const group = textAt(filter, "logGroupName", place);
  const values = attributes([
    ["name", name],
    ["id", name],
    ["log_group_name", group],
    ["pattern", scalarAt(filter, "filterPattern", place) ?? ""],
    ["apply_on_transformed_logs", scalarAt(filter, "applyOnTransformedLogs", place)],
    ["field_selection_criteria", scalarAt(filter, "fieldSelectionCriteria", place)],
    ["emit_system_field_dimensions", listAt(filter, "emitSystemFieldDimensions", place)],
    [
      "metric_transformation",
      objectsAt(filter, "metricTransformations", place).map((one) => transformation(one, place)),
    ],
  ]);
  return {
    type: "aws_cloudwatch_log_metric_filter",
    name: `metric filter ${name}`,
    scope: { account, partition, region },
    values,
    unknown: new Map(),
    rest: undefined,
  };
}

function transformation(one: JsonObject, place: string): Json {
  return attributes([
    ["name", scalarAt(one, "metricName", place)],
    ["namespace", scalarAt(one, "metricNamespace", place)],
    ["value", scalarAt(one, "metricValue", place)],
    ["default_value", scalarAt(one, "defaultValue", place)],
    ["unit", scalarAt(one, "unit", place)],
    ["dimensions", objectAt(one, "dimensions", place)],
  ]);
}

// Log groups

function groupsOf(
  context: Context,
  trails: readonly Trail[],
  listings: readonly Listing[],
  filters: readonly { readonly filter: JsonObject; readonly region: string | undefined; place: string }[],
): readonly Group[] {
  const groups = new Map<string, Group>();
  const take = (group: Group): void => {
    const key = JSON.stringify([group.region, group.name]);
    if (groups.get(key)?.described === undefined) groups.set(key, group);
  };
  for (const trail of trails) {
    const arn = groupArnOf(trail);
    const name = arn === undefined ? undefined : logGroupOfArn(arn);
    const { region, account } = whereaboutsOf(arn);
    if (name === undefined || account === undefined || account !== context.account) continue;
    // Of a log group whose filters are not listed nothing is known, as of one in another account.
    if (listings.some((listing) => covers(listing, region, name)))
      take({ name, region, described: undefined });
  }
  for (const { filter, region, place } of filters) {
    const name = textAt(filter, "logGroupName", place);
    if (name !== undefined) take({ name, region, described: undefined });
  }
  for (const output of context.outputs.of("log-groups")) {
    for (const described of objectsAt(output.root, "logGroups", output.place)) {
      const name = textAt(described, "logGroupName", output.place);
      const { region } = whereaboutsOf(textAt(described, "arn", output.place));
      if (name !== undefined) take({ name, region: region ?? context.regionOf(output), described });
    }
  }
  return [...groups.values()];
}

function groupArnOf({ described, place }: Trail): string | undefined {
  return described === undefined ? undefined : textAt(described, "CloudWatchLogsLogGroupArn", place);
}

function covers({ output, region, group }: Listing, wanted: string | undefined, name: string): boolean {
  return !output.cut && region === wanted && (group === undefined || group === name);
}

function groupObject({ name, region, described }: Group, context: Context): AccountObject {
  const { account, partition } = context;
  const known = account !== undefined && partition !== undefined && region !== undefined;
  return {
    type: "aws_cloudwatch_log_group",
    name: `log group ${name}`,
    scope: { account, partition, region },
    values: {
      // Metric filters are made on log groups of class STANDARD alone, and what holds none counts for nothing.
      log_group_class: null,
      ...attributes([
        ["name", name],
        ["id", name],
        ["arn", known ? `arn:${partition}:logs:${region}:${account}:log-group:${name}` : undefined],
        ["log_group_class", get(described, "logGroupClass")],
        ["kms_key_id", get(described, "kmsKeyId")],
        ["retention_in_days", get(described, "retentionInDays")],
      ]),
    },
    unknown: new Map(),
    rest: {
      why: "not-asked",
      subject: context.outputs.command({ kind: "log-groups", about: name, region }),
    },
  };
}

// What is not listed

function gapsIn(
  context: Context,
  trails: readonly Trail[],
  listings: readonly Listing[],
): readonly AccountGap[] {
  const { outputs, homes, account } = context;
  const gap = (region: string | undefined, isCut: boolean): AccountGap => {
    const question = { kind: "metric-filters", region } as const;
    const origin = isCut ? outputs.cutShort(question) : outputs.why(question);
    return { type: "aws_cloudwatch_log_metric_filter", origin };
  };
  if (homes.length === 0) return listings.length === 0 ? [gap(undefined, false)] : [];
  const missing = trails.flatMap((trail) => {
    const arn = groupArnOf(trail);
    const name = arn === undefined ? undefined : logGroupOfArn(arn);
    const place = whereaboutsOf(arn);
    if (name === undefined || !homes.includes(trail.home ?? "")) return [];
    // The log group of an organization's trail may be another account's: that is told as such, not as a gap.
    if (account !== undefined && place.account !== account) return [];
    if (listings.some((listing) => covers(listing, place.region, name))) return [];
    const here = listings.filter(({ region }) => region === place.region);
    return [
      gap(
        place.region,
        here.some(({ output }) => output.cut),
      ),
    ];
  });
  return missing.slice(0, 1);
}
