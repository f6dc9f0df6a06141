// The objects of one plan or state as they stand after apply: prior state overlaid with the planned changes.
// `planned_values` is never used: it is empty for refresh-only plans and keeps objects that are only forgotten.

import { type Address, parseAddress, printAddress } from "../model/address.ts";
import { fateOf } from "../model/fate.ts";
import type { ExistenceDoubt, InputSummary } from "../model/graph.ts";
import { isObject, type Json } from "../model/json.ts";
import type {
  PlanDocument,
  ResourceChange,
  SetAside,
  SetAsideEntries,
  StateDocument,
  StateResource,
} from "../model/plan.ts";

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

/** What a plan leaves behind, as far as it was read at once. */
export function afterPlan(plan: PlanDocument): AfterApply {
  const { prior, changes = [], deferred, aside } = plan;
  const laid = overlay({ prior, changes, deferred, movedFrom: aside?.movedFrom ?? [] });
  return { ...laid, mode: modeOf(plan) };
}

/** As `afterPlan`, for entries that were set aside. */
export function afterEntries(
  { changes, objects }: SetAsideEntries,
  plan: PlanDocument | StateDocument,
): Omit<AfterApply, "mode"> {
  const moved =
    plan.kind === "plan" ? (plan.changes ?? []).flatMap((change) => change.previousAddress ?? []) : [];
  const movedFrom = [...(plan.aside?.movedFrom ?? []), ...moved];
  return overlay({ prior: objects, changes, deferred: [], movedFrom });
}

interface Layers {
  readonly prior: readonly StateResource[];
  readonly changes: readonly ResourceChange[];
  readonly deferred: readonly ResourceChange[];
  /** Addresses that objects had before they were moved, as they are written. */
  readonly movedFrom: readonly string[];
}

/** Prior state overlaid with changes; an object that was moved is no longer where it was. */
function overlay({ prior, changes, deferred, movedFrom }: Layers): Omit<AfterApply, "mode"> {
  const objects = new Map<string, PlannedObject>();
  const gone: { address: Address; how: "destroyed" | "forgotten" }[] = [];
  for (const resource of prior) objects.set(printAddress(resource.address), standing(resource));
  for (const written of movedFrom) objects.delete(printed(written));
  for (const change of changes) {
    if (change.previousAddress !== undefined) objects.delete(change.previousAddress);
  }
  for (const change of changes) {
    const name = printAddress(change.address);
    const fate = fateOf(change.actions);
    if (fate === "destroyed" || (fate === "forgotten" && change.before === null)) {
      objects.delete(name);
      if (change.address.mode === "managed") gone.push({ address: change.address, how: "destroyed" });
    } else if (fate === "forgotten") {
      objects.set(name, {
        ...planned(change, name),
        values: change.before,
        sensitive: change.beforeSensitive,
        unknown: {},
        ...doubted("forgotten"),
      });
      gone.push({ address: change.address, how: "forgotten" });
    } else {
      const object = planned(change, name);
      objects.set(name, fate === "not-known" ? { ...object, ...doubted("action-not-known") } : object);
    }
  }
  for (const change of deferred) {
    const name = printAddress(change.address);
    objects.set(name, { ...planned(change, name), ...doubted("deferred") });
  }
  return { objects: [...objects.values()], gone };
}

function printed(written: string): string {
  const address = parseAddress(written);
  return address === undefined ? written : printAddress(address);
}

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
  const aside = plan.aside?.managed ?? NONE_ASIDE;
  if (managed.length + aside.changes === 0) {
    if (priorManaged.length + aside.before === 0) return plan.complete === false ? "partial" : "normal";
    return plan.changes === undefined ? "refresh-only" : "partial";
  }
  if (plan.complete === false) return "partial";
  const changed = new Set(managed.map((change) => printAddress(change.address)));
  const untouched = priorManaged.some((resource) => !changed.has(printAddress(resource.address)));
  if (untouched || aside.untouched) return "partial";
  const destroyed = managed.every((change) => fateOf(change.actions) === "destroyed");
  return destroyed && aside.destroyed === aside.changes ? "destroy" : "normal";
}

const NONE_ASIDE: SetAside["managed"] = { changes: 0, destroyed: 0, before: 0, untouched: false };
