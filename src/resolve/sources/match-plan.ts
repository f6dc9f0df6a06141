// Whether code can be the code of a plan: every name in the plan's configuration has to be in the files.

import type { ModuleConfiguration } from "../../model/plan.ts";
import type { LoadedModule } from "./load-modules.ts";

/**
 * Names that the plan's configuration has and the code has not, as addresses; empty where the code can be the plan's.
 * Modules that are not installed are not looked into.
 */
export function missingFromSources(
  configuration: ModuleConfiguration,
  module: LoadedModule,
  prefix = "",
): readonly string[] {
  const { source } = module;
  const missing: string[] = [];
  const compare = (names: Iterable<string>, present: ReadonlyMap<string, unknown>, kind: string) => {
    for (const name of names) if (!present.has(name)) missing.push(`${prefix}${kind}${name}`);
  };
  compare(configuration.resources.keys(), source.resources, "");
  compare(configuration.variables.keys(), source.variables, "var.");
  compare(configuration.outputs.keys(), source.outputs, "output.");
  compare(configuration.calls.keys(), source.calls, "module.");
  for (const [name, call] of configuration.calls) {
    const child = module.children.get(name);
    if (child !== undefined)
      missing.push(...missingFromSources(call.module, child, `${prefix}module.${name}.`));
  }
  return missing;
}
