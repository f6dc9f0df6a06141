// Collection functions. Those that only move elements around keep references as they are; those that ask about
// elements answer where what is known decides. Sets of functions on sets stand in set.ts.
// Source: https://developer.hashicorp.com/terraform/language/functions#collection-functions

import { all, any, known, type Tri, UNSET, type Value } from "../../model/value.ts";
import { indexInto } from "../access.ts";
import { toBool, toText } from "../convert.ts";
import { equalValues } from "../equality.ts";
import { fail } from "../failure.ts";
import { knownNumber } from "../number.ts";
import type { Scope } from "../scope.ts";
import {
  allDiffer,
  derived,
  distinctValues,
  isSettled,
  isSeveral,
  isUnordered,
  list,
  madeFrom,
  mapOf,
  marked,
  oneOf,
  reasonOf,
  set,
  several,
  spread,
  text,
  tuple,
  unordered,
} from "../values.ts";
import { graphemes } from "./known-text.ts";
import {
  aListOf,
  aMapOf,
  aNumber,
  aText,
  aWholeNumber,
  elements,
  type FunctionTable,
  moving,
  pure,
  revealing,
} from "./signature.ts";

const ANY_NUMBER = Number.POSITIVE_INFINITY;

export const collectionFunctions: FunctionTable = {
  alltrue: revealing(1, 1, ([values = UNSET]) => truth(values, all)),
  anytrue: revealing(1, 1, ([values = UNSET]) => truth(values, any)),
  chunklist: moving(2, 2, chunks),
  coalesce: moving(1, ANY_NUMBER, coalesce),
  coalescelist: moving(1, ANY_NUMBER, coalesceList),
  compact: moving(1, 1, ([values = UNSET]) => compact(values)),
  concat: moving(1, ANY_NUMBER, concat),
  contains: revealing(2, 2, ([values = UNSET, wanted = UNSET]) => contains(values, wanted)),
  distinct: moving(1, 1, ([values = UNSET]) => distinct(values)),
  element: moving(2, 2, element),
  flatten: moving(1, 1, ([value = UNSET]) =>
    value.kind === "list" ? spread(value.elements, flatten) : derivedList([value]),
  ),
  index: revealing(2, 2, ([values = UNSET, wanted = UNSET]) => indexOf(values, wanted)),
  keys: moving(1, 1, ([map = UNSET]) =>
    map.kind === "map" ? list([...map.entries.keys()].map((key) => text(key))) : derivedMap([map]),
  ),
  length: moving(1, 1, ([value = UNSET]) => length(value)),
  lookup: moving(2, 3, lookup),
  matchkeys: moving(3, 3, matchKeys),
  merge: moving(0, ANY_NUMBER, merge),
  one: moving(1, 1, ([values = UNSET]) => one(values)),
  range: pure<[number], [number, number]>([aDouble], range, [aDouble, aDouble]),
  reverse: moving(1, 1, ([values = UNSET]) =>
    values.kind === "list" ? { ...values, elements: ordered(values).toReversed() } : derivedList([values]),
  ),
  slice: moving(3, 3, slice),
  sort: moving(1, 1, ([values = UNSET]) => sort(values)),
  transpose: pure<[ReadonlyMap<string, readonly string[]>]>([aMapOf(aListOf(aText))], transpose),
  values: moving(1, 1, ([map = UNSET]) =>
    map.kind === "map" ? tuple([...map.entries.values()]) : derivedMap([map]),
  ),
  zipmap: moving(2, 2, zipmap),
};

function aDouble(value: Value): number {
  return aNumber(value).toNumber();
}

/** Unknown, or a failure where what should be a list is known to be none. */
function derivedList(values: readonly Value[]): Value {
  if (
    values.some((value) => value.kind !== "list" && value.kind !== "unknown" && value.kind !== "reference")
  ) {
    return fail("no list");
  }
  return madeFrom(values);
}

