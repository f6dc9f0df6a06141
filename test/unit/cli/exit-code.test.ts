import { describe, expect, it } from "vitest";
import { exitCodeOf } from "../../../src/cli/exit-code.ts";
import type { Finding, Report, Verdict } from "../../../src/model/finding.ts";

const WAIVER = { reason: "known", expires: "2999-12-31", place: ".tfcheck.yaml:1:1" };

function reportOf(...outcomes: readonly (Verdict | "waived")[]): Report {
  const findings = outcomes.map(
    (outcome): Finding => ({
      control: {
        id: "a-control",
        title: "",
        severity: "low",
        rationale: "",
        remediation: "",
        benchmark: undefined,
        sources: [],
      },
      verdict: outcome === "waived" ? "violated" : outcome,
      waiver: outcome === "waived" ? WAIVER : undefined,
      link: undefined,
      causes: [],
      chain: [],
      remarks: [],
      complaints: [],
      input: undefined,
    }),
  );
  return { tool: { name: "tfcheck", version: "0.0.0" }, inputs: [], findings, notes: [] };
}

describe("exit code", () => {
  it.each<[string, readonly (Verdict | "waived")[], number, number, number]>([
    // name, findings, as they are, with --undecided pass, with --soft-fail
    ["all satisfied", ["satisfied", "satisfied"], 0, 0, 0],
    ["one violated", ["satisfied", "violated"], 1, 1, 0],
    ["one undecided", ["satisfied", "undecided"], 3, 0, 0],
    ["violated outranks undecided", ["undecided", "violated"], 1, 1, 0],
    ["a waived one does not count", ["waived", "satisfied"], 0, 0, 0],
    ["a waived one hides no other", ["waived", "undecided"], 3, 0, 0],
  ])("%s", (_, outcomes, plain, passing, soft) => {
    const report = reportOf(...outcomes);
    expect(exitCodeOf(report, { undecided: "fail", softFail: false })).toBe(plain);
    expect(exitCodeOf(report, { undecided: "pass", softFail: false })).toBe(passing);
    expect(exitCodeOf(report, { undecided: "fail", softFail: true })).toBe(soft);
  });
});
