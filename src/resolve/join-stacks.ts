// Several inputs as one world: objects that two inputs hold stand once, a plan's word before a state's, and values
// that other inputs know are looked up there.

import type { Note } from "../model/finding.ts";
import type { Graph, ResourceInstance } from "../model/graph.ts";
import { lookAcross } from "./across-stacks.ts";
import { doubted, mergeInstances } from "./merged-instance.ts";
import { differences, type Entry, findSameObjects, type SameObjects } from "./same-objects.ts";
import { type Stack, standsAlone } from "./stack.ts";

export interface JoinedStacks {
  readonly graph: Graph;
  /** What the inputs say against each other; complete once everything has been asked of the graph. */
  readonly notes: () => readonly Note[];
}

/**
 * `asked` of the stacks, the first ones, are what is checked; the others stand beside them.
 * Cost: linear in the objects, and nothing beyond the graph itself for a single input that asks nothing of others.
 */
export function joinStacks(stacks: readonly Stack[], asked = 1): JoinedStacks {
  const [only, ...more] = stacks;
  if (only === undefined) throw new Error("nothing to join");
  if (more.length === 0 && standsAlone(only)) return { graph: only.graph, notes: () => [] };
  const same = findSameObjects(stacks);
  const standing = settle(same);
  const graph = graphOf(stacks, standing, asked);
  const across = lookAcross(stacks, graph, same.sameStack);
  return {
    graph: across.graph,
    notes: () => [...contradictions(same), ...across.notes()],
  };
}

/** By id: the instance that stands for it; `undefined` for one that does not stand after all. */
type Standing = ReadonlyMap<string, ResourceInstance | undefined>;

function settle({ groups, doubtful, sameStack }: SameObjects): Standing {
  const standing = new Map<string, ResourceInstance | undefined>();
  for (const group of groups) {
    const winners = winnersOf(group, sameStack);
    const instance = mergeInstances(winners.map((entry) => entry.instance));
    const kept = winners.length === 1 || isOnePerStack(winners);
    for (const entry of group) {
      // A name that one input uses twice is no description of one object: its own stand as they are.
      if (entry.instance === undefined || (!kept && winners.includes(entry))) continue;
      standing.set(entry.instance.id, kept ? instance : winners[0]?.instance);
    }
  }
  for (const { instance } of doubtful) {
    if (instance !== undefined) standing.set(instance.id, doubted(instance));
  }
  return standing;
}

function isOnePerStack(entries: readonly Entry[]): boolean {
  return new Set(entries.map(({ stack }) => stack)).size === entries.length;
}

/** The entries that nobody outranks; more than one of them contradict each other, or say the same. */
function winnersOf(group: readonly Entry[], sameStack: SameObjects["sameStack"]): readonly Entry[] {
  return group.filter((entry) => !group.some((other) => outranks(other, entry, sameStack)));
}

/**
 * What a plan or code says counts before what a state holds. An object that a plan lets go of belongs to whoever else
 * manages it, but to nobody by the word of its own stack's state.
 */
function outranks(one: Entry, other: Entry, sameStack: SameObjects["sameStack"]): boolean {
  if (one.stack === other.stack) return false;
  const own = sameStack(one.stack, other.stack);
  if (own && one.stack.kind !== other.stack.kind) return RANK[one.stack.kind] > RANK[other.stack.kind];
  if (one.stack.lineage !== undefined && one.stack.lineage === other.stack.lineage) {
    return (one.stack.serial ?? 0) > (other.stack.serial ?? 0);
  }
  return rankOf(one) > rankOf(other);
}

/** An account was asked now, a state was written some time ago. */
const RANK = { plan: 4, sources: 3, account: 2, state: 1 } as const;

function rankOf({ stack, instance }: Entry): number {
  return instance?.doubt === "forgotten" ? 0 : RANK[stack.kind];
}

