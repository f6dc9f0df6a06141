// What the user points at: a plan in JSON, a saved plan, or a directory of configuration; and the code beside a plan.

import type { InputFile, SourcesFiles, StackFiles } from "../check.ts";
import { isSavedPlan } from "../input/signature.ts";
import { InputError } from "../model/problem.ts";
import type { SourceTree } from "../resolve/sources/source-tree.ts";
import type { VariableArgument, VariableSettings } from "../resolve/sources/variables.ts";
import { isDirectory, readBytes, readInput, readTextIfThere, type WholeFile } from "./files.ts";
import type { NamedPath } from "./input-paths.ts";
import { withProgress } from "./progress.ts";

export interface StackOptions {
  /** A directory or a saved plan. */
  readonly source: string | undefined;
  readonly variables: readonly VariableOption[];
  /** Whether comments in the code may waive. */
  readonly inlineWaivers: boolean;
  /** The terraform or tofu to read saved plans with. */
  readonly terraform: string | undefined;
}

/** `--var` and `--var-file`, in the order in which they were given. */
export type VariableOption =
  | { readonly kind: "value"; readonly name: string; readonly text: string }
  | { readonly kind: "file"; readonly path: string };

/** A stack beside what is checked. `--source` and `--var` are for the checked one. */
export function readBeside(input: NamedPath, options: StackOptions): Promise<StackFiles> {
  return readStack(input, { ...options, source: undefined, variables: [] });
}

/** Throws InputError for what cannot be read. */
export async function readStack({ path, label }: NamedPath, options: StackOptions): Promise<StackFiles> {
  if (path !== "-" && isDirectory(path)) {
    const { isAccountDirectory, readAccountDirectory } = await import("./account-directory.ts");
    if (isAccountDirectory(path)) {
      return { plan: undefined, sources: undefined, account: { ...readAccountDirectory(path), label } };
    }
    if (options.source !== undefined) throw sourceOfDirectory(path);
    const { openSourceDirectory } = await import("./source-directory.ts");
    const tree = { ...openSourceDirectory(path), label };
    return { plan: undefined, sources: await withSettings(tree, path, options) };
  }
  const { start, ...read } = await readInput(path);
  const file = { ...read, label };
  const sources = options.source === undefined ? undefined : await openSource(options.source);
  if (path === "-" || !isSavedPlan(start)) {
    return { plan: file, sources: sources && (await withSettings(sources, sources.label, options)) };
  }
  const { showPlan } = await import("./show-plan.ts");
  const shown: InputFile = {
    ...file,
    bytes: await withProgress(`waiting for terraform to show ${path} ...`, () =>
      showPlan(path, options.terraform ?? process.env.TFCHECK_TERRAFORM),
    ),
  };
  // A saved plan carries the very code it was made from.
  const code = sources ?? (await savedTree({ ...(await readBytes(path)), label }));
  return { plan: shown, sources: await withSettings(code, code.label, options) };
}

function sourceOfDirectory(path: string): InputError {
  return new InputError([
    {
      code: "usage-source-of-directory",
      place: path,
      message: "--source gives the code of a plan, and this is code already",
      help: `tfcheck ${path}`,
    },
  ]);
}

async function openSource(path: string): Promise<SourceTree> {
  if (isDirectory(path)) {
    const { openSourceDirectory } = await import("./source-directory.ts");
    return openSourceDirectory(path);
  }
  return savedTree(await readBytes(path, "--source takes the directory of the code, or the saved plan"));
}

/** Throws InputError for a file that is no saved plan. */
async function savedTree({ bytes, label }: WholeFile): Promise<SourceTree> {
  const [{ readSavedPlan }, { treeOfSavedModules }] = await Promise.all([
    import("../input/binary-plan.ts"),
    import("../resolve/sources/source-tree.ts"),
  ]);
  const modules = readSavedPlan(bytes, label).modules;
  return treeOfSavedModules(
    label,
    modules.map(({ key, dir, files }) => ({ key, directory: dir, files })),
  );
}

async function withSettings(
  tree: SourceTree,
  directory: string,
  { variables, inlineWaivers }: StackOptions,
): Promise<SourcesFiles> {
  return {
    tree,
    settings: await variableSettings(variables),
    workspace: await workspaceOf(directory),
    inlineWaivers,
  };
}

const PREFIX = "TF_VAR_";

async function variableSettings(options: readonly VariableOption[]): Promise<VariableSettings> {
  const environment = new Map<string, string>();
  for (const [name, value] of Object.entries(process.env)) {
    if (name.startsWith(PREFIX) && value !== undefined) environment.set(name.slice(PREFIX.length), value);
  }
  const read = async (option: VariableOption): Promise<VariableArgument> =>
    option.kind === "value" ? option : { ...option, text: await readText(option.path) };
  return { environment, arguments: await Promise.all(options.map(read)) };
}

async function readText(path: string): Promise<string> {
  const { bytes } = await readBytes(path);
  return new TextDecoder().decode(bytes);
}

/**
 * The selected workspace, which Terraform keeps beside the configuration.
 * Source: https://developer.hashicorp.com/terraform/language/state/workspaces (TF_WORKSPACE, "default")
 */
async function workspaceOf(directory: string): Promise<string> {
  const named = process.env.TF_WORKSPACE;
  if (named !== undefined && named !== "") return named;
  const kept = readTextIfThere(`${directory}/.terraform/environment`) ?? "";
  return kept.trim() || "default";
}
