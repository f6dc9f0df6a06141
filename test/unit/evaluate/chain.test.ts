import { describe, expect, test } from "vitest";
import { evaluate } from "../../../src/evaluate/evaluate.ts";
import type { Finding } from "../../../src/model/finding.ts";
import type { Graph } from "../../../src/model/graph.ts";
import type { Assumption, Waiver } from "../../../src/model/policy.ts";
import { known, unknown } from "../../../src/model/value.ts";
import { CONTROL } from "../../tools/chain-world.ts";
import { strangeEvidence } from "../../tools/known-attributes.ts";
import {
  type Attributes,
  CHAIN,
  changed,
  graphOf,
  madeFrom,
  mute,
  OPEN,
  oneOf,
  type Resources,
  reference,
  type WorldParts,
} from "../../tools/world.ts";

interface Options extends WorldParts {
  readonly assumptions?: readonly Assumption[];
  readonly waivers?: readonly Waiver[];
  readonly acceptPending?: boolean;
}

function judge(resources: Resources, options: Options = {}) {
  return judgeGraph(graphOf(resources, options), options);
}

function judgeGraph(graph: Graph, options: Options = {}) {
  return evaluate({
    graph,
    controls: [CONTROL],
    assumptions: options.assumptions ?? [],
    waivers: options.waivers ?? [],
    today: "2026-06-01",
    acceptPending: options.acceptPending ?? false,
  });
}

function tell(resources: Resources, options: Options = {}): string {
  return tellOf(graphOf(resources, options), options);
}

function tellOf(graph: Graph, options: Options = {}): string {
  const [finding] = judgeGraph(graph, options).findings;
  if (finding === undefined) throw new Error("no finding");
  expect(strangeEvidence(finding)).toEqual([]);
  return sentence(finding);
}

function sentence({ verdict, link, causes }: Finding): string {
  const [first] = causes;
  const cause = first === undefined ? "" : `: ${first.code} ${first.subject?.address ?? ""}`;
  return `${verdict}${link === undefined ? "" : ` at ${link}`}${cause}`.trim();
}

type Row = [story: string, changes: Readonly<Record<string, Attributes | undefined>>, outcome: string];

const TRAIL = "aws_cloudtrail.main";
const GROUP = "aws_cloudwatch_log_group.trail";
const FILTER = "aws_cloudwatch_log_metric_filter.denied";
const ALARM = "aws_cloudwatch_metric_alarm.denied";
const TOPIC = "aws_sns_topic.alerts";
const QUEUE = "aws_sns_topic_subscription.queue";

describe("the trail link", () => {
  test.each<Row>([
    ["the plain chain holds", {}, "satisfied"],
    [
      "a trail in one region",
      { [TRAIL]: { is_multi_region_trail: false } },
      `violated at trail: trail-not-multi-region ${TRAIL}`,
    ],
    [
      "a trail whose logging is not known",
      { [TRAIL]: { enable_logging: OPEN } },
      `undecided at trail: not-known-before-apply ${TRAIL}`,
    ],
    [
      "a trail without a log group",
      { [TRAIL]: { cloud_watch_logs_group_arn: null } },
      `violated at trail: trail-without-log-group ${TRAIL}`,
    ],
    ["a forgotten trail", { [TRAIL]: { ".exists": "maybe" } }, `undecided at trail: may-not-exist ${TRAIL}`],
    [
      "no trail but a filter on a group managed here",
      { [TRAIL]: undefined },
      `violated at trail: log-group-without-trail ${GROUP}`,
    ],
    [
      "no trail, and the group is elsewhere",
      { [TRAIL]: undefined, [GROUP]: undefined },
      "undecided at trail: trail-outside-inputs trail",
    ],
    [
      "a bad trail beside a good one",
      {
        "aws_cloudtrail.regional": {
          is_multi_region_trail: false,
          cloud_watch_logs_group_arn: reference(GROUP, "arn"),
        },
      },
      "satisfied",
    ],
    [
      "a trail and a filter that name the same group outside",
      {
        [GROUP]: undefined,
        [TRAIL]: {
          cloud_watch_logs_group_arn: "arn:aws:logs:eu-west-1:111122223333:log-group:trail:*",
          ".region": "eu-west-1",
        },
        [FILTER]: { ".region": "eu-west-1" },
      },
      "satisfied",
    ],
    [
      "a trail alone, delivering to a group that is managed elsewhere",
      {
        [GROUP]: undefined,
        [FILTER]: undefined,
        [TRAIL]: { cloud_watch_logs_group_arn: "arn:aws:logs:eu-west-1:111122223333:log-group:trail:*" },
      },
      "undecided at filter: filters-outside-inputs arn:aws:logs:eu-west-1:111122223333:log-group:trail:*",
    ],
    [
      "a trail alone, delivering to a group that is managed elsewhere",
      {
        [GROUP]: undefined,
        [FILTER]: undefined,
        [TRAIL]: { cloud_watch_logs_group_arn: "arn:aws:logs:eu-west-1:111122223333:log-group:trail:*" },
      },
      "undecided at filter: filters-outside-inputs arn:aws:logs:eu-west-1:111122223333:log-group:trail:*",
    ],
    [
      "a trail that may deliver to either of two groups, one without a filter",
      {
        [TRAIL]: {
          cloud_watch_logs_group_arn: oneOf(
            reference(GROUP, "arn"),
            reference("aws_cloudwatch_log_group.other", "arn"),
          ),
        },
        "aws_cloudwatch_log_group.other": { name: "other" },
      },
      `undecided at filter: not-known-before-apply ${FILTER}`,
    ],
  ])("%s", (_, changes, outcome) => {
    expect(tell(changed(changes))).toBe(outcome);
  });
});

