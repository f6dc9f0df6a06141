// What becomes of an object by the actions that a plan lists for it.

/** "not-known": verbs of another release, or none. */
export type Fate = "stays" | "destroyed" | "forgotten" | "not-known";

/**
 * Actions as in facts of Terraform 1.0-1.15 and OpenTofu up to 1.12: an object exists when any action keeps or
 * makes it; a lone delete removes it; a lone forget leaves an object in AWS that nobody manages.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 */
export function fateOf(actions: readonly string[]): Fate {
  if (actions.some((action) => KEEPING.has(action))) return "stays";
  if (actions.length === 0) return "not-known";
  if (actions.every((action) => action === "delete")) return "destroyed";
  if (actions.every((action) => action === "forget" || action === "delete")) return "forgotten";
  return "not-known";
}

const KEEPING = new Set(["no-op", "create", "update", "read"]);
