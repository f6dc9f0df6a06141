// What a plan means does not depend on how it is written down: the same verdict, link and causes.

import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { findingOf, reportOf } from "../tools/check-plan.ts";
import {
  diceOf,
  withBlanksInPatterns,
  withOtherKeyOrder,
  withOtherModuleNames,
  withOtherResourceOrder,
  wrappedInModule,
} from "../tools/plan-changes.ts";
import { SCENARIOS } from "../tools/scenarios.ts";

const DICE = diceOf(20261124);
const asJson = (plan: unknown) => JSON.stringify(plan);

function gist({ verdict, link, causes, chain }: Finding) {
  return { verdict, link, causes: causes.map(({ code }) => code), states: chain.map(({ state }) => state) };
}

describe.each<[string, (plan: JsonObject) => unknown]>([
  ["the order of keys", (plan) => withOtherKeyOrder(plan, DICE)],
  ["the order of resources", (plan) => withOtherResourceOrder(plan, DICE)],
  ["the names of modules", (plan) => withOtherModuleNames(plan)],
  ["a module around everything", (plan) => wrappedInModule(plan)],
  ["a module around a module around everything", (plan) => wrappedInModule(wrappedInModule(plan))],
  ["blanks in patterns", (plan) => withBlanksInPatterns(plan, DICE)],
  ["line breaks in the file", (plan) => plan],
])("the answer does not depend on %s", (name, change) => {
  it.each(SCENARIOS)(`$name with ${name} changed`, async ({ plan }) => {
    const [before, after] = [
      await findingOf(asJson(plan)),
      await findingOf(JSON.stringify(change(plan), null, 2)),
    ];
    expect(gist(after)).toEqual(gist(before));
  });
});

describe("the same plan", () => {
  it.each(SCENARIOS)("$name gives the same report twice", async ({ plan }) => {
    const [one, other] = [await reportOf(asJson(plan)), await reportOf(asJson(plan))];
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });
});
