// Reports on several inputs, each judged by itself, as one report. Order and words are the renderers' business.

import type { Finding, Note, Report, Told } from "./finding.ts";
import type { InputSummary } from "./graph.ts";

/** The same report, its findings marked with the input. What is about the inputs as a whole is about that one. */
export function aboutInput(report: Report, label: string): Report {
  const placed = <T extends Told>(told: T): T =>
    told.subject === undefined
      ? { ...told, subject: { address: label, location: undefined, input: label } }
      : told;
  const findings = report.findings.map(
    (finding): Finding => ({
      ...finding,
      input: label,
      causes: finding.causes.map(placed),
      remarks: finding.remarks.map(placed),
    }),
  );
  return { ...report, findings };
}

/** At least one report. `shared` says of a note that it holds only where every report has it. */
export function mergeReports(reports: readonly Report[], shared: (note: Note) => boolean): Report {
  const [first] = reports;
  if (first === undefined) throw new Error("no report to merge");
  // The judged inputs come first, then those that stand beside each of them.
  const own = reports.flatMap(({ inputs }) => inputs.slice(0, 1));
  const beside = reports.flatMap(({ inputs }) => inputs.slice(1));
  const inputs = new Map([...own, ...beside].map((input): [string, InputSummary] => [input.label, input]));
  const notes = new Map<string, { readonly note: Note; times: number }>();
  for (const note of reports.flatMap((report) => report.notes)) {
    const key = JSON.stringify(note);
    const known = notes.get(key) ?? { note, times: 0 };
    known.times += 1;
    notes.set(key, known);
  }
  return {
    tool: first.tool,
    inputs: [...inputs.values()],
    findings: reports.flatMap((report) => report.findings),
    notes: [...notes.values()]
      .filter(({ note, times }) => !shared(note) || times === reports.length)
      .map(({ note }) => note),
  };
}
