// What tfcheck brings along: its version, and the policies that the build compiled.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtinPolicies, type KnownPolicies, somePolicies } from "../input/builtin-policies.ts";
import type { Auditor } from "../model/auditor.ts";
import type { Policy } from "../model/policy.ts";

/** The program of a thread of `tfcheck batch`. */
export const BATCH_WORKER = join(import.meta.dirname, "../batch-worker.js");

export function readVersion(): string {
  const { version }: { version: string } = JSON.parse(read("../../package.json"));
  return version;
}

export function readBuiltinPolicies(): readonly Policy[] {
  return builtinPolicies(read("../policies.json"));
}

/** The one that is asked when nothing else is, which is had sooner than all of them. */
export function readDefaultPolicy(): KnownPolicies {
  return somePolicies(read("../default-policy.json"));
}

/** What well-known auditors look for in the texts of patterns. */
export async function readAuditors(): Promise<readonly Auditor[]> {
  const { builtinAuditors } = await import("../input/auditors.ts");
  return builtinAuditors(read("../auditors.json"));
}

/**
 * Small files, and nothing else to do meanwhile: a promise would only cost time. Given an encoding, Node 20 reads by
 * pieces of 8 KiB.
 */
function read(path: string): string {
  return readFileSync(join(import.meta.dirname, path)).toString();
}
