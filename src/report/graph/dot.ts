// A graph view for Graphviz. Colour never stands alone: what breaks is dashed, what is not known is dotted.

import type { GraphView, ViewEdge, ViewNode } from "../../model/graph-view.ts";
import type { Tri } from "../../model/value.ts";
import { shorten, visible } from "../escape.ts";
import { KIND_LABELS, MEANING_LABELS, sentenceOf } from "./labels.ts";

const COLORS: Readonly<Record<Tri, string>> = { yes: "#1a7f37", no: "#cf222e", maybe: "#9a6700" };
const STYLES: Readonly<Record<Tri, string>> = { yes: "solid", no: "dashed", maybe: "dotted" };
/** Longest text of a label or a tip. */
const LABEL = 120;

export function graphAsDot(view: GraphView): string {
  const names = new Map(view.nodes.map(({ id }, position) => [id, `n${position + 1}`]));
  const name = (id: string) => names.get(id) ?? quoted(id);
  return [
    "digraph tfcheck {",
    "  rankdir=LR;",
    '  node [shape=box, fontname="sans-serif"];',
    '  edge [fontname="sans-serif", fontsize=10];',
    ...view.nodes.map((node) => `  ${name(node.id)} [${nodeAttributes(node)}];`),
    ...view.edges.map((edge) => `  ${name(edge.from)} -> ${name(edge.to)} [${edgeAttributes(edge)}];`),
    "}",
    "",
  ].join("\n");
}

function nodeAttributes({ kind, title, managed, state, why }: ViewNode): string {
  const label = `${quotable(KIND_LABELS[kind])}\\n${quotable(title)}`;
  const frame = managed === "here" ? STYLES[state] : `${STYLES[state]},rounded`;
  return attributes(label, state, frame, why.map(sentenceOf));
}

function edgeAttributes({ means, state, why }: ViewEdge): string {
  const mark = state === "yes" ? "" : state === "no" ? "✗ " : "? ";
  return attributes(quotable(mark + MEANING_LABELS[means]), state, STYLES[state], why.map(sentenceOf));
}

function attributes(label: string, state: Tri, style: string, why: readonly string[]): string {
  const tip = why.length === 0 ? "" : `, tooltip=${quoted(why.join("; "))}`;
  return `label="${label}", style="${style}", color="${COLORS[state]}"${tip}`;
}

function quoted(text: string): string {
  return `"${quotable(text)}"`;
}

/**
 * Text inside a quoted label: no quote ends it and no backslash begins an escape such as `\N`. `#` is broken so that
 * no log takes a line for a command.
 * Source: https://graphviz.org/doc/info/lang.html, https://graphviz.org/docs/attr-types/escString/ (HTML entities
 * are read in labels too)
 */
function quotable(text: string): string {
  return visible(shorten(text, LABEL))
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("&", "&amp;")
    .replace(/##(?=\[|vso\[)/g, "#&#35;");
}
