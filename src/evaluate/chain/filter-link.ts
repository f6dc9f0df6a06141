// Second link: metric filters on a fed log group whose patterns cover what the control asks for.
// A stream is what such filters emit: one filter that covers, or several that cover together on one metric.

import { judgeEach } from "../../aws/attributes.ts";
import { type EmittedMetric, emittedMetric } from "../../aws/metric.ts";
import type { DeliverySettings } from "../../model/delivery.ts";
import type { Cause, Evidence, Remark } from "../../model/finding.ts";
import type { Graph, ResourceInstance } from "../../model/graph.ts";
import type { Assumption } from "../../model/policy.ts";
import {
  agree,
  HIDDEN,
  isSensitive,
  isTrue,
  isUnset,
  stringOf,
  type Tri,
  type Value,
} from "../../model/value.ts";
import { evidenceOf, outsidePlace, placeOf, spoken } from "../evidence.ts";
import { type Pointer, pointerOf, sameTarget, spokenOf, type Target } from "../pointers.ts";
import { sameScope } from "../same-scope.ts";
import { type Coverage, coverageOf, type Requirement, surelyMisses } from "./coverage.ts";
import { type Condition, notKnown, onAttribute, onDelivery, onExistence, type Step, stepOf } from "./step.ts";
import { type Feed, feedOf, type Head, outsideHead, trailHeads } from "./trail-link.ts";

/** What of a filter is the same for every control. */
export interface FilterFacts {
  readonly filter: ResourceInstance;
  readonly group: Pointer;
  readonly feed: Feed;
  readonly emitted: EmittedMetric | undefined;
  /** `undefined`: known only after apply. */
  readonly pattern: string | undefined;
  readonly delivery: DeliverySettings;
}

export interface Stream extends Step {
  readonly filters: readonly FilterFacts[];
  readonly head: Head | undefined;
}

export interface Sources {
  readonly heads: readonly Head[];
  readonly filters: readonly FilterFacts[];
}

/** Every trail and every metric filter, joined by log group. Control by control only the patterns differ. */
export function sourcesOf(
  graph: Graph,
  assumptions: readonly Assumption[],
  delivery: DeliverySettings,
): Sources {
  const placed = graph.resources("aws_cloudwatch_log_metric_filter").map((filter) => ({
    filter,
    group: pointerOf(filter.read("log_group_name"), { graph, from: filter.scope, family: "log-group" }),
  }));
  const heads: Head[] = [...trailHeads(graph, delivery)];
  for (const { filter, group } of placed) {
    const outside = outsideHead(filter, group, assumptions);
    if (outside !== undefined && !heads.some((head) => isSameHead(head, outside))) heads.push(outside);
  }
  const filters = placed.map(({ filter, group }) => ({
    filter,
    group,
    feed: feedOf(heads, group),
    emitted: emittedMetric(filter),
    pattern: patternOf(filter),
    delivery,
  }));
  return { heads, filters };
}

function isSameHead(head: Head, outside: Head): boolean {
  const [target] = outside.pointer.targets;
  if (head.trail !== undefined) return false;
  return target === undefined
    ? head.pointer.targets.length === 0
    : head.pointer.targets.some((own) => sameTarget(own, target) === "yes");
}

/** A pattern that is not written matches every event, as an empty one does. */
function patternOf(filter: ResourceInstance): string | undefined {
  const value = filter.read("pattern");
  return value.kind === "known" ? (stringOf(value) ?? "") : undefined;
}

/** The streams that cover, or may cover, the requirement. */
export function streamsOf(sources: Sources, requirement: Requirement): readonly Stream[] {
  const single = sources.filters
    .filter((facts) => facts.feed.answer !== "no" && !missesAlone(facts, requirement))
    .map((facts) => singleStream(facts, requirement))
    .filter(isPossible);
  const covered = single.filter((stream) => stream.answer === "yes").flatMap((stream) => stream.filters);
  return [...single, ...joinedStreams(sources, requirement, covered)];
}

/** Most filters are there for something else; those are seen at a glance and not judged in full. */
export function missesAlone({ pattern }: FilterFacts, requirement: Requirement): boolean {
  return pattern !== undefined && surelyMisses([pattern], requirement);
}

function isPossible(step: Step): boolean {
  return step.answer !== "no";
}

export function singleStream(facts: FilterFacts, requirement: Requirement): Stream {
  const coverage = facts.pattern === undefined ? undefined : coverageOf([facts.pattern], requirement);
  const { filter } = facts;
  const conditions = [
    ...placement(facts),
    coverage === undefined
      ? { answer: "maybe" as const, cause: () => notKnown(filter, "pattern") }
      : onCoverage(coverage, [facts]),
  ];
  const evidence = [evidenceOf(filter, "log_group_name"), evidenceOf(filter, "pattern")];
  const remarks = coverage?.answer === "yes" ? coverageRemarks(coverage, facts) : [];
  return { filters: [facts], head: facts.feed.head, ...stepOf(conditions, evidence, remarks) };
}

