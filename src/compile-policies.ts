// Build step: reads the policies and auditors that come with tfcheck and writes the JSON that a run needs.
// Run by `npm run build` after the compiler; never at run time.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { provenTexts } from "./evaluate/chain/coverage.ts";
import { parseAuditors } from "./input/auditors.ts";
import { compilePolicies } from "./input/builtin-policies.ts";
import { parsePolicy } from "./input/policy.ts";
import { DEFAULT_CONTROL } from "./input/select-controls.ts";
import type { Policy } from "./model/policy.ts";
import { InputError, type InputProblem } from "./model/problem.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Every policy file below policies/, in the order of their paths; examples beside them are none. */
function policyFiles(): readonly string[] {
  return readdirSync(join(root, "policies"), { recursive: true, encoding: "utf8" })
    .map((name) => `policies/${name.replaceAll("\\", "/")}`)
    .filter((name) => /^policies\/[^/]+\/[^/]+\.yaml$/.test(name) && !name.endsWith(".examples.yaml"))
    .toSorted();
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

async function build(): Promise<void> {
  const policies: Policy[] = [];
  const problems: InputProblem[] = [];
  for (const file of policyFiles()) {
    try {
      const policy = await parsePolicy(read(file), file);
      policies.push({ ...policy, proven: provenTexts(policy) });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  const auditors = await parseAuditors(read("policies/auditors.yaml"), "policies/auditors.yaml");
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(join(root, "dist", "policies.json"), compilePolicies(policies));
  const usual = policies.filter(({ id }) => id === DEFAULT_CONTROL);
  writeFileSync(join(root, "dist", "default-policy.json"), compilePolicies(usual, policies.length));
  writeFileSync(join(root, "dist", "auditors.json"), `${JSON.stringify(auditors)}\n`);
}

await build().catch((error: unknown) => {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
