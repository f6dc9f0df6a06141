// Arguments as the provider keeps them: types, lists for blocks, and what it fills in.

import { describe, expect, it } from "vitest";
import { known, type Scalar, UNSET, unknown, type Value } from "../../../../src/model/value.ts";
import { asArgument, defaultOf } from "../../../../src/resolve/sources/attribute-values.ts";
import { list, mapOf, tuple } from "../../../../src/terraform/values.ts";
import { printValue } from "../../terraform/print-value.ts";

const SELF: Value = { kind: "reference", to: "x.y", path: [], sensitive: false };
const OPEN = unknown({ why: "variable-unset", subject: "var.v" });

const record = (entries: Readonly<Record<string, Value>>) => mapOf(Object.entries(entries));
const argument = (type: string, attribute: string, value: Value, self: Value = SELF) =>
  printValue(asArgument(value, { type, attribute, self }));

const ALARM = "aws_cloudwatch_metric_alarm";
const TRAIL = "aws_cloudtrail";
const FILTER = "aws_cloudwatch_log_metric_filter";

describe("what is left out", () => {
  it.each<[string, string, string]>([
    [TRAIL, "is_multi_region_trail", "false"],
    [TRAIL, "kms_key_id", "null"],
    [TRAIL, "event_selector", "[]"],
    [TRAIL, "arn", "only after apply"],
    [TRAIL, "no_such_argument", "only after apply"],
    ["aws_instance", "monitoring", "only after apply"],
  ])("%s.%s: %s", (type, attribute, wanted) => {
    const found = defaultOf(type, attribute);
    expect(found === undefined ? "only after apply" : printValue(found)).toBe(wanted);
  });
});

describe("scalars", () => {
  it.each<[string, string, string, Scalar, string]>([
    ["text for a boolean", TRAIL, "enable_logging", "true", "true"],
    ["text for no", TRAIL, "enable_logging", "false", "false"],
    ["a boolean", TRAIL, "enable_logging", false, "false"],
    ["a word for a boolean stays", TRAIL, "enable_logging", "on", '"on"'],
    ["text for a number with a default", "aws_cloudwatch_log_group", "retention_in_days", "30", "30"],
    ["text for a threshold", ALARM, "threshold", "1", "1"],
    ["text for the periods", ALARM, "evaluation_periods", "2", "2"],
    ["text for the datapoints", ALARM, "datapoints_to_alarm", "2", "2"],
    ["text for the period", ALARM, "period", "60", "60"],
    ["text for days", "aws_kms_key", "deletion_window_in_days", "7", "7"],
    ["a word for a number stays", ALARM, "threshold", "many", '"many"'],
    ["a number for text", "aws_sns_topic", "name", 5, '"5"'],
    ["a boolean for text", "aws_sns_topic", "name", true, '"true"'],
    ["null", "aws_sns_topic", "name", null, "null"],
    ["another type's", "aws_instance", "name", 5, "5"],
  ])("%s", (_, type, attribute, value, wanted) => {
    expect(argument(type, attribute, known(value))).toBe(wanted);
  });

  it("stay sensitive", () => {
    expect(argument(TRAIL, "enable_logging", known("true", true))).toBe("secret true");
    expect(argument(ALARM, "threshold", known("1", true))).toBe("secret 1");
    expect(argument("aws_sns_topic", "name", known(1, true))).toBe('secret "1"');
  });

  it("in lists are converted one by one", () => {
    expect(argument(ALARM, "alarm_actions", tuple([known(1), OPEN]))).toBe('["1", ?]');
  });

  it.each(["aws_sns_topic", "aws_instance"])("a tuple of %s is a list, a set stays one", (type) => {
    const tupled = asArgument(tuple([known("a")]), { type, attribute: "names", self: SELF });
    expect(tupled).toMatchObject({ kind: "list", form: "list" });
    const set: Value = { kind: "list", form: "set", elements: [known("a")], sensitive: false };
    expect(asArgument(set, { type, attribute: "names", self: SELF })).toMatchObject({ form: "set" });
  });
});

const SELECTOR = (more: string) => `{exclude_management_event_sources: null, ${more}}`;

describe("blocks", () => {
  const TRANSFORMATION = record({ name: known("Denied"), value: known(1) });
  const KEPT = '{default_value: null, dimensions: null, name: "Denied", unit: "None", value: "1"}';

  it.each<[string, string, string, Value, string]>([
    [
      "with what is not written in them",
      FILTER,
      "metric_transformation",
      list([TRANSFORMATION]),
      `[${KEPT}]`,
    ],
    ["alone, as JSON writes them", FILTER, "metric_transformation", TRANSFORMATION, `[${KEPT}]`],
    [
      "with null for what is not written",
      FILTER,
      "metric_transformation",
      list([record({ unit: UNSET })]),
      '[{default_value: null, dimensions: null, unit: "None"}]',
    ],
    ["of which nothing is known", FILTER, "metric_transformation", OPEN, "?"],
    ["of which one is not known", FILTER, "metric_transformation", list([OPEN]), "[?]"],
    ["that are null", FILTER, "metric_transformation", UNSET, "null"],
    ["that come from elsewhere", FILTER, "metric_transformation", SELF, "<x.y>"],
    [
      "of which there is a choice",
      FILTER,
      "metric_transformation",
      { ...OPEN, candidates: [list([TRANSFORMATION]), list([])], relation: "one-of", closed: true },
      `?(one of [${KEPT}] | [])`,
    ],
    [
      "in blocks",
      TRAIL,
      "event_selector",
      list([record({ include_management_events: known("true"), data_resource: list([record({})]) })]),
      `[{data_resource: [{}], ${SELECTOR('include_management_events: true, read_write_type: "All"').slice(1, -1)}}]`,
    ],
    [
      "in blocks, of which some are left out",
      ALARM,
      "metric_query",
      list([
        record({ id: known("m1"), metric: list([record({ stat: known("Sum"), period: known("60") })]) }),
      ]),
      '[{account_id: null, expression: null, id: "m1", label: null, metric: [{dimensions: null, namespace: null, period: 60, stat: "Sum", unit: null}], period: null, return_data: false}]',
    ],
  ])("%s", (_, type, attribute, value, wanted) => {
    expect(argument(type, attribute, value)).toBe(wanted);
  });

  it("get from the provider what it computes, by the place in the object", () => {
    const rule = list([record({ schedule: list([record({}), record({ expression: known("x") })]) })]);
    expect(argument("aws_cloudwatch_alarm_mute_rule", "rule", rule)).toBe(
      '[{schedule: [{timezone: <x.y.rule.0.schedule.0.timezone>}, {expression: "x", timezone: <x.y.rule.0.schedule.1.timezone>}]}]',
    );
    const alone = record({ schedule: record({}) });
    expect(argument("aws_cloudwatch_alarm_mute_rule", "rule", alone)).toBe(
      "[{schedule: [{timezone: <x.y.rule.0.schedule.0.timezone>}]}]",
    );
    expect(argument("aws_cloudwatch_alarm_mute_rule", "rule", alone, UNSET)).toBe(
      "[{schedule: [{timezone: null}]}]",
    );
  });

  it("stay sensitive", () => {
    const secret = mapOf([["name", known("x")]], true);
    expect(argument(FILTER, "metric_transformation", list([secret], true))).toMatch(/^secret \[secret \{/);
  });
});
