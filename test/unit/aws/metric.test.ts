import { describe, expect, test } from "vitest";
import { sameDimensions } from "../../../src/aws/dimensions.ts";
import { emittedMetric, sameMetric, watchedMetrics } from "../../../src/aws/metric.ts";
import { unknown } from "../../../src/model/value.ts";
import { LATER, oneOf, type Plain, reader, reference, value } from "./build.ts";

const FILTER = {
  name: "unauthorized",
  metric_transformation: [{ name: "UnauthorizedAPICalls", namespace: "CISBenchmark", value: "1" }],
};

function emitted(filter: Record<string, Plain> = FILTER) {
  const metric = emittedMetric({ id: "filter.f", ...reader(filter) });
  if (metric === undefined) throw new Error("the filter emits nothing");
  return metric;
}

/** The answers for each metric an alarm watches. */
function matches(alarm: Record<string, Plain>, filter?: Record<string, Plain>, account?: string) {
  return watchedMetrics(reader(alarm)).map((watched) => {
    const { answer, nearest } = sameMetric(watched, emitted(filter), account);
    return nearest === undefined ? [watched.attribute, answer] : [watched.attribute, answer, nearest];
  });
}

test("a filter without a transformation emits nothing, one that is not known emits something", () => {
  expect(emittedMetric(reader({ metric_transformation: [] }))).toBeUndefined();
  expect(emittedMetric(reader({}))).toBeUndefined();
  expect(emittedMetric(reader({ metric_transformation: LATER }))?.name.kind).toBe("unknown");
});

const OWN = { metric_name: "UnauthorizedAPICalls", namespace: "CISBenchmark" };

