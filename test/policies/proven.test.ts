// What the build proves of published texts is what is found when it is asked.

import { describe, expect, it } from "vitest";
import { coverageOf, provenTexts, requirementOf, surelyMisses } from "../../src/evaluate/chain/coverage.ts";
import { readPolicyFiles } from "../tools/builtin.ts";

const POLICIES = (await readPolicyFiles())
  .map(({ policy }) => policy)
  .filter(({ check }) => check.kind === "log-pattern-alarm");

describe.each(POLICIES.map((policy) => [policy.id, policy] as const))("%s", (_, policy) => {
  const proven = provenTexts(policy);
  const texts = [...new Set(policy.benchmarks.flatMap(({ patterns }) => patterns))];
  const asked = [[...proven.keys()].slice(0, 1), ...policy.benchmarks.map(({ patterns }) => patterns)];

  it("is answered alike with and without", () => {
    for (const patterns of asked) {
      const control = { policy, benchmark: undefined, patterns };
      for (const text of [...texts, "{ $.eventName = NoSuchCall }", "", "{ broken"]) {
        const [found, known] = [control, { ...control, policy: { ...policy, proven } }].map((one) => ({
          coverage: coverageOf([text], requirementOf(one)),
          misses: surelyMisses([text], requirementOf(one)),
        }));
        expect(known?.coverage).toEqual(found?.coverage);
        // Without a proof, what certainly misses is told as well.
        if (found?.misses === true) expect(known?.misses).toBe(true);
      }
    }
  });

  it("has a text that counts what is asked", () => {
    const [own] = proven.values();
    expect(own?.size).toBeGreaterThan(0);
  });

  it("takes a proof for the text that it is of, and for nothing that is longer by a blank", () => {
    for (const [wanted, others] of proven) {
      const requirement = requirementOf({
        policy: { ...policy, proven },
        benchmark: undefined,
        patterns: [wanted],
      });
      for (const text of others) {
        expect(requirement.isProven(text)).toBe(true);
        expect(requirement.isProven(`${text} `)).toBe(false);
      }
    }
  });
});

it("nothing is proven of a policy without patterns", async () => {
  const other = (await readPolicyFiles()).find(({ policy }) => policy.check.kind !== "log-pattern-alarm");
  expect(other).toBeDefined();
  if (other !== undefined) expect(provenTexts(other.policy)).toEqual(new Map());
});
