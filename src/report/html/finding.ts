// One story of the page: the controls it is about, the drawing, what breaks or is open, and the evidence.

import type { Cause, ChainLink, Evidence, Finding, Place, Report } from "../../model/finding.ts";
import { placesText, toldRemarks } from "../remarks.ts";
import { byPlace, showEvidence } from "../show-value.ts";
import {
  type Group,
  inputPrefix,
  locationText,
  otherPlaces,
  outcomeOf,
  placeText,
  plural,
  standsFor,
} from "../summary.ts";
import { tellCause, tellFinding } from "../words.ts";
import { chainDrawing, STATE_WORDS } from "./chain-svg.ts";
import { given, html, type Markup, NOTHING, some } from "./markup.ts";

export function groupSection(group: Group, report: Report, id: string): Markup {
  const { findings } = group;
  const [first] = findings;
  const title =
    inputPrefix(first) + (findings.length === 1 ? titleOf(first) : plural(findings.length, "control"));
  return html`<section id="${id}" aria-labelledby="${id}-head">
<h2 id="${id}-head"><span class="badge ${group.outcome}">${group.outcome}</span> ${title}</h2>
<p class="faint">${factsOf(first, findings.length)}</p>
${findings.length === 1 ? NOTHING : controlList(findings)}
${waiverText(first)}
${given(standsFor(group), (text) => html`<p class="faint">${capital(text)}.</p>`)}
${first.chain.length === 0 ? NOTHING : chainDrawing(first.chain, `${id}-chain`)}
${first.verdict === "satisfied" ? NOTHING : html`<h3>${HEADINGS[first.verdict]}</h3>`}
${first.causes.map((cause, position) => causeBlock(cause, { group, others: otherPlaces(group, position), report }))}
${first.causes.length === 0 && first.verdict !== "satisfied" ? html`<div class="cause"><p>${tellFinding(first)}</p></div>` : NOTHING}
${some(
  first.chain.filter(({ evidence }) => evidence.length > 0),
  evidenceTable,
)}
${remarkList(findings, report)}
</section>`;
}

const HEADINGS = { violated: "What breaks", undecided: "What is not known" } as const;

export function titleOf({ control }: Finding): string {
  return control.title.trim() === "" ? control.id : control.title;
}

function factsOf({ control, link, verdict }: Finding, count: number): string {
  const { id, benchmark, severity } = control;
  const facts: string[] = [];
  if (count === 1) facts.push(id, `severity ${severity}`);
  if (count === 1 && benchmark !== undefined)
    facts.push(`${benchmark.name} ${benchmark.version} ${benchmark.number}`);
  if (link !== undefined && verdict !== "satisfied") {
    facts.push(verdict === "violated" ? `broken at ${link}` : `not decided at ${link}`);
  }
  return facts.join(", ");
}

function controlList(findings: readonly Finding[]): Markup {
  return html`<ul>
${findings.map(
  ({ control }) =>
    html`<li>${given(control.benchmark, ({ number }) => html`${number} `)}<code>${control.id}</code> ${control.title}</li>`,
)}
</ul>`;
}

function waiverText({ waiver, verdict }: Finding): Markup {
  return given(
    waiver,
    ({ expires, reason, place }) =>
      html`<p><strong>Waived until ${expires}:</strong> ${reason} <span class="faint">(${verdict}, <code>${place}</code>)</span></p>`,
  );
}

interface Telling {
  readonly group: Group;
  /** Where else the cause stands. */
  readonly others: readonly Place[];
  readonly report: Report;
}

function causeBlock(cause: Cause, { group, others, report }: Telling): Markup {
  const { sentence, example, notes, help } = tellCause(cause);
  const open = group.findings[0].verdict === "undecided" ? " open" : "";
  return html`<div class="cause${open}">
<p><code>${placeText(cause, report)}</code>: ${sentence}</p>
${some(cause.evidence, (evidence) => html`<ul>${byPlace(evidence).map(objectItem)}</ul>`)}
${some(others, (places) => html`<p>Also at:</p><ul>${places.map((place) => html`<li>${objectName(place)}</li>`)}</ul>`)}
${given(example, ({ says, event }) => html`<p>${capital(says)}:</p>${lines(JSON.stringify(event, null, 2))}`)}
${notes.map((note) => html`<p>${capital(note)}.</p>`)}
${given(help, (text) => html`<p class="help"><strong>Help:</strong> <code>${text}</code></p>`)}
<p class="faint"><code>${cause.code}</code></p>
</div>`;
}

/** A block of text whose line breaks are ours. */
function lines(text: string): Markup {
  const rows = text.split("\n").map((row) => html`${row}`);
  return { markup: `<pre tabindex="0">${rows.map(({ markup }) => markup).join("\n")}</pre>` };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function objectItem([place, entries]: readonly [Place, readonly Evidence[]]): Markup {
  return html`<li>${objectName(place)}${valueLines(entries)}</li>`;
}

function objectName({ address, location }: Place): Markup {
  return html`<code>${address}</code>${given(location, (at) => html` <span class="faint">${locationText(at)}</span>`)}`;
}

function valueLines(entries: readonly Evidence[]): Markup {
  const shown = entries.map(showEvidence).filter((text) => text !== "");
  return some(shown, (texts) => html`${texts.map((text) => html`<br><code>${text}</code>`)}`);
}

function evidenceTable(chain: readonly ChainLink[]): Markup {
  return html`<h3>Evidence</h3>
<table class="wide">
<thead><tr><th scope="col">Link</th><th scope="col">State</th><th scope="col">Object and values</th></tr></thead>
<tbody>
${chain.map(
  ({ link, state, evidence }) =>
    html`<tr><th scope="row">${link}</th><td>${STATE_WORDS[state]}</td><td>${byPlace(evidence).map((object) => html`<div>${objectName(object[0])}${valueLines(object[1])}</div>`)}</td></tr>`,
)}
</tbody>
</table>`;
}

function remarkList(findings: readonly Finding[], report: Report): Markup {
  const complaints = new Map(
    findings
      .flatMap((finding) => finding.complaints)
      .map((complaint) => [`${complaint.auditor} ${complaint.version} ${complaint.wants}`, complaint]),
  );
  const items = [
    ...toldRemarks(findings, report).map(
      (remark) => html`<li><code>${placesText(remark)}</code>: ${remark.sentence}</li>`,
    ),
    ...[...complaints.values()].map(
      ({ auditor, version, wants }) =>
        html`<li>${auditor} ${version} would still complain: it wants ${wants}</li>`,
    ),
  ];
  return some(items, (all) => html`<h3>Remarks</h3><ul>${all}</ul>`);
}

/** Where a control's story is told. */
export function storyIdOf(finding: Finding, groups: readonly Group[]): string {
  return `story-${groups.findIndex((group) => group.findings.includes(finding)) + 1}`;
}

export function outcomeBadge(finding: Finding): Markup {
  const outcome = outcomeOf(finding);
  return html`<span class="badge ${outcome}">${outcome}</span>`;
}
