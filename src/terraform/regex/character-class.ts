// Which characters a class of a pattern takes: ranges, named classes, Unicode properties.

import { fail } from "../failure.ts";

/** Whether a code point belongs to the class. */
export type CharacterTest = (point: number) => boolean;

function byRegExp(expression: RegExp): CharacterTest {
  return (point) => expression.test(String.fromCodePoint(point));
}

const PERL: ReadonlyMap<string, CharacterTest> = new Map([
  ["d", byRegExp(/[0-9]/)],
  ["D", byRegExp(/[^0-9]/)],
  ["s", byRegExp(/[\t\n\f\r ]/)],
  ["S", byRegExp(/[^\t\n\f\r ]/)],
  ["w", byRegExp(/[0-9A-Za-z_]/)],
  ["W", byRegExp(/[^0-9A-Za-z_]/)],
]);

/** The class behind `\d` and its like. */
export function escapedClass(letter: string): CharacterTest | undefined {
  return PERL.get(letter);
}

const POSIX: ReadonlyMap<string, CharacterTest> = new Map([
  ["alnum", byRegExp(/[0-9A-Za-z]/)],
  ["alpha", byRegExp(/[A-Za-z]/)],
  ["ascii", (point: number) => point < 128],
  ["blank", byRegExp(/[\t ]/)],
  ["cntrl", (point: number) => point < 32 || point === 127],
  ["digit", byRegExp(/[0-9]/)],
  ["graph", byRegExp(/[!-~]/)],
  ["lower", byRegExp(/[a-z]/)],
  ["print", byRegExp(/[ -~]/)],
  ["punct", byRegExp(/[!-/:-@[-`{-~]/)],
  ["space", byRegExp(/[\t\n\v\f\r ]/)],
  ["upper", byRegExp(/[A-Z]/)],
  ["word", byRegExp(/[0-9A-Za-z_]/)],
  ["xdigit", byRegExp(/[0-9A-Fa-f]/)],
]);

/** `\pL`, `\p{Greek}`, `\P{^Lu}`. `undefined`: no such class begins at `at`. */
export function unicodeClass(text: string, at: number): { test: CharacterTest; end: number } | undefined {
  const match = /^\\([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/.exec(text.slice(at, at + 40));
  if (match === null) return undefined;
  const [whole, letter, inverted, long, short] = match;
  const isNegated = (letter === "P") !== (inverted === "^");
  const expression = propertyExpression(long ?? short ?? "");
  const test = byRegExp(expression);
  return { test: isNegated ? (point) => !test(point) : test, end: at + whole.length };
}

/** RE2 names general categories and scripts alike. */
function propertyExpression(name: string): RegExp {
  for (const property of [name, `Script=${name}`]) {
    try {
      return new RegExp(`\\p{${property}}`, "u");
    } catch {
      // Not a name of this kind.
    }
  }
  return fail(`the pattern has a character class "${name}" that nobody knows`);
}

/** One character, or both letter cases of it. */
export function foldedLiteral(point: number, ignoreCase: boolean): CharacterTest {
  if (!ignoreCase) return (other) => other === point;
  const folded = fold(point);
  return (other) => fold(other) === folded;
}

function fold(point: number): string {
  return String.fromCodePoint(point).toUpperCase().toLowerCase();
}

/** The class in brackets that opens at `open`. */
export function readClass(
  text: string,
  open: number,
  ignoreCase: boolean,
): { test: CharacterTest; end: number } {
  const tests: CharacterTest[] = [];
  const isNegated = text[open + 1] === "^";
  const start = open + (isNegated ? 2 : 1);
  let at = start;
  while (at === start || text[at] !== "]") {
    if (at >= text.length) return fail("a character class of the pattern is not closed");
    const member = readMember(text, at, ignoreCase);
    tests.push(member.test);
    at = member.end;
  }
  const test = (point: number) => tests.some((one) => one(point)) !== isNegated;
  return { test, end: at + 1 };
}

function readMember(text: string, at: number, ignoreCase: boolean): { test: CharacterTest; end: number } {
  const posix = /^\[:(\^?)(\w+):\]/.exec(text.slice(at, at + 16));
  if (posix !== null) {
    const test = POSIX.get(posix[2] ?? "") ?? fail("the pattern has a character class that nobody knows");
    return { test: posix[1] === "^" ? (point) => !test(point) : test, end: at + posix[0].length };
  }
  if (text[at] === "\\") {
    const named = escapedClass(text[at + 1] ?? "");
    if (named !== undefined) return { test: named, end: at + 2 };
    const unicode = unicodeClass(text, at);
    if (unicode !== undefined) return unicode;
  }
  const low = readPoint(text, at);
  if (text[low.end] !== "-" || text[low.end + 1] === "]" || low.end + 1 >= text.length) {
    return { test: foldedLiteral(low.point, ignoreCase), end: low.end };
  }
  const high = readPoint(text, low.end + 1);
  if (high.point < low.point) fail("a range of the pattern runs backwards");
  return { test: rangeTest(low.point, high.point, ignoreCase), end: high.end };
}

function rangeTest(low: number, high: number, ignoreCase: boolean): CharacterTest {
  const within = (point: number) => point >= low && point <= high;
  if (!ignoreCase) return within;
  return (point) => {
    const char = String.fromCodePoint(point);
    return [char, char.toLowerCase(), char.toUpperCase()].some((one) => within(one.codePointAt(0) ?? -1));
  };
}

function readPoint(text: string, at: number): { point: number; end: number } {
  if (text[at] === "\\") return readEscapedPoint(text, at);
  const point = text.codePointAt(at) ?? 0;
  return { point, end: at + String.fromCodePoint(point).length };
}

const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

/** One character behind a backslash, inside a class or outside. */
export function readEscapedPoint(text: string, at: number): { point: number; end: number } {
  const rest = text.slice(at, at + 12);
  const hex = /^\\x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]{1,6})\})/.exec(rest);
  if (hex !== null) return { point: Number.parseInt(hex[1] ?? hex[2] ?? "", 16), end: at + hex[0].length };
  const octal = /^\\(0[0-7]{0,2}|[1-7][0-7]{2})/.exec(rest);
  if (octal !== null) return { point: Number.parseInt(octal[1] ?? "", 8), end: at + octal[0].length };
  const letter = text[at + 1] ?? "";
  const control = CONTROLS[letter];
  if (control !== undefined) return { point: control, end: at + 2 };
  // Any other ASCII character but letters and digits means itself.
  if (!/^[\0-/:-@[-`{-\x7f]$/.test(letter))
    return fail(`the pattern has an escape "\\${letter}" that RE2 does not know`);
  return { point: letter.charCodeAt(0), end: at + 2 };
}
