// The plans that are measured: as large as asked for, well formed, and with the answer of the plan they grew from.

import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runBuilt, runNode } from "../tools/run-built.ts";

const folder = mkdtempSync(join(tmpdir(), "tfcheck-generated-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function generate(...args: readonly string[]): Promise<string> {
  const file = join(folder, `${args.join("").replace(/\W+/g, "-")}.json`);
  const { exit, stderr } = await runNode([resolve("bench/generate-plan.mjs"), file, ...args], { cwd: "." });
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  return file;
}

interface Planned {
  readonly resources?: readonly { readonly address: string }[];
  readonly child_modules?: readonly Planned[];
}

function addressesOf({ resources = [], child_modules = [] }: Planned): readonly string[] {
  return [...resources.map(({ address }) => address), ...child_modules.flatMap(addressesOf)];
}

describe("a generated plan", () => {
  it.each([
    ["500KB", 500_000],
    ["3MB", 3_000_000],
  ])("has %s, give or take a service", async (size, bytes) => {
    const file = await generate("--bytes", size);
    expect(Math.abs(statSync(file).size - bytes)).toBeLessThan(50_000);
  });

  it("is one line of JSON whose parts tell of the same resources", async () => {
    const text = readFileSync(await generate("--resources", "100"), "utf8");
    expect(text.indexOf("\n")).toBe(text.length - 1);
    expect(text).not.toMatch(/[<>&]/);
    const plan = JSON.parse(text);
    const changed = plan.resource_changes.map(({ address }: { address: string }) => address);
    expect(changed.length).toBeGreaterThanOrEqual(100);
    expect(new Set(changed).size).toBe(changed.length);
    expect(addressesOf(plan.planned_values.root_module).toSorted()).toEqual(changed.toSorted());
    const existing = addressesOf(plan.prior_state.values.root_module);
    expect(existing.length).toBeGreaterThan(30);
    expect(existing.filter((address) => !changed.includes(address))).toEqual([]);
  });

  it.each([
    ["examples/satisfied-chain/plan.json", 0],
    ["examples/missing-subscription/plan.json", 1],
    ["test/scenarios/no-op-second-run/plan.json", 0],
    ["test/scenarios/module-for-each-right-key/plan.json", 0],
  ])("grown from %s is answered alike", async (base, exit) => {
    const file = await generate("--resources", "60", "--base", base);
    expect((await runBuilt([file], { cwd: "." })).exit).toBe(exit);
  });
});
