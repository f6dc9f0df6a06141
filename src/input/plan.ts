// Plan JSON to PlanDocument. `planned_values` and `resource_drift` are not read: the first lacks what a plan does not
// touch and keeps what it forgets, the second is already part of the prior state.

import { type Address, parseAddress, printAddress } from "../model/address.ts";
import { get, isArray, isObject, type Json, type JsonObject } from "../model/json.ts";
import type { PlanDocument, ResourceChange } from "../model/plan.ts";
import type { Document } from "./document-kind.ts";
import { type AddressReader, createAddressReader, isDeposed } from "./entry-address.ts";
import { openText } from "./open-document.ts";
import { readPlannedOutputs } from "./outputs.ts";
import { readConfiguration, readProviders } from "./plan-configuration.ts";
import { planCommand, refusal, type Wanted } from "./refusal.ts";
import { parseStored, setAside } from "./set-aside-entries.ts";
import { entriesAt, listAt, objectAt } from "./shape.ts";
import { readObject, readStateValues } from "./state-values.ts";

/**
 * The plan in `text`, from any Terraform since 0.12 or OpenTofu. `label` names the input in messages and evidence.
 * Throws InputError, with one problem, for everything else. Everything is read at once.
 */
export function parsePlan(text: string, label: string): PlanDocument {
  return readPlan(openText(text, label, "plan"), label, "plan");
}

/** As `parsePlan`, from a document that is known to be a plan. */
export function readPlan(document: Document, label: string, wanted: Wanted): PlanDocument {
  const { root } = document;
  if (get(root, "errored") === true) throw errored(label, wanted);
  const addressOf = createAddressReader(label);
  const providers = readProviders(root, label);
  const complete = get(root, "complete");
  const terraformVersion = get(root, "terraform_version");
  objectAt(root, "prior_state", label);
  const changes = readChanges(root, label, addressOf);
  return {
    kind: "plan",
    label,
    formatVersion: String(get(root, "format_version")),
    terraformVersion: typeof terraformVersion === "string" ? terraformVersion : undefined,
    changes,
    deferred: readDeferred(root, label, addressOf),
    prior: readStateValues(get(root, "prior_state"), document.modules, label, addressOf),
    variables: readVariables(root, label),
    configuration: readConfiguration(document, {
      label,
      providers,
      reread: (place) => parseStored(place, document, label, wanted),
    }),
    outputs: readPlannedOutputs(root, label),
    providers,
    complete: typeof complete === "boolean" ? complete : undefined,
    aside: setAside({
      document,
      label,
      wanted,
      moved: changes?.flatMap(({ previousAddress }) => previousAddress ?? []) ?? [],
      providers,
      change: (entry) => readChange(entry, addressOf),
      object: (entry) => readObject(entry, undefined, addressOf) ?? [],
    }),
  };
}

/** Source: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation (`errored`). */
function errored(label: string, wanted: Wanted): Error {
  return refusal({
    code: "plan-errored",
    place: label,
    message: "Terraform ran into errors while planning, so this plan is incomplete and cannot be applied",
    help: planCommand(wanted),
  });
}

/** A missing key is not an empty list: see `PlanDocument.changes`. */
function readChanges(
  root: JsonObject,
  label: string,
  addressOf: AddressReader,
): readonly ResourceChange[] | undefined {
  if ((get(root, "resource_changes") ?? null) === null) return undefined;
  return listAt(root, "resource_changes", label).flatMap((entry) => readChange(entry, addressOf));
}

function readDeferred(root: JsonObject, label: string, addressOf: AddressReader): readonly ResourceChange[] {
  return listAt(root, "deferred_changes", label).flatMap((entry) =>
    readChange(get(entry, "resource_change") ?? null, addressOf),
  );
}

/** Nothing for deposed objects, other modes, and entries without a usable address. */
function readChange(entry: Json, addressOf: AddressReader): readonly ResourceChange[] {
  if (isDeposed(get(entry, "deposed"))) return [];
  const address = addressOf(entry);
  if (address === undefined) return [];
  const change = get(entry, "change");
  const actions = get(change, "actions");
  return [
    {
      address,
      previousAddress: previousAddress(entry, address),
      actions: isArray(actions) ? actions.filter((action) => typeof action === "string") : [],
      before: get(change, "before") ?? null,
      beforeSensitive: get(change, "before_sensitive") ?? {},
      after: get(change, "after") ?? null,
      afterUnknown: get(change, "after_unknown") ?? {},
      afterSensitive: get(change, "after_sensitive") ?? {},
    },
  ];
}

/** Printed the way `printAddress` does, so that it can be compared with other addresses. */
function previousAddress(entry: Json, address: Address): string | undefined {
  const written = get(entry, "previous_address");
  if (typeof written !== "string") return undefined;
  const previous = parseAddress(written);
  const printed = previous === undefined ? written : printAddress(previous);
  return printed === printAddress(address) ? undefined : printed;
}

function readVariables(root: JsonObject, label: string): ReadonlyMap<string, Json> {
  const variables = new Map<string, Json>();
  for (const [name, variable] of entriesAt(root, "variables", label)) {
    const value = isObject(variable) ? get(variable, "value") : undefined;
    if (value !== undefined) variables.set(name, value);
  }
  return variables;
}
