// The policy files of the repository, read for tests.

import { readdirSync, readFileSync } from "node:fs";
import { parsePolicy } from "../../src/input/policy.ts";
import type { Policy } from "../../src/model/policy.ts";

export interface PolicyFile {
  readonly file: string;
  readonly text: string;
  readonly policy: Policy;
}

const FOLDER = "policies/aws";

/** In the order of their names. */
export async function readPolicyFiles(): Promise<readonly PolicyFile[]> {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".yaml") && !name.endsWith(".examples.yaml"))
    .map((name) => `${FOLDER}/${name}`);
  return Promise.all(
    files.map(async (file) => {
      const text = readFileSync(file, "utf8");
      return { file, text, policy: await parsePolicy(text, file) };
    }),
  );
}
