// Whether a pattern matches one event, by looking at the event. Shares nothing with covers.ts but the syntax tree,
// so that each can check the other.

import { get, isArray, isObject, type Json } from "../../model/json.ts";
import type { Comparison, Expression, Operand, Pattern, Selector, Term, Terms } from "./ast.ts";
import { has } from "./character-set.ts";
import { DEFAULT_READING, type Reading } from "./readings.ts";
import type { Piece, Regex } from "./regex.ts";

/**
 * Whether CloudWatch Logs would count the event, under one reading of what AWS leaves open.
 * Terms are looked for in the event's JSON text as `JSON.stringify` writes it.
 */
export function matches(pattern: Pattern, event: Json, reading: Reading = DEFAULT_READING): boolean {
  switch (pattern.form) {
    case "json":
      return holds(pattern.expression, event, reading);
    case "everything":
      return true;
    case "terms":
      return termsHold(pattern, JSON.stringify(event));
    case "delimited":
      return false;
    default:
      return pattern satisfies never;
  }
}

const WORDS = { null: null, true: true, false: false } as const;

function holds(expression: Expression, event: Json, reading: Reading): boolean {
  switch (expression.kind) {
    case "and":
      return expression.operands.every((operand) => holds(operand, event, reading));
    case "or":
      return expression.operands.some((operand) => holds(operand, event, reading));
    case "comparison":
      return comparisonHolds(expression, event, reading);
    default:
      return expression satisfies never;
  }
}

function comparisonHolds({ selector, test }: Comparison, event: Json, reading: Reading): boolean {
  const values = select(event, selector);
  switch (test.operator) {
    case "not-exists":
      return values.every((value) => value === undefined);
    case "is":
      return values.some((value) => value === WORDS[test.operand]);
    case "=":
      return values.some((value) => equals(test.operand, value, reading) === true);
    case "!=": {
      const differs = (value: Json | undefined): boolean => differsFrom(test.operand, value, reading);
      if (!reading.everyElementDiffers) return values.some(differs);
      return values.length > 0 && values.every(differs);
    }
    default: {
      const { operator, operand } = test;
      return values.some((value) => typeof value === "number" && compare(value, operator, operand.value));
    }
  }
}

/** The values a selector names: one, `undefined` when missing; after a wildcard one for each element or field. */
function select(event: Json, selector: Selector): readonly (Json | undefined)[] {
  let values: readonly (Json | undefined)[] = [event];
  for (const step of selector) {
    values = values.flatMap((value): readonly (Json | undefined)[] => {
      switch (step.kind) {
        case "name":
          return [get(value, step.name)];
        case "index":
          return [isArray(value) ? value[step.index] : undefined];
        case "any-element":
          return isArray(value) ? value : [];
        case "any-field":
          return isObject(value) ? Object.values(value) : [];
        default:
          return step satisfies never;
      }
    });
  }
  return values;
}

function compare(value: number, operator: "<" | ">" | "<=" | ">=", bound: number): boolean {
  switch (operator) {
    case "<":
      return value < bound;
    case ">":
      return value > bound;
    case "<=":
      return value <= bound;
    case ">=":
      return value >= bound;
    default:
      return operator satisfies never;
  }
}

/** `undefined`: the two cannot be compared, and neither `=` nor `!=` holds. */
function equals(operand: Operand, value: Json | undefined, reading: Reading): boolean | undefined {
  switch (typeof value) {
    case "string":
      return textEquals(operand, value, reading);
    case "boolean":
      return reading.booleansAreText ? textEquals(operand, String(value), reading) : undefined;
    case "number":
      if (operand.kind === "number") return value === operand.value;
      return operand.kind === "number-pattern" || isStar(operand) || reading.numbersAreText
        ? textEquals(operand, String(value), reading)
        : undefined;
    default:
      return undefined;
  }
}

function differsFrom(operand: Operand, value: Json | undefined, reading: Reading): boolean {
  if (value === undefined) return reading.missingDiffers;
  if (value === null) return reading.nullDiffers;
  return equals(operand, value, reading) === false;
}

function isStar(operand: Operand): boolean {
  return operand.kind === "text" && operand.text === "*";
}

function textEquals(operand: Operand, value: string, reading: Reading): boolean {
  if (operand.kind === "regex") return regexMatches(operand.regex, value);
  if (operand.kind === "number") return value === operand.text;
  return wildcardMatches(operand.text, value, reading.innerStarIsWildcard);
}

function wildcardMatches(pattern: string, value: string, innerStarIsWildcard: boolean): boolean {
  const [first = "", ...rest] = piecesBetweenStars(pattern, innerStarIsWildcard);
  const last = rest.pop();
  if (last === undefined) return value === first;
  const end = value.length - last.length;
  if (end < first.length || !value.startsWith(first) || !value.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = value.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/** `*x` is the pieces "" and "x"; text without a wildcard is one piece. */
function piecesBetweenStars(pattern: string, innerStarIsWildcard: boolean): string[] {
  if (innerStarIsWildcard) return pattern.split("*");
  const open = pattern.startsWith("*");
  const close = pattern.endsWith("*");
  return [...(open ? [""] : []), pattern.slice(open ? 1 : 0, close ? -1 : undefined), ...(close ? [""] : [])];
}

/** Every alternative is a plain sequence, so a set of possible positions suffices: no backtracking. */
/** Whether the expression is found in the text. Cost: length of the text times that of the expression. */
export function regexMatches({ alternatives }: Regex, value: string): boolean {
  return alternatives.some((pieces) => {
    let positions: readonly boolean[] = new Array<boolean>(value.length + 1).fill(true);
    for (const piece of pieces) positions = positionsAfter(piece, positions, value);
    return positions.includes(true);
  });
}

/** Linear in the text, however often the piece repeats. */
function positionsAfter(piece: Piece, before: readonly boolean[], value: string): boolean[] {
  if (piece.kind === "start") return before.map((reached, at) => reached && at === 0);
  if (piece.kind === "end") return before.map((reached, at) => reached && at === value.length);
  const { set, min, max } = piece;
  /** How many positions before each one were reached. */
  const counts = [0];
  for (const reached of before) counts.push((counts.at(-1) ?? 0) + (reached ? 1 : 0));
  let run = 0;
  return before.map((_, at) => {
    run = at > 0 && has(set, value.charCodeAt(at - 1)) ? run + 1 : 0;
    // From anywhere between `most` and `min` characters back, if all of them are in the set.
    const most = Math.min(max, run);
    return most >= min && (counts[at - min + 1] ?? 0) > (counts[at - most] ?? 0);
  });
}

function termsHold({ include, exclude, optional }: Terms, text: string): boolean {
  const occurs = (term: Term): boolean =>
    term.kind === "text" ? text.includes(term.text) : regexMatches(term.regex, text);
  if (include.length + exclude.length === 0) return optional.some(occurs);
  return include.every(occurs) && !exclude.some(occurs);
}
