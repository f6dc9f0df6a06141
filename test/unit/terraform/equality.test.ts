// When two values are equal: both ways round, since nobody says which one stands on the left.

import { describe, expect, it } from "vitest";
import { known, type Tri, unknown, type Value } from "../../../src/model/value.ts";
import { equalValues, isSame } from "../../../src/terraform/equality.ts";
import { list, mapOf, set, several, tuple } from "../../../src/terraform/values.ts";
import { printValue } from "./print-value.ts";

const ORIGIN = { why: "variable-unset", subject: "var.u" } as const;
const [A, B, ONE, NULL] = [known("a"), known("b"), known(1), known(null)];
const U = unknown(ORIGIN);
const ARN = reference("t", "arn");
const NAME = reference("t", "name");

function reference(to: string, ...path: (string | number)[]): Value {
  return { kind: "reference", to, path, sensitive: false };
}

function text(...parts: (string | Value)[]): Value {
  const values = parts.map((part) => (typeof part === "string" ? known(part) : part));
  return { kind: "text", parts: values, sensitive: false };
}

function oneOf(...candidates: Value[]): Value {
  return unknown(ORIGIN, { candidates, relation: "one-of", closed: true });
}

function long(exact: string): Value {
  return { kind: "known", value: Number(exact), exact, sensitive: false };
}

const CASES: readonly (readonly [left: Value, right: Value, answer: Tri])[] = [
  // Scalars
  [A, A, "yes"],
  [A, B, "no"],
  [A, ONE, "no"],
  [ONE, known("1"), "no"],
  [known(true), known("true"), "no"],
  [NULL, NULL, "yes"],
  [NULL, known(""), "no"],
  [long("9007199254740993"), long("9007199254740993"), "yes"],
  [long("9007199254740993"), long("9007199254740992"), "no"],
  [long("9007199254740993"), known(9007199254740992), "no"],
  [long("9007199254740993"), known("9007199254740993"), "no"],
  [A, { ...A, sensitive: true }, "yes"],
  // What is not known
  [U, A, "maybe"],
  [U, U, "maybe"],
  [U, tuple([]), "maybe"],
  [U, ARN, "maybe"],
  [oneOf(A, B), A, "maybe"],
  [oneOf(A, B), ONE, "no"],
  [oneOf(A, A), A, "yes"],
  [oneOf(A, B), oneOf(ONE, NULL), "no"],
  [oneOf(A, B), oneOf(A, B), "maybe"],
  [unknown(ORIGIN, { candidates: [A], relation: "one-of" }), ONE, "maybe"],
  [unknown(ORIGIN, { candidates: [A], relation: "made-from", closed: true }), ONE, "maybe"],
  // References
  [ARN, reference("t", "arn"), "yes"],
  [ARN, reference("s", "arn"), "maybe"],
  [ARN, NAME, "maybe"],
  [ARN, reference("t"), "maybe"],
  [reference("t", "x", 0), reference("t", "x", 1), "maybe"],
  [reference("t", "x", 0), reference("t", "y", 0), "maybe"],
  [reference("t", "x", 0), reference("t", "x", 0), "yes"],
  [ARN, NULL, "no"],
  [ARN, known(""), "no"],
  [reference("t", "id"), NULL, "no"],
  [reference("t"), NULL, "no"],
  [reference("t", "x", "arn"), NULL, "no"],
  [reference("t", "arn", "x"), NULL, "maybe"],
  [NAME, NULL, "maybe"],
  [NAME, known(""), "maybe"],
  [ARN, A, "maybe"],
  [ARN, ONE, "maybe"],
  [ARN, tuple([]), "maybe"],
  [ARN, mapOf([]), "maybe"],
  [ARN, text("x", U), "maybe"],
  // Strings of parts
  [text("x-", U), known("x-y"), "maybe"],
  [text("x-", U), known("y-x-"), "no"],
  [text("x-", U), known("x"), "no"],
  [text("x-", U), ONE, "no"],
  [text("x-", U), NULL, "no"],
  [text(U, "-x"), known("y-x"), "maybe"],
  [text(U, "-x"), known("-xy"), "no"],
  [text("ab", U, "bc"), known("abbc"), "maybe"],
  [text("ab", U, "bc"), known("abc"), "no"],
  [text("ab", U, "bc"), known("abc-abc"), "maybe"],
  [text("ab", U, "bc"), known("ab-cb"), "no"],
  [text(U, "m", U), known("x"), "maybe"],
  [text("x", U), tuple([]), "no"],
  [text("x", U), mapOf([]), "no"],
  [text("x", U), U, "maybe"],
  [text("x", ARN), text("x", ARN), "yes"],
  [text("x", ARN), text("x", NAME), "maybe"],
  [text("x", ARN), text("x", ARN, "y"), "maybe"],
  [text("x", ARN, "y"), text("x", ARN, "z"), "no"],
  [text("x", U), text("x", U), "maybe"],
  [text("x", U), text("xy", U), "maybe"],
  [text("x", U), text("y", U), "no"],
  [text("xy", U), text("y", U), "no"],
  [text(U, "x"), text(U, "yx"), "maybe"],
  [text(U, "x"), text(U, "y"), "no"],
  [text(U, "xy"), text(U, "x"), "no"],
  [text("x", U, "x"), text("x", U, "y"), "no"],
  [text("x", U), text(U, "y"), "maybe"],
  // Lists, sets and maps
  [tuple([A]), tuple([A]), "yes"],
  [tuple([A]), tuple([B]), "no"],
  [tuple([A]), tuple([A, B]), "no"],
  [tuple([A, U]), tuple([A, B]), "maybe"],
  [tuple([A, U]), tuple([B, B]), "no"],
  [tuple([]), tuple([]), "yes"],
  [tuple([A]), list([A]), "no"],
  [tuple([A]), mapOf([["a", A]]), "no"],
  [tuple([A]), A, "no"],
  [tuple([several(U)]), tuple([A]), "maybe"],
  [tuple([A, several(U)]), tuple([A]), "maybe"],
  [tuple([U]), tuple([A, B]), "no"],
  [set([A, B]), set([B, A]), "yes"],
  [set([A]), set([B]), "no"],
  [set([A]), set([A, B]), "no"],
  [set([A]), list([A]), "no"],
  [set([ARN]), set([ARN]), "yes"],
  [set([ARN]), set([NAME]), "maybe"],
  [set([ARN]), set([A]), "maybe"],
  [set([ARN, A]), set([A]), "maybe"],
  [set([ARN, A]), set([A, ARN]), "maybe"],
  [set([]), set([]), "yes"],
  [mapOf([["a", A]]), mapOf([["a", A]]), "yes"],
  [mapOf([["a", A]]), mapOf([["a", B]]), "no"],
  [mapOf([["a", A]]), mapOf([["b", A]]), "no"],
  [mapOf([["a", A]]), mapOf([]), "no"],
  [mapOf([["a", U]]), mapOf([["b", U]]), "no"],
  [mapOf([["a", U]]), mapOf([["a", A]]), "maybe"],
  [mapOf([]), mapOf([]), "yes"],
  [mapOf([]), A, "no"],
  [mapOf([["a", A]]), tuple([A]), "no"],
];

describe("equality", () => {
  it.each(
    CASES.map(([left, right, answer]) => ({
      left,
      right,
      answer,
      text: [left, right].map(printValue).join(" and "),
    })),
  )("$text: $answer", ({ left, right, answer }) => {
    expect([equalValues(left, right), equalValues(right, left)]).toEqual([answer, answer]);
    expect(isSame(left, right)).toBe(left === right || answer === "yes");
  });
});
