// action.yml, run as a runner runs a composite action: inputs become its environment, its shell is bash.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { isObject, type Json } from "../../src/model/json.ts";
import { type Case, type Job, PLANS, type Run, runOnHost } from "./host.ts";
import { at, textAt, yamlFile } from "./yaml.ts";

const ACTION = yamlFile("action.yml");
const SCRIPT = textAt(ACTION, "runs", "steps", 0, "run");

type Inputs = Readonly<Record<string, string>>;

/** `${{ inputs.name }}` in the step's environment is the only expression that the action uses. */
function environment(inputs: Inputs): Record<string, string> {
  const env = at(ACTION, "runs", "steps", 0, "env");
  if (!isObject(env)) throw new Error("the step has no environment");
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => {
      const input = /^\$\{\{ inputs\.(\w+) \}\}$/.exec(String(value))?.[1] ?? "";
      return [name, inputs[input] ?? textAt(ACTION, "inputs", input, "default")];
    }),
  );
}

function runAction(inputs: Inputs, files: Job["files"] = {}): Run {
  const shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"];
  const runner = { RUNNER_TEMP: "../temp", GITHUB_OUTPUT: "../outputs", GITHUB_STEP_SUMMARY: "../summary" };
  return runOnHost(SCRIPT, {
    shell,
    files,
    env: { GITHUB_ACTIONS: "true", ...runner, ...environment(inputs) },
  });
}

function planFile(plan: Case): string {
  return readFileSync(PLANS[plan], "utf8");
}

describe("the action", () => {
  test.each([
    ["satisfied", 0, undefined],
    ["violated", 1, "::error "],
    ["undecided", 3, "::warning "],
  ] as const)(
    "%s: exits with %d, annotates, sets its output and writes the summary",
    (plan, exit, annotation) => {
      const run = runAction({ plan: "plan.json" }, { "plan.json": planFile(plan) });
      expect(run.exit).toBe(exit);
      const annotations = run.stdout.match(/^::\w+ /gm) ?? [];
      expect(annotations).toEqual(annotation === undefined ? [] : [annotation]);
      expect(run.written("../outputs")).toContain(`outcome=${plan}\n`);
      expect(run.written("../summary")).toContain(`### tfcheck: ${plan}`);
    },
  );

  test("what cannot be checked has no outcome", () => {
    const run = runAction({ plan: "plan.json" }, { "plan.json": "no plan" });
    expect([run.exit, run.stdout, run.written("../outputs")]).toEqual([2, "", undefined]);
    expect(run.stderr).toContain("plan.json");
  });

  test("takes other stacks one a line", () => {
    const state = resolve("examples/two-stacks/notifications/state.json");
    const files = { "plan.json": planFile("undecided"), "other stack.json": readFileSync(state, "utf8") };
    expect(runAction({ plan: "plan.json", with: "\nother stack.json\n" }, files).exit).toBe(0);
  });

  test("takes options one a line", () => {
    const files = { "plan.json": planFile("violated") };
    const run = runAction({ plan: "plan.json", options: "--soft-fail\n--output=json=re port.json" }, files);
    expect(run.exit).toBe(0);
    expect(JSON.parse(run.written("re port.json") ?? "")).toMatchObject({ outcome: "violated" });
  });

  test.each([
    "--help",
    "$(touch written).json",
    "`touch written`.json",
    "a; touch written",
    '"; touch written; "',
  ])("reads %s as the name of a file, and nothing else", (plan) => {
    const run = runAction({ plan, with: plan === "--help" ? "" : "x $(touch written)" });
    expect([run.exit, run.stdout, run.written("written")]).toEqual([2, "", undefined]);
  });

  test("puts no input into the script's own text", () => {
    expect(SCRIPT).not.toContain("${{");
  });

  test("keeps to what bash 3.2 knows", () => {
    expect(SCRIPT).not.toMatch(/mapfile|readarray|declare -[An]|\$\{\w+(,,|\^\^|@)|\|&|&>>|coproc/);
  });

  test("gives every output that the command line writes for it", () => {
    const outputs: Json | undefined = at(ACTION, "outputs");
    const run = runAction({ plan: "plan.json" }, { "plan.json": planFile("violated") });
    const written = [...(run.written("../outputs") ?? "").matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    for (const name of Object.keys(isObject(outputs) ? outputs : {})) expect(written).toContain(name);
  });
});
