import { describe, expect, test } from "vitest";
import { evaluateMetricMath } from "../../../src/aws/metric-math.ts";
import { type Direction, directionIn } from "../../../src/aws/metric-math-direction.ts";
import { mentionedIds, parseMetricMath } from "../../../src/aws/metric-math-text.ts";

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
  return evaluateMetricMath(parsed, {
    expressions: new Map(others),
    values: new Map(Object.entries(values)),
  });
}

describe("expressions whose effect is plain", () => {
  test.each([
    ["m1", { m1: 1 }, 1],
    ["m1", { m1: undefined }, undefined],
    ["(m1)", { m1: 1 }, 1],
    ["FILL(m1, 0)", { m1: undefined }, 0],
    ["FILL(m1,0)", { m1: 2 }, 2],
    ["FILL(m1, -1.5)", { m1: undefined }, -1.5],
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
    ["m1 - m2", { m1: 1, m2: undefined }, 1],
    ["m1 - m2", { m1: undefined, m2: 1 }, -1],
    ["m1 - m2", { m1: undefined, m2: undefined }, undefined],
    ["5 - m1", { m1: undefined }, undefined],
    ["m1 * 100", { m1: 2 }, 200],
    ["100 * m1 + 1", { m1: 2 }, 201],
    ["1 + m1 * 100", { m1: 2 }, 201],
    ["-m1", { m1: 2 }, -2],
    ["-(m1 + 1) * 2", { m1: 2 }, -6],
    ["m1 / 4", { m1: 2 }, 0.5],
    ["m1 / m2", { m1: 2, m2: 0 }, undefined],
    ["m1 / m2", { m1: 2, m2: undefined }, undefined],
    ["m1 * .5", { m1: 2 }, 1],
    ["m1 * .25", { m1: 4 }, 1],
    ["m1 * 1.25", { m1: 4 }, 5],
    ["m1 ", { m1: 1 }, 1],
    [" m1", { m1: 1 }, 1],
    ["m1 - m2 + m3", { m1: 5, m2: 2, m3: 1 }, 4],
    ["m1 - m2 - m3", { m1: 5, m2: 2, m3: 1 }, 2],
    ["m1 * m2 / m3", { m1: 6, m2: 2, m3: 3 }, 4],
    ["m1 / m2 / m3", { m1: 12, m2: 2, m3: 3 }, 2],
    ["m1 + m2 > 2", { m1: 2, m2: 1 }, 1],
    ["m1 > 1 AND m2 > 1 AND m3 > 1", { m1: 2, m2: 2, m3: 2 }, 1],
    ["m1 > 1 AND m2 > 1 AND m3 > 1", { m1: 2, m2: 2, m3: 1 }, 0],
    ["m1 AND m2", { m1: 0, m2: 1 }, 0],
    ["m1 AND m2", { m1: 1, m2: 0 }, 0],
    ["m1 AND m2", { m1: 1, m2: 1 }, 1],
    ["m1 OR m2", { m1: 0, m2: 0 }, 0],
    ["m1 OR m2", { m1: 1, m2: 0 }, 1],
    ["m1 OR m2", { m1: 0, m2: 1 }, 1],
    ["m1 > 2", { m1: 2 }, 0],
    ["m1 >= 2", { m1: 2 }, 1],
    ["m1 < 2", { m1: 2 }, 0],
    ["m1 <= 2", { m1: 2 }, 1],
    ["m1 <= 2", { m1: 1 }, 1],
    ["m1 == 2", { m1: 1 }, 0],
    ["m1 != 2", { m1: 1 }, 1],
    ["2 > m1", { m1: 1 }, 1],
    ["(1 + 1) * m1", { m1: 3 }, 6],
    ["-(1 + 1) * m1", { m1: 3 }, -6],
    ["SUM([m1, m2] - m3)", { m1: 3, m2: 2, m3: 1 }, 3],
    ["SUM(METRICS() - m3)", { m1: 3, m2: undefined, m3: 1 }, 1],
    ["FILL([m1], 7)", { m1: undefined }, 7],
    ["ABS(METRICS())", { m1: -2 }, 2],
    ["MIN([m1, m2])", { m1: -1, m2: undefined }, -1],
    ["MIN([m1, m2])", { m1: undefined, m2: undefined }, undefined],
    ["AVG([m1, m2])", { m1: undefined, m2: undefined }, undefined],
    ["SUM([m1, m2])", { m1: undefined, m2: undefined }, undefined],
    ["SUM(-[m1, m2])", { m1: 1, m2: 2 }, -3],
    ["SUM(ABS([m1, m2]))", { m1: -1, m2: 2 }, 3],
    ["SUM(CEIL([m1, m2]))", { m1: 0.5, m2: 2 }, 3],
    ["SUM(FLOOR([m1, m2]))", { m1: 0.5, m2: 2 }, 2],
    ["SUM([[m1], m2])", { m1: 1, m2: 2 }, 3],
    ["IF(m1 > 0, 1 + 1, 0)", { m1: 1 }, 2],
    ["m1 > 1", { m1: 2 }, 1],
    ["m1 >= 3", { m1: 2 }, 0],
    ["m1 < 3", { m1: 2 }, 1],
    ["m1 <= 1", { m1: 2 }, 0],
    ["m1 == 2", { m1: 2 }, 1],
    ["m1 != 2", { m1: 2 }, 0],
    ["m1 > 0", { m1: undefined }, undefined],
    // The table of the documentation: 30, 20, 0, 0 against 20, -, 20, -.
    ["metric1 < metric2", { metric1: 30, metric2: 20 }, 0],
    ["metric1 < metric2", { metric1: 20, metric2: undefined }, 0],
    ["metric1 < metric2", { metric1: 0, metric2: 20 }, 1],
    ["metric1 < metric2", { metric1: 0, metric2: undefined }, 0],
    ["metric1 > 15 AND metric2 > 15", { metric1: 30, metric2: 20 }, 1],
    ["metric1 > 15 AND metric2 > 15", { metric1: 20, metric2: undefined }, 0],
    ["m1 > 1 || m2 > 1", { m1: 0, m2: 2 }, 1],
    ["m1 > 1 && m2 > 1", { m1: 2, m2: 2 }, 1],
    ["AVG([m1, m2])", { m1: 2, m2: undefined }, 1],
    ["MIN([m1, m2])", { m1: 2, m2: 1 }, 1],
    ["MAX([m1, m2])", { m1: 2, m2: undefined }, 2],
    ["ABS(m1)", { m1: -2 }, 2],
    ["CEIL(m1 / 4)", { m1: 1 }, 1],
    ["FLOOR(m1 / 4)", { m1: 1 }, 0],
    ['SUM(METRICS("denied"))', { denied1: 1, denied2: 2, other: 4 }, 3],
    ["SUM([METRICS('a'), METRICS('b')])", { a: 1, b: 2, c: 4 }, 3],
    ["SUM(METRICS() * 10)", { m1: 1, m2: 2 }, 30],
    ["SUM([m1, m2] / 2)", { m1: 1, m2: 3 }, 2],
    // The tables of IF: 1, 0 and - against 30 or -, and 20 or -.
    ["IF(m1, m2, m3)", { m1: 1, m2: 30, m3: 0 }, 30],
    ["IF(m1, m2, m3)", { m1: 1, m2: undefined, m3: 0 }, 0],
    ["IF(m1, m2, m3)", { m1: 0, m2: 0, m3: 20 }, 20],
    ["IF(m1, m2, m3)", { m1: 0, m2: 0, m3: undefined }, undefined],
    ["IF(m1, m2, m3)", { m1: undefined, m2: 30, m3: 20 }, undefined],
    ["IF(m1, 5, m3)", { m1: 1, m3: 0 }, 5],
    ["IF(m1, m2, 5)", { m1: 0, m2: 30 }, 5],
    ["IF(m1 > 1, m1)", { m1: 2 }, 2],
    ["IF(m1 > 1, m1)", { m1: 1 }, undefined],
    ["IF(m1 < 1, 1, 0)", { m1: 0 }, 1],
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
    "m1 ^ 2",
    "fill(m1, 0)",
    "RATE(m1)",
    "DIFF(m1)",
    "RUNNING_SUM(m1)",
    "SUM(m1)",
    "MAX(m1) / m1",
    "STDDEV([m1, m2])",
    "FILL(m1, REPEAT)",
    "FILL(m1, m2)",
    "IF(m1)",
    "m1 > m2 > m3",
    "m1 > 1 AND m2 > 1 OR m3 > 1",
    "IF(HOUR(m1) > 8, m1, 0)",
    "ANOMALY_DETECTION_BAND(m1, 2)",
    "SEARCH('{A} x', 'Sum', 300)",
    "m1 +",
    "(m1",
    "m1)",
    "M1",
    "m1 m2",
    "SUM([])",
    "SUM([m1, ])",
    "SUM([m1",
    "m1 # 2",
    "m1 'open",
    "Mx1",
    "_m1",
    "m1 > m2 == m3",
    "SUM(FILL(m1, 0))",
    "SUM(-m1)",
    "SUM(ABS(m1))",
    "SUM(CEIL(m1))",
    "SUM(FLOOR(m1))",
    "SUM(m1 + m2)",
    "SUM(SUM([m1, m2]))",
    "MAX(MAX([m1, m2]))",
    "MIN(MIN([m1, m2]))",
    "AVG(AVG([m1, m2]))",
    "MAX(IF(m1, m2))",
    "SUM(5)",
    "SUM([m1, m2]",
    "FILL(m1)",
    "FILL(m1, 0",
    "IF(m1, m2, m3",
    "IF(m1, )",
    "METRICS(m1)",
    "METRICS('m1'",
    "ABS()",
    "2m1",
    `${"(".repeat(500)}m1${")".repeat(500)}`,
    `${"m1+".repeat(2000)}m1`,
  ])("%j", (text) => {
    expect(parseMetricMath(text)).toBeUndefined();
  });

  test.each([
    ["an id that is no query", "m9", {}],
    ["a circle", "e1", { e1: "e2", e2: "e1" }],
    ["several series at once", "METRICS()", {}],
    ["several series plus one", "METRICS() + m1", {}],
    ["a number that is no series", "1 + 1", {}],
    ["a division of numbers by 0", "m1 + 1 / 0", {}],
    ["a number in a list", "SUM([m1, 1])", {}],
    ["an id that is no query in a list", "SUM([m1, m9])", {}],
    ["an id that is no query, added", "m1 + m9", {}],
    ["an id that is no query, added to", "m9 + m1", {}],
    ["an id that is no query, filled", "FILL(m9, 0)", {}],
    ["an id that is no query, made positive", "ABS(m9)", {}],
    ["a number that is filled", "FILL(1, 0)", {}],
    ["an id that is no query as a condition", "IF(m9, m1, m1)", {}],
    ["an id that is no query as a result", "IF(m1, m9, m1)", {}],
    ["an id that is no query as the other result", "IF(m1, m1, m9)", {}],
    ["several series as a condition", "IF(METRICS(), m1, m1)", {}],
    ["several series as a result", "IF(m1, METRICS(), m1)", {}],
    ["several series as the other result", "IF(m1, m1, METRICS())", {}],
    ["one series minus several", "SUM(m1 - METRICS())", {}],
    ["a number as a condition", "IF(1, m1, m1)", {}],
    ["each of several against each of others", "SUM(METRICS() + METRICS())", {}],
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

describe("bounds of the syntax", () => {
  const nested = (open: string, close: string, count: number) =>
    parseMetricMath(`${open.repeat(count)}m1${close.repeat(count)}`);

  test.each([
    ["parentheses", "(", ")", 32],
    ["signs", "-", "", 32],
    ["functions", "ABS(", ")", 32],
    ["lists", "[", "]", 32],
  ])("%s", (_, open, close, deepest) => {
    expect(nested(open, close, deepest)).toBeDefined();
    expect(nested(open, close, deepest + 1)).toBeUndefined();
  });

  test("2048 characters", () => {
    expect(parseMetricMath(`${" ".repeat(2046)}m1`)).toEqual({ kind: "query", id: "m1" });
    expect(parseMetricMath(`${" ".repeat(2047)}m1`)).toBeUndefined();
    expect(mentionedIds(`${" ".repeat(2046)}m1`)).toEqual({ ids: new Set(["m1"]), all: false });
    expect(mentionedIds(`${" ".repeat(2047)}m1`).all).toBe(true);
  });
});

test("ids are found in expressions that do not parse, outside of quotes", () => {
  const { ids, all } = mentionedIds("100 * (errors / requests) - SEARCH('m7', \"m8\")");
  expect(["errors", "requests", "m7", "m8"].map((id) => ids.has(id))).toEqual([true, true, false, false]);
  expect(all).toBe(false);
  expect(mentionedIds("AVG(METRICS( ))").all).toBe(true);
  expect(mentionedIds('AVG(METRICS ("m"))').all).toBe(true);
  expect(mentionedIds("METRICS + MYMETRICS(m1)").all).toBe(false);
  expect(mentionedIds("'METRICS()'").all).toBe(false);
  expect([...mentionedIds("m1'x'm2").ids]).toEqual(["m1", "m2"]);
  expect([...mentionedIds("1 + 2").ids]).toEqual([]);
});

test.each([
  ["MIN", { m1: 1, m2: undefined }],
  ["MAX", { m1: -1, m2: undefined }],
] as const)("whether a missing data point counts in %s is not documented", (name, values) => {
  expect(evaluate(`${name}([m1, m2])`, values)).toBe("not-understood");
});

describe("which way a result goes with m1", () => {
  test.each<readonly [string, Direction]>([
    ["m1", "up"],
    ["m2", "flat"],
    ["7", "flat"],
    ["m1 + m2", "up"],
    ["m1 - m2", "up"],
    ["m2 - m1", "down"],
    ["m1 - m1", "unclear"],
    ["-m1", "down"],
    ["m1 * 2", "up"],
    ["m1 * -2", "down"],
    ["m1 * 0", "flat"],
    ["-3 * m1", "down"],
    ["m1 / 2", "up"],
    ["2 / m1", "unclear"],
    ["m2 / m3", "flat"],
    ["m1 * m2", "unclear"],
    ["SUM(METRICS())", "up"],
    ['SUM(METRICS("m2"))', "flat"],
    ["MAX([m1, m2])", "up"],
    ["MIN([m1, m2])", "up"],
    ["AVG([m1, m2])", "up"],
    ["AVG([m1, -m1])", "unclear"],
    ["FLOOR(m1)", "up"],
    ["-(-m1)", "up"],
    ["m2 - (m2 - m1)", "up"],
    ["m1 <= 1", "down"],
    ["m1 >= 1", "up"],
    ["1 >= m1", "down"],
    ["m1 != 1", "unclear"],
    ["m2 == 1", "flat"],
    ["m1 / -2", "down"],
    ["m1 / 0", "flat"],
    ["0 * m1", "flat"],
    ["m2 * 5", "flat"],
    ["m1 > 1 OR m2 > 1", "up"],
    ["m1 < 1 OR m2 < 1", "down"],
    ["m1 < 1 AND m1 > 1", "unclear"],
    ["(m1 > 1) AND m2", "unclear"],
    ["m2 AND (m1 > 1)", "unclear"],
    ["m2 AND m3", "flat"],
    ["FILL(m1, 0)", "up"],
    ["CEIL(m1)", "up"],
    ["ABS(m1)", "unclear"],
    ["ABS(m2)", "flat"],
    ["m1 > 1", "up"],
    ["m1 < 1", "down"],
    ["1 < m1", "up"],
    ["m1 == 1", "unclear"],
    ["m1 > 1 AND m2 > 1", "up"],
    ["m1 AND m2", "unclear"],
    ["IF(m1 > 0, 1, 0)", "up"],
    ["IF(m1 > 0, 0, 1)", "down"],
    ["IF(m1 > 0, 1, 1)", "flat"],
    ["IF(m1 > 0, m1, 0)", "unclear"],
    ["IF(m1, 1, 0)", "unclear"],
    ["IF(m1 + m2, 1, 0)", "unclear"],
    ["IF(m1 > 0, 1, m2)", "unclear"],
    ["IF(m1 > 0, m2, 1)", "unclear"],
    ["IF(m1 < 0, 1, 0)", "down"],
    ["IF(m1 < 0, 0, 1)", "up"],
    ["IF(m1 == 0, 1, 0)", "unclear"],
    ["IF(m2 > 0, m1)", "up"],
    ["IF(m2 > 0, m2, 1)", "flat"],
    ["IF(m2 > 0, m1, 0)", "up"],
    ["IF(m2 > 0, m1, -m1)", "unclear"],
    ["IF(m1 > 0, 1)", "unclear"],
  ])("%s: %s", (text, direction) => {
    const math = parseMetricMath(text);
    expect(math && directionIn(math, "m1", new Map())).toBe(direction);
  });

  test("through other expressions", () => {
    const expressions = new Map(
      Object.entries({ e1: "-m1", e2: "e1 * 2", e3: "e3 + m1" }).flatMap(([id, text]) => {
        const math = parseMetricMath(text);
        return math === undefined ? [] : [[id, math] as const];
      }),
    );
    const ask = (id: string) => directionIn({ kind: "query", id }, "m1", expressions);
    expect([ask("e2"), ask("e3"), ask("m9")]).toEqual(["down", "unclear", "flat"]);
  });

  test("more steps than are made", () => {
    const lines = Object.entries(doubling(20)).flatMap(([id, text]) => {
      const math = parseMetricMath(text);
      return math === undefined ? [] : [[id, math] as const];
    });
    expect(directionIn({ kind: "query", id: "e0" }, "m1", new Map(lines))).toBe("unclear");
  });
});
