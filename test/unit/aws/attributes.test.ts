import { expect, test } from "vitest";
import { judgeEach, possibleValues } from "../../../src/aws/attributes.ts";
import { known, stringOf, type Unknown, unknown, type Value } from "../../../src/model/value.ts";
import { oneOf, reference, text, value } from "./build.ts";

const A = known("a");
const B = known("b");

function open(parts: Partial<Omit<Unknown, "kind" | "origin">>): Value {
  return unknown({ why: "expression", subject: "test" }, parts);
}

test.each<readonly [story: string, given: Value, values: readonly Value[]]>([
  ["one of two", oneOf("a", "b"), [A, B]],
  ["one of two, one of which is one of two", oneOf("a", oneOf("b", "a")), [A, B, A]],
  ["one of one", oneOf("a"), [A]],
])("a closed list: %s", (_story, given, values) => {
  expect(possibleValues(given)).toEqual(values);
});

test.each<readonly [story: string, given: Value]>([
  ["known", A],
  ["a list", value(["a", "b"])],
  ["a reference", reference("topic.t", "arn")],
  ["a text", text("a", oneOf("b", "c"))],
  ["one of two or something else", open({ candidates: [A, B], relation: "one-of", closed: false })],
  ["made from one of two", open({ candidates: [A, B], relation: "made-from", closed: true })],
  ["one of none", open({ candidates: [], relation: "one-of", closed: true })],
])("no closed list: %s", (_story, given) => {
  expect(possibleValues(given)).toEqual([given]);
});

test("what holds for each of a closed list is so", () => {
  const isText = (given: Value) => (stringOf(given) === undefined ? "maybe" : "yes");
  const isA = (given: Value) => (stringOf(given) === "a" ? "yes" : "no");
  expect(judgeEach(oneOf("a", "b"), isText)).toBe("yes");
  expect(judgeEach(oneOf("a", "b"), isA)).toBe("maybe");
  expect(judgeEach(oneOf("b", "c"), isA)).toBe("no");
  expect(judgeEach(open({ candidates: [A], relation: "one-of" }), isText)).toBe("maybe");
});
