// Events that some patterns match and others do not, under all of some readings: found among realistic events, or
// else made to order. Every event handed out has been confirmed by the matcher.

import { get, isObject, type Json, type JsonObject } from "../../model/json.ts";
import { comparisonsOf, type Pattern } from "./ast.ts";
import type { Outcome, Workshop } from "./automaton.ts";
import { buildEvent } from "./build-event.ts";
import { type Formula, formulaOf, negated, type Vocabulary } from "./formula.ts";
import { matches } from "./matches.ts";
import { DEFAULT_READING, type Reading } from "./readings.ts";
import { sampleEvents } from "./sample-events.ts";
import { type Demands, solve } from "./solve.ts";

/** A pattern that has to match, or must not: under a reading, or under some reading that all such wishes share. */
export interface Wish {
  readonly pattern: Pattern;
  readonly reading: Reading | "any";
  readonly matches: boolean;
}

export interface Witness {
  readonly event: Json;
  /** The reading that was found for wishes under "any". */
  readonly reading: Reading;
}

/** A short form of the first realistic event that grants every wish; "any" is taken as the default reading. */
export function findRealEvent(wishes: readonly Wish[]): Json | undefined {
  const real = sampleEvents().find((event) => granted(wishes, event, DEFAULT_READING));
  return real === undefined ? undefined : shortened(real, wishes);
}

/**
 * An event that grants every wish: a short one and, with `care`, as close to a real CloudTrail event as the wishes
 * allow. "none" is a proof that there is no such event; "gave-up": the steps were used up, or no event was confirmed.
 */
export function makeEvent(
  wishes: readonly Wish[],
  workshop: Workshop,
  care: "any" | "realistic" = "realistic",
): Outcome<Witness> {
  const vocabulary: Vocabulary = { atoms: new Map(), workshop };
  const formulas = wishes.map((wish): Formula => {
    const formula = formulaOf(wish.pattern, wish.reading, vocabulary);
    return wish.matches ? formula : negated(formula);
  });
  const samples = care === "any" ? sampleEvents().slice(0, 1) : sampleEvents();
  const enough = care === "any" ? 1 : MAX_MADE;
  const made: Made[] = [];
  const outcome = solve(formulas, workshop, (demands) => {
    const fits = ({ event }: Made): boolean => granted(wishes, event, demands.reading);
    const fitting = madeToOrder(demands, samples, workshop).find(fits);
    if (fitting === undefined) return "refused";
    made.push(fitting);
    return made.length < enough ? "accepted" : "enough";
  });
  const [best] = made.toSorted((a, b) => a.changes - b.changes);
  if (best === undefined) return outcome;
  return { found: { event: shortened(best.event, wishes, best.reading), reading: best.reading } };
}

function granted(wishes: readonly Wish[], event: Json, any: Reading): boolean {
  return wishes.every(({ pattern, reading, matches: wanted }) => {
    return matches(pattern, event, reading === "any" ? any : reading) === wanted;
  });
}

/** Without the fields that tell nothing here, where the short form grants the wishes as well. */
export function shortened(event: Json, wishes: readonly Wish[], any: Reading = DEFAULT_READING): Json {
  const short = shorten(event, wishes);
  return granted(wishes, short, any) ? short : event;
}

/** Among so many ways to grant the wishes the most realistic event is chosen. */
const MAX_MADE = 3;

interface Made extends Witness {
  /** Fields that differ from the realistic event it was made from. */
  readonly changes: number;
}

/** One event for each realistic one, those first that keep most of it. */
function madeToOrder(
  { constraints, absent, reading }: Demands,
  samples: readonly Json[],
  workshop: Workshop,
): readonly Made[] {
  const made: Made[] = [];
  for (const sample of samples) {
    const built = buildEvent(constraints, sample, { workshop, samples, absent });
    if (typeof built === "object") {
      made.push({ event: built.found, reading, changes: changesBetween(sample, built.found) });
    }
  }
  return made.toSorted((a, b) => a.changes - b.changes);
}

/** How many fields of objects differ, at any depth. */
function changesBetween(before: Json | undefined, after: Json | undefined): number {
  if (before === after) return 0;
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

/** Leaves out what neither tells the call nor is spoken of. */
function shorten(event: Json, wishes: readonly Wish[]): Json {
  const selectors = wishes.flatMap(({ pattern }) => comparisonsOf(pattern)).map(({ selector }) => selector);
  const spoken = selectors.map((selector) => {
    const end = selector.findIndex((step) => step.kind !== "name");
    const names = end < 0 ? selector : selector.slice(0, end);
    return names.flatMap((step) => (step.kind === "name" ? [step.name] : []));
  });
  return isObject(event) ? keep(event, [...ESSENTIAL, ...spoken]) : event;
}

function keep(value: JsonObject, paths: readonly (readonly string[])[]): JsonObject {
  const kept: [string, Json][] = [];
  for (const name of new Set(paths.flatMap((path) => path.slice(0, 1)))) {
    const inside = paths.filter(([first]) => first === name).map((path) => path.slice(1));
    const field = get(value, name);
    if (field === undefined) continue;
    const whole = !isObject(field) || inside.some((path) => path.length === 0);
    kept.push([name, whole ? field : keep(field, inside)]);
  }
  return Object.fromEntries(kept);
}
