// Builds values as the language does: strings from parts, sets without duplicates, maps in key order, and unknown
// values that remember what they can be. Keeps every value small enough to be walked.

import { known, UNSET, type Unknown, type UnknownOrigin, unknown, type Value } from "../model/value.ts";
import { equalValues, isSame } from "./equality.ts";
import { attempt, EvaluationFailure, fail } from "./failure.ts";
import { numberIn, printNumber } from "./number.ts";

/** A string longer than this, or a value with more parts, is refused: nothing real comes near, doubling does. */
const MAX_TEXT = 4_000_000;
const MAX_PARTS = 1_000_000;
const MAX_TEXT_PARTS = 10_000;

/** A value with more candidates than this is as good as unknown. */
export const MAX_CANDIDATES = 16;

interface Extent {
  /** How many values a walk through it visits. */
  readonly parts: number;
  readonly settled: boolean;
  readonly definite: boolean;
  readonly sensitive: boolean;
}

const extents = new WeakMap<Value, Extent>();

function extentOf(value: Value): Extent {
  const found = extents.get(value);
  if (found !== undefined) return found;
  const inside = partsOf(value).map(extentOf);
  const parts = inside.reduce((sum, part) => sum + part.parts, 1);
  if (parts > MAX_PARTS) fail("the value has too many parts");
  const open = value.kind === "reference" || value.kind === "text" || value.kind === "unknown";
  const extent = {
    parts,
    settled: !open && inside.every((part) => part.settled),
    definite: value.kind !== "unknown" && inside.every((part) => part.definite),
    sensitive: value.sensitive || inside.some((part) => part.sensitive),
  };
  extents.set(value, extent);
  return extent;
}

function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case "list":
      return value.elements;
    case "map":
      return [...value.entries.values()];
    case "text":
      return value.parts;
    case "unknown":
      return value.candidates;
    case "known":
    case "reference":
      return [];
    default:
      return value satisfies never;
  }
}

/** Whether all of it is known before apply. */
export function isSettled(value: Value): boolean {
  return value.kind === "known" || extentOf(value).settled;
}

/** Whether no part of it is undecided: what is undecided may be refused at apply, known values and references not. */
export function isDefinite(value: Value): boolean {
  return value.kind === "known" || extentOf(value).definite;
}

/** Whether any part of it is sensitive; unlike the model's own walk it visits shared parts once. */
export function holdsSensitive(value: Value): boolean {
  return value.sensitive || (value.kind !== "known" && extentOf(value).sensitive);
}

/** The value, marked when `sensitive`. */
export function marked(value: Value, sensitive: boolean): Value {
  return sensitive && !value.sensitive ? { ...value, sensitive: true } : value;
}

// Strings

export function text(value: string, sensitive = false): Value {
  if (value.length > MAX_TEXT) fail("the string is too long");
  return known(value, sensitive);
}

/** A string from string-like parts: known where all are, the part itself where it is the only one. */
export function joinText(parts: readonly Value[]): Value {
  const flat: Value[] = [];
  let literal = "";
  let sensitive = false;
  const flush = () => {
    if (literal !== "") flat.push(text(literal));
    literal = "";
  };
  for (const part of parts.flatMap((part) => (part.kind === "text" ? part.parts : [part]))) {
    sensitive ||= part.sensitive;
    if (part.kind === "known") literal += printScalar(part);
    else {
      flush();
      flat.push(part);
    }
    if (literal.length > MAX_TEXT) fail("the string is too long");
  }
  flush();
  const [only, ...others] = flat;
  if (only === undefined) return text("", sensitive);
  if (others.length === 0) return marked(only, sensitive);
  if (flat.length > MAX_TEXT_PARTS) fail("the string has too many parts");
  const joined: Value = { kind: "text", parts: flat, sensitive };
  extentOf(joined);
  return joined;
}

/** A scalar as the language converts it to a string; null does not convert. */
export function printScalar(value: Extract<Value, { kind: "known" }>): string {
  if (value.value === null) fail("null is no string");
  return typeof value.value === "number" ? printNumber(value) : String(value.value);
}

// Collections

export function tuple(elements: readonly Value[], sensitive = false): Value {
  return sized({ kind: "list", form: "tuple", elements, sensitive });
}

