// The formats, and the one door to them. Each is loaded when it is asked for, so that a run pays for one of them.

import type { Report } from "../model/finding.ts";
import type { Renderer, RenderOptions } from "./render-options.ts";

export const FORMATS = [
  "text",
  "json",
  "markdown",
  "sarif",
  "junit",
  "github",
  "gitlab",
  "azure",
  "atlantis",
  "html",
] as const;
export type Format = (typeof FORMATS)[number];

const RENDERERS: Readonly<Record<Format, () => Promise<Renderer>>> = {
  text: async () => (await import("./text.ts")).renderText,
  json: async () => (await import("./json.ts")).renderJson,
  markdown: async () => (await import("./markdown.ts")).renderMarkdown,
  sarif: async () => (await import("./sarif.ts")).renderSarif,
  junit: async () => (await import("./junit.ts")).renderJunit,
  github: async () => (await import("./github.ts")).renderGithub,
  gitlab: async () => (await import("./gitlab.ts")).renderGitlab,
  azure: async () => (await import("./azure.ts")).renderAzure,
  atlantis: async () => (await import("./atlantis.ts")).renderAtlantis,
  html: async () => (await import("./html.ts")).renderHtml,
};

/** The report as text, ending in a line break. Same report and options, same text. */
export async function render(report: Report, format: Format, options: RenderOptions): Promise<string> {
  const renderer = await RENDERERS[format]();
  return renderer(report, options);
}
