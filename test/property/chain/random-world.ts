// Random small worlds around the chain: mostly good objects, near misses of each, several of a kind, other regions
// and accounts. Only what the reference model can judge comes out.

import type {
  Action,
  Alarm,
  Composite,
  Filter,
  Group,
  PatternTree,
  Selector,
  Site,
  SmallWorld,
  Subscription,
  Topic,
  Trail,
} from "../../reference/small-world.ts";
import type { Dice } from "../../tools/plan-changes.ts";

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
  const trails = list((at): Trail => {
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
  const topics = list(
    (at): Topic => ({ id: `topic${at}`, site: site(), name: `topic-${at}`, awsManagedKey: spoil() }),
  );
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
  const subscriptions =
    topics.length === 0 ? [] : list((at) => randomSubscription(at, pick(topics), { spoil, pick }));
  const world = { groups, trails, filters, alarms, composites, topics, subscriptions };
  const kind = dice(4);
  return { ...world, fresh: kind < 2, made: kind === 2 ? someOf(world, dice) : [] };
}

/** A third of the objects. What subscribes to a topic that is made is made too. */
function someOf(world: Omit<SmallWorld, "fresh" | "made">, dice: Dice): readonly string[] {
  const ids = Object.values(world).flatMap((objects) => objects.map(({ id }) => id));
  const made = ids.filter(() => dice(3) === 0);
  const behind = world.subscriptions.filter(({ topic }) => made.includes(topic)).map(({ id }) => id);
  return [...new Set([...made, ...behind])];
}

interface Chances {
  readonly dice: Dice;
  readonly spoil: () => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
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
  chances: Chances & { readonly hasDefault: boolean },
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

function randomComposite(alarms: readonly Alarm[], { dice, spoil, pick, site, actions }: Chances): Composite {
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

function randomSubscription(
  at: number,
  topic: Topic,
  { spoil, pick }: Pick<Chances, "spoil" | "pick">,
): Subscription {
  return {
    id: `subscription${at}`,
    site: topic.site,
    name: `subscription-${at}`,
    topic: topic.id,
    protocol: spoil() ? pick(["email", "https", "sms"] as const) : pick(["sqs", "lambda"] as const),
    autoConfirms: !spoil(),
    confirmed: !spoil(),
    policy: spoil() ? pick(["lets-alarms", "drops-alarms"] as const) : "none",
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