describe("an alarm with its own metric", () => {
  test.each<readonly [string, Record<string, Plain>, string, string | undefined]>([
    ["the same", OWN, "yes", undefined],
    ["empty dimensions are none", { ...OWN, dimensions: {} }, "yes", undefined],
    ["name not known", { ...OWN, metric_name: LATER }, "maybe", undefined],
    ["namespace not known", { ...OWN, namespace: LATER }, "maybe", undefined],
    ["dimensions not known", { ...OWN, dimensions: LATER }, "maybe", undefined],
    ["name in other letter case", { ...OWN, metric_name: "UnauthorizedApiCalls" }, "no", "letter-case"],
    ["namespace in other letter case", { ...OWN, namespace: "cisbenchmark" }, "no", "letter-case"],
    [
      "both in other letter case",
      { metric_name: "unauthorizedapicalls", namespace: "cisbenchmark" },
      "no",
      "letter-case",
    ],
    ["another namespace", { ...OWN, namespace: "LogMetrics" }, "no", "other-namespace"],
    ["no namespace", { metric_name: "UnauthorizedAPICalls" }, "no", "other-namespace"],
    ["another name", { ...OWN, metric_name: "RootUsage" }, "no", "other-name"],
    ["the filter's name", { ...OWN, metric_name: "unauthorized" }, "no", "filter-name-not-metric"],
    [
      "name in other letter case, another namespace",
      { metric_name: "unauthorizedapicalls", namespace: "Other" },
      "no",
      undefined,
    ],
    [
      "another name, namespace in other letter case",
      { metric_name: "RootUsage", namespace: "cisbenchmark" },
      "no",
      undefined,
    ],
    [
      "a reference to the filter, another namespace",
      { metric_name: reference("filter.f", "id"), namespace: "Other" },
      "no",
      "filter-name-not-metric",
    ],
    [
      "a reference to the filter's name, another namespace",
      { metric_name: reference("filter.f", "name"), namespace: "Other" },
      "no",
      "filter-name-not-metric",
    ],
    [
      "a reference to the filter's group, another namespace",
      { metric_name: reference("filter.f", "log_group_name"), namespace: "Other" },
      "no",
      undefined,
    ],
    [
      "a reference to another filter, another namespace",
      { metric_name: reference("filter.g", "name"), namespace: "Other" },
      "no",
      undefined,
    ],
    ["nothing alike", { metric_name: "CPUUtilization", namespace: "AWS/EC2" }, "no", undefined],
    ["another name, namespace not known", { metric_name: "RootUsage", namespace: LATER }, "no", undefined],
    ["a dimension that nobody emits", { ...OWN, dimensions: { Account: "1" } }, "no", "dimensions"],
    ["one of two names", { ...OWN, metric_name: oneOf("UnauthorizedAPICalls", "x") }, "maybe", undefined],
  ])("%s", (_story, alarm, answer, nearest) => {
    const expected = nearest === undefined ? ["metric_name", answer] : ["metric_name", answer, nearest];
    expect(matches(alarm)).toEqual([expected]);
  });

  const UNNAMED = {
    name: "unauthorized",
    metric_transformation: [{ name: LATER, namespace: "N", value: "1" }],
  };
  test("a reference to the filter's metric is it, although the name is not known", () => {
    const metric_name = reference("filter.f", "metric_transformation", 0, "name");
    expect(matches({ metric_name, namespace: "N" }, UNNAMED)).toEqual([["metric_name", "yes"]]);
  });

  test("a reference to another filter's metric is open", () => {
    const metric_name = reference("filter.g", "metric_transformation", 0, "name");
    expect(matches({ metric_name, namespace: "N" }, UNNAMED)).toEqual([["metric_name", "maybe"]]);
  });

  test("a filter that happens to be named like its metric", () => {
    const filter = { name: "M", metric_transformation: [{ name: "M", namespace: "N", value: "1" }] };
    expect(matches({ metric_name: "M", namespace: "N" }, filter)).toEqual([["metric_name", "yes"]]);
  });

  test("a filter without an id is not recognized by reference", () => {
    const metric_name = reference("filter.f", "metric_transformation", 0, "name");
    const [watched] = watchedMetrics(reader({ metric_name, namespace: "N" }));
    const nameless = emittedMetric(reader(UNNAMED));
    expect(watched && nameless && sameMetric(watched, nameless).answer).toBe("maybe");
  });

  test("a reference to the filter's namespace is it", () => {
    const filter = { name: "f", metric_transformation: [{ name: "M", namespace: LATER, value: "1" }] };
    const namespace = reference("filter.f", "metric_transformation", 0, "namespace");
    expect(matches({ metric_name: "M", namespace }, filter)).toEqual([["metric_name", "yes"]]);
  });

  test.each<readonly [changes: Record<string, Plain>, answer: string, argument: string]>([
    [{}, "yes", "metric_name"],
    [{ metric_name: LATER }, "maybe", "metric_name"],
    [{ namespace: LATER }, "maybe", "namespace"],
    [{ metric_name: LATER, namespace: LATER }, "maybe", "metric_name"],
    [{ dimensions: LATER }, "maybe", "dimensions"],
    [{ metric_name: "RootUsage" }, "no", "metric_name"],
    [{ namespace: "Other" }, "no", "namespace"],
    [{ metric_name: "RootUsage", namespace: "Other" }, "no", "metric_name"],
    [{ dimensions: { A: "1" } }, "no", "dimensions"],
  ])("with %j the answer %s is decided by %s, in queries too", (changes, answer, argument) => {
    const judged = (alarm: Record<string, Plain>) => {
      const [watched] = watchedMetrics(reader(alarm));
      const match = watched && sameMetric(watched, emitted());
      return [match?.answer, match?.attribute];
    };
    expect(judged({ ...OWN, ...changes })).toEqual([answer, argument]);
    const metric_query = [{ id: "m1", metric: [{ ...OWN, ...changes }], return_data: true }];
    expect(judged({ metric_query })).toEqual([answer, `metric_query["m1"].metric.${argument}`]);
  });
});