describe("the filter link", () => {
  const half = (pattern: string) => ({ name: "half", log_group_name: "trail", pattern });
  test.each<Row>([
    ["no filter at all", { [FILTER]: undefined }, `violated at filter: no-filter ${GROUP}`],
    [
      "a filter of another purpose",
      { [FILTER]: { pattern: '{ $.userIdentity.type = "Root" && $.errorCode NOT EXISTS }' } },
      `violated at filter: no-filter ${GROUP}`,
    ],
    [
      "a narrowed pattern",
      { [FILTER]: { pattern: '{ $.errorCode = "AccessDenied*" }' } },
      `violated at filter: pattern-misses-event ${FILTER}`,
    ],
    [
      "an empty pattern",
      { [FILTER]: { pattern: "" } },
      `violated at filter: pattern-matches-everyday-calls ${FILTER}`,
    ],
    [
      "a pattern AWS refuses",
      { [FILTER]: { pattern: "{ $.errorCode == 'AccessDenied' }" } },
      `violated at filter: pattern-unreadable ${FILTER}`,
    ],
    [
      "a pattern known after apply",
      { [FILTER]: { pattern: OPEN } },
      `undecided at filter: not-known-before-apply ${FILTER}`,
    ],
    [
      "a filter on another group",
      { [FILTER]: { log_group_name: "other" }, "aws_cloudwatch_log_group.other": { name: "other" } },
      `violated at filter: no-filter-on-log-group ${GROUP}`,
    ],
    [
      "an infrequent access group",
      { [GROUP]: { log_group_class: "INFREQUENT_ACCESS" } },
      `violated at filter: log-group-class-without-metrics ${GROUP}`,
    ],
    [
      "a group of a class known after apply",
      { [GROUP]: { log_group_class: OPEN } },
      `undecided at filter: not-known-before-apply ${GROUP}`,
    ],
    [
      "a group whose class the provider fills in",
      { [GROUP]: { log_group_class: reference(GROUP, "log_group_class") } },
      "satisfied",
    ],
    [
      "a filter of which it is not known whether it reads transformed logs",
      { [FILTER]: { apply_on_transformed_logs: OPEN } },
      `undecided at filter: not-known-before-apply ${FILTER}`,
    ],
    [
      "a filter for which the provider fills that in",
      { [FILTER]: { apply_on_transformed_logs: reference(FILTER, "apply_on_transformed_logs") } },
      "satisfied",
    ],
    [
      "a filter on original logs beside a transformer",
      {
        [FILTER]: { apply_on_transformed_logs: false },
        "aws_cloudwatch_log_transformer.trail": { log_group_arn: reference(GROUP, "arn") },
      },
      "satisfied",
    ],
    [
      "a filter on some accounts and regions",
      { [FILTER]: { field_selection_criteria: '@aws.region = "us-east-1"' } },
      `undecided at filter: filter-not-understood ${FILTER}`,
    ],
    [
      "a filter that emits dimensions of its own",
      { [FILTER]: { emit_system_field_dimensions: ["@aws.account"] } },
      `undecided at filter: filter-not-understood ${FILTER}`,
    ],
    [
      "a filter that may emit dimensions of its own",
      { [FILTER]: { emit_system_field_dimensions: OPEN } },
      `undecided at filter: not-known-before-apply ${FILTER}`,
    ],
    [
      "a filter on transformed logs",
      { [FILTER]: { apply_on_transformed_logs: true } },
      `undecided at filter: filter-on-transformed-logs ${FILTER}`,
    ],
    [
      "two filters on one metric that cover together",
      {
        [FILTER]: { pattern: '{ $.errorCode = "*UnauthorizedOperation" }' },
        "aws_cloudwatch_log_metric_filter.other": {
          ...half('{ $.errorCode = "AccessDenied*" }'),
          metric_transformation: [{ name: "Denied", namespace: "CIS", value: "1" }],
        },
      },
      "satisfied",
    ],
    [
      "two halves on two metrics",
      {
        [FILTER]: { pattern: '{ $.errorCode = "*UnauthorizedOperation" }' },
        "aws_cloudwatch_log_metric_filter.other": {
          ...half('{ $.errorCode = "AccessDenied*" }'),
          metric_transformation: [{ name: "Other", namespace: "CIS", value: "1" }],
        },
      },
      `violated at filter: pattern-misses-event ${FILTER}`,
    ],
  ])("%s", (_, changes, outcome) => {
    expect(tell(changed(changes))).toBe(outcome);
  });
});

