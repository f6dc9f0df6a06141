import { expect, test } from "vitest";
import { globMatches } from "../../../src/aws/glob.ts";
import { LATER, type Plain, reference, text, value } from "./build.ts";

test.each<readonly [string, Plain, string]>([
  ["*", LATER, "yes"],
  ["*", "", "yes"],
  ["", "", "yes"],
  ["a*c", "abbc", "yes"],
  ["a*c", "ac", "yes"],
  ["a*c", "acd", "no"],
  ["a?c", "abc", "yes"],
  ["a?c", "ac", "no"],
  ["*b*", "aabaa", "yes"],
  ["**a**", "a", "yes"],
  ["a", LATER, "maybe"],
  ["arn:*:alarm:*", text("arn:aws:cloudwatch:", LATER, ":1:alarm:x"), "yes"],
  ["arn:*:alarm:y", text("arn:aws:cloudwatch:", LATER, ":1:alarm:x"), "no"],
  ["arn:aws:cloudwatch:eu-west-1:*", text("arn:aws:cloudwatch:", LATER, ":1:alarm:x"), "maybe"],
  ["x*", text(LATER, "y"), "maybe"],
  ["x", text("x", LATER), "maybe"],
  ["xy", text("x", LATER, "z"), "no"],
])("%s against %j: %s", (pattern, plain, answer) => {
  expect(globMatches(pattern, value(plain))).toBe(answer);
});

test("letter case counts unless told otherwise", () => {
  expect(globMatches("SNS:Pub*", value("sns:Publish"))).toBe("no");
  expect(globMatches("SNS:Pub*", value("sns:Publish"), true)).toBe("yes");
});

test("patterns too long to compare are not decided", () => {
  expect(globMatches("a".repeat(2000), value("b".repeat(2000)))).toBe("no");
  expect(globMatches(`${"a".repeat(1999)}?`, value("b".repeat(2001)))).toBe("maybe");
  expect(globMatches("*a".repeat(90), value("a".repeat(150)))).toBe("yes");
});

test("letter case is folded in both, and in both ways of writing them", () => {
  expect(globMatches(value("SNS:Pub*"), value("sns:PUBLISH"), true)).toBe("yes");
  expect(globMatches(text("SNS:", LATER), value("sns:PUBLISH"), true)).toBe("maybe");
  expect(globMatches(text("SQS:", LATER), value("sns:PUBLISH"), true)).toBe("no");
});

const ARN = reference("topic.t", "arn");

test.each<readonly [story: string, pattern: Plain, written: Plain, answer: string]>([
  ["the same attribute", ARN, ARN, "yes"],
  ["the same attribute and more", text(ARN, ":x"), text(ARN, ":x"), "yes"],
  ["the same attribute and any end", text(ARN, ":*"), text(ARN, ":x"), "yes"],
  ["the same attribute and another end", text(ARN, ":y"), text(ARN, ":x"), "no"],
  ["another attribute of the object", reference("topic.t", "name"), ARN, "maybe"],
  ["the attribute of another object", reference("topic.u", "arn"), ARN, "maybe"],
  ["two values not known are not the same", LATER, LATER, "maybe"],
  ["a value not known as pattern", LATER, "a", "maybe"],
  ["a pattern of which the middle is not known", text("a", LATER, "c"), "abbc", "maybe"],
  ["a middle that may be empty", text("a", LATER, "c"), "ac", "maybe"],
  ["a middle that is not known, and another end", text("a", LATER, "c"), "abd", "no"],
  ["a middle that is not known, and another beginning", text("a", LATER, "c"), "bc", "no"],
  ["a star before what is not known", text("*", LATER), "abc", "maybe"],
  ["a star beside what is not known in both", "*", text("a", LATER), "yes"],
  ["a star takes what is not known and what follows", "a*", text("a", LATER, "c"), "yes"],
  ["a star, and the text goes on", "a*b", text("a", LATER, "c"), "no"],
  ["one character for what is not known", "a?", text("a", LATER), "maybe"],
  ["one character for a known one", "a?c", text("a", "b", LATER), "maybe"],
  ["nothing for what is not known", "a", text("a", LATER), "maybe"],
  ["nothing for what is not known at the beginning", "a", text(LATER, "a"), "maybe"],
  ["nothing for two values not known", "ab", text("a", LATER, LATER, "b"), "maybe"],
  ["not set is empty", "", null, "yes"],
  ["a number as it is written", "1?", 12, "yes"],
  ["a list may be any text", "a", ["a"], "maybe"],
  ["a map may be any text", "a", { a: "a" }, "maybe"],
])("gaps: %s", (_story, pattern, written, answer) => {
  expect(globMatches(value(pattern), value(written))).toBe(answer);
});
