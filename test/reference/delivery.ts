// What may be lost on the way although every object of the chain is there: docs/delivery.md, row by row.

import { grants, matches, type Request } from "./policy.ts";
import {
  type Alarm,
  arnOf,
  type Composite,
  type Encryption,
  type Group,
  type Matcher,
  type Permission,
  type Queue,
  type Site,
  type SmallWorld,
  type Subscription,
  type Topic,
  type Trail,
} from "./small-world.ts";

/** A world, and what is taken to hold of rights that nothing in it tells. */
export interface Told extends SmallWorld {
  readonly hope: boolean;
}

export type Notifier = Alarm | Composite;

/** The message that a service asks for because of an object. */
function because(service: string, source: string, { account }: Site): Pick<Request, "service" | "facts"> {
  return {
    service,
    facts: {
      "aws:sourcearn": source,
      "aws:sourceaccount": account,
      "aws:sourceowner": account,
      "aws:securetransport": "true",
      "aws:principalisawsservice": "true",
      "aws:principalservicename": service,
    },
  };
}

// The trail's role

/** CloudTrail has to be let in by the role, and the role has to be let into the log group. */
export function mayWrite(world: Told, trail: Trail, group: Group): boolean {
  if (trail.role === undefined || trail.role === "elsewhere") return true;
  const role = world.roles.find(({ id }) => id === trail.role);
  if (role === undefined) return false;
  const assumed = grants(role.trust, {
    ...because("cloudtrail.amazonaws.com", arnOf("trail", trail), trail.site),
    action: "sts:AssumeRole",
    resource: undefined,
  });
  const policies = world.rolePolicies.filter(({ to }) => to === role.id);
  const { account, region } = trail.site;
  const stream = `${arnOf("group", group)}:log-stream:${account}_CloudTrail_${region}`;
  const written = policies.flatMap(({ policy }) => policy);
  const writes = ["logs:CreateLogStream", "logs:PutLogEvents"].every((action) =>
    grants(written, {
      service: undefined,
      facts: { "aws:securetransport": "true" },
      action,
      resource: stream,
    }),
  );
  return assumed && (policies.length === 0 ? world.hope : writes);
}

// Topics

export function mayPublish(world: Told, notifier: Notifier, topic: Topic): boolean {
  const alarm = arnOf("alarm", notifier);
  const request = because("cloudwatch.amazonaws.com", alarm, notifier.site);
  const policy = world.topicPolicies.find(({ to }) => to === topic.id)?.policy ?? topic.policy;
  const arn = arnOf("topic", topic);
  const published =
    policy === undefined
      ? notifier.site.account === topic.site.account
      : grants(policy, { ...request, action: "sns:Publish", resource: arn });
  const context = { "kms:encryptioncontext:aws:sns:topicarn": arn };
  return published && mayUseKey(world, topic, { ...request, facts: { ...request.facts, ...context } });
}

function mayUseKey(
  world: Told,
  { encryption, site }: { readonly encryption: Encryption; readonly site: Site },
  request: Pick<Request, "service" | "facts">,
): boolean {
  if (encryption === undefined) return true;
  if (encryption === "aws-managed") return false;
  if (encryption === "elsewhere") return world.hope;
  const id = "key" in encryption ? encryption.key : keyBehind(world, encryption.alias, site);
  const key = world.keys.find((one) => one.id === id);
  if (key === undefined) return world.hope;
  const policy = world.keyPolicies.find(({ to }) => to === key.id)?.policy ?? key.policy ?? [];
  return (
    key.enabled &&
    ["kms:Decrypt", "kms:GenerateDataKey"].every((action) =>
      grants(policy, { ...request, action, resource: arnOf("key", key) }),
    )
  );
}

/** An alias is of one account and region. */
function keyBehind({ aliases }: Told, name: string, site: Site): string | undefined {
  return aliases.find((alias) => alias.name === name && sitesEqual(alias.site, site))?.key;
}

function sitesEqual(one: Site, other: Site): boolean {
  return one.account === other.account && one.region === other.region;
}

// Endpoints

/** Whether what is behind the subscription takes what the topic sends. */
export function takes(world: Told, subscription: Subscription, topic: Topic): boolean {
  const { protocol, endpoint, fifoElsewhere } = subscription;
  if (topic.fifo && protocol !== "sqs") return false;
  if (protocol === "sqs") {
    const queue = world.queues.find(({ id }) => id === endpoint);
    if (!topic.fifo && (queue?.fifo ?? fifoElsewhere)) return false;
    return queue === undefined || maySend(world, topic, queue);
  }
  if (protocol !== "lambda" || endpoint === undefined) return true;
  const permissions = world.permissions.filter((permission) => permission.function === endpoint);
  return permissions.length === 0 ? world.hope : permissions.some((one) => lets(one, topic));
}

function maySend(world: Told, topic: Topic, queue: Queue): boolean {
  const request = because("sns.amazonaws.com", arnOf("topic", topic), topic.site);
  const policy = world.queuePolicies.find(({ to }) => to === queue.id)?.policy ?? queue.policy;
  const arn = arnOf("queue", queue);
  const sent =
    policy === undefined
      ? world.hope
      : grants(policy, { ...request, action: "sqs:SendMessage", resource: arn });
  const context = { "kms:encryptioncontext:aws:sqs:arn": arn };
  return sent && mayUseKey(world, queue, { ...request, facts: { ...request.facts, ...context } });
}

function lets({ principal, action, sourceArn, sourceAccount }: Permission, topic: Topic): boolean {
  return (
    principal === "sns.amazonaws.com" &&
    matches(action.toLowerCase(), "lambda:invokefunction") &&
    (sourceArn === undefined || matches(sourceArn, arnOf("topic", topic))) &&
    (sourceAccount === undefined || sourceAccount === topic.site.account)
  );
}

// Filter policies

/** Attributes come with no message of an alarm, so that a policy on them lets none through. */
export function letsThrough({ filter }: Subscription, notifier: Notifier): boolean {
  const tests = Object.entries(filter?.paths ?? {});
  if (filter === undefined || tests.length === 0) return true;
  if (filter.scope === "MessageAttributes") return false;
  const message = messageOf(notifier);
  return tests.every(([path, matchers]) => matchers.some((matcher) => accepts(matcher, message[path])));
}

const REGIONS: Readonly<Record<string, string>> = {
  "eu-west-1": "EU (Ireland)",
  "us-east-1": "US East (N. Virginia)",
};

/**
 * What every alarm's message has; a composite alarm's has its rule, and no trigger.
 * Source: https://github.com/aws/aws-lambda-go/tree/main/events/testdata (cloudwatch-alarm-sns-payload-single-metric.json)
 */
function messageOf(notifier: Notifier): Readonly<Record<string, string>> {
  const { name, site } = notifier;
  const every = {
    AlarmName: name,
    AWSAccountId: site.account,
    NewStateValue: "ALARM",
    Region: REGIONS[site.region] ?? "",
    AlarmArn: arnOf("alarm", notifier),
  };
  if ("over" in notifier) return { ...every, AlarmRule: "a rule" };
  return { ...every, "Trigger.MetricName": notifier.metric, "Trigger.Namespace": notifier.namespace };
}

function accepts(matcher: Matcher, value: string | undefined): boolean {
  if ("exists" in matcher) return (value !== undefined) === matcher.exists;
  if (value === undefined) return false;
  if ("is" in matcher) return value === matcher.is;
  if ("prefix" in matcher) return value.startsWith(matcher.prefix);
  if ("suffix" in matcher) return value.endsWith(matcher.suffix);
  return !matcher.not.includes(value);
}
