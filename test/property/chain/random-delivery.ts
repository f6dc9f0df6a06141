// The objects that decide whether a message arrives: roles, keys, queues, functions and the policies of all of them.

import {
  type Action,
  type Alarm,
  type Alias,
  type Attached,
  arnOf,
  type Composite,
  type Encryption,
  type Group,
  type Key,
  type Lambda,
  type Permission,
  type Policy,
  type Queue,
  type Role,
  type Site,
  type SmallWorld,
  type Subscription,
  type Topic,
  type Trail,
} from "../../reference/small-world.ts";
import { type Chances, filterPolicy, randomPolicy, rightsPolicy, type Wanted } from "./random-policies.ts";

export interface Places extends Chances {
  /** One object may stand in each. */
  readonly sites: readonly Site[];
  readonly most: number;
}

/** As many as there are sites at the most, each in its own, so that all may have one name. */
function inEachSite<T>({ sites, dice, most }: Places, make: (site: Site, at: number) => T): readonly T[] {
  const count = Math.min(dice(most + 1), sites.length);
  return sites.slice(0, count).map(make);
}

function attached(to: { readonly id: string; readonly site: Site }, policy: Policy): Attached {
  return { id: `${to.id}policy`, site: to.site, name: `${to.id}-policy`, to: to.id, policy };
}

/** A policy stands on the object itself, beside it, on both, or nowhere. */
function placed<T extends { readonly id: string; readonly site: Site; readonly policy: Policy | undefined }>(
  bare: T,
  write: () => Policy,
  { dice }: Chances,
): { readonly object: T; readonly beside: readonly Attached[] } {
  switch (dice(5)) {
    case 0:
      return { object: bare, beside: [] };
    case 1:
    case 2:
      return { object: { ...bare, policy: write() }, beside: [] };
    case 3:
      return { object: bare, beside: [attached(bare, write())] };
    default:
      return { object: { ...bare, policy: write() }, beside: [attached(bare, write())] };
  }
}

// Roles

type Roles = Pick<SmallWorld, "roles" | "rolePolicies" | "trails">;

/** A role for each trail that has one. */
export function withRoles(
  trails: readonly Omit<Trail, "role">[],
  groups: readonly Group[],
  chances: Chances,
): Roles {
  const { dice, spoil } = chances;
  const made = trails.map((trail, at) => {
    const choice = dice(4);
    if (choice < 2) return { trail: { ...trail, role: choice === 0 ? undefined : ("elsewhere" as const) } };
    const group = groups.find(({ id }) => id === trail.group) ?? groups[0];
    const wanted: Wanted = {
      service: "cloudtrail.amazonaws.com",
      actions: ["sts:AssumeRole"],
      resources: [],
      otherResource: undefined,
      source: arnOf("trail", trail),
      account: trail.site.account,
      namesSource: false,
    };
    const role: Role = {
      id: `role${at}`,
      site: trail.site,
      name: `role-${at}`,
      trust: randomPolicy(wanted, chances),
    };
    const rights = rightsPolicy({ ...wanted, ...writing(trail, group) }, chances);
    return {
      trail: { ...trail, role: role.id },
      role,
      policy: spoil() ? undefined : attached(role, rights),
    };
  });
  return {
    trails: made.map(({ trail }) => trail),
    roles: made.flatMap(({ role }) => role ?? []),
    rolePolicies: made.flatMap(({ policy }) => policy ?? []),
  };
}

function writing({ site }: Pick<Trail, "site">, group: Group | undefined): Partial<Wanted> {
  const arn =
    group === undefined ? "arn:aws:logs:eu-west-1:111122223333:log-group:none" : arnOf("group", group);
  const streams = `${arn}:log-stream:${site.account}_CloudTrail_${site.region}*`;
  return {
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [streams, `${arn}:*`, `${arn}:log-stream:*`, "*"],
    otherResource: `${arn}-other:*`,
  };
}

// Keys

type Keys = Pick<SmallWorld, "keys" | "keyPolicies" | "aliases">;

/** What may be encrypted with the keys, and by whom it is used. */
export interface Encrypting {
  readonly source: string;
  readonly account: string;
}

export function randomKeys(places: Places, service: string, { source, account }: Encrypting): Keys {
  const { dice } = places;
  const kind = service === "sns.amazonaws.com" ? "queuekey" : "topickey";
  const made = inEachSite(places, (site, at) => {
    const bare: Key = {
      id: `${kind}${at}`,
      site,
      name: `0000000${at}-1111-2222-3333-${kind === "queuekey" ? "444444444444" : "555555555555"}`,
      enabled: !places.spoil(),
      policy: undefined,
    };
    const own: Policy[number] = {
      effect: "Allow",
      principal: { account: site.account },
      actions: ["kms:*"],
      resources: ["*"],
      conditions: [],
    };
    const write = () => [
      own,
      ...randomPolicy(
        {
          service,
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: ["*"],
          otherResource: undefined,
          source,
          account,
          namesSource: true,
        },
        places,
      ),
    ];
    const { object, beside } = placed(bare, write, places);
    const alias: Alias = { id: `${kind}alias${at}`, site, name: `alias/${kind}`, key: bare.id };
    return { object, beside, alias: dice(2) === 0 ? [alias] : [] };
  });
  return {
    keys: made.map(({ object }) => object),
    keyPolicies: made.flatMap(({ beside }) => beside),
    aliases: made.flatMap(({ alias }) => alias),
  };
}

