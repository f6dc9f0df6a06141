// Which causes and remarks are about what exists in an account now: the report tells those in other words.

import type { Told } from "../model/finding.ts";
import type { Graph } from "../model/graph.ts";

/** Marks those about objects of an account and, where nothing but accounts was read, those about no object too. */
export function aboutAccount<T extends Told>(told: readonly T[], graph: Graph): readonly T[] {
  const accounts = new Set(graph.inputs.filter(({ kind }) => kind === "account").map(({ label }) => label));
  if (accounts.size === 0) return told;
  const nothingElse = accounts.size === graph.inputs.length;
  return told.map((one) => {
    const input = one.subject?.input;
    const isMeant = input === undefined ? nothingElse || asksAccount(one) : accounts.has(input);
    return isMeant ? { ...one, inAccount: true as const } : one;
  });
}

/** Only of an account is it said that it was not asked. */
function asksAccount(told: Told): boolean {
  const origin = "origin" in told ? (told.origin as { readonly why?: string }) : undefined;
  return ACCOUNT_WHYS.has(origin?.why);
}

const ACCOUNT_WHYS: ReadonlySet<string | undefined> = new Set(["not-asked", "not-answered", "cut-short"]);
