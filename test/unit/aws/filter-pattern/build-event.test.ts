import { describe, expect, test } from "vitest";
import type { Step } from "../../../../src/aws/filter-pattern/ast.ts";
import { comparisonsOf } from "../../../../src/aws/filter-pattern/ast.ts";
import { openWorkshop } from "../../../../src/aws/filter-pattern/automaton.ts";
import { buildEvent, type Constraint } from "../../../../src/aws/filter-pattern/build-event.ts";
import { parsePattern } from "../../../../src/aws/filter-pattern/parse.ts";
import { DEFAULT_READING } from "../../../../src/aws/filter-pattern/readings.ts";
import {
  IS_ANYTHING,
  IS_PRESENT,
  partsOf,
  testUnder,
} from "../../../../src/aws/filter-pattern/value-test.ts";
import type { Json } from "../../../../src/model/json.ts";

/** A comparison that has to pass; with `!` before it, one that has to fail. */
function constraint(written: string): Constraint {
  const wanted = !written.startsWith("!");
  const parsed = parsePattern(`{ ${written.replace(/^!/, "")} }`);
  const [found] = "pattern" in parsed ? comparisonsOf(parsed.pattern) : [];
  if (found === undefined) throw new Error(written);
  const test = testUnder(partsOf(found.test, openWorkshop(1000)), DEFAULT_READING);
  return { steps: found.selector, test, wanted };
}

interface Given {
  readonly hint?: Json;
  readonly absent?: readonly string[];
  readonly samples?: readonly Json[];
  readonly more?: readonly Constraint[];
}

function built(
  constraints: readonly string[],
  { hint = {}, absent = [], samples = [], more = [] }: Given = {},
) {
  const outcome = buildEvent([...constraints.map(constraint), ...more], hint, {
    workshop: openWorkshop(100_000),
    samples,
    absent,
  });
  return typeof outcome === "object" ? outcome.found : outcome;
}

test("what is asked of nothing stays as it is", () => {
  const hint = { eventName: "x", a: { b: [1, null] } };
  expect(built([], { hint })).toEqual(hint);
  expect(built(["$.a.c = y"], { hint })).toEqual({ eventName: "x", a: { b: [1, null], c: "y" } });
});

describe("the value that is there is kept where it fits", () => {
  test.each<readonly [written: string, before: Json, after: Json]>([
    ["$.a = x*", "xyz", "xyz"],
    ["$.a = x*", "abc", "x"],
    ["$.a > 4", 7, 5],
    ["!$.a IS NULL", true, true],
    ["!$.a IS NULL", false, false],
    ["!$.a IS NULL", { b: 1 }, { b: 1 }],
    ["!$.a NOT EXISTS", null, null],
    ["!$.a = x", null, null],
    ["$.a IS TRUE", "x", true],
    ["$.a IS FALSE", "x", false],
    ["$.a IS NULL", { b: 1 }, null],
    ["$.a[1] = x", ["y", "z", "w"], ["y", "x"]],
    ["$.a.b = x", "y", { b: "x" }],
    ["$.a[0] = x", { b: 1 }, ["x"]],
  ])("%s of %j", (written, before, after) => {
    expect(built([written], { hint: { a: before } })).toEqual({ a: after });
  });
});

