// The report for a terminal: the verdict, the chain as a picture, the broken joint, remarks, and the counts last.

import type { Cause, Finding, Place, Report } from "../model/finding.ts";
import { mapStrings, visible } from "./escape.ts";
import { remarkTexts } from "./remarks.ts";
import type { RenderOptions } from "./render-options.ts";
import {
  causeLine,
  countOutcomes,
  countsLine,
  type Group,
  groupFindings,
  inputText,
  judgedInputs,
  notePlace,
  type Outcome,
  otherPlaces,
  outcomeOf,
  overallOutcome,
  plural,
  splitSatisfied,
  standsFor,
} from "./summary.ts";
import { chainLine, chainPicture } from "./text/chain.ts";
import { evidenceLines, placeTitle } from "./text/evidence.ts";
import { BLANK, columnsOf, type Line, line, printLines, type Style, wrap } from "./text/lines.ts";
import { noteLinesOf } from "./words/told.ts";
import { tellCause, tellFinding, tellNote } from "./words.ts";

interface Setting {
  readonly report: Report;
  readonly options: RenderOptions;
  readonly columns: number;
  /** Several stories are told, so each one is kept short. */
  readonly brief: boolean;
}

export function renderText(given: Report, options: RenderOptions): string {
  const report = mapStrings(given, visible);
  const grouped = groupFindings(report.findings);
  const groups = options.verbosity === "verbose" ? splitSatisfied(grouped) : grouped;
  const told = groups.filter(({ outcome }) => outcome !== "satisfied");
  const setting: Setting = { report, options, columns: columnsOf(options), brief: told.length > 1 };
  const quiet = options.verbosity === "quiet";
  return printLines(
    [
      ...(groups.length > 1 && !quiet ? [overallLine(report), BLANK] : []),
      ...(quiet ? told : groups).flatMap((group) => [...groupLines(group, setting), BLANK]),
      ...(quiet ? [] : noteLines(setting)),
      ...(options.verbosity === "verbose" ? inputLines(setting) : []),
      ...wrap("", countsLine(report), setting.columns),
    ],
    options,
  );
}

const STYLES: Readonly<Record<Outcome, Style>> = {
  violated: "bad",
  undecided: "open",
  waived: "open",
  satisfied: "good",
};

function overallLine(report: Report): Line {
  const outcome = overallOutcome(report);
  const { controls, [outcome]: count } = countOutcomes(report.findings);
  return verdictLine(
    outcome,
    `${count === controls ? `all ${controls} controls` : `${count} of ${controls} controls`}${inputsFact(report, outcome)}`,
  );
}

/** In how many of several inputs. */
function inputsFact({ findings }: Report, outcome: Outcome): string {
  const inputs = judgedInputs({ findings });
  if (inputs.length < 2) return "";
  const found = judgedInputs({ findings: findings.filter((one) => outcomeOf(one) === outcome) });
  return found.length === inputs.length
    ? `, in all ${inputs.length} inputs`
    : `, in ${found.length} of ${inputs.length} inputs`;
}

function verdictLine(outcome: Outcome, text: string): Line {
  return { text, style: "strong", mark: { text: `${outcome.toUpperCase()}  `, style: STYLES[outcome] } };
}

function groupLines(group: Group, setting: Setting): readonly Line[] {
  const [first] = group.findings;
  const alone = group.findings.length === 1;
  return [
    ...(alone ? findingHead(first, setting) : groupHead(group, setting)),
    ...(alone || group.outcome !== "satisfied" ? storyLines(group, setting) : []),
    ...remarkLines(group, setting),
  ];
}

function findingHead(finding: Finding, setting: Setting): readonly Line[] {
  const outcome = outcomeOf(finding);
  const indent = " ".repeat(outcome.length + 2);
  const { id, severity } = finding.control;
  const facts = [controlName(finding), `severity ${severity}`, ...linkFact(finding)];
  return [
    ...headLines(finding, finding.control.title === "" ? id : finding.control.title, setting),
    ...wrap(indent, facts.join(", "), setting.columns, { style: "faint" }),
    ...waiverLines(finding, indent, setting),
  ];
}

/** What it is about comes first where that is one of several inputs. */
function headLines(finding: Finding, text: string, { columns }: Setting): readonly Line[] {
  const outcome = outcomeOf(finding);
  if (finding.input === undefined) return [verdictLine(outcome, text)];
  const indent = " ".repeat(outcome.length + 2);
  return [verdictLine(outcome, finding.input), ...wrap(indent, text, columns, { style: "strong" })];
}

function controlName({ control }: Finding): string {
  const { benchmark, id } = control;
  return benchmark === undefined ? id : `${id}, ${benchmark.name} ${benchmark.version} ${benchmark.number}`;
}

function linkFact({ verdict, link }: Finding): readonly string[] {
  if (link === undefined || verdict === "satisfied") return [];
  return [verdict === "violated" ? `broken at ${link}` : `not decided at ${link}`];
}

function waiverLines({ waiver, verdict }: Finding, indent: string, setting: Setting): readonly Line[] {
  if (waiver === undefined) return [];
  const text = `${verdict}, accepted until ${waiver.expires}: ${waiver.reason} (${waiver.place})`;
  return wrap(indent, text, setting.columns);
}

