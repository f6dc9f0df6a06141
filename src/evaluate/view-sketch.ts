// The sheet a view is drawn on: nodes and edges once each, and one node for what is certainly one object.

import type { Cause, Evidence } from "../model/finding.ts";
import type { ResourceInstance } from "../model/graph.ts";
import {
  type GraphView,
  VIEW_KINDS,
  type ViewEdge,
  type ViewKind,
  type ViewNode,
} from "../model/graph-view.ts";
import type { Tri } from "../model/value.ts";
import { placeOfTarget } from "./chain/filter-link.ts";
import { notKnown } from "./chain/step.ts";
import { placeOf } from "./evidence.ts";
import { type Pointer, sameTarget, type Target } from "./pointers.ts";

/** The sheet a view is drawn on. */
export interface Sketch {
  node(node: ViewNode): string;
  edge(edge: ViewEdge): void;
  /** The node of a target; the same one for targets that are certainly one object. */
  target(target: Target, kind: ViewKind): string;
  targets(kind: ViewKind): readonly Target[];
  has(id: string): boolean;
  finish(apart: GraphView["apart"]): GraphView;
}

export function createSketch(): Sketch {
  const nodes = new Map<string, ViewNode>();
  const edges = new Map<string, ViewEdge>();
  const seen: { readonly target: Target; readonly kind: ViewKind; readonly id: string }[] = [];
  const node = (added: ViewNode) => {
    if (!nodes.has(added.id)) nodes.set(added.id, added);
    return added.id;
  };
  return {
    node,
    edge: (edge) => {
      const key = JSON.stringify([edge.from, edge.to]);
      const before = edges.get(key);
      // One good way between two objects is enough.
      if (before === undefined || BETTER[edge.state] > BETTER[before.state]) edges.set(key, edge);
    },
    target: (target, kind) => {
      if (target.kind === "instance" && nodes.has(target.instance.id)) return target.instance.id;
      const known = seen.find((entry) => entry.kind === kind && sameTarget(entry.target, target) === "yes");
      if (known !== undefined) return known.id;
      const id = node(nodeOfTarget(target, kind));
      seen.push({ target, kind, id });
      return id;
    },
    targets: (kind) => seen.filter((entry) => entry.kind === kind).map((entry) => entry.target),
    has: (id) => nodes.has(id),
    finish: (apart) => {
      const sorted = [...nodes.values()].sort(byKindThenTitle);
      const order = new Map(sorted.map(({ id }, position) => [id, position]));
      const rank = (edge: ViewEdge) =>
        (order.get(edge.from) ?? 0) * sorted.length + (order.get(edge.to) ?? 0);
      return { nodes: sorted, edges: [...edges.values()].sort((a, b) => rank(a) - rank(b)), apart };
    },
  };
}

const BETTER: Readonly<Record<Tri, number>> = { no: 0, maybe: 1, yes: 2 };

function byKindThenTitle(a: ViewNode, b: ViewNode): number {
  const kinds = VIEW_KINDS.indexOf(a.kind) - VIEW_KINDS.indexOf(b.kind);
  return kinds !== 0 ? kinds : a.title < b.title ? -1 : a.title > b.title ? 1 : 0;
}

export function nodeOfInstance(
  instance: ResourceInstance,
  kind: ViewKind,
  told: { readonly state: Tri; readonly why: readonly Cause[]; readonly facts?: readonly Evidence[] },
): ViewNode {
  const { state, why, facts = [] } = told;
  const place = placeOf(instance);
  return { id: instance.id, kind, title: instance.name, managed: "here", place, state, why, facts };
}

function nodeOfTarget(target: Target, kind: ViewKind): ViewNode {
  const place = placeOfTarget(target);
  if (target.kind === "instance") {
    const state = target.instance.exists;
    return nodeOfInstance(target.instance, kind, { state, why: [] });
  }
  const own = target.kind === "foreign" ? "other" : kind;
  const id = `outside ${own} ${place.address}`;
  const managed = "outside" as const;
  return { id, kind: own, title: place.address, managed, place, state: "yes", why: [], facts: [] };
}

/** Draws what an argument points to; `draw` gets the id of each object. What is not told is an object of its own. */
export function drawPointer(
  sketch: Sketch,
  pointer: Pointer,
  { owner, attribute, kind }: { owner: ResourceInstance; attribute: string; kind: ViewKind },
  draw: (id: string, state: Tri, why: readonly Cause[]) => void,
): void {
  const doubts: readonly Cause[] = [notKnown(owner, attribute, pointer.open)];
  const sure = pointer.targets.length === 1 && pointer.open === undefined;
  for (const target of pointer.targets) {
    draw(sketch.target(target, kind), sure ? "yes" : "maybe", sure ? [] : doubts);
  }
  if (pointer.targets.length > 0 || pointer.open === undefined) return;
  const title = pointer.open.subject;
  const id = sketch.node({
    id: `unknown ${kind} ${owner.id}`,
    kind,
    title,
    managed: "nothing",
    place: undefined,
    state: "maybe",
    why: [],
    facts: [],
  });
  draw(id, "maybe", doubts);
}
