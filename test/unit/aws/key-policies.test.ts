// Key policies and whether CloudWatch may use the key for a topic, or SNS for a queue. The last column says where the
// policy, or the rule that decides it, is written down.

import { describe, expect, test } from "vitest";
import { isAwsManagedKey, type KeyUse, letsServiceUseKey } from "../../../src/aws/key-policy.ts";
import { LATER, type Plain, reference, text, value } from "./build.ts";
import {
  ALARM,
  ALARM_ARN,
  blocks,
  documentOf,
  HOME,
  OTHER,
  QUEUE,
  QUEUE_ARN,
  RULES,
  TOPIC,
  TOPIC_ARN,
} from "./policies.ts";

const TOPIC_USE: KeyUse = {
  service: "cloudwatch.amazonaws.com",
  source: ALARM,
  encrypted: TOPIC,
  via: "sns",
};
const QUEUE_USE: KeyUse = { service: "sns.amazonaws.com", source: TOPIC, encrypted: QUEUE, via: "sqs" };
const KMS = "https://docs.aws.amazon.com/kms/latest/developerguide";
const QUEUES =
  "https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html";

const ROOT = {
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${HOME}:root` },
  Action: "kms:*",
  Resource: "*",
};
const USE = {
  Effect: "Allow",
  Principal: { Service: "cloudwatch.amazonaws.com" },
  Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
  Resource: "*",
};
const when = (conditions: Plain) => [ROOT, { ...USE, Condition: conditions }];

type Row = readonly [story: string, statements: readonly Plain[], answer: string, source: string];

const judge = (statements: readonly Plain[], use = TOPIC_USE) =>
  letsServiceUseKey(documentOf(JSON.stringify({ Version: "2012-10-17", Statement: statements })), use);

test.each<Row>([
  ["the default policy", [ROOT], "no", `${KMS}/key-policy-default.html`],
  [
    "CloudWatch beside the account, as LZA was mended",
    [ROOT, { Sid: "Allow_CloudWatch_for_CMK", ...USE }],
    "yes",
    "https://github.com/awslabs/landing-zone-accelerator-on-aws/issues/31",
  ],
  ["every KMS action", [{ ...USE, Action: "kms:*" }], "yes", RULES.action],
  ["decrypting alone", [{ ...USE, Action: "kms:Decrypt" }], "no", RULES.snsKeys],
  ["making data keys alone", [{ ...USE, Action: "kms:GenerateDataKey*" }], "no", RULES.snsKeys],
  [
    "data keys without plain text",
    [{ ...USE, Action: ["kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext"] }],
    "no",
    RULES.snsKeys,
  ],
  [
    "two statements for two actions",
    [
      { ...USE, Action: "kms:Decrypt" },
      { ...USE, Action: "kms:GenerateDataKey" },
    ],
    "yes",
    RULES.evaluation,
  ],
  [
    "SNS in place of CloudWatch",
    [{ ...USE, Principal: { Service: "sns.amazonaws.com" } }],
    "no",
    RULES.snsKeys,
  ],
  ["everyone", [{ ...USE, Principal: { AWS: "*" } }], "yes", RULES.principal],
  ["another account", [{ ...USE, Principal: { AWS: OTHER } }], "no", RULES.principal],
  ["the alarm's account", when({ StringEquals: { "aws:SourceAccount": HOME } }), "yes", RULES.snsKeys],
  ["another account's alarms", when({ StringEquals: { "aws:SourceAccount": OTHER } }), "no", RULES.snsKeys],
  ["this alarm", when({ ArnEquals: { "aws:SourceArn": ALARM_ARN } }), "yes", RULES.snsKeys],
  ["other alarms", when({ ArnLike: { "aws:SourceArn": `${ALARM_ARN}-*` } }), "no", RULES.snsKeys],
  [
    "this topic's context",
    when({ StringEquals: { "kms:EncryptionContext:aws:sns:topicArn": TOPIC_ARN } }),
    "yes",
    "https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html",
  ],
  [
    "another topic's context",
    when({ StringLike: { "kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:*:*:other" } }),
    "no",
    "https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html",
  ],
  [
    "by way of SNS, which nobody has written down for a service",
    when({ StringEquals: { "kms:ViaService": "sns.eu-west-1.amazonaws.com" } }),
    "maybe",
    `${KMS}/conditions-kms.html`,
  ],
  [
    "by way of S3",
    when({ StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } }),
    "no",
    `${KMS}/conditions-kms.html`,
  ],
  [
    "callers of another account",
    when({ StringEquals: { "kms:CallerAccount": OTHER } }),
    "no",
    `${KMS}/conditions-kms.html`,
  ],
  [
    "a grant for AWS resources",
    when({ Bool: { "kms:GrantIsForAWSResource": "true" } }),
    "maybe",
    `${KMS}/conditions-kms.html`,
  ],
  [
    "denied to other accounts",
    [
      USE,
      {
        ...USE,
        Effect: "Deny",
        Principal: "*",
        Condition: { StringNotEquals: { "aws:SourceAccount": HOME } },
      },
    ],
    "yes",
    RULES.evaluation,
  ],
  ["denied", [USE, { ...USE, Effect: "Deny", Principal: "*" }], "no", RULES.evaluation],
])("for a topic: %s", (_story, statements, answer, source) => {
  expect(judge(statements)).toBe(answer);
  expect(source).toMatch(/^https:\/\//);
});

const SNS_USE = { ...USE, Principal: { Service: "sns.amazonaws.com" } };

test.each<Row>([
  ["SNS, as its guide has it", [ROOT, SNS_USE], "yes", QUEUES],
  ["the default policy", [ROOT], "no", `${KMS}/key-policy-default.html`],
  ["CloudWatch in place of SNS", [ROOT, USE], "no", QUEUES],
  [
    "for this topic",
    [{ ...SNS_USE, Condition: { ArnEquals: { "aws:SourceArn": TOPIC_ARN } } }],
    "yes",
    QUEUES,
  ],
  [
    "for another topic",
    [{ ...SNS_USE, Condition: { ArnEquals: { "aws:SourceArn": `${TOPIC_ARN}2` } } }],
    "no",
    QUEUES,
  ],
  [
    "in this queue's context",
    [{ ...SNS_USE, Condition: { StringEquals: { "kms:EncryptionContext:aws:sqs:arn": QUEUE_ARN } } }],
    "yes",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html",
  ],
])("for a queue: %s", (_story, statements, answer, source) => {
  expect(judge(statements, QUEUE_USE)).toBe(answer);
  expect(source).toMatch(/^https:\/\//);
});

const account = (number: Plain) => ({ StringEquals: { "aws:SourceAccount": number } });

test.each<
  readonly [
    story: string,
    alarm: string | undefined,
    topic: string | undefined,
    named: string,
    answer: string,
  ]
>([
  ["the alarm's, which is not the topic's", OTHER, HOME, OTHER, "yes"],
  ["the topic's, which is not the alarm's", OTHER, HOME, HOME, "no"],
  ["the topic's, where the alarm's is not known", undefined, HOME, HOME, "yes"],
  ["one of which neither is known", undefined, undefined, HOME, "maybe"],
])("an account: %s", (_story, alarmAccount, topicAccount, named, answer) => {
  const source = { ...ALARM, scope: { ...ALARM.scope, account: alarmAccount } };
  const encrypted = { ...TOPIC, scope: { ...TOPIC.scope, account: topicAccount } };
  expect(judge(when(account(named)), { ...TOPIC_USE, source, encrypted })).toBe(answer);
});

test("a region that is not known may be the one a policy names", () => {
  const encrypted = { ...TOPIC, scope: { ...TOPIC.scope, region: undefined } };
  const use: KeyUse = { ...TOPIC_USE, encrypted };
  expect(judge(when({ StringEquals: { "kms:ViaService": "sns.us-east-1.amazonaws.com" } }), use)).toBe(
    "maybe",
  );
});

describe("a key's policy that is not written as text", () => {
  test("not known", () => {
    expect(letsServiceUseKey(documentOf(LATER), TOPIC_USE)).toBe("maybe");
  });

  test("from statement blocks", () => {
    const principals = [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com"] }];
    const statement = [{ actions: ["kms:Decrypt", "kms:GenerateDataKey*"], resources: ["*"], principals }];
    expect(letsServiceUseKey(blocks({ statement }), TOPIC_USE)).toBe("yes");
    expect(letsServiceUseKey(blocks({ statement: LATER }), TOPIC_USE)).toBe("maybe");
  });
});

test.each<readonly [Plain, string]>([
  [null, "no"],
  ["alias/aws/sns", "yes"],
  [`arn:aws:kms:eu-west-1:${HOME}:alias/aws/sns`, "yes"],
  [text("arn:aws:kms:", LATER, ":", LATER, ":alias/aws/sns"), "yes"],
  [text("arn:aws:kms:", LATER, ":1:alias/aws/sns"), "yes"],
  [text("arn:aws:kms:", LATER, ":alias/alarms"), "maybe"],
  [text("arn:aws:kms:", LATER, ":key/1234abcd"), "maybe"],
  [text("arn:aws:kms:eu-west-1:1:", LATER), "maybe"],
  [text(LATER, "alias/aws/sns"), "maybe"],
  ["alias/alarms", "no"],
  ["alias/aws/sqs", "no"],
  ["alias/aws/sns2", "no"],
  [`arn:aws:kms:eu-west-1:${HOME}:alias/alarms`, "no"],
  ["1234abcd-12ab-34cd-56ef-1234567890ab", "maybe"],
  [`arn:aws:kms:eu-west-1:${HOME}:key/1234abcd`, "maybe"],
  [reference("aws_kms_key.k", "arn"), "maybe"],
  [LATER, "maybe"],
])("key %j is AWS's own for SNS: %s", (key, answer) => {
  expect(isAwsManagedKey(value(key), "sns")).toBe(answer);
});

test("each service has a key of its own", () => {
  expect(isAwsManagedKey(value("alias/aws/sqs"), "sqs")).toBe("yes");
  expect(isAwsManagedKey(value("alias/aws/sns"), "sqs")).toBe("no");
});
