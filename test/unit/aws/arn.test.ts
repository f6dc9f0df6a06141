import { describe, expect, test } from "vitest";
import {
  compareArn,
  equivalentAttributes,
  isSnsTopicArn,
  logGroupOfArn,
  nameOfArn,
  parseArn,
  predictedArn,
  predictedArnText,
  printArn,
  topicNameOfArn,
} from "../../../src/aws/arn.ts";
import { unknown } from "../../../src/model/value.ts";
import { text as joined } from "./build.ts";

const SCOPE = { partition: "aws", account: "111122223333", region: "eu-west-1" };
const UNPLACED = { partition: undefined, account: undefined, region: undefined };

describe("parsing", () => {
  test.each([
    ["arn:aws:sns:eu-west-1:111122223333:alarms", ["aws", "sns", "eu-west-1", "111122223333", "alarms"]],
    ["arn:aws:s3:::bucket/key", ["aws", "s3", "", "", "bucket/key"]],
    ["arn:aws-us-gov:iam::111122223333:role/x", ["aws-us-gov", "iam", "", "111122223333", "role/x"]],
    ["arn:aws:logs:r:a:log-group:g:*", ["aws", "logs", "r", "a", "log-group:g:*"]],
  ])("%s has its five parts", (text, [partition, service, region, account, resource]) => {
    expect(parseArn(text)).toEqual({ partition, service, region, account, resource });
  });

  test.each([
    "",
    "alarms",
    "arn:aws:sns",
    "arn:aws:sns:r",
    "arn:aws:sns:r:a",
    "arn:aws:sns:r:a:",
    "arn:aws::r:a:b",
    "arn::sns:r:a:b",
    "urn:aws:sns:r:a:b",
    "arn:aws:sns:r:a:b c",
  ])("%j is no ARN", (text) => {
    expect(parseArn(text)).toBeUndefined();
  });

  test("printing gives the text back", () => {
    const text = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/trail:*";
    const arn = parseArn(text);
    expect(arn && printArn(arn)).toBe(text);
  });
});

describe("names within ARNs", () => {
  test.each([
    ["arn:aws:logs:r:a:log-group:trail", "trail"],
    ["arn:aws:logs:r:a:log-group:trail:*", "trail"],
    ["arn:aws:logs:r:a:log-group:/aws/cloudtrail.x#1", "/aws/cloudtrail.x#1"],
    ["arn:aws:logs:r:a:log-group:trail:log-stream:s", undefined],
    ["arn:aws:logs:r:a:log-group:*", undefined],
    ["arn:aws:logs:r:a:log-group:", undefined],
    ["arn:aws:logs:r:a:destination:trail", undefined],
    ["arn:aws:logs:r:a:old-log-group:trail", undefined],
    ["arn:aws:logs:r:a:log-group:trail:*:x", undefined],
    ["arn:aws:sns:r:a:log-group:trail", undefined],
    ["trail", undefined],
  ])("the log group of %s is %j", (text, name) => {
    expect(logGroupOfArn(text)).toBe(name);
  });

  test.each([
    ["arn:aws:sns:r:a:alarms", "alarms"],
    ["arn:aws-cn:sns:cn-north-1:a:alarms.fifo", "alarms.fifo"],
    ["arn:aws:sns:r:a:alarms:9adf2109-9222-45d2-93ac-d2735c166851", undefined],
    ["arn:aws:sns:r:a:app/GCM/x", undefined],
    ["arn:aws:sns:r:a:A-z_09", "A-z_09"],
    ["arn:aws:sns:r:a:alarms.fifo2", undefined],
    [`arn:aws:sns:r:a:${"x".repeat(256)}`, "x".repeat(256)],
    [`arn:aws:sns:r:a:${"x".repeat(257)}`, undefined],
    ["arn:aws:sqs:r:a:alarms", undefined],
    ["alarms", undefined],
  ])("the topic of %s is %j", (text, name) => {
    expect(topicNameOfArn(text)).toBe(name);
    expect(isSnsTopicArn(text)).toBe(name !== undefined);
  });
});

describe("names of what a topic delivers to, and of roles", () => {
  test.each([
    ["sqs", "arn:aws:sqs:r:a:inbox", "inbox"],
    ["sqs", "arn:aws:sqs:r:a:inbox.fifo", "inbox.fifo"],
    ["sqs", "arn:aws:sqs:r:a:inbox/x", undefined],
    ["sqs", "arn:aws:sqs:r:a:x:inbox", undefined],
    ["sqs", "arn:aws:sns:r:a:inbox", undefined],
    ["iam", "arn:aws:iam::a:role/writer", "writer"],
    ["iam", "arn:aws:iam::a:role/service-role/deep/writer", "writer"],
    ["iam", "arn:aws:iam::a:role/", undefined],
    ["iam", "arn:aws:iam::a:user/writer", undefined],
    ["iam", "arn:aws:iam::a:x:role/writer", undefined],
    ["lambda", "arn:aws:lambda:r:a:function:notify", "notify"],
    ["lambda", "arn:aws:lambda:r:a:function:notify:live", undefined],
    ["lambda", "arn:aws:lambda:r:a:layer:function:notify", undefined],
    ["lambda", "arn:aws:lambda:r:a:layer:notify", undefined],
    ["firehose", "arn:aws:firehose:r:a:deliverystream/alarms", "alarms"],
    ["firehose", "arn:aws:firehose:r:a:deliverystream/alarms/x", undefined],
    ["firehose", "arn:aws:firehose:r:a:x/deliverystream/alarms", undefined],
    ["firehose", "alarms", undefined],
  ] as const)("%s: the name in %s is %j", (service, text, name) => {
    expect(nameOfArn(service, text)).toBe(name);
  });
});

