import { describe, expect, test } from "vitest";
import { actionsEnabled, firesOnOneEvent } from "../../../src/aws/alarm.ts";
import { emittedMetric, watchedMetrics } from "../../../src/aws/metric.ts";
import { LATER, oneOf, type Plain, reader, reference } from "./build.ts";

const TRANSFORMATION = { name: "M", namespace: "N", value: "1", default_value: null, unit: "None" };
const ALARM = {
  metric_name: "M",
  namespace: "N",
  statistic: "Sum",
  period: 300,
  threshold: 1,
  comparison_operator: "GreaterThanOrEqualToThreshold",
  evaluation_periods: 1,
  treat_missing_data: "notBreaching",
};
const AVERAGE = { statistic: "Average" };
const ABOVE = { comparison_operator: "GreaterThanThreshold" };

type Parts = Readonly<Record<string, Plain>>;

/** The judgement on the benchmark's alarm with these changes. */
function judge(alarm: Parts = {}, transformation: Parts = {}) {
  const filter = reader({ name: "f", metric_transformation: [{ ...TRANSFORMATION, ...transformation }] });
  const changed = reader({ ...ALARM, ...alarm });
  const emitted = emittedMetric(filter);
  const [watched] = watchedMetrics(changed);
  if (emitted === undefined || watched === undefined) throw new Error("nothing to judge");
  return firesOnOneEvent(changed, watched, emitted);
}

/** "yes", "no: why" or "maybe: the attribute". */
function fires(alarm: Parts = {}, transformation: Parts = {}): string {
  const { answer, cause, attribute, eventsNeeded } = judge(alarm, transformation);
  const why = cause === undefined ? attribute : "how" in cause ? cause.how : `not understood: ${cause.what}`;
  const count = eventsNeeded === undefined ? "" : ` (${eventsNeeded})`;
  return answer === "yes" ? "yes" : `${answer}: ${why}${count}`;
}

const through = (expression: Plain, more: Parts = {}): Parts => ({
  metric_name: null,
  statistic: null,
  metric_query: [
    { id: "m1", metric: [{ metric_name: "M", namespace: "N", stat: "Sum", period: 300 }] },
    { id: "m2", metric: [{ metric_name: "Other", namespace: "N", stat: "Sum", period: 300 }] },
    { id: "e1", expression, return_data: true },
  ],
  ...more,
});

type Row = readonly [story: string, alarm: Parts, transformation: Parts, outcome: string];

