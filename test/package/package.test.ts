// The package as npm makes it from these sources: what it holds, that it works where nothing else is, and that its
// types fit. One tarball, built apart from dist/.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VERSION } from "../integrations/host.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "tfcheck-package-"));
const TARBALL = join(FOLDER, `tfcheck-${VERSION}.tgz`);
/** Whether types resolve as the code does: arethetypeswrong. */
const ATTW = join(
  dirname(createRequire(import.meta.url).resolve("@arethetypeswrong/cli/package.json")),
  "dist/index.js",
);
const NOT_COPIED = new Set([".git", "node_modules", "dist", "build", "test", "coverage"]);

function run(program: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  return { exit: status, stdout, stderr };
}

const NPM = ["--no-audit", "--no-fund", "--loglevel=error"];
let packed = "";

beforeAll(() => {
  const sources = join(FOLDER, "sources");
  cpSync(".", sources, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) });
  symlinkSync(resolve("node_modules"), join(sources, "node_modules"));
  const { exit, stdout, stderr } = run("npm", ["pack", "--pack-destination", FOLDER, ...NPM], sources);
  if (exit !== 0) throw new Error(`npm pack: ${stdout}${stderr}`);
  packed = stdout;
}, 240_000);

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

describe("the package", () => {
  test("npm pack says the name of the file alone, as pre-commit wants it", () => {
    // pre-commit installs what it reads there: https://github.com/pre-commit/pre-commit/pull/3460
    expect(packed).toBe(`tfcheck-${VERSION}.tgz\n`);
  });

  test("holds the built program, its types, the policies, and what npm always takes along", () => {
    const listed = run("tar", ["-tzf", TARBALL], FOLDER).stdout.trim().split("\n");
    const files = listed.map((path) => path.replace(/^package\//, ""));
    const wanted = [
      /^(package\.json|README\.md|LICENSE)$/,
      /^dist\/(cli|index|batch-worker)\.js$/,
      /^dist\/chunks\/[\w.-]+\.js(\.cache)?$/,
      /^dist\/LICENSE\.commander$/,
      /^dist\/(auditors|default-policy|policies|package)\.json$/,
      /^dist\/(index|model\/[\w-]+)\.d\.ts$/,
      /^policies\/(aws\/)?[\w.-]+\.(yaml|schema\.json)$/,
    ];
    expect(files.filter((file) => !wanted.some((pattern) => pattern.test(file)))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining(["LICENSE", "dist/cli.js", "dist/index.js", "dist/policies.json"]),
    );
  });

  test("is no larger than what it does", () => {
    // More than half of it is code as V8 keeps it, which halves the start on Node 20.
    expect(readFileSync(TARBALL).byteLength).toBeLessThan(800 * 1024);
  });

  test("has types and entries that publint finds nothing in", async () => {
    const { buffer, byteOffset, byteLength } = readFileSync(TARBALL);
    const tarball = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    expect((await publint({ pack: { tarball }, strict: true })).messages).toEqual([]);
  });

  test("has types that resolve as its code does", () => {
    const { exit, stdout, stderr } = run(process.execPath, [ATTW, TARBALL, "--profile", "esm-only"], ".");
    expect({ exit, said: exit === 0 ? "" : stdout + stderr }).toEqual({ exit: 0, said: "" });
  });
});

describe("installed where nothing else is", () => {
  const home = join(FOLDER, "home");
  const plan = resolve("examples/missing-subscription/plan.json");

  test("runs, checks a plan, and can be imported", { timeout: 240_000 }, () => {
    writeFileSync(join(FOLDER, "package.json"), "{}");
    const installed = run("npm", ["install", "--prefer-offline", "--prefix", home, TARBALL, ...NPM], FOLDER);
    expect({ exit: installed.exit, stderr: installed.stderr }).toEqual({ exit: 0, stderr: "" });

    const tfcheck = join(home, "node_modules/.bin/tfcheck");
    expect(run(tfcheck, ["--version"], FOLDER)).toEqual({ exit: 0, stdout: `${VERSION}\n`, stderr: "" });
    const checked = run(tfcheck, [plan, "--quiet", "--no-color"], FOLDER);
    expect({ exit: checked.exit, stderr: checked.stderr }).toEqual({ exit: 1, stderr: "" });
    expect(checked.stdout).toContain("nobody is subscribed");

    const program = `
      import { check } from "tfcheck";
      import { readFileSync } from "node:fs";
      const { findings } = await check({ plan: readFileSync(${JSON.stringify(plan)}) });
      console.log(findings.map(({ verdict, link }) => verdict + " at " + link).join());
    `;
    writeFileSync(join(home, "program.mjs"), program);
    expect(run(process.execPath, ["program.mjs"], home)).toEqual({
      exit: 0,
      stdout: "violated at subscription\n",
      stderr: "",
    });
  });

  test("brings no development tools along", () => {
    expect(existsSync(join(home, "node_modules/vitest"))).toBe(false);
    expect(existsSync(join(home, "node_modules/typescript"))).toBe(false);
  });
});
