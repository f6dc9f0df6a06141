// Queue policies, function permissions and FIFO: whether what is behind a subscription takes what a topic sends. The
// last column says where the policy, or the rule that decides it, is written down.

import { expect, test } from "vitest";
import {
  fitsTopic,
  isFifo,
  letsTopicSend,
  permissionLetsTopicCall,
} from "../../../src/aws/endpoint-policy.ts";
import type { Tri } from "../../../src/model/value.ts";
import { LATER, type Plain, reader, reference, value } from "./build.ts";
import { documentOf, HOME, OTHER, QUEUE, QUEUE_ARN, RULES, TOPIC, TOPIC_ARN } from "./policies.ts";

const SQS = "https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html";
const LAMBDA = "https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html";
const FIFO = "https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-delivery.html";

const SEND = {
  Effect: "Allow",
  Principal: { Service: "sns.amazonaws.com" },
  Action: "sqs:SendMessage",
  Resource: QUEUE_ARN,
};
const when = (conditions: Plain, more: Readonly<Record<string, Plain>> = {}) => [
  { ...SEND, ...more, Condition: conditions },
];

type Row = readonly [story: string, statements: readonly Plain[], answer: string, source: string];

test.each<Row>([
  ["this topic, as the guide has it", when({ ArnEquals: { "aws:SourceArn": TOPIC_ARN } }), "yes", SQS],
  ["another topic", when({ ArnEquals: { "aws:SourceArn": `${TOPIC_ARN}2` } }), "no", SQS],
  [
    "topics of the account by pattern",
    when({ ArnLike: { "aws:SourceArn": `arn:aws:sns:*:${HOME}:*` } }),
    "yes",
    SQS,
  ],
  ["every topic", [SEND], "yes", SQS],
  [
    "everyone, from this topic",
    when({ ArnEquals: { "aws:SourceArn": TOPIC_ARN } }, { Principal: { AWS: "*" } }),
    "yes",
    SQS,
  ],
  [
    "everyone, from this topic as a string",
    when({ StringEquals: { "aws:SourceArn": TOPIC_ARN } }, { Principal: "*" }),
    "yes",
    RULES.operators,
  ],
  [
    "everyone in an organization",
    when({ StringEquals: { "aws:PrincipalOrgID": "o-1" } }, { Principal: "*" }),
    "no",
    RULES.keys,
  ],
  ["the topic's account", when({ StringEquals: { "aws:SourceAccount": HOME } }), "yes", RULES.keys],
  ["another account", when({ StringEquals: { "aws:SourceAccount": OTHER } }), "no", RULES.keys],
  ["another service", [{ ...SEND, Principal: { Service: "events.amazonaws.com" } }], "no", SQS],
  ["the account's own principals", [{ ...SEND, Principal: { AWS: HOME } }], "maybe", RULES.principal],
  ["another action", [{ ...SEND, Action: "sqs:ReceiveMessage" }], "no", RULES.action],
  ["every SQS action", [{ ...SEND, Action: "SQS:*" }], "yes", RULES.action],
  ["another queue", [{ ...SEND, Resource: `${QUEUE_ARN}2` }], "no", RULES.resource],
  ["every queue", [{ ...SEND, Resource: "*" }], "yes", RULES.resource],
  [
    "denied without TLS",
    [
      SEND,
      { ...SEND, Effect: "Deny", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ],
    "yes",
    RULES.evaluation,
  ],
  [
    "denied to services",
    [
      SEND,
      {
        ...SEND,
        Effect: "Deny",
        Principal: "*",
        Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } },
      },
    ],
    "no",
    RULES.keys,
  ],
  ["no statement", [], "no", RULES.evaluation],
])("a queue's policy: %s", (_story, statements, answer, source) => {
  const policy = documentOf(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  expect(letsTopicSend(policy, QUEUE, TOPIC)).toBe(answer);
  expect(source).toMatch(/^https:\/\//);
});

test("a queue's policy that is not known", () => {
  expect(letsTopicSend(documentOf(LATER), QUEUE, TOPIC)).toBe("maybe");
});

test.each<readonly [string, string | undefined, string | undefined, Plain, string]>([
  ["the topic's, which is not the queue's", OTHER, HOME, { "aws:SourceAccount": OTHER }, "yes"],
  ["the queue's, which is not the topic's", OTHER, HOME, { "aws:SourceAccount": HOME }, "no"],
  ["the queue's, where the topic's is not known", undefined, HOME, { "aws:SourceAccount": HOME }, "yes"],
  ["neither known", undefined, undefined, { "aws:SourceAccount": HOME }, "maybe"],
  ["the owner, which nobody has written down for SNS", HOME, HOME, { "aws:SourceOwner": HOME }, "maybe"],
  ["another owner", HOME, HOME, { "aws:SourceOwner": OTHER }, "no"],
])("a queue's policy names an account: %s", (_story, topicAccount, queueAccount, equal, answer) => {
  const policy = documentOf(
    JSON.stringify({ Statement: [{ ...SEND, Resource: "*", Condition: { StringEquals: equal } }] }),
  );
  const topic = { ...TOPIC, scope: { ...TOPIC.scope, account: topicAccount } };
  const queue = { ...QUEUE, scope: { ...QUEUE.scope, account: queueAccount } };
  expect(letsTopicSend(policy, queue, topic)).toBe(answer);
});

test("an account that a permission names is not compared with one that is not known", () => {
  const permission = reader({ ...PERMISSION, source_arn: null, source_account: HOME });
  const topic = { ...TOPIC, scope: { ...TOPIC.scope, account: undefined } };
  expect(permissionLetsTopicCall(permission, topic, undefined)).toBe("maybe");
});

const PERMISSION = {
  action: "lambda:InvokeFunction",
  function_name: "notify",
  principal: "sns.amazonaws.com",
  source_arn: TOPIC_ARN,
};

test.each<readonly [string, Readonly<Record<string, Plain>>, Plain, string, string]>([
  ["this topic", PERMISSION, undefined, "yes", LAMBDA],
  [
    "this topic by reference",
    { ...PERMISSION, source_arn: reference("aws_sns_topic.t", "arn") },
    undefined,
    "yes",
    LAMBDA,
  ],
  [
    "topics by pattern",
    { ...PERMISSION, source_arn: `arn:aws:sns:eu-west-1:${HOME}:*` },
    undefined,
    "yes",
    LAMBDA,
  ],
  ["another topic", { ...PERMISSION, source_arn: `${TOPIC_ARN}2` }, undefined, "no", LAMBDA],
  ["every topic", { ...PERMISSION, source_arn: null }, undefined, "yes", LAMBDA],
  ["a topic that is not known", { ...PERMISSION, source_arn: LATER }, undefined, "maybe", LAMBDA],
  ["the topic's account", { ...PERMISSION, source_account: HOME }, undefined, "yes", LAMBDA],
  ["another account", { ...PERMISSION, source_account: OTHER }, undefined, "no", LAMBDA],
  ["another service", { ...PERMISSION, principal: "events.amazonaws.com" }, undefined, "no", LAMBDA],
  ["everyone", { ...PERMISSION, principal: "*" }, undefined, "yes", LAMBDA],
  ["an account", { ...PERMISSION, principal: HOME }, undefined, "no", LAMBDA],
  ["every Lambda action", { ...PERMISSION, action: "lambda:*" }, undefined, "yes", LAMBDA],
  [
    "the action in other letter case",
    { ...PERMISSION, action: "LAMBDA:invokefunction" },
    undefined,
    "yes",
    LAMBDA,
  ],
  ["another action", { ...PERMISSION, action: "lambda:GetFunction" }, undefined, "no", LAMBDA],
  ["an action that is not known", { ...PERMISSION, action: LATER }, undefined, "maybe", LAMBDA],
  ["a service that is not known", { ...PERMISSION, principal: LATER }, undefined, "maybe", LAMBDA],
  ["an organization", { ...PERMISSION, principal_org_id: "o-1" }, undefined, "maybe", LAMBDA],
  ["a token of Alexa's", { ...PERMISSION, event_source_token: "t" }, undefined, "no", LAMBDA],
  ["an alias, with the permission on it", { ...PERMISSION, qualifier: "live" }, "live", "yes", LAMBDA],
  ["an alias, with the permission on the function", PERMISSION, "live", "no", LAMBDA],
  [
    "an alias, with the permission on another one",
    { ...PERMISSION, qualifier: "next" },
    "live",
    "no",
    LAMBDA,
  ],
  [
    "the function, with the permission on an alias",
    { ...PERMISSION, qualifier: "live" },
    undefined,
    "no",
    LAMBDA,
  ],
  ["a version that is not known", { ...PERMISSION, qualifier: "3" }, LATER, "maybe", LAMBDA],
  ["a version that is not known, with the permission on the function", PERMISSION, LATER, "no", LAMBDA],
  [
    "an alias, with a permission of which that is not known",
    { ...PERMISSION, qualifier: LATER },
    "live",
    "maybe",
    LAMBDA,
  ],
])("a function's permission: %s", (_story, permission, qualifier, answer, source) => {
  const called = qualifier === undefined ? undefined : value(qualifier);
  expect(permissionLetsTopicCall(reader(permission), TOPIC, called)).toBe(answer);
  expect(source).toMatch(/^https:\/\//);
});

test.each<readonly [topic: Tri, protocol: Plain, queue: Tri, answer: Tri, source: string]>([
  ["no", "sqs", "no", "yes", FIFO],
  ["no", "email", "no", "yes", FIFO],
  ["yes", "sqs", "yes", "yes", FIFO],
  ["yes", "sqs", "no", "yes", FIFO],
  ["yes", "email", "no", "no", FIFO],
  ["yes", "lambda", "no", "no", FIFO],
  ["maybe", "https", "no", "maybe", FIFO],
  ["no", "sqs", "yes", "no", "https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html"],
  ["maybe", "sqs", "yes", "maybe", FIFO],
  ["no", "sqs", "maybe", "maybe", FIFO],
  ["yes", LATER, "no", "maybe", FIFO],
  ["no", LATER, "no", "yes", FIFO],
  ["no", LATER, "yes", "maybe", FIFO],
  ["no", LATER, "maybe", "maybe", FIFO],
  ["maybe", LATER, "no", "maybe", FIFO],
  ["maybe", "sqs", "no", "yes", FIFO],
  ["maybe", "sqs", "maybe", "maybe", FIFO],
  ["yes", "sqs", "maybe", "yes", FIFO],
])("FIFO topic %s, protocol %j, FIFO queue %s: delivers %s", (topic, protocol, queue, answer) => {
  expect(fitsTopic(topic, value(protocol), queue)).toBe(answer);
});

test.each<readonly [Plain, Tri]>([
  [true, "yes"],
  ["true", "yes"],
  [false, "no"],
  ["false", "no"],
  [null, "no"],
  ["", "no"],
  [LATER, "maybe"],
])("fifo_topic = %j: %s", (given, answer) => {
  expect(isFifo(reader({ fifo_topic: given }), "fifo_topic")).toBe(answer);
});
