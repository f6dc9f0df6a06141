// A graph view as a Mermaid flowchart, which GitHub and GitLab draw in Markdown.

import type { GraphView, ViewEdge, ViewNode } from "../../model/graph-view.ts";
import type { Tri } from "../../model/value.ts";
import { inMermaid } from "../escape.ts";
import { KIND_LABELS, MEANING_LABELS } from "./labels.ts";

/** Whole for what holds, crossed for what breaks, dotted for what is not known. */
const ARROWS: Readonly<Record<Tri, string>> = { yes: "-->", no: "--x", maybe: "-.->" };

const CLASSES = [
  "  classDef yes stroke:#1a7f37,stroke-width:2px",
  "  classDef no stroke:#cf222e,stroke-width:3px,stroke-dasharray:6 3",
  "  classDef maybe stroke:#9a6700,stroke-width:2px,stroke-dasharray:2 3",
];

export function graphAsMermaid(view: GraphView): string {
  const names = new Map(view.nodes.map(({ id }, position) => [id, `n${position + 1}`]));
  const edges = view.edges.flatMap((edge) => {
    const [from, to] = [names.get(edge.from), names.get(edge.to)];
    return from === undefined || to === undefined ? [] : [edgeLine(from, to, edge)];
  });
  const nodes = view.nodes.map((node) => nodeLine(names.get(node.id) ?? "", node));
  return ["flowchart LR", ...nodes, ...edges, ...CLASSES, ""].join("\n");
}

/** Things outside the inputs have round corners. */
function nodeLine(name: string, { kind, title, managed, state }: ViewNode): string {
  const label = `"${KIND_LABELS[kind]}<br/>${inMermaid(title)}"`;
  const shape = managed === "here" ? `[${label}]` : `([${label}])`;
  return `  ${name}${shape}:::${state}`;
}

function edgeLine(from: string, to: string, { means, state }: ViewEdge): string {
  const mark = state === "yes" ? "" : state === "no" ? "✗ " : "#63; ";
  return `  ${from} ${ARROWS[state]}|"${mark}${MEANING_LABELS[means]}"| ${to}`;
}