describe("the alarm link", () => {
  const QUERY = { metric_name: null, namespace: null, statistic: null, period: null };
  const watching = (account_id: string | null, return_data = true) => ({
    id: "m1",
    account_id,
    return_data,
    metric: [{ metric_name: "Denied", namespace: "CIS", stat: "Sum", period: 300 }],
  });
  test.each<Row>([
    ["no alarm", { [ALARM]: undefined }, `violated at alarm: no-alarm ${FILTER}`],
    [
      "another namespace",
      { [ALARM]: { namespace: "Other" } },
      `violated at alarm: no-alarm-on-metric ${ALARM}`,
    ],
    [
      "a threshold one event does not reach",
      { [ALARM]: { threshold: 5 } },
      `violated at alarm: alarm-cannot-fire ${ALARM}`,
    ],
    [
      "a threshold known after apply",
      { [ALARM]: { threshold: OPEN } },
      `undecided at alarm: not-known-before-apply ${ALARM}`,
    ],
    [
      "another region",
      { [ALARM]: { ".region": "eu-west-1" }, [FILTER]: { ".region": "us-east-1" } },
      `violated at alarm: no-alarm-on-metric ${ALARM}`,
    ],
    [
      "another account",
      { [ALARM]: { ".account": "444455556666" }, [FILTER]: { ".account": "111122223333" } },
      `violated at alarm: no-alarm-on-metric ${ALARM}`,
    ],
    [
      "another account that watches this one's metric",
      {
        [ALARM]: { ...QUERY, ".account": "444455556666", metric_query: [watching("111122223333")] },
        [FILTER]: { ".account": "111122223333" },
      },
      `undecided at alarm: alarm-not-understood ${ALARM}`,
    ],
    [
      "another account that watches a third one's metric",
      {
        [ALARM]: { ...QUERY, ".account": "444455556666", metric_query: [watching("777788889999")] },
        [FILTER]: { ".account": "111122223333" },
      },
      `violated at alarm: no-alarm-on-metric ${ALARM}`,
    ],
    [
      "the metric scaled by metric math",
      {
        [ALARM]: {
          ...QUERY,
          metric_query: [watching(null, false), { id: "e1", expression: "m1 * 10", return_data: true }],
        },
      },
      "satisfied",
    ],
    [
      "more periods than AWS looks back",
      { [ALARM]: { evaluation_periods: 1000, datapoints_to_alarm: 1 } },
      `violated at alarm: alarm-cannot-fire ${ALARM}`,
    ],
    [
      "a second alarm of another purpose",
      { "aws_cloudwatch_metric_alarm.cpu": { alarm_name: "cpu", metric_name: "CPU", namespace: "AWS/EC2" } },
      "satisfied",
    ],
  ])("%s", (_, changes, outcome) => {
    expect(tell(changed(changes))).toBe(outcome);
  });

  test("alarms that other inputs may hold keep the verdict open", () => {
    const gap = {
      origin: { why: "module-not-installed" as const, subject: "module.alarms" },
      types: undefined,
      location: undefined,
    };
    expect(tell(changed({ [ALARM]: undefined }), { gaps: { aws_cloudwatch_metric_alarm: gap } })).toBe(
      "undecided at alarm: more-may-exist module.alarms",
    );
    expect(tell(changed({ [QUEUE]: undefined }), { gaps: { aws_cloudwatch_metric_alarm: gap } })).toBe(
      "undecided at alarm: more-may-exist module.alarms",
    );
    expect(tell(CHAIN, { gaps: { aws_cloudwatch_metric_alarm: gap } })).toBe("satisfied");
  });
});

