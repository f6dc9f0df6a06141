// Which objects of several inputs are one object of AWS, and whose word about it counts. Objects are one where their
// ARNs are, where their names are and account and region of both are known, or where inputs are of one stack and the
// addresses are one. What merely looks alike stays apart.

import { namingArguments } from "../aws/identity.ts";
import { get, isArray, isObject, type Json } from "../model/json.ts";
import { differ } from "../model/same-scope.ts";
import { stringOf } from "../model/value.ts";
import type { Stack, StackRecord } from "./stack.ts";

/** A record of one of the inputs. */
export interface Entry extends StackRecord {
  readonly stack: Stack;
}

export interface SameObjects {
  /** The entries of one object, from at least two inputs each. */
  readonly groups: readonly (readonly Entry[])[];
  /** What a state has and the plan of the same stack does not know, or may know under another account. */
  readonly doubtful: readonly Entry[];
  /** Whether two inputs are of one stack. */
  readonly sameStack: (one: Stack, other: Stack) => boolean;
}

/** Cost: linear in the objects of all inputs. */
export function findSameObjects(stacks: readonly Stack[]): SameObjects {
  const entries = stacks.flatMap((stack) => stack.records().map((record): Entry => ({ ...record, stack })));
  const groups = createGroups<Entry>();
  const byKey = new Map<string, Entry>();
  for (const entry of entries) {
    for (const key of keysOf(entry)) {
      const found = byKey.get(key);
      if (found === undefined) byKey.set(key, entry);
      else groups.join(found, entry);
    }
  }
  const sameStack = relatives(stacks, entries);
  const addressed = byAddress(entries);
  const perhaps = perhapsOutdated(entries, sameStack);
  const doubtful = entries.filter(({ stack }) => perhaps.has(stack));
  doubtful.push(...perhapsManaged(entries));
  for (const entry of entries) {
    const relations = stacks.filter((stack) => stack !== entry.stack && sameStack(stack, entry.stack));
    const twins = relations.map((stack) => addressed.get(stack)?.get(entry.addresses[0] ?? ""));
    for (const twin of twins) if (twin !== undefined && twin.type === entry.type) groups.join(entry, twin);
    const unknownToPlan = relations.some((stack, at) => stack.kind === "plan" && twins[at] === undefined);
    if (entry.stack.kind === "state" && unknownToPlan) doubtful.push(entry);
  }
  const several = groups.all().filter((group) => group.some(({ stack }) => stack !== group[0]?.stack));
  const grouped = new Set(several.flat());
  return { groups: several, doubtful: doubtful.filter((entry) => !grouped.has(entry)), sameStack };
}

/**
 * What an account has under a name that a plan, code or state speaks of too, where nothing says that the two are apart:
 * the other input's word counts, and it may be to change or to destroy it. Metric filters have no ARN to tell by.
 */
function perhapsManaged(entries: readonly Entry[]): readonly Entry[] {
  const managed = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.stack.kind === "account") continue;
    for (const key of new Set([entry.before, entry.after].flatMap((values) => nameKey(entry.type, values)))) {
      managed.set(key, [...(managed.get(key) ?? []), entry]);
    }
  }
  return entries.filter((entry) => {
    if (entry.stack.kind !== "account") return false;
    const others = nameKey(entry.type, entry.after).flatMap((key) => managed.get(key) ?? []);
    return others.some(({ instance }) => {
      const [own, other] = [entry.instance?.scope, instance?.scope];
      if (own === undefined || other === undefined) return true;
      return !differ(own.account, other.account) && !differ(own.region, other.region);
    });
  });
}

/** Nothing for objects that are not told apart by names, or whose names are not known. */
function nameKey(type: string, values: Json | undefined): readonly string[] {
  const names = (namingArguments(type) ?? []).map((name) => get(values, name));
  const isKnown = names.length > 0 && names.every((name) => typeof name === "string" && name !== "");
  return isKnown ? [[type, ...names].join("\n")] : [];
}

/**
 * States that may be of the stack that a plan or code is of: an object of the same address and name that is not known
 * to be in another account or region. What such a state holds may be gone by then.
 */
function perhapsOutdated(entries: readonly Entry[], sameStack: SameObjects["sameStack"]): ReadonlySet<Stack> {
  const planned = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.stack.kind === "state") continue;
    for (const address of entry.addresses) planned.set(address, [...(planned.get(address) ?? []), entry]);
  }
  const found = new Set<Stack>();
  for (const entry of entries) {
    if (entry.stack.kind !== "state" || found.has(entry.stack)) continue;
    const others = planned.get(entry.addresses[0] ?? "") ?? [];
    if (others.some((other) => !sameStack(entry.stack, other.stack) && isPerhapsOne(entry, other))) {
      found.add(entry.stack);
    }
  }
  return found;
}

