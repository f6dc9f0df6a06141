// Which object a value points to: an instance of the inputs, an object outside them, or one of several.
// Joins by value (ARN, name), by reference, and by what an unknown value can come from.

import { parseArn } from "../aws/arn.ts";
import type { AwsScope, Graph, ResourceInstance } from "../model/graph.ts";
import {
  agree,
  any,
  HIDDEN,
  isSensitive,
  stringOf,
  type Tri,
  type Unknown,
  type UnknownOrigin,
  type Value,
} from "../model/value.ts";
import { FAMILIES, type Family, type FamilyFacts, familyOfType } from "./families.ts";
import { differ, sameScope } from "./same-scope.ts";

export type Target =
  | { readonly kind: "instance"; readonly instance: ResourceInstance }
  /** Named by the inputs, managed elsewhere. */
  | {
      readonly kind: "outside";
      readonly name: string;
      readonly scope: AwsScope;
      readonly text: string;
      /** Its name and text stand in a sensitive value. */
      readonly hidden?: true;
    }
  /** Something that is no such object at all: a Lambda function among alarm actions. */
  | { readonly kind: "foreign"; readonly text: string; readonly hidden?: true };

/**
 * Where one value points. With one target it points there; with several to one of them, it is not known to which;
 * with none nowhere (the argument is not set).
 */
export interface Pointer {
  readonly targets: readonly Target[];
  /** Where the argument may point besides: known values that the same expression names. */
  readonly also: readonly Target[];
  /** Why it may point somewhere else as well; `undefined` when it cannot. */
  readonly open: UnknownOrigin | undefined;
}

export interface Pointing {
  readonly graph: Graph;
  /** Where the object stands whose value is asked: a bare name means an object there. */
  readonly from: AwsScope;
  readonly family: Family;
}

/** One pointer per element of a list that is known; one for the whole of a value that is not. */
export function pointersOf(value: Value, pointing: Pointing): readonly Pointer[] {
  const elements = value.kind === "list" ? value.elements : undefined;
  if (elements !== undefined) return elements.map((element) => pointerOfElement(element, pointing));
  const pointer = pointerOf(value, pointing);
  return pointer.targets.length === 0 && pointer.open === undefined ? [] : [pointer];
}

/** An element that stands for any number of them may stand for none. */
function pointerOfElement(element: Value, pointing: Pointing): Pointer {
  const pointer = pointerOf(element, pointing);
  const perhapsNone = element.kind === "unknown" && element.several === true;
  return perhapsNone ? { ...pointer, open: pointer.open ?? element.origin } : pointer;
}

export function pointerOf(value: Value, pointing: Pointing): Pointer {
  const pointer = pointerOfValue(value, pointing);
  if (!isSensitive(value)) return pointer;
  return { ...pointer, targets: pointer.targets.map(hide), also: pointer.also.map(hide) };
}

function hide(target: Target): Target {
  return target.kind === "instance" ? target : { ...target, hidden: true };
}

/** How findings speak of a target. */
export function spokenOf(target: Target): string {
  if (target.kind === "instance") return target.instance.name;
  return target.hidden === true ? HIDDEN : target.text;
}

function pointerOfValue(value: Value, pointing: Pointing): Pointer {
  switch (value.kind) {
    case "known": {
      const text = stringOf(value);
      return text === undefined || text === "" ? NOWHERE : pointerOfText(text, pointing);
    }
    case "reference":
      return pointerOfReference(value.to, String(value.path[0] ?? ""), pointing);
    case "text":
      return pointerOfParts(value.parts, pointing);
    case "list":
      return union(value.elements.map((element) => pointerOf(element, pointing)));
    case "map":
      return union([...value.entries.values()].map((entry) => pointerOf(entry, pointing)));
    case "unknown":
      return pointerOfUnknown(value, pointing);
    default:
      return value satisfies never;
  }
}

const NOWHERE: Pointer = { targets: [], also: [], open: undefined };

function exactly(target: Target): Pointer {
  return { targets: [target], also: [], open: undefined };
}

function union(pointers: readonly Pointer[]): Pointer {
  const targets: Target[] = [];
  for (const target of pointers.flatMap((pointer) => pointer.targets)) {
    if (!targets.some((seen) => sameTarget(seen, target) === "yes")) targets.push(target);
  }
  return {
    targets,
    also: pointers.flatMap((pointer) => pointer.also),
    open: pointers.find((pointer) => pointer.open !== undefined)?.open,
  };
}

// Known text

const MOST_NAMESAKES = 16;

