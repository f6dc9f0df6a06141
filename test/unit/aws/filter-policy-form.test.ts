// Each refusal was recorded from AWS by tests/aws/services/sns/test_sns_filter_policy.py of localstack/localstack, or
// is a documented constraint (sns/latest/dg/subscription-filter-policy-constraints.html).

import { describe, expect, test } from "vitest";
import { type PolicyScope, policyProblem, textProblem } from "../../../src/aws/filter-policy-form.ts";
import { unknown } from "../../../src/model/value.ts";
import { LATER, type Plain, text, value } from "./build.ts";

const many = (count: number) => Array.from({ length: count }, (_, at) => `v${at}`);
const keys = (count: number) => Object.fromEntries(many(count).map((key) => [key, ["x"]]));

/** Any number of elements, none included. */
const SEVERAL = unknown({ why: "after-apply", subject: "test" }, { several: true });

type Row = readonly [
  story: string,
  policy: Plain,
  scope: PolicyScope | undefined,
  problem: string | undefined,
];

describe("policies that AWS refuses", () => {
  test.each<Row>([
    ["six keys", keys(6), "MessageAttributes", "too-many-keys"],
    ["six keys of a body", keys(6), "MessageBody", "too-many-keys"],
    ["151 values", { key: many(151) }, "MessageAttributes", "too-complex"],
    ["100 times 51 values", { a: many(100), b: many(51) }, "MessageAttributes", "too-complex"],
    [
      "4 × 6 + 4 × 4 × 4 + 4 × 4 × 4",
      {
        source: many(4),
        $or: [{ name: many(6) }, { type: many(4), $or: [{ id: [1, 2, 3, 4] }, { space: [1, 2, 3, 4] }] }],
      },
      "MessageAttributes",
      "too-complex",
    ],
    [
      "(3 + 2) × 4 × (2 + 6), with depth",
      {
        $or: [{ name: many(3) }, { space: many(2) }],
        detail: { scope: many(2), $or: [{ source: many(1) }, { type: many(3) }] },
      },
      "MessageBody",
      "too-complex",
    ],
    ["a list within a list", { key: [["value"]] }, "MessageAttributes", "nested-list"],
    ["two operators", { key: [{ suffix: "a", prefix: "b" }] }, "MessageAttributes", "several-operators"],
    ["a number as suffix", { key: [{ suffix: 100 }] }, "MessageAttributes", "operand"],
    ["null as suffix", { key: [{ suffix: null }] }, "MessageAttributes", "operand"],
    ["an empty list as suffix", { key: [{ suffix: [] }] }, "MessageAttributes", "operand"],
    ["a list as suffix", { key: [{ suffix: ["a", "b"] }] }, "MessageAttributes", "operand"],
    ["an operator without its list", { key: { suffix: "a" } }, "MessageAttributes", "nested-on-attributes"],
    ["an operator without its list, in a body", { key: { suffix: "a" } }, "MessageBody", "not-a-list"],
    ["a value without its list", { key: "value" }, "MessageBody", "not-a-list"],
    ["an empty list", { key: [] }, undefined, "empty-list"],
    ["an empty list, deep", { a: { b: [] } }, "MessageBody", "empty-list"],
    ["an empty list within $or", { $or: [{ a: [] }, { b: ["x"] }] }, "MessageAttributes", "empty-list"],
    ["exists: null", { key: [{ exists: null }] }, "MessageAttributes", "operand"],
    ["exists: a text", { key: [{ exists: "no" }] }, "MessageAttributes", "operand"],
    ["numeric: nothing", { key: [{ numeric: [] }] }, "MessageAttributes", "operand"],
    ["numeric: no operator", { key: [{ numeric: ["operator"] }] }, "MessageAttributes", "operand"],
    ["numeric: turned round", { key: [{ numeric: [1, "<="] }] }, "MessageAttributes", "operand"],
    ["numeric: a text", { key: [{ numeric: ["=", "000"] }] }, "MessageAttributes", "operand"],
    ["numeric: upper bound first", { key: [{ numeric: ["<", 100, ">", 10] }] }, "MessageBody", "operand"],
    ["numeric: two lower bounds", { key: [{ numeric: [">=", 1, ">", 2] }] }, "MessageBody", "operand"],
    ["numeric: nothing between", { key: [{ numeric: [">", 3, "<", 1] }] }, "MessageBody", "operand"],
    ["numeric: half a bound", { key: [{ numeric: [">", 20, "<="] }] }, "MessageBody", "operand"],
    ["numeric: three bounds", { key: [{ numeric: [">", 20, "<", 30, "<", 50] }] }, "MessageBody", "operand"],
    ["cidr without a mask", { key: [{ cidr: "10.0.0.0" }] }, "MessageBody", "operand"],
    ["a list at the top", [{ key: ["x"] }], undefined, "not-an-object"],
    ["a list at the top of a body", ["x"], "MessageBody", "not-an-object"],
    ["a second key that is wrong", { a: ["x"], b: "y" }, "MessageBody", "not-a-list"],
    ["a second value that is wrong", { a: ["x", ["y"]] }, "MessageBody", "nested-list"],
    ["151 values, one of them not known", { key: [...many(150), LATER] }, "MessageBody", "too-complex"],
    ["too many values within a body", { a: { b: many(76) } }, "MessageBody", "too-complex"],
    ["an empty list within a body", { a: { b: { c: [] } } }, "MessageBody", "empty-list"],
    ["no operator", { key: [{}] }, "MessageBody", "several-operators"],
    ["exists: a list", { key: [{ exists: [true] }] }, "MessageBody", "operand"],
    ["exists: an object", { key: [{ exists: { a: true } }] }, "MessageBody", "operand"],
    ["exists: a text", { key: [{ exists: "true" }] }, "MessageBody", "operand"],
    ["prefix: a list", { key: [{ prefix: ["x"] }] }, "MessageBody", "operand"],
    ["prefix: a number", { key: [{ prefix: 1 }] }, "MessageBody", "operand"],
    ["letter case: a number", { key: [{ "equals-ignore-case": 1 }] }, "MessageBody", "operand"],
    ["letter case: a list", { key: [{ "equals-ignore-case": ["x"] }] }, "MessageBody", "operand"],
    ["cidr: a number", { key: [{ cidr: 1 }] }, "MessageBody", "operand"],
    ["cidr with two masks", { key: [{ cidr: "10.0.0.0/8/8" }] }, "MessageBody", "operand"],
    ["numeric: no such operator", { key: [{ numeric: ["!=", 1] }] }, "MessageBody", "operand"],
    ["numeric: a bound that is a text", { key: [{ numeric: [">", 1, "<", "2"] }] }, "MessageBody", "operand"],
    [
      "numeric: a first bound that is a text",
      { key: [{ numeric: [">", "1", "<", 2] }] },
      "MessageBody",
      "operand",
    ],
    ["numeric: the same bound twice", { key: [{ numeric: [">=", 3, "<=", 3] }] }, "MessageBody", "operand"],
    ["numeric: equal, and then", { key: [{ numeric: ["=", 1, "<", 3] }] }, "MessageBody", "operand"],
    ["numeric: nothing", { key: [{ numeric: [] }] }, "MessageBody", "operand"],
    ["the first of two", { key: [{ numeric: [1, 2, 3] }, ["x"]] }, "MessageBody", "operand"],
    [
      "one policy of $or is a field of that name",
      { $or: [{ suffix: "a", prefix: "b" }] },
      "MessageBody",
      "several-operators",
    ],
    ["within $or", { $or: [{ a: ["x"] }, { b: "x" }] }, "MessageBody", "not-a-list"],
  ])("%s", (_story, policy, scope, problem) => {
    expect(policyProblem(value(policy), scope)).toBe(problem);
  });
});