function isPerhapsOne(one: Entry, other: Entry): boolean {
  if (one.type !== other.type) return false;
  const [arn, second] = [arnOf(one), arnOf(other)];
  if (arn !== undefined && second !== undefined) return arn === second;
  const [a, b] = [one.instance?.scope, other.instance?.scope];
  if (differ(a?.account, b?.account) || differ(a?.region, b?.region)) return false;
  const names = namingArguments(one.type) ?? ["id"];
  return names.every((name) => {
    const text = textAt(one, name);
    return text !== undefined && text === textAt(other, name);
  });
}

function arnOf({ before, after }: Entry): string | undefined {
  return arnIn(before) ?? arnIn(after);
}

/** Known text of an argument, before apply or after it. */
function textAt({ before, instance }: Entry, name: string): string | undefined {
  const text = get(before, name);
  if (typeof text === "string" && text !== "") return text;
  return instance === undefined ? undefined : stringOf(instance.read(name)) || undefined;
}

// One stack

type Addressed = ReadonlyMap<Stack, ReadonlyMap<string, Entry>>;

function byAddress(entries: readonly Entry[]): Addressed {
  const found = new Map<Stack, Map<string, Entry>>();
  for (const entry of entries) {
    const own = found.get(entry.stack) ?? new Map<string, Entry>();
    for (const address of entry.addresses) own.set(address, entry);
    found.set(entry.stack, own);
  }
  return found;
}

/** Inputs that hold one object at one address, or states of one lineage. */
function relatives(
  stacks: readonly Stack[],
  entries: readonly Entry[],
): (one: Stack, other: Stack) => boolean {
  const families = createGroups<Stack>();
  const seen = new Map<string, Stack>();
  const meet = (key: string, stack: Stack) => {
    const found = seen.get(key);
    if (found === undefined) seen.set(key, stack);
    else families.join(found, stack);
  };
  for (const stack of stacks) if (stack.lineage !== undefined) meet(`lineage ${stack.lineage}`, stack);
  for (const { stack, addresses, before } of entries) {
    const arn = arnIn(before);
    for (const address of arn === undefined ? [] : addresses) meet(`${address}\n${arn}`, stack);
  }
  return (one, other) => families.same(one, other);
}

// One object

function keysOf({ type, instance, before, after }: Entry): readonly string[] {
  const arns = [arnIn(before), arnIn(after)].flatMap((arn) => (arn === undefined ? [] : [`${type}\n${arn}`]));
  const naming = namingArguments(type);
  if (naming === undefined || instance === undefined) return arns;
  const { account, region } = instance.scope;
  if (account === undefined || region === undefined) return arns;
  const names = naming.map((name) => stringOf(instance.read(name)));
  if (names.some((name) => name === undefined || name === "")) return arns;
  return [...arns, [type, account, region, ...names].join("\n")];
}

function arnIn(values: Json | undefined): string | undefined {
  const arn = get(values, "arn");
  return typeof arn === "string" && arn.startsWith("arn:") ? arn.replace(/:\*$/, "") : undefined;
}

// Difference

/** Arguments that both know and that differ; what Terraform and AWS keep count of for themselves is left out. */
export function differences(one: Json | undefined, other: Json | undefined): readonly string[] {
  if (!isObject(one) || !isObject(other)) return [];
  return Object.keys(one)
    .filter((name) => !BOOKKEEPING.has(name) && Object.hasOwn(other, name))
    .filter((name) => !isEqual(one[name], other[name]))
    .sort();
}

const BOOKKEEPING: ReadonlySet<string> = new Set(["tags", "tags_all", "timeouts", "id"]);

/** Not set, empty text and an empty list are told apart by no provider. */
function isEqual(one: Json | undefined, other: Json | undefined, depth = 0): boolean {
  if (isEmpty(one) || isEmpty(other)) return isEmpty(one) && isEmpty(other);
  if (one === other || depth > MAX_DEPTH) return true;
  if (isArray(one) && isArray(other)) {
    return one.length === other.length && one.every((item, at) => isEqual(item, other[at], depth + 1));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isEqual(one[name], other[name], depth + 1));
}

const MAX_DEPTH = 64;

function isEmpty(json: Json | undefined): boolean {
  if (json === undefined || json === null || json === "" || json === false) return true;
  if (isArray(json)) return json.length === 0;
  return isObject(json) && Object.keys(json).length === 0;
}

// Groups

interface Groups<T> {
  join(one: T, other: T): void;
  same(one: T, other: T): boolean;
  /** Those with more than one member, members in the order in which they were met. */
  all(): readonly (readonly T[])[];
}

function createGroups<T>(): Groups<T> {
  const groups = new Map<T, T[]>();
  const groupOf = (one: T): T[] => {
    const group = groups.get(one) ?? [one];
    groups.set(one, group);
    return group;
  };
  return {
    join(one, other) {
      const [a, b] = [groupOf(one), groupOf(other)];
      if (a === b) return;
      const [large, small] = a.length >= b.length ? [a, b] : [b, a];
      for (const member of small) {
        large.push(member);
        groups.set(member, large);
      }
    },
    same: (one, other) => one === other || (groups.has(one) && groups.get(one) === groups.get(other)),
    all: () => [...new Set(groups.values())],
  };
}
