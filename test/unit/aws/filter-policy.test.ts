import { describe, expect, test } from "vitest";
import { type Message, policyAccepts } from "../../../src/aws/filter-policy.ts";
import type { Value } from "../../../src/model/value.ts";
import { LATER, oneOf, type Plain, reference, text, value } from "./build.ts";

const FIELDS: Plain = {
  price: 100,
  store: "a",
  open: true,
  none: null,
  later: LATER,
  half: text("prod-", LATER, "-eu"),
  inner: { name: "x", deep: { key: "k" } },
  tags: ["red", "blue"],
  nobody: [],
  people: [
    { name: "ann", role: "admin" },
    { name: "bob", role: "guest" },
  ],
  crowd: [{ name: "ann", role: "admin" }, { name: "bob", role: "guest" }, "others"],
  nested: {
    list: [
      { name: "ann", role: "admin" },
      { name: "bob", role: "guest" },
    ],
    other: "x",
  },
};

function message(closed: boolean): Message {
  return { body: value(FIELDS), closed };
}

describe("one pattern", () => {
  test.each<readonly [Plain, string]>([
    [{ price: [100] }, "yes"],
    [{ price: ["100"] }, "no"],
    [{ open: [true] }, "yes"],
    [{ open: ["true"] }, "no"],
    [{ none: [null] }, "yes"],
    [{ store: [LATER] }, "maybe"],
    [{ store: [text("b", LATER)] }, "no"],
    [{ store: LATER }, "maybe"],
    [{ later: ["x"] }, "maybe"],
    [{ later: [{ exists: LATER }] }, "maybe"],
    [{ store: [{ exists: LATER }] }, "maybe"],
    [{ price: [text("1", "00")] }, "maybe"],
    [{ price: [text("b", LATER)] }, "maybe"],
    [{ price: [LATER] }, "maybe"],
    [{ store: [{}] }, "maybe"],
    [{ store: [{ prefix: "b", suffix: "b" }] }, "maybe"],
    [{ store: [{ prefix: LATER }] }, "maybe"],
    [{ store: [{ suffix: LATER }] }, "maybe"],
    [{ store: [{ "equals-ignore-case": LATER }] }, "maybe"],
    [{ store: [{ wildcard: LATER }] }, "maybe"],
    [{ store: [{ prefix: "ab" }] }, "no"],
    [{ store: [{ suffix: "ba" }] }, "no"],
    [{ store: [{ "equals-ignore-case": "b" }] }, "no"],
    [{ half: [{ "equals-ignore-case": "x" }] }, "maybe"],
    [{ half: [{ "anything-but": ["x"] }] }, "yes"],
    [{ half: [{ numeric: ["=", 1] }] }, "maybe"],
    [{ later: [{ numeric: ["=", 1] }] }, "maybe"],
    [{ later: [{ cidr: "10.0.0.0/8" }] }, "maybe"],
    [{ later: [{ prefix: "x" }] }, "maybe"],
    [{ price: [{ cidr: "10.0.0.0/8" }] }, "no"],
    [{ open: [{ numeric: ["=", 1] }] }, "no"],
    [{ none: [{ numeric: ["=", 0] }] }, "no"],
    [{ price: [{ numeric: ["=", 99] }] }, "no"],
    [{ price: [{ numeric: ["<", 101] }] }, "yes"],
    [{ price: [{ numeric: ["<", 100] }] }, "no"],
    [{ price: [{ numeric: ["<=", 99] }] }, "no"],
    [{ price: [{ numeric: [">=", 100] }] }, "yes"],
    [{ price: [{ numeric: [">", 100] }] }, "no"],
    [{ price: [{ numeric: [] }] }, "maybe"],
    [{ price: [{ numeric: [">", 200, "<"] }] }, "maybe"],
    [{ price: [{ numeric: [LATER, 1] }] }, "maybe"],
    [{ price: [{ numeric: ["=", "1"] }] }, "maybe"],
    [{ price: [{ numeric: ["=", 1, LATER, 5] }] }, "no"],
    [{ price: [{ "anything-but": { prefix: "1" } }] }, "maybe"],
    [{ none: [{ "anything-but": [null] }] }, "maybe"],
    [{ store: [{ "anything-but": {} }] }, "maybe"],
    [{ store: [{ "anything-but": { prefix: "a", suffix: "b" } }] }, "maybe"],
    [{ store: [{ "anything-but": { "equals-ignore-case": "A" } }] }, "no"],
    [{ store: [{ "anything-but": { prefix: "b" } }] }, "yes"],
    [{ store: [{ "anything-but": [text("b", LATER)] }] }, "yes"],
    [{ price: [{ numeric: ["=", 100] }] }, "yes"],
    [{ price: [{ numeric: [">", 50, "<=", 100] }] }, "yes"],
    [{ price: [{ numeric: [">", 50, "<", 100] }] }, "no"],
    [{ price: [{ numeric: [">=", 101] }] }, "no"],
    [{ price: [{ numeric: [">", LATER] }] }, "maybe"],
    [{ price: [{ numeric: [">"] }] }, "maybe"],
    [{ price: [{ numeric: ["~", 1] }] }, "maybe"],
    [{ price: [{ numeric: LATER }] }, "maybe"],
    [{ price: [{ prefix: "1" }] }, "no"],
    [{ price: [{ "anything-but": 100 }] }, "no"],
    [{ price: [{ "anything-but": [1, 2] }] }, "yes"],
    [{ price: [{ "anything-but": ["a"] }] }, "maybe"],
    [{ none: [{ "anything-but": ["a"] }] }, "maybe"],
    [{ store: [{ "anything-but": [LATER, "a"] }] }, "no"],
    [{ store: [{ "anything-but": LATER }] }, "maybe"],
    [{ store: [{ "anything-but": [] }] }, "maybe"],
    [{ store: [{ "anything-but": { wildcard: "*" } }] }, "no"],
    [{ store: [{ "anything-but": { wildcard: ["b*", "*c"] } }] }, "yes"],
    [{ store: [{ "anything-but": { suffix: "a" } }] }, "no"],
    [{ store: [{ "anything-but": { exists: false } }] }, "maybe"],
    [{ store: [{ "equals-ignore-case": "A" }] }, "yes"],
    [{ store: [{ invented: "A" }] }, "maybe"],
    [{ half: [{ prefix: "prod" }] }, "yes"],
    [{ half: [{ prefix: "prod-x" }] }, "maybe"],
    [{ half: [{ prefix: "test" }] }, "no"],
    [{ half: [{ suffix: "-eu" }] }, "yes"],
    [{ half: [{ suffix: "x-eu" }] }, "maybe"],
    [{ half: [{ suffix: "-us" }] }, "no"],
    [{ half: [{ "anything-but": { prefix: "prod" } }] }, "no"],
    [{ half: [{ wildcard: "prod*" }] }, "maybe"],
    [{ half: ["test-a-eu"] }, "no"],
    [{ inner: { name: ["x"] } }, "yes"],
    [{ inner: { name: ["y"] } }, "no"],
    [{ store: { name: ["x"] } }, "no"],
    [{ store: { name: [{ exists: false }] } }, "yes"],
    [{ store: [{ exists: true, prefix: "x" }] }, "maybe"],
    [{ store: [{ exists: "true" }] }, "maybe"],
    [{ $or: LATER }, "maybe"],
    [{ $or: [] }, "no"],
    [{ $or: [{ store: ["a"] }] }, "maybe"],
    [{ $or: [{ store: ["b"] }, { price: [100] }] }, "yes"],
    [{ $or: [{ store: ["b"] }, { price: [1] }] }, "no"],
    [{ inner: { $or: [{ name: ["y"] }, { deep: { key: ["k"] } }] } }, "yes"],
    ["text", "maybe"],
  ])("%j: %s", (policy, answer) => {
    expect(policyAccepts(value(policy), message(false))).toBe(answer);
  });
});

