// A problem or a remark of the pattern parser in words, with the place under the text. The only English of this room.

import type { ParseProblem, ParseProblemCode, ParseRemark, ParseRemarkCode } from "./problem.ts";

export interface Description {
  /** One sentence: what stands there and what that means. */
  readonly sentence: string;
  /** One edit; `undefined` when none is sure to be right. */
  readonly help: string | undefined;
  /** The line of the pattern, and below it carets under the place; cut to about 100 columns. */
  readonly excerpt: readonly [line: string, carets: string];
}

/** `text` is the pattern as it was given to the parser. */
export function describeProblem(problem: ParseProblem, text: string): Description {
  const { code, found, suggestion } = problem;
  return {
    sentence: SENTENCES[code](found),
    help: suggestion === undefined ? undefined : `write ${suggestion}`,
    excerpt: excerptOf(text, problem),
  };
}

export function describeRemark(remark: ParseRemark, text: string): Description {
  return { sentence: REMARKS[remark.code](remark.found), help: undefined, excerpt: excerptOf(text, remark) };
}

const SENTENCES: Readonly<Record<ParseProblemCode, (found: string) => string>> = {
  "too-long": (found) => `the pattern has ${found}, AWS allows 1024`,
  "braces-missing": () =>
    "conditions on fields have to stand in braces, without them this is a search for words",
  "closing-brace-missing": () => "the pattern starts with { and does not end with }",
  "text-after-pattern": (found) => `nothing may follow the closing brace, here it is "${found.trim()}"`,
  "closing-bracket-missing": () => "the pattern starts with [ and does not end with ]",
  "empty-expression": () => "there is no condition between the braces",
  "parenthesis-not-closed": () => "this parenthesis is never closed",
  "parenthesis-not-opened": () => "this parenthesis was never opened",
  "condition-expected": (found) =>
    found === ""
      ? "the pattern ends where a condition has to be"
      : `a condition has to stand here, not "${found}"`,
  "selector-expected": (found) => `a field starts with $., "${found}" does not`,
  "selector-ampersand": (found) => `a field starts with $., not with & as "${found}" does`,
  "selector-without-dot": (found) => `"${found}" lacks the dot after $`,
  "selector-syntax": (found) =>
    `"${found}" cannot stand in the name of a field; other characters than letters, digits, - and _ need ['...']`,
  "selector-wildcards": (found) => `AWS allows one wildcard in a field, "${found}" has more`,
  "too-many-wildcards": () => "AWS allows wildcards in three fields of a pattern, this is the fourth",
  "operator-expected": (found) =>
    found === "" || found === "}" || found === ")"
      ? "the field is compared with nothing"
      : `after a field comes =, !=, <, >, <=, >=, IS or NOT EXISTS, not "${found}"`,
  "double-equals": () => "equality is written with one =",
  "logical-operator-expected": (found) => `two conditions are joined by && or ||, here comes "${found}"`,
  "single-logical-operator": (found) => `"${found}" joins nothing, conditions are joined by && or ||`,
  "word-for-operator": (found) => `"${found}" joins nothing, conditions are joined by && or ||`,
  "negated-group": () => "patterns have no negation of conditions, only != and NOT EXISTS",
  "keyword-case": (found) => `AWS documents these words in capitals only, here they are "${found}"`,
  "keyword-unsupported": (found) => `AWS knows IS NULL, IS TRUE, IS FALSE and NOT EXISTS, not "${found}"`,
  "blank-before-keyword": (found) => `there is no blank before NOT EXISTS in "${found}"`,
  "value-expected": (found) =>
    found === "" || found === "}" || found === ")"
      ? "the value to compare with is missing"
      : `a value has to stand here, not "${found}"`,
  "value-with-blank": (found) => `the value ${found} has a blank and no double quotes`,
  "number-expected": (found) => `<, >, <= and >= compare numbers, "${found}" is none`,
  "single-quotes": (found) => `only double quotes quote, ${found} stands in single ones`,
  "curly-quotes": (found) => `only straight double quotes quote, ${found} stands in curly ones`,
  "quote-not-closed": () => "this quote is never closed",
  "regex-not-closed": () => "the regular expression has no closing %",
  "too-many-regexes": () => "AWS allows two regular expressions in a pattern, this is the third",
  "term-characters": (found) =>
    `a word with other characters than letters, digits and _ needs double quotes: ${found}`,
  "regex-parenthesis": () =>
    "parentheses are not allowed in a regular expression; \\x28 and \\x29 match them",
  "regex-character": (found) =>
    `AWS does not allow "${found}" in a regular expression; \\x and two digits match it`,
  "regex-class": () => "this character class is empty, not closed, or has its bounds the wrong way round",
  "regex-escape": (found) => `AWS does not document the escape ${found}`,
  "regex-quantifier": (found) =>
    `"${found}" has nothing to repeat, or repeats in a way AWS does not document`,
  "regex-empty": () => "there is nothing between the percent signs",
};

const REMARKS: Readonly<Record<ParseRemarkCode, (found: string) => string>> = {
  "bare-characters": (found) => `AWS documents values such as ${found} in double quotes only`,
  backslash: (found) => `a backslash in ${found} stands for itself; only \\" and \\\\ are escapes`,
  "inner-star": (found) =>
    `the * inside ${found} was a plain character until 2022, and AWS does not say what it is now`,
  "literal-word": (found) =>
    `${found} is compared as text; IS TRUE, IS FALSE and IS NULL test for the values`,
  "optional-ignored": (found) => `AWS ignores ${found}: words with ? count only when all words have it`,
};

const WIDTH = 100;

function excerptOf(
  text: string,
  { offset, end }: { readonly offset: number; readonly end: number },
): readonly [string, string] {
  const lineStart = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  const newline = text.indexOf("\n", lineStart);
  const lineEnd = newline < 0 ? text.length : newline;
  const start = Math.max(lineStart, Math.min(offset - WIDTH / 2, lineEnd - WIDTH));
  const stop = Math.min(lineEnd, start + WIDTH);
  const before = start > lineStart ? "..." : "";
  const after = stop < lineEnd ? "..." : "";
  // One column for each character, so that the carets stay below what they point at.
  const line = text.slice(start, stop).replaceAll(/[\p{Cc}\p{Cf}]/gu, " ");
  const carets = "^".repeat(Math.max(1, Math.min(end, stop) - offset));
  return [`${before}${line}${after}`, " ".repeat(before.length + offset - start) + carets];
}
