// A directory of Terraform configuration, read when it is asked for: what modules and file functions may see of it.

import { type Dirent, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { InputError } from "../model/problem.ts";
import { readManifest, type SourceTree } from "../resolve/sources/source-tree.ts";
import { isDirectory, reasonOf, statOf } from "./files.ts";

const CONFIGURATION = /\.(tf|tofu|tfvars)(\.json)?$/;

/** No configuration file or template is this large; more is not read. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** More files than this below a module are not listed. */
const MAX_FILES = 100_000;

/** What `fileset` and the like never look into. */
const HIDDEN: ReadonlySet<string> = new Set([".git", ".terraform", "node_modules"]);

/** Throws InputError for a path that is no directory. Local modules may lie beside the root; files may not. */
export function openSourceDirectory(path: string): SourceTree {
  const root = rootOf(path);
  const directories = new Map<string, ReadonlyMap<string, string> | undefined>();
  return {
    label: path.replaceAll("\\", "/"),
    directory: (below) => {
      if (!directories.has(below)) directories.set(below, readConfiguration(resolve(root, below)));
      return directories.get(below);
    },
    manifest: readManifest(readText(join(root, ".terraform/modules/modules.json"))),
    readFile: (below) => readBelow(root, below),
    listFiles: () => listBelow(root),
  };
}

function rootOf(path: string): string {
  if (!isDirectory(path)) {
    throw new InputError([
      {
        code: "sources-not-found",
        place: path,
        message: "there is no such directory",
        help: "--source DIR takes the directory where plan was run",
      },
    ]);
  }
  return realpathSync(path);
}

function readConfiguration(directory: string): ReadonlyMap<string, string> | undefined {
  if (!isDirectory(directory)) return undefined;
  const files = new Map<string, string>();
  for (const entry of entriesOf(directory)) {
    const path = join(directory, entry.name);
    if (!CONFIGURATION.test(entry.name) || isDirectory(path)) continue;
    const text = readText(path);
    // Code that cannot be read is not code that is not there.
    if (text === undefined) throw notReadable(path, `no file of up to ${MAX_FILE_BYTES / 2 ** 20} MB`);
    files.set(entry.name, text);
  }
  return files;
}

function entriesOf(directory: string): readonly Dirent[] {
  return readable(directory, () => readdirSync(directory, { withFileTypes: true }));
}

function readable<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw notReadable(path, reasonOf(error));
  }
}

function notReadable(place: string, reason: string): InputError {
  const message = `this part of the code cannot be read: ${reason}`;
  return new InputError([{ code: "sources-not-readable", place, message }]);
}

function readText(path: string): string | undefined {
  const bytes = readBytes(path);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

/** `undefined` for what is no plain file of a sensible size. */
function readBytes(path: string): Uint8Array | undefined {
  const found = statOf(path);
  if (found === undefined || !found.isFile() || found.size > MAX_FILE_BYTES) return undefined;
  return readable(path, () => readFileSync(path));
}

/** INVARIANT: nothing outside the root is read, also not through a link. */
function readBelow(root: string, below: string): Uint8Array | undefined {
  const path = resolve(root, below);
  if (!path.startsWith(root + sep) || statOf(path) === undefined) return undefined;
  const real = realpathSync(path);
  return real.startsWith(root + sep) ? readBytes(real) : undefined;
}

function listBelow(root: string): readonly string[] {
  const found: string[] = [];
  const visit = (directory: string, prefix: string): void => {
    for (const entry of entriesOf(directory)) {
      if (found.length >= MAX_FILES) return;
      if (entry.isDirectory() && !HIDDEN.has(entry.name)) {
        visit(join(directory, entry.name), `${prefix}${entry.name}/`);
      } else if (entry.isFile()) {
        found.push(prefix + entry.name);
      }
    }
  };
  visit(root, "");
  return found.toSorted();
}
