// The resources and data sources of all modules as objects with attributes: written ones evaluated, the rest filled
// in as the provider does. Nothing is judged here.

import { equivalentAttributes } from "../../aws/arn.ts";
import {
  type Address,
  type InstanceKey,
  type ModuleStep,
  printAddress,
  printModulePath,
} from "../../model/address.ts";
import type { ConfigurationBlock, Expression } from "../../model/configuration.ts";
import type { AwsScope } from "../../model/graph.ts";
import {
  known,
  type Step,
  stringOf,
  UNSET,
  type UnknownOrigin,
  unknown,
  type Value,
} from "../../model/value.ts";
import { entryOf } from "../../terraform/evaluate.ts";
import type { Bindings, Lookup } from "../../terraform/scope.ts";
import { asArgument, defaultOf } from "./attribute-values.ts";
import {
  collectionOf,
  createMemo,
  createModules,
  environmentOf,
  evaluateWith,
  instanceAt,
  type ModuleInstance,
  type Modules,
  type ObjectNames,
  type World,
} from "./module-instance.ts";
import { providerData } from "./provider-data.ts";
import { scopeOfProvider } from "./providers.ts";
import { plannedRepetitions, type Repetitions, repetitionsOf } from "./repetition.ts";

/** One instance of a resource or data block. */
export interface SourceObject {
  readonly id: string;
  readonly address: Address;
  readonly module: ModuleInstance;
  readonly block: ConfigurationBlock;
  readonly bindings: Bindings | undefined;
  readonly exists: "yes" | "maybe";
}

export interface ExpandedBlock extends Repetitions {
  readonly instances: readonly SourceObject[];
}

/** What a plan knows of the objects; its word counts before the code's. */
export interface PlannedObjects {
  /** Keys of a block's instances in one module instance; `undefined`: the plan does not say. */
  keys(path: readonly ModuleStep[], name: string): readonly (InstanceKey | undefined)[] | undefined;
  /** `undefined`: the plan has no such object. */
  value(id: string, attribute: string): Value | undefined;
}

export interface Objects {
  readonly modules: Modules;
  /** The instances of a block. `name` as in `ModuleSource.resources`. */
  expand(module: ModuleInstance, name: string): ExpandedBlock | undefined;
  /** An attribute as it will be after apply, as far as the configuration says. */
  read(object: SourceObject, attribute: string): Value;
  /** What the configuration writes for an attribute; `undefined`: nothing, or null, which is the same. */
  written(object: SourceObject, attribute: string): Value | undefined;
  /** An object whose block has been expanded. */
  find(id: string): SourceObject | undefined;
  scopeOf(object: SourceObject): AwsScope;
}

export interface ObjectsInput {
  readonly world: World;
  readonly label: string;
  /** Set before ids of a second input. */
  readonly idPrefix: string;
  readonly planned?: PlannedObjects;
}

/** Arguments that Terraform itself uses; the provider never sees them. */
const META_ARGUMENTS: ReadonlySet<string> = new Set([
  "count",
  "for_each",
  "provider",
  "depends_on",
  "lifecycle",
  "provisioner",
  "connection",
]);

/** Cost: nothing until something is asked; then each attribute once. */
export function createObjects(input: ObjectsInput): Objects {
  const expanded = new Map<string, ExpandedBlock | "running">();
  const byId = new Map<string, SourceObject>();
  const memo = createMemo();

  const expand = (module: ModuleInstance, name: string): ExpandedBlock | undefined => {
    const block = module.module.source.resources.get(name);
    if (block === undefined) return undefined;
    const place = `${printModulePath(module.path)}|${name}`;
    const found = expanded.get(place);
    if (found === "running") return { ...CIRCULAR, instances: [] };
    if (found !== undefined) return found;
    expanded.set(place, "running");
    const result = expandBlock(input, module, name, block);
    for (const object of result.instances) byId.set(object.id, object);
    expanded.set(place, result);
    return result;
  };
  const read = (object: SourceObject, attribute: string): Value =>
    memo(`${object.id}.${attribute}`, () => readAttribute(objects, object, attribute));
  const names: ObjectNames = {
    value: (module, name, next) => namedValue(expand(module, name), next),
    attribute(reference, step) {
      const object = reference.path.length === 0 ? byId.get(reference.to) : undefined;
      if (object === undefined || typeof step !== "string")
        return { ...reference, path: [...reference.path, step] };
      const planned = input.planned?.value(object.id, step);
      if (planned === undefined) return valueFor(objects, object, step);
      // What the plan cannot say anything of is still exactly this attribute.
      const saysNothing = planned.kind === "unknown" && planned.candidates.length === 0;
      return saysNothing ? { ...referenceTo(object, step), sensitive: planned.sensitive } : planned;
    },
    cannotHold: (reference, text) => isIdentity(reference.path.at(-1)) && NEVER_IN_IDENTITIES.test(text),
  };
  const modules = createModules(input.world, names);
  const objects: Objects = {
    modules,
    expand,
    read,
    written: writtenValue,
    find: (id) => byId.get(id),
    scopeOf: (object) => scopeOfProvider(object, input.label),
  };
  return objects;
}

