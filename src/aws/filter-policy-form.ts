// Which filter policies AWS refuses, so that the subscription is never made as it is written.

import type { PolicyProblem } from "../model/finding.ts";
import { numberOf, stringOf, UNSET, type Value } from "../model/value.ts";

export type PolicyScope = "MessageAttributes" | "MessageBody";

const MOST_KEYS = 5;
const MOST_COMBINATIONS = 150;
/** In bytes. */
const LONGEST = 256 * 1024;

/**
 * Why AWS certainly refuses a policy; `undefined` when it takes it, or when that is not known. `scope` is
 * `undefined` where it may be either. Operators that are not known here are no reason: AWS adds to them.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html (keys, combinations,
 * size, nesting); the other refusals were recorded from AWS in
 * https://github.com/localstack/localstack/blob/main/tests/aws/services/sns/test_sns_filter_policy.py
 */
export function policyProblem(policy: Value, scope: PolicyScope | undefined): PolicyProblem | undefined {
  if (policy.kind === "list") return "not-an-object";
  if (policy.kind !== "map") return undefined;
  // How AWS counts the keys within `$or` is not documented, so `$or` is left out.
  const keys = [...policy.entries.keys()].filter((key) => key !== "$or");
  if (keys.length > MOST_KEYS) return "too-many-keys";
  if (combinations(policy, 1) > MOST_COMBINATIONS) return "too-complex";
  return problemWithin(policy, scope);
}

/** Why AWS refuses the text itself: it is no JSON, or too long. */
export function textProblem(written: Value): PolicyProblem | undefined {
  const text = stringOf(written);
  if (text === undefined) return undefined;
  if (new TextEncoder().encode(text).length > LONGEST) return "too-large";
  try {
    JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return "not-json";
    // Nested beyond what is read here.
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

/** The least number of combinations: each list counts its elements times its depth, `$or` adds up its policies. */
function combinations(policy: Value, depth: number): number {
  if (policy.kind !== "map") return 1;
  let count = 1;
  for (const [key, patterns] of policy.entries) {
    if (patterns.kind === "map") count *= combinations(patterns, depth + 1);
    else if (patterns.kind === "list") {
      const listed = Math.max(1, patterns.elements.filter(isOne).length);
      count *= isOr(key, patterns.elements)
        ? patterns.elements.reduce((sum, inner) => sum + combinations(inner, depth), 0)
        : listed * depth;
    }
  }
  return count;
}

/** An element that may stand for none does not count. */
function isOne(element: Value): boolean {
  return !(element.kind === "unknown" && element.several === true);
}

/** A list of several policies; anything else under that key may be a field of that name. */
function isOr(key: string, patterns: readonly Value[]): boolean {
  return key === "$or" && patterns.length > 1;
}

function problemWithin(policy: Value, scope: PolicyScope | undefined): PolicyProblem | undefined {
  if (policy.kind !== "map") return undefined;
  for (const [key, patterns] of policy.entries) {
    const problem = problemOf(key, patterns, scope);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOf(key: string, patterns: Value, scope: PolicyScope | undefined): PolicyProblem | undefined {
  if (patterns.kind === "map") {
    return scope === "MessageAttributes"
      ? "nested-on-attributes"
      : scope === "MessageBody"
        ? problemWithin(patterns, scope)
        : undefined;
  }
  if (patterns.kind === "known") return "not-a-list";
  if (patterns.kind !== "list") return undefined;
  if (patterns.elements.length === 0) return "empty-list";
  const inner = isOr(key, patterns.elements)
    ? (pattern: Value) => problemWithin(pattern, scope)
    : patternProblem;
  return patterns.elements.map(inner).find((problem) => problem !== undefined);
}

function patternProblem(pattern: Value): PolicyProblem | undefined {
  if (pattern.kind === "list") return "nested-list";
  if (pattern.kind !== "map") return undefined;
  if (pattern.entries.size !== 1) return "several-operators";
  for (const [operator, operand] of pattern.entries) {
    if (operandProblem(operator, operand)) return "operand";
  }
  return undefined;
}

function operandProblem(operator: string, operand: Value): boolean {
  switch (operator) {
    case "exists":
      return operand.kind === "list" || operand.kind === "map" || isKnownOther(operand, "boolean");
    case "prefix":
    case "suffix":
    case "equals-ignore-case":
      return operand.kind === "list" || isKnownOther(operand, "string");
    case "cidr":
      return isKnownOther(operand, "string") || !hasOneSlash(operand);
    case "numeric":
      return operand.kind === "list" && numericProblem(operand.elements);
    default:
      return false;
  }
}

function isKnownOther(operand: Value, type: "boolean" | "string" | "number"): boolean {
  return operand.kind === "known" && typeof operand.value !== type;
}

function hasOneSlash(operand: Value): boolean {
  const text = stringOf(operand);
  return text === undefined || text.split("/").length === 2;
}

/** `[op, number]`, or a lower bound before an upper one that is greater. */
function numericProblem(parts: readonly Value[]): boolean {
  if (parts.some((part) => !isOne(part))) return false;
  if (parts.length !== 2 && parts.length !== 4) return true;
  const [first = UNSET, low = UNSET, second = UNSET, high = UNSET] = parts;
  if (isNoneOf(first, ["<", "<=", "=", ">", ">="]) || isKnownOther(low, "number")) return true;
  if (parts.length === 2) return false;
  if (isNoneOf(first, [">", ">="]) || isNoneOf(second, ["<", "<="]) || isKnownOther(high, "number"))
    return true;
  const [from, to] = [numberOf(low), numberOf(high)];
  return from !== undefined && to !== undefined && to <= from;
}

function isNoneOf(operator: Value, allowed: readonly string[]): boolean {
  return operator.kind === "known" && !allowed.includes(String(operator.value));
}
