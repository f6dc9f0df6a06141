// The forms a graph view can be drawn in. Each is loaded when asked for.

import type { GraphView } from "../../model/graph-view.ts";
import type { RenderOptions } from "../render-options.ts";

export const GRAPH_FORMATS = ["text", "json", "dot", "mermaid"] as const;
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

const DRAWERS: Readonly<
  Record<GraphFormat, () => Promise<(view: GraphView, options: RenderOptions) => string>>
> = {
  text: async () => (await import("./text.ts")).graphAsText,
  json: async () => (await import("./json.ts")).graphAsJson,
  dot: async () => (await import("./dot.ts")).graphAsDot,
  mermaid: async () => (await import("./mermaid.ts")).graphAsMermaid,
};

/** The view as text of the format, ending in a line break. Same view and options, same text. */
export async function drawGraph(
  view: GraphView,
  format: GraphFormat,
  options: RenderOptions,
): Promise<string> {
  const draw = await DRAWERS[format]();
  return draw(view, options);
}
