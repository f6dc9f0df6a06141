import { expect, test } from "vitest";
import { differInCaseAlone, sameText } from "../../../src/aws/same-text.ts";
import { LATER, oneOf, type Plain, reference, text, value } from "./build.ts";

test.each<readonly [string, Plain, Plain, string]>([
  ["equal strings", "a", "a", "yes"],
  ["letter case counts", "a", "A", "no"],
  ["not set and empty are one", null, "", "yes"],
  ["a number and its text", 1, "1", "yes"],
  ["not known", "a", LATER, "maybe"],
  ["both not known", LATER, LATER, "maybe"],
  ["one attribute twice", reference("t.a", "arn"), reference("t.a", "arn"), "yes"],
  ["two attributes of one object", reference("t.a", "arn"), reference("t.a", "id"), "maybe"],
  [
    "the same sentence around one attribute",
    text(reference("t.a", "arn"), ":*"),
    text(reference("t.a", "arn"), ":*"),
    "yes",
  ],
  ["beginnings differ", text("x-", LATER), "y-1", "no"],
  ["endings differ", text(LATER, ":a"), "arn:b", "no"],
  ["beginning and ending agree", text("x-", LATER, "-z"), "x-y-z", "maybe"],
  ["too short for both ends", text("ab", LATER, "bc"), "abc", "no"],
  ["parts that are all known", text("a", "b"), "ab", "yes"],
  ["every choice is it", oneOf("a", "a"), "a", "yes"],
  ["some choice is it", oneOf("a", "b"), "a", "maybe"],
  ["no choice is it", oneOf("b", "c"), "a", "no"],
])("%s", (_story, left, right, answer) => {
  expect(sameText(value(left), value(right))).toBe(answer);
  expect(sameText(value(right), value(left))).toBe(answer);
});

test("letter case alone", () => {
  expect(differInCaseAlone(value("aB"), value("Ab"))).toBe(true);
  expect(differInCaseAlone(value("a"), value("a"))).toBe(false);
  expect(differInCaseAlone(value("a"), LATER)).toBe(false);
});
