// The formats that speak to one host each: GitHub, GitLab, Azure Pipelines, Atlantis.

import { expect, test } from "vitest";
import type { Report } from "../../../src/model/finding.ts";
import { renderAtlantis } from "../../../src/report/atlantis.ts";
import { renderAzure } from "../../../src/report/azure.ts";
import { githubOutputs, githubSummary, renderGithub } from "../../../src/report/github.ts";
import { renderGitlab } from "../../../src/report/gitlab.ts";
import { DEFAULT_OPTIONS } from "../../../src/report/render-options.ts";
import { place, report, stopped, text } from "../../report/build.ts";
import { REPORTS } from "../../report/reports.ts";

function reportNamed(name: string): Report {
  return REPORTS[name] ?? expect.fail(name);
}

/** Violated controls that have nothing to do with each other. */
function many(count: number): Report {
  const findings = Array.from({ length: count }, (_, position) => {
    const subject = place(`aws_sns_topic.t${position}`, position + 1);
    const evidence = [text(subject, "name", "x".repeat(200))];
    const finding = stopped("violated", "subscription", { code: "no-subscription", subject, evidence });
    return { ...finding, control: { ...finding.control, id: `control-${position}` } };
  });
  return report(findings);
}

// GitHub

test("each of a few findings is an annotation on its line", () => {
  expect(renderGithub(reportNamed("violated-at-trail")).split("\n")).toEqual([
    "::error file=main.tf,line=3,col=1,title=violated%3A aws-unauthorized-api-calls-alarm::aws_cloudtrail.main: the trail records one region only%0Ahelp: set is_multi_region_trail = true",
    "::error file=main.tf,line=3,col=1,title=violated%3A aws-unauthorized-api-calls-alarm::aws_cloudtrail.main: the trail is switched off%0Ahelp: set enable_logging = true",
    "1 control: 1 violated in plan.json (plan, Terraform 1.13.4)",
    "",
  ]);
});

test("undecided is a warning, waived a notice, satisfied nothing", () => {
  expect(renderGithub(reportNamed("undecided"))).toMatch(/^::warning /);
  expect(renderGithub(reportNamed("waived"))).toMatch(/^::notice .*%0Awaived until 2027-01-31/);
  expect(renderGithub(reportNamed("satisfied"))).not.toContain("::");
});

test("one broken trail is two annotations and not thirty", () => {
  const output = renderGithub(reportNamed("one-trail-breaks-all"));
  expect(output.match(/^::error/gm)).toHaveLength(2);
  expect(output).toContain("title=violated%3A 15 controls::");
});

test.each([
  [10, 10, undefined],
  [11, 10, "::error title=tfcheck::2 more are violated; the step summary has them all"],
  [40, 10, "::error title=tfcheck::31 more are violated; the step summary has them all"],
])("of %i findings GitHub gets %i annotations", (count, shown, last) => {
  const commands = renderGithub(many(count))
    .split("\n")
    .filter((line) => line.startsWith("::"));
  expect(commands).toHaveLength(shown);
  if (last !== undefined) expect(commands.at(-1)).toBe(last);
});

test("the step summary stays under GitHub's limit and says what is missing", () => {
  const whole = githubSummary(many(20));
  expect(whole).not.toContain("did not fit");
  const cut = githubSummary(many(1200));
  expect(new TextEncoder().encode(cut).length).toBeLessThanOrEqual(900 * 1024);
  expect(new TextEncoder().encode(cut).length).toBeGreaterThan(890 * 1024);
  expect(cut).toMatch(/\n_\d+ more lines did not fit here\._\n$/);
});

test("the step's outputs are the outcome and the counts", () => {
  expect(githubOutputs(reportNamed("family"))).toBe(
    "outcome=violated\ncontrols=15\nviolated=3\nundecided=1\nwaived=0\nsatisfied=11\n",
  );
});

// GitLab

test("GitLab gets issues with the fields it requires, and an empty list when all is well", () => {
  expect(JSON.parse(renderGitlab(reportNamed("satisfied")))).toEqual([]);
  expect(JSON.parse(renderGitlab(reportNamed("waived")))).toEqual([]);
  for (const name of Object.keys(REPORTS)) {
    const issues = JSON.parse(renderGitlab(reportNamed(name)));
    for (const issue of issues) {
      expect(issue).toEqual({
        description: expect.stringMatching(/./),
        check_name: expect.stringMatching(/./),
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}:\d+$/),
        severity: expect.stringMatching(/^(info|minor|major|critical|blocker)$/),
        location: { path: expect.stringMatching(/^(?!\.\/)./), lines: { begin: expect.any(Number) } },
      });
    }
    const fingerprints = issues.map((issue: { fingerprint: string }) => issue.fingerprint);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  }
});

