// Plans of published modules, judged by hand. They are not part of the repository: TFCHECK_REAL_PLANS names their
// folder, `../shared/corpus/real` by default, and without it this file has nothing to do.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check.ts";
import { CONTROL_INPUT, findingOf } from "../tools/check-plan.ts";

const ROOT = process.env.TFCHECK_REAL_PLANS ?? "../shared/corpus/real";
const present = existsSync(`${ROOT}/expected.json`);

/** `PASS*`: everything holds but the confirmation of an e-mail subscription. */
const READINGS: Readonly<Record<string, readonly string[]>> = {
  satisfied: ["satisfied", "undecided"],
  violated: ["violated", "undecided"],
  undecided: ["undecided"],
};

describe.skipIf(!present)(
  `published modules${present ? "" : ": the folder of their plans is not here"}`,
  () => {
    const expected: Record<string, { verdict: string; with_accept_pending?: string }> = present
      ? JSON.parse(readFileSync(`${ROOT}/expected.json`, "utf8"))
      : {};

    it.each(Object.entries(expected))("%s is not contradicted", async (name, { verdict }) => {
      const finding = await findingOf(readFileSync(`${ROOT}/${name}`));
      expect(READINGS[verdict]).toContain(finding.verdict);
    });

    const pending = Object.entries(expected).flatMap(([name, { with_accept_pending: verdict }]) =>
      verdict === undefined ? [] : [{ name, verdict }],
    );
    it.each(pending)("$name is not contradicted, once confirmed", async ({ name, verdict }) => {
      const plan = { label: name, bytes: readFileSync(`${ROOT}/${name}`) };
      const subject = { plan, sources: undefined };
      const { findings } = await check({ ...CONTROL_INPUT, acceptPending: true, subject, others: [] });
      expect(READINGS[verdict]).toContain(findings[0]?.verdict);
    });
  },
);
