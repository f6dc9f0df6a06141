import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PROVIDER_DEFAULTS, providerDefault } from "../../../src/aws/defaults.ts";
import { get, isArray, isObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import { type Plain, value } from "./build.ts";

test.each<readonly [string, readonly string[], Plain | "computed"]>([
  ["aws_cloudtrail", ["is_multi_region_trail"], false],
  ["aws_cloudtrail", ["enable_logging"], true],
  ["aws_cloudtrail", ["event_selector"], []],
  ["aws_cloudtrail", ["event_selector", "read_write_type"], "All"],
  ["aws_cloudtrail", ["advanced_event_selector", "field_selector", "not_equals"], []],
  ["aws_cloudtrail", ["arn"], "computed"],
  ["aws_cloudtrail", ["name"], undefined],
  ["aws_cloudwatch_metric_alarm", ["treat_missing_data"], "missing"],
  ["aws_cloudwatch_metric_alarm", ["metric_query", "metric", "unit"], null],
  ["aws_cloudwatch_metric_alarm", ["metric_query", "nothing", "unit"], undefined],
  ["aws_s3_bucket", ["arn"], undefined],
  ["aws_s3_bucket", ["versioning", "enabled"], undefined],
  ["aws_sns_topic", [], undefined],
  ["constructor", ["name"], undefined],
])("%s %j", (type, path, expected) => {
  const wanted = expected === undefined || expected === "computed" ? expected : value(expected);
  expect(providerDefault(type, path)).toEqual(wanted);
});

const SCENARIOS = new URL("../../scenarios/", import.meta.url);

interface Unwritten {
  readonly path: readonly string[];
  /** "computed", or the value. */
  readonly planned: Json;
}

/** The arguments of a planned block that its configuration does not write, those of nested blocks included. */
function unwritten(
  after: JsonObject,
  mask: Json | undefined,
  expressions: Json | undefined,
): readonly Unwritten[] {
  const names = new Set([...Object.keys(after), ...(isObject(mask) ? Object.keys(mask) : [])]);
  return [...names].flatMap((name): readonly Unwritten[] => {
    const written = get(expressions, name);
    const planned = after[name] ?? null;
    const hidden = get(mask, name);
    if (written === undefined) return [{ path: [name], planned: hidden === true ? "computed" : planned }];
    if (!isArray(written) || !isArray(planned) || written.length !== planned.length) return [];
    // A set of blocks stands in another order than its configuration, so only a single one can be compared.
    if (planned.length !== 1 || !isObject(planned[0])) return [];
    const inner = unwritten(planned[0], isArray(hidden) ? hidden[0] : undefined, written[0]);
    return inner.map(({ path, planned: value }) => ({ path: [name, ...path], planned: value }));
  });
}

/** Of every object that a plan creates in its root module. */
function createdIn(plan: Json): readonly { readonly type: string; readonly missing: readonly Unwritten[] }[] {
  const written = get(get(get(plan, "configuration"), "root_module"), "resources");
  const changes = get(plan, "resource_changes");
  if (!isArray(written) || !isArray(changes)) return [];
  return changes.flatMap((change) => {
    const type = get(change, "type");
    const name = get(change, "name");
    const after = get(get(change, "change"), "after");
    const isNew = JSON.stringify(get(get(change, "change"), "actions")) === '["create"]';
    const source = written.find((item) => get(item, "type") === type && get(item, "name") === name);
    if (!isNew || get(change, "module_address") !== undefined || source === undefined) return [];
    if (typeof type !== "string" || !isObject(after) || !PROVIDER_DEFAULTS.has(type)) return [];
    const mask = get(get(change, "change"), "after_unknown");
    return [{ type, missing: unwritten(after, mask, get(source, "expressions")) }];
  });
}

describe("recorded plans fill in what the table says", () => {
  const folders = readdirSync(SCENARIOS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const seen = new Set<string>();
  test.each(folders.map(({ name }) => name))("%s", (name) => {
    const plan = JSON.parse(readFileSync(new URL(`${name}/plan.json`, SCENARIOS), "utf8")) as Json;
    for (const { type, missing } of createdIn(plan)) {
      for (const { path, planned } of missing) {
        seen.add([type, ...path].join("."));
        const found = providerDefault(type, path);
        const expected = planned === "computed" ? planned : value(planned);
        expect([type, path, found]).toEqual([type, path, expected]);
      }
    }
  });

  test("among them arguments of nested blocks", () => {
    expect(seen.size).toBeGreaterThan(100);
    expect(seen).toContain("aws_cloudtrail.event_selector.exclude_management_event_sources");
    expect(seen).toContain("aws_cloudwatch_log_metric_filter.metric_transformation.unit");
  });
});
