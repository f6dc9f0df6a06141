// Reading what the user names and writing what they ask for. The only place that touches the file system.

import { appendFile, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { InputFile } from "../check.ts";
import { configCandidates } from "../input/config.ts";
import type { ByteSource } from "../input/open-document.ts";
import type { PolicyFile } from "../model/policy.ts";
import { InputError, type InputProblem } from "../model/problem.ts";
import { piecesOf, piecesOfStdin } from "./pieces.ts";

const STDIN = "<stdin>";
const PLAN_COMMAND =
  "terraform plan -out=tfplan && terraform show -json tfplan > plan.json && tfcheck plan.json";

/** A file that is there as a whole. */
export interface WholeFile {
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** A plan or a state, to be read piece by piece. `-` is standard input, called `<stdin>` in reports. */
export async function readInput(path: string): Promise<InputFile & { readonly start: Uint8Array }> {
  const label = labelOf(path);
  if (path === "-") return { label, bytes: piecesOfStdin(), start: new Uint8Array() };
  try {
    const pieces = await piecesOf(path);
    return { label, bytes: explained(pieces, label), start: pieces.start };
  } catch (error) {
    throw unreadable(label, error, PLAN_COMMAND);
  }
}

/** A file that turns out to be unreadable on the way is told of like one that was so from the start. */
function explained(pieces: ByteSource, label: string): ByteSource {
  return {
    ...pieces,
    async *chunks() {
      try {
        yield* pieces.chunks();
      } catch (error) {
        throw unreadable(label, error, PLAN_COMMAND);
      }
    },
  };
}

function labelOf(path: string): string {
  return path === "-" ? STDIN : path.replaceAll("\\", "/");
}

/** `help` goes with the answer for a file that cannot be read. */
export async function readBytes(path: string, help?: string): Promise<WholeFile> {
  const label = labelOf(path);
  try {
    return { label, bytes: path === "-" ? await readStdin() : await readFile(path) };
  } catch (error) {
    throw unreadable(label, error, help);
  }
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A file, or every policy file below a directory; files that hold the examples of a policy are left out. */
export async function readPolicyFiles(path: string): Promise<readonly PolicyFile[]> {
  try {
    const files = (await stat(path)).isDirectory() ? await policyFilesBelow(path) : [path];
    return await Promise.all(files.map(async (file) => ({ file, text: await readFile(file, "utf8") })));
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** `undefined` where there is no such file. */
export async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw unreadable(path, error);
  }
}

async function policyFilesBelow(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory, { recursive: true });
  return names
    .filter((name) => /\.ya?ml$/.test(name) && !/\.examples\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => join(directory, name));
}

/** A configuration, and the directory that its paths start from. */
export interface ConfigFile {
  readonly file: string;
  readonly text: string;
  readonly directory: string;
}

export async function readConfigFile(path: string): Promise<ConfigFile> {
  try {
    return { file: path, text: await readFile(path, "utf8"), directory: dirname(path) };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The nearest one from the working directory up to the root of the git repository; outside of one, only here. */
export async function findConfigFile(): Promise<ConfigFile | undefined> {
  const cwd = process.cwd();
  const levels = configCandidates(cwd);
  const tops = await Promise.all(levels.map(({ directory }) => exists(join(directory, ".git"))));
  const inside = levels.slice(0, Math.max(tops.indexOf(true), 0) + 1);
  for (const file of inside.flatMap(({ files }) => files)) {
    if (await exists(file)) return readConfigFile(relative(cwd, file));
  }
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

export async function writeOutput(path: string, text: string): Promise<void> {
  await writing(path, writeFile(path, text));
}

export async function appendOutput(path: string, text: string): Promise<void> {
  await writing(path, appendFile(path, text));
}

async function writing(path: string, written: Promise<void>): Promise<void> {
  try {
    await written;
  } catch (error) {
    throw notWritten(path, error, "the report");
  }
}

export function notWritten(place: string, error: unknown, what: string): InputError {
  const message = `${what} cannot be written here: ${reasonOf(error)}`;
  return new InputError([{ code: "output-not-written", place, message }]);
}

function unreadable(place: string, error: unknown, help?: string): InputError {
  if (error instanceof InputError) return error;
  return new InputError([{ place, ...unreadableProblem(error), ...(help === undefined ? {} : { help }) }]);
}

function unreadableProblem(error: unknown): Pick<InputProblem, "code" | "message"> {
  switch (codeOf(error)) {
    case "ENOENT":
      return { code: "file-not-found", message: "there is no such file" };
    case "EISDIR":
      return { code: "file-is-directory", message: "this is a directory, and a file is needed here" };
    default:
      return { code: "file-not-readable", message: `this file cannot be read: ${reasonOf(error)}` };
  }
}

/** Words for what users run into; Node's own sentence for the rest. */
const REASONS: ReadonlyMap<unknown, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["ENOENT", "its folder does not exist"],
  ["EEXIST", "there is a file of that name already"],
  ["EISDIR", "it is a directory"],
  ["ENOTDIR", "a part of its path is not a directory"],
  ["ENOSPC", "no space is left"],
  ["EROFS", "the file system is read-only"],
  ["ERR_FS_FILE_TOO_LARGE", "it is larger than 2 GiB"],
]);

function reasonOf(error: unknown): string {
  return REASONS.get(codeOf(error)) ?? (error instanceof Error ? error.message : String(error));
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
