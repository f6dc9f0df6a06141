// The chain as a small picture: five links from top to bottom, or all in one line where many chains are told.

import type { ChainLink, Finding, Place, Report } from "../../model/finding.ts";
import { shorten } from "../escape.ts";
import type { RenderOptions } from "../render-options.ts";
import { byPlace, showBare } from "../show-value.ts";
import { isSamePlace } from "../summary.ts";
import { tellFinding } from "../words.ts";
import { attributeLines, placeTitle } from "./evidence.ts";
import { columnsOf, type Line, line, type Style, wrap } from "./lines.ts";

interface State {
  readonly word: string;
  readonly unicode: string;
  readonly ascii: string;
  readonly style: Style;
}

export const STATES: Readonly<Record<ChainLink["state"], State>> = {
  holds: { word: "holds", unicode: "✓", ascii: "+", style: "good" },
  breaks: { word: "BREAKS", unicode: "✗", ascii: "x", style: "bad" },
  unknown: { word: "unknown", unicode: "?", ascii: "?", style: "open" },
  "not-reached": { word: "not reached", unicode: "·", ascii: ".", style: "faint" },
};

/** More objects than this at one link are counted, not listed. */
const MOST_PLACES = 4;
const LINK_WIDTH = "subscription".length;
const STATE_WIDTH = "not reached".length;
/** Where addresses begin: margin, symbol, name of the link and state, with blanks between. */
const ADDRESS_COLUMN = 2 + 2 + LINK_WIDTH + 2 + STATE_WIDTH + 2;

export function chainPicture(finding: Finding, report: Report, options: RenderOptions): readonly Line[] {
  const { chain } = finding;
  const seen: Place[] = [];
  return chain.flatMap((link, position) => {
    const details = detailLines(link, { finding, seen, report, options });
    seen.push(...link.evidence.map((entry) => entry.place));
    const lines = linkLines(link, details, options);
    return position === chain.length - 1 ? lines : withConnector(lines, chain[position + 1], options);
  });
}

function linkLines(
  { link, state }: ChainLink,
  [first, ...rest]: readonly Line[],
  { unicode }: RenderOptions,
): readonly Line[] {
  const { word, style } = STATES[state];
  const mark = { text: `  ${STATES[state][unicode ? "unicode" : "ascii"]} `, style };
  const head = `${link.padEnd(LINK_WIDTH)}  ${word.padEnd(STATE_WIDTH)}  `;
  return [{ text: head + (first?.text.trimStart() ?? ""), style: "plain", mark }, ...rest];
}

interface Drawing {
  readonly finding: Finding;
  /** Objects that the picture has named already. */
  readonly seen: readonly Place[];
  readonly report: Report;
  readonly options: RenderOptions;
}

/** The objects that a link adds to the picture, and what joins them to the next link or breaks the joint. */
function detailLines(link: ChainLink, { finding, seen, report, options }: Drawing): readonly Line[] {
  const indent = " ".repeat(ADDRESS_COLUMN);
  const columns = columnsOf(options);
  const all = byPlace(link.evidence);
  const story = link.link === finding.link ? wrap(indent, tellFinding(finding), columns) : [];
  if (options.verbosity === "verbose") {
    const full = all.flatMap(([place, entries]) => [
      ...wrap(indent, placeTitle(place, report), columns),
      ...attributeLines(`${indent}  `, entries, columns),
    ]);
    return [...full, ...story];
  }
  const fresh = all
    .map(([place]) => place)
    .filter((place) => !seen.some((other) => isSamePlace(other, place)));
  const shown = fresh
    .slice(0, MOST_PLACES)
    .flatMap((place) => wrap(indent, placeTitle(place, report), columns));
  const more = fresh.length > MOST_PLACES ? [line(`${indent}and ${fresh.length - MOST_PLACES} more`)] : [];
  const joint = shorten(jointText(link), columns - ADDRESS_COLUMN);
  const join = story.length > 0 || joint === "" ? story : [line(indent + joint, "faint")];
  return [...shown, ...more, ...join];
}

/** What the link does, in a few words: what joins it to the next one. Empty where its objects say it all. */
function jointText({ link, evidence }: ChainLink): string {
  const value = (attribute: string) => {
    const found = evidence.findLast((entry) => entry.attribute === attribute)?.value;
    return found === undefined || found.kind === "unset" ? undefined : showBare(found);
  };
  const joined = (...words: readonly (string | undefined)[]) =>
    words.includes(undefined) ? "" : words.join(" ");
  switch (link) {
    case "trail":
      return joined("delivers to", value("cloud_watch_logs_group_arn"));
    case "filter":
      return joined("counts", value("pattern"));
    case "alarm":
      return joined("watches", value("metric_name"), "in", value("namespace"));
    case "action":
      return "";
    case "subscription":
      return joined(value("protocol"), "to", value("endpoint"));
    default:
      return link satisfies never;
  }
}

/** The stroke that leads to the next link: whole to one that was reached, dotted to one that was not. */
function withConnector(
  lines: readonly Line[],
  next: ChainLink | undefined,
  { unicode }: RenderOptions,
): readonly Line[] {
  const reached = next?.state === "holds" || next?.state === "unknown";
  const text = `  ${unicode ? (reached ? "│" : "╎") : reached ? "|" : ":"}`;
  const mark = { text, style: "faint" as const };
  const [head, ...details] = lines;
  if (head === undefined) return [];
  if (details.length === 0) return [head, { ...line(""), mark }];
  return [head, ...details.map((detail) => ({ ...detail, text: detail.text.slice(text.length), mark }))];
}

/** All links in one line; the symbols speak but for the link that the finding is about. */
export function chainLine(chain: readonly ChainLink[], { unicode }: RenderOptions): Line {
  const links = chain.map(({ link, state }) => {
    const symbol = STATES[state][unicode ? "unicode" : "ascii"];
    const word = state === "breaks" || state === "unknown" ? ` ${STATES[state].word}` : "";
    return `${symbol} ${link}${word}`;
  });
  return line(`  ${links.join(unicode ? " ─ " : " - ")}`);
}