test("the same finding in two plans is two issues", () => {
  const [first] = JSON.parse(renderGitlab(many(1)));
  const [input] = many(1).inputs;
  const other = { ...many(1), inputs: input === undefined ? [] : [{ ...input, label: "other.json" }] };
  const [second] = JSON.parse(renderGitlab(other));
  expect(second.fingerprint).not.toBe(first.fingerprint);
});

test("an undecided control is information", () => {
  expect(JSON.parse(renderGitlab(reportNamed("undecided")))).toMatchObject([
    {
      severity: "info",
      description: expect.stringContaining("undecided, "),
      location: { path: "main.tf", lines: { begin: 57 } },
    },
  ]);
});

// Azure Pipelines

test("Azure gets issues with places, and waived findings as plain lines", () => {
  expect(renderAzure(reportNamed("violated-at-alarm")).split("\n")[0]).toBe(
    '##vso[task.logissue type=error;sourcepath=main.tf;linenumber=57;columnnumber=1;code=no-alarm-on-metric]violated: aws-unauthorized-api-calls-alarm: aws_cloudwatch_metric_alarm.denied: no alarm watches metric "UnauthorizedAPICalls" in namespace "CISBenchmark"; help: set metric_name = "UnauthorizedAPICalls"',
  );
  expect(renderAzure(reportNamed("undecided"))).toMatch(/^##vso\[task\.logissue type=warning;/);
  expect(renderAzure(reportNamed("waived"))).not.toContain("##vso");
});

test("a hostile name is no command for Azure", () => {
  expect(renderAzure(reportNamed("hostile")).match(/##vso\[/g)).toHaveLength(1);
});

// Atlantis

/** How Atlantis judges a step's output, since 0.39 and before. */
const stopsNew = (output: string) =>
  /([1-9][0-9]* failure|failures": \[)/.test(output) || output.trim().startsWith("FAIL");
const stopsOld = (output: string) => output.toLowerCase().includes("fail");

test.each(Object.keys(REPORTS))("Atlantis stops %s exactly when tfcheck would", (name) => {
  const { findings } = reportNamed(name);
  const outcomes = findings.map(({ verdict, waiver }) => (waiver === undefined ? verdict : "waived"));
  for (const undecided of ["fail", "pass"] as const) {
    const output = renderAtlantis(reportNamed(name), { ...DEFAULT_OPTIONS, undecided });
    const stops = outcomes.includes("violated") || (undecided === "fail" && outcomes.includes("undecided"));
    expect(stopsNew(output)).toBe(stops);
    expect(stopsOld(output)).toBe(stops);
    expect(output.trim()).not.toBe("");
    expect(output).not.toContain("```");
  }
});

test("a name with the word in it does not stop a run where all is well", () => {
  const named = (outcome: "undecided" | "violated") => {
    const subject = place("aws_sns_topic.login_failures");
    const finding = stopped(outcome, "subscription", {
      code: "subscribers-outside-inputs",
      subject,
      evidence: [],
    });
    return report([
      { ...finding, control: { ...finding.control, id: "aws-console-authentication-failures-alarm" } },
    ]);
  };
  const passing = renderAtlantis(named("undecided"), { ...DEFAULT_OPTIONS, undecided: "pass" });
  expect(stopsOld(passing)).toBe(false);
  expect(passing).toContain("! WARN aws-console-authentication-f-ailures-alarm: ");
  expect(renderAtlantis(named("violated"), DEFAULT_OPTIONS)).toContain(
    "- FAIL aws-console-authentication-failures-alarm: ",
  );
});

test("Atlantis is told at most two hundred lines and how many there are beside", () => {
  const lines = renderAtlantis(many(300), DEFAULT_OPTIONS).split("\n");
  expect(lines.slice(-5)).toEqual([
    expect.anything(),
    "  and 400 lines more",
    "",
    "300 tests, 0 passed, 300 failures",
    "",
  ]);
  expect(lines).toHaveLength(204);
});
