// What each cause tells beside its code: whom it is about, what is shown for it, and its details.

import { describe, expect, test } from "vitest";
import { checkChain, createWorld } from "../../../src/evaluate/chain/chain.ts";
import { requirementOf } from "../../../src/evaluate/chain/coverage.ts";
import type { DeliverySettings } from "../../../src/model/delivery.ts";
import type { Cause, ChainLink, Evidence, Remark } from "../../../src/model/finding.ts";
import type { GoneResource, Graph } from "../../../src/model/graph.ts";
import type { Assumption } from "../../../src/model/policy.ts";
import { known, unknown } from "../../../src/model/value.ts";
import { CONTROL, judge } from "../../tools/chain-world.ts";
import {
  type Attributes,
  CHAIN,
  changed,
  graphOf,
  OPEN,
  oneOf,
  PATTERN,
  reference,
  type WorldParts,
} from "../../tools/world.ts";

const TRAIL = "aws_cloudtrail.main";
const GROUP = "aws_cloudwatch_log_group.trail";
const FILTER = "aws_cloudwatch_log_metric_filter.denied";
const ALARM = "aws_cloudwatch_metric_alarm.denied";
const TOPIC = "aws_sns_topic.alerts";
const QUEUE = "aws_sns_topic_subscription.queue";
const HOME = "111122223333";
const OTHER = "444455556666";

type Changes = Readonly<Record<string, Attributes | undefined>>;

/** `address attribute: what is shown`. */
function shown({ place, attribute, value }: Evidence): string {
  const text = value?.kind === "text" ? value.text : value === undefined ? "" : `(${value.kind})`;
  return `${place.address} ${attribute ?? ""}${text === "" ? "" : `: ${text}`}`.trim();
}

function names(evidence: readonly Evidence[]): readonly string[] {
  return evidence.map(({ place, attribute }) => `${place.address} ${attribute ?? ""}`.trim());
}

function told({ code, subject, evidence, ...details }: Cause | Remark): object {
  return { code, about: subject?.address, shows: names(evidence), ...details };
}

/** Whom it is about, what is shown, and further details. */
type Told = readonly [code: string, about: string | undefined, shows: readonly string[], details?: object];

const asObject = ([code, about, shows, details = {}]: Told): object => ({ code, about, shows, ...details });

const METRIC = [`${FILTER} metric_transformation.namespace`, `${FILTER} metric_transformation.name`];
const WATCHED = [...METRIC, `${ALARM} namespace`, `${ALARM} metric_name`];
const DENIED = { metric: { namespace: "CIS", name: "Denied" } };
const waits = (attribute: string, subject = "elsewhere") => ({
  attribute,
  origin: { why: "after-apply", subject },
});

