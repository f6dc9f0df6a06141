// What causes at the alarm tell: alarms on other metrics, alarms that cannot go off, and which filter they watch.

import { describe, expect, test } from "vitest";
import { known } from "../../../../src/model/value.ts";
import { judge } from "../../../tools/chain-world.ts";
import { type Attributes, CHAIN, changed, OPEN, oneOf, PATTERN, reference } from "../../../tools/world.ts";
import {
  ALARM,
  asObject,
  type Changes,
  causesOf,
  countingFilter,
  FILTER,
  HOME,
  METRIC,
  OTHER,
  QUEUE,
  query,
  type Row,
  TOPIC,
  waits,
  watchedBy,
} from "./support.ts";

const DENIED = { metric: { namespace: "CIS", name: "Denied" } };
const WATCHED = watchedBy(ALARM);
/** What is shown for whether the alarm goes off. */
const FIRING = [
  `${ALARM} comparison_operator`,
  `${ALARM} threshold`,
  `${ALARM} statistic`,
  `${ALARM} evaluation_periods`,
];

describe("one cause", () => {
  test.each<Row>([
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
        "aws_cloudwatch_log_metric_filter.root": countingFilter("root", '{ $.userIdentity.type = "Root" }', {
          name: "Root",
        }),
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
      ["alarm-cannot-fire", ALARM, [...WATCHED, ...FIRING], { how: "metric-value-below-threshold" }],
    ],
    [
      "a filter that counts nothing",
      { [FILTER]: { metric_transformation: [{ name: "Denied", namespace: "CIS", value: "0" }] } },
      [
        "alarm-cannot-fire",
        ALARM,
        [...WATCHED, `${FILTER} metric_transformation.value`, ...FIRING],
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
  ])("%s", (_, changes, wanted) => {
    expect(causesOf(changes)).toEqual([asObject(wanted)]);
  });
});

describe("the cause that is told, of several", () => {
  test.each<Row>([
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
        [...WATCHED, ...FIRING, `${ALARM} dimensions`],
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
        [...METRIC, `${ALARM} metric_query`, ...FIRING],
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
        watchedBy("aws_cloudwatch_metric_alarm.letters"),
        { ...DENIED, nearest: "letter-case" },
      ],
    ],
  ])("%s", (_, changes, wanted) => {
    expect(causesOf(changes)[0]).toMatchObject(asObject(wanted));
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
});

describe("of several filters that count it, the one that an alarm watches", () => {
  const FIRST = "aws_cloudwatch_log_metric_filter.a";
  const whole = (metric: Attributes, more: Attributes = {}): Changes => ({
    [FIRST]: { ...countingFilter("a", PATTERN, metric), ...more },
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
