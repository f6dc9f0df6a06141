// Plans of published modules, judged by hand. They are not part of the repository: TFCHECK_REAL_PLANS names their
// folder, `../shared/corpus/real` by default, and without it this file has nothing to do.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findingOf } from "../tools/check-plan.ts";

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
    const expected: Record<string, { verdict: string }> = present
      ? JSON.parse(readFileSync(`${ROOT}/expected.json`, "utf8"))
      : {};

    it.each(Object.entries(expected))("%s is not contradicted", async (name, { verdict }) => {
      const finding = await findingOf(readFileSync(`${ROOT}/${name}`));
      expect(READINGS[verdict]).toContain(finding.verdict);
    });
  },
);
