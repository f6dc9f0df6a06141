import { describe, expect, test } from "vitest";
import type { Pattern } from "../../../../src/aws/filter-pattern/ast.ts";
import { matches } from "../../../../src/aws/filter-pattern/matches.ts";
import { parsePattern } from "../../../../src/aws/filter-pattern/parse.ts";
import { DEFAULT_READING, type Reading } from "../../../../src/aws/filter-pattern/readings.ts";
import type { Json } from "../../../../src/model/json.ts";
import vectors from "../../../data/filter-pattern/vectors.json" with { type: "json" };

function pattern(text: string): Pattern {
  const parsed = parsePattern(text);
  if ("problem" in parsed) throw new Error(`${text}: ${parsed.problem.code}`);
  return parsed.pattern;
}

function holds(text: string, event: Json, reading: Partial<Reading> = {}): boolean {
  return matches(pattern(text), event, { ...DEFAULT_READING, ...reading });
}

const texts = new Map(Object.entries(vectors.patterns));

test.each(vectors.vectors.map(({ name, event, expect: expected }) => ({ name, event, expected })))(
  "recorded expectations for $name",
  ({ event, expected }) => {
    const found = Object.keys(expected).map((name) => [name, holds(texts.get(name) ?? "", event)]);
    expect(Object.fromEntries(found)).toEqual(expected);
  },
);

describe("text values", () => {
  test.each([
    ["exact", "{ $.a = x }", "x", true],
    ["case counts", "{ $.a = x }", "X", false],
    ["a leading star", '{ $.a = "*x" }', "yx", true],
    ["a leading star may stand for nothing", '{ $.a = "*x" }', "x", true],
    ["a leading star binds the end", '{ $.a = "*x" }', "xy", false],
    ["a trailing star", '{ $.a = "x*" }', "xyz", true],
    ["a star on both sides", '{ $.a = "*y*" }', "xyz", true],
    ["a star alone", '{ $.a = "*" }', "", true],
    ["a star alone needs a value", '{ $.a = "*" }', undefined, false],
    ["a star between characters is a character", '{ $.a = "x*y" }', "xzy", false],
    ["the character itself", '{ $.a = "x*y" }', "x*y", true],
    ["only the outer stars are wildcards", '{ $.a = "*x*y" }', "zx*y", true],
    ["differing", "{ $.a != x }", "y", true],
    ["not differing", '{ $.a != "x*" }', "xyz", false],
    ["a regular expression anywhere", "{ $.a = %y% }", "xyz", true],
    ["a differing regular expression", "{ $.a != %^y% }", "xyz", true],
  ] as const)("%s", (_, text, a, expected) => {
    expect(holds(text, a === undefined ? {} : { a })).toBe(expected);
  });
});

describe("values of other kinds", () => {
  test.each([
    ["a number by value", "{ $.a = 1e2 }", 100, true],
    ["a number as bare digits in a string", "{ $.a = 100 }", "100", true],
    ["a number by digits with a star", "{ $.a = 4* }", 404, true],
    ["a quoted number is not a number", '{ $.a = "100" }', 100, false],
    ["nor does it differ from one", '{ $.a != "100" }', 101, false],
    ["a star alone is any number", "{ $.a = * }", 5, true],
    ["another number", "{ $.a = 4 }", 5, false],
    ["a number differs", "{ $.a != 4 }", 5, true],
    ["a number does not differ from itself", "{ $.a != 4 }", 4, false],
    ["other bare digits in a string", "{ $.a = 100 }", "101", false],
    ["the same number in a string, otherwise written", "{ $.a = 100 }", "1e2", false],
    ["greater", "{ $.a > 4 }", 5, true],
    ["not greater than itself", "{ $.a > 4 }", 4, false],
    ["smaller", "{ $.a < 4 }", 3, true],
    ["not smaller than itself", "{ $.a < 4 }", 4, false],
    ["at most itself", "{ $.a <= 4 }", 4, true],
    ["at most, and smaller", "{ $.a <= 4 }", 3, true],
    ["not at most", "{ $.a <= 4 }", 5, false],
    ["at least itself", "{ $.a >= 4 }", 4, true],
    ["at least, and greater", "{ $.a >= 4 }", 5, true],
    ["not at least", "{ $.a >= 4 }", 3, false],
    ["a string is never greater", "{ $.a > 4 }", "5", false],
    ["an array equals nothing", "{ $.a = 1 }", [1], false],
    ["an array differs from nothing", "{ $.a != 1 }", [2], false],
    ["an object differs from nothing", "{ $.a != x }", {}, false],
    ["null is null", "{ $.a IS NULL }", null, true],
    ["null exists", "{ $.a NOT EXISTS }", null, false],
    ["null has no value", "{ $.a = * }", null, false],
    ["true is true", "{ $.a IS TRUE }", true, true],
    ["the text true is not", "{ $.a IS TRUE }", "true", false],
    ["a boolean is no text", "{ $.a = true }", true, false],
    ["a boolean differs from no text", "{ $.a != true }", false, false],
    ["an object exists", "{ $.a NOT EXISTS }", {}, false],
  ] as const)("%s", (_, text, a, expected) => {
    expect(holds(text, { a })).toBe(expected);
  });
});