describe("one cause", () => {
  test.each<[string, Changes, Told, WorldParts?]>([
    [
      "a trail in one region",
      { [TRAIL]: { is_multi_region_trail: false } },
      ["trail-not-multi-region", TRAIL, [`${TRAIL} is_multi_region_trail`]],
    ],
    [
      "a trail that does not log",
      { [TRAIL]: { enable_logging: false } },
      ["trail-not-logging", TRAIL, [`${TRAIL} enable_logging`]],
    ],
    [
      "a trail of which it is not known whether it logs",
      { [TRAIL]: { enable_logging: OPEN } },
      ["not-known-before-apply", TRAIL, [`${TRAIL} enable_logging`], waits("enable_logging")],
    ],
    [
      "a trail without a log group",
      { [TRAIL]: { cloud_watch_logs_group_arn: null } },
      ["trail-without-log-group", TRAIL, [`${TRAIL} cloud_watch_logs_group_arn`]],
    ],
    [
      "a trail of which it is not known where it delivers",
      { [TRAIL]: { cloud_watch_logs_group_arn: OPEN } },
      [
        "not-known-before-apply",
        TRAIL,
        [`${TRAIL} cloud_watch_logs_group_arn`],
        waits("cloud_watch_logs_group_arn"),
      ],
    ],
    [
      "a trail that delivers to something else",
      { [TRAIL]: { cloud_watch_logs_group_arn: reference(TOPIC, "arn") } },
      ["trail-without-log-group", TRAIL, [`${TRAIL} cloud_watch_logs_group_arn`]],
    ],
    [
      "a trail that records reading alone",
      { [TRAIL]: { event_selector: [{ read_write_type: "ReadOnly", include_management_events: true }] } },
      ["trail-misses-management-events", TRAIL, [`${TRAIL} event_selector`], { how: "read-only" }],
    ],
    [
      "a trail that may not be there",
      { [TRAIL]: { ".exists": "maybe" } },
      ["may-not-exist", TRAIL, [], { doubt: "forgotten" }],
    ],
    [
      "a log group that no trail feeds",
      { [TRAIL]: undefined },
      ["log-group-without-trail", GROUP, [`${FILTER} log_group_name`]],
    ],
    [
      "a log group that is managed elsewhere",
      { [TRAIL]: undefined, [GROUP]: undefined },
      ["trail-outside-inputs", "trail", [`${FILTER} log_group_name`]],
    ],
    [
      "a log group that is managed elsewhere, under a secret name",
      { [TRAIL]: undefined, [GROUP]: undefined, [FILTER]: { log_group_name: known("trail", true) } },
      ["trail-outside-inputs", "(sensitive)", [`${FILTER} log_group_name`]],
    ],
    [
      "a log group that is not known",
      { [TRAIL]: undefined, [GROUP]: undefined, [FILTER]: { log_group_name: OPEN } },
      ["not-known-before-apply", FILTER, [`${FILTER} log_group_name`], waits("log_group_name")],
    ],
    [
      "no filter",
      { [FILTER]: undefined },
      ["no-filter", GROUP, [`${TRAIL} cloud_watch_logs_group_arn`], { required: PATTERN }],
    ],
    [
      "filters of another purpose",
      Object.fromEntries(
        ["denied", "b", "c", "d"].map((name) => [
          `aws_cloudwatch_log_metric_filter.${name}`,
          { name, log_group_name: "trail", pattern: '{ $.eventName = "ConsoleLogin" }' },
        ]),
      ),
      [
        "no-filter",
        GROUP,
        [
          `${TRAIL} cloud_watch_logs_group_arn`,
          `${FILTER} pattern`,
          "aws_cloudwatch_log_metric_filter.b pattern",
          "aws_cloudwatch_log_metric_filter.c pattern",
        ],
        { required: PATTERN },
      ],
    ],
    [
      "a filter on another group",
      { [FILTER]: { log_group_name: "other" }, "aws_cloudwatch_log_group.other": { name: "other" } },
      ["no-filter-on-log-group", GROUP, [`${TRAIL} cloud_watch_logs_group_arn`, `${FILTER} log_group_name`]],
    ],
    [
      "a pattern for everyday calls",
      { [FILTER]: { pattern: "" } },
      [
        "pattern-matches-everyday-calls",
        FILTER,
        [`${FILTER} pattern`],
        { pattern: "", event: expect.anything() },
      ],
    ],
    [
      "a pattern that AWS refuses",
      { [FILTER]: { pattern: "{ $.errorCode == 'AccessDenied' }" } },
      [
        "pattern-unreadable",
        FILTER,
        [`${FILTER} pattern`],
        { pattern: "{ $.errorCode == 'AccessDenied' }", problem: expect.any(String), offset: 14 },
      ],
    ],
    [
      "a secret pattern that AWS refuses",
      { [FILTER]: { pattern: known("{ $.errorCode == 'AccessDenied' }", true) } },
      [
        "pattern-unreadable",
        FILTER,
        [`${FILTER} pattern`],
        { pattern: "(sensitive)", problem: expect.any(String), offset: 0 },
      ],
    ],
    [
      "a secret pattern that misses events",
      { [FILTER]: { pattern: known('{ $.errorCode = "AccessDenied*" }', true) } },
      [
        "pattern-misses-event",
        FILTER,
        [`${FILTER} pattern`],
        { required: PATTERN, actual: ["(sensitive)"], event: {}, dropsEventsWithout: [] },
      ],
    ],
    [
      "a pattern that is not known",
      { [FILTER]: { pattern: OPEN } },
      ["not-known-before-apply", FILTER, [`${FILTER} pattern`], waits("pattern")],
    ],
    [
      "a group of another class",
      { [GROUP]: { log_group_class: "INFREQUENT_ACCESS" } },
      [
        "log-group-class-without-metrics",
        GROUP,
        [`${GROUP} log_group_class`],
        { logGroupClass: "INFREQUENT_ACCESS" },
      ],
    ],
    [
      "a filter on transformed logs",
      { [FILTER]: { apply_on_transformed_logs: true } },
      ["filter-on-transformed-logs", FILTER, [`${FILTER} apply_on_transformed_logs`]],
    ],
    [
      "a filter on some regions",
      { [FILTER]: { field_selection_criteria: '@aws.region = "us-east-1"' } },
      [
        "filter-not-understood",
        FILTER,
        [`${FILTER} field_selection_criteria`],
        { attribute: "field_selection_criteria" },
      ],
    ],
    ["no alarm", { [ALARM]: undefined }, ["no-alarm", FILTER, METRIC, DENIED]],
    [
      "an alarm of another purpose",
      { [ALARM]: { metric_name: "CPU", namespace: "AWS/EC2" } },
      ["no-alarm", FILTER, METRIC, DENIED],
    ],
    [
      "an alarm on another filter's metric",
      {
        [ALARM]: { metric_name: "Root" },
        "aws_cloudwatch_log_metric_filter.root": {
          name: "root",
          log_group_name: "trail",
          pattern: '{ $.userIdentity.type = "Root" }',
          metric_transformation: [{ name: "Root", namespace: "CIS", value: "1" }],
        },
      },
      ["no-alarm", FILTER, METRIC, DENIED],
    ],
    [
      "an alarm in another namespace",
      { [ALARM]: { namespace: "Other" } },
      ["no-alarm-on-metric", ALARM, WATCHED, { ...DENIED, nearest: "other-namespace" }],
    ],
    [
      "an alarm on a metric in other letters",
      { [ALARM]: { metric_name: "denied" } },
      ["no-alarm-on-metric", ALARM, WATCHED, { ...DENIED, nearest: "letter-case" }],
    ],
    [
      "an alarm in another region",
      { [ALARM]: { ".region": "eu-west-1" }, [FILTER]: { ".region": "us-east-1" } },
      ["no-alarm-on-metric", ALARM, WATCHED, { ...DENIED, nearest: "other-region" }],
    ],
    [
      "an alarm in another account",
      { [ALARM]: { ".account": OTHER }, [FILTER]: { ".account": HOME } },
      ["no-alarm-on-metric", ALARM, WATCHED, { ...DENIED, nearest: "other-account" }],
    ],
    [
      "an alarm that may be in another region",
      { [ALARM]: { ".provider": "plan.json|aws.other" } },
      ["not-known-before-apply", ALARM, [`${ALARM} region`], waits("region", ALARM)],
    ],
    [
      "an alarm on a metric that is not known",
      { [ALARM]: { metric_name: OPEN } },
      ["not-known-before-apply", ALARM, [`${ALARM} metric_name`], waits("metric_name")],
    ],
    [
      "an alarm that needs more events",
      { [ALARM]: { threshold: 5 } },
      [
        "alarm-cannot-fire",
        ALARM,
        [
          ...WATCHED,
          `${ALARM} comparison_operator`,
          `${ALARM} threshold`,
          `${ALARM} statistic`,
          `${ALARM} evaluation_periods`,
        ],
        { how: "metric-value-below-threshold" },
      ],
    ],
    [
      "a filter that counts nothing",
      { [FILTER]: { metric_transformation: [{ name: "Denied", namespace: "CIS", value: "0" }] } },
      [
        "alarm-cannot-fire",
        ALARM,
        [
          ...WATCHED,
          `${FILTER} metric_transformation.value`,
          `${ALARM} comparison_operator`,
          `${ALARM} threshold`,
          `${ALARM} statistic`,
          `${ALARM} evaluation_periods`,
        ],
        { how: "metric-value-zero" },
      ],
    ],
    [
      "an alarm of which it is not known whether it goes off",
      { [ALARM]: { threshold: OPEN } },
      ["not-known-before-apply", ALARM, [`${ALARM} threshold`], waits("threshold")],
    ],
    [
      "an alarm that may not be there",
      { [ALARM]: { ".exists": "maybe" } },
      ["may-not-exist", ALARM, [], { doubt: "forgotten" }],
    ],
    [
      "an alarm without actions",
      { [ALARM]: { alarm_actions: [] } },
      ["alarm-without-actions", ALARM, [`${ALARM} alarm_actions`]],
    ],
    [
      "an alarm whose actions are off",
      { [ALARM]: { actions_enabled: false } },
      ["alarm-actions-disabled", ALARM, [`${ALARM} actions_enabled`, `${ALARM} alarm_actions`]],
    ],
    [
      "an alarm of which it is not known whether its actions are off",
      { [ALARM]: { actions_enabled: OPEN } },
      ["not-known-before-apply", ALARM, [`${ALARM} actions_enabled`], waits("actions_enabled")],
    ],
    [
      "an alarm that only calls a function",
      { [ALARM]: { alarm_actions: [`arn:aws:lambda:us-east-1:${HOME}:function:page`] } },
      ["alarm-actions-without-topic", ALARM, [`${ALARM} alarm_actions`]],
    ],
    [
      "an alarm of which it is not known what it tells",
      { [ALARM]: { alarm_actions: OPEN } },
      ["not-known-before-apply", ALARM, [`${ALARM} alarm_actions`], waits("alarm_actions")],
    ],
    [
      "a topic in another region",
      {
        [ALARM]: { ".region": "us-east-1" },
        [FILTER]: { ".region": "us-east-1" },
        [TOPIC]: { ".region": "eu-west-1" },
      },
      [
        "topic-in-other-region",
        ALARM,
        [`${ALARM} alarm_actions`, TOPIC],
        { alarmRegion: "us-east-1", topicRegion: "eu-west-1" },
      ],
    ],
    [
      "a topic elsewhere in another region",
      {
        [ALARM]: { ".region": "us-east-1", alarm_actions: [`arn:aws:sns:eu-west-1:${HOME}:x`] },
        [FILTER]: { ".region": "us-east-1" },
      },
      [
        "topic-in-other-region",
        ALARM,
        [`${ALARM} alarm_actions`, `arn:aws:sns:eu-west-1:${HOME}:x`],
        { alarmRegion: "us-east-1", topicRegion: "eu-west-1" },
      ],
    ],
    [
      "a topic that may not be there",
      { [TOPIC]: { ".exists": "maybe" } },
      ["may-not-exist", TOPIC, [], { doubt: "forgotten" }],
    ],
    [
      "a topic under the key of AWS",
      { [TOPIC]: { kms_master_key_id: "alias/aws/sns" } },
      ["topic-key-shuts-cloudwatch-out", TOPIC, [`${TOPIC} kms_master_key_id`], { how: "aws-managed-key" }],
    ],
    [
      "a topic under a key that is off",
      {
        [TOPIC]: { kms_master_key_id: reference("aws_kms_key.k", "arn") },
        "aws_kms_key.k": { is_enabled: false },
      },
      [
        "topic-key-shuts-cloudwatch-out",
        TOPIC,
        [`${TOPIC} kms_master_key_id`, "aws_kms_key.k is_enabled"],
        { how: "key-disabled" },
      ],
    ],
    [
      "a topic under a key that shuts CloudWatch out",
      { [TOPIC]: { kms_master_key_id: reference("aws_kms_key.k", "arn") }, "aws_kms_key.k": {} },
      [
        "topic-key-shuts-cloudwatch-out",
        TOPIC,
        [`${TOPIC} kms_master_key_id`, "aws_kms_key.k policy"],
        { how: "key-policy" },
      ],
    ],
    [
      "a topic whose policy shuts CloudWatch out",
      { [TOPIC]: { policy: '{"Statement":[]}' } },
      ["topic-policy-shuts-cloudwatch-out", TOPIC, [`${TOPIC} policy`]],
    ],
    [
      "a policy of its own that shuts CloudWatch out",
      { "aws_sns_topic_policy.p": { arn: reference(TOPIC, "arn"), policy: '{"Statement":[]}' } },
      ["topic-policy-shuts-cloudwatch-out", TOPIC, ["aws_sns_topic_policy.p policy"]],
    ],
    [
      "a composite alarm that may not follow",
      {
        [ALARM]: { alarm_actions: null },
        "aws_cloudwatch_composite_alarm.all": {
          alarm_name: "all",
          alarm_rule: "ALARM(denied) AND ALARM(other)",
          alarm_actions: [reference(TOPIC, "arn")],
        },
      },
      [
        "composite-alarm-not-decided",
        "aws_cloudwatch_composite_alarm.all",
        ["aws_cloudwatch_composite_alarm.all alarm_rule"],
        { how: "other-alarms" },
      ],
    ],
    [
      "an alarm that is always muted",
      {
        "aws_cloudwatch_alarm_mute_rule.m": {
          mute_targets: [{ alarm_names: ["denied"] }],
          rule: [{ schedule: [{ expression: "cron(0 2 * * *)", duration: "P1D" }] }],
        },
      },
      [
        "alarm-muted",
        ALARM,
        ["aws_cloudwatch_alarm_mute_rule.m mute_targets", "aws_cloudwatch_alarm_mute_rule.m rule"],
      ],
    ],
    ["no subscription", { [QUEUE]: undefined }, ["no-subscription", TOPIC, [`${ALARM} alarm_actions`]]],
    [
      "a subscription on a topic of another name",
      {
        "aws_sns_topic.quiet": { name: "quiet" },
        [QUEUE]: { topic_arn: reference("aws_sns_topic.quiet", "arn") },
      },
      [
        "no-subscription-on-topic",
        TOPIC,
        [`${ALARM} alarm_actions`, `${QUEUE} topic_arn`],
        { nearest: "other-name" },
      ],
    ],
    [
      "a subscription on a topic of another key",
      {
        'aws_sns_topic.each["a"]': { name: "a" },
        'aws_sns_topic.each["b"]': { name: "b" },
        [ALARM]: { alarm_actions: [reference('aws_sns_topic.each["a"]', "arn")] },
        [QUEUE]: { topic_arn: reference('aws_sns_topic.each["b"]', "arn") },
      },
      [
        "no-subscription-on-topic",
        'aws_sns_topic.each["a"]',
        [`${ALARM} alarm_actions`, `${QUEUE} topic_arn`],
        { nearest: "other-key" },
      ],
    ],
    [
      "a subscription on a topic elsewhere",
      {
        [QUEUE]: { topic_arn: `arn:aws:sns:us-east-1:${HOME}:x` },
        [TOPIC]: { ".account": HOME, ".region": "us-east-1" },
      },
      [
        "no-subscription-on-topic",
        TOPIC,
        [`${ALARM} alarm_actions`, `${QUEUE} topic_arn`],
        { nearest: undefined },
      ],
    ],
    [
      "an e-mail that nobody has confirmed",
      { [QUEUE]: { protocol: "email", endpoint: "soc@example.com" } },
      ["subscription-pending", QUEUE, [`${QUEUE} protocol`, `${QUEUE} endpoint`], { protocol: "email" }],
    ],
    [
      "a subscription that filters the alarm away",
      { [QUEUE]: { filter_policy: '{"source":["x"]}' } },
      ["subscription-filters-alarm-away", QUEUE, [`${QUEUE} filter_policy`, `${QUEUE} filter_policy_scope`]],
    ],
    [
      "a filter policy that AWS refuses",
      { [QUEUE]: { filter_policy: '{"source":[]}' } },
      [
        "filter-policy-refused",
        QUEUE,
        [`${QUEUE} filter_policy`, `${QUEUE} filter_policy_scope`],
        { problem: "empty-list" },
      ],
    ],
    [
      "a filter policy that asks for what is not known",
      { [QUEUE]: { filter_policy: '{"Severity":["high"]}', filter_policy_scope: "MessageBody" } },
      ["filter-policy-not-decided", QUEUE, [`${QUEUE} filter_policy`, `${QUEUE} filter_policy_scope`]],
    ],
    [
      "a filter policy that is not known",
      { [QUEUE]: { filter_policy: OPEN } },
      ["not-known-before-apply", QUEUE, [`${QUEUE} filter_policy`], waits("filter_policy")],
    ],
    [
      "a subscription of which it is not known on which topic it is",
      { [QUEUE]: { topic_arn: unknown({ why: "local-without-sources", subject: "local.topic" }) } },
      [
        "not-known-before-apply",
        QUEUE,
        [`${QUEUE} topic_arn`],
        { attribute: "topic_arn", origin: { why: "local-without-sources", subject: "local.topic" } },
      ],
    ],
    [
      "a subscription of which it is not known how it delivers",
      { [QUEUE]: { protocol: OPEN } },
      ["not-known-before-apply", QUEUE, [`${QUEUE} protocol`], waits("protocol")],
    ],
    [
      "a subscription of which it is not known whether it is confirmed",
      { [QUEUE]: { protocol: "email", pending_confirmation: OPEN, ".fresh": false } },
      ["not-known-before-apply", QUEUE, [`${QUEUE} pending_confirmation`], waits("pending_confirmation")],
    ],
    [
      "subscribers elsewhere",
      { [ALARM]: { alarm_actions: [`arn:aws:sns:us-east-1:${HOME}:x`] } },
      ["subscribers-outside-inputs", `arn:aws:sns:us-east-1:${HOME}:x`, [`arn:aws:sns:us-east-1:${HOME}:x`]],
    ],
    [
      "subscribers of a secret topic elsewhere",
      { [ALARM]: { alarm_actions: [known(`arn:aws:sns:us-east-1:${HOME}:x`, true)] } },
      ["subscribers-outside-inputs", "(sensitive)", ["(sensitive)"]],
    ],
    [
      "FIFO topics and messages to phones",
      { [TOPIC]: { fifo_topic: true }, [QUEUE]: { protocol: "sms", endpoint: "+15550100" } },
      [
        "endpoint-not-for-topic",
        QUEUE,
        [`${QUEUE} topic_arn`, `${QUEUE} protocol`, `${QUEUE} endpoint`],
        { how: "fifo-topic" },
      ],
    ],
    [
      "FIFO queues on standard topics",
      { "aws_sqs_queue.inbox": { name: "inbox", fifo_queue: true, policy: OPEN } },
      [
        "endpoint-not-for-topic",
        QUEUE,
        [`${QUEUE} topic_arn`, `${QUEUE} protocol`, `${QUEUE} endpoint`],
        { how: "fifo-queue" },
      ],
    ],
    [
      "a queue that shuts the topic out",
      { "aws_sqs_queue.inbox": { name: "inbox", policy: '{"Statement":[]}' } },
      [
        "queue-shuts-topic-out",
        "aws_sqs_queue.inbox",
        ["aws_sqs_queue.inbox policy", `${QUEUE} topic_arn`],
        { how: "queue-policy" },
      ],
    ],
    [
      "a queue without a policy here",
      { "aws_sqs_queue.inbox": { name: "inbox" } },
      [
        "queue-shuts-topic-out",
        "aws_sqs_queue.inbox",
        ["aws_sqs_queue.inbox policy", `${QUEUE} topic_arn`],
        { how: "no-policy" },
      ],
    ],
    [
      "a function whose permission is for another service",
      {
        [QUEUE]: { protocol: "lambda", endpoint: reference("aws_lambda_function.f", "arn") },
        "aws_lambda_function.f": { function_name: "f" },
        "aws_lambda_permission.p": { function_name: "f", action: "lambda:*", principal: "s3.amazonaws.com" },
      },
      [
        "function-shuts-topic-out",
        "aws_lambda_function.f",
        [
          "aws_lambda_permission.p principal",
          "aws_lambda_permission.p source_arn",
          "aws_lambda_permission.p qualifier",
          `${QUEUE} topic_arn`,
        ],
        { how: "other-permission" },
      ],
    ],
    [
      "a function without a permission here",
      {
        [QUEUE]: { protocol: "lambda", endpoint: reference("aws_lambda_function.f", "arn") },
        "aws_lambda_function.f": { function_name: "f" },
      },
      [
        "function-shuts-topic-out",
        "aws_lambda_function.f",
        [`${QUEUE} endpoint`, `${QUEUE} topic_arn`],
        { how: "no-permission" },
      ],
    ],
    [
      "a stream without a role",
      { [QUEUE]: { protocol: "firehose", endpoint: `arn:aws:firehose:us-east-1:${HOME}:deliverystream/x` } },
      ["stream-role-cannot-write", QUEUE, [`${QUEUE} subscription_role_arn`], { how: "no-role" }],
    ],
  ])("%s", (_, changes, wanted, parts) => {
    const { causes } = judge(changed(changes), parts);
    expect(causes.map(told)).toEqual([asObject(wanted)]);
  });
});

