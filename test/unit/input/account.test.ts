// Outputs of AWS commands: what each tells, what a missing one leaves open, and which ones cannot be used.

import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/model/json.ts";
import type { InputError } from "../../../src/model/problem.ts";
import { tellCause } from "../../../src/report/words.ts";
import {
  accountOf,
  alarm,
  auditOf,
  auditReport,
  GOOD,
  type OutputTexts,
  subscription,
  toldOf,
} from "../../tools/account.ts";
import { reportOn } from "../../tools/check-plan.ts";

const ALARM = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:";
const TOPIC = "arn:aws:sns:eu-west-1:111122223333:alerts";

function trailWith(changes: Readonly<Record<string, Json>>): OutputTexts {
  const [trail] = (GOOD["describe-trails.json"] as { trailList: Record<string, Json>[] }).trailList;
  return { "describe-trails.json": { trailList: [{ ...trail, ...changes }] } };
}

function filterWith(changes: Readonly<Record<string, Json>>): OutputTexts {
  const [filter] = (GOOD["describe-metric-filters.json"] as { metricFilters: Record<string, Json>[] })
    .metricFilters;
  return { "describe-metric-filters.json": { metricFilters: [{ ...filter, ...changes }] } };
}

const alarms = (...list: readonly Json[]): OutputTexts => ({
  "describe-alarms.json": { MetricAlarms: list },
});
const subscribed = (...list: readonly Json[]): OutputTexts => ({
  "list-subscriptions-by-topic.json": { Subscriptions: list },
});
const topicWith = (attributes: Readonly<Record<string, Json>>): OutputTexts => ({
  "get-topic-attributes.json": { Attributes: { TopicArn: TOPIC, ...attributes } },
});
const policyFor = (service: string): string =>
  JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sns:Publish", Resource: TOPIC }],
  });