describe("wildcards", () => {
  const wildcard = (pattern: string, written: string) =>
    policyAccepts(value({ field: [{ wildcard: pattern }] }), {
      body: value({ field: written }),
      closed: true,
    });
  test.each([
    ["*", "", "yes"],
    ["a*c", "abc", "yes"],
    ["a*c", "ac", "yes"],
    ["a*c", "abd", "no"],
    ["ab*bc", "abc", "no"],
    ["*b*", "abc", "yes"],
    ["*bb*", "abc", "no"],
    ["abc", "abc", "yes"],
    ["a\\*c", "abc", "no"],
    ["a\\*c", "a*c", "yes"],
    ["a\\*c", "a*xc", "no"],
    ["a\\\\c", "a\\c", "yes"],
    ["a\\bc", "a\\bc", "yes"],
    ["*b*", "bcd", "yes"],
    ["*ab*ab*", "abc", "no"],
    ["*ab*ab*", "abab", "yes"],
    ["a*", "a", "yes"],
    ["*a", "ba", "yes"],
    ["*a", "ab", "no"],
    ["abc", "abcd", "no"],
    ["**", "abc", "maybe"],
    ["", "", "yes"],
    ["", "a", "no"],
    ["a?c", "abc", "no"],
    ["A*", "abc", "no"],
    ["a**c", "abc", "maybe"],
  ])("%s against %j: %s", (pattern, written, answer) => {
    expect(wildcard(pattern, written)).toBe(answer);
  });
});

