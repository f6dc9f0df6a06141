// Random small worlds around the chain: mostly good objects, near misses of each, several of a kind, other regions
// and accounts. Only what the reference model can judge comes out.

import {
  type Action,
  type Alarm,
  arnOf,
  type Composite,
  type Filter,
  type Group,
  type PatternTree,
  type Selector,
  type Site,
  type SmallWorld,
  type Topic,
  type Trail,
} from "../../reference/small-world.ts";
import type { Dice } from "../../tools/plan-changes.ts";
import {
  randomFunctions,
  randomKeys,
  randomQueues,
  randomSubscription,
  withRoles,
  withTopicPolicies,
} from "./random-delivery.ts";
import type { Chances } from "./random-policies.ts";

const SITES: readonly Site[] = [
  { account: "111122223333", region: "eu-west-1" },
  { account: "111122223333", region: "us-east-1" },
  { account: "444455556666", region: "eu-west-1" },
];

export interface WorldOptions {
  /** How often, out of 100, a setting is not the good one. */
  readonly spoilt: number;
  readonly most: number;
}

export function randomWorld(dice: Dice, { spoilt, most }: WorldOptions): SmallWorld {
  const spoil = () => dice(100) < spoilt;
  const pick = <T>(items: readonly T[]): T => items[dice(items.length)] as T;
  const several = () => (spoil() ? 0 : 1) + dice(most);
  const list = <T>(make: (position: number) => T) => Array.from({ length: several() }, (_, at) => make(at));
  const site = () => (spoil() ? pick(SITES) : (SITES[0] as Site));

  const groups = Array.from({ length: 1 + dice(most) }, (_, at): Group => {
    const name = spoil() ? `group-${at}` : "trail";
    return { id: `group${at}`, site: SITES[at % SITES.length] as Site, name, standard: !spoil() };
  });
  const bareTrails = list((at): Omit<Trail, "role"> => {
    const group = spoil() ? pick(groups) : (groups[0] as Group);
    return {
      id: `trail${at}`,
      site: group.site,
      name: `trail-${at}`,
      multiRegion: !spoil(),
      logging: !spoil(),
      group: spoil() ? undefined : group.id,
      selectors: randomSelectors(dice, spoil),
    };
  });
  const filters = list((at): Filter => {
    const group = spoil() ? pick(groups) : (groups[0] as Group);
    return {
      id: `filter${at}`,
      site: group.site,
      name: `filter-${at}`,
      group: group.id,
      pattern: spoil() ? pick(NARROW) : pick(COVERING),
      namespace: spoil() ? "Audit" : "CIS",
      metric: spoil() ? pick(["denied", "Denied2"]) : "Denied",
      value: spoil() ? pick([0, 5]) : 1,
      // What other defaults add up to depends on how busy the log group is, which no plan tells.
      defaultValue: pick([undefined, 0]),
    };
  });
  const topics = list((at) => randomTopic(at, site(), spoil()));
  const actions = (): readonly Action[] => {
    if (spoil() || topics.length === 0)
      return spoil() ? [] : [{ foreign: "arn:aws:automate:eu-west-1:ec2:stop" }];
    return dice(4) === 0
      ? [{ topic: pick(topics).id }, { topic: pick(topics).id }]
      : [{ topic: pick(topics).id }];
  };
  const alarms = list((at): Alarm => {
    const watched = filters.length === 0 ? undefined : pick(filters);
    const hasDefault = filters.some(({ defaultValue }) => defaultValue !== undefined);
    return randomAlarm(at, watched, { dice, spoil, pick, site, actions, hasDefault });
  });
  const composites = dice(3) > 0 ? [] : [randomComposite(alarms, { dice, spoil, pick, site, actions })];
  const told = { groups, filters, alarms, composites };
  const world = {
    ...told,
    ...randomDelivery(told, bareTrails, topics, { dice, spoil, pick, most, several }),
  };
  const kind = dice(4);
  return { ...world, fresh: kind < 2, made: kind === 2 ? someOf(world, dice) : [] };
}

