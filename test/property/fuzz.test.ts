// A short run of every kind of fuzzed input; bench/fuzz/run.mjs makes the long ones. A run ends in an answer or in one
// clear refusal, says nothing that the reference model denies, and prints no secret.

import { describe, expect, it } from "vitest";
import { CANARY, searchSayings } from "../../bench/fuzz/canaries.ts";
import { KINDS } from "../../bench/fuzz/kinds.ts";
import { Leak } from "../../bench/fuzz/outcome.ts";
import { chainCase } from "./chain/cases.ts";
import { renderPlan } from "./chain/render-plan.ts";

/** Cases of each kind; whole runs take longer than single readers. */
const COUNTS: readonly (readonly [RegExp, number])[] = [
  [/^process/, 10],
  [/^(account|chain|knowledge|plan|state|code|secret)/, 25],
  [/./, 200],
];

describe("fuzzed inputs", () => {
  it.each(Object.entries(KINDS))("of the kind %s are answered or refused", async (name, run) => {
    const outcomes = new Set<string>();
    const count = COUNTS.find(([names]) => names.test(name))?.[1] ?? 0;
    for (let seed = 0; seed < count; seed += 1) outcomes.add(await run(seed));
    expect(outcomes.size).toBeGreaterThan(0);
  });
});

describe("the search for canaries", () => {
  it("finds one that nobody marked", async () => {
    const { blocks } = chainCase(0);
    const text = JSON.stringify(renderPlan(blocks, false)).replaceAll('"CIS"', `"${CANARY}"`);
    const subject = {
      plan: { label: "plan.json", bytes: new TextEncoder().encode(text) },
      sources: undefined,
    };
    await expect(searchSayings({ subject, others: [] })).rejects.toBeInstanceOf(Leak);
  });
});
