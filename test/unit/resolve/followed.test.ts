// What several references come to together: what may be unknown in them, and what stands beside it.

import { describe, expect, it } from "vitest";
import { known, unknown, type Value } from "../../../src/model/value.ts";
import { isSettled, loose, madeFrom, opaque } from "../../../src/resolve/followed.ts";
import { list, mapOf } from "../../../src/terraform/values.ts";
import { printValue } from "../terraform/print-value.ts";

const reference = (to: string, ...path: string[]): Value => ({
  kind: "reference",
  to,
  path,
  sensitive: false,
});
const [A, B] = [reference("aws_x.a", "arn"), reference("aws_x.b", "arn")];
const CLOSED = { why: "inputs-differ", subject: "closed" } as const;
const OPEN = { why: "variable-unset", subject: "var.v" } as const;
const either = (...candidates: Value[]) => unknown(CLOSED, { candidates, closed: true });

const waits = (value: Value) => ({ value, settled: false });
const settled = (value: Value) => ({ value, settled: true });

/** The value, and whether Terraform knows it. */
function told({ value, settled: isKnown }: { readonly value: Value; readonly settled: boolean }): string {
  return `${printValue(value)}${isKnown ? " settled" : ""}`;
}

describe("made from", () => {
  it.each<[string, Parameters<typeof madeFrom>[0], string]>([
    ["one part, which it is", [waits(A)], "<aws_x.a.arn>"],
    ["one part that Terraform knows", [settled(known("x"))], '"x" settled'],
    ["two parts", [waits(A), waits(B)], "?(made from <aws_x.a.arn> | <aws_x.b.arn>)"],
    ["one part twice", [waits(A), waits(A)], "?(made from <aws_x.a.arn>)"],
    [
      "parts of one object",
      [waits(A), waits(reference("aws_x.a"))],
      "?(made from <aws_x.a.arn> | <aws_x.a>)",
    ],
    ["parts that Terraform knows", [settled(known("x")), settled(known("y"))], "? settled"],
    ["nothing", [], "? settled"],
    ["a part and a name beside", [waits(A), settled(known("x"))], "?(made from <aws_x.a.arn>)"],
    [
      "a part and an ARN beside",
      [waits(A), settled(known("arn:x"))],
      '?(made from <aws_x.a.arn> beside "arn:x")',
    ],
    [
      "a part and a name that ends like an ARN",
      [waits(A), settled(known("x-arn:"))],
      "?(made from <aws_x.a.arn>)",
    ],
    ["a part and a number beside", [waits(A), settled(known(5))], "?(made from <aws_x.a.arn>)"],
    [
      "a part and a list with an ARN",
      [waits(A), settled(list([known("x"), known("arn:y")]))],
      '?(made from <aws_x.a.arn> beside ["x", "arn:y"])',
    ],
    ["a part and a list of names", [waits(A), settled(list([known("x")]))], "?(made from <aws_x.a.arn>)"],
    [
      "a part and a map with an ARN",
      [waits(A), settled(mapOf([["a", known("arn:y")]]))],
      '?(made from <aws_x.a.arn> beside {a: "arn:y"})',
    ],
    [
      "a part and an ARN that waits for apply",
      [waits(A), waits(known("arn:y"))],
      '?(made from <aws_x.a.arn> | "arn:y")',
    ],
    ["a part and what nothing is known of", [waits(A), settled(unknown(OPEN))], "?(made from <aws_x.a.arn>)"],
    ["a part that is open", [waits(A), waits(unknown(OPEN))], "?(made from <aws_x.a.arn> | ? …)"],
    [
      "a choice",
      [waits(A), waits(either(A, B))],
      "?(made from <aws_x.a.arn> | ?(made from <aws_x.a.arn> | <aws_x.b.arn>))",
    ],
    [
      "a choice of choices, side by side",
      [waits(A), waits(either(either(A, B), B))],
      "?(made from <aws_x.a.arn> | ?(made from <aws_x.a.arn> | <aws_x.b.arn>))",
    ],
  ])("%s", (_, parts, wanted) => {
    expect(told(madeFrom(parts))).toBe(wanted);
  });

  it.each<[string, readonly Value[], object]>([
    ["the first that is open", [A, unknown(OPEN), unknown({ why: "function", subject: "f" })], OPEN],
    ["the first, where none is open", [either(A), B], CLOSED],
    ["apply, where the first is a reference", [A, either(B)], { why: "after-apply", subject: "aws_x.a" }],
    ["apply, where the first is something else", [list([A]), B], { why: "after-apply", subject: "" }],
  ])("says why by %s", (_, values, origin) => {
    expect(madeFrom(values.map(waits)).value).toMatchObject({
      kind: "unknown",
      relation: "made-from",
      origin,
    });
  });

  it("what Terraform knows says so", () => {
    const { value } = madeFrom([settled(known("x")), settled(known("y"))]);
    expect(value).toMatchObject({ origin: { why: "function", subject: "values" }, candidates: [] });
    expect(value).not.toHaveProperty("besides");
    expect(madeFrom([waits(A), waits(B)]).value).not.toHaveProperty("besides");
  });

  it.each([
    [200, 200],
    [201, 0],
  ])("a choice of %d keeps %d", (count, kept) => {
    const many = either(...Array.from({ length: count }, (_, at) => reference(`aws_x.a[${at}]`)));
    const { value } = madeFrom([waits(A), waits(many)]);
    const [, choice] = value.kind === "unknown" ? value.candidates : [];
    expect(choice?.kind === "unknown" && choice.candidates).toHaveLength(kept);
    if (kept === 0)
      expect(choice).toMatchObject({ origin: { why: "expression", subject: "too many references" } });
  });
});

describe("some of several", () => {
  it.each<[string, Parameters<typeof loose>[0], string]>([
    ["none", [], "null settled"],
    ["one", [waits(A)], "<aws_x.a.arn>"],
    ["two", [waits(A), waits(B)], "?(made from <aws_x.a.arn> | <aws_x.b.arn>)"],
  ])("%s", (_, parts, wanted) => {
    expect(told(loose(parts))).toBe(wanted);
  });
});

describe("a value in which nothing waits for apply", () => {
  it.each<[string, Value, boolean]>([
    ["text", known("x"), true],
    ["a list", list([known("x"), known("y")]), true],
    ["a list with a reference", list([known("x"), A]), false],
    ["a map", mapOf([["a", known("x")]]), true],
    [
      "a map with a reference",
      mapOf([
        ["a", known("x")],
        ["b", A],
      ]),
      false,
    ],
    ["a reference", A, false],
    ["a text with a reference", { kind: "text", parts: [A], sensitive: false }, false],
    ["what is not known", unknown(OPEN), false],
  ])("%s: %s", (_, value, wanted) => {
    expect(isSettled(value)).toBe(wanted);
  });

  it("is nothing that cannot be looked into", () => {
    expect(opaque(OPEN)).toEqual({ value: unknown(OPEN), settled: false });
  });
});
