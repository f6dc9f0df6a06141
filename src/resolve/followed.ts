// What following references comes to: a value, and whether Terraform itself knows it at plan time.

import { elementsOf, known, type UnknownOrigin, unknown, type Value } from "../model/value.ts";

/**
 * `settled`: Terraform knows the value at plan time, even if the plan's JSON does not show it. Such a value cannot
 * be the unknown part of anything made from it.
 */
export interface Followed {
  readonly value: Value;
  readonly settled: boolean;
}

/**
 * At least one of the parts that are not settled flows in; which, and how, is not shown. A lone reference is taken
 * for the value itself: what a function might make of it is not in the plan, and names and ARNs are passed on whole.
 */
export function madeFrom(parts: readonly Followed[]): Followed {
  const [lone, ...rest] = parts;
  if (lone !== undefined && rest.length === 0) return lone;
  const open = distinct(parts.filter((part) => !part.settled).map((part) => grouped(part.value)));
  if (open.length === 0) return { value: unknown({ why: "function", subject: "values" }), settled: true };
  const besides = parts.filter((part) => part.settled && holdsArn(part.value)).map((part) => part.value);
  const value = unknown(originOf(open), {
    candidates: open,
    relation: "made-from",
    closed: open.every(isDefinite),
    ...(besides.length > 0 && { besides }),
  });
  return { value, settled: false };
}

/** More candidates than this say nothing any more. */
const MOST_CANDIDATES = 200;

/**
 * A part with the leaves it can come from side by side, each once: outputs that name each other's outputs would
 * otherwise nest without bound.
 */
function grouped(value: Value): Value {
  if (value.kind !== "unknown" || value.candidates.length === 0) return value;
  const candidates = distinct(value.candidates.flatMap(leaves));
  return candidates.length > MOST_CANDIDATES
    ? unknown({ why: "expression", subject: "too many references" })
    : { ...value, candidates };
}

function leaves(value: Value): readonly Value[] {
  return value.kind === "unknown" && value.candidates.length > 0 ? value.candidates.flatMap(leaves) : [value];
}

function distinct(values: readonly Value[]): readonly Value[] {
  const seen = new Map<unknown, Value>();
  for (const value of values) {
    const key = value.kind === "reference" ? [value.to, ...value.path].join("\n") : value;
    if (!seen.has(key)) seen.set(key, value);
  }
  return [...seen.values()];
}

/** Only ARNs can stand beside an unknown ARN in an argument that is followed; conditions and names cannot. */
function holdsArn(value: Value): boolean {
  if (value.kind === "known") return typeof value.value === "string" && value.value.startsWith("arn:");
  const inside = value.kind === "map" ? [...value.entries.values()] : (elementsOf(value) ?? []);
  return inside.some(holdsArn);
}

function originOf(open: readonly Value[]): UnknownOrigin {
  for (const value of open) if (value.kind === "unknown" && !value.closed) return value.origin;
  const first = open[0];
  if (first?.kind === "reference") return { why: "after-apply", subject: first.to };
  return first?.kind === "unknown" ? first.origin : { why: "after-apply", subject: "" };
}

function isDefinite(value: Value): boolean {
  return value.kind !== "unknown" || value.closed;
}

export function opaque(origin: UnknownOrigin): Followed {
  return { value: unknown(origin), settled: false };
}

/** One of several, or some of them: nothing in the plan says which. */
export function loose(parts: readonly Followed[]): Followed {
  if (parts.length === 0) return { value: known(null), settled: true };
  return madeFrom(parts);
}

/** Whether nothing in the value waits for apply. */
export function isSettled(value: Value): boolean {
  switch (value.kind) {
    case "known":
      return true;
    case "list":
      return value.elements.every(isSettled);
    case "map":
      return [...value.entries.values()].every(isSettled);
    case "reference":
    case "text":
    case "unknown":
      return false;
    default:
      return value satisfies never;
  }
}
