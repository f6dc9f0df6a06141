// The chain as a whole: which unbroken chain exists, or at which link the best one breaks or is not decided.
// Everything but the patterns is the same for all controls, so it is gathered once per run.

import { type DeliverySettings, STRICT_DELIVERY } from "../../model/delivery.ts";
import type { Cause, ChainLink, Evidence, Link, Remark, Verdict } from "../../model/finding.ts";
import { LINKS } from "../../model/finding.ts";
import type { Graph, ResourceInstance } from "../../model/graph.ts";
import type { Assumption } from "../../model/policy.ts";
import { all, any, isUnset, stringOf, type Tri, UNSET } from "../../model/value.ts";
import { amongTargets } from "../pointers.ts";
import { type ActionStep, actionSteps, createNotifying, type Notifying } from "./action-link.ts";
import { type Alarm, type AlarmStep, alarmSteps, alarmsOf } from "./alarm-link.ts";
import {
  brokenAction,
  brokenAlarm,
  brokenFilter,
  brokenSubscription,
  brokenTrail,
  filtersOutside,
} from "./breaks.ts";
import type { Requirement } from "./coverage.ts";
import { type Sources, type Stream, sourcesOf, streamsOf } from "./filter-link.ts";
import { notKnown, type Step } from "./step.ts";
import { type Delivery, deliveriesOf, type Subscription, subscriptionsOf } from "./subscription-link.ts";
import { RANK } from "./trail-link.ts";

export interface ChainOptions {
  readonly acceptPending: boolean;
  readonly assumptions: readonly Assumption[];
  /** Every break counts when left out. */
  readonly delivery?: DeliverySettings;
}

/** What the chains of all controls are made of. */
export interface ChainWorld {
  readonly graph: Graph;
  readonly options: ChainOptions;
  readonly sources: Sources;
  readonly alarms: readonly Alarm[];
  readonly notifying: Notifying;
  readonly subscriptions: readonly Subscription[];
}

/** Cost: linear in the resources of the chain's types, and in trails × filters. */
export function createWorld(graph: Graph, options: ChainOptions): ChainWorld {
  const { assumptions, delivery = STRICT_DELIVERY } = options;
  return {
    graph,
    options,
    sources: sourcesOf(graph, assumptions, delivery),
    alarms: alarmsOf(graph),
    notifying: createNotifying(graph, delivery),
    subscriptions: subscriptionsOf(graph),
  };
}

export interface ChainAnswer {
  readonly verdict: Verdict;
  readonly link: Link | undefined;
  readonly causes: readonly Cause[];
  readonly chain: readonly ChainLink[];
  readonly remarks: readonly Remark[];
}

/** A possible chain, as far as it has been followed: one step per link, none of them "no". */
export interface Path {
  readonly steps: readonly Step[];
  readonly stream?: Stream;
  readonly alarm?: ResourceInstance;
  readonly action?: ActionStep;
}

/**
 * Follows every chain that may hold, link by link. It breaks at the first link where nothing that may hold is
 * left; it is satisfied when one path holds all the way; else the best path tells what is not decided.
 */
export function checkChain(world: ChainWorld, requirement: Requirement): ChainAnswer {
  const heads: readonly Path[] = world.sources.heads.map((head) => ({ steps: [head] })).filter(isPossible);
  if (heads.length === 0) return broken(world, "trail", { steps: [] }, brokenTrail(world));

  const filtered = streamsOf(world.sources, requirement)
    .flatMap((stream): Path[] =>
      stream.head === undefined ? [] : [{ steps: [stream.head, stream], stream }],
    )
    .filter(isPossible);
  if (filtered.length === 0)
    return broken(world, "filter", best(heads), brokenFilter(world, best(heads), requirement));

  const alarmed = bestPer(
    bestPer(filtered, (path) => metricSignature(path.stream)).flatMap((path) => alarmPaths(world, path)),
    (path) => path.alarm?.id,
  );
  if (alarmed.length === 0) return broken(world, "alarm", best(filtered), brokenAlarm(world, best(filtered)));

  const acting = bestPer(
    alarmed.flatMap((path) => actionPaths(world, path)),
    (path) => actionSignature(path.action),
  );
  if (acting.length === 0) {
    const { path, found } = brokenAction(world, allBest(alarmed));
    return broken(world, "action", path, found);
  }

  const whole = deliveredPaths(world, acting);
  if (whole.length === 0)
    return broken(world, "subscription", best(acting), brokenSubscription(world, best(acting)));

  const path = best(whole);
  return answerOf(path) === "yes" ? satisfied(path) : undecided(path);
}

/**
 * Of the paths that go on alike, the one that holds best: what follows depends on the key alone, so nothing is lost,
 * and many copies of one chain cost no more than their number.
 */
