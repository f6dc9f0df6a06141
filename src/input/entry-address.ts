// The address of one entry of a plan or state. Built from its parts, since keys may hold dots, brackets and quotes.

import {
  type Address,
  type InstanceKey,
  type ModuleStep,
  parseAddress,
  parseModulePath,
} from "../model/address.ts";
import { get, type Json } from "../model/json.ts";
import { MAX_MODULE_DEPTH, tooDeep } from "./shape.ts";

/** `undefined` for an entry that is no managed or data resource, or has no usable address. */
export type AddressReader = (entry: Json, modulePath?: readonly ModuleStep[]) => Address | undefined;

/** Entries of one module share their path, so each distinct `module_address` is parsed once. */
export function createAddressReader(label: string): AddressReader {
  const paths = new Map<string, readonly ModuleStep[] | undefined>();
  const pathOf = (text: string): readonly ModuleStep[] | undefined => {
    if (!paths.has(text)) paths.set(text, parseModulePath(text));
    return paths.get(text);
  };
  const read: AddressReader = (entry, modulePath) => {
    const mode = get(entry, "mode");
    if (mode !== undefined && mode !== "managed" && mode !== "data") return undefined;
    const written = get(entry, "address");
    const module = modulePath ?? modulePathOf(entry, written, pathOf);
    const type = get(entry, "type");
    const name = get(entry, "name");
    const key = instanceKey(get(entry, "index"));
    if (module !== undefined && mode !== undefined && isName(type) && isName(name) && key !== "unusable") {
      return { module, mode, type, name, key: key.key };
    }
    return typeof written === "string" ? parseAddress(written) : undefined;
  };
  return (entry, modulePath) => {
    const address = read(entry, modulePath);
    if (address !== undefined && address.module.length > MAX_MODULE_DEPTH) throw tooDeep(label);
    return address;
  };
}

/** Only the root module goes without `module_address`. */
function modulePathOf(
  entry: Json,
  written: Json | undefined,
  pathOf: (text: string) => readonly ModuleStep[] | undefined,
): readonly ModuleStep[] | undefined {
  const text = get(entry, "module_address");
  if (typeof text === "string") return pathOf(text);
  const inModule = typeof written === "string" && written.startsWith("module.");
  return text === undefined && !inModule ? [] : undefined;
}

function isName(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}

/** A number for count, a string for for_each: `x["0"]` and `x[0]` are two instances. */
export function instanceKey(index: Json | undefined): { readonly key: InstanceKey | undefined } | "unusable" {
  if (index === undefined || index === null || typeof index === "string") return { key: index ?? undefined };
  return typeof index === "number" && Number.isSafeInteger(index) && index >= 0 ? { key: index } : "unusable";
}

/** A deposed object waits for its destruction under the address of the one that took its place. */
export function isDeposed(key: Json | undefined): boolean {
  return typeof key === "string" && key !== "";
}
