// Whether what is behind a subscription takes what SNS sends: a queue's policy, a function's permissions, and which
// endpoints a topic takes at all.

import { all, isUnset, known, stringOf, type Tri, type Value } from "../model/value.ts";
import { type Attributes, judgeEach } from "./attributes.ts";
import { type ContextKey, patternMatches } from "./policy-conditions.ts";
import type { PolicyDocument } from "./policy-document.ts";
import { policyGrants } from "./policy-evaluation.ts";
import { type ArnOwner, arnsOf, isAccount, NOT_KNOWN, serviceContext, text } from "./publish-policy.ts";

const SNS = "sns.amazonaws.com";

/**
 * Whether a queue's policy lets the topic send to it. Without a policy a queue takes messages of its own account's
 * principals only, and SNS is none.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html (permission to the topic),
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html
 */
export function letsTopicSend(document: PolicyDocument | undefined, queue: ArnOwner, topic: ArnOwner): Tri {
  if (document === undefined) return "maybe";
  const account = topic.scope.account ?? queue.scope.account;
  const owner = text(account === undefined ? NOT_KNOWN : known(account));
  const context = new Map<string, ContextKey>([
    ...serviceContext(SNS, arnsOf(topic), owner),
    ["aws:sourceowner", { ...owner, present: "maybe" }],
  ]);
  return policyGrants(document, {
    by: { service: SNS, account: (name) => isAccount(name, account) },
    action: "sqs:SendMessage",
    resource: arnsOf(queue),
    context,
  });
}

/**
 * Whether an `aws_lambda_permission` lets the topic call the function, or the version or alias `qualifier` of it.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html (Principal, SourceArn, SourceAccount,
 * Qualifier: a permission on the function alone does not cover its aliases),
 * https://docs.aws.amazon.com/sns/latest/dg/lambda-permissions.html
 */
export function permissionLetsTopicCall(
  permission: Attributes,
  topic: ArnOwner,
  qualifier: Value | undefined,
): Tri {
  const read = (name: string) => permission.read(name);
  const wanted = (name: string, holds: (value: Value) => Tri): Tri =>
    judgeEach(read(name), (value) => (isUnset(value) === "yes" ? "yes" : holds(value)));
  const { account: owner } = topic.scope;
  const own = owner === undefined ? NOT_KNOWN : known(owner);
  return all([
    patternMatches(read("principal"), [known(SNS)]),
    judgeEach(read("action"), (action) => patternMatches(action, [known("lambda:InvokeFunction")], true)),
    wanted("source_arn", (arn) => patternMatches(arn, arnsOf(topic))),
    wanted("source_account", (account) => patternMatches(account, [own])),
    onQualifier(read("qualifier"), qualifier),
    // What these ask of SNS is not written down.
    wanted("principal_org_id", () => "maybe"),
    wanted("event_source_token", () => "no"),
  ]);
}

/** `undefined`: the function itself is called. */
function onQualifier(given: Value, called: Value | undefined): Tri {
  return judgeEach(given, (value) => {
    const none = isUnset(value);
    if (called === undefined) return none;
    return none === "yes" ? "no" : patternMatches(value, [called]);
  });
}

/**
 * Whether topic and endpoint fit: a FIFO topic delivers to queues alone, and a FIFO queue takes FIFO topics alone.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-delivery.html,
 * https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html; the refusal of a FIFO queue by a standard topic:
 * https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
export function fitsTopic(topic: Tri, protocol: Value, queue: Tri): Tri {
  const name = stringOf(protocol);
  if (name === undefined) return topic === "no" && queue === "no" ? "yes" : "maybe";
  if (name !== "sqs") return topic === "no" ? "yes" : topic === "yes" ? "no" : "maybe";
  if (queue === "no" || topic === "yes") return "yes";
  return queue === "yes" && topic === "no" ? "no" : "maybe";
}

/** Whether a topic or queue is a FIFO one; its name has to say so too. */
export function isFifo(owner: Attributes, argument: "fifo_topic" | "fifo_queue"): Tri {
  return judgeEach(owner.read(argument), (value) => {
    const given = stringOf(value);
    if (given !== undefined && given !== "") return given === "true" ? "yes" : "no";
    if (isUnset(value) === "yes") return "no";
    return "maybe";
  });
}
