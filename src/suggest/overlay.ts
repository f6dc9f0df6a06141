// The graph as it will be with a suggestion in place, so that the suggestion can be held against the same questions.

import { printAddress } from "../model/address.ts";
import type { Graph, ResourceInstance } from "../model/graph.ts";
import { elementsOf, UNSET, type Value } from "../model/value.ts";
import { type Block, blocksValue, objectOf, valueIn } from "./block.ts";
import type { AddedBlock, ChangedBlock, Part } from "./part.ts";

/** Cost: linear in the graph's objects, once for each question about a type. */
export function overlay(base: Graph, parts: readonly Part[]): Graph {
  const added = parts.flatMap((part) => (part.kind === "add" ? addedInstance(part) : []));
  const changed = new Map(
    parts.flatMap((part) =>
      part.kind === "change" && part.instance !== undefined
        ? [[part.instance.id, changedInstance(part.instance, part)] as const]
        : [],
    ),
  );
  const removed = new Set(parts.flatMap((part) => (part.kind === "remove" ? part.instance.id : [])));
  const stands = (instances: readonly ResourceInstance[]) =>
    instances
      .filter((instance) => !removed.has(instance.id))
      .map((instance) => changed.get(instance.id) ?? instance);
  const ofType = (mode: "managed" | "data", type: string) =>
    added.filter(({ address }) => address.mode === mode && address.type === type);
  return {
    ...base,
    resources: (type) => [...stands(base.resources(type)), ...ofType("managed", type)],
    data: (type) => [...stands(base.data(type)), ...ofType("data", type)],
    byId: (id) =>
      removed.has(id) ? undefined : (added.find((own) => own.id === id) ?? changed.get(id) ?? base.byId(id)),
    everything: () => [
      ...stands(base.everything()),
      ...added.filter(({ address }) => address.mode === "managed"),
    ],
  };
}

/** A new object: what its block says, and for the rest what AWS makes up. */
export function addedInstance(part: AddedBlock): readonly ResourceInstance[] {
  const { address, home, block } = part;
  if (address === undefined) return [];
  const name = printAddress(address);
  const id = home.idPrefix + name;
  return [
    {
      id,
      address,
      name,
      input: home.input,
      exists: "yes",
      doubt: undefined,
      fresh: true,
      scope: home.scope,
      location: undefined,
      read: (attribute) => written(block, attribute) ?? computed(id, attribute),
    },
  ];
}

function written(block: Block, attribute: string): Value | undefined {
  const argument = block.arguments.find(({ name }) => name === attribute);
  if (argument !== undefined) return valueIn(argument.value);
  return block.blocks.some(({ type }) => type === attribute)
    ? blocksValue(block.blocks, attribute)
    : undefined;
}

const COMPUTED: ReadonlySet<string> = new Set(["arn", "id", "json", "key_id"]);

function computed(id: string, attribute: string): Value {
  return COMPUTED.has(attribute) ? { kind: "reference", to: id, path: [attribute], sensitive: false } : UNSET;
}

function changedInstance(instance: ResourceInstance, part: ChangedBlock): ResourceInstance {
  const { set, replace, append, remove } = part;
  const read = (attribute: string): Value => {
    const argument = set.find(({ name }) => name === attribute);
    if (argument !== undefined) return valueIn(argument.value);
    if (replace.some(({ type }) => type === attribute)) return blocksValue(replace, attribute);
    if (remove.includes(attribute)) return UNSET;
    const beside = append.filter(({ type }) => type === attribute);
    const present = instance.read(attribute);
    if (beside.length === 0) return present;
    const elements = [...(elementsOf(present) ?? []), ...beside.map(objectOf)];
    return { kind: "list", form: "list", elements, sensitive: false };
  };
  return { ...instance, read };
}
