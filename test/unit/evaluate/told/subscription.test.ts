// What causes at the subscription tell: topics that nobody listens to, and endpoints that take nothing from a topic.

import { describe, expect, test } from "vitest";
import { known, unknown } from "../../../../src/model/value.ts";
import { judge } from "../../../tools/chain-world.ts";
import { changed, OPEN, oneOf, reference } from "../../../tools/world.ts";
import {
  ALARM,
  asObject,
  type Changes,
  causesOf,
  FILTER,
  GROUP,
  HOME,
  INBOX,
  MAIL,
  NOBODY,
  OTHER,
  QUEUE,
  type Row,
  STREAM_ELSEWHERE,
  TOPIC,
  TOPIC_ELSEWHERE,
  TRAIL,
  waits,
} from "./support.ts";

/** What is shown for a filter policy, and for a subscription that is not on the alarm's topic. */
const FILTER_POLICY = [`${QUEUE} filter_policy`, `${QUEUE} filter_policy_scope`];
const ON_TOPIC = [`${ALARM} alarm_actions`, `${QUEUE} topic_arn`];

describe("one cause", () => {
  test.each<Row>([
    ["no subscription", { [QUEUE]: undefined }, ["no-subscription", TOPIC, [`${ALARM} alarm_actions`]]],
    [
      "a subscription on a topic of another name",
      {
        "aws_sns_topic.quiet": { name: "quiet" },
        [QUEUE]: { topic_arn: reference("aws_sns_topic.quiet", "arn") },
      },
      ["no-subscription-on-topic", TOPIC, ON_TOPIC, { nearest: "other-name" }],
    ],
    [
      "a subscription on a topic of another key",
      {
        'aws_sns_topic.each["a"]': { name: "a" },
        'aws_sns_topic.each["b"]': { name: "b" },
        [ALARM]: { alarm_actions: [reference('aws_sns_topic.each["a"]', "arn")] },
        [QUEUE]: { topic_arn: reference('aws_sns_topic.each["b"]', "arn") },
      },
      ["no-subscription-on-topic", 'aws_sns_topic.each["a"]', ON_TOPIC, { nearest: "other-key" }],
    ],
    [
      "a subscription on a topic elsewhere",
      {
        [QUEUE]: { topic_arn: TOPIC_ELSEWHERE },
        [TOPIC]: { ".account": HOME, ".region": "us-east-1" },
      },
      ["no-subscription-on-topic", TOPIC, ON_TOPIC, { nearest: undefined }],
    ],
    [
      "an e-mail that nobody has confirmed",
      { [QUEUE]: MAIL },
      ["subscription-pending", QUEUE, [`${QUEUE} protocol`, `${QUEUE} endpoint`], { protocol: "email" }],
    ],
    [
      "a subscription that filters the alarm away",
      { [QUEUE]: { filter_policy: '{"source":["x"]}' } },
      ["subscription-filters-alarm-away", QUEUE, FILTER_POLICY],
    ],
    [
      "a filter policy that AWS refuses",
      { [QUEUE]: { filter_policy: '{"source":[]}' } },
      ["filter-policy-refused", QUEUE, FILTER_POLICY, { problem: "empty-list" }],
    ],
    [
      "a filter policy that asks for what is not known",
      { [QUEUE]: { filter_policy: '{"Severity":["high"]}', filter_policy_scope: "MessageBody" } },
      ["filter-policy-not-decided", QUEUE, FILTER_POLICY],
    ],
    [
      "a filter policy that is not known",
      { [QUEUE]: { filter_policy: OPEN } },
      ["not-known-before-apply", QUEUE, [`${QUEUE} filter_policy`], waits("filter_policy")],
    ],
    [
      "a subscription of which it is not known on which topic it is",
      { [QUEUE]: { topic_arn: unknown({ why: "local-without-sources", subject: "local.topic" }) } },
      [
        "not-known-before-apply",
        QUEUE,
        [`${QUEUE} topic_arn`],
        { attribute: "topic_arn", origin: { why: "local-without-sources", subject: "local.topic" } },
      ],
    ],
    [
      "a subscription of which it is not known how it delivers",
      { [QUEUE]: { protocol: OPEN } },
      ["not-known-before-apply", QUEUE, [`${QUEUE} protocol`], waits("protocol")],
    ],
    [
      "a subscription of which it is not known whether it is confirmed",
      { [QUEUE]: { protocol: "email", pending_confirmation: OPEN, ".fresh": false } },
      ["not-known-before-apply", QUEUE, [`${QUEUE} pending_confirmation`], waits("pending_confirmation")],
    ],
    [
      "subscribers elsewhere",
      { [ALARM]: { alarm_actions: [TOPIC_ELSEWHERE] } },
      ["subscribers-outside-inputs", TOPIC_ELSEWHERE, [TOPIC_ELSEWHERE]],
    ],
    [
      "subscribers of a secret topic elsewhere",
      { [ALARM]: { alarm_actions: [known(TOPIC_ELSEWHERE, true)] } },
      ["subscribers-outside-inputs", "(sensitive)", ["(sensitive)"]],
    ],
    [
      "FIFO topics and messages to phones",
      { [TOPIC]: { fifo_topic: true }, [QUEUE]: { protocol: "sms", endpoint: "+15550100" } },
      [
        "endpoint-not-for-topic",
        QUEUE,
        [`${QUEUE} topic_arn`, `${QUEUE} protocol`, `${QUEUE} endpoint`],
        { how: "fifo-topic" },
      ],
    ],
    [
      "FIFO queues on standard topics",
      { [INBOX]: { name: "inbox", fifo_queue: true, policy: OPEN } },
      [
        "endpoint-not-for-topic",
        QUEUE,
        [`${QUEUE} topic_arn`, `${QUEUE} protocol`, `${QUEUE} endpoint`],
        { how: "fifo-queue" },
      ],
    ],
    [
      "a queue that shuts the topic out",
      { [INBOX]: { name: "inbox", policy: NOBODY } },
      ["queue-shuts-topic-out", INBOX, [`${INBOX} policy`, `${QUEUE} topic_arn`], { how: "queue-policy" }],
    ],
    [
      "a queue without a policy here",
      { [INBOX]: { name: "inbox" } },
      ["queue-shuts-topic-out", INBOX, [`${INBOX} policy`, `${QUEUE} topic_arn`], { how: "no-policy" }],
    ],
    [
      "a function whose permission is for another service",
      {
        [QUEUE]: { protocol: "lambda", endpoint: reference("aws_lambda_function.f", "arn") },
        "aws_lambda_function.f": { function_name: "f" },
        "aws_lambda_permission.p": { function_name: "f", action: "lambda:*", principal: "s3.amazonaws.com" },
      },
      [
        "function-shuts-topic-out",
        "aws_lambda_function.f",
        [
          "aws_lambda_permission.p principal",
          "aws_lambda_permission.p source_arn",
          "aws_lambda_permission.p qualifier",
          `${QUEUE} topic_arn`,
        ],
        { how: "other-permission" },
      ],
    ],
    [
      "a function without a permission here",
      {
        [QUEUE]: { protocol: "lambda", endpoint: reference("aws_lambda_function.f", "arn") },
        "aws_lambda_function.f": { function_name: "f" },
      },
      [
        "function-shuts-topic-out",
        "aws_lambda_function.f",
        [`${QUEUE} endpoint`, `${QUEUE} topic_arn`],
        { how: "no-permission" },
      ],
    ],
    [
      "a stream without a role",
      { [QUEUE]: { protocol: "firehose", endpoint: STREAM_ELSEWHERE } },
      ["stream-role-cannot-write", QUEUE, [`${QUEUE} subscription_role_arn`], { how: "no-role" }],
    ],
  ])("%s", (_, changes, wanted) => {
    expect(causesOf(changes)).toEqual([asObject(wanted)]);
  });
});