function graphOf(stacks: readonly Stack[], standing: Standing, asked: number): Graph {
  const graphs = stacks.map(({ graph }) => graph);
  const stands = (instances: readonly ResourceInstance[]) => {
    const seen = new Set<string>();
    return instances.flatMap((own) => {
      const instance = standing.has(own.id) ? standing.get(own.id) : own;
      // The one that stands is listed where it is listed itself.
      if (instance === undefined || seen.has(instance.id)) return [];
      seen.add(instance.id);
      return [instance];
    });
  };
  let accounts: readonly string[] | undefined;
  return {
    inputs: graphs.flatMap((graph) => graph.inputs),
    resources: (type) => stands(graphs.flatMap((graph) => graph.resources(type))),
    data: (type) => graphs.flatMap((graph) => graph.data(type)),
    everything: () => stands(graphs.flatMap((graph) => graph.everything())),
    byId(id) {
      if (standing.has(id)) return standing.get(id);
      return graphs.map((graph) => graph.byId(id)).find((found) => found !== undefined);
    },
    gone: (type) => graphs.flatMap((graph) => graph.gone(type)),
    gaps: (type) => graphs.flatMap((graph) => graph.gaps(type)),
    withoutInstance: (type) => graphs.flatMap((graph) => graph.withoutInstance(type)),
    askedAccounts() {
      accounts ??= accountsOf(stacks.slice(0, asked));
      return accounts;
    },
  };
}

function accountsOf(stacks: readonly Stack[]): readonly string[] {
  const found = stacks.flatMap(({ graph }) => graph.everything().map(({ scope }) => scope.account));
  return [...new Set(found.filter((account) => account !== undefined))];
}

// Contradictions

const SHOWN = 3;

/** One note for each two inputs that say different things of an object; the first few objects are named. */
function contradictions(same: SameObjects): readonly Note[] {
  const found = new Map<string, { readonly note: Note; readonly details: string[] }>();
  for (const group of same.groups) {
    for (const [position, one] of group.entries()) {
      for (const other of group.slice(position + 1)) {
        const contradiction = contradictionOf(one, other, same.sameStack);
        if (contradiction === undefined) continue;
        const { code, place, subject } = contradiction;
        const key = JSON.stringify([code, place, subject]);
        const known = found.get(key) ?? { note: contradiction, details: [] };
        known.details.push(contradiction.detail ?? "");
        found.set(key, known);
      }
    }
  }
  return [...found.values()].map(({ note, details }) => {
    const shown = details.slice(0, SHOWN).join(", ");
    const rest = details.length - SHOWN;
    return { ...note, detail: rest > 0 ? `${shown} and ${rest} more` : shown };
  });
}

function contradictionOf(one: Entry, other: Entry, sameStack: SameObjects["sameStack"]): Note | undefined {
  if (one.stack === other.stack) return undefined;
  if (outranks(one, other, sameStack)) return outdated(one, other);
  if (outranks(other, one, sameStack)) return outdated(other, one);
  const gone = (one.instance === undefined) !== (other.instance === undefined);
  const names = differences(one.after, other.after);
  if (!gone && names.length === 0) return undefined;
  const [place, subject] = [one.stack.label, other.stack.label].sort();
  return {
    code: "inputs-contradict",
    place: place ?? "",
    subject: subject ?? "",
    detail: told(one, gone ? ["one destroys it"] : names),
  };
}

/** What is told before the change differs from what the other input holds. */
function outdated(winner: Entry, loser: Entry): Note | undefined {
  const names = differences(winner.before, loser.after ?? loser.before);
  if (names.length === 0) return undefined;
  return {
    code: "input-outdated",
    place: loser.stack.label,
    subject: winner.stack.label,
    detail: told(loser, names),
  };
}

function told({ addresses: [address = ""] }: Entry, names: readonly string[]): string {
  return `${address} (${names.slice(0, SHOWN).join(", ")})`;
}
