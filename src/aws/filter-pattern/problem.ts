// Why a text is no filter pattern, as data; describe-problem.ts has the words.

import type { Pattern } from "./ast.ts";
import type { RegexProblemCode } from "./regex.ts";

export type Parsed =
  | { readonly pattern: Pattern; readonly remarks: readonly ParseRemark[] }
  | { readonly problem: ParseProblem };

export interface ParseProblem {
  readonly code: ParseProblemCode;
  /** Where it is: 0-based, in UTF-16 code units of the text as given; `end` is exclusive. */
  readonly offset: number;
  readonly end: number;
  /** What stands there. */
  readonly found: string;
  /** What to write in its place; `undefined` when there is no single edit. */
  readonly suggestion: string | undefined;
  /**
   * Whether AWS is known to refuse the text or to read it as something else.
   * `false`: outside the documented syntax, and nobody has written down what AWS does.
   */
  readonly certain: boolean;
}

export type ParseProblemCode =
  | "too-long"
  | "braces-missing"
  | "closing-brace-missing"
  | "text-after-pattern"
  | "closing-bracket-missing"
  | "empty-expression"
  | "parenthesis-not-closed"
  | "parenthesis-not-opened"
  | "condition-expected"
  | "selector-expected"
  | "selector-ampersand"
  | "selector-without-dot"
  | "selector-syntax"
  | "selector-wildcards"
  | "too-many-wildcards"
  | "operator-expected"
  | "double-equals"
  | "logical-operator-expected"
  | "single-logical-operator"
  | "word-for-operator"
  | "negated-group"
  | "keyword-case"
  | "keyword-unsupported"
  | "blank-before-keyword"
  | "value-expected"
  | "value-with-blank"
  | "number-expected"
  | "single-quotes"
  | "curly-quotes"
  | "quote-not-closed"
  | "regex-not-closed"
  | "too-many-regexes"
  | "term-characters"
  | RegexProblemCode;

/** Said of a text that parses; it may not mean what its author thinks. */
export interface ParseRemark {
  readonly code: ParseRemarkCode;
  readonly offset: number;
  readonly end: number;
  readonly found: string;
}

export type ParseRemarkCode =
  /** A bare value with characters that AWS documents only inside double quotes. */
  | "bare-characters"
  /** A backslash before something else than `"` or `\`; it stands for itself. */
  | "backslash"
  /** `*` between other characters: a plain character until 2022, not said since. */
  | "inner-star"
  /** `true`, `false` or `null` compared as text; AWS documents `IS TRUE` and the like. */
  | "literal-word"
  /** `?term` beside plain or excluded terms is ignored. */
  | "optional-ignored";
