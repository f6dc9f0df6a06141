// Everything about a configuration that has to be read before it can be evaluated: modules, variables, templates.

import type { ConfigurationBlock, Expression } from "../../model/configuration.ts";
import { evaluate } from "../../terraform/evaluate.ts";
import type { Scope, Templates } from "../../terraform/scope.ts";
import { type LoadedModule, loadModules, type SourceParser } from "./load-modules.ts";
import { visitExpressions } from "./local-cycles.ts";
import type { World } from "./module-instance.ts";
import { createObjects, type Objects } from "./objects.ts";
import { findInstances } from "./source-graph.ts";
import type { SourceTree } from "./source-tree.ts";
import { readVariables, type VariableSettings } from "./variables.ts";

export interface SourcesInput {
  readonly tree: SourceTree;
  readonly parser: SourceParser;
  readonly settings: VariableSettings;
  /** `undefined`: not known. */
  readonly workspace: string | undefined;
}

/** A configuration that is read and can be evaluated, with a plan or without. */
export interface PreparedSources {
  readonly tree: SourceTree;
  readonly root: LoadedModule;
  /** What sets each root variable from outside; ones that nothing sets are left out. */
  readonly variables: ReadonlyMap<string, Expression>;
  readonly templates: ReadonlyMap<string, Expression | "no template">;
  readonly workspace: string | undefined;
}

/** A template may name another file only through what an earlier one gave, so this many rounds find all. */
const MAX_ROUNDS = 8;

/**
 * Throws InputError for configuration that cannot be used. Template files are found by evaluating, so where templates
 * are used everything is evaluated once for their sake.
 */
export async function prepareSources(input: SourcesInput): Promise<PreparedSources> {
  const { tree, parser, workspace } = input;
  const root = await loadModules(tree, parser);
  const variables = await readVariables(tree, root.source.variables, input.settings, parser);
  const templates = new Map<string, Expression | "no template">();
  const prepared = { tree, root, variables, templates, workspace };
  if (!usesTemplates(root)) return prepared;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const missing = missingTemplates(prepared);
    if (missing.size === 0) break;
    const found = await parser.parseTemplates(missing);
    for (const text of missing) templates.set(text, found.get(text) ?? "no template");
  }
  return prepared;
}

/** The world of a configuration by itself; `findTemplate` is told of every template text that is asked for. */
export function worldOf(
  sources: PreparedSources,
  findTemplate: Templates["find"] = (text) => sources.templates.get(text),
): World {
  const { tree } = sources;
  const shared = {
    files: { read: (path: string) => tree.readFile(path), list: () => tree.listFiles() },
    templates: { find: findTemplate },
    work: { steps: 0, depth: 0, place: tree.label },
  };
  const constants: Scope = {
    ...shared,
    lookup: () => undefined,
    attribute: (reference) => reference,
    cannotHold: () => false,
  };
  return {
    ...shared,
    root: sources.root,
    workspace: sources.workspace,
    variable: (name) => {
      const expression = sources.variables.get(name);
      return expression === undefined ? undefined : evaluate(expression, constants);
    },
  };
}

function missingTemplates(sources: PreparedSources): ReadonlySet<string> {
  const missing = new Set<string>();
  const world = worldOf(sources, (text) => {
    const found = sources.templates.get(text);
    if (found === undefined) missing.add(text);
    return found;
  });
  const objects = createObjects({ world, label: sources.tree.label, idPrefix: "" });
  readEverything(objects, sources.tree.label);
  return missing;
}

function readEverything(objects: Objects, label: string): void {
  for (const instance of findInstances(objects, label).instances) {
    const object = objects.find(instance.id);
    const body = object?.block.body;
    for (const name of [...(body?.entries.keys() ?? []), ...(body?.dynamic.keys() ?? [])])
      instance.read(name);
  }
}

function usesTemplates(module: LoadedModule): boolean {
  const { source } = module;
  const blocks: ConfigurationBlock[] = [
    ...source.resources.values(),
    ...source.calls.values(),
    ...source.outputs.values(),
  ];
  const expressions = [
    ...blocks.map((block) => block.body),
    ...[...source.locals.values()].map((local) => local.expression),
  ];
  const uses = expressions.some((expression) => {
    let found = false;
    visitExpressions(expression, (one) => {
      if (one.kind === "call" && /(^|::)template(file|string)$/.test(one.name)) found = true;
    });
    return found;
  });
  return uses || [...module.children.values()].some((child) => child !== undefined && usesTemplates(child));
}
