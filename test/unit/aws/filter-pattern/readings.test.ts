import { expect, test } from "vitest";
import { parsePattern } from "../../../../src/aws/filter-pattern/parse.ts";
import {
  DEFAULT_READING,
  differences,
  OPEN_QUESTIONS,
  QUESTIONS,
  readingsFor,
  readingsOver,
} from "../../../../src/aws/filter-pattern/readings.ts";

/** The questions that matter for some patterns. */
function questions(...texts: readonly string[]): readonly string[] {
  const patterns = texts.map((text) => {
    const parsed = parsePattern(text);
    if ("problem" in parsed) throw new Error(`${text}: ${parsed.problem.code}`);
    return parsed.pattern;
  });
  const readings = readingsFor(patterns);
  const asked = QUESTIONS.filter((question) => readings.some((reading) => reading[question]));
  expect(readings).toHaveLength(2 ** asked.length);
  expect(readings[0]).toEqual(DEFAULT_READING);
  return asked;
}

const DIFFERS = ["missingDiffers", "nullDiffers"];

test.each<readonly [text: string, asked: readonly string[]]>([
  ["{ $.errorCode = x }", []],
  ["{ $.errorCode != x }", ["missingDiffers"]],
  ["{ $.eventName != x }", []],
  ["{ $.requestParameters != x }", ["nullDiffers"]],
  ["{ $.readOnly = x }", ["booleansAreText"]],
  ["{ $.managementEvent != x }", ["missingDiffers", "booleansAreText"]],
  ['{ $.errorCode = "x*y" }', ["innerStarIsWildcard"]],
  ['{ $.errorCode = "*x*" }', []],
  ["{ $.a = 5*5 }", ["innerStarIsWildcard", "booleansAreText"]],
  ["{ $.a = x }", ["booleansAreText", "numbersAreText"]],
  ["{ $.a = %x% }", ["booleansAreText", "numbersAreText"]],
  ["{ $.a = * }", ["booleansAreText"]],
  ["{ $.a = 5 }", ["booleansAreText"]],
  ["{ $.a != 5 }", [...DIFFERS, "booleansAreText"]],
  ["{ $.a[*] != 5 }", [...DIFFERS, "booleansAreText", "everyElementDiffers"]],
  ["{ $.a.* != 5 }", [...DIFFERS, "booleansAreText", "everyElementDiffers"]],
  ["{ $.a[*] = 5 }", ["booleansAreText"]],
  ["{ $.a[0] != 5 }", [...DIFFERS, "booleansAreText"]],
  ["{ $.a > 5 }", []],
  ["{ $.a IS NULL }", []],
  ["{ $.a NOT EXISTS }", []],
  ["a b", []],
])("what matters for %s", (text, asked) => {
  expect(questions(text)).toEqual(asked);
});

test("what matters for one of several patterns matters", () => {
  expect(questions("{ $.errorCode = x }", "{ $.errorCode != x }")).toEqual(["missingDiffers"]);
});

test("every combination of answers, the default first", () => {
  const readings = readingsOver(["missingDiffers", "numbersAreText"]);
  expect(readings).toEqual([
    DEFAULT_READING,
    { ...DEFAULT_READING, missingDiffers: true },
    { ...DEFAULT_READING, numbersAreText: true },
    { ...DEFAULT_READING, missingDiffers: true, numbersAreText: true },
  ]);
  expect(differences(readings[3] ?? DEFAULT_READING, DEFAULT_READING)).toEqual([
    "missingDiffers",
    "numbersAreText",
  ]);
  expect(differences(DEFAULT_READING, DEFAULT_READING)).toEqual([]);
});

test("every question of the reading is told", () => {
  expect(QUESTIONS).toEqual(Object.keys(OPEN_QUESTIONS));
  expect([...QUESTIONS].sort()).toEqual(Object.keys(DEFAULT_READING).sort());
});
