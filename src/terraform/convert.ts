// Conversions between scalars, as operators, templates and functions make them without being asked.

import type { Value } from "../model/value.ts";
import { fail } from "./failure.ts";
import { type Exact, knownNumber, numberIn, parseNumber } from "./number.ts";
import { derived, printScalar, text } from "./values.ts";

/** As a string. What is not known stays what it is: it is a string, or becomes one at apply. Null stays null. */
export function toText(value: Value): Value {
  if (value.kind === "list" || value.kind === "map") return fail("a collection is no string");
  if (value.kind !== "known" || value.value === null) return value;
  return text(printScalar(value), value.sensitive);
}

export function toNumber(value: Value): Value {
  if (value.kind === "list" || value.kind === "map") return fail("a collection is no number");
  if (value.kind === "text") return derived([value]);
  if (value.kind !== "known" || value.value === null) return value;
  return knownNumber(exactNumber(value), value.sensitive);
}

/** The number of a known value. */
export function exactNumber(value: Extract<Value, { kind: "known" }>): Exact {
  const number = typeof value.value === "string" ? parseNumber(value.value) : numberIn(value);
  return number ?? fail("the value is no number");
}

export function toBool(value: Value): Value {
  if (value.kind === "list" || value.kind === "map") return fail("a collection is neither true nor false");
  if (value.kind === "text") return derived([value]);
  if (value.kind !== "known" || value.value === null || typeof value.value === "boolean") return value;
  if (value.value === "true" || value.value === "1") return { ...value, value: true };
  if (value.value === "false" || value.value === "0") return { ...value, value: false };
  return fail("the value is neither true nor false");
}
