// What the files of this folder share: short names for the chain that holds, changes to it, and what is told of causes
// and remarks.

import { type ChainAnswer, checkChain, createWorld } from "../../../../src/evaluate/chain/chain.ts";
import { requirementOf } from "../../../../src/evaluate/chain/coverage.ts";
import type { Cause, Evidence, Remark } from "../../../../src/model/finding.ts";
import type { Graph } from "../../../../src/model/graph.ts";
import { CONTROL, judge } from "../../../tools/chain-world.ts";
import { type Attributes, changed, graphOf } from "../../../tools/world.ts";

export const TRAIL = "aws_cloudtrail.main";
export const GROUP = "aws_cloudwatch_log_group.trail";
export const FILTER = "aws_cloudwatch_log_metric_filter.denied";
export const ALARM = "aws_cloudwatch_metric_alarm.denied";
export const TOPIC = "aws_sns_topic.alerts";
export const QUEUE = "aws_sns_topic_subscription.queue";

/** What a change puts beside the chain. */
export const HALF = "aws_cloudwatch_log_metric_filter.half";
export const MUTE = "aws_cloudwatch_alarm_mute_rule.m";
export const INBOX = "aws_sqs_queue.inbox";

export const HOME = "111122223333";
export const OTHER = "444455556666";
export const GROUP_ELSEWHERE = `arn:aws:logs:us-east-1:${HOME}:log-group:far:*`;
export const TOPIC_ELSEWHERE = `arn:aws:sns:us-east-1:${HOME}:x`;
export const STREAM_ELSEWHERE = `arn:aws:firehose:us-east-1:${HOME}:deliverystream/x`;

/** Each counts a half of what is asked for. */
export const ONLY_DENIED = '{ $.errorCode = "AccessDenied*" }';
export const ONLY_UNAUTHORIZED = '{ $.errorCode = "*UnauthorizedOperation" }';
/** A policy that lets nobody in. */
export const NOBODY = '{"Statement":[]}';
export const MAIL = { protocol: "email", endpoint: "soc@example.com" };

export type Changes = Readonly<Record<string, Attributes | undefined>>;

/** A filter on the trail's log group. */
export function filterOf(name: string, pattern: string, more: Attributes = {}): Attributes {
  return { name, log_group_name: "trail", pattern, ...more };
}

/** A filter on the trail's log group, and on the metric that the alarm watches. */
export function countingFilter(name: string, pattern: string, metric: Attributes = {}): Attributes {
  const metric_transformation = [{ name: "Denied", namespace: "CIS", value: "1", ...metric }];
  return filterOf(name, pattern, { metric_transformation });
}

/** What makes an alarm watch the metric by a query. */
export function query(more: Attributes = {}): Attributes {
  const metric = [{ metric_name: "Denied", namespace: "CIS", stat: "Sum", period: 300 }];
  return {
    metric_name: null,
    namespace: null,
    statistic: null,
    period: null,
    metric_query: [{ id: "m1", return_data: true, ...more, metric }],
  };
}

/** What is shown for the metric of the filter, and for an alarm that watches one. */
export const METRIC = [`${FILTER} metric_transformation.namespace`, `${FILTER} metric_transformation.name`];
export const watchedBy = (alarm: string) => [...METRIC, `${alarm} namespace`, `${alarm} metric_name`];

/** What is shown for a rule that mutes. */
export const mutedBy = (rule: string) => [`${rule} mute_targets`, `${rule} rule`];

/** The details of what waits for apply. */
export const waits = (attribute: string, subject = "elsewhere") => ({
  attribute,
  origin: { why: "after-apply", subject },
});

export function names(evidence: readonly Evidence[]): readonly string[] {
  return evidence.map(({ place, attribute }) => `${place.address} ${attribute ?? ""}`.trim());
}

export function told({ code, subject, evidence, ...details }: Cause | Remark): object {
  return { code, about: subject?.address, shows: names(evidence), ...details };
}

/** Whom it is about, what is shown, and further details. */
export type Told = readonly [
  code: string,
  about: string | undefined,
  shows: readonly string[],
  details?: object,
];

export type Row = [story: string, changes: Changes, wanted: Told];

export const asObject = ([code, about, shows, details = {}]: Told): object => ({
  code,
  about,
  shows,
  ...details,
});

/** All causes of the chain with these changes. */
export function causesOf(changes: Changes): readonly object[] {
  return judge(changed(changes)).causes.map(told);
}

/** The answer on a graph that also has, or is, something else than its resources. */
export function answerOn(changes: Changes, parts: Partial<Graph>): ChainAnswer {
  const graph = { ...graphOf(changed(changes)), ...parts };
  const world = createWorld(graph, { acceptPending: false, assumptions: [] });
  return checkChain(world, requirementOf(CONTROL));
}
