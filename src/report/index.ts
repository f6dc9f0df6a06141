// The formats, and the one door to them. Each is loaded when it is asked for, so that a run pays for one of them.

import type { Report } from "../model/finding.ts";
import type { Renderer, RenderOptions } from "./render-options.ts";

export const FORMATS = ["text", "json"] as const;
export type Format = (typeof FORMATS)[number];

const RENDERERS: Readonly<Record<Format, () => Promise<Renderer>>> = {
  text: async () => (await import("./text.ts")).renderText,
  json: async () => (await import("./json.ts")).renderJson,
};

/** The report as text, ending in a line break. Same report and options, same text. */
export async function render(report: Report, format: Format, options: RenderOptions): Promise<string> {
  const renderer = await RENDERERS[format]();
  return renderer(report, options);
}
