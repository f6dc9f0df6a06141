// What is behind a subscription, and the role that a trail writes with: which policies belong to which object. What a
// policy says is in the tables of test/unit/aws.

import { describe, expect, test } from "vitest";
import { known } from "../../../src/model/value.ts";
import { judge } from "../../tools/chain-world.ts";
import { strangeEvidence } from "../../tools/known-attributes.ts";
import { type Attributes, changed, OPEN, oneOf, reference, type WorldParts } from "../../tools/world.ts";

const TRAIL = "aws_cloudtrail.main";
const TOPIC = "aws_sns_topic.alerts";
const SUBSCRIPTION = "aws_sns_topic_subscription.queue";
const QUEUE = "aws_sqs_queue.inbox";
const QUEUE_POLICY = "aws_sqs_queue_policy.inbox";
const ROLE = "aws_iam_role.trail";
const HOME = "111122223333";

const policy = (...statements: readonly object[]) => JSON.stringify({ Statement: statements });
const allow = (service: string, action: string | readonly string[], more: object = {}) => ({
  Effect: "Allow",
  Principal: { Service: service },
  Action: action,
  Resource: "*",
  ...more,
});
const SENDS = policy(allow("sns.amazonaws.com", "sqs:SendMessage"));
const OTHER_TOPIC = policy(
  allow("sns.amazonaws.com", "sqs:SendMessage", {
    Condition: { ArnEquals: { "aws:SourceArn": `arn:aws:sns:us-east-1:${HOME}:other` } },
  }),
);

type Changes = Readonly<Record<string, Attributes | undefined>>;
type Row = readonly [story: string, changes: Changes, outcome: string, parts?: WorldParts];

const table = (rows: readonly Row[]) =>
  rows.map(([story, changes, outcome, parts]) => ({ story, changes, outcome, parts }));

function tell(changes: Changes, parts: WorldParts = {}): string {
  const answer = judge(changed(changes), parts);
  expect(strangeEvidence(answer)).toEqual([]);
  const { verdict, link, causes, remarks } = answer;
  const [first] = causes;
  const how = first !== undefined && "how" in first ? ` ${first.how}` : "";
  const cause = first === undefined ? "" : `: ${first.code}${how} ${first.subject?.address ?? ""}`;
  const told = verdict === "satisfied" ? remarks.map(({ code }) => code).join(", ") : "";
  return `${verdict}${link === undefined ? "" : ` at ${link}`}${cause}${told === "" ? "" : `; ${told}`}`;
}

const queue = (attributes: Attributes = {}): Changes => ({ [QUEUE]: { name: "inbox", ...attributes } });
const queueAnd = (own: Attributes, more: Changes): Changes => ({ ...queue(own), ...more });
const separate = (attributes: Attributes): Changes => ({
  [QUEUE_POLICY]: { queue_url: reference(QUEUE, "id"), ...attributes },
});
/** Where topic and alarm are, so that an ARN of another topic is told from theirs. */
const HERE: Changes = {
  [TOPIC]: { ".account": HOME, ".region": "us-east-1" },
  "aws_cloudwatch_metric_alarm.denied": { ".account": HOME },
};
const NO_POLICY = `undecided at subscription: queue-shuts-topic-out no-policy ${QUEUE}`;
const KEY = { kms_master_key_id: reference("aws_kms_key.q", "arn") };
const SNS_KEY = policy(allow("sns.amazonaws.com", ["kms:Decrypt", "kms:GenerateDataKey*"]));

