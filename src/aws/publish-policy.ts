// What CloudWatch needs to publish an alarm's message to a topic: the topic's policy. How policies are evaluated is in
// policy-evaluation.ts; the topic's key is in key-policy.ts.

import { known, stringOf, type Tri, unknown, type Value } from "../model/value.ts";
import { type ArnScope, parseArn, predictedArnText } from "./arn.ts";
import type { ContextKey, RequestContext } from "./policy-conditions.ts";
import type { PolicyDocument } from "./policy-document.ts";
import { policyGrants } from "./policy-evaluation.ts";

/** An object of the inputs that requests come from or go to. */
export interface ArnOwner {
  /** Its `ResourceInstance.id`, for recognizing references to it. */
  readonly id: string;
  readonly type: string;
  readonly name: string | undefined;
  readonly scope: ArnScope;
  /** The ARN where it is told: a reference to it and a text with unknown parts do. */
  readonly arn?: Value;
}

/** One alarm's message to one topic. */
export interface Publication {
  readonly topic: ArnOwner;
  readonly alarm: ArnOwner;
}

const CLOUDWATCH = "cloudwatch.amazonaws.com";

/**
 * Whether a topic's policy lets the alarm publish. `undefined`: a policy that cannot be read.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html (CloudWatch alarms),
 * https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
 */
export function letsCloudWatchPublish(document: PolicyDocument | undefined, publication: Publication): Tri {
  if (document === undefined) return "maybe";
  const { topic, alarm } = publication;
  const account = alarm.scope.account ?? topic.scope.account;
  const owner = text(account === undefined ? NOT_KNOWN : known(account));
  return policyGrants(document, {
    // Whether naming the account lets a service in that acts for it is not written down for topics.
    by: { service: CLOUDWATCH, account: (name) => isAccount(name, account) },
    action: "sns:Publish",
    resource: arnsOf(topic),
    context: new Map([...serviceContext(CLOUDWATCH, arnsOf(alarm), owner), ["aws:sourceowner", owner]]),
  });
}

export const NOT_KNOWN: Value = unknown({ why: "after-apply", subject: "request" });

/** An ARN in every way it is known. */
export function arnsOf({ id, type, name, scope, arn }: ArnOwner): readonly Value[] {
  // Of these types only a topic has its ARN as its id.
  const identities = type === "aws_sns_topic" ? ["arn", "id"] : ["arn"];
  const written = identities.map((attribute) => reference(id, attribute));
  const predicted = predictedArnText(type, name, scope);
  // A full ARN says more than one that is put together.
  const told = arn === undefined || arn.kind === "reference" ? [] : [arn];
  return [...told, ...written, ...(predicted === undefined ? [] : [predicted])];
}

function reference(to: string, attribute: string): Value {
  return { kind: "reference", to, path: [attribute], sensitive: false };
}

export function text(...values: readonly Value[]): ContextKey {
  return { kind: "string", values, present: "yes" };
}

/**
 * The condition keys of a request that a service makes on its own behalf because of `source`. A service has no
 * organization of its own, so the keys of principals in one are absent; which organization the source is in is not
 * known here.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html; that PrincipalOrgID
 * shuts alarms out: https://github.com/PRX/Infrastructure/pull/335
 */
export function serviceContext(
  service: string,
  source: readonly Value[],
  account: ContextKey,
): RequestContext {
  const yes: ContextKey = { kind: "bool", values: [known("true")], present: "yes" };
  const none: ContextKey = { kind: "string", values: [], present: "no" };
  return new Map<string, ContextKey>([
    ["aws:sourceaccount", account],
    ["aws:sourcearn", { kind: "arn", values: source, present: "yes" }],
    ["aws:securetransport", yes],
    ["aws:principalisawsservice", yes],
    ["aws:principalservicename", text(known(service))],
    ["aws:principalorgid", none],
    ["aws:principalorgpaths", none],
  ]);
}

/** "maybe" for the account itself or its root, "no" for other accounts and for users and roles. */
export function isAccount(identifier: Value, account: string | undefined): Tri {
  const name = stringOf(identifier);
  if (name === undefined) return "maybe";
  const named = /^\d{12}$/.test(name) ? name : rootOf(name);
  return named !== undefined && (account === undefined || named === account) ? "maybe" : "no";
}

function rootOf(name: string): string | undefined {
  const arn = parseArn(name);
  return arn?.service === "iam" && arn.resource === "root" ? arn.account : undefined;
}
