import { expect, test } from "vitest";
import {
  alwaysBelow,
  kindsAt,
  kindsOf,
  mayBeMissing,
  pathBelow,
} from "../../../../src/aws/filter-pattern/cloudtrail-fields.ts";

const name = (text: string) => ({ kind: "name", name: text }) as const;

// cloudtrail-event-reference-record-contents.html: those without "optional".
test.each<readonly [path: string | undefined, fields: readonly string[]]>([
  [
    "",
    [
      "eventVersion",
      "userIdentity",
      "eventTime",
      "eventSource",
      "eventName",
      "awsRegion",
      "sourceIPAddress",
      "requestParameters",
      "responseElements",
      "eventID",
      "eventType",
      "eventCategory",
    ],
  ],
  ["userIdentity", ["type"]],
  ["userIdentity.sessionContext", []],
  ["requestParameters", []],
  ["Identity", []],
  ["user", []],
  [undefined, []],
])("what every object at %j has", (path, fields) => {
  expect(alwaysBelow(path)).toEqual(fields);
});

test.each([
  ["errorCode", ["missing", "string"]],
  ["eventName", ["string"]],
  ["requestParameters", ["null", "object"]],
  ["readOnly", ["missing", "true", "false"]],
  ["resources", ["missing", "array"]],
  ["userIdentity", ["object"]],
])("what %s holds", (field, kinds) => {
  expect([...kindsOf(field)].sort()).toEqual([...kinds].sort());
  expect(kindsAt([name(field)])).toBe(kindsOf(field));
});

test("what nobody has written down may be anything", () => {
  const anything = ["array", "false", "missing", "null", "number", "object", "string", "true"];
  expect([...kindsOf("other")].sort()).toEqual(anything);
  expect([...kindsOf(undefined)].sort()).toEqual(anything);
  expect([...kindsAt([name("resources"), { kind: "any-element" }])].sort()).toEqual(anything);
});

test.each([
  [[name("eventName")], false],
  [[name("errorCode")], true],
  [[name("userIdentity"), name("type")], false],
  [[name("userIdentity"), name("arn")], true],
  [[name("userIdentity.type")], true],
  [[name("userIdentity"), { kind: "any-field" }], true],
] as const)("what %j names may be missing: %s", (selector, answer) => {
  expect(mayBeMissing(selector)).toBe(answer);
});

test.each([
  ["", name("a"), "a"],
  ["a", name("b"), "a.b"],
  ["a", name("b.c"), undefined],
  ["a", { kind: "index", index: 0 }, undefined],
  ["a", { kind: "any-field" }, undefined],
  [undefined, name("a"), undefined],
] as const)("one step below %j: %j", (path, step, below) => {
  expect(pathBelow(path, step)).toBe(below);
});
