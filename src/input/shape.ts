// Reads the parts that carry a document's meaning. Missing is fine, another type than Terraform writes is refused:
// a section silently taken for empty could turn a verdict.

import { get, isArray, isObject, type Json, type JsonObject } from "../model/json.ts";
import type { InputError } from "../model/problem.ts";
import { nameOf } from "./document-kind.ts";
import { refusal } from "./refusal.ts";

export const MAX_MODULE_DEPTH = 200;

/** The list at `key`; empty for missing or null. */
export function listAt(parent: Json | undefined, key: string, label: string): readonly Json[] {
  const value = get(parent, key) ?? [];
  if (!isArray(value)) throw wrongShape(key, value, "a list", label);
  return value;
}

/** The object at `key`; `undefined` for missing or null. */
export function objectAt(parent: Json | undefined, key: string, label: string): JsonObject | undefined {
  const value = get(parent, key) ?? undefined;
  if (value !== undefined && !isObject(value)) throw wrongShape(key, value, "an object", label);
  return value;
}

/** The entries of the object at `key`; none for missing or null. */
export function entriesAt(parent: Json | undefined, key: string, label: string): [string, Json][] {
  return Object.entries(objectAt(parent, key, label) ?? {});
}

export function tooDeep(label: string): InputError {
  return refusal({
    code: "modules-too-deep",
    place: label,
    message: `modules are nested more than ${MAX_MODULE_DEPTH} levels deep`,
    help: "terraform show -json tfplan > plan.json && tfcheck plan.json",
  });
}

function wrongShape(key: string, value: Json, expected: string, label: string): InputError {
  return refusal({
    code: "document-shape",
    place: label,
    message: `${JSON.stringify(key)} is ${nameOf(value)} where Terraform writes ${expected}`,
    help: "terraform show -json tfplan > plan.json && tfcheck plan.json",
  });
}
