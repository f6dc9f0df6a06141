// Fifteen controls of one benchmark version: most hold, two alarms have no action, one metric is not alarmed on, one
// pattern is worked out at apply.

import type { Finding, Report } from "../../src/model/finding.ts";
import { CONTROL, chain, from, LINK_EVIDENCE, place, report, SATISFIED, stopped, text } from "./build.ts";

const NAMES: readonly (readonly [id: string, title: string])[] = [
  ["aws-unauthorized-api-calls-alarm", "An unauthorized API call raises an alarm that reaches someone"],
  [
    "aws-console-sign-in-without-mfa-alarm",
    "A console sign-in without MFA raises an alarm that reaches someone",
  ],
  ["aws-root-usage-alarm", "Use of the root user raises an alarm that reaches someone"],
  ["aws-iam-policy-changes-alarm", "A change of IAM policies raises an alarm that reaches someone"],
  ["aws-cloudtrail-changes-alarm", "A change of CloudTrail raises an alarm that reaches someone"],
  ["aws-console-sign-in-failures-alarm", "A denied console sign-in raises an alarm that reaches someone"],
  ["aws-kms-key-deletion-alarm", "Disabling or deleting a customer key raises an alarm that reaches someone"],
  ["aws-s3-policy-changes-alarm", "A change of S3 bucket policies raises an alarm that reaches someone"],
  ["aws-config-changes-alarm", "A change of AWS Config raises an alarm that reaches someone"],
  ["aws-security-group-changes-alarm", "A change of security groups raises an alarm that reaches someone"],
  ["aws-network-acl-changes-alarm", "A change of network ACLs raises an alarm that reaches someone"],
  ["aws-network-gateway-changes-alarm", "A change of network gateways raises an alarm that reaches someone"],
  ["aws-route-table-changes-alarm", "A change of route tables raises an alarm that reaches someone"],
  ["aws-vpc-changes-alarm", "A change of VPCs raises an alarm that reaches someone"],
  ["aws-organizations-changes-alarm", "A change of AWS Organizations raises an alarm that reaches someone"],
];

export function family(): Report {
  return report(NAMES.map(([id, title], position) => finding(id, title, `4.${position + 1}`)));
}

function finding(id: string, title: string, number: string): Finding {
  const benchmark = { name: "cis-aws-foundations", version: "5.0.0", number };
  const control = { ...CONTROL, id, title, benchmark };
  const name = id.replace(/^aws-|-alarm$/g, "").replaceAll("-", "_");
  const filter = place(`module.cis.aws_cloudwatch_log_metric_filter.this["${name}"]`);
  const alarm = place(`module.cis.aws_cloudwatch_metric_alarm.this["${name}"]`);
  switch (number) {
    case "4.3":
    case "4.9": {
      const evidence = [text(alarm, "alarm_actions", "[]")];
      const found = stopped("violated", "action", {
        code: "alarm-without-actions",
        subject: alarm,
        evidence,
      });
      return { ...found, control };
    }
    case "4.6": {
      const evidence = [
        text(filter, "metric_transformation.namespace", "CIS"),
        text(filter, "metric_transformation.name", name),
      ];
      const metric = { namespace: "CIS", name };
      return {
        ...stopped("violated", "alarm", { code: "no-alarm", subject: filter, evidence, metric }),
        control,
      };
    }
    case "4.12": {
      const evidence = [from(filter, "pattern", "local.patterns")];
      const origin = { why: "local-without-sources", subject: "local.patterns" } as const;
      const found = stopped("undecided", "filter", {
        code: "not-known-before-apply",
        subject: filter,
        evidence,
        attribute: "pattern",
        origin,
      });
      return {
        ...found,
        control,
        chain: chain("filter", "unknown", [text(filter, "log_group_name", "/aws/cloudtrail"), ...evidence]),
      };
    }
    default:
      return {
        ...SATISFIED,
        control,
        chain: SATISFIED.chain.map((link) => ({ ...link, evidence: LINK_EVIDENCE[link.link] })),
      };
  }
}
