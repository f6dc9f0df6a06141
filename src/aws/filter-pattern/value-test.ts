// What one comparison says about one value, for every kind of value. The solver's view of meaning; matches.ts has
// its own.

import type { Operand, Test } from "./ast.ts";
import { automatonOf, contains, type Workshop } from "./automaton.ts";
import type { NumberBound } from "./find-number.ts";
import { type Language, languageOfRegex, languageOfText } from "./language.ts";
import type { Question, Reading } from "./readings.ts";

/** Whether a value passes, by kind. */
export interface ValueTest {
  /** Equal keys, equal tests. */
  readonly key: string;
  readonly missing: boolean;
  readonly null: boolean;
  readonly true: boolean;
  readonly false: boolean;
  /** Objects and arrays. */
  readonly container: boolean;
  /** All strings, none, or those inside (outside) of a language. */
  readonly string: boolean | Within;
  /** All numbers, none, those whose digits are within a language, or those within a bound. */
  readonly number: boolean | Within | NumberBound;
}

export interface Within {
  readonly language: Language;
  readonly inside: boolean;
}

/** A test that counts where open questions have certain answers. The parts of a comparison never overlap. */
export interface Part {
  readonly when: readonly (readonly [question: Question, answer: boolean])[];
  readonly test: ValueTest;
}

const NOTHING: Omit<ValueTest, "key"> = {
  missing: false,
  null: false,
  true: false,
  false: false,
  container: false,
  string: false,
  number: false,
};

export const IS_MISSING: ValueTest = { ...NOTHING, key: "missing", missing: true };
const IS_NULL: ValueTest = { ...NOTHING, key: "is null", null: true };

/** Passed by whatever is there. */
export const IS_PRESENT: ValueTest = {
  key: "present",
  missing: false,
  null: true,
  true: true,
  false: true,
  container: true,
  string: true,
  number: true,
};

/** Passed by anything, a missing value too. */
export const IS_ANYTHING: ValueTest = { ...IS_PRESENT, key: "anything", missing: true };

/** A string test alone. */
export function isStringIn(language: Language): ValueTest {
  return { ...NOTHING, key: `string ${language.key}`, string: { language, inside: true } };
}

export function partsOf(test: Test, workshop: Workshop): readonly Part[] {
  switch (test.operator) {
    case "not-exists":
      return [{ when: [], test: IS_MISSING }];
    case "is":
      return [{ when: [], test: { ...NOTHING, key: `is ${test.operand}`, [test.operand]: true } }];
    case "=":
      return equalityParts(test.operand, true, workshop);
    case "!=":
      return [
        ...equalityParts(test.operand, false, workshop),
        { when: [["missingDiffers", true]], test: IS_MISSING },
        { when: [["nullDiffers", true]], test: IS_NULL },
      ];
    default: {
      const number = { operator: test.operator, value: test.operand.value, holds: true };
      return [{ when: [], test: { ...NOTHING, key: `${test.operator} ${test.operand.value}`, number } }];
    }
  }
}

/** The parts that count under a reading, as one test. */
export function testUnder(parts: readonly Part[], reading: Reading): ValueTest {
  const tests = parts
    .filter(({ when }) => when.every(([question, answer]) => reading[question] === answer))
    .map(({ test }) => test);
  const [only, ...more] = tests;
  if (only !== undefined && more.length === 0) return only;
  return {
    key: tests.map(({ key }) => key).join(" or "),
    missing: tests.some((test) => test.missing),
    null: tests.some((test) => test.null),
    true: tests.some((test) => test.true),
    false: tests.some((test) => test.false),
    container: tests.some((test) => test.container),
    string: tests.find((test) => test.string !== false)?.string ?? false,
    number: tests.find((test) => test.number !== false)?.number ?? false,
  };
}

/** Passed by exactly the values that the other test fails. */
export function opposite(test: ValueTest): ValueTest {
  const { string, number } = test;
  return {
    key: `not ${test.key}`,
    missing: !test.missing,
    null: !test.null,
    true: !test.true,
    false: !test.false,
    container: !test.container,
    string: typeof string === "boolean" ? !string : { ...string, inside: !string.inside },
    number:
      typeof number === "boolean"
        ? !number
        : "language" in number
          ? { ...number, inside: !number.inside }
          : { ...number, holds: !number.holds },
  };
}

/** `inside`: the value equals the operand; otherwise it differs from it. */
function equalityParts(operand: Operand, inside: boolean, workshop: Workshop): readonly Part[] {
  if (operand.kind === "regex") return partsIn(operand, languageOfRegex(operand.regex), inside, [], workshop);
  const literal = languageOfText(operand.text, false);
  const wildcard = languageOfText(operand.text, true);
  if (literal.key === wildcard.key) return partsIn(operand, literal, inside, [], workshop);
  return [
    ...partsIn(operand, literal, inside, [["innerStarIsWildcard", false]], workshop),
    ...partsIn(operand, wildcard, inside, [["innerStarIsWildcard", true]], workshop),
  ];
}

function partsIn(
  operand: Operand,
  language: Language,
  inside: boolean,
  when: Part["when"],
  workshop: Workshop,
): readonly Part[] {
  const within: Within = { language, inside };
  const key = `${inside ? "in" : "outside"} ${language.key}`;
  const parts: Part[] = [];
  if (operand.kind === "number") {
    const number = { operator: "=", value: operand.value, holds: inside } as const;
    parts.push({ when, test: { ...NOTHING, key: `${key} or number`, string: within, number } });
  } else if (operand.kind === "number-pattern") {
    parts.push({ when, test: { ...NOTHING, key: `${key} or digits`, string: within, number: within } });
  } else if (operand.kind === "text" && operand.text === "*") {
    parts.push({ when, test: { ...NOTHING, key: `${key} or any`, string: inside, number: inside } });
  } else {
    parts.push({ when, test: { ...NOTHING, key, string: within } });
    const asText: ValueTest = { ...NOTHING, key: `digits ${key}`, number: within };
    parts.push({ when: [...when, ["numbersAreText", true]], test: asText });
  }
  const passes = (word: string): boolean =>
    !language.oversized && contains(automatonOf(language, workshop), word) === inside;
  const words = { true: passes("true"), false: passes("false") };
  if (words.true || words.false) {
    const test = { ...NOTHING, key: `booleans ${words.true} ${words.false}`, ...words };
    parts.push({ when: [...when, ["booleansAreText", true]], test });
  }
  return parts;
}
