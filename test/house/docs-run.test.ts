// Commands and programs that the documentation shows are run, and print what it says.
// UPDATE_GOLDEN=1 writes what the README's command prints into the README.

import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runBuilt, runNode } from "../tools/run-built.ts";

const UPDATES = process.env.UPDATE_GOLDEN === "1" && process.env.CI === undefined;

/** The fenced blocks of a page, in order. */
function blocksOf(page: string, language: string): readonly string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm");
  return [...readFileSync(page, "utf8").matchAll(fence)].map(([, text = ""]) => text);
}

describe("README", () => {
  const [install = ""] = blocksOf("README.md", "sh");
  const [shown] = blocksOf("README.md", "text");

  it("installs and builds with scripts that exist, then checks an example", async () => {
    const [setUp = "", build = "", command = ""] = install.trim().split(" && ");
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(setUp).toBe("npm ci");
    expect(scripts).toHaveProperty(build.replace("npm run ", ""));
    const [node, cli, ...args] = command.split(" ");
    expect([node, cli]).toEqual(["node", "dist/cli.js"]);
    const { stdout, stderr, exit } = await runBuilt(args, { cwd: "." });
    if (UPDATES && shown !== undefined) {
      writeFileSync(
        "README.md",
        readFileSync("README.md", "utf8").replace(shown, () => stdout),
      );
    } else expect(stdout).toBe(shown);
    expect(stderr).toBe("");
    expect(exit).toBe(1);
  });

  it("runs the tests the way .ci/run does", () => {
    expect(blocksOf("README.md", "sh").at(-1)).toBe("npm ci && npm test\n");
    const steps = readFileSync(".ci/run", "utf8");
    expect(steps.indexOf("step npm ci\n")).toBeGreaterThan(0);
    expect(steps.indexOf("step npm test\n")).toBeGreaterThan(steps.indexOf("step npm ci\n"));
  });
});

describe("the page for programs", () => {
  const folder = mkdtempSync(join(tmpdir(), "tfcheck-library-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("shows a program that runs and prints what the page says", async () => {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(resolve("."), join(folder, "node_modules", "tfcheck"), "dir");
    copyFileSync("examples/misspelt-metric/plan.json", join(folder, "plan.json"));
    writeFileSync(join(folder, "program.mjs"), blocksOf("docs/library.md", "js")[0] ?? "");
    const { stdout, stderr } = await runNode(["program.mjs"], { cwd: folder });
    expect(stderr).toBe("");
    expect(stdout).toBe(blocksOf("docs/library.md", "text")[0]);
  });
});