const selectors = (told: Readonly<Record<string, Json>>): OutputTexts => ({
  "get-event-selectors.json": { TrailARN: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main", ...told },
});

describe("what outputs tell", () => {
  it.each<[string, OutputTexts, string]>([
    ["six outputs are enough", {}, "satisfied"],
    ["no trail", { "describe-trails.json": { trailList: [] } }, "violated trail no-trail"],
    [
      "a trail of one region",
      trailWith({ IsMultiRegionTrail: false }),
      "violated trail trail-not-multi-region",
    ],
    [
      "a trail without a log group",
      {
        "describe-trails.json": {
          trailList: [
            {
              Name: "main",
              TrailARN: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main",
              HomeRegion: "eu-west-1",
              IsMultiRegionTrail: true,
            },
          ],
        },
      },
      "violated trail trail-without-log-group",
    ],
    [
      "a stopped trail",
      { "get-trail-status.json": { IsLogging: false } },
      "violated trail trail-not-logging",
    ],
    [
      "writes alone",
      selectors({ EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }] }),
      "violated trail trail-misses-management-events",
    ],
    [
      "data events alone",
      selectors({
        AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Data"] }] }],
      }),
      "violated trail trail-misses-management-events",
    ],
    [
      "an advanced selector of all management events",
      selectors({
        AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] }],
      }),
      "satisfied",
    ],
    [
      "selectors of its own are told by the trail",
      { "get-event-selectors.json": null, ...trailWith({ HasCustomEventSelectors: false }) },
      "satisfied",
    ],
    ["no filter", { "describe-metric-filters.json": { metricFilters: [] } }, "violated filter no-filter"],
    [
      "a filter on another log group",
      filterWith({ logGroupName: "other" }),
      "violated filter no-filter-on-log-group",
    ],
    [
      "a pattern that misses",
      filterWith({ filterPattern: '{ $.errorCode = "AccessDenied" }' }),
      "violated filter pattern-misses-event",
    ],
    [
      "criteria beside the pattern",
      filterWith({ fieldSelectionCriteria: '@aws.account = "1"' }),
      "undecided filter filter-not-understood",
    ],
    [
      "a default value that breaches",
      filterWith({
        metricTransformations: [
          { metricName: "Denied", metricNamespace: "Security", metricValue: "1", defaultValue: 1.0 },
        ],
      }),
      "violated alarm alarm-always-on",
    ],
    ["no alarm", alarms(), "violated alarm no-alarm"],
    [
      "an alarm on another metric",
      alarms(alarm({ MetricName: "denied" })),
      "violated alarm no-alarm-on-metric",
    ],
    ["a threshold out of reach", alarms(alarm({ Threshold: 5.0 })), "violated alarm alarm-cannot-fire"],
    [
      "dimensions that nobody writes",
      alarms(alarm({ Dimensions: [{ Name: "Region", Value: "x" }] })),
      "violated alarm alarm-cannot-fire",
    ],
    [
      "a query with the metric in it",
      alarms(
        alarm({
          MetricName: null,
          Namespace: null,
          Statistic: null,
          Period: null,
          Metrics: [
            {
              Id: "m1",
              MetricStat: {
                Metric: { Namespace: "Security", MetricName: "Denied" },
                Period: 300,
                Stat: "Sum",
              },
            },
          ],
        }),
      ),
      "satisfied",
    ],
    [
      "the state of an alarm does not matter",
      alarms(alarm({ StateValue: "INSUFFICIENT_DATA" })),
      "satisfied",
    ],
    [
      "actions switched off",
      alarms(alarm({ ActionsEnabled: false })),
      "violated action alarm-actions-disabled",
    ],
    ["no action", alarms(alarm({ AlarmActions: [] })), "violated action alarm-without-actions"],
    [
      "an action that is a composite alarm's",
      {
        "describe-alarms.json": {
          MetricAlarms: [alarm({ AlarmActions: [] })],
          CompositeAlarms: [
            {
              AlarmName: "any",
              AlarmArn: `${ALARM}any`,
              AlarmRule: 'ALARM("denied")',
              ActionsEnabled: true,
              AlarmActions: [TOPIC],
            },
          ],
        },
      },
      "satisfied",
    ],
    [
      "a topic under the key of AWS",
      topicWith({ KmsMasterKeyId: "alias/aws/sns" }),
      "violated action topic-key-shuts-cloudwatch-out",
    ],
    [
      "a policy for another service",
      topicWith({ Policy: policyFor("events.amazonaws.com") }),
      "violated action topic-policy-shuts-cloudwatch-out",
    ],
    ["a policy for CloudWatch", topicWith({ Policy: policyFor("cloudwatch.amazonaws.com") }), "satisfied"],
    ["nobody is subscribed", subscribed(), "violated subscription no-subscription"],
    [
      "not confirmed",
      subscribed(subscription({ SubscriptionArn: "PendingConfirmation" })),
      "violated subscription subscription-pending",
    ],
    [
      "deleted",
      subscribed(subscription({ SubscriptionArn: "Deleted" })),
      "violated subscription no-subscription",
    ],
    [
      "one of two is confirmed",
      subscribed(subscription({ SubscriptionArn: "PendingConfirmation" }), subscription()),
      "satisfied",
    ],
    [
      "a filter policy that drops the alarm",
      {
        "get-subscription-attributes.json": {
          Attributes: {
            SubscriptionArn: `${TOPIC}:00000000-0000-4000-8000-000000000001`,
            TopicArn: TOPIC,
            FilterPolicy: '{"severity":["high"]}',
          },
        },
      },
      "violated subscription subscription-filters-alarm-away",
    ],
    [
      "all subscriptions of a region at once",
      {
        "list-subscriptions-by-topic.json": null,
        "list-subscriptions.json": {
          Subscriptions: [
            subscription(),
            subscription({ TopicArn: `${TOPIC}-2`, SubscriptionArn: `${TOPIC}-2:1` }),
          ],
        },
      },
      "satisfied",
    ],
  ])("%s", async (_, changes, told) => {
    expect(toldOf(await auditOf({ ...GOOD, ...changes }))).toBe(told);
  });

  it("by any file name", async () => {
    const renamed = Object.fromEntries(Object.values(GOOD).map((content, at) => [`${at}.json`, content]));
    expect(toldOf(await auditOf(renamed))).toBe("satisfied");
  });
});

