import { expect, test } from "vitest";
import { parsePattern } from "../../../../src/aws/filter-pattern/parse.ts";
import { DEFAULT_READING } from "../../../../src/aws/filter-pattern/readings.ts";
import { shortened } from "../../../../src/aws/filter-pattern/witness.ts";
import type { Json } from "../../../../src/model/json.ts";

const EVENT = {
  eventVersion: "1.08",
  userIdentity: { type: "IAMUser", arn: "arn:aws:iam::1:user/me", accountId: "1" },
  eventTime: "2026-11-26T00:00:00Z",
  eventSource: "s3.amazonaws.com",
  eventName: "GetObject",
  sourceIPAddress: "198.51.100.7",
  requestParameters: { a: { b: 1, c: 2 }, list: [{ x: 1, y: 2 }], other: null },
};
const CALL = {
  eventSource: "s3.amazonaws.com",
  eventName: "GetObject",
  sourceIPAddress: "198.51.100.7",
  userIdentity: { type: "IAMUser", arn: "arn:aws:iam::1:user/me" },
};

test.each<readonly [text: string, kept: Json]>([
  ["{ $.eventName = GetObject }", CALL],
  ["{ $.errorCode NOT EXISTS }", CALL],
  ["{ $.eventVersion = 1.08 }", { ...CALL, eventVersion: "1.08" }],
  ["{ $.userIdentity.accountId = * }", { ...CALL, userIdentity: EVENT.userIdentity }],
  ["{ $.requestParameters.a.b = 1 }", { ...CALL, requestParameters: { a: { b: 1 } } }],
  [
    "{ $.requestParameters.a.b = 1 && $.requestParameters.a.c = 2 }",
    { ...CALL, requestParameters: { a: { b: 1, c: 2 } } },
  ],
  ["{ $.requestParameters.a.* = 2 }", { ...CALL, requestParameters: { a: { b: 1, c: 2 } } }],
  ["{ $.requestParameters.list[0].x = 1 }", { ...CALL, requestParameters: { list: [{ x: 1, y: 2 }] } }],
  ["{ $.requestParameters.other IS NULL }", { ...CALL, requestParameters: { other: null } }],
  [
    "{ $.requestParameters NOT EXISTS || $.requestParameters.a.b = 1 }",
    { ...CALL, requestParameters: EVENT.requestParameters },
  ],
  ["{ $.* = GetObject }", CALL],
  ["{ $.* = 1.08 }", EVENT],
  ["GetObject", CALL],
  ["eventTime", EVENT],
])("what is kept of an event for %s", (text, kept) => {
  const parsed = parsePattern(text);
  if ("problem" in parsed) throw new Error(parsed.problem.code);
  expect(shortened(EVENT, [{ pattern: parsed.pattern, reading: DEFAULT_READING, matches: true }])).toEqual(
    kept,
  );
});

test("what is no object stays as it is", () => {
  const everything = { form: "everything", text: "" } as const;
  expect(shortened("text", [{ pattern: everything, reading: "any", matches: true }])).toBe("text");
});
