// What a role has to be for a service to write with it: the service may assume it, and its policies let it write.

import { known, type Tri, type Value } from "../model/value.ts";
import type { ContextKey, RequestContext } from "./policy-conditions.ts";
import type { PolicyDocument } from "./policy-document.ts";
import { type Effects, effectsOf, policyGrants } from "./policy-evaluation.ts";
import { isAccount, NOT_KNOWN } from "./publish-policy.ts";

/** A service that takes a role because of an object of the inputs. */
export interface Assuming {
  readonly service: "cloudtrail.amazonaws.com" | "sns.amazonaws.com";
  /** The ARN of the trail or topic, in every way it is known. */
  readonly source: readonly Value[];
  readonly account: string | undefined;
}

/**
 * Whether a role's trust policy lets the service assume it. That the service says for which object it does is not
 * written down for these two: a condition that names another one shuts it out, one that names this one is not decided.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html,
 * https://docs.aws.amazon.com/sns/latest/dg/prereqs-kinesis-data-firehose.html
 */
export function letsServiceAssume(document: PolicyDocument | undefined, assuming: Assuming): Tri {
  if (document === undefined) return "maybe";
  const { service, source, account } = assuming;
  const owner = account === undefined ? NOT_KNOWN : known(account);
  const context = new Map<string, ContextKey>([
    ["aws:sourcearn", { kind: "arn", values: source, present: "maybe" }],
    ["aws:sourceaccount", { kind: "string", values: [owner], present: "maybe" }],
    ["aws:securetransport", { kind: "bool", values: [known("true")], present: "yes" }],
    ["sts:externalid", { kind: "string", values: [], present: "no" }],
  ]);
  return policyGrants(document, {
    by: { service, account: (name) => (isAccount(name, account) === "no" ? "no" : "maybe") },
    action: "sts:AssumeRole",
    resource: "none",
    context,
  });
}

/** What one policy of a role says about an action on a resource. */
export function effectsOnAction(
  document: PolicyDocument | undefined,
  action: string,
  resource: readonly Value[],
): Effects {
  if (document === undefined) return { allowed: "maybe", denied: "maybe" };
  return effectsOf(document, { by: undefined, action, resource, context: ROLE_CONTEXT });
}

const ROLE_CONTEXT: RequestContext = new Map<string, ContextKey>([
  ["aws:securetransport", { kind: "bool", values: [known("true")], present: "yes" }],
]);

/**
 * What CloudTrail does with its role, in any log stream of the trail's group whose name is
 * `<account>_CloudTrail_<region>` and more.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 */
export const TRAIL_ACTIONS = ["logs:CreateLogStream", "logs:PutLogEvents"] as const;

/** Source: https://docs.aws.amazon.com/sns/latest/dg/prereqs-kinesis-data-firehose.html */
export const STREAM_ACTIONS = ["firehose:PutRecord", "firehose:PutRecordBatch"] as const;

/** The streams that CloudTrail writes to, as the ends of log stream ARNs. */
export function trailStreams(
  group: readonly Value[],
  account: string | undefined,
  region: string | undefined,
): readonly Value[] {
  const part = (value: string | undefined): Value => (value === undefined ? NOT_KNOWN : known(value));
  return group.map((arn) => {
    const parts = arn.kind === "text" ? arn.parts : [arn];
    const end = [known(":log-stream:"), part(account), known("_CloudTrail_"), part(region), NOT_KNOWN];
    return { kind: "text", parts: [...parts, ...end], sensitive: false };
  });
}

/**
 * Policies that AWS manages and that let a role write to any log group, or to any delivery stream. Others are not known.
 * Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html (read 2026-11-26)
 */
const MANAGED: ReadonlyMap<string, readonly string[]> = new Map([
  ["AdministratorAccess", ["logs", "firehose"]],
  ["PowerUserAccess", ["logs", "firehose"]],
  ["CloudWatchLogsFullAccess", ["logs"]],
  ["CloudWatchFullAccess", ["logs"]],
  ["CloudWatchFullAccessV2", ["logs"]],
  ["service-role/AmazonAPIGatewayPushToCloudWatchLogs", ["logs"]],
  ["service-role/AWSLambdaBasicExecutionRole", ["logs"]],
  ["AmazonKinesisFirehoseFullAccess", ["firehose"]],
]);

/** What a policy of AWS says about an action, by the policy's ARN. */
export function effectsOfManaged(arn: string, action: string): Effects {
  const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const [service = ""] = action.split(":");
  const allows = name !== undefined && MANAGED.get(name)?.includes(service) === true;
  return allows ? { allowed: "yes", denied: "no" } : { allowed: "maybe", denied: "maybe" };
}