describe("queues", () => {
  test.each(
    table([
      ["outside the inputs", {}, "satisfied; rights-not-seen"],
      ["without a policy", queue(), NO_POLICY],
      ["with a policy of its own", queue({ policy: SENDS }), "satisfied"],
      [
        "with a policy for another topic",
        queueAnd({ policy: OTHER_TOPIC }, HERE),
        `violated at subscription: queue-shuts-topic-out queue-policy ${QUEUE}`,
        {},
      ],
      ["with a policy resource", queueAnd({}, separate({ policy: SENDS })), "satisfied"],
      [
        "with a policy resource in place of its own",
        queueAnd({ policy: OTHER_TOPIC }, separate({ policy: SENDS })),
        "satisfied",
      ],
      [
        "with a policy that is not known",
        queueAnd({}, separate({ policy: OPEN })),
        `undecided at subscription: not-known-before-apply ${QUEUE_POLICY}`,
      ],
      [
        "with a policy of which it is not known whose it is",
        queueAnd({}, separate({ queue_url: OPEN, policy: SENDS })),
        `undecided at subscription: not-known-before-apply ${QUEUE_POLICY}`,
      ],
      [
        "with the policy of another queue",
        queueAnd(
          {},
          {
            "aws_sqs_queue.other": { name: "other" },
            "aws_sqs_queue_policy.other": {
              queue_url: reference("aws_sqs_queue.other", "id"),
              policy: SENDS,
            },
          },
        ),
        NO_POLICY,
      ],
      [
        "whose policy may be behind something unknown",
        queue(),
        `undecided at subscription: not-known-before-apply ${QUEUE}`,
        {
          gaps: {
            aws_sqs_queue_policy: {
              origin: { why: "after-apply", subject: "x" },
              types: undefined,
              location: undefined,
            },
          },
        },
      ],
      [
        "whose policy resource goes",
        queue({ policy: SENDS, ".fresh": false }),
        `undecided at subscription: not-known-before-apply ${QUEUE}`,
        { gone: [QUEUE_POLICY] },
      ],
      [
        "encrypted with the key of AWS",
        queue({ policy: SENDS, kms_master_key_id: "alias/aws/sqs" }),
        `violated at subscription: queue-shuts-topic-out aws-managed-key ${QUEUE}`,
      ],
      ["encrypted by SQS itself", queue({ policy: SENDS, sqs_managed_sse_enabled: true }), "satisfied"],
      [
        "encrypted with a key that lets SNS in",
        queueAnd({ policy: SENDS, ...KEY }, { "aws_kms_key.q": { policy: SNS_KEY } }),
        "satisfied",
      ],
      [
        "encrypted with a key that does not",
        queueAnd({ policy: SENDS, ...KEY }, { "aws_kms_key.q": {} }),
        `violated at subscription: queue-shuts-topic-out key-policy ${QUEUE}`,
      ],
      [
        "encrypted with a key that a policy of its own opens",
        queueAnd(
          { policy: SENDS, ...KEY },
          {
            "aws_kms_key.q": {},
            "aws_kms_key_policy.q": { key_id: reference("aws_kms_key.q", "id"), policy: SNS_KEY },
          },
        ),
        "satisfied",
      ],
      [
        "encrypted with a key that is off",
        queueAnd({ policy: SENDS, ...KEY }, { "aws_kms_key.q": { policy: SNS_KEY, is_enabled: false } }),
        `violated at subscription: queue-shuts-topic-out key-disabled ${QUEUE}`,
      ],
      [
        "by an endpoint that is not known, while one here refuses",
        queueAnd({}, { [SUBSCRIPTION]: { endpoint: OPEN } }),
        `undecided at subscription: not-known-before-apply ${SUBSCRIPTION}`,
      ],
      [
        "by an endpoint that is one of two that take it",
        queueAnd(
          { policy: SENDS },
          {
            "aws_sqs_queue.b": { name: "b", policy: SENDS },
            [SUBSCRIPTION]: { endpoint: oneOf(reference(QUEUE, "arn"), reference("aws_sqs_queue.b", "arn")) },
          },
        ),
        "satisfied",
      ],
      [
        "that are FIFO, on a standard topic",
        queue({ policy: SENDS, fifo_queue: true }),
        `violated at subscription: endpoint-not-for-topic fifo-queue ${SUBSCRIPTION}`,
      ],
      [
        "outside the inputs that is a FIFO one by its name",
        { [SUBSCRIPTION]: { endpoint: `arn:aws:sqs:us-east-1:${HOME}:inbox.fifo` } },
        `violated at subscription: endpoint-not-for-topic fifo-queue ${SUBSCRIPTION}`,
      ],
      [
        "with a policy that is not known, beside one that may be theirs",
        queueAnd({ policy: SENDS }, separate({ queue_url: OPEN, policy: OTHER_TOPIC })),
        `undecided at subscription: not-known-before-apply ${QUEUE_POLICY}`,
      ],
      [
        "with a policy of their own, beside one that may be theirs and says the same",
        queueAnd({ policy: SENDS }, separate({ queue_url: OPEN, policy: SENDS })),
        "satisfied",
      ],
      [
        "that are FIFO, on a FIFO topic elsewhere",
        {
          ...queue({ policy: SENDS, fifo_queue: true }),
          "aws_cloudwatch_metric_alarm.denied": { alarm_actions: [`arn:aws:sns:us-east-1:${HOME}:x.fifo`] },
          [SUBSCRIPTION]: { topic_arn: `arn:aws:sns:us-east-1:${HOME}:x.fifo` },
        },
        "satisfied",
      ],
      [
        "that are FIFO, on a standard topic elsewhere",
        {
          ...queue({ policy: SENDS, fifo_queue: true }),
          "aws_cloudwatch_metric_alarm.denied": { alarm_actions: [`arn:aws:sns:us-east-1:${HOME}:x`] },
          [SUBSCRIPTION]: { topic_arn: `arn:aws:sns:us-east-1:${HOME}:x` },
        },
        `undecided at subscription: subscribers-outside-inputs arn:aws:sns:us-east-1:${HOME}:x`,
      ],
      [
        "of which it is not known whether they are FIFO",
        queue({ policy: SENDS, fifo_queue: OPEN }),
        `undecided at subscription: not-known-before-apply ${SUBSCRIPTION}`,
      ],
      [
        "under a key that is not known",
        queue({ policy: SENDS, kms_master_key_id: OPEN }),
        `undecided at subscription: not-known-before-apply ${QUEUE}`,
      ],
      [
        "that are standard, on a FIFO topic",
        queueAnd({ policy: SENDS }, { [TOPIC]: { fifo_topic: true } }),
        "satisfied",
      ],
    ]),
  )("$story", ({ changes, outcome, parts }) => {
    expect(tell(changes, parts)).toBe(outcome);
  });

  test("are found by the URL that a state has of them", () => {
    const here = { ".account": HOME, ".region": "us-east-1" };
    const url = `https://sqs.us-east-1.amazonaws.com/${HOME}/inbox`;
    expect(
      tell({ [QUEUE]: { name: "inbox", ...here }, [QUEUE_POLICY]: { queue_url: url, policy: SENDS } }),
    ).toBe("satisfied");
  });
});

