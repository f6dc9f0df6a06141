// Every format of the fixed reports against its golden file, and no golden file without a test.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model/finding.ts";
import { renderAtlantis } from "../../src/report/atlantis.ts";
import { renderAzure } from "../../src/report/azure.ts";
import { renderGithub } from "../../src/report/github.ts";
import { renderGitlab } from "../../src/report/gitlab.ts";
import { renderHtml } from "../../src/report/html.ts";
import { renderJson } from "../../src/report/json.ts";
import { renderJunit } from "../../src/report/junit.ts";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { DEFAULT_OPTIONS, type RenderOptions } from "../../src/report/render-options.ts";
import { renderSarif } from "../../src/report/sarif.ts";
import { renderText } from "../../src/report/text.ts";
import { expectGolden, GOLDEN_FOLDER, isUpdating } from "./golden.ts";
import { REPORTS } from "./reports.ts";

type Golden = readonly [file: string, render: () => string];

function golden(
  name: string,
  extension: string,
  renderer: (report: Report, options: RenderOptions) => string,
  options: Partial<RenderOptions> = {},
): Golden {
  const report = REPORTS[name];
  if (report === undefined) throw new Error(`no fixed report is named ${name}`);
  const variant = Object.entries(options).map(([key, value]) =>
    value === true ? key : value === false ? `no-${key}` : value,
  );
  return [
    `${[name, ...variant].join(".")}.golden.${extension}`,
    () => renderer(report, { ...DEFAULT_OPTIONS, ...options }),
  ];
}

const GOLDENS: readonly Golden[] = [
  ...Object.keys(REPORTS).map((name) => golden(name, "txt", renderText)),
  golden("family", "txt", renderText, { verbosity: "quiet", width: 80 }),
  golden("satisfied", "txt", renderText, { verbosity: "quiet" }),
  golden("satisfied", "txt", renderText, { verbosity: "verbose" }),
  golden("violated-at-alarm", "txt", renderText, { verbosity: "verbose" }),
  golden("violated-at-alarm", "txt", renderText, { unicode: false }),
  golden("family", "txt", renderText, { unicode: false }),
  golden("hostile", "txt", renderText, { unicode: false }),
  golden("violated-at-filter", "txt", renderText, { color: true }),
  ...["satisfied", "violated-at-filter", "undecided", "waived", "hostile", "two-inputs"].flatMap((name) => [
    golden(name, "json", renderJson),
    golden(name, "md", renderMarkdown),
    golden(name, "sarif", renderSarif),
    golden(name, "junit.xml", renderJunit),
    golden(name, "github.txt", renderGithub),
    golden(name, "gitlab.json", renderGitlab),
    golden(name, "azure.txt", renderAzure),
    golden(name, "atlantis.txt", renderAtlantis),
  ]),
  golden("two-inputs", "html", renderHtml),
  golden("family", "md", renderMarkdown),
  golden("family", "junit.xml", renderJunit),
  golden("family", "atlantis.txt", renderAtlantis),
  golden("undecided", "atlantis.txt", renderAtlantis, { undecided: "pass" }),
  ...["violated-at-filter", "family", "hostile"].map((name) => golden(name, "html", renderHtml)),
];

describe("golden files", () => {
  test.each(GOLDENS)("%s", (file, render) => {
    const actual = render();
    expect(render()).toBe(actual);
    expectGolden(file, actual);
  });

  test.skipIf(isUpdating())("the documentation shows one of them", () => {
    const page = readFileSync(new URL("../../docs/output.md", import.meta.url), "utf8");
    const golden = readFileSync(new URL("violated-at-alarm.golden.txt", GOLDEN_FOLDER), "utf8");
    expect(page).toContain(`\`\`\`text\n${golden}\`\`\``);
  });

  test.skipIf(isUpdating())("each has a test", () => {
    expect(readdirSync(GOLDEN_FOLDER).sort()).toEqual(GOLDENS.map(([file]) => file).sort());
  });
});
