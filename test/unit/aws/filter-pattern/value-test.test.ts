import { describe, expect, test } from "vitest";
import { comparisonsOf } from "../../../../src/aws/filter-pattern/ast.ts";
import { openWorkshop } from "../../../../src/aws/filter-pattern/automaton.ts";
import { languageAround } from "../../../../src/aws/filter-pattern/language.ts";
import { parsePattern } from "../../../../src/aws/filter-pattern/parse.ts";
import { DEFAULT_READING, type Reading } from "../../../../src/aws/filter-pattern/readings.ts";
import {
  IS_ANYTHING,
  IS_MISSING,
  IS_PRESENT,
  isStringIn,
  opposite,
  partsOf,
  testUnder,
  type ValueTest,
} from "../../../../src/aws/filter-pattern/value-test.ts";

/** What the comparison says under a reading, for every kind of value. */
function testOf(comparison: string, reading: Partial<Reading> = {}): ValueTest {
  const parsed = parsePattern(`{ $.a ${comparison} }`);
  const [found] = "pattern" in parsed ? comparisonsOf(parsed.pattern) : [];
  if (found === undefined) throw new Error(comparison);
  return testUnder(partsOf(found.test, openWorkshop(1000)), { ...DEFAULT_READING, ...reading });
}

/** The kinds of value that pass; strings and numbers where some do are told as how. */
function passing(test: ValueTest): string {
  const plain = (["missing", "null", "true", "false", "container"] as const).filter((kind) => test[kind]);
  const within = (is: boolean, key: string) => `${is ? "in" : "outside"} ${key}`;
  const strings =
    typeof test.string === "boolean"
      ? test.string && "string"
      : `string ${within(test.string.inside, test.string.language.example)}`;
  const { number } = test;
  const numbers =
    typeof number === "boolean"
      ? number && "number"
      : "language" in number
        ? `digits ${within(number.inside, number.language.example)}`
        : `number ${number.holds ? "" : "not "}${number.operator} ${number.value}`;
  return [...plain, strings, numbers].filter((part) => part !== false).join(", ");
}

const ALL = {
  missingDiffers: true,
  nullDiffers: true,
  innerStarIsWildcard: true,
  booleansAreText: true,
  numbersAreText: true,
  everyElementDiffers: true,
};

describe("what a comparison says", () => {
  test.each<readonly [comparison: string, reading: Partial<Reading>, kinds: string]>([
    ["NOT EXISTS", {}, "missing"],
    ["NOT EXISTS", ALL, "missing"],
    ["IS NULL", {}, "null"],
    ["IS TRUE", {}, "true"],
    ["IS FALSE", ALL, "false"],
    ["= x", {}, "string in x"],
    ["= x", { numbersAreText: true }, "string in x, digits in x"],
    ["= x", { booleansAreText: true }, "string in x"],
    ["= true", { booleansAreText: true }, "true, string in true"],
    ["= false", { booleansAreText: true }, "false, string in false"],
    ["= true", {}, "string in true"],
    ["!= x", {}, "string outside x"],
    ["!= x", { missingDiffers: true }, "missing, string outside x"],
    ["!= x", { nullDiffers: true }, "null, string outside x"],
    ["!= x", { booleansAreText: true }, "true, false, string outside x"],
    ["!= true", { booleansAreText: true }, "false, string outside true"],
    ["!= x", { ...ALL }, "missing, null, true, false, string outside x, digits outside x"],
    ["= 5", {}, "string in 5, number = 5"],
    ["!= 5", {}, "string outside 5, number not = 5"],
    ["!= 5", { missingDiffers: true, nullDiffers: true }, "missing, null, string outside 5, number not = 5"],
    ["= 5*", {}, "string in 5, digits in 5"],
    ["!= 5*", {}, "string outside 5, digits outside 5"],
    ["= *", {}, "string, number"],
    ["= *", { booleansAreText: true }, "true, false, string, number"],
    ["!= *", {}, ""],
    ["> 5", {}, "number > 5"],
    ["<= 5", ALL, "number <= 5"],
    ["= %ab%", {}, "string in ab"],
    ["= %ab%", { numbersAreText: true }, "string in ab, digits in ab"],
    ['= "x*y"', {}, "string in x*y"],
    ['= "x*y"', { innerStarIsWildcard: true }, "string in xy"],
  ])("%s under %j: %s", (comparison, reading, kinds) => {
    expect(passing(testOf(comparison, reading))).toBe(kinds);
  });

  test.each([
    ["= x", "string in x", "missing, null, true, false, container, string outside x, number"],
    [
      "= 5",
      "string in 5, number = 5",
      "missing, null, true, false, container, string outside 5, number not = 5",
    ],
    [
      "= 5*",
      "string in 5, digits in 5",
      "missing, null, true, false, container, string outside 5, digits outside 5",
    ],
    ["IS NULL", "null", "missing, true, false, container, string, number"],
    ["IS TRUE", "true", "missing, null, false, container, string, number"],
    ["IS FALSE", "false", "missing, null, true, container, string, number"],
    ["NOT EXISTS", "missing", "null, true, false, container, string, number"],
  ])("the opposite of %s", (comparison, kinds, others) => {
    const found = testOf(comparison);
    expect(passing(found)).toBe(kinds);
    expect(passing(opposite(found))).toBe(others);
    expect(passing(opposite(opposite(found)))).toBe(kinds);
  });

  test("what is there, or anything, or missing, or a string", () => {
    expect(passing(IS_MISSING)).toBe("missing");
    expect(passing(IS_PRESENT)).toBe("null, true, false, container, string, number");
    expect(passing(IS_ANYTHING)).toBe("missing, null, true, false, container, string, number");
    expect(passing(opposite(IS_ANYTHING))).toBe("");
    expect(passing(isStringIn(languageAround("x")))).toBe("string in x");
  });
});

test("tests that are told apart have keys that are", () => {
  const comparisons = [
    "NOT EXISTS",
    "IS NULL",
    "IS TRUE",
    "IS FALSE",
    "= x",
    '= "x*"',
    '= "*x"',
    '= "*x*"',
    "!= x",
    "= 5",
    "!= 5",
    "= 5*",
    "!= 5*",
    "= *",
    "!= *",
    "> 5",
    "< 5",
    ">= 5",
    "<= 5",
    "> 6",
    "= %x%",
    "!= %x%",
    "= true",
    "!= true",
    "= false",
    '= "5"',
    '= "x*y"',
  ];
  const tests = comparisons.flatMap((comparison) => [testOf(comparison), testOf(comparison, ALL)]);
  const others = tests.map(opposite);
  const byKey = new Map<string, string>();
  const strings = [languageAround("x"), languageAround("y")].map(isStringIn);
  for (const one of [...tests, ...others, ...strings, IS_MISSING, IS_PRESENT, IS_ANYTHING]) {
    const meaning = JSON.stringify([passing(one), one.string, one.number]);
    expect(byKey.get(one.key) ?? meaning).toBe(meaning);
    byKey.set(one.key, meaning);
  }
});
