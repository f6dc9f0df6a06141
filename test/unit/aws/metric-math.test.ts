import { describe, expect, test } from "vitest";
import { evaluateMetricMath, mentionedIds, parseMetricMath } from "../../../src/aws/metric-math.ts";

/** What an expression comes to; every other query is an expression of its own. */
function evaluate(
  text: string,
  values: Record<string, number | undefined>,
  expressions: Record<string, string> = {},
) {
  const parsed = parseMetricMath(text);
  if (parsed === undefined) return "not read";
  const others = Object.entries(expressions).flatMap(([id, other]) => {
    const math = parseMetricMath(other);
    return math === undefined ? [] : [[id, math] as const];
  });
  return evaluateMetricMath(parsed, new Map(others), new Map(Object.entries(values)));
}

describe("expressions whose effect is plain", () => {
  test.each([
    ["m1", { m1: 1 }, 1],
    ["m1", { m1: undefined }, undefined],
    ["(m1)", { m1: 1 }, 1],
    ["FILL(m1, 0)", { m1: undefined }, 0],
    ["FILL(m1,0)", { m1: 2 }, 2],
    ["fill(m1, -1.5)", { m1: undefined }, -1.5],
    ["m1+m2", { m1: 1, m2: 2 }, 3],
    ["m1 + m2", { m1: 1, m2: undefined }, 1],
    ["FILL(m1,0)+FILL(m2,0)", { m1: undefined, m2: undefined }, 0],
    ["SUM(METRICS())", { m1: 1, m2: 2, m3: undefined }, 3],
    ["MAX(METRICS())", { m1: 1, m2: 2 }, 2],
    ["SUM([m1, m2])", { m1: 1, m2: 2, m3: 4 }, 3],
    ["MAX([FILL(m1,0), m2])", { m1: undefined, m2: undefined }, 0],
    ["SUM(FILL(METRICS(), 0))", { m1: undefined, m2: 3 }, 3],
    ["IF(m1>0,1,0)", { m1: 7 }, 1],
    ["IF(m1 > 0, 1, 0)", { m1: 0 }, 0],
    ["IF(m1>=0,5,-5)", { m1: 0 }, 5],
    ["IF(m1>0,1,0)", { m1: undefined }, undefined],
    ["METRICS()", { m1: 1 }, 1],
  ] as const)("%s with %j is %j", (text, values, result) => {
    expect(evaluate(text, values)).toBe(result);
  });

  test("through another expression", () => {
    expect(evaluate("FILL(e1, 0)", { m1: undefined, m2: undefined }, { e1: "m1 + m2" })).toBe(0);
  });
});

describe("expressions that are left to a person", () => {
  test.each([
    "",
    "m1 - m2",
    "m1 / m2",
    "m1 * 100",
    "RATE(m1)",
    "SUM(m1)",
    "FILL(m1, REPEAT)",
    "FILL(m1, m2)",
    "IF(m1, 1, 0)",
    "IF(m1 < 1, 1, 0)",
    "IF(m1 == 1, 1, 0)",
    "IF(m1 > 0, m1, 0)",
    "ANOMALY_DETECTION_BAND(m1, 2)",
    "SEARCH('{A} x', 'Sum', 300)",
    'METRICS("m")',
    "METRICS() + m1",
    "m1 +",
    "(m1",
    "m1)",
    "M1",
    "m1 m2",
    "SUM([])",
    `${"(".repeat(500)}m1${")".repeat(500)}`,
    `${"m1+".repeat(2000)}m1`,
  ])("%j", (text) => {
    expect(parseMetricMath(text)).toBeUndefined();
  });

  test.each([
    ["an id that is no query", "m9", {}],
    ["a circle", "e1", { e1: "e2", e2: "e1" }],
    ["several series at once", "METRICS()", {}],
    ["more steps than are made", "e0", doubling(20)],
  ])("%s", (_story, text, expressions) => {
    expect(evaluate(text, { m1: 1, m2: 1 }, expressions)).toBe("not-understood");
  });
});

/** e0 = e1 + e1, e1 = e2 + e2, …: short to write, long to compute. */
function doubling(count: number): Record<string, string> {
  const lines = Array.from({ length: count }, (_, at) => [`e${at}`, `e${at + 1}+e${at + 1}`]);
  return Object.fromEntries([...lines, [`e${count}`, "m1"]]);
}

test("ids are found in expressions that do not parse, outside of quotes", () => {
  const { ids, all } = mentionedIds("100 * (errors / requests) - SEARCH('m7', \"m8\")");
  expect(["errors", "requests", "m7", "m8"].map((id) => ids.has(id))).toEqual([true, true, false, false]);
  expect(all).toBe(false);
  expect(mentionedIds("AVG(METRICS( ))").all).toBe(true);
});
