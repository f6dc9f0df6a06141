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
import { providerFor } from "./provider-key.ts";
import { entriesAt, listAt, MAX_MODULE_DEPTH, objectAt, tooDeep } from "./shape.ts";

interface Reading {
  readonly label: string;
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

/** The root module with all below it; `undefined` where the plan has none. */
export function readConfiguration(
  plan: JsonObject,
  providers: ReadonlyMap<string, ProviderConfiguration>,
  label: string,
): ModuleConfiguration | undefined {
  const root = objectAt(objectAt(plan, "configuration", label), "root_module", label);
  return root === undefined ? undefined : readModule(root, [], { label, providers });
}

function readModule(
  module: JsonObject | undefined,
  path: readonly string[],
  reading: Reading,
): ModuleConfiguration {
  if (path.length > MAX_MODULE_DEPTH) throw tooDeep(reading.label);
  const { label } = reading;
  const calls = new Map<string, ModuleCall>();
  for (const [name, call] of entriesAt(module, "module_calls", label)) {
    calls.set(name, readCall(call, [...path, name], reading));
  }
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
  return { resources: readResources(module, path, reading), calls, outputs, variables };
}

function readCall(call: Json, path: readonly string[], reading: Reading): ModuleCall {
  return {
    source: textOf(get(call, "source")),
    expressions: objectOrEmpty(get(call, "expressions")),
    count: get(call, "count_expression"),
    forEach: get(call, "for_each_expression"),
    module: readModule(objectAt(call, "module", reading.label), path, reading),
  };
}

function readResources(
  module: JsonObject | undefined,
  path: readonly string[],
  reading: Reading,
): ReadonlyMap<string, ResourceConfiguration> {
  const resources = new Map<string, ResourceConfiguration>();
  for (const entry of listAt(module, "resources", reading.label)) {
    const mode = get(entry, "mode");
    const type = textOf(get(entry, "type"));
    const name = textOf(get(entry, "name"));
    if ((mode !== "managed" && mode !== "data") || type === "" || name === "") continue;
    resources.set(`${mode === "data" ? "data." : ""}${type}.${name}`, {
      mode,
      type,
      name,
      providerKey: providerFor(textOf(get(entry, "provider_config_key")), reading.providers, path),
      // An empty body has no expressions at all: observed with Terraform 1.11.4 and OpenTofu 1.12.
      expressions: objectOrEmpty(get(entry, "expressions")),
      count: get(entry, "count_expression"),
      forEach: get(entry, "for_each_expression"),
    });
  }
  return resources;
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function objectOrEmpty(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
