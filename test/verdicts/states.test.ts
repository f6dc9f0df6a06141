// A state in place of its plan: applied scenarios have the verdict that their plan promised.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findingOf, reportOf } from "../tools/check-plan.ts";
import { type Expected, SCENARIOS } from "../tools/scenarios.ts";

/** Where the state says something else than the plan; each stands in docs/several-stacks.md. */
const EXCEPTIONS: Readonly<Record<string, { readonly verdict: string; readonly because: string }>> = {
  "alarm-in-another-region": {
    verdict: "undecided",
    because: "the state does not say in which of two regions a metric filter is",
  },
  "destroy-everything": { verdict: "undecided", because: "the state after apply is empty" },
  "subscription-email-new": {
    verdict: "satisfied",
    because: "in the state somebody has confirmed the e-mail; the plan cannot know that",
  },
};

interface Applied {
  readonly name: string;
  readonly state: string;
  readonly expected: Expected;
}

const HERE: readonly Applied[] = SCENARIOS.map(({ name, folder, expected }) => ({
  name,
  state: `${folder}/state.json`,
  expected,
}));

/** A collection of scenarios that lies beside the repository on some machines. */
const CORPUS = "corpus/scenarios";
const BESIDE: readonly Applied[] = !existsSync(CORPUS)
  ? []
  : readdirSync(CORPUS).map((name) => ({
      name: `corpus ${name}`,
      state: `${CORPUS}/${name}/state.json`,
      expected: JSON.parse(readFileSync(`${CORPUS}/${name}/expected.json`, "utf8")),
    }));

const APPLIED = [...HERE, ...BESIDE].filter(({ state }) => existsSync(state));
const exceptionOf = (name: string) => EXCEPTIONS[name.replace(/^corpus /, "")];

describe("scenarios, by the state after apply alone", () => {
  it.each(APPLIED.filter(({ name }) => exceptionOf(name) === undefined))(
    "$name: as its plan",
    async ({ state, expected }) => {
      const { verdict, link } = await findingOf(readFileSync(state));
      expect({ verdict, link: link ?? null }).toEqual({ verdict: expected.verdict, link: expected.link });
    },
  );

  it.each(APPLIED.filter(({ name }) => exceptionOf(name) !== undefined))(
    "$name: another verdict, for a reason",
    async ({ name, state, expected }) => {
      const { verdict } = await findingOf(readFileSync(state));
      expect(verdict).toBe(exceptionOf(name)?.verdict);
      expect(verdict).not.toBe(expected.verdict);
    },
  );

  it("stands for nearly all scenarios, and the docs name the others", () => {
    expect(HERE.filter(({ state }) => existsSync(state)).length).toBeGreaterThanOrEqual(60);
    const docs = readFileSync("docs/several-stacks.md", "utf8");
    expect(Object.keys(EXCEPTIONS).filter((name) => !docs.includes(name))).toEqual([]);
  });

  it("says that a state tells what is, not what an apply will change", async () => {
    const { notes } = await reportOf(readFileSync("test/scenarios/flat-direct-references/state.json"));
    expect(notes.map(({ code }) => code)).toContain("state-is-checked");
  });
});
