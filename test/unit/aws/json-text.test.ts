import { expect, test } from "vitest";
import { jsonOf } from "../../../src/aws/json-text.ts";
import type { Value } from "../../../src/model/value.ts";
import { LATER, type Plain, reference, text, value } from "./build.ts";

const ARN = reference("topic.t", "arn");

test.each<readonly [string, Plain, Plain]>([
  ["scalars", '{"a":1,"b":true,"c":null,"d":"x"}', { a: 1, b: true, c: null, d: "x" }],
  ["an unknown string", text('{"a":"', ARN, '"}'), { a: ARN }],
  ["an unknown part of a string", text('{"a":"x/', ARN, '/y"}'), { a: text("x/", ARN, "/y") }],
  ["two unknown parts", text('{"a":"', ARN, '","b":["', LATER, '"]}'), { a: ARN, b: [LATER] }],
  ["an unknown value outside of strings", text('{"a":', LATER, "}"), { a: LATER }],
  ["an empty string", '{"a":""}', { a: "" }],
  ["nothing but an unknown string", text('"', ARN, '"'), ARN],
  ["an unknown part beside one that is not set", text('{"a":"', null, ARN, '"}'), { a: ARN }],
  ["a backslash before the end of a string", text('{"a":"x\\\\","b":', LATER, "}"), { a: "x\\", b: LATER }],
  ["a backslash outside of strings, after them", text('["a","', ARN, '"]'), ["a", ARN]],
  ["a document with a number as its part", text('{"a":', 5, "}"), { a: 5 }],
  ["a quote within a string", text('{"a":"\\"', ARN, '"}'), { a: text('"', ARN) }],
])("%s", (_story, plain, expected) => {
  const found = jsonOf(value(plain));
  expect(found).toEqual(tuples(value(expected)));
});

/** JSON lists come as tuples. */
function tuples(item: Value): Value {
  if (item.kind === "list") return { ...item, form: "tuple", elements: item.elements.map(tuples) };
  if (item.kind !== "map") return item;
  return { ...item, entries: new Map([...item.entries].map(([key, inner]) => [key, tuples(inner)])) };
}

test.each<readonly [string, Plain]>([
  ["not JSON", "Statement"],
  ["empty", ""],
  ["not set", null],
  ["not known", LATER],
  ["a reference to a whole document", ARN],
  ["an unknown part in an odd place", text('{"a"', LATER, "}")],
  ["marks of our own in the text", text('{"a":"\uE0007\uE001', ARN, '"}')],
  ["nested without end", "[".repeat(100_000)],
  ["nested deeply", `${"[".repeat(1000)}${"]".repeat(1000)}`],
])("cannot be read: %s", (_story, plain) => {
  expect(jsonOf(value(plain))).toBeUndefined();
});

test("64 levels are read, one more is not", () => {
  const nested = (levels: number) => value(`${"[".repeat(levels)}1${"]".repeat(levels)}`);
  expect(jsonOf(nested(64))).toBeDefined();
  expect(jsonOf(nested(65))).toBeUndefined();
  expect(jsonOf(value(`${'{"a":'.repeat(64)}1${"}".repeat(64)}`))).toBeDefined();
  expect(jsonOf(value(`${'{"a":'.repeat(65)}1${"}".repeat(65)}`))).toBeUndefined();
});

test("no key is special", () => {
  const found = jsonOf(value('{"__proto__":{"a":1},"constructor":2}'));
  expect(found?.kind === "map" && [...found.entries.keys()]).toEqual(["__proto__", "constructor"]);
});
