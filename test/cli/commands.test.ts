// Commands that belong together: what one of them writes, the next one reads.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runBuilt } from "../tools/run-built.ts";

const ROOT = mkdtempSync(join(tmpdir(), "tfcheck-commands-"));
afterAll(() => rmSync(ROOT, { recursive: true }));

const write = (name: string, text: string | Uint8Array) => writeFileSync(join(ROOT, name), text);
const run = (...args: readonly string[]) => runBuilt(args, { cwd: ROOT });

write("broken.json", readFileSync("test/scenarios/alarm-missing/plan.json"));
write("open.json", readFileSync("test/scenarios/topic-arn-from-outside/plan.json"));
write("whole.json", readFileSync("test/scenarios/flat-direct-references/plan.json"));

describe("render", () => {
  it.each([
    ["broken.json", 1],
    ["open.json", 3],
    ["whole.json", 0],
  ])("tells the report of %s as the run itself did, and exits with %i", async (plan, exit) => {
    write("result.json", (await run(plan, "--format", "json")).stdout);
    const [itself, again] = await Promise.all([
      run(plan, "--format", "markdown"),
      run("render", "result.json", "--format", "markdown"),
    ]);
    expect(again).toEqual(itself);
    expect(again.exit).toBe(exit);
  });

  it("lets through what is undecided when told to", async () => {
    write("result.json", (await run("open.json", "--format", "json")).stdout);
    expect((await run("render", "result.json", "--undecided", "pass")).exit).toBe(0);
  });
});

describe("baseline", () => {
  it.each([
    ["broken.json", []],
    ["open.json", []],
    ["broken.json", ["--benchmark", "cis-aws-foundations@5.0.0"]],
  ])("accepts what is not satisfied in %s, asked with %j", async (plan, asked) => {
    rmSync(join(ROOT, "baseline.yaml"), { force: true });
    const made = await run("baseline", plan, ...asked, "--output", "baseline.yaml");
    expect(made).toEqual({ exit: 0, stdout: "", stderr: "" });
    const after = await run(plan, ...asked, "--quiet", "--config", "baseline.yaml");
    expect(after.exit).toBe(0);
    expect(after.stdout).toContain("baseline of ");
  });
});

describe("auditors", () => {
  const complaintsIn = async (...args: readonly string[]) => {
    const { stdout } = await run(...args, "--format", "json");
    return JSON.parse(stdout).findings[0].complaints;
  };

  it("that want another text are named where a control is satisfied", async () => {
    const complaints = await complaintsIn("whole.json");
    expect(complaints.length).toBeGreaterThan(0);
    expect(complaints[0]).toMatchObject({ source: expect.stringMatching(/^https:/) });
    expect((await run("whole.json", "--verbose")).stdout).toContain("would still complain");
  });

  it("have nothing to say where it is not", async () => {
    expect(await complaintsIn("broken.json")).toEqual([]);
  });
});

describe("hostile names", () => {
  const HOSTILE = "x\u001b[31m\u202e";

  it.each<[string, readonly string[]]>([
    ["explain", ["explain", HOSTILE]],
    ["list", ["list", "--benchmark", `${HOSTILE}@1`]],
    ["pattern, one that can be read", ["pattern", `{ $.eventName = "${HOSTILE}" }`]],
    ["pattern, one that cannot", ["pattern", `{ $.eventName == ${HOSTILE} }`]],
    ["graph", ["graph", HOSTILE]],
    ["suggest", ["suggest", HOSTILE]],
    ["policy test", ["policy", "test", HOSTILE]],
    ["render", ["render", HOSTILE]],
    ["baseline", ["baseline", "broken.json", "--until", "2999-12-31", "--reason", `${HOSTILE}\n::error::`]],
  ])("are written out by %s", async (_, args) => {
    const { stdout, stderr } = await run(...args);
    expect(`${stdout}${stderr}`).not.toMatch(/[\u001b\u202e]|^::error/m);
  });
});

describe("help", () => {
  it.each([["list"], ["explain"], ["pattern"], ["graph"], ["suggest"], ["baseline"], ["policy"], ["render"]])(
    "of %s shows how it is used",
    async (name) => {
      const { stdout, exit } = await run(name, "--help");
      expect(stdout).toContain("Examples:");
      expect(stdout).toContain(`  tfcheck ${name}`);
      expect(exit).toBe(0);
    },
  );
});