const secondTrail = {
  Name: "second",
  TrailARN: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/second",
  HomeRegion: "eu-west-1",
  IsMultiRegionTrail: true,
  IsOrganizationTrail: false,
  CloudWatchLogsLogGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:calls:*",
};

describe("what is not told is not decided, and the command is named", () => {
  it.each<[string, OutputTexts, string, string]>([
    [
      "no trails",
      { "describe-trails.json": null },
      "undecided trail more-may-exist",
      "aws cloudtrail describe-trails --output json > outputs/describe-trails.json",
    ],
    [
      "no status",
      { "get-trail-status.json": null },
      "undecided trail not-known-before-apply",
      "aws cloudtrail get-trail-status --name arn:aws:cloudtrail:eu-west-1:111122223333:trail/main --region eu-west-1 --output json > outputs/eu-west-1/get-trail-status.main.json",
    ],
    [
      "no selectors",
      { "get-event-selectors.json": null },
      "undecided trail not-known-before-apply",
      "aws cloudtrail get-event-selectors --trail-name arn:aws:cloudtrail:eu-west-1:111122223333:trail/main --region eu-west-1 --output json > outputs/eu-west-1/get-event-selectors.main.json",
    ],
    [
      "no filters",
      { "describe-metric-filters.json": null },
      "undecided filter more-may-exist",
      "aws logs describe-metric-filters --region eu-west-1 --output json > outputs/eu-west-1/describe-metric-filters.json",
    ],
    [
      "no alarms",
      { "describe-alarms.json": null },
      "undecided alarm more-may-exist",
      "aws cloudwatch describe-alarms --region eu-west-1 --output json > outputs/eu-west-1/describe-alarms.json",
    ],
    [
      "a page of alarms without the right one",
      { "describe-alarms.json": { MetricAlarms: [alarm({ MetricName: "x" })], NextToken: "more" } },
      "undecided alarm more-may-exist",
      "aws cloudwatch describe-alarms --region eu-west-1 --output json > outputs/eu-west-1/describe-alarms.json",
    ],
    [
      "a page of filters",
      { "describe-metric-filters.json": { metricFilters: [], nextToken: "more" } },
      "undecided filter more-may-exist",
      "aws logs describe-metric-filters --region eu-west-1 --output json > outputs/eu-west-1/describe-metric-filters.json",
    ],
    [
      "alarms of another region",
      alarms(alarm({ AlarmArn: "arn:aws:cloudwatch:us-east-1:111122223333:alarm:denied" })),
      "undecided filter more-may-exist",
      "aws logs describe-metric-filters --region eu-west-1 --output json > outputs/eu-west-1/describe-metric-filters.json",
    ],
    [
      "no subscriptions",
      { "list-subscriptions-by-topic.json": null },
      "undecided subscription subscribers-outside-inputs",
      "aws sns list-subscriptions-by-topic --topic-arn arn:aws:sns:eu-west-1:111122223333:alerts --output json",
    ],
    [
      "a topic, and no subscriptions",
      { "list-subscriptions-by-topic.json": null, ...topicWith({}) },
      "undecided subscription not-known-before-apply",
      "aws sns list-subscriptions-by-topic --topic-arn arn:aws:sns:eu-west-1:111122223333:alerts --region eu-west-1 --output json > outputs/eu-west-1/list-subscriptions-by-topic.alerts.json",
    ],
    [
      "subscriptions that were refused",
      { "list-subscriptions-by-topic.json": null, "eu-west-1/list-subscriptions-by-topic.alerts.json": "" },
      "undecided subscription not-known-before-apply",
      "allow it, and ask again: aws sns list-subscriptions-by-topic --topic-arn arn:aws:sns:eu-west-1:111122223333:alerts --region eu-west-1 --output json > outputs/eu-west-1/list-subscriptions-by-topic.alerts.json",
    ],
    [
      "attributes of the topic that were refused",
      { "eu-west-1/get-topic-attributes.alerts.json": "" },
      "undecided action not-known-before-apply",
      "allow it, and ask again: aws sns get-topic-attributes --topic-arn arn:aws:sns:eu-west-1:111122223333:alerts --region eu-west-1 --output json > outputs/eu-west-1/get-topic-attributes.alerts.json",
    ],
    [
      "composite alarms that were refused, where nothing else tells",
      { ...alarms(alarm({ AlarmActions: [] })), "eu-west-1/describe-alarms.CompositeAlarm.json": "" },
      "undecided action more-may-exist",
      "allow it, and ask again: aws cloudwatch describe-alarms --alarm-types CompositeAlarm --region eu-west-1 --output json > outputs/eu-west-1/describe-alarms.CompositeAlarm.json",
    ],
    [
      "one status, and two trails that it may be of",
      {
        "describe-trails.json": {
          trailList: [
            ...(GOOD["describe-trails.json"] as { trailList: Json[] }).trailList,
            { ...secondTrail, HasCustomEventSelectors: false },
          ],
        },
      },
      "undecided trail not-known-before-apply",
      "aws cloudtrail get-trail-status --name arn:aws:cloudtrail:eu-west-1:111122223333:trail/main --region eu-west-1 --output json > outputs/eu-west-1/get-trail-status.main.json",
    ],
    [
      "the log group of an organization's trail in another account",
      {
        ...trailWith({
          TrailARN: "arn:aws:cloudtrail:eu-west-1:444455556666:trail/main",
          IsOrganizationTrail: true,
          HasCustomEventSelectors: false,
          CloudWatchLogsLogGroupArn: "arn:aws:logs:eu-west-1:444455556666:log-group:org:*",
        }),
      },
      "undecided filter filters-outside-inputs",
      "audit the account that owns it too: tfcheck audit DIR --with OTHER-DIR",
    ],
  ])("%s", async (_, changes, told, help) => {
    const finding = await auditOf({ ...GOOD, ...changes });
    expect(toldOf(finding)).toBe(told);
    const [main] = finding.causes;
    expect(main === undefined ? undefined : tellCause(main).help).toBe(help);
  });

  it("a status in a file named after its trail is that trail's", async () => {
    const two = {
      ...GOOD,
      "get-trail-status.json": null,
      "get-trail-status.main.json": { IsLogging: false },
      "get-trail-status.second.json": { IsLogging: true },
      "describe-trails.json": {
        trailList: [
          ...(GOOD["describe-trails.json"] as { trailList: Json[] }).trailList,
          { ...secondTrail, HasCustomEventSelectors: false },
        ],
      },
    };
    expect(toldOf(await auditOf(two))).toBe("satisfied");
    expect(toldOf(await auditOf({ ...two, "get-trail-status.second.json": { IsLogging: false } }))).toBe(
      "violated trail trail-not-logging",
    );
  });
});

