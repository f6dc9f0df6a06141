// Parses regular expressions as RE2 writes them. No backward references and no lookaround: RE2 has none, which is
// what makes its matching linear. Source: https://github.com/google/re2/wiki/Syntax

import { fail } from "../failure.ts";
import {
  type CharacterTest,
  escapedClass,
  foldedLiteral,
  readClass,
  readEscapedPoint,
  unicodeClass,
} from "./character-class.ts";

export type Assertion = "text-start" | "text-end" | "line-start" | "line-end" | "word-edge" | "no-word-edge";

export type PatternTree =
  | { readonly kind: "character"; readonly test: CharacterTest }
  | { readonly kind: "assertion"; readonly assertion: Assertion }
  | { readonly kind: "sequence"; readonly parts: readonly PatternTree[] }
  | { readonly kind: "choice"; readonly options: readonly PatternTree[] }
  | { readonly kind: "group"; readonly index: number; readonly inside: PatternTree }
  | {
      readonly kind: "repeat";
      readonly inside: PatternTree;
      readonly least: number;
      /** `undefined`: any number. */
      readonly most: number | undefined;
      readonly lazy: boolean;
    };

export interface ParsedPattern {
  readonly tree: PatternTree;
  /** Of each group, in order. */
  readonly names: readonly (string | undefined)[];
}

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly ungreedy: boolean;
}

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  flags: Flags;
  readonly names: (string | undefined)[];
}

const MAX_REPEAT = 1000;
const MAX_DEPTH = 200;

/** Fails for a pattern that RE2 refuses. */
export function parsePattern(text: string): ParsedPattern {
  const flags = { ignoreCase: false, multiline: false, dotAll: false, ungreedy: false };
  const reader: Reader = { text, at: 0, depth: 0, flags, names: [] };
  const tree = readChoice(reader);
  if (reader.at < text.length) fail("a bracket of the pattern is closed and was not open");
  return { tree, names: reader.names };
}

function readChoice(reader: Reader): PatternTree {
  const options = [readSequence(reader)];
  while (reader.text[reader.at] === "|") {
    reader.at += 1;
    options.push(readSequence(reader));
  }
  const [only] = options;
  return options.length === 1 && only !== undefined ? only : { kind: "choice", options };
}

function readSequence(reader: Reader): PatternTree {
  const parts: PatternTree[] = [];
  while (reader.at < reader.text.length && !/[|)]/.test(reader.text[reader.at] ?? "")) {
    const part = readAtom(reader);
    if (part !== undefined) parts.push(readRepeats(reader, part));
  }
  return { kind: "sequence", parts };
}

/** `undefined` for flags, which match nothing themselves. */
function readAtom(reader: Reader): PatternTree | undefined {
  const { text, flags } = reader;
  if (readBounds({ ...reader }) !== undefined) fail("a repetition of the pattern has nothing to repeat");
  const char = String.fromCodePoint(text.codePointAt(reader.at) ?? 0);
  switch (char) {
    case "(":
      return readGroup(reader);
    case "[": {
      const { test, end } = readClass(text, reader.at, flags.ignoreCase);
      reader.at = end;
      return { kind: "character", test };
    }
    case "\\":
      return readEscape(reader);
    case ".":
      reader.at += 1;
      return { kind: "character", test: flags.dotAll ? () => true : (point) => point !== 10 };
    case "^":
      reader.at += 1;
      return { kind: "assertion", assertion: flags.multiline ? "line-start" : "text-start" };
    case "$":
      reader.at += 1;
      return { kind: "assertion", assertion: flags.multiline ? "line-end" : "text-end" };
    default:
      reader.at += char.length;
      return literal(char, flags);
  }
}

function literal(char: string, flags: Flags): PatternTree {
  return { kind: "character", test: foldedLiteral(char.codePointAt(0) ?? 0, flags.ignoreCase) };
}

