// Every example's README: its commands run as they stand, and print and exit as it says.
// UPDATE_GOLDEN=1 writes what they print into the READMEs.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseCommand } from "../tools/cli-scenario.ts";
import { runBuilt } from "../tools/run-built.ts";

const UPDATES = process.env.UPDATE_GOLDEN === "1" && process.env.CI === undefined;

/** The folders of examples/, without the files for CI systems and the job for Spark, which have tests of their own. */
const EXAMPLES = readdirSync("examples", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["ci", "fleet-spark"].includes(entry.name))
  .map(({ name }) => name);

interface Session {
  readonly command: string;
  /** As it stands between the fences. */
  readonly text: string;
}

function sessionsOf(readme: string): readonly Session[] {
  return [...readme.matchAll(/^```console\n(.*?)^```$/gms)].map(([, text = ""]) => ({
    command: text.slice(2, text.indexOf("\n")),
    text,
  }));
}

async function replay({ command }: Session, cwd: string): Promise<string> {
  const { stdout, stderr, exit } = await runBuilt(parseCommand(command).args, { cwd });
  expect(stderr).toBe("");
  return `$ ${command}\n${stdout}$ echo $?\n${exit}\n`;
}

async function update(file: string): Promise<void> {
  let readme = readFileSync(file, "utf8");
  for (const session of sessionsOf(readme)) {
    const shown = await replay(session, dirname(file));
    readme = readme.replace(`\`\`\`console\n${session.text}\`\`\``, () => `\`\`\`console\n${shown}\`\`\``);
  }
  writeFileSync(file, readme);
}

describe.each(EXAMPLES)("examples/%s", async (name) => {
  const file = join("examples", name, "README.md");
  if (UPDATES) await update(file);
  const readme = readFileSync(file, "utf8");
  const sessions = sessionsOf(readme);

  test("has a README that shows a run", () => {
    expect(sessions.length).toBeGreaterThan(0);
  });

  test.each(sessions)("prints what the README shows for $command", async (session) => {
    expect(session.text).toBe(await replay(session, dirname(file)));
  });

  test("is listed beside the others", () => {
    expect(readFileSync("examples/README.md", "utf8")).toContain(`[${name}](${name}/)`);
  });
});

test("the list of examples gives the exit codes of their READMEs", () => {
  const rows = readFileSync("examples/README.md", "utf8").matchAll(/^\| \[(\S+)\].*\| (\S.*) \|$/gm);
  const listed = [...rows].map(([, name = "", exits]) => ({ name, exits }));
  expect(listed.map(({ name }) => name).sort()).toEqual(EXAMPLES.toSorted());
  for (const { name, exits } of listed) {
    const readme = readFileSync(join("examples", name, "README.md"), "utf8");
    const shown = sessionsOf(readme).map(({ text }) => text.trimEnd().split("\n").at(-1));
    expect({ name, exits: exits?.split(", ") }).toEqual({ name, exits: [...new Set(shown)] });
  }
});

test("a waiver's README shows the configuration that lies beside it", () => {
  const readme = readFileSync("examples/waiver/README.md", "utf8");
  expect(readme).toContain(`\`\`\`yaml\n${readFileSync("examples/waiver/.tfcheck.yaml", "utf8")}\`\`\``);
});
