// Trails as `describe-trails`, `get-trail-status` and `get-event-selectors` tell of them.
// Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Trail.html, API_GetTrailStatus.html,
// API_GetEventSelectors.html

import type { AccountObject } from "../../model/account.ts";
import { get, type Json, type JsonObject } from "../../model/json.ts";
import type { UnknownOrigin } from "../../model/value.ts";
import type { OutputKind, Question } from "./commands.ts";
import { attributes, type Found, whereaboutsOf } from "./context.ts";
import { type Answered, means, type Outputs } from "./outputs.ts";
import { listAt, objectAt, objectsAt, scalarAt, textAt } from "./shape.ts";

/** One trail as the outputs hold it. */
export interface Trail {
  readonly arn: string;
  readonly name: string;
  readonly home: string | undefined;
  /** `undefined`: only its name is known. */
  readonly described: JsonObject | undefined;
  readonly place: string;
}

export function trailsIn(outputs: Outputs): readonly Trail[] {
  const trails = new Map<string, Trail>();
  const take = (json: JsonObject, place: string, isDescribed: boolean): void => {
    const arn = textAt(json, "TrailARN", place);
    const name = textAt(json, "Name", place);
    if (arn === undefined || name === undefined || trails.has(arn)) return;
    const home = textAt(json, "HomeRegion", place) ?? whereaboutsOf(arn).region;
    trails.set(arn, { arn, name, home, described: isDescribed ? json : undefined, place });
  };
  for (const { root, place } of outputs.of("trails")) {
    for (const trail of objectsAt(root, "trailList", place)) take(trail, place, true);
  }
  for (const { root, place } of outputs.of("trail")) {
    const trail = objectAt(root, "Trail", place);
    if (trail !== undefined) take(trail, place, true);
  }
  // A listing of names tells of trails in all regions; where the trails of one region are described, those that
  // record all regions are among them.
  if (outputs.of("trails").length === 0) {
    for (const { root, place } of outputs.of("trail-names")) {
      for (const trail of objectsAt(root, "Trails", place)) take(trail, place, false);
    }
  }
  return [...trails.values()];
}

/** The regions where the log groups of trails are that may hold the chain: it cannot be in any other. */
export function homeRegions(trails: readonly Trail[]): readonly string[] {
  const able = trails.filter(({ described }) => {
    if (described === undefined) return true;
    return (
      described.IsMultiRegionTrail !== false && get(described, "CloudWatchLogsLogGroupArn") !== undefined
    );
  });
  return [...new Set(able.flatMap(({ home }) => home ?? []))];
}

export function findTrails(outputs: Outputs, trails: readonly Trail[]): Found {
  const listed = [...outputs.of("trails"), ...outputs.of("trail-names")];
  const question: Question = { kind: "trails" };
  const cut = listed.length > 0 && listed.every((output) => output.cut);
  const origin = listed.length === 0 ? outputs.why(question) : outputs.cutShort(question);
  const gaps = listed.length === 0 || cut ? [{ type: "aws_cloudtrail", origin }] : [];
  return { objects: trails.map((trail) => trailObject(outputs, trail, trails)), gaps, taken: [] };
}

function trailObject(outputs: Outputs, trail: Trail, all: readonly Trail[]): AccountObject {
  const unknown = new Map<string, UnknownOrigin>();
  const { described, arn, name, home, place } = trail;
  const values: Record<string, Json> = { arn, id: arn, name, ...describedValues(described, place) };
  const ask = (kind: OutputKind): UnknownOrigin => outputs.why({ kind, about: arn, region: home });
  if (described === undefined) {
    for (const attribute of DESCRIBED.keys()) unknown.set(attribute, outputs.why({ kind: "trails" }));
  } else if (described.IsMultiRegionTrail === undefined) {
    unknown.set("is_multi_region_trail", outputs.why({ kind: "trails" }));
  }
  const status = outputAbout(outputs.of("trail-status"), trail, all);
  const logging = status && scalarAt(status.root, "IsLogging", status.place);
  if (logging === undefined || logging === null) unknown.set("enable_logging", ask("trail-status"));
  else values.enable_logging = logging;
  const selectors = selectorsOf(outputs, trail, all);
  if (selectors === undefined) {
    unknown.set("event_selector", ask("event-selectors"));
    unknown.set("advanced_event_selector", ask("event-selectors"));
  }
  return {
    type: "aws_cloudtrail",
    name: `trail ${name}`,
    scope: { ...whereaboutsOf(arn), region: home },
    values: { ...values, ...selectors },
    unknown,
    rest: { why: "not-asked", subject: outputs.command({ kind: "trail", about: arn, region: home }) },
  };
}

