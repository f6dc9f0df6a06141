// Whether an alarm's dimensions let it see what a filter emits.

import { isUnset, stringOf, type Value } from "../model/value.ts";

export type DimensionMatch =
  | { readonly answer: "yes" | "maybe"; readonly how: undefined }
  | { readonly answer: "no"; readonly how: "metric-has-dimensions" | "dimension-nobody-emits" };

/** Fields that hold the same for every event of a trail's own account. */
const CONSTANT_FIELDS: ReadonlySet<string> = new Set(["$.recipientAccountId", "$.eventCategory"]);

/**
 * Whether an alarm with these dimensions gets all data of a filter with those. A filter with dimensions emits one
 * series per combination of values and none without them, so an alarm sees one combination at most.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 * (publishing dimensions), cloudwatch_concepts.html (dimensions)
 */
export function sameDimensions(watched: Value, emitted: Value): DimensionMatch {
  const [fixed, emits] = [isUnset(watched), isUnset(emitted)];
  if (fixed === "maybe" || emits === "maybe") return { answer: "maybe", how: undefined };
  if (fixed === "yes" && emits === "yes") return { answer: "yes", how: undefined };
  if (fixed === "yes") return { answer: "no", how: "metric-has-dimensions" };
  if (emits === "yes") return { answer: "no", how: "dimension-nobody-emits" };
  if (watched.kind !== "map" || emitted.kind !== "map") return { answer: "maybe", how: undefined };
  const keys = [...emitted.entries.keys()];
  if (keys.length !== watched.entries.size || keys.some((key) => !watched.entries.has(key))) {
    return { answer: "no", how: "dimension-nobody-emits" };
  }
  const fields = [...emitted.entries.values()].map(stringOf);
  const narrows = fields.some((field) => field !== undefined && !CONSTANT_FIELDS.has(field));
  return narrows ? { answer: "no", how: "metric-has-dimensions" } : { answer: "maybe", how: undefined };
}