function pointerOfText(text: string, pointing: Pointing): Pointer {
  const family = FAMILIES[pointing.family];
  const isArn = text.startsWith("arn:");
  const name = isArn ? family.nameOfArn(text) : family.byName ? text : undefined;
  if (name === undefined) return exactly({ kind: "foreign", text });
  const scope = isArn ? scopeOfArn(text) : pointing.from;
  const outside: Target = { kind: "outside", name, scope, text };
  const found = namesakes(pointing.graph, family, name)
    .map((instance) => ({ instance, answer: isNamed(instance, name, scope) }))
    .filter(({ answer }) => answer !== "no");
  // AWS has one object of a name in a region; so many are no description of one account.
  if (found.length > MOST_NAMESAKES) return { ...NOWHERE, open: { why: "expression", subject: text } };
  const certain = found.filter(({ answer }) => answer === "yes");
  const [first] = certain;
  if (first !== undefined && certain.length === 1)
    return exactly({ kind: "instance", instance: first.instance });
  const possible = found.map(({ instance }): Target => ({ kind: "instance", instance }));
  return { targets: certain.length > 0 ? possible : [...possible, outside], also: [], open: undefined };
}

interface Namesakes {
  readonly byName: ReadonlyMap<string, readonly ResourceInstance[]>;
  /** Those whose name is not known. */
  readonly nameless: readonly ResourceInstance[];
}

/** A graph does not change, so what its objects are called is looked up once. */
const NAMESAKES = new WeakMap<Graph, Map<string, Namesakes>>();

/** The objects of a type that are called so, or may be. */
function namesakes(graph: Graph, { type }: FamilyFacts, name: string): readonly ResourceInstance[] {
  const types = NAMESAKES.get(graph) ?? new Map<string, Namesakes>();
  NAMESAKES.set(graph, types);
  const known = types.get(type) ?? groupByName(graph.resources(type));
  types.set(type, known);
  return [...(known.byName.get(name) ?? []), ...known.nameless];
}

function groupByName(instances: readonly ResourceInstance[]): Namesakes {
  const byName = new Map<string, ResourceInstance[]>();
  const nameless: ResourceInstance[] = [];
  for (const instance of instances) {
    const name = stringOf(nameOf(instance));
    const group = name === undefined ? nameless : (byName.get(name) ?? []);
    group.push(instance);
    if (name !== undefined) byName.set(name, group);
  }
  return { byName, nameless };
}

function scopeOfArn(text: string): AwsScope {
  const arn = parseArn(text);
  return {
    partition: arn?.partition || undefined,
    account: arn?.account || undefined,
    region: arn?.region || undefined,
    provider: "",
  };
}

/**
 * Whether an object has the name in the scope. A name that is not known before apply (`name_prefix`) is never
 * matched by its beginning: nobody can have written the rest of it down.
 */
function isNamed(instance: ResourceInstance, name: string, scope: AwsScope): Tri {
  const value = nameOf(instance);
  const own = stringOf(value);
  if (own !== undefined) return own === name ? sameHome(instance, scope) : "no";
  return value.kind === "reference" && value.to === instance.id ? "no" : "maybe";
}

function nameOf(instance: ResourceInstance): Value {
  return instance.read(familyOfType(instance.address.type)?.nameAttribute ?? "name");
}

function sameHome(instance: ResourceInstance, scope: AwsScope): Tri {
  if (familyOfType(instance.address.type)?.global !== true) return sameScope(instance.scope, scope);
  const { account, partition } = instance.scope;
  return differ(account, scope.account) || differ(partition, scope.partition) ? "no" : "yes";
}

// References and parts

function pointerOfReference(to: string, attribute: string, pointing: Pointing): Pointer {
  const family = FAMILIES[pointing.family];
  const instance = pointing.graph.byId(to);
  if (instance === undefined) return { targets: [], also: [], open: { why: "not-in-plan", subject: to } };
  if (instance.address.mode === "data") return pointerOfData(instance, pointing);
  if (instance.address.type !== family.type) return exactly({ kind: "foreign", text: instance.name });
  if (attribute !== "" && !family.identities.includes(attribute)) {
    return {
      targets: [{ kind: "instance", instance }],
      also: [],
      open: { why: "expression", subject: instance.name },
    };
  }
  return exactly({ kind: "instance", instance });
}

