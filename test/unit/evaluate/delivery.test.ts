// Breaks of the delivery that the configuration takes as remarks: the chain holds there, and the report says so.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkChain, createWorld } from "../../../src/evaluate/chain/chain.ts";
import { requirementOf } from "../../../src/evaluate/chain/coverage.ts";
import { DELIVERY_CAUSES, type DeliveryCause } from "../../../src/model/delivery.ts";
import { CONTROL, judge } from "../../tools/chain-world.ts";
import { strangeEvidence } from "../../tools/known-attributes.ts";
import { type Attributes, changed, graphOf, OPEN, reference } from "../../tools/world.ts";

const TRAIL = "aws_cloudtrail.main";
const GROUP = "aws_cloudwatch_log_group.trail";
const FILTER = "aws_cloudwatch_log_metric_filter.denied";
const TOPIC = "aws_sns_topic.alerts";
const QUEUE = "aws_sns_topic_subscription.queue";

type Changes = Readonly<Record<string, Attributes>>;

const MUTED: Attributes = {
  mute_targets: [{ alarm_names: ["denied"] }],
  rule: [{ schedule: [{ expression: "cron(0 0 * * *)", duration: "P2D" }] }],
};

/** The alarm tells only through a composite alarm, whose suppressor never leaves ALARM. */
const SUPPRESSED: Changes = {
  "aws_cloudwatch_metric_alarm.denied": { alarm_actions: null },
  "aws_cloudwatch_composite_alarm.all": {
    alarm_name: "all",
    alarm_rule: "ALARM(denied)",
    alarm_actions: [reference(TOPIC, "arn")],
    actions_suppressor: [{ alarm: "always", wait_period: 60, extension_period: 60 }],
  },
  "aws_cloudwatch_composite_alarm.always": { alarm_name: "always", alarm_rule: "TRUE" },
};

const HERE: Attributes = { ".region": "us-east-1", ".account": "111122223333" };

const trusting = (service: string) =>
  JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

/** What breaks the plain chain with each cause; the report names the cause's subject. */
const BREAKS: Readonly<Record<DeliveryCause, readonly [changes: Changes, subject: string]>> = {
  "trail-role-cannot-write": [
    {
      [TRAIL]: { cloud_watch_logs_role_arn: reference("aws_iam_role.trail", "arn") },
      "aws_iam_role.trail": { assume_role_policy: trusting("ec2.amazonaws.com") },
    },
    "aws_iam_role.trail",
  ],
  "trail-log-group-arn-incomplete": [
    {
      [TRAIL]: { cloud_watch_logs_group_arn: "arn:aws:logs:us-east-1:111122223333:log-group:trail", ...HERE },
      [GROUP]: HERE,
      [FILTER]: HERE,
      "aws_cloudwatch_metric_alarm.denied": HERE,
    },
    TRAIL,
  ],
  "log-group-class-without-metrics": [{ [GROUP]: { log_group_class: "INFREQUENT_ACCESS" } }, GROUP],
  "filter-on-transformed-logs": [{ [FILTER]: { apply_on_transformed_logs: true } }, FILTER],
  "filter-not-understood": [{ [FILTER]: { field_selection_criteria: '@aws.region = "us-east-1"' } }, FILTER],
  "alarm-suppressed": [SUPPRESSED, "aws_cloudwatch_composite_alarm.all"],
  "alarm-muted": [{ "aws_cloudwatch_alarm_mute_rule.always": MUTED }, "aws_cloudwatch_metric_alarm.denied"],
  "topic-key-shuts-cloudwatch-out": [{ [TOPIC]: { kms_master_key_id: "alias/aws/sns" } }, TOPIC],
  "topic-policy-shuts-cloudwatch-out": [{ [TOPIC]: { policy: '{"Statement":[]}' } }, TOPIC],
  "filter-policy-refused": [{ [QUEUE]: { filter_policy: '{"severity":[]}' } }, QUEUE],
  "subscription-filters-alarm-away": [{ [QUEUE]: { filter_policy: '{"severity":["high"]}' } }, QUEUE],
  "queue-shuts-topic-out": [
    { "aws_sqs_queue.inbox": { name: "inbox", policy: '{"Statement":[]}' } },
    "aws_sqs_queue.inbox",
  ],
  "function-shuts-topic-out": [
    {
      [QUEUE]: { protocol: "lambda", endpoint: reference("aws_lambda_function.notify", "arn") },
      "aws_lambda_function.notify": { function_name: "notify" },
      "aws_lambda_permission.other": {
        function_name: "notify",
        action: "lambda:InvokeFunction",
        principal: "events.amazonaws.com",
      },
    },
    "aws_lambda_function.notify",
  ],
  "stream-role-cannot-write": [
    {
      [QUEUE]: {
        protocol: "firehose",
        endpoint: "arn:aws:firehose:us-east-1:111122223333:deliverystream/alarms",
        subscription_role_arn: reference("aws_iam_role.stream", "arn"),
      },
      "aws_iam_role.stream": { assume_role_policy: trusting("firehose.amazonaws.com") },
    },
    "aws_iam_role.stream",
  ],
  "endpoint-not-for-topic": [{ [TOPIC]: { fifo_topic: true }, [QUEUE]: { protocol: "sms" } }, QUEUE],
};

