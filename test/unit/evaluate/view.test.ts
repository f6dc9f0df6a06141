// What the picture of a chain shows, from configurations.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createWorld } from "../../../src/evaluate/chain/chain.ts";
import { viewGraph } from "../../../src/evaluate/view.ts";
import { parsePlan } from "../../../src/input/plan.ts";
import type { GraphView } from "../../../src/model/graph-view.ts";
import { buildGraph } from "../../tools/build-graph.ts";

function viewOf(scenario: string): GraphView {
  const text = readFileSync(`test/scenarios/${scenario}/plan.json`, "utf8");
  const graph = buildGraph([{ document: parsePlan(text, "plan.json"), sha256: undefined }]);
  return viewGraph(createWorld(graph, { acceptPending: false, assumptions: [] }), undefined);
}

/** `from -meaning-> to (state: codes)`, by titles. */
function joints({ nodes, edges }: GraphView): readonly string[] {
  const title = (id: string) => nodes.find((node) => node.id === id)?.title ?? "?";
  return edges.map(({ from, to, means, state, why }) => {
    const codes = why.map(({ code }) => code).join(", ");
    return `${title(from)} ${means} ${title(to)}${state === "yes" ? "" : ` (${state}: ${codes})`}`;
  });
}

const GROUP = "aws_cloudwatch_log_group.trail";
const FILTER = "aws_cloudwatch_log_metric_filter.unauthorized";
const METRIC = "CISBenchmark / UnauthorizedAPICalls";
const ALARM = "aws_cloudwatch_metric_alarm.unauthorized";
const TOPIC = "aws_sns_topic.alarms";
const HEAD = [
  `aws_cloudtrail.main delivers ${GROUP}`,
  `${GROUP} feeds ${FILTER}`,
  `${FILTER} emits ${METRIC}`,
];

describe("viewGraph", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "a whole chain",
      "flat-direct-references",
      [
        ...HEAD,
        `${METRIC} is-watched ${ALARM}`,
        `${ALARM} notifies ${TOPIC}`,
        `${TOPIC} reaches aws_sns_topic_subscription.alarms`,
      ],
    ],
    [
      "an alarm that comes near the metric",
      "alarm-other-metric",
      [
        ...HEAD,
        `${METRIC} is-watched ${ALARM} (no: no-alarm-on-metric)`,
        `${ALARM} notifies ${TOPIC}`,
        `${TOPIC} reaches aws_sns_topic_subscription.alarms`,
      ],
    ],
    [
      "a topic outside the inputs",
      "topic-arn-from-outside",
      [
        ...HEAD,
        `${METRIC} is-watched ${ALARM}`,
        `${ALARM} notifies arn:aws:sns:us-east-1:123456789012:security-alarms`,
        "arn:aws:sns:us-east-1:123456789012:security-alarms reaches subscribers (maybe: subscribers-outside-inputs)",
      ],
    ],
    [
      "an e-mail address nobody has confirmed",
      "subscription-email-new",
      [
        ...HEAD,
        `${METRIC} is-watched ${ALARM}`,
        `${ALARM} notifies ${TOPIC}`,
        `${TOPIC} reaches aws_sns_topic_subscription.mail (no: subscription-pending)`,
      ],
    ],
  ])("%s", (_, scenario, expected) => {
    expect(joints(viewOf(scenario))).toEqual(expected);
  });

  it("a trail that does not do says why", () => {
    const [trail] = viewOf("trail-not-logging").nodes;
    expect([trail?.title, trail?.state, trail?.why.map(({ code }) => code)]).toEqual([
      "aws_cloudtrail.main",
      "no",
      ["trail-not-logging"],
    ]);
  });

  const scenarios = readdirSync("test/scenarios", { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );

  it.each(scenarios.map(({ name }) => name))("%s: ids are unique and edges lead forward", (name) => {
    const { nodes, edges } = viewOf(name);
    const order = new Map(nodes.map(({ id }, position) => [id, position]));
    expect(order.size).toBe(nodes.length);
    expect(edges.filter(({ from, to }) => (order.get(from) ?? 1) >= (order.get(to) ?? 0))).toEqual([]);
  });
});
