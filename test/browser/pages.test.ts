// The HTML report and the Mermaid pictures as a browser shows them: on a desktop and a phone, light and dark.
// Screenshots stay in test/output/browser for people to look at.

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../src/model/finding.ts";
import { render } from "../../src/report/index.ts";
import { DEFAULT_OPTIONS } from "../../src/report/render-options.ts";
import { report, SATISFIED } from "../report/build.ts";
import { REPORTS } from "../report/reports.ts";
import { DESKTOP, findChromium, LOOKS, type Look, PHONE, startChromium } from "./chromium.ts";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const MERMAID = readFileSync(require.resolve("@mermaid-js/tiny"), "utf8");

const OUTPUT = "test/output/browser";
const program = findChromium();
const toHtml = (shown: Report) => render(shown, "html", DEFAULT_OPTIONS);

interface Seen {
  readonly page: Page;
  /** Whatever a page asks for beyond itself, or complains of. */
  readonly noise: string[];
}

let browser: Browser | undefined;
const pages = new Map<Look, Seen>();

beforeAll(async () => {
  if (program === undefined) return;
  mkdirSync(OUTPUT, { recursive: true });
  browser = await startChromium(program);
  for (const look of LOOKS) pages.set(look, await newPage(browser, look));
});
afterAll(() => browser?.close());

async function newPage(of: Browser, { width, height, colorScheme }: Look): Promise<Seen> {
  const page = await of.newPage({ viewport: { width, height }, colorScheme });
  const noise: string[] = [];
  page.on("request", (request) => noise.push(`request: ${request.url()}`));
  page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
  page.on("console", (message) => noise.push(`${message.type()}: ${message.text()}`));
  return { page, noise };
}

/** The one page of a look, with nothing left from before. */
async function open(markup: string, look: Look): Promise<Seen> {
  const seen = pages.get(look);
  if (seen === undefined) throw new Error("no browser was started");
  // A page's security policy outlives a change of its content.
  await seen.page.goto("about:blank");
  seen.noise.length = 0;
  await seen.page.setContent(markup);
  return seen;
}

/** Rule, severity and first place of what axe finds serious. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, impact, nodes }) => [impact, id, nodes[0].html, nodes[0].failureSummary].join(" ")))`);
}

/** Each report on a phone, where room is short; those that differ most in every look. */
const SHOWN_EVERYWHERE = ["satisfied", "violated-at-filter", "undecided", "waived", "hostile"];
const cases = Object.entries(REPORTS).flatMap(([name, shown]) =>
  LOOKS.filter((look) => look === PHONE || SHOWN_EVERYWHERE.includes(name)).map((look) => ({
    title: `${name}, ${look.name}`,
    file: join(OUTPUT, `${name}.${look.name}.png`),
    shown,
    look,
  })),
);

describe.skipIf(program === undefined)("the HTML report in Chromium (skipped where there is none)", () => {
  test.each(cases)(
    "$title: fits, asks for nothing, nothing serious for axe",
    async ({ file, shown, look }) => {
      const { page, noise } = await open(await toHtml(shown), look);
      await page.screenshot({ path: file, fullPage: true });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(look.width);
      expect(await seriousFindings(page)).toEqual([]);
      expect(noise).toEqual([]);
    },
  );

  test("dark and light are not the same page", async () => {
    const markup = await toHtml(report([SATISFIED]));
    const shades = LOOKS.map(async (look) => {
      const { page } = await open(markup, look);
      return page.evaluate("getComputedStyle(document.body).backgroundColor");
    });
    expect(new Set(await Promise.all(shades)).size).toBe(2);
  });

  test("prints with its chain", async () => {
    const { page } = await open(await toHtml(report([SATISFIED])), DESKTOP);
    await page.emulateMedia({ media: "print" });
    await page.screenshot({ path: join(OUTPUT, "satisfied.print.png"), fullPage: true });
    expect(await page.locator("svg").first().isVisible()).toBe(true);
    await page.emulateMedia({ media: "screen" });
  });
});

/** The Mermaid blocks of a report in Markdown. */
async function picturesOf(shown: Report): Promise<readonly string[]> {
  const markdown = await render(shown, "markdown", DEFAULT_OPTIONS);
  return [...markdown.matchAll(/^```mermaid\n(.*?)^```$/gms)].map(([, text = ""]) => text);
}

describe.skipIf(program === undefined)(
  "the Mermaid pictures in Chromium (skipped where there is none)",
  () => {
    test.each(LOOKS)("$name: are drawn, with each link in words", async (look) => {
      const { page, noise } = await open("<!doctype html><html lang=en><title>x</title><main></main>", look);
      await page.addScriptTag({ content: MERMAID });
      const theme = look.colorScheme === "dark" ? "dark" : "default";
      await page.evaluate(
        `mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: "${theme}" })`,
      );
      const pictures = new Set((await Promise.all(Object.values(REPORTS).map(picturesOf))).flat());
      expect(pictures.size).toBeGreaterThan(5);
      for (const [position, picture] of [...pictures].entries()) {
        await page.evaluate(`mermaid.render("picture${position}", ${JSON.stringify(picture)})
        .then(({ svg }) => document.querySelector("main").insertAdjacentHTML("beforeend", svg))`);
        const links = [...picture.matchAll(/^ {2}(\w+)\[/gm)].map(([, link = ""]) => link);
        const texts = await page.locator(`#picture${position} g.node`).allTextContents();
        expect(texts.map((text) => links.find((link) => text.trim().startsWith(link)))).toEqual(links);
      }
      await page.screenshot({ path: join(OUTPUT, `mermaid.${look.name}.png`), fullPage: true });
      expect(noise).toEqual([]);
    });
  },
);
