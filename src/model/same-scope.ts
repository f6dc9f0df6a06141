// Whether two objects live in the same AWS account and region, as far as the inputs tell.

import type { AwsScope } from "./graph.ts";
import type { Tri } from "./value.ts";

/**
 * Accounts and partitions that are not told are taken to be the same: the control is asked of one account.
 * Regions are not: providers with aliases exist to work in several. One provider configuration is one region
 * unless a resource says otherwise.
 */
export function sameScope(a: AwsScope, b: AwsScope): Tri {
  if (differ(a.account, b.account) || differ(a.partition, b.partition) || differ(a.region, b.region))
    return "no";
  if (a.region !== undefined && b.region !== undefined) return "yes";
  return a.provider === b.provider && a.provider !== "" ? "yes" : "maybe";
}

export function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}
