// Objects and policies that the tables about policies share.

import {
  type PolicyDocument,
  policyDocumentOf,
  policyDocumentOfBlocks,
} from "../../../src/aws/policy-document.ts";
import type { ArnOwner } from "../../../src/aws/publish-policy.ts";
import { type Plain, reader, value } from "./build.ts";

export const HOME = "111122223333";
export const OTHER = "444455556666";
export const SCOPE = { partition: "aws", account: HOME, region: "eu-west-1" };

export const TOPIC_ARN = `arn:aws:sns:eu-west-1:${HOME}:alarms`;
export const ALARM_ARN = `arn:aws:cloudwatch:eu-west-1:${HOME}:alarm:denied`;
export const QUEUE_ARN = `arn:aws:sqs:eu-west-1:${HOME}:inbox`;

export const TOPIC: ArnOwner = { id: "aws_sns_topic.t", type: "aws_sns_topic", name: "alarms", scope: SCOPE };
export const ALARM: ArnOwner = {
  id: "aws_cloudwatch_metric_alarm.a",
  type: "aws_cloudwatch_metric_alarm",
  name: "denied",
  scope: SCOPE,
};
export const QUEUE: ArnOwner = { id: "aws_sqs_queue.q", type: "aws_sqs_queue", name: "inbox", scope: SCOPE };

/** A policy as JSON text, as the provider hands it on; a Value where it is not wholly known. */
export function documentOf(policy: Plain): PolicyDocument | undefined {
  const plain = value(policy);
  return policyDocumentOf(plain.kind === "map" ? value(JSON.stringify(policy)) : plain);
}

export function blocks(
  document: Readonly<Record<string, Plain>>,
  nested: Readonly<Record<string, Readonly<Record<string, Plain>>>> = {},
): PolicyDocument | undefined {
  return policyDocumentOfBlocks(reader(document), (found) => {
    if (found.kind !== "reference") return policyDocumentOf(found);
    const inner = nested[found.to];
    return inner === undefined ? undefined : blocks(inner, nested);
  });
}

const IAM = "https://docs.aws.amazon.com/IAM/latest/UserGuide";

/** Where the rules stand that single rows rest on. */
export const RULES = {
  principal: `${IAM}/reference_policies_elements_principal.html`,
  notPrincipal: `${IAM}/reference_policies_elements_notprincipal.html`,
  action: `${IAM}/reference_policies_elements_action.html`,
  notAction: `${IAM}/reference_policies_elements_notaction.html`,
  resource: `${IAM}/reference_policies_elements_resource.html`,
  notResource: `${IAM}/reference_policies_elements_notresource.html`,
  operators: `${IAM}/reference_policies_elements_condition_operators.html`,
  sets: `${IAM}/reference_policies_condition-single-vs-multi-valued-context-keys.html`,
  keys: `${IAM}/reference_policies_condition-keys.html`,
  variables: `${IAM}/reference_policies_variables.html`,
  evaluation: `${IAM}/reference_policies_evaluation-logic.html`,
  sns: "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html",
  defaultPolicy: "https://github.com/airbnb/binaryalert/issues/169",
  repost: "https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger",
  snsKeys: "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
  document:
    "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document",
} as const;
