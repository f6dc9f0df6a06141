// Each refusal was recorded from AWS by tests/aws/services/sns/test_sns_filter_policy.py of localstack/localstack, or
// is a documented constraint (sns/latest/dg/subscription-filter-policy-constraints.html).

import { describe, expect, test } from "vitest";
import { type PolicyScope, policyProblem, textProblem } from "../../../src/aws/filter-policy-form.ts";
import { LATER, type Plain, text, value } from "./build.ts";

const many = (count: number) => Array.from({ length: count }, (_, at) => `v${at}`);
const keys = (count: number) => Object.fromEntries(many(count).map((key) => [key, ["x"]]));

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
  ["larger than 256 KB", `{"a":["${"x".repeat(256 * 1024)}"]}`, "too-large"],
  ["of which a part is not known", text('{"a":[', LATER), undefined],
  ["nested without end", "[".repeat(100_000), "not-json"],
])("a text: %s", (_story, written, problem) => {
  expect(textProblem(value(written))).toBe(problem);
});
