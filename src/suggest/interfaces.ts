// What the modules of a plan take and hand out, so that suggestions use outputs that exist and take no name twice.

import { get, isArray, type Json } from "../model/json.ts";
import type { ModuleConfiguration, PlanDocument } from "../model/plan.ts";

export interface ModuleInterface {
  /** `module.a.module.b`, without instance keys; empty for the root module. */
  readonly module: string;
  readonly variables: readonly string[];
  readonly outputs: readonly ModuleOutput[];
}

export interface ModuleOutput {
  readonly name: string;
  /** `aws_sns_topic.alerts.arn` when the output comes from that attribute alone, as far as the plan tells. */
  readonly of: string | undefined;
}

/** Cost: linear in the plan's modules. */
export function interfacesOf(plan: PlanDocument): readonly ModuleInterface[] {
  const found: ModuleInterface[] = [];
  const visit = (configuration: ModuleConfiguration, path: readonly string[]): void => {
    found.push({
      module: path.map((name) => `module.${name}`).join("."),
      variables: [...configuration.variables.keys()],
      outputs: [...configuration.outputs].map(([name, { expression: output }]) => ({
        name,
        of: sourceOf(get(output, "references")),
      })),
    });
    for (const [name, call] of configuration.calls) visit(call.module, [...path, name]);
  };
  if (plan.configuration !== undefined) visit(plan.configuration, []);
  return found;
}

/** References come longest first, each with its beginnings: `["a.b.arn", "a.b"]`. */
function sourceOf(references: Json | undefined): string | undefined {
  if (!isArray(references)) return undefined;
  const [first, ...rest] = references;
  if (typeof first !== "string") return undefined;
  return rest.every((other) => typeof other === "string" && first.startsWith(other)) ? first : undefined;
}
