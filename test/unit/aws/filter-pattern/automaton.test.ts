import { expect, test } from "vitest";
import {
  automatonOf,
  contains,
  findWord,
  openWorkshop,
  type Workshop,
} from "../../../../src/aws/filter-pattern/automaton.ts";
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

function inside(language: Language, workshop: Workshop) {
  return { automaton: automatonOf(language, workshop), inside: true };
}

function outside(language: Language, workshop: Workshop) {
  return { automaton: automatonOf(language, workshop), inside: false };
}

test("a word far from the start is found", () => {
  const workshop = openWorkshop(100_000);
  const bounds = [inside(regex("^[ab]{40}c$"), workshop), outside(regex("aa|bb"), workshop)];
  expect(findWord(bounds, [], workshop)).toEqual({ found: `${"ab".repeat(20)}c` });
});

test("wildcard texts are met at once", () => {
  const workshop = openWorkshop(100_000);
  const texts = ["AccessDenied*", "*Operation", "*x*"].map((text) =>
    inside(languageOfText(text, false), workshop),
  );
  expect(findWord(texts, [], workshop)).toEqual({ found: "AccessDeniedxOperation" });
});

test("a candidate is preferred to a shorter word", () => {
  const workshop = openWorkshop(100_000);
  const bounds = [inside(languageOfText("Access*", false), workshop)];
  expect(findWord(bounds, ["Denied", "AccessDeniedException"], workshop)).toEqual({
    found: "AccessDeniedException",
  });
});

test("readable characters come first, and others when they must", () => {
  const workshop = openWorkshop(100_000);
  expect(findWord([outside(regex("[a-z]"), workshop)], [], workshop)).toEqual({ found: "A" });
  expect(findWord([outside(regex("[\\x20-\\x7e]"), workshop)], [], workshop)).toEqual({ found: "é" });
});

test.each([
  ["a small letter", "[^a]", "b"],
  ["a capital letter", "[^a-z]", "A"],
  ["a digit", "[^A-Za-z]", "0"],
  ["a sign that names have", "[^A-Za-z0-9]", "-"],
  ["another sign", "[^A-Za-z0-9_.:/@-]", "!"],
  ["a blank", "[^\\x21-\\x7e]", " "],
  ["a letter beyond ASCII", "[^\\x20-\\x7e]", "é"],
])("the first to be read: %s", (_, source, found) => {
  const workshop = openWorkshop(100_000);
  expect(findWord([inside(regex(`^${source}$`), workshop)], [], workshop)).toEqual({ found });
});

test("characters at the ends of what a language tells apart are tried", () => {
  const workshop = openWorkshop(100_000);
  const control = [inside(regex("^[\\x01-\\x05]$"), workshop), outside(regex("[\\x02-\\x05]"), workshop)];
  expect(findWord(control, [], workshop)).toEqual({ found: "\u0001" });
  const below = [inside(regex("^.$"), workshop), outside(regex("[\\x08-\\xff]"), workshop)];
  expect(findWord(below, [], workshop)).toEqual({
    found: expect.toSatisfy((word) => word < "\u0008" || word > "\u00ff"),
  });
  const last = [inside(regex("^.$"), workshop), outside(regex("[\\x00-\\xfe]"), workshop)];
  expect(findWord(last, [], workshop)).toEqual({ found: expect.toSatisfy((word) => word >= "\u00ff") });
});

test("a single word is the only one that is looked at", () => {
  const workshop = openWorkshop(100_000);
  const word = inside(languageOfText("abc", false), workshop);
  expect(findWord([word], ["other"], workshop)).toEqual({ found: "abc" });
  expect(findWord([word, outside(languageAround("b"), workshop)], ["other"], workshop)).toBe("none");
  expect(findWord([inside(languageOfText("*", false), workshop), word], [], workshop)).toEqual({
    found: "abc",
  });
  expect(findWord([outside(languageOfText("abc", false), workshop)], ["abc", "x"], workshop)).toEqual({
    found: "x",
  });
});

test("languages that are too large are given up", () => {
  const workshop = openWorkshop(100_000);
  const large = regex("a{999}b{999}c{999}d{999}");
  expect(findWord([outside(large, workshop)], ["x"], workshop)).toBe("gave-up");
});

test("each language has one automaton, and each word is looked at once", () => {
  const workshop = openWorkshop(100_000);
  const language = regex("^a+$");
  const automaton = automatonOf(language, workshop);
  expect(automatonOf(regex("^a+$"), workshop)).toBe(automaton);
  expect(automatonOf(regex("^b+$"), workshop)).not.toBe(automaton);
  expect([contains(automaton, "aa"), contains(automaton, "ab")]).toEqual([true, false]);
  const { steps } = workshop;
  expect([contains(automaton, "aa"), contains(automaton, "ab")]).toEqual([true, false]);
  expect(workshop.steps).toBe(steps);
});

test("work is counted", () => {
  const workshop = openWorkshop(1000);
  const bounds = [inside(regex("^[ab]c$"), workshop), outside(languageAround("ac"), workshop)];
  findWord(bounds, ["ac"], workshop);
  expect(workshop.steps).toBeLessThan(1000 - 2);
});

test("the empty word is the last resort", () => {
  const workshop = openWorkshop(100_000);
  expect(findWord([inside(regex("^a*$"), workshop)], [""], workshop)).toEqual({ found: "a" });
  expect(findWord([inside(regex("^$"), workshop)], [], workshop)).toEqual({ found: "" });
});

test("that there is no word is a proof", () => {
  const workshop = openWorkshop(100_000);
  const bounds = [inside(languageAround("ab"), workshop), outside(languageAround("b"), workshop)];
  expect(findWord(bounds, [], workshop)).toBe("none");
});

test("without steps nothing is claimed", () => {
  const workshop = openWorkshop(50);
  expect(findWord([inside(regex("^[ab]{40}c$"), workshop)], [], workshop)).toBe("gave-up");
});
