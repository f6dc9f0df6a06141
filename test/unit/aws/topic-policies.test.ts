// Topic policies and whether CloudWatch may publish under them: published ones first, then one rule a row. The last
// column says where the policy, or the rule that decides it, is written down.

import { describe, expect, test } from "vitest";
import { policyDocumentOf } from "../../../src/aws/policy-document.ts";
import {
  arnsOf,
  isAccount,
  letsCloudWatchPublish,
  type Publication,
} from "../../../src/aws/publish-policy.ts";
import { LATER, type Plain, reference, text, value } from "./build.ts";
import {
  ALARM,
  ALARM_ARN,
  blocks,
  documentOf,
  HOME,
  OTHER,
  RULES,
  SCOPE,
  TOPIC,
  TOPIC_ARN,
} from "./policies.ts";

const PUBLICATION: Publication = { topic: TOPIC, alarm: ALARM };
const CLOUDWATCH = { Service: "cloudwatch.amazonaws.com" };
const ALLOW = { Effect: "Allow", Principal: CLOUDWATCH, Action: "sns:Publish", Resource: TOPIC_ARN };
const EVERYONE = { ...ALLOW, Principal: { AWS: "*" } };
const ROOT = `arn:aws:iam::${HOME}:root`;
const OWNER_ACTIONS = [
  "SNS:GetTopicAttributes",
  "SNS:SetTopicAttributes",
  "SNS:AddPermission",
  "SNS:RemovePermission",
  "SNS:DeleteTopic",
  "SNS:Subscribe",
  "SNS:ListSubscriptionsByTopic",
  "SNS:Publish",
];

type Row = readonly [story: string, statements: readonly Plain[], answer: string, source: string];

const judge = (statements: readonly Plain[], version = "2012-10-17") =>
  letsCloudWatchPublish(documentOf(JSON.stringify({ Version: version, Statement: statements })), PUBLICATION);

