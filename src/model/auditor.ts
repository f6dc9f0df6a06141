// What auditors look for in the text of a metric filter, as data, and whether a text pleases them. Says nothing about
// what a pattern means.

import type { AuditorComplaint } from "./finding.ts";

export interface Auditor {
  readonly name: string;
  readonly version: string;
  readonly source: string;
  readonly tests: readonly AuditorTest[];
}

export interface AuditorTest {
  /** Id of the control it stands for. */
  readonly control: string;
  readonly find: TextTest;
  readonly ignoring: readonly Ignored[];
}

type Ignored = "white-space" | "letter-case";

/**
 * - `equals`: the pattern is one of the texts.
 * - `contains`: one of the texts stands in the pattern.
 * - `each`: every regular expression is found.
 * - `in-order`: they are found one after the other, with at least one character between.
 */
type TextTest =
  | { readonly kind: "equals" | "contains"; readonly texts: readonly string[] }
  | { readonly kind: "each" | "in-order"; readonly expressions: readonly string[] };

/**
 * The auditors whose test of the control none of the patterns passes, with what they want to read.
 * `patterns` are the texts of the filters that cover the control together; usually one.
 */
export function complaintsOf(
  auditors: readonly Auditor[],
  control: string,
  patterns: readonly string[],
): readonly AuditorComplaint[] {
  return auditors.flatMap(({ name, version, source, tests }) =>
    tests
      .filter((test) => test.control === control)
      .map((test) => patterns.map((pattern) => wantedBy(test, pattern)))
      .filter((wanted) => !wanted.includes(undefined))
      .flatMap(([wants]) => (wants === undefined ? [] : [{ auditor: name, version, wants, source }])),
  );
}

/** What is missing in the pattern; `undefined`: nothing. Cost: pattern times test, since no expression nests repeats. */
function wantedBy({ find, ignoring }: AuditorTest, pattern: string): string | undefined {
  const stripped = strip(pattern, ignoring);
  switch (find.kind) {
    case "equals":
      return find.texts.some((text) => strip(text, ignoring) === stripped) ? undefined : find.texts[0];
    case "contains":
      return find.texts.some((text) => stripped.includes(strip(text, ignoring))) ? undefined : find.texts[0];
    case "each": {
      const missing = find.expressions.filter((expression) => !new RegExp(expression, "s").test(stripped));
      return missing.length === 0 ? undefined : missing.join(" and ");
    }
    case "in-order":
      return areInOrder(find.expressions, stripped) ? undefined : find.expressions.join(" and then ");
    default:
      return find satisfies never;
  }
}

function strip(text: string, ignoring: readonly Ignored[]): string {
  const dense = ignoring.includes("white-space") ? text.replace(/\s+/g, "") : text;
  return ignoring.includes("letter-case") ? dense.toLowerCase() : dense;
}

/** Each at its first place after the one before: if any places fit, these do. */
function areInOrder(expressions: readonly string[], text: string): boolean {
  let from = 0;
  for (const expression of expressions) {
    const search = new RegExp(expression, "gs");
    search.lastIndex = from;
    if (!search.test(text)) return false;
    from = search.lastIndex + 1;
  }
  return true;
}
