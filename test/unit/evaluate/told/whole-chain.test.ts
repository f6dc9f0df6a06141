// What is told of a whole chain: all that is in the way, which of several chains, and what a chain holds by.

import { describe, expect, test } from "vitest";
import type { Cause, ChainLink, Evidence } from "../../../../src/model/finding.ts";
import { judge } from "../../../tools/chain-world.ts";
import { type Attributes, CHAIN, changed, OPEN, PATTERN, reference } from "../../../tools/world.ts";
import {
  ALARM,
  type Changes,
  FILTER,
  MAIL,
  METRIC,
  NOBODY,
  names,
  QUEUE,
  query,
  TOPIC,
  TRAIL,
} from "./support.ts";

/** `address attribute: what is shown`. */
function shown({ place, attribute, value }: Evidence): string {
  const text = value?.kind === "text" ? value.text : value === undefined ? "" : `(${value.kind})`;
  return `${place.address} ${attribute ?? ""}${text === "" ? "" : `: ${text}`}`.trim();
}

const attributeOf = (cause: Cause): string => ("attribute" in cause ? cause.attribute : cause.code);

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
    expect(causes.map(attributeOf)).toEqual([
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
      { [ALARM]: { threshold: 5 }, ...second({}, { policy: NOBODY }) },
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
    expect(twice.map(attributeOf)).toEqual(["log_group_name", "pattern"]);
  });

  test("of subscriptions on a topic, the one that may do is told before one that does not", () => {
    const pending = { topic_arn: reference(TOPIC, "arn"), ...MAIL };
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
    const { verdict, chain } = judge(changed({ [ALARM]: query() }));
    expect([verdict, names(chain[2]?.evidence ?? [])]).toEqual([
      "satisfied",
      [...METRIC, `${ALARM} metric_query`],
    ]);
  });
});
