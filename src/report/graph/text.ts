// A graph view for a terminal: a tree that begins at what nothing leads to. An object that several others lead to is
// drawn below the first and named below the rest.

import type { Cause } from "../../model/finding.ts";
import type { GraphView, ViewEdge, ViewNode } from "../../model/graph-view.ts";
import { all } from "../../model/value.ts";
import { visible } from "../escape.ts";
import type { RenderOptions } from "../render-options.ts";
import { showEvidence } from "../show-value.ts";
import { STATES } from "../text/chain.ts";
import { BLANK, columnsOf, type Line, line, printLines, wrap } from "../text/lines.ts";
import { KIND_LABELS, STATE_LABELS, sentenceOf } from "./labels.ts";

const INDENT = 2;
const GAP = 2;

export function graphAsText(view: GraphView, options: RenderOptions): string {
  const rows = rowsOf(view);
  const widest = Math.max(
    0,
    ...rows.map(({ depth, node }) => depth * INDENT + 2 + KIND_LABELS[node.kind].length),
  );
  const lines = rows.flatMap((row, position) =>
    rowLines(row, widest + GAP, rows.slice(position + 1), options),
  );
  return printLines([...opening(view), ...lines, ...apartLines(view, options), ...legend(options)], options);
}

function opening({ nodes }: GraphView): readonly Line[] {
  return nodes.length === 0 ? [line("The inputs hold nothing of the chain.")] : [];
}

interface Row {
  readonly depth: number;
  readonly node: ViewNode;
  /** How it is reached; `undefined` for a root. */
  readonly edge: ViewEdge | undefined;
  /** Drawn further up already, with everything below it. */
  readonly again: boolean;
  /** Neither somebody who is told nor a way on to one. */
  readonly ends: boolean;
}

/** Every node at least once, depth first. Edges of a chain never lead back, so roots lead to all of them. */
function rowsOf({ nodes, edges }: GraphView): readonly Row[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const reached = new Set(edges.map((edge) => edge.to));
  const below = new Map<string, ViewEdge[]>();
  for (const edge of edges) below.set(edge.from, [...(below.get(edge.from) ?? []), edge]);
  const drawn = new Set<string>();
  const visit = (node: ViewNode, edge: ViewEdge | undefined, depth: number): readonly Row[] => {
    const again = drawn.has(node.id);
    drawn.add(node.id);
    const onwards = below.get(node.id) ?? [];
    const ends = onwards.length === 0 && node.kind !== "subscription" && node.kind !== "other";
    const row: Row = { depth, node, edge, again, ends };
    if (again) return [row];
    const next = onwards.flatMap((onward) => {
      const child = byId.get(onward.to);
      return child === undefined ? [] : visit(child, onward, depth + 1);
    });
    return [row, ...next];
  };
  return nodes.filter((node) => !reached.has(node.id)).flatMap((node) => visit(node, undefined, 0));
}

function rowLines(
  { depth, node, edge, again, ends }: Row,
  column: number,
  later: readonly Row[],
  options: RenderOptions,
): readonly Line[] {
  const { unicode } = options;
  const columns = columnsOf(options);
  const state = STATES[STATE_LABELS[all([node.state, edge?.state ?? "yes"])]];
  const guide = depth === 0 ? "" : " ".repeat((depth - 1) * INDENT) + (unicode ? "└ " : "` ");
  const mark = { text: `${guide}${unicode ? state.unicode : state.ascii} `, style: state.style };
  const label = KIND_LABELS[node.kind].padEnd(column - mark.text.length);
  const title = visible(node.title) + (node.managed === "outside" ? " (outside the inputs)" : "");
  const where = placeOf(node);
  const head: Line = { text: `${label}${title}${again ? " (see above)" : where}`, style: "plain", mark };
  const indent = " ".repeat(column);
  const facts = again || options.verbosity === "quiet" ? [] : node.facts.map(showEvidence);
  const told = [...new Set([...(edge?.why ?? []), ...(again ? [] : node.why)].map(say))];
  const blank = depth > 0 && later[0]?.depth === 0 ? [BLANK] : [];
  const end = ends && told.length === 0 ? [line(`${indent}leads no further`, "bad")] : [];
  return [
    head,
    ...facts.filter((fact) => fact !== "").map((fact) => line(indent + visible(fact), "faint")),
    ...told.flatMap((sentence) => wrap(indent, sentence, columns, { style: state.style })),
    ...end,
    ...blank,
  ];
}

function say(cause: Cause): string {
  return visible(sentenceOf(cause));
}

function placeOf({ place }: ViewNode): string {
  const location = place?.location;
  return location === undefined ? "" : `  ${visible(location.file)}:${location.line}`;
}

function apartLines({ apart }: GraphView, options: RenderOptions): readonly Line[] {
  if (apart.length === 0) return [];
  const names = apart.map(({ address }) => visible(address)).join(", ");
  return [BLANK, ...wrap("Joined to nothing: ", names, columnsOf(options), { style: "faint", hang: INDENT })];
}

function legend({ unicode, verbosity }: RenderOptions): readonly Line[] {
  if (verbosity === "quiet") return [];
  const signs = (["holds", "breaks", "unknown"] as const).map((name) => {
    const state = STATES[name];
    return `${unicode ? state.unicode : state.ascii} ${name}`;
  });
  return [BLANK, line(signs.join("   "), "faint")];
}
