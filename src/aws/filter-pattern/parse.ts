// Text to pattern: tells the form, parses the JSON form by recursive descent, and bounds everything AWS bounds.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html

import type { Comparison, Compound, Expression, Operand, Selector, Test } from "./ast.ts";
import { nextToken, type Token } from "./lex.ts";
import { parseSelector } from "./parse-selector.ts";
import { parseTerms } from "./parse-terms.ts";
import type { Parsed, ParseProblem, ParseProblemCode, ParseRemark, ParseRemarkCode } from "./problem.ts";
import { parseRegex } from "./regex.ts";

/** Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
const MAX_BYTES = 1024;
/** Source: FilterAndPatternSyntax.html, "limit of 2 regex for each filter pattern" (delimited and JSON). */
const MAX_REGEXES = 2;
/** Source: FilterAndPatternSyntax.html, "up to three wildcard selectors in a filter pattern". */
const MAX_WILDCARDS = 3;

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const NUMBER_PATTERN = /^(?=.*\d)[+-]?[\d*]+(?:\.[\d*]+)?(?:[eE][+-]?[\d*]+)?$/;

/** Cost: linear in the text, which is refused beyond 1024 bytes before anything else is looked at. */
export function parsePattern(text: string): Parsed {
  const bytes = text.length > MAX_BYTES ? text.length : new TextEncoder().encode(text).length;
  if (bytes > MAX_BYTES) {
    return failed("too-long", { offset: 0, end: text.length, text: `${bytes} bytes` });
  }
  const trimmed = text.trim();
  if (trimmed === "") return { pattern: { form: "everything", text }, remarks: [] };
  if (trimmed.startsWith("{")) return parseJsonForm(text);
  if (!trimmed.startsWith("[")) return parseTerms(text);
  if (trimmed.endsWith("]")) return { pattern: { form: "delimited", text }, remarks: [] };
  const end = text.trimEnd().length;
  return failed("closing-bracket-missing", { offset: end, end, text: "" }, { suggestion: "]" });
}

type Failed = { readonly problem: ParseProblem };

interface Cursor {
  readonly text: string;
  token: Token;
  readonly remarks: ParseRemark[];
  regexes: number;
  wildcards: number;
}

function failed(
  code: ParseProblemCode,
  at: { readonly offset: number; readonly end: number; readonly text: string },
  more: { readonly suggestion?: string; readonly certain?: boolean } = {},
): Failed {
  const { offset, end, text } = at;
  const { suggestion, certain = true } = more;
  return { problem: { code, offset, end, found: text, suggestion, certain } };
}

function advance(cursor: Cursor): Token {
  const taken = cursor.token;
  cursor.token = nextToken(cursor.text, taken.end);
  return taken;
}

/** The problem a token brings with it, or else `code`: something else was expected here. */
function unexpected(token: Token, code: ParseProblemCode): Failed {
  return token.type === "problem" ? { problem: token.problem } : failed(code, token);
}

function parseJsonForm(text: string): Parsed {
  const cursor: Cursor = { text, token: nextToken(text, 0), remarks: [], regexes: 0, wildcards: 0 };
  advance(cursor);
  const expression = parseOr(cursor);
  if ("problem" in expression) return expression;
  if (cursor.token.type !== "}") return expressionGoesOn(cursor);
  const { end } = advance(cursor);
  if (text.slice(end).trim() !== "") {
    return failed("text-after-pattern", { offset: end, end: text.length, text: text.slice(end) });
  }
  return { pattern: { form: "json", expression, text }, remarks: cursor.remarks };
}

function parseOr(cursor: Cursor): Expression | Failed {
  return parseChain(cursor, "or", "||", parseAnd);
}

function parseAnd(cursor: Cursor): Expression | Failed {
  return parseChain(cursor, "and", "&&", parsePrimary);
}

function parseChain(
  cursor: Cursor,
  kind: Compound["kind"],
  operator: "&&" | "||",
  parseOperand: (cursor: Cursor) => Expression | Failed,
): Expression | Failed {
  const operands: Expression[] = [];
  for (;;) {
    const operand = parseOperand(cursor);
    if ("problem" in operand) return operand;
    if (operand.kind === kind) operands.push(...operand.operands);
    else operands.push(operand);
    if (cursor.token.type !== operator) break;
    advance(cursor);
  }
  const [first, ...more] = operands;
  return first !== undefined && more.length === 0 ? first : { kind, operands };
}

function parsePrimary(cursor: Cursor): Expression | Failed {
  const token = cursor.token;
  if (token.type === "selector") return parseComparison(cursor);
  if (token.type === "(") {
    advance(cursor);
    const inner = parseOr(cursor);
    if ("problem" in inner) return inner;
    if (cursor.token.type === ")") {
      advance(cursor);
      return inner;
    }
    const atEnd = cursor.token.type === "}" || cursor.token.type === "end";
    return atEnd ? failed("parenthesis-not-closed", token) : expressionGoesOn(cursor);
  }
  if (token.type === "}" && /^\s*\{\s*\}/.test(cursor.text)) return failed("empty-expression", token);
  if (token.type !== "bare") return unexpected(token, "condition-expected");
  if (token.text.toUpperCase() === "NOT") return failed("negated-group", token);
  const suggestion = /^\.?[A-Za-z][\w.-]*$/.test(token.text)
    ? `$.${token.text.replace(/^\./, "")}`
    : undefined;
  return failed("selector-expected", token, suggestion === undefined ? {} : { suggestion });
}

