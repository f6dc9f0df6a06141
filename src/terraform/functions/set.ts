// Functions on sets. Elements that may be equal to others are kept as ones that may not be there.

import { any, type Value } from "../../model/value.ts";
import { equalValues } from "../equality.ts";
import { fail } from "../failure.ts";
import { derived, isSettled, isSeveral, list, set, several, tuple } from "../values.ts";
import { type FunctionTable, moving } from "./signature.ts";

const ANY_NUMBER = Number.POSITIVE_INFINITY;

export const setFunctions: FunctionTable = {
  setintersection: moving(1, ANY_NUMBER, (args) =>
    withLists(args, ([first = [], ...others]) => set(first.flatMap((one) => sift(one, others, "in")))),
  ),
  setproduct: moving(2, ANY_NUMBER, (args) => withLists(args, (lists) => product(args, lists))),
  setsubtract: moving(2, 2, (args) =>
    withLists(args, ([first = [], ...others]) => set(first.flatMap((one) => sift(one, others, "out")))),
  ),
  setunion: moving(1, ANY_NUMBER, (args) => withLists(args, (lists) => set(lists.flat()))),
};

function withLists(args: readonly Value[], work: (lists: readonly (readonly Value[])[]) => Value): Value {
  if (args.some((arg) => arg.kind !== "list" && (isSettled(arg) || arg.kind === "text")))
    return fail("no set");
  const lists = args.flatMap((arg) => (arg.kind === "list" ? [arg.elements] : []));
  return lists.length === args.length ? work(lists) : derived(args);
}

/** The element, if it is in every one of the sets, or in none; as one that may not be there where that is open. */
function sift(element: Value, sets: readonly (readonly Value[])[], wanted: "in" | "out"): readonly Value[] {
  const answers = sets.map((one) => any(one.map((other) => equalValues(other, element))));
  const [keeps, drops] = wanted === "in" ? (["yes", "no"] as const) : (["no", "yes"] as const);
  if (answers.includes(drops)) return [];
  if (answers.every((answer) => answer === keeps)) return [element];
  return [several(element)];
}

const MAX_PRODUCT = 100_000;

/** Tuples of one element of each, the last one changing fastest. Of lists a list, of sets a set. */
function product(args: readonly Value[], lists: readonly (readonly Value[])[]): Value {
  const size = lists.reduce((product, one) => product * one.length, 1);
  if (size > MAX_PRODUCT) return fail("the product is too large");
  if (lists.flat().some(isSeveral)) return derived(args);
  let rows: Value[][] = [[]];
  for (const one of lists) rows = rows.flatMap((row) => one.map((element) => [...row, element]));
  const tuples = rows.map((row) => tuple(row));
  const isSet = args.some((arg) => arg.kind === "list" && arg.form === "set");
  return isSet ? set(tuples) : list(tuples);
}
