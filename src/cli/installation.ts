// What tfcheck brings along: its version, and the policies that the build compiled.

import { readFile } from "node:fs/promises";
import { builtinPolicies } from "../input/builtin-policies.ts";
import type { Auditor } from "../model/auditor.ts";
import type { Policy } from "../model/policy.ts";

export async function readVersion(): Promise<string> {
  const { version }: { version: string } = JSON.parse(await read("../../package.json"));
  return version;
}

export async function readBuiltinPolicies(): Promise<readonly Policy[]> {
  return builtinPolicies(await read("../policies.json"));
}

/** What well-known auditors look for in the texts of patterns. */
export async function readAuditors(): Promise<readonly Auditor[]> {
  const { builtinAuditors } = await import("../input/auditors.ts");
  return builtinAuditors(await read("../auditors.json"));
}

function read(path: string): Promise<string> {
  return readFile(new URL(path, import.meta.url), "utf8");
}
