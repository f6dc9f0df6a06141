// What the user points at: a plan in JSON, a saved plan, or a directory of configuration; and the code beside a plan.

import { readFile } from "node:fs/promises";
import type { InputFile, SourcesFiles, StackFiles } from "../check.ts";
import { isSavedPlan } from "../input/signature.ts";
import { InputError } from "../model/problem.ts";
import type { SourceTree } from "../resolve/sources/source-tree.ts";
import type { VariableArgument, VariableSettings } from "../resolve/sources/variables.ts";
import { readBytes, readInput } from "./files.ts";
import { withProgress } from "./progress.ts";

export interface SubjectOptions {
  /** A path, or `-` for standard input. */
  readonly plan: string;
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

/** A stack beside the subject: whatever can be checked. `--source` and `--var` are the subject's. */
export function readBeside(path: string, options: SubjectOptions): Promise<StackFiles> {
  return readSubject({ ...options, plan: path, source: undefined, variables: [] });
}

/** Throws InputError for what cannot be read. */
export async function readSubject(options: SubjectOptions): Promise<StackFiles> {
  const { plan: path } = options;
  const directories = await import("./source-directory.ts");
  if (path !== "-" && directories.isDirectory(path)) {
    if (options.source !== undefined) throw sourceOfDirectory(path);
    return { plan: undefined, sources: await withSettings(directories.openSourceDirectory(path), options) };
  }
  const file = await readInput(path);
  const sources = options.source === undefined ? undefined : await openSource(options.source);
  if (path === "-" || !isSavedPlan(file.bytes)) {
    return { plan: file, sources: sources && (await withSettings(sources, options)) };
  }
  const { showPlan } = await import("./show-plan.ts");
  const shown: InputFile = {
    ...file,
    bytes: await withProgress(`waiting for terraform to show ${path} ...`, () =>
      showPlan(path, options.terraform ?? process.env.TFCHECK_TERRAFORM),
    ),
  };
  // A saved plan carries the very code it was made from.
  const code = sources ?? (await savedTree(file));
  return { plan: shown, sources: await withSettings(code, options) };
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
  const { isDirectory, openSourceDirectory } = await import("./source-directory.ts");
  if (isDirectory(path)) return openSourceDirectory(path);
  return savedTree(await readBytes(path, "--source takes the directory of the code, or the saved plan"));
}

/** Throws InputError for a file that is no saved plan. */
async function savedTree({ bytes, label }: InputFile): Promise<SourceTree> {
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
  { variables, inlineWaivers }: SubjectOptions,
): Promise<SourcesFiles> {
  return {
    tree,
    settings: await variableSettings(variables),
    workspace: await workspaceOf(tree),
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
async function workspaceOf(tree: SourceTree): Promise<string> {
  const named = process.env.TF_WORKSPACE;
  if (named !== undefined && named !== "") return named;
  const kept = await readFile(`${tree.label}/.terraform/environment`, "utf8").catch(() => "");
  return kept.trim() || "default";
}
