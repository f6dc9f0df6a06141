// State JSON (`show -json` of a state) and stored state files (`terraform.tfstate`, `state pull`) to StateDocument.

import { get, type JsonObject } from "../model/json.ts";
import type { StateDocument } from "../model/plan.ts";
import type { Document } from "./document-kind.ts";
import { createAddressReader } from "./entry-address.ts";
import { openText } from "./open-document.ts";
import { readOutputs } from "./outputs.ts";
import { readRawState } from "./raw-state.ts";
import type { Wanted } from "./refusal.ts";
import { setAside } from "./set-aside-entries.ts";
import { objectAt } from "./shape.ts";
import { readObject, readStateValues } from "./state-values.ts";

/** Throws InputError, with one problem, for everything that is no state. Everything is read at once. */
export function parseState(text: string, label: string): StateDocument {
  return readState(openText(text, label, "state"), label, "state");
}

/** As `parseState`, from a document that is known to be a state. */
export function readState(document: Document, label: string, wanted: Wanted): StateDocument {
  const { kind, root, modules } = document;
  const raw = kind === "raw-state";
  const addressOf = createAddressReader(label);
  return {
    kind: "state",
    label,
    formatVersion: String(get(root, raw ? "version" : "format_version")),
    terraformVersion: versionOf(root),
    resources: raw ? readRawState(root, label) : readStateValues(root, modules, label, addressOf),
    aside: setAside({
      document,
      label,
      wanted,
      moved: [],
      providers: new Map(),
      change: () => [],
      object: (entry) => readObject(entry, undefined, addressOf) ?? [],
    }),
    outputs: readOutputs(raw ? root : objectAt(root, "values", label), label),
    ...(raw ? ancestryOf(root) : {}),
  };
}

/** Source: https://developer.hashicorp.com/terraform/language/state/backends#serial (lineage and serial). */
function ancestryOf(root: JsonObject): Pick<StateDocument, "lineage" | "serial"> {
  const [lineage, serial] = [get(root, "lineage"), get(root, "serial")];
  return {
    ...(typeof lineage === "string" && lineage !== "" ? { lineage } : {}),
    ...(typeof serial === "number" ? { serial } : {}),
  };
}

function versionOf(root: JsonObject): string | undefined {
  const version = get(root, "terraform_version");
  return typeof version === "string" ? version : undefined;
}