export function list(elements: readonly Value[], sensitive = false): Value {
  return sized({ kind: "list", form: "list", elements, sensitive });
}

function sized(value: Value): Value {
  extentOf(value);
  return value;
}

/** Elements without duplicates. Where all are known they come in the order Terraform gives them out. */
export function set(elements: readonly Value[], sensitive = false): Value {
  const distinct = distinctValues(elements);
  const sorted = distinct.every((element) => element.kind === "known")
    ? distinct.toSorted(inOrder)
    : distinct;
  return sized({ kind: "list", form: "set", elements: sorted, sensitive });
}

/** Whether the elements come in an order that is not known: those of a set that is not wholly known. */
export function isUnordered(value: Value): boolean {
  return value.kind === "list" && value.form === "set" && value.elements.length > 1 && !isSettled(value);
}

/** What was made of an unordered list element by element has no order either; nothing is taken together. */
export function unordered(value: Value): Value {
  if (value.kind !== "list") return value;
  if (!isSettled(value)) return { ...value, form: "set" };
  // A set of known elements would count as ordered, so each place says what can stand there.
  const anyOfThem = oneOf(value.elements, { why: "expression", subject: "an element of a set" });
  return { ...value, elements: value.elements.map(() => anyOfThem) };
}

/** The first of each group of values that are surely the same. Cost: linear for scalars and references. */
export function distinctValues(elements: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  const others: Value[] = [];
  return elements.filter((element) => {
    const identity = identityOf(element);
    if (identity === undefined) {
      if (others.some((other) => isSame(other, element))) return false;
      others.push(element);
      return true;
    }
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}

/** Equal texts for values that are the same; `undefined` for those that have to be compared. */
function identityOf(value: Value): string | undefined {
  if (value.kind === "known") return `${typeof value.value} ${value.exact ?? value.value}`;
  if (value.kind === "reference") return JSON.stringify([value.to, ...value.path]);
  return undefined;
}

/** Whether all elements are known to differ, so that a set of them has this many. */
export function allDiffer(elements: readonly Value[]): boolean {
  if (elements.every((element) => element.kind === "known")) return true;
  if (elements.length > 64) return false;
  return elements.every((element, index) =>
    elements.slice(index + 1).every((other) => equalValues(element, other) === "no"),
  );
}

function inOrder(a: Value, b: Value): number {
  if (a.kind !== "known" || b.kind !== "known") return 0;
  if (typeof a.value === "string" && typeof b.value === "string") return compareText(a.value, b.value);
  const [one, other] = [numberIn(a), numberIn(b)];
  if (one !== undefined && other !== undefined) return one.cmp(other);
  return Number(a.value) - Number(b.value);
}

/** By code point, as Go compares strings. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  for (let at = 0; at < a.length && at < b.length; ) {
    const one = a.codePointAt(at) ?? 0;
    const other = b.codePointAt(at) ?? 0;
    if (one !== other) return one - other;
    at += one > 0xffff ? 2 : 1;
  }
  return a.length - b.length;
}

/** A map or object; the language walks them in key order. */
export function mapOf(entries: Iterable<readonly [string, Value]>, sensitive = false): Value {
  const sorted = [...new Map(entries)].sort(([a], [b]) => compareText(a, b));
  return sized({ kind: "map", entries: new Map(sorted), sensitive });
}

// Unknown values

/** Exactly one of the candidates, equal ones taken together. `closed`: nothing else. */
export function oneOf(candidates: readonly Value[], origin: UnknownOrigin, closed = true): Value {
  const flat = candidates.flatMap((candidate) =>
    candidate.kind === "unknown" && candidate.relation === "one-of" && candidate.candidates.length > 0
      ? candidate.candidates.map((inner) => marked(inner, candidate.sensitive))
      : [candidate],
  );
  const isClosed =
    closed && candidates.every((candidate) => candidate.kind !== "unknown" || candidate.closed);
  const distinct = distinctValues(flat);
  const [only] = distinct;
  if (only === undefined) return unknown(origin);
  if (distinct.length === 1 && (isClosed || only.kind === "unknown")) return only;
  return unknown(origin, { candidates: distinct, relation: "one-of", closed: isClosed });
}

/** Derived from the values in a way that leaves nothing of them to be recognised. */
export function derived(values: readonly Value[]): Value {
  const open = values.filter((value) => !isSettled(value));
  const sensitive = values.some(holdsSensitive);
  return unknown(reasonOf(open), { sensitive });
}

/** The value, or some elements of it, come from the values; nothing says which. */
export function madeFrom(values: readonly Value[], closed = false): Value {
  const candidates = distinctValues(values.filter((value) => !isSettled(value)));
  const besides = distinctValues(values.filter((value) => isSettled(value) && value !== UNSET));
  return unknown(reasonOf(candidates), {
    candidates,
    closed: closed && candidates.length > 0,
    sensitive: values.some(holdsSensitive),
    ...(besides.length > 0 && { besides }),
  });
}

/** Why the first of the values that is not known is not. */
export function originOf(values: readonly Value[]): UnknownOrigin | undefined {
  for (const value of values) {
    if (value.kind === "unknown") return value.origin;
    if (value.kind === "reference") return { why: "after-apply", subject: printReference(value) };
    const inner = value.kind === "known" ? undefined : originOf(partsOf(value));
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** The same, for values of which one surely is not known, and for known ones that make something that is not. */
export function reasonOf(values: readonly Value[]): UnknownOrigin {
  return originOf(values) ?? { why: "expression", subject: "expression" };
}

function printReference(value: Extract<Value, { kind: "reference" }>): string {
  return [value.to, ...value.path].join(".");
}

/** As an element of a list: any number of elements like this one, or none. */
export function several(value: Value): Value {
  if (value.kind === "unknown") return { ...value, several: true };
  const origin = originOf([value]) ?? { why: "expression", subject: "elements of a list" };
  return { ...unknown(origin, { candidates: [value], relation: "one-of", closed: true }), several: true };
}

export function isSeveral(value: Value): boolean {
  return value.kind === "unknown" && value.several === true;
}

/** An element taken out of its list: one value, whatever it stood for. */
export function taken(element: Value): Value {
  if (element.kind !== "unknown" || element.several !== true) return element;
  const { several: _, ...one } = element;
  return oneOf([one], element.origin, element.closed);
}

/** What `work` makes of each element; of one that stands for several it makes several. */
export function mapElements(
  elements: readonly Value[],
  work: (element: Value, position: number) => Value,
): readonly Value[] {
  return elements.flatMap((element, position) => {
    if (!isSeveral(element)) return [work(element, position)];
    // Where any such element would be refused there are none.
    const made = attempt(() => work(taken(element), position));
    return made instanceof EvaluationFailure ? [] : [several(made)];
  });
}

type Choice = Unknown & { readonly relation: "one-of" };

function isChoice(value: Value): value is Choice {
  return value.kind === "unknown" && value.relation === "one-of" && value.candidates.length > 0;
}

/**
 * Applies `work` to every combination of what undecided values can be: the result is one of the results. Where
 * there are too many combinations the undecided values go in as they are.
 */
export function spread(values: readonly Value[], work: (values: readonly Value[]) => Value): Value {
  const choices = values.filter(isChoice);
  if (choices.length === 0) return work(values);
  const combinations = choices.reduce((product, choice) => product * choice.candidates.length, 1);
  if (combinations > MAX_CANDIDATES) return work(values.map(opaque));
  let lines: Value[][] = [[]];
  for (const value of values) {
    const next = isChoice(value) ? value.candidates : [value];
    lines = lines.flatMap((line) => next.map((candidate) => [...line, candidate]));
  }
  return settleChoices(
    choices,
    lines.map((line) => () => work(line)),
  );
}

/** Candidates that Terraform would refuse are left out; the result then may be something else as well. */
function settleChoices(choices: readonly Choice[], works: readonly (() => Value)[]): Value {
  const results: Value[] = [];
  let failure: EvaluationFailure | undefined;
  for (const work of works) {
    const result = attempt(work);
    if (result instanceof EvaluationFailure) failure = result;
    else results.push(result);
  }
  const [first] = choices;
  if (first === undefined || results.length === 0) throw failure;
  const closed = failure === undefined && choices.every((choice) => choice.closed);
  const sensitive = choices.some((choice) => choice.sensitive);
  return marked(oneOf(results, first.origin, closed), sensitive);
}

/** An undecided value whose candidates nobody is to look into. */
function opaque(value: Value): Value {
  return isChoice(value) ? { ...value, relation: "made-from" } : value;
}
