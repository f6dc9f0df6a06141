// A configuration without a plan as a graph: everything is created anew, and what only AWS can say is a reference.

import { printAddress } from "../../model/address.ts";
import type { Gap, Graph, InputSummary, ResourceInstance } from "../../model/graph.ts";
import { InputError } from "../../model/problem.ts";
import type { SourceLocation } from "../../model/source.ts";
import type { ModuleInstance } from "./module-instance.ts";
import type { Objects, SourceObject } from "./objects.ts";

/** More objects than this is no configuration that anybody plans in one go. */
const MAX_OBJECTS = 200_000;
const MAX_MODULES = 50_000;

/** Throws InputError where modules and counts multiply beyond reason. Cost: linear in the objects. */
export function graphOfSources(objects: Objects, label: string): Graph {
  const found = findInstances(objects, label);
  const instances = found.instances.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const byId = new Map(instances.map((instance) => [instance.id, instance]));
  const managed = instances.filter((instance) => instance.address.mode === "managed");
  const ofType = groupByType(instances);
  return Object.freeze({
    inputs: [summary(label)],
    resources: (type: string) => ofType.get(`managed ${type}`) ?? [],
    data: (type: string) => ofType.get(`data ${type}`) ?? [],
    byId: (id: string) => byId.get(id),
    everything: () => managed,
    gone: () => [],
    gaps: (type: string) => found.gaps.filter((gap) => gap.types?.includes(type) ?? true),
    withoutInstance: (type: string) => found.empty.filter((one) => one.type === type).map((one) => one.name),
  });
}

/** Every object of a configuration, data sources too. Throws InputError as `graphOfSources` does. */
export function findInstances(objects: Objects, label: string): Found {
  const found: Found = { instances: [], gaps: [], empty: [], modules: 0 };
  visitModule(objects, label, objects.modules.root, found);
  return found;
}

function groupByType(
  instances: readonly ResourceInstance[],
): ReadonlyMap<string, readonly ResourceInstance[]> {
  const groups = new Map<string, ResourceInstance[]>();
  for (const instance of instances) {
    const name = `${instance.address.mode} ${instance.address.type}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [instance]);
    else group.push(instance);
  }
  return groups;
}

export interface Found {
  modules: number;
  readonly instances: ResourceInstance[];
  readonly gaps: Gap[];
  /** Blocks that have no instance. */
  readonly empty: { readonly type: string; readonly name: string }[];
}

function visitModule(objects: Objects, label: string, module: ModuleInstance, found: Found): void {
  found.modules += 1;
  if (found.modules > MAX_MODULES) throw tooMany(label, `${MAX_MODULES} instances of modules`);
  for (const name of module.module.source.resources.keys()) visitBlock(objects, label, module, name, found);
  for (const [name, call] of module.module.source.calls) {
    const called = objects.modules.children(module, name);
    const location = locationOf(module, call.location);
    if (called === undefined) {
      const origin = { why: "module-not-installed", subject: `${pathPrefix(module)}module.${name}` } as const;
      found.gaps.push({ origin, types: undefined, location });
      continue;
    }
    if (called.open !== undefined) {
      const types = called.instances.flatMap((instance) => typesIn(instance.module));
      found.gaps.push({ origin: called.open, types: [...new Set(types)], location });
    }
    for (const instance of called.instances) visitModule(objects, label, instance, found);
  }
}

function pathPrefix(module: ModuleInstance): string {
  return module.path.map((step) => `module.${step.name}.`).join("");
}

function typesIn(module: ModuleInstance["module"]): readonly string[] {
  const own = [...module.source.resources.values()].filter((block) => block.type === "resource");
  const inner = [...module.children.values()].flatMap((child) => (child === undefined ? [] : typesIn(child)));
  return [...own.map((block) => block.labels[0] ?? ""), ...inner];
}

function visitBlock(
  objects: Objects,
  label: string,
  module: ModuleInstance,
  name: string,
  found: Found,
): void {
  const expanded = objects.expand(module, name);
  const block = module.module.source.resources.get(name);
  if (expanded === undefined || block === undefined) return;
  const [type = ""] = block.labels;
  const location = locationOf(module, block.location);
  if (expanded.instances.length === 0 && block.type === "resource") {
    found.empty.push({ type, name: `${pathPrefix(module)}${name}` });
  }
  if (expanded.open !== undefined && block.type === "resource") {
    found.gaps.push({ origin: expanded.open, types: [type], location });
  }
  for (const object of expanded.instances) found.instances.push(instanceOf(objects, label, object, location));
  if (found.instances.length > MAX_OBJECTS) throw tooMany(label, `${MAX_OBJECTS} objects`);
}

function tooMany(label: string, what: string): InputError {
  const message = `the configuration makes more than ${what}`;
  return new InputError([{ code: "too-many-objects", place: label, message }]);
}

function instanceOf(
  objects: Objects,
  label: string,
  object: SourceObject,
  location: SourceLocation | undefined,
): ResourceInstance {
  return {
    id: object.id,
    address: object.address,
    name: printAddress(object.address),
    input: label,
    exists: object.exists,
    doubt: object.exists === "maybe" ? "count-not-known" : undefined,
    fresh: true,
    get scope() {
      return objects.scopeOf(object);
    },
    location,
    read: (attribute) => objects.read(object, attribute),
  };
}

/** A place in the user's own files: for what stands in an installed module, the call that brought the module in. */
export function locationOf(
  module: ModuleInstance,
  location: SourceLocation | undefined,
): SourceLocation | undefined {
  let place = location;
  for (let at: ModuleInstance | undefined = module; at !== undefined; at = at.call?.parent) {
    if (at.module.foreign && at.call !== undefined) place = at.call.block.location;
  }
  return place;
}

function summary(label: string): InputSummary {
  return {
    label,
    kind: "sources",
    formatVersion: undefined,
    terraformVersion: undefined,
    mode: "normal",
    sha256: undefined,
  };
}