const FUNCTION = "aws_lambda_function.notify";
const calling = (endpoint: Attributes["endpoint"], more: Changes): Changes => ({
  [FUNCTION]: { function_name: "notify" },
  [SUBSCRIPTION]: { protocol: "lambda", endpoint: endpoint ?? null },
  ...more,
});
const permission = (attributes: Attributes = {}): Changes => ({
  "aws_lambda_permission.notify": {
    function_name: reference(FUNCTION, "function_name"),
    action: "lambda:InvokeFunction",
    principal: "sns.amazonaws.com",
    source_arn: reference(TOPIC, "arn"),
    ...attributes,
  },
});
const ALIAS = { "aws_lambda_alias.live": { name: "live", function_name: reference(FUNCTION, "arn") } };

const FUNCTION_ARN = `arn:aws:lambda:us-east-1:${HOME}:function:notify`;
const functionHere: Changes = {
  [FUNCTION]: { function_name: "notify", ".account": HOME, ".region": "us-east-1" },
  "aws_lambda_permission.notify": { ".account": HOME, ".region": "us-east-1" },
};
const MORE = { origin: { why: "after-apply", subject: "x" }, types: undefined, location: undefined } as const;

describe("functions", () => {
  test.each(
    table([
      [
        "without a permission",
        calling(reference(FUNCTION, "arn"), {}),
        `undecided at subscription: function-shuts-topic-out no-permission ${FUNCTION}`,
      ],
      ["with one for the topic", calling(reference(FUNCTION, "arn"), permission()), "satisfied"],
      [
        "with one by name",
        calling(reference(FUNCTION, "arn"), permission({ function_name: "notify" })),
        "satisfied",
      ],
      [
        "with one for another service",
        calling(reference(FUNCTION, "arn"), permission({ principal: "s3.amazonaws.com" })),
        `violated at subscription: function-shuts-topic-out other-permission ${FUNCTION}`,
      ],
      [
        "with one for another service, of which it is not known whose it is",
        calling(
          reference(FUNCTION, "arn"),
          permission({ principal: "s3.amazonaws.com", function_name: OPEN }),
        ),
        "undecided at subscription: not-known-before-apply aws_lambda_permission.notify",
      ],
      [
        "with one for another topic, which it refers to",
        calling(reference(FUNCTION, "arn"), {
          ...HERE,
          "aws_sns_topic.other": { name: "other", ".account": HOME, ".region": "us-east-1" },
          ...permission({ source_arn: reference("aws_sns_topic.other", "arn") }),
        }),
        `violated at subscription: function-shuts-topic-out other-permission ${FUNCTION}`,
      ],
      [
        "with one of another function",
        calling(reference(FUNCTION, "arn"), {
          "aws_lambda_function.other": { function_name: "other" },
          ...permission({ function_name: "other" }),
        }),
        `undecided at subscription: function-shuts-topic-out no-permission ${FUNCTION}`,
      ],
      [
        "by an alias, with a permission on it",
        calling(reference("aws_lambda_alias.live", "arn"), {
          ...ALIAS,
          ...permission({ qualifier: "live" }),
        }),
        "satisfied",
      ],
      [
        "by an alias, with a permission on the function alone",
        calling(reference("aws_lambda_alias.live", "arn"), { ...ALIAS, ...permission() }),
        `violated at subscription: function-shuts-topic-out other-permission ${FUNCTION}`,
      ],
      [
        "by a version of which the number is not known",
        calling(reference(FUNCTION, "qualified_arn"), permission({ qualifier: "1" })),
        "undecided at subscription: not-known-before-apply aws_lambda_permission.notify",
      ],
      [
        "by its ARN, without a permission",
        calling(`arn:aws:lambda:us-east-1:${HOME}:function:notify`, {
          [FUNCTION]: { function_name: "notify", ".account": HOME, ".region": "us-east-1" },
        }),
        `undecided at subscription: function-shuts-topic-out no-permission ${FUNCTION}`,
      ],
      [
        "by a version, with a permission on it",
        calling(`${FUNCTION_ARN}:7`, {
          ...functionHere,
          ...permission({ function_name: "notify", qualifier: "7" }),
        }),
        "satisfied",
      ],
      [
        "by a version, with a permission on another one",
        calling(`${FUNCTION_ARN}:7`, {
          ...functionHere,
          ...permission({ function_name: "notify", qualifier: "8" }),
        }),
        `violated at subscription: function-shuts-topic-out other-permission ${FUNCTION}`,
      ],
      [
        "by its ARN, with a permission on a version",
        calling(FUNCTION_ARN, {
          ...functionHere,
          ...permission({ function_name: "notify", qualifier: "7" }),
        }),
        `violated at subscription: function-shuts-topic-out other-permission ${FUNCTION}`,
      ],
      [
        "by the alias that it can only be",
        calling(oneOf(reference("aws_lambda_alias.live", "arn")), {
          ...ALIAS,
          ...permission({ qualifier: "live" }),
        }),
        "satisfied",
      ],
      [
        "as one of two, of which one has a permission",
        calling(oneOf(reference(FUNCTION, "arn"), reference("aws_lambda_function.other", "arn")), {
          "aws_lambda_function.other": { function_name: "other" },
          ...permission(),
        }),
        "undecided at subscription: function-shuts-topic-out no-permission aws_lambda_function.other",
      ],
      [
        "by what is not known",
        calling(OPEN, permission({ principal: "s3.amazonaws.com" })),
        `undecided at subscription: not-known-before-apply ${SUBSCRIPTION}`,
      ],
      [
        "with a permission that is not known",
        calling(reference(FUNCTION, "arn"), permission({ principal: OPEN })),
        "undecided at subscription: not-known-before-apply aws_lambda_permission.notify",
      ],
      [
        "with a permission that may not be there",
        calling(reference(FUNCTION, "arn"), permission({ ".exists": "maybe" })),
        "undecided at subscription: not-known-before-apply aws_lambda_permission.notify",
      ],
      [
        "without a permission, while some are not listed",
        calling(reference(FUNCTION, "arn"), {}),
        `undecided at subscription: not-known-before-apply ${SUBSCRIPTION}`,
        { gaps: { aws_lambda_permission: MORE } },
      ],
      [
        "with one for another service, while some are not listed",
        calling(reference(FUNCTION, "arn"), permission({ principal: "s3.amazonaws.com" })),
        "undecided at subscription: not-known-before-apply aws_lambda_permission.notify",
        { gaps: { aws_lambda_permission: MORE } },
      ],
      [
        "outside the inputs, by an alias",
        {
          [SUBSCRIPTION]: {
            protocol: "lambda",
            endpoint: `arn:aws:lambda:us-east-1:${HOME}:function:x:live`,
          },
        },
        "satisfied; rights-not-seen",
      ],
    ]),
  )("$story", ({ changes, outcome, parts }) => {
    expect(tell(changes, parts)).toBe(outcome);
  });
});

