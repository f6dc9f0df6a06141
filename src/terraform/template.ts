// Template text (heredocs, templatefile, the strings of .tf.json and of hcl2json) as expressions. The expressions
// inside `${ }` and `%{ }` are read by the caller. Quoted templates with backslash escapes are not read here.

import type { Expression } from "../model/configuration.ts";
import { commentEnd, heredocAt, heredocEnd, interpolationEnd, quotedEnd } from "./scan.ts";

/** Reads the text of one expression. */
export type ReadExpression = (text: string) => Expression;

/** The text is no template: an interpolation or directive that does not end, or directives that do not match. */
export class TemplateProblem extends Error {
  override readonly name = "TemplateProblem";
}

/**
 * A text without any marker is a literal, and one that is a single interpolation is the expression itself.
 * Throws `TemplateProblem`, `NestingTooDeep` and what `read` throws.
 */
export function readTemplate(text: string, read: ReadExpression): Expression {
  return templateOf(trimmedTokens(text), read);
}

/** Whether template text holds anything but literals; an escaped `$${` counts, since it is written otherwise. */
export function holdsTemplate(text: string): boolean {
  return text.includes("${") || text.includes("%{");
}

type Token =
  | { readonly kind: "literal"; text: string }
  | {
      readonly kind: "interpolation" | "directive";
      readonly text: string;
      readonly trimsBefore: boolean;
      readonly trimsAfter: boolean;
    };

/** Literals come line by line, as in HCL's own scanner: strip markers and indentation work on lines. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let literal = "";
  const flush = () => {
    if (literal !== "") tokens.push({ kind: "literal", text: literal });
    literal = "";
  };
  let at = 0;
  while (at < text.length) {
    const next = nextMarker(text, at);
    literal += text.slice(at, next);
    at = next;
    const char = text[at];
    if (char === "\n") {
      literal += char;
      at += 1;
      flush();
    } else if (char !== undefined && text[at + 1] === char) {
      literal += `${char}{`;
      at += 3;
    } else if (char !== undefined) {
      flush();
      const end = interpolationEnd(text, at + 2);
      if (end === undefined) throw new TemplateProblem(`"${char}{" is not closed`);
      tokens.push(sequence(text.slice(at + 2, end - 1), char === "$" ? "interpolation" : "directive"));
      at = end;
    }
  }
  flush();
  return tokens;
}

const MARKER = /\n|\$\$?\{|%%?\{/g;

function nextMarker(text: string, at: number): number {
  MARKER.lastIndex = at;
  return MARKER.exec(text)?.index ?? text.length;
}

function sequence(inside: string, kind: "interpolation" | "directive"): Token {
  const trimsBefore = inside.startsWith("~");
  const trimsAfter = inside.length > 1 && inside.endsWith("~");
  const text = inside.slice(trimsBefore ? 1 : 0, trimsAfter ? -1 : undefined).trim();
  return { kind, text, trimsBefore, trimsAfter };
}

/** A strip marker takes the white space off the neighbouring literal, as far as that goes on its line. */
function trimmedTokens(text: string): readonly Token[] {
  const tokens = tokensOf(text);
  tokens.forEach((token, index) => {
    if (token.kind === "literal") return;
    const before = tokens[index - 1];
    const after = tokens[index + 1];
    if (token.trimsBefore && before?.kind === "literal") before.text = before.text.trimEnd();
    if (token.trimsAfter && after?.kind === "literal") after.text = after.text.trimStart();
  });
  return tokens;
}

// Tokens to expressions

function templateOf(tokens: readonly Token[], read: ReadExpression): Expression {
  const [only, ...others] = tokens;
  if (only === undefined) return { kind: "literal", value: "" };
  if (only.kind === "interpolation" && others.length === 0) return read(only.text);
  const cursor = { tokens, at: 0 };
  const parts = readParts(cursor, read, []);
  if (cursor.at < tokens.length) throw new TemplateProblem("a directive closes what is not open");
  return templateFrom(parts);
}

function templateFrom(parts: readonly Expression[]): Expression {
  const literals = parts.filter((part) => part.kind === "literal" && typeof part.value === "string");
  if (literals.length < parts.length) return { kind: "template", parts };
  return {
    kind: "literal",
    value: literals.map((part) => (part.kind === "literal" ? part.value : "")).join(""),
  };
}

interface Cursor {
  readonly tokens: readonly Token[];
  at: number;
}

/** Parts up to a directive whose keyword is one of `ends`, which stays to be read. */
function readParts(cursor: Cursor, read: ReadExpression, ends: readonly string[]): readonly Expression[] {
  const parts: Expression[] = [];
  for (;;) {
    const token = cursor.tokens[cursor.at];
    if (token === undefined) return parts;
    if (token.kind === "directive" && ends.includes(keyword(token.text))) return parts;
    cursor.at += 1;
    if (token.kind === "literal") parts.push({ kind: "literal", value: token.text });
    else if (token.kind === "interpolation") parts.push(read(token.text));
    else parts.push(readDirective(cursor, token.text, read));
  }
}

