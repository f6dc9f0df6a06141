// The folders of test/scenarios, with what is expected of each.

import { readdirSync, readFileSync } from "node:fs";
import type { Verdict } from "../../src/model/finding.ts";
import type { JsonObject } from "../../src/model/json.ts";

export interface Scenario {
  readonly name: string;
  readonly folder: string;
  readonly plan: JsonObject;
  readonly expected: Expected;
}

export interface Expected {
  readonly verdict: Verdict;
  readonly link: string | null;
  readonly causes: readonly { readonly code: string; readonly address: string | null }[];
  /** The verdict where the plan's JSON cannot tell what its sources tell. */
  readonly plan_alone?: string;
  readonly plan_args: readonly string[];
  /** `null`: no sound answer. */
  readonly audit_after_apply: "pass" | "fail" | null;
}

const ROOT = "test/scenarios";

export const SCENARIOS: readonly Scenario[] = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const folder = `${ROOT}/${name}`;
    return { name, folder, plan: read(`${folder}/plan.json`), expected: read(`${folder}/expected.json`) };
  });

function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8"));
}
