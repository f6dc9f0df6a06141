// Every case of *.scenario through the built command line. UPDATE_GOLDEN=1 writes what is printed into the files.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type CliCase, encode, parseCommand, parseScenarios, toPattern } from "../tools/cli-scenario.ts";
import { type Outcome, runBuilt } from "../tools/run-built.ts";

const ROOT = mkdtempSync(join(tmpdir(), "tfcheck-cli-"));
afterAll(() => rmSync(ROOT, { recursive: true }));

const updating = process.env.UPDATE_GOLDEN === "1";
if (updating && process.env.CI !== undefined) throw new Error("expected outputs are not updated in CI");

for (const file of readdirSync("test/cli").filter((name) => name.endsWith(".scenario"))) {
  const path = join("test/cli", file);
  const cases = parseScenarios(readFileSync(path, "utf8"));

  describe(file, () => {
    it.concurrent.each(cases)("$name", async (one) => {
      const outcome = await run(one);
      if (updating) {
        // What fits stays as it is written: "[..]" stands for what differs from day to day.
        if (!fits(one, outcome)) update(path, one, outcome);
      } else {
        expect(outcome.stderr.trimEnd()).toMatch(toPattern(one.stderr));
        expect(outcome.stdout.trimEnd()).toMatch(toPattern(one.stdout));
      }
      expect(outcome.exit).toBe(one.exit);
    });
  });
}

async function run(one: CliCase): Promise<Outcome> {
  const cwd = mkdtempSync(join(ROOT, "case-"));
  for (const { name, copyOf, encoding, content } of one.files) {
    const target = join(cwd, name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      encode(copyOf === undefined ? Buffer.from(content) : readFileSync(copyOf), encoding),
    );
  }
  const { args, stdin } = parseCommand(one.command);
  const given = stdin === undefined ? {} : { stdin: readFileSync(join(cwd, stdin)) };
  return runBuilt(args, { cwd, env: one.env, ...given });
}

function fits({ stdout, stderr }: CliCase, outcome: Outcome): boolean {
  return toPattern(stdout).test(outcome.stdout.trimEnd()) && toPattern(stderr).test(outcome.stderr.trimEnd());
}

/** Replaces the outputs of one case; everything else in the file stays. */
function update(path: string, one: CliCase, { stdout, stderr }: Outcome): void {
  const parts = readFileSync(path, "utf8").split(/^(?==== )/m);
  const changed = parts.map((part) => {
    if (!part.startsWith(`=== ${one.name}\n`)) return part;
    const kept = part.replace(/^-- (stdout|stderr)\n(?:(?!-- |=== ).*\n?)*/gm, "").trimEnd();
    const sections = [
      stdout === "" ? "" : `-- stdout\n${stdout}`,
      stderr === "" ? "" : `-- stderr\n${stderr}`,
    ];
    return `${kept}\n${sections.join("")}\n`;
  });
  writeFileSync(path, `${changed.join("").trimEnd()}\n`);
}
