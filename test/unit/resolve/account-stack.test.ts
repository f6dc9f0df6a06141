// What an account has, as an input among others.

import { describe, expect, it } from "vitest";
import type { AccountDocument, AccountObject } from "../../../src/model/account.ts";
import { UNSET } from "../../../src/model/value.ts";
import { accountStack } from "../../../src/resolve/account-stack.ts";
import { printValue } from "../terraform/print-value.ts";

const HERE = { partition: "aws", account: "111122223333", region: "eu-west-1" };
const NOT_ASKED = { why: "not-asked", subject: "aws sns list-tags" } as const;
const REST = { why: "not-answered", subject: "aws sns get-topic-attributes" } as const;

const object = (type: string, name: string, parts: Partial<AccountObject> = {}): AccountObject => ({
  type,
  name,
  scope: HERE,
  values: { name },
  unknown: new Map(),
  rest: undefined,
  ...parts,
});

const DOCUMENT: AccountDocument = {
  kind: "account",
  label: "prod",
  objects: [
    object("aws_sns_topic", "topic b", { values: { name: "b" }, unknown: new Map([["tags", NOT_ASKED]]) }),
    object("aws_sns_topic", "topic a", { values: { name: "a" }, rest: REST }),
    object("aws_cloudtrail", "trail main"),
  ],
  gaps: [
    { type: "aws_sns_topic", origin: NOT_ASKED },
    { type: "aws_kms_key", origin: REST },
  ],
  notes: [],
};

const read = () => accountStack(DOCUMENT, "prod: ");
const names = (instances: readonly { readonly name: string }[]) => instances.map(({ name }) => name);

describe("the graph of an account", () => {
  it("has its objects in the order of their names", () => {
    const stack = read();
    expect(names(stack.graph.everything())).toEqual(["topic a", "topic b", "trail main"]);
    expect(names(stack.graph.resources("aws_sns_topic"))).toEqual(["topic a", "topic b"]);
    expect(names(stack.graph.resources("aws_kms_key"))).toEqual([]);
  });

  it("knows them by id, as standing where the account says", () => {
    const stack = read();
    expect(stack.graph.byId("topic a")).toBeUndefined();
    expect(stack.graph.byId("prod: topic a")).toMatchObject({
      id: "prod: topic a",
      address: { module: [], mode: "managed", type: "aws_sns_topic", name: "topic a", key: undefined },
      input: "prod",
      exists: "yes",
      doubt: undefined,
      fresh: false,
      scope: { ...HERE, provider: "" },
      location: undefined,
    });
  });

  it("removes nothing, looks nothing up and writes nothing", () => {
    const stack = read();
    const { graph } = stack;
    expect([graph.data("aws_sns_topic"), graph.gone("aws_sns_topic")]).toEqual([[], []]);
    expect(graph.withoutInstance("aws_sns_topic")).toEqual([]);
    expect(stack.output("topic_arn")).toBeUndefined();
    expect(graph.inputs).toEqual([
      {
        label: "prod",
        kind: "account",
        formatVersion: undefined,
        terraformVersion: undefined,
        mode: "normal",
        sha256: undefined,
      },
    ]);
    expect([stack.label, stack.kind]).toEqual(["prod", "account"]);
  });

  it("says which listings were not made", () => {
    const stack = read();
    expect(stack.graph.gaps("aws_sns_topic")).toEqual([
      { origin: NOT_ASKED, types: ["aws_sns_topic"], location: undefined },
    ]);
    expect(stack.graph.gaps("aws_cloudtrail")).toEqual([]);
  });

  it.each([
    ["prod: topic b", "name", '"b"', undefined],
    ["prod: topic b", "tags", "?", NOT_ASKED],
    ["prod: topic b", "policy", "null", undefined],
    ["prod: topic a", "policy", "?", REST],
  ])("%s has %s %s", (id, attribute, wanted, origin) => {
    const stack = read();
    const value = stack.graph.byId(id)?.read(attribute) ?? UNSET;
    expect(printValue(value)).toBe(wanted);
    expect(value.kind === "unknown" ? value.origin : undefined).toEqual(origin);
    expect(stack.graph.byId(id)?.read(attribute)).toBe(value);
  });
});

describe("what an account tells other inputs", () => {
  it("is each object, the same before and after", () => {
    const stack = read();
    const records = stack.records();
    expect(records.map(({ type, addresses }) => [type, addresses])).toEqual([
      ["aws_sns_topic", ["topic a"]],
      ["aws_sns_topic", ["topic b"]],
      ["aws_cloudtrail", ["trail main"]],
    ]);
    expect(records[0]).toMatchObject({ before: { name: "a" }, after: { name: "a" } });
    expect(records[0]?.instance).toBe(stack.graph.byId("prod: topic a"));
  });

  it.each([
    "policy",
    "filter_policy",
    "event_selector",
    "advanced_event_selector",
    "metric_query",
    "metric_transformation",
  ])("but %s, which AWS prints otherwise than Terraform", (attribute) => {
    const printed = object("aws_x", "x", { values: { name: "x", [attribute]: "printed" } });
    const [record] = accountStack({ ...DOCUMENT, objects: [printed] }, "").records();
    expect(record?.after).toEqual({ name: "x" });
    expect(record?.instance?.read(attribute)).toMatchObject({ value: "printed" });
  });
});
