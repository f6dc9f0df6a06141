// Walks JSON text without building it: finds where a value ends, or where it stops being JSON. Used only after
// JSON.parse refused a text, because its own messages differ between Node releases and may quote secrets.

export type Scan =
  | { readonly kind: "whole"; readonly end: number }
  /** The text ends before the value does. */
  | { readonly kind: "cut" }
  /** The character at `at` cannot stand there. */
  | { readonly kind: "broken"; readonly at: number };

const CUT: Scan = { kind: "cut" };
const MAX_DEPTH = 10_000;

type Expected = "value" | "value-or-end" | "name" | "name-or-end" | "colon" | "comma-or-end";

/** Scans one value from `start`. Cost: linear in its length. */
export function scanJson(text: string, start: number): Scan {
  const closers: string[] = [];
  let expected: Expected = "value";
  let at = start;
  for (;;) {
    at = skipBlank(text, at);
    const char = text[at];
    if (char === undefined) return CUT;
    const closer = closers.at(-1);
    if (char === closer && expected.endsWith("end")) {
      closers.pop();
      at += 1;
      expected = "comma-or-end";
    } else if ((char === "{" || char === "[") && expected.startsWith("value")) {
      if (closers.length === MAX_DEPTH) return { kind: "broken", at };
      closers.push(char === "{" ? "}" : "]");
      at += 1;
      expected = char === "{" ? "name-or-end" : "value-or-end";
      continue;
    } else if (expected === "colon" || expected === "comma-or-end") {
      if (char !== (expected === "colon" ? ":" : ",")) return { kind: "broken", at };
      at += 1;
      expected = expected === "colon" || closer === "]" ? "value" : "name";
      continue;
    } else {
      const isName = expected.startsWith("name");
      const scalar = isName && char !== '"' ? broken(at) : scanScalar(text, at);
      if (scalar.kind !== "whole") return scalar;
      at = scalar.end;
      expected = isName ? "colon" : "comma-or-end";
    }
    if (closers.length === 0) return { kind: "whole", end: at };
  }
}

function broken(at: number): Scan {
  return { kind: "broken", at };
}

function skipBlank(text: string, start: number): number {
  let at = start;
  while (BLANK.has(text.charCodeAt(at))) at += 1;
  return at;
}

const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);

function scanScalar(text: string, start: number): Scan {
  const char = text[start];
  if (char === '"') return scanString(text, start);
  if (char === "-" || isDigit(text, start)) return scanNumber(text, start);
  const word = WORDS.find((candidate) => candidate[0] === char);
  return word === undefined ? broken(start) : scanWord(text, start, word);
}

const WORDS = ["true", "false", "null"];

function scanWord(text: string, start: number, word: string): Scan {
  for (let index = 0; index < word.length; index += 1) {
    if (start + index >= text.length) return CUT;
    if (text[start + index] !== word[index]) return broken(start + index);
  }
  return { kind: "whole", end: start + word.length };
}

function scanString(text: string, start: number): Scan {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { kind: "whole", end: at + 1 };
    if (code < 0x20) return broken(at);
    if (code === 0x5c) {
      const escaped = /^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(at + 1, at + 6));
      if (escaped === null) return at + 6 > text.length ? CUT : broken(at);
      at += escaped[0].length;
    }
    at += 1;
  }
  return CUT;
}

function scanNumber(text: string, start: number): Scan {
  let at = text[start] === "-" ? start + 1 : start;
  if (!isDigit(text, at)) return missing(text, at);
  at = text[at] === "0" ? at + 1 : skipDigits(text, at);
  if (text[at] === ".") {
    if (!isDigit(text, at + 1)) return missing(text, at + 1);
    at = skipDigits(text, at + 1);
  }
  if (text[at] === "e" || text[at] === "E") {
    at += text[at + 1] === "+" || text[at + 1] === "-" ? 2 : 1;
    if (!isDigit(text, at)) return missing(text, at);
    at = skipDigits(text, at);
  }
  return { kind: "whole", end: at };
}

function missing(text: string, at: number): Scan {
  return at >= text.length ? CUT : broken(at);
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

function skipDigits(text: string, start: number): number {
  let at = start;
  while (isDigit(text, at)) at += 1;
  return at;
}
