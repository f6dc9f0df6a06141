// One plan's objects and configuration, indexed for following references. Knows addresses, not expressions.

import {
  type Address,
  type InstanceKey,
  type ModuleStep,
  parseAddress,
  parseModulePath,
  printKey,
  printModulePath,
} from "../model/address.ts";
import type {
  ModuleCall,
  ModuleConfiguration,
  PlanDocument,
  ResourceConfiguration,
  StateDocument,
} from "../model/plan.ts";
import { type AfterApply, afterEntries, type PlannedObject } from "./after-apply.ts";

/** An object, its configuration block where there is one, and its id in the graph. */
export interface IndexedObject {
  readonly id: string;
  readonly object: PlannedObject;
  readonly configuration: ResourceConfiguration | undefined;
}

export interface PlanIndex {
  readonly idPrefix: string;
  /** Those that were read at once. */
  readonly objects: readonly IndexedObject[];
  /** Those of a type, such as `data.aws_region`, in the order of the document. */
  ofType(type: string): readonly IndexedObject[];
  /** Objects that the plan removes, of types that were read at once and of those that `ofType` was asked for. */
  gone(): AfterApply["gone"];
  byId(id: string): IndexedObject | undefined;
  /** All instances of a block in one module instance, whatever their keys. */
  instances(path: readonly ModuleStep[], block: string): readonly IndexedObject[];
  /** Whether the plan was asked for blocks of this kind: if not, nobody knows of their instances. */
  covers(block: string): boolean;
  configured(path: readonly ModuleStep[], block: string): ResourceConfiguration | undefined;
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

/** `aws_sns_topic`, `data.aws_region`. */
function typeOfBlock(block: string): string {
  return block.slice(0, block.lastIndexOf("."));
}

/**
 * `idPrefix` sets the objects of a further input apart from the first one's. Objects that were set aside come in when
 * they are asked for. Cost: linear in the objects that were read at once.
 */
export function indexPlan(
  document: PlanDocument | StateDocument,
  { objects, gone }: Pick<AfterApply, "objects" | "gone">,
  idPrefix: string,
): PlanIndex {
  const root = document.kind === "plan" ? document.configuration : undefined;
  const { aside } = document;
  const module = memoByPath((path) => findModule(root, path));
  const configured: PlanIndex["configured"] = (path, block) =>
    module(path)?.resources.get(block) ?? aside?.configured(typeOfBlock(block), blockOf(path, block));
  const seen = createObjectIndex(idPrefix, configured);
  const removed = [...gone];
  for (const object of objects) seen.add(object);
  const atOnce = [...seen.all()];

  const asideTypes = new Set(aside?.types);
  const loaded = new Set<string>();
  const load = (type: string, block?: string): void => {
    if (aside === undefined || !asideTypes.has(type) || loaded.has(type) || loaded.has(block ?? type)) return;
    const after = afterEntries(aside.entries(type, block), document);
    const wanted = ({ address }: { readonly address: Address }): boolean => {
      const own = blockOf(address.module, blockName(address));
      return block === undefined ? !loaded.has(own) : own === block;
    };
    for (const object of after.objects.filter(wanted)) seen.add(object);
    removed.push(...after.gone.filter(wanted));
    loaded.add(block ?? type);
  };
  const moduleKeys = lazily(() => {
    for (const text of aside?.modules ?? []) seen.addModule(parseModulePath(text) ?? []);
    return seen.moduleKeys;
  });
  return {
    idPrefix,
    objects: atOnce,
    ofType: (type) => {
      load(type);
      return seen.ofType(type);
    },
    gone: () => removed,
    byId: (id) => {
      const known = seen.byId(id);
      if (known !== undefined || asideTypes.size === 0 || !id.startsWith(idPrefix)) return known;
      const address = parseAddress(id.slice(idPrefix.length));
      if (address === undefined) return undefined;
      const block = blockName(address);
      load(typeOfBlock(block), blockOf(address.module, block));
      return seen.byId(id);
    },
    instances: (path, block) => {
      load(typeOfBlock(block), blockOf(path, block));
      return seen.instances(path, block);
    },
    covers: (block) => aside === undefined || aside.covers(typeOfBlock(block).replace(/^data\./, "")),
    configured,
    module,
    call: (path, name) => module(path)?.calls.get(name),
    moduleKeys: (path, name) => moduleKeys()(path, name),
  };
}

/** A block with the names of its modules, keys left aside. */
function blockOf(path: readonly ModuleStep[], block: string): string {
  return `${path.map(({ name }) => `module.${name}.`).join("")}${block}`;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Objects by id, type, block and module, as they come. */
function createObjectIndex(idPrefix: string, configured: PlanIndex["configured"]) {
  const byId = new Map<string, IndexedObject>();
  const byBlock = new Map<string, IndexedObject[]>();
  const byType = new Map<string, IndexedObject[]>();
  const keys = new Map<string, Map<string, InstanceKey | undefined>>();
  const addModule = (path: readonly ModuleStep[]): void => {
    path.forEach((step, depth) => {
      const call = `${printModulePath(path.slice(0, depth))}|${step.name}`;
      const known = keys.get(call) ?? new Map<string, InstanceKey | undefined>();
      known.set(printKey(step.key), step.key);
      keys.set(call, known);
    });
  };
  return {
    addModule,
    add(object: PlannedObject): void {
      const { address } = object;
      const block = blockName(address);
      const entry = {
        id: `${idPrefix}${object.printed}`,
        object,
        configuration: configured(address.module, block),
      };
      byId.set(entry.id, entry);
      push(byBlock, `${printModulePath(address.module)}|${block}`, entry);
      push(byType, typeOfBlock(block), entry);
      addModule(address.module);
    },
    all: () => byId.values(),
    byId: (id: string) => byId.get(id),
    ofType: (type: string) => byType.get(type) ?? [],
    instances: (path: readonly ModuleStep[], block: string) =>
      byBlock.get(`${printModulePath(path)}|${block}`) ?? [],
    moduleKeys: (path: readonly ModuleStep[], name: string) => [
      ...(keys.get(`${printModulePath(path)}|${name}`)?.values() ?? []),
    ],
  };
}

function push<Entry>(groups: Map<string, Entry[]>, name: string, entry: Entry): void {
  const group = groups.get(name);
  if (group === undefined) groups.set(name, [entry]);
  else group.push(entry);
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