describe("one matching event, by statistic", () => {
  test.each<Row>([
    ["the benchmark's own alarm", {}, {}, "yes"],
    ["default 0 adds nothing to a sum", {}, { default_value: "0" }, "yes"],
    ["> 0", { ...ABOVE, threshold: 0 }, { default_value: 0 }, "yes"],
    ["> 1", ABOVE, {}, "no: metric-value-below-threshold (2)"],
    [">= 10", { threshold: 10 }, {}, "no: metric-value-below-threshold (10)"],
    [
      "> 10 with a value of 3",
      { ...ABOVE, threshold: 10 },
      { value: "3" },
      "no: metric-value-below-threshold (4)",
    ],
    ["a fraction is reached", { threshold: 0.5 }, {}, "yes"],
    ["a value of 0.5", {}, { value: "0.5" }, "no: metric-value-below-threshold (2)"],
    ["a threshold that is not written is 0", { threshold: null }, {}, "yes"],
    ["threshold not known", { threshold: LATER }, {}, "maybe: threshold"],
    ["Maximum", { statistic: "Maximum" }, { default_value: "0" }, "yes"],
    ["Maximum below", { statistic: "Maximum", threshold: 2 }, {}, "no: metric-value-below-threshold"],
    ["p100", { statistic: null, extended_statistic: "p100" }, { default_value: "0" }, "yes"],
    ["Average without default", AVERAGE, {}, "yes"],
    ["Average with default 0", AVERAGE, { default_value: "0" }, "no: diluted-by-default-value"],
    [
      "Average of single minutes",
      { ...AVERAGE, period: 60 },
      { default_value: "0" },
      "maybe: not understood: Average",
    ],
    ["Average, period not known", { ...AVERAGE, period: LATER }, { default_value: "0" }, "maybe: period"],
    ["Average above 0 with default 0", { ...AVERAGE, ...ABOVE, threshold: 0 }, { default_value: "0" }, "yes"],
    [
      "Average, default not known",
      AVERAGE,
      { default_value: LATER },
      "maybe: metric_transformation.default_value",
    ],
    [
      "Average above what a default of 1 gives",
      { ...AVERAGE, threshold: 2 },
      { default_value: "1", value: "3" },
      "no: diluted-by-default-value",
    ],
    ["Minimum without default", { statistic: "Minimum" }, {}, "yes"],
    [
      "Minimum with default 0",
      { statistic: "Minimum" },
      { default_value: "0" },
      "no: diluted-by-default-value",
    ],
    [
      "Minimum above 0 with default 0",
      { ...ABOVE, statistic: "Minimum", threshold: 0 },
      { default_value: "0" },
      "no: diluted-by-default-value",
    ],
    ["SampleCount without default", { statistic: "SampleCount" }, {}, "yes"],
    ["SampleCount of a value of 0", { statistic: "SampleCount" }, { value: "0" }, "yes"],
    [
      "SampleCount above one",
      { statistic: "SampleCount", threshold: 3 },
      {},
      "no: metric-value-below-threshold (3)",
    ],
    [
      "SampleCount counts default values",
      { statistic: "SampleCount" },
      { default_value: "0" },
      "no: default-value-breaches",
    ],
    [
      "SampleCount, high threshold, default",
      { statistic: "SampleCount", threshold: 50 },
      { default_value: "0" },
      "maybe: not understood: SampleCount",
    ],
    [
      "Sum with a default below zero",
      { threshold: 1 },
      { default_value: "-1" },
      "maybe: not understood: Sum",
    ],
    [
      "Minimum of more than the default",
      { statistic: "Minimum" },
      { value: "2", default_value: "3" },
      "no: default-value-breaches",
    ],
    [
      "Minimum, value below the default",
      { statistic: "Minimum", threshold: 2 },
      { value: "1", default_value: "1" },
      "no: metric-value-below-threshold",
    ],
    [
      "Average of a value below the default",
      { ...AVERAGE, threshold: 3 },
      { value: "1", default_value: "2" },
      "no: metric-value-below-threshold",
    ],
    [
      "Average of what is both above",
      { ...AVERAGE, threshold: 2.5 },
      { value: "4", default_value: "2" },
      "no: diluted-by-default-value",
    ],
    ["no percentile", { statistic: null, extended_statistic: "xp99" }, {}, "maybe: not understood: xp99"],
    [
      "a percentile and more",
      { statistic: null, extended_statistic: "p99x" },
      {},
      "maybe: not understood: p99x",
    ],
    ["a percentile with two decimals", { statistic: null, extended_statistic: "p99.99" }, {}, "yes"],
    ["p99 without default", { statistic: null, extended_statistic: "p99" }, {}, "yes"],
    [
      "p99 with default 0",
      { statistic: null, extended_statistic: "p99" },
      { default_value: "0" },
      "maybe: not understood: p99",
    ],
    [
      "p99.9 below",
      { statistic: null, extended_statistic: "p99.9", threshold: 2 },
      {},
      "no: metric-value-below-threshold",
    ],
    ["a trimmed mean", { statistic: null, extended_statistic: "tm90" }, {}, "maybe: not understood: tm90"],
    ["statistic not known", { statistic: LATER }, {}, "maybe: statistic"],
  ])("%s", (_story, alarm, transformation, outcome) => {
    expect(fires(alarm, transformation)).toBe(outcome);
  });

  const P99 = { statistic: null, extended_statistic: "p99" };
  const SELF = reference("alarm", "evaluate_low_sample_count_percentiles");
  test.each<readonly [string, Plain, string]>([
    ["evaluated", "evaluate", "yes"],
    ["not written, so computed", SELF, "yes"],
    ["not written, so another object's", reference("other", "evaluate"), "maybe: not understood: p99"],
    ["empty", "", "yes"],
    ["evaluated, in other letter case", "Evaluate", "yes"],
    ["ignored", "ignore", "maybe: not understood: p99"],
    ["not known", LATER, "maybe: not understood: p99"],
  ])("a percentile of few samples, %s", (_story, evaluate_low_sample_count_percentiles, outcome) => {
    expect(fires({ ...P99, evaluate_low_sample_count_percentiles })).toBe(outcome);
  });
});

