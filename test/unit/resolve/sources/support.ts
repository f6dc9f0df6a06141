// Configurations in tests: from text, or from the scenarios on disk.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createHclParser } from "../../../../src/input/hcl.ts";
import type { Graph } from "../../../../src/model/graph.ts";
import { createObjects } from "../../../../src/resolve/sources/objects.ts";
import { prepareSources, worldOf } from "../../../../src/resolve/sources/prepare-sources.ts";
import { graphOfSources } from "../../../../src/resolve/sources/source-graph.ts";
import { treeOfFiles } from "../../../../src/resolve/sources/source-tree.ts";
import { NO_SETTINGS, type VariableSettings } from "../../../../src/resolve/sources/variables.ts";

export const SCENARIOS = join(import.meta.dirname, "../../../scenarios");

/** The graph of files given by path. */
export async function graphOf(
  files: Readonly<Record<string, string>>,
  settings: VariableSettings = NO_SETTINGS,
  workspace?: string,
): Promise<Graph> {
  const tree = treeOfFiles("infra", new Map(Object.entries(files)));
  const sources = await prepareSources({ tree, parser: createHclParser(), settings, workspace });
  return graphOfSources(createObjects({ world: worldOf(sources), label: "infra", idPrefix: "" }), "infra");
}

/** Every file below a directory, by its path in it. */
export function filesBelow(directory: string): Readonly<Record<string, string>> {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => /\.(tf|tofu|tfvars|json|tpl|tftpl)$/.test(name));
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(directory, name), "utf8")]));
}