const CASES = DELIVERY_CAUSES.map((code) => [code, ...BREAKS[code]] as const);

describe("a break of the delivery", () => {
  test.each(CASES)("%s counts unless the configuration says otherwise", (code, changes) => {
    const answer = judge(changed(changes));
    expect(strangeEvidence(answer)).toEqual([]);
    expect(answer.verdict).not.toBe("satisfied");
    expect(answer.causes.map((cause) => cause.code)).toContain(code);
    const others = new Map(
      DELIVERY_CAUSES.filter((other) => other !== code).map((other) => [other, "remark"] as const),
    );
    expect(judge(changed(changes), { delivery: others }).verdict).toBe(answer.verdict);
    expect(judge(changed(changes), { delivery: new Map([[code, "violated"]]) }).verdict).toBe(answer.verdict);
  });

  test.each(CASES)(
    "%s is told as a remark where the configuration takes it as one",
    (code, changes, subject) => {
      const { verdict, remarks } = judge(changed(changes), { delivery: new Map([[code, "remark"]]) });
      const told = remarks.flatMap((remark) =>
        remark.code === "break-taken-as-remark" ? [[remark.cause, remark.subject?.address]] : [],
      );
      expect([verdict, told]).toEqual(["satisfied", [[code, subject]]]);
    },
  );

  test("that is not known holds as well, for it would hold either way", () => {
    const changes = {
      [TOPIC]: { kms_master_key_id: OPEN, policy: OPEN },
    };
    const delivery = new Map<DeliveryCause, "remark">([
      ["topic-key-shuts-cloudwatch-out", "remark"],
      ["topic-policy-shuts-cloudwatch-out", "remark"],
    ]);
    expect(judge(changed(changes)).verdict).toBe("undecided");
    const { verdict, remarks } = judge(changed(changes), { delivery });
    const told = remarks.flatMap((remark) =>
      remark.code === "break-taken-as-remark" ? [[remark.cause, remark.proven]] : [],
    );
    expect([verdict, told]).toEqual([
      "satisfied",
      [
        ["topic-key-shuts-cloudwatch-out", false],
        ["topic-policy-shuts-cloudwatch-out", false],
      ],
    ]);
  });

  test("does not mend what else is broken", () => {
    const world = createWorld(
      graphOf(changed({ [TOPIC]: { policy: '{"Statement":[]}' }, [QUEUE]: { protocol: "email" } })),
      {
        acceptPending: false,
        assumptions: [],
        delivery: new Map([["topic-policy-shuts-cloudwatch-out", "remark"]]),
      },
    );
    const { verdict, link, remarks } = checkChain(world, requirementOf(CONTROL));
    expect([verdict, link, remarks.map(({ code }) => code)]).toEqual([
      "violated",
      "subscription",
      ["break-taken-as-remark"],
    ]);
  });
});

describe("docs/delivery.md", () => {
  const ROW = /^\| [^|]+ \| `([a-z-]+)` \| (violated|undecided) \| \[[^\]]+\]\((https:[^)]+)\) \|$/gm;
  const rows = [...readFileSync("docs/delivery.md", "utf8").matchAll(ROW)];

  test("has a line for each cause, in the order of the chain", () => {
    expect(rows.map(([, code]) => code)).toEqual(DELIVERY_CAUSES);
  });

  test("tells what each cause comes to when the configuration says nothing of it", () => {
    const found = CASES.map(([code, changes]) => [code, judge(changed(changes)).verdict]);
    expect(rows.map(([, code, verdict]) => [code, verdict])).toEqual(found);
  });

  test("names sources that the code rests on", () => {
    const code = readdirSync("src", { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => readFileSync(`src/${path}`, "utf8"));
    const cited = (source: string) => code.some((text) => text.includes(source));
    expect(rows.flatMap(([, , , source = ""]) => (cited(source) ? [] : [source]))).toEqual([]);
  });
});
