// Patterns as formulas over atoms: one atom for each thing a comparison can ask of an event under a reading.

import type { Comparison, Expression, Pattern, Selector, Term, Terms } from "./ast.ts";
import type { Workshop } from "./automaton.ts";
import { alwaysBelow } from "./cloudtrail-fields.ts";
import type { Reading } from "./readings.ts";
import { IS_PRESENT, type ValueTest, valueTest } from "./value-test.ts";

/** All of nothing is true, some of nothing is false. */
export type Formula =
  | { readonly kind: "all" | "some"; readonly parts: readonly Formula[] }
  | { readonly kind: "literal"; readonly atom: Atom; readonly wanted: boolean };

export type Atom =
  /** The value at the selector (after a wildcard: some value) passes. */
  | { readonly kind: "field"; readonly id: number; readonly selector: Selector; readonly test: ValueTest }
  /** The term occurs in the text of the event. */
  | { readonly kind: "term"; readonly id: number; readonly term: Term };

/** Atoms by what they ask, so that equal questions are one atom. */
export type Atoms = Map<string, Atom>;

const TRUE: Formula = { kind: "all", parts: [] };
const FALSE: Formula = { kind: "some", parts: [] };

export function formulaOf(pattern: Pattern, reading: Reading, atoms: Atoms, workshop: Workshop): Formula {
  switch (pattern.form) {
    case "json":
      return ofExpression(pattern.expression, reading, atoms, workshop);
    case "everything":
      return TRUE;
    case "terms":
      return ofTerms(pattern, atoms);
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

export function fieldAtom(selector: Selector, test: ValueTest, atoms: Atoms): Formula {
  const key = `${JSON.stringify(selector)} ${test.key}`;
  const atom = atoms.get(key) ?? { kind: "field", id: atoms.size, selector, test };
  atoms.set(key, atom);
  return { kind: "literal", atom, wanted: true };
}

function ofExpression(expression: Expression, reading: Reading, atoms: Atoms, workshop: Workshop): Formula {
  if (expression.kind === "comparison") return ofComparison(expression, reading, atoms, workshop);
  const parts = expression.operands.map((operand) => ofExpression(operand, reading, atoms, workshop));
  return { kind: expression.kind === "and" ? "all" : "some", parts };
}

function ofComparison(
  { selector, test }: Comparison,
  reading: Reading,
  atoms: Atoms,
  workshop: Workshop,
): Formula {
  const passing = valueTest(test, reading, workshop);
  const wildcard = selector.some((step) => step.kind === "any-element" || step.kind === "any-field");
  if (!wildcard) return fieldAtom(selector, passing, atoms);
  if (test.operator === "not-exists") return negated(fieldAtom(selector, IS_PRESENT, atoms));
  if (test.operator !== "!=" || !reading.everyElementDiffers) return fieldAtom(selector, passing, atoms);
  const exists = fieldAtom(selector, ANY_VALUE, atoms);
  return { kind: "all", parts: [exists, negated(fieldAtom(selector, opposite(passing), atoms))] };
}

/** Passed by a missing value too: after a wildcard there is an element, whatever it holds. */
const ANY_VALUE: ValueTest = { ...IS_PRESENT, key: "any", missing: true };

function opposite(test: ValueTest): ValueTest {
  return {
    key: `not ${test.key}`,
    missing: !test.missing,
    null: !test.null,
    true: !test.true,
    false: !test.false,
    container: !test.container,
    string: typeof test.string === "boolean" ? !test.string : { ...test.string, inside: !test.string.inside },
    number: oppositeNumber(test.number),
  };
}

function oppositeNumber(number: ValueTest["number"]): ValueTest["number"] {
  if (typeof number === "boolean") return !number;
  return "language" in number ? { ...number, inside: !number.inside } : { ...number, holds: !number.holds };
}

function ofTerms({ include, exclude, optional }: Terms, atoms: Atoms): Formula {
  if (include.length + exclude.length === 0) {
    return { kind: "some", parts: optional.map((term) => ofTerm(term, atoms)) };
  }
  const parts = [
    ...include.map((term) => ofTerm(term, atoms)),
    ...exclude.map((term) => negated(ofTerm(term, atoms))),
  ];
  return { kind: "all", parts };
}

function ofTerm(term: Term, atoms: Atoms): Formula {
  // The names of fields that every event has are in every event's text.
  if (term.kind === "text" && alwaysBelow("").some((name) => name.includes(term.text))) return TRUE;
  const key = `term ${term.kind} ${term.kind === "text" ? term.text : term.regex.source}`;
  const atom = atoms.get(key) ?? { kind: "term", id: atoms.size, term };
  atoms.set(key, atom);
  return { kind: "literal", atom, wanted: true };
}