describe("whether digits in a text are a number is not documented", () => {
  const numeric = (field: Plain) =>
    policyAccepts(value({ field: [{ numeric: ["=", 1] }] }), { body: value({ field }), closed: true });
  test.each(["1", "12", "1.5", "-1", "+2", "1e5", "1e15", "1E-5", "1e+5"])("%s may be one", (field) => {
    expect(numeric(field)).toBe("maybe");
  });
  test.each(["", "a1", "1a", "1e", "1ex", "e5", "--1", "x-1", "one"])("%j is none", (field) => {
    expect(numeric(field)).toBe("no");
  });
});

test("numbers are compared by their digits", () => {
  const written = (exact: string): Value => ({ kind: "known", value: 1, exact, sensitive: false });
  const one: Message = { body: value({ field: written("1.0") }), closed: true };
  expect(policyAccepts(value({ field: [written("1.0")] }), one)).toBe("yes");
  expect(policyAccepts(value({ field: [written("1.00")] }), one)).toBe("maybe");
  expect(policyAccepts(value({ field: [2] }), one)).toBe("no");
});

describe("a key reaches into objects", () => {
  test.each<readonly [Plain, string]>([
    [{ "inner.name": ["x"] }, "yes"],
    [{ "inner.deep.key": ["k"] }, "yes"],
    [{ inner: { "deep.key": ["k"] } }, "yes"],
    [{ "inner.deep": { key: ["k"] } }, "yes"],
    [{ "inner.name": ["y"] }, "no"],
    [{ inner: ["x"] }, "no"],
    [{ inner: [{ exists: true }] }, "maybe"],
  ])("%j: %s", (policy, answer) => {
    expect(policyAccepts(value(policy), message(false))).toBe(answer);
  });
});

describe("a list is met by one of its elements", () => {
  test.each<readonly [Plain, string]>([
    [{ tags: ["blue"] }, "yes"],
    [{ tags: ["green"] }, "no"],
    [{ tags: [{ "anything-but": ["red"] }] }, "yes"],
    [{ tags: [{ "anything-but": ["red", "blue"] }] }, "no"],
    [{ tags: [{ exists: true }] }, "yes"],
    [{ nobody: ["red"] }, "no"],
    [{ nobody: [{ exists: true }] }, "maybe"],
    [{ people: { name: ["ann"], role: ["admin"] } }, "yes"],
    [{ people: { name: ["ann"], role: ["guest"] } }, "maybe"],
    [{ "people.name": ["ann"], "people.role": ["guest"] }, "maybe"],
    [{ people: { name: ["cid"], role: ["guest"] } }, "no"],
    [{ people: { age: [{ exists: false }] } }, "maybe"],
    [{ nobody: { name: [{ exists: false }] } }, "yes"],
    [{ nobody: { name: ["ann"] } }, "no"],
    [{ crowd: { name: ["ann"], role: ["admin"] } }, "yes"],
    [{ crowd: { name: ["ann"], role: ["guest"] } }, "maybe"],
    [{ people: { name: ["ann"] }, crowd: { name: ["bob"] } }, "yes"],
    [{ people: { name: ["ann"] }, crowd: { name: ["cid"] } }, "no"],
    [{ nested: { list: { name: ["ann"], role: ["guest"] } } }, "maybe"],
    [{ nested: { list: { name: ["ann"], role: ["admin"] }, other: ["x"] } }, "yes"],
  ])("%j: %s", (policy, answer) => {
    expect(policyAccepts(value(policy), message(false))).toBe(answer);
  });

  test("of which not all are known", () => {
    const some = (field: Plain): Message => ({ body: value({ tags: field }), closed: true });
    expect(policyAccepts(value({ tags: ["red"] }), some(["red", LATER]))).toBe("yes");
    expect(policyAccepts(value({ tags: ["blue"] }), some(["red", LATER]))).toBe("maybe");
    expect(policyAccepts(value({ tags: ["blue"] }), some(oneOf("red", "green")))).toBe("no");
    expect(policyAccepts(value({ tags: { name: ["blue"] } }), some(LATER))).toBe("maybe");
    expect(policyAccepts(value({ tags: { name: ["blue"] } }), some([{ name: "red" }, LATER]))).toBe("maybe");
    expect(policyAccepts(value({ tags: { name: ["red"] } }), some([{ name: "red" }, LATER]))).toBe("yes");
    expect(policyAccepts(value({ tags: { name: ["blue"] } }), some([{ name: "red" }, reference("t")]))).toBe(
      "maybe",
    );
    expect(
      policyAccepts(value({ tags: { name: ["blue"] } }), some([{ name: "red" }, text("a", LATER)])),
    ).toBe("no");
  });

  test("too many of them to look at each", () => {
    const people = Array.from({ length: 100 }, (_, at) => ({ name: `n${at}`, role: `r${at}` }));
    const crowd: Message = { body: value({ people }), closed: true };
    expect(policyAccepts(value({ people: { name: ["n7"] } }), crowd)).toBe("yes");
    expect(policyAccepts(value({ people: { name: ["x"] } }), crowd)).toBe("no");
    expect(policyAccepts(value({ people: { name: ["n7"], role: ["r7"] } }), crowd)).toBe("yes");
    // Met by two elements together, which is not documented to do.
    expect(policyAccepts(value({ people: { name: ["n7"], role: ["r8"] } }), crowd)).toBe("maybe");
    expect(policyAccepts(value({ people: { name: ["n99"] } }), crowd)).toBe("maybe");
  });
});

