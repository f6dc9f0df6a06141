// One plan through the whole path in process, with the control that tfcheck asks by default.

import { readFileSync } from "node:fs";
import { type CheckInput, check, type StackFiles } from "../../src/check.ts";
import { parsePolicy } from "../../src/input/policy.ts";
import type { Finding, Report } from "../../src/model/finding.ts";
import { treeOfFiles } from "../../src/resolve/sources/source-tree.ts";
import { NO_SETTINGS } from "../../src/resolve/sources/variables.ts";

const FILE = "policies/aws/aws-unauthorized-api-calls-alarm.yaml";
const POLICY = await parsePolicy(readFileSync(FILE, "utf8"), FILE);

/** All of a run but what it reads. */
export const CONTROL_INPUT: Omit<CheckInput, "subject" | "others"> = {
  policies: [POLICY],
  selection: { benchmark: undefined, controls: [] },
  assumptions: [],
  waivers: [],
  acceptPending: false,
  today: "2026-01-01",
  version: "0.0.0",
};

type Text = string | Uint8Array;

export function reportOf(plan: Text, others: readonly string[] = []): Promise<Report> {
  return answer({ plan: { label: "plan.json", bytes: bytesOf(plan) }, sources: undefined }, others);
}

export async function findingOf(plan: Text, others: readonly string[] = []): Promise<Finding> {
  return onlyFinding(await reportOf(plan, others));
}

/** Files by path, from the root module's directory; with a plan, the code beside it. */
export function reportOfSources(files: ReadonlyMap<string, string>, plan?: Text): Promise<Report> {
  const sources = { tree: treeOfFiles("infra", files), settings: NO_SETTINGS, workspace: undefined };
  return answer(
    plan === undefined ? { plan, sources } : { plan: { label: "plan.json", bytes: bytesOf(plan) }, sources },
    [],
  );
}

export async function findingOfSources(files: ReadonlyMap<string, string>, plan?: Text): Promise<Finding> {
  return onlyFinding(await reportOfSources(files, plan));
}

function answer(subject: CheckInput["subject"], others: readonly string[]): Promise<Report> {
  return check({
    ...CONTROL_INPUT,
    subject,
    others: others.map((text, at) => ({
      plan: { label: `stack-${at + 1}.json`, bytes: bytesOf(text) },
      sources: undefined,
    })),
  });
}

function bytesOf(text: Text): Uint8Array {
  return typeof text === "string" ? new TextEncoder().encode(text) : text;
}

function onlyFinding({ findings: [finding] }: Report): Finding {
  if (finding === undefined) throw new Error("one control gives one finding");
  return finding;
}

export function reportOn(subject: StackFiles, others: readonly StackFiles[] = []): Promise<Report> {
  return check({ ...CONTROL_INPUT, subject, others });
}