describe("what is taken as given is said", () => {
  it.each<[string, OutputTexts, readonly string[]]>([
    [
      "six outputs",
      {},
      [
        "output-not-given composite alarms of account 111122223333 in eu-west-1",
        `output-not-given policy and key of topic ${TOPIC}`,
        `output-not-given filter policy of subscription ${TOPIC}:00000000-0000-4000-8000-000000000001`,
      ],
    ],
    [
      "an empty listing without a region, and a file that is no output",
      {
        "describe-alarms.json": { MetricAlarms: [], CompositeAlarms: [] },
        "list-subscriptions-by-topic.json": null,
        "describe-alarms.CompositeAlarm.json": { MetricAlarms: [], CompositeAlarms: [] },
        "package.json": { name: "x" },
      },
      ["output-region-taken outputs/describe-alarms.json", "output-not-read outputs/package.json"],
    ],
  ])("%s", async (_, changes, notes) => {
    const report = await auditReport({ ...GOOD, ...changes });
    expect(report.notes.map(({ code, subject }) => `${code} ${subject}`)).toEqual(notes);
  });
});

describe("outputs that cannot be used", () => {
  it.each<[string, OutputTexts, string]>([
    [
      "text output",
      { "describe-alarms.json": "METRICALARMS\tTrue" },
      "output-not-json outputs/describe-alarms.json",
    ],
    [
      "binary bytes",
      { "describe-alarms.json": "\u0000\u0001" },
      "file-not-text outputs/describe-alarms.json",
    ],
    [
      "a list that is text",
      alarms(alarm({ AlarmActions: TOPIC })),
      "output-shape outputs/describe-alarms.json",
    ],
    [
      "a list of texts where objects are printed",
      { "describe-trails.json": { trailList: ["main"] } },
      "output-shape outputs/describe-trails.json",
    ],
    [
      "two accounts in one directory",
      alarms(alarm({ AlarmArn: "arn:aws:cloudwatch:eu-west-1:444455556666:alarm:denied" })),
      "account-several outputs",
    ],
  ])("%s", async (_, changes, problem) => {
    const refused = await auditOf({ ...GOOD, ...changes }).catch((error: InputError) => error.problems);
    expect(Array.isArray(refused) && refused.map(({ code, place }) => `${code} ${place}`)).toEqual([problem]);
  });

  it("nothing that an audit reads", async () => {
    await expect(auditOf({ "plan.json": { format_version: "1.2" } })).rejects.toMatchObject({
      problems: [{ code: "account-empty" }],
    });
  });

  it("names that are properties of every object do no harm", async () => {
    const finding = await auditOf({
      ...GOOD,
      ...alarms(alarm({ Dimensions: [{ Name: "__proto__", Value: "constructor" }] })),
    });
    expect(toldOf(finding)).toBe("violated alarm alarm-cannot-fire");
  });
});

