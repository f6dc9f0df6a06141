// Building blocks of the fixed reports: places, evidence, a chain that holds up to a link, findings.

import {
  type Cause,
  type ChainLink,
  type ControlSummary,
  type Evidence,
  type Finding,
  LINKS,
  type Link,
  type Place,
  type Report,
  type Shown,
} from "../../src/model/finding.ts";
import type { InputSummary } from "../../src/model/graph.ts";

export const REQUIRED =
  '{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }';

export function place(address: string, line?: number, file = "main.tf"): Place {
  const location = line === undefined ? undefined : { file, line, column: 1 };
  return { address, location, input: "plan.json" };
}

export function outside(name: string): Place {
  return { address: name, location: undefined, input: undefined };
}

export function text(of: Place, attribute: string, value: string): Evidence {
  return { place: of, attribute, value: { kind: "text", text: value } };
}

export function shown(of: Place, attribute: string, value: Shown): Evidence {
  return { place: of, attribute, value };
}

export function from(of: Place, attribute: string, ...addresses: readonly string[]): Evidence {
  return { place: of, attribute, value: { kind: "unknown", from: addresses } };
}

export function object(of: Place): Evidence {
  return { place: of, attribute: undefined, value: undefined };
}

export const TRAIL = place("aws_cloudtrail.main", 3);
export const FILTER = place("aws_cloudwatch_log_metric_filter.denied", 41);
export const ALARM = place("aws_cloudwatch_metric_alarm.denied", 57);
export const TOPIC = place("aws_sns_topic.security", 80);
export const SUBSCRIPTION = place("aws_sns_topic_subscription.queue", 84);

export const LINK_EVIDENCE: Readonly<Record<Link, readonly Evidence[]>> = {
  trail: [
    text(TRAIL, "is_multi_region_trail", "true"),
    text(TRAIL, "enable_logging", "true"),
    from(TRAIL, "cloud_watch_logs_group_arn", "aws_cloudwatch_log_group.trail.arn"),
  ],
  filter: [text(FILTER, "log_group_name", "/aws/cloudtrail"), text(FILTER, "pattern", REQUIRED)],
  alarm: [
    text(FILTER, "metric_transformation.namespace", "CISBenchmark"),
    text(FILTER, "metric_transformation.name", "UnauthorizedAPICalls"),
    text(ALARM, "namespace", "CISBenchmark"),
    text(ALARM, "metric_name", "UnauthorizedAPICalls"),
  ],
  action: [from(ALARM, "alarm_actions", "aws_sns_topic.security.arn"), object(TOPIC)],
  subscription: [
    from(SUBSCRIPTION, "topic_arn", "aws_sns_topic.security.arn"),
    text(SUBSCRIPTION, "protocol", "sqs"),
    from(SUBSCRIPTION, "endpoint", "aws_sqs_queue.alarms.arn"),
  ],
};

/** Everything holds before `link`, `link` is in `state`, nothing after it was reached. */
export function chain(
  link: Link,
  state: "breaks" | "unknown",
  evidence: readonly Evidence[],
): readonly ChainLink[] {
  const at = LINKS.indexOf(link);
  return LINKS.map((name, position): ChainLink => {
    if (position < at) return { link: name, state: "holds", evidence: LINK_EVIDENCE[name] };
    return position === at
      ? { link: name, state, evidence }
      : { link: name, state: "not-reached", evidence: [] };
  });
}

export const WHOLE_CHAIN: readonly ChainLink[] = LINKS.map((link) => ({
  link,
  state: "holds",
  evidence: LINK_EVIDENCE[link],
}));

export const CONTROL: ControlSummary = {
  id: "aws-unauthorized-api-calls-alarm",
  title: "An unauthorized API call raises an alarm that reaches someone",
  severity: "medium",
  rationale:
    "Repeated denied calls are often the first trace of a stolen key. Without an alarm nobody looks.",
  remediation:
    "Send the trail's events to CloudWatch Logs, count denied calls there, and let an alarm tell a person.",
  benchmark: undefined,
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html",
  ],
};

export const PLAN: InputSummary = {
  label: "plan.json",
  kind: "plan",
  formatVersion: "1.2",
  terraformVersion: "1.13.4",
  mode: "normal",
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
};

export function report(findings: readonly Finding[], rest: Partial<Report> = {}): Report {
  return { tool: { name: "tfcheck", version: "0.1.0" }, inputs: [PLAN], findings, notes: [], ...rest };
}

export const SATISFIED: Finding = {
  control: CONTROL,
  verdict: "satisfied",
  waiver: undefined,
  link: undefined,
  causes: [],
  chain: WHOLE_CHAIN,
  remarks: [],
  complaints: [],
  input: undefined,
};

/** A finding whose chain breaks, or is not decided, at a link for one cause. */
export function stopped(
  verdict: "violated" | "undecided",
  link: Link,
  cause: Cause,
  evidence: readonly Evidence[] = cause.evidence,
): Finding {
  return {
    ...SATISFIED,
    verdict,
    link,
    causes: [cause],
    chain: chain(link, verdict === "violated" ? "breaks" : "unknown", evidence),
  };
}
