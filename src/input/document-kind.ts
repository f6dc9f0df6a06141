// Which kind of JSON document a text is, before anything in it is read; refuses, by name, all that is not wanted.

import { isArray, isObject, type Json, type JsonObject } from "../model/json.ts";
import type { InputError } from "../model/problem.ts";
import { chooseDocument, isLogLine, lineStream } from "./json-text.ts";
import type { RawDocument } from "./reader/read-document.ts";
import type { TextContent } from "./reader/text-stream.ts";
import { checkCommand, planCommand, refusal, showCommand, type Wanted } from "./refusal.ts";

/** `raw-state`: a state file as Terraform stores it, version 4. */
export type Readable = "plan" | "state" | "raw-state";

type Unreadable =
  | "configuration"
  | "encrypted"
  | "cloud-plan"
  | "redacted-plan"
  | "empty-object"
  | "unversioned-plan"
  | "something-else";

/** A document as it was read, of a kind that is wanted. */
export interface Document extends RawDocument {
  readonly kind: Readable;
  readonly root: JsonObject;
  /** Bytes of the text again, where they can be had. */
  readonly reread?: (from: number, to: number) => Uint8Array;
}

/** Throws InputError with one problem for everything that is not `wanted`. */
export function documentIn(content: TextContent, label: string, wanted: Wanted): Document {
  const document = chooseDocument(content, label, wanted);
  const { root } = document;
  if (!isObject(root) || !("notes" in document)) {
    throw notAPlan(`a plan is a JSON object, this is ${nameOf(root)}`, label, wanted);
  }
  if (isLogLine(root)) throw lineStream(label, wanted);
  const kind = kindOf(root);
  if (!isReadable(kind)) throw answerTo(kind, root, label, wanted);
  if (kind === "plan" && wanted === "state") throw planForState(label);
  if (kind !== "plan" && wanted === "plan") throw stateForPlan(label);
  refuseVersion(kind, root, label, wanted);
  return { ...document, kind, root };
}

function kindOf(root: JsonObject): Readable | Unreadable {
  const has = (key: string): boolean => Object.hasOwn(root, key);
  if (has("encrypted_data")) return "encrypted";
  if (has("remote_plan_format")) return "cloud-plan";
  if (has("plan_format_version")) return "redacted-plan";
  if (has("planned_values") || has("resource_changes") || has("configuration")) {
    return has("format_version") ? "plan" : "unversioned-plan";
  }
  if (has("format_version") && isStateJson(root)) return "state";
  if (typeof root.version === "number" && (has("serial") || has("lineage") || has("resources"))) {
    return "raw-state";
  }
  if (has("root_module")) return "configuration";
  return Object.keys(root).length === 0 ? "empty-object" : "something-else";
}

/** An empty state is printed as `{"format_version":"1.0"}`: observed with Terraform 1.11.4. */
function isStateJson(root: JsonObject): boolean {
  if (Object.hasOwn(root, "values")) return true;
  return Object.keys(root).every((key) => key === "format_version" || key === "terraform_version");
}

function isReadable(kind: Readable | Unreadable): kind is Readable {
  return kind === "plan" || kind === "state" || kind === "raw-state";
}

const SHOW_STATE = "terraform show -json > state.json && tfcheck plan.json --with state.json";

/**
 * Major versions 0 and 1 are read: within 1, additions are compatible by promise.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#format-summary
 */
function refuseVersion(kind: Readable, root: JsonObject, label: string, wanted: Wanted): void {
  if (kind === "raw-state") {
    if (root.version === 4) return;
    throw refusal({
      code: "state-version",
      place: label,
      message: `this state file has version ${JSON.stringify(root.version)}, tfcheck reads version 4`,
      help: SHOW_STATE,
    });
  }
  const version = root.format_version;
  if (typeof version === "string" && /^[01]\.\d/.test(version)) return;
  throw refusal({
    code: `${kind}-format-version`,
    place: label,
    message: `this ${kind} has format ${shorten(version)}, tfcheck reads formats 0.1 to 1.x`,
    note: "Terraform 0.12 to 1.x and OpenTofu 1.x write these formats",
    help: kind === "plan" ? planCommand(wanted) : SHOW_STATE,
  });
}

function stateForPlan(label: string): InputError {
  return refusal({
    code: "plan-is-state",
    place: label,
    message: "this is a state, not a plan: it tells what is, not what an apply will change",
    help: checkCommand(label, "either"),
  });
}

function planForState(label: string): InputError {
  return refusal({
    code: "state-is-plan",
    place: label,
    message: "this is a plan, not a state",
    help: checkCommand(label, "plan"),
  });
}

/** Sources: OpenTofu internal/encryption/base.go, Terraform internal/cloud/cloudplan and internal/command/jsonformat. */
function answerTo(kind: Unreadable, root: JsonObject, label: string, wanted: Wanted): InputError {
  const problem = (code: string, message: string, help = planCommand(wanted)): InputError =>
    refusal({ code, place: label, message, help });
  switch (kind) {
    case "configuration":
      return problem("plan-is-configuration", "this is the output of show -config, which holds no values");
    case "encrypted":
      return problem(
        "file-encrypted",
        "this file is encrypted by OpenTofu, tfcheck reads plans and states in clear",
        Object.hasOwn(root, "lineage")
          ? SHOW_STATE.replace("terraform", "tofu")
          : showCommand(label, wanted, "tofu"),
      );
    case "cloud-plan":
      return problem(
        "plan-in-cloud",
        "this file only points to a run in HCP Terraform, the plan is not in it",
        showCommand(label, wanted),
      );
    case "redacted-plan":
      return problem(
        "plan-redacted",
        "this is a redacted plan of HCP Terraform, which holds no configuration",
      );
    case "empty-object":
      return problem("plan-empty", "this JSON object is empty: there was no plan to show");
    case "unversioned-plan":
      return problem("plan-format-version", 'this has no "format_version", every plan of show -json has one');
    case "something-else":
      return notAPlan(`this JSON is no plan, its keys are ${keysOf(root)}`, label, wanted);
    default:
      return kind satisfies never;
  }
}

function notAPlan(message: string, label: string, wanted: Wanted): InputError {
  return refusal({ code: "not-a-plan", place: label, message, help: planCommand(wanted) });
}

function keysOf(root: JsonObject): string {
  const keys = Object.keys(root);
  const shown = keys.slice(0, 3).map(shorten).join(", ");
  return keys.length > 3 ? `${shown}, …` : shown;
}

function shorten(value: Json | undefined): string {
  if (isObject(value) || isArray(value) || value === undefined) return nameOf(value ?? null);
  return JSON.stringify(typeof value === "string" && value.length > 20 ? `${value.slice(0, 20)}…` : value);
}

/** For sentences: "a list", "text", "null". */
export function nameOf(json: Json): string {
  if (isArray(json)) return "a list";
  if (isObject(json)) return "an object";
  return json === null ? "null" : typeof json === "string" ? "text" : `a ${typeof json}`;
}
