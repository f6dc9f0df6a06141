import { describe, expect, test } from "vitest";
import {
  compareArn,
  equivalentAttributes,
  isSnsTopicArn,
  logGroupOfArn,
  parseArn,
  predictedArn,
  printArn,
  topicNameOfArn,
} from "../../../src/aws/arn.ts";

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
    "arn:aws:sns:r:a:",
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
    ["arn:aws:sqs:r:a:alarms", undefined],
    ["alarms", undefined],
  ])("the topic of %s is %j", (text, name) => {
    expect(topicNameOfArn(text)).toBe(name);
    expect(isSnsTopicArn(text)).toBe(name !== undefined);
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

describe("attributes that hold the same string", () => {
  test.each([
    ["aws_sns_topic", undefined, [["id", "arn"]]],
    ["aws_cloudwatch_log_group", undefined, [["id", "name"]]],
    ["aws_cloudwatch_log_metric_filter", undefined, [["id", "name"]]],
    ["aws_cloudwatch_metric_alarm", 1, [["id", "alarm_name"]]],
    ["aws_cloudtrail", 1, [["id", "arn"]]],
    ["aws_cloudtrail", 0, [["id", "name"]]],
    ["aws_cloudtrail", undefined, []],
    ["aws_s3_bucket", undefined, []],
    ["constructor", undefined, []],
  ])("%s under schema version %j", (type, schemaVersion, groups) => {
    expect(equivalentAttributes(type, schemaVersion)).toEqual(groups);
  });
});
