// What one comparison says about one value, for every kind of value, under one reading. The solver's view of meaning;
// matches.ts has its own.

import type { Operand, Test } from "./ast.ts";
import { automatonOf, contains, type Workshop } from "./automaton.ts";
import type { NumberBound } from "./find-number.ts";
import { type Language, languageOfRegex, languageOfText } from "./language.ts";
import type { Reading } from "./readings.ts";

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

const NOTHING = {
  missing: false,
  null: false,
  true: false,
  false: false,
  container: false,
  string: false,
  number: false,
} as const;

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

export const IS_MISSING: ValueTest = { ...NOTHING, key: "missing", missing: true };

export function valueTest(test: Test, reading: Reading, workshop: Workshop): ValueTest {
  switch (test.operator) {
    case "not-exists":
      return IS_MISSING;
    case "is":
      return { ...NOTHING, key: `is ${test.operand}`, [test.operand]: true };
    case "=":
    case "!=":
      return equality(test.operand, test.operator === "!=", reading, workshop);
    default: {
      const number = { operator: test.operator, value: test.operand.value, holds: true };
      return { ...NOTHING, key: `${test.operator} ${test.operand.value}`, number };
    }
  }
}

/** A string test alone: the text holds the language's strings somewhere. */
export function stringTest(language: Language): ValueTest {
  return { ...NOTHING, key: `string ${language.key}`, string: { language, inside: true } };
}

function equality(operand: Operand, differs: boolean, reading: Reading, workshop: Workshop): ValueTest {
  const language = languageOf(operand, reading);
  const within: Within = { language, inside: !differs };
  const asWord = (word: string): boolean =>
    reading.booleansAreText &&
    !language.oversized &&
    contains(automatonOf(language, workshop), word) !== differs;
  const number = numberPart(operand, within, reading);
  const star = language.key === "text *";
  const others = {
    missing: differs && reading.missingDiffers,
    null: differs && reading.nullDiffers,
    true: asWord("true"),
    false: asWord("false"),
  };
  return {
    ...others,
    key: `${within.inside} ${language.key} ${numberKey(number)} ${Object.values(others).join()}`,
    container: false,
    string: star ? !differs : within,
    number: star && number !== false ? !differs : number,
  };
}

function languageOf(operand: Operand, reading: Reading): Language {
  if (operand.kind === "regex") return languageOfRegex(operand.regex);
  return languageOfText(operand.text, reading.innerStarIsWildcard);
}

function numberPart(operand: Operand, within: Within, reading: Reading): ValueTest["number"] {
  switch (operand.kind) {
    case "number":
      return { operator: "=", value: operand.value, holds: within.inside };
    case "number-pattern":
      return within;
    case "text":
      return operand.text === "*" || reading.numbersAreText ? within : false;
    case "regex":
      return reading.numbersAreText ? within : false;
    default:
      return operand satisfies never;
  }
}

function numberKey(number: ValueTest["number"]): string {
  if (typeof number === "boolean") return String(number);
  return "language" in number ? "digits" : String(number.value);
}