/** A data source of the same type that is read at apply: its `name` argument says which object it finds. */
function pointerOfData(instance: ResourceInstance, pointing: Pointing): Pointer {
  const family = FAMILIES[pointing.family];
  const name = instance.address.type === family.type ? stringOf(instance.read("name")) : undefined;
  if (name === undefined)
    return { targets: [], also: [], open: { why: "data-source", subject: instance.name } };
  const found = namesakes(pointing.graph, family, name).filter(
    (candidate) => isNamed(candidate, name, instance.scope) === "yes",
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return exactly({ kind: "instance", instance: only });
  return exactly({ kind: "outside", name, scope: instance.scope, text: instance.name });
}

/**
 * A string with unknown parts. An identity of one object, with nothing but `:*` behind it or an ARN's beginning
 * before it, still is that object; anything else may name another.
 */
function pointerOfParts(parts: readonly Value[], pointing: Pointing): Pointer {
  const unknownParts = parts.filter((part) => part.kind !== "known");
  const literals = parts.filter((part) => part.kind === "known").map((part) => stringOf(part) ?? "");
  const pointers = unknownParts.map((part) => pointerOf(part, pointing));
  const pointed = pointers.filter((pointer) => pointer.targets.some((target) => target.kind !== "foreign"));
  const [only] = pointed;
  const affixed = literals.every(
    (literal) => literal === "" || literal === ":*" || /^(arn:|:)/.test(literal),
  );
  if (only !== undefined && pointed.length === 1 && affixed) return only;
  const byArn = pointerOfPartialArn(parts, pointing);
  if (byArn !== undefined) return byArn;
  return { ...union(pointed), open: { why: "expression", subject: "a string with unknown parts" } };
}

const HOLE = "\u0000";

/** `arn:aws:sns:eu-west-1:<unknown>:alarms`: the name is known, so the objects of that name are meant. */
function pointerOfPartialArn(parts: readonly Value[], pointing: Pointing): Pointer | undefined {
  const text = parts.map((part) => (part.kind === "known" ? (stringOf(part) ?? "") : HOLE)).join("");
  const arn = parseArn(text.replaceAll(HOLE, "0"));
  const pieces = text.split(":");
  if (arn === undefined || pieces.slice(5).join(":").includes(HOLE)) return undefined;
  const known = (piece: string | undefined) => (piece === undefined || piece.includes(HOLE) ? "" : piece);
  const pointer = pointerOfText(
    [
      "arn",
      known(pieces[1]) || "aws",
      pieces[2],
      known(pieces[3]),
      known(pieces[4]),
      ...pieces.slice(5),
    ].join(":"),
    pointing,
  );
  return pointer;
}

// Unknown values

function pointerOfUnknown(value: Unknown, pointing: Pointing): Pointer {
  if (value.candidates.length === 0) return { targets: [], also: [], open: value.origin };
  const pointers = value.candidates.map((candidate) => ofTheFamily(pointerOf(candidate, pointing)));
  const joined = union(pointers);
  const besides = (value.besides ?? []).flatMap((known) => pointersOf(known, pointing));
  return {
    targets: joined.targets,
    also: [...joined.also, ...besides.flatMap((pointer) => pointer.targets)],
    open: joined.open ?? (value.closed ? undefined : value.origin),
  };
}

/** Of all that one contributor can mean, the objects of the family: a module's other outputs are beside the point. */
function ofTheFamily(pointer: Pointer): Pointer {
  const own = pointer.targets.filter((target) => target.kind !== "foreign");
  return own.length > 0 ? { ...pointer, targets: own } : pointer;
}

// Comparing

/** Whether two targets are one object. */
export function sameTarget(a: Target, b: Target): Tri {
  if (a.kind === "foreign") return b.kind === "foreign" && a.text === b.text ? "yes" : "no";
  if (b.kind === "foreign") return "no";
  if (a.kind === "instance") {
    return b.kind === "instance"
      ? sameInstance(a.instance, b.instance)
      : isNamed(a.instance, b.name, b.scope);
  }
  return b.kind === "instance" ? isNamed(b.instance, a.name, a.scope) : sameOutside(a, b);
}

/** Two inputs may hold one object: a plan and the state of the same stack. */
function sameInstance(a: ResourceInstance, b: ResourceInstance): Tri {
  if (a.id === b.id) return "yes";
  if (a.input === b.input) return "no";
  const [one, other] = [stringOf(a.read("arn")), stringOf(b.read("arn"))];
  return one !== undefined && one === other ? "yes" : "no";
}

function sameOutside(a: Target & { kind: "outside" }, b: Target & { kind: "outside" }): Tri {
  if (
    a.name !== b.name ||
    differ(a.scope.region, b.scope.region) ||
    differ(a.scope.account, b.scope.account)
  ) {
    return "no";
  }
  return sameScope(a.scope, b.scope);
}

/** Whether the pointer means the target: decided where all it can mean agree. */
export function pointsTo(pointer: Pointer, target: Target): Tri {
  return amongTargets(pointer, (own) => sameTarget(own, target));
}

/**
 * What holds of the object pointed to: decided where all it can be agree. Nothing pointed to is "no"; what may
 * stand beside it can only take a "no" away.
 */
export function amongTargets(pointer: Pointer, judge: (target: Target) => Tri): Tri {
  const answer = pointer.targets.length === 0 ? "no" : agree(pointer.targets.map(judge));
  if (answer === "no" && any(pointer.also.map(judge)) !== "no") return "maybe";
  return pointer.open === undefined ? answer : "maybe";
}
