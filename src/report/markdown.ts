// A pull-request comment: verdict line, each story with its chain as a picture and a table, details folded.
// Cut on a whole line with a count of the rest, because hosts refuse comments that are too long.

import type { Cause, ChainLink, Finding, Place, Report } from "../model/finding.ts";
import { cellCode, codeBlock, codeSpan, inMarkdown, mapStrings, visible } from "./escape.ts";
import { type Section, withinLimit } from "./markdown/limit.ts";
import { LINK_STATES, picture } from "./markdown/picture.ts";
import { placesText, toldRemarks } from "./remarks.ts";
import { showEvidence } from "./show-value.ts";
import {
  countOutcomes,
  countsText,
  type Group,
  groupFindings,
  inputText,
  isSamePlace,
  locationText,
  notePlace,
  otherPlaces,
  overallOutcome,
  placeText,
  plural,
  standsFor,
} from "./summary.ts";
import { tellCause, tellFinding, tellNote } from "./words.ts";

/** GitHub takes 65,536 characters in a comment; what a bot adds needs room too. */
const COMMENT_CHARACTERS = 60_000;
/** Pages with many diagrams load slowly; later stories have their table. */
const MOST_PICTURES = 3;

export function renderMarkdown(report: Report): string {
  return renderMarkdownWithin(report, COMMENT_CHARACTERS, (text) => text.length);
}

/** The same, at most `limit` long as `measure` counts. */
export function renderMarkdownWithin(
  given: Report,
  limit: number,
  measure: (text: string) => number,
): string {
  const report = mapStrings(given, visible);
  const groups = groupFindings(report.findings);
  const sections: readonly Section[] = [
    { rows: headRows(report) },
    ...groups.flatMap((group, position) => groupSections(group, report, position < MOST_PICTURES)),
    ...noteSections(report),
    { rows: ["", `<sub>${report.tool.name} ${inMarkdown(report.tool.version)}</sub>`] },
  ];
  return withinLimit(sections, limit, measure);
}

function headRows(report: Report): readonly string[] {
  const outcome = overallOutcome(report);
  const inputs = report.inputs.map((input) => codeSpan(inputText(input))).join(", ");
  return [
    `<!-- tfcheck:${marker(report)} -->`,
    `### tfcheck: ${outcome}`,
    "",
    `**${countsText(report)}**${inputs === "" ? "" : ` in ${inputs}`}`,
  ];
}

/** By which a bot finds its own comment again; only characters that end no HTML comment. */
function marker(report: Report): string {
  return (report.inputs[0]?.label ?? "").replace(/[^A-Za-z0-9_./]+/g, "_");
}

function groupSections(group: Group, report: Report, withPicture: boolean): readonly Section[] {
  const [first] = group.findings;
  if (group.outcome === "satisfied") return satisfiedSections(group, report);
  const waiver = first.waiver;
  const waived =
    waiver === undefined
      ? []
      : [
          "",
          `Waived until ${inMarkdown(waiver.expires)}: ${inMarkdown(waiver.reason)} (${codeSpan(waiver.place)})`,
        ];
  return [
    { rows: ["", headingOf(group), ...waived, ...controlRows(group), ...standsForRows(group)] },
    ...(withPicture && first.chain.length > 0 ? [{ open: ["", picture(first)], rows: [] }] : []),
    ...first.causes.map((cause, position) => ({
      rows: causeRows(cause, otherPlaces(group, position), report),
    })),
    ...(first.causes.length === 0 ? [{ rows: ["", inMarkdown(tellFinding(first))] }] : []),
    ...chainSections(first.chain, "The chain, link by link"),
    ...remarkSections(group.findings, report),
  ];
}

const SYMBOLS = { violated: "❌", undecided: "❔", waived: "⚠️", satisfied: "✅" } as const;

function headingOf({ outcome, findings }: Group): string {
  const [first] = findings;
  const what = findings.length === 1 ? inMarkdown(first.control.title) : plural(findings.length, "control");
  const where = first.link === undefined || first.verdict === "satisfied" ? "" : ` at ${first.link}`;
  const input = first.input === undefined ? "" : ` in ${codeSpan(first.input)}`;
  return `#### ${SYMBOLS[outcome]} ${outcome}${where}${input}: ${what}`;
}

function controlRows({ findings }: Group): readonly string[] {
  const names = findings.map(({ control }) => {
    const { id, benchmark } = control;
    return `${codeSpan(id)}${benchmark === undefined ? "" : ` ${inMarkdown(benchmark.number)}`}`;
  });
  return ["", names.join(", ")];
}

