// Repairs of what stands beside the chain: the trail's role and ARN, and what is behind a subscription.

import type { ResourceInstance } from "../../model/graph.ts";
import { stringOf } from "../../model/value.ts";
import { argumentsOf, type Expression, literal } from "../block.ts";
import { asName } from "../hcl-text.ts";
import { type Home, homeOf } from "../part.ts";
import { rewrite } from "../reach.ts";
import { CARRY_OVER, documentBlock, type Grant, written } from "./pieces.ts";
import { type CauseOf, concerned, type Repair, setOnSubject, type Workshop } from "./repair.ts";
import { SUBSCRIPTION } from "./subscription.ts";

/** Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html */
export const letTrailWrite: Repair<"trail-role-cannot-write"> = (cause, workshop) => {
  const { draft } = workshop;
  const role = draft.find(cause.subject);
  const trail = concerned(cause, "aws_cloudtrail", workshop);
  if (role === undefined || trail === undefined) return;
  if (cause.how === "trust") return trust(role, "cloudtrail.amazonaws.com", workshop);
  const home = homeOf(role);
  const group = rewrite(draft, home, trail.read("cloud_watch_logs_group_arn"));
  const actions = ["logs:CreateLogStream", "logs:PutLogEvents"];
  allowRole(role, { service: undefined, actions, resources: [group ?? literal("*")] }, workshop);
};

/** Source: https://docs.aws.amazon.com/sns/latest/dg/prereqs-kinesis-data-firehose.html */
export const letTopicWrite: Repair<"stream-role-cannot-write"> = (cause, workshop) => {
  const { draft } = workshop;
  const subscription = concerned(cause, SUBSCRIPTION, workshop);
  const role = concerned(cause, "aws_iam_role", workshop);
  if (subscription === undefined || role === undefined) {
    const name = cause.subject?.address ?? "The subscription";
    draft.note(`${name} needs a subscription_role_arn: a role that sns.amazonaws.com may assume.`);
    return;
  }
  if (cause.how === "trust") return trust(role, "sns.amazonaws.com", workshop);
  const stream = rewrite(draft, homeOf(role), subscription.read("endpoint"));
  const actions = ["firehose:PutRecord", "firehose:PutRecordBatch"];
  allowRole(role, { service: undefined, actions, resources: [stream ?? literal("*")] }, workshop);
};

function trust(role: ResourceInstance, service: string, { draft }: Workshop): void {
  const home = homeOf(role);
  const document = documentBlock(draft, home, asName(`${role.address.name}_trust`), [
    { service, actions: ["sts:AssumeRole"], resources: [] },
  ]);
  draft.change(role, { set: argumentsOf({ assume_role_policy: document }), remark: CARRY_OVER });
}

function allowRole(role: ResourceInstance, grant: Grant, { draft }: Workshop): void {
  const home = homeOf(role);
  const name = asName(`${role.address.name}_write`);
  draft.add(home, {
    type: "aws_iam_role_policy",
    name,
    arguments: argumentsOf({
      role: written(draft, home, role, "id"),
      policy: documentBlock(draft, home, name, [grant]),
    }),
  });
  draft.note(`If ${role.name} is denied this elsewhere, or by a permissions boundary, that has to go too.`);
}

export const completeArn: Repair<"trail-log-group-arn-incomplete"> = (cause, workshop) => {
  const trail = workshop.draft.find(cause.subject);
  const arn = stringOf(trail?.read("cloud_watch_logs_group_arn") ?? literalNothing);
  if (arn !== undefined) setOnSubject(cause, workshop, "cloud_watch_logs_group_arn", `${arn}:*`);
};

const literalNothing = { kind: "known", value: null, sensitive: false } as const;

/** Source: https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html */
export const openQueue: Repair<"queue-shuts-topic-out"> = (cause, workshop) => {
  const { draft } = workshop;
  const queue = draft.find(cause.subject);
  if (queue === undefined) return;
  if (cause.how === "key-disabled") return enableKey(cause, workshop);
  if (cause.how === "aws-managed-key" || cause.how === "key-policy") {
    draft.note(
      `${queue.name} needs a key of its own whose policy allows sns.amazonaws.com kms:GenerateDataKey* and kms:Decrypt, or no kms_master_key_id.`,
    );
    return;
  }
  const policy = concerned(cause, "aws_sqs_queue_policy", workshop);
  const home = homeOf(policy ?? queue);
  const document = documentBlock(draft, home, asName(`${queue.address.name}_from_topic`), [
    fromTopic(written(draft, home, queue, "arn"), topicArn(cause, home, workshop)),
  ]);
  if (policy !== undefined || cause.how === "queue-policy") {
    draft.change(policy ?? queue, { set: argumentsOf({ policy: document }), remark: CARRY_OVER });
    return;
  }
  const url = written(draft, home, queue, "id");
  draft.add(home, {
    type: "aws_sqs_queue_policy",
    name: queue.address.name,
    arguments: argumentsOf({ queue_url: url, policy: document }),
  });
};

function fromTopic(queue: Expression, topic: Expression | undefined): Grant {
  const condition = { test: "ArnEquals", variable: "aws:SourceArn" };
  return {
    service: "sns.amazonaws.com",
    actions: ["sqs:SendMessage"],
    resources: [queue],
    ...(topic === undefined ? {} : { condition: { ...condition, values: [topic] } }),
  };
}

/** The topic of the subscription that the cause rests on. */
function topicArn(
  cause: CauseOf<"queue-shuts-topic-out" | "function-shuts-topic-out">,
  home: Home,
  workshop: Workshop,
): Expression | undefined {
  const subscription = concerned(cause, SUBSCRIPTION, workshop);
  return subscription && rewrite(workshop.draft, home, subscription.read("topic_arn"));
}

export function enableKey(
  cause: CauseOf<"queue-shuts-topic-out" | "topic-key-shuts-cloudwatch-out">,
  workshop: Workshop,
): void {
  const key = concerned(cause, "aws_kms_key", workshop);
  if (key !== undefined) workshop.draft.change(key, { set: argumentsOf({ is_enabled: literal(true) }) });
}

/** Source: https://docs.aws.amazon.com/sns/latest/dg/lambda-permissions.html */
export const letTopicCall: Repair<"function-shuts-topic-out"> = (cause, workshop) => {
  const { draft } = workshop;
  const called = draft.find(cause.subject);
  if (called === undefined) return;
  const home = homeOf(called);
  draft.add(home, {
    type: "aws_lambda_permission",
    name: asName(`${called.address.name}_from_topic`),
    arguments: argumentsOf({
      action: literal("lambda:InvokeFunction"),
      function_name: written(draft, home, called, "function_name"),
      principal: literal("sns.amazonaws.com"),
      source_arn: topicArn(cause, home, workshop),
    }),
  });
  draft.note("If the subscription names an alias or a version, give the permission its qualifier.");
};

export const otherTopic: Repair<"endpoint-not-for-topic"> = (cause, { draft }) => {
  const name = cause.subject?.address ?? "The subscription";
  draft.note(
    cause.how === "fifo-topic"
      ? `${name} is on a FIFO topic, which delivers to SQS queues alone: tell a standard topic, or subscribe a queue.`
      : `${name} puts a FIFO queue on a standard topic: subscribe a standard queue.`,
  );
};
