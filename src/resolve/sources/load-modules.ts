// Finds the modules of a configuration: the root, local ones by their paths, installed ones through the manifest.

import type { ConfigurationBlock, ConfigurationFile, Expression } from "../../model/configuration.ts";
import { InputError } from "../../model/problem.ts";
import type { SourceLocation } from "../../model/source.ts";
import { findLocalCycle } from "./local-cycles.ts";
import { literalText, type ModuleSource, moduleFiles, moduleSource } from "./module-source.ts";
import { joinPath, type SourceTree } from "./source-tree.ts";

/** What turns text into documents; the command line joins it in. */
export interface SourceParser {
  parseFiles(files: ReadonlyMap<string, string>): Promise<readonly ConfigurationFile[]>;
  parseTemplates(texts: Iterable<string>): Promise<ReadonlyMap<string, Expression>>;
  /** The assignments of a variable file. */
  parseAssignments(path: string, text: string): Promise<ReadonlyMap<string, Expression>>;
  /** `undefined` for text that is no expression. */
  parseExpression(text: string): Promise<Expression | undefined>;
}

/** A module with the modules that it calls. */
export interface LoadedModule {
  readonly source: ModuleSource;
  /** Of each call; `undefined`: it is not installed. */
  readonly children: ReadonlyMap<string, LoadedModule | undefined>;
  /** Comes from a registry or another repository, so its files are not the user's. */
  readonly foreign: boolean;
}

/** More calls within calls than any real configuration has. */
const MAX_MODULES = 5_000;

/**
 * Throws InputError for files that cannot be read, modules that call themselves, and locals in a circle.
 * Cost: each directory is read and parsed once.
 */
export async function loadModules(tree: SourceTree, parser: SourceParser): Promise<LoadedModule> {
  const loading: Loading = { tree, parser, sources: new Map(), count: 0 };
  const files = tree.directory("");
  if (files === undefined || moduleFiles(files.keys()).length === 0) {
    throw new InputError([
      { code: "no-configuration", place: tree.label, message: "holds no Terraform configuration" },
    ]);
  }
  return loadModule(loading, { directory: "", names: [], foreign: false, above: [] });
}

interface Loading {
  readonly tree: SourceTree;
  readonly parser: SourceParser;
  /** By directory. */
  readonly sources: Map<string, ModuleSource>;
  count: number;
}

interface Place {
  readonly directory: string;
  /** Of the calls that lead here. */
  readonly names: readonly string[];
  readonly foreign: boolean;
  /** Directories of the modules around this one. */
  readonly above: readonly string[];
}

async function loadModule(loading: Loading, place: Place): Promise<LoadedModule> {
  loading.count += 1;
  if (loading.count > MAX_MODULES) {
    throw new InputError([
      {
        code: "too-many-modules",
        place: loading.tree.label,
        message: `more than ${MAX_MODULES} module calls`,
      },
    ]);
  }
  const source = await readModule(loading, place.directory);
  const children = new Map<string, LoadedModule | undefined>();
  for (const [name, call] of source.calls) {
    const child = childPlace(loading.tree, place, name, call);
    if (child?.above.includes(child.directory)) throw selfCall(name, call, place.directory);
    children.set(name, child === undefined ? undefined : await loadModule(loading, child));
  }
  return { source, children, foreign: place.foreign };
}

async function readModule(loading: Loading, directory: string): Promise<ModuleSource> {
  const known = loading.sources.get(directory);
  if (known !== undefined) return known;
  const present = loading.tree.directory(directory) ?? new Map<string, string>();
  const files = new Map(
    moduleFiles(present.keys()).map((name) => [joinPath(directory, name), present.get(name) ?? ""] as const),
  );
  const source = moduleSource(directory, await loading.parser.parseFiles(files));
  const cycle = findLocalCycle(source.locals);
  if (cycle !== undefined) throw localCycle(cycle);
  loading.sources.set(directory, source);
  return source;
}

/** `undefined`: the module's files are not there. */
function childPlace(
  tree: SourceTree,
  parent: Place,
  name: string,
  call: ConfigurationBlock,
): Place | undefined {
  const names = [...parent.names, name];
  const source = literalText(call, "source");
  const isLocal = source !== undefined && /^\.\.?(\/|\\|$)/.test(source);
  const written = isLocal ? joinPath(parent.directory, source.replaceAll("\\", "/")) : undefined;
  const directory = [written, tree.manifest.get(names.join("."))].find(
    (path) => path !== undefined && tree.directory(path) !== undefined,
  );
  if (directory === undefined) return undefined;
  return {
    directory,
    names,
    foreign: parent.foreign || !isLocal,
    above: [...parent.above, parent.directory],
  };
}

function selfCall(name: string, call: ConfigurationBlock, directory: string): InputError {
  return new InputError([
    {
      code: "module-calls-itself",
      place: printPlace(call.location, directory),
      message: `module "${name}" is one of the modules around it, so it would call itself without end`,
    },
  ]);
}

function localCycle(cycle: { names: readonly string[]; location: SourceLocation | undefined }): InputError {
  return new InputError([
    {
      code: "locals-in-a-circle",
      place: printPlace(cycle.location, "locals"),
      message: `these locals refer to each other in a circle: ${cycle.names.map((name) => `local.${name}`).join(" → ")}`,
    },
  ]);
}

function printPlace(location: SourceLocation | undefined, otherwise: string): string {
  return location === undefined ? otherwise || "." : `${location.file}:${location.line}:${location.column}`;
}