const COMPOSITE = "aws_cloudwatch_composite_alarm.all";
/** The alarm tells only through a composite alarm. */
const through = (more: Attributes): Changes => ({
  [ALARM]: { alarm_actions: null },
  [COMPOSITE]: {
    alarm_name: "all",
    alarm_rule: "ALARM(denied)",
    alarm_actions: [reference(TOPIC, "arn")],
    ...more,
  },
});
const SUPPRESSOR = "aws_cloudwatch_composite_alarm.suppressor";
const BOTH = "aws_sns_topic.both";
const MUTE = "aws_cloudwatch_alarm_mute_rule.m";
const mute = (duration: string, names: readonly string[] = ["denied"]): Attributes => ({
  mute_targets: [{ alarm_names: names }],
  rule: [{ schedule: [{ expression: "cron(0 2 * * *)", duration }] }],
});
const query = (more: Attributes = {}, metric: Attributes = {}): Attributes => ({
  metric_name: null,
  namespace: null,
  statistic: null,
  period: null,
  metric_query: [
    {
      id: "m1",
      return_data: true,
      ...more,
      metric: [{ metric_name: "Denied", namespace: "CIS", stat: "Sum", period: 300, ...metric }],
    },
  ],
});

describe("the cause that is told, of several", () => {
  test.each<[string, Changes, Told]>([
    [
      "a composite alarm that may be elsewhere",
      through({ ".provider": "plan.json|aws.other" }),
      ["not-known-before-apply", COMPOSITE, [`${COMPOSITE} region`], waits("region", COMPOSITE)],
    ],
    [
      "a composite alarm whose rule is not known",
      through({ alarm_rule: OPEN }),
      ["not-known-before-apply", COMPOSITE, [`${COMPOSITE} alarm_rule`], waits("alarm_rule")],
    ],
    [
      "a composite alarm whose rule cannot be read",
      through({ alarm_rule: "alarm denied" }),
      ["composite-alarm-not-decided", COMPOSITE, [`${COMPOSITE} alarm_rule`], { how: "rule-not-read" }],
    ],
    [
      "a composite alarm that may be suppressed",
      through({ actions_suppressor: [{ alarm: "maintenance" }] }),
      ["composite-alarm-not-decided", COMPOSITE, [`${COMPOSITE} actions_suppressor`], { how: "suppressor" }],
    ],
    [
      "a composite alarm that is always suppressed",
      {
        ...through({ actions_suppressor: [{ alarm: "always", wait_period: 60, extension_period: 60 }] }),
        [SUPPRESSOR]: { alarm_name: "always", alarm_rule: "TRUE" },
      },
      ["alarm-suppressed", COMPOSITE, [`${COMPOSITE} actions_suppressor`]],
    ],
    [
      "a composite alarm that may not be there",
      through({ ".exists": "maybe" }),
      ["may-not-exist", COMPOSITE, [], { doubt: "forgotten" }],
    ],
    [
      "a composite alarm without actions, whose alarm has none either",
      through({ alarm_actions: null }),
      ["alarm-without-actions", ALARM, [`${ALARM} alarm_actions`]],
    ],
    [
      "a topic that shuts CloudWatch out, before a function",
      {
        [ALARM]: { alarm_actions: [`arn:aws:lambda:us-east-1:${HOME}:function:f`, reference(TOPIC, "arn")] },
        [TOPIC]: { policy: '{"Statement":[]}' },
      },
      ["topic-policy-shuts-cloudwatch-out", TOPIC, [`${TOPIC} policy`]],
    ],
    [
      "one of two topics that may not be there",
      {
        [ALARM]: { alarm_actions: [oneOf(reference(TOPIC, "arn"), reference(BOTH, "arn"))] },
        [BOTH]: { name: "both", ".exists": "maybe" },
        [QUEUE]: { topic_arn: reference(BOTH, "arn") },
        "aws_sns_topic_subscription.second": { topic_arn: reference(TOPIC, "arn"), protocol: "sms" },
      },
      ["may-not-exist", BOTH, [], { doubt: "forgotten" }],
    ],
    [
      "two topics of which one does",
      {
        [ALARM]: { alarm_actions: [oneOf(reference(TOPIC, "arn"), reference(BOTH, "arn"))] },
        [BOTH]: { name: "both", policy: '{"Statement":[]}' },
        [QUEUE]: { topic_arn: reference(BOTH, "arn") },
        "aws_sns_topic_subscription.second": { topic_arn: reference(TOPIC, "arn"), protocol: "sms" },
      },
      [
        "not-known-before-apply",
        ALARM,
        [`${ALARM} alarm_actions`],
        { attribute: "alarm_actions", origin: { why: "expression", subject: "a choice" } },
      ],
    ],
    [
      "a mute rule that may not be there",
      { [MUTE]: { ...mute("P1D"), ".exists": "maybe" } },
      ["not-known-before-apply", MUTE, [`${MUTE} rule`], waits("rule", MUTE)],
    ],
    [
      "a mute rule for ever, beside one at times",
      { [MUTE]: mute("PT1H"), "aws_cloudwatch_alarm_mute_rule.z": mute("P1D") },
      [
        "alarm-muted",
        ALARM,
        ["aws_cloudwatch_alarm_mute_rule.z mute_targets", "aws_cloudwatch_alarm_mute_rule.z rule"],
      ],
    ],
    [
      "a filter that emits nothing",
      { [FILTER]: { metric_transformation: [] } },
      ["no-alarm", FILTER, METRIC, { metric: { namespace: "", name: "" } }],
    ],
    [
      "an alarm for some dimension",
      { [ALARM]: { dimensions: { Region: "x" } } },
      [
        "alarm-cannot-fire",
        ALARM,
        [
          ...WATCHED,
          `${ALARM} comparison_operator`,
          `${ALARM} threshold`,
          `${ALARM} statistic`,
          `${ALARM} evaluation_periods`,
          `${ALARM} dimensions`,
        ],
        { how: "dimension-nobody-emits" },
      ],
    ],
    [
      "an alarm of another account on this one's metric",
      { [ALARM]: { ...query({ account_id: HOME }), ".account": OTHER }, [FILTER]: { ".account": HOME } },
      ["alarm-not-understood", ALARM, [`${ALARM} metric_query`], { what: 'metric_query["m1"].account_id' }],
    ],
    [
      "an alarm whose query needs more events",
      { [ALARM]: { ...query(), threshold: 5 } },
      [
        "alarm-cannot-fire",
        ALARM,
        [
          ...METRIC,
          `${ALARM} metric_query`,
          `${ALARM} comparison_operator`,
          `${ALARM} threshold`,
          `${ALARM} statistic`,
          `${ALARM} evaluation_periods`,
        ],
        { how: "metric-value-below-threshold" },
      ],
    ],
    [
      "the alarm that comes nearest, of several that are on other metrics",
      {
        [ALARM]: { metric_name: "Other" },
        "aws_cloudwatch_metric_alarm.letters": { alarm_name: "l", metric_name: "DENIED", namespace: "CIS" },
        "aws_cloudwatch_metric_alarm.space": { alarm_name: "s", metric_name: "Denied", namespace: "Else" },
      },
      [
        "no-alarm-on-metric",
        "aws_cloudwatch_metric_alarm.letters",
        [
          ...METRIC,
          "aws_cloudwatch_metric_alarm.letters namespace",
          "aws_cloudwatch_metric_alarm.letters metric_name",
        ],
        { ...DENIED, nearest: "letter-case" },
      ],
    ],
    [
      "the trail that comes nearest, of several that do not do",
      {
        [TRAIL]: { is_multi_region_trail: false, enable_logging: false },
        "aws_cloudtrail.other": {
          is_multi_region_trail: true,
          enable_logging: false,
          cloud_watch_logs_group_arn: reference(GROUP, "arn"),
        },
      },
      ["trail-not-logging", "aws_cloudtrail.other", ["aws_cloudtrail.other enable_logging"]],
    ],
    [
      "the subscription that comes nearest, of several that do not do",
      {
        [QUEUE]: { protocol: "email", endpoint: "soc@example.com", filter_policy: '{"source":["x"]}' },
        "aws_sns_topic_subscription.second": {
          topic_arn: reference(TOPIC, "arn"),
          protocol: "email",
          endpoint: "x",
        },
      },
      [
        "subscription-pending",
        "aws_sns_topic_subscription.second",
        ["aws_sns_topic_subscription.second protocol", "aws_sns_topic_subscription.second endpoint"],
        { protocol: "email" },
      ],
    ],
    [
      "the filter that comes nearest, of several that miss events",
      {
        [FILTER]: { pattern: '{ $.errorCode = "AccessDenied*" }', apply_on_transformed_logs: false },
        "aws_cloudwatch_log_metric_filter.also": {
          name: "also",
          log_group_name: "trail",
          pattern: "{ $.errorCode == 'AccessDenied' }",
        },
      },
      [
        "pattern-misses-event",
        FILTER,
        [`${FILTER} pattern`],
        expect.objectContaining({ actual: ['{ $.errorCode = "AccessDenied*" }'] }),
      ],
    ],
    [
      "a filter that covers, but does not work where it is",
      {
        [FILTER]: { pattern: '{ $.errorCode = "AccessDenied*" }' },
        "aws_cloudwatch_log_group.rare": { name: "rare", log_group_class: "INFREQUENT_ACCESS" },
        "aws_cloudwatch_log_metric_filter.whole": { name: "whole", log_group_name: "rare", pattern: PATTERN },
      },
      [
        "log-group-class-without-metrics",
        "aws_cloudwatch_log_group.rare",
        ["aws_cloudwatch_log_group.rare log_group_class"],
        { logGroupClass: "INFREQUENT_ACCESS" },
      ],
    ],
  ])("%s", (_, changes, [code, about, shows, details = {}]) => {
    const [first] = judge(changed(changes)).causes;
    const found = first === undefined ? {} : told(first);
    expect(found).toMatchObject({ code, about, shows });
    expect(found).toMatchObject(details);
  });

  test("an alarm that is not understood keeps a secret", () => {
    const secret = { comparison_operator: known("Sideways", true) };
    expect(judge(changed({ [ALARM]: secret })).causes).toMatchObject([
      { code: "alarm-not-understood", what: "(sensitive)" },
    ]);
    expect(judge(changed({ [ALARM]: { comparison_operator: "Sideways" } })).causes).toMatchObject([
      { code: "alarm-not-understood", what: expect.stringContaining("Sideways") },
    ]);
  });

  test("of alarms that are equally open, the one that names the filter", () => {
    const open = { metric_name: OPEN, namespace: "CIS" };
    const naming = { metric_name: reference(FILTER, "id"), namespace: OPEN };
    const named = "aws_cloudwatch_metric_alarm.z";
    const base = { ...CHAIN[ALARM] };
    const about = (second: Attributes) =>
      judge(changed({ [ALARM]: open, [named]: { ...base, alarm_name: "z", ...second } })).causes[0]?.subject
        ?.address;
    expect(about(naming)).toBe(named);
    expect(about({ ...naming, metric_name: oneOf(reference(FILTER, "id"), reference(TOPIC, "id")) })).toBe(
      named,
    );
    expect(about({ ...naming, metric_name: reference(TOPIC, "id") })).toBe(ALARM);
  });

  test("an alarm without actions shows where they are missing", () => {
    const { chain } = judge(changed({ [ALARM]: { alarm_actions: null } }));
    expect(names(chain[3]?.evidence ?? [])).toEqual([`${ALARM} alarm_actions`]);
  });
});

