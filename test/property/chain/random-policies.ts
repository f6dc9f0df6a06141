// Random policies for one request: ones that let it through in every usual way of writing, and near misses. Nothing
// comes out whose meaning AWS leaves open.

import type { Condition, FilterPolicy, Policy, Site, Statement } from "../../reference/small-world.ts";
import type { Dice } from "../../tools/plan-changes.ts";

export interface Chances {
  readonly dice: Dice;
  readonly spoil: () => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
}

/** The request that a policy is written for. */
export interface Wanted {
  readonly service: string;
  readonly actions: readonly string[];
  /** What the policy stands on, and ways to write it. */
  readonly resources: readonly string[];
  /** Something else of the kind; `undefined` where the policy can only speak of what it stands on. */
  readonly otherResource: string | undefined;
  /** The object because of which the service asks. */
  readonly source: string;
  /** Its account. */
  readonly account: string;
  /** Whether the request names its source for certain; services that take a role do not say that they do. */
  readonly namesSource: boolean;
}

const STRANGER = "999988887777";

export function randomPolicy(wanted: Wanted, chances: Chances): Policy {
  const { spoil, pick, dice } = chances;
  const statement = spoil() ? nearMiss(wanted, chances) : good(wanted, chances);
  const harmless = dice(3) === 0 ? [pick(beside(wanted))] : [];
  const harmful = spoil() ? [pick(denials(wanted))] : [];
  return [...harmless, statement, ...harmful];
}

function good(wanted: Wanted, { pick, dice }: Chances): Statement {
  const { service, actions, resources } = wanted;
  const conditions = wanted.namesSource ? pick(fitting(wanted)) : [];
  const [prefix] = (actions[0] ?? "").split(":");
  return {
    effect: "Allow",
    principal: conditions.length > 0 && dice(4) === 0 ? "*" : { service },
    actions: dice(3) === 0 ? [`${prefix}:*`] : dice(4) === 0 ? actions.map(inOtherCase) : actions,
    resources: resources.length === 0 ? undefined : [pick(resources)],
    conditions,
  };
}

/** Letter case does not count in actions. */
function inOtherCase(action: string): string {
  return action.toUpperCase();
}

function fitting({ source, account }: Wanted): readonly (readonly Condition[])[] {
  const [head, last = ""] = splitAtName(source);
  return [
    [],
    [],
    [{ operator: "ArnLike", key: "aws:SourceArn", values: [source] }],
    [{ operator: "ArnEquals", key: "AWS:SourceArn", values: [source] }],
    [{ operator: "ArnLike", key: "aws:SourceArn", values: [`${head}*`] }],
    [
      {
        operator: "ArnLike",
        key: "aws:SourceArn",
        values: [`${head}${last.slice(0, 2)}*`, "arn:aws:s3:::x"],
      },
    ],
    [{ operator: "StringLike", key: "aws:SourceArn", values: [source.replace(last, "*")] }],
    [{ operator: "StringEquals", key: "aws:SourceAccount", values: [account] }],
    [{ operator: "StringEqualsIfExists", key: "aws:SourceAccount", values: [STRANGER, account] }],
    [
      { operator: "StringEquals", key: "aws:SourceAccount", values: [account] },
      { operator: "ArnLike", key: "aws:SourceArn", values: [source] },
    ],
  ];
}

function splitAtName(arn: string): readonly [string, string] {
  const at = Math.max(arn.lastIndexOf(":"), arn.lastIndexOf("/")) + 1;
  return [arn.slice(0, at), arn.slice(at)];
}

function nearMiss(wanted: Wanted, chances: Chances): Statement {
  const { pick } = chances;
  const plain = good({ ...wanted, namesSource: false }, chances);
  const misses: readonly Partial<Statement>[] = [
    { principal: { service: "events.amazonaws.com" } },
    { principal: { account: STRANGER } },
    { actions: [`${(wanted.actions[0] ?? "").split(":")[0]}:Get*`] },
    ...(wanted.actions.length > 1 ? [{ actions: wanted.actions.slice(1) }] : []),
    ...(wanted.otherResource === undefined ? [] : [{ resources: [wanted.otherResource] }]),
    ...unfitting(wanted).map((conditions) => ({ conditions })),
  ];
  return { ...plain, ...pick(misses) };
}

