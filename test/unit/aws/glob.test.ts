import { expect, test } from "vitest";
import { globMatches } from "../../../src/aws/glob.ts";
import { LATER, type Plain, text, value } from "./build.ts";

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
  expect(globMatches("a".repeat(5000), value("a".repeat(5000)))).toBe("maybe");
  expect(globMatches("*a".repeat(900), value("a".repeat(1500)))).toBe("yes");
});
