// A view by hand: one of everything that is drawn, joints of every state, and names that try to leave their place.

import type { Cause, Place } from "../../../../src/model/finding.ts";
import type { GraphView, ViewEdge, ViewKind, ViewNode } from "../../../../src/model/graph-view.ts";
import type { Tri } from "../../../../src/model/value.ts";

const place = (address: string, line?: number): Place => ({
  address,
  location: line === undefined ? undefined : { file: "main.tf", line, column: 1 },
  input: "plan.json",
});

function node(kind: ViewKind, title: string, more: Partial<ViewNode> = {}): ViewNode {
  const own = place(title);
  return { id: title, kind, title, managed: "here", place: own, state: "yes", why: [], facts: [], ...more };
}

function edge(
  from: string,
  to: string,
  means: ViewEdge["means"],
  state: Tri = "yes",
  why: readonly Cause[] = [],
) {
  return { from, to, means, state, why };
}

const FILTER = "aws_cloudwatch_log_metric_filter.calls";
const PATTERN = '{ $.errorCode = "AccessDenied*" }';
const SILENT: Cause = {
  code: "alarm-cannot-fire",
  subject: place("aws_cloudwatch_metric_alarm.calls"),
  evidence: [],
  how: "metric-value-zero",
};
const OUTSIDE: Cause = { code: "subscribers-outside-inputs", subject: place("arn:x"), evidence: [] };

export const VIEW: GraphView = {
  nodes: [
    node("trail", "aws_cloudtrail.main", { place: place("aws_cloudtrail.main", 3) }),
    node("log-group", "aws_cloudwatch_log_group.trail"),
    node("filter", FILTER, {
      facts: [{ place: place(FILTER), attribute: "pattern", value: { kind: "text", text: PATTERN } }],
    }),
    node("metric", "Security / Calls", { place: undefined }),
    node("alarm", "aws_cloudwatch_metric_alarm.calls"),
    node("composite-alarm", "aws_cloudwatch_composite_alarm.any"),
    node("topic", "arn:aws:sns:eu-west-1:123456789012:soc", { managed: "outside" }),
    node("subscription", "subscribers", { managed: "outside", place: undefined, state: "maybe" }),
  ],
  edges: [
    edge("aws_cloudtrail.main", "aws_cloudwatch_log_group.trail", "delivers"),
    edge("aws_cloudwatch_log_group.trail", FILTER, "feeds"),
    edge(FILTER, "Security / Calls", "emits"),
    edge("Security / Calls", "aws_cloudwatch_metric_alarm.calls", "is-watched", "no", [SILENT]),
    edge("aws_cloudwatch_metric_alarm.calls", "aws_cloudwatch_composite_alarm.any", "is-part-of"),
    edge("aws_cloudwatch_metric_alarm.calls", "arn:aws:sns:eu-west-1:123456789012:soc", "notifies"),
    edge("aws_cloudwatch_composite_alarm.any", "arn:aws:sns:eu-west-1:123456789012:soc", "notifies"),
    edge("arn:aws:sns:eu-west-1:123456789012:soc", "subscribers", "reaches", "maybe", [OUTSIDE]),
  ],
  apart: [place("aws_sns_topic.orders")],
};

export const HOSTILE =
  'aws_sns_topic.x["\n::error::owned\n##[add-mask]a ##vso[x] `| <script>alert(1)</script> \\N "]; b ]]> \x1b[31mred\u202eder"]';

export const HOSTILE_VIEW: GraphView = {
  nodes: [
    node("topic", HOSTILE, {
      facts: [{ place: place(HOSTILE), attribute: "endpoint", value: { kind: "text", text: HOSTILE } }],
      why: [{ ...OUTSIDE, subject: place(HOSTILE) }],
      state: "maybe",
    }),
    node("subscription", `${HOSTILE}2`),
  ],
  edges: [edge(HOSTILE, `${HOSTILE}2`, "reaches")],
  apart: [place(HOSTILE)],
};
