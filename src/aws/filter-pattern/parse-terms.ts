// The text form of a pattern: words that must (a), must not (-a) or may (?a) occur in the event's text.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (unstructured log events)

import type { Term, Terms } from "./ast.ts";
import { nextToken } from "./lex.ts";
import type { Parsed, ParseProblem, ParseRemark } from "./problem.ts";
import { parseRegex } from "./regex.ts";

const WORD = /[A-Za-z0-9_]+/y;

/** `text` is neither blank nor of another form, and not too long. */
export function parseTerms(text: string): Parsed {
  const found: Record<keyof Terms, Term[]> = { include: [], exclude: [], optional: [] };
  let firstOptional: ParseRemark | undefined;
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    if (at >= text.length) break;
    const sign = text.charAt(at);
    const list = sign === "-" ? "exclude" : sign === "?" ? "optional" : "include";
    const start = list === "include" ? at : at + 1;
    const term = parseTerm(text, start);
    if ("problem" in term) return term;
    found[list].push(term.value);
    if (list === "optional") {
      firstOptional ??= {
        code: "optional-ignored",
        offset: at,
        end: term.end,
        found: text.slice(at, term.end),
      };
    }
    at = term.end;
  }
  const plain = found.include.length + found.exclude.length > 0;
  const remarks = plain && firstOptional !== undefined ? [firstOptional] : [];
  return {
    pattern: isBlank(found) ? { form: "everything", text } : { form: "terms", ...found, text },
    remarks,
  };
}

/** AWS's own way to match everything is a blank in double quotes. */
function isBlank({ include, exclude, optional }: Terms): boolean {
  const blank = (term: Term): boolean => term.kind === "text" && term.text.trim() === "";
  return exclude.length === 0 && optional.length === 0 && include.every(blank);
}

function parseTerm(
  text: string,
  at: number,
): { readonly value: Term; readonly end: number } | { readonly problem: ParseProblem } {
  if (text[at] === '"' || text[at] === "%") {
    const token = nextToken(text, at);
    if (token.type === "problem") return { problem: token.problem };
    if (token.type === "quoted") return { value: { kind: "text", text: token.value }, end: token.end };
    if (token.type === "regex") return parseRegexTerm(text, token.value, at + 1, token.end);
  }
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0] ?? "";
  const rest = /^\S*/.exec(text.slice(at + word.length))?.[0] ?? "";
  if (word !== "" && rest === "") return { value: { kind: "text", text: word }, end: at + word.length };
  return { problem: termProblem(text, at, at + word.length + rest.length) };
}

function parseRegexTerm(
  text: string,
  source: string,
  from: number,
  end: number,
): { readonly value: Term; readonly end: number } | { readonly problem: ParseProblem } {
  const parsed = parseRegex(source);
  if ("regex" in parsed) return { value: { kind: "regex", regex: parsed.regex }, end };
  const { code, offset, end: stop } = parsed.problem;
  const found = text.slice(from + offset, from + stop);
  return {
    problem: { code, offset: from + offset, end: from + stop, found, suggestion: undefined, certain: false },
  };
}

/** Either a condition whose braces were forgotten, or a term that has to be quoted. */
function termProblem(text: string, offset: number, end: number): ParseProblem {
  if (/^\(*\s*\$\.?/.test(text.trimStart())) {
    const whole = text.trim();
    const from = text.indexOf(whole);
    return {
      code: "braces-missing",
      offset: from,
      end: from + whole.length,
      found: whole,
      suggestion: `{ ${whole} }`,
      certain: false,
    };
  }
  const found = text.slice(offset, end);
  const quotable = /^[^"%]+$/.test(found);
  return {
    code: "term-characters",
    offset,
    end,
    found,
    suggestion: quotable ? `"${found}"` : undefined,
    certain: false,
  };
}
