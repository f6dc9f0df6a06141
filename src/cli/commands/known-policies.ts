// The controls that a command speaks of: those that come with tfcheck, the configuration's and the command line's.

import { join } from "node:path";
import { loadPolicies } from "../../check.ts";
import type { Policy } from "../../model/policy.ts";
import { type ConfigFile, findConfigFile, readConfigFile, readPolicyFiles } from "../files.ts";
import { readBuiltinPolicies } from "../installation.ts";

export interface PolicyFlags {
  readonly policy?: readonly string[];
  readonly config?: string;
}

/** Throws InputError for files that cannot be read or used. */
export async function knownPolicies({ policy = [], config }: PolicyFlags): Promise<readonly Policy[]> {
  const found = config === undefined ? findConfigFile() : readConfigFile(config);
  const configured = found === undefined ? [] : await policiesOf(found);
  const files = [...policy, ...configured].map(readPolicyFiles);
  return loadPolicies(readBuiltinPolicies(), files.flat());
}

async function policiesOf({ text, file, directory }: ConfigFile): Promise<readonly string[]> {
  const { parseConfig } = await import("../../input/config.ts");
  return (await parseConfig(text, file)).policies.map((path) => join(directory, path));
}
