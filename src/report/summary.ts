// What all formats say of a report as a whole: how many controls came out how, what each finding counts as, where a
// cause stands, and which findings tell the same story.

import type { Cause, Finding, Note, Place, Report, Told } from "../model/finding.ts";
import type { InputSummary } from "../model/graph.ts";
import type { SourceLocation } from "../model/source.ts";
import { tellCause } from "./words.ts";

/** What a finding counts as: a waiver accepts a verdict, whichever it is. */
export type Outcome = "violated" | "undecided" | "waived" | "satisfied";

/** Worst first. */
export const OUTCOMES: readonly Outcome[] = ["violated", "undecided", "waived", "satisfied"];

export function outcomeOf(finding: Finding): Outcome {
  return finding.waiver === undefined ? finding.verdict : "waived";
}

export type Counts = { readonly [O in Outcome]: number } & { readonly controls: number };

export function countOutcomes(findings: readonly Finding[]): Counts {
  const counts = { controls: findings.length, violated: 0, undecided: 0, waived: 0, satisfied: 0 };
  for (const finding of findings) counts[outcomeOf(finding)] += 1;
  return counts;
}

/** The outcome of the whole: the worst one of any finding. Nothing checked is nothing decided. */
export function overallOutcome(report: Report): Outcome {
  const counts = countOutcomes(report.findings);
  return counts.controls === 0
    ? "undecided"
    : (OUTCOMES.find((outcome) => counts[outcome] > 0) ?? "satisfied");
}

/** "15 controls: 3 violated, 12 satisfied"; outcomes that did not come up are left out. */
export function countsText(report: Report): string {
  const counts = countOutcomes(report.findings);
  const parts = OUTCOMES.filter((outcome) => counts[outcome] > 0).map(
    (outcome) => `${counts[outcome]} ${outcome}`,
  );
  const inputs = judgedInputs(report).length;
  const head = `${plural(counts.controls, "control")}${inputs > 1 ? ` over ${inputs} inputs` : ""}`;
  return parts.length === 0 ? head : `${head}: ${parts.join(", ")}`;
}

/** The inputs that are judged each by itself; none where all are judged together. */
export function judgedInputs({ findings }: Pick<Report, "findings">): readonly string[] {
  return [...new Set(findings.flatMap(({ input }) => input ?? []))];
}

/** "plan.json: " before what is about one of several inputs. */
export function inputPrefix({ input }: Finding): string {
  return input === undefined ? "" : `${input}: `;
}

/** The counts, and what was read: the last line of a log. */
export function countsLine(report: Report): string {
  return `${countsText(report)} in ${report.inputs.map(inputText).join(", ") || "no input"}`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** "plan.json (plan, Terraform 1.13.4)" for each input. */
export function inputText({ label, kind, terraformVersion, mode }: InputSummary): string {
  const facts = [mode === "normal" ? kind : `${mode} ${kind}`];
  if (terraformVersion !== undefined) facts.push(`Terraform ${terraformVersion}`);
  return `${label} (${facts.join(", ")})`;
}

/** `file:line:column` where it is known. */
export function locationText({ file, line, column }: SourceLocation): string {
  return `${file}:${line}:${column}`;
}

/** Where a reader has to look: the place in the code if known, else the address, else the first input. */
export function placeText({ subject }: Told, report: Report): string {
  if (subject === undefined) return report.inputs[0]?.label ?? "tfcheck";
  return subject.location === undefined ? subject.address : locationText(subject.location);
}

/** The first line of a cause, complete in itself. */
export function causeLine(cause: Cause, report: Report): string {
  return `${placeText(cause, report)}: ${tellCause(cause).sentence} [${cause.code}]`;
}

export function notePlace(note: Note, report: Report): string {
  return note.place ?? report.inputs[0]?.label ?? "tfcheck";
}

/** Whether two places are one and the same object. */
export function isSamePlace(one: Place, other: Place): boolean {
  return one.address === other.address && one.input === other.input;
}

/** Findings that tell the same story. */
export interface Group {
  readonly outcome: Outcome;
  readonly findings: readonly [Finding, ...Finding[]];
}

/**
 * Findings by what there is to read about them: same outcome, same link, and causes told in the same words, be it of
 * one object or of several alike; each group is of one input. Worst first, otherwise in the order of the findings.
 */
export function groupFindings(findings: readonly Finding[]): readonly Group[] {
  return groupBy(findings, (cause) => [cause.code, tellCause(cause)]);
}

/** Findings by what there is to repair: as above, and the causes are about the same objects. */
export function groupByObject(findings: readonly Finding[]): readonly Group[] {
  return groupBy(findings, ({ evidence: _, ...story }) => story);
}

function groupBy(findings: readonly Finding[], storyOf: (cause: Cause) => unknown): readonly Group[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { verdict, waiver, link, causes, input } = finding;
    const story = JSON.stringify(
      verdict === "satisfied" ? [verdict, input] : [verdict, waiver, link, causes.map(storyOf), input],
    );
    const group = groups.get(story);
    if (group === undefined) groups.set(story, [finding]);
    else group.push(finding);
  }
  return [...groups.values()]
    .map((group): Group => ({ outcome: outcomeOf(group[0]), findings: group }))
    .sort((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome));
}

/** Where else in a group the cause at `position` stands; the first finding's own place is left out. */
export function otherPlaces({ findings: [first, ...others] }: Group, position: number): readonly Place[] {
  const places: Place[] = [];
  for (const { causes } of [first, ...others]) {
    const place = causes[position]?.subject;
    if (place !== undefined && !places.some((seen) => isSamePlace(seen, place))) places.push(place);
  }
  return places.slice(1);
}

/** Each satisfied finding on its own: what holds is evidence only where it is shown. */
export function splitSatisfied(groups: readonly Group[]): readonly Group[] {
  return groups.flatMap((group) =>
    group.outcome === "satisfied"
      ? group.findings.map((finding) => ({ ...group, findings: [finding] as const }))
      : [group],
  );
}

/** Said where one chain stands for several that are not alike in everything; `undefined` where they are. */
export function standsFor({ findings }: Group): string | undefined {
  const [first, ...others] = findings;
  const shown = JSON.stringify(first.chain);
  if (others.every((finding) => JSON.stringify(finding.chain) === shown)) return undefined;
  return `shown for ${first.control.id}; the others stop for the same reason`;
}
