// A plan's `after`, `after_unknown` and `after_sensitive` as one value, and which marks leave something open.

import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/model/json.ts";
import { known, type Step, UNSET, type Value } from "../../../src/model/value.ts";
import { hasUnknown, knownValue, planValue } from "../../../src/resolve/plan-value.ts";
import { printValue } from "../terraform/print-value.ts";

function nested(levels: number): Json {
  return levels === 0 ? {} : levels % 2 === 0 ? { a: nested(levels - 1) } : [nested(levels - 1)];
}

describe("an unknown tree", () => {
  test.each<[Json | undefined]>([
    [true],
    [[false, true]],
    [{ a: false, b: true }],
    [{ a: [{ b: false }, { b: [true] }] }],
    // Deeper than any real plan.
    [nested(65)],
  ])("%j leaves something open", (mask) => {
    expect(hasUnknown(mask)).toBe(true);
  });

  test.each<[Json | undefined]>([
    [undefined],
    [false],
    [{}],
    [[]],
    [[false, false]],
    [{ a: false, b: [] }],
    [{ a: [{ b: false }, {}] }],
    [nested(64)],
  ])("%j leaves nothing open", (mask) => {
    expect(hasUnknown(mask)).toBe(false);
  });
});

describe("the value of a plan", () => {
  /** A hole shows where it is. */
  const hole = (path: readonly Step[], sensitive: boolean): Value =>
    known(`hole at ${path.join(".")}`, sensitive);
  type Trees = readonly [values: Json | undefined, mask?: Json | undefined, sensitive?: Json];

  test.each<[string, Trees, string]>([
    ["text", ["x"], '"x"'],
    ["a number", [5], "5"],
    ["false", [false], "false"],
    ["nothing", [undefined], "null"],
    ["null", [null], "null"],
    ["nothing that is sensitive", [undefined, undefined, true], "secret null"],
    ["null that is sensitive", [null, undefined, true], "secret null"],
    ["sensitive text", ["x", undefined, true], 'secret "x"'],
    ["what waits for apply", [undefined, true], '"hole at a"'],
    ["what waits for apply and is sensitive", [undefined, true, true], 'secret "hole at a"'],
    ["what is told and marked", ["x", true], '"hole at a"'],
    ["marks of nothing", [undefined, {}], "null"],
    ["marks of nothing inside", [undefined, { b: false }], "null"],
    ["a list", [["x", 5]], '["x", 5]'],
    [
      "a list with a hole",
      [
        ["x", null],
        [false, true],
      ],
      '["x", "hole at a.1"]',
    ],
    ["a list with a hole behind its end", [["x"], [false, true]], '["x", "hole at a.1"]'],
    ["a list of which only marks are told", [undefined, [true, false]], '["hole at a.0", null]'],
    ["a list with a sensitive element", [["x", "y"], [], [false, true]], '["x", secret "y"]'],
    ["a sensitive list", [["x"], [], true], 'secret [secret "x"]'],
    ["an empty list", [[], []], "[]"],
    ["a map", [{ b: "x" }], '{b: "x"}'],
    ["a map with a hole", [{ b: "x" }, { c: true }], '{b: "x", c: "hole at a.c"}'],
    ["a map of which only marks are told", [undefined, { c: [true] }], '{c: ["hole at a.c.0"]}'],
    ["a map with a sensitive entry", [{ b: "x", c: "y" }, {}, { c: true }], '{b: "x", c: secret "y"}'],
    ["a sensitive map", [{ b: "x" }, {}, true], 'secret {b: secret "x"}'],
    ["null in a map", [{ b: null }, { b: false }], "{b: null}"],
  ])("%s", (_, [values, mask, sensitive], wanted) => {
    expect(printValue(planValue({ values, unknown: mask, sensitive }, hole, ["a"]))).toBe(wanted);
  });

  test("is not known below what any plan nests", () => {
    const deep = (levels: number): Json => (levels === 0 ? "x" : [deep(levels - 1)]);
    const kindOf = (levels: number) => {
      let value = planValue({ values: deep(levels), unknown: undefined, sensitive: undefined }, () => UNSET);
      while (value.kind === "list" && value.elements[0] !== undefined) value = value.elements[0];
      return printValue(value);
    };
    expect([kindOf(64), kindOf(65)]).toEqual(['"x"', "null"]);
  });

  test("is all known where only the value is given", () => {
    expect(printValue(knownValue({ b: ["x", null] }))).toBe('{b: ["x", null]}');
    expect(printValue(knownValue(["x"], true))).toBe('secret [secret "x"]');
    expect(printValue(knownValue(undefined))).toBe("null");
  });
});