function randomTopic(at: number, site: Site, fifo: boolean): Topic {
  const name = fifo ? `topic-${at}.fifo` : `topic-${at}`;
  return { id: `topic${at}`, site, name, fifo, policy: undefined, encryption: undefined };
}

type Told = Pick<SmallWorld, "groups" | "filters" | "alarms" | "composites">;

/** Whose words reach whom: everything that policies speak of is there by now. */
function randomDelivery(
  { groups, alarms, composites }: Told,
  bareTrails: readonly Omit<Trail, "role">[],
  bareTopics: readonly Topic[],
  chances: Chances & { readonly most: number; readonly several: () => number },
): Omit<SmallWorld, keyof Told | "fresh" | "made"> {
  const { pick, several } = chances;
  const places = { ...chances, sites: SITES };
  const [alarm] = alarms;
  const [topic] = bareTopics;
  const ofAlarm = sourceOf("alarm", alarm);
  const ofTopic = sourceOf("topic", topic);
  const topicKeys = randomKeys(places, "cloudwatch.amazonaws.com", ofAlarm);
  const queueKeys = randomKeys(places, "sns.amazonaws.com", ofTopic);
  const topics = withTopicPolicies(bareTopics, [...alarms, ...composites], topicKeys, chances);
  const endpoints = { ...randomQueues(places, topic, queueKeys), ...randomFunctions(places, topic) };
  const subscriptions =
    bareTopics.length === 0
      ? []
      : Array.from({ length: several() }, (_, at) =>
          randomSubscription(at, pick(bareTopics), alarms, endpoints, chances),
        );
  return {
    ...withRoles(bareTrails, groups, chances),
    ...topics,
    ...endpoints,
    subscriptions,
    keys: [...topicKeys.keys, ...queueKeys.keys],
    keyPolicies: [...topicKeys.keyPolicies, ...queueKeys.keyPolicies],
    aliases: [...topicKeys.aliases, ...queueKeys.aliases],
  };
}

function sourceOf(kind: "alarm" | "topic", of: Pick<Alarm, "site" | "name"> | undefined) {
  const named = of ?? { site: SITES[0] as Site, name: "none" };
  return { source: arnOf(kind, named), account: named.site.account };
}

/** A third of the objects, and what cannot stand before they do. */
function someOf(world: Omit<SmallWorld, "fresh" | "made">, dice: Dice): readonly string[] {
  const objects: readonly Hanging[] = Object.values(world).flat();
  const made = new Set(objects.filter(() => dice(3) === 0).map(({ id }) => id));
  for (let before = -1; before < made.size; ) {
    before = made.size;
    for (const object of objects) if (hangsOn(object).some((id) => made.has(id))) made.add(object.id);
  }
  return [...made];
}

interface Hanging {
  readonly id: string;
  readonly topic?: string;
  readonly endpoint?: string | undefined;
  readonly to?: string;
  readonly function?: string;
  readonly key?: string;
}

function hangsOn({ topic, endpoint, to, key, function: called }: Hanging): readonly string[] {
  return [topic, endpoint, to, key, called].filter((id) => id !== undefined);
}

interface Notifying extends Chances {
  readonly site: () => Site;
  readonly actions: () => readonly Action[];
}

function randomSelectors(dice: Dice, spoil: () => boolean): readonly Selector[] {
  const all: Selector = { management: true, readWrite: "All", excludedSources: [] };
  if (!spoil()) return dice(2) === 0 ? [] : [all];
  const choices: readonly (readonly Selector[])[] = [
    [{ ...all, readWrite: "WriteOnly" }],
    [
      { ...all, readWrite: "WriteOnly" },
      { ...all, readWrite: "ReadOnly" },
    ],
    [{ ...all, excludedSources: ["kms.amazonaws.com"] }],
    [{ ...all, management: false }],
    [{ ...all, management: false }, all],
  ];
  return choices[dice(choices.length)] ?? [];
}

