// Whether patterns count what a control asks for: the answer, and the details that findings show.

import { describe, expect, it } from "vitest";
import { matches } from "../../../src/aws/filter-pattern/matches.ts";
import { parsePattern } from "../../../src/aws/filter-pattern/parse.ts";
import {
  concerns,
  coverageOf,
  type Requirement,
  requirementOf,
  surelyMisses,
} from "../../../src/evaluate/chain/coverage.ts";
import type { SelectedControl } from "../../../src/model/policy.ts";
import { CONTROL } from "../../tools/chain-world.ts";

const DENIED = '{ $.errorCode = "AccessDenied*" }';
const UNAUTHORIZED = '{ $.errorCode = "*UnauthorizedOperation" }';
const BOTH = '{ ($.errorCode = "AccessDenied*") || ($.errorCode = "*UnauthorizedOperation") }';
const MORE = '{ ($.errorCode = "AccessDenied*") || ($.errorCode = "Throttling*") }';

function requirement(patterns: readonly string[], published: readonly string[] = []): Requirement {
  const benchmarks = [{ patterns: published }] as unknown as SelectedControl["policy"]["benchmarks"];
  return requirementOf({ ...CONTROL, patterns, policy: { ...CONTROL.policy, benchmarks } });
}

function isMatched(text: string, event: Parameters<typeof matches>[1]): boolean {
  const parsed = parsePattern(text);
  return "pattern" in parsed && matches(parsed.pattern, event);
}

describe("patterns that count what is asked", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["the same", [DENIED], [DENIED]],
    ["in other words", ['{$.errorCode="AccessDenied*"}'], [DENIED]],
    ["more of it", [BOTH], [DENIED]],
    ["together", [DENIED, UNAUTHORIZED], [BOTH]],
    ["one of two texts", [DENIED], [UNAUTHORIZED, DENIED]],
  ])("%s", (_, actual, wanted) => {
    expect(coverageOf(actual, requirement(wanted))).toMatchObject({ answer: "yes", kind: "covers" });
  });

  it("count more than anybody asks, which is shown by an event", () => {
    const found = coverageOf([MORE], requirement([DENIED]));
    if (found.kind !== "covers" || found.countsMore === undefined) throw new Error("counts no more");
    expect([isMatched(MORE, found.countsMore), isMatched(DENIED, found.countsMore)]).toEqual([true, false]);
  });

  it.each<[string, string, readonly string[]]>([
    ["no more than is asked", DENIED, []],
    ["what some benchmark prints to the letter", MORE, [MORE]],
    ["what some benchmark prints, in other words", MORE.replaceAll(" = ", "="), [MORE]],
  ])("count %s", (_, actual, published) => {
    expect(coverageOf([actual], requirement([DENIED], published))).toEqual({
      answer: "yes",
      kind: "covers",
      countsMore: undefined,
    });
  });

  it("count more, though one of them is printed", () => {
    const found = coverageOf([DENIED, MORE], requirement([DENIED], [DENIED]));
    expect(found).toMatchObject({ kind: "covers", countsMore: expect.anything() });
  });
});

describe("patterns that do not", () => {
  it("miss an event, which is shown with what they drop besides", () => {
    const actual = '{ ($.errorCode = "AccessDenied*") && ($.userAgent != "x") }';
    const found = coverageOf([actual], requirement([BOTH]));
    if (found.kind !== "misses") throw new Error(found.kind);
    expect(found).toMatchObject({ answer: "no", required: BOTH, dropsEventsWithout: ["$.userAgent"] });
    expect([isMatched(BOTH, found.event), isMatched(actual, found.event)]).toEqual([true, false]);
  });

  it("go off on everyday calls", () => {
    const found = coverageOf([""], requirement([DENIED]));
    expect(found).toMatchObject({ answer: "no", kind: "everyday", event: expect.anything() });
    expect(coverageOf([DENIED, ""], requirement([DENIED]))).toMatchObject({ kind: "everyday" });
  });

  it.each<[string, string, object]>([
    [
      "cannot be read",
      "{ $.a == 'x' }",
      { answer: "no", kind: "unreadable", problem: "double-equals", offset: 6 },
    ],
  ])("%s", (_, text, wanted) => {
    expect(coverageOf([text], requirement([DENIED]))).toMatchObject({ pattern: text, ...wanted });
    expect(coverageOf([DENIED, text], requirement([DENIED]))).toMatchObject({ pattern: text, ...wanted });
  });

  it("cannot be held against a control without a pattern that can be read", () => {
    const undecided = { answer: "maybe", kind: "undecided", why: "no-requirement" };
    expect(coverageOf([DENIED], requirement([]))).toEqual(undecided);
    expect(coverageOf([DENIED], requirement(["{ $.a == 'x' }"]))).toEqual(undecided);
  });
});

describe("an answer", () => {
  it("is given once for the same patterns", () => {
    const asked = requirement([BOTH]);
    expect(coverageOf([DENIED], asked)).toBe(coverageOf([DENIED], asked));
    expect(coverageOf([DENIED], asked)).not.toBe(coverageOf([UNAUTHORIZED], asked));
    expect(coverageOf([DENIED, UNAUTHORIZED], asked).answer).toBe("yes");
  });
});

describe("at a glance", () => {
  it("patterns miss what slipped through others before", () => {
    const asked = requirement([BOTH]);
    const other = '{ $.errorCode = "AccessDeniedException" }';
    coverageOf([DENIED], asked);
    expect([DENIED, other, "{ $.eventName = x }"].map((text) => surelyMisses([text], asked))).toEqual([
      true,
      true,
      true,
    ]);
    expect([BOTH, ""].map((text) => surelyMisses([text], asked))).toEqual([false, false]);
    expect(surelyMisses([DENIED, UNAUTHORIZED], asked)).toBe(false);
  });

  it("nothing is missed for sure by what cannot be read", () => {
    expect(surelyMisses(["{ $.a == 'x' }"], requirement([BOTH]))).toBe(false);
    expect(surelyMisses(["{ $.eventName = x }"], requirement([BOTH]))).toBe(true);
    expect(surelyMisses([], requirement([BOTH]))).toBe(true);
  });

  it("nothing is missed for sure while one of the texts may be covered", () => {
    expect(surelyMisses(["{ $.eventName = x }"], requirement([BOTH, "{ $.eventName = x }"]))).toBe(false);
  });

  it("no more than a few events are kept", () => {
    const asked = requirement([BOTH]);
    for (let at = 0; at < 30; at += 1)
      coverageOf(
        [`{ $.errorCode = "AccessDenied${at}*" || $.errorCode = "*${at}UnauthorizedOperation" }`],
        asked,
      );
    for (const events of asked.missed.values()) expect(events.length).toBeLessThanOrEqual(8);
  });

  it.each<[string, string, boolean]>([
    ["the same", BOTH, true],
    ["a part of it", DENIED, true],
    ["a narrow part of it", '{ $.errorCode = "AccessDenied*" && $.eventName = x }', true],
    ["calls of some kind", "{ $.eventName = x }", true],
    ["calls that are let through", "{ $.errorCode NOT EXISTS }", false],
    ["other failures", '{ $.errorCode = "Throttling" }', false],
    ["nothing that can be read", "{ $.a == 'x' }", false],
  ])("what is asked concerns %s: %s", (_, text, wanted) => {
    expect(concerns(text, requirement([BOTH]))).toBe(wanted);
  });
});
