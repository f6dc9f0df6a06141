// Circles of locals, through every form of expression that can name one.

import { describe, expect, it } from "vitest";
import type { Body, Expression } from "../../../../src/model/configuration.ts";
import { findLocalCycle, visitExpressions } from "../../../../src/resolve/sources/local-cycles.ts";

const literal: Expression = { kind: "literal", value: 1 };
const local = (...steps: (string | number)[]): Expression => ({ kind: "traversal", root: "local", steps });

const bodyWith = (parts: Partial<Body>): Body => ({
  kind: "body",
  entries: new Map(),
  dynamic: new Map(),
  ...parts,
});
const forWith = (parts: object): Expression => ({
  kind: "for",
  keyName: undefined,
  valueName: "v",
  collection: literal,
  key: undefined,
  value: literal,
  condition: undefined,
  grouped: false,
  ...parts,
});

/** Every place in which an expression can hold another one. */
const HOLDERS: readonly [string, (inner: Expression) => Expression][] = [
  ["itself", (inner) => inner],
  ["a template", (inner) => ({ kind: "template", parts: [literal, inner] })],
  ["steps", (source) => ({ kind: "steps", source, steps: ["a"] })],
  ["what is indexed", (collection) => ({ kind: "index", collection, key: literal })],
  ["an index", (key) => ({ kind: "index", collection: literal, key })],
  ["what a splat goes over", (source) => ({ kind: "splat", source, each: { kind: "item" } })],
  ["a splat", (each) => ({ kind: "splat", source: literal, each })],
  ["an argument", (inner) => ({ kind: "call", name: "upper", args: [literal, inner], expand: false })],
  ["a tuple", (inner) => ({ kind: "tuple", elements: [literal, inner] })],
  ["a key of an object", (key) => ({ kind: "object", entries: [[key, literal]] })],
  ["a value of an object", (value) => ({ kind: "object", entries: [[literal, value]] })],
  ["what a loop goes over", (collection) => forWith({ collection })],
  ["the key of a loop", (key) => forWith({ key })],
  ["the value of a loop", (value) => forWith({ value })],
  ["the condition of a loop", (condition) => forWith({ condition })],
  ["a loop in a template", (tuple) => ({ kind: "join", tuple })],
  ["a condition", (condition) => ({ kind: "conditional", condition, whenTrue: literal, whenFalse: literal })],
  [
    "one side of a choice",
    (whenTrue) => ({ kind: "conditional", condition: literal, whenTrue, whenFalse: literal }),
  ],
  [
    "the other side",
    (whenFalse) => ({ kind: "conditional", condition: literal, whenTrue: literal, whenFalse }),
  ],
  ["a negation", (operand) => ({ kind: "unary", operator: "!", operand })],
  ["a left side", (left) => ({ kind: "binary", operator: "+", left, right: literal })],
  ["a right side", (right) => ({ kind: "binary", operator: "+", left: literal, right })],
  ["a block", (inner) => bodyWith({ entries: new Map([["a", inner]]) })],
  [
    "what makes blocks",
    (forEach) => bodyWith({ dynamic: new Map([["b", [{ forEach, iterator: "b", content: bodyWith({}) }]]]) }),
  ],
  [
    "a block that is made",
    (inner) =>
      bodyWith({
        dynamic: new Map([
          [
            "b",
            [{ forEach: literal, iterator: "b", content: bodyWith({ entries: new Map([["a", inner]]) }) }],
          ],
        ]),
      }),
  ],
];

function cycleOf(locals: Readonly<Record<string, Expression>>): string | undefined {
  const values = Object.entries(locals).map(([name, expression], at) => {
    const location = { file: "main.tf", line: at + 1, column: 1 };
    return [name, { expression, location }] as const;
  });
  const cycle = findLocalCycle(new Map(values));
  return cycle && `${cycle.names.join(" ")} at ${cycle.location?.line}`;
}

describe("a local that refers to itself", () => {
  it.each(HOLDERS)("in %s", (_, hold) => {
    expect(cycleOf({ a: hold(local("a", "x")) })).toBe("a a at 1");
    expect(cycleOf({ a: hold(local("b")), b: literal })).toBeUndefined();
  });
});

describe("circles", () => {
  const both = (...names: string[]): Expression => ({
    kind: "tuple",
    elements: names.map((name) => local(name)),
  });

  it.each<[string, Readonly<Record<string, Expression>>, string | undefined]>([
    ["none in no locals", {}, undefined],
    ["over another one", { a: local("b"), b: local("a") }, "a b a at 1"],
    ["that one only leads to", { a: local("b"), b: local("c"), c: local("b") }, "b c b at 2"],
    ["behind locals that are done with", { a: literal, b: both("a", "c"), c: both("a", "b") }, "b c b at 2"],
    [
      "no, where two ways lead to one",
      { a: both("b", "c"), b: local("d"), c: local("d"), d: literal },
      undefined,
    ],
    ["no, where a name is not a local here", { a: local("z") }, undefined],
    ["no, by position", { a: local(0) }, undefined],
    [
      "no, by something else of that name",
      { a: { kind: "traversal", root: "var", steps: ["a"] } },
      undefined,
    ],
  ])("%s", (_, locals, wanted) => {
    expect(cycleOf(locals)).toBe(wanted);
  });
});

describe("visiting", () => {
  it.each(HOLDERS)("finds what is in %s", (_, hold) => {
    const seen: Expression[] = [];
    const wanted = local("a");
    visitExpressions(hold(wanted), (one) => seen.push(one));
    expect(seen.filter((one) => one === wanted)).toHaveLength(1);
  });
});
