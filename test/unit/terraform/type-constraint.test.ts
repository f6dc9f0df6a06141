// Type constraints of variables, and what becomes of values that are given to them.

import { beforeAll, describe, expect, it } from "vitest";
import type { Expression } from "../../../src/model/configuration.ts";
import { unknown, type Value } from "../../../src/model/value.ts";
import { attempt, EvaluationFailure } from "../../../src/terraform/failure.ts";
import { convertTo, readTypeConstraint } from "../../../src/terraform/type-constraint.ts";
import { printValue } from "./print-value.ts";
import { evaluateStrictly, readExpressions, scopeOf } from "./support.ts";

const NAMES: Readonly<Record<string, Value>> = {
  a: { kind: "reference", to: "a", path: [], sensitive: false },
  u: unknown({ why: "variable-unset", subject: "var.u" }),
};

/** Source: https://developer.hashicorp.com/terraform/language/expressions/type-constraints */
const CASES: readonly (readonly [type: string, value: string, converted: string])[] = [
  ["string", "5", '"5"'],
  ["string", "true", '"true"'],
  ["string", '"x"', '"x"'],
  ["string", "null", "null"],
  ["string", "u", "?"],
  ["string", "a.arn", "<a.arn>"],
  ["string", '"x${u}"', "x?"],
  ["string", "[]", "a collection is no string"],
  ['"string"', "5", '"5"'],
  ["number", '"5"', "5"],
  ["number", '"x"', "the value is no number"],
  ["number", "null", "null"],
  ["bool", '"true"', "true"],
  ["bool", "false", "false"],
  ["bool", '"x"', "the value is neither true nor false"],
  ["any", "[5]", "[5]"],
  ["any", "5", "5"],
  ["strin", "5", "5"],
  ["string.x", "5", "5"],
  ["5", '"x"', '"x"'],
  ["[string]", "5", "5"],
  ["tupel([string])", "[5]", "[5]"],
  // Collections
  ["list(string)", '[1, "x"]', '["1", "x"]'],
  ["list(number)", '["1"]', "[1]"],
  ["list(any)", '[1, "x"]', '["1", "x"]'],
  ["list(any)", "[1, 2]", "[1, 2]"],
  ["list(any)", '["x", [1]]', '["x", [1]]'],
  ["list(any)", '["x", {}]', '["x", {}]'],
  ["list(any)", '["x${u}", 1]', '[x?, "1"]'],
  ["list(any)", "[true, 1]", "[true, 1]"],
  ["list(any)", '[null, "x", 1]', '[null, "x", "1"]'],
  ["list", '[1, "x"]', '["1", "x"]'],
  ["list(string)", "toset([2, 1])", '["1", "2"]'],
  ["list(string)", "toset([a.arn, a.name])", "set(<a.arn>, <a.name>)"],
  ["list(list(string))", "[[1], [2]]", '[["1"], ["2"]]'],
  ["list(string)", "u", "?"],
  ["list(string)", "null", "null"],
  ["list(string)", "[u, null, a.arn]", "[?, null, <a.arn>]"],
  ["list(string)", "{}", "the value is no list"],
  ["list(string)", '"x"', "the value is no list"],
  ["set(string)", '["b", "a", "b", 1]', 'set("1", "a", "b")'],
  ["set(number)", '["2", 10, 2]', "set(2, 10)"],
  ["set(string)", "{}", "the value is no list"],
  ["set", "[2, 1]", "set(1, 2)"],
  ["map(string)", "{ b = 1, a = true }", '{a: "true", b: "1"}'],
  ["map(number)", '{ a = "1" }', "{a: 1}"],
  ["map(any)", '{ a = 1, b = "x" }', '{a: "1", b: "x"}'],
  ["map", '{ a = 1, b = "x" }', '{a: "1", b: "x"}'],
  ["map(any)", "{ a = 1, b = null }", "{a: 1, b: null}"],
  ["map(list(string))", "{ a = [1] }", '{a: ["1"]}'],
  ["map(string)", "[]", "the value is no map"],
  ["map(string)", "sensitive({ a = 1 })", 'secret {a: "1"}'],
  ["list(string)", "sensitive([1])", 'secret ["1"]'],
  ["set(string)", "sensitive([1])", 'secret set("1")'],
  // Structures
  ["tuple([string, number])", '[1, "2"]', '["1", 2]'],
  ["tuple([string])", "sensitive([1])", 'secret ["1"]'],
  ["tuple([string])", "[1, 2]", '["1", 2]'],
  ["tuple([])", "{}", "the value is no list"],
  ["tuple(string)", "[1]", "[1]"],
  ["tuple()", "[1]", "[1]"],
  ["object({ a = string })", "{ a = 1, b = 2 }", '{a: "1"}'],
  ['object({ "a" = string })', "{ a = 1 }", '{a: "1"}'],
  ["object({ a = string })", "{ b = 1 }", 'the attribute "a" is missing'],
  ["object({ a = string })", "{ a = null }", "{a: null}"],
  ["object({ a = optional(string) })", "{}", "{a: null}"],
  ["object({ a = optional(string) })", "{ a = 1 }", '{a: "1"}'],
  ["object({ a = optional(string, 5) })", "{}", '{a: "5"}'],
  ["object({ a = optional(string, 5) })", "{ a = null }", '{a: "5"}'],
  ["object({ a = optional(string, 5) })", "{ a = 6 }", '{a: "6"}'],
  ["object({ a = optional(string, 5) })", "{ a = u }", "{a: ?}"],
  ["object({ a = optional(string, 5) })", "{ a = false }", '{a: "false"}'],
  ["object({ a = optional(object({ b = optional(number, 1) }), {}) })", "{}", "{a: {b: 1}}"],
  ["object({ a = optional(list(number), []) })", '{ a = ["1"] }', "{a: [1]}"],
  ["object({ a = optionally(string) })", "{}", 'the attribute "a" is missing'],
  ["object({ a = optionally(string) })", "{ a = 1 }", "{a: 1}"],
  ["object({ a = string, (a.x) = string })", "{ a = 1 }", '{a: "1"}'],
  ["object({ a = string })", "sensitive({ a = 1 })", 'secret {a: "1"}'],
  ["object({ a = string })", "[]", "the value is no map"],
  ["object({ a = string })", "a", "<a>"],
  ["object({})", "{ a = 1 }", "{}"],
  ["object(string)", "{ a = 1 }", "{a: 1}"],
  ["object()", "{ a = 1 }", "{a: 1}"],
  ["list(object({ a = optional(number, 0) }))", '[{ a = "1" }, {}]', "[{a: 1}, {a: 0}]"],
];

describe("values of a type", () => {
  let types: readonly Expression[] = [];
  let values: readonly Expression[] = [];

  beforeAll(async () => {
    types = await readExpressions(CASES.map(([type]) => type));
    values = await readExpressions(CASES.map(([, value]) => value));
  });

  it.each(CASES.map(([type, value, converted], index) => ({ type, value, converted, index })))(
    "$type of $value",
    async ({ converted, index }) => {
      const scope = await scopeOf({ names: NAMES });
      const read = (expression: Expression | undefined) => evaluateStrictly(expression as Expression, scope);
      const type = readTypeConstraint(types[index]);
      const result = attempt(() => convertTo(type, read(values[index]), read));
      expect(result instanceof EvaluationFailure ? result.message : printValue(result)).toBe(converted);
    },
  );

  it("lets everything through where there is none", () => {
    expect(readTypeConstraint(undefined)).toEqual({ kind: "any" });
  });
});
