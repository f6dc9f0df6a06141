// The reference model: which chains a small world holds, told by looking at every combination of its objects. Slow,
// and plain enough to be checked by reading; docs/../verdicts in words, sentence by sentence. Shares no code with src.

import { letsThrough, mayPublish, mayWrite, type Notifier, type Told, takes } from "./delivery.ts";
import { counts, EVENTS, isEveryday, isWanted } from "./events.ts";
import {
  type Alarm,
  type Filter,
  isMade,
  type SmallWorld,
  type Subscription,
  sameSite,
  type Topic,
  type Trail,
} from "./small-world.ts";

export type ReferenceLink = "trail" | "filter" | "alarm" | "action" | "subscription";

export interface ReferenceAnswer {
  readonly verdict: "satisfied" | "violated" | "undecided";
  /** The first link that no chain gets past; `undefined` unless violated. */
  readonly link: ReferenceLink | undefined;
}

/** Filters that together count all that is wanted, and put it on one metric in one place. */
type Stream = readonly Filter[];

/**
 * What nothing in the world tells, such as who may send to a queue without any policy, is taken the one way and the
 * other: rights can only help, so where both give the same verdict there is no doubt, and the better one tells the link.
 * Cost: exponential in the filters that share a metric, which are few.
 */
export function judge(world: SmallWorld): ReferenceAnswer {
  if (world.trails.length === 0 && world.filters.length === 0)
    return { verdict: "undecided", link: undefined };
  const [worst, best] = [judgeTold({ ...world, hope: false }), judgeTold({ ...world, hope: true })];
  return worst.verdict === best.verdict ? best : { verdict: "undecided", link: undefined };
}

function judgeTold(world: Told): ReferenceAnswer {
  const trails = world.trails.filter((trail) => isGood(world, trail));
  if (trails.length === 0) return brokenAt("trail");
  const streams = streamsOf(world, trails);
  if (streams.length === 0) return brokenAt("filter");
  const alarms = world.alarms.filter((alarm) => streams.some((stream) => tellsOf(alarm, stream)));
  if (alarms.length === 0) return brokenAt("alarm");
  const told = alarms.flatMap((alarm) => topicsTold(world, alarm));
  if (told.length === 0) return brokenAt("action");
  const received = told.some(({ notifier, topic }) =>
    world.subscriptions.some(
      (subscription) =>
        subscription.topic === topic.id &&
        isConfirmed(world, subscription, topic) &&
        letsThrough(subscription, notifier) &&
        takes(world, subscription, topic),
    ),
  );
  return received ? { verdict: "satisfied", link: undefined } : brokenAt("subscription");
}

function brokenAt(link: ReferenceLink): ReferenceAnswer {
  return { verdict: "violated", link };
}

// Trail

const KINDS_OF_CALL = [true, false].flatMap((readOnly) =>
  ["kms.amazonaws.com", "rdsdata.amazonaws.com", "ec2.amazonaws.com"].map((source) => ({ readOnly, source })),
);

function isGood(world: Told, trail: Trail): boolean {
  const records = KINDS_OF_CALL.every(
    ({ readOnly, source }) =>
      trail.selectors.length === 0 ||
      trail.selectors.some(
        ({ management, readWrite, excludedSources }) =>
          management &&
          (readWrite === "All" || readWrite === (readOnly ? "ReadOnly" : "WriteOnly")) &&
          !excludedSources.includes(source),
      ),
  );
  const group = world.groups.find(({ id }) => id === trail.group);
  return (
    trail.multiRegion && trail.logging && group !== undefined && records && mayWrite(world, trail, group)
  );
}

// Filter

function streamsOf(world: SmallWorld, trails: readonly Trail[]): readonly Stream[] {
  const fed = world.groups.filter(({ id, standard }) => standard && trails.some(({ group }) => group === id));
  const usable = world.filters.filter(
    (filter) =>
      fed.some(({ id }) => id === filter.group) &&
      !EVENTS.some((event) => isEveryday(event) && counts(filter.pattern, event)),
  );
  return subsetsOf(usable).filter(
    (filters) => filters.length > 0 && shareMetric(filters) && coverWanted(filters),
  );
}

function subsetsOf(filters: readonly Filter[]): readonly Stream[] {
  return filters.reduce<readonly Stream[]>(
    (subsets, filter) => subsets.flatMap((subset) => [subset, [...subset, filter]]),
    [[]],
  );
}

