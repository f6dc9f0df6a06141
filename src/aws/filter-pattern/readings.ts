// What AWS does not document about filter patterns, as questions with answers. A reading answers all of them.
// Both patterns of a comparison are always taken under the same reading.

import { type Comparison, comparisonsOf, type Operand, type Pattern } from "./ast.ts";
import { kindsAt } from "./cloudtrail-fields.ts";

/** One way to understand filter patterns; `false` is the default answer to each question. */
export interface Reading {
  /** `$.x != "v"` matches an event that has no x. */
  readonly missingDiffers: boolean;
  /** `$.x != "v"` matches an event in which x is null. */
  readonly nullDiffers: boolean;
  /** `*` between other characters is a wildcard; otherwise it is a plain character. */
  readonly innerStarIsWildcard: boolean;
  /** `$.x = "true"` compares with the boolean true; otherwise booleans satisfy neither `=` nor `!=`. */
  readonly booleansAreText: boolean;
  /** `$.x = "3"` compares with the number 3; otherwise numbers satisfy neither operator with a text value. */
  readonly numbersAreText: boolean;
  /** `$.x[*] != "v"` asks for every element to differ; otherwise for one that does. */
  readonly everyElementDiffers: boolean;
}

export type Question = keyof Reading;

export interface OpenQuestion {
  readonly asks: string;
  /** Why `false` is the default. */
  readonly basis: string;
  readonly source: string;
}

const SYNTAX = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html";
/** The wording that stood from 2018 to March 2022. */
const SYNTAX_2018 =
  "https://github.com/awsdocs/amazon-cloudwatch-logs-user-guide/blob/e9343db/doc_source/FilterAndPatternSyntax.md";

/** Read on 2025-11-24. */
export const OPEN_QUESTIONS: Readonly<Record<Question, OpenQuestion>> = {
  missingDiffers: {
    asks: "does != match an event without the field",
    basis: "an alarm in production stayed silent for events without the field; AWS does not say",
    source: "https://github.com/DataBiosphere/azul/issues/5884",
  },
  nullDiffers: {
    asks: "does != match a field that is null",
    basis: "null has a test of its own, IS NULL; AWS does not say",
    source: SYNTAX,
  },
  innerStarIsWildcard: {
    asks: "is * a wildcard between other characters",
    basis: "the documentation said until 2022 that Ev*ent only matches Ev*ent; it says nothing now",
    source: SYNTAX_2018,
  },
  booleansAreText: {
    asks: "do = and != compare a boolean with a text value",
    basis: "values can be strings or numbers, booleans have IS TRUE and IS FALSE",
    source: SYNTAX,
  },
  numbersAreText: {
    asks: "do = and != compare a number with a quoted value",
    basis: "AWS documents numbers with bare values only",
    source: SYNTAX,
  },
  everyElementDiffers: {
    asks: "must every element differ for != after a wildcard selector",
    basis: "a wildcard selects any element or field",
    source: SYNTAX,
  },
};

export const QUESTIONS: readonly Question[] = Object.keys(OPEN_QUESTIONS).filter(isQuestion);

/** The documented or reported reading: every answer is no. */
export const DEFAULT_READING: Reading = {
  missingDiffers: false,
  nullDiffers: false,
  innerStarIsWildcard: false,
  booleansAreText: false,
  numbersAreText: false,
  everyElementDiffers: false,
};

/** Every combination of answers that can matter for these patterns, the default reading first. At most 64. */
export function readingsFor(patterns: readonly Pattern[]): readonly Reading[] {
  const comparisons = patterns.flatMap(comparisonsOf);
  return readingsOver(QUESTIONS.filter((question) => comparisons.some((one) => matters(question, one))));
}

/** Every combination of answers to some questions, the other answers being the default. */
export function readingsOver(questions: readonly Question[]): readonly Reading[] {
  let readings: Reading[] = [DEFAULT_READING];
  for (const question of questions) {
    readings = [...readings, ...readings.map((reading) => ({ ...reading, [question]: true }))];
  }
  return readings;
}

/** The questions to which two readings give different answers. */
export function differences(a: Reading, b: Reading): readonly Question[] {
  return QUESTIONS.filter((question) => a[question] !== b[question]);
}

function isQuestion(name: string): name is Question {
  return Object.hasOwn(OPEN_QUESTIONS, name);
}

function matters(question: Question, { selector, test }: Comparison): boolean {
  if (test.operator !== "=" && test.operator !== "!=") return false;
  const kinds = kindsAt(selector);
  const { operand } = test;
  const differs = test.operator === "!=";
  switch (question) {
    case "missingDiffers":
      return differs && kinds.has("missing");
    case "nullDiffers":
      return differs && kinds.has("null");
    case "innerStarIsWildcard":
      return hasInnerStar(operand);
    case "booleansAreText":
      return kinds.has("true") || kinds.has("false");
    case "numbersAreText":
      return (
        kinds.has("number") && (operand.kind === "regex" || (operand.kind === "text" && operand.text !== "*"))
      );
    case "everyElementDiffers":
      return differs && selector.some((step) => step.kind === "any-element" || step.kind === "any-field");
    default:
      return question satisfies never;
  }
}

function hasInnerStar(operand: Operand): boolean {
  return (
    (operand.kind === "text" || operand.kind === "number-pattern") && operand.text.slice(1, -1).includes("*")
  );
}
