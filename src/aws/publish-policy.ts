// What CloudWatch needs to publish to a topic: the topic's policy, and the key's where the topic is encrypted.
// How policies are evaluated is in policy-evaluation.ts.

import { all, isUnset, known, stringOf, type Tri, unknown, type Value } from "../model/value.ts";
import { type ArnScope, parseArn, predictedArnText } from "./arn.ts";
import { type Attributes, judgeEach } from "./attributes.ts";
import { type PolicyDocument, policyDocumentOf, policyDocumentOfBlocks } from "./policy-document.ts";
import { type ContextValue, policyGrants, type ServiceRequest } from "./policy-evaluation.ts";

/** One alarm's message to one topic. Whatever is not known is left out or `undefined`. */
export interface Publication {
  /** The topic's ARN as text or value; a reference to it and a predicted one do. */
  readonly topicArn: Value | string | undefined;
  /** The topic's `ResourceInstance.id`, for recognizing references to it. */
  readonly topicId?: string | undefined;
  /** The alarm's account. */
  readonly account: string | undefined;
  /** The alarm, for conditions on `aws:SourceArn`. */
  readonly alarm?:
    | { readonly id: string; readonly name: string | undefined; readonly scope: ArnScope }
    | undefined;
}

const SERVICE = "cloudwatch.amazonaws.com";

/**
 * Whether a topic's policy lets the alarm publish. `policy` is JSON text, also with parts that are not known; not
 * set means the default policy, which lets every alarm of the topic's own account in: `sameAccount` says whether
 * the alarm is one.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html (CloudWatch alarms),
 * https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
 */
export function policyLetsCloudWatchPublish(
  policy: Value | string,
  publication: Publication,
  sameAccount: Tri = "yes",
): Tri {
  return judgeEach(typeof policy === "string" ? known(policy) : policy, (text) => {
    if (isUnset(text) === "yes") return sameAccount;
    return publishes(policyDocumentOf(text), publication);
  });
}

/** The same for a policy from the blocks of a data source aws_iam_policy_document. */
export function policyBlocksLetCloudWatchPublish(document: Attributes, publication: Publication): Tri {
  return publishes(policyDocumentOfBlocks(document), publication);
}

function publishes(document: PolicyDocument | undefined, publication: Publication): Tri {
  if (document === undefined) return "maybe";
  const { topicArn, topicId } = publication;
  const arn = typeof topicArn === "string" ? known(topicArn) : (topicArn ?? NOT_KNOWN);
  const references = topicId === undefined ? [] : ["arn", "id"].map((name) => reference(topicId, name));
  return policyGrants(document, {
    service: SERVICE,
    action: "sns:Publish",
    resource: [arn, ...references],
    context: contextOf(publication),
    // Whether naming the account lets a service in that acts for it is not documented for topics.
    account: (name) => isAccount(name, publication.account),
  });
}

/**
 * Whether a customer managed key's policy lets CloudWatch send to topics it encrypts: it needs to decrypt and to
 * make data keys. The default key policy (`policy` not set) names the account alone, which does not let a service in.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html (event sources from AWS services),
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicyLetsCloudWatchUse(policy: Value | string, publication?: Publication): Tri {
  return judgeEach(typeof policy === "string" ? known(policy) : policy, (text) => {
    if (isUnset(text) === "yes") return "no";
    return usesKey(policyDocumentOf(text), publication);
  });
}

/** The same for a policy from the blocks of a data source aws_iam_policy_document. */
export function keyPolicyBlocksLetCloudWatchUse(document: Attributes, publication?: Publication): Tri {
  return usesKey(policyDocumentOfBlocks(document), publication);
}

function usesKey(document: PolicyDocument | undefined, publication: Publication | undefined): Tri {
  if (document === undefined) return "maybe";
  const request: Omit<ServiceRequest, "action"> = {
    service: SERVICE,
    // A key policy can only speak of its own key, and mostly says `*`.
    resource: [NOT_KNOWN],
    context: contextOf(publication ?? { topicArn: undefined, account: undefined }),
    account: () => "no",
  };
  return all(
    ["kms:Decrypt", "kms:GenerateDataKey"].map((action) => policyGrants(document, { ...request, action })),
  );
}

/**
 * Whether a topic is under the key that AWS manages for SNS, whose policy lets no service in and cannot be changed.
 * It goes by alias; behind a key id or key ARN may be any key, which is "maybe".
 * Source: https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns (alias/aws/sns)
 */
export function isAwsManagedSnsKey(key: Value): Tri {
  return judgeEach(key, (value) => {
    if (isUnset(value) === "yes") return "no";
    const text = value.kind === "text" ? lastKnown(value.parts) : stringOf(value);
    if (text === undefined) return "maybe";
    if (value.kind === "text") return text.endsWith(":alias/aws/sns") ? "yes" : "maybe";
    const name = parseArn(text)?.resource ?? text;
    if (name === "alias/aws/sns") return "yes";
    return name.startsWith("alias/") ? "no" : "maybe";
  });
}

function lastKnown(parts: readonly Value[]): string | undefined {
  const last = parts.at(-1);
  return last === undefined ? undefined : stringOf(last);
}

const NOT_KNOWN = unknown({ why: "after-apply", subject: "request" });

function reference(to: string, attribute: string): Value {
  return { kind: "reference", to, path: [attribute], sensitive: false };
}

/** "maybe" for the account itself or its root, "no" for other accounts and for users and roles. */
function isAccount(identifier: Value, account: string | undefined): Tri {
  const text = stringOf(identifier);
  if (text === undefined) return "maybe";
  const named = /^\d{12}$/.test(text) ? text : rootOf(text);
  return named !== undefined && (account === undefined || named === account) ? "maybe" : "no";
}

function rootOf(text: string): string | undefined {
  const arn = parseArn(text);
  return arn?.service === "iam" && arn.resource === "root" ? arn.account : undefined;
}

/**
 * The condition keys of a request that CloudWatch makes for an alarm. A service has no organization of its own, so
 * the keys of principals in one are absent.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function contextOf({ account, alarm }: Publication): ReadonlyMap<string, ContextValue> {
  const owner = account === undefined ? NOT_KNOWN : known(account);
  const scope = alarm?.scope ?? { partition: undefined, region: undefined, account };
  const predicted = predictedArnText("aws_cloudwatch_metric_alarm", alarm?.name, scope);
  const source = [predicted ?? NOT_KNOWN];
  if (alarm !== undefined) source.push(reference(alarm.id, "arn"));
  return new Map<string, ContextValue>([
    ["aws:sourceowner", [owner]],
    ["aws:sourceaccount", [owner]],
    ["aws:sourcearn", source],
    ["aws:securetransport", [known("true")]],
    ["aws:principalisawsservice", [known("true")]],
    ["aws:principalservicename", [known(SERVICE)]],
    ["aws:principalorgid", "absent"],
    ["aws:principalorgpaths", "absent"],
  ]);
}
