// Where configuration comes from: directories of files, read already or on demand by the caller. Knows paths, not
// what is in the files. Paths are relative to the root module's directory, with forward slashes; "" is the root.

import { get, isArray, type Json } from "../../model/json.ts";

export interface SourceTree {
  readonly label: string;
  /** Configuration and variable files of a directory, by name; `undefined`: there is no such directory. */
  directory(path: string): ReadonlyMap<string, string> | undefined;
  /** Where `init` has put each module, by the names of the calls that lead to it, joined by dots. */
  readonly manifest: ReadonlyMap<string, string>;
  /** Any file below the root, for functions that read files. */
  readFile(path: string): Uint8Array | undefined;
  /** Every path that `readFile` gives. */
  listFiles(): readonly string[];
}

/** A tree of files that are all read. `modules.json` of `.terraform` is found among them. */
export function treeOfFiles(label: string, files: ReadonlyMap<string, string>): SourceTree {
  const directories = new Map<string, Map<string, string>>();
  const normal = new Map<string, string>();
  for (const [path, text] of files) {
    const clean = joinPath("", path);
    normal.set(clean, text);
    const directory = directoryOf(clean);
    const inside = directories.get(directory) ?? new Map<string, string>();
    directories.set(directory, inside.set(clean.slice(directory === "" ? 0 : directory.length + 1), text));
  }
  return {
    label,
    directory: (path) => directories.get(path),
    manifest: readManifest(normal.get(".terraform/modules/modules.json")),
    readFile: (path) => {
      const text = normal.get(path);
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    listFiles: () => [...normal.keys()].filter((path) => !path.startsWith("../")),
  };
}

/** One module of a saved plan: its key, the directory it came from, and its files by name. */
export interface SavedModule {
  readonly key: string;
  readonly directory: string;
  readonly files: ReadonlyMap<string, string>;
}

/** The sources that a saved plan carries: the very code of the plan, with no files beside it. */
export function treeOfSavedModules(label: string, modules: readonly SavedModule[]): SourceTree {
  const directories = new Map(
    modules.map((module) => [joinPath("", module.directory), module.files] as const),
  );
  return {
    label,
    directory: (path) => directories.get(path),
    manifest: new Map(modules.map((module) => [module.key, joinPath("", module.directory)])),
    readFile: () => undefined,
    listFiles: () => [],
  };
}

/** Source: `.terraform/modules/modules.json` as Terraform 1.11 and OpenTofu 1.12 write it. */
export function readManifest(text: string | undefined): ReadonlyMap<string, string> {
  const modules = get(parseQuietly(text ?? "{}"), "Modules");
  const manifest = new Map<string, string>();
  for (const module of isArray(modules) ? modules : []) {
    const [key, directory] = [get(module, "Key"), get(module, "Dir")];
    if (typeof key === "string" && typeof directory === "string") {
      manifest.set(key, joinPath("", directory.replaceAll("\\", "/")));
    }
  }
  return manifest;
}

function parseQuietly(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // A broken manifest is none: the modules behind it count as not installed.
    return null;
  }
}

function directoryOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "" : path.slice(0, end);
}

/** A path seen from a directory, without `.` and with `..` only at its start. */
export function joinPath(directory: string, path: string): string {
  const isAbsolute = path.startsWith("/");
  const steps: string[] = [];
  for (const step of [...(isAbsolute ? [] : directory.split("/")), ...path.split("/")]) {
    if (step === "" || step === ".") continue;
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else steps.push(step);
  }
  return `${isAbsolute ? "/" : ""}${steps.join("/")}`;
}