describe("the cause that is told, of several", () => {
  test("the subscription that comes nearest, of several that do not do", () => {
    const second = "aws_sns_topic_subscription.second";
    const changes = {
      [QUEUE]: { ...MAIL, filter_policy: '{"source":["x"]}' },
      [second]: { topic_arn: reference(TOPIC, "arn"), protocol: "email", endpoint: "x" },
    };
    const shows = [`${second} protocol`, `${second} endpoint`];
    expect(causesOf(changes)[0]).toMatchObject(
      asObject(["subscription-pending", second, shows, { protocol: "email" }]),
    );
  });
});

describe("queues of another account", () => {
  const far = (account: string) => `arn:aws:sns:us-east-1:${account}:far`;
  const queueOf = (account: string) => `arn:aws:sqs:us-east-1:${account}:inbox`;
  const here = { ".account": HOME };
  const at = (account: string): Changes => ({
    [TOPIC]: { ".account": account },
    [ALARM]: { ".account": account },
    [FILTER]: { ".account": account },
    [GROUP]: { ".account": account },
    [TRAIL]: { ".account": account },
  });

  test.each<[string, Changes, string | undefined]>([
    ["as the topic's", { ...at(HOME), [QUEUE]: { endpoint: queueOf(HOME), ".account": HOME } }, undefined],
    [
      "are to confirm",
      { ...at(HOME), [QUEUE]: { endpoint: queueOf(OTHER), ".account": HOME } },
      "subscription-pending",
    ],
    [
      "that subscribe themselves",
      { ...at(HOME), [QUEUE]: { endpoint: queueOf(OTHER), ".account": OTHER } },
      undefined,
    ],
    [
      "by reference are to confirm",
      {
        ...at(HOME),
        [INBOX]: { name: "inbox", policy: OPEN, ".account": OTHER },
        [QUEUE]: here,
      },
      "subscription-pending",
    ],
    ["where the topic's is not told", { [QUEUE]: { endpoint: queueOf(OTHER), ".account": HOME } }, undefined],
    [
      "than a topic elsewhere are to confirm",
      {
        [ALARM]: { alarm_actions: [far(HOME)] },
        [QUEUE]: { topic_arn: far(HOME), endpoint: queueOf(OTHER), ".account": HOME },
      },
      "subscribers-outside-inputs",
    ],
    [
      "as of a topic elsewhere",
      {
        [ALARM]: { alarm_actions: [far(OTHER)] },
        [QUEUE]: { topic_arn: far(OTHER), endpoint: queueOf(OTHER), ".account": HOME },
      },
      undefined,
    ],
    [
      "of which it is not known which one",
      {
        ...at(HOME),
        [INBOX]: { name: "inbox", policy: OPEN, ".account": OTHER },
        "aws_sqs_queue.own": { name: "own", policy: OPEN, ".account": HOME },
        [QUEUE]: {
          endpoint: oneOf(reference(INBOX, "arn"), reference("aws_sqs_queue.own", "arn")),
          ".account": HOME,
        },
      },
      "not-known-before-apply",
    ],
  ])("%s", (_, changes, wanted) => {
    expect(judge(changed(changes)).causes[0]?.code).toBe(wanted);
  });
});
