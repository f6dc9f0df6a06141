// Splits the inside of a JSON filter pattern into tokens. Knows spelling, not structure.

import type { ParseProblem, ParseProblemCode } from "./problem.ts";

export type Token = { readonly offset: number; readonly end: number; readonly text: string } & (
  | { readonly type: "(" | ")" | "{" | "}" | "&&" | "||" | "=" | "!=" | "<" | ">" | "<=" | ">=" | "end" }
  /** `text` with its `$`; the steps are read by parse-selector.ts. */
  | { readonly type: "selector" }
  /** `value` without quotes and escapes; `plainBackslash` is where a backslash stands for itself. */
  | { readonly type: "quoted"; readonly value: string; readonly plainBackslash: number | undefined }
  /** `value` without the percent signs. */
  | { readonly type: "regex"; readonly value: string }
  | { readonly type: "bare" }
  | { readonly type: "problem"; readonly problem: ParseProblem }
);

const OPERATORS = ["&&", "||", "!=", "<=", ">=", "(", ")", "{", "}", "=", "<", ">"] as const;
const BARE = /[^\s()&|=!<>"'%{}$\u2018-\u201f]+/y;
const SELECTOR = /\$(?:\.?\[(?:'[^']*'?|[^\]'\s]*)\]?|\.\*|\.?[^\s()&|=!<>"'%{}$[\].*]+|\.)*/y;

/** The token that starts at `at`, blanks skipped. Never reads a character twice. */
export function nextToken(text: string, at: number): Token {
  let offset = at;
  while (offset < text.length && /\s/.test(text.charAt(offset))) offset += 1;
  if (offset >= text.length) return { type: "end", offset, end: offset, text: "" };
  if (text.startsWith("==", offset)) return problemToken(text, "double-equals", offset, offset + 2, "=");
  for (const operator of OPERATORS) {
    if (text.startsWith(operator, offset)) {
      return { type: operator, offset, end: offset + operator.length, text: operator };
    }
  }
  switch (text[offset]) {
    case '"':
      return quotedToken(text, offset);
    case "%":
      return regexToken(text, offset);
    case "$": {
      const end = matchEnd(SELECTOR, text, offset);
      return { type: "selector", offset, end, text: text.slice(offset, end) };
    }
    case "'":
      return otherQuotes(text, "single-quotes", offset, /'[^']*'?/y);
    case "&":
      return ampersandToken(text, offset);
    case "|":
      return problemToken(text, "single-logical-operator", offset, offset + 1, "||");
    case "!":
      return problemToken(text, "negated-group", offset, offset + 1, undefined);
  }
  if (/[\u2018-\u201f]/.test(text.charAt(offset))) {
    return otherQuotes(text, "curly-quotes", offset, /[\u2018-\u201f][^\u2018-\u201f]*[\u2018-\u201f]?/y);
  }
  const end = matchEnd(BARE, text, offset);
  return { type: "bare", offset, end, text: text.slice(offset, end) };
}

function matchEnd(expression: RegExp, text: string, offset: number): number {
  expression.lastIndex = offset;
  return offset + (expression.exec(text)?.[0].length ?? 1);
}

function problemToken(
  text: string,
  code: ParseProblemCode,
  offset: number,
  end: number,
  suggestion: string | undefined,
): Token {
  const found = text.slice(offset, end);
  return {
    type: "problem",
    offset,
    end,
    text: found,
    problem: { code, offset, end, found, suggestion, certain: true },
  };
}

function quotedToken(text: string, offset: number): Token {
  let value = "";
  let plainBackslash: number | undefined;
  let at = offset + 1;
  while (at < text.length && text[at] !== '"') {
    const escaped = text[at] === "\\" && (text[at + 1] === '"' || text[at + 1] === "\\");
    if (text[at] === "\\" && !escaped) plainBackslash ??= at;
    if (escaped) at += 1;
    value += text.charAt(at);
    at += 1;
  }
  if (at >= text.length) return problemToken(text, "quote-not-closed", offset, text.length, undefined);
  return { type: "quoted", offset, end: at + 1, text: text.slice(offset, at + 1), value, plainBackslash };
}

function regexToken(text: string, offset: number): Token {
  const close = text.indexOf("%", offset + 1);
  if (close < 0) return problemToken(text, "regex-not-closed", offset, text.length, undefined);
  const end = close + 1;
  return { type: "regex", offset, end, text: text.slice(offset, end), value: text.slice(offset + 1, close) };
}

/** 'x' and the curly quotes that word processors make: only the straight double quote quotes. */
function otherQuotes(
  text: string,
  code: "single-quotes" | "curly-quotes",
  offset: number,
  whole: RegExp,
): Token {
  const end = matchEnd(whole, text, offset);
  const inside = text.slice(offset + 1, end).replace(/['\u2018-\u201f]$/, "");
  return problemToken(text, code, offset, end, `"${inside}"`);
}

function ampersandToken(text: string, offset: number): Token {
  const path = /^&(\.[\w.-]+)/.exec(text.slice(offset, offset + 256))?.[1];
  if (path === undefined) return problemToken(text, "single-logical-operator", offset, offset + 1, "&&");
  return problemToken(text, "selector-ampersand", offset, offset + 1 + path.length, `$${path}`);
}