/** AWS takes keys of the same region only; of an alias the name alone is written, and it may be one of elsewhere. */
function randomEncryption(
  { keys, aliases }: Keys,
  { region }: Site,
  { dice, spoil, pick }: Chances,
): Encryption {
  if (spoil()) return pick(["aws-managed", "elsewhere"] as const);
  const near = keys.filter(({ site }) => site.region === region);
  if (dice(2) === 0 || near.length === 0) return undefined;
  const [alias] = aliases;
  return alias !== undefined && dice(2) === 0 ? { alias: alias.name } : { key: pick(near).id };
}

// Topics

type Topics = Pick<SmallWorld, "topics" | "topicPolicies">;

/** Says of topics that are there already who may publish to them. */
export function withTopicPolicies(
  topics: readonly Topic[],
  notifiers: readonly (Alarm | Composite)[],
  keys: Keys,
  chances: Chances,
): Topics {
  const made = topics.map((topic) => {
    const telling = notifiers.filter(({ actions }) => actions.some((action) => names(action, topic)));
    const notifier = telling.length === 0 ? undefined : chances.pick(telling);
    const encrypted = { ...topic, encryption: randomEncryption(keys, topic.site, chances) };
    if (notifier === undefined) return { object: encrypted, beside: [] };
    const wanted: Wanted = {
      service: "cloudwatch.amazonaws.com",
      actions: ["sns:Publish"],
      resources: [arnOf("topic", topic), "*"],
      otherResource: `${arnOf("topic", topic)}-other`,
      source: arnOf("alarm", notifier),
      account: notifier.site.account,
      namesSource: true,
    };
    return placed(encrypted, () => randomPolicy(wanted, chances), chances);
  });
  return {
    topics: made.map(({ object }) => object),
    topicPolicies: made.flatMap(({ beside }) => beside),
  };
}

function names(action: Action, topic: Topic): boolean {
  return "topic" in action && action.topic === topic.id;
}

// Endpoints

type Queues = Pick<SmallWorld, "queues" | "queuePolicies">;

export function randomQueues(places: Places, topic: Topic | undefined, keys: Keys): Queues {
  const made = inEachSite(places, (site, at) => {
    const fifo = topic?.fifo === true ? places.dice(2) === 0 : places.spoil();
    const bare: Queue = {
      id: `queue${at}`,
      site,
      name: fifo ? "inbox.fifo" : "inbox",
      fifo,
      policy: undefined,
      encryption: randomEncryption(keys, site, places),
    };
    if (topic === undefined) return { object: bare, beside: [] };
    const wanted: Wanted = {
      service: "sns.amazonaws.com",
      actions: ["sqs:SendMessage"],
      resources: [arnOf("queue", bare), "*"],
      otherResource: `${arnOf("queue", bare)}-other`,
      source: arnOf("topic", topic),
      account: topic.site.account,
      namesSource: true,
    };
    return placed(bare, () => randomPolicy(wanted, places), places);
  });
  return {
    queues: made.map(({ object }) => object),
    queuePolicies: made.flatMap(({ beside }) => beside),
  };
}

type Functions = Pick<SmallWorld, "functions" | "permissions">;

export function randomFunctions(places: Places, topic: Topic | undefined): Functions {
  const functions = inEachSite(places, (site, at): Lambda => ({ id: `function${at}`, site, name: "page" }));
  const permissions = functions.flatMap((one) =>
    Array.from({ length: places.dice(3) }, (_, at) => randomPermission(one, at, topic, places)),
  );
  return { functions, permissions };
}

function randomPermission(
  of: Lambda,
  at: number,
  topic: Topic | undefined,
  { spoil, pick, dice }: Chances,
): Permission {
  const arn = topic === undefined ? "arn:aws:sns:eu-west-1:111122223333:none" : arnOf("topic", topic);
  const account = topic?.site.account ?? of.site.account;
  const wildcard = `${arn.slice(0, arn.lastIndexOf(":") + 1)}*`;
  return {
    id: `${of.id}permission${at}`,
    site: of.site,
    name: `permission-${at}`,
    function: of.id,
    principal: spoil() ? pick(["events.amazonaws.com", "999988887777"]) : "sns.amazonaws.com",
    action: spoil() ? "lambda:GetFunction" : pick(["lambda:InvokeFunction", "lambda:*"]),
    sourceArn: spoil() ? pick([`${arn}-other`, wildcard]) : pick([undefined, arn, arn]),
    sourceAccount: spoil() ? "999988887777" : dice(4) === 0 ? account : undefined,
  };
}

export function randomSubscription(
  at: number,
  topic: Topic,
  alarms: readonly Alarm[],
  { queues, functions }: Pick<SmallWorld, "queues" | "functions">,
  chances: Chances,
): Subscription {
  const { spoil, pick, dice } = chances;
  const protocol = spoil()
    ? pick(["email", "https", "sms"] as const)
    : topic.fifo && !spoil()
      ? "sqs"
      : pick(["sqs", "lambda"] as const);
  const behind = protocol === "sqs" ? queues : protocol === "lambda" ? functions : [];
  const endpoint = behind.length === 0 || dice(4) === 0 ? undefined : spoil() ? pick(behind) : behind[0];
  const near = endpoint?.site.region === topic.site.region ? endpoint.site : topic.site;
  const alarm = alarms.length === 0 ? undefined : pick(alarms);
  return {
    id: `subscription${at}`,
    site: dice(3) === 0 ? near : topic.site,
    name: `subscription-${at}`,
    topic: topic.id,
    protocol,
    endpoint: endpoint?.id,
    fifoElsewhere: topic.fifo ? dice(2) === 0 : spoil(),
    autoConfirms: !spoil(),
    confirmed: !spoil(),
    filter: alarm === undefined || dice(3) > 0 ? undefined : filterPolicy(alarm, chances),
  };
}