describe("selectors", () => {
  const event = { a: { b: "x", "c.d": "y", list: ["x", { b: 1 }, [7]] }, constructor: null };
  test.each([
    ["an object's field", "{ $.a.b = x }", true],
    ["a key with a dot", "{ $.a.['c.d'] = y }", true],
    ["an element", "{ $.a.list[0] = x }", true],
    ["a field of an element", "{ $.a.list[1].b = 1 }", true],
    ["an element of an element", "{ $.a.list[2][0] = 7 }", true],
    ["past the end", "{ $.a.list[3] NOT EXISTS }", true],
    ["an element of an object does not exist", "{ $.a[0] NOT EXISTS }", true],
    ["a field of a string does not exist", "{ $.a.b.length NOT EXISTS }", true],
    ["what objects inherit does not exist", "{ $.toString NOT EXISTS && $.a.constructor NOT EXISTS }", true],
    ["any element", "{ $.a.list[*] = x }", true],
    ["any element's field", "{ $.a.list[*].b = 1 }", true],
    ["any field", "{ $.a.* = y }", true],
    ["no such element", "{ $.a.list[*] = z }", false],
    ["elements of what is no array", "{ $.a.b[*] = x }", false],
    ["fields of what is no object", "{ $.a.b.* = x }", false],
    ["fields of what is no object do not differ", "{ $.a.b.* != x }", false],
    ["elements of what is no array do not differ", "{ $.a.b[*] != x }", false],
    ["a field that one element has exists", "{ $.a.list[*].b NOT EXISTS }", false],
    ["a field that no element has does not exist", "{ $.a.list[*].c NOT EXISTS }", true],
    ["one element greater", "{ $.a.list[*].b > 0 }", true],
    ["no element greater", "{ $.a.list[*].b > 1 }", false],
    ["a field that is null, of any", "{ $.* IS NULL }", true],
    ["an element that is null, of any", "{ $.a.list[*] IS NULL }", false],
  ])("%s", (_, text, expected) => {
    expect(holds(text, event)).toBe(expected);
  });
});

describe("what AWS leaves open", () => {
  test.each([
    ["a missing field differs", "missingDiffers", "{ $.b != x }", { a: 1 }],
    ["null differs", "nullDiffers", "{ $.a != x }", { a: null }],
    ["an inner star is a wildcard", "innerStarIsWildcard", '{ $.a = "x*z" }', { a: "xyz" }],
    ["a boolean is compared as text", "booleansAreText", "{ $.a = false }", { a: false }],
    ["a number is compared as text", "numbersAreText", '{ $.a = "5" }', { a: 5 }],
  ] as const)("%s", (_, question, text, event) => {
    expect(holds(text, event)).toBe(false);
    expect(holds(text, event, { [question]: true })).toBe(true);
  });

  test.each([
    ["x*y*z", "x1y2z", true],
    ["x*y*z", "xyz", true],
    ["x*yy*z", "xyz", false],
    ["ab*bc", "abc", false],
    ["a*b*b", "ab", false],
    ["a*bc*c", "abc", false],
    ["*b*b*", "ab", false],
    ["*b*b*", "abab", true],
    ["a*", "a", true],
    ["*", "", true],
    ["x*z", "xyzz", true],
    ["x*z", "xyz1", false],
    ["x*z", "1xyz", false],
  ])("with a star as a wildcard everywhere %s matches %s: %s", (text, a, expected) => {
    expect(holds(`{ $.a = "${text}" }`, { a }, { innerStarIsWildcard: true })).toBe(expected);
  });

  test("every element must differ, and there must be one", () => {
    const every = { everyElementDiffers: true };
    expect(holds("{ $.a[*] != x }", { a: ["x", "y"] })).toBe(true);
    expect(holds("{ $.a[*] != x }", { a: ["x", "y"] }, every)).toBe(false);
    expect(holds("{ $.a[*] != x }", { a: ["y"] }, every)).toBe(true);
    expect(holds("{ $.a[*] != x }", { a: [] }, every)).toBe(false);
  });
});

describe("other forms", () => {
  const event = { errorCode: "AccessDenied", eventName: "AssumeRole" };
  test.each([
    ["a term", "AccessDenied", true],
    ["all terms", "AccessDenied AssumeRole", true],
    ["not all terms", "AccessDenied GetObject", false],
    ["an excluded term", "AccessDenied -AssumeRole", false],
    ["an excluded term alone", "-GetObject", true],
    ["an excluded term that is there", "-AssumeRole", false],
    [
      "an excluded term beside one that is there, and an optional one",
      "AccessDenied -GetObject ?PutObject",
      true,
    ],
    [
      "an excluded term beside one that is not there, and an optional one",
      "GetObject -PutObject ?AssumeRole",
      false,
    ],
    ["no optional term", "?GetObject ?PutObject", false],
    ["a regular expression that is there", "%Access.*ed%", true],
    ["a regular expression that is not there", "%^Access%", false],
    ["optional terms", "?GetObject ?AssumeRole", true],
    ["optional terms beside others are ignored", "?AssumeRole GetObject", false],
    ["a phrase of the event's text", '"errorCode\\":\\"Access"', true],
    ["a regular expression", "%Access.*Role%", true],
    ["empty", "", true],
    ["space-delimited", "[...]", false],
  ])("%s", (_, text, expected) => {
    expect(holds(text, event)).toBe(expected);
  });
});

test("the documented pair that tells how && and || bind", () => {
  const event = {
    user: { email: "John.Stiles@example.com" },
    coordinates: [[0, 1, 2]],
    actions: ["GET", "PUT", "DELETE"],
  };
  const email = '$.user.email = "John.Stiles@example.com"';
  const others = '$.coordinates[0][1] = "nonmatch"';
  const last = '$.actions[2] = "nonmatch"';
  expect(holds(`{ ${email} || ${others} && ${last} }`, event)).toBe(true);
  expect(holds(`{ (${email} || ${others}) && ${last} }`, event)).toBe(false);
});
