// tfcheck against the reference model: on random small worlds both give the same verdict, and break at the same link,
// however the world is written down.

import { describe, expect, it } from "vitest";
import { findingOf, findingOfSources } from "../tools/check-plan.ts";
import { type ChainCase, chainCase, disagreement } from "./chain/cases.ts";
import { renderHcl } from "./chain/render-hcl.ts";
import { renderPlan, renderState } from "./chain/render-plan.ts";

const CASES = Array.from({ length: 150 }, (_, seed) => chainCase(seed));

type Answer = (one: ChainCase) => Promise<string | undefined>;

async function disagreements(cases: readonly ChainCase[], answer: Answer): Promise<readonly string[]> {
  const found: string[] = [];
  for (const one of cases) found.push(...[(await answer(one)) ?? []].flat());
  return found;
}

describe("the reference model and tfcheck agree", () => {
  it("over worlds of every kind", () => {
    const kinds = new Set(CASES.map(({ truth }) => truth.link ?? truth.verdict));
    expect([...kinds].toSorted()).toEqual(
      ["action", "alarm", "filter", "satisfied", "subscription", "trail", "undecided"].toSorted(),
    );
  });

  it("on plans", async () => {
    const found = await disagreements(CASES, async (one) => {
      const plan = JSON.stringify(renderPlan(one.blocks, one.world.fresh));
      return disagreement(one, await findingOf(plan), "plan alone");
    });
    expect(found).toEqual([]);
  });

  it("on plans with their code", async () => {
    const found = await disagreements(CASES.slice(0, 80), async (one) => {
      const plan = JSON.stringify(renderPlan(one.blocks, one.world.fresh));
      return disagreement(one, await findingOfSources(renderHcl(one.blocks), plan), "everything");
    });
    expect(found).toEqual([]);
  });

  it("on code alone", async () => {
    const made = CASES.filter(({ world }) => world.fresh).slice(0, 80);
    const found = await disagreements(made, async (one) =>
      disagreement(one, await findingOfSources(renderHcl(one.blocks)), "everything"),
    );
    expect(found).toEqual([]);
  });

  it("on objects that two stacks share out between them", async () => {
    const standing = CASES.filter(({ world }) => !world.fresh && world.made.length === 0).slice(0, 80);
    const found = await disagreements(standing, async (one) => {
      const [here, there] = [0, 1].map((stack) =>
        one.blocks.filter((_, at) => (at * 7 + one.seed) % 2 === stack),
      );
      const plan = renderPlan(one.blocks, false);
      const ours = new Set(here?.map(({ id }) => id));
      const changes = Array.isArray(plan.resource_changes) ? plan.resource_changes : [];
      const kept = changes.filter((_, at) => ours.has(one.blocks[at]?.id ?? ""));
      const { prior_state: _, configuration: __, ...rest } = plan;
      const text = JSON.stringify({ ...rest, resource_changes: kept });
      const state = JSON.stringify(renderState(there ?? [], one.blocks));
      return disagreement(one, await findingOf(text, [state]), "everything");
    });
    expect(found).toEqual([]);
  });
});