describe("an alarm with queries", () => {
  const metric = [
    { metric_name: "UnauthorizedAPICalls", namespace: "CISBenchmark", stat: "Sum", period: 300 },
  ];
  const other = [{ metric_name: "RootUsage", namespace: "CISBenchmark", stat: "Sum", period: 300 }];
  const m1 = { id: "m1", metric };
  const flows = (queries: Plain, more: Record<string, Plain> = {}) =>
    watchedMetrics(reader({ metric_query: queries, ...more })).map(({ attribute, flow }) => [
      attribute,
      flow.kind,
    ]);

  test.each<readonly [string, Plain, readonly (readonly string[])[]]>([
    ["one that is returned", [{ ...m1, return_data: true }], [['metric_query["m1"]', "as-is"]]],
    [
      "in any order",
      [{ id: "e1", expression: "FILL(m1, 0)", return_data: true }, m1],
      [['metric_query["m1"]', "math"]],
    ],
    [
      "two metrics in one sum",
      [{ id: "m2", metric: other }, { id: "e1", expression: "m1 + m2", return_data: true }, m1],
      [
        ['metric_query["m2"]', "math"],
        ['metric_query["m1"]', "math"],
      ],
    ],
    [
      "a metric that the returned expression leaves out",
      [m1, { id: "m2", metric: other }, { id: "e1", expression: "FILL(m2, 0)", return_data: true }],
      [['metric_query["m2"]', "math"]],
    ],
    [
      "through two expressions",
      [
        m1,
        { id: "e1", expression: "FILL(m1,0)" },
        { id: "e2", expression: "IF(e1>0,1,0)", return_data: true },
      ],
      [['metric_query["m1"]', "math"]],
    ],
    [
      "an expression outside the plain part",
      [m1, { id: "e1", expression: "RATE(m1)", return_data: true }],
      [['metric_query["m1"]', "not-understood"]],
    ],
    [
      "the same metric twice, so that an event counts twice",
      [m1, { id: "m2", metric }, { id: "e1", expression: "m1 + m2", return_data: true }],
      [
        ['metric_query["m1"]', "not-understood"],
        ['metric_query["m2"]', "not-understood"],
      ],
    ],
    ["none is returned", [m1], [['metric_query["m1"]', "not-understood"]]],
    [
      "two are returned",
      [
        { ...m1, return_data: true },
        { id: "m2", metric: other, return_data: true },
      ],
      [
        ['metric_query["m1"]', "not-understood"],
        ['metric_query["m2"]', "not-understood"],
      ],
    ],
    ["which is returned is not known", [{ ...m1, return_data: LATER }], [['metric_query["m1"]', "unknown"]]],
    [
      "the returned expression is not known",
      [m1, { id: "e1", expression: LATER, return_data: true }],
      [
        ['metric_query["m1"]', "unknown"],
        ['metric_query["e1"]', "unknown"],
      ],
    ],
    ["the queries are not known", LATER, [["metric_query", "unknown"]]],
    ["an id is not known", [{ ...m1, id: LATER, return_data: true }], [["metric_query", "unknown"]]],
    [
      "two queries of one id",
      [{ ...m1, return_data: true }, m1],
      [
        ['metric_query["m1"]', "not-understood"],
        ['metric_query["m1"]', "not-understood"],
      ],
    ],
    [
      "Metrics Insights",
      [{ id: "q1", expression: "SELECT SUM(UnauthorizedAPICalls) FROM CISBenchmark", return_data: true }],
      [['metric_query["q1"]', "not-understood"]],
    ],
    ["an empty set", [], []],
  ])("%s", (_story, queries, expected) => {
    expect(flows(queries)).toEqual(expected);
  });

  test.each<readonly [story: string, alarm: Record<string, Plain>, flows: readonly unknown[]]>([
    ["not known", { metric_query: LATER }, [{ kind: "unknown", attribute: "metric_query" }]],
    [
      "one with an id not known",
      {
        metric_query: [
          { ...m1, return_data: true },
          { id: LATER, metric: other },
        ],
      },
      [
        { kind: "unknown", attribute: "metric_query.id" },
        { kind: "unknown", attribute: "metric_query.id" },
      ],
    ],
    [
      "two of one id",
      { metric_query: [{ ...m1, return_data: true }, m1] },
      [
        { kind: "not-understood", what: "metric_query" },
        { kind: "not-understood", what: "metric_query" },
      ],
    ],
    [
      "compared with a query",
      { metric_query: [{ ...m1, return_data: true }], threshold_metric_id: "ad1" },
      [{ kind: "not-understood", what: "threshold_metric_id" }],
    ],
    [
      "compared with a query, perhaps",
      { metric_query: [{ ...m1, return_data: true }], threshold_metric_id: LATER },
      [{ kind: "unknown", attribute: "threshold_metric_id" }],
    ],
    [
      "returned, perhaps",
      { metric_query: [{ ...m1, return_data: LATER }] },
      [{ kind: "unknown", attribute: "metric_query.return_data" }],
    ],
    ["none returned", { metric_query: [m1] }, [{ kind: "not-understood", what: "metric_query.return_data" }]],
    ["on PromQL", { evaluation_criteria: [{}] }, [{ kind: "not-understood", what: "evaluation_criteria" }]],
    [
      "on PromQL, perhaps, beside a query",
      { evaluation_criteria: LATER, metric_query: [{ ...m1, return_data: true }] },
      [{ kind: "as-is" }, { kind: "not-understood", what: "evaluation_criteria" }],
    ],
    [
      "an expression, perhaps",
      { metric_query: [{ ...m1, expression: LATER, return_data: true }] },
      [{ kind: "unknown", attribute: 'metric_query["m1"]' }],
    ],
    [
      "a metric not known",
      { metric_query: [{ id: "m1", metric: LATER, return_data: true }] },
      [{ kind: "unknown", attribute: 'metric_query["m1"]' }],
    ],
    ["neither metric nor expression", { metric_query: [{ id: "m1", return_data: true }] }, []],
    [
      "an expression not known, and a metric not known",
      {
        metric_query: [
          m1,
          { id: "m2", metric: LATER },
          { id: "e1", expression: "m1 + m2", return_data: true },
        ],
      },
      [
        { kind: "math", id: "m1", text: "m1 + m2" },
        { kind: "unknown", attribute: 'metric_query["m2"]' },
      ],
    ],
    [
      "one name in two namespaces",
      {
        metric_query: [
          m1,
          { id: "m2", metric: [{ ...metric[0], namespace: "Other" }] },
          { id: "e1", expression: "m1 + m2", return_data: true },
        ],
      },
      [{ kind: "math" }, { kind: "math" }],
    ],
  ])("how they come to what is compared: %s", (_story, alarm, expected) => {
    const found = watchedMetrics(reader(alarm)).map(({ flow }) => flow);
    expect(found).toHaveLength(expected.length);
    expect(found).toMatchObject(expected);
  });

  test.each<readonly [expression: string, watched: number]>([
    ["  select sum(M) from N", 1],
    ["SELECTED(m1)", 0],
    ["FILL(m1, 0) + SELECT", 0],
    ["xSELECT SUM(M) FROM N", 0],
    ["FILL(SEARCH ('{N} M', 'Sum'), 0)", 1],
    ["MYSEARCH('{N} M', 'Sum')", 0],
    ["SEARCHING(m1)", 0],
  ])("%s is about %i metrics of its own", (expression, watched) => {
    const found = watchedMetrics(reader({ metric_query: [{ id: "q1", expression, return_data: true }] }));
    expect(found.map(({ flow, attribute }) => [flow, attribute])).toEqual(
      Array(watched).fill([{ kind: "not-understood", what: expression }, 'metric_query["q1"]']),
    );
  });

  test("a query whose use is not known is only perhaps the metric", () => {
    const [watched] = watchedMetrics(reader({ metric_query: [{ ...m1, return_data: LATER }] }));
    expect(watched && sameMetric(watched, emitted())).toEqual({
      answer: "maybe",
      attribute: "metric_query.return_data",
      nearest: undefined,
    });
  });

  test("of a metric that is not known nothing is known but where it is written", () => {
    const [watched] = watchedMetrics(reader({ metric_query: LATER }));
    const open = unknown({ why: "expression", subject: "metric_query" });
    const parts = { namespace: open, name: open, dimensions: open, statistic: open, period: open };
    expect(watched).toEqual({
      ...parts,
      unit: open,
      account: open,
      flow: { kind: "unknown", attribute: "metric_query" },
      query: undefined,
      attribute: "metric_query",
    });
  });

  test("dimensions of a query's metric count", () => {
    const query = { id: "m1", metric: [{ ...metric[0], dimensions: { A: "1" } }], return_data: true };
    expect(matches({ metric_query: [query] })).toEqual([['metric_query["m1"]', "no", "dimensions"]]);
  });

  test("Metrics Insights may be about a metric whose name is not known, or odd", () => {
    const alarm = {
      metric_query: [{ id: "q1", expression: "SELECT SUM(M) FROM N", return_data: true }],
    };
    const named = (name: Plain) => ({
      name: "f",
      metric_transformation: [{ name, namespace: "N", value: "1" }],
    });
    expect(matches(alarm, named(LATER))).toEqual([['metric_query["q1"]', "maybe"]]);
    expect(matches(alarm, named('a"b'))).toEqual([['metric_query["q1"]', "maybe"]]);
    expect(matches(alarm, named("ab"))).toEqual([['metric_query["q1"]', "no"]]);
  });

  test("an account that differs is told by its argument", () => {
    const alarm = { metric_query: [{ ...m1, account_id: "444455556666", return_data: true }] };
    const [watched] = watchedMetrics(reader(alarm));
    expect(watched && sameMetric(watched, emitted(), "111122223333").attribute).toBe(
      'metric_query["m1"].account_id',
    );
  });

  test("an anomaly band is not understood", () => {
    const queries = [
      { ...m1, return_data: true },
      { id: "ad1", expression: "ANOMALY_DETECTION_BAND(m1, 2)", return_data: true },
    ];
    expect(flows(queries, { threshold_metric_id: "ad1" })).toEqual([
      ['metric_query["m1"]', "not-understood"],
    ]);
  });

  test("a known metric of its own outweighs queries that are not known", () => {
    expect(matches({ ...OWN, metric_query: LATER })).toEqual([["metric_name", "yes"]]);
  });

  test("a metric of its own that is not known leaves the queries standing", () => {
    const alarm = { metric_name: LATER, namespace: LATER, metric_query: [{ ...m1, return_data: true }] };
    expect(matches(alarm)).toEqual([
      ["metric_name", "maybe"],
      ['metric_query["m1"]', "yes"],
    ]);
  });

  test.each<readonly [Plain, string | undefined, readonly string[]]>([
    ["111122223333", "111122223333", ["yes"]],
    ["444455556666", "111122223333", ["no", "other-account"]],
    ["444455556666", undefined, ["maybe"]],
    [LATER, "111122223333", ["maybe"]],
  ])("a query of account %j, seen from %j", (account_id, account, expected) => {
    const alarm = { metric_query: [{ ...m1, account_id, return_data: true }] };
    expect(matches(alarm, undefined, account)).toEqual([['metric_query["m1"]', ...expected]]);
  });

  test.each([
    ["SELECT SUM(UnauthorizedAPICalls) FROM SCHEMA(CISBenchmark)", "maybe"],
    ['SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2")', "no"],
    ["SEARCH('{AWS/EC2} CPU', 'Sum')", "maybe"],
  ])("%s may be about the metric: %s", (expression, answer) => {
    const alarm = { metric_query: [{ id: "q1", expression, return_data: true }] };
    expect(matches(alarm)).toEqual([['metric_query["q1"]', answer]]);
  });

  test("an alarm on PromQL is not understood", () => {
    expect(matches({ evaluation_criteria: [{ promql_criteria: [{ query: "x" }] }] })).toEqual([
      ["evaluation_criteria", "maybe"],
    ]);
  });
});

