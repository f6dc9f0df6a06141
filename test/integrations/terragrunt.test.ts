// tfcheck-all.sh: many plans as one world, and no answer when one of them is missing.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PLANS, runOnHost } from "./host.ts";

const SCRIPT = readFileSync("examples/ci/terragrunt/tfcheck-all.sh", "utf8");

const NOTHING_OF_THE_CHAIN = "test/scenarios/nothing-relevant/plan.json";

function run(args: readonly string[], units: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runOnHost(SCRIPT, { shell: ["sh"], args, env: { HOST_UNITS: units.join(" "), ...env } });
}

const here = (path: string) => `${process.cwd()}/${path}`;

test("units that hold a chain between them are satisfied", () => {
  const units = [`network=${here(NOTHING_OF_THE_CHAIN)}`, `audit/trail=${PLANS.satisfied}`];
  const { exit, stdout } = run(["2"], units);
  expect([exit, stdout.includes("plans/network/tfplan.json")]).toEqual([0, true]);
});

test("a chain that is broken in one of two units is violated, and options go through", () => {
  const units = [`a=${PLANS.violated}`, `b=${here(NOTHING_OF_THE_CHAIN)}`];
  expect(run(["2"], units).exit).toBe(1);
  expect(run(["2", "--soft-fail"], units).exit).toBe(0);
});

test("one unit alone needs no other", () => {
  expect(run(["1"], [`a=${PLANS.satisfied}`]).exit).toBe(0);
});

test.each([
  ["none is written", "1", []],
  ["one of two is missing", "2", [`a=${PLANS.satisfied}`]],
  ["there is one too many", "1", [`a=${PLANS.satisfied}`, `b=${here(NOTHING_OF_THE_CHAIN)}`]],
])("could not check: %s", (_name, expected, units) => {
  const { exit, stdout, stderr } = run([expected], units);
  expect([exit, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(`${expected} plans expected, ${units.length} written`);
});

test("a plan that failed is not taken for a violated control", () => {
  expect(run(["1"], [`a=${PLANS.satisfied}`], { HOST_TERRAGRUNT_EXIT: "1" }).exit).toBe(2);
});
