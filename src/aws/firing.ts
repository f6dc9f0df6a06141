// The answer to whether an alarm goes off, and the ways to give it. Which one it is, is for alarm.ts and crossing.ts.

import type { SilentAlarm } from "../model/finding.ts";
import type { Judgement } from "./attributes.ts";

/** Why an alarm sits in ALARM whatever happens, so that an event makes no transition and tells nobody. */
type AlwaysOn = "default-value-breaches" | "missing-data-breaches" | "filled-value-breaches";

export interface Firing extends Judgement {
  /** The cause of a "no", or of a "maybe" that no further value would settle; in the words of the findings. */
  readonly cause:
    | { readonly code: "alarm-cannot-fire"; readonly how: SilentAlarm }
    | { readonly code: "alarm-always-on"; readonly how: AlwaysOn }
    | { readonly code: "alarm-not-understood"; readonly what: string }
    | undefined;
  /** How many events within one period it takes, where one is too few and more would do. */
  readonly eventsNeeded: number | undefined;
}

export function yes(): Firing {
  return { answer: "yes", attribute: "threshold", cause: undefined, eventsNeeded: undefined };
}

export function maybe(attribute: string): Firing {
  return { answer: "maybe", attribute, cause: undefined, eventsNeeded: undefined };
}

export function notUnderstood(attribute: string, what: string): Firing {
  return { ...maybe(attribute), cause: { code: "alarm-not-understood", what } };
}

export function silent(attribute: string, how: SilentAlarm, eventsNeeded?: number): Firing {
  return { answer: "no", attribute, cause: { code: "alarm-cannot-fire", how }, eventsNeeded };
}

export function alwaysOn(attribute: string, how: AlwaysOn): Firing {
  return { answer: "no", attribute, cause: { code: "alarm-always-on", how }, eventsNeeded: undefined };
}