describe("the action link", () => {
  const LAMBDA = "arn:aws:lambda:us-east-1:111122223333:function:page";
  const shut = JSON.stringify({
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:role/deploy" },
        Action: "sns:Publish",
        Resource: "*",
      },
    ],
  });
  test.each<Row>([
    [
      "no actions",
      { [ALARM]: { alarm_actions: null } },
      `violated at action: alarm-without-actions ${ALARM}`,
    ],
    [
      "an empty list",
      { [ALARM]: { alarm_actions: [] } },
      `violated at action: alarm-without-actions ${ALARM}`,
    ],
    [
      "actions known after apply",
      { [ALARM]: { alarm_actions: OPEN } },
      `undecided at action: not-known-before-apply ${ALARM}`,
    ],
    [
      "a function only",
      { [ALARM]: { alarm_actions: [LAMBDA] } },
      `violated at action: alarm-actions-without-topic ${ALARM}`,
    ],
    [
      "a function and the topic",
      { [ALARM]: { alarm_actions: [LAMBDA, reference(TOPIC, "arn")] } },
      "satisfied",
    ],
    [
      "a function only, of an alarm beside the one whose topic is shut",
      {
        "aws_cloudwatch_metric_alarm.aaa": { ...CHAIN[ALARM], alarm_name: "aaa", alarm_actions: [LAMBDA] },
        [TOPIC]: { kms_master_key_id: "alias/aws/sns" },
      },
      `violated at action: topic-key-shuts-cloudwatch-out ${TOPIC}`,
    ],
    [
      "actions disabled, of an alarm beside one that lacks the topic alone",
      {
        "aws_cloudwatch_metric_alarm.aaa": { ...CHAIN[ALARM], alarm_name: "aaa", actions_enabled: false },
        [TOPIC]: { kms_master_key_id: "alias/aws/sns" },
      },
      `violated at action: topic-key-shuts-cloudwatch-out ${TOPIC}`,
    ],
    [
      "actions disabled",
      { [ALARM]: { actions_enabled: false } },
      `violated at action: alarm-actions-disabled ${ALARM}`,
    ],
    [
      "a topic under the key AWS manages",
      { [TOPIC]: { kms_master_key_id: "alias/aws/sns" } },
      `violated at action: topic-key-shuts-cloudwatch-out ${TOPIC}`,
    ],
    [
      "a key that a data source finds under the alias of AWS",
      {
        "data.aws_kms_alias.sns": { name: "alias/aws/sns" },
        [TOPIC]: { kms_master_key_id: reference("data.aws_kms_alias.sns", "target_key_arn") },
      },
      `violated at action: topic-key-shuts-cloudwatch-out ${TOPIC}`,
    ],
    [
      "a key nobody here knows",
      { [TOPIC]: { kms_master_key_id: "alias/security" } },
      `undecided at action: not-known-before-apply ${TOPIC}`,
    ],
    [
      "a key with the default policy",
      { "aws_kms_key.own": {}, [TOPIC]: { kms_master_key_id: reference("aws_kms_key.own", "arn") } },
      `violated at action: topic-key-shuts-cloudwatch-out ${TOPIC}`,
    ],
    [
      "a key whose policy lets CloudWatch in",
      {
        "aws_kms_key.own": {
          policy: JSON.stringify({
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "cloudwatch.amazonaws.com" },
                Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
                Resource: "*",
              },
            ],
          }),
        },
        [TOPIC]: { kms_master_key_id: reference("aws_kms_key.own", "arn") },
      },
      "satisfied",
    ],
    [
      "a topic policy for others",
      { [TOPIC]: { policy: shut } },
      `violated at action: topic-policy-shuts-cloudwatch-out ${TOPIC}`,
    ],
    [
      "a policy resource that shuts CloudWatch out",
      { "aws_sns_topic_policy.own": { arn: reference(TOPIC, "arn"), policy: shut } },
      `violated at action: topic-policy-shuts-cloudwatch-out ${TOPIC}`,
    ],
    [
      "a policy made of the topic's own ARN",
      {
        "aws_sns_topic_policy.own": {
          arn: reference(TOPIC, "arn"),
          policy: madeFrom([reference(TOPIC, "arn")]),
        },
      },
      "undecided at action: not-known-before-apply aws_sns_topic_policy.own",
    ],
    [
      "a policy of which nothing is known",
      { "aws_sns_topic_policy.own": { arn: reference(TOPIC, "arn"), policy: OPEN } },
      "undecided at action: not-known-before-apply aws_sns_topic_policy.own",
    ],
    [
      "a topic in another region",
      {
        [ALARM]: { ".region": "us-east-1" },
        [FILTER]: { ".region": "us-east-1" },
        [TOPIC]: { ".region": "eu-west-1" },
      },
      `violated at action: topic-in-other-region ${ALARM}`,
    ],
    [
      "a topic outside the inputs in another region",
      {
        [ALARM]: {
          ".region": "us-east-1",
          alarm_actions: ["arn:aws:sns:eu-west-1:111122223333:security"],
        },
        [FILTER]: { ".region": "us-east-1" },
      },
      `violated at action: topic-in-other-region ${ALARM}`,
    ],
    [
      "a composite alarm that tells instead",
      {
        [ALARM]: { alarm_actions: null },
        "aws_cloudwatch_composite_alarm.all": {
          alarm_name: "all",
          alarm_rule: "ALARM(denied) OR ALARM(other)",
          alarm_actions: [reference(TOPIC, "arn")],
        },
      },
      "satisfied",
    ],
    [
      "a composite alarm in another region, which speaks of another alarm of that name",
      {
        [ALARM]: { alarm_actions: null, ".region": "us-east-1" },
        [FILTER]: { ".region": "us-east-1" },
        [TOPIC]: { ".region": "eu-west-1" },
        "aws_cloudwatch_composite_alarm.all": {
          alarm_name: "all",
          alarm_rule: "ALARM(denied)",
          alarm_actions: [reference(TOPIC, "arn")],
          ".region": "eu-west-1",
        },
      },
      `violated at action: alarm-without-actions ${ALARM}`,
    ],
    [
      "a composite alarm that may be in another region",
      {
        [ALARM]: { alarm_actions: null },
        "aws_cloudwatch_composite_alarm.all": {
          alarm_name: "all",
          alarm_rule: "ALARM(denied)",
          alarm_actions: [reference(TOPIC, "arn")],
          ".provider": "plan.json|aws.other",
        },
      },
      "undecided at action: not-known-before-apply aws_cloudwatch_composite_alarm.all",
    ],
    [
      "a composite alarm of a composite alarm",
      {
        [ALARM]: { alarm_actions: null },
        "aws_cloudwatch_composite_alarm.all": {
          alarm_name: "all",
          alarm_rule: "ALARM(lower)",
          alarm_actions: [reference(TOPIC, "arn")],
        },
        "aws_cloudwatch_composite_alarm.lower": { alarm_name: "lower", alarm_rule: "ALARM(denied)" },
      },
      "satisfied",
    ],
    [
      "a composite alarm with a suppressor",
      {
        [ALARM]: { alarm_actions: null },
        "aws_cloudwatch_composite_alarm.all": {
          alarm_name: "all",
          alarm_rule: "ALARM(denied)",
          actions_suppressor: [{ alarm: "maintenance" }],
          alarm_actions: [reference(TOPIC, "arn")],
        },
      },
      "undecided at action: composite-alarm-not-decided aws_cloudwatch_composite_alarm.all",
    ],
    [
      "a composite alarm whose rule cannot be read",
      {
        [ALARM]: { alarm_actions: null },
        "aws_cloudwatch_composite_alarm.all": {
          alarm_name: "all",
          alarm_rule: "alarm denied",
          alarm_actions: [reference(TOPIC, "arn")],
        },
      },
      "undecided at action: composite-alarm-not-decided aws_cloudwatch_composite_alarm.all",
    ],
    [
      "a composite alarm whose rule is not known",
      {
        [ALARM]: { alarm_actions: null },
        "aws_cloudwatch_composite_alarm.all": {
          alarm_name: "all",
          alarm_rule: OPEN,
          alarm_actions: [reference(TOPIC, "arn")],
        },
      },
      "undecided at action: not-known-before-apply aws_cloudwatch_composite_alarm.all",
    ],
    [
      "a mute rule for a maintenance window",
      { "aws_cloudwatch_alarm_mute_rule.nightly": mute("PT4H") },
      "satisfied",
    ],
    [
      "a mute rule without an end",
      { "aws_cloudwatch_alarm_mute_rule.nightly": mute("P1D") },
      `violated at action: alarm-muted ${ALARM}`,
    ],
    [
      "a mute rule without an end, of another region",
      {
        [ALARM]: { ".region": "eu-west-1" },
        [FILTER]: { ".region": "eu-west-1" },
        "aws_cloudwatch_alarm_mute_rule.nightly": { ...mute("P1D"), ".region": "us-east-1" },
      },
      "satisfied",
    ],
    [
      "a mute rule without an end that has yet to begin",
      { "aws_cloudwatch_alarm_mute_rule.nightly": { ...mute("P1D"), start_date: "2099-01-01T00:00:00Z" } },
      "undecided at action: not-known-before-apply aws_cloudwatch_alarm_mute_rule.nightly",
    ],
    [
      "a composite alarm of other alarms",
      {
        [ALARM]: { alarm_actions: null },
        "aws_cloudwatch_composite_alarm.all": {
          alarm_name: "all",
          alarm_rule: "ALARM(other)",
          alarm_actions: [reference(TOPIC, "arn")],
        },
      },
      `violated at action: alarm-without-actions ${ALARM}`,
    ],
  ])("%s", (_, changes, outcome) => {
    expect(tell(changed(changes))).toBe(outcome);
  });
});

