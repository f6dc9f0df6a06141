// Values and readers for tests, written as plain JavaScript.

import type { Attributes } from "../../../src/aws/attributes.ts";
import { known, UNSET, unknown, type Value } from "../../../src/model/value.ts";

export type Plain =
  | string
  | number
  | boolean
  | null
  | undefined
  | Value
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/** A value known only after apply. */
export const LATER: Value = unknown({ why: "after-apply", subject: "test" });

/** A value that is certainly one of these. */
export function oneOf(...candidates: readonly Plain[]): Value {
  return unknown(
    { why: "expression", subject: "test" },
    { candidates: candidates.map(value), relation: "one-of", closed: true },
  );
}

export function text(...parts: readonly Plain[]): Value {
  return { kind: "text", parts: parts.map(value), sensitive: false };
}

export function reference(to: string, ...path: readonly (string | number)[]): Value {
  return { kind: "reference", to, path, sensitive: false };
}

export function value(plain: Plain): Value {
  if (plain === null || plain === undefined) return UNSET;
  if (typeof plain !== "object") return known(plain);
  if (isValue(plain)) return plain;
  if (isList(plain)) {
    return { kind: "list", form: "list", elements: plain.map(value), sensitive: false };
  }
  const entries = new Map(Object.entries(plain).map(([key, item]) => [key, value(item)] as const));
  return { kind: "map", entries, sensitive: false };
}

function isList(plain: object): plain is readonly Plain[] {
  return Array.isArray(plain);
}

const KINDS = new Set(["known", "list", "map", "reference", "text", "unknown"]);

function isValue(plain: object): plain is Value {
  return "kind" in plain && typeof plain.kind === "string" && KINDS.has(plain.kind) && "sensitive" in plain;
}

export function reader(attributes: Readonly<Record<string, Plain>>): Attributes {
  const values = new Map(Object.entries(attributes).map(([name, plain]) => [name, value(plain)] as const));
  return { read: (attribute) => values.get(attribute) ?? UNSET };
}
