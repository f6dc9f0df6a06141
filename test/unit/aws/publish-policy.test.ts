import { describe, expect, test } from "vitest";
import {
  isAwsManagedSnsKey,
  keyPolicyBlocksLetCloudWatchUse,
  keyPolicyLetsCloudWatchUse,
  type Publication,
  policyBlocksLetCloudWatchPublish,
  policyLetsCloudWatchPublish,
} from "../../../src/aws/publish-policy.ts";
import { LATER, type Plain, reader, reference, text, value } from "./build.ts";

const HOME = "111122223333";
const TOPIC = `arn:aws:sns:eu-west-1:${HOME}:alarms`;
const SCOPE = { partition: "aws", account: HOME, region: "eu-west-1" };
const PUBLICATION: Publication = {
  topicArn: TOPIC,
  topicId: "aws_sns_topic.t",
  account: HOME,
  alarm: { id: "aws_cloudwatch_metric_alarm.a", name: "a", scope: SCOPE },
};
const CLOUDWATCH = { Service: "cloudwatch.amazonaws.com" };
const ALLOW = { Effect: "Allow", Principal: CLOUDWATCH, Action: "sns:Publish", Resource: TOPIC };
const EVERYONE = { ...ALLOW, Principal: { AWS: "*" } };

function judge(...statements: readonly unknown[]): string {
  return policyLetsCloudWatchPublish(
    JSON.stringify({ Version: "2012-10-17", Statement: statements }),
    PUBLICATION,
  );
}