describe("the metric's value", () => {
  test.each<Row>([
    ["zero", {}, { value: "0" }, "no: metric-value-zero"],
    ["below zero", {}, { value: "-1" }, "no: metric-value-below-threshold"],
    ["below zero, compared with that", { threshold: -1 }, { value: "-1" }, "yes"],
    [
      "zero, counted",
      { statistic: "SampleCount", threshold: 3 },
      { value: "0" },
      "no: metric-value-below-threshold (3)",
    ],
    [
      "more than one, counted",
      { statistic: "SampleCount", threshold: 3 },
      { value: "5" },
      "no: metric-value-below-threshold (3)",
    ],
    ["zero against >= 0 still makes a data point", { threshold: 0 }, { value: "0" }, "yes"],
    [
      "a field with a number, perhaps",
      {},
      { value: "$.requestParameters.count" },
      "maybe: not understood: $.requestParameters.count",
    ],
    ["a field with text", {}, { value: "$.eventName" }, "no: metric-value-not-a-number"],
    ["text", {}, { value: "one" }, "no: metric-value-not-a-number"],
    ["not written", {}, { value: null }, "no: metric-value-not-a-number"],
    ["not known", {}, { value: LATER }, "maybe: metric_transformation.value"],
  ])("%s", (_story, alarm, transformation, outcome) => {
    expect(fires(alarm, transformation)).toBe(outcome);
  });
});

describe("comparison", () => {
  test.each<Row>([
    ["less than", { comparison_operator: "LessThanThreshold" }, {}, "no: wrong-comparison"],
    [
      "less or equal, threshold not known",
      { comparison_operator: "LessThanOrEqualToThreshold", threshold: LATER },
      {},
      "no: wrong-comparison",
    ],
    ["below the band", { comparison_operator: "LessThanLowerThreshold" }, {}, "no: wrong-comparison"],
    [
      "above the band",
      { comparison_operator: "GreaterThanUpperThreshold" },
      {},
      "maybe: not understood: GreaterThanUpperThreshold",
    ],
    ["not known", { comparison_operator: LATER }, {}, "maybe: comparison_operator"],
  ])("%s", (_story, alarm, transformation, outcome) => {
    expect(fires(alarm, transformation)).toBe(outcome);
  });
});

describe("always in ALARM", () => {
  test.each<Row>([
    [">= 0 with default 0", { threshold: 0 }, { default_value: "0" }, "no: default-value-breaches"],
    [">= 0 without default", { threshold: 0 }, {}, "yes"],
    ["a default that breaches", {}, { default_value: "1" }, "no: default-value-breaches"],
    [
      "a default that adds up to a breach",
      { threshold: 3 },
      { default_value: "1" },
      "maybe: not understood: Sum",
    ],
    ["missing data breaches", { treat_missing_data: "breaching" }, {}, "no: missing-data-breaches"],
    [
      "missing data breaches, any 1 of 5",
      { treat_missing_data: "breaching", evaluation_periods: 5, datapoints_to_alarm: 1 },
      {},
      "no: missing-data-breaches",
    ],
    [
      "missing data breaches, but there is a default",
      { treat_missing_data: "breaching" },
      { default_value: "0" },
      "yes",
    ],
  ])("%s", (_story, alarm, transformation, outcome) => {
    expect(fires(alarm, transformation)).toBe(outcome);
  });
});

describe("several periods", () => {
  const periods = (n: Plain, m: Plain, missing: Plain) => ({
    evaluation_periods: n,
    datapoints_to_alarm: m,
    treat_missing_data: missing,
  });
  test.each<Row>([
    ["3 of 3, missing", periods(3, null, "missing"), {}, "yes"],
    ["3 of 3, treatment not written", periods(3, null, null), {}, "yes"],
    [
      "3 of 3, missing, default 0",
      periods(3, null, "missing"),
      { default_value: "0" },
      "no: several-periods-needed",
    ],
    ["3 of 3, notBreaching", periods(3, null, "notBreaching"), {}, "no: several-periods-needed"],
    ["3 of 3, ignore", periods(3, null, "ignore"), {}, "no: several-periods-needed"],
    ["3 of 3, breaching", periods(3, null, "breaching"), {}, "no: missing-data-breaches"],
    ["2 of 3, notBreaching", periods(3, 2, "notBreaching"), {}, "no: several-periods-needed"],
    ["2 of 3, missing", periods(3, 2, "missing"), {}, "yes"],
    ["1 of 3, notBreaching", periods(3, 1, "notBreaching"), { default_value: "0" }, "yes"],
    ["1 of 12, ignore", periods(12, 1, "ignore"), {}, "yes"],
    ["0 is not written", periods(2, 0, "notBreaching"), {}, "no: several-periods-needed"],
    ["4 of 3", periods(3, 4, "missing"), {}, "no: more-datapoints-than-periods"],
    ["a day of five minutes", periods(288, 1, "notBreaching"), {}, "yes"],
    ["more than a day of five minutes", periods(289, 1, "notBreaching"), {}, "no: evaluation-too-long"],
    ["a week of hours", { ...periods(168, 1, "notBreaching"), period: 3600 }, {}, "yes"],
    [
      "more than a week of hours",
      { ...periods(169, 1, "notBreaching"), period: 3600 },
      {},
      "no: evaluation-too-long",
    ],
    ["how many is not known", periods(LATER, null, "notBreaching"), {}, "maybe: evaluation_periods"],
    ["of how many is not known", periods(LATER, 1, "notBreaching"), {}, "maybe: evaluation_periods"],
    ["how many of 3 is not known", periods(3, LATER, "notBreaching"), {}, "maybe: datapoints_to_alarm"],
    ["treatment not known", periods(3, null, LATER), {}, "maybe: treat_missing_data"],
    ["treatment not known, default 0", periods(1, null, LATER), { default_value: "0" }, "yes"],
    ["treatment in other letter case", periods(3, null, "NOTBREACHING"), {}, "no: several-periods-needed"],
  ])("%s", (_story, alarm, transformation, outcome) => {
    expect(fires(alarm, transformation)).toBe(outcome);
  });
});