const STREAM = "aws_kinesis_firehose_delivery_stream.s";
const STREAM_ARN = `arn:aws:firehose:us-east-1:${HOME}:deliverystream/alarms`;
const STREAM_ROLE = "aws_iam_role.stream";
const PUTS = [
  "firehose:DescribeDeliveryStream",
  "firehose:ListDeliveryStreams",
  "firehose:ListTagsForDeliveryStream",
  "firehose:PutRecord",
  "firehose:PutRecordBatch",
];
/** A stream of the inputs, and a role that may write to what `resource` names. */
const streaming = (endpoint: Attributes["endpoint"], resource: string, more: Changes = {}): Changes => ({
  [SUBSCRIPTION]: {
    protocol: "firehose",
    endpoint: endpoint ?? null,
    subscription_role_arn: reference(STREAM_ROLE, "arn"),
    ".account": HOME,
    ".region": "us-east-1",
  },
  [STREAM]: { name: "alarms", ".account": HOME, ".region": "us-east-1" },
  [STREAM_ROLE]: {
    name: "stream",
    assume_role_policy: policy(allow("sns.amazonaws.com", "sts:AssumeRole", { Resource: undefined })),
  },
  "aws_iam_role_policy.stream": {
    name: "put",
    role: reference(STREAM_ROLE, "id"),
    policy: policy({ Effect: "Allow", Action: PUTS, Resource: resource }),
  },
  ...more,
});
const CANNOT = `stream-role-cannot-write rights ${STREAM_ROLE}`;

