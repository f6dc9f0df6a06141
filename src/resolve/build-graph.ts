// Plans and states in, graph out: the only door of this room for them.

import { type Address, printAddress } from "../model/address.ts";
import type { AwsScope, Gap, GoneResource, Graph, InputSummary, ResourceInstance } from "../model/graph.ts";
import type { PlanDocument, StateDocument } from "../model/plan.ts";
import type { SourceLocation } from "../model/source.ts";
import type { Value } from "../model/value.ts";
import { type AfterApply, afterPlan, afterState } from "./after-apply.ts";
import { type Explain, readAttribute } from "./attributes.ts";
import { createScopes } from "./aws-scope.ts";
import { createFollow, type Follow } from "./follow.ts";
import { blockName, type IndexedObject, indexPlan, type PlanIndex } from "./plan-index.ts";
import type { PlanSources, PlanView } from "./sources/explain-plan.ts";
import type { Stack } from "./stack.ts";
import { outputOf, recordsOf } from "./stack-parts.ts";

/** One input with what the command line knows about it. */
export interface GraphInput {
  readonly document: PlanDocument | StateDocument;
  readonly sha256: string | undefined;
  /** What the plan's code says, where it is given. */
  readonly sources?: (view: PlanView) => PlanSources;
  readonly locate?: (address: Address) => SourceLocation | undefined;
}

/** The ids of the first input are plain addresses; those of later ones carry the input's label. */
export function idPrefixes(): (label: string) => string {
  let first = true;
  return (label) => {
    const prefix = first ? "" : `${label}: `;
    first = false;
    return prefix;
  };
}

/**
 * One plan or state. `idPrefix` sets its ids apart from those of other inputs. Values are resolved when read, and once.
 * Cost: linear in its objects.
 */
export function stackOf(input: GraphInput, idPrefix: string): Stack {
  const { document } = input;
  const plan = document.kind === "plan" ? document : undefined;
  const after = document.kind === "plan" ? afterPlan(document) : afterState(document);
  const index = indexPlan(document, after, idPrefix);
  const { instanceOf, follow } = createInstances(input, plan, index);
  const known = new Map<string, readonly ResourceInstance[]>();
  const ofType = (type: string): readonly ResourceInstance[] => {
    const found = known.get(type) ?? inOrder(index.ofType(type).map(instanceOf));
    known.set(type, found);
    return found;
  };
  const graph: Graph = Object.freeze({
    inputs: [summary(input, after)],
    resources: ofType,
    data: (type: string) => ofType(`data.${type}`),
    everything: () => {
      const aside = (document.aside?.types ?? []).flatMap((type) => index.ofType(type));
      const all = new Set([...index.objects, ...aside]);
      return inOrder([...all].map(instanceOf).filter(({ address }) => address.mode === "managed"));
    },
    byId: (id: string) => {
      const found = index.byId(id);
      return found === undefined ? undefined : instanceOf(found);
    },
    gone: (type: string) => {
      index.ofType(type);
      return gone(index.gone(), type, input.locate);
    },
    gaps: (type: string) => gapsOf(document, type),
    withoutInstance: (type: string) => withoutInstance(plan, index, type),
  });
  return {
    label: document.label,
    kind: document.kind,
    graph,
    records: () => recordsOf(document, index, graph),
    output: (name) => outputOf(document, name, follow),
    ...(document.kind === "state" && { lineage: document.lineage, serial: document.serial }),
  };
}