describe("filters, and the groups they are on", () => {
  const HALF = "aws_cloudwatch_log_metric_filter.half";
  const D = '{ $.errorCode = "AccessDenied*" }';
  const U = '{ $.errorCode = "*UnauthorizedOperation" }';
  const metric_transformation = [{ name: "Denied", namespace: "CIS", value: "1" }];
  /** Two filters of which each counts a half. */
  const halves = (own: Attributes = {}, other: Attributes = {}): Changes => ({
    [FILTER]: { pattern: U, ...own },
    [HALF]: { name: "half", log_group_name: "trail", pattern: D, metric_transformation, ...other },
  });
  const tell = (changes: Changes, options?: Parameters<typeof judge>[1]) => {
    const { verdict, link, causes } = judge(changed(changes), options);
    return [verdict, link, causes[0]?.code, causes[0]?.subject?.address].filter(Boolean).join(" ");
  };

  test.each<[string, Changes, string]>([
    ["the standard class, in so many words", { [GROUP]: { log_group_class: "STANDARD" } }, "satisfied"],
    ["no class", { [GROUP]: { log_group_class: null } }, "satisfied"],
    [
      "a choice of two classes",
      { [GROUP]: { log_group_class: oneOf(known("STANDARD"), known("INFREQUENT_ACCESS")) } },
      `undecided filter not-known-before-apply ${GROUP}`,
    ],
    [
      "a choice of the standard class or none",
      { [GROUP]: { log_group_class: oneOf(known("STANDARD"), known(null)) } },
      "satisfied",
    ],
    [
      "a filter without a pattern, which counts everything",
      { [FILTER]: { pattern: null } },
      `violated filter pattern-matches-everyday-calls ${FILTER}`,
    ],
    [
      "a filter that may not be there",
      { [FILTER]: { ".exists": "maybe" } },
      `undecided filter may-not-exist ${FILTER}`,
    ],
    ["two halves", halves(), "satisfied"],
    [
      "two halves, one of them on another group",
      halves({}, { log_group_name: "other" }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    [
      "two halves, one of which may not be there",
      halves({}, { ".exists": "maybe" }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    [
      "two halves, one of which is not known",
      halves({}, { pattern: OPEN }),
      `undecided filter not-known-before-apply ${HALF}`,
    ],
    [
      "two halves on two metrics",
      halves({}, { metric_transformation: [{ name: "Other", namespace: "CIS", value: "1" }] }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    [
      "two halves on a metric of another namespace",
      halves({}, { metric_transformation: [{ name: "Denied", namespace: "X", value: "1" }] }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    [
      "two halves, one of them without a metric",
      halves({}, { metric_transformation: [] }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    [
      "two halves in two regions",
      halves({ ".region": "us-east-1" }, { ".region": "eu-west-1" }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    [
      "two filters that miss together",
      halves({ pattern: '{ $.errorCode = "AccessDeniedException" }' }),
      `violated filter pattern-misses-event ${FILTER}`,
    ],
    ["a whole one beside a half", halves({ pattern: PATTERN }), "satisfied"],
  ])("%s", (_, changes, wanted) => {
    const away = { "aws_cloudwatch_log_group.other": { name: "other" }, [QUEUE]: { protocol: "sms" } };
    expect(tell({ ...away, ...changes })).toBe(wanted);
  });

  test("halves that are taken as remarks are told with both of them", () => {
    const delivery: DeliverySettings = new Map([["filter-on-transformed-logs", "remark"]]);
    const both = halves({ apply_on_transformed_logs: true }, { apply_on_transformed_logs: true });
    const { verdict, remarks } = judge(changed({ ...both, [QUEUE]: { protocol: "sms" } }), { delivery });
    expect([verdict, remarks.map(({ code, subject }) => [code, subject?.address])]).toEqual([
      "satisfied",
      [
        ["patterns-cover-together", FILTER],
        ["break-taken-as-remark", FILTER],
        ["break-taken-as-remark", HALF],
      ],
    ]);
  });

  test("a secret among two halves keeps both back", () => {
    const secret = halves({ pattern: known(U, true) }, { pattern: '{ $.errorCode = "AccessDeniedX" }' });
    const [cause] = judge(changed(secret)).causes;
    expect(cause).toMatchObject({ code: "pattern-misses-event", actual: ["(sensitive)"], event: {} });
  });

  test.each<[string, Attributes, Attributes]>([
    ["by name", { log_group_name: "trail" }, {}],
    ["by reference", { log_group_name: reference(GROUP, "name") }, {}],
    ["by the group's id", { log_group_name: reference(GROUP, "id") }, {}],
  ])("a filter is on its group %s", (_, filter, group) => {
    expect(tell({ [FILTER]: filter, [GROUP]: group })).toBe("satisfied");
  });
});

describe("roles and keys that are in the way", () => {
  const ROLE = "aws_iam_role.r";
  const INLINE = "aws_iam_role_policy.p";
  const INBOX = "aws_sqs_queue.inbox";
  const document = (...Statement: readonly object[]) => JSON.stringify({ Statement });
  const trust = (Service: string) =>
    document({ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" });
  const trailRole = (role: Attributes, more: Changes = {}): Changes => ({
    [TRAIL]: { cloud_watch_logs_role_arn: reference(ROLE, "arn") },
    [ROLE]: { name: "r", assume_role_policy: trust("cloudtrail.amazonaws.com"), ...role },
    ...more,
  });
  const inline = (policy: Attributes["policy"]): Changes => ({
    [INLINE]: { name: "p", role: reference(ROLE, "id"), policy: policy ?? null },
  });
  const WRITES = document({ Effect: "Allow", Action: "logs:*", Resource: "*" });
  const stream = (role: Attributes, more: Changes = {}): Changes => ({
    [QUEUE]: {
      protocol: "firehose",
      endpoint: `arn:aws:firehose:us-east-1:${HOME}:deliverystream/x`,
      subscription_role_arn: reference(ROLE, "arn"),
    },
    [ROLE]: { name: "r", assume_role_policy: trust("sns.amazonaws.com"), ...role },
    ...more,
  });
  const SENDS = document({
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: "*",
  });

  test.each<[string, Changes, Told]>([
    [
      "a trail's role that trusts another service",
      trailRole({ assume_role_policy: trust("ec2.amazonaws.com") }),
      [
        "trail-role-cannot-write",
        ROLE,
        [`${TRAIL} cloud_watch_logs_role_arn`, `${ROLE} assume_role_policy`],
        { how: "trust" },
      ],
    ],
    [
      "a trail's role without a policy here",
      trailRole({}),
      ["trail-role-cannot-write", ROLE, [`${TRAIL} cloud_watch_logs_role_arn`, ROLE], { how: "rights" }],
    ],
    [
      "a trail's role of which it is not known whom it trusts",
      trailRole({ assume_role_policy: OPEN }, inline(WRITES)),
      ["not-known-before-apply", ROLE, [`${ROLE} assume_role_policy`], waits("assume_role_policy")],
    ],
    [
      "a trail's role whose policy is not known",
      trailRole({}, inline(OPEN)),
      ["not-known-before-apply", INLINE, [`${INLINE} policy`], waits("policy")],
    ],
    [
      "a trail's role whose own policies are not known",
      trailRole({ inline_policy: OPEN }),
      ["not-known-before-apply", ROLE, [`${ROLE} inline_policy`], waits("inline_policy")],
    ],
    [
      "a stream's role that trusts another service",
      stream({ assume_role_policy: trust("ec2.amazonaws.com") }),
      [
        "stream-role-cannot-write",
        ROLE,
        [`${QUEUE} subscription_role_arn`, `${ROLE} assume_role_policy`],
        { how: "trust" },
      ],
    ],
    [
      "a stream's role without a policy here",
      stream({}),
      ["stream-role-cannot-write", ROLE, [`${QUEUE} subscription_role_arn`, ROLE], { how: "rights" }],
    ],
    [
      "a stream's role whose policy is not known",
      stream({}, inline(OPEN)),
      [
        "not-known-before-apply",
        QUEUE,
        [`${QUEUE} subscription_role_arn`],
        waits("subscription_role_arn", `${ROLE}.arn`),
      ],
    ],
    [
      "a queue under the key of AWS",
      { [INBOX]: { name: "inbox", policy: SENDS, kms_master_key_id: "alias/aws/sqs" } },
      ["queue-shuts-topic-out", INBOX, [`${INBOX} kms_master_key_id`], { how: "aws-managed-key" }],
    ],
    [
      "a queue under a key that shuts SNS out",
      {
        [INBOX]: { name: "inbox", policy: SENDS, kms_master_key_id: reference("aws_kms_key.k", "arn") },
        "aws_kms_key.k": {},
      },
      [
        "queue-shuts-topic-out",
        INBOX,
        [`${INBOX} kms_master_key_id`, "aws_kms_key.k policy"],
        { how: "key-policy" },
      ],
    ],
    [
      "a queue under a key that is not known",
      { [INBOX]: { name: "inbox", policy: SENDS, kms_master_key_id: OPEN } },
      ["not-known-before-apply", INBOX, [`${INBOX} kms_master_key_id`], waits("kms_master_key_id")],
    ],
    [
      "a queue whose policy is not known",
      { [INBOX]: { name: "inbox", policy: OPEN } },
      ["not-known-before-apply", INBOX, [`${INBOX} policy`], waits("policy")],
    ],
  ])("%s", (_, changes, wanted) => {
    expect(judge(changed(changes)).causes.map(told)).toEqual([asObject(wanted)]);
  });

  test("FIFO queues may be taken as a remark", () => {
    const delivery: DeliverySettings = new Map([["endpoint-not-for-topic", "remark"]]);
    const queue = { [INBOX]: { name: "inbox", fifo_queue: true, policy: SENDS } };
    const { verdict, remarks } = judge(changed(queue), { delivery });
    expect([verdict, remarks.map(({ code }) => code)]).toEqual(["satisfied", ["break-taken-as-remark"]]);
  });
});

describe("queues of another account", () => {
  const far = (account: string) => `arn:aws:sns:us-east-1:${account}:far`;
  const queueOf = (account: string) => `arn:aws:sqs:us-east-1:${account}:inbox`;
  const here = { ".account": HOME };
  const at = (account: string): Changes => ({
    [TOPIC]: { ".account": account },
    [ALARM]: { ".account": account },
    [FILTER]: { ".account": account },
    [GROUP]: { ".account": account },
    [TRAIL]: { ".account": account },
  });

  test.each<[string, Changes, string | undefined]>([
    ["as the topic's", { ...at(HOME), [QUEUE]: { endpoint: queueOf(HOME), ".account": HOME } }, undefined],
    [
      "are to confirm",
      { ...at(HOME), [QUEUE]: { endpoint: queueOf(OTHER), ".account": HOME } },
      "subscription-pending",
    ],
    [
      "that subscribe themselves",
      { ...at(HOME), [QUEUE]: { endpoint: queueOf(OTHER), ".account": OTHER } },
      undefined,
    ],
    [
      "by reference are to confirm",
      {
        ...at(HOME),
        "aws_sqs_queue.inbox": { name: "inbox", policy: OPEN, ".account": OTHER },
        [QUEUE]: here,
      },
      "subscription-pending",
    ],
    ["where the topic's is not told", { [QUEUE]: { endpoint: queueOf(OTHER), ".account": HOME } }, undefined],
    [
      "than a topic elsewhere are to confirm",
      {
        [ALARM]: { alarm_actions: [far(HOME)] },
        [QUEUE]: { topic_arn: far(HOME), endpoint: queueOf(OTHER), ".account": HOME },
      },
      "subscribers-outside-inputs",
    ],
    [
      "as of a topic elsewhere",
      {
        [ALARM]: { alarm_actions: [far(OTHER)] },
        [QUEUE]: { topic_arn: far(OTHER), endpoint: queueOf(OTHER), ".account": HOME },
      },
      undefined,
    ],
    [
      "of which it is not known which one",
      {
        ...at(HOME),
        "aws_sqs_queue.inbox": { name: "inbox", policy: OPEN, ".account": OTHER },
        "aws_sqs_queue.own": { name: "own", policy: OPEN, ".account": HOME },
        [QUEUE]: {
          endpoint: oneOf(reference("aws_sqs_queue.inbox", "arn"), reference("aws_sqs_queue.own", "arn")),
          ".account": HOME,
        },
      },
      "not-known-before-apply",
    ],
  ])("%s", (_, changes, wanted) => {
    expect(judge(changed(changes)).causes[0]?.code).toBe(wanted);
  });
});

describe("where no trail does", () => {
  const OUTSIDE = "arn:aws:logs:us-east-1:111122223333:log-group:far:*";
  const gone = (how: GoneResource["how"], type: string) => (asked: string) =>
    asked === type
      ? [
          {
            address: { module: [], mode: "managed" as const, type, name: "x", key: undefined },
            name: `${type}.x`,
            how,
            location: undefined,
          },
        ]
      : [];
  const nothing: Changes = Object.fromEntries(Object.keys(CHAIN).map((name) => [name, undefined]));
  const account: Partial<Graph> = {
    inputs: graphOf({}).inputs.map((input) => ({ ...input, kind: "account" as const })),
  };

  test.each<[string, Changes, Partial<Graph>, string, Told]>([
    ["nothing at all", nothing, {}, "undecided", ["nothing-to-check", undefined, []]],
    [
      "a trail that goes",
      nothing,
      { gone: gone("destroyed", "aws_cloudtrail") },
      "violated",
      ["trail-removed", "aws_cloudtrail.x", [], { how: "destroyed" }],
    ],
    [
      "a trail that is only let go",
      nothing,
      { gone: gone("forgotten", "aws_cloudtrail") },
      "undecided",
      ["trail-removed", "aws_cloudtrail.x", [], { how: "forgotten" }],
    ],
    [
      "a filter that goes",
      nothing,
      { gone: gone("destroyed", "aws_cloudwatch_log_metric_filter") },
      "violated",
      ["no-trail", undefined, []],
    ],
    ["an account without a trail", { [TRAIL]: undefined }, account, "violated", ["no-trail", undefined, []]],
    ["an account with nothing", nothing, account, "violated", ["no-trail", undefined, []]],
    [
      "a filter without a log group",
      { [TRAIL]: undefined, [FILTER]: { log_group_name: null } },
      {},
      "violated",
      ["no-trail", undefined, [`${FILTER} log_group_name`]],
    ],
    [
      "a trail of another account, beside nothing of this one",
      { ...nothing, [TRAIL]: { ...CHAIN[TRAIL], ".account": OTHER } },
      { askedAccounts: () => [HOME] },
      "undecided",
      [
        "trail-of-another-account",
        TRAIL,
        [`${TRAIL} is_organization_trail`],
        { account: OTHER, asked: [HOME] },
      ],
    ],
    [
      "a trail of another account, beside a filter of this one",
      {
        [TRAIL]: { ".account": OTHER, cloud_watch_logs_group_arn: OUTSIDE },
        [FILTER]: { ".account": HOME },
        [GROUP]: { ".account": HOME },
      },
      { askedAccounts: () => [HOME] },
      "violated",
      ["log-group-without-trail", GROUP, [`${FILTER} log_group_name`]],
    ],
    [
      "a trail of this account before one of another",
      {
        [TRAIL]: { ".account": HOME, enable_logging: false, is_multi_region_trail: false },
        "aws_cloudtrail.far": { ...CHAIN[TRAIL], ".account": OTHER },
      },
      { askedAccounts: () => [HOME] },
      "violated",
      ["trail-not-multi-region", TRAIL, [`${TRAIL} is_multi_region_trail`]],
    ],
  ])("%s", (_, changes, parts, verdict, wanted) => {
    const graph = { ...graphOf(changed(changes)), ...parts };
    const world = createWorld(graph, { acceptPending: false, assumptions: [] });
    const answer = checkChain(world, requirementOf(CONTROL));
    const [first] = answer.causes.map(told);
    expect([answer.verdict, answer.link, first]).toEqual([verdict, "trail", asObject(wanted)]);
  });
});

describe("where no filter does", () => {
  const OUTSIDE = "arn:aws:logs:us-east-1:111122223333:log-group:far:*";
  const away = { ".account": HOME, ".region": "us-east-1" };
  const none = ["no-filter", GROUP] as const;

  test.each<[string, Changes, readonly [code: string, about: string]]>([
    [
      "one that cannot be read, for something else",
      { [FILTER]: { pattern: "{ $.eventName == 'ConsoleLogin' }" } },
      none,
    ],
    ["one that cannot be read, for some code", { [FILTER]: { pattern: "{ $.errorCode == 'Foo' }" } }, none],
    [
      "one that cannot be read, for that code",
      { [FILTER]: { pattern: "{ $.errorCode == 'UnauthorizedOperation' }" } },
      ["pattern-unreadable", FILTER],
    ],
    [
      "one for something else that shares a short word",
      { [FILTER]: { pattern: '{ $.eventName = "Head" && $.errorCode = "xyz" }' } },
      none,
    ],
    [
      "one for that code, of one service",
      { [FILTER]: { pattern: '{ $.errorCode = "AccessDenied*" && $.eventSource = "s3.amazonaws.com" }' } },
      ["pattern-misses-event", FILTER],
    ],
    [
      "one in other letters",
      { [FILTER]: { pattern: '{ $.errorCode = "accessdenied*" }' } },
      ["pattern-misses-event", FILTER],
    ],
    [
      "one for that code, on another group",
      {
        [FILTER]: { pattern: '{ $.errorCode = "AccessDenied*" }', log_group_name: "other" },
        "aws_cloudwatch_log_group.other": { name: "other" },
      },
      none,
    ],
    [
      "one that counts everything, and one that misses some",
      {
        [FILTER]: { pattern: "" },
        "aws_cloudwatch_log_metric_filter.z": {
          name: "z",
          log_group_name: "trail",
          pattern: '{ $.errorCode = "AccessDenied*" }',
        },
      },
      ["pattern-matches-everyday-calls", FILTER],
    ],
    [
      "on a group elsewhere, where the inputs put one",
      {
        [GROUP]: undefined,
        [TRAIL]: { cloud_watch_logs_group_arn: OUTSIDE, ...away },
        [FILTER]: { log_group_name: "far", pattern: '{ $.errorCode = "AccessDenied*" }', ...away },
      },
      ["pattern-misses-event", FILTER],
    ],
    [
      "on a group elsewhere, beside one of the inputs",
      { [TRAIL]: { cloud_watch_logs_group_arn: OUTSIDE, ...away }, [GROUP]: away, [FILTER]: away },
      ["filters-outside-inputs", OUTSIDE],
    ],
  ])("%s", (_, changes, wanted) => {
    const [first] = judge(changed(changes)).causes;
    expect([first?.code, first?.subject?.address]).toEqual(wanted);
  });

  test("what is elsewhere does not help a trail that is broken", () => {
    const changes = {
      [TRAIL]: { cloud_watch_logs_group_arn: OUTSIDE, enable_logging: false, ...away },
      "aws_cloudtrail.good": CHAIN[TRAIL],
      [GROUP]: away,
      [FILTER]: { pattern: '{ $.errorCode = "AccessDenied*" }', ...away },
    };
    expect(judge(changed(changes)).causes[0]?.code).toBe("pattern-misses-event");
  });
});

describe("all that is in the way", () => {
  test("of a trail", () => {
    const { verdict, causes, chain } = judge(
      changed({ [TRAIL]: { is_multi_region_trail: false, enable_logging: false, event_selector: OPEN } }),
    );
    expect([verdict, causes.map(({ code }) => code)]).toEqual([
      "violated",
      ["trail-not-multi-region", "trail-not-logging"],
    ]);
    expect(chain.map(({ state }) => state)).toEqual(["breaks", ...Array(4).fill("not-reached")]);
    expect(chain[0]?.evidence.map(shown)).toEqual([
      `${TRAIL} is_multi_region_trail: false`,
      `${TRAIL} enable_logging: false`,
      `${TRAIL} cloud_watch_logs_group_arn: (unknown)`,
    ]);
  });

  test("from a trail to a subscription, each doubt once", () => {
    const { verdict, link, causes, chain } = judge(
      changed({
        [TRAIL]: { enable_logging: OPEN },
        [ALARM]: { threshold: OPEN },
        [TOPIC]: { kms_master_key_id: OPEN },
        [QUEUE]: { filter_policy: OPEN },
      }),
    );
    expect([verdict, link]).toEqual(["undecided", "trail"]);
    expect(causes.map((cause) => ("attribute" in cause ? cause.attribute : cause.code))).toEqual([
      "enable_logging",
      "threshold",
      "kms_master_key_id",
      "filter_policy",
    ]);
    expect(chain.map(({ state }) => state)).toEqual(["unknown", "holds", "unknown", "unknown", "unknown"]);
  });

  test("of a link behind links that hold", () => {
    const { chain } = judge(changed({ [ALARM]: { threshold: 5 } }));
    expect(chain.map(({ link, state }) => [link, state])).toEqual([
      ["trail", "holds"],
      ["filter", "holds"],
      ["alarm", "breaks"],
      ["action", "not-reached"],
      ["subscription", "not-reached"],
    ]);
    expect(chain[3]?.evidence).toEqual([]);
  });
});

describe("of several filters that count it, the one that an alarm watches", () => {
  const FIRST = "aws_cloudwatch_log_metric_filter.a";
  const whole = (metric: Attributes, more: Attributes = {}): Changes => ({
    [FIRST]: {
      name: "a",
      log_group_name: "trail",
      pattern: PATTERN,
      metric_transformation: [{ name: "Denied", namespace: "CIS", value: "1", ...metric }],
      ...more,
    },
  });

  test.each<[string, Changes]>([
    ["by another name", whole({ name: "Other" })],
    ["in another namespace", whole({ namespace: "Other" })],
    ["with a value that sets nothing off", whole({ value: "0" })],
    ["with dimensions", whole({ dimensions: { Region: "$.awsRegion" } })],
    ["with a unit", whole({ unit: "Seconds" })],
    ["under a name that is not known", whole({ name: OPEN })],
    [
      "in another region",
      {
        ...whole({}, { ".region": "us-east-1" }),
        [FILTER]: { ".region": "eu-west-1" },
        [ALARM]: { ".region": "eu-west-1" },
      },
    ],
    [
      "in another account",
      { ...whole({}, { ".account": OTHER }), [FILTER]: { ".account": HOME }, [ALARM]: { ".account": HOME } },
    ],
  ])("stands behind one %s", (_, changes) => {
    const { [FIRST]: first = {}, ...others } = changed({ ...changes, [QUEUE]: { protocol: "sms" } });
    expect(judge({ [FIRST]: first, ...others }).verdict).toBe("satisfied");
  });
});

describe("of several chains that are open, the one that is told", () => {
  const SECOND = "aws_cloudwatch_metric_alarm.second";
  const SIDE = "aws_sns_topic.side";
  /** A second alarm, on the same metric, that tells another topic. */
  const second = (alarm: Attributes, topic: Attributes, more: Changes = {}): Changes => ({
    [SECOND]: { ...CHAIN[ALARM], alarm_name: "second", alarm_actions: [reference(SIDE, "arn")], ...alarm },
    [SIDE]: { name: "side", ...topic },
    "aws_sns_topic_subscription.side": {
      topic_arn: reference(SIDE, "arn"),
      protocol: "sms",
      endpoint: "+15550100",
    },
    ...more,
  });

  test.each<[string, Changes, string]>([
    [
      "is surely whole for longer",
      { [ALARM]: { threshold: OPEN }, ...second({}, { policy: OPEN }) },
      `undecided action ${SIDE}`,
    ],
    [
      "is surely whole for longer, though it stands behind",
      { [ALARM]: {}, [TOPIC]: { policy: OPEN }, ...second({ threshold: OPEN }, {}) },
      `undecided action ${TOPIC}`,
    ],
    [
      "has fewer open links",
      { [ALARM]: { threshold: OPEN }, [TOPIC]: { policy: OPEN }, ...second({ threshold: OPEN }, {}) },
      `undecided alarm ${SECOND}`,
    ],
    [
      "stands first, where both are as open",
      { [ALARM]: { threshold: OPEN }, ...second({ threshold: OPEN }, {}) },
      `undecided alarm ${ALARM}`,
    ],
    ["is none, where one holds", { [ALARM]: { threshold: OPEN }, ...second({}, {}) }, "satisfied  "],
    [
      "is none, where one holds behind one that breaks",
      { [ALARM]: { threshold: 5 }, ...second({}, {}) },
      "satisfied  ",
    ],
    [
      "breaks last, where all break",
      { [ALARM]: { threshold: 5 }, ...second({}, { policy: '{"Statement":[]}' }) },
      `violated action ${SIDE}`,
    ],
  ])("%s", (_, changes, wanted) => {
    const { verdict, link, causes } = judge(changed(changes));
    expect(`${verdict} ${link ?? ""} ${causes[0]?.subject?.address ?? ""}`).toBe(wanted);
  });

  test("tells each remark and each cause once", () => {
    const both: Changes = {
      [ALARM]: { alarm_actions: [reference(TOPIC, "arn"), reference(SIDE, "arn")] },
      [SIDE]: { name: "side" },
    };
    expect(judge(changed(both)).remarks.map(({ code }) => code)).toEqual(["rights-not-seen"]);
    const twice = judge(changed({ [FILTER]: { pattern: OPEN, log_group_name: OPEN } })).causes;
    expect(twice.map((cause) => ("attribute" in cause ? cause.attribute : cause.code))).toEqual([
      "log_group_name",
      "pattern",
    ]);
  });

  test("of subscriptions on a topic, the one that may do is told before one that does not", () => {
    const pending = { topic_arn: reference(TOPIC, "arn"), protocol: "email", endpoint: "soc@example.com" };
    const { verdict, causes } = judge(
      changed({ "aws_sns_topic_subscription.a": pending, [QUEUE]: { filter_policy: OPEN } }),
    );
    expect([verdict, causes[0]?.subject?.address]).toEqual(["undecided", QUEUE]);
    const good = judge(
      changed({ "aws_sns_topic_subscription.a": pending, "aws_sns_topic_subscription.z": pending }),
    );
    expect([good.verdict, good.chain[4]?.evidence[0]?.place.address]).toEqual(["satisfied", QUEUE]);
  });
});

describe("links of a chain that holds", () => {
  const shows = (chain: readonly ChainLink[]) => chain.flatMap(({ evidence }) => evidence.map(shown));

  test("show what they hold by", () => {
    expect(shows(judge(CHAIN).chain)).toEqual([
      `${TRAIL} is_multi_region_trail: true`,
      `${TRAIL} enable_logging: true`,
      `${TRAIL} cloud_watch_logs_group_arn: (unknown)`,
      `${FILTER} log_group_name: trail`,
      `${FILTER} pattern: ${PATTERN}`,
      `${FILTER} metric_transformation.namespace: CIS`,
      `${FILTER} metric_transformation.name: Denied`,
      `${ALARM} namespace: CIS`,
      `${ALARM} metric_name: Denied`,
      `${ALARM} alarm_actions: (unknown)`,
      TOPIC,
      `${QUEUE} topic_arn: (unknown)`,
      `${QUEUE} protocol: sqs`,
      `${QUEUE} endpoint: (unknown)`,
    ]);
  });

  test("of metric math show the queries", () => {
    const metric_query = [
      {
        id: "m1",
        return_data: true,
        metric: [{ metric_name: "Denied", namespace: "CIS", stat: "Sum", period: 300 }],
      },
    ];
    const plain = { metric_name: null, namespace: null, statistic: null, period: null };
    const { verdict, chain } = judge(changed({ [ALARM]: { ...plain, metric_query } }));
    expect([verdict, names(chain[2]?.evidence ?? [])]).toEqual([
      "satisfied",
      [...METRIC, `${ALARM} metric_query`],
    ]);
  });
});

describe("one remark", () => {
  const MORE = PATTERN.replace("{ ", '{ ($.errorCode = "Throttling*") || ');
  const ELSEWHERE = `arn:aws:sns:us-east-1:${HOME}:x`;
  const assume = (assumption: Assumption) => ({ assumptions: [assumption] });
  const MAIL = { protocol: "email", endpoint: "soc@example.com" };
  const MATH = {
    name: "half",
    log_group_name: "trail",
    metric_transformation: [{ name: "Denied", namespace: "CIS", value: "1" }],
  };
  type Options = Parameters<typeof judge>[1];
  const rights = (what: string): Told => ["rights-not-seen", QUEUE, [`${QUEUE} endpoint`], { what }];

  test.each<[string, Changes, Told, Options?]>([
    ["a queue elsewhere", {}, rights("queue")],
    [
      "a function elsewhere",
      { [QUEUE]: { protocol: "lambda", endpoint: `arn:aws:lambda:us-east-1:${HOME}:function:x` } },
      rights("function"),
    ],
    [
      "a stream and its role elsewhere",
      {
        [QUEUE]: {
          protocol: "firehose",
          endpoint: `arn:aws:firehose:us-east-1:${HOME}:deliverystream/x`,
          subscription_role_arn: `arn:aws:iam::${HOME}:role/x`,
        },
      },
      rights("stream"),
    ],
    [
      "a pattern that counts more",
      { [FILTER]: { pattern: MORE }, [QUEUE]: { protocol: "sms" } },
      ["pattern-counts-more", FILTER, [`${FILTER} pattern`], { event: expect.anything() }],
    ],
    [
      "patterns that cover together",
      {
        [FILTER]: { pattern: '{ $.errorCode = "*UnauthorizedOperation" }' },
        "aws_cloudwatch_log_metric_filter.half": { ...MATH, pattern: '{ $.errorCode = "AccessDenied*" }' },
        [QUEUE]: { protocol: "sms" },
      },
      [
        "patterns-cover-together",
        FILTER,
        [`${FILTER} pattern`, "aws_cloudwatch_log_metric_filter.half pattern"],
      ],
    ],
    [
      "an e-mail that is accepted unconfirmed",
      { [QUEUE]: MAIL },
      ["pending-accepted", QUEUE, [`${QUEUE} protocol`, `${QUEUE} endpoint`]],
      { acceptPending: true },
    ],
    [
      "an e-mail that is known to be confirmed",
      { [QUEUE]: MAIL },
      [
        "assumption-used",
        QUEUE,
        [`${QUEUE} protocol`, `${QUEUE} endpoint`],
        { assumption: "soc@example.com", reason: "confirmed" },
      ],
      assume({ kind: "endpoint-confirmed", endpoint: "soc@example.com", reason: "confirmed" }),
    ],
    [
      "a topic elsewhere that is known to have subscribers",
      { [ALARM]: { alarm_actions: [ELSEWHERE] } },
      ["assumption-used", ELSEWHERE, [], { assumption: ELSEWHERE, reason: "rota" }],
      assume({ kind: "topic-has-subscriber", topic: ELSEWHERE, reason: "rota" }),
    ],
    [
      "a topic elsewhere, by its name",
      { [ALARM]: { alarm_actions: [ELSEWHERE] } },
      ["assumption-used", "x", [], { assumption: "x", reason: "rota" }],
      assume({ kind: "topic-has-subscriber", topic: "x", reason: "rota" }),
    ],
    [
      "a secret topic elsewhere",
      { [ALARM]: { alarm_actions: [known(ELSEWHERE, true)] } },
      ["assumption-used", "(sensitive)", [], { assumption: "(sensitive)", reason: "rota" }],
      assume({ kind: "topic-has-subscriber", topic: ELSEWHERE, reason: "rota" }),
    ],
    [
      "a topic here that is known to have subscribers",
      { [QUEUE]: undefined },
      ["assumption-used", TOPIC, [], { assumption: TOPIC, reason: "rota" }],
      assume({ kind: "topic-has-subscriber", topic: TOPIC, reason: "rota" }),
    ],
    [
      "a topic here, by its ARN",
      { [TOPIC]: { arn: ELSEWHERE }, [QUEUE]: undefined },
      ["assumption-used", TOPIC, [], { assumption: ELSEWHERE, reason: "rota" }],
      assume({ kind: "topic-has-subscriber", topic: ELSEWHERE, reason: "rota" }),
    ],
    [
      "a log group elsewhere that is known to be fed",
      { [TRAIL]: undefined, [GROUP]: undefined, [QUEUE]: { protocol: "sms" } },
      ["assumption-used", "trail", [`${FILTER} log_group_name`], { assumption: "trail", reason: "org" }],
      assume({ kind: "log-group-fed", logGroup: "trail", reason: "org" }),
    ],
    [
      "a secret log group elsewhere",
      {
        [TRAIL]: undefined,
        [GROUP]: undefined,
        [FILTER]: { log_group_name: known("trail", true) },
        [QUEUE]: { protocol: "sms" },
      },
      [
        "assumption-used",
        "(sensitive)",
        [`${FILTER} log_group_name`],
        { assumption: "(sensitive)", reason: "org" },
      ],
      assume({ kind: "log-group-fed", logGroup: "trail", reason: "org" }),
    ],
    [
      "a log group elsewhere, by its ARN with the wildcard",
      {
        [TRAIL]: undefined,
        [GROUP]: undefined,
        [FILTER]: { log_group_name: "arn:aws:logs:us-east-1:1:log-group:trail" },
        [QUEUE]: { protocol: "sms" },
      },
      [
        "assumption-used",
        "trail",
        [`${FILTER} log_group_name`],
        { assumption: "arn:aws:logs:us-east-1:1:log-group:trail:*", reason: "org" },
      ],
      assume({
        kind: "log-group-fed",
        logGroup: "arn:aws:logs:us-east-1:1:log-group:trail:*",
        reason: "org",
      }),
    ],
    [
      "an alarm that is muted at times",
      {
        "aws_cloudwatch_alarm_mute_rule.m": {
          mute_targets: [{ alarm_names: ["denied"] }],
          rule: [{ schedule: [{ expression: "cron(0 2 * * *)", duration: "PT4H" }] }],
        },
        [QUEUE]: { protocol: "sms" },
      },
      [
        "alarm-muted-at-times",
        ALARM,
        ["aws_cloudwatch_alarm_mute_rule.m mute_targets", "aws_cloudwatch_alarm_mute_rule.m rule"],
      ],
    ],
    [
      "a break that is taken as a remark",
      { [TOPIC]: { policy: '{"Statement":[]}' }, [QUEUE]: { protocol: "sms" } },
      [
        "break-taken-as-remark",
        TOPIC,
        [`${TOPIC} policy`],
        { cause: "topic-policy-shuts-cloudwatch-out", proven: true },
      ],
      { delivery: new Map([["topic-policy-shuts-cloudwatch-out", "remark"]]) as DeliverySettings },
    ],
  ])("%s", (_, changes, wanted, options) => {
    const { verdict, remarks } = judge(changed(changes), options);
    expect([verdict, remarks.map(told)]).toEqual(["satisfied", [asObject(wanted)]]);
  });

  test("a trail of the organization that another account has", () => {
    const away = { ".account": OTHER, is_organization_trail: true };
    const resources = changed({
      [TRAIL]: away,
      [FILTER]: { ".account": OTHER },
      [GROUP]: { ".account": OTHER },
      [QUEUE]: { protocol: "sms" },
    });
    const graph = { ...graphOf(resources), askedAccounts: () => [HOME] };
    const answer = checkChain(
      createWorld(graph, { acceptPending: false, assumptions: [] }),
      requirementOf(CONTROL),
    );
    expect([answer.verdict, answer.remarks.map(told)]).toEqual([
      "satisfied",
      [
        asObject([
          "organization-trail-counts",
          TRAIL,
          [`${TRAIL} is_organization_trail`],
          { account: OTHER, asked: [HOME] },
        ]),
      ],
    ]);
  });

  test("a list of references, where a break rests on it", () => {
    const actions = oneOf(reference(TOPIC, "arn"));
    const { remarks } = judge(changed({ [ALARM]: { alarm_actions: actions }, [QUEUE]: undefined }));
    expect(remarks.map(told)).toEqual([
      asObject(["references-without-literals", ALARM, [`${ALARM} alarm_actions`]]),
    ]);
    expect(judge(changed({ [ALARM]: { alarm_actions: actions, threshold: 5 } })).remarks).toEqual([]);
  });

  test("none of assumptions about others", () => {
    const assumptions: readonly Assumption[] = [
      { kind: "endpoint-confirmed", endpoint: "other@example.com", reason: "" },
      { kind: "topic-has-subscriber", topic: "other", reason: "" },
      { kind: "log-group-fed", logGroup: "other", reason: "" },
    ];
    const mail = judge(changed({ [QUEUE]: MAIL }), { assumptions });
    expect([mail.verdict, mail.remarks]).toEqual(["violated", []]);
    const topic = judge(changed({ [ALARM]: { alarm_actions: [ELSEWHERE] } }), { assumptions });
    expect([topic.verdict, topic.remarks]).toEqual(["undecided", []]);
    const group = judge(changed({ [TRAIL]: undefined, [GROUP]: undefined }), { assumptions });
    expect([group.verdict, group.causes[0]?.code]).toEqual(["undecided", "trail-outside-inputs"]);
  });
});
