// The whole tool without effects: bytes and policies in, report out. Same input, same report.
// Reads no files, no clock and no environment; src/cli does.

import { createHash } from "node:crypto";
import { evaluate } from "./evaluate/evaluate.ts";
import { decode } from "./input/decode.ts";
import { parseInput } from "./input/parse-input.ts";
import { parsePlan } from "./input/plan.ts";
import { type Selection, selectControls } from "./input/select-controls.ts";
import { type Auditor, complaintsOf } from "./model/auditor.ts";
import { type DeliverySettings, STRICT_DELIVERY } from "./model/delivery.ts";
import type { Finding, Note, Report } from "./model/finding.ts";
import type { Graph } from "./model/graph.ts";
import type { PlanDocument } from "./model/plan.ts";
import type { Assumption, Policy, PolicyFile, Waiver } from "./model/policy.ts";
import { InputError, type InputProblem } from "./model/problem.ts";
import { type GraphInput, graphOf, joinGraphs } from "./resolve/build-graph.ts";
import type { ConfigurationSources } from "./resolve/sources/read-sources.ts";
import type { SourceTree } from "./resolve/sources/source-tree.ts";
import type { VariableSettings } from "./resolve/sources/variables.ts";

/** A file as it was read; `label` is how the report speaks of it. Labels of one run differ. */
export interface InputFile {
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** Configuration in HCL, and what sets its variables. */
export interface SourcesFiles {
  readonly tree: SourceTree;
  readonly settings: VariableSettings;
  /** `undefined`: not known. */
  readonly workspace: string | undefined;
  /** `false`: comments in the code waive nothing. */
  readonly inlineWaivers?: boolean;
}

export interface CheckInput {
  /** What is checked: `terraform show -json` of a plan with or without its code, or code alone. */
  readonly subject:
    | { readonly plan: InputFile; readonly sources: SourcesFiles | undefined }
    | { readonly plan: undefined; readonly sources: SourcesFiles };
  /** Plans and states of other configurations that manage the rest of the chain. */
  readonly others: readonly InputFile[];
  readonly policies: readonly Policy[];
  /** Which of the policies are asked. */
  readonly selection: Selection;
  readonly assumptions: readonly Assumption[];
  readonly waivers: readonly Waiver[];
  /** Take subscriptions that wait for a person to confirm them as confirmed; the report says where. */
  readonly acceptPending: boolean;
  /** Breaks of the delivery that are taken as remarks; none when left out. */
  readonly delivery?: DeliverySettings;
  /** YYYY-MM-DD, for waivers that end. */
  readonly today: string;
  /** Of tfcheck itself, for the report. */
  readonly version: string;
  /** Whose complaints about satisfied controls are told; none when left out. */
  readonly auditors?: readonly Auditor[];
}

/** Throws InputError for an input that cannot be used; everything else is in the report. */
export async function check(input: CheckInput): Promise<Report> {
  const controls = selectControls(input.policies, input.selection);
  const { graph, notes: sourceNotes, waivers: inline } = await gather(input);
  const { assumptions, today, acceptPending, delivery = STRICT_DELIVERY } = input;
  const waivers = [...input.waivers, ...inline];
  const { findings, notes } = evaluate({
    graph,
    controls,
    assumptions,
    waivers,
    today,
    acceptPending,
    delivery,
  });
  return {
    tool: { name: "tfcheck", version: input.version },
    inputs: graph.inputs,
    findings: input.auditors === undefined ? findings : withComplaints(findings, input.auditors),
    notes: [...sourceNotes, ...notes, ...otherControls(input)],
  };
}

/** Who asks for nothing in particular gets one control, and hears that there are more. */
function otherControls({ policies, selection }: CheckInput): readonly Note[] {
  const more = policies.length - 1;
  if (selection.benchmark !== undefined || selection.controls.length > 0 || more < 1) return [];
  return [{ code: "more-controls-exist", place: undefined, subject: "controls", detail: String(more) }];
}

/** A satisfied chain may still not please a test of the pattern's text. */
function withComplaints(findings: readonly Finding[], auditors: readonly Auditor[]): readonly Finding[] {
  return findings.map((finding) => {
    if (finding.verdict !== "satisfied") return finding;
    const patterns = finding.chain
      .flatMap(({ evidence }) => evidence)
      .flatMap(({ attribute, value }) =>
        attribute === "pattern" && value?.kind === "text" ? [value.text] : [],
      );
    return { ...finding, complaints: complaintsOf(auditors, finding.control.id, patterns) };
  });
}

/** What the inputs hold, before anything is asked of it. */
export interface Gathered {
  readonly graph: Graph;
  readonly notes: readonly Note[];
  /** The plan that is checked; `undefined` for code alone. */
  readonly plan: PlanDocument | undefined;
  /** Those that stand in comments of the code. */
  readonly waivers: readonly Waiver[];
}

/** Throws InputError for an input that cannot be used. */
export async function gather(input: Pick<CheckInput, "subject" | "others">): Promise<Gathered> {
  const { graph: own, ...rest } = await readSubject(input.subject);
  const others = await Promise.all(input.others.map((file) => readInput(file, "either")));
  const graph = joinGraphs([own, ...others.map((other) => graphOf(other, `${other.document.label}: `))]);
  return { graph, ...rest };
}

async function readSubject({ plan, sources }: CheckInput["subject"]): Promise<Gathered> {
  const code = sources === undefined ? undefined : await parseSources(sources);
  if (plan === undefined) {
    if (code === undefined) throw new Error("nothing to check was given");
    return { graph: code.graph(), notes: [], plan: undefined, waivers: await waiversIn(code, sources) };
  }
  const input = await readInput(plan, "plan");
  const document = input.document.kind === "plan" ? input.document : undefined;
  if (code === undefined) return { graph: graphOf(input, ""), notes: [], plan: document, waivers: [] };
  const configuration = document?.configuration;
  const missing = configuration === undefined ? [] : code.missing(configuration);
  // Code of another plan would explain this one wrongly, so it explains nothing.
  if (missing.length > 0) {
    const note: Note = {
      code: "sources-do-not-fit",
      place: sources?.tree.label,
      subject: plan.label,
      detail: missing.slice(0, 3).join(", "),
    };
    return { graph: graphOf(input, ""), notes: [note], plan: document, waivers: [] };
  }
  const graph = graphOf({ ...input, sources: code.forPlan, locate: code.locate }, "");
  return { graph, notes: [], plan: document, waivers: await waiversIn(code, sources) };
}

/** Throws InputError for comments that are meant for tfcheck and cannot be used. */
async function waiversIn(
  { comments }: ConfigurationSources,
  sources: SourcesFiles | undefined,
): Promise<readonly Waiver[]> {
  if (sources?.inlineWaivers === false || comments.length === 0) return [];
  const { parseInlineWaivers } = await import("./input/inline-waivers.ts");
  const read = comments.map(parseInlineWaivers);
  // A module that is called twice is read twice.
  const problems = new Map(
    read.flatMap((one) => one.problems).map((problem) => [`${problem.place} ${problem.message}`, problem]),
  );
  if (problems.size > 0) throw new InputError([...problems.values()]);
  return read.flatMap((one) => one.waivers);
}

/** The parser is heavy, so it is loaded for sources alone. */
async function parseSources(sources: SourcesFiles): Promise<ConfigurationSources> {
  const [{ createHclParser }, { readSources }] = await Promise.all([
    import("./input/hcl.ts"),
    import("./resolve/sources/read-sources.ts"),
  ]);
  return readSources({ ...sources, parser: createHclParser() });
}

async function readInput({ label, bytes }: InputFile, wanted: "plan" | "either"): Promise<GraphInput> {
  const text = await decode(bytes, label, wanted);
  const document = wanted === "plan" ? parsePlan(text, label) : parseInput(text, label);
  return { document, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/**
 * The policies that come with tfcheck and the user's own. Throws InputError with the problems of all files at once;
 * an id that is taken is one of them.
 */
export async function loadPolicies(
  builtin: readonly Policy[],
  files: readonly PolicyFile[],
): Promise<readonly Policy[]> {
  if (files.length === 0) return builtin;
  const { parsePolicy } = await import("./input/policy.ts");
  const policies = [...builtin];
  const problems: InputProblem[] = [];
  for (const { file, text } of files) {
    try {
      const policy = await parsePolicy(text, file);
      if (policies.some(({ id }) => id === policy.id)) problems.push(taken(policy.id, file));
      policies.push(policy);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return policies;
}

function taken(id: string, place: string): InputProblem {
  return {
    code: "id-taken",
    place,
    message: `another policy has the id "${id}"`,
    help: "choose an id of its own",
  };
}
