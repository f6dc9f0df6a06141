// The JSONPath of a policy, checked against a strict grammar and taken apart. The only importer of jsonpath-plus.
// Nothing is selected here: what a plan knows is three-valued, so the check walks its values along these steps.

import type { PathStep } from "../model/policy.ts";

/** Longer than any attribute of any provider. */
const MAX_LENGTH = 256;

/**
 * A first attribute, then names, quoted names, positions and wildcards. No filters, no scripts, no slices, no `..`:
 * jsonpath-plus reports no syntax errors, and notices a forbidden script only when its walk gets there.
 * Source: https://github.com/JSONPath-Plus/JSONPath (10.4.0, `eval: false`).
 */
export const PATH_GRAMMAR =
  "^\\$\\.[A-Za-z_][\\w-]*(\\.[A-Za-z_][\\w-]*|\\.\\*|\\[\\*\\]|\\[\\d{1,9}\\]|\\['[\\w ./:-]+'\\])*$";

export function isPath(text: string): boolean {
  return text.length <= MAX_LENGTH && new RegExp(PATH_GRAMMAR).test(text);
}

/** The steps after `$`; the caller has made sure of `isPath`. */
export async function parsePath(text: string): Promise<readonly PathStep[]> {
  if (!isPath(text)) throw new Error(`${text} is not in the grammar of paths`);
  const { JSONPath } = await import("jsonpath-plus");
  return JSONPath.toPathArray(text).slice(1).map(toStep);
}

/** A position and a key made of digits are written alike once taken apart; both find their value. */
function toStep(written: string): PathStep {
  if (written === "*") return { kind: "every" };
  return { kind: "step", step: /^\d+$/.test(written) ? Number(written) : written };
}
