// Trust policies and rights of the roles that CloudTrail and SNS write with. The last column says where the policy, or
// the rule that decides it, is written down.

import { expect, test } from "vitest";
import { granted } from "../../../src/aws/policy-evaluation.ts";
import {
  type Assuming,
  effectsOfManaged,
  effectsOnAction,
  letsServiceAssume,
  STREAM_ACTIONS,
  TRAIL_ACTIONS,
  trailStreams,
} from "../../../src/aws/role-policy.ts";
import { all, known } from "../../../src/model/value.ts";
import { LATER, type Plain, reference, text } from "./build.ts";
import { documentOf, HOME, OTHER, RULES } from "./policies.ts";

const TRAIL = `arn:aws:cloudtrail:eu-west-1:${HOME}:trail/main`;
const ASSUMING: Assuming = { service: "cloudtrail.amazonaws.com", source: [known(TRAIL)], account: HOME };
const CLOUDTRAIL = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide";
const REQUIRED = `${CLOUDTRAIL}/cloudtrail-required-policy-for-cloudwatch-logs.html`;
const SENDING = `${CLOUDTRAIL}/send-cloudtrail-events-to-cloudwatch-logs.html`;
const FIREHOSE = "https://docs.aws.amazon.com/sns/latest/dg/prereqs-kinesis-data-firehose.html";

type Row = readonly [story: string, statements: readonly Plain[], answer: string, source: string];

const TRUST = {
  Effect: "Allow",
  Principal: { Service: "cloudtrail.amazonaws.com" },
  Action: "sts:AssumeRole",
};