/** An alarm on one query. */
const queried = (metric: Parts): Parts => ({
  metric_name: null,
  statistic: null,
  metric_query: [
    {
      id: "m1",
      metric: [{ metric_name: "M", namespace: "N", stat: "Sum", period: 300, ...metric }],
      return_data: true,
    },
  ],
});

test("the unit of a query's metric counts as well", () => {
  expect(fires(queried({ unit: "Bytes" }))).toBe("no: unit-differs");
  expect(fires(queried({ unit: "None" }))).toBe("yes");
});

describe("the argument that decides", () => {
  test.each<readonly [alarm: Parts, transformation: Parts, answer: string, attribute: string]>([
    [{}, {}, "yes", "threshold"],
    [{ dimensions: { A: "1" } }, {}, "no", "dimensions"],
    [{ dimensions: LATER }, {}, "maybe", "dimensions"],
    [{ unit: "Bytes" }, {}, "no", "unit"],
    [{ unit: LATER }, {}, "maybe", "unit"],
    [{}, { value: "one" }, "no", "metric_transformation.value"],
    [{}, { value: null }, "no", "metric_transformation.value"],
    [{}, { value: LATER }, "maybe", "metric_transformation.value"],
    [{}, { value: "$.count" }, "maybe", "metric_transformation.value"],
    [{}, { value: "0" }, "no", "metric_transformation.value"],
    [{}, { default_value: LATER }, "maybe", "metric_transformation.default_value"],
    [{}, { default_value: "1" }, "no", "metric_transformation.default_value"],
    [{ threshold: 3 }, { default_value: "1" }, "maybe", "metric_transformation.default_value"],
    [{ statistic: "Average" }, { default_value: "0" }, "no", "metric_transformation.default_value"],
    [{ comparison_operator: LATER }, {}, "maybe", "comparison_operator"],
    [{ comparison_operator: "Sideways" }, {}, "maybe", "comparison_operator"],
    [{ comparison_operator: "LessThanThreshold" }, {}, "no", "comparison_operator"],
    [
      through("5 - m1", { comparison_operator: "LessThanLowerThreshold" }),
      {},
      "maybe",
      "comparison_operator",
    ],
    [through("m1 - m1", { comparison_operator: "LessThanThreshold" }), {}, "maybe", "comparison_operator"],
    [
      through("5 - m1", { comparison_operator: "LessThanThreshold", threshold: 4 }),
      {},
      "no",
      "comparison_operator",
    ],
    [{ threshold: LATER }, {}, "maybe", "threshold"],
    [{ threshold: 2 }, {}, "no", "threshold"],
    [{ statistic: "Maximum", threshold: 2 }, {}, "no", "threshold"],
    [{ statistic: LATER }, {}, "maybe", "statistic"],
    [{ statistic: "TM(10%:90%)" }, {}, "maybe", "metric_name"],
    [{ statistic: "Average", period: LATER }, { default_value: "0" }, "maybe", "period"],
    [{ evaluation_periods: 289, datapoints_to_alarm: 1 }, {}, "no", "evaluation_periods"],
    [{ evaluation_periods: LATER }, {}, "maybe", "evaluation_periods"],
    [{ evaluation_periods: 3 }, {}, "no", "evaluation_periods"],
    [{ evaluation_periods: 3, datapoints_to_alarm: 2 }, {}, "no", "datapoints_to_alarm"],
    [{ evaluation_periods: 3, datapoints_to_alarm: 4 }, {}, "no", "datapoints_to_alarm"],
    [{ evaluation_periods: 3, datapoints_to_alarm: LATER }, {}, "maybe", "datapoints_to_alarm"],
    [{ treat_missing_data: "breaching" }, {}, "no", "treat_missing_data"],
    [{ treat_missing_data: LATER }, {}, "maybe", "treat_missing_data"],
    [queried({ stat: LATER }), {}, "maybe", 'metric_query["m1"]'],
    [queried({ stat: "Average", period: LATER }), { default_value: "0" }, "maybe", 'metric_query["m1"]'],
    [through(LATER), {}, "maybe", 'metric_query["e1"]'],
    [through("RATE(m1)"), {}, "maybe", 'metric_query["m1"]'],
    [through("m1 - m2"), {}, "maybe", 'metric_query["m1"]'],
    [through("FILL(m1, 1)"), {}, "no", 'metric_query["m1"]'],
  ])("%j, emitted %j: %s because of %s", (alarm, transformation, answer, attribute) => {
    const judged = judge(alarm, transformation);
    expect([judged.answer, judged.attribute]).toEqual([answer, attribute]);
  });
});

