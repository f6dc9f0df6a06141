// The kinds of objects that values point to, and how each is named.

import { describe, expect, it } from "vitest";
import { FAMILIES, type Family, familyOfType } from "../../../src/evaluate/families.ts";

describe("a family", () => {
  it.each<[Family, string, string, string | undefined]>([
    [
      "log-group",
      "aws_cloudwatch_log_group",
      "arn:aws:logs:eu-west-1:1:log-group:/aws/trail:*",
      "/aws/trail",
    ],
    ["topic", "aws_sns_topic", "arn:aws:sns:eu-west-1:1:alerts", "alerts"],
    ["queue", "aws_sqs_queue", "arn:aws:sqs:eu-west-1:1:inbox", "inbox"],
    ["role", "aws_iam_role", "arn:aws:iam::1:role/path/writer", "writer"],
    ["function", "aws_lambda_function", "arn:aws:lambda:eu-west-1:1:function:page", "page"],
    [
      "stream",
      "aws_kinesis_firehose_delivery_stream",
      "arn:aws:firehose:eu-west-1:1:deliverystream/alarms",
      "alarms",
    ],
  ])("%s is of type %s", (family, type, arn, name) => {
    expect(FAMILIES[family].type).toBe(type);
    expect(familyOfType(type)).toBe(FAMILIES[family]);
    expect(FAMILIES[family].nameOfArn(arn)).toBe(name);
    const others = (Object.keys(FAMILIES) as Family[]).filter((other) => other !== family);
    expect(others.filter((other) => FAMILIES[other].nameOfArn(arn) !== undefined)).toEqual([]);
  });

  it("is none for other types", () => {
    expect(familyOfType("aws_instance")).toBeUndefined();
  });

  it("is pointed to by name where AWS takes names", () => {
    const byName = (Object.keys(FAMILIES) as Family[]).filter((family) => FAMILIES[family].byName);
    expect(byName).toEqual(["log-group", "role", "function"]);
  });
});