/** What is wrong when neither an operator nor the end follows a complete condition. */
function expressionGoesOn(cursor: Cursor): Failed {
  const token = cursor.token;
  if (token.type === "end") return failed("closing-brace-missing", token, { suggestion: "}" });
  if (token.type === ")") return failed("parenthesis-not-opened", token);
  if (token.type === "bare" && /^(and|or)$/i.test(token.text)) {
    const suggestion = token.text.toLowerCase() === "and" ? "&&" : "||";
    return failed("word-for-operator", token, { suggestion });
  }
  return unexpected(token, "logical-operator-expected");
}

function parseComparison(cursor: Cursor): Comparison | Failed {
  const token = advance(cursor);
  const parsed = parseSelector(token.text, token.offset);
  if ("problem" in parsed) return parsed;
  const { selector } = parsed;
  if (selector.some((step) => step.kind === "any-element" || step.kind === "any-field")) {
    cursor.wildcards += 1;
    if (cursor.wildcards > MAX_WILDCARDS) return failed("too-many-wildcards", token);
  }
  const test = cursor.token.type === "bare" ? parseWords(cursor, token, selector) : parseOperation(cursor);
  return "problem" in test ? test : { kind: "comparison", selector, test };
}

/** `IS NULL`, `IS TRUE`, `IS FALSE`, `NOT EXISTS`, and the ways to get them wrong. */
function parseWords(cursor: Cursor, selectorToken: Token, selector: Selector): Test | Failed {
  const first = advance(cursor);
  const tokens = cursor.token.type === "bare" ? [first, cursor.token] : [first];
  const words = tokens.map(({ text }) => text).join(" ");
  const phrase = { offset: first.offset, end: tokens.at(-1)?.end ?? first.end, text: words };
  const spelled = words.toUpperCase();
  if (/^(IS (NULL|TRUE|FALSE)|NOT EXISTS)$/.test(spelled)) {
    if (spelled !== words) return failed("keyword-case", phrase, { suggestion: spelled, certain: false });
    advance(cursor);
    if (spelled === "NOT EXISTS") return { operator: "not-exists" };
    return {
      operator: "is",
      operand: spelled === "IS NULL" ? "null" : spelled === "IS TRUE" ? "true" : "false",
    };
  }
  const last = selector.at(-1);
  if (first.text === "EXISTS" && last?.kind === "name" && last.name.endsWith("NOT") && last.name !== "NOT") {
    const joined = { offset: selectorToken.offset, end: first.end, text: `${selectorToken.text} EXISTS` };
    const suggestion = `${selectorToken.text.slice(0, -3)} NOT EXISTS`;
    return failed("blank-before-keyword", joined, { suggestion });
  }
  if (/^(IS|NOT|EXISTS)$/i.test(first.text)) return failed("keyword-unsupported", phrase);
  return failed("operator-expected", first);
}

function parseOperation(cursor: Cursor): Test | Failed {
  const token = cursor.token;
  switch (token.type) {
    case "=":
    case "!=": {
      advance(cursor);
      const operand = parseOperand(cursor);
      return "problem" in operand ? operand : { operator: token.type, operand };
    }
    case "<":
    case ">":
    case "<=":
    case ">=": {
      advance(cursor);
      const value = cursor.token;
      if (value.type !== "bare" || !NUMBER.test(value.text)) return unexpected(value, "number-expected");
      advance(cursor);
      return { operator: token.type, operand: numberOperand(value.text) };
    }
    default:
      return unexpected(token, "operator-expected");
  }
}

function parseOperand(cursor: Cursor): Operand | Failed {
  const token = cursor.token;
  switch (token.type) {
    case "quoted":
      advance(cursor);
      if (token.plainBackslash !== undefined) remark(cursor, "backslash", token);
      return textOperand(cursor, token, token.value);
    case "regex":
      advance(cursor);
      return regexOperand(cursor, token, token.value);
    case "bare":
      return bareOperand(cursor);
    default:
      return unexpected(token, "value-expected");
  }
}

function bareOperand(cursor: Cursor): Operand | Failed {
  const token = advance(cursor);
  let end = token.end;
  while (cursor.token.type === "bare" && !/^(and|or)$/i.test(cursor.token.text)) end = advance(cursor).end;
  if (end > token.end) {
    const found = cursor.text.slice(token.offset, end);
    return failed(
      "value-with-blank",
      { offset: token.offset, end, text: found },
      { suggestion: `"${found}"` },
    );
  }
  if (NUMBER.test(token.text)) return numberOperand(token.text);
  if (/[^A-Za-z0-9_.*]/.test(token.text)) remark(cursor, "bare-characters", token);
  if (token.text.includes("*") && NUMBER_PATTERN.test(token.text)) {
    return { kind: "number-pattern", text: token.text };
  }
  return textOperand(cursor, token, token.text);
}

function textOperand(cursor: Cursor, token: Token, text: string): Operand {
  if (text.slice(1, -1).includes("*")) remark(cursor, "inner-star", token);
  if (/^(true|false|null)$/i.test(text)) remark(cursor, "literal-word", token);
  return { kind: "text", text };
}

function numberOperand(text: string): Operand & { kind: "number" } {
  return { kind: "number", value: Number(text), text };
}

function regexOperand(cursor: Cursor, token: Token, source: string): Operand | Failed {
  cursor.regexes += 1;
  if (cursor.regexes > MAX_REGEXES) return failed("too-many-regexes", token);
  const parsed = parseRegex(source);
  if ("regex" in parsed) return { kind: "regex", regex: parsed.regex };
  const { code, offset, end } = parsed.problem;
  const [from, to] = [token.offset + 1 + offset, token.offset + 1 + end];
  const certain = code === "regex-parenthesis" || code === "regex-character";
  return failed(code, { offset: from, end: to, text: cursor.text.slice(from, to) }, { certain });
}

function remark(cursor: Cursor, code: ParseRemarkCode, token: Token): void {
  cursor.remarks.push({ code, offset: token.offset, end: token.end, found: token.text });
}
