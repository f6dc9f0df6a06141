// One object of which several inputs speak: what they agree on, and what is left open.

import { describe, expect, it } from "vitest";
import type { AwsScope, ResourceInstance } from "../../../src/model/graph.ts";
import { known, UNSET, type Value } from "../../../src/model/value.ts";
import { doubted, mergeInstances } from "../../../src/resolve/merged-instance.ts";
import { printValue } from "../terraform/print-value.ts";

const NOWHERE: AwsScope = { partition: undefined, account: undefined, region: undefined, provider: "" };
const ADDRESS = { module: [], mode: "managed", type: "aws_sns_topic", name: "t", key: undefined } as const;

function topic(input: string, parts: Partial<ResourceInstance> = {}, values: Record<string, Value> = {}) {
  const id = `${input}: aws_sns_topic.t`;
  const instance: ResourceInstance = {
    id,
    address: ADDRESS,
    name: "aws_sns_topic.t",
    input,
    exists: "yes",
    doubt: undefined,
    fresh: false,
    scope: NOWHERE,
    location: undefined,
    read: (attribute) => values[attribute] ?? UNSET,
    ...parts,
  };
  return instance;
}

const PLACE = { file: "main.tf", line: 3, column: 1 };

describe("one input alone", () => {
  it("is believed as it is", () => {
    const only = topic("a");
    expect(mergeInstances([only])).toBe(only);
    expect(mergeInstances([undefined])).toBeUndefined();
    expect(mergeInstances([])).toBeUndefined();
  });
});

describe("several inputs", () => {
  it("that all destroy the object leave none", () => {
    expect(mergeInstances([undefined, undefined])).toBeUndefined();
  });

  it("make one object, named after the first of them by label, in whichever order they come", () => {
    for (const inputs of [
      ["a", "b", "c"],
      ["c", "b", "a"],
      ["b", "c", "a"],
    ]) {
      const merged = mergeInstances(inputs.map((input) => topic(input)));
      expect(merged).toMatchObject({
        id: "a: aws_sns_topic.t",
        address: ADDRESS,
        name: "aws_sns_topic.t",
        input: "a",
        fresh: false,
        exists: "yes",
        doubt: undefined,
      });
    }
  });

  it.each<
    [string, readonly (ResourceInstance | undefined)[], ResourceInstance["exists"], ResourceInstance["doubt"]]
  >([
    ["all keep it", [topic("a"), topic("b")], "yes", undefined],
    ["all create it", [topic("a", { fresh: true }), topic("b", { fresh: true })], "yes", undefined],
    ["one destroys it", [topic("a"), undefined], "maybe", "inputs-differ"],
    ["one creates it", [topic("a"), topic("b", { fresh: true })], "maybe", "inputs-differ"],
    [
      "one of three creates it",
      [topic("a"), topic("b"), topic("c", { fresh: true })],
      "maybe",
      "inputs-differ",
    ],
    [
      "one doubts it",
      [topic("a"), topic("b", { exists: "maybe", doubt: "deferred" })],
      "maybe",
      "inputs-differ",
    ],
    [
      "all doubt it",
      [
        topic("a", { exists: "maybe", doubt: "deferred" }),
        topic("b", { exists: "maybe", doubt: "forgotten" }),
      ],
      "maybe",
      "deferred",
    ],
  ])("%s", (_, given, exists, doubt) => {
    const merged = mergeInstances(given);
    expect([merged?.exists, merged?.doubt]).toEqual([exists, doubt]);
  });

  it("tell together where the object is", () => {
    const merged = mergeInstances([
      topic("a", { scope: { ...NOWHERE, partition: "aws", provider: "a|aws" } }),
      topic("b", { scope: { ...NOWHERE, account: "111122223333" }, location: PLACE }),
      topic("c", { scope: { ...NOWHERE, region: "eu-west-1", account: "444455556666" } }),
    ]);
    expect(merged?.scope).toEqual({
      partition: "aws",
      account: "111122223333",
      region: "eu-west-1",
      provider: "a|aws",
    });
    expect(merged?.location).toEqual(PLACE);
  });

  it("may not know where it is, nor where it is written", () => {
    const merged = mergeInstances([topic("a"), topic("b")]);
    expect([merged?.scope, merged?.location]).toEqual([NOWHERE, undefined]);
  });

  const ownArn = (input: string): Value => ({
    kind: "reference",
    to: `${input}: aws_sns_topic.t`,
    path: ["arn"],
    sensitive: false,
  });
  const elsewhere: Value = { kind: "reference", to: "x.y", path: ["arn"], sensitive: false };

  it.each<[string, Value, Value, string]>([
    ["the same text", known("x"), known("x"), '"x"'],
    ["different texts", known("x"), known("y"), '?(one of "x" | "y")'],
    ["set by one of them", known("x"), UNSET, '?(one of "x" | null)'],
    ["what apply fills in", ownArn("a"), ownArn("b"), "<a: aws_sns_topic.t.arn>"],
    ["one reference", elsewhere, elsewhere, "<x.y.arn>"],
    ["different references", ownArn("a"), elsewhere, "?(one of <a: aws_sns_topic.t.arn> | <x.y.arn>)"],
  ])("agree or not: %s", (_, one, other, wanted) => {
    const merged = mergeInstances([topic("a", {}, { v: one }), topic("b", {}, { v: other })]);
    expect(printValue(merged?.read("v") ?? UNSET)).toBe(wanted);
  });

  it("say why a value is not known", () => {
    const merged = mergeInstances([topic("a", {}, { v: known(1) }), topic("b", {}, { v: known(2) })]);
    expect(merged?.read("v")).toMatchObject({
      closed: true,
      origin: { why: "inputs-differ", subject: "aws_sns_topic.t.v" },
    });
    expect(merged?.read("v")).toBe(merged?.read("v"));
  });
});

describe("an object that may be gone", () => {
  it("is the same but for that", () => {
    const own = topic(
      "a",
      { fresh: true, location: PLACE, scope: { ...NOWHERE, region: "eu-west-1" } },
      { v: known(1) },
    );
    const left = doubted(own);
    const { id, address, name, input, fresh, scope, location } = own;
    expect(left).toMatchObject({ id, address, name, input, fresh, scope, location });
    expect([left.exists, left.doubt, printValue(left.read("v"))]).toEqual(["maybe", "inputs-differ", "1"]);
  });
});
