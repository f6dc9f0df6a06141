// The sentences about metric filters: where they sit, and what their patterns count.

import { describeProblem } from "../../aws/filter-pattern/describe-problem.ts";
import { parsePattern } from "../../aws/filter-pattern/parse.ts";
import { giveOwner, hclString, spelledOut, type Tellers, told, type Wording } from "./told.ts";

export const FILTER_TELLERS = {
  "no-filter": ({ subject, evidence, required }) => {
    const others = evidence.some((entry) => entry.attribute === "pattern");
    const group = subject === undefined ? "the trail's log group" : "this log group";
    return told(
      `no metric filter on ${group} counts the calls that the control wants counted`,
      required === undefined
        ? `add an aws_cloudwatch_log_metric_filter on ${group}`
        : `add an aws_cloudwatch_log_metric_filter on ${group} with pattern = ${hclString(required)}`,
      others ? { notes: ["the filters that sit there count other calls"] } : {},
    );
  },
  "no-filter-on-log-group": () =>
    told(
      "the metric filter sits on a log group that the trail does not feed",
      "set log_group_name to the log group that the trail delivers to",
    ),
  "filters-outside-inputs": () =>
    told(
      "the trail delivers to a log group outside the inputs, and which filters sit there is not known",
      giveOwner("the log group"),
    ),
  "pattern-misses-event": ({ actual, required, event, dropsEventsWithout }) =>
    told(
      actual.length > 1
        ? "the filter patterns together miss calls that the control wants counted"
        : "the filter pattern misses calls that the control wants counted",
      `pattern = ${hclString(required)}`,
      {
        example: { says: "this event slips through", event },
        notes: dropsEventsWithout.length > 0 ? [droppedWithout(dropsEventsWithout)] : [],
      },
    ),
  "pattern-matches-everyday-calls": ({ event }) =>
    told(
      "the filter pattern also matches everyday calls, so the alarm is always on and tells of nothing",
      "narrow the pattern to the calls that the control asks for",
      { example: { says: "this everyday event matches", event } },
    ),
  "pattern-unreadable": ({ pattern, problem, offset }) => unreadable(pattern, problem, offset),
  "pattern-not-decided": ({ why }) =>
    told(
      "whether the filter pattern counts every call that the control wants could not be decided",
      "use the control's own pattern, or one closer to it",
      why === "" ? {} : { notes: [`reason: ${spelledOut(why)}`] },
    ),
  "log-group-class-without-metrics": ({ logGroupClass }) =>
    told(
      `metric filters do not work on log groups of class "${logGroupClass}"`,
      'set log_group_class = "STANDARD"',
    ),
  "filter-on-transformed-logs": () =>
    told(
      "the filter reads transformed logs, and what those look like is not in the inputs",
      "set apply_on_transformed_logs = false",
    ),
  "filter-not-understood": ({ attribute }) =>
    told(
      `what ${attribute} makes of the filter could not be worked out`,
      `remove ${attribute} from the filter`,
    ),
} satisfies Partial<Tellers>;

/** How much of a pattern is shown before the place that cannot be read. */
const CONTEXT = 40;

function unreadable(pattern: string, code: string, offset: number): Wording {
  const before = pattern.slice(Math.max(0, offset - CONTEXT), offset);
  const lead = offset > CONTEXT ? "…" : "";
  const { sentence, help } = describe(pattern, code);
  return told(
    `the filter pattern cannot be read at character ${offset + 1}: ${sentence}`,
    help ?? `correct the pattern at character ${offset + 1}`,
    before === "" ? {} : { notes: [`it reads well up to: ${lead}${before}`] },
  );
}

/** The room of patterns has words for each problem; a report that was saved or made visible may not give it back. */
function describe(
  pattern: string,
  code: string,
): { readonly sentence: string; readonly help?: string | undefined } {
  const parsed = parsePattern(pattern);
  return "problem" in parsed && parsed.problem.code === code
    ? describeProblem(parsed.problem, pattern)
    : { sentence: spelledOut(code) };
}

/**
 * `!=` does not match an event that has no such field.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (JSON patterns)
 */
export function droppedWithout(selectors: readonly string[]): string {
  return `events without ${selectors.join(" or ")} are dropped too: != does not match a missing field`;
}
