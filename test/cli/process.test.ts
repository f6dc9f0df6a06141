// What only a whole process shows: streams that close, colours, hostile names, output files, where a configuration is found.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { BUILT, runBuilt } from "../tools/run-built.ts";

const ROOT = mkdtempSync(join(tmpdir(), "tfcheck-process-"));
afterAll(() => rmSync(ROOT, { recursive: true }));

const BROKEN = readFileSync("test/scenarios/alarm-missing/plan.json");
writeFileSync(join(ROOT, "plan.json"), BROKEN);
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runBuilt(args, { cwd: ROOT, env });
const ESCAPE = "\u001b[";

describe("streams", () => {
  it("keeps the exit code of the report when the reader of stdout goes away", async () => {
    const child = spawn(process.execPath, [BUILT, "plan.json", "--verbose", "--format", "json"], {
      cwd: ROOT,
    });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.stdout.destroy();
    const exit = await new Promise((done) => child.on("close", done));
    expect({ exit, stderr }).toEqual({ exit: 1, stderr: "" });
  });

  it("puts nothing on stdout when it could not check", async () => {
    const { stdout, stderr } = await run(["absent.json", "--format", "json"]);
    expect(stdout).toBe("");
    expect(stderr).toContain("[file-not-found]");
  });

  it("writes hostile names out instead of letting them write", async () => {
    const { stderr } = await run(["plan\u001b[31m\u202e.json"]);
    expect(stderr).toContain("plan\\x1b[31m\\u202e.json: there is no such file");
  });

  it("gives the same bytes for the same plan", async () => {
    const [one, other] = await Promise.all([run(["plan.json"]), run(["plan.json"])]);
    expect(one).toEqual(other);
  });
});

describe("colour", () => {
  const rows: readonly [string, readonly string[], Record<string, string>, boolean][] = [
    ["nobody looks", [], {}, false],
    ["asked for", ["--color"], {}, true],
    ["asked for against NO_COLOR", ["--color"], { NO_COLOR: "1" }, true],
    ["FORCE_COLOR", [], { FORCE_COLOR: "1" }, true],
    ["FORCE_COLOR against NO_COLOR", [], { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
    ["FORCE_COLOR that is off", [], { FORCE_COLOR: "0", GITHUB_ACTIONS: "true" }, false],
    ["a log that shows colours", [], { GITHUB_ACTIONS: "true" }, true],
    ["a log that shows colours, and NO_COLOR", [], { GITHUB_ACTIONS: "true", NO_COLOR: "1" }, false],
    ["refused against FORCE_COLOR", ["--no-color"], { FORCE_COLOR: "1" }, false],
    ["asked for in a format without any", ["--color", "--format", "json"], {}, false],
  ];

  it.each(rows)("%s", async (_, args, env, colored) => {
    const { stdout } = await run(["plan.json", ...args], env);
    expect(stdout.includes(ESCAPE)).toBe(colored);
  });

  it("stays plain ASCII where the locale is not UTF-8", async () => {
    const { stdout } = await run(["plan.json"], { LC_ALL: "C" });
    expect(/^[\x20-\x7e\n]+$/.test(stdout)).toBe(true);
  });
});

describe("output files", () => {
  it("writes every report that is asked for, beside the one on stdout", async () => {
    const { stdout, exit } = await run(["plan.json", "-o", "json=one.json", "-o", "text=two.txt", "--color"]);
    const report = JSON.parse(readFileSync(join(ROOT, "one.json"), "utf8"));
    expect(report.findings).toHaveLength(1);
    expect(stdout).toContain(ESCAPE);
    expect(readFileSync(join(ROOT, "two.txt"), "utf8")).not.toContain(ESCAPE);
    expect(exit).toBe(1);
  });
});

describe("configuration", () => {
  const repository = join(ROOT, "repository");
  const stack = join(repository, "stacks", "prod");
  mkdirSync(join(repository, ".git"), { recursive: true });
  mkdirSync(stack, { recursive: true });
  writeFileSync(join(stack, "plan.json"), readFileSync("test/scenarios/topic-arn-from-outside/plan.json"));
  // Above the repository: out of bounds.
  writeFileSync(join(ROOT, ".tfcheck.yaml"), "undecided: fail\ncontrols: [aws-root-usage-alarm]\n");

  it("is found up to the root of the repository and not above it", async () => {
    const args = ["plan.json", "--quiet"];
    expect((await runBuilt(args, { cwd: stack })).exit).toBe(3);
    writeFileSync(join(repository, ".tfcheck.yaml"), "undecided: pass\n");
    expect((await runBuilt(args, { cwd: stack })).exit).toBe(0);
    rmSync(join(repository, ".tfcheck.yaml"));
  });

  it("gives way to what the command line says", async () => {
    writeFileSync(join(stack, "team.yaml"), "undecided: pass\n");
    const args = ["plan.json", "--quiet", "--config", "team.yaml"];
    expect((await runBuilt(args, { cwd: stack })).exit).toBe(0);
    expect((await runBuilt([...args, "--undecided", "fail"], { cwd: stack })).exit).toBe(3);
  });
});