describe("the subscription link", () => {
  const MAIL = { protocol: "email", endpoint: "soc@example.com" };
  const ELSEWHERE = "arn:aws:sns:us-east-1:111122223333:security";
  const quiet = { "aws_sns_topic.quiet": { name: "quiet" } };
  test.each<Row>([
    ["no subscription", { [QUEUE]: undefined }, `violated at subscription: no-subscription ${TOPIC}`],
    [
      "a subscription on another topic",
      { ...quiet, [QUEUE]: { topic_arn: reference("aws_sns_topic.quiet", "arn") } },
      `violated at subscription: no-subscription-on-topic ${TOPIC}`,
    ],
    [
      "a new e-mail subscription",
      { [QUEUE]: MAIL },
      `violated at subscription: subscription-pending ${QUEUE}`,
    ],
    [
      "a confirmed one that stays",
      { [QUEUE]: { ...MAIL, pending_confirmation: false, ".fresh": false } },
      "satisfied",
    ],
    [
      "a pending one that stays",
      { [QUEUE]: { ...MAIL, pending_confirmation: true, ".fresh": false } },
      `violated at subscription: subscription-pending ${QUEUE}`,
    ],
    [
      "a filter on the alarm's own name",
      { [QUEUE]: { filter_policy: '{"AlarmName":["denied"]}', filter_policy_scope: "MessageBody" } },
      "satisfied",
    ],
    [
      "a filter on another alarm's name",
      { [QUEUE]: { filter_policy: '{"AlarmName":["root"]}', filter_policy_scope: "MessageBody" } },
      `violated at subscription: subscription-filters-alarm-away ${QUEUE}`,
    ],
    [
      "a filter on the alarm's metric",
      {
        [QUEUE]: { filter_policy: '{"Trigger":{"Namespace":["CIS"]}}', filter_policy_scope: "MessageBody" },
      },
      "satisfied",
    ],
    [
      "a filter on a key that alarms are not known to send",
      { [QUEUE]: { filter_policy: '{"Severity":["high"]}', filter_policy_scope: "MessageBody" } },
      `undecided at subscription: filter-policy-not-decided ${QUEUE}`,
    ],
    [
      "a filter policy that AWS refuses",
      { [QUEUE]: { filter_policy: '{"NewStateValue":"ALARM"}', filter_policy_scope: "MessageBody" } },
      `violated at subscription: filter-policy-refused ${QUEUE}`,
    ],
    [
      "a filter on the absence of an attribute",
      { [QUEUE]: { filter_policy: '{"source":[{"exists":false}]}' } },
      `violated at subscription: subscription-filters-alarm-away ${QUEUE}`,
    ],
    [
      "a filter that takes OK messages only",
      { [QUEUE]: { filter_policy: '{"NewStateValue":["OK"]}', filter_policy_scope: "MessageBody" } },
      `violated at subscription: subscription-filters-alarm-away ${QUEUE}`,
    ],
    [
      "a topic outside without a subscription here",
      { [ALARM]: { alarm_actions: [ELSEWHERE] } },
      `undecided at subscription: subscribers-outside-inputs ${ELSEWHERE}`,
    ],
    [
      "a topic outside with a subscription here",
      { [ALARM]: { alarm_actions: [ELSEWHERE] }, [QUEUE]: { topic_arn: ELSEWHERE } },
      "satisfied",
    ],
    [
      "two topics, and not known which",
      {
        ...quiet,
        [ALARM]: {
          alarm_actions: madeFrom([reference(TOPIC, "arn"), reference("aws_sns_topic.quiet", "arn")]),
        },
      },
      `undecided at subscription: not-known-before-apply ${ALARM}`,
    ],
    [
      "two topics, both subscribed, and not known which",
      {
        ...quiet,
        [ALARM]: {
          alarm_actions: madeFrom([reference(TOPIC, "arn"), reference("aws_sns_topic.quiet", "arn")]),
        },
        "aws_sns_topic_subscription.other": {
          topic_arn: reference("aws_sns_topic.quiet", "arn"),
          protocol: "sms",
          endpoint: "+15550100",
        },
      },
      "satisfied",
    ],
    [
      "a known topic elsewhere beside one without a subscription",
      {
        [QUEUE]: undefined,
        [ALARM]: { alarm_actions: madeFrom([reference(TOPIC, "arn")], [known(ELSEWHERE)]) },
      },
      `undecided at subscription: subscribers-outside-inputs ${ELSEWHERE}`,
    ],
    [
      "a subscription whose topic is not known",
      { [QUEUE]: { topic_arn: unknown({ why: "local-without-sources", subject: "local.topic" }) } },
      `undecided at subscription: not-known-before-apply ${QUEUE}`,
    ],
  ])("%s", (_, changes, outcome) => {
    expect(tell(changed(changes))).toBe(outcome);
  });

  test("pending ones are accepted when asked, and the report says so", () => {
    const [finding] = judge(changed({ [QUEUE]: MAIL }), { acceptPending: true }).findings;
    expect(finding?.verdict).toBe("satisfied");
    expect(finding?.remarks.map((remark) => remark.code)).toContain("pending-accepted");
  });
});

