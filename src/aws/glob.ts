// The wildcards of IAM: `*` for any text, `?` for one character. Also where parts of pattern or text are not known.

import { known, stringOf, type Tri, type Value } from "../model/value.ts";

/** Larger comparisons are not made. */
const MOST_STEPS = 4_000_000;

/** A character, or a part that is not known: two gaps of one name hold the same text. */
type Piece = string | { readonly gap: string | undefined };

/**
 * Whether a pattern matches a text. "yes" when it does whatever the unknown parts are, "no" when it cannot.
 * Cost: length of the pattern × length of the text.
 */
export function globMatches(pattern: string | Value, text: Value, ignoreCase = false): Tri {
  const fold = (part: string) => (ignoreCase ? part.toLowerCase() : part);
  const asked = typeof pattern === "string" ? known(pattern) : pattern;
  const plain = stringOf(asked) ?? "";
  if (plain === "*") return "yes";
  // Most patterns of actions and principals have no wildcard.
  if (asked.kind === "known" && text.kind === "known" && !/[*?]/.test(plain)) {
    return fold(plain) === fold(stringOf(text) ?? "") ? "yes" : "no";
  }
  const pieces = piecesOf(text, fold);
  const wanted = piecesOf(asked, fold);
  if (wanted.length * pieces.length > MOST_STEPS) return "maybe";
  if (areKnown(wanted) && areKnown(pieces)) return matchesKnown(wanted, pieces) ? "yes" : "no";
  if (!matches(wanted, pieces, true)) return "no";
  return matches(wanted, pieces, false) ? "yes" : "maybe";
}

function piecesOf(value: Value, fold: (text: string) => string): readonly Piece[] {
  switch (value.kind) {
    case "known":
      return [...fold(stringOf(value) ?? "")];
    case "text":
      return value.parts.flatMap((part) => piecesOf(part, fold));
    case "reference":
      return [{ gap: [value.to, ...value.path].join(" ") }];
    case "list":
    case "map":
    case "unknown":
      return [{ gap: undefined }];
    default:
      return value satisfies never;
  }
}

function areKnown(pieces: readonly Piece[]): pieces is readonly string[] {
  return pieces.every((piece) => typeof piece === "string");
}

/** Of one star at a time: where the rest does not fit, the last star takes one character more. */
function matchesKnown(pattern: readonly string[], text: readonly string[]): boolean {
  let [wanted, at, afterStar, taken] = [0, 0, 0, 0];
  while (at < text.length) {
    if (pattern[wanted] === "*") {
      wanted += 1;
      afterStar = wanted;
      taken = at;
    } else if (pattern[wanted] === "?" || pattern[wanted] === text[at]) {
      wanted += 1;
      at += 1;
    } else if (afterStar > 0) {
      taken += 1;
      at = taken;
      wanted = afterStar;
    } else return false;
  }
  while (pattern[wanted] === "*") wanted += 1;
  return wanted === pattern.length;
}

/**
 * Row by row over the pattern: `reach[j]` says whether the pattern read so far can match the first j pieces.
 * With `gapsYield` a gap may be any text; without, only a `*` takes it, or the same gap.
 */
function matches(pattern: readonly Piece[], pieces: readonly Piece[], gapsYield: boolean): boolean {
  let reach = pieces.map(() => false);
  reach.unshift(true);
  if (gapsYield) skipGaps(reach, pieces);
  for (const wanted of pattern) {
    const takesAll = wanted === "*" || (typeof wanted === "object" && gapsYield);
    const next = reach.map(() => false);
    reach.forEach((reached, at) => {
      const piece = pieces[at];
      if (!reached) return;
      if (takesAll) next[at] = true;
      else if (typeof piece === "object") {
        next[at] ||= gapsYield;
        if (typeof wanted === "object" && piece.gap !== undefined && piece.gap === wanted.gap)
          next[at + 1] = true;
      } else if (piece !== undefined && (wanted === "?" || wanted === piece)) next[at + 1] = true;
    });
    if (takesAll) spread(next);
    if (gapsYield) skipGaps(next, pieces);
    if (!next.includes(true)) return false;
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
    if (reach[at - 1] && typeof pieces[at - 1] === "object") reach[at] = true;
}
