// The `configuration` of a plan: blocks by their address in the module, calls, outputs, variables and providers.
// Expressions are kept as they are.

import { get, isObject, type Json, type JsonObject } from "../model/json.ts";
import type {
  ModuleCall,
  ModuleConfiguration,
  OutputConfiguration,
  ProviderConfiguration,
  ResourceConfiguration,
  VariableConfiguration,
} from "../model/plan.ts";
import { LazyMap } from "./lazy-map.ts";
import { providerFor } from "./provider-key.ts";
import type { PackedCall } from "./reader/read-configuration.ts";
import type { RawDocument } from "./reader/read-document.ts";
import { entriesAt, listAt, objectAt } from "./shape.ts";

interface Reading {
  readonly label: string;
  /** JSON at a place in the file. */
  readonly reread: (place: { readonly from: number; readonly to: number }) => Json;
  readonly providers: ReadonlyMap<string, ProviderConfiguration>;
}

/** Empty where the plan has no configuration. */
export function readProviders(plan: JsonObject, label: string): ReadonlyMap<string, ProviderConfiguration> {
  const configuration = objectAt(plan, "configuration", label);
  const providers = new Map<string, ProviderConfiguration>();
  for (const [key, entry] of entriesAt(configuration, "provider_config", label)) {
    const name = get(entry, "name");
    providers.set(key, {
      name: typeof name === "string" ? name : nameInKey(key),
      expressions: objectOrEmpty(get(entry, "expressions")),
    });
  }
  return providers;
}

/** `module.a:aws.eu` is of provider aws. */
function nameInKey(key: string): string {
  return key.slice(key.lastIndexOf(":") + 1).split(".", 1)[0] ?? "";
}

/** The root module with all below it; `undefined` where the plan has none. Modules are read when asked for. */
export function readConfiguration(
  { root, configuration }: Pick<RawDocument, "configuration"> & { readonly root: JsonObject },
  reading: Reading,
): ModuleConfiguration | undefined {
  const { label } = reading;
  const module = objectAt(objectAt(root, "configuration", label), "root_module", label);
  if (module === undefined || configuration === undefined) return undefined;
  return readModule(
    isObject(configuration.own) ? configuration.own : undefined,
    configuration.calls,
    [],
    reading,
  );
}

function readModule(
  module: JsonObject | undefined,
  packed: ReadonlyMap<string, PackedCall>,
  path: readonly string[],
  reading: Reading,
): ModuleConfiguration {
  const { label } = reading;
  objectAt(module, "module_calls", label);
  const outputs = new Map<string, OutputConfiguration>();
  for (const [name, output] of entriesAt(module, "outputs", label)) {
    outputs.set(name, {
      expression: get(output, "expression") ?? {},
      sensitive: get(output, "sensitive") === true,
    });
  }
  const variables = new Map<string, VariableConfiguration>();
  for (const [name, variable] of entriesAt(module, "variables", label)) {
    variables.set(name, {
      default: get(variable, "default"),
      sensitive: get(variable, "sensitive") === true,
    });
  }
  const calls = new LazyMap(packed, (call, name) => readCall(call, [...path, name], reading));
  return { resources: readResources(module, path, reading), calls, outputs, variables };
}

function readCall(packed: PackedCall, path: readonly string[], reading: Reading): ModuleCall {
  const call: Json = "text" in packed ? JSON.parse(packed.text) : reading.reread(packed);
  const module = objectAt(call, "module", reading.label);
  return {
    source: textOf(get(call, "source")),
    expressions: objectOrEmpty(get(call, "expressions")),
    count: get(call, "count_expression"),
    forEach: get(call, "for_each_expression"),
    module: readModule(module, "text" in packed ? packed.calls : callsIn(module, reading), path, reading),
  };
}

/** The calls in a module that was read as a whole. */
function callsIn(
  module: JsonObject | undefined,
  { label }: Pick<Reading, "label">,
): ReadonlyMap<string, PackedCall> {
  const packed = (call: Json): PackedCall => ({
    text: JSON.stringify(call),
    calls: callsIn(objectAt(call, "module", label), { label }),
  });
  return new Map(entriesAt(module, "module_calls", label).map(([name, call]) => [name, packed(call)]));
}

function readResources(
  module: JsonObject | undefined,
  path: readonly string[],
  reading: Reading,
): ReadonlyMap<string, ResourceConfiguration> {
  const resources = new Map<string, ResourceConfiguration>();
  for (const entry of listAt(module, "resources", reading.label)) {
    const read = readResource(entry, path, reading.providers);
    if (read !== undefined) resources.set(read.name, read.configuration);
  }
  return resources;
}

/** One block, with its name in its module; `undefined` for what is no managed or data resource. */
export function readResource(
  entry: Json,
  path: readonly string[],
  providers: ReadonlyMap<string, ProviderConfiguration>,
): { readonly name: string; readonly configuration: ResourceConfiguration } | undefined {
  const mode = get(entry, "mode");
  const type = textOf(get(entry, "type"));
  const name = textOf(get(entry, "name"));
  if ((mode !== "managed" && mode !== "data") || type === "" || name === "") return undefined;
  const configuration: ResourceConfiguration = {
    mode,
    type,
    name,
    providerKey: providerFor(textOf(get(entry, "provider_config_key")), providers, () => path),
    // An empty body has no expressions at all: observed with Terraform 1.11.4 and OpenTofu 1.12.
    expressions: objectOrEmpty(get(entry, "expressions")),
    count: get(entry, "count_expression"),
    forEach: get(entry, "for_each_expression"),
  };
  return { name: `${mode === "data" ? "data." : ""}${type}.${name}`, configuration };
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function objectOrEmpty(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