describe("what nothing can be", () => {
  test.each<readonly [story: string, constraints: readonly string[]]>([
    ["two texts", ["$.a = x", "$.a = y"]],
    ["a text and a field below it", ["$.a = x", "$.a.b = y"]],
    ["a text and an element", ["$.a = x", "$.a[0] = y"]],
    ["an object and an array", ["$.a.b = x", "$.a[0] = y"]],
    ["missing and a field below it", ["$.a NOT EXISTS", "$.a.b = y"]],
    ["null and a field below it", ["$.a IS NULL", "$.a.b = y"]],
    ["an element and none before it", ["$.a[1] = x", "$.a[0] NOT EXISTS"]],
    ["a name that every event has", ["$.eventName NOT EXISTS"]],
    ["a name that is null", ["$.eventName IS NULL"]],
    ["a name that is an object", ["$.eventName.a = x"]],
    ["parameters that are a list", ["$.requestParameters[0] = x"]],
    ["a switch that is text", ["$.readOnly = x"]],
    ["a number above and below", ["$.a > 4", "$.a < 4"]],
    ["no element and one", ["$.a[*] = x", "!$.a[*] = x"]],
    ["no field and one", ["$.a.* = x", "!$.a.* = x"]],
    ["no element that is a text, and the first", ["!$.a[*] = *", "$.a[0] = x"]],
    ["an element that is two things", ["$.a[0] = x", "$.a[0] = y"]],
  ])("%s", (_story, constraints) => {
    expect(built(constraints)).toBe("none");
  });
});

describe("lists", () => {
  test.each<readonly [constraints: readonly string[], hint: Json, after: Json]>([
    [["$.a[0] = x"], {}, ["x"]],
    [["$.a[1] = x", "$.a[0] = y"], {}, ["y", "x"]],
    [["$.a[*] = x"], {}, ["x"]],
    [["$.a[*] = x"], { a: ["y"] }, ["x"]],
    [["$.a[*] = x", "$.a[0] = y"], {}, ["y", "x"]],
    [["$.a[*] = x", "$.a[0] = x"], {}, ["x"]],
    [["$.a[*] = x", "$.a[*] = y"], {}, ["x", "y"]],
    [["$.a[*] = x", "$.a[*] = *"], {}, ["x"]],
    [["$.a[*].b = x", "$.a[*].c = y"], {}, [{ b: "x" }, { c: "y" }]],
    [["$.a[*].b = x", "$.a[0].c = y"], {}, [{ b: "x", c: "y" }]],
    [["$.a[0][*] > 3"], {}, [[4]]],
    [["$.a[1] = x", "!$.a[*] = y"], { a: ["y", "z"] }, [expect.anything(), "x"]],
    [["$.a[0] = x", "$.a[1] NOT EXISTS"], { a: ["y", "z"] }, ["x"]],
  ])("%j of %j", (constraints, hint, after) => {
    expect(built(constraints, { hint })).toEqual({ a: after });
  });

  test("elements far away are given up", () => {
    expect(built(["$.a[200] = x"])).toBe("gave-up");
    expect(built(["$.a[200] NOT EXISTS", "$.a[0] = x"])).toBe("gave-up");
    expect(built(["$.a[199] = x"])).toHaveProperty("a.length", 200);
  });
});

