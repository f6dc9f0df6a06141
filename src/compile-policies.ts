// Build step: reads the policies that come with tfcheck and writes them as the one JSON that a run needs.
// Run by `npm run build` after the compiler; never at run time.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compilePolicies } from "./input/builtin-policies.ts";
import { parsePolicy } from "./input/policy.ts";
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

async function build(): Promise<void> {
  const policies: Policy[] = [];
  const problems: InputProblem[] = [];
  for (const file of policyFiles()) {
    try {
      policies.push(await parsePolicy(readFileSync(join(root, file), "utf8"), file));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) {
    for (const { place, message, code } of problems) console.error(`${place}: ${message} [${code}]`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(join(root, "dist", "policies.json"), compilePolicies(policies));
}

await build();
