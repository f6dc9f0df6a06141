// Reading what the user names and writing what they ask for. At once: a run waits for its files in any case, and
// loading what promises need takes longer than reading a plan.

import { appendFileSync, existsSync, readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { InputFile } from "../check.ts";
import { configCandidates } from "../input/config-files.ts";
import type { ByteSource } from "../input/open-document.ts";
import type { PolicyFile } from "../model/policy.ts";
import { InputError, type InputProblem } from "../model/problem.ts";
import { piecesOf, piecesOfStdin } from "./pieces.ts";
import { writeWhole } from "./write-whole.ts";

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
    async *chunks(place) {
      try {
        yield* pieces.chunks(place);
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
    return { label, bytes: path === "-" ? await readStdin() : readFileSync(path) };
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
export function readPolicyFiles(path: string): readonly PolicyFile[] {
  try {
    const files = statSync(path).isDirectory() ? policyFilesBelow(path) : [path];
    return files.map((file) => ({ file, text: readFileSync(file, "utf8") }));
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** `undefined` where there is no such file. */
export function readTextIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw unreadable(path, error);
  }
}

function policyFilesBelow(directory: string): readonly string[] {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => /\.ya?ml$/.test(name) && !/\.examples\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => join(directory, name));
}

export function isDirectory(path: string): boolean {
  return statOf(path)?.isDirectory() ?? false;
}

/** `undefined` for what is not there, a link in a circle, and what is out of reach. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** A configuration, and the directory that its paths start from. */
export interface ConfigFile {
  readonly file: string;
  readonly text: string;
  readonly directory: string;
}

export function readConfigFile(path: string): ConfigFile {
  try {
    return { file: path, text: readFileSync(path, "utf8"), directory: dirname(path) };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The nearest one from the working directory up to the root of the git repository; outside of one, only here. */
export function findConfigFile(): ConfigFile | undefined {
  const cwd = process.cwd();
  const levels = configCandidates(cwd);
  const top = levels.findIndex(({ directory }) => existsSync(join(directory, ".git")));
  const inside = levels.slice(0, Math.max(top, 0) + 1);
  const file = inside.flatMap(({ files }) => files).find((candidate) => existsSync(candidate));
  return file === undefined ? undefined : readConfigFile(relative(cwd, file));
}

/** Whole or not at all: a report that ends in the middle may say less than it found. */
export function writeOutput(path: string, text: string): void {
  writing(path, () => writeWhole(path, text));
}

export function appendOutput(path: string, text: string): void {
  writing(path, () => appendFileSync(path, text));
}

function writing(path: string, write: () => void): void {
  try {
    write();
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

export function reasonOf(error: unknown): string {
  return REASONS.get(codeOf(error)) ?? (error instanceof Error ? error.message : String(error));
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
