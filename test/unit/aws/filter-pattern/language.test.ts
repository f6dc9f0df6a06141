import { expect, test } from "vitest";
import { automatonOf, contains, openWorkshop } from "../../../../src/aws/filter-pattern/automaton.ts";
import {
  type Language,
  languageAround,
  languageOfRegex,
  languageOfText,
} from "../../../../src/aws/filter-pattern/language.ts";
import { parseRegex } from "../../../../src/aws/filter-pattern/regex.ts";

function regex(source: string): Language {
  const parsed = parseRegex(source);
  if ("problem" in parsed) throw new Error(parsed.problem.code);
  return languageOfRegex(parsed.regex);
}

function holds(language: Language, word: string): boolean {
  return contains(automatonOf(language, openWorkshop(10_000)), word);
}

test.each<readonly [text: string, inner: boolean, inside: readonly string[], outside: readonly string[]]>([
  ["ab", false, ["ab"], ["", "a", "abc", "xab"]],
  ["ab*", false, ["ab", "abc"], ["a", "xab"]],
  ["*ab", false, ["ab", "xab"], ["abx", "b"]],
  ["*ab*", false, ["ab", "xabx"], ["a", "ba"]],
  ["a*b", false, ["a*b"], ["ab", "axb"]],
  ["a*b", true, ["ab", "axb", "a*b"], ["axbx", "xab"]],
  ["*", false, ["", "x"], []],
  ["", false, [""], ["x"]],
])("%j with inner wildcards %s", (text, inner, inside, outside) => {
  const language = languageOfText(text, inner);
  for (const word of inside) expect([word, holds(language, word)]).toEqual([word, true]);
  for (const word of outside) expect([word, holds(language, word)]).toEqual([word, false]);
});

test("a text is held by all that has it within, every character taken as it is", () => {
  const language = languageAround("a*b");
  expect(["a*b", "xa*bx", "axb", ""].map((word) => holds(language, word))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(holds(languageAround(""), "")).toBe(true);
});

test.each<readonly [Language, word: string | undefined, example: string]>([
  [languageOfText("ab", false), "ab", "ab"],
  [languageOfText("ab*", false), undefined, "ab"],
  [languageOfText("a*b", false), "a*b", "a*b"],
  [languageOfText("a*b", true), undefined, "ab"],
  [languageAround("ab"), undefined, "ab"],
  [regex("^a\\.b$"), undefined, "a.b"],
  [regex("\\d+"), undefined, "\\d+"],
  [regex("a\\$"), undefined, "a"],
])("the only word and an example: %#", (language, word, example) => {
  expect([language.word, language.example]).toEqual([word, example]);
});

test("languages that are told apart have keys that are", () => {
  const texts = ["ab", "ab*", "*ab", "*ab*", "a*b", "a*", "*", "", "b", "*c", "c*"];
  const languages = [
    ...texts.map((text) => languageOfText(text, false)),
    ...texts.map(languageAround),
    ...["ab", "a*b", "b"].map(regex),
    languageOfText("a*b", true),
  ];
  expect(new Set(languages.map(({ key }) => key)).size).toBe(languages.length);
  expect(languageOfText("ab*", true).key).toBe(languageOfText("ab*", false).key);
});

test.each([
  ["a{999}b{999}c{999}", false],
  ["a{999}b{999}c{999}d{3}", false],
  ["a{999}b{999}c{999}d{4}", true],
  ["a{9999}", true],
  ["a{2999,}", false],
  ["a{3000,}", true],
  ["a{1500}|b{1500}", false],
  ["a{1500}|b{1501}", true],
])("%s is too large to reason about: %s", (source, oversized) => {
  expect(regex(source).oversized).toBe(oversized);
});

test("repetitions with and without an upper end", () => {
  const between = regex("^a{2,3}$");
  expect([1, 2, 3, 4].map((count) => holds(between, "a".repeat(count)))).toEqual([false, true, true, false]);
  const least = regex("^a{2,}$");
  expect([1, 2, 3, 9].map((count) => holds(least, "a".repeat(count)))).toEqual([false, true, true, true]);
});
