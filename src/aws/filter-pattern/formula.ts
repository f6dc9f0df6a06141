// Patterns as formulas over atoms: one atom for each thing a comparison can ask of an event, and one for each open
// question when the reading is left open.

import type { Comparison, Expression, Pattern, Selector, Term, Terms } from "./ast.ts";
import type { Workshop } from "./automaton.ts";
import { alwaysBelow, kindsAt } from "./cloudtrail-fields.ts";
import { QUESTIONS, type Question, type Reading, readingsOver } from "./readings.ts";
import {
  IS_ANYTHING,
  IS_PRESENT,
  opposite,
  type Part,
  partsOf,
  testUnder,
  type ValueTest,
} from "./value-test.ts";

/** All of nothing is true, some of nothing is false. */
export type Formula =
  | { readonly kind: "all" | "some"; readonly parts: readonly Formula[] }
  | { readonly kind: "literal"; readonly atom: Atom; readonly wanted: boolean };

export type Atom = {
  readonly id: number;
} /** The value at the selector (after a wildcard: some value) passes. */ & (
  | { readonly kind: "field"; readonly selector: Selector; readonly test: ValueTest }
  /** The term occurs in the text of the event. */
  | { readonly kind: "term"; readonly term: Term }
  /** The answer to the question is yes. */
  | { readonly kind: "question"; readonly question: Question }
);

/** Atoms by what they ask, so that equal questions are one atom. */
export interface Vocabulary {
  readonly atoms: Map<string, Atom>;
  readonly workshop: Workshop;
}

const TRUE: Formula = { kind: "all", parts: [] };
const FALSE: Formula = { kind: "some", parts: [] };

/** What the pattern says under a reading, or under whichever reading the question atoms tell. */
export function formulaOf(pattern: Pattern, reading: Reading | "any", vocabulary: Vocabulary): Formula {
  switch (pattern.form) {
    case "json":
      return ofExpression(pattern.expression, reading, vocabulary);
    case "everything":
      return TRUE;
    case "terms":
      return ofTerms(pattern, vocabulary);
    case "delimited":
      return FALSE;
    default:
      return pattern satisfies never;
  }
}

export function negated(formula: Formula): Formula {
  if (formula.kind === "literal") return { ...formula, wanted: !formula.wanted };
  return { kind: formula.kind === "all" ? "some" : "all", parts: formula.parts.map(negated) };
}

function literal(key: string, { atoms }: Vocabulary, create: (id: number) => Atom): Formula {
  const atom = atoms.get(key) ?? create(atoms.size);
  atoms.set(key, atom);
  return { kind: "literal", atom, wanted: true };
}

function fieldLiteral(selector: Selector, test: ValueTest, vocabulary: Vocabulary): Formula {
  const key = `${JSON.stringify(selector)} ${test.key}`;
  return literal(key, vocabulary, (id) => ({ id, kind: "field", selector, test }));
}

function questionLiteral(question: Question, answer: boolean, vocabulary: Vocabulary): Formula {
  const yes = literal(question, vocabulary, (id) => ({ id, kind: "question", question }));
  return answer ? yes : negated(yes);
}

function ofExpression(expression: Expression, reading: Reading | "any", vocabulary: Vocabulary): Formula {
  if (expression.kind === "comparison") return ofComparison(expression, reading, vocabulary);
  const parts = expression.operands.map((operand) => ofExpression(operand, reading, vocabulary));
  return { kind: expression.kind === "and" ? "all" : "some", parts };
}

function ofComparison(comparison: Comparison, reading: Reading | "any", vocabulary: Vocabulary): Formula {
  const { selector, test } = comparison;
  vocabulary.workshop.steps -= 20;
  const possible = possibleParts(partsOf(test, vocabulary.workshop), selector);
  const wildcard = selector.some((step) => step.kind === "any-element" || step.kind === "any-field");
  if (wildcard && test.operator === "not-exists") {
    return negated(fieldLiteral(selector, IS_PRESENT, vocabulary));
  }
  if (wildcard && test.operator === "!=")
    return ofWildcardDifference(selector, possible, reading, vocabulary);
  if (reading !== "any") return fieldLiteral(selector, testUnder(possible, reading), vocabulary);
  return ofParts(selector, possible, vocabulary);
}

/** Without the parts that only pass what the field never holds. */
function possibleParts(parts: readonly Part[], selector: Selector): readonly Part[] {
  const kinds = kindsAt(selector);
  return parts.filter(({ when, test }) => {
    if (when.length === 0) return true;
    return (
      test.string !== false ||
      (test.missing && kinds.has("missing")) ||
      (test.null && kinds.has("null")) ||
      (test.true && kinds.has("true")) ||
      (test.false && kinds.has("false")) ||
      (test.number !== false && kinds.has("number"))
    );
  });
}

function ofParts(selector: Selector, parts: readonly Part[], vocabulary: Vocabulary): Formula {
  const some = parts.map(({ when, test }): Formula => {
    const passes = fieldLiteral(selector, test, vocabulary);
    if (when.length === 0) return passes;
    const answers = when.map(([question, answer]) => questionLiteral(question, answer, vocabulary));
    return { kind: "all", parts: [...answers, passes] };
  });
  return { kind: "some", parts: some };
}

/** `$.x[*] != "v"`: some element differs, or all do and there is one, as the reading says. */
function ofWildcardDifference(
  selector: Selector,
  parts: readonly Part[],
  reading: Reading | "any",
  vocabulary: Vocabulary,
): Formula {
  if (reading !== "any") {
    const passes = testUnder(parts, reading);
    if (!reading.everyElementDiffers) return fieldLiteral(selector, passes, vocabulary);
    const exists = fieldLiteral(selector, IS_ANYTHING, vocabulary);
    return { kind: "all", parts: [exists, negated(fieldLiteral(selector, opposite(passes), vocabulary))] };
  }
  const asked = new Set(parts.flatMap(({ when }) => when.map(([question]) => question)));
  const questions = QUESTIONS.filter((question) => question === "everyElementDiffers" || asked.has(question));
  const cases = readingsOver(questions).map((one): Formula => {
    const answers = questions.map((question) => questionLiteral(question, one[question], vocabulary));
    return { kind: "all", parts: [...answers, ofWildcardDifference(selector, parts, one, vocabulary)] };
  });
  return { kind: "some", parts: cases };
}

function ofTerms({ include, exclude, optional }: Terms, vocabulary: Vocabulary): Formula {
  if (include.length + exclude.length === 0) {
    return { kind: "some", parts: optional.map((term) => ofTerm(term, vocabulary)) };
  }
  const parts = [
    ...include.map((term) => ofTerm(term, vocabulary)),
    ...exclude.map((term) => negated(ofTerm(term, vocabulary))),
  ];
  return { kind: "all", parts };
}

function ofTerm(term: Term, vocabulary: Vocabulary): Formula {
  // The names of fields that every event has are in every event's text.
  if (term.kind === "text" && alwaysBelow("").some((name) => name.includes(term.text))) return TRUE;
  const key = `term ${term.kind} ${term.kind === "text" ? term.text : term.regex.source}`;
  return literal(key, vocabulary, (id) => ({ id, kind: "term", term }));
}
