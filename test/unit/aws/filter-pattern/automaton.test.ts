import { expect, test } from "vitest";
import {
  automatonOf,
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