function groupHead(group: Group, setting: Setting): readonly Line[] {
  const { outcome, findings } = group;
  const [first] = findings;
  const indent = " ".repeat(outcome.length + 2);
  const facts = linkFact(first);
  const widest = Math.max(...findings.map(({ control }) => control.benchmark?.number.length ?? 0));
  return [
    ...headLines(first, [plural(findings.length, "control"), ...facts].join(", "), setting),
    ...findings.map(({ control }) => {
      const number = widest === 0 ? "" : `${(control.benchmark?.number ?? "").padEnd(widest)}  `;
      return line(indent + number + control.id);
    }),
    ...waiverLines(first, indent, setting),
    ...standsForLines(group, indent, setting),
  ];
}

function standsForLines(group: Group, indent: string, { columns }: Setting): readonly Line[] {
  const text = group.outcome === "satisfied" ? undefined : standsFor(group);
  return text === undefined ? [] : wrap(indent, text, columns, { style: "faint" });
}

/** The chain, and below it what breaks it or leaves it open. */
function storyLines(group: Group, setting: Setting): readonly Line[] {
  const [finding] = group.findings;
  const { options, report, brief } = setting;
  const drawn = finding.chain.length > 0 && options.verbosity !== "quiet";
  const chain =
    brief && options.verbosity !== "verbose"
      ? () => [chainLine(finding.chain, options)]
      : () => chainPicture(finding, report, options);
  return [
    ...(drawn ? [BLANK, ...chain()] : []),
    ...finding.causes.flatMap((cause, position) => [
      BLANK,
      ...causeLines(cause, otherPlaces(group, position), setting),
    ]),
    ...(finding.causes.length === 0 && finding.verdict !== "satisfied"
      ? [BLANK, ...hanging("  ", tellFinding(finding), setting.columns, "strong")]
      : []),
    ...(options.verbosity === "verbose" ? backgroundLines(finding, setting) : []),
  ];
}

function causeLines(cause: Cause, others: readonly Place[], setting: Setting): readonly Line[] {
  const { report, columns } = setting;
  const wording = tellCause(cause);
  return [
    ...hanging("  ", causeLine(cause, report), columns, "strong"),
    ...evidenceLines(cause.evidence, { subject: cause.subject, report, columns }),
    ...others.flatMap((place, position) =>
      wrap(position === 0 ? "    also at " : "            ", placeTitle(place, report), columns),
    ),
    ...noteLinesOf(wording).flatMap((note) => hanging("    ", note, columns)),
    ...(wording.help === undefined ? [] : hanging("    ", `help: ${wording.help}`, columns, "hint")),
  ];
}

/** Later lines stand two columns further in than the first. */
function hanging(indent: string, text: string, columns: number, style: Style = "plain"): readonly Line[] {
  return wrap(indent, text, columns, { style, hang: indent.length + 2 });
}

function backgroundLines({ control, complaints }: Finding, { columns }: Setting): readonly Line[] {
  return [
    BLANK,
    ...hanging("  ", `why: ${control.rationale}`, columns),
    ...hanging("  ", `remediation: ${control.remediation}`, columns),
    ...complaints.flatMap(({ auditor, version, wants, source }) =>
      hanging(
        "  ",
        `complaint: ${auditor} ${version} would still complain, it wants ${wants} (${source})`,
        columns,
      ),
    ),
    ...control.sources.flatMap((source) => hanging("  ", `source: ${source}`, columns, "faint")),
  ];
}

function remarkLines({ findings }: Group, setting: Setting): readonly Line[] {
  if (setting.options.verbosity === "quiet") return [];
  const { report, columns } = setting;
  const texts = new Set(remarkTexts(findings, report));
  const complaints = new Set(findings.flatMap((finding) => finding.complaints.map(({ auditor }) => auditor)));
  if (complaints.size > 0 && setting.options.verbosity !== "verbose") {
    const who =
      complaints.size === 1 ? "one auditor that compares" : `${complaints.size} auditors that compare`;
    texts.add(`${who} pattern texts would still complain; --verbose says which`);
  }
  const lines = [...texts].flatMap((text) => hanging("  ", `remark: ${text}`, columns));
  return lines.length === 0 ? [] : [BLANK, ...lines];
}

function noteLines({ report, columns }: Setting): readonly Line[] {
  const lines = report.notes.flatMap((note) => {
    const { sentence, help } = tellNote(note);
    return [
      ...hanging("", `note: ${notePlace(note, report)}: ${sentence} [${note.code}]`, columns),
      ...(help === undefined ? [] : hanging("  ", `help: ${help}`, columns, "hint")),
    ];
  });
  return lines.length === 0 ? [] : [...lines, BLANK];
}

function inputLines({ report, columns }: Setting): readonly Line[] {
  return [
    ...report.inputs.flatMap((input) => {
      const digest = input.sha256 === undefined ? "" : `, sha256 ${input.sha256}`;
      return hanging("", `input: ${inputText(input)}${digest}`, columns, "faint");
    }),
    BLANK,
  ];
}
