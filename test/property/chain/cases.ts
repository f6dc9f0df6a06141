// Random chains with a known truth, by seed: the world, its blocks, and what the reference model says of it.

import { type Finding, LINKS, type Link } from "../../../src/model/finding.ts";
import { judge, type ReferenceAnswer } from "../../reference/evaluate.ts";
import { isMade, type SmallWorld } from "../../reference/small-world.ts";
import { type Dice, diceOf } from "../../tools/plan-changes.ts";
import { blocksOf } from "./blocks.ts";
import type { Argument, Block } from "./placing.ts";
import { randomWorld } from "./random-world.ts";

export interface ChainCase {
  readonly seed: number;
  readonly world: SmallWorld;
  readonly blocks: readonly Block[];
  readonly truth: ReferenceAnswer;
  /** For what else the case is changed by. */
  readonly dice: Dice;
}

/** Worlds that hold and worlds that break come about as often. */
export function chainCase(seed: number): ChainCase {
  const dice = diceOf(seed);
  const world = randomWorld(dice, { spoilt: [3, 8, 15][seed % 3] ?? 8, most: 3 });
  const layout = { modules: seed % 2 === 1, keys: seed % 3 === 1, literals: seed % 5 === 1 };
  return { seed, world, blocks: blocksOf(world, dice, layout), truth: judge(world), dice };
}

/**
 * What is wrong about an answer; `undefined` for none. Where only the plan's JSON is given, two things may be open that
 * the world tells (docs/limits.md): an alarm whose actions name several topics that do not exist yet may call any of
 * them, and a text that is put together from what apply brings is not known.
 */
export function disagreement(
  { seed, world, blocks, truth }: ChainCase,
  { verdict, link, causes }: Finding,
  known: "plan alone" | "everything",
): string | undefined {
  const agrees = verdict === truth.verdict && (verdict !== "violated" || link === truth.link);
  const open = known === "plan alone" && (namesSeveralTopics(world) || hasTextOfApply(world, blocks));
  if (agrees || (open && (verdict === "undecided" || breaksLater(link, truth)))) return undefined;
  const told = causes.map(({ code, subject }) => `${code} ${subject?.address}`).join(", ");
  return `${seed}: ${truth.verdict} ${truth.link ?? ""} by the model, ${verdict} ${link ?? ""} by tfcheck (${told})`;
}

/** What is not known may hold, and then the chain gets further before it breaks. */
function breaksLater(link: Link | undefined, truth: ReferenceAnswer): boolean {
  if (link === undefined || truth.link === undefined) return false;
  return LINKS.indexOf(link) > LINKS.indexOf(truth.link);
}

function namesSeveralTopics(world: SmallWorld): boolean {
  return [...world.alarms, ...world.composites].some(
    ({ actions }) =>
      actions.length > 1 && actions.some((action) => "topic" in action && isMade(world, action.topic)),
  );
}

function hasTextOfApply(world: SmallWorld, blocks: readonly Block[]): boolean {
  return blocks.some(
    ({ args: { policy, statement } }) => isPutTogether(world, policy) || isPutTogether(world, statement),
  );
}

/** Text with something of apply and something else in it, here or in the blocks of a policy. */
function isPutTogether(world: SmallWorld, argument: Argument | undefined): boolean {
  switch (argument?.kind) {
    case "text":
      return (
        argument.parts.length > 1 &&
        argument.parts.some((part) => typeof part !== "string" && isMade(world, part.to))
      );
    case "list":
      return argument.of.some((one) => isPutTogether(world, one));
    case "blocks":
      return argument.of.some((one) => Object.values(one).some((inner) => isPutTogether(world, inner)));
    default:
      return false;
  }
}