/** Filters on one metric, none of which covers alone. Only those that certainly sit on a fed log group count. */
function joinedStreams(
  sources: Sources,
  requirement: Requirement,
  covered: readonly FilterFacts[],
): readonly Stream[] {
  const groups = new Map<string, FilterFacts[]>();
  for (const facts of sources.filters) {
    const name = facts.emitted === undefined ? undefined : metricKey(facts.emitted);
    if (name === undefined || facts.pattern === undefined || covered.includes(facts)) continue;
    if (stepOf(placement(facts), []).answer !== "yes") continue;
    groups.set(name, [...(groups.get(name) ?? []), facts]);
  }
  return [...groups.values()].flatMap((group) => joinedStream(group, requirement));
}

function joinedStream(group: readonly FilterFacts[], requirement: Requirement): readonly Stream[] {
  const [first, second] = group;
  if (first === undefined || second === undefined) return [];
  if (group.some((facts) => sameScope(facts.filter.scope, first.filter.scope) !== "yes")) return [];
  const patterns = group.flatMap((facts) => facts.pattern ?? []);
  if (surelyMisses(patterns, requirement)) return [];
  const coverage = coverageOf(patterns, requirement);
  if (coverage.answer === "no") return [];
  const remark: Remark = {
    code: "patterns-cover-together",
    subject: placeOf(first.filter),
    evidence: group.map((facts) => evidenceOf(facts.filter, "pattern")),
  };
  const evidence = group.map((facts) => evidenceOf(facts.filter, "pattern"));
  const placed = group.flatMap((facts) => stepOf(placement(facts), []).remarks);
  const step = stepOf(
    [onCoverage(coverage, group)],
    evidence,
    coverage.answer === "yes" ? [remark, ...placed] : placed,
  );
  return [{ filters: group, head: first.feed.head, ...step }];
}

function metricKey(emitted: EmittedMetric): string | undefined {
  const [namespace, name] = [stringOf(emitted.namespace), stringOf(emitted.name)];
  return namespace === undefined || name === undefined ? undefined : `${namespace}\n${name}`;
}

// Conditions on one filter

/** Everything but the pattern: the filter exists, sits on a fed log group, and sees events as they are. */
export function placement(facts: FilterFacts): readonly Condition[] {
  const { filter, feed, delivery } = facts;
  return [
    onExistence(filter),
    { answer: jointOf(facts), cause: () => offTheGroup(facts) },
    onDelivery(delivery, "log-group-class-without-metrics", onClass(facts)),
    onDelivery(delivery, "filter-on-transformed-logs", onTransformation(filter)),
    ...FIELD_ARGUMENTS.map((attribute) =>
      onDelivery(delivery, "filter-not-understood", onFields(filter, attribute)),
    ),
    ...(feed.head === undefined ? [{ answer: "no" as const, cause: undefined }] : []),
  ];
}

/** The joint between filter and log group alone; doubts about the trail itself belong to the link before. */
function jointOf({ feed }: Pick<FilterFacts, "feed">): Tri {
  if (feed.answer === "yes" || feed.answer === "no") return feed.answer;
  return feed.head?.answer === "maybe" ? "yes" : "maybe";
}

function offTheGroup({ filter, group, feed }: FilterFacts): Cause {
  if (jointOf({ feed }) === "maybe") {
    return notKnown(filter, "log_group_name", group.open);
  }
  return {
    code: "no-filter-on-log-group",
    subject: placeOf(filter),
    evidence: [evidenceOf(filter, "log_group_name")],
  };
}

/**
 * What a transformer makes of events is not worked out, and an account can have one for all its log groups that no
 * resource of the group tells of; so a filter that reads transformed events is open. The provider computes the
 * argument when it is not written, and the API takes that for false.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 * (applyOnTransformedLogs)
 */
function onTransformation(filter: ResourceInstance): Condition {
  const attribute = "apply_on_transformed_logs";
  const written = filter.read(attribute);
  const applies = isComputed(written, attribute) ? "no" : isTrue(written, false);
  const told = { subject: placeOf(filter), evidence: [evidenceOf(filter, attribute)] };
  return {
    answer: applies === "no" ? "yes" : "maybe",
    cause: () =>
      applies === "yes" ? { code: "filter-on-transformed-logs", ...told } : notKnown(filter, attribute),
  };
}

/** What the provider fills in when it is not written reads as a reference to itself. */
function isComputed(value: Value, attribute: string): boolean {
  return value.kind === "reference" && value.path[0] === attribute;
}

/**
 * Arguments that narrow which events a filter sees, or add dimensions to what it emits.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 * (fieldSelectionCriteria, emitSystemFieldDimensions)
 */
