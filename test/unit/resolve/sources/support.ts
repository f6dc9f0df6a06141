// Configurations in tests: from text, or from the scenarios on disk.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createHclParser } from "../../../../src/input/hcl.ts";
import type { Graph } from "../../../../src/model/graph.ts";
import { type ConfigurationSources, readSources } from "../../../../src/resolve/sources/read-sources.ts";
import { treeOfFiles } from "../../../../src/resolve/sources/source-tree.ts";
import { NO_SETTINGS, type VariableSettings } from "../../../../src/resolve/sources/variables.ts";

export type FilesByPath = Readonly<Record<string, string>>;

export async function sourcesOf(
  files: FilesByPath,
  settings: VariableSettings = NO_SETTINGS,
  workspace?: string,
): Promise<ConfigurationSources> {
  const tree = treeOfFiles("infra", new Map(Object.entries(files)));
  return readSources({ tree, parser: createHclParser(), settings, workspace });
}

/** The graph of files given by path. */
export async function graphOf(
  files: FilesByPath,
  settings: VariableSettings = NO_SETTINGS,
  workspace?: string,
): Promise<Graph> {
  return (await sourcesOf(files, settings, workspace)).stack("").graph;
}

/** Every file below a directory, by its path in it. */
export function filesBelow(directory: string): FilesByPath {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => /\.(tf|tofu|tfvars|json|tpl|tftpl)$/.test(name));
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(directory, name), "utf8")]));
}
