// What exists in an account, as one of the stacks: every value is known as it is, or told by a command that was not run.

import type { AccountDocument, AccountObject } from "../model/account.ts";
import type { Gap, Graph, InputSummary, ResourceInstance } from "../model/graph.ts";
import type { JsonObject } from "../model/json.ts";
import { UNSET, unknown, type Value } from "../model/value.ts";
import { knownValue } from "./plan-value.ts";
import type { Stack, StackRecord } from "./stack.ts";

/** `idPrefix` sets the ids of a further input apart from the first one's. Cost: linear in the objects. */
export function accountStack(document: AccountDocument, idPrefix: string): Stack {
  const { label } = document;
  const found = document.objects
    .map((object) => ({ object, instance: instanceOf(object, label, idPrefix) }))
    .sort(({ object: a }, { object: b }) => (a.name < b.name ? -1 : 1));
  return {
    label,
    kind: "account",
    graph: graphOf(
      document,
      found.map(({ instance }) => instance),
    ),
    records: () =>
      found.map(({ object, instance }): StackRecord => {
        const values = comparable(object);
        return { type: object.type, addresses: [object.name], instance, before: values, after: values };
      }),
    output: () => undefined,
  };
}

/** What AWS prints as Terraform writes it: texts of policies and default selectors differ without meaning to. */
function comparable({ values }: AccountObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !WRITTEN_OTHERWISE.has(name)));
}

const WRITTEN_OTHERWISE: ReadonlySet<string> = new Set([
  "policy",
  "filter_policy",
  "event_selector",
  "advanced_event_selector",
  "metric_query",
  "metric_transformation",
]);

function graphOf(document: AccountDocument, instances: readonly ResourceInstance[]): Graph {
  const byId = new Map(instances.map((instance) => [instance.id, instance]));
  const input: InputSummary = {
    label: document.label,
    kind: "account",
    formatVersion: undefined,
    terraformVersion: undefined,
    mode: "normal",
    sha256: undefined,
  };
  return Object.freeze({
    inputs: [input],
    resources: (type: string) => instances.filter(({ address }) => address.type === type),
    data: () => [],
    everything: () => instances,
    byId: (id: string) => byId.get(id),
    gone: () => [],
    gaps: (type: string) => gapsOf(document, type),
    withoutInstance: () => [],
  });
}

function instanceOf(object: AccountObject, label: string, idPrefix: string): ResourceInstance {
  const { type, name, scope } = object;
  const known = new Map<string, Value>();
  return {
    id: `${idPrefix}${name}`,
    address: { module: [], mode: "managed", type, name, key: undefined },
    name,
    input: label,
    exists: "yes",
    doubt: undefined,
    fresh: false,
    scope: { ...scope, provider: "" },
    location: undefined,
    read: (attribute) => {
      const found = known.get(attribute) ?? readValue(object, attribute);
      known.set(attribute, found);
      return found;
    },
  };
}

function readValue({ values, unknown: missing, rest }: AccountObject, attribute: string): Value {
  const origin = missing.get(attribute);
  if (origin !== undefined) return unknown(origin);
  if (Object.hasOwn(values, attribute)) return knownValue(values[attribute]);
  return rest === undefined ? UNSET : unknown(rest);
}

function gapsOf({ gaps }: AccountDocument, type: string): readonly Gap[] {
  return gaps
    .filter((gap) => gap.type === type)
    .map(({ origin }) => ({ origin, types: [type], location: undefined }));
}
