// Text of which parts are not known, made readable for a parser: each unknown part becomes a mark, and what the
// parser takes out of the text gets the parts back.

import { known, type Value } from "../model/value.ts";

export interface TextWithHoles {
  readonly text: string;
  readonly holes: readonly Value[];
}

const MARKS = /\uE000(\d+)\uE001/;

/**
 * The text of a known string or of one put together from parts. `place` writes a mark into the text, given the
 * literal since the last one. `undefined` for other values, and for text that holds such marks itself.
 */
export function markHoles(
  value: Value,
  place: (mark: string, literal: string) => string = (mark) => mark,
): TextWithHoles | undefined {
  if (value.kind !== "known" && value.kind !== "text") return undefined;
  const holes: Value[] = [];
  const pieces: string[] = [];
  let literal = "";
  for (const part of value.kind === "text" ? value.parts : [value]) {
    if (part.kind === "known") {
      const piece = String(part.value ?? "");
      if (/[\uE000\uE001]/.test(piece)) return undefined;
      pieces.push(piece);
      literal += piece;
    } else {
      pieces.push(place(`\uE000${holes.length}\uE001`, literal));
      holes.push(part);
      literal = "";
    }
  }
  return { text: pieces.join(""), holes };
}

/** A piece of the marked text as a value. */
export function fillHoles(text: string, holes: readonly Value[]): Value {
  if (holes.length === 0) return known(text);
  const pieces = text.split(MARKS);
  if (pieces.length === 1) return known(text);
  const parts = pieces.flatMap((piece, at): Value[] => {
    const hole = at % 2 === 1 ? holes[Number(piece)] : undefined;
    if (hole !== undefined) return [hole];
    return piece === "" ? [] : [known(piece)];
  });
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: "text", parts, sensitive: false };
}
