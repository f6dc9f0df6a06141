// What is known of data sources that nobody has read yet.

import { describe, expect, it } from "vitest";
import { partitionOf, providerData } from "../../../../src/resolve/sources/provider-data.ts";
import { printValue } from "../../terraform/print-value.ts";

const CHINA = { partition: "aws-cn", account: "111122223333", region: "cn-north-1", provider: "infra|aws" };
const NOWHERE = { partition: undefined, account: undefined, region: undefined, provider: "infra|aws" };

describe("a data source", () => {
  it.each<[string, string, string]>([
    ["aws_region", "name", '"cn-north-1"'],
    ["aws_region", "id", '"cn-north-1"'],
    ["aws_region", "region", '"cn-north-1"'],
    ["aws_region", "description", "only by reading"],
    ["aws_caller_identity", "account_id", '"111122223333"'],
    ["aws_caller_identity", "id", '"111122223333"'],
    ["aws_caller_identity", "arn", "only by reading"],
    ["aws_partition", "partition", '"aws-cn"'],
    ["aws_partition", "id", '"aws-cn"'],
    ["aws_partition", "dns_suffix", '"amazonaws.com.cn"'],
    ["aws_partition", "reverse_dns_prefix", "only by reading"],
    ["aws_iam_policy_document", "id", "only by reading"],
    ["aws_iam_policy_document", "json", "only by reading"],
    ["aws_iam_policy_document", "minified_json", "only by reading"],
    ["aws_iam_policy_document", "source_policy_documents", "null"],
    ["aws_sns_topic", "arn", "only by reading"],
  ])("%s knows its %s: %s", (type, attribute, wanted) => {
    const found = providerData(type, attribute, CHINA);
    expect(found === undefined ? "only by reading" : printValue(found)).toBe(wanted);
  });

  it.each([
    ["aws_region", "name"],
    ["aws_caller_identity", "account_id"],
    ["aws_partition", "partition"],
    ["aws_partition", "dns_suffix"],
  ])("%s does not know its %s where the provider is not told", (type, attribute) => {
    expect(providerData(type, attribute, NOWHERE)).toBeUndefined();
  });

  it.each([
    ["aws", "amazonaws.com"],
    ["aws-us-gov", "amazonaws.com"],
    ["aws-iso", undefined],
  ])("domain names in %s end in %s", (partition, wanted) => {
    expect(providerData("aws_partition", "dns_suffix", { ...NOWHERE, partition })).toEqual(
      wanted && { kind: "known", value: wanted, sensitive: false },
    );
  });
});

describe("the partition of a region", () => {
  it.each([
    ["eu-west-1", "aws"],
    ["ap-southeast-12", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["us-iso-east-1", undefined],
    ["us-isob-east-1", undefined],
    ["eu-isoe-west-1", undefined],
    ["eusc-de-east-1", undefined],
    ["x-eu-west-1", undefined],
    ["eu-west-1-lax", undefined],
    ["eu1", undefined],
    ["eu-west", undefined],
    ["", undefined],
  ])("%s: %s", (region, wanted) => {
    expect(partitionOf(region)).toBe(wanted);
  });
});