describe("delivery streams", () => {
  const other = "aws_kinesis_firehose_delivery_stream.other";
  test.each(
    table([
      ["by reference, with a role for all of them", streaming(reference(STREAM, "arn"), "*"), "satisfied"],
      ["found by their ARN, with a role for them", streaming(STREAM_ARN, STREAM_ARN), "satisfied"],
      [
        "found by their ARN, with a role for another one",
        streaming(STREAM_ARN, `${STREAM_ARN}-other`),
        `violated at subscription: ${CANNOT}`,
      ],
      [
        "outside the inputs, with a role for them",
        streaming(STREAM_ARN, STREAM_ARN, { [STREAM]: undefined }),
        "satisfied",
      ],
      [
        "outside the inputs, with a role for another one",
        streaming(STREAM_ARN, `${STREAM_ARN}-other`, { [STREAM]: undefined }),
        `violated at subscription: ${CANNOT}`,
      ],
      [
        "of which it is not known which one, with a role for one",
        streaming(oneOf(reference(STREAM, "arn"), reference(other, "arn")), STREAM_ARN, {
          [other]: { name: "other" },
        }),
        `undecided at subscription: not-known-before-apply ${SUBSCRIPTION}`,
      ],
      [
        "with a role that trusts another service",
        streaming(STREAM_ARN, "*", {
          [STREAM_ROLE]: {
            name: "stream",
            assume_role_policy: policy(allow("ec2.amazonaws.com", "sts:AssumeRole")),
          },
        }),
        `violated at subscription: stream-role-cannot-write trust ${STREAM_ROLE}`,
      ],
      [
        "with a role without any policy here",
        streaming(STREAM_ARN, "*", { "aws_iam_role_policy.stream": undefined }),
        `undecided at subscription: ${CANNOT}`,
      ],
      [
        "with a role that is not known",
        {
          ...streaming(STREAM_ARN, "*"),
          [SUBSCRIPTION]: { protocol: "firehose", endpoint: STREAM_ARN, subscription_role_arn: OPEN },
        },
        "satisfied; rights-not-seen",
      ],
      [
        "on a FIFO topic",
        streaming(STREAM_ARN, "*", { [TOPIC]: { fifo_topic: true } }),
        `violated at subscription: endpoint-not-for-topic fifo-topic ${SUBSCRIPTION}`,
      ],
    ]),
  )("$story", ({ changes, outcome, parts }) => {
    expect(tell(changes, parts)).toBe(outcome);
  });
});

const TRUSTS = policy(allow("cloudtrail.amazonaws.com", "sts:AssumeRole", { Resource: undefined }));
const WRITES = policy({
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: "*",
});
const READS = policy({ Effect: "Allow", Action: "logs:Get*", Resource: "*" });
const withRole = (role: Attributes, more: Changes = {}): Changes => ({
  [TRAIL]: { cloud_watch_logs_role_arn: reference(ROLE, "arn") },
  [ROLE]: { name: "trail", assume_role_policy: TRUSTS, ...role },
  ...more,
});
const inline = (attributes: Attributes = {}): Changes => ({
  "aws_iam_role_policy.trail": { name: "write", role: reference(ROLE, "id"), policy: WRITES, ...attributes },
});
const attached = (arn: Attributes["policy_arn"], more: Changes = {}): Changes => ({
  "aws_iam_role_policy_attachment.trail": { role: reference(ROLE, "name"), policy_arn: arn ?? null },
  ...more,
});
const GROUP = "aws_cloudwatch_log_group.trail";
const GROUP_ARN = `arn:aws:logs:us-east-1:${HOME}:log-group:trail`;

