// A suggestion while it grows: what has been proposed so far, under names that are free, and the graph it makes.

import type { Address } from "../model/address.ts";
import { printModulePath } from "../model/address.ts";
import type { Place } from "../model/finding.ts";
import type { Graph, ResourceInstance } from "../model/graph.ts";
import type { Argument, Block, Expression } from "./block.ts";
import type { ModuleInterface } from "./interfaces.ts";
import { freeName } from "./naming.ts";
import { addedInstance, overlay } from "./overlay.ts";
import { type AddedBlock, type ChangedBlock, type Home, homeOf, type Part } from "./part.ts";

export interface Draft {
  graph(): Graph;
  parts(): readonly Part[];
  notes(): readonly string[];
  note(text: string): void;
  /** The object that a place names, as the suggestion leaves it. */
  find(place: Place | undefined): ResourceInstance | undefined;
  /** Adds a resource or data source; `name` gets a number behind it when it is taken. */
  add(home: Home, block: NewBlock): ResourceInstance;
  /** Adds a variable or an output and returns the name it got; one of the same content is added once. */
  declare(home: Home, type: "variable" | "output", wanted: string, list: readonly Argument[]): string;
  /** Sets arguments of an object that is there, or of a block that this suggestion adds. */
  change(instance: ResourceInstance, edit: Edit): void;
  /** Passes an argument to a module call. */
  pass(home: Home, call: string, name: string, value: Expression): void;
  remove(instance: ResourceInstance, remark: string): void;
  readonly interfaces: readonly ModuleInterface[];
}

export interface NewBlock {
  readonly mode?: "data";
  readonly type: string;
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly blocks?: readonly Block[];
  readonly remarks?: readonly string[];
}

export interface Edit {
  readonly set?: readonly Argument[];
  readonly replace?: readonly Block[];
  readonly append?: readonly Block[];
  readonly remove?: readonly string[];
  readonly remark?: string;
}

export function createDraft(base: Graph, interfaces: readonly ModuleInterface[]): Draft {
  const parts = new Map<string, Part>();
  const notes = new Set<string>();
  const list = () => [...parts.values()];
  let current: Graph | undefined = base;
  const put = (key: string, part: Part) => {
    parts.set(key, part);
    current = undefined;
  };
  const graph = () => {
    current ??= overlay(base, list());
    return current;
  };
  return {
    interfaces,
    graph,
    parts: list,
    notes: () => [...notes],
    note: (text) => notes.add(text),
    find: (place) => findInstance(graph(), place),
    add: (home, block) => {
      const part = addedBlock(home, block, graph());
      const [instance] = addedInstance(part);
      if (instance === undefined) throw new Error("a resource has an address");
      put(instance.id, part);
      return instance;
    },
    declare: (home, type, wanted, content) => {
      const place = home.idPrefix + modulePath(home);
      const existing = declared(interfaces, home, type);
      const key = (name: string) => `${place} ${type} ${name}`;
      const before = parts.get(key(wanted));
      if (before?.kind === "add" && sameContent(before.block.arguments, content)) return wanted;
      const name = freeName(wanted, (tried) => existing.includes(tried) || parts.has(key(tried)));
      const block: Block = { type, labels: [name], arguments: content, blocks: [] };
      put(key(name), { kind: "add", home, block, address: undefined, remarks: [] });
      return name;
    },
    change: (instance, edit) => {
      const before = parts.get(instance.id);
      put(
        instance.id,
        before?.kind === "add" ? editAdded(before, edit) : editPresent(before, instance, edit),
      );
    },
    pass: (home, call, name, value) => {
      const key = `${home.idPrefix}${modulePath(home)} module ${call}`;
      const before = parts.get(key);
      const own = before?.kind === "change" ? before : unchanged(home, ["module", call], undefined);
      put(key, merged(own, { set: [{ name, value }] }));
    },
    remove: (instance, remark) => {
      put(instance.id, { kind: "remove", home: homeOf(instance), instance, remarks: [remark] });
    },
  };
}