describe("objects of which any field is asked", () => {
  test.each<readonly [constraints: readonly string[], hint: Json, after: Json]>([
    [["$.a.* = x"], {}, { field1: "x" }],
    [["$.a.* = x"], { a: { b: "y" } }, { b: "y", field1: "x" }],
    [["$.a.* = x"], { a: { b: "x" } }, { b: "x" }],
    [["$.a.* = x"], { a: { field1: "y" } }, { field1: "y", field2: "x" }],
    [["$.a.* = x", "$.a.field1 NOT EXISTS"], {}, { field2: "x" }],
    [["$.a.* = x", "$.a.b = x"], {}, { b: "x" }],
    [["$.a.* > 3", "$.a.b = 7"], { a: { b: 7 } }, { b: 7 }],
    [["$.a.* = 5*", "$.a.b > 4"], {}, { b: 5 }],
    [["$.a.* = 5*", "$.a.b > 3"], {}, { b: 4, field1: "5" }],
    [["$.a.* IS TRUE"], { a: { b: true } }, { b: true }],
    [["$.a.* IS NULL"], { a: { b: null } }, { b: null }],
    [["$.a.*.c = x"], { a: { b: { c: "x" } } }, { b: { c: "x" } }],
    [["$.a.*[1] = x"], { a: { b: ["y", "x"] } }, { b: ["y", "x"] }],
    [
      ["$.a.* = x", "!$.a.* = y"],
      { a: { b: "y" } },
      expect.toSatisfy((made) => made.b !== "y" && made.field1 === "x"),
    ],
    [
      ["!$.a.* = y", "$.a.b = z"],
      { a: { b: "y", c: "y" } },
      expect.toSatisfy((made) => made.b === "z" && made.c !== "y"),
    ],
  ])("%j of %j", (constraints, hint, after) => {
    expect(built(constraints, { hint })).toEqual({ a: after });
  });

  test("any field of the event passes what all have to, those that every event has as well", () => {
    const event = built(["!$.* = x*"], { hint: { eventName: "xyz", other: "x" } });
    expect(event).not.toMatchObject({ eventName: "xyz" });
    expect(event).not.toMatchObject({ other: "x" });
    expect(event).toMatchObject({ eventName: expect.any(String), eventSource: expect.any(String) });
  });

  test("some field is there, or none", () => {
    const steps: readonly Step[] = [{ kind: "name", name: "a" }, { kind: "any-field" }];
    const some: Constraint = { steps, test: IS_PRESENT, wanted: true };
    expect(built([], { more: [some] })).toEqual({ a: { field1: expect.anything() } });
    expect(built([], { more: [{ ...some, wanted: false }], hint: { a: { b: 1 } } })).toEqual({
      a: expect.not.objectContaining({ b: 1 }),
    });
    expect(built(["$.a.b = x"], { more: [{ ...some, test: IS_ANYTHING, wanted: false }] })).toBe("none");
  });
});

describe("texts that must not stand anywhere", () => {
  test.each<readonly [constraints: readonly string[], hint: Json, absent: string, after: Json | "none"]>([
    [[], { a: "foo", b: "bar" }, "foo", { a: expect.not.stringContaining("foo"), b: "bar" }],
    [[], { foo1: "x", b: "bar" }, "foo", { b: "bar" }],
    [[], { a: { foo: 1, b: "x" } }, "foo", { a: { b: "x" } }],
    [["$.a = foo*"], {}, "foo", "none"],
    [["$.a = f*"], { a: "food" }, "foo", { a: "f" }],
    [["$.foo = x"], {}, "foo", "none"],
    [["$.foo NOT EXISTS"], { foo: "x" }, "foo", {}],
  ])("%j of %j without %s", (constraints, hint, absent, after) => {
    const event = built(constraints, { hint, absent: [absent] });
    if (after === "none") expect(event).toBe("none");
    else expect(event).toMatchObject(after as object);
    if (typeof event === "object") expect(JSON.stringify(event)).not.toContain(absent);
  });
});

describe("values that real events have", () => {
  const samples = [
    { eventName: "RunInstances", userIdentity: { arn: "arn:aws:sts::1:assumed-role/app/session" } },
    { eventName: "StopLogging", userIdentity: {} },
  ];
  test.each<readonly [written: string, after: Json]>([
    ["$.eventName = Stop*", { eventName: "StopLogging" }],
    ["$.eventName = *Instances", { eventName: "RunInstances" }],
    ["$.eventName = Start*", { eventName: "Start" }],
    [
      "$.userIdentity.arn = *app/session",
      { userIdentity: { arn: "arn:aws:sts::1:assumed-role/app/session" } },
    ],
    ["$.userIdentity.arn = *:user/me", { userIdentity: { arn: "arn:aws:sts::1::user/me" } }],
    ["$.userIdentity.arn != x", { userIdentity: { arn: "arn:aws:sts::1:assumed-role/app/session" } }],
    ["$.other = Stop*", { other: "Stop" }],
  ])("%s", (written, after) => {
    expect(built([written], { samples })).toMatchObject(after as object);
  });
});

test("without steps nothing is claimed", () => {
  const site = { workshop: openWorkshop(0), samples: [], absent: [] };
  site.workshop.steps = -1;
  expect(buildEvent([constraint("$.a = x")], {}, site)).toBe("gave-up");
  expect(buildEvent([], { a: 1 }, site)).toEqual({ found: { a: 1 } });
});
