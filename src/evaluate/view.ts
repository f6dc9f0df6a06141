// The chain as a picture in data: every object that a chain could go through, and each joint with its answer.
// Judges nothing itself; asks the links of the chain one joint at a time.

import type { EmittedMetric } from "../aws/metric.ts";
import type { Cause } from "../model/finding.ts";
import type { ResourceInstance } from "../model/graph.ts";
import type { GraphView, ViewMeaning, ViewNode } from "../model/graph-view.ts";
import { isSensitive, stringOf, type Tri, type Value } from "../model/value.ts";
import { type ActionStep, actionSteps, onRule } from "./chain/action-link.ts";
import { type Alarm, type AlarmStep, alarmSteps } from "./chain/alarm-link.ts";
import type { ChainWorld } from "./chain/chain.ts";
import type { Requirement } from "./chain/coverage.ts";
import { type FilterFacts, type Stream, singleStream } from "./chain/filter-link.ts";
import { stepOf } from "./chain/step.ts";
import { deliveriesOf } from "./chain/subscription-link.ts";
import { evidenceOf, placeOf } from "./evidence.ts";
import type { Pointer, Target } from "./pointers.ts";
import { createSketch, drawPointer, nodeOfInstance, type Sketch } from "./view-sketch.ts";

/**
 * What the world holds of the chain. With a requirement, filters are held against it; without, only against
 * where they sit.
 * Cost: linear in the joints that the names suggest; objects whose names are not known are held against all.
 */
export function viewGraph(world: ChainWorld, requirement: Requirement | undefined): GraphView {
  const sketch = createSketch();
  drawTrails(sketch, world);
  for (const facts of world.sources.filters) drawFilter(sketch, facts, requirement);
  drawAlarms(sketch, world);
  drawSubscriptions(sketch, world);
  return sketch.finish(apartFrom(world, sketch));
}

// Trails, log groups, filters, metrics

function drawTrails(sketch: Sketch, { sources }: ChainWorld): void {
  for (const { trail, pointer, answer, causes } of sources.heads) {
    if (trail === undefined) continue;
    const from = sketch.node(nodeOfInstance(trail, "trail", { state: answer, why: causes }));
    const about = { owner: trail, attribute: "cloud_watch_logs_group_arn", kind: "log-group" as const };
    drawPointer(sketch, pointer, about, (to, state, why) => {
      sketch.edge({ from, to, means: "delivers", state, why });
    });
  }
}

function drawFilter(sketch: Sketch, facts: FilterFacts, requirement: Requirement | undefined): void {
  const { filter, group, emitted } = facts;
  const judged = requirement === undefined ? stepOf([], []) : singleStream(facts, requirement);
  // Where it sits is told by the edge from the log group.
  const why = judged.causes.filter((cause) => cause.code !== "no-filter-on-log-group");
  const state = judged.answer === "yes" || why.length > 0 ? judged.answer : filter.exists;
  const to = sketch.node(
    nodeOfInstance(filter, "filter", { state, why, facts: [evidenceOf(filter, "pattern")] }),
  );
  const about = { owner: filter, attribute: "log_group_name", kind: "log-group" as const };
  drawPointer(sketch, group, about, (from, joined, doubts) => {
    sketch.edge({ from, to, means: "feeds", state: joined, why: doubts });
  });
  if (emitted === undefined) return;
  const metric = sketch.node(metricNode(filter, emitted));
  sketch.edge({ from: to, to: metric, means: "emits", state: "yes", why: [] });
}

/** Two filters in one account and region that emit one metric share its node. */
function metricNode(filter: ResourceInstance, emitted: EmittedMetric): ViewNode {
  const [namespace, name] = [stringOf(emitted.namespace), stringOf(emitted.name)];
  const hidden = isSensitive(emitted.namespace) || isSensitive(emitted.name);
  const known = namespace !== undefined && name !== undefined && !hidden;
  const { account, region, provider } = filter.scope;
  const id = known
    ? `metric ${JSON.stringify([namespace, name, account, region ?? provider])}`
    : `metric of ${filter.id}`;
  const managed = known ? "here" : "nothing";
  const state = known ? "yes" : "maybe";
  const title = known ? `${namespace} / ${name}` : `metric of ${filter.name}`;
  return { id, kind: "metric", title, managed, place: undefined, state, why: [], facts: [] };
}