/** A role for one log group alone, and the ways in which a trail can write that group's ARN. */
function writtenGroups(): readonly Row[] {
  const Resource = `${GROUP_ARN}:log-stream:*`;
  const Action = ["logs:CreateLogStream", "logs:PutLogEvents"];
  const only = policy({ Effect: "Allow", Action, Resource });
  const other = policy({ Effect: "Allow", Action, Resource: Resource.replace("trail", "other") });
  const place = { ".account": HOME, ".region": "us-east-1", ".partition": "aws" };
  const having = (cloud_watch_logs_group_arn: Attributes["policy_arn"], own: string): Changes => ({
    ...withRole({}, inline({ policy: own })),
    [TRAIL]: {
      cloud_watch_logs_role_arn: reference(ROLE, "arn"),
      cloud_watch_logs_group_arn: cloud_watch_logs_group_arn ?? null,
      ...place,
    },
    [GROUP]: { arn: GROUP_ARN, ...place },
    "aws_cloudwatch_log_metric_filter.denied": place,
    "aws_cloudwatch_metric_alarm.denied": place,
    [TOPIC]: place,
  });
  const wild = { kind: "text", parts: [reference(GROUP, "arn"), known(":*")], sensitive: false } as const;
  const either = oneOf(known(`${GROUP_ARN}:*`));
  const ways: readonly (readonly [string, Attributes["policy_arn"]])[] = [
    ["in full", `${GROUP_ARN}:*`],
    ["by reference", wild],
    ["as a choice of one", either],
  ];
  return ways.flatMap(([way, value]): readonly Row[] => [
    [`with rights on the group that the trail writes ${way}`, having(value, only), SEEN],
    [`with rights on another group than the trail writes ${way}`, having(value, other), NO_RIGHTS],
  ]);
}
const OWN_POLICY = { "aws_iam_policy.write": { name: "write", policy: WRITES } };
const SEEN = "satisfied; rights-not-seen";
const NO_RIGHTS = `violated at trail: trail-role-cannot-write rights ${ROLE}`;
const NO_POLICY_HERE = `undecided at trail: trail-role-cannot-write rights ${ROLE}`;

describe("the trail's role", () => {
  test.each(
    table([
      [
        "outside the inputs",
        { [TRAIL]: { cloud_watch_logs_role_arn: `arn:aws:iam::${HOME}:role/elsewhere` } },
        "satisfied; rights-not-seen, rights-not-seen",
      ],
      ["without any policy here", withRole({}), NO_POLICY_HERE],
      ["with a policy of its own", withRole({}, inline()), SEEN],
      [
        "with the blocks of a policy on the group's ARN, behind which a plan does not show what stands",
        withRole(
          {},
          {
            ...inline({ policy: reference("data.aws_iam_policy_document.w", "json") }),
            "data.aws_iam_policy_document.w": {
              statement: [
                {
                  actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
                  resources: reference("aws_cloudwatch_log_group.trail", "arn"),
                },
              ],
            },
          },
        ),
        "undecided at trail: not-known-before-apply aws_iam_role_policy.trail",
      ],
      ...writtenGroups(),
      [
        "with a policy that gives no right, of which it is not known whose it is",
        withRole({}, inline({ role: OPEN, policy: READS })),
        `undecided at trail: not-known-before-apply ${ROLE}`,
      ],
      [
        "found by its ARN, path and all",
        {
          ...withRole({}, inline()),
          [TRAIL]: { cloud_watch_logs_role_arn: `arn:aws:iam::${HOME}:role/service/trail` },
        },
        SEEN,
      ],
      [
        "found by its ARN, without rights",
        { ...withRole({}), [TRAIL]: { cloud_watch_logs_role_arn: `arn:aws:iam::${HOME}:role/trail` } },
        NO_POLICY_HERE,
      ],
      [
        "named like one of another account, which has no rights",
        {
          ...withRole({ ".account": "444455556666" }),
          [TRAIL]: { cloud_watch_logs_role_arn: `arn:aws:iam::${HOME}:role/trail` },
        },
        "satisfied; rights-not-seen, rights-not-seen",
      ],
      [
        "that trusts another service",
        withRole({ assume_role_policy: policy(allow("ec2.amazonaws.com", "sts:AssumeRole")) }, inline()),
        `violated at trail: trail-role-cannot-write trust ${ROLE}`,
      ],
      [
        "with a policy that is not known",
        withRole({}, inline({ policy: OPEN })),
        "undecided at trail: not-known-before-apply aws_iam_role_policy.trail",
      ],
      ["with a policy for reading", withRole({}, inline({ policy: READS })), NO_RIGHTS],
      ["with a block", withRole({ inline_policy: [{ name: "write", policy: WRITES }] }), SEEN],
      [
        "with the policy of another role",
        withRole({}, { "aws_iam_role.other": { name: "other" }, ...inline({ role: "other" }) }),
        NO_POLICY_HERE,
      ],
      [
        "with a policy attached",
        withRole({}, attached(reference("aws_iam_policy.write", "arn"), OWN_POLICY)),
        SEEN,
      ],
      [
        "with a policy attached to several roles",
        withRole(
          {},
          {
            ...OWN_POLICY,
            "aws_iam_policy_attachment.all": {
              roles: ["other", reference(ROLE, "name")],
              policy_arn: reference("aws_iam_policy.write", "arn"),
            },
          },
        ),
        SEEN,
      ],
      [
        "with a policy of AWS",
        withRole({ managed_policy_arns: ["arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"] }),
        SEEN,
      ],
      [
        "with a policy of AWS that is not in the list",
        withRole({}, attached("arn:aws:iam::aws:policy/job-function/ViewOnlyAccess")),
        `undecided at trail: not-known-before-apply ${ROLE}`,
      ],
      [
        "under a boundary that lets it",
        withRole(
          { permissions_boundary: reference("aws_iam_policy.write", "arn") },
          { ...OWN_POLICY, ...inline() },
        ),
        SEEN,
      ],
      [
        "under a boundary that does not",
        withRole(
          { permissions_boundary: reference("aws_iam_policy.read", "arn") },
          { "aws_iam_policy.read": { policy: READS }, ...inline() },
        ),
        NO_RIGHTS,
      ],
      [
        "under a boundary elsewhere",
        withRole({ permissions_boundary: `arn:aws:iam::${HOME}:policy/boundary` }, inline()),
        `undecided at trail: not-known-before-apply ${ROLE}`,
      ],
      [
        "under an exclusive list that names the policy",
        withRole(
          {},
          {
            ...inline(),
            "aws_iam_role_policies_exclusive.trail": {
              role_name: reference(ROLE, "name"),
              policy_names: ["write"],
            },
          },
        ),
        SEEN,
      ],
      [
        "under an exclusive list that does not",
        withRole(
          {},
          {
            ...inline(),
            "aws_iam_role_policies_exclusive.trail": { role_name: reference(ROLE, "name"), policy_names: [] },
          },
        ),
        `undecided at trail: not-known-before-apply ${ROLE}`,
      ],
      [
        "whose state still shows a policy that goes",
        withRole({
          ".fresh": false,
          inline_policy: [{ name: "write", policy: WRITES }],
          managed_policy_arns: [],
        }),
        `undecided at trail: not-known-before-apply ${ROLE}`,
        { gone: ["aws_iam_role_policy.trail"] },
      ],
    ]),
  )("$story", ({ changes, outcome, parts }) => {
    expect(tell(changes, parts)).toBe(outcome);
  });
});

