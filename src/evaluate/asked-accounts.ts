// Whether an object works in another account than the ones that are asked about. Accounts that are not told are taken
// to be the same, as everywhere.

import type { AwsScope, Graph } from "../model/graph.ts";

export function worksElsewhere(graph: Graph, { account }: AwsScope): boolean {
  if (account === undefined) return false;
  const asked = graph.askedAccounts?.() ?? [];
  return asked.length > 0 && !asked.includes(account);
}