function standsForRows(group: Group): readonly string[] {
  const text = standsFor(group);
  return text === undefined ? [] : ["", inMarkdown(text)];
}

function causeRows(cause: Cause, others: readonly Place[], report: Report): readonly string[] {
  const { sentence, example, notes, help } = tellCause(cause);
  const rows = [
    "",
    `**${codeSpan(placeText(cause, report))}**: ${inMarkdown(sentence)} ${codeSpan(`[${cause.code}]`)}`,
  ];
  for (const entry of cause.evidence) {
    const location = entry.place.location;
    const where = location === undefined ? "" : ` (${codeSpan(locationText(location))})`;
    const what = showEvidence(entry);
    rows.push(`- ${codeSpan(entry.place.address)}${where}${what === "" ? "" : `: ${codeSpan(what)}`}`);
  }
  if (others.length > 0) rows.push(`- also at ${others.map(({ address }) => codeSpan(address)).join(", ")}`);
  if (example !== undefined) {
    rows.push(
      "",
      `${inMarkdown(example.says)}:`,
      "",
      codeBlock(JSON.stringify(example.event, null, 2), "json"),
    );
  }
  rows.push(...notes.flatMap((note) => ["", inMarkdown(note)]));
  if (help !== undefined) rows.push("", `Help: ${codeSpan(help)}`);
  return rows;
}

function chainSections(chain: readonly ChainLink[], title: string): readonly Section[] {
  if (chain.length === 0) return [];
  return [
    {
      open: [
        "",
        "<details>",
        `<summary>${title}</summary>`,
        "",
        "| link | state | evidence |",
        "|---|---|---|",
      ],
      rows: chain.flatMap(linkRows),
      close: ["", "</details>"],
    },
  ];
}

function linkRows({ link, state, evidence }: ChainLink): readonly string[] {
  const head = `| ${link} | ${LINK_STATES[state].symbol} ${LINK_STATES[state].word} |`;
  if (evidence.length === 0) return [`${head}  |`];
  return evidence.map((entry, position) => {
    const previous = evidence[position - 1];
    const repeated = previous !== undefined && isSamePlace(previous.place, entry.place);
    const parts = [...(repeated ? [] : [cellCode(entry.place.address)]), cellCode(showEvidence(entry))];
    return `${position === 0 ? head : "| | |"} ${parts.filter((part) => part !== "").join(" ")} |`;
  });
}

function satisfiedSections({ findings }: Group, report: Report): readonly Section[] {
  const [first] = findings;
  if (findings.length === 1) {
    return [
      { rows: ["", headingOf({ outcome: "satisfied", findings }), "", codeSpan(first.control.id)] },
      ...(countOutcomes(report.findings).controls === 1 && first.chain.length > 0
        ? [{ open: ["", picture(first)], rows: [] }]
        : []),
      ...chainSections(first.chain, "The chain, link by link"),
      ...remarkSections(findings, report),
    ];
  }
  return [
    {
      open: [
        "",
        "<details>",
        `<summary>${SYMBOLS.satisfied} ${plural(findings.length, "control")} satisfied${first.input === undefined ? "" : ` in ${inMarkdown(first.input)}`}</summary>`,
        "",
        "| | control | title |",
        "|---|---|---|",
      ],
      rows: findings.map(
        ({ control }) =>
          `| ${inMarkdown(control.benchmark?.number ?? "")} | ${cellCode(control.id)} | ${inMarkdown(control.title)} |`,
      ),
      close: ["", "</details>"],
    },
    ...remarkSections(findings, report),
  ];
}

function remarkSections(findings: readonly Finding[], report: Report): readonly Section[] {
  const complaints = findings.flatMap((finding) => finding.complaints);
  const rows = new Set([
    ...toldRemarks(findings, report).map(
      (remark) => `- ${codeSpan(placesText(remark))}: ${inMarkdown(remark.sentence)}`,
    ),
    ...complaints.map(
      ({ auditor, version, wants }) =>
        `- ${inMarkdown(`${auditor} ${version} would still complain: it wants ${wants}`)}`,
    ),
  ]);
  if (rows.size === 0) return [];
  return [
    {
      open: ["", "<details>", `<summary>${plural(rows.size, "remark")}</summary>`, ""],
      rows: [...rows],
      close: ["", "</details>"],
    },
  ];
}

function noteSections(report: Report): readonly Section[] {
  if (report.notes.length === 0) return [];
  const rows = report.notes.map(
    (note) => `- ${codeSpan(notePlace(note, report))}: ${inMarkdown(tellNote(note).sentence)}`,
  );
  return [{ open: ["", "Notes on this run:", ""], rows }];
}
