// Whether patterns together count every event that another pattern counts; with an event as proof when they do not.
// Decided by asking for an event that is counted by the one and not by the others.

import type { Json } from "../../model/json.ts";
import type { Pattern } from "./ast.ts";
import { openWorkshop } from "./automaton.ts";
import { matches } from "./matches.ts";
import { DEFAULT_READING, differences, type Question, type Reading, readingsFor } from "./readings.ts";
import { findRealEvent, makeEvent, type Wish } from "./witness.ts";

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

export const DEFAULT_STEPS = 200_000;

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
  const readings = readingsFor([...actual, required]);
  const missedUnder = (chosen: readonly (Reading | "any")[]): readonly Wish[] =>
    chosen.flatMap((reading) => missed(actual, required, reading));
  const slipsThrough = (event: Json, reading: Reading): boolean =>
    matches(required, event, reading) && !actual.some((pattern) => matches(pattern, event, reading));
  const real = findRealEvent(missedUnder(readings));
  if (real !== undefined) return missing(real, DEFAULT_READING, true);
  const workshop = openWorkshop(options.steps ?? DEFAULT_STEPS);
  const probe = makeEvent(missedUnder(["any"]), workshop, "any");
  if (probe === "none") return { answer: "yes" };
  // The default reading and its opposite together: such an event slips through whatever AWS does.
  const opposite = readings.at(-1) ?? DEFAULT_READING;
  for (const chosen of [[DEFAULT_READING, opposite], [DEFAULT_READING]]) {
    const made = makeEvent(missedUnder(chosen), workshop);
    if (typeof made !== "object") continue;
    const { event } = made.found;
    return missing(
      event,
      DEFAULT_READING,
      readings.every((reading) => slipsThrough(event, reading)),
    );
  }
  if (typeof probe === "object") {
    const { event, reading } = probe.found;
    let closest = reading;
    // Only the answers it takes: the others go back to the default.
    for (const question of differences(reading, DEFAULT_READING)) {
      const nearer = { ...closest, [question]: DEFAULT_READING[question] };
      if (slipsThrough(event, nearer)) closest = nearer;
    }
    return missing(event, closest, false);
  }
  return { answer: "maybe", why: workshop.steps < 0 ? "too-complex" : "not-confirmed" };
}

function missing(event: Json, reading: Reading, everywhere: boolean): Coverage {
  return { answer: "no", event, reading, departsFrom: differences(reading, DEFAULT_READING), everywhere };
}

function missed(actual: readonly Pattern[], required: Pattern, reading: Reading | "any"): readonly Wish[] {
  const unmatched = actual.map((pattern): Wish => ({ pattern, reading, matches: false }));
  return [{ pattern: required, reading, matches: true }, ...unmatched];
}
