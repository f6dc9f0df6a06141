import { expect, test } from "vitest";
import { matchesGlob } from "../../../src/model/glob.ts";

test.each<[string, string, boolean]>([
  ["aws-*-alarm", "aws-root-usage-alarm", true],
  ["aws-*-alarm", "aws-root-usage", false],
  ["*", "", true],
  ["a*b*c", "axxbyyc", true],
  ["a*b*c", "axxc", false],
  ["ab*ba", "aba", false],
  ["plain", "plain", true],
  ["plain", "plainer", false],
  ['module.cis["prod"].*', 'module.cis["prod"].aws_sns_topic.a', true],
  ["a.c", "abc", false],
])("%s against %s", (glob, text, answer) => {
  expect(matchesGlob(glob, text)).toBe(answer);
});

test("many stars cost no more than the text is long", () => {
  expect(matchesGlob(`${"*a".repeat(2000)}b`, "a".repeat(20_000))).toBe(false);
});
