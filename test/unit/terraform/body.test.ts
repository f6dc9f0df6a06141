// Blocks with their arguments, nested blocks and dynamic ones.

import { describe, expect, it } from "vitest";
import { createHclParser } from "../../../src/input/hcl.ts";
import { unknown, type Value } from "../../../src/model/value.ts";
import { entryOf, evaluate } from "../../../src/terraform/evaluate.ts";
import { printValue } from "./print-value.ts";
import { scopeOf } from "./support.ts";

const NAMES: Readonly<Record<string, Value>> = {
  a: { kind: "reference", to: "a", path: [], sensitive: false },
  c: unknown({ why: "variable-unset", subject: "var.c" }),
  u: unknown({ why: "variable-unset", subject: "var.u" }),
};

const CASES: readonly (readonly [block: string, entry: string, value: string])[] = [
  ["x = 1", "x", "1"],
  ["x = 1", "y", "null"],
  ["x = [][0]", "x", "?"],
  ["b { x = 1 }", "b", "[{x: 1}]"],
  ["b { x = [][0] }", "b", "[{x: ?}]"],
  ["b {\n c { x = 1 }\n}", "b", "[{c: [{x: 1}]}]"],
  ["b { x = 1 }\nb { x = 2 }", "b", "[{x: 1}, {x: 2}]"],
  ["dynamic b {\n for_each = [1, 2]\n content { x = b.value }\n}", "b", "[{x: 1}, {x: 2}]"],
  ['dynamic b {\n for_each = { k = 1 }\n content { x = "${b.key}${b.value}" }\n}', "b", '[{x: "k1"}]'],
  ['dynamic b {\n for_each = toset(["k"])\n content { x = "${b.key}${b.value}" }\n}', "b", '[{x: "kk"}]'],
  ["dynamic b {\n for_each = [1]\n iterator = it\n content { x = it.key + it.value }\n}", "b", "[{x: 1}]"],
  ["dynamic b {\n for_each = []\n content { x = 1 }\n}", "b", "[]"],
  ["dynamic b {\n for_each = u\n content { x = 1 }\n}", "b", "?"],
  ["dynamic b {\n for_each = 5\n content { x = 1 }\n}", "b", "?"],
  ["dynamic b {\n for_each = [a.arn]\n content { x = b.value }\n}", "b", "[{x: <a.arn>}]"],
  ["dynamic b {\n for_each = c ? [1] : []\n content { x = b.value }\n}", "b", "?(one of [{x: 1}] | [])"],
  [
    "dynamic b {\n for_each = concat([1], u)\n content { x = b.value }\n}",
    "b",
    "[{x: 1}, ?*(one of {x: ?})]",
  ],
  ["dynamic b {\n for_each = sensitive([1])\n content { x = b.value }\n}", "b", "[{x: 1}]"],
  ["b { x = 0 }\ndynamic b {\n for_each = [1]\n content { x = b.value }\n}", "b", "[{x: 0}, {x: 1}]"],
  ["b { x = 0 }\ndynamic b {\n for_each = u\n content { x = b.value }\n}", "b", "?"],
  [
    "dynamic b {\n for_each = [1]\n content { x = 1 }\n}\ndynamic b {\n for_each = [2]\n content { x = 2 }\n}",
    "b",
    "[{x: 1}, {x: 2}]",
  ],
  [
    "dynamic b {\n for_each = [1]\n content {\n dynamic d {\n for_each = [2]\n content { x = b.value + d.value }\n}\n}\n}",
    "b",
    "[{d: [{x: 3}]}]",
  ],
];

describe("blocks", () => {
  it.each(CASES)("%s: %s is %s", async (text, entry, value) => {
    const file = new Map([["test.tf", `resource "t" "n" {\n${text}\n}\n`]]);
    const [document] = await createHclParser().parseFiles(file);
    const body = document?.blocks[0]?.body;
    if (body === undefined) throw new Error("no block");
    const scope = await scopeOf({ names: NAMES });
    expect(printValue(entryOf(body, entry, { scope, bindings: undefined, item: undefined }))).toBe(value);
  });

  it("that nobody knows how many there are of say why", async () => {
    const text = 'resource "t" "n" {\ndynamic b {\nfor_each = u\ncontent {}\n}\n}\n';
    const [document] = await createHclParser().parseFiles(new Map([["test.tf", text]]));
    const body = document?.blocks[0]?.body;
    if (body === undefined) throw new Error("no block");
    const value = entryOf(body, "b", {
      scope: await scopeOf({ names: NAMES }),
      bindings: undefined,
      item: undefined,
    });
    expect(value.kind === "unknown" && value.origin).toEqual({ why: "variable-unset", subject: "var.u" });
  });

  it("are objects as a whole", async () => {
    const file = new Map([
      ["test.tf", 'resource "t" "n" {\nx = 1\ndynamic b {\nfor_each = [1]\ncontent {}\n}\n}\n'],
    ]);
    const [document] = await createHclParser().parseFiles(file);
    const body = document?.blocks[0]?.body;
    if (body === undefined) throw new Error("no block");
    expect(printValue(evaluate(body, await scopeOf()))).toBe("{b: [{}], x: 1}");
  });
});