describe("policies that AWS takes, or of which nobody knows", () => {
  test.each<Row>([
    ["five keys", keys(5), "MessageAttributes", undefined],
    ["150 values", { key: many(150) }, "MessageAttributes", undefined],
    [
      "3 × 6 + 3 × 4 × 4 + 3 × 4 × 7 = 150",
      {
        source: many(3),
        $or: [
          { name: many(6) },
          { type: many(4), $or: [{ id: [1, 2, 3, 4] }, { space: [1, 2, 3, 4, 5, 6, 7] }] },
        ],
      },
      "MessageAttributes",
      undefined,
    ],
    ["five keys and $or", { ...keys(5), $or: [{ a: ["x"] }, { b: ["x"] }] }, "MessageBody", undefined],
    ["nested in a body", { a: { b: ["x"] } }, "MessageBody", undefined],
    ["nested, scope not known", { a: { b: ["x"] } }, undefined, undefined],
    [
      "anything but a prefix",
      { key: [{ "anything-but": { prefix: "test-" } }] },
      "MessageAttributes",
      undefined,
    ],
    ["an operator not known here", { key: [{ invented: true }] }, "MessageBody", undefined],
    ["an operand not known", { key: [{ prefix: LATER }] }, "MessageBody", undefined],
    ["150 values and any number of others", { key: [...many(150), SEVERAL] }, "MessageBody", undefined],
    ["any number of values alone", { a: many(75), b: [SEVERAL], c: many(2) }, "MessageBody", undefined],
    ["a policy of $or that is not known", { $or: [{ a: ["x"] }, LATER] }, "MessageBody", undefined],
    ["an empty list within, scope not known", { a: { b: [] } }, undefined, undefined],
    ["exists not known", { key: [{ exists: LATER }] }, "MessageBody", undefined],
    ["numeric not known", { key: [{ numeric: LATER }] }, "MessageBody", undefined],
    ["any number of bounds", { key: [{ numeric: [">", SEVERAL, "<"] }] }, "MessageBody", undefined],
    ["a mask not known", { key: [{ cidr: LATER }] }, "MessageBody", undefined],
    ...["<", "<=", "=", ">", ">="].map((operator): Row => {
      return [`numeric: ${operator}`, { key: [{ numeric: [operator, 5] }] }, "MessageBody", undefined];
    }),
    ["numeric: up to and with", { key: [{ numeric: [">=", 1, "<=", 5] }] }, "MessageBody", undefined],
    ["an operator of a bound not known", { key: [{ numeric: [LATER, 1] }] }, "MessageBody", undefined],
    ["a second operator not known", { key: [{ numeric: [">", 1, LATER, 5] }] }, "MessageBody", undefined],
    ["an upper bound not known", { key: [{ numeric: [">", 1, "<", LATER] }] }, "MessageBody", undefined],
    ["a bound not known", { key: [{ numeric: [">", LATER, "<", 3] }] }, "MessageBody", undefined],
    ["values not known", { key: LATER }, "MessageBody", undefined],
    ["nothing known", LATER, "MessageBody", undefined],
    ["null and numbers", { key: [null, 1, true, "x"] }, "MessageBody", undefined],
  ])("%s", (_story, policy, scope, problem) => {
    expect(policyProblem(value(policy), scope)).toBe(problem);
  });
});

test.each<readonly [string, Plain, string | undefined]>([
  ["JSON", '{"a":["b"]}', undefined],
  ["not JSON", "{", "not-json"],
  ["JSON with single quotes", "{'a':['b']}", "not-json"],
  ["of 256 KB", `{"a":["${"x".repeat(256 * 1024 - 10)}"]}`, undefined],
  ["of 256 KB and a byte", `{"a":["${"x".repeat(256 * 1024 - 9)}"]}`, "too-large"],
  ["of 256 KB in bytes", `{"a":["${"é".repeat(128 * 1024 - 5)}"]}`, undefined],
  ["larger than 256 KB in bytes", `{"a":["${"é".repeat(128 * 1024 - 4)}"]}`, "too-large"],
  ["larger than 256 KB", `{"a":["${"x".repeat(256 * 1024)}"]}`, "too-large"],
  ["of which a part is not known", text('{"a":[', LATER), undefined],
  ["nested without end", "[".repeat(100_000), "not-json"],
])("a text: %s", (_story, written, problem) => {
  expect(textProblem(value(written))).toBe(problem);
});