/** The same for maps, of values that are none. */
function derivedMap(values: readonly Value[]): Value {
  if (values.some((value) => value.kind !== "unknown" && value.kind !== "reference")) return fail("no map");
  return derived(values);
}

/** Whether the positions of the elements are known. */
function isOrdered(value: Value): value is Extract<Value, { kind: "list" }> {
  return (
    value.kind === "list" && (value.form !== "set" || isSettled(value)) && !value.elements.some(isSeveral)
  );
}

function ordered(value: Value): readonly Value[] {
  return elements(value);
}

// Questions about elements

function truth(values: Value, combine: (answers: Iterable<Tri>) => Tri): Value {
  if (values.kind !== "list") return derivedList([values]);
  const answers = values.elements.map((value): Tri => {
    const bool = toBool(value);
    if (bool.kind !== "known") return "maybe";
    return bool.value === true ? "yes" : "no";
  });
  return fromTri(combine(answers), [values]);
}

function fromTri(answer: Tri, values: readonly Value[]): Value {
  return answer === "maybe" ? derived(values) : known(answer === "yes");
}

function contains(values: Value, wanted: Value): Value {
  if (values.kind !== "list") return derivedList([values]);
  if (wanted.kind === "known" && wanted.value === null) return fail("null is not looked for");
  return fromTri(any(values.elements.map((value) => equalValues(value, wanted))), [values, wanted]);
}

function indexOf(values: Value, wanted: Value): Value {
  if (!isOrdered(values)) return derivedList([values]);
  for (const [position, value] of values.elements.entries()) {
    const answer = equalValues(value, wanted);
    if (answer === "yes") return knownNumber(position);
    if (answer === "maybe") return derived([values, wanted]);
  }
  return fail("the list does not hold the value");
}

function length(value: Value): Value {
  if (value.kind === "map") return knownNumber(value.entries.size);
  if (value.kind === "list") {
    const isCounted = !value.elements.some(isSeveral) && (value.form !== "set" || allDiffer(value.elements));
    return isCounted ? knownNumber(value.elements.length) : derived([value]);
  }
  if (value.kind === "known") {
    if (typeof value.value !== "string") return fail("the value has no length");
    return knownNumber(graphemes(value.value).length, value.sensitive);
  }
  return derived([value]);
}

// Picking

function element([values = UNSET, position = UNSET]: readonly Value[], { scope }: { scope: Scope }): Value {
  if (values.kind !== "list") return derivedList([values]);
  const { elements } = values;
  if (elements.length === 0) return fail("the list is empty");
  if (position.kind !== "known" || elements.some(isSeveral))
    return indexInto(values, derived([position, ...elements]), scope);
  // Terraform up to 1.11 refuses negative positions; later ones and OpenTofu count them from the end.
  const index = aWholeNumber(position) % elements.length;
  return indexInto(values, knownNumber(index < 0 ? index + elements.length : index), scope);
}

function lookup([map = UNSET, key = UNSET, fallback]: readonly Value[], { scope }: { scope: Scope }): Value {
  if (map.kind !== "map") {
    const found = derivedMap([map]);
    return fallback === undefined ? found : oneOf([found, fallback], reasonOf([map]));
  }
  if (key.kind !== "known") {
    const candidates = [...map.entries.values(), ...(fallback === undefined ? [] : [fallback])];
    return candidates.length === 0 ? fail("the map is empty") : oneOf(candidates, reasonOf([key]));
  }
  const name = aText(key);
  if (map.entries.has(name) || fallback === undefined) return indexInto(map, text(name), scope);
  return fallback;
}

/** Whether a value is null or, for strings, empty. */
function isEmpty(value: Value): Tri {
  return any([equalValues(value, UNSET), equalValues(value, known(""))]);
}

