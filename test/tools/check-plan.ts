// One plan through the whole path in process, with the control that tfcheck asks by default.

import { readFileSync } from "node:fs";
import { check } from "../../src/check.ts";
import { parsePolicy } from "../../src/input/policy.ts";
import type { Finding, Report } from "../../src/model/finding.ts";

const FILE = "policies/aws/aws-unauthorized-api-calls-alarm.yaml";
const POLICY = await parsePolicy(readFileSync(FILE, "utf8"), FILE);

export async function reportOf(plan: string | Uint8Array, others: readonly string[] = []): Promise<Report> {
  const encoder = new TextEncoder();
  const bytes = typeof plan === "string" ? encoder.encode(plan) : plan;
  return check({
    subject: { plan: { label: "plan.json", bytes }, sources: undefined },
    others: others.map((text, at) => ({
      plan: { label: `stack-${at + 1}.json`, bytes: encoder.encode(text) },
      sources: undefined,
    })),
    policies: [POLICY],
    selection: { benchmark: undefined, controls: [] },
    assumptions: [],
    waivers: [],
    acceptPending: false,
    today: "2026-01-01",
    version: "0.0.0",
  });
}

export async function findingOf(plan: string | Uint8Array, others: readonly string[] = []): Promise<Finding> {
  const [finding] = (await reportOf(plan, others)).findings;
  if (finding === undefined) throw new Error("one control gives one finding");
  return finding;
}
