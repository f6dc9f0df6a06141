// The shell in the ready-made files of examples/ci, run as its host runs it: on a satisfied, a violated and an undecided
// plan, and on one that is none.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Case, type Job, PLANS, runOnHost, VERSION } from "./host.ts";
import { linesAt, textAt, yamlFile } from "./yaml.ts";

interface Host {
  readonly name: string;
  readonly script: string;
  readonly job: Job;
  readonly exits: Readonly<Record<Case, number>>;
  /** What a run leaves for the host, when there is a report. */
  readonly leaves: readonly string[];
}

const BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail"];
const STOPS = { satisfied: 0, violated: 1, undecided: 3, unusable: 2 };
/** Only what could not be checked stops: the host judges the report. */
const REPORTS = { satisfied: 0, violated: 0, undecided: 0, unusable: 2 };

const gitlab = yamlFile("examples/ci/gitlab-ci/.gitlab-ci.yml");
const azure = yamlFile("examples/ci/azure-pipelines/azure-pipelines.yml");
const spacelift = yamlFile("examples/ci/spacelift/config.yml");
const atlantis = yamlFile("examples/ci/atlantis/plain-workflow.yaml");
const env0 = yamlFile("examples/ci/env0/env0.yml");
const preCommit = yamlFile("examples/ci/pre-commit/.pre-commit-config.yaml");
const jenkinsfile = readFileSync("examples/ci/jenkins/Jenkinsfile", "utf8");

const HOSTS: readonly Host[] = [
  {
    name: "GitLab CI",
    script: linesAt(gitlab, "plan", "script") + linesAt(gitlab, "tfcheck", "script"),
    job: { shell: BASH },
    exits: STOPS,
    leaves: ["tfcheck.xml", "gl-code-quality-report.json"],
  },
  {
    name: "Azure Pipelines",
    script: textAt(azure, "steps", 1, "script") + textAt(azure, "steps", 2, "script"),
    job: { shell: BASH },
    exits: STOPS,
    leaves: ["tfcheck.xml"],
  },
  {
    name: "Jenkins",
    script: [...jenkinsfile.matchAll(/\bsh '(.*)'/g)].map(([, line]) => `${line}\n`).join(""),
    job: { shell: ["sh", "-xe"] },
    exits: STOPS,
    leaves: ["tfcheck.xml", "tfcheck.html"],
  },
  {
    name: "Spacelift",
    // Spacelift stops at the first hook that fails.
    script: `set -e\n${linesAt(spacelift, "stack_defaults", "after_plan")}`,
    job: {
      shell: ["sh"],
      files: { "spacelift.plan": "", "tfcheck.custom.spacelift.json": '{"outcome":"satisfied"}' },
    },
    exits: REPORTS,
    leaves: ["tfcheck.custom.spacelift.json"],
  },
  {
    name: "Atlantis, plain workflow",
    script: [2, 3]
      .map((step) => `${textAt(atlantis, "workflows", "tfcheck", "plan", "steps", step, "run")}\n`)
      .join("set -e\n"),
    job: {
      shell: ["sh"],
      files: { "default.tfplan": "" },
      env: { PLANFILE: "default.tfplan", SHOWFILE: "default.json" },
    },
    exits: STOPS,
    leaves: ["default.json"],
  },
  {
    name: "env0",
    script: textAt(env0, "deploy", "steps", "terraformPlan", "after", 0, "run"),
    job: { shell: ["bash"], files: { ".tf-plan": "" } },
    exits: STOPS,
    leaves: ["plan.json"],
  },
  {
    name: "pre-commit",
    script: textAt(preCommit, "repos", 0, "hooks", 0, "entry"),
    job: { shell: ["sh"] },
    exits: STOPS,
    leaves: [],
  },
];

describe.each(HOSTS)("$name", ({ script, job, exits, leaves }) => {
  test.each(Object.entries(exits))("%s: exits with %d", (name, exit) => {
    const plan = name as Case;
    const run = runOnHost(script, { ...job, plan });
    expect({ exit: run.exit, stderr: run.stderr.includes("Error:") }).toEqual({ exit, stderr: false });
    if (plan === "unusable") {
      expect(run.stdout).toBe("");
      return;
    }
    expect(run.stdout).toContain(`1 control: 1 ${plan}`);
    for (const file of leaves) expect(run.written(file)?.length).toBeGreaterThan(0);
  });

  test("asks for the version of this package", () => {
    const asked = [...script.matchAll(/tfcheck@(\S+)/g)].map(([, version]) => version);
    expect(asked.every((version) => version === VERSION)).toBe(true);
  });
});

test("GitLab's code quality report points at the code", () => {
  const host = HOSTS.find(({ name }) => name === "GitLab CI");
  const run = runOnHost(host?.script ?? "", { shell: BASH, plan: "violated" });
  const [entry] = JSON.parse(run.written("gl-code-quality-report.json") ?? "");
  expect(entry).toMatchObject({ location: { path: "main.tf", lines: { begin: expect.any(Number) } } });
});

describe("Spacelift's report", () => {
  const host = HOSTS.find(({ name }) => name === "Spacelift");

  test.each(["satisfied", "violated", "undecided"] as const)("%s: replaces a committed one", (plan) => {
    const run = runOnHost(host?.script ?? "", { shell: ["sh"], ...host?.job, plan });
    expect(JSON.parse(run.written("tfcheck.custom.spacelift.json") ?? "")).toMatchObject({ outcome: plan });
  });

  test("the plan policy reads keys that the report has", () => {
    const rego = readFileSync("examples/ci/spacelift/tfcheck.rego", "utf8");
    const read = new Set([...rego.matchAll(/\b(report|finding)\.([\w.]+)/g)].map(([path]) => path));
    const run = runOnHost(host?.script ?? "", { shell: ["sh"], ...host?.job, plan: "violated" });
    const report = JSON.parse(run.written("tfcheck.custom.spacelift.json") ?? "");
    const [finding] = report.findings;
    expect([...read].sort()).toEqual([
      "finding.address",
      "finding.control.id",
      "finding.message",
      "finding.outcome",
      "report.findings",
      "report.outcome",
    ]);
    expect([finding.address, finding.control.id, finding.outcome]).toEqual([
      "aws_sns_topic.alarms",
      "aws-unauthorized-api-calls-alarm",
      "violated",
    ]);
    expect(finding.message).toContain("nobody is subscribed");
  });
});

describe("Atlantis, custom policy check", () => {
  const policyCheck = yamlFile("examples/ci/atlantis/policy-check.yaml");
  const script = textAt(policyCheck, "workflows", "tfcheck", "policy_check", "steps", 1, "run");

  /** How the server judges what a step printed, on both streams, from 0.39 on and before. */
  const VERDICTS = [
    (output: string) =>
      /([1-9][0-9]* failure|failures": \[)/.test(output) || output.trim().startsWith("FAIL"),
    (output: string) => output.toLowerCase().includes("fail"),
  ];

  test.each([
    ["satisfied", false],
    ["violated", true],
    ["undecided", true],
    ["unusable", true],
  ] as const)("%s: stops: %s", (plan, stops) => {
    const files = { "default.json": readFileSync(PLANS[plan], "utf8") };
    const run = runOnHost(script, { shell: ["sh"], files, env: { SHOWFILE: "default.json" } });
    expect(run.exit).toBe(0);
    const output = run.stdout + run.stderr;
    expect(output.trim()).not.toBe("");
    expect(VERDICTS.map((judge) => judge(output))).toEqual([stops, stops]);
  });
});