function unfitting({ source, account, namesSource }: Wanted): readonly (readonly Condition[])[] {
  const [head] = splitAtName(source);
  const other: Condition = { operator: "ArnLike", key: "aws:SourceArn", values: [`${source}-other`] };
  const stranger: Condition = { operator: "StringEquals", key: "aws:SourceAccount", values: [STRANGER] };
  if (!namesSource) return [[other], [stranger]];
  return [
    [other],
    [stranger],
    // Equality takes a wildcard for the character that it is.
    [{ operator: "StringEquals", key: "aws:SourceArn", values: [`${head}*`] }],
    [{ operator: "StringNotEquals", key: "aws:SourceAccount", values: [account] }],
    [{ operator: "StringEquals", key: "aws:PrincipalOrgID", values: ["o-1234567890"] }],
    [{ operator: "ArnLike", key: "aws:SourceArn", values: [source] }, stranger],
  ];
}

/** What else stands in policies, and takes nothing away. */
function beside(wanted: Wanted): readonly Statement[] {
  const resources = wanted.resources.slice(0, 1);
  const plain = { actions: wanted.actions, resources: resources.length === 0 ? undefined : resources };
  const insecure: Condition = { operator: "Bool", key: "aws:SecureTransport", values: ["false"] };
  return [
    { ...plain, effect: "Deny", principal: "*", conditions: [insecure] },
    { ...plain, effect: "Allow", principal: { account: STRANGER }, conditions: [] },
    { ...plain, effect: "Deny", principal: { service: "events.amazonaws.com" }, conditions: [] },
  ];
}

function denials(wanted: Wanted): readonly Statement[] {
  const { service, account, actions, namesSource } = wanted;
  const resources = wanted.resources.slice(0, 1);
  const plain = {
    effect: "Deny" as const,
    actions: actions.slice(0, 1),
    resources: resources.length === 0 ? undefined : resources,
  };
  const elsewhere: Condition = { operator: "StringNotEquals", key: "aws:SourceAccount", values: [STRANGER] };
  const own: Condition = { operator: "StringEquals", key: "aws:SourceAccount", values: [account] };
  return [
    { ...plain, principal: { service }, conditions: [] },
    { ...plain, principal: "*", conditions: [] },
    ...(namesSource
      ? [
          { ...plain, principal: "*" as const, conditions: [elsewhere] },
          { ...plain, principal: { service }, conditions: [own] },
        ]
      : []),
  ];
}

/** What a role may do: its own policies name no principal. */
export function rightsPolicy(wanted: Wanted, chances: Chances): Policy {
  const written = randomPolicy({ ...wanted, namesSource: false }, chances);
  return written
    .filter(({ principal }) => principal !== "*" && !(principal !== undefined && "account" in principal))
    .map((statement) => ({
      ...statement,
      principal: undefined,
      // Which source it is, a role's request does not say.
      conditions: statement.conditions.filter(({ key }) => key === "aws:SecureTransport"),
    }));
}

// Filter policies

/** What an alarm of the name, the metric and the place is let through by. */
export function filterPolicy(
  alarm: { readonly name: string; readonly metric: string; readonly site: Site },
  { spoil, pick, dice }: Chances,
): FilterPolicy {
  const { name, metric, site } = alarm;
  const fits: readonly FilterPolicy["paths"][] = [
    {},
    { NewStateValue: [{ is: "ALARM" }] },
    { NewStateValue: [{ is: "OK" }, { is: "ALARM" }] },
    { AlarmName: [{ prefix: name.slice(0, -2) }] },
    { AlarmName: [{ is: name }], AWSAccountId: [{ is: site.account }] },
    { AlarmArn: [{ suffix: `:alarm:${name}` }] },
    { Region: [{ prefix: site.region === "us-east-1" ? "US East" : "EU (Ire" }] },
    { "Trigger.MetricName": [{ is: metric }], NewStateValue: [{ not: ["OK", "INSUFFICIENT_DATA"] }] },
    { AlarmName: [{ exists: true }], "Trigger.Namespace": [{ exists: true }] },
    { AlarmRule: [{ exists: false }] },
  ];
  const misses: readonly FilterPolicy["paths"][] = [
    { NewStateValue: [{ is: "OK" }] },
    { NewStateValue: [{ is: "Alarm" }] },
    { NewStateValue: [{ not: ["ALARM"] }] },
    { NewStateValue: [{ is: "ALARM" }], AlarmName: [{ is: `${name}-other` }] },
    { AlarmName: [{ prefix: `${name}-` }] },
    { Region: [{ is: site.region }] },
    { AWSAccountId: [{ not: [site.account] }] },
    { "Trigger.MetricName": [{ suffix: "Other" }] },
    { NewStateValue: [{ exists: false }] },
  ];
  const paths = spoil() ? pick(misses) : pick(fits);
  const onAttributes = dice(3) === 0 ? spoil() : false;
  return { scope: onAttributes ? "MessageAttributes" : "MessageBody", paths };
}
