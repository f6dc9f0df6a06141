// Whether patterns together count every event that another pattern counts; with an event as proof when they do not.
// Decided by asking for an event that is counted by the one and not by the others.

import type { Json } from "../../model/json.ts";
import type { Pattern } from "./ast.ts";
import { openWorkshop } from "./automaton.ts";
import { DEFAULT_READING, differences, type Question, type Reading, readingsFor } from "./readings.ts";
import { findEvent, type Wish } from "./witness.ts";

/**
 * - "yes" and "no" are proofs; a "no" carries an event that `required` matches and none of `actual` does.
 * - `reading` is one under which that is so; `departsFrom` names its answers that are not the default ones. When
 *   there are any, the patterns do cover under the default reading, and the safe reading decided.
 * - `everywhere`: the event slips through under every reading that makes a difference.
 * - "maybe": the patterns are beyond the work allowed, or no event found could be confirmed.
 */
export type Coverage =
  | { readonly answer: "yes" }
  | {
      readonly answer: "no";
      readonly event: Json;
      readonly reading: Reading;
      readonly departsFrom: readonly Question[];
      readonly everywhere: boolean;
    }
  | { readonly answer: "maybe"; readonly why: "too-complex" | "not-confirmed" };

export interface CoverageOptions {
  /** Work allowed, in small steps; the default keeps a hostile pattern well under a second. */
  readonly steps?: number;
}

export const DEFAULT_STEPS = 400_000;

/**
 * Whether every event matched by `required` is matched by at least one of `actual`, always under the same reading of
 * both. Covered means covered under every reading (readings.ts): where AWS does not document a rule, the safe
 * reading decides.
 * Cost: small for patterns as people write them; bounded by `steps` otherwise.
 */
export function covers(
  actual: readonly Pattern[],
  required: Pattern,
  options: CoverageOptions = {},
): Coverage {
  const workshop = openWorkshop(options.steps ?? DEFAULT_STEPS);
  const readings = readingsFor([...actual, required]);
  const missedUnder = (chosen: readonly Reading[]) =>
    findEvent(
      chosen.flatMap((reading) => missed(actual, required, reading)),
      workshop,
    );
  // An event that slips through whatever AWS does is the best evidence.
  const everywhere = missedUnder(readings);
  if (typeof everywhere === "object") {
    const event = everywhere.found;
    return { answer: "no", event, reading: DEFAULT_READING, departsFrom: [], everywhere: true };
  }
  let gaveUp = readings.length === 1 && everywhere === "gave-up";
  for (const reading of readings.length > 1 ? readings : []) {
    const found = missedUnder([reading]);
    if (typeof found === "object") {
      const departsFrom = differences(reading, DEFAULT_READING);
      return { answer: "no", event: found.found, reading, departsFrom, everywhere: false };
    }
    if (found === "gave-up") gaveUp = true;
  }
  if (!gaveUp) return { answer: "yes" };
  return { answer: "maybe", why: workshop.steps < 0 ? "too-complex" : "not-confirmed" };
}

function missed(actual: readonly Pattern[], required: Pattern, reading: Reading): readonly Wish[] {
  const unmatched = actual.map((pattern): Wish => ({ pattern, reading, matches: false }));
  return [{ pattern: required, reading, matches: true }, ...unmatched];
}
