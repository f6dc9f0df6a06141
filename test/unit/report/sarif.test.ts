import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import type { Place, Report } from "../../../src/model/finding.ts";
import { renderSarif } from "../../../src/report/sarif.ts";
import { place, stopped } from "../../report/build.ts";
import { REPORTS } from "../../report/reports.ts";

const SCHEMA_FILE = createRequire(import.meta.url).resolve(
  "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
);
// The official schema is draft 4, of which it uses nothing that later drafts read otherwise but `id`.
const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(SCHEMA_FILE, "utf8"));
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations?: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region: object;
      };
    },
  ];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
  readonly results: readonly SarifResult[];
}

interface Rule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string };
}

function runOf(report: Report | undefined): Run {
  if (report === undefined) throw new Error("no such report");
  const log = JSON.parse(renderSarif(report));
  expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
  const [run] = log.runs;
  return run;
}

/** One violated control about one object of one input. */
function about(subject: Place, label = "plan.json"): Report {
  const cause = { code: "no-subscription", subject, evidence: [] } as const;
  const finding = { ...stopped("violated", "subscription", cause), chain: [] };
  const [input] = REPORTS.satisfied?.inputs ?? [];
  if (input === undefined) throw new Error("no input");
  return {
    tool: { name: "tfcheck", version: "1.2.3" },
    inputs: [{ ...input, label }],
    findings: [finding],
    notes: [],
  };
}

test.each(Object.entries(REPORTS))("%s fits the official schema and GitHub's demands", (_, report) => {
  const { tool, results } = runOf(report);
  for (const rule of tool.driver.rules) {
    expect(rule.shortDescription.text).not.toBe("");
    expect(rule.fullDescription.text).not.toBe("");
    expect(rule.help.text).not.toBe("");
  }
  for (const result of results) {
    expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(result.message.text).not.toMatch(/\]\(/);
    expect(result.locations?.[0].physicalLocation.artifactLocation.uri).toMatch(/^(?!\.\/)[^\s<>"\\]+$/);
    expect(result.partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{16}:\d+$/);
  }
});

test("violated is an error, undecided a note, and waived is not there", () => {
  expect(runOf(REPORTS["violated-at-alarm"]).results.map(({ level }) => level)).toEqual(["error"]);
  expect(runOf(REPORTS.undecided).results.map(({ level }) => level)).toEqual(["note"]);
  expect(runOf(REPORTS.waived).results).toEqual([]);
  expect(runOf(REPORTS.satisfied).results).toEqual([]);
});

test.each<[string, Place, string, string | undefined, object | undefined]>([
  [
    "code",
    place("aws_sns_topic.a", 7, "infra/a b#.tf"),
    "plan.json",
    "infra/a%20b%23.tf",
    { startLine: 7, startColumn: 1, endLine: 7 },
  ],
  [
    "no code: the plan",
    { ...place("aws_sns_topic.a"), input: "./out\\plan.json" },
    "x",
    "out/plan.json",
    { startLine: 1 },
  ],
  [
    "an absolute plan",
    { ...place("aws_sns_topic.a"), input: "/ci/plan.json" },
    "x",
    "file:///ci/plan.json",
    { startLine: 1 },
  ],
  [
    "a plan on a drive",
    { ...place("aws_sns_topic.a"), input: "C:\\ci\\plan.json" },
    "x",
    "file:///C:/ci/plan.json",
    { startLine: 1 },
  ],
  [
    "an object outside",
    { address: "arn:aws:sns:x", location: undefined, input: undefined },
    "plan.json",
    "plan.json",
    { startLine: 1 },
  ],
  ["a plan from a pipe", { ...place("aws_sns_topic.a"), input: "-" }, "-", undefined, undefined],
])("the location is real: %s", (_, subject, label, uri, region) => {
  const [result] = runOf(about(subject, label)).results;
  const physical = result?.locations?.[0].physicalLocation;
  expect(physical?.artifactLocation.uri).toBe(uri);
  expect(physical?.region).toEqual(region);
});

test("an alert survives when its lines move, and two causes of one object stay two alerts", () => {
  const hashes = (report: Report | undefined) =>
    runOf(report).results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
  expect(hashes(about(place("aws_sns_topic.a", 7)))).toEqual(
    hashes(about(place("aws_sns_topic.a", 70, "b.tf"))),
  );
  expect(hashes(about(place("aws_sns_topic.a", 7)))).not.toEqual(hashes(about(place("aws_sns_topic.b", 7))));
  expect(new Set(hashes(REPORTS["violated-at-trail"])).size).toBe(2);
  expect(new Set(hashes(REPORTS["one-trail-breaks-all"])).size).toBe(30);
});
