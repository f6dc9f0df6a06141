// Exclusions that drop more than they name: with `$.x != "v"` every event without x is reported to go uncounted too.
// Source: https://github.com/DataBiosphere/azul/issues/5884

import { comparisonsOf, type Pattern } from "./ast.ts";
import { openWorkshop } from "./automaton.ts";
import { mayBeMissing } from "./cloudtrail-fields.ts";
import { DEFAULT_STEPS } from "./covers.ts";
import { printSelector } from "./print.ts";
import { DEFAULT_READING } from "./readings.ts";
import { makeEvent, type Wish } from "./witness.ts";

/**
 * The fields, as selectors, whose absence alone keeps an event from being counted: they are compared with `!=`, and
 * CloudTrail does not always write them. Not those behind a guard such as `$.x NOT EXISTS || $.x != "v"`.
 */
export function droppedByMissingField(actual: Pattern): readonly string[] {
  const workshop = openWorkshop(DEFAULT_STEPS);
  const dropped = new Set<string>();
  for (const { selector, test } of comparisonsOf(actual)) {
    const name = printSelector(selector);
    if (test.operator !== "!=" || !mayBeMissing(selector) || dropped.has(name)) continue;
    const missing: Pattern = {
      form: "json",
      expression: { kind: "comparison", selector, test: { operator: "not-exists" } },
      text: `{ ${name} NOT EXISTS }`,
    };
    const wishes: readonly Wish[] = [
      { pattern: missing, reading: DEFAULT_READING, matches: true },
      { pattern: actual, reading: DEFAULT_READING, matches: false },
      { pattern: actual, reading: { ...DEFAULT_READING, missingDiffers: true }, matches: true },
    ];
    if (typeof makeEvent(wishes, workshop, "any") === "object") dropped.add(name);
  }
  return [...dropped];
}