describe("what is shown", () => {
  test("both ends of every link of a chain that holds", () => {
    const [finding] = judge(CHAIN).findings;
    const shown = (finding?.chain ?? []).map(({ link, evidence }) => [
      link,
      [...new Set(evidence.map(({ place, attribute }) => `${place.address} ${attribute ?? ""}`.trim()))],
    ]);
    expect(Object.fromEntries(shown)).toEqual({
      trail: ["is_multi_region_trail", "enable_logging", "cloud_watch_logs_group_arn"].map(
        (name) => `${TRAIL} ${name}`,
      ),
      filter: [`${FILTER} log_group_name`, `${FILTER} pattern`],
      alarm: [
        `${FILTER} metric_transformation.namespace`,
        `${FILTER} metric_transformation.name`,
        `${ALARM} namespace`,
        `${ALARM} metric_name`,
      ],
      action: [`${ALARM} alarm_actions`, TOPIC],
      subscription: [`${QUEUE} topic_arn`, `${QUEUE} protocol`, `${QUEUE} endpoint`],
    });
  });

  test("which regions an alarm and its topic are in", () => {
    const apart = { [ALARM]: { ".region": "us-east-1" }, [FILTER]: { ".region": "us-east-1" } };
    const resources = changed({ ...apart, [TOPIC]: { ".region": "eu-west-1" } });
    const [cause] = judge(resources).findings[0]?.causes ?? [];
    expect(cause).toMatchObject({ alarmRegion: "us-east-1", topicRegion: "eu-west-1" });
    expect(cause?.evidence.map(({ place }) => place.address)).toEqual([ALARM, TOPIC]);
  });
});

