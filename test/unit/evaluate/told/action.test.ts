// What causes at the action tell: alarms that tell nobody, what keeps them from telling, and topics that shut
// CloudWatch out.

import { describe, expect, test } from "vitest";
import { judge } from "../../../tools/chain-world.ts";
import { type Attributes, changed, mute, OPEN, oneOf, reference } from "../../../tools/world.ts";
import {
  ALARM,
  asObject,
  type Changes,
  causesOf,
  FILTER,
  HOME,
  MUTE,
  mutedBy,
  NOBODY,
  names,
  QUEUE,
  type Row,
  TOPIC,
  waits,
} from "./support.ts";

const COMPOSITE = "aws_cloudwatch_composite_alarm.all";
const SUPPRESSOR = "aws_cloudwatch_composite_alarm.suppressor";
const BOTH = "aws_sns_topic.both";

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

/** The alarm tells one of two topics, both of which have subscriptions. */
const oneOfTwo = (both: Attributes): Changes => ({
  [ALARM]: { alarm_actions: [oneOf(reference(TOPIC, "arn"), reference(BOTH, "arn"))] },
  [BOTH]: { name: "both", ...both },
  [QUEUE]: { topic_arn: reference(BOTH, "arn") },
  "aws_sns_topic_subscription.second": { topic_arn: reference(TOPIC, "arn"), protocol: "sms" },
});

describe("one cause", () => {
  test.each<Row>([
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
      { [TOPIC]: { policy: NOBODY } },
      ["topic-policy-shuts-cloudwatch-out", TOPIC, [`${TOPIC} policy`]],
    ],
    [
      "a policy of its own that shuts CloudWatch out",
      { "aws_sns_topic_policy.p": { arn: reference(TOPIC, "arn"), policy: NOBODY } },
      ["topic-policy-shuts-cloudwatch-out", TOPIC, ["aws_sns_topic_policy.p policy"]],
    ],
    [
      "a composite alarm that may not follow",
      through({ alarm_rule: "ALARM(denied) AND ALARM(other)" }),
      ["composite-alarm-not-decided", COMPOSITE, [`${COMPOSITE} alarm_rule`], { how: "other-alarms" }],
    ],
    ["an alarm that is always muted", { [MUTE]: mute("P1D") }, ["alarm-muted", ALARM, mutedBy(MUTE)]],
  ])("%s", (_, changes, wanted) => {
    expect(causesOf(changes)).toEqual([asObject(wanted)]);
  });
});

describe("the cause that is told, of several", () => {
  test.each<Row>([
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
        [TOPIC]: { policy: NOBODY },
      },
      ["topic-policy-shuts-cloudwatch-out", TOPIC, [`${TOPIC} policy`]],
    ],
    [
      "one of two topics that may not be there",
      oneOfTwo({ ".exists": "maybe" }),
      ["may-not-exist", BOTH, [], { doubt: "forgotten" }],
    ],
    [
      "two topics of which one does",
      oneOfTwo({ policy: NOBODY }),
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
      ["alarm-muted", ALARM, mutedBy("aws_cloudwatch_alarm_mute_rule.z")],
    ],
  ])("%s", (_, changes, wanted) => {
    expect(causesOf(changes)[0]).toMatchObject(asObject(wanted));
  });

  test("an alarm without actions shows where they are missing", () => {
    const { chain } = judge(changed({ [ALARM]: { alarm_actions: null } }));
    expect(names(chain[3]?.evidence ?? [])).toEqual([`${ALARM} alarm_actions`]);
  });
});
