// Inputs that somebody made to hurt, through the whole program: answered or refused in one line, never a bug, never a
// hang, and nothing read that lies outside.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Outcome, runBuilt } from "../tools/run-built.ts";

const ROOT = mkdtempSync(join(tmpdir(), "tfcheck-hostile-"));
afterAll(() => rmSync(ROOT, { recursive: true }));

const GOOD = readFileSync("test/scenarios/flat-direct-references/plan.json", "utf8");
const run = (...args: readonly string[]) => runBuilt(args, { cwd: ROOT });

function file(name: string, text: string): string {
  mkdirSync(dirname(join(ROOT, name)), { recursive: true });
  writeFileSync(join(ROOT, name), text);
  return name;
}

function isCalm({ exit, stdout, stderr }: Outcome): void {
  expect([0, 1, 2, 3]).toContain(exit);
  expect(stdout + stderr).not.toMatch(/\[bug\]|\n\s+at |Maximum call stack|heap/);
}

/** A plan of nothing with a piece put in. */
const planWith = (piece: string) =>
  `{"format_version":"1.2","planned_values":{"root_module":{}},"resource_changes":[],${piece},"configuration":{"root_module":{}}}`;

describe("a plan", () => {
  it("with a section twice is refused, and with another key twice means the last one", async () => {
    const { exit, stdout } = await run(file("good.json", GOOD));
    expect(exit).toBe(0);
    const sections = await run(file("twice.json", GOOD.trim().replace(/\}$/, ',"resource_changes":[]}')));
    expect(sections.exit).toBe(2);
    expect(sections.stderr).toContain("[json-section-twice]");
    const keys = GOOD.replaceAll('"is_multi_region_trail":true', '"is_multi_region_trail":false,$&');
    expect(keys).not.toBe(GOOD);
    expect((await run(file("keys.json", keys))).stdout).toBe(stdout.replaceAll("good.json", "keys.json"));
  });

  it("with names of built-in properties everywhere is answered as any other", async () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    for (const name of names) {
      const text = GOOD.replaceAll('"alarms"', JSON.stringify(name)).replaceAll(".alarms", `.${name}`);
      const outcome = await run(file("names.json", text));
      isCalm(outcome);
      expect(outcome.exit, name).toBe(0);
    }
    isCalm(
      await run(
        file("names.json", planWith('"__proto__":{"errored":true},"variables":{"__proto__":{"value":1}}')),
      ),
    );
  });

  const DEEP = 100_000;
  it.each([
    ["lists where nothing is read", `"other":${"[".repeat(DEEP)}${"]".repeat(DEEP)}`],
    ["objects where nothing is read", `"other":${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}`],
    [
      "lists among the changes",
      `"resource_drift":[],"resource_changes":${"[".repeat(DEEP)}${"]".repeat(DEEP)}`,
    ],
    ["objects in the prior state", `"prior_state":${'{"values":'.repeat(DEEP)}1${"}".repeat(DEEP)}`],
    ["lists that never end", `"other":${"[".repeat(DEEP)}`],
  ])("with 100,000 levels of %s", async (_, piece) => {
    isCalm(await run(file("deep.json", planWith(piece))));
  });

  it.each([
    "1e999",
    "-1e999",
    "1e-999",
    "123456789012345678901234567890",
    "0.1000000000000000055511151231257827",
  ])("with the number %s", async (number) => {
    const text = GOOD.replace(/"(threshold|period|evaluation_periods)":\s*\d+/g, `"$1":${number}`);
    expect(text).not.toBe(GOOD);
    isCalm(await run(file("number.json", text)));
  });
});

describe("YAML with aliases that multiply", () => {
  const lines = Array.from({ length: 12 }, (_, at) => {
    const before = at === 0 ? '"x"' : Array.from({ length: 10 }, () => `*a${at - 1}`).join(", ");
    return `a${at}: &a${at} [${before}]`;
  });

  it.each([
    ["a configuration", ["good.json", "--config"]],
    ["a policy", ["good.json", "--policy"]],
  ])("is refused as %s", async (_, args) => {
    const outcome = await run(...args, file("bomb.yaml", `${lines.join("\n")}\n`));
    isCalm(outcome);
    expect(outcome.exit).toBe(2);
  });
});

describe("code", () => {
  const SECRET = "CANARY-outside";
  file("outside/secret.txt", SECRET);
  file("outside/credentials", `[default]\naws_secret_access_key = ${SECRET}\n`);
  const topic = (name: string) => `resource "aws_sns_topic" "a" {\n  name = ${name}\n}\n`;

  async function saysNothing(...args: readonly string[]): Promise<void> {
    for (const format of ["text", "json"]) {
      const outcome = await run(...args, "--verbose", "--format", format);
      isCalm(outcome);
      expect(outcome.stdout + outcome.stderr).not.toContain(SECRET);
    }
  }

  it("reads no file outside, neither by .. nor by an absolute path nor through a link", async () => {
    mkdirSync(join(ROOT, "infra"));
    symlinkSync("../outside/secret.txt", join(ROOT, "infra/link.txt"));
    symlinkSync("../outside", join(ROOT, "infra/folder"));
    for (const path of [
      "../outside/secret.txt",
      join(ROOT, "outside/secret.txt"),
      "link.txt",
      "folder/secret.txt",
    ]) {
      file("infra/main.tf", topic(`file(${JSON.stringify(path)})`));
      await saysNothing("infra");
      await saysNothing("graph", "infra").catch(() => undefined);
    }
  });

  it("that is a link to somebody's credentials is refused without quoting them", async () => {
    mkdirSync(join(ROOT, "linked"));
    symlinkSync("../outside/credentials", join(ROOT, "linked/main.tf"));
    symlinkSync("../outside/credentials", join(ROOT, "linked/x.auto.tfvars"));
    await saysNothing("linked");
  });

  it("whose modules lead in a circle or far up is answered", async () => {
    file(
      "circle/main.tf",
      'module "a" {\n  source = "./."\n}\nmodule "up" {\n  source = "../../../../../../../.."\n}\n',
    );
    isCalm(await run("circle"));
    file("round/main.tf", 'module "a" {\n  source = "./b"\n}\n');
    file("round/b/main.tf", 'module "a" {\n  source = "../"\n}\n');
    isCalm(await run("round"));
  });

  it("that is a device, a folder or a file of zeros named like code is passed over or refused, and is not taken for absent", async () => {
    mkdirSync(join(ROOT, "odd/folder.tf"), { recursive: true });
    symlinkSync("/dev/zero", join(ROOT, "odd/zero.tf"));
    file("odd/main.tf", topic('"a"'));
    expect((await run("odd")).exit).toBe(2);
    rmSync(join(ROOT, "odd/zero.tf"));
    symlinkSync("odd.tf", join(ROOT, "odd/odd.tf"));
    const { exit, stderr } = await run("odd");
    expect(exit).toBe(2);
    expect(stderr).toMatch(
      /odd\/odd\.tf: this part of the code cannot be read: .* \[sources-not-readable\]\n$/,
    );
    rmSync(join(ROOT, "odd/odd.tf"));
    expect((await run("odd")).exit).toBe(3);
  });
});