describe("an account that is asked about", () => {
  const HOME = "111122223333";
  test.each([
    ["is the trail's", HOME, [HOME], "satisfied"],
    ["may be the trail's", null, ["444455556666"], "satisfied"],
    ["is another one", HOME, ["444455556666"], `undecided at trail: trail-of-another-account ${TRAIL}`],
    ["is not told", HOME, [], "satisfied"],
  ])("%s", (_, account, asked, outcome) => {
    const placed = changed({ [TRAIL]: { ".account": account }, [FILTER]: { ".account": account } });
    const graph = { ...graphOf(placed), askedAccounts: () => asked };
    expect(tellOf(graph)).toBe(outcome);
  });
});

describe("what no chain describes", () => {
  test("inputs with none of it are undecided, not green", () => {
    expect(tell({ "aws_sqs_queue.inbox": { name: "inbox" } })).toBe("undecided at trail: nothing-to-check");
  });

  test("an alarm and a topic alone say nothing about where events come from", () => {
    const parts = changed({ [TRAIL]: undefined, [GROUP]: undefined, [FILTER]: undefined });
    expect(tell(parts)).toBe("undecided at trail: nothing-to-check");
  });

  test("a chain that the plan takes down is violated", () => {
    expect(tell({}, { gone: [TRAIL, FILTER] })).toBe(`violated at trail: trail-removed ${TRAIL}`);
  });
});