function bestPer(paths: readonly Path[], keyOf: (path: Path) => string | undefined): readonly Path[] {
  const groups = new Map<string | undefined, Path[]>();
  for (const path of paths) {
    if (!isPossible(path)) continue;
    const key = keyOf(path);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [path]);
    else group.push(path);
  }
  return [...groups.values()].map(best);
}

/** All of a stream that an alarm can tell: the metric, and where it is. */
function metricSignature(stream: Stream | undefined): string | undefined {
  if (stream === undefined) return undefined;
  const parts = stream.filters.map(({ filter, emitted }) => {
    const { region, account, provider } = filter.scope;
    const metric = emitted && [
      emitted.namespace,
      emitted.name,
      emitted.value,
      emitted.defaultValue,
      emitted.unit,
    ];
    const plain =
      metric?.every((value) => value.kind === "known") && isUnset(emitted?.dimensions ?? UNSET) === "yes";
    // A metric with unknown parts or dimensions is like no other.
    const own = plain ? metric.map(stringOf) : filter.id;
    return [region, account, provider, own];
  });
  return JSON.stringify(parts);
}

function actionSignature(action: ActionStep | undefined): string | undefined {
  if (action === undefined) return undefined;
  const { notifier, topic } = action;
  const targets = topic?.targets.map((target) =>
    target.kind === "instance" ? target.instance.id : target.text,
  );
  return JSON.stringify([notifier.id, targets, topic?.also.length, topic?.open]);
}

/** The first path that holds all the way ends the search; else all that may. */
function deliveredPaths(world: ChainWorld, acting: readonly Path[]): readonly Path[] {
  const whole: Path[] = [];
  for (const path of acting.toSorted((a, b) => RANK[answerOf(b)] - RANK[answerOf(a)])) {
    const delivered = deliveryPaths(world, path).filter(isPossible);
    const holding = delivered.find((one) => answerOf(one) === "yes");
    if (holding !== undefined) return [holding];
    whole.push(...delivered);
  }
  return whole;
}

function alarmPaths(world: ChainWorld, path: Path): readonly Path[] {
  if (path.stream === undefined) return [];
  return alarmSteps(path.stream, world.alarms).map((step: AlarmStep) => ({
    ...path,
    steps: [...path.steps, step],
    alarm: step.alarm,
  }));
}

function actionPaths(world: ChainWorld, path: Path): readonly Path[] {
  if (path.alarm === undefined) return [];
  return actionSteps(path.alarm, world.notifying).map((action) => ({
    ...path,
    steps: [...path.steps, action],
    action,
  }));
}

function deliveryPaths(world: ChainWorld, path: Path): readonly Path[] {
  const step = deliveryStep(world, path.action);
  return step === undefined ? [] : [{ ...path, steps: [...path.steps, step] }];
}

/** The subscriptions behind an action: one good one is enough for a topic, and every topic it may be has to have one. */
export function deliveryStep(world: ChainWorld, action: ActionStep | undefined): Step | undefined {
  const topic = action?.topic;
  if (action === undefined || topic === undefined) return undefined;
  const everywhere = [...topic.targets, ...topic.also];
  const found = new Map(everywhere.map((target) => [target, deliveries(world, action, target)]));
  const answer = amongTargets(topic, (target) =>
    any((found.get(target) ?? []).map((delivery) => delivery.answer)),
  );
  const ranked = [...found.values()].flat().sort((a, b) => RANK[b.answer] - RANK[a.answer]);
  const chosen = ranked.find((delivery) => delivery.answer === answer) ?? ranked[0];
  if (answer === "no" || chosen === undefined) {
    return { answer, causes: [], evidence: [], remarks: [] };
  }
  if (answer === "yes") return chosen;
  // Several topics that differ: each delivery holds or breaks, and which topic it is is what is not known.
  const open = ranked.filter((delivery) => delivery.answer === "maybe" && delivery.causes.length > 0);
  const causes = open[0]?.causes ?? [notKnown(action.notifier, "alarm_actions", topic.open)];
  return { answer, causes, evidence: chosen.evidence, remarks: chosen.remarks };
}

function deliveries(
  world: ChainWorld,
  action: ActionStep,
  target: Parameters<typeof deliveriesOf>[0],
): readonly Delivery[] {
  return deliveriesOf(target, world.subscriptions, action.notifier, world.options);
}

function answerOf(path: Path): Tri {
  return all(path.steps.map((step) => step.answer));
}

function isPossible(path: Path): boolean {
  return answerOf(path) !== "no";
}

/** The path that holds, or else holds furthest; the first in address order among equals. */
function best(paths: readonly Path[]): Path {
  return paths.reduce((one, other) => (score(other) > score(one) ? other : one), paths[0] ?? { steps: [] });
}

/** All that hold as far as the best one. */
function allBest(paths: readonly Path[]): readonly Path[] {
  const highest = score(best(paths));
  return paths.filter((path) => score(path) === highest);
}

