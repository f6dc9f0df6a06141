// Reads parts of what AWS commands print. Missing is fine; another type than AWS prints is refused, since a list
// silently taken for empty could turn a verdict.

import { get, isArray, isObject, type Json, type JsonObject } from "../../model/json.ts";
import type { InputError } from "../../model/problem.ts";
import type { Scalar } from "../../model/value.ts";
import { nameOf } from "../document-kind.ts";
import { refusal } from "../refusal.ts";

/** The list at `key`; empty for missing or null. */
export function listAt(parent: Json | undefined, key: string, label: string): readonly Json[] {
  const value = get(parent, key) ?? [];
  if (!isArray(value)) throw wrongShape(key, value, "a list", label);
  return value;
}

/** The objects of the list at `key`. */
export function objectsAt(parent: Json | undefined, key: string, label: string): readonly JsonObject[] {
  return listAt(parent, key, label).map((item) => {
    if (!isObject(item)) throw wrongShape(key, item, "a list of objects", label);
    return item;
  });
}

/** The object at `key`; `undefined` for missing or null. */
export function objectAt(parent: Json | undefined, key: string, label: string): JsonObject | undefined {
  const value = get(parent, key) ?? undefined;
  if (value !== undefined && !isObject(value)) throw wrongShape(key, value, "an object", label);
  return value;
}

/** The scalar at `key`; `null` for missing. */
export function scalarAt(parent: Json | undefined, key: string, label: string): Scalar {
  const value = get(parent, key) ?? null;
  if (isObject(value) || isArray(value)) throw wrongShape(key, value, "a single value", label);
  return value as Scalar;
}

/** The text at `key`; `undefined` for missing, null and empty. */
export function textAt(parent: Json | undefined, key: string, label: string): string | undefined {
  const value = scalarAt(parent, key, label);
  if (value === null || value === "") return undefined;
  if (typeof value !== "string") throw wrongShape(key, value, "text", label);
  return value;
}

function wrongShape(key: string, value: Json, expected: string, label: string): InputError {
  return refusal({
    code: "output-shape",
    place: label,
    message: `${JSON.stringify(key)} is ${nameOf(value)} where AWS prints ${expected}`,
    help: "save what the command prints as it is, without --query",
  });
}
