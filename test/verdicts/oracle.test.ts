// docs/oracle.md: its numbers, and the scenarios it names, are what the scenarios hold.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SCENARIOS } from "../tools/scenarios.ts";

const PAGE = readFileSync("docs/oracle.md", "utf8");
const AUDITED = SCENARIOS.filter(({ expected }) => expected.audit_after_apply !== null);

function count(verdict: string, audit: string): number {
  return AUDITED.filter(({ expected: e }) => e.verdict === verdict && e.audit_after_apply === audit).length;
}

describe("agreement with the audit", () => {
  it.each(["satisfied", "violated", "undecided"])("is counted as it is where tfcheck says %s", (verdict) => {
    const [, pass, fail] = new RegExp(`^\\| ${verdict} +\\| (\\d+) +\\| (\\d+)`, "m").exec(PAGE) ?? [];
    expect([Number(pass), Number(fail)]).toEqual([count(verdict, "pass"), count(verdict, "fail")]);
  });

  it("is broken only where the page says so", () => {
    const agreeing = { satisfied: "pass", violated: "fail", undecided: "fail" };
    const differing = AUDITED.filter(
      ({ expected }) => agreeing[expected.verdict] !== expected.audit_after_apply,
    );
    const named = [...PAGE.matchAll(/\(([a-z0-9-]+(?:,\s+[a-z0-9-]+)*)\)/g)].flatMap(([, names = ""]) =>
      names.split(/,\s+/),
    );
    expect(named.toSorted()).toEqual(differing.map(({ name }) => name).toSorted());
  });
});
