// The objects of one plan or state as they stand after apply: prior state overlaid with the planned changes.
// `planned_values` is never used: it is empty for refresh-only plans and keeps objects that are only forgotten.

import { type Address, printAddress } from "../model/address.ts";
import type { ExistenceDoubt, InputSummary } from "../model/graph.ts";
import { isObject, type Json } from "../model/json.ts";
import type { PlanDocument, ResourceChange, StateDocument, StateResource } from "../model/plan.ts";

/** One object with its raw values; unknown parts are missing from `values` and `true` in `unknown`. */
export interface PlannedObject {
  readonly address: Address;
  readonly printed: string;
  readonly values: Json;
  readonly unknown: Json;
  readonly sensitive: Json;
  /** The provider's key where the object itself tells it, as stored states do. */
  readonly providerKey?: string | undefined;
  readonly exists: "yes" | "maybe";
  readonly doubt: ExistenceDoubt | undefined;
  /** Created or replaced by the plan. */
  readonly fresh: boolean;
}

export interface AfterApply {
  readonly objects: readonly PlannedObject[];
  readonly gone: readonly { readonly address: Address; readonly how: "destroyed" | "forgotten" }[];
  readonly mode: InputSummary["mode"];
}

export function afterState(state: StateDocument): AfterApply {
  return { objects: state.resources.map(standing), gone: [], mode: "normal" };
}

/**
 * Actions as in facts of Terraform 1.0-1.15 and OpenTofu up to 1.12: an object exists when any action keeps or
 * makes it; a lone delete removes it; a lone forget leaves an object in AWS that nobody manages.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 */
export function afterPlan(plan: PlanDocument): AfterApply {
  const objects = new Map<string, PlannedObject>();
  const gone: { address: Address; how: "destroyed" | "forgotten" }[] = [];
  for (const resource of plan.prior) objects.set(printAddress(resource.address), standing(resource));
  for (const change of plan.changes ?? []) {
    const printed = printAddress(change.address);
    if (change.previousAddress !== undefined) objects.delete(change.previousAddress);
    const fate = fateOf(change.actions);
    if (fate === "destroyed" || (fate === "forgotten" && change.before === null)) {
      objects.delete(printed);
      if (change.address.mode === "managed") gone.push({ address: change.address, how: "destroyed" });
    } else if (fate === "forgotten") {
      objects.set(printed, {
        ...planned(change, printed),
        values: change.before,
        sensitive: change.beforeSensitive,
        unknown: {},
        ...doubted("forgotten"),
      });
      gone.push({ address: change.address, how: "forgotten" });
    } else {
      const object = planned(change, printed);
      objects.set(printed, fate === "not-known" ? { ...object, ...doubted("action-not-known") } : object);
    }
  }
  for (const change of plan.deferred) {
    const printed = printAddress(change.address);
    objects.set(printed, { ...planned(change, printed), ...doubted("deferred") });
  }
  return { objects: [...objects.values()], gone, mode: modeOf(plan) };
}

type Fate = "stays" | "destroyed" | "forgotten" | "not-known";

function fateOf(actions: readonly string[]): Fate {
  if (actions.some((action) => KEEPING.has(action))) return "stays";
  if (actions.length > 0 && actions.every((action) => action === "delete")) return "destroyed";
  if (actions.length > 0 && actions.every((action) => action === "forget" || action === "delete"))
    return "forgotten";
  return "not-known";
}

const KEEPING = new Set(["no-op", "create", "update", "read"]);

function standing(resource: StateResource): PlannedObject {
  return {
    address: resource.address,
    printed: printAddress(resource.address),
    values: resource.values,
    unknown: {},
    sensitive: resource.sensitive,
    providerKey: resource.providerKey,
    exists: "yes",
    doubt: undefined,
    fresh: false,
  };
}

function planned(change: ResourceChange, printed: string): PlannedObject {
  return {
    address: change.address,
    printed,
    values: change.after,
    // A change that does not say what the object will be says that nothing about it is known.
    unknown: isObject(change.after) ? change.afterUnknown : true,
    sensitive: change.afterSensitive,
    exists: "yes",
    doubt: undefined,
    fresh: change.actions.includes("create"),
  };
}

function doubted(doubt: ExistenceDoubt): { exists: "maybe"; doubt: ExistenceDoubt } {
  return { exists: "maybe", doubt };
}

/**
 * What kind of plan it is. Only Terraform 1.8 and later say so, and only by `complete`; the rest is read off
 * what is there: see the table "Plan-mode inference" behind docs/architecture.md.
 */
function modeOf(plan: PlanDocument): InputSummary["mode"] {
  const priorManaged = plan.prior.filter((resource) => resource.address.mode === "managed");
  const managed = (plan.changes ?? []).filter((change) => change.address.mode === "managed");
  if (managed.length === 0) {
    if (priorManaged.length === 0) return plan.complete === false ? "partial" : "normal";
    return plan.changes === undefined ? "refresh-only" : "partial";
  }
  if (plan.complete === false) return "partial";
  const changed = new Set(managed.map((change) => printAddress(change.address)));
  if (priorManaged.some((resource) => !changed.has(printAddress(resource.address)))) return "partial";
  return managed.every((change) => fateOf(change.actions) === "destroyed") ? "destroy" : "normal";
}
