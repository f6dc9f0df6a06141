// Every scenario through the whole path, against expectations written by hand from its sources.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Cause } from "../../src/model/finding.ts";
import { findingOf } from "../tools/check-plan.ts";
import { strangeEvidence } from "../tools/known-attributes.ts";
import { SCENARIOS } from "../tools/scenarios.ts";

describe("scenarios, by plan JSON alone", () => {
  const decided = SCENARIOS.filter(({ expected }) => expected.plan_alone === undefined);

  it.each(decided)(
    "$name: the verdict, the link and what a person would want named",
    async ({ folder, expected }) => {
      const finding = await findingOf(readFileSync(`${folder}/plan.json`));
      expect(strangeEvidence(finding)).toEqual([]);
      const causes = finding.causes.map((cause, position) => told(cause, expected.causes[position]));
      expect({ verdict: finding.verdict, link: finding.link ?? null, causes }).toEqual({
        verdict: expected.verdict,
        link: expected.link,
        causes: expected.causes,
      });
    },
  );

  const open = SCENARIOS.filter(({ expected }) => expected.plan_alone !== undefined);

  it.each(open)("$name: undecided, for only the sources tell", async ({ folder, expected }) => {
    const finding = await findingOf(readFileSync(`${folder}/plan.json`));
    expect(finding.verdict).toBe(expected.plan_alone);
  });

  it("leaves at most four scenarios open that sources decide, each named among the limits", () => {
    const limits = readFileSync("docs/limits.md", "utf8");
    expect(open.length).toBeLessThanOrEqual(4);
    expect(open.map(({ name }) => name).filter((name) => !limits.includes(name))).toEqual([]);
  });
});

/** A cause as `expected.json` writes it: code, address, and whatever details the expectation names. */
function told(cause: Cause, expected: object | undefined): object {
  const details = Object.entries(cause).filter(
    ([key]) => expected !== undefined && Object.hasOwn(expected, key),
  );
  return { code: cause.code, address: cause.subject?.address ?? null, ...Object.fromEntries(details) };
}
