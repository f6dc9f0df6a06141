// Zips `after`, `after_unknown` and `after_sensitive` of a change into one Value.

import { get, isArray, isObject, type Json } from "../model/json.ts";
import { known, type Step, UNSET, type Value } from "../model/value.ts";

/** Gives the value for a place that the plan marks as known only after apply. */
export type Hole = (path: readonly Step[], sensitive: boolean) => Value;

export interface PlanTrees {
  readonly values: Json | undefined;
  readonly unknown: Json | undefined;
  readonly sensitive: Json | undefined;
}

const MAX_DEPTH = 64;

/**
 * A `true` anywhere in the unknown tree ends the walk: everything below it is not known.
 * A missing value whose mask is not `true` is a plain null.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#change-representation; shapes observed
 * with Terraform 1.11 and OpenTofu 1.12.
 */
export function planValue(
  trees: PlanTrees,
  hole: Hole,
  path: readonly Step[] = [],
  sensitive = false,
): Value {
  const masked = sensitive || trees.sensitive === true;
  if (trees.unknown === true || path.length > MAX_DEPTH) return hole(path, masked);
  if (isArray(trees.values) || isArray(trees.unknown)) return list(trees, hole, path, masked);
  if (isObject(trees.values)) return map(trees, hole, path, masked);
  if (trees.values === undefined && isObject(trees.unknown) && hasUnknown(trees.unknown)) {
    return map(trees, hole, path, masked);
  }
  return trees.values === undefined || trees.values === null
    ? masked
      ? known(null, true)
      : UNSET
    : known(trees.values as string | number | boolean, masked);
}

function list(trees: PlanTrees, hole: Hole, path: readonly Step[], sensitive: boolean): Value {
  const { values, unknown, sensitive: marks } = trees;
  const length = Math.max(isArray(values) ? values.length : 0, isArray(unknown) ? unknown.length : 0);
  const elements = Array.from({ length }, (_, index) =>
    planValue(
      {
        values: isArray(values) ? values[index] : undefined,
        unknown: isArray(unknown) ? unknown[index] : undefined,
        sensitive: isArray(marks) ? marks[index] : undefined,
      },
      hole,
      [...path, index],
      sensitive,
    ),
  );
  return { kind: "list", form: "list", elements, sensitive };
}

function map(trees: PlanTrees, hole: Hole, path: readonly Step[], sensitive: boolean): Value {
  const entries = new Map<string, Value>();
  const keys = new Set([
    ...(isObject(trees.values) ? Object.keys(trees.values) : []),
    ...(isObject(trees.unknown) ? Object.keys(trees.unknown) : []),
  ]);
  for (const key of keys) {
    const below = {
      values: get(trees.values, key),
      unknown: get(trees.unknown, key),
      sensitive: get(trees.sensitive, key),
    };
    entries.set(key, planValue(below, hole, [...path, key], sensitive));
  }
  return { kind: "map", entries, sensitive };
}

/** Whether any place in an unknown tree is marked; one nested deeper than any real plan counts as marked. */
export function hasUnknown(mask: Json | undefined, depth = 0): boolean {
  if (mask === true || depth > MAX_DEPTH) return true;
  if (isArray(mask)) return mask.some((item) => hasUnknown(item, depth + 1));
  return isObject(mask) && Object.values(mask).some((item) => hasUnknown(item, depth + 1));
}

/** A Value of plain JSON: everything in it is known. */
export function knownValue(json: Json | undefined, sensitive = false): Value {
  return planValue({ values: json, unknown: undefined, sensitive: sensitive || undefined }, () => UNSET);
}
