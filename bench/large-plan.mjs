// A plan of 10,000 resources: what tfcheck takes for it, against reading and parsing the same file and nothing else.
// Run `npm run build` first.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { medians, print } from "./measure.mjs";

const ROUNDS = 5;
const MODULES = 1249;

const folder = mkdtempSync(join(tmpdir(), "tfcheck-bench-"));

/** Of the chain, only the alarm, the topic and its subscription stand in every module, with an alarm of its own purpose. */
const REPEATED = /^aws_(s3_bucket|iam_role|sqs_queue|sns_topic|cloudwatch_metric_alarm)/;

/** One chain in the root module, and beside it the resources of many stacks that have their own alarms and topics. */
function largePlan() {
  const plan = JSON.parse(readFileSync("test/scenarios/hard-coded-names/plan.json", "utf8"));
  const { root_module: root } = plan.configuration;
  const names = Array.from({ length: MODULES }, (_, index) => `stack_${index}`);
  const repeated = ({ type }) => REPEATED.test(type);
  const ownPurpose = (name, { change, ...entry }) =>
    entry.type === "aws_cloudwatch_metric_alarm"
      ? { ...entry, change: { ...change, after: { ...change.after, metric_name: `Errors-${name}` } } }
      : { ...entry, change };
  const changes = names.flatMap((name) =>
    plan.resource_changes.filter(repeated).map((entry) => ({
      ...ownPurpose(name, entry),
      address: `module.${name}.${entry.address}`,
      module_address: `module.${name}`,
    })),
  );
  const module = { ...root, resources: root.resources.filter(repeated) };
  const calls = names.map((name) => [name, { source: "./stack", module }]);
  return {
    ...plan,
    planned_values: {},
    resource_changes: [...plan.resource_changes, ...changes],
    configuration: {
      ...plan.configuration,
      root_module: { ...root, module_calls: Object.fromEntries(calls) },
    },
  };
}

try {
  const file = join(folder, "plan.json");
  const plan = largePlan();
  const text = JSON.stringify(plan);
  writeFileSync(file, text);
  const parse = `JSON.parse(require("fs").readFileSync(${JSON.stringify(file)}, "utf8"))`;
  const times = medians(
    {
      "node -e JSON.parse": { args: ["-e", parse] },
      "tfcheck plan.json": { args: ["dist/cli.js", file] },
      "tfcheck plan.json --benchmark (15 controls)": {
        args: ["dist/cli.js", file, "--benchmark", "cis-aws-foundations@5.0.0"],
        exits: [0, 1],
      },
    },
    ROUNDS,
  );
  const size = `${plan.resource_changes.length} resources, ${(text.length / 1e6).toFixed(1)} MB`;
  print(`${size}, medians`, times, "node -e JSON.parse");
} finally {
  rmSync(folder, { recursive: true });
}
