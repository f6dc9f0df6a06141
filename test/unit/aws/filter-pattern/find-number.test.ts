import { describe, expect, test } from "vitest";
import { automatonOf, openWorkshop } from "../../../../src/aws/filter-pattern/automaton.ts";
import { findNumber, isWithin, type NumberBound } from "../../../../src/aws/filter-pattern/find-number.ts";
import {
  type Language,
  languageOfRegex,
  languageOfText,
} from "../../../../src/aws/filter-pattern/language.ts";
import { parseRegex } from "../../../../src/aws/filter-pattern/regex.ts";

type Operator = NumberBound["operator"];
type Written = readonly [operator: Operator | `not ${Operator}`, value: number];

function bound([written, value]: Written): NumberBound {
  const holds = !written.startsWith("not ");
  return { operator: written.replace("not ", "") as Operator, value, holds };
}

function regex(source: string): Language {
  const parsed = parseRegex(source);
  if ("problem" in parsed) throw new Error(parsed.problem.code);
  return languageOfRegex(parsed.regex);
}

test.each<readonly [...Written, smaller: boolean, equal: boolean, greater: boolean]>([
  ["=", 4, false, true, false],
  ["<", 4, true, false, false],
  [">", 4, false, false, true],
  ["<=", 4, true, true, false],
  [">=", 4, false, true, true],
  ["not =", 4, true, false, true],
  ["not <", 4, false, true, true],
  ["not >", 4, true, true, false],
  ["not <=", 4, false, false, true],
  ["not >=", 4, true, false, false],
])("%s %i is met by smaller, equal and greater numbers: %s, %s, %s", (operator, value, ...expected) => {
  expect([3, 4, 5].map((number) => isWithin(bound([operator, value]), number))).toEqual(expected);
});

describe("a number within bounds, small whole ones first", () => {
  test.each<readonly [bounds: readonly Written[], found: number]>([
    [[], 0],
    [[[">", 4]], 5],
    [
      [
        [">", 4],
        ["<", 5],
      ],
      4.5,
    ],
    [
      [
        [">", 4],
        ["<", 7],
      ],
      5,
    ],
    [
      [
        [">", 100],
        ["<", 200],
      ],
      101,
    ],
    [
      [
        [">", 0.5],
        ["<", 1],
      ],
      0.75,
    ],
    [[["not >=", 4]], 0],
    [[["<", -4]], -5],
    [[["<=", -4]], -4],
    [[["=", 3]], 3],
    [
      [
        ["=", 3],
        [">", 2],
      ],
      3,
    ],
    [
      [
        ["not =", 0],
        ["not =", 1],
      ],
      2,
    ],
    [
      [
        [">=", 4],
        ["<=", 4],
      ],
      4,
    ],
    [
      [
        [">=", 1],
        ["<=", 2],
        ["not =", 1],
        ["not =", 2],
      ],
      1.5,
    ],
    [
      [
        [">", 7],
        ["not =", 8],
      ],
      7.5,
    ],
  ])("%j: %f", (bounds, found) => {
    const outcome = findNumber(bounds.map(bound), [], openWorkshop(1000));
    expect(outcome).toHaveProperty("found");
    if (typeof outcome === "object") {
      expect(bounds.every((one) => isWithin(bound(one), outcome.found))).toBe(true);
      expect(outcome.found).toBe(found);
    }
  });

  test.each<readonly [bounds: readonly Written[]]>([
    [
      [
        [">", 4],
        ["<=", 4],
      ],
    ],
    [
      [
        [">=", 4],
        ["<", 4],
      ],
    ],
    [
      [
        [">", 5],
        ["<", 4],
      ],
    ],
    [
      [
        [">=", 4],
        ["<=", 4],
        ["not =", 4],
      ],
    ],
    [
      [
        ["=", 3],
        [">", 4],
      ],
    ],
    [
      [
        ["=", 3],
        ["=", 4],
      ],
    ],
    [
      [
        ["=", 3],
        ["not =", 3],
      ],
    ],
    [
      [
        ["not <", 4],
        ["not >=", 4],
      ],
    ],
    [
      [
        ["not <=", 4],
        ["not >", 4],
      ],
    ],
    [
      [
        [">", 4],
        [">=", 4],
        ["<=", 4],
      ],
    ],
    [
      [
        [">=", 4],
        [">", 4],
        ["<=", 4],
      ],
    ],
    [
      [
        ["<", 4],
        ["<=", 4],
        [">=", 4],
      ],
    ],
    [
      [
        ["<=", 4],
        ["<", 4],
        [">=", 4],
      ],
    ],
    [
      [
        [">", 3],
        [">=", 4],
        ["<", 4],
      ],
    ],
    [
      [
        ["<", 5],
        ["<=", 4],
        [">", 4],
      ],
    ],
  ])("%j: none", (bounds) => {
    expect(findNumber(bounds.map(bound), [], openWorkshop(1000))).toBe("none");
  });
});

describe("a number by its digits", () => {
  const find = (
    inside: readonly Language[],
    outside: readonly Language[],
    bounds: readonly Written[] = [],
  ) => {
    const workshop = openWorkshop(100_000);
    const digits = [
      ...inside.map((language) => ({ automaton: automatonOf(language, workshop), inside: true })),
      ...outside.map((language) => ({ automaton: automatonOf(language, workshop), inside: false })),
    ];
    return findNumber(bounds.map(bound), digits, workshop);
  };

  test.each<readonly [story: string, outcome: unknown, expected: unknown]>([
    ["written out", find([languageOfText("404", true)], []), { found: 404 }],
    ["written out, and out of bounds", find([languageOfText("404", true)], [], [["<", 400]]), "none"],
    ["written out, and no number", find([languageOfText("x", true)], []), "none"],
    ["written out, and not how numbers are written", find([languageOfText("04", true)], []), "none"],
    ["by their beginning", find([languageOfText("4*", true)], []), { found: 4 }],
    ["by their beginning, within bounds", find([languageOfText("4*", true)], [], [["=", 45]]), { found: 45 }],
    ["by their beginning, out of bounds", find([languageOfText("4*", true)], [], [["=", 54]]), "none"],
    [
      "by beginning and end",
      find([languageOfText("4*", true), languageOfText("*5", true)], []),
      { found: 45 },
    ],
    ["not by their end", find([], [languageOfText("*0", true)]), { found: 1 }],
    ["none that are letters", find([languageOfText("x*", true)], []), "none"],
    ["a fraction", find([languageOfText("*.5", true)], []), { found: 0.5 }],
    ["below zero", find([regex("^-")], [regex("0")]), { found: -1 }],
    [
      "beyond the first ones, perhaps",
      find(
        [regex("^[5-9]+$")],
        [],
        [
          [">", 400],
          ["<", 500],
        ],
      ),
      "gave-up",
    ],
    ["too much to look at", find([regex("a{999}b{999}c{999}d{999}")], []), "gave-up"],
  ])("%s", (_story, outcome, expected) => {
    expect(outcome).toEqual(expected);
  });

  test("not one of the short ones", () => {
    const outcome = find([], [regex("^-?.$")]);
    expect(outcome).toEqual({
      found: expect.toSatisfy((value) => String(value).replace("-", "").length === 2),
    });
  });
});

test("every try takes a step", () => {
  const workshop = openWorkshop(10);
  expect(findNumber([bound([">", 0])], [], workshop)).toEqual({ found: 1 });
  expect(workshop.steps).toBe(8);
});
