// What reports say about patterns beside coverage: exclusions that drop too much, everyday calls, common events.

import { describe, expect, test } from "vitest";
import type { Pattern } from "../../../../src/aws/filter-pattern/ast.ts";
import { droppedByMissingField } from "../../../../src/aws/filter-pattern/dropped.ts";
import { everydayEvents, matchesEveryday } from "../../../../src/aws/filter-pattern/everyday-events.ts";
import { matches } from "../../../../src/aws/filter-pattern/matches.ts";
import { parsePattern } from "../../../../src/aws/filter-pattern/parse.ts";
import { matchesSome } from "../../../../src/aws/filter-pattern/satisfiable.ts";
import published from "../../../data/filter-pattern/cis-patterns.json" with { type: "json" };

function pattern(text: string): Pattern {
  const parsed = parsePattern(text);
  if ("problem" in parsed) throw new Error(`${text}: ${parsed.problem.code}`);
  return parsed.pattern;
}

describe("exclusions that drop events without the field", () => {
  test.each([
    ["a field every event has", '{ $.errorCode = "*" && $.eventName != "HeadBucket" }', []],
    [
      "a field some events lack",
      '{ $.errorCode = "*" && $.userIdentity.arn != "x" }',
      ["$.userIdentity.arn"],
    ],
    [
      "two such fields",
      '{ $.errorCode = "*" && $.userIdentity.arn != "x" && $.userAgent != "y" }',
      ["$.userIdentity.arn", "$.userAgent"],
    ],
    ["the same field twice", '{ $.userAgent != "x" && $.userAgent != "y" }', ["$.userAgent"]],
    ["behind a guard", '{ $.userIdentity.arn NOT EXISTS || $.userIdentity.arn != "x" }', []],
    [
      "behind a guard on another field",
      '{ $.userIdentity.type != "AssumedRole" || $.userIdentity.arn != "x" }',
      ["$.userIdentity.arn"],
    ],
    ["in a branch that adds nothing", '{ $.errorCode = "*" || $.errorCode = "*" && $.userAgent != "x" }', []],
    ["equality", '{ $.userIdentity.arn = "x" }', []],
    ["another form", "?x", []],
  ])("%s", (_, text, dropped) => {
    expect(droppedByMissingField(pattern(text))).toEqual(dropped);
  });
});

describe("everyday calls", () => {
  test.each([
    ["everything", ""],
    [
      "a condition that nearly always holds",
      '{ ($.errorCode = "AccessDenied*") || ($.eventName != "HeadBucket") }',
    ],
    ["the absence of errors", "{ $.errorCode NOT EXISTS }"],
    ["a word of every event", "AwsApiCall"],
    ["every call of roles", '{ $.userIdentity.type = "AssumedRole" }'],
  ])("matched by %s", (_, text) => {
    const event = matchesEveryday(pattern(text));
    expect(event).toMatchObject({ eventName: expect.any(String) });
    expect(matches(pattern(text), event ?? null)).toBe(true);
    expect(event).not.toHaveProperty("errorCode");
  });

  test("of all published texts only the one that joins its exclusions by || matches one", () => {
    const always = published.flatMap(({ control, patterns }) =>
      patterns.flatMap((one) => {
        const parsed = parsePattern(one.pattern);
        return "pattern" in parsed && matchesEveryday(parsed.pattern) !== undefined
          ? [[control, one.pattern]]
          : [];
      }),
    );
    expect(always).toHaveLength(2);
    for (const [control, text] of always) {
      expect(control).toBe(1);
      expect(text).toMatch(/\|\| \(\$\.eventName ?!=/);
    }
  });

  test("none of them was refused, and each kind of caller is there", () => {
    const events = everydayEvents();
    expect(events.some((event) => matches(pattern("{ $.errorCode = * }"), event))).toBe(false);
    for (const type of ["IAMUser", "AssumedRole", "AWSService"]) {
      expect(events.some((event) => matches(pattern(`{ $.userIdentity.type = ${type} }`), event))).toBe(true);
    }
  });
});

describe("events that two patterns share", () => {
  test.each([
    ["a real one", "{ $.eventName = RunInstances }", '{ $.errorCode = "*" }'],
    ["one made to order", "{ $.requestParameters.a[1] > 3 }", "{ $.requestParameters.a[0] IS NULL }"],
    ["a successful call", "{ $.eventName = StopLogging }", "{ $.errorCode NOT EXISTS }"],
  ])("%s", (_, one, other) => {
    const event = matchesSome(pattern(one), pattern(other));
    expect(event).toBeDefined();
    expect([one, other].every((text) => matches(pattern(text), event ?? null))).toBe(true);
  });

  test.each([
    ["different names", "{ $.eventName = A }", "{ $.eventName = B* }"],
    ["a field that is there and is not", "{ $.a.b = x }", "{ $.a NOT EXISTS }"],
    ["space-delimited", "[a]", ""],
  ])("none: %s", (_, one, other) => {
    expect(matchesSome(pattern(one), pattern(other))).toBeUndefined();
  });
});
