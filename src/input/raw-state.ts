// A state as Terraform stores it, version 4: resources grouped by block, each with its instances.

import { type ModuleStep, parseModulePath } from "../model/address.ts";
import { get, isArray, isObject, type Json, type JsonObject } from "../model/json.ts";
import type { StateResource } from "../model/plan.ts";
import { instanceKey, isDeposed } from "./entry-address.ts";
import { refusal } from "./refusal.ts";
import { listAt } from "./shape.ts";

/**
 * Current instances only; tainted ones exist until they are replaced.
 * Source: https://github.com/hashicorp/terraform/blob/main/internal/states/statefile/version4.go; observed with
 * Terraform 1.11.4.
 */
export function readRawState(root: JsonObject, label: string): readonly StateResource[] {
  return listAt(root, "resources", label).flatMap((block) => readBlock(block, label));
}

/** The current instances of one block. */
export function readBlock(block: Json, label: string): readonly StateResource[] {
  const mode = get(block, "mode");
  const type = get(block, "type");
  const name = get(block, "name");
  const module = modulePath(get(block, "module"));
  if ((mode !== "managed" && mode !== "data") || module === undefined) return [];
  if (typeof type !== "string" || type === "" || typeof name !== "string" || name === "") return [];
  const builtin = isBuiltin(get(block, "provider"));
  const providerKey = providerKeyOf(get(block, "provider"));
  return listAt(block, "instances", label).flatMap((instance) => {
    const key = instanceKey(get(instance, "index_key"));
    if (isDeposed(get(instance, "deposed")) || key === "unusable") return [];
    return [
      {
        address: { module, mode, type, name, key: key.key },
        values: readAttributes(instance, builtin, label),
        sensitive: readSensitive(get(instance, "sensitive_attributes")),
        ...(providerKey === undefined ? {} : { providerKey }),
      },
    ];
  });
}

/** `provider["…"]`, in a module `module.a.provider["…"]`, with `.alias` at the end where there is one. */
function isBuiltin(provider: Json | undefined): boolean {
  return typeof provider === "string" && provider.includes('provider["terraform.io/builtin/terraform"]');
}

/** `module.a.provider["registry.terraform.io/hashicorp/aws"].eu` is `module.a:aws.eu`, as plans name it. */
export function providerKeyOf(provider: Json | undefined): string | undefined {
  const match = /^(?:(.+)\.)?provider\["[^"]*\/([^"/]+)"\](\.[\w-]+)?$/.exec(
    typeof provider === "string" ? provider : "",
  );
  if (match === null) return undefined;
  const [, module, name = "", alias = ""] = match;
  return `${module === undefined ? "" : `${module}:`}${name}${alias}`;
}

function modulePath(text: Json | undefined): readonly ModuleStep[] | undefined {
  return parseModulePath(typeof text === "string" ? text : "");
}

function readAttributes(instance: Json, builtin: boolean, label: string): JsonObject {
  const attributes = get(instance, "attributes");
  if (!isObject(attributes)) {
    if (isObject(get(instance, "attributes_flat"))) throw flatAttributes(label);
    return {};
  }
  return builtin ? withoutTypes(attributes) : attributes;
}

/**
 * Attributes of any type are stored as `{"value": …, "type": …}`. Of the providers that matter here only the builtin
 * one has such attributes, foremost `outputs` of terraform_remote_state.
 */
function withoutTypes(attributes: JsonObject): JsonObject {
  const plain = Object.entries(attributes).map(([name, stored]): [string, Json] => {
    const value = get(stored, "type") === undefined ? undefined : get(stored, "value");
    return [name, value ?? stored];
  });
  return Object.fromEntries(plain);
}

/** Terraform 0.11 and earlier stored attributes flat; they are rewritten at the first apply or refresh since. */
function flatAttributes(label: string): Error {
  return refusal({
    code: "state-version",
    place: label,
    message: "this state holds objects as Terraform 0.11 wrote them",
    help: "terraform apply -refresh-only && terraform show -json > state.json && tfcheck plan.json --with state.json",
  });
}

/** A sensitive part makes the whole attribute sensitive: it is only ever used to hide values. */
function readSensitive(paths: Json | undefined): JsonObject {
  const marked: [string, Json][] = [];
  for (const path of isArray(paths) ? paths : []) {
    const first = get(isArray(path) ? path[0] : undefined, "value");
    if (typeof first === "string") marked.push([first, true]);
  }
  return Object.fromEntries(marked);
}
