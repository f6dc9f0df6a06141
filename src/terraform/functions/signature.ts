// How a built-in function is written down: how many arguments it takes, what it does with values that are not known,
// and how it reads the known ones.

import type { Value } from "../../model/value.ts";
import { exactNumber, toBool, toNumber, toText } from "../convert.ts";
import { fail } from "../failure.ts";
import type { Exact } from "../number.ts";
import type { Environment } from "../scope.ts";
import { derived, isSettled, printScalar } from "../values.ts";

/** One built-in function. Arguments are values; what Terraform would refuse fails. */
export interface TerraformFunction {
  readonly call: (args: readonly Value[], environment: Environment) => Value;
  /**
   * What makes the result sensitive: anything sensitive inside an argument, only an argument as a whole (the result
   * carries the marks of the parts), or the function itself says.
   */
  readonly marks: "inside" | "whole" | "own";
}

export type FunctionTable = Readonly<Record<string, TerraformFunction>>;

/** Turns a settled value into what the function computes with; fails for what does not convert, null included. */
export type Reader<T> = (value: Value) => T;

/**
 * A function of values that are all known; with any other argument the result is unknown. `optional` arguments
 * come as `undefined` when they are left out.
 */
export function pure<Needed extends readonly unknown[], Optional extends readonly unknown[] = []>(
  needed: { readonly [Index in keyof Needed]: Reader<Needed[Index]> },
  body: (...args: [...Needed, ...{ [Index in keyof Optional]: Optional[Index] | undefined }]) => Value,
  optional?: { readonly [Index in keyof Optional]: Reader<Optional[Index]> },
): TerraformFunction {
  const readers: readonly Reader<unknown>[] = [...needed, ...(optional ?? [])];
  return {
    marks: "inside",
    call: (args) => {
      expectArguments(args, needed.length, readers.length);
      if (!args.every(isSettled)) return derived(args);
      const read = readers.map((reader, index) => {
        const argument = args[index];
        return argument === undefined ? undefined : reader(argument);
      });
      // The readers were checked against the body's parameters one by one above.
      return body(...(read as Parameters<typeof body>));
    },
  };
}

/** A function of any number of known values of one kind. */
export function variadic<T>(reader: Reader<T>, body: (args: readonly T[]) => Value): TerraformFunction {
  return {
    marks: "inside",
    call: (args) => (args.every(isSettled) ? body(args.map(reader)) : derived(args)),
  };
}

/** A function that looks after unknown arguments itself and keeps the marks of the parts that it moves around. */
export function moving(
  fewest: number,
  most: number,
  call: (args: readonly Value[], environment: Environment) => Value,
): TerraformFunction {
  return {
    marks: "whole",
    call: (args, environment) => {
      expectArguments(args, fewest, most);
      return call(args, environment);
    },
  };
}

/** Like `moving`, for results that reveal what is inside the arguments. */
export function revealing(
  fewest: number,
  most: number,
  call: (args: readonly Value[], environment: Environment) => Value,
): TerraformFunction {
  return { ...moving(fewest, most, call), marks: "inside" };
}

function expectArguments(args: readonly Value[], fewest: number, most: number): void {
  if (args.length < fewest || args.length > most) fail("the function has another number of arguments");
}

export const aText: Reader<string> = (value) => {
  const converted = toText(value);
  return converted.kind === "known" ? printScalar(converted) : fail("no string");
};

export const aNumber: Reader<Exact> = (value) => {
  const converted = toNumber(value);
  if (converted.kind !== "known" || converted.value === null) return fail("no number");
  return exactNumber(converted);
};

export const aWholeNumber: Reader<number> = (value) => {
  const number = aNumber(value);
  return number.isInteger() ? number.toNumber() : fail("no whole number");
};

export const aBool: Reader<boolean> = (value) => {
  const converted = toBool(value);
  if (converted.kind !== "known" || typeof converted.value !== "boolean")
    return fail("neither true nor false");
  return converted.value;
};

export const anyValue: Reader<Value> = (value) => value;

export function aListOf<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (value) => elements(value).map(reader);
}

/** The elements of a list, set or tuple; fails for anything else. */
export function elements(value: Value): readonly Value[] {
  return value.kind === "list" ? value.elements : fail("no list");
}

export function aMapOf<T>(reader: Reader<T>): Reader<ReadonlyMap<string, T>> {
  return (value) => {
    if (value.kind !== "map") return fail("no map");
    return new Map([...value.entries].map(([key, entry]) => [key, reader(entry)]));
  };
}