describe("a field that is not there", () => {
  test.each<readonly [Plain, string, string]>([
    [{ missing: ["a"] }, "no", "maybe"],
    [{ missing: [{ exists: false }] }, "yes", "maybe"],
    [{ missing: [{ exists: true }] }, "no", "maybe"],
    [{ missing: { name: ["a"] } }, "no", "maybe"],
    [{ missing: { name: [{ exists: false }] } }, "yes", "maybe"],
    [{ constructor: ["a"] }, "no", "maybe"],
    [{ none: [{ exists: true }] }, "maybe", "maybe"],
  ])("%j: %s when all fields are listed, else %s", (policy, closed, open) => {
    expect(policyAccepts(value(policy), message(true))).toBe(closed);
    expect(policyAccepts(value(policy), message(false))).toBe(open);
  });

  test("although others may be", () => {
    const without: Message = { body: value({ a: { b: 1 } }), closed: false, absent: new Set(["c", "a.d"]) };
    expect(policyAccepts(value({ c: ["x"] }), without)).toBe("no");
    expect(policyAccepts(value({ a: { d: ["x"] } }), without)).toBe("no");
    expect(policyAccepts(value({ a: { e: ["x"] } }), without)).toBe("maybe");
  });
});

describe("addresses", () => {
  test.each<readonly [string, Plain, string]>([
    ["10.0.0.255", "10.0.0.0/24", "yes"],
    ["10.1.1.0", "10.0.0.0/24", "no"],
    ["10.1.1.0", "0.0.0.0/0", "yes"],
    ["10.1.1.1", "10.1.1.1/32", "yes"],
    ["10.1.1.1", "10.1.1.1/40", "maybe"],
    ["10.1.1.1", LATER, "maybe"],
    ["2001:db8::1", "2001:db8::/32", "maybe"],
    ["a name", "10.0.0.0/8", "no"],
    ["arn:aws:sns", "10.0.0.0/8", "no"],
    ["300.1.1.1", "10.0.0.0/8", "no"],
    ["10.0.0.256", "10.0.0.0/8", "no"],
    ["10.0.0.255", "10.0.0.0/8", "yes"],
    ["10.10.10.10", "10.10.10.0/24", "yes"],
    ["10.10.10.100", "10.10.11.0/24", "no"],
    ["128.0.0.0", "0.0.0.0/1", "no"],
    ["10.1.1.1.1", "10.0.0.0/8", "no"],
    ["x10.1.1.1", "10.0.0.0/8", "no"],
    ["xyz::1", "10.0.0.0/8", "no"],
    ["::1 or so", "10.0.0.0/8", "no"],
    ["fe80::1%1", "10.0.0.0/8", "maybe"],
    ["cafe", "10.0.0.0/8", "no"],
    ["a name", LATER, "no"],
    ["10.1.1.1", "10.0.0/8", "maybe"],
    ["10.1.1.1", "10.0.0.0/", "maybe"],
    ["10.1.1.1", "10.0.0.0", "maybe"],
    ["10.1.1.1", "10.0.0.0/x8", "maybe"],
    ["10.1.1.1", "10.0.0.0/8x", "maybe"],
    ["10.1.1.1", "10.0.0.0/008", "maybe"],
    ["10.1.1.1", "10.0.0.0/33", "maybe"],
  ])("%s within %j: %s", (field, cidr, answer) => {
    const one: Message = { body: value({ field }), closed: true };
    expect(policyAccepts(value({ field: [{ cidr }] }), one)).toBe(answer);
  });
});