/** The first argument that is neither null nor an empty string. Strings among the arguments make all of them strings. */
function coalesce(args: readonly Value[]): Value {
  const hasText = args.some(
    (arg) => arg.kind === "text" || (arg.kind === "known" && typeof arg.value === "string"),
  );
  const left = args.filter((arg) => isEmpty(arg) !== "yes");
  const sure = left.findIndex((arg) => isEmpty(arg) === "no");
  const candidates = (sure < 0 ? left : left.slice(0, sure + 1)).map((arg) => (hasText ? toText(arg) : arg));
  if (candidates.length === 0) return fail("all arguments are null or empty");
  return oneOf(candidates, reasonOf(candidates));
}

function coalesceList(args: readonly Value[]): Value {
  const candidates: Value[] = [];
  if (args.some((arg) => arg.kind !== "list" && isSettled(arg))) return fail("no list");
  for (const arg of args) {
    if (arg.kind === "list" && arg.elements.length === 0) continue;
    candidates.push(arg);
    if (arg.kind === "list" && !arg.elements.every(isSeveral)) break;
  }
  if (candidates.length === 0) return fail("all lists are empty");
  return oneOf(candidates, reasonOf(candidates));
}

function one(values: Value): Value {
  if (values.kind !== "list") return derivedList([values]);
  const [first, ...others] = values.elements;
  if (first === undefined) return UNSET;
  if (others.length === 0 && !isSeveral(first)) return first;
  const isSure = !values.elements.some(isSeveral) && (values.form !== "set" || allDiffer(values.elements));
  return isSure ? fail("the list has more than one element") : derived([values]);
}

// Building lists

function concat(args: readonly Value[]): Value {
  const joined = tuple(
    args.flatMap((arg) => {
      if (arg.kind === "list") return arg.elements.map((element) => marked(element, arg.sensitive));
      return isSettled(arg) || arg.kind === "text" ? fail("no list") : [severalOf(arg)];
    }),
  );
  return args.some(isUnordered) ? unordered(joined) : joined;
}

/** The elements of a list that is not known: whatever it can hold, any number of times. */
function severalOf(arg: Value): Value {
  return several(derived([arg]));
}

function flatten(elements: readonly Value[]): Value {
  const flat = tuple(
    elements.flatMap((element): readonly Value[] => {
      if (element.kind !== "list") return element.kind === "unknown" ? [severalOf(element)] : [element];
      const inner = flatten(element.elements);
      return inner.kind === "list" ? inner.elements.map((one) => marked(one, element.sensitive)) : [inner];
    }),
  );
  return elements.some(holdsUnordered) ? unordered(flat) : flat;
}

function holdsUnordered(value: Value): boolean {
  return isUnordered(value) || (value.kind === "list" && value.elements.some(holdsUnordered));
}

/** Elements that may be empty strings are left in, marked as ones that may not be there. */
function compact(values: Value): Value {
  if (values.kind !== "list") return derivedList([values]);
  const kept = values.elements
    .map((element) => ({ element, empty: isEmpty(element) }))
    .filter(({ empty }) => empty !== "yes")
    .map(({ element, empty }) => (empty === "maybe" ? several(withoutEmpty(element)) : toText(element)));
  return { ...values, form: isUnordered(values) ? "set" : "list", elements: kept };
}

/** Of what an element can be, what `compact` would keep. */
function withoutEmpty(element: Value): Value {
  if (element.kind !== "unknown" || element.relation !== "one-of") return element;
  return { ...element, candidates: element.candidates.filter((candidate) => isEmpty(candidate) !== "yes") };
}

function distinct(values: Value): Value {
  if (values.kind !== "list") return derivedList([values]);
  const kept = distinctValues(unifiedScalars(values.elements));
  // Where two may be equal, one of them may be gone: the positions behind it are not known.
  return allDiffer(kept) && !isUnordered(values) ? list(kept) : set(kept);
}

function unifiedScalars(values: readonly Value[]): readonly Value[] {
  const hasText = values.some((value) => value.kind === "known" && typeof value.value === "string");
  return hasText ? values.map(toText) : values;
}

