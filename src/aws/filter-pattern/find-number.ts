// The search for a number that satisfies comparisons, by value and by its digits.

import { automatonOf, type Bound, contains, findWord, type Outcome, type Workshop } from "./automaton.ts";
import { languageOfRegex } from "./language.ts";
import { parseRegex } from "./regex.ts";

export interface NumberBound {
  readonly operator: "=" | "<" | ">" | "<=" | ">=";
  readonly value: number;
  /** Whether the comparison has to hold or has to fail. */
  readonly holds: boolean;
}

/** How JavaScript writes finite numbers, one alternative for each shape. */
const WRITTEN_NUMBER =
  "^-?0$|^-?[1-9]\\d*$|^-?0\\.\\d*[1-9]$|^-?[1-9]\\d*\\.\\d*[1-9]$|^-?[1-9]e[+-][1-9]\\d*$|^-?[1-9]\\.\\d*[1-9]e[+-][1-9]\\d*$";

/**
 * A number within all bounds whose digits are inside and outside of the languages as asked; small whole ones first.
 * "none" is a proof. "gave-up" where bounds by value and by digits meet and no candidate fits.
 */
export function findNumber(
  bounds: readonly NumberBound[],
  digits: readonly Bound[],
  workshop: Workshop,
): Outcome<number> {
  if (digits.some(({ automaton }) => automaton.language.oversized)) return "gave-up";
  const fits = (value: number): boolean => {
    workshop.steps -= bounds.length + digits.length;
    return (
      Number.isFinite(value) &&
      bounds.every((bound) => isWithin(bound, value)) &&
      digits.every(({ automaton, inside }) => contains(automaton, String(value)) === inside)
    );
  };
  if (isEmpty(bounds)) return "none";
  const exact = exactValue(bounds, digits);
  if (exact !== undefined) return fits(exact) ? { found: exact } : "none";
  const found = candidates(bounds, digits).find(fits);
  if (found !== undefined) return { found };
  return digits.length > 0 ? byDigits(digits, fits, workshop) : "gave-up";
}

/** The only number that can be within the bounds, when one of them names it. */
function exactValue(bounds: readonly NumberBound[], digits: readonly Bound[]): number | undefined {
  const named = bounds.find(({ operator, holds }) => operator === "=" && holds)?.value;
  const written = digits.find(({ automaton, inside }) => inside && automaton.language.word !== undefined);
  return named ?? (written === undefined ? undefined : Number(written.automaton.language.word));
}

export function isWithin(bound: NumberBound, value: number): boolean {
  return compares(bound, value) === bound.holds;
}

function compares({ operator, value: bound }: NumberBound, value: number): boolean {
  switch (operator) {
    case "=":
      return value === bound;
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

function candidates(bounds: readonly NumberBound[], digits: readonly Bound[]): readonly number[] {
  const named = bounds.map(({ value }) => value).toSorted((a, b) => a - b);
  const between = named.flatMap((value, at) => {
    const next = named[at + 1];
    return next === undefined ? [] : [Math.floor(value) + 1, (value + next) / 2];
  });
  const around = named.flatMap((value) => [
    value,
    value + 1,
    value - 1,
    value + 0.5,
    value - 0.5,
    value * 2 + 1,
  ]);
  const written = digits.map(({ automaton }) => Number(automaton.language.example || "x"));
  const counting = Array.from({ length: bounds.length + digits.length + 2 }, (_, at) => at);
  return [...counting, ...between, ...around, ...written];
}

/** Whether no real number is within the bounds; bounds on digits are not looked at. */
function isEmpty(bounds: readonly NumberBound[]): boolean {
  let [low, lowOpen, high, highOpen] = [-Infinity, true, Infinity, true];
  const excluded = new Set<number>();
  for (const { operator, value, holds: wanted } of bounds) {
    if (operator === "=" && !wanted) excluded.add(value);
    const above = operator === "=" ? wanted : operator.startsWith(">") === wanted;
    const below = operator === "=" ? wanted : operator.startsWith("<") === wanted;
    const open = operator.endsWith("=") !== wanted;
    if (above && (value > low || (value === low && open))) [low, lowOpen] = [value, open];
    if (below && (value < high || (value === high && open))) [high, highOpen] = [value, open];
  }
  if (low > high) return true;
  return low === high && (lowOpen || highOpen || excluded.has(low));
}

/** The shortest number by its digits alone; that it is out of bounds proves nothing about the others. */
function byDigits(
  digits: readonly Bound[],
  fits: (value: number) => boolean,
  workshop: Workshop,
): Outcome<number> {
  const syntax = parseRegex(WRITTEN_NUMBER);
  if (!("regex" in syntax)) return "gave-up";
  const number = { automaton: automatonOf(languageOfRegex(syntax.regex), workshop), inside: true };
  const word = findWord([number, ...digits], [], workshop);
  if (typeof word === "object") return fits(Number(word.found)) ? { found: Number(word.found) } : "gave-up";
  return word;
}
