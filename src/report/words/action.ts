// The sentences about actions: whom an alarm tells, and whether it may.

import type { CompositeDoubt, KeyBreak } from "../../model/finding.ts";
import { type Tellers, told } from "./told.ts";

export const ACTION_TELLERS = {
  "composite-alarm-not-decided": ({ how }) => {
    const [sentence, help] = COMPOSITE[how];
    return told(sentence, help);
  },
  "alarm-suppressed": () =>
    told(
      "the composite alarm's suppressor is always in ALARM, so its actions never run",
      "remove actions_suppressor from the composite alarm",
    ),
  "alarm-actions-disabled": () => told("the alarm's actions are switched off", "set actions_enabled = true"),
  "alarm-without-actions": () =>
    told("the alarm has no action, so it tells nobody", "set alarm_actions = [aws_sns_topic.NAME.arn]"),
  "alarm-actions-without-topic": () =>
    told("none of the alarm's actions is an SNS topic", "add an SNS topic's ARN to alarm_actions"),
  "topic-in-other-region": ({ alarmRegion, topicRegion }) =>
    told(
      `the topic is in ${topicRegion}, and an alarm in ${alarmRegion} reaches topics of its own region only`,
      `use a topic in ${alarmRegion}`,
    ),
  "topic-key-shuts-cloudwatch-out": ({ how }) => told(...KEYS[how]),
  "topic-policy-shuts-cloudwatch-out": () =>
    told(
      "the topic's policy does not let CloudWatch publish",
      "allow cloudwatch.amazonaws.com sns:Publish in the topic's policy",
    ),
} satisfies Partial<Tellers>;

const COMPOSITE: Readonly<Record<CompositeDoubt, readonly [sentence: string, help: string]>> = {
  "other-alarms": [
    "whether the composite alarm goes off with this one depends on other alarms",
    "give the alarm itself the topic in alarm_actions",
  ],
  "rule-not-read": [
    "the composite alarm's rule could not be read",
    "write alarm_rule with ALARM, AND, OR, NOT and parentheses",
  ],
  suppressor: [
    "the composite alarm's suppressor may be in ALARM at the time, and would hold its actions back",
    "give the alarm itself the topic in alarm_actions",
  ],
};

const KEYS: Readonly<Record<KeyBreak, readonly [sentence: string, help: string]>> = {
  "aws-managed-key": [
    "the topic is encrypted with the AWS managed key, which CloudWatch may not use",
    "set kms_master_key_id to a key of your own whose policy lets cloudwatch.amazonaws.com use it",
  ],
  "key-policy": [
    "the policy of the topic's key does not let CloudWatch use it",
    "allow cloudwatch.amazonaws.com kms:GenerateDataKey* and kms:Decrypt in the key's policy",
  ],
  "key-disabled": ["the topic is encrypted with a key that is disabled", "set is_enabled = true"],
};
