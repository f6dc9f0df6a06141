import { expect, test } from "vitest";
import type { Report } from "../../../src/model/finding.ts";
import { renderHtml } from "../../../src/report/html.ts";
import { REPORTS } from "../../report/reports.ts";

function pageOf(name: string): string {
  const report: Report = REPORTS[name] ?? expect.fail(name);
  return renderHtml(report);
}

const VOID = new Set(["meta", "br", "rect", "path", "!DOCTYPE"]);

/** Every tag in order; throws where one is closed that is not open. */
function tagsOf(page: string): readonly string[] {
  const open: string[] = [];
  const tags: string[] = [];
  const body = page.replace(/<style>[\s\S]*?<\/style>/, "<style></style>");
  for (const [, slash, name = "", attributes = "", selfClosing] of body.matchAll(
    /<(\/?)([!\w]+)((?:\s+[\w-]+(?:="[^"<>]*")?)*)\s*(\/?)>/g,
  )) {
    if (slash === "/") expect(open.pop()).toBe(name);
    else {
      tags.push(name + attributes);
      if (!VOID.has(name) && selfClosing === "") open.push(name);
    }
  }
  expect(open).toEqual([]);
  expect(body.replace(/<(\/?)([!\w]+)((?:\s+[\w-]+(?:="[^"<>]*")?)*)\s*(\/?)>/g, "")).not.toContain("<");
  return tags;
}

test.each(Object.keys(REPORTS))("the page on %s is well formed, fetches nothing and runs nothing", (name) => {
  const page = pageOf(name);
  const tags = tagsOf(page);
  expect(
    tags.filter((tag) => /^(?:script|img|link|iframe|object|form|input)|\bon\w+=|\bsrc=|\bstyle=/.test(tag)),
  ).toEqual([]);
  expect(page.match(/url\((?!#)/g)).toBeNull();
  expect(page).toContain("default-src 'none'");
  for (const tag of tags.filter((one) => one.startsWith("a ")))
    expect(tag).toMatch(/^a href="(?:#story-\d+|https:\/\/)/);
});

test.each(Object.keys(REPORTS))(
  "ids on the page on %s are unique and every link inside it has a target",
  (name) => {
    const page = pageOf(name);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/(?:href="#|aria-labelledby="|url\(#)([^")]+)/g))
      expect(ids).toContain(target);
  },
);

test("each link of the drawing says its state in words", () => {
  const page = pageOf("violated-at-filter");
  expect(page).toContain(
    "The chain: trail holds, filter breaks, alarm not reached, action not reached, subscription not reached",
  );
  for (const state of ["holds", "breaks", "not reached"]) expect(page).toContain(`>${state}</text>`);
});

test("an auditor finds evidence of every satisfied control, what was accepted, and the inputs' digests", () => {
  // Eleven satisfied controls, two of the others told together.
  expect(pageOf("family").match(/<svg /g)).toHaveLength(14);
  expect(pageOf("waived")).toContain("<td>waiver</td><td><code>aws-unauthorized-api-calls-alarm</code></td>");
  expect(pageOf("satisfied")).toContain("<td>assumption</td><td><code>sec-team@example.com</code></td>");
  expect(pageOf("satisfied")).toContain("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
});