describe("dimensions", () => {
  const BY_ACCOUNT = { Account: "$.recipientAccountId" };
  const BY_NAME = { Name: "$.eventName" };
  test.each<readonly [string, Plain, Plain, string, string | undefined]>([
    ["none on both sides", null, {}, "yes", undefined],
    ["the alarm's alone", { A: "1" }, null, "no", "dimension-nobody-emits"],
    ["the filter's alone", null, BY_NAME, "no", "metric-has-dimensions"],
    ["other names", { A: "1" }, BY_NAME, "no", "dimension-nobody-emits"],
    ["one of two names", { Name: "x" }, { ...BY_NAME, ...BY_ACCOUNT }, "no", "dimension-nobody-emits"],
    ["two names of one", { Name: "x", Account: "1" }, BY_NAME, "no", "dimension-nobody-emits"],
    [
      "one name of two differs",
      { Name: "x", A: "1" },
      { ...BY_NAME, ...BY_ACCOUNT },
      "no",
      "dimension-nobody-emits",
    ],
    ["both names", { Name: "x", Account: "1" }, { ...BY_NAME, ...BY_ACCOUNT }, "no", "metric-has-dimensions"],
    ["the event's category", { C: "Management" }, { C: "$.eventCategory" }, "maybe", undefined],
    ["not a map", ["Name"], BY_NAME, "maybe", undefined],
    ["the filter's not a map", { Name: "x" }, ["Name"], "maybe", undefined],
    ["one value of many", { Name: "AssumeRole" }, BY_NAME, "no", "metric-has-dimensions"],
    ["a field that is the same for every event", { Account: "111122223333" }, BY_ACCOUNT, "maybe", undefined],
    ["the alarm's not known", LATER, null, "maybe", undefined],
    ["the filter's not known", null, LATER, "maybe", undefined],
    ["a field not known", { Name: "x" }, { Name: LATER }, "maybe", undefined],
    ["a value not known", { Name: LATER }, BY_NAME, "no", "metric-has-dimensions"],
  ])("%s", (_story, watched, emits, answer, how) => {
    expect(sameDimensions(value(watched), value(emits))).toEqual({ answer, how });
  });
});
