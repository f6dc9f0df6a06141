import { expect, test } from "vitest";
import type { Report } from "../../../src/model/finding.ts";
import { renderMarkdown, renderMarkdownWithin } from "../../../src/report/markdown.ts";
import { REPORTS } from "../../report/reports.ts";

function reportNamed(name: string): Report {
  return REPORTS[name] ?? expect.fail(name);
}

test("a bot finds its comment by the first line", () => {
  expect(renderMarkdown(reportNamed("satisfied"))).toMatch(
    /^<!-- tfcheck:plan\.json -->\n### tfcheck: satisfied\n/,
  );
  expect(renderMarkdown(reportNamed("hostile"))).toMatch(/^<!-- tfcheck:plan_x00_b_\.json -->\n/);
});

test("the chain is a picture and a table", () => {
  const markdown = renderMarkdown(reportNamed("violated-at-filter"));
  expect(markdown).toContain(
    '  filter["filter<br/>breaks<br/>aws_cloudwatch_log_metric_filter.denied"]:::breaks',
  );
  expect(markdown).toContain("  trail -.-> filter\n");
  expect(markdown).toContain(
    "| filter | ❌ breaks | `aws_cloudwatch_log_metric_filter.denied` `log_group_name",
  );
  expect(markdown).toContain("this event slips through:\n\n```json\n");
});

test("only the first stories have a picture", () => {
  expect(renderMarkdown(reportNamed("family")).match(/```mermaid/g)).toHaveLength(3);
});

test.each([60_000, 8000, 3000, 1500])(
  "a comment of at most %i characters is cut between lines and says so",
  (limit) => {
    const family = reportNamed("family");
    // Every control gets a cause of its own, so that none is told together with another.
    const findings = Array.from({ length: 300 }, (_, position) => {
      const finding = family.findings[position % family.findings.length] ?? expect.fail("no finding");
      const cause = {
        code: "no-such-resource",
        subject: undefined,
        evidence: [],
        type: `aws_${position}`,
      } as const;
      return { ...finding, causes: finding.verdict === "satisfied" ? [] : [cause] };
    });
    const markdown = renderMarkdownWithin({ ...family, findings }, limit, (text) => text.length);
    expect(markdown.length).toBeLessThanOrEqual(limit);
    expect(markdown).toMatch(/\n_\d+ more lines? did not fit here\._\n$/);
    for (const [open, close] of [
      ["<details>", "</details>"],
      ["```mermaid", "```\n"],
    ] as const) {
      expect(markdown.split(open).length).toBeLessThanOrEqual(markdown.split(close).length);
    }
    expect(markdown.split("<details>").length).toBe(markdown.split("</details>").length);
  },
);

test("nothing in a hostile report is markup, a link or a mention", () => {
  const prose = renderMarkdown(reportNamed("hostile"))
    .replace(/^(`{3,})[\s\S]*?^\1$/gm, "")
    .replace(/(?<!`)(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, "");
  expect(prose.replace(/<\/?(?:details|summary|sub)>|^<!-- tfcheck:[\w./]* -->/gm, "")).not.toMatch(
    /<|(?<!\\)\]\(|@\w|https?:\/\//,
  );
});
