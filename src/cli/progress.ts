// What takes a while is said on stderr while it does, and taken away again: on success nothing stays there.

import type { InputFile, StackFiles } from "../check.ts";
import { shorten, visible } from "../report/escape.ts";

/** As much of a terminal as this asks for. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const CLEAR_LINE = "\r\u001b[2K";
/** Less is done before anybody has read the line. */
const LARGE_BYTES = 8 * 1024 * 1024;

/** Says `text` while the work is under way; nothing without a text, or where nobody looks. */
export async function withProgress<Result>(
  text: string | undefined,
  work: () => Promise<Result>,
  given?: ProgressStream,
): Promise<Result> {
  if (text === undefined) return work();
  const stream: ProgressStream = given ?? process.stderr;
  if (stream.isTTY !== true) return work();
  // Some terminals say that they have no columns.
  stream.write(shorten(visible(text), (stream.columns || 80) - 1));
  try {
    return await work();
  } finally {
    stream.write(CLEAR_LINE);
  }
}

/** `undefined`: too little to speak of. */
export function longWork({
  subjects,
  others,
}: {
  readonly subjects: readonly StackFiles[];
  readonly others: readonly StackFiles[];
}): string | undefined {
  const stacks = [...subjects, ...others];
  const code = stacks.find(({ sources }) => sources !== undefined)?.sources;
  if (code !== undefined) return `reading the code in ${code.tree.label} ...`;
  const bytes = stacks.reduce((sum, one) => {
    if ("account" in one) return one.account.files.reduce((all, file) => all + file.bytes.length, sum);
    return sum + sizeOf(one.plan);
  }, 0);
  if (bytes < LARGE_BYTES) return undefined;
  return `reading ${Math.round(bytes / 1024 / 1024)} MiB ...`;
}

/** 0 where it is not known before. */
function sizeOf(file: InputFile | undefined): number {
  if (file === undefined) return 0;
  return file.bytes instanceof Uint8Array ? file.bytes.length : (file.bytes.size ?? 0);
}