const CIRCULAR: Repetitions = {
  form: "for_each",
  list: [],
  open: { why: "expression", subject: "a count or for_each that refers to itself" },
};

function expandBlock(
  input: ObjectsInput,
  module: ModuleInstance,
  name: string,
  block: ConfigurationBlock,
): ExpandedBlock {
  const evaluate = (expression: Expression) => evaluateWith(module, undefined, expression);
  const keys = input.planned?.keys(module.path, name);
  const repetitions =
    keys === undefined ? repetitionsOf(block, evaluate) : plannedRepetitions(block, keys, evaluate);
  const [type = "", label = ""] = block.labels;
  const instances = repetitions.list.map(({ key, exists, bindings }): SourceObject => {
    const mode = block.type === "data" ? "data" : "managed";
    const address: Address = { module: module.path, mode, type, name: label, key };
    return {
      id: `${input.idPrefix}${printAddress(address)}`,
      address,
      module,
      block,
      bindings,
      exists: module.exists === "maybe" ? "maybe" : exists,
    };
  });
  return { ...repetitions, instances };
}

/** The name of a block as a value. A key right behind it picks the instance, whether or not it is sure to exist. */
function namedValue(block: ExpandedBlock | undefined, next: Step | undefined): Lookup | undefined {
  if (block === undefined) return undefined;
  if (block.form !== "single" && next !== undefined) {
    const picked = instanceAt(block, next);
    if (picked !== undefined) return { value: referenceTo(picked), used: 1 };
  }
  return {
    value: collectionOf(
      block,
      block.instances.map((object) => referenceTo(object)),
    ),
    used: 0,
  };
}

function referenceTo(object: SourceObject, ...path: Step[]): Value {
  return { kind: "reference", to: object.id, path, sensitive: false };
}

// Attributes

/** What an expression gets for an attribute: a reference where the value is only known after apply. */
function valueFor(objects: Objects, object: SourceObject, attribute: string): Value {
  const value = objects.read(object, attribute);
  const isData =
    object.address.mode === "data" && value.kind === "unknown" && value.origin.why === "data-source";
  return isData ? referenceTo(object, attribute) : value;
}

function readAttribute(objects: Objects, object: SourceObject, attribute: string): Value {
  if (META_ARGUMENTS.has(attribute)) return UNSET;
  const written = writtenValue(object, attribute);
  if (written !== undefined) return written;
  if (object.address.mode === "data") {
    const place = `${printAddress(object.address)}.${attribute}`;
    const origin: UnknownOrigin = { why: "data-source", subject: place };
    return providerData(object.address.type, attribute, objects.scopeOf(object)) ?? unknown(origin);
  }
  const filled = defaultOf(object.address.type, attribute);
  if (filled !== undefined) return filled;
  return sameByAnotherName(object, attribute) ?? referenceTo(object, attribute);
}

/** `undefined`: the argument is not written, or written as null, which is the same. */
function writtenValue(object: SourceObject, attribute: string): Value | undefined {
  const { body } = object.block;
  if (!body.entries.has(attribute) && !body.dynamic.has(attribute)) return undefined;
  const value = entryOf(body, attribute, environmentOf(object.module, object.bindings));
  if (value.kind === "known" && value.value === null) return undefined;
  return asArgument(value, { type: object.address.type, attribute, self: referenceTo(object) });
}

/** The `id` of a log group is its name: known although Terraform waits for it. */
function sameByAnotherName(object: SourceObject, attribute: string): Value | undefined {
  const groups = equivalentAttributes(object.address.type).filter((group) => group.includes(attribute));
  for (const other of groups.flat()) {
    if (other === attribute) continue;
    const text = stringOf(writtenValue(object, other) ?? UNSET);
    if (text !== undefined) return known(text);
  }
  return undefined;
}

function isIdentity(step: Step | undefined): boolean {
  return step === "arn" || step === "id" || step === "name";
}

/**
 * Names, ids and ARNs of AWS hold none of these.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (a "*" stands only in policies)
 */
const NEVER_IN_IDENTITIES = /[*\s"'<>|,;`{}$%?]/;