describe("unit", () => {
  test.each<readonly [string, Plain, Plain, string]>([
    ["neither", null, null, "yes"],
    ["the same", "Count", "Count", "yes"],
    ["the filter's alone", null, "Count", "yes"],
    ["None is what a filter emits without one", "None", null, "yes"],
    ["the alarm's alone", "Count", null, "no: unit-differs"],
    ["different", "Count", "Bytes", "no: unit-differs"],
    ["the alarm's not known", LATER, "None", "maybe: unit"],
    ["the filter's not known", "Count", LATER, "maybe: unit"],
    ["the filter's not known, the alarm has none", null, LATER, "yes"],
    ["one of two that both differ", "Count", oneOf("Bytes", "None"), "no: unit-differs"],
  ])("%s", (_story, unit, emits, outcome) => {
    expect(fires({ unit }, { unit: emits })).toBe(outcome);
  });
});

describe("dimensions", () => {
  test.each<readonly [string, Plain, Plain, string]>([
    ["the filter's alone", null, { Name: "$.eventName" }, "no: metric-has-dimensions"],
    ["the alarm's alone", { Account: "1" }, null, "no: dimension-nobody-emits"],
    ["not known", LATER, null, "maybe: dimensions"],
  ])("%s", (_story, dimensions, emits, outcome) => {
    expect(fires({ dimensions }, { dimensions: emits })).toBe(outcome);
  });
});

/** Metric math over m1, which the filter emits, and three others. */
const throughFour = (expression: Plain, more: Parts = {}): Parts => ({
  metric_name: null,
  statistic: null,
  metric_query: [
    ...["m1", "m2", "m3", "m4"].map((id) => ({
      id,
      metric: [{ metric_name: id === "m1" ? "M" : id, namespace: "N", stat: "Sum", period: 300 }],
    })),
    { id: "e1", expression, return_data: true },
  ],
  ...more,
});

describe("through two expressions", () => {
  const steps = (e1: Plain, e2: string, more: Parts = {}): Parts => ({
    metric_name: null,
    statistic: null,
    metric_query: [
      { id: "m1", metric: [{ metric_name: "M", namespace: "N", stat: "Sum", period: 300 }] },
      { id: "e1", expression: e1 },
      { id: "e2", expression: e2, return_data: true },
    ],
    ...more,
  });
  test.each<Row>([
    ["doubled, then filled", steps("m1 * 2", "FILL(e1, 0)", { threshold: 2 }), {}, "yes"],
    [
      "doubled, then filled, too small",
      steps("m1 * 2", "FILL(e1, 0)", { threshold: 3 }),
      {},
      "no: metric-value-below-threshold",
    ],
    ["filled with too much, then doubled", steps("FILL(m1, 1)", "e1 * 2"), {}, "no: filled-value-breaches"],
    ["all metrics, which expressions are none of", steps("m1 * 5", "SUM(METRICS())"), {}, "yes"],
    [
      "all metrics, which expressions are none of, too small",
      steps("m1 * 5", "SUM(METRICS())", { threshold: 2 }),
      {},
      "no: metric-value-below-threshold",
    ],
    ["a rate, then filled", steps("RATE(m1)", "FILL(e1, 0)"), {}, "maybe: not understood: FILL(e1, 0)"],
    ["a step that is scaled", steps("m1 * 2", "SUM([e1, m1])", { threshold: 3 }), {}, "yes"],
  ])("%s", (_story, alarm, transformation, outcome) => {
    expect(fires(alarm, transformation)).toBe(outcome);
  });
});

