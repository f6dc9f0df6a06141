// The regular expressions allowed between % and %: parse only. Without groups each is a choice of plain sequences.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (supported regex syntax)

import { ANY_CHARACTER, type CharacterSet, complement, only, union } from "./character-set.ts";

/** Matches anywhere in the text unless anchored. */
export interface Regex {
  readonly source: string;
  /** Split at `|`; at least one. */
  readonly alternatives: readonly (readonly Piece[])[];
}

export type Piece =
  | { readonly kind: "characters"; readonly set: CharacterSet; readonly min: number; readonly max: number }
  /** `^` and `$`: no character, a place. */
  | { readonly kind: "start" }
  | { readonly kind: "end" };

export type RegexProblemCode =
  | "regex-parenthesis"
  | "regex-character"
  | "regex-class"
  | "regex-escape"
  | "regex-quantifier"
  | "regex-empty";

/** `offset` and `end` count from the first character after the opening `%`. */
export interface RegexProblem {
  readonly code: RegexProblemCode;
  readonly offset: number;
  readonly end: number;
}

type Parsed<T> = { readonly value: T; readonly end: number } | { readonly problem: RegexProblem };

const SYMBOLS = new Set(":_#=@/;,- ");
const DIGIT: CharacterSet = [[48, 57]];
const SPACE: CharacterSet = [
  [9, 13],
  [32, 32],
];
const WORD: CharacterSet = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const ESCAPED: ReadonlyMap<string, CharacterSet> = new Map([
  ["d", DIGIT],
  ["D", complement(DIGIT)],
  ["s", SPACE],
  ["S", complement(SPACE)],
  ["w", WORD],
  ["W", complement(WORD)],
]);

export function parseRegex(source: string): { readonly regex: Regex } | { readonly problem: RegexProblem } {
  if (source === "") return { problem: { code: "regex-empty", offset: 0, end: 0 } };
  const alternatives: Piece[][] = [[]];
  let at = 0;
  while (at < source.length) {
    if (source[at] === "|") {
      alternatives.push([]);
      at += 1;
      continue;
    }
    const piece = parsePiece(source, at);
    if ("problem" in piece) return piece;
    alternatives.at(-1)?.push(piece.value);
    at = piece.end;
  }
  return { regex: { source, alternatives } };
}

function parsePiece(source: string, at: number): Parsed<Piece> {
  if (source[at] === "^") return { value: { kind: "start" }, end: at + 1 };
  if (source[at] === "$") return { value: { kind: "end" }, end: at + 1 };
  const set = source[at] === "[" ? parseClass(source, at) : parseOne(source, at, false);
  if ("problem" in set) return set;
  const times = parseQuantifier(source, set.end);
  if ("problem" in times) return times;
  return { value: { kind: "characters", set: set.value, ...times.value }, end: times.end };
}

/** One character, escaped or plain. Inside a class most operators stand for themselves. */
function parseOne(source: string, at: number, inClass: boolean): Parsed<CharacterSet> {
  const character = source.charAt(at);
  if (character === "\\") return parseEscape(source, at);
  const code = character === "(" || character === ")" ? "regex-parenthesis" : "regex-character";
  const plain = /[A-Za-z0-9]/.test(character) || SYMBOLS.has(character);
  if (plain || (inClass && "^$?{}|*+.".includes(character))) {
    return { value: only(character.charCodeAt(0)), end: at + 1 };
  }
  if (character === "." && !inClass) return { value: ANY_CHARACTER, end: at + 1 };
  if ("?*+{}".includes(character)) return { problem: { code: "regex-quantifier", offset: at, end: at + 1 } };
  if ("[]".includes(character)) return { problem: { code: "regex-class", offset: at, end: at + 1 } };
  return { problem: { code, offset: at, end: at + 1 } };
}

function parseEscape(source: string, at: number): Parsed<CharacterSet> {
  const letter = source.charAt(at + 1);
  const known = ESCAPED.get(letter);
  if (known !== undefined) return { value: known, end: at + 2 };
  const hex = /^x([0-9A-Fa-f]{2})/.exec(source.slice(at + 1, at + 4));
  if (hex?.[1] !== undefined) return { value: only(Number.parseInt(hex[1], 16)), end: at + 4 };
  if (letter === "" || /[^\x21-\x7e]|[A-Za-z0-9]/.test(letter)) {
    return { problem: { code: "regex-escape", offset: at, end: Math.min(at + 2, source.length) } };
  }
  return { value: only(letter.charCodeAt(0)), end: at + 2 };
}

function parseClass(source: string, open: number): Parsed<CharacterSet> {
  const negated = source[open + 1] === "^";
  const ranges: (readonly [number, number])[] = [];
  let at = open + (negated ? 2 : 1);
  while (at < source.length && source[at] !== "]") {
    const low = parseOne(source, at, true);
    if ("problem" in low) return low;
    const high = classRangeEnd(source, low.end);
    if (high === undefined) {
      ranges.push(...low.value);
      at = low.end;
      continue;
    }
    if ("problem" in high) return high;
    const [from, to] = [low.value[0]?.[0] ?? 0, high.value[0]?.[1] ?? 0];
    if (from > to) return { problem: { code: "regex-class", offset: at, end: high.end } };
    ranges.push([from, to]);
    at = high.end;
  }
  if (at >= source.length || ranges.length === 0) {
    return { problem: { code: "regex-class", offset: open, end: at } };
  }
  const set = union(ranges);
  return { value: negated ? complement(set) : set, end: at + 1 };
}

/** The upper end of a range such as a-z; `undefined` when the next "-" is no range. */
function classRangeEnd(source: string, at: number): Parsed<CharacterSet> | undefined {
  if (source[at] !== "-" || source[at + 1] === "]" || at + 1 >= source.length) return undefined;
  return parseOne(source, at + 1, true);
}

function parseQuantifier(source: string, at: number): Parsed<{ min: number; max: number }> {
  const written = /^(?:[?*+]|\{\s*(\d{0,4})\s*(,?)\s*(\d{0,4})\s*\})/.exec(source.slice(at, at + 32));
  if (written === null) {
    if (source[at] === "{") return { problem: { code: "regex-quantifier", offset: at, end: at + 1 } };
    return { value: { min: 1, max: 1 }, end: at };
  }
  const end = at + written[0].length;
  // A second quantifier (lazy, possessive) is not in the documented syntax.
  if (/^[?*+{]/.test(source.slice(end)))
    return { problem: { code: "regex-quantifier", offset: at, end: end + 1 } };
  if (written[0] === "?") return { value: { min: 0, max: 1 }, end };
  if (written[0] === "*") return { value: { min: 0, max: Infinity }, end };
  if (written[0] === "+") return { value: { min: 1, max: Infinity }, end };
  const [, low = "", comma, high = ""] = written;
  const min = low === "" ? 0 : Number(low);
  const max = comma === "" ? min : high === "" ? Infinity : Number(high);
  if ((low === "" && high === "") || (comma === "" && high !== "") || max < min) {
    return { problem: { code: "regex-quantifier", offset: at, end } };
  }
  return { value: { min, max }, end };
}
