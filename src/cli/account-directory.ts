// A directory of saved outputs of AWS commands: told from a directory of code, read, and written.

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { OutputFile } from "../input/account/outputs.ts";
import type { AccountFiles } from "../input/account/read-account.ts";
import { MAX_FILE_BYTES } from "../input/size-limits.ts";
import { InputError } from "../model/problem.ts";
import { notWritten } from "./files.ts";

const CODE = /\.(tf|tofu)(\.json)?$/;
const OUTPUT = /\.json$/i;

/** More files than this are no audit of one account. */
const MAX_FILES = 20_000;

/** Whether a directory holds outputs and no code. */
export function isAccountDirectory(path: string): boolean {
  if (!(statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false)) return false;
  return !readdirSync(path).some((name) => CODE.test(name)) && outputsIn(path).length > 0;
}

/** The outputs in a directory and in the folders of regions in it. Throws InputError for what cannot be read. */
export function readAccountDirectory(path: string): AccountFiles {
  const found = outputsIn(path);
  if (found.length === 0) throw noOutputs(path);
  const files = found.map((name): OutputFile => ({ path: name, bytes: readOne(join(path, name)) }));
  const label = path.replaceAll("\\", "/").replace(/(?<=.)\/+$/, "");
  return { label, directory: label, files };
}

function outputsIn(path: string): readonly string[] {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return [];
  const names: string[] = [];
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (names.length > MAX_FILES) break;
    if (!entry.isDirectory()) {
      if (OUTPUT.test(entry.name)) names.push(entry.name);
    } else if (/^[a-z]{2}(-[a-z]+)+-\d+$/.test(entry.name)) {
      const inside = readdirSync(join(path, entry.name)).filter((name) => OUTPUT.test(name));
      names.push(...inside.map((name) => `${entry.name}/${name}`));
    }
  }
  return names.toSorted();
}

function readOne(path: string): Uint8Array {
  try {
    const { size } = statSync(path);
    if (size > MAX_FILE_BYTES) throw new Error(`it is larger than ${MAX_FILE_BYTES / 2 ** 20} MiB`);
    return readFileSync(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `this output cannot be read: ${reason}`;
    throw new InputError([{ code: "file-not-readable", place: path, message }]);
  }
}

function noOutputs(path: string): InputError {
  const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  return new InputError([
    {
      code: isThere ? "account-empty" : "file-not-found",
      place: path,
      message: isThere ? "no output of an AWS command is in this directory" : "there is no such directory",
      help: "tfcheck audit --live --save DIR asks AWS and keeps the answers",
    },
  ]);
}

/** INVARIANT: outputs of two runs never lie in one directory; what one of them does not hold would seem to be there. */
export function refuseUsedDirectory(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || (found.isDirectory() && readdirSync(path).length === 0)) return;
  throw new InputError([
    {
      code: "save-directory-used",
      place: path,
      message: found.isDirectory() ? "there are files in this directory already" : "this is a file",
      help: "--save takes a directory that is empty, or not there yet",
    },
  ]);
}

export function saveOutputs(path: string, files: readonly OutputFile[]): void {
  try {
    mkdirSync(path, { recursive: true });
    for (const file of files) {
      const target = join(path, file.path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, file.bytes, { flag: "wx" });
    }
  } catch (error) {
    throw notWritten(path, error, "the outputs");
  }
}