// Alarms and topics

function drawAlarms(sketch: Sketch, world: ChainWorld): void {
  const likely = createLikelyAlarms(world.alarms);
  const drawn = new Set<ResourceInstance>();
  const misses: Watch[] = [];
  const unwatched: FilterFacts[] = [];
  for (const facts of world.sources.filters) {
    const watches = watchesOf(facts, likely.for(facts));
    const own = watches.filter(({ step }) => step.miss === undefined);
    for (const { metric, step } of own) {
      drawn.add(step.alarm);
      drawWatch(sketch, world, metric, step);
    }
    misses.push(...watches.filter(({ step }) => step.miss !== undefined && step.miss !== "unlike"));
    if (own.length === 0) unwatched.push(facts);
  }
  // An alarm that comes near a metric is shown beside it, unless it watches another one.
  for (const facts of unwatched.slice(0, MOST_UNWATCHED)) {
    const idle = likely.inNamespaceOf(facts).filter(({ instance }) => !drawn.has(instance));
    misses.push(...watchesOf(facts, idle).filter(({ step }) => step.miss !== "unlike"));
  }
  for (const { metric, step } of misses) {
    if (!drawn.has(step.alarm)) drawWatch(sketch, world, metric, step);
  }
}

/** For more metrics than this that no alarm watches, alarms of another name are not looked at. */
const MOST_UNWATCHED = 20;

interface Watch {
  readonly metric: string;
  readonly step: AlarmStep;
}

function watchesOf(facts: FilterFacts, alarms: readonly Alarm[]): readonly Watch[] {
  const { emitted, filter, feed } = facts;
  if (emitted === undefined) return [];
  const metric = metricNode(filter, emitted).id;
  const stream: Stream = { filters: [facts], head: feed.head, ...stepOf([], []) };
  return alarmSteps(stream, alarms).map((step) => ({ metric, step }));
}

/** The alarms worth holding against a filter, found by the names they watch: most watch something else. */
interface LikelyAlarms {
  for(facts: FilterFacts): readonly Alarm[];
  inNamespaceOf(facts: FilterFacts): readonly Alarm[];
}

function createLikelyAlarms(alarms: readonly Alarm[]): LikelyAlarms {
  const byName = groupBy(alarms, ({ watched }) => watched.map(({ name }) => lower(name)));
  const byNamespace = groupBy(alarms, ({ watched }) => watched.map(({ namespace }) => lower(namespace)));
  return {
    for: ({ emitted }) => {
      const names = emitted === undefined ? [] : [emitted.name, emitted.filterName].map(lower);
      if (names[0] === undefined) return alarms;
      const found = [...new Set([...names, undefined])].flatMap((name) => byName.get(name) ?? []);
      return [...new Set(found)];
    },
    inNamespaceOf: ({ emitted }) =>
      emitted === undefined ? [] : (byNamespace.get(lower(emitted.namespace)) ?? []),
  };
}

function groupBy<Item, Key>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly Key[],
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    for (const key of new Set(keysOf(item))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}

/** `undefined`: not known, so it may be anything. */
function lower(value: Value): string | undefined {
  return stringOf(value)?.toLowerCase();
}

function drawWatch(sketch: Sketch, world: ChainWorld, metric: string, step: AlarmStep): void {
  const to = drawAlarm(sketch, world, step.alarm);
  sketch.edge({ from: metric, to, means: "is-watched", state: step.answer, why: step.causes });
}

