// A control is one file and its examples: here one is added, and nothing else changes.

import { expect, it } from "vitest";
import { parsePolicy } from "../../src/input/policy.ts";
import { parseExamples } from "../../src/input/policy-examples.ts";
import { findingOfExample } from "../tools/run-example.ts";

const POLICY = `id: team-key-creation-alarm
title: Creating an access key raises an alarm that reaches someone
severity: medium
rationale: Access keys do not expire.
remediation: Add a filter, an alarm and a subscribed topic.
sources: [https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html]
check: log-pattern-alarm
with:
  pattern: '{ ($.eventSource = "iam.amazonaws.com") && ($.eventName = "CreateAccessKey") }'
`;

const EXAMPLES = `given:
  aws_cloudtrail.main:
    name: main
    s3_bucket_name: trail-logs
    is_multi_region_trail: true
    cloud_watch_logs_group_arn: "\${aws_cloudwatch_log_group.trail.arn}:*"
  aws_cloudwatch_log_group.trail:
    name: trail
  aws_cloudwatch_metric_alarm.keys:
    alarm_name: keys
    namespace: Team
    metric_name: AccessKeys
    statistic: Sum
    period: 300
    evaluation_periods: 1
    threshold: 1
    comparison_operator: GreaterThanOrEqualToThreshold
    alarm_actions: ["\${aws_sns_topic.alerts.arn}"]
  aws_sns_topic.alerts:
    name: alerts
  aws_sns_topic_subscription.pager:
    topic_arn: "\${aws_sns_topic.alerts.arn}"
    protocol: https
    endpoint: https://pager.example.com/sns
    endpoint_auto_confirms: true
examples:
  - name: the call is counted
    resources:
      aws_cloudwatch_log_metric_filter.keys:
        name: keys
        log_group_name: trail
        pattern: "{ $.eventName = CreateAccessKey || $.eventName = DeleteAccessKey }"
        metric_transformation: [{ namespace: Team, name: AccessKeys, value: "1" }]
    expect: satisfied
  - name: another call is counted
    resources:
      aws_cloudwatch_log_metric_filter.keys:
        name: keys
        log_group_name: trail
        pattern: "{ $.eventName = DeleteAccessKey }"
        metric_transformation: [{ namespace: Team, name: AccessKeys, value: "1" }]
    expect: violated
    link: filter
    causes: [pattern-misses-event]
  - name: nothing is known of the pattern
    resources:
      aws_cloudwatch_log_metric_filter.keys:
        name: keys
        log_group_name: trail
        pattern: (known after apply)
        metric_transformation: [{ namespace: Team, name: AccessKeys, value: "1" }]
    expect: undecided
    link: filter
`;

it("a team's own control is checked from its file alone", async () => {
  const policy = await parsePolicy(POLICY, "team-key-creation-alarm.yaml");
  const examples = await parseExamples(EXAMPLES, "team-key-creation-alarm.examples.yaml");
  const findings = await Promise.all(examples.map((example) => findingOfExample(policy, example)));
  expect(findings.map(({ control, verdict, link }) => [control.id, verdict, link])).toEqual([
    ["team-key-creation-alarm", "satisfied", undefined],
    ["team-key-creation-alarm", "violated", "filter"],
    ["team-key-creation-alarm", "undecided", "filter"],
  ]);
});
