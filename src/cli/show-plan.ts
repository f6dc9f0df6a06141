// A saved plan is a file for terraform or tofu alone: asks the one that is there for its JSON form.

import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { MAX_FILE_BYTES } from "../input/size-limits.ts";
import { InputError } from "../model/problem.ts";

const run = promisify(execFile);

/** A provider that hangs while its schema is asked for ends a run after this long. */
const TIMEOUT_MS = 300_000;

/**
 * What `show -json` prints of a saved plan. `binary` is what the user named, if anything; else the first of
 * terraform and tofu on PATH. Throws InputError where there is none, or it does not want to.
 */
export async function showPlan(path: string, binary: string | undefined): Promise<Uint8Array> {
  const program = binary ?? findOnPath(["terraform", "tofu"]);
  if (program === undefined) {
    throw new InputError([
      {
        code: "plan-not-json",
        place: path,
        message: "this is a saved plan, and neither terraform nor tofu is there to read it",
        help: `terraform show -json ${path} > plan.json && tfcheck plan.json`,
      },
    ]);
  }
  try {
    const options = {
      encoding: "buffer",
      maxBuffer: MAX_FILE_BYTES,
      timeout: TIMEOUT_MS,
      windowsHide: true,
    } as const;
    return (await run(program, ["show", "-json", path], options)).stdout;
  } catch (error) {
    throw new InputError([
      {
        code: "plan-not-shown",
        place: path,
        message: `"${program} show -json" did not read this plan: ${reasonOf(error)}`,
        help: `run tfcheck where plan was run, or give its JSON: ${program} show -json ${path} > plan.json`,
      },
    ]);
  }
}

function findOnPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const endings = process.platform === "win32" ? [".exe"] : [""];
  for (const name of names) {
    if (folders.some((folder) => endings.some((ending) => isExecutable(join(folder, name + ending)))))
      return name;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first line of what it said on stderr, or why it did not run at all. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stderr = "stderr" in error ? String(error.stderr) : "";
  const said = stderr.split("\n").map((line) => line.replace(/^[\s╷│╵]+/u, "").trim());
  return said.find((line) => /\berror\b/i.test(line)) ?? said.find((line) => line !== "") ?? error.message;
}