describe("beside others", () => {
  it("the account that holds the log group of the organization's trail completes the chain", async () => {
    const member: OutputTexts = {
      "describe-alarms.json": { MetricAlarms: [], CompositeAlarms: [] },
      "get-caller-identity.json": {
        Account: "444455556666",
        Arn: "arn:aws:iam::444455556666:user/a",
        UserId: "A",
      },
      "describe-trails.json": { trailList: [] },
    };
    const report = await auditReport(member, [accountOf(GOOD, "management")]);
    expect(report.findings.map(toldOf)).toEqual(["satisfied"]);
  });

  const filter = { name: "denied", log_group_name: "calls" };
  const transformation = { name: "Denied", namespace: "Security", value: "1" };
  it.each<[string, Json, string]>([
    ["that destroys the filter", { actions: ["delete"], before: filter, after: null }, "undecided"],
    [
      "that narrows the filter",
      {
        actions: ["update"],
        before: filter,
        after: { ...filter, pattern: '{ $.errorCode = "X" }', metric_transformation: [transformation] },
      },
      "undecided",
    ],
    [
      "that destroys the alarm",
      {
        actions: ["delete"],
        before: { alarm_name: "denied", arn: `${ALARM}denied` },
        after: null,
      },
      "violated",
    ],
    ["of something else", { actions: ["create"], before: null, after: { name: "x" } }, "satisfied"],
  ])("the word of a plan %s counts before the account's", async (_, change, verdict) => {
    const before = (change as { before: Record<string, Json> | null }).before;
    const type =
      before?.arn === undefined ? "aws_cloudwatch_log_metric_filter" : "aws_cloudwatch_metric_alarm";
    const plan = JSON.stringify({
      format_version: "1.2",
      resource_changes: [{ address: `${type}.a`, mode: "managed", type, name: "a", change }],
      configuration: { root_module: {} },
    });
    const bytes = new TextEncoder().encode(plan);
    const report = await reportOn({ plan: { label: "plan.json", bytes }, sources: undefined }, [
      accountOf(GOOD),
    ]);
    expect(report.findings[0]?.verdict).toBe(verdict);
  });
});
