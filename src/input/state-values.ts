// The resources in the `values` of a state JSON, which is also how a plan carries its prior state.

import { type ModuleStep, parseModulePath } from "../model/address.ts";
import { get, isObject, type Json } from "../model/json.ts";
import type { StateResource } from "../model/plan.ts";
import { type AddressReader, isDeposed } from "./entry-address.ts";
import { listAt, objectAt } from "./shape.ts";

/**
 * Current objects of the root module and of all below it, data sources included. Deposed objects, which share the
 * address of their successor, are left out. Tainted ones exist until they are replaced.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#values-representation
 */
export function readStateValues(
  state: Json | undefined,
  label: string,
  addressOf: AddressReader,
): readonly StateResource[] {
  const resources: StateResource[] = [];
  const root = objectAt(objectAt(state, "values", label), "root_module", label);
  const modules: { module: Json; path: readonly ModuleStep[] | undefined }[] = [];
  if (root !== undefined) modules.push({ module: root, path: [] });
  // The list grows while it is walked: no recursion, since the depth is the file's.
  for (const next of modules) {
    for (const entry of listAt(next.module, "resources", label)) {
      const resource = readResource(entry, next.path, addressOf);
      if (resource !== undefined) resources.push(resource);
    }
    for (const module of listAt(next.module, "child_modules", label)) {
      const address = get(module, "address");
      modules.push({ module, path: typeof address === "string" ? parseModulePath(address) : undefined });
    }
  }
  return resources;
}

function readResource(
  entry: Json,
  path: readonly ModuleStep[] | undefined,
  addressOf: AddressReader,
): StateResource | undefined {
  if (isDeposed(get(entry, "deposed_key"))) return undefined;
  const address = addressOf(entry, path);
  if (address === undefined) return undefined;
  const values = get(entry, "values");
  return {
    address,
    values: isObject(values) ? values : {},
    sensitive: get(entry, "sensitive_values") ?? {},
  };
}