describe("assumptions and waivers", () => {
  const waiver: Waiver = {
    control: "aws-*",
    address: undefined,
    reason: "the alarm lives in another account",
    expires: "2026-12-31",
    place: ".tfcheck.yaml:3:5",
  };

  test("an endpoint known to be confirmed", () => {
    const mail = changed({ [QUEUE]: { protocol: "email", endpoint: "soc@example.com" } });
    const assumption: Assumption = {
      kind: "endpoint-confirmed",
      endpoint: "soc@example.com",
      reason: "confirmed in May",
    };
    const { findings, notes } = judge(mail, { assumptions: [assumption] });
    expect(findings[0]?.verdict).toBe("satisfied");
    expect(findings[0]?.remarks.map((remark) => remark.code)).toContain("assumption-used");
    expect(notes).toEqual([]);
  });

  test("a log group elsewhere that a good trail feeds", () => {
    const outside = changed({ [TRAIL]: undefined, [GROUP]: undefined });
    const assumption: Assumption = { kind: "log-group-fed", logGroup: "trail", reason: "organization trail" };
    expect(tell(outside, { assumptions: [assumption] })).toBe("satisfied");
  });

  test("a topic elsewhere that has subscribers", () => {
    const outside = changed({ [ALARM]: { alarm_actions: ["arn:aws:sns:us-east-1:111122223333:security"] } });
    const assumption: Assumption = {
      kind: "topic-has-subscriber",
      topic: "arn:aws:sns:us-east-1:111122223333:security",
      reason: "on-call rota",
    };
    expect(tell(outside, { assumptions: [assumption] })).toBe("satisfied");
  });

  test("an assumption that nothing rests on is told", () => {
    const assumption: Assumption = {
      kind: "endpoint-confirmed",
      endpoint: "old@example.com",
      reason: "long ago",
    };
    expect(judge(CHAIN, { assumptions: [assumption] }).notes.map((note) => note.code)).toEqual([
      "assumption-unused",
    ]);
  });

  test("a waiver marks a violated finding and leaves its verdict", () => {
    const { findings, notes } = judge(changed({ [QUEUE]: undefined }), { waivers: [waiver] });
    expect(findings[0]).toMatchObject({ verdict: "violated", waiver: { reason: waiver.reason } });
    expect(notes).toEqual([]);
  });

  test.each<[string, Partial<Waiver>, string[]]>([
    ["expired", { expires: "2026-05-31" }, ["waiver-expired"]],
    ["for another address", { address: "module.other.*" }, ["waiver-unused"]],
    ["for a control that was not asked", { control: "aws-root-usage-alarm" }, []],
  ])("a waiver that is %s does nothing", (_, parts, codes) => {
    const { findings, notes } = judge(changed({ [QUEUE]: undefined }), {
      waivers: [{ ...waiver, ...parts }],
    });
    expect(findings[0]?.waiver).toBeUndefined();
    expect(notes.map((note) => note.code)).toEqual(codes);
  });

  test("a waiver on its last day still counts", () => {
    const { findings } = judge(changed({ [QUEUE]: undefined }), {
      waivers: [{ ...waiver, expires: "2026-06-01" }],
    });
    expect(findings[0]?.waiver).toBeDefined();
  });
});
