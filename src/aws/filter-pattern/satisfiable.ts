// Whether two patterns have an event in common.

import type { Json } from "../../model/json.ts";
import type { Pattern } from "./ast.ts";
import { openWorkshop } from "./automaton.ts";
import { DEFAULT_STEPS } from "./covers.ts";
import { DEFAULT_READING } from "./readings.ts";
import { findRealEvent, makeEvent } from "./witness.ts";

/**
 * An event that both patterns match under the default reading, such as a successful call with the constraint
 * `{ $.errorCode NOT EXISTS }`. `undefined`: there is none, or none was found with the work allowed.
 */
export function matchesSome(pattern: Pattern, constraint: Pattern): Json | undefined {
  const reading = DEFAULT_READING;
  const wishes = [constraint, pattern].map((wished) => ({ pattern: wished, reading, matches: true }));
  const real = findRealEvent(wishes);
  if (real !== undefined) return real;
  const made = makeEvent(wishes, openWorkshop(DEFAULT_STEPS));
  return typeof made === "object" ? made.found.event : undefined;
}