const FIELD_ARGUMENTS = ["field_selection_criteria", "emit_system_field_dimensions"] as const;

function onFields(filter: ResourceInstance, attribute: string): Condition {
  const unset = isUnset(filter.read(attribute));
  const told = { subject: placeOf(filter), evidence: [evidenceOf(filter, attribute)] };
  return {
    answer: unset === "yes" || isComputed(filter.read(attribute), attribute) ? "yes" : "maybe",
    cause: () =>
      unset === "no" ? { code: "filter-not-understood", ...told, attribute } : notKnown(filter, attribute),
  };
}

/**
 * Metric filters work on log groups of the Standard class only; the provider computes it when it is not written, and
 * AWS makes groups of that class then.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
 */
function onClass({ group }: FilterFacts): Condition {
  // Nothing tells the class of a group that is managed elsewhere.
  const classes = group.targets.map((target) =>
    target.kind === "instance"
      ? { instance: target.instance, answer: isStandard(target.instance) }
      : { instance: undefined, answer: "yes" as const },
  );
  const answer = classes.length === 0 ? "yes" : agree(classes.map((entry) => entry.answer));
  const instance = classes.find((entry) => entry.answer !== "yes")?.instance;
  if (answer === "yes" || instance === undefined) return { answer: "yes", cause: undefined };
  return onAttribute(answer, instance, "log_group_class", () => ({
    code: "log-group-class-without-metrics",
    subject: placeOf(instance),
    evidence: [evidenceOf(instance, "log_group_class")],
    logGroupClass: spoken(instance.read("log_group_class")),
  }));
}

function isStandard(group: ResourceInstance): Tri {
  const written = group.read("log_group_class");
  if (isComputed(written, "log_group_class")) return "yes";
  return judgeEach(written, (value) => {
    if (isUnset(value) === "yes") return "yes";
    const name = stringOf(value);
    return name === undefined ? "maybe" : name === "STANDARD" ? "yes" : "no";
  });
}

function onCoverage(coverage: Coverage, filters: readonly FilterFacts[]): Condition {
  return { answer: coverage.answer, cause: () => coverageCause(coverage, filters) };
}

function coverageCause(coverage: Coverage, filters: readonly FilterFacts[]): Cause {
  const [first] = filters;
  const subject = first === undefined ? undefined : placeOf(first.filter);
  const evidence: readonly Evidence[] = filters.map((facts) => evidenceOf(facts.filter, "pattern"));
  const pattern = first === undefined ? "" : shownPattern(first);
  const hidden = filters.some((facts) => isSensitive(facts.filter.read("pattern")));
  switch (coverage.kind) {
    case "misses":
      return {
        code: "pattern-misses-event",
        subject,
        evidence,
        required: coverage.required,
        actual: filters.map(shownPattern),
        // An event is made of what the patterns say, so a sensitive one keeps it back.
        event: hidden ? {} : coverage.event,
        dropsEventsWithout: hidden ? [] : coverage.dropsEventsWithout,
      };
    case "everyday":
      return { code: "pattern-matches-everyday-calls", subject, evidence, pattern, event: coverage.event };
    case "unreadable":
      return {
        code: "pattern-unreadable",
        subject,
        evidence,
        pattern: hidden ? pattern : coverage.pattern,
        problem: coverage.problem,
        offset: hidden ? 0 : coverage.offset,
      };
    case "covers":
    case "undecided":
      return {
        code: "pattern-not-decided",
        subject,
        evidence,
        pattern,
        why: coverage.kind === "undecided" ? coverage.why : "",
      };
    default:
      return coverage satisfies never;
  }
}

/** A pattern as causes may speak of it. */
function shownPattern({ filter, pattern }: FilterFacts): string {
  return isSensitive(filter.read("pattern")) ? HIDDEN : (pattern ?? "");
}

function coverageRemarks(coverage: Coverage, facts: FilterFacts): readonly Remark[] {
  if (coverage.kind !== "covers" || coverage.countsMore === undefined) return [];
  if (isSensitive(facts.filter.read("pattern"))) return [];
  return [
    {
      code: "pattern-counts-more",
      subject: placeOf(facts.filter),
      evidence: [evidenceOf(facts.filter, "pattern")],
      event: coverage.countsMore,
    },
  ];
}

/** The log group a head delivers to, for naming what has no filter. */
export function groupPlace(head: Head | undefined) {
  const [target] = head?.pointer.targets ?? [];
  return target === undefined ? undefined : placeOfTarget(target);
}

export function placeOfTarget(target: Target) {
  switch (target.kind) {
    case "instance":
      return placeOf(target.instance);
    case "outside":
    case "foreign":
      return outsidePlace(spokenOf(target));
    default:
      return target satisfies never;
  }
}
