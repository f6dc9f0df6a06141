import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { builtinAuditors, parseAuditors } from "../../../src/input/auditors.ts";
import { complaintsOf } from "../../../src/model/auditor.ts";
import { InputError } from "../../../src/model/problem.ts";

const AUDITORS = await parseAuditors(readFileSync("policies/auditors.yaml", "utf8"), "auditors.yaml");
const DENIED = "aws-unauthorized-api-calls-alarm";

function namesOf(control: string, ...patterns: string[]): readonly string[] {
  return complaintsOf(AUDITORS, control, patterns).map(({ auditor }) => auditor);
}

const ALL = AUDITORS.map(({ name }) => name);
const EXACT = ["Scout Suite", "MITRE CIS AWS Foundations profile"];

describe("auditors who read the text of a pattern that covers", () => {
  it.each([
    [
      "the text of 1.2 pleases all but the two that want what they do not name",
      DENIED,
      '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
      ["Powerpipe AWS Compliance", "CloudSploit"],
    ],
    [
      "the text of 5.0",
      DENIED,
      '{ ($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }',
      ["AWS Security Hub", "CloudSploit", ...EXACT],
    ],
    [
      "the two codes the other way round",
      DENIED,
      '{ ($.errorCode = "AccessDenied*") || ($.errorCode = "*UnauthorizedOperation") }',
      ALL,
    ],
    [
      "event names in another order please only those who look for each",
      "aws-kms-key-removal-alarm",
      "{ ($.eventSource = kms.amazonaws.com) && (($.eventName = ScheduleKeyDeletion) || ($.eventName = DisableKey)) }",
      ALL.filter((name) => name !== "Prowler"),
    ],
    [
      "Organizations without the calls that Prowler adds",
      "aws-organizations-changes-alarm",
      AUDITORS.find(({ name }) => name === "CloudSploit")
        ?.tests.filter(({ control }) => control === "aws-organizations-changes-alarm")
        .flatMap(({ find }) => ("texts" in find ? find.texts : []))
        .join("") ?? "",
      ["Prowler"],
    ],
    [
      "root usage as printed, which Trivy's slip keeps it from finding",
      "aws-root-usage-alarm",
      '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
      ["Trivy checks", "CloudSploit"],
    ],
    ["a control that nobody reads", "team-rule", "{ $.a = 1 }", []],
  ])("%s", (_, control, pattern, expected) => {
    expect(namesOf(control, pattern)).toEqual(expected);
  });

  it("one of several filters is enough", () => {
    const cis = '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }';
    expect(namesOf(DENIED, "{ $.a = 1 }", cis)).toEqual(namesOf(DENIED, cis));
  });

  it("a complaint names the missing part, the version and the source", () => {
    const pattern = "{ ($.eventSource = kms.amazonaws.com) && ($.eventName = DisableKey) }";
    const complaint = complaintsOf(AUDITORS, "aws-kms-key-removal-alarm", [pattern]).find(
      ({ auditor }) => auditor === "Prowler",
    );
    expect(complaint).toMatchObject({
      version: "5.40.0",
      wants: "\\$\\.eventName\\s*=\\s*.?ScheduleKeyDeletion\\b",
      source: expect.stringMatching(/^https:\/\//),
    });
  });

  it("answers at once on the longest pattern AWS takes", () => {
    const pattern = `{ ${"$.eventName = CreateTrail || ".repeat(40)}${" ".repeat(400)} }`;
    const start = performance.now();
    complaintsOf(AUDITORS, "aws-cloudtrail-changes-alarm", [pattern]);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it("comes back from the build as it was", () => {
    expect(builtinAuditors(JSON.stringify(AUDITORS))).toEqual(AUDITORS);
    expect(() => builtinAuditors("{}")).toThrow("build again");
  });

  it("a test of two kinds is refused at its line", async () => {
    const text = `auditors:
  - name: A
    version: "1"
    source: https://example.com
    tests:
      - control: x
        equals: [a]
        each: ['(']
`;
    const problems = await parseAuditors(text, "auditors.yaml").catch((error: unknown) =>
      error instanceof InputError ? error.problems.map(({ place, code }) => `${place} ${code}`) : [],
    );
    expect(problems).toEqual(["auditors.yaml:6:9 auditors-one-of", "auditors.yaml:8:16 auditors-expression"]);
  });
});
