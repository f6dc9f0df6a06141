// What is known of data sources without reading them: where their provider works, and arguments that are left out.

import type { AwsScope } from "../../model/graph.ts";
import { known, UNSET, type Value } from "../../model/value.ts";

/**
 * What a data source has for an attribute that nobody wrote; `undefined`: only reading it can say.
 * Source: aws_region, aws_caller_identity, aws_partition and aws_iam_policy_document at
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
export function providerData(type: string, attribute: string, scope: AwsScope): Value | undefined {
  switch (type) {
    case "aws_region":
      return isOneOf(attribute, ["name", "id", "region"]) ? text(scope.region) : undefined;
    case "aws_caller_identity":
      return isOneOf(attribute, ["account_id", "id"]) ? text(scope.account) : undefined;
    case "aws_partition":
      if (attribute === "dns_suffix") return text(DNS_SUFFIXES.get(scope.partition ?? ""));
      return isOneOf(attribute, ["partition", "id"]) ? text(scope.partition) : undefined;
    case "aws_iam_policy_document":
      return isOneOf(attribute, ["id", "json", "minified_json"]) ? undefined : UNSET;
    default:
      return undefined;
  }
}

function isOneOf(attribute: string, names: readonly string[]): boolean {
  return names.includes(attribute);
}

function text(value: string | undefined): Value | undefined {
  return value === undefined ? undefined : known(value);
}

const DNS_SUFFIXES: ReadonlyMap<string, string> = new Map([
  ["aws", "amazonaws.com"],
  ["aws-cn", "amazonaws.com.cn"],
  ["aws-us-gov", "amazonaws.com"],
]);

/**
 * The partition that a region belongs to; `undefined` for one of a form that is not known.
 * Source: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export function partitionOf(region: string): string | undefined {
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) return undefined;
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return /^(us-iso|eu-iso|eusc-)/.test(region) ? undefined : "aws";
}