test("a step that scales another metric may lift what is too small alone", () => {
  const metric = (metric_name: string) => [{ metric_name, namespace: "N", stat: "Sum", period: 300 }];
  const metric_query = [
    { id: "m1", metric: metric("M") },
    { id: "m2", metric: metric("Other") },
    { id: "e1", expression: "m2 * 2" },
    { id: "e2", expression: "m1 + e1", return_data: true },
  ];
  const alarm = { metric_name: null, statistic: null, threshold: 2, metric_query };
  expect(fires(alarm)).toBe("maybe: not understood: m1 + e1");
});

describe("other metrics of metric math may have data or not", () => {
  const FIVE = { value: "5" };
  test.each<Row>([
    [
      "quiet periods have data with them alone",
      through("m1 + m2", { evaluation_periods: 3, treat_missing_data: "missing" }),
      {},
      "maybe: not understood: m1 + m2",
    ],
    [
      "always on without them, several periods needed with them",
      through("m1 + m2", { evaluation_periods: 3, treat_missing_data: "breaching" }),
      {},
      "maybe: not understood: m1 + m2",
    ],
    ["one filled with too much", through("m1 + FILL(m2, 5)"), {}, "maybe: not understood: m1 + FILL(m2, 5)"],
    ["filled with nothing", through("m1 + FILL(m2, 0)"), {}, "yes"],
    [
      "treatment of missing data, which is not known, matters without them alone",
      through("m1 + m2", { treat_missing_data: LATER }),
      {},
      "maybe: not understood: m1 + m2",
    ],
    [
      "one that keeps it from falling, filled with nothing",
      through("FILL(m2, 0) - m1", { comparison_operator: "LessThanThreshold", threshold: 0 }),
      {},
      "maybe: not understood: FILL(m2, 0) - m1",
    ],
    [
      "filled with what evens out as long as both are missing",
      throughFour("m1 + FILL(m2, 5) + FILL(m3, -5)"),
      {},
      "maybe: not understood: m1 + FILL(m2, 5) + FILL(m3, -5)",
    ],
    [
      "too much where one alone is missing",
      throughFour("m1 + FILL(m2, 2) + FILL(m3, -1) + FILL(m4, -1)", { threshold: 2 }),
      FIVE,
      "maybe: not understood: m1 + FILL(m2, 2) + FILL(m3, -1) + FILL(m4, -1)",
    ],
    [
      "too much where one alone has data",
      throughFour("m1 + FILL(m2, 1) + FILL(m3, 1) + FILL(m4, -2)", { threshold: 2 }),
      FIVE,
      "maybe: not understood: m1 + FILL(m2, 1) + FILL(m3, 1) + FILL(m4, -2)",
    ],
    [
      "never too much",
      throughFour("m1 + FILL(m2, 1) + FILL(m3, 1) + FILL(m4, -2)", { threshold: 3 }),
      FIVE,
      "yes",
    ],
    [
      "too small alone: one adds, one is scaled",
      throughFour("m1 + m2 + m3 * 2", { threshold: 2 }),
      {},
      "maybe: not understood: m1 + m2 + m3 * 2",
    ],
    [
      "too small alone: one is not in it, one is scaled",
      throughFour("m1 + m2 * 0 + m3 * 2", { threshold: 2 }),
      {},
      "maybe: not understood: m1 + m2 * 0 + m3 * 2",
    ],
    [
      "the smaller of two",
      through("MIN([m1, FILL(m2, 0)])"),
      {},
      "maybe: not understood: MIN([m1, FILL(m2, 0)])",
    ],
    [
      "one that keeps it from falling",
      through("m2 - m1", { comparison_operator: "LessThanThreshold" }),
      {},
      "maybe: not understood: m2 - m1",
    ],
    ["several series at once", through("METRICS()"), {}, "maybe: not understood: METRICS()"],
  ])("%s", (_story, alarm, transformation, outcome) => {
    expect(fires(alarm, transformation)).toBe(outcome);
  });
});

