// Writing to the process's streams to the end, also when the reader has gone.

import { fstatSync, statSync, writeSync } from "node:fs";
import { notWritten } from "./files.ts";

const STDOUT = 1;

/**
 * A terminal needs Node's stream object, which takes longer to make than a report takes to print; files and pipes do
 * not. "no" is certain.
 */
export function mayBeTerminal(): boolean {
  if (process.platform === "win32") return true;
  const stats = fstatSync(STDOUT);
  // The place to throw things away is a device of characters as well.
  return stats.isCharacterDevice() && stats.rdev !== statSync("/dev/null", { throwIfNoEntry: false })?.rdev;
}

/**
 * All of `text` to stdout. As `write` does, takes a reader that has gone for one that has read enough: "gone" says so,
 * where it can be told.
 */
export async function print(text: string): Promise<"taken" | "gone"> {
  const bytes = Buffer.from(text);
  const done = mayBeTerminal() ? 0 : writeAtOnce(bytes);
  if (done === "gone") return "gone";
  if (done < bytes.length) await write(process.stdout, bytes.subarray(done));
  return "taken";
}

/** How many bytes are done with: fewer than all where a pipe is full and does not wait. */
function writeAtOnce(bytes: Uint8Array): number | "gone" {
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(STDOUT, bytes, done);
  } catch (error) {
    if (error instanceof Error && isClosedPipe(error)) return "gone";
    if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) {
      throw notWritten("<stdout>", error, "the answer");
    }
  }
  return done;
}

/**
 * Resolves when `text` is handed over. A reader that closed its end (`tfcheck plan.json | head -1`) has read what it
 * wanted: that is no failure, and the exit code stays what the report says. Throws InputError where nothing can be
 * written, as on a full disk.
 */
export function write(stream: NodeJS.WritableStream, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => {
      if (error === undefined || error === null || isClosedPipe(error)) resolve();
      else reject(notWritten(stream === process.stderr ? "<stderr>" : "<stdout>", error, "the answer"));
    };
    // The error is given to the callback as well; without a listener it would end the process.
    stream.once("error", done);
    stream.write(text, done);
  });
}

function isClosedPipe(error: Error): boolean {
  return "code" in error && (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED");
}
