import { describe, expect, test } from "vitest";
import { automatonOf, contains, openWorkshop } from "../../../../src/aws/filter-pattern/automaton.ts";
import { languageOfRegex } from "../../../../src/aws/filter-pattern/language.ts";
import { regexMatches } from "../../../../src/aws/filter-pattern/matches.ts";
import { parseRegex, type Regex } from "../../../../src/aws/filter-pattern/regex.ts";

function regex(source: string): Regex {
  const parsed = parseRegex(source);
  if ("problem" in parsed) throw new Error(`${source}: ${parsed.problem.code}`);
  return parsed.regex;
}

const WORDS = [
  "",
  "a",
  "b",
  "ab",
  "ba",
  "aa",
  "aab",
  "abb",
  "abc",
  "aaaa",
  "x",
  "xay",
  "10.10.0.1",
  "10010,051",
  "5",
  "a5",
  "a b",
  "a\tb",
  "_",
  "-",
  "[a]",
  "[7]",
  "shutting down",
  "color",
  "colour",
  ":",
  "(",
  "A",
  "Z9",
  "é",
  "\n",
  "a\nb",
  "]",
  "^",
  "$",
];

const SOURCES = [
  "a",
  "^a",
  "b$",
  "^ab$",
  "^$",
  "$",
  "a|b",
  "^a|b$",
  "^",
  "a*",
  "^a*$",
  "^a+$",
  "^a?b$",
  "^a{2}$",
  "^a{2,}$",
  "^a{0,1}b$",
  "^a{2,3}$",
  "colou?r",
  "[ab]",
  "^[ab]+$",
  "[^ab]",
  "^[^a]*$",
  "[a-c]",
  "[a-a]",
  "[^a-c]",
  "^[a-bx-z]+$",
  "[b-ca-b]",
  "^a{0}$",
  "^a{1}b{1,}$",
  "[x-z0-9]",
  "[a-]",
  "[-a]",
  "[.]",
  "^.$",
  "..",
  "^a.b$",
  "10\\.10\\.0\\.1",
  "10.10.0.1",
  "\\[.\\]",
  "\\d",
  "\\D",
  "^\\w+$",
  "\\W",
  "\\s",
  "^\\S+$",
  "\\x3A",
  "\\x28",
  "[\\d_]",
  "[^\\w]",
  "^shutting down",
  "a|",
  "|a",
  "^starting|^shutting",
  "a$b",
  "b^a",
  "^^a",
  "a$$",
  "x*^a",
  "a$x*",
  "[$^]",
  "\\^",
  "\\$",
];

describe("what a regular expression finds", () => {
  test.each(SOURCES)("%s finds the same as a JavaScript regular expression", (source) => {
    const expected = new RegExp(source, "s");
    const automaton = automatonOf(languageOfRegex(regex(source)), openWorkshop(100_000));
    for (const word of WORDS) {
      // \s is tab, blank and line end, and \w is plain letters, in both.
      expect([word, regexMatches(regex(source), word)]).toEqual([word, expected.test(word)]);
      expect([word, contains(automaton, word)]).toEqual([word, expected.test(word)]);
    }
  });

  test("a repetition without a lower bound starts at none", () => {
    expect(regexMatches(regex("^a{,2}$"), "")).toBe(true);
    expect(regexMatches(regex("^a{ , 2 }$"), "aaa")).toBe(false);
  });

  test("many repetitions on a long text are matched without backtracking", () => {
    expect(regexMatches(regex(`${"a*".repeat(50)}b`), "a".repeat(500))).toBe(false);
  });
});