const DESCRIBED: ReadonlyMap<string, string> = new Map([
  ["home_region", "HomeRegion"],
  ["is_multi_region_trail", "IsMultiRegionTrail"],
  ["is_organization_trail", "IsOrganizationTrail"],
  ["include_global_service_events", "IncludeGlobalServiceEvents"],
  ["enable_log_file_validation", "LogFileValidationEnabled"],
  ["s3_bucket_name", "S3BucketName"],
  ["s3_key_prefix", "S3KeyPrefix"],
  ["sns_topic_name", "SnsTopicName"],
  ["kms_key_id", "KmsKeyId"],
  ["cloud_watch_logs_group_arn", "CloudWatchLogsLogGroupArn"],
  ["cloud_watch_logs_role_arn", "CloudWatchLogsRoleArn"],
]);

/** What AWS leaves out of a described trail is not set. */
function describedValues(described: JsonObject | undefined, place: string): Record<string, Json> {
  if (described === undefined) return {};
  return Object.fromEntries([...DESCRIBED].map(([name, key]) => [name, scalarAt(described, key, place)]));
}

/** The output about one trail: it names it, its file does, or there is one trail and one output. */
function outputAbout(
  outputs: readonly Answered[],
  trail: Trail,
  all: readonly Trail[],
): Answered | undefined {
  const named = outputs.find(({ root, about, region }) => {
    const arn = get(root, "TrailARN");
    if (arn !== undefined) return arn === trail.arn;
    return about !== undefined && means(about, trail.arn) && (region ?? trail.home) === trail.home;
  });
  const nameless = outputs.filter(
    ({ root, about }) => about === undefined && get(root, "TrailARN") === undefined,
  );
  return named ?? (all.length === 1 && nameless.length === 1 ? nameless[0] : undefined);
}

type Selectors = { readonly event_selector: Json; readonly advanced_event_selector: Json };

/** A trail without selectors of its own records every management event. */
const DEFAULT_SELECTORS: Selectors = { event_selector: [], advanced_event_selector: [] };

function selectorsOf(outputs: Outputs, trail: Trail, all: readonly Trail[]): Selectors | undefined {
  const output = outputAbout(outputs.of("event-selectors"), trail, all);
  if (output === undefined) {
    return trail.described?.HasCustomEventSelectors === false ? DEFAULT_SELECTORS : undefined;
  }
  const { root, place } = output;
  return {
    event_selector: objectsAt(root, "EventSelectors", place).map((selector) =>
      attributes([
        ["read_write_type", scalarAt(selector, "ReadWriteType", place)],
        ["include_management_events", scalarAt(selector, "IncludeManagementEvents", place)],
        ["exclude_management_event_sources", listIfAny(selector, "ExcludeManagementEventSources", place)],
      ]),
    ),
    advanced_event_selector: objectsAt(root, "AdvancedEventSelectors", place).map((selector) =>
      attributes([
        ["name", scalarAt(selector, "Name", place)],
        [
          "field_selector",
          objectsAt(selector, "FieldSelectors", place).map((field) => fieldOf(field, place)),
        ],
      ]),
    ),
  };
}

function fieldOf(field: JsonObject, place: string): Json {
  return attributes([
    ["field", scalarAt(field, "Field", place)],
    ["equals", listIfAny(field, "Equals", place)],
    ["not_equals", listIfAny(field, "NotEquals", place)],
    ["starts_with", listIfAny(field, "StartsWith", place)],
    ["not_starts_with", listIfAny(field, "NotStartsWith", place)],
    ["ends_with", listIfAny(field, "EndsWith", place)],
    ["not_ends_with", listIfAny(field, "NotEndsWith", place)],
  ]);
}

function listIfAny(parent: JsonObject, key: string, place: string): Json | undefined {
  const list = listAt(parent, key, place);
  return list.length === 0 ? undefined : list;
}
