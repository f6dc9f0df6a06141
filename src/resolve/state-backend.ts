// Whether an input is the state that a terraform_remote_state data source reads, by where both say it is kept.
// Source: https://developer.hashicorp.com/terraform/language/backend (arguments of each backend)

import type { ResourceInstance } from "../model/graph.ts";
import { stringOf, type Tri, type Value } from "../model/value.ts";
import type { Stack, StateBackend } from "./stack.ts";

/** Arguments that together say which state it is; of a backend that is not listed nothing is concluded. */
const IDENTIFYING: ReadonlyMap<string, readonly string[]> = new Map([
  ["s3", ["bucket", "key"]],
  ["gcs", ["bucket", "prefix"]],
  ["azurerm", ["storage_account_name", "container_name", "key"]],
  ["http", ["address"]],
  ["consul", ["path"]],
]);

export function isStateOf(source: ResourceInstance, stack: Stack): Tri {
  const read = backendRead(source);
  if (read === undefined) return "maybe";
  const kept = stack.backend === undefined ? "maybe" : sameBackend(read, stack.backend);
  if (kept !== "maybe") return kept;
  return isKeptAs(read, stack.label) ? "yes" : "maybe";
}

function backendRead(source: ResourceInstance): StateBackend | undefined {
  const type = stringOf(source.read("backend"));
  const workspace = stringOf(source.read("workspace")) ?? "default";
  const config = source.read("config");
  // Another workspace is another state under the same key.
  if (type === undefined || config.kind !== "map" || workspace !== "default") return undefined;
  return { type, settings: knownStrings(config.entries) };
}

export function knownStrings(entries: ReadonlyMap<string, Value>): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const [name, value] of entries) {
    const text = stringOf(value);
    if (text !== undefined) known.set(name, text);
  }
  return known;
}

function sameBackend(one: StateBackend, other: StateBackend): Tri {
  if (one.type !== other.type) return "no";
  const names = IDENTIFYING.get(one.type) ?? [];
  const pairs = names.map((name) => [one.settings.get(name), other.settings.get(name)] as const);
  if (pairs.some(([a, b]) => a !== undefined && b !== undefined && a !== b)) return "no";
  return names.length > 0 && pairs.every(([a, b]) => a !== undefined && a === b) ? "yes" : "maybe";
}

/** A file under the path or key that is read: `network/terraform.tfstate` in any folder. */
function isKeptAs({ settings }: StateBackend, label: string): boolean {
  const written = settings.get("key") ?? settings.get("path");
  const path = written?.replaceAll("\\", "/").replace(/^(?:\.{0,2}\/)+/, "");
  if (path === undefined || path === "" || path === "terraform.tfstate") return false;
  return label === path || label.endsWith(`/${path}`);
}