function shareMetric(filters: readonly Filter[]): boolean {
  const [first] = filters;
  return filters.every(
    (filter) =>
      first !== undefined &&
      sameSite(filter, first) &&
      filter.namespace === first.namespace &&
      filter.metric === first.metric,
  );
}

function coverWanted(filters: readonly Filter[]): boolean {
  return EVENTS.filter(isWanted).every((event) => filters.some(({ pattern }) => counts(pattern, event)));
}

// Alarm

/** Whether the alarm goes off on an event that any one of the filters alone counts. */
function tellsOf(alarm: Alarm, stream: Stream): boolean {
  return stream.every(
    (filter) =>
      sameSite(alarm, filter) &&
      alarm.namespace === filter.namespace &&
      alarm.metric === filter.metric &&
      Object.keys(alarm.dimensions).length === 0 &&
      goesOff(alarm, filter),
  );
}

function goesOff(alarm: Alarm, { value, defaultValue }: Filter): boolean {
  // The trail's log group takes in events every minute, and each minute without a match gives the default value.
  const minutes = alarm.periodSeconds / 60;
  const defaults = (count: number) =>
    defaultValue === undefined ? [] : Array.from({ length: count }, () => defaultValue);
  const breaches = (points: readonly number[]): boolean | undefined => {
    const compared = statistic(alarm, points);
    return compared === undefined ? undefined : compares(alarm, compared);
  };
  const quiet = breaches(defaults(minutes));
  const event = breaches([value, ...defaults(minutes - 1)]);
  const quietBreaches = quiet ?? alarm.missingData === "breaching";
  if (quietBreaches || event !== true) return false;
  const needed = alarm.datapointsToAlarm ?? alarm.evaluationPeriods;
  if (needed > alarm.evaluationPeriods) return false;
  // One period breaches. More are needed: only where all the others are missing and count as nothing at all.
  return needed === 1 || (quiet === undefined && alarm.missingData === "missing");
}

function statistic(alarm: Alarm, points: readonly number[]): number | undefined {
  if (points.length === 0) return undefined;
  const sum = points.reduce((one, other) => one + other, 0);
  switch (alarm.statistic) {
    case "Sum":
      return sum;
    case "Maximum":
      return Math.max(...points);
    case "Average":
      return sum / points.length;
    case "SampleCount":
      return points.length;
    default:
      return alarm.statistic satisfies never;
  }
}

function compares({ comparison, threshold }: Alarm, compared: number): boolean {
  switch (comparison) {
    case "GreaterThanOrEqualToThreshold":
      return compared >= threshold;
    case "GreaterThanThreshold":
      return compared > threshold;
    case "LessThanThreshold":
      return compared < threshold;
    case "LessThanOrEqualToThreshold":
      return compared <= threshold;
    default:
      return comparison satisfies never;
  }
}

// Action and subscription

/** The topics that hear of the alarm, from itself or from a composite alarm above it. */
function topicsTold(
  world: Told,
  alarm: Alarm,
): readonly { readonly notifier: Notifier; readonly topic: Topic }[] {
  const above = world.composites.filter(
    (composite) => sameSite(composite, alarm) && composite.over.includes(alarm.id),
  );
  const notifiers: readonly Notifier[] = [alarm, ...above];
  return notifiers
    .filter(({ actionsEnabled }) => actionsEnabled)
    .flatMap((notifier) =>
      notifier.actions.flatMap((action) =>
        world.topics
          .filter(
            (topic) =>
              "topic" in action &&
              topic.id === action.topic &&
              topic.site.region === notifier.site.region &&
              mayPublish(world, notifier, topic),
          )
          .map((topic) => ({ notifier, topic })),
      ),
    );
}

/** A new subscription is confirmed by itself, by its endpoint, or by the account that has the endpoint. */
function isConfirmed(world: Told, subscription: Subscription, topic: Topic): boolean {
  const { protocol, autoConfirms, confirmed, endpoint, site } = subscription;
  if (!isMade(world, subscription.id)) return confirmed;
  if (protocol === "sms") return true;
  if (protocol === "email") return false;
  if (protocol === "https") return autoConfirms;
  const behind = [...world.queues, ...world.functions].find(({ id }) => id === endpoint);
  const account = behind?.site.account ?? topic.site.account;
  return account === topic.site.account || account === site.account;
}
