// The wildcards of IAM: `*` for any text, `?` for one character. Also against text of which parts are not known.

import type { Tri, Value } from "../model/value.ts";

/** Larger comparisons are not made. */
const MOST_STEPS = 4_000_000;

type Piece = string | "gap";

/**
 * Whether a pattern matches a text. "yes" when it does whatever the unknown parts are, "no" when it cannot.
 * Cost: length of the pattern × length of the text.
 */
export function globMatches(pattern: string, text: Value, ignoreCase = false): Tri {
  if (pattern === "*") return "yes";
  const fold = (part: string) => (ignoreCase ? part.toLowerCase() : part);
  const pieces = piecesOf(text, fold);
  const wanted = [...fold(pattern)];
  if (wanted.length * pieces.length > MOST_STEPS) return "maybe";
  if (!matches(wanted, pieces, true)) return "no";
  return matches(wanted, pieces, false) ? "yes" : "maybe";
}

/** The characters of a value; one "gap" for each part that is not known. */
function piecesOf(value: Value, fold: (text: string) => string): readonly Piece[] {
  switch (value.kind) {
    case "known":
      return [...fold(String(value.value ?? ""))];
    case "text":
      return value.parts.flatMap((part) => piecesOf(part, fold));
    case "list":
    case "map":
    case "reference":
    case "unknown":
      return ["gap"];
    default:
      return value satisfies never;
  }
}

/**
 * Row by row over the pattern: `reach[j]` says whether the pattern read so far can match the first j pieces.
 * With `gapsYield` a gap may be any text; without, only a `*` takes it.
 */
function matches(pattern: readonly string[], pieces: readonly Piece[], gapsYield: boolean): boolean {
  let reach = pieces.map(() => false);
  reach.unshift(true);
  if (gapsYield) skipGaps(reach, pieces);
  for (const wanted of pattern) {
    const next = reach.map(() => false);
    reach.forEach((reached, at) => {
      const piece = pieces[at];
      if (!reached) return;
      if (wanted === "*") next[at] = true;
      else if (piece === "gap") next[at] ||= gapsYield;
      else if (piece !== undefined && (wanted === "?" || wanted === piece)) next[at + 1] = true;
    });
    if (wanted === "*") spread(next);
    if (gapsYield) skipGaps(next, pieces);
    reach = next;
  }
  return reach[pieces.length] === true;
}

/** A star takes every piece that follows. */
function spread(reach: boolean[]): void {
  for (let at = 1; at < reach.length; at += 1) if (reach[at - 1]) reach[at] = true;
}

/** A gap may be empty. */
function skipGaps(reach: boolean[], pieces: readonly Piece[]): void {
  for (let at = 1; at < reach.length; at += 1)
    if (reach[at - 1] && pieces[at - 1] === "gap") reach[at] = true;
}
