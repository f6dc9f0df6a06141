import { describe, expect, it } from "vitest";
import { isDate, parseConfig } from "../../../src/input/config.ts";
import { configCandidates } from "../../../src/input/config-files.ts";
import { InputError } from "../../../src/model/problem.ts";

const WHOLE = `controls: [aws-*-changes-alarm, CCE-79186-3]
benchmark: cis-aws-foundations@5.0.0
policies: [rules]
inputs:
  with: [../logging/plan.json]
  source: .
undecided: pass
accept-pending: true
delivery:
  topic-policy-shuts-cloudwatch-out: remark
  alarm-muted: violated
assumptions:
  - endpoint-confirmed: security@example.com
    reason: confirmed on the day of the audit
  - topic-has-subscriber: arn:aws:sns:eu-central-1:111122223333:pager
    reason: the pager team says so
  - log-group-fed: organization-trail
    reason: the organization's trail delivers there
waivers:
  - control: aws-root-usage-alarm
    address: module.legacy.*
    reason: moved next quarter
    expires: 2027-03-31
  - control: aws-vpc-*
    reason: nobody uses VPCs here
    expires: "2027-01-01"
`;

async function problemsOf(text: string): Promise<readonly string[]> {
  try {
    await parseConfig(text, ".tfcheck.yaml");
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ place, code, help = "" }) => `${place} ${code} ${help}`.trim());
  }
  return [];
}

describe("a configuration", () => {
  it("gives everything it may say", async () => {
    expect(await parseConfig(WHOLE, "team/.tfcheck.yaml")).toEqual({
      controls: ["aws-*-changes-alarm", "CCE-79186-3"],
      benchmark: "cis-aws-foundations@5.0.0",
      policies: ["rules"],
      inputs: { with: ["../logging/plan.json"], source: "." },
      undecided: "pass",
      acceptPending: true,
      delivery: new Map([
        ["topic-policy-shuts-cloudwatch-out", "remark"],
        ["alarm-muted", "violated"],
      ]),
      assumptions: [
        {
          kind: "endpoint-confirmed",
          endpoint: "security@example.com",
          reason: "confirmed on the day of the audit",
        },
        {
          kind: "topic-has-subscriber",
          topic: "arn:aws:sns:eu-central-1:111122223333:pager",
          reason: "the pager team says so",
        },
        {
          kind: "log-group-fed",
          logGroup: "organization-trail",
          reason: "the organization's trail delivers there",
        },
      ],
      waivers: [
        {
          control: "aws-root-usage-alarm",
          address: "module.legacy.*",
          reason: "moved next quarter",
          expires: "2027-03-31",
          place: "team/.tfcheck.yaml:20:5",
        },
        {
          control: "aws-vpc-*",
          address: undefined,
          reason: "nobody uses VPCs here",
          expires: "2027-01-01",
          place: "team/.tfcheck.yaml:24:5",
        },
      ],
    });
  });

  it.each([
    ["empty", ""],
    ["all comments", "# controls:\n#   - aws-root-usage-alarm\n\n"],
    ["an empty map", "{}"],
  ])("that is %s asks for nothing", async (_, text) => {
    expect(await parseConfig(text, ".tfcheck.yaml")).toEqual({
      controls: [],
      benchmark: undefined,
      policies: [],
      inputs: { with: [], source: undefined },
      undecided: undefined,
      acceptPending: undefined,
      delivery: new Map(),
      assumptions: [],
      waivers: [],
    });
  });

  it.each([
    ["a misspelt key", "contrls: [a]", '1:1 config-unknown-key write "controls"'],
    ["a misspelt key within", "inputs:\n  whit: [a]", '2:3 config-unknown-key write "with"'],
    ["a word that is none", "undecided: ignore", "1:12 config-unknown-outcome"],
    ["a flag in words", "accept-pending: please", "1:17 config-wrong-type"],
    [
      "a misspelt cause",
      "delivery:\n  topic-policy-shuts-cloudwatch-of: remark",
      '2:3 config-unknown-delivery-cause write "topic-policy-shuts-cloudwatch-out"',
    ],
    [
      "a cause that is not about delivery",
      "delivery:\n  no-alarm-on-metric: remark",
      "2:3 config-unknown-delivery-cause",
    ],
    [
      "a break that is neither",
      "delivery:\n  alarm-muted: remrk",
      '2:16 config-unknown-outcome write "remark"',
    ],
    ["a benchmark without a version", "benchmark: cis", "1:12 config-benchmark cis-aws-foundations@5.0.0"],
    ["one control without a list", "controls: aws-x", "1:11 config-wrong-type"],
    [
      "a waiver without an end",
      "waivers:\n  - control: a\n    reason: b",
      '2:5 config-missing-key add "expires": the last day it counts, as YYYY-MM-DD',
    ],
    [
      "a waiver without a reason",
      "waivers:\n  - control: a\n    expires: 2027-01-31",
      '2:5 config-missing-key add "reason": why the break is accepted',
    ],
    [
      "a day that does not exist",
      "waivers:\n  - control: a\n    reason: b\n    expires: 2027-02-30",
      "4:14 config-date",
    ],
    ["an assumption of no kind", "assumptions:\n  - reason: x", "2:5 config-one-of"],
    [
      "an assumption of two kinds",
      "assumptions:\n  - reason: x\n    endpoint-confirmed: a\n    log-group-fed: b",
      "2:5 config-one-of",
    ],
  ])("refuses %s", async (_, text, expected) => {
    expect(await problemsOf(text)).toEqual([`.tfcheck.yaml:${expected}`]);
  });

  it("tells all its problems at once", async () => {
    const text = "contrls: [a]\nundecided: no\nwaivers:\n  - control: a\n";
    expect(await problemsOf(text)).toHaveLength(4);
  });
});

it.each([
  ["2027-01-31", true],
  ["2028-02-29", true],
  ["2027-02-29", false],
  ["2027-13-01", false],
  ["2027-1-31", false],
  ["27-01-31", false],
  ["tomorrow", false],
])("the day %s: %s", (value, expected) => {
  expect(isDate(value)).toBe(expected);
});

it("a configuration is looked for from the directory up to the root, nearest first", () => {
  expect(configCandidates("/home/team/stack")).toEqual([
    {
      directory: "/home/team/stack",
      files: ["/home/team/stack/.tfcheck.yaml", "/home/team/stack/.tfcheck.yml"],
    },
    { directory: "/home/team", files: ["/home/team/.tfcheck.yaml", "/home/team/.tfcheck.yml"] },
    { directory: "/home", files: ["/home/.tfcheck.yaml", "/home/.tfcheck.yml"] },
    { directory: "/", files: ["/.tfcheck.yaml", "/.tfcheck.yml"] },
  ]);
});
