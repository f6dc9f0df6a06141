// Events that some patterns match and others do not, under all of some readings: found among realistic events, or
// else made to order. Every event handed out has been confirmed by the matcher.

import { get, isObject, type Json, type JsonObject } from "../../model/json.ts";
import { comparisonsOf, type Pattern } from "./ast.ts";
import type { Outcome, Workshop } from "./automaton.ts";
import { buildEvent } from "./build-event.ts";
import { type Atoms, type Formula, formulaOf, negated } from "./formula.ts";
import { matches } from "./matches.ts";
import type { Reading } from "./readings.ts";
import { sampleEvents } from "./sample-events.ts";
import { type Demands, solve } from "./solve.ts";

/** A pattern that has to match, or must not, under a reading. */
export interface Wish {
  readonly pattern: Pattern;
  readonly reading: Reading;
  readonly matches: boolean;
}

/**
 * An event that grants every wish: a short one, as close to a real CloudTrail event as the wishes allow.
 * "none" is a proof that there is no such event; "gave-up" when the steps were used up or no event was confirmed.
 */
export function findEvent(wishes: readonly Wish[], workshop: Workshop): Outcome<Json> {
  const granted = (event: Json): boolean =>
    wishes.every((wish) => matches(wish.pattern, event, wish.reading) === wish.matches);
  const samples = sampleEvents();
  const shorten = shortening(wishes);
  const short = samples.map(shorten);
  const real = samples.findIndex(granted);
  if (real >= 0)
    return { found: [short[real], samples[real]].find((event) => granted(event ?? null)) ?? null };
  const atoms: Atoms = new Map();
  const formulas = wishes.map((wish): Formula => {
    const formula = formulaOf(wish.pattern, wish.reading, atoms, workshop);
    return wish.matches ? formula : negated(formula);
  });
  const accept = (demands: Demands): Json | undefined =>
    madeToOrder(demands, short, samples, workshop).find(granted);
  return solve(formulas, workshop, accept);
}

/** One event for each sample, those first that keep most of their sample. */
function madeToOrder(
  { constraints, absent }: Demands,
  hints: readonly Json[],
  samples: readonly Json[],
  workshop: Workshop,
): readonly Json[] {
  const made: { readonly event: Json; readonly changes: number }[] = [];
  for (const hint of hints) {
    const built = buildEvent(constraints, hint, { workshop, samples, absent });
    if (typeof built === "object")
      made.push({ event: built.found, changes: changesBetween(hint, built.found) });
  }
  return made.toSorted((a, b) => a.changes - b.changes).map(({ event }) => event);
}

/** How many fields of objects differ, at any depth. */
function changesBetween(before: Json | undefined, after: Json | undefined): number {
  if (!isObject(before) || !isObject(after)) return JSON.stringify(before) === JSON.stringify(after) ? 0 : 1;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].reduce((sum, name) => sum + changesBetween(get(before, name), get(after, name)), 0);
}

/** What tells a call: who did what, from where, and with which answer. */
const ESSENTIAL: readonly (readonly string[])[] = [
  ["eventSource"],
  ["eventName"],
  ["errorCode"],
  ["sourceIPAddress"],
  ["userIdentity", "type"],
  ["userIdentity", "arn"],
  ["userIdentity", "invokedBy"],
];

/** Leaves out what neither tells the call nor is spoken of; nothing where patterns look at whole events. */
function shortening(wishes: readonly Wish[]): (event: JsonObject) => JsonObject {
  const patterns = wishes.map(({ pattern }) => pattern);
  const selectors = patterns.flatMap(comparisonsOf).map(({ selector }) => selector);
  const spoken = selectors.map((selector) => {
    const end = selector.findIndex((step) => step.kind !== "name");
    const names = end < 0 ? selector : selector.slice(0, end);
    return names.flatMap((step) => (step.kind === "name" ? [step.name] : []));
  });
  const whole = patterns.some(({ form }) => form === "terms") || spoken.some((path) => path.length === 0);
  return whole ? (event) => event : (event) => keep(event, [...ESSENTIAL, ...spoken]);
}

function keep(value: JsonObject, paths: readonly (readonly string[])[]): JsonObject {
  const kept: [string, Json][] = [];
  for (const name of new Set(paths.map(([first = ""]) => first))) {
    const inside = paths.filter(([first]) => first === name).map((path) => path.slice(1));
    const field = get(value, name);
    if (field === undefined) continue;
    const whole = !isObject(field) || inside.some((path) => path.length === 0);
    kept.push([name, whole ? field : keep(field, inside)]);
  }
  return Object.fromEntries(kept);
}
