// A plan together with its code: what the code says of values that the plan does not know. What the plan knows counts
// first: variables, which instances there are, and every attribute that it shows.

import type { Address, InstanceKey, ModuleStep } from "../../model/address.ts";
import type { AwsScope } from "../../model/graph.ts";
import { get, isArray, type Json } from "../../model/json.ts";
import type { SourceLocation } from "../../model/source.ts";
import { type Step, stringOf, type Value } from "../../model/value.ts";
import { oneOf } from "../../terraform/values.ts";
import { blockName } from "../plan-index.ts";
import { knownValue } from "../plan-value.ts";
import type { LoadedModule } from "./load-modules.ts";
import type { World } from "./module-instance.ts";
import { createObjects, type Objects, type SourceObject } from "./objects.ts";
import { type PreparedSources, worldOf } from "./prepare-sources.ts";

/** What is asked of the plan. */
export interface PlanView {
  /** Set before the ids of the plan's objects. */
  readonly idPrefix: string;
  readonly variables: ReadonlyMap<string, Json>;
  /** Keys of a block's instances in one module instance; `name` as `data.aws_region.b`. */
  keys(path: readonly ModuleStep[], name: string): readonly (InstanceKey | undefined)[];
  /** Keys of a module call's instances that hold any object. */
  moduleKeys(path: readonly ModuleStep[], name: string): readonly (InstanceKey | undefined)[];
  /** An attribute of an object of the plan, resolved; `undefined`: there is no such object. */
  value(id: string, attribute: string): Value | undefined;
}

/** One object of the plan, with the values that the plan knows of it. */
export interface PlannedPlace {
  readonly id: string;
  readonly address: Address;
  readonly values: Json;
}

export interface PlanSources {
  /** What the code says at a place that the plan does not know; `undefined`: nothing. `path` begins with the attribute. */
  explain(object: PlannedPlace, path: readonly Step[]): Value | undefined;
  /** Where the code's provider configuration puts an object; `undefined`: the code has no such object. */
  scopeOf(address: Address): AwsScope | undefined;
}

export function createPlanSources(sources: PreparedSources, plan: PlanView): PlanSources {
  const world: World = {
    ...worldOf(sources),
    variable: (name) => {
      const value = plan.variables.get(name);
      return value === undefined ? undefined : knownValue(value);
    },
    // A module without objects, and a data source that is read before the plan is made, are not listed.
    plannedCalls: (path, name) => ifAny(plan.moduleKeys(path, name)),
  };
  const objects = createObjects({
    world,
    label: sources.tree.label,
    idPrefix: plan.idPrefix,
    planned: {
      keys: (path, name) => {
        const keys = plan.keys(path, name);
        return name.startsWith("data.") ? ifAny(keys) : keys;
      },
      value: plan.value,
    },
  });
  const running = new Set<string>();
  const known = new Map<string, Value | undefined>();
  const writtenAt = (object: PlannedPlace, attribute: string): Value | undefined => {
    const place = `${object.id}\n${attribute}`;
    if (known.has(place) || running.has(place)) return known.get(place);
    running.add(place);
    try {
      const found = findObject(objects, object.address);
      const value = found === undefined ? undefined : objects.written(found, attribute);
      known.set(place, value);
      return value;
    } finally {
      running.delete(place);
    }
  };
  return {
    scopeOf(address) {
      const object = findObject(objects, address);
      return object === undefined ? undefined : objects.scopeOf(object);
    },
    explain(object, [attribute, ...inside]) {
      if (typeof attribute !== "string") return undefined;
      const value = writtenAt(object, attribute);
      return value === undefined ? undefined : descend(value, inside, get(object.values, attribute));
    },
  };
}

function ifAny<Element>(list: readonly Element[]): readonly Element[] | undefined {
  return list.length === 0 ? undefined : list;
}

function findObject(objects: Objects, address: Address): SourceObject | undefined {
  const module = objects.modules.find(address.module);
  if (module === undefined) return undefined;
  return objects.expand(module, blockName(address))?.instances.find((one) => one.address.key === address.key);
}

/** Steps into what the code says. `planned` is the same place in what the plan knows. */
function descend(value: Value, steps: readonly Step[], planned: Json | undefined): Value | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (value.kind === "map") {
    const entry = value.entries.get(String(step));
    return entry === undefined ? undefined : descend(entry, rest, get(planned, String(step)));
  }
  if (value.kind !== "list" || typeof step !== "number") return undefined;
  const element = isArray(planned) ? planned[step] : undefined;
  const candidates = blocksLike(value.elements, element, step, isArray(planned) ? planned.length : undefined);
  const found = candidates.map((candidate) => descend(candidate, rest, element));
  const values = found.flatMap((one) => one ?? []);
  if (values.length === 0 || values.length < found.length) return undefined;
  return oneOf(values, { why: "expression", subject: "a block of a set" });
}

/**
 * The written blocks that can be the planned one: blocks of a set are planned in another order, so those are left
 * whose known arguments agree with what the plan knows.
 * Source: `metric_query` written [e1, m1] is planned as [m1, e1] (AWS provider 5.32).
 */
function blocksLike(
  blocks: readonly Value[],
  planned: Json | undefined,
  position: number,
  count: number | undefined,
): readonly Value[] {
  const fitting = blocks.filter((block) => agrees(block, planned));
  if (fitting.length < 2) return fitting;
  const same = blocks[position];
  const isScalar = planned === undefined || planned === null;
  return isScalar && same !== undefined && count === blocks.length ? [same] : fitting;
}

function agrees(block: Value, planned: Json | undefined): boolean {
  if (block.kind !== "map") return true;
  return [...block.entries].every(([name, value]) => {
    const known = get(planned, name);
    const text = stringOf(value);
    return text === undefined || known === undefined || known === null || String(known) === text;
  });
}

/**
 * Where an object's block stands in the user's own files: for one in an installed module, at the call that brings the
 * module in. `undefined`: the code has no such block.
 */
export function locateObject(root: LoadedModule, address: Address): SourceLocation | undefined {
  let module = root;
  let foreign: SourceLocation | undefined;
  for (const { name } of address.module) {
    const child = module.children.get(name);
    if (child === undefined) return undefined;
    if (child.foreign) foreign ??= module.source.calls.get(name)?.location;
    module = child;
  }
  return foreign ?? module.source.resources.get(blockName(address))?.location;
}
