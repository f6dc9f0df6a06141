// The sentences about subscriptions: who receives what the topic sends.

import type { KeyBreak, NearMiss, PolicyProblem } from "../../model/finding.ts";
import { giveOwner, type Tellers, told } from "./told.ts";

export const SUBSCRIPTION_TELLERS = {
  "no-subscription": ({ subject }) =>
    told("nobody is subscribed to this topic", `add an aws_sns_topic_subscription${on(subject?.address)}`),
  "no-subscription-on-topic": ({ subject, nearest }) =>
    told("no subscription is on this topic", `set topic_arn = ${topicArn(subject?.address)}`, {
      notes: [nearest === undefined ? "the subscriptions here are on other topics" : NEAREST[nearest]],
    }),
  "subscription-pending": ({ protocol }) =>
    protocol === "http" || protocol === "https"
      ? told(
          `the ${protocol} subscription stays unconfirmed until its endpoint answers, and nothing says that it will`,
          "set endpoint_auto_confirms = true if the endpoint confirms by itself",
        )
      : told(
          `the ${protocol === "" ? "" : `${protocol} `}subscription stays unconfirmed until a person acts on it`,
          "let somebody confirm it after apply, and accept that with --accept-pending",
        ),
  "subscription-filters-alarm-away": () =>
    told(
      "the subscription's filter policy lets no message of the alarm through",
      "remove filter_policy from the subscription",
    ),
  "filter-policy-refused": ({ problem }) => {
    const [sentence, help] = REFUSED[problem];
    return told(`the subscription's filter policy is one that AWS refuses: ${sentence}`, help);
  },
  "filter-policy-not-decided": () =>
    told(
      "whether the subscription's filter policy lets the alarm's message through could not be decided",
      "filter on a part of the message that the alarm fixes, such as NewStateValue or AlarmName",
    ),
  "queue-shuts-topic-out": ({ how }) => told(...QUEUES[how]),
  "function-shuts-topic-out": ({ how }) =>
    told(
      how === "no-permission"
        ? "no permission here lets the topic call the function"
        : "the function's permissions do not let this topic call it",
      'add an aws_lambda_permission with principal = "sns.amazonaws.com" and source_arn = the topic\'s ARN',
    ),
  "stream-role-cannot-write": ({ how }) => told(...STREAM_ROLES[how]),
  "endpoint-not-for-topic": ({ how }) =>
    how === "fifo-topic"
      ? told("a FIFO topic delivers to SQS queues only", "subscribe a queue, or use a standard topic")
      : told("a standard topic does not deliver to a FIFO queue", "subscribe a standard queue"),
  "subscribers-outside-inputs": () =>
    told("who receives this topic is not in the inputs", giveOwner("the topic")),
} satisfies Partial<Tellers>;

const REFUSED: Readonly<Record<PolicyProblem, readonly [sentence: string, help: string]>> = {
  "not-json": ["it is not JSON", "write filter_policy with jsonencode"],
  "too-large": ["it is larger than 256 KB", "shorten filter_policy"],
  "not-an-object": ["it is not an object", 'write filter_policy = jsonencode({ NewStateValue = ["ALARM"] })'],
  "too-many-keys": ["it has more than five keys", "use five keys at most in filter_policy"],
  "too-complex": ["its lists make more than 150 combinations", "list fewer values in filter_policy"],
  "empty-list": ["a key has an empty list", "list a value, or remove the key from filter_policy"],
  "not-a-list": ["a key has a value that is no list", "put the value into a list in filter_policy"],
  "nested-list": ["a list stands within a list", "list plain values in filter_policy"],
  "nested-on-attributes": [
    "it asks for something within an attribute",
    'set filter_policy_scope = "MessageBody"',
  ],
  "several-operators": ["an object has other than one operator", "give each operator an object of its own"],
  operand: ["an operator has a value that it does not take", "correct the value in filter_policy"],
};

const QUEUES: Readonly<
  Record<"no-policy" | "queue-policy" | KeyBreak, readonly [sentence: string, help: string]>
> = {
  "no-policy": [
    "nothing in the inputs lets the topic send to this queue: it has no policy here",
    "allow sns.amazonaws.com sqs:SendMessage in an aws_sqs_queue_policy of the queue",
  ],
  "queue-policy": [
    "the queue's policy does not let the topic send to it",
    "allow sns.amazonaws.com sqs:SendMessage in the queue's policy",
  ],
  "aws-managed-key": [
    "the queue is encrypted with the AWS managed key, which SNS may not use",
    "set kms_master_key_id to a key of your own whose policy lets sns.amazonaws.com use it",
  ],
  "key-policy": [
    "the policy of the queue's key does not let SNS use it",
    "allow sns.amazonaws.com kms:GenerateDataKey* and kms:Decrypt in the key's policy",
  ],
  "key-disabled": ["the queue is encrypted with a key that is disabled", "set is_enabled = true"],
};

const STREAM_ROLES: Readonly<
  Record<"no-role" | "trust" | "rights", readonly [sentence: string, help: string]>
> = {
  "no-role": [
    "a subscription of a delivery stream needs a role, and has none",
    "set subscription_role_arn to a role that sns.amazonaws.com may assume",
  ],
  trust: [
    "the role that SNS writes to the delivery stream with does not trust SNS",
    "allow sns.amazonaws.com sts:AssumeRole in the role's assume_role_policy",
  ],
  rights: [
    "no policy here lets the role that SNS writes with write to the delivery stream",
    "allow the role firehose:PutRecord and firehose:PutRecordBatch on the delivery stream",
  ],
};

function on(address: string | undefined): string {
  return address === undefined ? " to the topic" : ` with topic_arn = ${topicArn(address)}`;
}

/** A topic of the inputs is referred to, one outside them is named by its ARN. */
function topicArn(address: string | undefined): string {
  if (address === undefined) return "the topic's ARN";
  return address.startsWith("arn:") ? `"${address}"` : `${address}.arn`;
}

const NEAREST: Readonly<Record<NearMiss, string>> = {
  "other-key": "the nearest subscription is on another instance of the same topic",
  "other-name": "the nearest subscription is on another topic",
  "other-region": "the nearest subscription is on a topic in another region",
  "other-account": "the nearest subscription is on a topic in another account",
  "letter-case": "the nearest subscription names the topic in other letter case",
  "other-namespace": "the nearest subscription is on another topic",
  dimensions: "the nearest subscription is on another topic",
  "filter-name-not-metric": "the nearest subscription is on another topic",
  other: "the nearest subscription is on another topic",
};
