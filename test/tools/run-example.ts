// One example of a policy through the whole path in process.

import { check } from "../../src/check.ts";
import type { PolicyExample } from "../../src/input/policy-examples.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Policy } from "../../src/model/policy.ts";

/** Only examples that list their resources: those of the repository and of its pages all do. */
export async function findingOfExample(policy: Policy, { input }: PolicyExample): Promise<Finding> {
  if (input.kind !== "plan-text") throw new Error("this example does not list its resources");
  const { findings } = await check({
    subject: {
      plan: { label: "plan.json", bytes: new TextEncoder().encode(input.text) },
      sources: undefined,
    },
    others: [],
    policies: [policy],
    selection: { benchmark: undefined, controls: [policy.id] },
    assumptions: [],
    waivers: [],
    acceptPending: false,
    today: "2026-01-01",
    version: "0.0.0",
  });
  const [finding] = findings;
  if (finding === undefined) throw new Error("one control gives one finding");
  return finding;
}
