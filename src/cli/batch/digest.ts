// What an input is told by, whatever it is called.

import { createHash } from "node:crypto";
import type { InputFile } from "../../check.ts";

/** SHA-256 in hexadecimal digits. Throws what reading throws. Cost: the bytes. */
export async function digestOf(bytes: InputFile["bytes"]): Promise<string> {
  const hash = createHash("sha256");
  if (bytes instanceof Uint8Array) return hash.update(bytes).digest("hex");
  for await (const chunk of bytes.chunks()) hash.update(chunk);
  return hash.digest("hex");
}