/** The account, region and names of a published policy are put in place of its placeholders. */
const PUBLISHED: readonly Row[] = [
  [
    "the default policy of SNS",
    [
      {
        ...EVERYONE,
        Action: [...OWNER_ACTIONS, "SNS:Receive"],
        Condition: { StringEquals: { "AWS:SourceOwner": HOME } },
      },
    ],
    "yes",
    RULES.defaultPolicy,
  ],
  [
    "re:Post: allow the service",
    [{ Sid: "Allow_Publish_Alarms", ...ALLOW, Principal: { Service: ["cloudwatch.amazonaws.com"] } }],
    "yes",
    RULES.repost,
  ],
  [
    "re:Post: for certain alarms",
    [
      {
        ...ALLOW,
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:eu-west-1:${HOME}:alarm:denied*` } },
      },
    ],
    "yes",
    RULES.repost,
  ],
  [
    "SNS guide: an alarm by ARN and account",
    [
      {
        ...ALLOW,
        Condition: {
          ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:eu-west-1:${HOME}:alarm:*` },
          StringEquals: { "aws:SourceAccount": HOME },
        },
      },
    ],
    "yes",
    RULES.sns,
  ],
  [
    "SNS guide: a bucket's events",
    [
      {
        ...ALLOW,
        Principal: { Service: "s3.amazonaws.com" },
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:bucket" } },
      },
    ],
    "no",
    RULES.sns,
  ],
  ["SNS guide: another account's publishing", [{ ...ALLOW, Principal: { AWS: OTHER } }], "no", RULES.sns],
  [
    "an owner by SourceOwner, and EventBridge",
    [
      {
        ...ALLOW,
        Principal: "*",
        Action: OWNER_ACTIONS.map((action) => action.toLowerCase()),
        Condition: { StringEquals: { "AWS:SourceOwner": HOME } },
      },
      { ...ALLOW, Principal: { Service: "events.amazonaws.com" } },
    ],
    "yes",
    "https://github.com/GSA/odp-tf-aws-ref-arch-cloudwatch-monitoring",
  ],
  [
    "EventBridge alone, as the provider's documentation of event rules has it",
    [{ ...ALLOW, Action: "SNS:Publish", Principal: { Service: "events.amazonaws.com" } }],
    "no",
    "https://github.com/hashicorp/terraform-provider-aws/pull/6061",
  ],
  [
    "an organization's principals",
    [{ ...EVERYONE, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } } }],
    "no",
    "https://github.com/PRX/Infrastructure/pull/335",
  ],
  [
    "CloudWatch in the account beside the account itself",
    [
      { ...ALLOW, Condition: { StringEquals: { "aws:SourceAccount": HOME } } },
      { ...ALLOW, Principal: { AWS: ROOT }, Action: OWNER_ACTIONS },
    ],
    "yes",
    RULES.keys,
  ],
  [
    "the account's root user alone",
    [{ ...ALLOW, Principal: { AWS: ROOT }, Action: OWNER_ACTIONS }],
    "maybe",
    RULES.principal,
  ],
  [
    "alarms, and nothing without TLS",
    [
      ALLOW,
      {
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: TOPIC_ARN,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
    "yes",
    "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
  ],
];

const WHO_AND_WHAT: readonly Row[] = [
  ["CloudWatch by name", [ALLOW], "yes", RULES.sns],
  ["another service", [{ ...ALLOW, Principal: { Service: "events.amazonaws.com" } }], "no", RULES.principal],
  ["everyone", [{ ...ALLOW, Principal: "*" }], "yes", RULES.principal],
  ["every AWS principal", [EVERYONE], "yes", RULES.principal],
  [
    "a name of CloudWatch in one region",
    [{ ...ALLOW, Principal: { Service: "cloudwatch.eu-west-1.amazonaws.com" } }],
    "maybe",
    RULES.principal,
  ],
  [
    "a name of CloudWatch in China",
    [{ ...ALLOW, Principal: { Service: "cloudwatch.amazonaws.com.cn" } }],
    "maybe",
    RULES.principal,
  ],
  [
    "a name that ends like CloudWatch's",
    [{ ...ALLOW, Principal: { Service: "s3/cloudwatch.amazonaws.com" } }],
    "no",
    RULES.principal,
  ],
  [
    "a name that begins like CloudWatch's",
    [{ ...ALLOW, Principal: { Service: "cloudwatch.amazonaws.com.example" } }],
    "no",
    RULES.principal,
  ],
  [
    "digits around an account's number",
    [{ ...ALLOW, Principal: { AWS: [`1${HOME}`, `${HOME}1`] } }],
    "no",
    RULES.principal,
  ],
  [
    "a user called root",
    [{ ...ALLOW, Principal: { AWS: `arn:aws:iam::${HOME}:user/root` } }],
    "no",
    RULES.principal,
  ],
  ["any service", [{ ...ALLOW, Principal: { Service: "*" } }], "maybe", RULES.principal],
  ["the account by number", [{ ...ALLOW, Principal: { AWS: HOME } }], "maybe", RULES.principal],
  ["another account", [{ ...ALLOW, Principal: { AWS: OTHER } }], "no", RULES.principal],
  ["a role", [{ ...ALLOW, Principal: { AWS: `arn:aws:iam::${HOME}:role/x` } }], "no", RULES.principal],
  [
    "a federated user",
    [{ ...ALLOW, Principal: { Federated: "accounts.google.com" } }],
    "no",
    RULES.principal,
  ],
  ["a canonical user", [{ ...ALLOW, Principal: { CanonicalUser: "79a59d" } }], "no", RULES.principal],
  ["nobody", [{ Effect: "Allow", Action: "sns:Publish", Resource: "*" }], "no", RULES.principal],
  [
    "everyone but a role",
    [{ Effect: "Allow", NotPrincipal: { AWS: `arn:aws:iam::${HOME}:role/x` }, Action: "*", Resource: "*" }],
    "yes",
    RULES.notPrincipal,
  ],
  [
    "everyone but CloudWatch",
    [{ Effect: "Allow", NotPrincipal: CLOUDWATCH, Action: "sns:*", Resource: "*" }],
    "no",
    RULES.notPrincipal,
  ],
  ["an action in other letter case", [{ ...ALLOW, Action: ["SNS:PUBLISH"] }], "yes", RULES.action],
  ["every SNS action", [{ ...ALLOW, Action: "sns:*" }], "yes", RULES.action],
  ["actions by their beginning", [{ ...ALLOW, Action: "sns:Pub*" }], "yes", RULES.action],
  ["an action with one character open", [{ ...ALLOW, Action: "sns:Publis?" }], "yes", RULES.action],
  ["every action", [{ ...ALLOW, Action: "*" }], "yes", RULES.action],
  ["another action", [{ ...ALLOW, Action: "sns:Subscribe" }], "no", RULES.action],
  ["an action of another service", [{ ...ALLOW, Action: "sqs:*" }], "no", RULES.action],
  ["no action", [{ Effect: "Allow", Principal: CLOUDWATCH, Resource: "*" }], "no", RULES.action],
  [
    "every action but another",
    [{ Effect: "Allow", Principal: CLOUDWATCH, NotAction: "sns:DeleteTopic", Resource: "*" }],
    "yes",
    RULES.notAction,
  ],
  [
    "every action but this",
    [{ Effect: "Allow", Principal: CLOUDWATCH, NotAction: ["sns:Pub*"], Resource: "*" }],
    "no",
    RULES.notAction,
  ],
  ["every resource", [{ ...ALLOW, Resource: "*" }], "yes", RULES.resource],
  ["resources by pattern", [{ ...ALLOW, Resource: "arn:aws:sns:*:*:al?rms" }], "yes", RULES.resource],
  ["another topic", [{ ...ALLOW, Resource: `${TOPIC_ARN}-2` }], "no", RULES.resource],
  [
    "a topic in another region",
    [{ ...ALLOW, Resource: TOPIC_ARN.replace("west", "east") }],
    "no",
    RULES.resource,
  ],
  [
    "a wildcard that crosses a colon",
    [{ ...ALLOW, Resource: "arn:aws:sns:*:alarms" }],
    "maybe",
    RULES.resource,
  ],
  ["no resource", [{ Effect: "Allow", Principal: CLOUDWATCH, Action: "*" }], "maybe", RULES.resource],
  [
    "every resource but another",
    [{ Effect: "Allow", Principal: CLOUDWATCH, Action: "*", NotResource: "arn:aws:sns:*:*:other" }],
    "yes",
    RULES.notResource,
  ],
  ["an action and others than it", [{ ...ALLOW, NotAction: "sns:DeleteTopic" }], "maybe", RULES.notAction],
  [
    "a topic by what is not known of the request",
    [{ ...ALLOW, Resource: "arn:aws:sns:*:*:${aws:userid}" }],
    "maybe",
    RULES.variables,
  ],
  ["an object in place of a resource", [{ ...ALLOW, Resource: { a: TOPIC_ARN } }], "maybe", RULES.resource],
  ["no statement", [], "no", RULES.evaluation],
  ["a denial alone", [{ ...ALLOW, Effect: "Deny" }], "no", RULES.evaluation],
  ["an effect in other letter case", [{ ...ALLOW, Effect: "allow" }], "no", RULES.evaluation],
];

const condition = (
  story: string,
  conditions: Plain,
  answer: string,
  source: string = RULES.operators,
): Row => [story, [{ ...EVERYONE, Condition: conditions }], answer, source];

const CONDITIONS: readonly Row[] = [
  condition("another owner", { StringEquals: { "AWS:SourceOwner": OTHER } }, "no", RULES.defaultPolicy),
  condition(
    "one of two accounts",
    { StringEquals: { "aws:SourceAccount": [OTHER, HOME] } },
    "yes",
    RULES.keys,
  ),
  condition("an account by pattern", { StringLike: { "aws:SourceAccount": "1111*" } }, "yes"),
  condition("a pattern where none is read", { StringEquals: { "aws:SourceAccount": "1111*" } }, "no"),
  condition("exactly this alarm", { ArnEquals: { "aws:SourceArn": ALARM_ARN } }, "yes"),
  condition("this alarm as a string", { StringEquals: { "aws:SourceArn": ALARM_ARN } }, "yes"),
  condition("another alarm", { ArnEquals: { "aws:SourceArn": `${ALARM_ARN}2` } }, "no"),
  condition(
    "alarms of any account, as a string",
    { StringLike: { "AWS:SourceArn": "arn:aws:cloudwatch:*" } },
    "yes",
  ),
  condition(
    "ArnEquals with wildcards",
    { ArnEquals: { "aws:SourceArn": "arn:*:cloudwatch:*:*:alarm:*" } },
    "yes",
  ),
  condition("a bucket as source", { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:*" } }, "no"),
  condition(
    "a pattern with too few parts",
    { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*" } },
    "maybe",
  ),
  condition(
    "a wildcard that would have to cross a colon",
    { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*:alarm:denied" } },
    "no",
  ),
  condition("not this alarm", { ArnNotLike: { "aws:SourceArn": ALARM_ARN } }, "no"),
  condition("over TLS", { Bool: { "aws:SecureTransport": true } }, "yes", RULES.keys),
  condition("over TLS, if told", { BoolIfExists: { "aws:SecureTransport": "TRUE" } }, "yes"),
  condition("by a service", { Bool: { "aws:PrincipalIsAWSService": "true" } }, "yes", RULES.keys),
  condition(
    "by this service",
    { StringEqualsIgnoreCase: { "aws:PrincipalServiceName": "CloudWatch.amazonaws.com" } },
    "yes",
    RULES.keys,
  ),
  condition(
    "an organization, if there is one",
    { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } },
    "yes",
  ),
  condition("not that organization", { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } }, "yes"),
  condition("no organization", { Null: { "aws:PrincipalOrgID": "true" } }, "yes"),
  condition("an organization, or not", { Null: { "aws:PrincipalOrgID": "perhaps" } }, "maybe"),
  condition("a source that is there", { Null: { "aws:SourceArn": "false" } }, "yes"),
  condition("a source that is not there", { Null: { "aws:SourceArn": ["true"] } }, "no"),
  condition("an operator without a name", { IfExists: { "aws:PrincipalOrgID": "o-1" } }, "maybe"),
  condition("not like this account", { StringNotLike: { "aws:SourceAccount": "1111*" } }, "no"),
  condition("not like another account", { StringNotLike: { "aws:SourceAccount": "4444*" } }, "yes"),
  condition("not exactly another alarm", { ArnNotEquals: { "aws:SourceArn": `${ALARM_ARN}2` } }, "yes"),
  condition(
    "in other letter case, another service",
    { StringEqualsIgnoreCase: { "aws:PrincipalServiceName": "s3" } },
    "no",
  ),
  condition(
    "a pattern with five parts",
    { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*:alarm" } },
    "maybe",
  ),
  condition(
    "a variable with blanks",
    { StringEquals: { "AWS:SourceOwner": "${ aws:SourceAccount }" } },
    "yes",
    RULES.variables,
  ),
  condition("some organization", { Null: { "aws:PrincipalOrgID": "false" } }, "no"),
  condition("the source's organization", { StringEquals: { "aws:SourceOrgID": "o-1" } }, "maybe", RULES.keys),
  condition(
    "two keys, one fails",
    { StringEquals: { "aws:SourceAccount": HOME, "AWS:SourceOwner": "4" } },
    "no",
    RULES.evaluation,
  ),
  condition(
    "two operators, one fails",
    { StringEquals: { "aws:SourceAccount": HOME }, Bool: { "aws:SecureTransport": "false" } },
    "no",
    RULES.evaluation,
  ),
  condition("an operator not read here", { DateGreaterThan: { "aws:SourceAccount": "2020" } }, "maybe"),
  condition("an operator of another kind of key", { Bool: { "aws:SourceAccount": HOME } }, "maybe"),
  condition("an operator that is none", { StringMatches: { "aws:SourceAccount": HOME } }, "maybe"),
  condition("none of these accounts", { StringNotEquals: { "aws:SourceAccount": [HOME, OTHER] } }, "no"),
  condition("any of", { "ForAnyValue:StringEquals": { "aws:SourceAccount": HOME } }, "yes", RULES.sets),
  condition(
    "any of a key that is absent",
    { "ForAnyValue:StringEquals": { "aws:PrincipalOrgID": "o-1" } },
    "no",
    RULES.sets,
  ),
  condition(
    "any other than, of a key that is absent",
    { "ForAnyValue:StringNotEquals": { "aws:PrincipalOrgID": "o-1" } },
    "no",
    RULES.sets,
  ),
  condition(
    "all of a key that is absent",
    { "ForAllValues:StringEquals": { "aws:PrincipalOrgPaths": "o-1/*" } },
    "yes",
    RULES.sets,
  ),
  condition("an address", { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, "maybe", RULES.keys),
  condition(
    "a variable that is known",
    { StringEquals: { "AWS:SourceOwner": "${aws:SourceAccount}" } },
    "yes",
    RULES.variables,
  ),
  condition(
    "a variable in an ARN",
    { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*:${aws:SourceAccount}:alarm:*" } },
    "yes",
    RULES.variables,
  ),
  condition(
    "a variable that is not known",
    { StringEquals: { "aws:SourceAccount": "${aws:userid}" } },
    "maybe",
    RULES.variables,
  ),
];

const deny = (story: string, more: Readonly<Record<string, Plain>>, answer: string, source: string): Row => [
  story,
  [ALLOW, { Effect: "Deny", Principal: "*", Action: "sns:*", Resource: "*", ...more }],
  answer,
  source,
];

const DENIALS: readonly Row[] = [
  deny("of everything", {}, "no", RULES.evaluation),
  deny("of other actions", { Action: "sns:DeleteTopic" }, "yes", RULES.evaluation),
  deny("of other topics", { Resource: "arn:aws:sns:*:*:other" }, "yes", RULES.evaluation),
  deny("to another account", { Principal: { AWS: OTHER } }, "yes", RULES.evaluation),
  deny(
    "to other accounts",
    { Condition: { StringNotEquals: { "aws:SourceAccount": HOME } } },
    "yes",
    RULES.keys,
  ),
  deny(
    "outside the organization, which a service is",
    { Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } },
    "no",
    RULES.operators,
  ),
  deny(
    "outside the organization, services excepted",
    {
      Condition: {
        StringNotEquals: { "aws:PrincipalOrgID": "o-1" },
        Bool: { "aws:PrincipalIsAWSService": "false" },
      },
    },
    "yes",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html",
  ),
  deny(
    "outside the organization, if there is one",
    { Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } } },
    "no",
    RULES.operators,
  ),
  deny("by address", { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }, "maybe", RULES.keys),
  deny(
    "to everyone but CloudWatch",
    { Principal: undefined, NotPrincipal: CLOUDWATCH },
    "yes",
    RULES.notPrincipal,
  ),
];

describe.each([
  ["published policies", PUBLISHED],
  ["who and what", WHO_AND_WHAT],
  ["conditions", CONDITIONS],
  ["denials beside an allowance", DENIALS],
])("%s", (_, rows) => {
  test.each(rows)("%s", (_story, statements, answer, source) => {
    expect(judge(statements)).toBe(answer);
    expect(source).toMatch(/^https:\/\//);
  });
});

test("an older version has no variables: the text is compared as it stands", () => {
  const statement = {
    ...EVERYONE,
    Condition: { StringEquals: { "AWS:SourceOwner": "${aws:SourceAccount}" } },
  };
  expect(judge([statement], "2008-10-17")).toBe("no");
});

describe("policies that are not wholly known", () => {
  const publish = (policy: Plain, publication = PUBLICATION) =>
    letsCloudWatchPublish(documentOf(policy), publication);
  const around = (resource: Plain, principal: Plain = CLOUDWATCH) =>
    text(
      `{"Statement":[{"Effect":"Allow","Principal":${JSON.stringify(principal)},"Action":"sns:Publish","Resource":"`,
      resource,
      '"}]}',
    );
  const sourced = (arn: Plain) =>
    text(
      '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"ArnLike":{"aws:SourceArn":"',
      arn,
      '"}}}]}',
    );

  const allow = (...parts: readonly Plain[]) =>
    text(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sns:Publish","Resource":"*",',
      ...parts,
      "}]}",
    );

  test.each<readonly [string, Plain, string]>([
    ["not known at all", LATER, "maybe"],
    ["not JSON", "no policy", "maybe"],
    ["not an object", "[]", "maybe"],
    ["the topic's own ARN by reference", around(reference("aws_sns_topic.t", "arn")), "yes"],
    ["the topic's own ARN by its id", around(reference("aws_sns_topic.t", "id")), "yes"],
    ["the ARN of another object", around(reference("aws_sns_topic.u", "arn")), "maybe"],
    ["some ARN", around(LATER), "maybe"],
    ["some ARN, another service", around(LATER, { Service: "events.amazonaws.com" }), "no"],
    ["this alarm by reference", sourced(reference("aws_cloudwatch_metric_alarm.a", "arn")), "yes"],
    ["this alarm's id is no ARN", sourced(reference("aws_cloudwatch_metric_alarm.a", "id")), "maybe"],
    ["another service's ARN, in part", around(text("arn:aws:sqs:", LATER)), "no"],
    ["statements as a whole not known", text('{"Statement":', LATER, "}"), "maybe"],
    ["principals as a whole not known", allow('"Principal":', LATER), "maybe"],
    ["a principal not known", allow('"Principal":{"Service":"', LATER, '"}'), "maybe"],
    ["principals of a kind not known", allow('"Principal":{"Service":', LATER, "}"), "maybe"],
    ["conditions as a whole not known", allow('"Principal":"*","Condition":', LATER), "maybe"],
    [
      "what an operator asks not known",
      allow('"Principal":"*","Condition":{"StringEquals":', LATER, "}"),
      "maybe",
    ],
    [
      "what an operator asks not known, and a condition that fails",
      allow(
        '"Principal":"*","Condition":{"StringEquals":',
        LATER,
        `,"StringLike":{"aws:SourceAccount":"4*"}}`,
      ),
      "no",
    ],
    [
      "in other letter case, in part",
      allow('"Principal":"*","Condition":{"StringEqualsIgnoreCase":{"aws:SourceAccount":"', LATER, '"}}'),
      "maybe",
    ],
    [
      "a variable beside what is not known",
      allow('"Principal":"*","Condition":{"StringEquals":{"aws:SourceAccount":"${aws:userid}', LATER, '"}}'),
      "maybe",
    ],
    [
      "resources as a whole not known",
      text('{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":', LATER, "}]}"),
      "maybe",
    ],
  ])("%s", (_story, policy, answer) => {
    expect(publish(policy)).toBe(answer);
  });

  test("a topic whose account is not known is found by reference, and told by its name", () => {
    const scope = { partition: undefined, account: undefined, region: undefined };
    const fresh = { topic: { ...TOPIC, scope }, alarm: { ...ALARM, scope } };
    expect(publish(around(reference("aws_sns_topic.t", "arn")), fresh)).toBe("yes");
    expect(publish(around(TOPIC_ARN), fresh)).toBe("maybe");
    expect(publish(around(`${TOPIC_ARN}-2`), fresh)).toBe("no");
  });
});

describe("an alarm in a place that is not known", () => {
  const fresh = (scope: Partial<typeof SCOPE>): Publication => ({
    topic: TOPIC,
    alarm: { ...ALARM, scope: { partition: "aws", account: undefined, region: undefined, ...scope } },
  });
  const like = (arn: string, publication: Publication) =>
    letsCloudWatchPublish(
      documentOf(
        JSON.stringify({ Statement: [{ ...EVERYONE, Condition: { ArnLike: { "aws:SourceArn": arn } } }] }),
      ),
      publication,
    );
  test.each([
    ["any region", `arn:aws:cloudwatch:*:${HOME}:alarm:*`, { account: HOME }, "yes"],
    ["one region", `arn:aws:cloudwatch:us-east-1:${HOME}:alarm:*`, { account: HOME }, "maybe"],
    ["any region of another account", `arn:aws:cloudwatch:*:${OTHER}:alarm:*`, { account: HOME }, "no"],
    ["an account", `arn:aws:cloudwatch:*:${HOME}:alarm:*`, {}, "maybe"],
    ["another name", `arn:aws:cloudwatch:*:*:alarm:other`, {}, "no"],
    ["another service", `arn:aws:s3:*:*:alarm:denied`, {}, "no"],
    ["anywhere", `arn:aws:cloudwatch:*:*:alarm:denied`, {}, "yes"],
  ])("%s", (_story, arn, scope, answer) => {
    expect(like(arn, fresh(scope))).toBe(answer);
  });

  test.each<readonly [string, string | undefined, string | undefined, string, string]>([
    ["the alarm's, which is not the topic's", OTHER, HOME, OTHER, "yes"],
    ["the topic's, which is not the alarm's", OTHER, HOME, HOME, "no"],
    ["the topic's, where the alarm's is not known", undefined, HOME, HOME, "yes"],
    ["one of which neither is known", undefined, undefined, HOME, "maybe"],
  ])("an account: %s", (_story, alarmAccount, topicAccount, named, answer) => {
    const statement = {
      ...EVERYONE,
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceAccount": named } },
    };
    const publication = {
      topic: { ...TOPIC, scope: { ...SCOPE, account: topicAccount } },
      alarm: { ...ALARM, scope: { ...SCOPE, account: alarmAccount } },
    };
    const document = documentOf(JSON.stringify({ Statement: [statement] }));
    expect(letsCloudWatchPublish(document, publication)).toBe(answer);
  });
});

test("an ARN is known by what is told, by reference and by what it will be", () => {
  const arn = value(TOPIC_ARN);
  const written = [reference(TOPIC.id, "arn"), reference(TOPIC.id, "id")];
  const predicted = text("arn:", "aws", ":sns:", "eu-west-1", ":", HOME, ":", "alarms");
  expect(arnsOf(TOPIC)).toEqual([...written, predicted]);
  expect(arnsOf({ ...TOPIC, arn })).toEqual([arn, ...written, predicted]);
  expect(arnsOf({ ...TOPIC, arn: reference("other", "arn") })).toEqual([...written, predicted]);
  const lambda = { id: "aws_lambda_function.f", type: "aws_lambda_function", name: "f", scope: SCOPE };
  expect(arnsOf(lambda)).toEqual([reference("aws_lambda_function.f", "arn")]);
});

test.each<readonly [Plain, string | undefined, string]>([
  [HOME, HOME, "maybe"],
  [OTHER, HOME, "no"],
  [OTHER, undefined, "maybe"],
  [ROOT, HOME, "maybe"],
  [ROOT, OTHER, "no"],
  [ROOT, undefined, "maybe"],
  [`arn:aws:iam::${HOME}:role/x`, undefined, "no"],
  [`arn:aws:sts::${HOME}:root`, undefined, "no"],
  ["somebody", undefined, "no"],
  [LATER, HOME, "maybe"],
])("%j stands for account %s: %s", (identifier, account, answer) => {
  expect(isAccount(value(identifier), account)).toBe(answer);
});

describe("versions of policies", () => {
  const owner = (version: Plain) =>
    text(
      ...(version === undefined ? ["{"] : ['{"Version":"', version, '",']),
      '"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*",',
      '"Condition":{"StringEquals":{"AWS:SourceOwner":"${aws:SourceAccount}"}}}]}',
    );
  test.each<readonly [Plain, string]>([
    ["2012-10-17", "yes"],
    ["2008-10-17", "no"],
    [undefined, "no"],
    ["", "no"],
    [LATER, "maybe"],
  ])("%j has variables: %s", (version, answer) => {
    expect(letsCloudWatchPublish(documentOf(owner(version)), PUBLICATION)).toBe(answer);
  });
});

test("a policy that is an object, as sources in code may write it", () => {
  const written = value({ Statement: [{ ...ALLOW }] });
  expect(letsCloudWatchPublish(policyDocumentOf(written), PUBLICATION)).toBe("yes");
  expect(letsCloudWatchPublish(policyDocumentOf(value({ Statement: ALLOW })), PUBLICATION)).toBe("yes");
});

describe("policies from statement blocks", () => {
  const STATEMENT = {
    effect: null,
    actions: ["sns:Publish"],
    resources: [reference("aws_sns_topic.t", "arn")],
    principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com"] }],
    condition: [],
  };
  const OTHERS = { ...STATEMENT, principals: [{ type: "Service", identifiers: ["s3.amazonaws.com"] }] };
  const having = (variable: Plain, values: Plain) => ({
    statement: [{ ...STATEMENT, condition: [{ test: "StringEquals", variable, values }] }],
  });
  const json = (id: string) => reference(id, "json");
  const NESTED = {
    alarms: { statement: [{ ...STATEMENT, sid: "Publish" }] },
    others: { statement: [{ ...OTHERS, sid: "Publish" }] },
    unnamed: { statement: [OTHERS] },
    empty: { statement: [{ ...OTHERS, sid: "" }] },
    both: { statement: [OTHERS, { ...OTHERS, sid: "Publish" }] },
    doubtful: { statement: [{ ...OTHERS, sid: LATER }] },
    denies: { statement: [{ ...STATEMENT, effect: "Deny" }] },
    deep: { source_policy_documents: [json("alarms")] },
  };

  test.each<readonly [string, Readonly<Record<string, Plain>>, string]>([
    ["allowed", { statement: [STATEMENT] }, "yes"],
    ["effect spelled out", { statement: [{ ...STATEMENT, effect: "Allow" }] }, "yes"],
    ["effect not known", { statement: [{ ...STATEMENT, effect: LATER }] }, "maybe"],
    ["another service", { statement: [OTHERS] }, "no"],
    ["everyone", { statement: [{ ...STATEMENT, principals: [{ type: "*", identifiers: ["*"] }] }] }, "yes"],
    ["principals not known", { statement: [{ ...STATEMENT, principals: LATER }] }, "maybe"],
    ["a condition that holds", having("AWS:SourceOwner", [HOME]), "yes"],
    ["a condition that fails", having("AWS:SourceOwner", ["4"]), "no"],
    ["a variable in the data source's spelling", having("AWS:SourceOwner", ["&{aws:SourceAccount}"]), "yes"],
    ["a condition not known", { statement: [{ ...STATEMENT, condition: LATER }] }, "maybe"],
    ["condition values not known", having("AWS:SourceOwner", LATER), "maybe"],
    ["no statement", {}, "no"],
    ["statements not known", { statement: LATER }, "maybe"],
    ["denied by another block", { statement: [STATEMENT, { ...STATEMENT, effect: "Deny" }] }, "no"],
    ["a source that allows", { statement: [OTHERS], source_policy_documents: [json("alarms")] }, "yes"],
    ["a source of a source", { source_policy_documents: [json("deep")] }, "yes"],
    ["a source that denies", { statement: [STATEMENT], source_policy_documents: [json("denies")] }, "no"],
    [
      "its own statement instead of a source's of the same id",
      { statement: [{ ...OTHERS, sid: "Publish" }], source_policy_documents: [json("alarms")] },
      "no",
    ],
    [
      "an override instead of its own of the same id",
      { statement: [{ ...OTHERS, sid: "Publish" }], override_policy_documents: [json("alarms")] },
      "yes",
    ],
    [
      "the last override wins",
      { statement: [], override_policy_documents: [json("alarms"), json("others")] },
      "no",
    ],
    [
      "an override without ids is added",
      { statement: [STATEMENT], override_policy_documents: [json("unnamed")] },
      "yes",
    ],
    [
      "an override with empty ids is added",
      { statement: [{ ...STATEMENT, sid: "" }], override_policy_documents: [json("empty")] },
      "yes",
    ],
    [
      "an override of which one statement has the id",
      { statement: [{ ...STATEMENT, sid: "Publish" }], override_policy_documents: [json("both")] },
      "no",
    ],
    [
      "an override that may have the id",
      { statement: [{ ...STATEMENT, sid: "Publish" }], override_policy_documents: [json("doubtful")] },
      "maybe",
    ],
    [
      "an override that may have the id, of a statement without one",
      { statement: [STATEMENT], override_policy_documents: [json("doubtful")] },
      "yes",
    ],
    [
      "an id that is not known, which an override may have",
      { statement: [{ ...STATEMENT, sid: LATER }], override_policy_documents: [json("others")] },
      "maybe",
    ],
    [
      "an id that is not known, which one statement of an override may have",
      { statement: [{ ...STATEMENT, sid: LATER }], override_policy_documents: [json("both")] },
      "maybe",
    ],
    [
      "an id that is not known, and an override without ids",
      { statement: [{ ...STATEMENT, sid: LATER }], override_policy_documents: [json("unnamed")] },
      "yes",
    ],
    [
      "its own statement instead of one of a text of the same id",
      {
        statement: [{ ...OTHERS, sid: "Publish" }],
        source_policy_documents: [JSON.stringify({ Statement: [{ ...ALLOW, Sid: "Publish" }] })],
      },
      "no",
    ],
    ["a source by its older argument", { source_json: JSON.stringify({ Statement: ALLOW }) }, "yes"],
    [
      "an override by its older argument",
      { statement: [STATEMENT], override_json: JSON.stringify({ Statement: { ...ALLOW, Effect: "Deny" } }) },
      "no",
    ],
    [
      "sources that are not set",
      { statement: [STATEMENT], source_policy_documents: [null, ""], override_policy_documents: [null] },
      "yes",
    ],
    [
      "denied, and a source that is not known",
      { statement: [STATEMENT, { ...STATEMENT, effect: "Deny" }], source_policy_documents: [LATER] },
      "maybe",
    ],
    [
      "other actions than one",
      { statement: [{ ...STATEMENT, actions: null, not_actions: ["sns:DeleteTopic"] }] },
      "yes",
    ],
    [
      "other actions than this",
      { statement: [{ ...STATEMENT, actions: null, not_actions: ["sns:Publish"] }] },
      "no",
    ],
    [
      "actions, and others than one",
      { statement: [{ ...STATEMENT, not_actions: ["sns:DeleteTopic"] }] },
      "maybe",
    ],
    [
      "other resources than this topic",
      {
        statement: [{ ...STATEMENT, resources: null, not_resources: [reference("aws_sns_topic.t", "arn")] }],
      },
      "no",
    ],
    [
      "other resources than another topic",
      { statement: [{ ...STATEMENT, resources: null, not_resources: [`${TOPIC_ARN}2`] }] },
      "yes",
    ],
    [
      "others than CloudWatch",
      { statement: [{ ...STATEMENT, principals: null, not_principals: STATEMENT.principals }] },
      "no",
    ],
    [
      "others than another service",
      { statement: [{ ...STATEMENT, principals: null, not_principals: OTHERS.principals }] },
      "yes",
    ],
    [
      "principals of a type not known",
      { statement: [{ ...STATEMENT, principals: [{ type: LATER, identifiers: ["x"] }] }] },
      "maybe",
    ],
    [
      "principals of which no name is known",
      { statement: [{ ...STATEMENT, principals: [{ type: "Service", identifiers: LATER }] }] },
      "maybe",
    ],
    [
      "one of two services not known",
      {
        statement: [
          { ...STATEMENT, principals: [{ type: "Service", identifiers: ["s3.amazonaws.com", LATER] }] },
        ],
      },
      "maybe",
    ],
    ["a condition on the beginning of a text", having("AWS:SourceOwner", [text("4", LATER)]), "no"],
    [
      "a variable in an older version",
      { ...having("AWS:SourceOwner", ["&{aws:SourceAccount}"]), version: "2008-10-17" },
      "no",
    ],
    [
      "a variable in a version not known",
      { ...having("AWS:SourceOwner", ["&{aws:SourceAccount}"]), version: LATER },
      "maybe",
    ],
    ["a source as text", { source_policy_documents: [JSON.stringify({ Statement: ALLOW })] }, "yes"],
    ["a source that is not known", { statement: [STATEMENT], source_policy_documents: [LATER] }, "maybe"],
    ["sources that are not known", { statement: [STATEMENT], source_policy_documents: LATER }, "maybe"],
    [
      "an id that is not known beside a source's",
      { statement: [{ ...OTHERS, sid: LATER }], source_policy_documents: [json("alarms")] },
      "maybe",
    ],
  ])("%s", (_story, document, answer) => {
    expect(letsCloudWatchPublish(blocks(document, NESTED), PUBLICATION)).toBe(answer);
  });
});

test("the table is long enough to be called one", () => {
  expect(PUBLISHED.length + WHO_AND_WHAT.length + CONDITIONS.length + DENIALS.length).toBeGreaterThanOrEqual(
    60,
  );
});