function findInstance(graph: Graph, place: Place | undefined): ResourceInstance | undefined {
  if (place === undefined) return undefined;
  const fits = (instance: ResourceInstance) =>
    instance.name === place.address && instance.input === place.input;
  return graph.everything().find(fits);
}

/** The module's place in the configuration: instance keys make no difference there. */
export function modulePath(home: Pick<Home, "module">): string {
  return printModulePath(home.module.map(({ name }) => ({ name, key: undefined })));
}

function addedBlock(home: Home, block: NewBlock, graph: Graph): AddedBlock {
  const { type, mode = "managed", remarks = [] } = block;
  const own = modulePath(home);
  const there = mode === "data" ? graph.data(type) : graph.resources(type);
  const present = there.filter(({ address, input }) => input === home.input && modulePath(address) === own);
  const unborn = mode === "data" ? [] : graph.withoutInstance(type);
  const name = freeName(
    block.name,
    (tried) =>
      present.some(({ address }) => address.name === tried) ||
      unborn.includes(`${own === "" ? "" : `${own}.`}${type}.${tried}`),
  );
  const address: Address = { module: home.module, mode, type, name, key: undefined };
  const body: Block = {
    type: mode === "data" ? "data" : "resource",
    labels: [type, name],
    arguments: block.arguments,
    blocks: block.blocks ?? [],
  };
  return { kind: "add", home, block: body, address, remarks };
}

function declared(
  interfaces: readonly ModuleInterface[],
  home: Home,
  type: "variable" | "output",
): readonly string[] {
  // Of other inputs' configurations nothing is known here; the first one is the plan itself.
  const own = interfaces.find(({ module }) => home.idPrefix === "" && module === modulePath(home));
  return type === "variable" ? (own?.variables ?? []) : (own?.outputs ?? []).map(({ name }) => name);
}

function sameContent(a: readonly Argument[], b: readonly Argument[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function editAdded(part: AddedBlock, edit: Edit): AddedBlock {
  const { block } = part;
  const without = (names: readonly string[]) => (name: string) => !names.includes(name);
  const gone = edit.remove ?? [];
  const replaced = (edit.replace ?? []).map(({ type }) => type);
  return {
    ...part,
    block: {
      ...block,
      arguments: joined(
        block.arguments.filter(({ name }) => without(gone)(name)),
        edit.set ?? [],
      ),
      blocks: [
        ...block.blocks.filter(({ type }) => without([...gone, ...replaced])(type)),
        ...(edit.replace ?? []),
        ...(edit.append ?? []),
      ],
    },
  };
}

function editPresent(before: Part | undefined, instance: ResourceInstance, edit: Edit): ChangedBlock {
  if (before?.kind === "change") return merged(before, edit);
  const { type, name } = instance.address;
  return merged(unchanged(homeOf(instance), ["resource", type, name], instance), edit);
}

function unchanged(
  home: Home,
  header: ChangedBlock["header"],
  instance: ResourceInstance | undefined,
): ChangedBlock {
  return {
    kind: "change",
    home,
    header,
    instance,
    set: [],
    replace: [],
    append: [],
    remove: [],
    remarks: [],
  };
}

function merged(part: ChangedBlock, edit: Edit): ChangedBlock {
  const replace = edit.replace ?? [];
  const types = replace.map(({ type }) => type);
  return {
    ...part,
    set: joined(part.set, edit.set ?? []),
    replace: [...part.replace.filter(({ type }) => !types.includes(type)), ...replace],
    append: [...part.append, ...(edit.append ?? [])],
    remove: [...new Set([...part.remove, ...(edit.remove ?? [])])],
    remarks: [...new Set([...part.remarks, ...(edit.remark === undefined ? [] : [edit.remark])])],
  };
}

/** Later arguments take the place of earlier ones of the same name. */
function joined(before: readonly Argument[], later: readonly Argument[]): readonly Argument[] {
  const fresh = later.filter(({ name }) => !before.some((own) => own.name === name));
  const kept = before.map((own) => later.find(({ name }) => name === own.name) ?? own);
  return [...kept, ...fresh];
}
