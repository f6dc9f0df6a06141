// Patterns of RE2: what they match is what JavaScript's expressions match where the two have the same syntax, and
// they take no longer for being written to harm.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EvaluationFailure } from "../../../../src/terraform/failure.ts";
import { compilePattern, findAll } from "../../../../src/terraform/regex/index.ts";

function matches(pattern: string, text: string): readonly (readonly (string | undefined)[])[] {
  return findAll(compilePattern(pattern), text).map((match) => match.groups);
}

describe("patterns", () => {
  it.each<[string, string, readonly (readonly (string | undefined)[])[]]>([
    ["a|ab", "ab", [["a"]]],
    ["(a*)(a?)", "aa", [["aa", "aa", ""]]],
    ["(?:a|b)+", "xabay", [["aba"]]],
    [
      "(a)|(b)",
      "ba",
      [
        ["b", undefined, "b"],
        ["a", "a", undefined],
      ],
    ],
    ["x{2,3}", "xxxxx", [["xxx"], ["xx"]]],
    ["(?U)x+", "xx", [["x"], ["x"]]],
    ["(?i)é", "É", [["É"]]],
    ["(?i:a)b", "AbAB", [["Ab"]]],
    ["[[:alpha:]_]+", "ab_1", [["ab_"]]],
    ["[^[:digit:]]", "1a", [["a"]]],
    ["[]a]+", "]a", [["]a"]]],
    ["[a\\-z]+", "a-z", [["a-z"]]],
    ["\\p{Greek}+", "aβγ", [["βγ"]]],
    ["\\PL+", "a1-", [["1-"]]],
    ["\\x41\\x{1F600}", "A😀", [["A😀"]]],
    ["\\Q.*\\E", ".*", [[".*"]]],
    ["\\bfoo\\b", "foo foobar", [["foo"]]],
    ["\\Aa", "aa", [["a"]]],
    ["(?m)$", "a\nb", [[""], [""]]],
    [".", "😀", [["😀"]]],
    ["{", "{", [["{"]]],
    ["a{,2}", "a{,2}", [["a{,2}"]]],
  ])("%s in %s", (pattern, text, wanted) => {
    expect(matches(pattern, text)).toEqual(wanted);
  });

  it.each([
    "(",
    ")",
    "[",
    "*",
    "a**",
    "(?<n",
    "(?=a)",
    "(?!a)",
    "\\1",
    "\\",
    "\\k",
    "x{1001}",
    "x{3,2}",
    "[z-a]",
    "\\p{Klingon}",
    "(?z)",
  ])("%s is refused", (pattern) => {
    expect(() => compilePattern(pattern)).toThrow(EvaluationFailure);
  });

  it("takes no longer for patterns that make others backtrack", () => {
    const started = performance.now();
    for (const pattern of ["(a+)+$", "(a|a)*$", "(a*)*b", "((a?){20}){5}a{20}$"])
      matches(pattern, `${"a".repeat(400)}!`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("refuses more work than any configuration needs", () => {
    expect(() => matches("a{1000}", "a".repeat(100_000))).toThrow("the text is too long for the pattern");
    expect(() => compilePattern("((a{100}){100}){100}")).toThrow(EvaluationFailure);
  });
});

describe("limits", () => {
  it("are of brackets that are open at once, and of repetitions", () => {
    expect(matches(`${"(?:".repeat(200)}a${")".repeat(200)}`, "a")).toEqual([["a"]]);
    expect(matches("(?:a)".repeat(201), "a".repeat(201))).toHaveLength(1);
    expect(matches(`${"(?i)".repeat(201)}a`, "A")).toEqual([["A"]]);
    expect(matches("a{1000}", "a".repeat(1000))).toHaveLength(1);
    expect(matches("a{0,1000}", "aa")).toEqual([["aa"]]);
  });
});

const atom = fc.constantFrom(
  "a",
  "b",
  ".",
  "[ab]",
  "[^a]",
  "\\d",
  "\\w",
  "(a)",
  "(?:ab|a)",
  "(b|ab)",
  "^",
  "$",
  "\\b",
);
const quantifier = fc.constantFrom("", "", "", "*", "+", "?", "*?", "+?", "{2}", "{1,2}");
const pattern = fc
  .array(fc.tuple(atom, quantifier), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.map(([one, times]) => one + (/^[\^$]$|\\b/.test(one) ? "" : times)).join(""));

describe("compared with JavaScript", () => {
  it("finds the same first match", () => {
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom("a", "b", "1", " ") }), (source, text) => {
        const wanted = new RegExp(source, "u").exec(text);
        const [found] = matches(source, text);
        expect(found?.[0]).toEqual(wanted?.[0]);
      }),
      { seed: 3, numRuns: 3_000 },
    );
  });
});
