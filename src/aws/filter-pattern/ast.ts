// What a CloudWatch Logs filter pattern says, as data. Parsing, meaning and printing live beside it.

import type { Regex } from "./regex.ts";

/**
 * A filter pattern in one of its forms.
 *
 * - `json`: `{ ... }`, conditions on the fields of a JSON log event.
 * - `everything`: empty or blank; matches every event.
 * - `terms`: words that must, may or must not stand in the text of the event.
 * - `delimited`: `[a, b, ...]` for space-separated logs; never matches a CloudTrail event.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export type Pattern =
  | { readonly form: "json"; readonly expression: Expression; readonly text: string }
  | { readonly form: "everything"; readonly text: string }
  | ({ readonly form: "terms"; readonly text: string } & Terms)
  | { readonly form: "delimited"; readonly text: string };

/**
 * `&&` binds tighter than `||`. Nested operators of one kind are flattened: an operand of "and" is an "or" or a
 * comparison, an operand of "or" is an "and" or a comparison, and there are at least two.
 */
export type Expression = Compound | Comparison;

export interface Compound {
  readonly kind: "and" | "or";
  readonly operands: readonly Expression[];
}

export interface Comparison {
  readonly kind: "comparison";
  readonly selector: Selector;
  readonly test: Test;
}

/** At least one step; at most one of them a wildcard. */
export type Selector = readonly Step[];

export type Step =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "index"; readonly index: number }
  /** `[*]` */
  | { readonly kind: "any-element" }
  /** `.*` */
  | { readonly kind: "any-field" };

export type Test =
  | { readonly operator: "=" | "!="; readonly operand: Operand }
  | { readonly operator: "<" | ">" | "<=" | ">="; readonly operand: NumberOperand }
  | { readonly operator: "is"; readonly operand: "null" | "true" | "false" }
  | { readonly operator: "not-exists" };

export type Operand =
  /** Quoted, or bare and not a number. `*` is a wildcard as the reading says. */
  | { readonly kind: "text"; readonly text: string }
  | NumberOperand
  /** A bare number in which `*` stands for digits, such as `4*`. */
  | { readonly kind: "number-pattern"; readonly text: string }
  | { readonly kind: "regex"; readonly regex: Regex };

/** A bare number; `text` is how it was written. */
export interface NumberOperand {
  readonly kind: "number";
  readonly value: number;
  readonly text: string;
}

/** With any `include` or `exclude`, AWS ignores `optional`; alone, one of `optional` must occur. */
export interface Terms {
  readonly include: readonly Term[];
  readonly exclude: readonly Term[];
  readonly optional: readonly Term[];
}

export type Term =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "regex"; readonly regex: Regex };

/** Every comparison of the pattern, from left to right; none for forms without fields. */
export function comparisonsOf(pattern: Pattern): readonly Comparison[] {
  if (pattern.form !== "json") return [];
  const found: Comparison[] = [];
  const visit = (expression: Expression): void => {
    if (expression.kind === "comparison") found.push(expression);
    else for (const operand of expression.operands) visit(operand);
  };
  visit(pattern.expression);
  return found;
}
