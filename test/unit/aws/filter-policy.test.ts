import { describe, expect, test } from "vitest";
import { type Message, policyAccepts } from "../../../src/aws/filter-policy.ts";
import { LATER, type Plain, text, value } from "./build.ts";

const FIELDS = { price: 100, store: "a", open: true, none: null, later: LATER, inner: { name: "x" } };

function message(closed: boolean): Message {
  const fields = value(FIELDS);
  return { fields: fields.kind === "map" ? fields.entries : new Map(), closed };
}

describe("one pattern", () => {
  test.each<readonly [Plain, string]>([
    [{ price: [100] }, "yes"],
    [{ price: ["100"] }, "no"],
    [{ open: [true] }, "yes"],
    [{ none: [null] }, "yes"],
    [{ store: [LATER] }, "maybe"],
    [{ store: [text("b", LATER)] }, "no"],
    [{ store: LATER }, "maybe"],
    [{ later: ["x"] }, "maybe"],
    [{ later: [{ exists: true }] }, "yes"],
    [{ later: [{ exists: LATER }] }, "maybe"],
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
    [{ store: [{ "anything-but": [LATER, "a"] }] }, "no"],
    [{ store: [{ "anything-but": LATER }] }, "maybe"],
    [{ store: [{ "anything-but": { wildcard: "*" } }] }, "maybe"],
    [{ inner: { name: ["x"] } }, "yes"],
    [{ inner: { name: ["y"] } }, "no"],
    [{ store: { name: ["x"] } }, "maybe"],
    [{ $or: LATER }, "maybe"],
    [{ $or: [] }, "no"],
    ["text", "maybe"],
  ])("%j: %s", (policy, answer) => {
    expect(policyAccepts(value(policy), message(false))).toBe(answer);
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
  ])("%j: %s when all fields are listed, else %s", (policy, closed, open) => {
    expect(policyAccepts(value(policy), message(true))).toBe(closed);
    expect(policyAccepts(value(policy), message(false))).toBe(open);
  });
});

test("text cannot have an address, but may be one", () => {
  const cidr = value({ store: [{ cidr: "10.0.0.0/8" }], price: [100] });
  expect(policyAccepts(cidr, message(true))).toBe("no");
  const address: Message = { fields: new Map([["ip", value("10.1.2.3")]]), closed: true };
  expect(policyAccepts(value({ ip: [{ cidr: "10.0.0.0/8" }] }), address)).toBe("maybe");
});