describe("who and what a statement allows", () => {
  test.each<readonly [string, unknown, string]>([
    ["CloudWatch by name", ALLOW, "yes"],
    [
      "CloudWatch among others",
      { ...ALLOW, Principal: { Service: ["events.amazonaws.com", "cloudwatch.amazonaws.com"] } },
      "yes",
    ],
    ["another service", { ...ALLOW, Principal: { Service: "events.amazonaws.com" } }, "no"],
    ["everyone", { ...ALLOW, Principal: "*" }, "yes"],
    ["every AWS principal", EVERYONE, "yes"],
    ["the account itself", { ...ALLOW, Principal: { AWS: `arn:aws:iam::${HOME}:root` } }, "maybe"],
    ["the account by number", { ...ALLOW, Principal: { AWS: HOME } }, "maybe"],
    ["another account", { ...ALLOW, Principal: { AWS: "444455556666" } }, "no"],
    ["a role", { ...ALLOW, Principal: { AWS: `arn:aws:iam::${HOME}:role/x` } }, "no"],
    ["nobody", { ...ALLOW, Principal: undefined }, "no"],
    [
      "everyone but a role",
      { ...ALLOW, Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${HOME}:role/x` } },
      "yes",
    ],
    ["action in other letter case", { ...ALLOW, Action: ["SNS:GetTopicAttributes", "SNS:PUBLISH"] }, "yes"],
    ["every SNS action", { ...ALLOW, Action: "sns:*" }, "yes"],
    ["actions by their beginning", { ...ALLOW, Action: "sns:Pub*" }, "yes"],
    ["every action", { ...ALLOW, Action: "*" }, "yes"],
    ["another action", { ...ALLOW, Action: "sns:Subscribe" }, "no"],
    ["every action but another", { ...ALLOW, Action: undefined, NotAction: "sns:DeleteTopic" }, "yes"],
    ["every action but this", { ...ALLOW, Action: undefined, NotAction: ["sns:Pub*"] }, "no"],
    ["every resource", { ...ALLOW, Resource: "*" }, "yes"],
    ["resources by pattern", { ...ALLOW, Resource: "arn:aws:sns:*:*:al?rms" }, "yes"],
    ["another topic", { ...ALLOW, Resource: TOPIC.replace("alarms", "other") }, "no"],
    [
      "every resource but another",
      { ...ALLOW, Resource: undefined, NotResource: "arn:aws:sns:*:*:other" },
      "yes",
    ],
    ["a denial alone", { ...ALLOW, Effect: "Deny" }, "no"],
  ])("%s", (_story, statement, answer) => {
    expect(judge(statement)).toBe(answer);
  });

  test("no statement allows nothing", () => {
    expect(judge()).toBe("no");
  });

  test("a single statement may stand without a list", () => {
    expect(policyLetsCloudWatchPublish(JSON.stringify({ Statement: ALLOW }), PUBLICATION)).toBe("yes");
  });
});

describe("conditions", () => {
  const ALARM_ARN = `arn:aws:cloudwatch:eu-west-1:${HOME}:alarm:`;
  test.each<readonly [string, unknown, string]>([
    ["the default policy's", { StringEquals: { "AWS:SourceOwner": HOME } }, "yes"],
    ["another owner", { StringEquals: { "AWS:SourceOwner": "444455556666" } }, "no"],
    ["source account", { StringEquals: { "aws:SourceAccount": ["444455556666", HOME] } }, "yes"],
    ["source account by pattern", { StringLike: { "aws:SourceAccount": "1111*" } }, "yes"],
    ["source ARN by pattern", { ArnLike: { "aws:SourceArn": `${ALARM_ARN}*` } }, "yes"],
    ["source ARN as a string", { StringLike: { "AWS:SourceArn": "arn:aws:cloudwatch:*:*:alarm:*" } }, "yes"],
    ["exactly this alarm", { ArnEquals: { "aws:SourceArn": `${ALARM_ARN}a` } }, "yes"],
    ["another alarm", { ArnEquals: { "aws:SourceArn": `${ALARM_ARN}b` } }, "no"],
    ["a bucket as source", { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:*" } }, "no"],
    ["a pattern with too few parts", { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*" } }, "maybe"],
    ["over TLS", { Bool: { "aws:SecureTransport": "true" } }, "yes"],
    ["an organization, which a service is not in", { StringEquals: { "aws:PrincipalOrgID": "o-1" } }, "no"],
    ["an organization, if there is one", { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } }, "yes"],
    ["no organization", { Null: { "aws:PrincipalOrgID": "true" } }, "yes"],
    ["two keys, one fails", { StringEquals: { "aws:SourceAccount": HOME, "AWS:SourceOwner": "4" } }, "no"],
    [
      "two operators, one fails",
      { StringEquals: { "aws:SourceAccount": HOME }, Bool: { "aws:SecureTransport": "false" } },
      "no",
    ],
    ["a key not known here", { StringEquals: { "aws:SourceOrgID": "o-1" } }, "maybe"],
    ["an operator not known here", { DateGreaterThan: { "aws:SourceAccount": "2020" } }, "maybe"],
    ["a policy variable", { StringEquals: { "aws:SourceAccount": "${aws:PrincipalAccount}" } }, "maybe"],
    ["not this account", { StringNotEquals: { "aws:SourceAccount": HOME } }, "no"],
    ["any of", { "ForAnyValue:StringEquals": { "aws:SourceAccount": HOME } }, "yes"],
  ])("%s", (_story, condition, answer) => {
    expect(judge({ ...EVERYONE, Condition: condition })).toBe(answer);
  });

  test("an alarm in an account that is not known", () => {
    const policy = JSON.stringify({
      Statement: [{ ...EVERYONE, Condition: { StringEquals: { "AWS:SourceOwner": HOME } } }],
    });
    expect(policyLetsCloudWatchPublish(policy, { topicArn: TOPIC, account: undefined })).toBe("maybe");
  });
});

describe("denials", () => {
  const deny = (more: object) => ({
    Effect: "Deny",
    Principal: "*",
    Action: "sns:*",
    Resource: "*",
    ...more,
  });
  test.each<readonly [string, unknown, string]>([
    ["of everything", deny({}), "no"],
    ["of other actions", deny({ Action: "sns:DeleteTopic" }), "yes"],
    ["without TLS", deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } }), "yes"],
    ["to other accounts", deny({ Condition: { StringNotEquals: { "aws:SourceAccount": HOME } } }), "yes"],
    [
      "outside the organization",
      deny({ Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } }),
      "no",
    ],
    [
      "outside the organization, services excepted",
      deny({
        Condition: {
          StringNotEquals: { "aws:PrincipalOrgID": "o-1" },
          Bool: { "aws:PrincipalIsAWSService": "false" },
        },
      }),
      "yes",
    ],
    [
      "under a condition not known here",
      deny({ Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
      "maybe",
    ],
    ["to everyone but CloudWatch", deny({ Principal: undefined, NotPrincipal: CLOUDWATCH }), "yes"],
  ])("%s", (_story, statement, answer) => {
    expect(judge(ALLOW, statement)).toBe(answer);
  });
});

describe("policies that are not wholly known", () => {
  const publish = (policy: Plain) => policyLetsCloudWatchPublish(value(policy), PUBLICATION);
  const around = (resource: Plain, principal = JSON.stringify(CLOUDWATCH)) =>
    text(
      `{"Statement":[{"Effect":"Allow","Principal":${principal},"Action":"sns:Publish","Resource":"`,
      resource,
      '"}]}',
    );

  test.each<readonly [string, Plain, string]>([
    ["not known at all", LATER, "maybe"],
    ["not JSON", "no policy", "maybe"],
    ["not an object", "[]", "maybe"],
    ["the topic's own ARN by reference", around(reference("aws_sns_topic.t", "arn")), "yes"],
    ["some ARN", around(LATER), "maybe"],
    ["some ARN, another service", around(LATER, '{"Service":"events.amazonaws.com"}'), "no"],
    [
      "resources as a whole not known",
      text('{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":', LATER, "}]}"),
      "maybe",
    ],
  ])("%s", (_story, policy, answer) => {
    expect(publish(policy)).toBe(answer);
  });

  test("the default policy lets alarms of the same account in", () => {
    expect(publish(null)).toBe("yes");
    expect(policyLetsCloudWatchPublish(value(null), PUBLICATION, "no")).toBe("no");
  });

  test("a topic whose ARN is not known is found by reference", () => {
    const fresh = { ...PUBLICATION, topicArn: LATER };
    expect(policyLetsCloudWatchPublish(around(reference("aws_sns_topic.t", "arn")), fresh)).toBe("yes");
    expect(policyLetsCloudWatchPublish(around(TOPIC), fresh)).toBe("maybe");
  });
});

describe("policies from statement blocks", () => {
  const STATEMENT = {
    effect: null,
    actions: ["sns:Publish"],
    resources: [reference("aws_sns_topic.t", "arn")],
    principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com"] }],
    condition: [],
  };
  const condition = (test: Plain, variable: Plain, values: Plain) => [{ test, variable, values }];
  test.each<readonly [string, Readonly<Record<string, Plain>>, string]>([
    ["allowed", { statement: [STATEMENT] }, "yes"],
    ["effect spelled out", { statement: [{ ...STATEMENT, effect: "Allow" }] }, "yes"],
    ["effect not known", { statement: [{ ...STATEMENT, effect: LATER }] }, "maybe"],
    [
      "another service",
      { statement: [{ ...STATEMENT, principals: [{ type: "Service", identifiers: ["s3.amazonaws.com"] }] }] },
      "no",
    ],
    ["everyone", { statement: [{ ...STATEMENT, principals: [{ type: "*", identifiers: ["*"] }] }] }, "yes"],
    ["principals not known", { statement: [{ ...STATEMENT, principals: LATER }] }, "maybe"],
    [
      "a condition that holds",
      { statement: [{ ...STATEMENT, condition: condition("StringEquals", "AWS:SourceOwner", [HOME]) }] },
      "yes",
    ],
    [
      "a condition that fails",
      { statement: [{ ...STATEMENT, condition: condition("StringEquals", "AWS:SourceOwner", ["4"]) }] },
      "no",
    ],
    ["a condition not known", { statement: [{ ...STATEMENT, condition: LATER }] }, "maybe"],
    [
      "condition values not known",
      { statement: [{ ...STATEMENT, condition: condition("StringEquals", "AWS:SourceOwner", LATER) }] },
      "maybe",
    ],
    ["no statement", {}, "no"],
    ["statements not known", { statement: LATER }, "maybe"],
    ["merged with another document", { statement: [STATEMENT], source_policy_documents: ["{}"] }, "maybe"],
    ["denied by another block", { statement: [STATEMENT, { ...STATEMENT, effect: "Deny" }] }, "no"],
  ])("%s", (_story, document, answer) => {
    expect(policyBlocksLetCloudWatchPublish(reader(document), PUBLICATION)).toBe(answer);
  });
});

describe("keys", () => {
  const ROOT = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${HOME}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const USE = {
    Effect: "Allow",
    Principal: CLOUDWATCH,
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
  };
  test.each<readonly [string, readonly unknown[], string]>([
    ["the default policy", [ROOT], "no"],
    ["CloudWatch beside the account", [ROOT, USE], "yes"],
    ["every KMS action", [{ ...USE, Action: "kms:*" }], "yes"],
    ["decrypting alone", [{ ...USE, Action: "kms:Decrypt" }], "no"],
    [
      "two statements for two actions",
      [
        { ...USE, Action: "kms:Decrypt" },
        { ...USE, Action: "kms:GenerateDataKey" },
      ],
      "yes",
    ],
    ["another service", [{ ...USE, Principal: { Service: "sns.amazonaws.com" } }], "no"],
    [
      "under a condition not known here",
      [{ ...USE, Condition: { StringEquals: { "kms:ViaService": "sns.eu-west-1.amazonaws.com" } } }],
      "maybe",
    ],
  ])("%s", (_story, statements, answer) => {
    expect(keyPolicyLetsCloudWatchUse(JSON.stringify({ Statement: statements }), PUBLICATION)).toBe(answer);
  });

  test("a policy that is not written is the default one, one not known is open", () => {
    expect(keyPolicyLetsCloudWatchUse(value(null))).toBe("no");
    expect(keyPolicyLetsCloudWatchUse(LATER)).toBe("maybe");
  });

  test("from statement blocks", () => {
    const principals = [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com"] }];
    const statement = [{ actions: ["kms:Decrypt", "kms:GenerateDataKey*"], resources: ["*"], principals }];
    expect(keyPolicyBlocksLetCloudWatchUse(reader({ statement }))).toBe("yes");
    expect(keyPolicyBlocksLetCloudWatchUse(reader({ statement: LATER }))).toBe("maybe");
  });

  test.each<readonly [Plain, string]>([
    [null, "no"],
    ["alias/aws/sns", "yes"],
    [`arn:aws:kms:eu-west-1:${HOME}:alias/aws/sns`, "yes"],
    [text("arn:aws:kms:", LATER, ":", LATER, ":alias/aws/sns"), "yes"],
    ["alias/alarms", "no"],
    ["alias/aws/sns2", "no"],
    [`arn:aws:kms:eu-west-1:${HOME}:alias/alarms`, "no"],
    ["1234abcd-12ab-34cd-56ef-1234567890ab", "maybe"],
    [`arn:aws:kms:eu-west-1:${HOME}:key/1234abcd`, "maybe"],
    [reference("aws_kms_key.k", "arn"), "maybe"],
    [LATER, "maybe"],
  ])("key %j is AWS's own: %s", (key, answer) => {
    expect(isAwsManagedSnsKey(value(key))).toBe(answer);
  });
});
