// What a statistic comes to over one period of a metric filter's data. Thresholds are for alarm.ts.

import { isUnset, stringOf } from "../model/value.ts";
import type { Attributes } from "./attributes.ts";

/** Smallest and largest value that a statistic can take, depending on how many default values are in the period. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

export interface Statistic {
  /** As alarms write it: `Sum`, `p99`. */
  readonly statistic: string;
  /** `undefined`: the filter emits nothing for minutes without a match. */
  readonly defaultValue: number | undefined;
}

/** As good as nothing beside the default values that an average is thinned by. */
const THINNED = 1e-9;

/**
 * A period's statistic: of one event's data point (`event`) and any number of default values, or of default values
 * alone. `undefined` for a period without data, for statistics whose result for so few data points is not
 * documented (trimmed means, ranks), and for percentiles that may not be evaluated on so few.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html,
 * .../percentiles-with-low-samples.html (10 / (1 - percentile) samples are needed under "ignore")
 */
export function statisticOf(
  { statistic, defaultValue }: Statistic,
  event: number | undefined,
  alarm: Attributes,
): Span | undefined {
  const value = event ?? defaultValue;
  if (value === undefined) return undefined;
  const other = defaultValue ?? value;
  const extra = defaultValue ?? 0;
  switch (statistic) {
    case "Sum":
      return {
        low: extra < 0 ? Number.NEGATIVE_INFINITY : value,
        high: extra > 0 ? Number.POSITIVE_INFINITY : value,
      };
    case "Maximum":
    case "p100":
      return { low: value, high: Math.max(value, other) };
    case "Minimum":
      return { low: Math.min(value, other), high: value };
    case "Average":
      return between(value, other + (value - other) * THINNED);
    case "SampleCount":
      return { low: 1, high: defaultValue === undefined ? 1 : Number.POSITIVE_INFINITY };
    default:
      return isPercentile(statistic) && evaluatesFewSamples(alarm) ? between(value, other) : undefined;
  }
}

function between(one: number, other: number): Span {
  return { low: Math.min(one, other), high: Math.max(one, other) };
}

function isPercentile(statistic: string): boolean {
  return /^p\d{1,2}(\.\d+)?$/.test(statistic);
}

const FEW_SAMPLES = "evaluate_low_sample_count_percentiles";

/** The provider computes the argument when it is not written, so not written reads as a reference to itself. */
function evaluatesFewSamples(alarm: Attributes): boolean {
  const written = alarm.read(FEW_SAMPLES);
  if (written.kind === "reference") return written.path[0] === FEW_SAMPLES;
  return isUnset(written) === "yes" || stringOf(written)?.toLowerCase() === "evaluate";
}