function readGroup(reader: Reader): PatternTree | undefined {
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) fail("the pattern nests too deeply");
  const outer = reader.flags;
  const rest = reader.text.slice(reader.at, reader.at + 256);
  const name = /^\(\?P?<(\w+)>/.exec(rest);
  const flags = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest);
  let index: number | undefined;
  if (name !== null) {
    index = reader.names.push(name[1]);
    reader.at += name[0].length;
  } else if (flags !== null) {
    reader.at += flags[0].length;
    reader.flags = withFlags(withFlags(outer, flags[1] ?? "", true), flags[2] ?? "", false);
    if (flags[3] === ")") {
      reader.depth -= 1;
      return undefined;
    }
  } else if (rest.startsWith("(?")) {
    fail("the pattern has a group that RE2 does not know");
  } else {
    index = reader.names.push(undefined);
    reader.at += 1;
  }
  const inside = readChoice(reader);
  if (reader.text[reader.at] !== ")") fail("a bracket of the pattern is not closed");
  reader.at += 1;
  reader.depth -= 1;
  reader.flags = outer;
  return index === undefined ? inside : { kind: "group", index, inside };
}

function withFlags(flags: Flags, letters: string, on: boolean): Flags {
  return {
    ignoreCase: letters.includes("i") ? on : flags.ignoreCase,
    multiline: letters.includes("m") ? on : flags.multiline,
    dotAll: letters.includes("s") ? on : flags.dotAll,
    ungreedy: letters.includes("U") ? on : flags.ungreedy,
  };
}

const ASSERTIONS: ReadonlyMap<string, Assertion> = new Map([
  ["A", "text-start"],
  ["z", "text-end"],
  ["b", "word-edge"],
  ["B", "no-word-edge"],
]);

function readEscape(reader: Reader): PatternTree {
  const { text, flags } = reader;
  const letter = text[reader.at + 1];
  if (letter === undefined) return fail("the pattern ends with a backslash");
  const assertion = ASSERTIONS.get(letter);
  if (assertion !== undefined) {
    reader.at += 2;
    return { kind: "assertion", assertion };
  }
  if (letter === "Q") {
    const end = text.indexOf("\\E", reader.at + 2);
    const quoted = text.slice(reader.at + 2, end < 0 ? undefined : end);
    reader.at = end < 0 ? text.length : end + 2;
    return { kind: "sequence", parts: [...quoted].map((char) => literal(char, flags)) };
  }
  const test = escapedClass(letter);
  if (test !== undefined) {
    reader.at += 2;
    return { kind: "character", test };
  }
  const unicode = unicodeClass(text, reader.at);
  if (unicode !== undefined) {
    reader.at = unicode.end;
    return { kind: "character", test: unicode.test };
  }
  const { point, end } = readEscapedPoint(text, reader.at);
  reader.at = end;
  return { kind: "character", test: foldedLiteral(point, flags.ignoreCase) };
}

function readRepeats(reader: Reader, first: PatternTree): PatternTree {
  const bounds = readBounds(reader);
  if (bounds === undefined) return first;
  const isLazy = reader.text[reader.at] === "?";
  if (isLazy) reader.at += 1;
  if (readBounds({ ...reader }) !== undefined) fail("the pattern repeats a repetition");
  return { kind: "repeat", inside: first, ...bounds, lazy: isLazy !== reader.flags.ungreedy };
}

function readBounds(reader: Reader): { least: number; most: number | undefined } | undefined {
  const char = reader.text[reader.at];
  if (char === "*" || char === "+" || char === "?") {
    reader.at += 1;
    return { least: char === "+" ? 1 : 0, most: char === "?" ? 1 : undefined };
  }
  const counted = /^\{(\d+)(,)?((?<=,)\d+)?\}/.exec(reader.text.slice(reader.at));
  if (counted === null) return undefined;
  const least = Number(counted[1]);
  const most = counted[2] === undefined ? least : counted[3] === undefined ? undefined : Number(counted[3]);
  if (least > MAX_REPEAT || (most !== undefined && (most > MAX_REPEAT || most < least))) {
    return fail("the pattern repeats too often");
  }
  reader.at += counted[0].length;
  return { least, most };
}