function sort(values: Value): Value {
  if (values.kind !== "list") return derivedList([values]);
  const sorted = set(values.elements.map(toText));
  if (!isSettled(values)) return sorted;
  const kept = values.elements.map(aText);
  return list(
    elements(sorted).flatMap((value) => kept.filter((one) => one === aText(value)).map((one) => text(one))),
  );
}

function slice([values = UNSET, from = UNSET, to = UNSET]: readonly Value[]): Value {
  if (!isOrdered(values) || !isSettled(from) || !isSettled(to)) return derivedList([values]);
  if (values.form === "set") return fail("a set has no positions");
  const [start, end] = [aWholeNumber(from), aWholeNumber(to)];
  if (start < 0 || end < start || end > values.elements.length) return fail("the slice is out of range");
  return { ...values, elements: values.elements.slice(start, end) };
}

function chunks([values = UNSET, size = UNSET]: readonly Value[]): Value {
  if (!isOrdered(values) || !isSettled(size)) return derivedList([values]);
  const count = aWholeNumber(size);
  if (count < 0) return fail("the size is negative");
  if (count === 0) return list([list(values.elements)]);
  const starts = Array.from(
    { length: Math.ceil(values.elements.length / count) },
    (_, index) => index * count,
  );
  return list(starts.map((start) => list(values.elements.slice(start, start + count))));
}

const MAX_RANGE = 1024;

/** `range(end)`, `range(start, end)`, `range(start, end, step)`. */
function range(first: number, second: number | undefined, third: number | undefined): Value {
  const [start, end] = second === undefined ? [0, first] : [first, second];
  if (start === end) return list([]);
  const isUp = start < end;
  const step = third ?? (isUp ? 1 : -1);
  if (isUp ? step <= 0 : step >= 0) return fail("the step leads away");
  const numbers: Value[] = [];
  for (let at = start; isUp ? at < end : at > end; at += step) {
    if (numbers.length >= MAX_RANGE) return fail("the range has more than 1024 numbers");
    numbers.push(knownNumber(at));
  }
  return list(numbers);
}

function matchKeys([values = UNSET, keys = UNSET, wanted = UNSET]: readonly Value[]): Value {
  if (!isOrdered(values) || !isOrdered(keys) || wanted.kind !== "list")
    return derivedList([values, keys, wanted]);
  if (values.elements.length !== keys.elements.length) return fail("the lists are of different lengths");
  return list(
    values.elements.flatMap((value, position) => {
      const key = keys.elements[position] ?? UNSET;
      const answer = any(wanted.elements.map((one) => equalValues(one, key)));
      if (answer === "no") return [];
      return answer === "yes" ? [value] : [several(value)];
    }),
  );
}

// Maps

function merge(args: readonly Value[]): Value {
  const given = args.filter((arg) => !(arg.kind === "known" && arg.value === null));
  if (!given.every((arg) => arg.kind === "map")) {
    derivedMap(given.filter((arg) => arg.kind !== "map"));
    return madeFrom(given.flatMap((arg) => (arg.kind === "map" ? [...arg.entries.values()] : [arg])));
  }
  return mapOf(
    given.flatMap((arg) =>
      [...arg.entries].map(([key, value]) => [key, marked(value, arg.sensitive)] as const),
    ),
  );
}

function zipmap([keys = UNSET, values = UNSET]: readonly Value[]): Value {
  if (!isOrdered(keys) || !isOrdered(values) || !isSettled(keys)) return derivedList([keys, values]);
  if (keys.elements.length !== values.elements.length) return fail("the lists are of different lengths");
  return mapOf(keys.elements.map((key, position) => [aText(key), values.elements[position] ?? UNSET]));
}

function transpose(map: ReadonlyMap<string, readonly string[]>): Value {
  const result = new Map<string, Value[]>();
  for (const [key, names] of map) {
    for (const name of names) result.set(name, [...(result.get(name) ?? []), text(key)]);
  }
  return mapOf([...result].map(([name, keys]) => [name, list(keys)]));
}
