// One plan through the whole path in process, with the control that tfcheck asks by default.

import { check } from "../../src/check.ts";
import type { Finding, Report } from "../../src/model/finding.ts";
import type { SelectedControl } from "../../src/model/policy.ts";

const PATTERN = `{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*"))
  && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }`;

const CONTROL: SelectedControl = {
  policy: {
    id: "aws-unauthorized-api-calls-alarm",
    title: "",
    severity: "medium",
    rationale: "",
    remediation: "",
    benchmarks: [],
    identifiers: new Map(),
    sources: [],
    deprecated: undefined,
    check: { kind: "log-pattern-alarm", pattern: PATTERN },
  },
  benchmark: undefined,
  patterns: [PATTERN],
};

export async function reportOf(plan: string | Uint8Array): Promise<Report> {
  const bytes = typeof plan === "string" ? new TextEncoder().encode(plan) : plan;
  return check({
    plan: { label: "plan.json", bytes },
    others: [],
    controls: [CONTROL],
    assumptions: [],
    waivers: [],
    acceptPending: false,
    today: "2026-01-01",
    version: "0.0.0",
  });
}

export async function findingOf(plan: string | Uint8Array): Promise<Finding> {
  const [finding] = (await reportOf(plan)).findings;
  if (finding === undefined) throw new Error("one control gives one finding");
  return finding;
}
