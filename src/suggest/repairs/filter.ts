// Repairs of the second link: a metric filter with the published pattern on the log group that the trail feeds.

import type { Place } from "../../model/finding.ts";
import type { ResourceInstance } from "../../model/graph.ts";
import { child, elementsOf, numberOf, stringOf } from "../../model/value.ts";
import { argumentsOf, type Block, type Expression, literal, nested } from "../block.ts";
import type { Draft } from "../draft.ts";
import { asName } from "../hcl-text.ts";
import { freeName } from "../naming.ts";
import { type Home, homeOf } from "../part.ts";
import { reach, rewrite } from "../reach.ts";
import { firstHome, rename } from "./pieces.ts";
import { concerned, FILTER, type Repair, setOnSubject, type Workshop } from "./repair.ts";
import { groupNameFor } from "./trail.ts";

export const addFilter: Repair<"no-filter" | "filters-outside-inputs"> = (cause, workshop) => {
  if (cause.code === "filters-outside-inputs") {
    workshop.draft.note(
      "If a filter elsewhere sits on the log group, give the plan or state that holds it with --with instead.",
    );
  }
  proposeFilter(workshop, cause.subject, concerned(cause, "aws_cloudtrail", workshop));
};

function proposeFilter(
  workshop: Workshop,
  group: Place | undefined,
  trail: ResourceInstance | undefined,
): void {
  const { draft, naming, pattern } = workshop;
  if (pattern === undefined) return;
  const anchor = draft.find(group) ?? trail;
  const home = anchor === undefined ? firstHome(draft) : homeOf(anchor);
  const groupName = groupNameFor(group, home, workshop);
  if (groupName === undefined) {
    draft.note("The log group that the trail delivers to cannot be told; give the filter its name.");
    return;
  }
  draft.add(home, {
    type: FILTER,
    name: asName(naming.base),
    arguments: argumentsOf({
      name: literal(rename(draft, FILTER, "name", naming.base)),
      log_group_name: groupName,
      pattern: literal(oneLine(pattern)),
    }),
    blocks: [transformation(freeMetric(workshop), naming.namespace)],
  });
}

/** Published texts are printed over several lines for the reader's sake alone. */
function oneLine(pattern: string): string {
  return pattern.trim().replace(/\s*\n\s*/g, " ");
}

/**
 * One data point of 1 for each event, and 0 while the log group is busy with others.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html
 */
function transformation(name: string, namespace: string): Block {
  return nested("metric_transformation", {
    name: literal(name),
    namespace: literal(namespace),
    value: literal("1"),
  });
}

/** A metric that no filter of the inputs emits, so that alarms on those do not count these events. */
function freeMetric({ draft, naming }: Workshop): string {
  const emitted = draft
    .graph()
    .resources(FILTER)
    .map((filter) => transformationOf(filter))
    .filter((block) => stringOf(child(block, "namespace")) === naming.namespace)
    .map((block) => stringOf(child(block, "name")));
  return freeName(naming.metric, (name) => emitted.includes(name), "");
}

export function transformationOf(filter: ResourceInstance) {
  const blocks = filter.read("metric_transformation");
  return elementsOf(blocks)?.[0] ?? child(blocks, 0);
}

export const writePattern: Repair<
  "pattern-misses-event" | "pattern-matches-everyday-calls" | "pattern-unreadable" | "pattern-not-decided"
> = (cause, workshop) => {
  const filter = concerned(cause, FILTER, workshop);
  if (filter !== undefined) filterPattern(filter, workshop);
};

export function filterPattern(filter: ResourceInstance, { draft, pattern }: Workshop): void {
  if (pattern === undefined) return;
  draft.change(filter, { set: argumentsOf({ pattern: literal(oneLine(pattern)) }) });
}

/** Puts a filter that would do on the log group that is fed. */
export const moveFilter: Repair<"no-filter-on-log-group"> = (cause, workshop) => {
  const filter = concerned(cause, FILTER, workshop);
  const trail = concerned(cause, "aws_cloudtrail", workshop);
  const near = workshop.draft.find(cause.subject) ?? trail;
  if (filter === undefined || differs(filter, near)) proposeFilter(workshop, cause.subject, trail);
  else moveToGroup(filter, cause.subject, workshop);
};

export function moveToGroup(filter: ResourceInstance, group: Place | undefined, workshop: Workshop): void {
  const name = groupNameFor(group, homeOf(filter), workshop);
  if (name === undefined) proposeFilter(workshop, group, undefined);
  else workshop.draft.change(filter, { set: argumentsOf({ log_group_name: name }) });
}

/** Filters work in the account and region of their log group. */
function differs(filter: ResourceInstance, other: ResourceInstance | undefined): boolean {
  if (other === undefined) return false;
  return (["region", "account"] as const).some((part) => {
    const [own, wanted] = [filter.scope[part], other.scope[part]];
    return own !== undefined && wanted !== undefined && own !== wanted;
  });
}

export const standardClass: Repair<"log-group-class-without-metrics"> = (cause, workshop) =>
  setOnSubject(
    cause,
    workshop,
    "log_group_class",
    "STANDARD",
    "The class cannot be changed, so Terraform makes the log group anew; what it holds is lost.",
  );

export const untransformed: Repair<"filter-on-transformed-logs"> = (cause, workshop) =>
  setOnSubject(cause, workshop, "apply_on_transformed_logs", false);

export const withoutArgument: Repair<"filter-not-understood"> = (cause, { draft }) => {
  const filter = draft.find(cause.subject);
  if (filter !== undefined) draft.change(filter, { remove: [cause.attribute] });
};

/** The metric's name and namespace as an alarm in `home` writes them. */
export function metricOf(
  draft: Draft,
  home: Home,
  filter: ResourceInstance,
): { readonly metric_name: Expression | undefined; readonly namespace: Expression | undefined } {
  const part = (name: string) => reach(draft, home, filter, ["metric_transformation", 0, name]);
  return { metric_name: part("name"), namespace: part("namespace") };
}

/** Makes a filter emit 1 for each event under no dimensions; what else it says of its metric stays. */
export function emitOnes(filter: ResourceInstance, { draft }: Workshop, withoutDimensions: boolean): void {
  const home = homeOf(filter);
  const block = transformationOf(filter);
  const kept = (name: string) => rewrite(draft, home, child(block, name));
  const dimensioned = withoutDimensions
    ? "Without dimensions: an alarm would have to name each of their values."
    : undefined;
  const replace = [
    nested("metric_transformation", {
      name: kept("name"),
      namespace: kept("namespace"),
      value: literal("1"),
      default_value: numberOf(child(block, "default_value")) === 0 ? literal("0") : undefined,
    }),
  ];
  draft.change(filter, dimensioned === undefined ? { replace } : { replace, remark: dimensioned });
}
