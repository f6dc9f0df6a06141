// One page that an auditor can keep: no script, nothing fetched, the same bytes for the same report.

import type { Finding, Remark, Report } from "../model/finding.ts";
import { mapStrings, visible, withoutCommands } from "./escape.ts";
import { groupSection, outcomeBadge, storyIdOf, titleOf } from "./html/finding.ts";
import { given, html, type Markup, NOTHING, some } from "./html/markup.ts";
import { STYLE } from "./html/style.ts";
import {
  countsLine,
  countsText,
  type Group,
  groupFindings,
  inputText,
  judgedInputs,
  notePlace,
  overallOutcome,
  splitSatisfied,
} from "./summary.ts";
import { tellNote } from "./words.ts";

export function renderHtml(original: Report): string {
  const report = mapStrings(original, visible);
  const groups = splitSatisfied(groupFindings(report.findings));
  const outcome = overallOutcome(report);
  const style: Markup = { markup: STYLE };
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>tfcheck: ${outcome}, ${countsText(report)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>tfcheck <span class="badge ${outcome}">${outcome}</span></h1>
<p>${countsLine(report)}</p>
${report.findings.length > 1 ? overview(report.findings, groups) : NOTHING}
${groups.map((group, position) => groupSection(group, report, `story-${position + 1}`))}
${some(acceptances(report), acceptedSection)}
${notesSection(report)}
${controlsSection(oncePerControl(report.findings))}
${inputsSection(report)}
</main>
</body>
</html>
`;
  return withoutCommands(page.markup);
}

function overview(findings: readonly Finding[], groups: readonly Group[]): Markup {
  const several = judgedInputs({ findings }).length > 0;
  return html`<table>
<caption>Controls</caption>
<thead><tr>${several ? html`<th scope="col">Input</th>` : NOTHING}<th scope="col">No.</th><th scope="col">Control</th><th scope="col">Outcome</th></tr></thead>
<tbody>
${findings.map(
  (finding) =>
    html`<tr>${several ? html`<td>${finding.input ?? ""}</td>` : NOTHING}<td>${finding.control.benchmark?.number ?? ""}</td><td><a href="#${storyIdOf(finding, groups)}">${titleOf(finding)}</a></td><td>${outcomeBadge(finding)}</td></tr>`,
)}
</tbody>
</table>`;
}

interface Acceptance {
  readonly kind: string;
  readonly what: string;
  readonly reason: string;
  readonly until: string;
}

/** What somebody answers for: assumptions and waivers that this run used, each told once. */
function acceptances({ findings }: Report): readonly Acceptance[] {
  const all = findings.flatMap((finding): Acceptance[] => [
    ...(finding.waiver === undefined
      ? []
      : [
          {
            kind: "waiver",
            what: finding.control.id,
            reason: finding.waiver.reason,
            until: finding.waiver.expires,
          },
        ]),
    ...finding.remarks.flatMap(acceptanceOfRemark),
  ]);
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function acceptanceOfRemark(remark: Remark): readonly Acceptance[] {
  if (remark.code === "assumption-used") {
    return [{ kind: "assumption", what: remark.assumption, reason: remark.reason, until: "" }];
  }
  if (remark.code === "pending-accepted") {
    const what = remark.subject?.address ?? "";
    return [{ kind: "pending subscription", what, reason: "accepted with --accept-pending", until: "" }];
  }
  if (remark.code === "break-taken-as-remark") {
    const what = `${remark.cause}: ${remark.subject?.address ?? ""}`;
    return [{ kind: "break taken as a remark", what, reason: "delivery in the configuration", until: "" }];
  }
  return [];
}

function acceptedSection(all: readonly Acceptance[]): Markup {
  return html`<section aria-labelledby="accepted">
<h2 id="accepted">Assumptions and waivers used</h2>
<table class="wide">
<thead><tr><th scope="col">Kind</th><th scope="col">For</th><th scope="col">Reason</th><th scope="col">Until</th></tr></thead>
<tbody>
${all.map(({ kind, what, reason, until }) => html`<tr><td>${kind}</td><td><code>${what}</code></td><td>${reason}</td><td>${until}</td></tr>`)}
</tbody>
</table>
</section>`;
}

function notesSection(report: Report): Markup {
  return some(
    report.notes,
    (notes) => html`<section aria-labelledby="notes">
<h2 id="notes">Notes on this run</h2>
<ul>${notes.map((note) => html`<li><code>${notePlace(note, report)}</code>: ${tellNote(note).sentence}</li>`)}</ul>
</section>`,
  );
}

/** Several inputs are asked the same. */
function oncePerControl(findings: readonly Finding[]): readonly Finding[] {
  return [
    ...new Map(findings.toReversed().map((finding) => [finding.control.id, finding])).values(),
  ].reverse();
}

function controlsSection(findings: readonly Finding[]): Markup {
  return some(
    findings,
    (all) => html`<section aria-labelledby="controls">
<h2 id="controls">What the controls ask for</h2>
${all.map(
  ({
    control,
  }) => html`<h3>${given(control.benchmark, ({ number }) => html`${number} `)}${control.title || control.id}</h3>
<p>${control.rationale}</p>
<p>${control.remediation}</p>
${some(control.sources, (sources) => html`<ul>${sources.map(sourceItem)}</ul>`)}`,
)}
</section>`,
  );
}

/** Anything but an https address is text. */
function sourceItem(source: string): Markup {
  return source.startsWith("https://")
    ? html`<li><a href="${source}" rel="noreferrer">${source}</a></li>`
    : html`<li>${source}</li>`;
}

function inputsSection({ inputs, tool }: Report): Markup {
  return html`<section aria-labelledby="inputs">
<h2 id="inputs">Inputs</h2>
${some(
  inputs,
  (all) => html`<table class="wide">
<thead><tr><th scope="col">Input</th><th scope="col">Format</th><th scope="col">SHA-256</th></tr></thead>
<tbody>
${all.map(
  (input) =>
    html`<tr><td>${inputText(input)}</td><td>${input.formatVersion ?? ""}</td><td><code>${input.sha256 ?? ""}</code></td></tr>`,
)}
</tbody>
</table>`,
)}
<p class="faint">Made by ${tool.name} ${tool.version} from these inputs alone; the same inputs give the same page.</p>
</section>`;
}
