// Outputs of the root module: what another stack reads of this one through terraform_remote_state.

import { get, isArray, type Json, type JsonObject } from "../model/json.ts";
import type { OutputValue } from "../model/plan.ts";
import { entriesAt, objectAt } from "./shape.ts";

type Outputs = ReadonlyMap<string, OutputValue>;

/** Of a state, as `show -json` prints it (inside `values`) and as it is stored. */
export function readOutputs(root: JsonObject | undefined, label: string): Outputs {
  const outputs = new Map<string, OutputValue>();
  for (const [name, output] of entriesAt(root, "outputs", label)) {
    const value = get(output, "value") ?? null;
    outputs.set(name, { value, unknown: {}, sensitive: get(output, "sensitive") === true });
  }
  return outputs;
}

/**
 * The outputs that were, overlaid with the planned changes.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation (`output_changes`)
 */
export function readPlannedOutputs(root: JsonObject, label: string): Outputs {
  const prior = objectAt(objectAt(root, "prior_state", label), "values", label);
  const outputs = new Map(readOutputs(prior, label));
  for (const [name, change] of entriesAt(root, "output_changes", label)) {
    if (isDeletion(get(change, "actions"))) outputs.delete(name);
    else outputs.set(name, changedOutput(change));
  }
  return outputs;
}

function isDeletion(actions: Json | undefined): boolean {
  return isArray(actions) && actions.length === 1 && actions[0] === "delete";
}

function changedOutput(change: Json): OutputValue {
  return {
    value: get(change, "after") ?? null,
    unknown: get(change, "after_unknown") ?? {},
    sensitive: get(change, "after_sensitive") ?? {},
  };
}
