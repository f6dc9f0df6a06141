// The verdicts of all scenarios from their code: alone, and beside the plan.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluate } from "../../../../src/evaluate/evaluate.ts";
import { parsePlan } from "../../../../src/input/plan.ts";
import { parsePolicy } from "../../../../src/input/policy.ts";
import { selectControls } from "../../../../src/input/select-controls.ts";
import type { Graph } from "../../../../src/model/graph.ts";
import { buildGraph } from "../../../tools/build-graph.ts";
import { type Expected, SCENARIOS } from "../../../tools/scenarios.ts";
import { filesBelow, graphOf, sourcesOf } from "./support.ts";

const FILE = "policies/aws/aws-unauthorized-api-calls-alarm.yaml";
const CONTROLS = selectControls([await parsePolicy(readFileSync(FILE, "utf8"), FILE)], {
  benchmark: undefined,
  controls: [],
});

function answerOf(graph: Graph): object {
  const { findings } = evaluate({
    graph,
    controls: CONTROLS,
    assumptions: [],
    waivers: [],
    today: "2026-01-01",
    acceptPending: false,
  });
  const [finding] = findings;
  const causes = finding?.causes.map((cause) => [cause.code, cause.subject?.address ?? null]);
  return { verdict: finding?.verdict, link: finding?.link ?? null, causes };
}

function wantedOf(expected: Expected): object {
  const causes = expected.causes.map((cause) => [cause.code, cause.address]);
  return { verdict: expected.verdict, link: expected.link, causes };
}

/** What an earlier apply or an argument of the plan decides is not in the code. */
const NOT_IN_CODE = new Set(["destroy-everything", "trail-destroyed"]);

describe("code alone", () => {
  const scenarios = SCENARIOS.filter(({ name }) => !NOT_IN_CODE.has(name));

  it.each(scenarios)("$name: verdict and causes", async ({ folder, expected }) => {
    expect(answerOf(await graphOf(filesBelow(`${folder}/src`)))).toEqual(wantedOf(expected));
  });
});

describe("a plan beside its code", () => {
  it.each(SCENARIOS)("$name: verdict and causes, with places", async ({ folder, expected }) => {
    const document = parsePlan(readFileSync(`${folder}/plan.json`, "utf8"), "plan.json");
    const sources = await sourcesOf(filesBelow(`${folder}/src`));
    const graph = buildGraph([
      { document, sha256: undefined, sources: sources.forPlan, locate: sources.locate },
    ]);
    expect(answerOf(graph)).toEqual(wantedOf(expected));
    expect(graph.everything().filter((instance) => instance.location === undefined)).toEqual([]);
    expect(document.configuration && sources.missing(document.configuration)).toEqual([]);
  });
});