function drawAlarm(sketch: Sketch, world: ChainWorld, alarm: ResourceInstance): string {
  if (sketch.has(alarm.id)) return alarm.id;
  const steps = actionSteps(alarm, world.notifying);
  const notifiers = [alarm, ...world.notifying.composites];
  for (const notifier of notifiers) {
    const own = steps.filter((step) => step.notifier === notifier);
    if (own.length === 0) continue;
    const kind = notifier === alarm ? "alarm" : "composite-alarm";
    // An alarm without actions is complete when a composite alarm above it has some.
    const silent = own.filter((step) => step.topic === undefined);
    const why = notifier === alarm && steps.length > own.length ? [] : silent.flatMap((step) => step.causes);
    sketch.node(nodeOfInstance(notifier, kind, { state: why.length > 0 ? "no" : notifier.exists, why }));
    if (notifier !== alarm)
      sketch.edge({ from: alarm.id, to: notifier.id, ...rollUp(notifier, alarm, world) });
    for (const step of own) drawAction(sketch, step);
  }
  return alarm.id;
}

function rollUp(
  composite: ResourceInstance,
  alarm: ResourceInstance,
  { notifying }: ChainWorld,
): { readonly means: ViewMeaning; readonly state: Tri; readonly why: readonly Cause[] } {
  const { answer, cause } = onRule(composite, alarm, notifying);
  return { means: "is-part-of", state: answer, why: answer === "yes" || !cause ? [] : [cause()] };
}

function drawAction(sketch: Sketch, { notifier, topic, answer, causes }: ActionStep): void {
  if (topic === undefined) return;
  const about = { owner: notifier, attribute: "alarm_actions", kind: "topic" as const };
  drawPointer(sketch, topic, about, (to, joined, doubts) => {
    const why = causes.length > 0 ? causes : doubts;
    const state = answer === "yes" ? joined : answer;
    sketch.edge({ from: notifier.id, to, means: "notifies", state, why });
  });
}

// Subscriptions

function drawSubscriptions(sketch: Sketch, world: ChainWorld): void {
  for (const { instance, topic } of world.subscriptions) {
    const facts = [evidenceOf(instance, "protocol"), evidenceOf(instance, "endpoint")];
    sketch.node(nodeOfInstance(instance, "subscription", { state: instance.exists, why: [], facts }));
    for (const target of topic.targets) sketch.target(target, "topic");
  }
  const byTopic = groupBy(world.subscriptions, ({ topic }) => topicsOf(sketch, topic));
  const open = byTopic.get(undefined) ?? [];
  for (const target of sketch.targets("topic")) {
    const from = sketch.target(target, "topic");
    drawDeliveries(sketch, world, { from, target, subscriptions: [...(byTopic.get(from) ?? []), ...open] });
  }
}

/** The topics a subscription may be on; `undefined` among them: any. */
function topicsOf(sketch: Sketch, { targets, also, open }: Pointer): readonly (string | undefined)[] {
  const [only, ...others] = targets;
  if (only === undefined || others.length > 0 || also.length > 0 || open !== undefined) return [undefined];
  // What is outside the inputs may be one of several objects that are not told apart.
  return only.kind === "instance" ? [sketch.target(only, "topic")] : [undefined];
}

function drawDeliveries(
  sketch: Sketch,
  world: ChainWorld,
  {
    from,
    target,
    subscriptions,
  }: {
    readonly from: string;
    readonly target: Target;
    readonly subscriptions: ChainWorld["subscriptions"];
  },
): void {
  for (const delivery of deliveriesOf(target, subscriptions, undefined, world.options)) {
    if (delivery.onTopic === "no") continue;
    const { answer: state, causes: why, subscription } = delivery;
    const to = subscription?.id ?? sketch.node(unseenSubscribers(from, state));
    sketch.edge({ from, to, means: "reaches", state, why });
  }
}

/** Who receives a topic that is managed elsewhere, or that an assumption speaks of. */
function unseenSubscribers(topic: string, state: Tri): ViewNode {
  return {
    id: `subscribers of ${topic}`,
    kind: "subscription",
    title: "subscribers",
    managed: "outside",
    place: undefined,
    state,
    why: [],
    facts: [],
  };
}

// What is left

const CHAIN_TYPES = [
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_metric_alarm",
  "aws_cloudwatch_composite_alarm",
  "aws_sns_topic",
] as const;

function apartFrom({ graph }: ChainWorld, sketch: Sketch): GraphView["apart"] {
  return CHAIN_TYPES.flatMap((type) => graph.resources(type))
    .filter((instance) => !sketch.has(instance.id))
    .map(placeOf);
}