test.each<Row>([
  ["CloudTrail, as its guide has it", [{ Sid: "", ...TRUST }], "yes", SENDING],
  ["another service", [{ ...TRUST, Principal: { Service: "ec2.amazonaws.com" } }], "no", SENDING],
  ["the account", [{ ...TRUST, Principal: { AWS: `arn:aws:iam::${HOME}:root` } }], "maybe", RULES.principal],
  ["another action", [{ ...TRUST, Action: "sts:TagSession" }], "no", RULES.action],
  ["any STS action", [{ ...TRUST, Action: "sts:*" }], "yes", RULES.action],
  [
    "among other services",
    [{ ...TRUST, Principal: { Service: ["logs.amazonaws.com", "cloudtrail.amazonaws.com"] } }],
    "yes",
    RULES.principal,
  ],
  [
    "for this trail: nobody has written down that CloudTrail says so",
    [{ ...TRUST, Condition: { ArnEquals: { "aws:SourceArn": TRAIL } } }],
    "maybe",
    RULES.keys,
  ],
  [
    "for this trail, if told",
    [{ ...TRUST, Condition: { ArnLikeIfExists: { "aws:SourceArn": TRAIL } } }],
    "yes",
    RULES.operators,
  ],
  [
    "for another trail",
    [{ ...TRUST, Condition: { ArnEquals: { "aws:SourceArn": `${TRAIL}2` } } }],
    "no",
    RULES.keys,
  ],
  [
    "for this account",
    [{ ...TRUST, Condition: { StringEquals: { "aws:SourceAccount": HOME } } }],
    "maybe",
    RULES.keys,
  ],
  [
    "for another account",
    [{ ...TRUST, Condition: { StringEquals: { "aws:SourceAccount": OTHER } } }],
    "no",
    RULES.keys,
  ],
  [
    "with an external id",
    [{ ...TRUST, Condition: { StringEquals: { "sts:ExternalId": "x" } } }],
    "no",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
  ],
  ["denied to everyone", [TRUST, { ...TRUST, Effect: "Deny", Principal: "*" }], "no", RULES.evaluation],
  ["another account", [{ ...TRUST, Principal: { AWS: OTHER } }], "no", RULES.principal],
  ["everyone", [{ ...TRUST, Principal: { AWS: "*" } }], "yes", RULES.principal],
  ["over TLS", [{ ...TRUST, Condition: { Bool: { "aws:SecureTransport": "true" } } }], "yes", RULES.keys],
  ["without TLS", [{ ...TRUST, Condition: { Bool: { "aws:SecureTransport": "false" } } }], "no", RULES.keys],
  ["no statement", [], "no", RULES.evaluation],
])("trust: %s", (_story, statements, answer, source) => {
  const policy = documentOf(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  expect(letsServiceAssume(policy, ASSUMING)).toBe(answer);
  expect(source).toMatch(/^https:\/\//);
});

test("trust that is not known", () => {
  expect(letsServiceAssume(documentOf(LATER), ASSUMING)).toBe("maybe");
  const named = { ...TRUST, Condition: { StringEquals: { "aws:SourceAccount": OTHER } } };
  const policy = documentOf(JSON.stringify({ Statement: [named] }));
  expect(letsServiceAssume(policy, { ...ASSUMING, account: undefined })).toBe("maybe");
});

const GROUP = `arn:aws:logs:eu-west-1:${HOME}:log-group:trail`;
const STREAMS = trailStreams(
  [known(GROUP), reference("aws_cloudwatch_log_group.g", "arn")],
  HOME,
  "eu-west-1",
);
const WRITE = { Effect: "Allow", Action: [...TRAIL_ACTIONS], Resource: `${GROUP}:*` };

const rights = (policies: readonly Plain[], actions: readonly string[] = TRAIL_ACTIONS, resource = STREAMS) =>
  all(
    actions.map((action) =>
      granted(policies.map((policy) => effectsOnAction(documentOf(policy), action, resource))),
    ),
  );

test.each<Row>([
  ["the group's streams", [WRITE], "yes", REQUIRED],
  [
    "the two statements of the guide",
    [
      {
        Sid: "AWSCloudTrailCreateLogStream2014110",
        Effect: "Allow",
        Action: ["logs:CreateLogStream"],
        Resource: [`${GROUP}:log-stream:${HOME}_CloudTrail_eu-west-1*`],
      },
      {
        Sid: "AWSCloudTrailPutLogEvents20141101",
        Effect: "Allow",
        Action: ["logs:PutLogEvents"],
        Resource: [`${GROUP}:log-stream:${HOME}_CloudTrail_eu-west-1*`],
      },
    ],
    "yes",
    REQUIRED,
  ],
  [
    "streams of another region",
    [{ ...WRITE, Resource: `${GROUP}:log-stream:${HOME}_CloudTrail_us-east-1*` }],
    "no",
    REQUIRED,
  ],
  ["every log group", [{ ...WRITE, Resource: "*" }], "yes", RULES.resource],
  ["every log group by pattern", [{ ...WRITE, Resource: "arn:aws:logs:*:*:*" }], "yes", RULES.resource],
  [
    "the group and not its streams",
    [{ ...WRITE, Resource: GROUP }],
    "no",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html",
  ],
  [
    "a wildcard that would have to cross a colon",
    [{ ...WRITE, Resource: "arn:aws:logs:*:log-group:trail:*" }],
    "maybe",
    RULES.resource,
  ],
  ["another group", [{ ...WRITE, Resource: `${GROUP}2:*` }], "no", RULES.resource],
  ["creating streams alone", [{ ...WRITE, Action: "logs:CreateLogStream" }], "no", REQUIRED],
  ["writing alone", [{ ...WRITE, Action: "logs:Put*" }], "no", REQUIRED],
  ["everything", [{ ...WRITE, Action: "*", Resource: "*" }], "yes", RULES.action],
  ["denied", [WRITE, { ...WRITE, Effect: "Deny", Action: "logs:*", Resource: "*" }], "no", RULES.evaluation],
  [
    "on a condition of principals",
    [{ ...WRITE, Condition: { StringEquals: { "aws:PrincipalTag/x": "y" } } }],
    "maybe",
    RULES.keys,
  ],
  ["over TLS", [{ ...WRITE, Condition: { Bool: { "aws:SecureTransport": "true" } } }], "yes", RULES.keys],
])("rights: %s", (_story, statements, answer, source) => {
  expect(rights([JSON.stringify({ Version: "2012-10-17", Statement: statements })])).toBe(answer);
  expect(source).toMatch(/^https:\/\//);
});

test("rights: several policies act as one, and a denial in any of them counts", () => {
  const policy = (...statements: readonly Plain[]) => JSON.stringify({ Statement: statements });
  const [create, put] = TRAIL_ACTIONS.map((action) => policy({ ...WRITE, Action: action }));
  expect(rights([create, put])).toBe("yes");
  expect(rights([create, put, policy({ ...WRITE, Effect: "Deny" })])).toBe("no");
  expect(rights([create, put, LATER])).toBe("maybe");
  expect(rights([])).toBe("no");
});

test("rights: what a policy that is not known says", () => {
  const effects = effectsOnAction(undefined, "logs:PutLogEvents", STREAMS);
  expect(effects).toEqual({ allowed: "maybe", denied: "maybe" });
});

test("rights: streams in a place that is not known", () => {
  const [stream] = trailStreams([known(GROUP)], undefined, undefined);
  const resource = stream === undefined ? [] : [stream];
  expect(rights([JSON.stringify({ Statement: [WRITE] })], TRAIL_ACTIONS, resource)).toBe("yes");
  const narrow = { ...WRITE, Resource: `${GROUP}:log-stream:${HOME}_CloudTrail_eu-west-1*` };
  expect(rights([JSON.stringify({ Statement: [narrow] })], TRAIL_ACTIONS, resource)).toBe("maybe");
});

test("rights: the group by reference, with what is behind it", () => {
  const group = reference("aws_cloudwatch_log_group.g", "arn");
  const on = (...resource: readonly Plain[]) =>
    text('{"Statement":[{"Effect":"Allow","Action":"logs:*","Resource":"', ...resource, '"}]}');
  expect(rights([on(group, ":*")])).toBe("yes");
  expect(rights([on(group, `:log-stream:${HOME}_CloudTrail_eu-west-1*`)])).toBe("yes");
  expect(rights([on(reference("aws_cloudwatch_log_group.h", "arn"), ":*")])).toBe("maybe");
});

test.each<Row>([
  ["the stream", [{ Effect: "Allow", Action: ["firehose:PutRecord*"], Resource: "*" }], "yes", FIREHOSE],
  [
    "one record at a time",
    [{ Effect: "Allow", Action: ["firehose:PutRecord"], Resource: "*" }],
    "no",
    FIREHOSE,
  ],
])("rights on a delivery stream: %s", (_story, statements, answer) => {
  const stream = [known(`arn:aws:firehose:eu-west-1:${HOME}:deliverystream/alarms`)];
  expect(rights([JSON.stringify({ Statement: statements })], STREAM_ACTIONS, stream)).toBe(answer);
});

test.each([
  ["AdministratorAccess", "logs:PutLogEvents", "yes"],
  ["CloudWatchLogsFullAccess", "logs:PutLogEvents", "yes"],
  ["CloudWatchLogsFullAccess", "firehose:PutRecord", "maybe"],
  ["service-role/AmazonAPIGatewayPushToCloudWatchLogs", "logs:CreateLogStream", "yes"],
  ["ReadOnlyAccess", "logs:PutLogEvents", "maybe"],
])("the policy of AWS %s lets a role %s: %s", (name, action, answer) => {
  const effects = answer === "yes" ? { allowed: "yes", denied: "no" } : { allowed: "maybe", denied: "maybe" };
  expect(effectsOfManaged(`arn:aws:iam::aws:policy/${name}`, action)).toEqual(effects);
  expect(effectsOfManaged(`arn:aws-cn:iam::aws:policy/${name}`, action)).toEqual(effects);
  expect(effectsOfManaged(`x-arn:aws:iam::aws:policy/${name}`, action).allowed).toBe("maybe");
});

test("a policy of a customer is not one of AWS by its name", () => {
  expect(
    effectsOfManaged(`arn:aws:iam::${HOME}:policy/AdministratorAccess`, "logs:PutLogEvents").allowed,
  ).toBe("maybe");
});
