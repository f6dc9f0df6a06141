import fc from "fast-check";
import { expect, test } from "vitest";
import { automatonOf, contains, findWord, openWorkshop } from "../../src/aws/filter-pattern/automaton.ts";
import { findNumber, isWithin } from "../../src/aws/filter-pattern/find-number.ts";
import { type Language, languageOfRegex, languageOfText } from "../../src/aws/filter-pattern/language.ts";
import { regexMatches } from "../../src/aws/filter-pattern/matches.ts";
import { parseRegex } from "../../src/aws/filter-pattern/regex.ts";
import { runs } from "./runs.ts";

const SEED = 20251124;

const piece = fc
  .tuple(
    fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "\\d", "\\w", "\\x61", "-"),
    fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,2}", "{2,}", "{0,1}"),
  )
  .map((parts) => parts.join(""));
const sequence = fc
  .tuple(
    fc.constantFrom("", "", "^"),
    fc.array(fc.oneof({ weight: 9, arbitrary: piece }, fc.constantFrom("^", "$")), { maxLength: 4 }),
    fc.constantFrom("", "", "$"),
  )
  .map(([start, pieces, end]) => start + pieces.join("") + end);
const source = fc
  .array(sequence, { minLength: 1, maxLength: 3 })
  .map((sequences) => sequences.join("|"))
  .filter((text) => text !== "");
const word = fc.string({ unit: fc.constantFrom("a", "b", "1", "-", "é"), maxLength: 7 });

test("regular expressions find what JavaScript finds, by positions and by automaton", () => {
  fc.assert(
    fc.property(source, fc.array(word, { minLength: 5, maxLength: 20 }), (text, words) => {
      const parsed = parseRegex(text);
      if ("problem" in parsed) throw new Error(`${text}: ${parsed.problem.code}`);
      const automaton = automatonOf(languageOfRegex(parsed.regex), openWorkshop(100_000));
      const expected = new RegExp(text, "s");
      for (const one of words) {
        expect([one, regexMatches(parsed.regex, one)]).toEqual([one, expected.test(one)]);
        expect([one, contains(automaton, one)]).toEqual([one, expected.test(one)]);
      }
    }),
    { seed: SEED, numRuns: runs(2000) },
  );
});

const text = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 4 });
const language = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(text, fc.boolean()).map(([one, wild]) => languageOfText(one, wild)) },
  source.map((one): Language => {
    const parsed = parseRegex(one);
    if ("problem" in parsed) throw new Error(one);
    return languageOfRegex(parsed.regex);
  }),
);

/** Every word over a few characters up to a length. */
function words(characters: readonly string[], length: number): readonly string[] {
  if (length === 0) return [""];
  const shorter = words(characters, length - 1);
  const longest = shorter.filter((one) => one.length === length - 1);
  return [...shorter, ...longest.flatMap((one) => characters.map((character) => one + character))];
}

test("a word is found inside and outside of languages exactly if there is one, and no shorter one", () => {
  const every = words(["a", "b", "*", "1"], 4);
  fc.assert(
    fc.property(fc.array(fc.tuple(language, fc.boolean()), { minLength: 1, maxLength: 4 }), (wanted) => {
      const workshop = openWorkshop(1_000_000);
      const bounds = wanted.map(([one, inside]) => ({ automaton: automatonOf(one, workshop), inside }));
      const fits = (one: string): boolean =>
        bounds.every(({ automaton, inside }) => contains(automaton, one) === inside);
      const outcome = findWord(bounds, [], workshop);
      const known = every.find((one) => one !== "" && fits(one));
      if (typeof outcome === "object") {
        expect(fits(outcome.found)).toBe(true);
        if (known !== undefined) expect(outcome.found.length).toBeLessThanOrEqual(known.length);
      } else {
        expect(outcome).toBe("none");
        expect(known ?? (fits("") ? "" : undefined)).toBeUndefined();
      }
    }),
    { seed: SEED, numRuns: runs(1500) },
  );
});

test("a number is found within bounds exactly if there is one", () => {
  const bound = fc.record({
    operator: fc.constantFrom("=", "<", ">", "<=", ">="),
    value: fc.constantFrom(-1, 0, 0.5, 1, 2, 1000),
    holds: fc.boolean(),
  });
  const grid = Array.from({ length: 161 }, (_, at) => (at - 80) / 16).concat([999, 1000, 1001, 5000, -5000]);
  fc.assert(
    fc.property(fc.array(bound, { maxLength: 5 }), (bounds) => {
      const outcome = findNumber(bounds, [], openWorkshop(10_000));
      const fits = (value: number): boolean => bounds.every((one) => isWithin(one, value));
      if (typeof outcome === "object") expect(fits(outcome.found)).toBe(true);
      else {
        expect(outcome).toBe("none");
        expect(grid.find(fits)).toBeUndefined();
      }
    }),
    { seed: SEED, numRuns: runs(3000) },
  );
});
