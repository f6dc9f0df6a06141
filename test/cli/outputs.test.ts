// Output files are written whole or not at all, and what cannot be written is told: full disks, folders that are not
// there, readers that go away, runs that are interrupted.

import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { BUILT, runBuilt } from "../tools/run-built.ts";

const ROOT = mkdtempSync(join(tmpdir(), "tfcheck-outputs-"));
afterAll(() => rmSync(ROOT, { recursive: true }));
writeFileSync(join(ROOT, "plan.json"), readFileSync("test/scenarios/alarm-missing/plan.json"));

const run = (...args: readonly string[]) => runBuilt(["plan.json", ...args], { cwd: ROOT });
const at = (name: string) => join(ROOT, name);
const leftovers = () => readdirSync(ROOT).filter((name) => name.endsWith(".tmp"));
/** A device that is always full; not every system has it. */
const FULL = existsSync("/dev/full");

describe("an output file", () => {
  it("replaces a longer one and keeps who may read it", async () => {
    writeFileSync(at("old.json"), "x".repeat(100_000), { mode: 0o600 });
    expect((await run("-o", "json=old.json", "-q")).exit).toBe(1);
    expect(JSON.parse(readFileSync(at("old.json"), "utf8")).findings).toHaveLength(1);
    expect(statSync(at("old.json")).mode & 0o777).toBe(0o600);
    expect(leftovers()).toEqual([]);
  });

  it("is written through links, also those that lead to nothing yet", async () => {
    writeFileSync(at("real.json"), "old");
    symlinkSync("real.json", at("link.json"));
    symlinkSync("later.json", at("dangling.json"));
    await run("-o", "json=link.json", "-o", "json=dangling.json", "-q");
    for (const name of ["real.json", "later.json"]) {
      expect(JSON.parse(readFileSync(at(name), "utf8")).findings).toHaveLength(1);
    }
    expect(leftovers()).toEqual([]);
  });

  // Nothing ties root down.
  it.runIf(process.getuid?.() !== 0)("that its folder ties down is written in its place", async () => {
    mkdirSync(at("tied"));
    writeFileSync(at("tied/report.json"), "old");
    chmodSync(at("tied"), 0o500);
    const { exit } = await run("-o", "json=tied/report.json", "-q");
    chmodSync(at("tied"), 0o700);
    expect(exit).toBe(1);
    expect(JSON.parse(readFileSync(at("tied/report.json"), "utf8")).findings).toHaveLength(1);
  });

  it("in a folder that is not there is told", async () => {
    const { exit, stderr } = await run("-o", "json=absent/report.json", "-q");
    expect(exit).toBe(2);
    expect(stderr).toContain("its folder does not exist [output-not-written]");
  });

  it.runIf(FULL)("on a full disk is told", async () => {
    const { exit, stderr } = await run("-o", "json=/dev/full", "-q");
    expect(exit).toBe(2);
    expect(stderr).toContain("/dev/full: the report cannot be written here: no space is left");
  });

  it("of a baseline never takes the place of another", async () => {
    writeFileSync(at("team.yaml"), "undecided: fail\n");
    const { exit, stderr } = await runBuilt(["baseline", "plan.json", "--output", "team.yaml"], {
      cwd: ROOT,
    });
    expect(exit).toBe(2);
    expect(stderr).toContain("there is a file of that name already");
    expect(readFileSync(at("team.yaml"), "utf8")).toBe("undecided: fail\n");
    expect((await runBuilt(["baseline", "plan.json", "--output", "new.yaml"], { cwd: ROOT })).exit).toBe(0);
    expect(readFileSync(at("new.yaml"), "utf8")).toContain("waivers:");
    expect(leftovers()).toEqual([]);
  });
});

/** A shell, because only it opens a device as a stream of the program. */
function inShell(command: string): Promise<{ readonly exit: number | null; readonly stderr: string }> {
  return new Promise((done) => {
    const child = spawn("sh", ["-c", command], { cwd: ROOT });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("close", (exit) => done({ exit, stderr }));
  });
}

describe("a stream", () => {
  const program = `'${process.execPath}' '${BUILT}'`;

  it.runIf(FULL)("to a full disk is told, and is nobody's bug", async () => {
    const { exit, stderr } = await inShell(`${program} plan.json > /dev/full`);
    expect(exit).toBe(2);
    expect(stderr).toBe(
      "<stdout>: the answer cannot be written here: no space is left [output-not-written]\n",
    );
  });

  it.runIf(FULL)("for problems that is full leaves the exit code", async () => {
    expect((await inShell(`${program} absent.json 2> /dev/full`)).exit).toBe(2);
  });

  it("whose reader leaves after a line ends in silence", async () => {
    const { stderr } = await inShell(`${program} plan.json --verbose -f html | head -1 > first.txt`);
    expect(stderr).toBe("");
    expect(readFileSync(at("first.txt"), "utf8")).toContain("<!DOCTYPE html>");
  });
});

describe("a run that is interrupted", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("by %s leaves files as they were or whole", async (signal) => {
    for (const wait of [30, 120, 200, 260, 320]) {
      writeFileSync(at("kept.json"), "{}");
      const child = spawn(process.execPath, [BUILT, "plan.json", "-o", "json=kept.json"], { cwd: ROOT });
      setTimeout(() => child.kill(signal), wait);
      await new Promise((done) => child.on("close", done));
      expect(() => JSON.parse(readFileSync(at("kept.json"), "utf8"))).not.toThrow();
    }
  });
});
