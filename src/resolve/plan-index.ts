// One plan's objects and configuration, indexed for following references. Knows addresses, not expressions.

import {
  type Address,
  type InstanceKey,
  type ModuleStep,
  printKey,
  printModulePath,
} from "../model/address.ts";
import type { ModuleCall, ModuleConfiguration, ResourceConfiguration } from "../model/plan.ts";
import type { PlannedObject } from "./after-apply.ts";

/** An object, its configuration block where there is one, and its id in the graph. */
export interface IndexedObject {
  readonly id: string;
  readonly object: PlannedObject;
  readonly configuration: ResourceConfiguration | undefined;
}

export interface PlanIndex {
  readonly idPrefix: string;
  readonly objects: readonly IndexedObject[];
  byId(id: string): IndexedObject | undefined;
  /** All instances of a block in one module instance, whatever their keys. */
  instances(path: readonly ModuleStep[], block: string): readonly IndexedObject[];
  /** The configuration of a module, keys of the path left aside; `undefined` where the plan does not have it. */
  module(path: readonly ModuleStep[]): ModuleConfiguration | undefined;
  call(path: readonly ModuleStep[], name: string): ModuleCall | undefined;
  /** Keys under which a module call has instances holding any object; `[undefined]` for one without count or for_each. */
  moduleKeys(path: readonly ModuleStep[], name: string): readonly (InstanceKey | undefined)[];
}

/** `aws_sns_topic.a`, `data.aws_region.b`: how the configuration names a block inside its module. */
export function blockName(of: Pick<Address, "mode" | "type" | "name">): string {
  return `${of.mode === "data" ? "data." : ""}${of.type}.${of.name}`;
}

/** `idPrefix` sets the objects of a further input apart from the first one's. Cost: linear in the objects. */
export function indexPlan(
  objects: readonly PlannedObject[],
  root: ModuleConfiguration | undefined,
  idPrefix: string,
): PlanIndex {
  const indexed: IndexedObject[] = [];
  const byId = new Map<string, IndexedObject>();
  const byBlock = new Map<string, IndexedObject[]>();
  const keys = new Map<string, Map<string, InstanceKey | undefined>>();
  const module = memoByPath((path) => findModule(root, path));
  for (const object of objects) {
    const { address } = object;
    const entry: IndexedObject = {
      id: `${idPrefix}${object.printed}`,
      object,
      configuration: module(address.module)?.resources.get(blockName(address)),
    };
    indexed.push(entry);
    byId.set(entry.id, entry);
    const block = `${printModulePath(address.module)}|${blockName(address)}`;
    const siblings = byBlock.get(block);
    if (siblings === undefined) byBlock.set(block, [entry]);
    else siblings.push(entry);
    address.module.forEach((step, depth) => {
      const call = `${printModulePath(address.module.slice(0, depth))}|${step.name}`;
      const known = keys.get(call) ?? new Map<string, InstanceKey | undefined>();
      known.set(printKey(step.key), step.key);
      keys.set(call, known);
    });
  }
  return {
    idPrefix,
    objects: indexed,
    byId: (id) => byId.get(id),
    instances: (path, block) => byBlock.get(`${printModulePath(path)}|${block}`) ?? [],
    module,
    call: (path, name) => module(path)?.calls.get(name),
    moduleKeys: (path, name) => [...(keys.get(`${printModulePath(path)}|${name}`)?.values() ?? [])],
  };
}

function findModule(
  root: ModuleConfiguration | undefined,
  path: readonly ModuleStep[],
): ModuleConfiguration | undefined {
  let module = root;
  for (const step of path) module = module?.calls.get(step.name)?.module;
  return module;
}

function memoByPath<T>(compute: (path: readonly ModuleStep[]) => T): (path: readonly ModuleStep[]) => T {
  const known = new Map<string, T>();
  return (path) => {
    const name = path.map((step) => step.name).join(".");
    const found = known.get(name);
    if (found !== undefined || known.has(name)) return found as T;
    const value = compute(path);
    known.set(name, value);
    return value;
  };
}
