// What code without a plan tells other inputs: its objects, its outputs, and where its state is kept.

import { describe, expect, it } from "vitest";
import { printValue } from "../../terraform/print-value.ts";
import { sourcesOf } from "./support.ts";

const stackOf = async (text: string) => (await sourcesOf({ "main.tf": text })).stack("code: ");

describe("code as one of the inputs", () => {
  it("is of no plan and no state", async () => {
    const stack = await stackOf(
      'resource "aws_sns_topic" "t" {\n  name = "x"\n}\ndata "aws_region" "r" {}\n',
    );
    expect([stack.label, stack.kind, stack.lineage, stack.serial]).toEqual([
      "infra",
      "sources",
      undefined,
      undefined,
    ]);
    expect(stack.records()).toEqual([
      {
        type: "aws_sns_topic",
        addresses: ["aws_sns_topic.t"],
        instance: stack.graph.byId("code: aws_sns_topic.t"),
        before: undefined,
        after: undefined,
      },
    ]);
    expect(stack.graph.byId("code: aws_sns_topic.t")?.name).toBe("aws_sns_topic.t");
  });

  it.each<[string, string, string]>([
    ["known", 'output "o" {\n  value = "x"\n}\n', '"x"'],
    ["sensitive", 'output "o" {\n  value = "x"\n  sensitive = true\n}\n', 'secret "x"'],
    ["said not to be sensitive", 'output "o" {\n  value = "x"\n  sensitive = false\n}\n', '"x"'],
    [
      "that only apply knows",
      'output "o" {\n  value = aws_sns_topic.t.arn\n}\nresource "aws_sns_topic" "t" {}\n',
      "<code: aws_sns_topic.t.arn>",
    ],
    ["of another name", 'output "p" {\n  value = "x"\n}\n', "none"],
    ["without a value", 'output "o" {\n  description = "x"\n}\n', "none"],
  ])("has outputs: %s", async (_, text, wanted) => {
    const found = (await stackOf(text)).output("o");
    expect(found === undefined ? "none" : printValue(found)).toBe(wanted);
  });

  it.each<[string, string, object | undefined]>([
    ["nowhere", "locals {}\n", undefined],
    [
      "as it writes",
      'terraform {\n  backend "s3" {\n    bucket = "b"\n    key = "k"\n    encrypt = true\n  }\n}\n',
      { type: "s3", settings: { bucket: "b", key: "k", encrypt: "true" } },
    ],
    [
      "as far as it writes",
      'terraform {\n  backend "s3" {\n    bucket = var.b\n    key = "k"\n  }\n}\nvariable "b" {}\n',
      { type: "s3", settings: { key: "k" } },
    ],
    ["in a place of a kind", 'terraform {\n  backend "gcs" {}\n}\n', { type: "gcs", settings: {} }],
  ])("says where its state is: %s", async (_, text, wanted) => {
    const { backend } = await stackOf(text);
    expect(backend && { type: backend.type, settings: Object.fromEntries(backend.settings) }).toEqual(wanted);
  });
});