describe("an ARN that AWS has not given yet", () => {
  test.each([
    ["aws_sns_topic", "alarms", "arn:aws:sns:eu-west-1:111122223333:alarms"],
    ["aws_cloudwatch_log_group", "/trail", "arn:aws:logs:eu-west-1:111122223333:log-group:/trail"],
    ["aws_cloudwatch_metric_alarm", "a", "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a"],
    ["aws_cloudwatch_composite_alarm", "a", "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a"],
    ["aws_cloudtrail", "t", "arn:aws:cloudtrail:eu-west-1:111122223333:trail/t"],
  ])("%s %s will be %s", (type, name, text) => {
    const expected = predictedArn(type, name, SCOPE);
    expect(expected && compareArn(text, expected)).toBe("yes");
  });

  test("types whose ARN holds a made-up id are not predicted", () => {
    expect(predictedArn("aws_kms_key", "x", SCOPE)).toBeUndefined();
    expect(predictedArnText("aws_kms_key", "x", SCOPE)).toBeUndefined();
  });

  test("as a text, each part that is not known says what it is", () => {
    const part = (subject: string) => unknown({ why: "after-apply", subject });
    expect(predictedArnText("aws_cloudtrail", "t", SCOPE)).toEqual(
      joined("arn:", "aws", ":cloudtrail:", "eu-west-1", ":", "111122223333", ":trail/", "t"),
    );
    expect(predictedArnText("aws_cloudtrail", undefined, UNPLACED)).toEqual(
      joined(
        "arn:",
        part("partition"),
        ":cloudtrail:",
        part("region"),
        ":",
        part("account"),
        ":trail/",
        part("name"),
      ),
    );
  });

  const TOPIC = "arn:aws:sns:eu-west-1:111122223333:alarms";
  test.each([
    ["everything known and equal", TOPIC, "alarms", SCOPE, "yes"],
    ["account not known", TOPIC, "alarms", { ...SCOPE, account: undefined }, "maybe"],
    ["nothing known but the name", TOPIC, "alarms", UNPLACED, "maybe"],
    ["nothing known at all", TOPIC, undefined, UNPLACED, "maybe"],
    ["another name, scope not known", TOPIC, "alerts", UNPLACED, "no"],
    ["name differs in letter case", TOPIC, "Alarms", SCOPE, "no"],
    ["another region, name not known", TOPIC, undefined, { ...UNPLACED, region: "us-east-1" }, "no"],
    ["another account", TOPIC, "alarms", { ...SCOPE, account: "444455556666" }, "no"],
    ["another partition", TOPIC, "alarms", { ...SCOPE, partition: "aws-cn" }, "no"],
    ["a subscription of the topic", `${TOPIC}:9adf2109`, "alarms", SCOPE, "no"],
    ["a queue of the same name", "arn:aws:sqs:eu-west-1:111122223333:alarms", "alarms", SCOPE, "no"],
    ["no ARN", "alarms", "alarms", UNPLACED, "no"],
  ] as const)("compared with a topic: %s", (_story, text, name, scope, answer) => {
    const expected = predictedArn("aws_sns_topic", name, scope);
    expect(expected && compareArn(text, expected)).toBe(answer);
  });

  test("a log group's trailing :* does not count, a longer name does", () => {
    const expected = predictedArn("aws_cloudwatch_log_group", "trail", SCOPE);
    const compare = (suffix: string) =>
      expected && compareArn(`arn:aws:logs:eu-west-1:111122223333:log-group:trail${suffix}`, expected);
    expect([compare(":*"), compare(""), compare("s"), compare(":log-stream:x")]).toEqual([
      "yes",
      "yes",
      "no",
      "no",
    ]);
  });
});

test.each([
  ["of a log group within the name", "logs", "log-group:trail:*:x", "log-group:trail:x", "no"],
  ["of another object of CloudWatch Logs", "logs", "destination:x:*", "destination:x", "no"],
  ["of another service", "sns", "log-group:x:*", "log-group:x", "no"],
  ["on both sides", "logs", "log-group:x:*", "log-group:x:*", "yes"],
])("a star %s", (_story, service, written, resource, answer) => {
  const expected = { partition: "aws", service, region: "r", account: "a", resource };
  expect(compareArn(`arn:aws:${service}:r:a:${written}`, expected)).toBe(answer);
});

describe("attributes that hold the same string", () => {
  test.each([
    ["aws_sns_topic", undefined, [["id", "arn"]]],
    ["aws_cloudwatch_log_group", undefined, [["id", "name"]]],
    ["aws_cloudwatch_log_metric_filter", undefined, [["id", "name"]]],
    ["aws_cloudwatch_metric_alarm", 1, [["id", "alarm_name"]]],
    ["aws_cloudtrail", 1, [["id", "arn"]]],
    ["aws_cloudtrail", 2, [["id", "arn"]]],
    ["aws_cloudtrail", 0, [["id", "name"]]],
    ["aws_cloudtrail", undefined, []],
    ["aws_s3_bucket", undefined, []],
    ["constructor", undefined, []],
  ])("%s under schema version %j", (type, schemaVersion, groups) => {
    expect(equivalentAttributes(type, schemaVersion)).toEqual(groups);
  });
});
