// What V8 made of the program when it was built: that a run takes it, and that it does without.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Script } from "node:vm";
import { afterAll, describe, expect, test } from "vitest";
import { runBuilt, runNode } from "../tools/run-built.ts";

const CHUNKS = resolve("dist/chunks");
const PLAN = "examples/missing-subscription/plan.json";
const [major] = process.versions.node.split(".");
const folder = mkdtempSync(join(tmpdir(), "tfcheck-kept-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The built program elsewhere, with its kept files changed. */
function copy(name: string, change: (path: string) => void): string {
  const root = join(folder, name);
  cpSync("dist", join(root, "dist"), { recursive: true });
  cpSync("package.json", join(root, "package.json"));
  for (const path of kept(join(root, "dist/chunks"))) change(path);
  return join(root, "dist/cli.js");
}

function kept(chunks: string): readonly string[] {
  return readdirSync(chunks)
    .filter((file) => file.endsWith(".cache"))
    .map((file) => join(chunks, file));
}

// From 22 on Node keeps code by itself, and the build none.
describe.skipIf(Number(major) >= 22)("kept code", () => {
  test("is taken by V8, for every file that it is there for", () => {
    const files = kept(CHUNKS);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      const path = file.slice(0, -".cache".length);
      const code = readFileSync(path, "latin1");
      expect(new Script(code, { filename: path, cachedData: readFileSync(file) }).cachedDataRejected).toBe(
        false,
      );
    }
  });

  test.each([
    ["nothing is kept", (path: string) => rmSync(path)],
    ["another V8 made it", (path: string) => writeFileSync(path, "of another V8")],
  ])("makes no difference where %s", async (name, change) => {
    const program = copy(name.replaceAll(" ", "-"), change);
    for (const args of [[PLAN], ["--help"], [PLAN, "--format", "json"], ["batch", PLAN]]) {
      const usual = await runBuilt(args, { cwd: "." });
      expect(await runNode([program, ...args], { cwd: "." })).toEqual(usual);
      expect(usual.stdout).not.toBe("");
    }
  });
});
