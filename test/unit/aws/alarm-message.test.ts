// Filter policies against the messages of alarms. The bodies are those that
// https://github.com/aws/aws-lambda-go/tree/main/events/testdata (cloudwatch-alarm-sns-payload-*.json) and messages
// recorded in public repositories have. Sources of the answers are pages of
// https://docs.aws.amazon.com/sns/latest/dg/, and what was recorded from AWS by
// https://github.com/localstack/localstack/blob/main/tests/aws/services/sns/test_sns_filter_policy.py ("recorded").

import { describe, expect, test } from "vitest";
import { alarmMessage, type SendingAlarm } from "../../../src/aws/alarm-message.ts";
import { letsAlarmThrough } from "../../../src/aws/subscription.ts";
import { child, unknown, type Value } from "../../../src/model/value.ts";
import { LATER, oneOf, type Plain, reader, reference, text, value } from "./build.ts";

const ACCOUNT = "111122223333";
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:security`;
const SCOPE = { partition: "aws", account: ACCOUNT, region: "us-east-1" };

type Parts = Readonly<Record<string, Plain>>;

const ALARM: Parts = {
  alarm_name: "unauthorized-api-calls",
  alarm_description: "Somebody was refused",
  arn: LATER,
  metric_name: "UnauthorizedAPICalls",
  namespace: "CISBenchmark",
  statistic: "Sum",
  period: 300,
  evaluation_periods: 1,
  threshold: 1,
  comparison_operator: "GreaterThanOrEqualToThreshold",
  treat_missing_data: "notBreaching",
  alarm_actions: [TOPIC],
};

function alarm(changes: Parts = {}, scope: SendingAlarm["scope"] = SCOPE): SendingAlarm {
  return { scope, ...reader({ ...ALARM, ...changes }) };
}

const METRIC = "aws_cloudwatch_metric_alarm";
const COMPOSITE = "aws_cloudwatch_composite_alarm";

function onBody(policy: Plain, sender = alarm(), type = METRIC): string {
  const written = typeof policy === "string" ? policy : JSON.stringify(policy);
  const { answer, problem } = letsAlarmThrough(
    value(written),
    value("MessageBody"),
    alarmMessage(sender, type),
  );
  return problem === undefined ? answer : `${answer}: ${problem}`;
}

type Row = readonly [policy: Plain, answer: string, source: string];

/** What no plan tells. */
const OPEN = unknown({ why: "after-apply", subject: "message" });

function oneOfThese(...candidates: readonly Plain[]): Value {
  return { ...OPEN, candidates: candidates.map(value), relation: "one-of", closed: true };
}

/** A number with the digits that the message writes. */
function digits(number: number, exact: string): Value {
  return { kind: "known", value: number, exact, sensitive: false };
}

/** An ARN that follows from the alarm's place and name. */
function arnOf(name: string): Value {
  return text("arn:", "aws", ":cloudwatch:", "us-east-1", ":", ACCOUNT, ":alarm:", name);
}

describe("the whole message", () => {
  const COMMON: Parts = {
    AWSAccountId: ACCOUNT,
    NewStateValue: "ALARM",
    NewStateReason: OPEN,
    StateChangeTime: OPEN,
    Region: "US East (N. Virginia)",
    OldStateValue: oneOfThese("OK", "INSUFFICIENT_DATA"),
    OKActions: [],
    AlarmActions: [TOPIC],
    InsufficientDataActions: [],
  };
  const TRIGGER: Parts = {
    EvaluationPeriods: digits(1, "1"),
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    Threshold: digits(1, "1.0"),
  };

  test("of an alarm on one metric", () => {
    expect(alarmMessage(alarm(), METRIC)).toEqual({
      body: value({
        ...COMMON,
        AlarmName: "unauthorized-api-calls",
        AlarmDescription: "Somebody was refused",
        AlarmArn: arnOf("unauthorized-api-calls"),
        AlarmConfigurationUpdatedTimestamp: OPEN,
        Trigger: {
          ...TRIGGER,
          MetricName: "UnauthorizedAPICalls",
          Namespace: "CISBenchmark",
          StatisticType: "Statistic",
          Statistic: "SUM",
          Unit: null,
          Dimensions: [],
          Period: digits(300, "300"),
        },
      }),
      closed: false,
      absent: new Set(["AlarmRule", "TriggeringChildren"]),
    });
  });

  test("of an alarm on metric math", () => {
    const metric = [
      { metric_name: "M", namespace: "N", stat: "Sum", period: 60, dimensions: { Account: "1" } },
    ];
    const metric_query = [
      { id: "e1", expression: "FILL(m1, 0)", return_data: true },
      { id: "m1", metric },
    ];
    const changes = { metric_name: null, alarm_description: null, threshold: 0.5, metric_query };
    const { body, absent } = alarmMessage(alarm(changes), METRIC);
    expect(body).toEqual(
      value({
        ...COMMON,
        AlarmName: "unauthorized-api-calls",
        AlarmDescription: oneOfThese(null, ""),
        AlarmArn: arnOf("unauthorized-api-calls"),
        AlarmConfigurationUpdatedTimestamp: OPEN,
        Trigger: {
          ...TRIGGER,
          Threshold: digits(0.5, "0.5"),
          Metrics: [
            { Id: "e1", Expression: "FILL(m1, 0)" },
            {
              Id: "m1",
              MetricStat: {
                Metric: {
                  MetricName: "M",
                  Namespace: "N",
                  Dimensions: [{ name: "Account", value: "1" }],
                },
                Period: digits(60, "60"),
                Stat: "Sum",
              },
            },
          ],
        },
      }),
    );
    expect([...(absent ?? [])].sort()).toEqual([
      "AlarmRule",
      "Trigger.Dimensions",
      "Trigger.MetricName",
      "Trigger.Metrics.Expression",
      "Trigger.Metrics.MetricStat",
      "Trigger.Namespace",
      "Trigger.Statistic",
      "Trigger.StatisticType",
      "Trigger.Unit",
      "TriggeringChildren",
    ]);
  });

  test("of a composite alarm", () => {
    const composite = alarm({
      alarm_name: "any",
      alarm_rule: "ALARM(a)",
      ok_actions: [TOPIC, "x"],
      insufficient_data_actions: ["y"],
    });
    expect(alarmMessage(composite, COMPOSITE)).toEqual({
      body: value({
        ...COMMON,
        AlarmName: "any",
        AlarmDescription: "Somebody was refused",
        AlarmArn: arnOf("any"),
        AlarmRule: "ALARM(a)",
        OKActions: [TOPIC, "x"],
        InsufficientDataActions: ["y"],
      }),
      closed: false,
      absent: new Set(["Trigger"]),
    });
  });

  test("of an alarm in a place that is not known", () => {
    const scope = { partition: undefined, account: undefined, region: undefined };
    const { body } = alarmMessage(alarm({}, scope), METRIC);
    expect(child(body, "AWSAccountId")).toEqual(OPEN);
    expect(child(body, "Region")).toEqual(text(OPEN, ")"));
  });
});

describe("the message of an alarm on one metric", () => {
  test.each<Row>([
    [{ NewStateValue: ["ALARM"] }, "yes", "string-value-matching.html, exact"],
    [{ NewStateValue: ["OK", "ALARM"] }, "yes", "and-or-logic.html, values of one key"],
    [{ NewStateValue: ["OK"] }, "no", "string-value-matching.html, exact"],
    [{ NewStateValue: ["alarm"] }, "no", "subscription-filter-policy-constraints.html, letter case"],
    [{ NewStateValue: [{ "equals-ignore-case": "alarm" }] }, "yes", "string-value-matching.html"],
    [{ NewStateValue: [{ "anything-but": ["OK"] }] }, "yes", "string-value-matching.html, anything-but"],
    [
      { NewStateValue: [{ "anything-but": ["ALARM", "OK"] }] },
      "no",
      "string-value-matching.html, anything-but",
    ],
    [{ AlarmName: [{ prefix: "unauthorized" }] }, "yes", "string-value-matching.html, prefix"],
    [{ AlarmName: [{ prefix: "root" }] }, "no", "string-value-matching.html, prefix"],
    [{ AlarmName: [{ suffix: "-calls" }] }, "yes", "string-value-matching.html, suffix"],
    [{ AlarmName: [{ suffix: "-logins" }] }, "no", "string-value-matching.html, suffix"],
    [{ AlarmName: [{ wildcard: "*-api-*" }] }, "yes", "string-value-matching.html, wildcard"],
    [{ AlarmName: [{ wildcard: "prod-*" }] }, "no", "string-value-matching.html, wildcard"],
    [{ AlarmName: [{ "anything-but": { prefix: "test-" } }] }, "yes", "string-value-matching.html"],
    [{ AlarmName: [{ "anything-but": { prefix: ["un", "x"] } }] }, "no", "string-value-matching.html"],
    [{ AlarmName: [{ "anything-but": { wildcard: "*api*" } }] }, "no", "string-value-matching.html"],
    [{ AlarmName: [{ exists: true }] }, "yes", "attribute-key-matching.html"],
    [{ AlarmName: [{ exists: false }] }, "no", "attribute-key-matching.html"],
    [{ AlarmName: [{ numeric: [">", 1] }] }, "no", "numeric-value-matching.html"],
    [{ AlarmName: [{ cidr: "10.0.0.0/8" }] }, "no", "string-value-matching.html, IP address"],
    [{ AlarmDescription: [{ prefix: "Somebody" }] }, "yes", "string-value-matching.html, prefix"],
    [{ AWSAccountId: [ACCOUNT] }, "yes", "a string in every recorded message"],
    [{ AWSAccountId: [Number(ACCOUNT)] }, "no", "a string in every recorded message"],
    [
      { AWSAccountId: [{ numeric: ["=", Number(ACCOUNT)] }] },
      "maybe",
      "whether digits are a number is not said",
    ],
    [{ Region: ["US East (N. Virginia)"] }, "yes", "recorded messages"],
    [{ Region: ["us-east-1"] }, "no", "recorded messages"],
    [{ AlarmArn: [{ suffix: ":alarm:unauthorized-api-calls" }] }, "yes", "cloudwatch, ARN of an alarm"],
    [
      { AlarmArn: [`arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:unauthorized-api-calls`] },
      "yes",
      "the same",
    ],
    [{ AlarmArn: [{ prefix: "arn:aws:cloudwatch:eu-west-1" }] }, "no", "cloudwatch, ARN of an alarm"],
    [{ OldStateValue: ["OK", "INSUFFICIENT_DATA"] }, "maybe", "agrees in both cases only for each value"],
    [{ OldStateValue: [{ "anything-but": "ALARM" }] }, "yes", "a change of state"],
    [{ OldStateValue: ["ALARM"] }, "no", "a change of state"],
    [{ AlarmActions: [TOPIC] }, "yes", "recorded: a list is met by one element"],
    [{ AlarmActions: ["arn:aws:sns:us-east-1:111122223333:other"] }, "no", "recorded"],
    [{ OKActions: [TOPIC] }, "no", "recorded: nothing in an empty list"],
    [{ NewStateReason: [{ prefix: "Threshold Crossed" }] }, "maybe", "no plan tells it"],
    [{ StateChangeTime: [{ prefix: "2026" }] }, "maybe", "no plan tells it"],
    [{ Trigger: { MetricName: ["UnauthorizedAPICalls"] } }, "yes", "recorded: keys within objects"],
    [{ Trigger: { MetricName: ["RootUsage"] } }, "no", "recorded: keys within objects"],
    [{ "Trigger.Namespace": ["CISBenchmark"] }, "yes", "recorded: dots reach into objects"],
    [{ Trigger: { Statistic: ["SUM"], StatisticType: ["Statistic"] } }, "yes", "upper case in the messages"],
    [{ Trigger: { Statistic: ["Sum"] } }, "no", "upper case in the messages"],
    [{ Trigger: { Period: [300], EvaluationPeriods: [1] } }, "yes", "numeric-value-matching.html"],
    [{ Trigger: { Period: [{ numeric: ["<", 300] }] } }, "no", "numeric-value-matching.html"],
    [{ Trigger: { Threshold: [{ numeric: [">=", 1, "<", 2] }] } }, "yes", "numeric-value-matching.html"],
    [{ Trigger: { Threshold: [1] } }, "maybe", "the message writes 1.0; whether that is 1 is not said"],
    [{ Trigger: { Threshold: [2] } }, "no", "numeric-value-matching.html"],
    [{ Trigger: { Unit: [null] } }, "yes", "null in the messages of alarms without a unit"],
    [{ Trigger: { Dimensions: { name: ["InstanceId"] } } }, "no", "no dimensions"],
    [{ Trigger: { TreatMissingData: ["notBreaching"] } }, "maybe", "recorded messages differ"],
    [{ Trigger: { ComparisonOperator: [{ prefix: "Greater" }] } }, "yes", "string-value-matching.html"],
    [{ AlarmRule: [{ exists: true }] }, "no", "only composite alarms have it"],
    [{ Severity: ["high"] }, "maybe", "nobody documents which keys there are"],
    [{ NewStateValue: ["ALARM"], AlarmName: ["other"] }, "no", "and-or-logic.html, keys"],
    [{ $or: [{ AlarmName: ["other"] }, { NewStateValue: ["ALARM"] }] }, "yes", "and-or-logic.html, $or"],
    [{ $or: [{ AlarmName: ["other"] }, { NewStateValue: ["OK"] }] }, "no", "and-or-logic.html, $or"],
    ["{}", "yes", "an empty policy filters nothing"],
    [{ a: ["1"], b: ["1"], c: ["1"], d: ["1"], e: ["1"], f: ["1"] }, "no: too-many-keys", "constraints"],
    [{ NewStateValue: "ALARM" }, "no: not-a-list", "recorded: must be an object or an array"],
    [{ NewStateValue: [] }, "no: empty-list", "recorded: empty arrays are not allowed"],
    ["{", "no: not-json", "recorded: a filter policy is JSON"],
  ])("%j: %s (%s)", (policy, answer) => {
    expect(onBody(policy)).toBe(answer);
  });

  test.each<readonly [string, Parts, Plain, string]>([
    ["a name not known", { alarm_name: LATER }, { AlarmName: ["unauthorized"] }, "maybe"],
    [
      "the beginning of a name",
      { alarm_name: text("prod-", LATER) },
      { AlarmName: [{ prefix: "prod-" }] },
      "yes",
    ],
    [
      "a name by reference",
      { alarm_name: reference("x", "name") },
      { AlarmName: [{ exists: true }] },
      "maybe",
    ],
    ["no description", { alarm_description: null }, { AlarmDescription: ["x"] }, "no"],
    ["no description, asked for null", { alarm_description: null }, { AlarmDescription: [null] }, "maybe"],
    [
      "a percentile",
      { statistic: null, extended_statistic: "p99" },
      { Trigger: { StatisticType: ["Statistic"] } },
      "no",
    ],
    ["a unit", { unit: "Count" }, { Trigger: { Unit: ["Count"] } }, "yes"],
    ["one of two datapoints", { datapoints_to_alarm: 1 }, { Trigger: { DatapointsToAlarm: [1] } }, "yes"],
    ["datapoints left out", {}, { Trigger: { DatapointsToAlarm: [1] } }, "maybe"],
    ["0 is left out", { datapoints_to_alarm: 0 }, { Trigger: { DatapointsToAlarm: [0] } }, "maybe"],
    ["an empty unit is none", { unit: "" }, { Trigger: { Unit: [null] } }, "yes"],
    ["statistic not known", { statistic: LATER }, { Trigger: { Statistic: ["SUM"] } }, "maybe"],
    [
      "kind of statistic not known",
      { statistic: LATER },
      { Trigger: { StatisticType: ["Statistic"] } },
      "maybe",
    ],
    [
      "a percentile's kind",
      { statistic: null, extended_statistic: "p99" },
      { Trigger: { StatisticType: ["ExtendedStatistic"] } },
      "yes",
    ],
    [
      "how a percentile is written",
      { statistic: null, extended_statistic: "p99" },
      { Trigger: { Statistic: ["P99"] } },
      "maybe",
    ],
    ["period not known", { period: LATER }, { Trigger: { Period: [300] } }, "maybe"],
    ["metric math, perhaps", { metric_name: LATER }, { Trigger: { Metrics: { Id: ["m1"] } } }, "maybe"],
    [
      "the ARN that AWS has given",
      { arn: "arn:aws:cloudwatch:us-east-1:111122223333:alarm:older" },
      { AlarmArn: [{ suffix: ":older" }] },
      "yes",
    ],
    [
      "dimensions",
      { dimensions: { Account: "1" } },
      { Trigger: { Dimensions: { name: ["Account"], value: ["1"] } } },
      "yes",
    ],
    ["dimensions not known", { dimensions: LATER }, { Trigger: { Dimensions: { name: ["A"] } } }, "maybe"],
    ["a topic by reference", { alarm_actions: [reference("t", "arn")] }, { AlarmActions: [TOPIC] }, "maybe"],
    ["which metric is not known", { metric_name: LATER }, { Trigger: { MetricName: ["A"] } }, "maybe"],
  ])("%s", (_story, changes, policy, answer) => {
    expect(onBody(policy, alarm(changes))).toBe(answer);
  });

  test.each<readonly [string | undefined, string, string]>([
    ["eu-west-1", "EU (Ireland)", "yes"],
    ["eu-west-1", "Europe (Ireland)", "no"],
    ["ap-northeast-1", "Asia Pacific (Tokyo)", "yes"],
    ["eu-south-2", "Europe (Spain)", "maybe"],
    ["eu-south-2", "eu-south-2", "no"],
    [undefined, "us-east-1", "no"],
    [undefined, "US East (Ohio)", "maybe"],
  ])("an alarm in %s, a policy for %s: %s", (region, name, answer) => {
    expect(onBody({ Region: [name] }, alarm({}, { ...SCOPE, region }))).toBe(answer);
  });
});

describe("the message of an alarm on metric math", () => {
  const math = alarm({
    metric_name: null,
    namespace: null,
    statistic: null,
    period: null,
    metric_query: [
      { id: "e1", expression: "FILL(m1, 0)", return_data: true },
      {
        id: "m1",
        metric: [{ metric_name: "M", namespace: "N", stat: "Sum", period: 300, dimensions: null }],
      },
    ],
  });
  test.each<readonly [Plain, string]>([
    [{ NewStateValue: ["ALARM"] }, "yes"],
    [{ Trigger: { MetricName: ["M"] } }, "no"],
    [{ Trigger: { Metrics: { Id: ["e1"], Expression: ["FILL(m1, 0)"] } } }, "yes"],
    [{ Trigger: { Metrics: { MetricStat: { Metric: { MetricName: ["M"] } } } } }, "yes"],
    [{ Trigger: { Metrics: { MetricStat: { Metric: { MetricName: ["X"] }, Stat: ["Sum"] } } } }, "no"],
    [{ Trigger: { Metrics: { Id: ["e1"], MetricStat: { Stat: ["Sum"] } } } }, "maybe"],
    [{ Trigger: { EvaluationPeriods: [1] } }, "yes"],
  ])("%j: %s", (policy, answer) => {
    expect(onBody(policy, math)).toBe(answer);
  });

  test("queries that are not known", () => {
    const open = alarm({ metric_name: null, metric_query: LATER });
    expect(onBody({ Trigger: { MetricName: ["M"] } }, open)).toBe("maybe");
    expect(onBody({ Trigger: { Metrics: { Id: ["m1"] } } }, open)).toBe("maybe");
    const one = alarm({ metric_name: null, metric_query: [LATER] });
    expect(onBody({ Trigger: { Metrics: { MetricStat: { Stat: ["Sum"] } } } }, one)).toBe("maybe");
  });
});

describe("the message of a composite alarm", () => {
  const composite: SendingAlarm = {
    scope: SCOPE,
    ...reader({ alarm_name: "any", alarm_rule: "ALARM(a) OR ALARM(b)", alarm_actions: [TOPIC] }),
  };
  test.each<readonly [Plain, string]>([
    [{ NewStateValue: ["ALARM"], AlarmName: ["any"] }, "yes"],
    [{ Trigger: { MetricName: ["M"] } }, "no"],
    [{ Trigger: { MetricName: [{ exists: false }] } }, "yes"],
    [{ AlarmRule: [{ prefix: "ALARM(a)" }] }, "yes"],
    [{ AlarmRule: [{ prefix: "OK(" }] }, "no"],
    [{ TriggeringChildren: { State: { Value: ["ALARM"] } } }, "maybe"],
    [{ AlarmArn: [{ suffix: ":alarm:any" }] }, "yes"],
  ])("%j: %s", (policy, answer) => {
    expect(onBody(policy, composite, COMPOSITE)).toBe(answer);
  });
});

describe("scopes", () => {
  const judge = (policy: Plain, scope: Plain) =>
    letsAlarmThrough(value(policy), value(scope), alarmMessage(alarm(), METRIC));
  test.each<readonly [string, Plain, Plain, string]>([
    ["no policy", null, null, "yes"],
    ["empty text", "", null, "yes"],
    ["empty policy", "{}", "MessageBody", "yes"],
    ["empty policy on attributes", "{}", null, "yes"],
    ["empty policy, scope not known", "{}", LATER, "yes"],
    ["not known", LATER, "MessageBody", "maybe"],
    ["on attributes, which an alarm has none of", '{"severity":["high"]}', null, "no"],
    [
      "on attributes, as a plan leaves the scope open",
      '{"severity":["high"]}',
      reference("subscription", "filter_policy_scope"),
      "no",
    ],
    ["on attributes, by name of the scope", '{"severity":["high"]}', "MessageAttributes", "no"],
    // attribute-key-matching.html: an empty set of attributes is not matched by it.
    ["on the absence of an attribute", '{"severity":[{"exists":false}]}', null, "no"],
    ["on absence or a value", '{"severity":["high",{"exists":false}]}', null, "no"],
    ["on attributes that the body happens to have", '{"NewStateValue":["ALARM"]}', null, "no"],
    ["$or of attributes", '{"$or":[{"a":["1"]},{"b":[{"exists":false}]}]}', null, "no"],
    ["scope not known, body accepts", '{"NewStateValue":["ALARM"]}', LATER, "maybe"],
    ["scope not known, neither accepts", '{"NewStateValue":["OK"]}', LATER, "maybe"],
    ["a scope not known here", '{"NewStateValue":["ALARM"]}', "MessageOfTomorrow", "maybe"],
    ["either scope drops it", '{"NewStateValue":["OK"]}', oneOf("MessageBody", "MessageAttributes"), "no"],
    [
      "scope by reference to another object",
      '{"NewStateValue":["OK"]}',
      reference("variable", "scope"),
      "maybe",
    ],
    ["a policy as an object", { NewStateValue: ["ALARM"] }, "MessageBody", "yes"],
    ["a policy as an object, that drops it", { NewStateValue: ["OK"] }, "MessageBody", "no"],
    ["an empty object", {}, "MessageBody", "yes"],
    ["a text in place of a policy", '"ALARM"', "MessageBody", "maybe"],
    ["a text in place of a policy, on attributes", '"ALARM"', null, "maybe"],
    ["one that is refused, or none", oneOf(null, '{"a":[]}'), "MessageBody", "maybe"],
    [
      "one that is refused, or one that lets it through",
      oneOf('{"a":[]}', '{"NewStateValue":["ALARM"]}'),
      "MessageBody",
      "maybe",
    ],
    [
      "one that is refused, or one that drops it",
      oneOf('{"a":[]}', '{"NewStateValue":["OK"]}'),
      "MessageBody",
      "no",
    ],
    ["an unknown part", text('{"AlarmName":["', LATER, '"]}'), "MessageBody", "maybe"],
    ["an unknown part, on attributes", text('{"AlarmName":["', LATER, '"]}'), null, "no"],
    [
      "an unknown part beside a decisive one",
      text('{"AlarmName":["', LATER, '"],"NewStateValue":["OK"]}'),
      "MessageBody",
      "no",
    ],
    [
      "one of two policies that drop it",
      oneOf('{"AlarmName":["x"]}', '{"NewStateValue":["OK"]}'),
      "MessageBody",
      "no",
    ],
  ])("%s", (_story, policy, scope, answer) => {
    expect(judge(policy, scope)).toEqual({ answer, problem: undefined });
  });

  test.each<readonly [string, Plain, Plain, string]>([
    ["nested on attributes", '{"Trigger":{"MetricName":["M"]}}', null, "nested-on-attributes"],
    ["refused in every scope", '{"a":[]}', LATER, "empty-list"],
    ["a list in place of a policy", '["ALARM"]', "MessageBody", "not-an-object"],
  ])("%s", (_story, policy, scope, problem) => {
    expect(judge(policy, scope)).toEqual({ answer: "no", problem });
  });
});
