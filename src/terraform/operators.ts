// The operators, three-valued: an operand that is not known leaves the result open unless the other one decides it.

import type { BinaryOperator, UnaryOperator } from "../model/configuration.ts";
import { known, UNSET, type Value } from "../model/value.ts";
import { exactNumber, toBool, toNumber } from "./convert.ts";
import { equalValues } from "./equality.ts";
import { attempt, EvaluationFailure, fail } from "./failure.ts";
import { type Exact, knownNumber } from "./number.ts";
import { derived, holdsSensitive, marked, spread } from "./values.ts";

export function unary(operator: UnaryOperator, operand: Value): Value {
  if (operator === "!") {
    const value = toBool(operand);
    if (value.kind !== "known") return derived([value]);
    return value.value === null
      ? fail("null is neither true nor false")
      : known(!value.value, value.sensitive);
  }
  const value = toNumber(operand);
  if (value.kind !== "known") return derived([value]);
  return knownNumber(numberOperand(value).neg(), value.sensitive);
}

/** `right` is evaluated only where `left` does not decide alone. */
export function binary(operator: BinaryOperator, left: Value, right: () => Value): Value {
  if (operator === "&&" || operator === "||") {
    return spread([left], ([first = left]) => logical(first, operator === "||", right));
  }
  return spread([left, right()], ([first = UNSET, second = UNSET]) => {
    const sensitive = holdsSensitive(first) || holdsSensitive(second);
    if (operator === "==" || operator === "!=") return equality(operator, first, second, sensitive);
    return marked(arithmetic(operator, toNumber(first), toNumber(second)), sensitive);
  });
}

function equality(operator: "==" | "!=", first: Value, second: Value, sensitive: boolean): Value {
  const answer = equalValues(first, second);
  if (answer === "maybe") return derived([first, second]);
  return known((answer === "yes") === (operator === "=="), sensitive);
}

/** `decider` is the truth value that settles the operation whatever the other operand is. */
function logical(left: Value, decider: boolean, right: () => Value): Value {
  const first = boolOperand(left);
  if (first.kind === "known" && first.value === decider) return first;
  const other = attempt(right);
  if (other instanceof EvaluationFailure) {
    // The left operand may decide at apply, and then nobody asks the right one.
    return first.kind === "known" ? fail(other.message) : derived([first]);
  }
  return spread([other], ([operand = UNSET]) => {
    const second = boolOperand(operand);
    const sensitive = first.sensitive || second.sensitive;
    if (second.kind === "known" && second.value === decider) return marked(second, sensitive);
    if (first.kind === "known" && second.kind === "known") return known(!decider, sensitive);
    return derived([first, second]);
  });
}

function boolOperand(value: Value): Value {
  const operand = toBool(value);
  return operand.kind === "known" && operand.value === null
    ? fail("null is neither true nor false")
    : operand;
}

type Known = Extract<Value, { kind: "known" }>;

function numberOperand(value: Known): Exact {
  return value.value === null ? fail("null is no number") : exactNumber(value);
}

type Arithmetic = Exclude<BinaryOperator, "==" | "!=" | "&&" | "||">;

function arithmetic(operator: Arithmetic, left: Value, right: Value): Value {
  if (left.kind !== "known" || right.kind !== "known") return derived([left, right]);
  const a = numberOperand(left);
  const b = numberOperand(right);
  switch (operator) {
    case "+":
      return knownNumber(a.plus(b));
    case "-":
      return knownNumber(a.minus(b));
    case "*":
      return knownNumber(a.times(b));
    case "/":
      return b.isZero() ? fail("division by zero") : knownNumber(a.div(b));
    case "%":
      return knownNumber(b.isZero() ? a : a.mod(b));
    case "<":
      return known(a.lt(b));
    case "<=":
      return known(a.lte(b));
    case ">":
      return known(a.gt(b));
    case ">=":
      return known(a.gte(b));
    default:
      return operator satisfies never;
  }
}
