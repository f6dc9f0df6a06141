// Sets of strings that a comparison can name, as choices of sequences: wildcard texts and regular expressions alike.

import { ANY_CHARACTER, type CharacterSet, only } from "./character-set.ts";
import type { Regex } from "./regex.ts";

export interface Language {
  /** Equal keys, equal languages. */
  readonly key: string;
  readonly alternatives: readonly (readonly Item[])[];
  /** A string that is likely in the language and reads well. */
  readonly example: string;
  /** The only string in the language; `undefined` when there may be others. */
  readonly word: string | undefined;
  /** Too many items to reason about. */
  readonly oversized: boolean;
}

export type Item =
  | { readonly set: CharacterSet; readonly times: "once" | "optional" | "any" }
  /** `^` and `$` */
  | "start"
  | "end";

const MAX_ITEMS = 3000;
const STAR: Item = { set: ANY_CHARACTER, times: "any" };

/** `*` at either end is a wildcard; between other characters only when `innerStarIsWildcard`. */
export function languageOfText(text: string, innerStarIsWildcard: boolean): Language {
  const isStar = (at: number): boolean =>
    text[at] === "*" && (innerStarIsWildcard || at === 0 || at === text.length - 1);
  const items: Item[] = [];
  let example = "";
  for (let at = 0; at < text.length; at += 1) {
    if (isStar(at)) items.push(STAR);
    else {
      items.push({ set: only(text.charCodeAt(at)), times: "once" });
      example += text.charAt(at);
    }
  }
  const word = example.length === text.length ? text : undefined;
  const key = items.map((item) => (item === STAR ? "*" : "c")).join("") + example;
  return { key: `text ${key}`, alternatives: [items], example, word, oversized: false };
}

/** Strings that hold `text`, every character taken as it is. */
export function languageAround(text: string): Language {
  const items = [...Array(text.length).keys()].map(
    (at): Item => ({ set: only(text.charCodeAt(at)), times: "once" }),
  );
  return {
    key: `around ${text}`,
    alternatives: [[STAR, ...items, STAR]],
    example: text,
    word: undefined,
    oversized: false,
  };
}

/** Strings in which the expression is found. */
export function languageOfRegex(regex: Regex): Language {
  let room = MAX_ITEMS;
  const alternatives = regex.alternatives.map((pieces) => {
    const items: Item[] = [STAR];
    for (const piece of pieces) {
      if (piece.kind !== "characters") items.push(piece.kind);
      else {
        const { set, min, max } = piece;
        const copies = Math.min(max === Infinity ? min + 1 : max, room + 1);
        room -= copies;
        for (let copy = 0; copy < copies; copy += 1) {
          items.push({ set, times: copy < min ? "once" : max === Infinity ? "any" : "optional" });
        }
      }
    }
    return [...items, STAR];
  });
  const example = regex.source.replaceAll(/[\^$]|\\(?=\W)/g, "");
  return { key: `regex ${regex.source}`, alternatives, example, word: undefined, oversized: room < 0 };
}