describe("through metric math", () => {
  test.each<Row>([
    [
      "default values that are doubled breach",
      through("m1 * 2"),
      { default_value: "1" },
      "no: default-value-breaches",
    ],
    ["default values times 0", through("m1 * 0"), { default_value: "1" }, "maybe: not understood: m1 * 0"],
    [
      "down from 5 to the threshold",
      through("FILL(5 - m1, 5)", { comparison_operator: "LessThanOrEqualToThreshold", threshold: 4 }),
      {},
      "yes",
    ],
    [
      "down from 5, not below the threshold",
      through("FILL(5 - m1, 5)", { comparison_operator: "LessThanThreshold", threshold: 4 }),
      {},
      "no: wrong-comparison",
    ],
    [
      "in one direction or another",
      through("m1 * m1"),
      { default_value: "3" },
      "maybe: not understood: m1 * m1",
    ],
  ])("%s", (_story, alarm, transformation, outcome) => {
    expect(fires(alarm, transformation)).toBe(outcome);
  });

  test.each<Row>([
    ["FILL with 0", through("FILL(m1, 0)"), {}, "yes"],
    [
      "FILL with 0, missing data breaches",
      through("FILL(m1, 0)", { treat_missing_data: "breaching" }),
      {},
      "yes",
    ],
    [
      "FILL with 0, 3 of 3",
      through("FILL(m1, 0)", { evaluation_periods: 3, treat_missing_data: "missing" }),
      {},
      "no: several-periods-needed",
    ],
    ["FILL with 1", through("FILL(m1, 1)"), {}, "no: filled-value-breaches"],
    ["FILL with 0 against >= 0", through("FILL(m1, 0)", { threshold: 0 }), {}, "no: filled-value-breaches"],
    ["a sum", through("m1 + m2"), {}, "yes"],
    ["SUM of all", through("SUM(METRICS())"), {}, "yes"],
    [
      "MAX of all, too high",
      through("MAX(METRICS())", { threshold: 2 }),
      {},
      "no: metric-value-below-threshold",
    ],
    ["IF", through("IF(m1 > 0, 1, 0)"), {}, "yes"],
    [
      "IF raises a small value",
      through("IF(m1 > 0, 10, 0)", { threshold: 10 }),
      { default_value: "0" },
      "yes",
    ],
    ["IF turned round", through("IF(m1 > 0, 0, 1)"), { default_value: "0" }, "no: default-value-breaches"],
    [
      "IF turned round, compared downward",
      through("IF(m1 > 0, 0, 1)", { comparison_operator: "LessThanThreshold" }),
      {},
      "yes",
    ],
    [
      "compared downward",
      through("FILL(m1, 0)", { comparison_operator: "LessThanThreshold" }),
      {},
      "no: wrong-comparison",
    ],
    ["a rate", through("RATE(m1)"), {}, "maybe: not understood: RATE(m1)"],
    ["lower case is no function", through("fill(m1, 0)"), {}, "maybe: not understood: fill(m1, 0)"],
    ["a factor", through("m1 * 100", { threshold: 100 }), {}, "yes"],
    ["a factor that makes it too small", through("m1 / 2"), {}, "no: metric-value-below-threshold"],
    ["a constant that lifts it", through("m1 + 4", { threshold: 5 }), {}, "yes"],
    ["a constant that breaches", through("FILL(m1, 0) + 5"), {}, "no: filled-value-breaches"],
    ["a comparison", through("m1 > 0"), {}, "yes"],
    ["a comparison with too much", through("m1 > 1"), {}, "no: metric-value-below-threshold"],
    ["IF without an otherwise", through("IF(m1 > 0, m1)"), {}, "yes"],
    ["IF that drops the event", through("IF(m1 > 5, m1)"), {}, "maybe: not understood: IF(m1 > 5, m1)"],
    ["SUM of those that are named", through('SUM(METRICS("m1"))'), {}, "yes"],
    ["each filled, all added", through("SUM(FILL(METRICS(), 0))"), {}, "yes"],
    ["minus another metric", through("m1 - m2"), {}, "maybe: not understood: m1 - m2"],
    ["plus a scaled other metric", through("m1 + m2 * 2"), {}, "yes"],
    ["a share of another metric", through("m1 / m2 * 100"), {}, "maybe: not understood: m1 / m2 * 100"],
    ["the average with another metric", through("AVG([m1, m2])"), {}, "maybe: not understood: AVG([m1, m2])"],
    ["the smaller of two", through("MIN([m1, m2])"), {}, "maybe: not understood: MIN([m1, m2])"],
    ["both metrics at once", through("m1 > 0 AND m2 > 0"), {}, "maybe: not understood: m1 > 0 AND m2 > 0"],
    ["either metric", through("m1 > 0 OR m2 > 0"), {}, "yes"],
    [
      "only while another metric is low",
      through("IF(FILL(m2, 0) < 5, m1, 0)"),
      {},
      "maybe: not understood: IF(FILL(m2, 0) < 5, m1, 0)",
    ],
    [
      "turned round and compared downward, as it should be",
      through("0 - m1", { comparison_operator: "LessThanThreshold", threshold: 0 }),
      {},
      "yes",
    ],
    [
      "turned round and filled, compared downward",
      through("FILL(0 - m1, 0)", { comparison_operator: "LessThanOrEqualToThreshold", threshold: 0 }),
      {},
      "no: filled-value-breaches",
    ],
    [
      "turned round and not far enough down",
      through("5 - m1", { comparison_operator: "LessThanThreshold", threshold: 4 }),
      {},
      "no: wrong-comparison",
    ],
    [
      "turned round, below an anomaly band",
      through("0 - m1", { comparison_operator: "LessThanLowerThreshold" }),
      {},
      "maybe: not understood: LessThanLowerThreshold",
    ],
    [
      "a result that turns round within a span",
      through("IF(m1 > 5, 0, m1)"),
      { default_value: "3" },
      "maybe: not understood: IF(m1 > 5, 0, m1)",
    ],
    [
      "times 0, compared downward",
      through("m1 * 0", { comparison_operator: "LessThanThreshold" }),
      {},
      "no: wrong-comparison",
    ],
    [
      "a rate, compared downward",
      through("RATE(m1)", { comparison_operator: "LessThanThreshold" }),
      {},
      "maybe: not understood: LessThanThreshold",
    ],
    [
      "up and down, compared downward",
      through("m1 - m1", { comparison_operator: "LessThanThreshold" }),
      {},
      "maybe: not understood: LessThanThreshold",
    ],
    [
      "more than a day of five minutes",
      through("FILL(m1, 0)", { evaluation_periods: 289, datapoints_to_alarm: 1 }),
      {},
      "yes",
    ],
    [
      "a week of five minutes",
      through("FILL(m1, 0)", { evaluation_periods: 2016, datapoints_to_alarm: 1 }),
      {},
      "yes",
    ],
    [
      "more than a week of five minutes",
      through("FILL(m1, 0)", { evaluation_periods: 2017, datapoints_to_alarm: 1 }),
      {},
      "no: evaluation-too-long",
    ],
    ["plus nothing of another metric", through("m1 + m2 * 0"), {}, "yes"],
    [
      "too small alone, with another metric that only adds",
      through("m1 + m2", { threshold: 2 }),
      {},
      "no: metric-value-below-threshold",
    ],
    [
      "too small alone, the larger of two with another metric",
      through("MAX([FILL(m1, 0), FILL(m2, 0)])", { threshold: 2 }),
      {},
      "no: metric-value-below-threshold",
    ],
    [
      "too small alone, with another metric that lifts it over a step",
      through("m1 + CEIL(m2)", { threshold: 2 }),
      {},
      "maybe: not understood: m1 + CEIL(m2)",
    ],
    [
      "too small alone, with another metric that is multiplied",
      through("m1 + m2 * 2", { threshold: 2 }),
      {},
      "maybe: not understood: m1 + m2 * 2",
    ],
    [
      "too small, and nothing of another metric",
      through("m1 + m2 * 0", { threshold: 2 }),
      {},
      "no: metric-value-below-threshold",
    ],
    ["zero through math", through("m1 + m2"), { value: "0" }, "no: metric-value-zero"],
    ["expression not known", through(LATER), {}, 'maybe: metric_query["e1"]'],
  ])("%s", (_story, alarm, transformation, outcome) => {
    expect(fires(alarm, transformation)).toBe(outcome);
  });
});

test.each<readonly [Plain, string]>([
  [null, "yes"],
  [true, "yes"],
  [false, "no"],
  [LATER, "maybe"],
])("actions_enabled = %j", (actions_enabled, answer) => {
  expect(actionsEnabled(reader({ actions_enabled }))).toEqual({ answer, attribute: "actions_enabled" });
});