describe("topic policies and keys", () => {
  const PUBLISHES = policy(allow("cloudwatch.amazonaws.com", "sns:Publish"));
  const SHUT = policy();
  test.each(
    table([
      [
        "two documents that a condition picks from, and both let CloudWatch in",
        {
          [TOPIC]: {
            policy: oneOf(
              reference("data.aws_iam_policy_document.a", "json"),
              reference("data.aws_iam_policy_document.b", "json"),
            ),
          },
          ...documents("cloudwatch.amazonaws.com", "cloudwatch.amazonaws.com"),
        },
        SEEN,
      ],
      [
        "two documents, and one does not",
        {
          [TOPIC]: {
            policy: oneOf(
              reference("data.aws_iam_policy_document.a", "json"),
              reference("data.aws_iam_policy_document.b", "json"),
            ),
          },
          ...documents("cloudwatch.amazonaws.com", "events.amazonaws.com"),
        },
        `undecided at action: not-known-before-apply ${TOPIC}`,
      ],
      [
        "a policy resource that goes leaves the default one behind",
        { [TOPIC]: { policy: SHUT, ".fresh": false } },
        `undecided at action: not-known-before-apply ${TOPIC}`,
        { gone: ["aws_sns_topic_policy.alerts"] },
      ],
      [
        "a policy resource that replaces what the topic says, for the better",
        {
          [TOPIC]: { policy: SHUT },
          "aws_sns_topic_policy.own": { arn: reference(TOPIC, "arn"), policy: PUBLISHES },
        },
        SEEN,
      ],
      [
        "a policy resource that is the topic's beside one that may be, and both let CloudWatch in",
        {
          [TOPIC]: { policy: SHUT },
          "aws_sns_topic_policy.own": { arn: reference(TOPIC, "arn"), policy: PUBLISHES },
          "aws_sns_topic_policy.other": { arn: OPEN, policy: PUBLISHES },
        },
        SEEN,
      ],
      [
        "a policy resource that replaces what the topic says, for the worse",
        {
          [TOPIC]: { policy: PUBLISHES },
          "aws_sns_topic_policy.own": { arn: reference(TOPIC, "arn"), policy: SHUT },
        },
        `violated at action: topic-policy-shuts-cloudwatch-out ${TOPIC}`,
      ],
      [
        "a policy resource that may replace what the topic says",
        { [TOPIC]: { policy: SHUT }, "aws_sns_topic_policy.own": { arn: OPEN, policy: PUBLISHES } },
        "undecided at action: not-known-before-apply aws_sns_topic_policy.own",
      ],
      [
        "a policy resource that may replace what the topic says, and shuts CloudWatch out as well",
        { [TOPIC]: { policy: SHUT }, "aws_sns_topic_policy.own": { arn: OPEN, policy: SHUT } },
        `violated at action: topic-policy-shuts-cloudwatch-out ${TOPIC}`,
      ],
      [
        "the policy resource of another topic",
        {
          "aws_sns_topic.other": { name: "other" },
          "aws_sns_topic_policy.other": { arn: reference("aws_sns_topic.other", "arn"), policy: SHUT },
        },
        SEEN,
      ],
      [
        "a policy resource of which it is not known whose it is",
        { "aws_sns_topic_policy.own": { arn: OPEN, policy: SHUT } },
        "undecided at action: not-known-before-apply aws_sns_topic_policy.own",
      ],
      [
        "a policy resource that may not be this topic's, and lets CloudWatch in",
        { "aws_sns_topic_policy.own": { arn: OPEN, policy: PUBLISHES } },
        SEEN,
      ],
      [
        "a key that is off",
        {
          [TOPIC]: { kms_master_key_id: reference("aws_kms_key.t", "arn") },
          "aws_kms_key.t": { is_enabled: false },
        },
        `violated at action: topic-key-shuts-cloudwatch-out key-disabled ${TOPIC}`,
      ],
      [
        "a key whose policy may be replaced by one that is not known whose it is",
        {
          [TOPIC]: { kms_master_key_id: reference("aws_kms_key.t", "arn") },
          "aws_kms_key.t": {},
          "aws_kms_key_policy.x": {
            key_id: OPEN,
            policy: policy(allow("cloudwatch.amazonaws.com", "kms:*")),
          },
        },
        `undecided at action: not-known-before-apply ${TOPIC}`,
      ],
      [
        "a key found by its alias",
        {
          [TOPIC]: { kms_master_key_id: "alias/t" },
          "aws_kms_alias.t": { name: "alias/t", target_key_id: reference("aws_kms_key.t", "key_id") },
          "aws_kms_key.t": { policy: policy(allow("cloudwatch.amazonaws.com", "kms:*")) },
        },
        SEEN,
      ],
      [
        "an alias that has its name from another region",
        {
          [TOPIC]: { kms_master_key_id: "alias/t", ".region": "us-east-1" },
          "aws_kms_alias.t": {
            name: "alias/t",
            target_key_id: reference("aws_kms_key.t", "key_id"),
            ".region": "eu-west-1",
          },
          "aws_kms_key.t": { policy: policy(allow("cloudwatch.amazonaws.com", "kms:*")) },
        },
        `undecided at action: not-known-before-apply ${TOPIC}`,
      ],
      [
        "the id that a key here shares with its replica elsewhere",
        {
          [TOPIC]: { kms_master_key_id: "mrk-1", ".region": "us-east-1" },
          "aws_kms_key.away": {
            key_id: "mrk-1",
            ".region": "eu-west-1",
            policy: policy(allow("cloudwatch.amazonaws.com", "kms:*")),
          },
          "aws_kms_replica_key.here": { key_id: "mrk-1", ".region": "us-east-1", policy: SHUT },
        },
        `violated at action: topic-key-shuts-cloudwatch-out key-policy ${TOPIC}`,
      ],
      [
        "a policy for another alarm, which it refers to",
        {
          ...HERE,
          "aws_cloudwatch_metric_alarm.denied": { ".account": HOME, ".region": "us-east-1" },
          "aws_cloudwatch_metric_alarm.other": {
            alarm_name: "other",
            ".account": HOME,
            ".region": "us-east-1",
          },
          "aws_sns_topic_policy.own": {
            arn: reference(TOPIC, "arn"),
            policy: {
              kind: "text",
              parts: [
                known('{"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},'),
                known('"Action":"sns:Publish","Resource":"*","Condition":{"ArnEquals":{"aws:SourceArn":"'),
                reference("aws_cloudwatch_metric_alarm.other", "arn"),
                known('"}}}]}'),
              ],
              sensitive: false,
            },
          },
        },
        `violated at action: topic-policy-shuts-cloudwatch-out ${TOPIC}`,
      ],
    ]),
  )("$story", ({ changes, outcome, parts }) => {
    expect(tell(changes, parts)).toBe(outcome);
  });
});

function documents(...services: readonly string[]): Changes {
  const names = ["a", "b"];
  return Object.fromEntries(
    services.map((service, at): [string, Attributes] => [
      `data.aws_iam_policy_document.${names[at]}`,
      {
        statement: [
          {
            actions: ["sns:Publish"],
            resources: ["*"],
            principals: [{ type: "Service", identifiers: [service] }],
          },
        ],
      },
    ]),
  );
}
