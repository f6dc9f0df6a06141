// Where the lines of a batch go, and what an earlier, interrupted one left there.

import {
  closeSync,
  createReadStream,
  existsSync,
  ftruncateSync,
  openSync,
  statSync,
  writeSync,
} from "node:fs";
import { isObject, type Json } from "../../model/json.ts";
import { InputError } from "../../model/problem.ts";
import { type BatchLine, readBatchLine } from "../../report/json/batch-line.ts";
import { notWritten } from "../files.ts";
import { print } from "../streams.ts";

export interface LineOutput {
  /** "gone": nobody reads any more. */
  readonly write: (line: string) => Promise<"taken" | "gone">;
  readonly close: () => void;
}

export function toStdout(): LineOutput {
  return { write: print, close: () => undefined };
}

/** Throws InputError for a file that holds something and is not to be gone on with, or cannot be written. */
export function toFile(path: string, { resume }: { readonly resume: boolean }): LineOutput {
  if (!resume && existsSync(path) && statSync(path).size > 0) {
    throw new InputError([
      {
        code: "output-exists",
        place: path,
        message: "this file holds something already",
        help: `add --resume to go on where it ends, or remove it: rm ${path}`,
      },
    ]);
  }
  const writing = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw notWritten(path, error, "the batch");
    }
  };
  const file = writing(() => openSync(path, "a"));
  return {
    write: async (line) => {
      const bytes = Buffer.from(line);
      for (let done = 0; done < bytes.length; ) done += writing(() => writeSync(file, bytes, done));
      return "taken";
    },
    close: () => closeSync(file),
  };
}

/** SHA-256 by label. */
export type Known = ReadonlyMap<string, readonly string[]>;

/**
 * What the file holds, told line by line to `count`. A last line without its end was torn off: it is cut away.
 * Throws InputError for a file of other lines, or of lines that answer another question than `asked`.
 */
export async function readLines(
  path: string,
  asked: string,
  count: (line: BatchLine) => void,
): Promise<Known> {
  const known = new Map<string, string[]>();
  if (!existsSync(path)) return known;
  let rest = "";
  let number = 0;
  for await (const chunk of createReadStream(path, { encoding: "utf8" })) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) {
      number += 1;
      const line = parseLine(text, `${path}:${number}`);
      if (line.asked !== asked) throw otherQuestion(path);
      count(line);
      if (line.sha256 === undefined) continue;
      const same = known.get(line.label);
      if (same === undefined) known.set(line.label, [line.sha256]);
      else same.push(line.sha256);
    }
  }
  if (rest !== "") cutOff(path, Buffer.byteLength(rest));
  return known;
}

function parseLine(text: string, place: string): BatchLine {
  try {
    const json: Json = JSON.parse(text);
    if (isObject(json)) return readBatchLine(json);
  } catch {
    // Told below: what it is instead does not matter.
  }
  throw new InputError([
    {
      code: "resume-not-a-batch",
      place,
      message: "this is no line that tfcheck batch wrote, so it is not gone on with",
      help: "give --output another file",
    },
  ]);
}

function otherQuestion(place: string): InputError {
  return new InputError([
    {
      code: "resume-other-question",
      place,
      message: "the lines of this file answer another question: other controls, settings or another tfcheck",
      help: "give --output another file",
    },
  ]);
}

function cutOff(path: string, bytes: number): void {
  const file = openSync(path, "r+");
  try {
    ftruncateSync(file, statSync(path).size - bytes);
  } finally {
    closeSync(file);
  }
}
