// Strings with parts that are not known: what can be said of their ends and of what they hold. All answers are safe:
// where a part that is not known could matter, there is no answer.

import { known, type Tri, type Value } from "../../model/value.ts";
import { toText } from "../convert.ts";
import { fail } from "../failure.ts";
import type { Scope } from "../scope.ts";
import { joinText } from "../values.ts";

/** The parts of a string-like value; literals are known strings. Fails for null and collections. */
export function textParts(value: Value): readonly Value[] {
  const converted = toText(value);
  if (converted.kind === "known" && converted.value === null) return fail("null is no string");
  return converted.kind === "text" ? converted.parts : [converted];
}

export function literalOf(part: Value | undefined): string | undefined {
  return part?.kind === "known" ? String(part.value) : undefined;
}

/** Whether a part that is not known can surely not hold the text. */
function cannotHold(part: Value, text: string, scope: Scope): boolean {
  return part.kind === "reference" && scope.cannotHold(part, text);
}

/**
 * Whether every place where `search` occurs is inside one literal: no open part can hold it, and none can hold its
 * beginning or end across a border.
 */
export function occursInLiteralsOnly(parts: readonly Value[], search: string, scope: Scope): boolean {
  return parts.every((part, index) => {
    if (part.kind === "known") return true;
    if (!cannotHold(part, search, scope)) return false;
    const before = literalOf(parts[index - 1]);
    const after = literalOf(parts[index + 1]);
    for (let cut = 1; cut < search.length; cut += 1) {
      const [head, tail] = [search.slice(0, cut), search.slice(cut)];
      if (after?.startsWith(tail) && !cannotHold(part, head, scope)) return false;
      if (before?.endsWith(head) && !cannotHold(part, tail, scope)) return false;
    }
    return index + 1 >= parts.length || parts[index + 1]?.kind === "known";
  });
}

/** Applies `change` to each literal. */
export function mapLiterals(parts: readonly Value[], change: (literal: string) => string): Value {
  return joinText(parts.map((part) => (part.kind === "known" ? known(change(String(part.value))) : part)));
}

/** Splits at a separator that occurs in literals only. */
export function splitParts(parts: readonly Value[], separator: string): readonly Value[] {
  const pieces: Value[][] = [[]];
  for (const part of parts) {
    const literal = literalOf(part);
    const split =
      literal === undefined ? [part] : splitLiteral(literal, separator).map((piece) => known(piece));
    split.forEach((piece, index) => {
      if (index > 0) pieces.push([]);
      pieces.at(-1)?.push(piece);
    });
  }
  return pieces.map(joinText);
}

/** Go splits at the empty separator into characters. */
export function splitLiteral(literal: string, separator: string): readonly string[] {
  return separator === "" ? [...literal] : literal.split(separator);
}

/** Whether the string begins with `prefix`. */
export function startsWith(parts: readonly Value[], prefix: string): Tri {
  const first = literalOf(parts[0]) ?? "";
  if (first.startsWith(prefix)) return "yes";
  if (parts.length === 1 && parts[0]?.kind === "known") return "no";
  return prefix.startsWith(first) ? "maybe" : "no";
}

/** Whether the string ends with `suffix`. */
export function endsWith(parts: readonly Value[], suffix: string): Tri {
  const last = literalOf(parts.at(-1)) ?? "";
  if (last.endsWith(suffix)) return "yes";
  if (parts.length === 1 && parts[0]?.kind === "known") return "no";
  return suffix.endsWith(last) ? "maybe" : "no";
}
