// A configuration without a plan as one input among others: its objects, its outputs, and where its state is kept.

import { printAddress } from "../../model/address.ts";
import type { ResourceInstance } from "../../model/graph.ts";
import type { Value } from "../../model/value.ts";
import { marked } from "../../terraform/values.ts";
import type { Stack, StackRecord, StateBackend } from "../stack.ts";
import { knownStrings } from "../state-backend.ts";
import { evaluateWith, type ModuleInstance } from "./module-instance.ts";
import type { Objects } from "./objects.ts";
import { graphOfSources } from "./source-graph.ts";

/** Throws InputError where modules and counts multiply beyond reason. */
export function stackOfSources(objects: Objects, label: string): Stack {
  const graph = graphOfSources(objects, label);
  const { root } = objects.modules;
  return {
    label,
    kind: "sources",
    graph,
    records: () => graph.everything().map(recordOf),
    output: (name) => outputOf(root, name),
    backend: backendOf(root),
  };
}

function recordOf(instance: ResourceInstance): StackRecord {
  const { address } = instance;
  return {
    type: address.type,
    addresses: [printAddress(address)],
    instance,
    before: undefined,
    after: undefined,
  };
}

function outputOf(root: ModuleInstance, name: string): Value | undefined {
  const body = root.module.source.outputs.get(name)?.body.entries;
  const expression = body?.get("value");
  if (expression === undefined) return undefined;
  const marks = body?.get("sensitive");
  const sensitive = marks?.kind === "literal" && marks.value === true;
  return marked(evaluateWith(root, undefined, expression), sensitive);
}

/** Variables have no say in a backend block, so what is not written there comes from the command line. */
function backendOf(root: ModuleInstance): StateBackend | undefined {
  const { backend } = root.module.source;
  if (backend === undefined) return undefined;
  const settings = [...backend.settings].map(
    ([name, expression]) => [name, evaluateWith(root, undefined, expression)] as const,
  );
  return { type: backend.type, settings: knownStrings(new Map(settings)) };
}