function keyword(directive: string): string {
  return /^[a-z]+/.exec(directive)?.[0] ?? "";
}

const FOR = /^for\s+([\p{L}_][\p{L}\p{N}_-]*)(?:\s*,\s*([\p{L}_][\p{L}\p{N}_-]*))?\s+in\b(.*)$/su;

function readDirective(cursor: Cursor, text: string, read: ReadExpression): Expression {
  switch (keyword(text)) {
    case "if": {
      const condition = read(text.slice(2).trim());
      const whenTrue = templateFrom(readParts(cursor, read, ["else", "endif"]));
      const last = closing(cursor, ["else", "endif"]);
      const whenFalse = last === "else" ? templateFrom(readParts(cursor, read, ["endif"])) : EMPTY;
      if (last === "else") closing(cursor, ["endif"]);
      return { kind: "conditional", condition, whenTrue, whenFalse };
    }
    case "for": {
      const [, first, second, collection] = FOR.exec(text) ?? [];
      if (first === undefined || collection === undefined)
        throw new TemplateProblem(`"%{ ${text} }" is no loop`);
      const value = templateFrom(readParts(cursor, read, ["endfor"]));
      closing(cursor, ["endfor"]);
      return {
        kind: "join",
        tuple: {
          kind: "for",
          keyName: second === undefined ? undefined : first,
          valueName: second ?? first,
          collection: read(collection.trim()),
          key: undefined,
          value,
          condition: undefined,
          grouped: false,
        },
      };
    }
    default:
      throw new TemplateProblem(`"%{ ${text} }" is no directive`);
  }
}

const EMPTY: Expression = { kind: "literal", value: "" };

function closing(cursor: Cursor, wanted: readonly string[]): string {
  const token = cursor.tokens[cursor.at];
  const word = token?.kind === "directive" ? keyword(token.text) : "";
  if (!wanted.includes(word))
    throw new TemplateProblem(`a directive is not closed by ${wanted.join(" or ")}`);
  cursor.at += 1;
  return word;
}

// Heredocs

/**
 * The expression text with its heredocs written as quoted templates: hcl2json's syntax tree keeps neither the
 * removed indentation of `<<-` nor what strip markers took away.
 */
export function withoutHeredocs(text: string): string {
  if (!text.includes("<<")) return text;
  let result = "";
  let at = 0;
  while (at < text.length) {
    const heredoc = heredocAt(text, at);
    if (heredoc !== undefined) {
      const { bodyEnd, end } = heredocEnd(text, heredoc);
      const tokens = tokensOfHeredoc(text.slice(heredoc.body, bodyEnd), heredoc.flush);
      result += `"${tokens.map(quotedToken).join("")}"`;
      at = end;
      continue;
    }
    const end = (text[at] === '"' ? quotedEnd(text, at) : commentEnd(text, at)) ?? at + 1;
    result += text.slice(at, end);
    at = end;
  }
  return result;
}

function tokensOfHeredoc(text: string, flush: boolean): readonly Token[] {
  const tokens = trimmedTokens(text);
  if (flush) removeIndentation(tokens);
  return tokens;
}

/**
 * Takes the least indentation of all lines from each; blank lines do not count, and a line that a strip marker
 * joined to the one before is no line of its own.
 * Source: observed with Terraform 1.11 (test/data/terraform/templates.json).
 */
function removeIndentation(tokens: readonly Token[]): void {
  let startsLine = true;
  let least = Number.POSITIVE_INFINITY;
  const lines: { text: string }[] = [];
  for (const token of tokens) {
    if (startsLine) {
      const indentation = token.kind === "literal" ? token.text.length - token.text.trimStart().length : 0;
      const blank = token.kind === "literal" && token.text.trim() === "" && token.text.endsWith("\n");
      if (token.kind === "literal" && !blank) lines.push(token);
      if (!blank) least = Math.min(least, indentation);
    }
    startsLine = token.kind === "literal" && token.text.endsWith("\n");
  }
  for (const line of lines) line.text = line.text.slice(least);
}

function quotedToken(token: Token): string {
  if (token.kind === "literal") return quotedText(token.text);
  return `${token.kind === "interpolation" ? "$" : "%"}{${withoutHeredocs(token.text)}}`;
}

/** Text as it stands between the quotes of a template: escaped so that it reads back as exactly this text. */
export function quotedText(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll("\\b", "\\u0008").replaceAll("\\f", "\\u000c");
  return escaped
    .replaceAll("${", () => "$${")
    .replaceAll("%{", "%%{")
    .replace(/[$%]$/, (last) => (last === "$" ? "\\u0024" : "\\u0025"));
}
