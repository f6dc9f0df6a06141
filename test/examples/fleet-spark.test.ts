// The Spark job of examples/fleet-spark in local mode, as its README says. It needs Java and a Python with PySpark: of
// TFCHECK_PYTHON, of test/output/spark (.ci/run makes it where it can), or on PATH.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parseCommand } from "../tools/cli-scenario.ts";
import { runBuilt } from "../tools/run-built.ts";

const HOME = "examples/fleet-spark";
const README = join(HOME, "README.md");
const UPDATES = process.env.UPDATE_GOLDEN === "1" && process.env.CI === undefined;

/** Which policies there are shows in this one. */
const masked = (lines: string) => lines.replace(/"asked":"\w+"/g, '"asked":"…"');

test("prints the lines that the README shows", async () => {
  const readme = readFileSync(README, "utf8");
  const [, command = "", shown = ""] = /```console\n\$ (.*)\n([^`]*)```/.exec(readme) ?? [];
  const { stdout, stderr, exit } = await runBuilt(parseCommand(command).args, { cwd: HOME });
  expect([exit, stderr]).toEqual([1, ""]);
  if (UPDATES)
    writeFileSync(
      README,
      readme.replace(`${command}\n${shown}`, () => `${command}\n${masked(stdout)}`),
    );
  else expect(masked(stdout)).toBe(shown);
});

function works(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

const candidates = [process.env.TFCHECK_PYTHON, "test/output/spark/bin/python", "python3"];
const python = candidates.find((name) => name !== undefined && works(name, ["-c", "import pyspark"]));
const missing = [
  ...(works("java", ["-version"]) ? [] : ["Java"]),
  ...(python === undefined ? ["a Python with PySpark"] : []),
];

const output = mkdtempSync(join(tmpdir(), "tfcheck-spark-"));
afterAll(() => rmSync(output, { recursive: true, force: true }));

const story = "writes the verdicts about all examples, as the README shows";
test.skipIf(missing.length > 0)(
  missing.length === 0 ? story : `${story} (skipped: ${missing.join(" and ")} is not there)`,
  { timeout: 300_000 },
  () => {
    const readme = readFileSync(README, "utf8");
    const [, command = ""] = /```sh\n(python .*)\n```/.exec(readme) ?? [];
    const [, shown = ""] = /```text\n([^`]*)```/.exec(readme) ?? [];
    const args = [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
    const verdicts = join(output, "verdicts");
    const run = spawnSync(
      python?.includes("/") ? resolve(python) : (python ?? ""),
      args.slice(1).map((word) => (word === "verdicts" ? verdicts : word)),
      { cwd: HOME, encoding: "utf8", env: { ...process.env, SPARK_LOCAL_IP: "127.0.0.1" } },
    );
    expect({ exit: run.status, said: run.status === 0 ? "" : run.stderr }).toEqual({ exit: 0, said: "" });
    expect(readdirSync(verdicts).some((name) => name.endsWith(".parquet"))).toBe(true);
    if (UPDATES)
      writeFileSync(
        README,
        readme.replace(`\`\`\`text\n${shown}`, () => `\`\`\`text\n${run.stdout}`),
      );
    else expect(run.stdout).toBe(shown);
  },
);