function randomAlarm(
  at: number,
  watched: Filter | undefined,
  chances: Notifying & { readonly hasDefault: boolean },
): Alarm {
  const { spoil, pick, site, actions, dice, hasDefault } = chances;
  const evaluationPeriods = spoil() ? 1 + dice(3) : 1;
  // How default values dilute an average within one minute, or are counted as samples, AWS does not say.
  const statistics: readonly Alarm["statistic"][] = hasDefault
    ? ["Maximum"]
    : ["Maximum", "Average", "SampleCount"];
  return {
    id: `alarm${at}`,
    site: spoil() ? site() : (watched?.site ?? site()),
    name: `alarm-${at}`,
    namespace: spoil() ? "cis" : (watched?.namespace ?? "CIS"),
    metric: spoil() ? pick(["denied", "filter-0"]) : (watched?.metric ?? "Denied"),
    dimensions: spoil() ? { InstanceId: "i-1" } : {},
    statistic: spoil() ? pick(statistics) : "Sum",
    periodSeconds: spoil() ? 60 : 300,
    ...randomThreshold(chances),
    evaluationPeriods,
    datapointsToAlarm: spoil() ? 1 + dice(evaluationPeriods) : undefined,
    missingData: spoil() ? pick(["missing", "breaching", "ignore"] as const) : "notBreaching",
    actionsEnabled: !spoil(),
    actions: actions(),
  };
}

function randomThreshold({ spoil, pick }: Chances): Pick<Alarm, "threshold" | "comparison"> {
  if (!spoil()) return { threshold: 1, comparison: "GreaterThanOrEqualToThreshold" };
  return pick([
    { threshold: 0, comparison: "GreaterThanThreshold" },
    { threshold: 1, comparison: "GreaterThanThreshold" },
    { threshold: 3, comparison: "GreaterThanOrEqualToThreshold" },
    { threshold: 0, comparison: "GreaterThanOrEqualToThreshold" },
    { threshold: 0, comparison: "LessThanThreshold" },
  ] as const);
}

function randomComposite(
  alarms: readonly Alarm[],
  { dice, spoil, pick, site, actions }: Notifying,
): Composite {
  const below = alarms.length === 0 ? undefined : pick(alarms);
  return {
    id: "composite0",
    site: spoil() ? site() : (below?.site ?? site()),
    name: "composite-0",
    over: below === undefined ? [] : [...new Set([below.id, ...(dice(2) === 0 ? [] : [pick(alarms).id])])],
    actionsEnabled: !spoil(),
    actions: actions(),
  };
}

// Patterns

const test = (field: string, operator: "=" | "!=", text: string): PatternTree => ({
  kind: "test",
  field,
  operator,
  text,
});
const any = (...of: PatternTree[]): PatternTree => ({ kind: "any", of });
const all = (...of: PatternTree[]): PatternTree => ({ kind: "all", of });

const UNAUTHORIZED = test("errorCode", "=", "*UnauthorizedOperation");
const DENIED = test("errorCode", "=", "AccessDenied*");
const NOT_DELIVERY = test("sourceIPAddress", "!=", "delivery.logs.amazonaws.com");
const NOT_HEAD = test("eventName", "!=", "HeadBucket");

const COVERING: readonly PatternTree[] = [
  any(UNAUTHORIZED, DENIED),
  any(UNAUTHORIZED, all(DENIED, NOT_DELIVERY, NOT_HEAD)),
  all(any(DENIED, UNAUTHORIZED), NOT_HEAD, NOT_DELIVERY),
  any(test("errorCode", "=", "*UnauthorizedOperation*"), test("errorCode", "=", "*AccessDenied*")),
  test("errorCode", "=", "*"),
];

const NARROW: readonly PatternTree[] = [
  UNAUTHORIZED,
  DENIED,
  any(UNAUTHORIZED, test("errorCode", "=", "AccessDenied")),
  any(test("errorCode", "=", "UnauthorizedOperation"), DENIED),
  all(any(UNAUTHORIZED, DENIED), test("eventSource", "!=", "ec2.amazonaws.com")),
  all(any(UNAUTHORIZED, DENIED), test("sourceIPAddress", "!=", "config.amazonaws.com")),
  any(UNAUTHORIZED, DENIED, NOT_DELIVERY, NOT_HEAD),
  test("eventName", "=", "ConsoleLogin"),
  { kind: "everything" },
];
