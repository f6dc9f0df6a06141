import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parsePolicy } from "../../src/input/policy.ts";
import { parseExamples } from "../../src/input/policy-examples.ts";
import { InputError } from "../../src/model/problem.ts";
import { newPolicy } from "../tools/new-policy.ts";

const [[file = "", text = ""] = [], [, examples = ""] = []] = newPolicy("aws-x-alarm");

describe("the draft of a policy", () => {
  it("is refused for what has to be filled in, and for nothing else", async () => {
    const problems = await parsePolicy(text, file).catch((error: unknown) =>
      error instanceof InputError ? error.problems.map(({ place, code }) => `${place} ${code}`) : [],
    );
    expect(problems).toEqual([
      "policies/aws/aws-x-alarm.yaml:3:8 policy-empty",
      "policies/aws/aws-x-alarm.yaml:5:12 policy-empty",
      "policies/aws/aws-x-alarm.yaml:6:14 policy-empty",
      "policies/aws/aws-x-alarm.yaml:7:10 policy-too-few",
      "policies/aws/aws-x-alarm.yaml:10:13 policy-empty",
      "policies/aws/aws-x-alarm.yaml:11:9 policy-path",
    ]);
  });

  it("comes with an example of each verdict", async () => {
    const drafts = await parseExamples(examples, "x.examples.yaml");
    expect(drafts.map(({ expected }) => expected.verdict)).toEqual(["satisfied", "violated", "undecided"]);
  });

  it("is written once, under a name that is an id", () => {
    const folder = mkdtempSync(join(tmpdir(), "new-policy-"));
    mkdirSync(join(folder, "policies", "aws"), { recursive: true });
    const tool = join(folder, "tool.mjs");
    const bundle = [
      "test/tools/write-new-policy.ts",
      "--bundle",
      "--platform=node",
      "--format=esm",
      `--outfile=${tool}`,
    ];
    execFileSync("node_modules/.bin/esbuild", [...bundle, "--log-level=error"]);
    const run = (id: string) => spawnSync(process.execPath, [tool, id], { cwd: folder }).status;
    expect([run("Not An Id"), run("aws-x-alarm"), run("aws-x-alarm")]).toEqual([2, 0, 2]);
    expect(readdirSync(join(folder, "policies", "aws"))).toEqual([
      "aws-x-alarm.examples.yaml",
      "aws-x-alarm.yaml",
    ]);
  });
});
