// Kinds of cases that go through the whole program: plans, states, code, and chains with a known truth.

import type { Report } from "../../src/model/finding.ts";
import { isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { InputError } from "../../src/model/problem.ts";
import { FORMATS, render } from "../../src/report/index.ts";
import { DEFAULT_OPTIONS } from "../../src/report/render-options.ts";
import { type ChainCase, chainCase, disagreement } from "../../test/property/chain/cases.ts";
import { renderHcl } from "../../test/property/chain/render-hcl.ts";
import { renderPlan, renderState } from "../../test/property/chain/render-plan.ts";
import { findingOf, findingOfSources, reportOf, reportOfSources } from "../../test/tools/check-plan.ts";
import { type Dice, diceOf } from "../../test/tools/plan-changes.ts";
import { SCENARIOS } from "../../test/tools/scenarios.ts";
import { mutatedJson, mutatedText, pick } from "./mutate.ts";
import { type FuzzKind, outcomeOf, WrongAnswer } from "./outcome.ts";

async function agree(
  one: ChainCase,
  answer: () => ReturnType<typeof findingOf>,
  known: Known,
): Promise<"answered"> {
  const wrong = disagreement(one, await answer(), known);
  if (wrong !== undefined) throw new WrongAnswer(wrong);
  return "answered";
}

type Known = Parameters<typeof disagreement>[2];

/** A random world as a plan: the reference model's verdict and link. */
export const chainPlan: FuzzKind = (seed) => {
  const one = chainCase(seed);
  const text = JSON.stringify(renderPlan(one.blocks, one.world.fresh));
  return agree(one, () => findingOf(text), "plan alone");
};

/** A random world as code, with its plan or alone. */
export const chainCode: FuzzKind = (seed) => {
  const one = chainCase(seed);
  const plan = one.dice(2) === 0 || !one.world.fresh;
  const text = plan ? JSON.stringify(renderPlan(one.blocks, one.world.fresh)) : undefined;
  return agree(one, () => findingOfSources(renderHcl(one.blocks), text), "everything");
};

/** Every format of what a report may hold; one of them at random for speed. */
async function renderSome(report: Report, dice: Dice): Promise<void> {
  await render(report, pick(FORMATS, dice), {
    ...DEFAULT_OPTIONS,
    color: dice(2) === 0,
    unicode: dice(2) === 0,
    width: pick([0, 1, 20, 100, 1e9], dice),
    verbosity: pick(["quiet", "normal", "verbose"] as const, dice),
  });
}

function plainPlan(seed: number, dice: Dice): JsonObject {
  if (dice(2) === 0) return pick(SCENARIOS, dice).plan;
  const { blocks, world } = chainCase(seed);
  return renderPlan(blocks, world.fresh);
}

function mutatedTimes(json: Json, dice: Dice): Json {
  let changed = json;
  for (let count = dice(4); count >= 0; count -= 1) changed = mutatedJson(changed, dice);
  return changed;
}

/** A plan with odd things in it, or its text with odd pieces. */
export const plan: FuzzKind = (seed) => {
  const dice = diceOf(seed);
  const { planned_values: _, ...json } = plainPlan(seed, dice);
  const text = JSON.stringify(mutatedTimes(json, dice));
  const written = dice(4) === 0 ? mutatedText(text, dice) : text;
  return outcomeOf(async () => renderSome(await reportOf(written), dice));
};

/** The state of another stack with odd things in it, beside a plan. */
export const state: FuzzKind = (seed) => {
  const dice = diceOf(seed);
  const { blocks } = chainCase(seed);
  const shown = renderState(blocks);
  const text = JSON.stringify(mutatedTimes(dice(3) === 0 ? rawState(shown) : shown, dice));
  const written = dice(4) === 0 ? mutatedText(text, dice) : text;
  return outcomeOf(async () => renderSome(await reportOf(EMPTY_PLAN, [written]), dice));
};

const EMPTY_PLAN = JSON.stringify({
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: { root_module: {} },
  resource_changes: [],
  configuration: { root_module: {} },
});

/** The form in which Terraform stores a state. */
function rawState(shown: JsonObject): JsonObject {
  const values = isObject(shown.values) ? shown.values : {};
  const root = isObject(values.root_module) ? values.root_module : {};
  const resources = Array.isArray(root.resources) ? root.resources : [];
  return {
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "00000000-0000-0000-0000-000000000000",
    outputs: {},
    resources: resources.filter(isObject).map(({ mode, type, name, index, values: attributes }) => ({
      mode: mode ?? "managed",
      type: type ?? "",
      name: name ?? "",
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        {
          schema_version: 0,
          attributes: attributes ?? {},
          ...(index === undefined ? {} : { index_key: index }),
        },
      ],
    })),
  };
}

/** Code with odd pieces, alone or beside its plan. */
export const code: FuzzKind = (seed) => {
  const dice = diceOf(seed);
  const { blocks, world } = chainCase(seed);
  const files = new Map(renderHcl(blocks));
  for (let count = dice(3); count >= 0; count -= 1) {
    const path = pick([...files.keys()], dice);
    files.set(path, mutatedText(files.get(path) ?? "", dice));
  }
  const beside = dice(3) === 0 ? JSON.stringify(renderPlan(blocks, world.fresh)) : undefined;
  return outcomeOf(async () => renderSome(await reportOfSources(files, beside), dice));
};

/** Making one value unknown never turns a verdict round. */
export const knowledge: FuzzKind = async (seed) => {
  const { blocks, world, truth, dice } = chainCase(seed);
  const { planned_values: _, ...json } = renderPlan(blocks, world.fresh);
  const changes = Array.isArray(json.resource_changes) ? [...json.resource_changes] : [];
  for (let count = dice(3); count >= 0 && changes.length > 0; count -= 1) {
    const at = dice(changes.length);
    changes[at] = withLess(changes[at] ?? null, dice);
  }
  try {
    const finding = await findingOf(JSON.stringify({ ...json, resource_changes: changes }));
    if (finding.verdict === "undecided" || finding.verdict === truth.verdict) return "answered";
    throw new WrongAnswer(`${seed}: ${truth.verdict}, and ${finding.verdict} when less is known`);
  } catch (error) {
    if (error instanceof InputError) throw new WrongAnswer(`${seed}: refused when less is known`);
    throw error;
  }
};

function withLess(entry: Json, dice: Dice): Json {
  if (!isObject(entry) || !isObject(entry.change) || !isObject(entry.change.after)) return entry;
  const { change } = entry;
  const names = Object.keys(entry.change.after).filter((name) => name !== "id");
  const name = pick(names, dice);
  const after = Object.fromEntries(Object.entries(entry.change.after).filter(([own]) => own !== name));
  const unknown = isObject(change.after_unknown) ? change.after_unknown : {};
  return { ...entry, change: { ...change, after, after_unknown: { ...unknown, [name]: true } } };
}
