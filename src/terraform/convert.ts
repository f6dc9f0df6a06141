// Conversions between scalars, as operators, templates and functions make them without being asked.

import type { Value } from "../model/value.ts";
import { fail } from "./failure.ts";
import { type Exact, knownNumber, numberIn, parseNumber } from "./number.ts";
import { derived, printScalar, text } from "./values.ts";

/** As a string. What is not known stays what it is: it is a string, or becomes one at apply. Null stays null. */
export function toText(value: Value): Value {
  switch (value.kind) {
    case "known":
      if (value.value === null || typeof value.value === "string") return value;
      return text(printScalar(value), value.sensitive);
    case "reference":
    case "text":
    case "unknown":
      return value;
    case "list":
    case "map":
      return fail("a collection is no string");
    default:
      return value satisfies never;
  }
}

export function toNumber(value: Value): Value {
  switch (value.kind) {
    case "known": {
      if (value.value === null || typeof value.value === "number") return value;
      return knownNumber(exactNumber(value), value.sensitive);
    }
    case "reference":
    case "unknown":
      return value;
    case "text":
      return derived([value]);
    case "list":
    case "map":
      return fail("a collection is no number");
    default:
      return value satisfies never;
  }
}

/** The number of a known value. */
export function exactNumber(value: Extract<Value, { kind: "known" }>): Exact {
  const number = typeof value.value === "string" ? parseNumber(value.value) : numberIn(value);
  return number ?? fail("the value is no number");
}

export function toBool(value: Value): Value {
  switch (value.kind) {
    case "known": {
      if (value.value === null || typeof value.value === "boolean") return value;
      if (value.value === "true" || value.value === "1") return { ...value, value: true };
      if (value.value === "false" || value.value === "0") return { ...value, value: false };
      return fail("the value is neither true nor false");
    }
    case "reference":
    case "unknown":
      return value;
    case "text":
      return derived([value]);
    case "list":
    case "map":
      return fail("a collection is neither true nor false");
    default:
      return value satisfies never;
  }
}
