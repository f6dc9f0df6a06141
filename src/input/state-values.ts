// The resources in the `values` of a state JSON, which is also how a plan carries its prior state.

import { type ModuleStep, parseModulePath } from "../model/address.ts";
import { get, isObject, type Json } from "../model/json.ts";
import type { StateResource } from "../model/plan.ts";
import { type AddressReader, isDeposed } from "./entry-address.ts";
import type { ModuleObjects } from "./reader/read-values.ts";
import { listAt, objectAt } from "./shape.ts";

/**
 * Current objects of the root module and of all below it, data sources included. Deposed objects, which share the
 * address of their successor, are left out. Tainted ones exist until they are replaced. `state` has the shape without
 * the modules, which are `modules`.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#values-representation
 */
export function readStateValues(
  state: Json | undefined,
  modules: readonly ModuleObjects[],
  label: string,
  addressOf: AddressReader,
): readonly StateResource[] {
  objectAt(objectAt(state, "values", label), "root_module", label);
  return modules.flatMap((module, position) => {
    const { address, resources = null, childModules = null } = module;
    listAt({ child_modules: childModules }, "child_modules", label);
    const written = typeof address === "string" ? parseModulePath(address) : undefined;
    const path = position === 0 ? [] : written;
    return listAt({ resources }, "resources", label).flatMap(
      (entry) => readObject(entry, path, addressOf) ?? [],
    );
  });
}

/** `path`: of the module instance; `undefined` to go by the entry's own address. */
export function readObject(
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