function score(path: Path): number {
  return RANK[answerOf(path)] * 100 + sureLinks(path) * 10 + sureSteps(path);
}

function sureLinks(path: Path): number {
  const doubt = path.steps.findIndex((step) => step.answer !== "yes");
  return doubt < 0 ? path.steps.length : doubt;
}

function sureSteps(path: Path): number {
  return path.steps.filter((step) => step.answer === "yes").length;
}

// Answers

function satisfied(path: Path): ChainAnswer {
  return {
    verdict: "satisfied",
    link: undefined,
    causes: [],
    chain: drawn(path.steps),
    remarks: remarksOf(path.steps, undefined),
  };
}

function undecided(path: Path): ChainAnswer {
  const doubt = path.steps.findIndex((step) => step.answer !== "yes");
  return {
    verdict: "undecided",
    link: LINKS[doubt],
    causes: distinct(path.steps.filter((step) => step.answer === "maybe").flatMap((step) => step.causes)),
    chain: drawn(path.steps),
    remarks: remarksOf(path.steps, undefined),
  };
}

/** What breaks a chain at a link, or leaves open whether it breaks. */
export interface Break {
  readonly verdict: "violated" | "undecided";
  readonly causes: readonly Cause[];
  readonly evidence: readonly Evidence[];
  readonly remarks: readonly Remark[];
}

/** A break is no proof while objects that the inputs do not list may exist at this link or before it. */
function broken(world: ChainWorld, link: Link, path: Path, found: Break): ChainAnswer {
  const upTo = LINKS.indexOf(link);
  for (const [position, name] of LINKS.slice(0, upTo + 1).entries()) {
    const cause = gapCause(world, name);
    if (cause === undefined) continue;
    const steps = path.steps.slice(0, position);
    const open: Step = { answer: "maybe", causes: [cause], evidence: found.evidence, remarks: [] };
    const causes = distinct([cause, ...found.causes]);
    return {
      verdict: "undecided",
      link: name,
      causes,
      chain: drawn([...steps, open]),
      remarks: found.remarks,
    };
  }
  const outside = link === "trail" ? undefined : filtersOutside(world);
  if (outside !== undefined) {
    const { head, cause } = outside;
    const open: Step = { answer: "maybe", causes: [cause], evidence: cause.evidence, remarks: [] };
    return undecided({ steps: [head, open] });
  }
  const last: Step = { answer: found.verdict === "violated" ? "no" : "maybe", ...found };
  return {
    verdict: found.verdict,
    link,
    causes: found.causes,
    chain: drawn([...path.steps, last]),
    remarks: remarksOf([...path.steps, last], link),
  };
}

const TYPES: Readonly<Record<Link, string>> = {
  trail: "aws_cloudtrail",
  filter: "aws_cloudwatch_log_metric_filter",
  alarm: "aws_cloudwatch_metric_alarm",
  action: "aws_cloudwatch_composite_alarm",
  subscription: "aws_sns_topic_subscription",
};

function gapCause(world: ChainWorld, link: Link): Cause | undefined {
  const type = TYPES[link];
  const [gap] = world.graph.gaps(type);
  if (gap === undefined) return undefined;
  const place = { address: gap.origin.subject, location: gap.location, input: undefined };
  return { code: "more-may-exist", subject: place, evidence: [], type, origin: gap.origin };
}

/**
 * Each remark once. That a plan's JSON drops literals beside references matters only where a break rests on the
 * references: at the topic or behind it.
 */
function remarksOf(steps: readonly Step[], brokenAt: Link | undefined): readonly Remark[] {
  const restsOnReferences = brokenAt === "action" || brokenAt === "subscription";
  const seen = new Set<string>();
  return steps
    .flatMap((step) => step.remarks)
    .filter((remark) => {
      const cause = "cause" in remark ? remark.cause : "";
      const key = `${remark.code} ${remark.subject?.address} ${cause}`;
      if (seen.has(key) || (remark.code === "references-without-literals" && !restsOnReferences))
        return false;
      seen.add(key);
      return true;
    });
}

const STATES: Readonly<Record<Tri, ChainLink["state"]>> = { yes: "holds", no: "breaks", maybe: "unknown" };

function drawn(steps: readonly Step[]): readonly ChainLink[] {
  return LINKS.map((link, position) => {
    const step = steps[position];
    return step === undefined
      ? { link, state: "not-reached", evidence: [] }
      : { link, state: STATES[step.answer], evidence: step.evidence };
  });
}

function distinct(causes: readonly Cause[]): readonly Cause[] {
  const seen = new Set<string>();
  return causes.filter((cause) => {
    const key = `${cause.code} ${cause.subject?.address} ${"attribute" in cause ? cause.attribute : ""}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