function inOrder(instances: readonly ResourceInstance[]): readonly ResourceInstance[] {
  return instances.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Of a type that was not asked for when the document was read, nobody knows which objects there are. */
function gapsOf({ aside, label }: PlanDocument | StateDocument, type: string): readonly Gap[] {
  if (aside === undefined || aside.covers(type)) return [];
  return [
    { origin: { why: "not-in-plan", subject: `${type} in ${label}` }, types: [type], location: undefined },
  ];
}

/** Each object's instance is one and the same whenever it is asked for. */
function createInstances(
  input: GraphInput,
  plan: PlanDocument | undefined,
  index: PlanIndex,
): { readonly instanceOf: (object: IndexedObject) => ResourceInstance; readonly follow: Follow } {
  const { document } = input;
  const known = new Map<string, Value>();
  const read = (object: IndexedObject, attribute: string): Value => {
    const place = `${object.id}\n${attribute}`;
    const found = known.get(place);
    if (found !== undefined) return found;
    const value = readAttribute(object, attribute, { follow, explain });
    known.set(place, value);
    return value;
  };
  const follow = createFollow({ index, variables: plan?.variables ?? new Map(), read });
  const { label, aside } = document;
  const planScope = createScopes({ label, objects: index.objects, plan, aside, follow });
  const sources = plan === undefined ? undefined : input.sources?.(viewOf(plan, index, read));
  const explain: Explain | undefined =
    sources && (({ id, object }, path) => sources.explain({ id, ...object }, path));
  const scopeOf = (object: IndexedObject): AwsScope => {
    const scope = planScope(object);
    const written = sources?.scopeOf(object.object.address);
    return {
      partition: scope.partition ?? written?.partition,
      account: scope.account ?? written?.account,
      region: scope.region ?? written?.region,
      provider: scope.provider,
    };
  };
  const instances = new Map<IndexedObject, ResourceInstance>();
  const create = (object: IndexedObject): ResourceInstance => {
    const { address, printed, exists, doubt, fresh } = object.object;
    return {
      id: object.id,
      address,
      name: printed,
      input: label,
      exists,
      doubt,
      fresh,
      get scope() {
        return scopeOf(object);
      },
      get location() {
        return input.locate?.(address);
      },
      read: (attribute) => read(object, attribute),
    };
  };
  const instanceOf = (object: IndexedObject): ResourceInstance => {
    const found = instances.get(object) ?? create(object);
    instances.set(object, found);
    return found;
  };
  return { instanceOf, follow };
}

function viewOf(
  plan: PlanDocument,
  index: PlanIndex,
  read: (object: IndexedObject, attribute: string) => Value,
): PlanView {
  return {
    idPrefix: index.idPrefix,
    variables: plan.variables,
    keys: (path, name) => index.instances(path, name).map(({ object }) => object.address.key),
    moduleKeys: index.moduleKeys,
    value: (id, attribute) => {
      const object = index.byId(id);
      return object === undefined ? undefined : read(object, attribute);
    },
  };
}

function summary(input: GraphInput, after: AfterApply): InputSummary {
  const { document } = input;
  return {
    label: document.label,
    kind: document.kind,
    formatVersion: document.formatVersion,
    terraformVersion: document.terraformVersion,
    mode: after.mode,
    sha256: input.sha256,
  };
}

function gone(
  removed: AfterApply["gone"],
  type: string,
  locate: GraphInput["locate"],
): readonly GoneResource[] {
  return removed
    .filter(({ address }) => address.type === type)
    .map(({ address, how }) => ({ address, name: printAddress(address), how, location: locate?.(address) }));
}

function withoutInstance(plan: PlanDocument | undefined, index: PlanIndex, type: string): readonly string[] {
  const present = new Set(
    index.objects.map(({ object }) => configName(object.address.module, object.address)),
  );
  const missing: string[] = [];
  const visit = (
    module: PlanDocument["configuration"],
    path: readonly { name: string; key: undefined }[],
  ): void => {
    if (module === undefined) return;
    for (const resource of module.resources.values()) {
      const name = configName(path, resource);
      if (resource.mode === "managed" && resource.type === type && !present.has(name)) missing.push(name);
    }
    for (const [name, call] of module.calls) visit(call.module, [...path, { name, key: undefined }]);
  };
  visit(plan?.configuration, []);
  return missing;
}

function configName(
  path: readonly { readonly name: string }[],
  of: { readonly mode: "managed" | "data"; readonly type: string; readonly name: string },
): string {
  return [...path.map((step) => `module.${step.name}`), blockName(of)].join(".");
}
