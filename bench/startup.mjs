// What a run on a small plan costs, against starting Node and doing nothing. Run `npm run build` first.
// Ends with exit code 1 when the ratio of a plain run is above the budget.

import { medians, print } from "./measure.mjs";

const ROUNDS = 21;
const BUDGET = 1.6;

const CLI = "dist/cli.js";
const PLAN = "examples/misspelt-metric/plan.json";

const times = medians(
  {
    "node -e 0": { args: ["-e", "0"] },
    "tfcheck --version": { args: [CLI, "--version"] },
    "tfcheck plan.json": { args: [CLI, PLAN], exits: [1] },
    "tfcheck plan.json --format json": { args: [CLI, PLAN, "--format", "json"], exits: [1] },
    "tfcheck plan.json --benchmark (15 controls)": {
      args: [CLI, PLAN, "--benchmark", "cis-aws-foundations@5.0.0"],
      exits: [1],
    },
  },
  ROUNDS,
);
print("start-up, medians", times, "node -e 0");

const ratio = times["tfcheck plan.json"] / times["node -e 0"];
console.log(`budget ${BUDGET} x: ${ratio <= BUDGET ? "kept" : "exceeded"}`);
process.exitCode = ratio <= BUDGET ? 0 : 1;
