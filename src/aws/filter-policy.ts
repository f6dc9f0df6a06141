// SNS filter policies held against a message of which not every part is known. Which message that is, is for
// subscription.ts.

import { all, any, elementsOf, not, stringOf, type Tri, type Value } from "../model/value.ts";
import { judgeEach } from "./attributes.ts";
import { sameText } from "./same-text.ts";

/** A message body, or its attributes. */
export interface Message {
  /** The fields that are certainly there. */
  readonly fields: ReadonlyMap<string, Value>;
  /** Whether there are no others. */
  readonly closed: boolean;
}

/**
 * Whether a policy accepts a message: every key has to be met by one of its patterns; `$or` by one of its policies.
 * "maybe" for operators that are not known here.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html (and/or logic, string,
 * numeric, key matching)
 */
export function policyAccepts(policy: Value, message: Message): Tri {
  if (policy.kind !== "map") return "maybe";
  return all([...policy.entries].map(([key, patterns]) => keyAccepts(key, patterns, message)));
}

function keyAccepts(key: string, patterns: Value, message: Message): Tri {
  if (key === "$or") {
    const policies = elementsOf(patterns);
    return policies === undefined ? "maybe" : any(policies.map((policy) => policyAccepts(policy, message)));
  }
  const field = message.fields.get(key);
  const presence: Tri = field !== undefined ? "yes" : message.closed ? "no" : "maybe";
  if (patterns.kind === "map") return nestedAccepts(patterns, field, message.closed);
  if (patterns.kind !== "list") return "maybe";
  return any(patterns.elements.map((pattern) => patternAccepts(pattern, presence, field)));
}

/** A policy on the fields of an object within the body. */
function nestedAccepts(policy: Value, field: Value | undefined, closed: boolean): Tri {
  if (field?.kind === "map") return policyAccepts(policy, { fields: field.entries, closed });
  return policyAccepts(policy, { fields: new Map(), closed: closed && field === undefined });
}

function patternAccepts(pattern: Value, presence: Tri, field: Value | undefined): Tri {
  if (pattern.kind !== "map") return all([presence, equals(pattern, field)]);
  const [operation, ...more] = pattern.entries;
  if (operation === undefined || more.length > 0) return "maybe";
  const [operator, operand] = operation;
  if (operator === "exists") {
    const wanted = stringOf(operand);
    return wanted === "true" ? presence : wanted === "false" ? not(presence) : "maybe";
  }
  return all([presence, judgeField(field, (value) => operatorAccepts(operator, operand, value))]);
}

function judgeField(field: Value | undefined, judge: (value: string | number | boolean) => Tri): Tri {
  if (field === undefined) return "maybe";
  return judgeEach(field, (value) => {
    if (value.kind !== "known") return "maybe";
    return value.value === null ? "no" : judge(value.value);
  });
}

function equals(pattern: Value, field: Value | undefined): Tri {
  if (field === undefined) return "maybe";
  if (pattern.kind === "known" && field.kind === "known") return pattern.value === field.value ? "yes" : "no";
  return sameText(pattern, field);
}

type Scalar = string | number | boolean;

function operatorAccepts(operator: string, operand: Value, field: Scalar): Tri {
  switch (operator) {
    case "prefix":
    case "suffix":
    case "equals-ignore-case":
      return textAccepts(operator, operand, field);
    case "anything-but":
      return not(anyOf(operand, field));
    case "numeric":
      return numericAccepts(operand, field);
    case "cidr":
      return typeof field === "string" && /^[\d.]+$|:/.test(field) ? "maybe" : "no";
    default:
      return "maybe";
  }
}

function textAccepts(
  operator: "prefix" | "suffix" | "equals-ignore-case",
  operand: Value,
  field: Scalar,
): Tri {
  const wanted = stringOf(operand);
  if (wanted === undefined) return "maybe";
  if (typeof field !== "string") return "no";
  switch (operator) {
    case "prefix":
      return field.startsWith(wanted) ? "yes" : "no";
    case "suffix":
      return field.endsWith(wanted) ? "yes" : "no";
    case "equals-ignore-case":
      return field.toLowerCase() === wanted.toLowerCase() ? "yes" : "no";
    default:
      return operator satisfies never;
  }
}

/** What `anything-but` excludes: one value, a list of them, or an operator. */
function anyOf(operand: Value, field: Scalar): Tri {
  const elements = operand.kind === "list" ? operand.elements : [operand];
  return any(
    elements.map((element): Tri => {
      if (element.kind === "known") return element.value === field ? "yes" : "no";
      if (element.kind !== "map") return "maybe";
      const operations = [...element.entries];
      return operations.length === 1
        ? any(operations.map(([operator, inner]) => affixAccepts(operator, inner, field)))
        : "maybe";
    }),
  );
}

/** Within `anything-but` an operator may take a list of texts. */
function affixAccepts(operator: string, operand: Value, field: Scalar): Tri {
  if (operator !== "prefix" && operator !== "suffix" && operator !== "equals-ignore-case") return "maybe";
  const texts = operand.kind === "list" ? operand.elements : [operand];
  return any(texts.map((text) => textAccepts(operator, text, field)));
}

/** `[">=", 1, "<", 5]`: pairs of an operator and a number. */
function numericAccepts(operand: Value, field: Scalar): Tri {
  const parts = elementsOf(operand);
  if (typeof field !== "number") return "no";
  if (parts === undefined || parts.length === 0 || parts.length % 2 !== 0) return "maybe";
  const pairs = parts
    .filter((_, at) => at % 2 === 0)
    .map((operator, at) => [operator, parts[at * 2 + 1]] as const);
  return all(
    pairs.map(([operator, bound]): Tri => {
      if (operator.kind !== "known" || bound?.kind !== "known" || typeof bound.value !== "number")
        return "maybe";
      return compares(String(operator.value), field, bound.value);
    }),
  );
}

function compares(operator: string, left: number, right: number): Tri {
  const results = new Map([
    ["=", left === right],
    ["<", left < right],
    ["<=", left <= right],
    [">", left > right],
    [">=", left >= right],
  ]);
  const result = results.get(operator);
  return result === undefined ? "maybe" : result ? "yes" : "no";
}
