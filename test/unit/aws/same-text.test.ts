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
  ["one attribute of two objects", reference("t.a", "arn"), reference("t.b", "arn"), "maybe"],
  ["an attribute and a part of it", reference("t.a", "x"), reference("t.a", "x", "y"), "maybe"],
  ["two parts of one attribute", reference("t.a", "x", "y"), reference("t.a", "x", "z"), "maybe"],
  ["one part of one attribute", reference("t.a", "x", "y"), reference("t.a", "x", "y"), "yes"],
  [
    "one sentence around attributes of two objects",
    text("x", reference("t.a", "arn")),
    text("x", reference("t.b", "arn")),
    "maybe",
  ],
  [
    "other text between two attributes",
    text(reference("t.a", "x"), "-", reference("t.a", "y")),
    text(reference("t.a", "x"), "+", reference("t.a", "y")),
    "maybe",
  ],
  [
    "another attribute at the end",
    text(reference("t.a", "x"), "-", reference("t.a", "y")),
    text(reference("t.a", "x"), "-", reference("t.a", "z")),
    "maybe",
  ],
  [
    "a sentence that goes on",
    text(reference("t.a", "x"), "-"),
    text(reference("t.a", "x"), "-", reference("t.a", "z")),
    "maybe",
  ],
  ["one sentence around what is not known", text("a", LATER), text("a", LATER), "maybe"],
  ["nothing but what is known", text("ab", LATER), "ab", "maybe"],
  ["more than what is known", text("ab", LATER), "a", "no"],
  ["a known part in the middle that is too long", text(LATER, "abc", LATER), "ab", "no"],
  ["a known part in the middle", text(LATER, "abc", LATER), "abc", "maybe"],
  ["two beginnings of which one goes on", text("ab", LATER), text("abc", LATER), "maybe"],
  ["two endings of which one goes on", text(LATER, "bc"), text(LATER, "abc"), "maybe"],
  ["two endings that differ", text(LATER, "bc"), text(LATER, "abd"), "no"],
  ["a reference may be empty", reference("t.a", "x"), "", "maybe"],
  ["too many choices to look at", oneOf(...Array<Plain>(65).fill("a")), "a", "maybe"],
  ["as many choices as are looked at", oneOf(...Array<Plain>(64).fill("a")), "a", "yes"],
  ["too many pairs", oneOf(...Array<Plain>(8).fill("a")), oneOf(...Array<Plain>(9).fill("a")), "maybe"],
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
  expect(differInCaseAlone(LATER, value("a"))).toBe(false);
  expect(differInCaseAlone(value("a"), value("b"))).toBe(false);
  expect(differInCaseAlone(value(text("a", "B")), value("Ab"))).toBe(true);
  expect(differInCaseAlone(value(text("a", LATER)), value("Ab"))).toBe(false);
});
