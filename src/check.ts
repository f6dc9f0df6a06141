// The whole tool without effects: bytes and policies in, report out. Same input, same report.
// Reads no files, no clock and no environment; src/cli does.

import { questionOf } from "./aws/types-in-question.ts";
import { evaluate } from "./evaluate/evaluate.ts";
import type { AccountFiles } from "./input/account/read-account.ts";
import { type ByteSource, openSource, sourceOf } from "./input/open-document.ts";
import { readInput } from "./input/parse-input.ts";
import type { Interests } from "./input/reader/set-aside.ts";
import { asksForDefault, type Selection, selectControls } from "./input/select-controls.ts";
import { type Auditor, complaintsOf } from "./model/auditor.ts";
import { type DeliverySettings, STRICT_DELIVERY } from "./model/delivery.ts";
import type { Finding, Note, Report } from "./model/finding.ts";
import type { Graph } from "./model/graph.ts";
import { aboutInput, mergeReports } from "./model/merged-report.ts";
import type { PlanDocument } from "./model/plan.ts";
import type { Assumption, Policy, PolicyFile, SelectedControl, Waiver } from "./model/policy.ts";
import { everyOne, InputError, type InputProblem } from "./model/problem.ts";
import { type GraphInput, idPrefixes, stackOf } from "./resolve/build-graph.ts";
import { joined } from "./resolve/joined.ts";
import type { ConfigurationSources } from "./resolve/sources/read-sources.ts";
import type { SourceTree } from "./resolve/sources/source-tree.ts";
import type { VariableSettings } from "./resolve/sources/variables.ts";
import type { Stack } from "./resolve/stack.ts";

/** A file; `label` is how the report speaks of it. Labels of one run differ. */
export interface InputFile {
  readonly label: string;
  /** As a whole, or piece by piece. */
  readonly bytes: Uint8Array | ByteSource;
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

/**
 * One stack: `terraform show -json` of a plan or state with or without its code, a stored state, or code alone; or what
 * exists in an account, as AWS commands print it.
 */
export type StackFiles =
  | { readonly plan: InputFile; readonly sources: SourcesFiles | undefined }
  | { readonly plan: undefined; readonly sources: SourcesFiles }
  | { readonly plan: undefined; readonly sources: undefined; readonly account: AccountFiles };

/** Of what the question is asked. */
export interface Estate {
  readonly subject: StackFiles;
  /** Stacks of which it is asked too, as if they were one with the subject. */
  readonly more?: readonly StackFiles[];
  /** Stacks that manage the rest of the chain, as they stand: a plan after its apply. */
  readonly others: readonly StackFiles[];
}

/** How the question is put. */
export interface Asking {
  readonly policies: readonly Policy[];
  /** How many there are in all, where only those that are asked are given. */
  readonly policyCount?: number;
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
  /** `false`: inputs go without their digests, which take as long as the rest for large files. */
  readonly digests?: boolean;
}

export interface CheckInput extends Estate, Asking {}

/** Throws InputError for an input that cannot be used; everything else is in the report. */
export async function check(input: CheckInput): Promise<Report> {
  const controls = selectControls(input.policies, input.selection);
  return ask(await gather(input, { controls, digests: input.digests ?? true }), controls, input);
}

/** Several inputs, each judged by itself with the same stacks beside it. */
export interface EachInput extends Asking {
  readonly subjects: readonly StackFiles[];
  readonly others: readonly StackFiles[];
}

/**
 * One report on several inputs; each finding says which one it is about. Throws InputError with the problems of all
 * inputs that cannot be used: nothing is told of the good ones then.
 */
export async function checkEach(input: EachInput): Promise<Report> {
  const controls = selectControls(input.policies, input.selection);
  const extent = (files: StackFiles): Extent => {
    const alone = input.others.length === 0 && files.sources === undefined;
    return { interests: alone ? interestsOf(controls) : undefined, digests: input.digests ?? true };
  };
  const asked = input.subjects.map((files) => openStack(files, "", "subject", extent(files)));
  const beside = input.others.map((files) =>
    openStack(files, `${labelOf(files)}: `, "either", extent(files)),
  );
  const open = await everyOne([...asked, ...beside]);
  const others = open.slice(asked.length);
  const reports: Report[] = [];
  for (const one of open.slice(0, asked.length)) {
    reports.push(aboutInput(ask(await join([one], others), controls, input), one.stack.label));
  }
  const places = new Set(input.waivers.map(({ place }) => place));
  // A waiver or assumption that one input needs is in use.
  return mergeReports(
    reports,
    ({ code, place }) =>
      code === "assumption-unused" || (code === "waiver-unused" && place !== undefined && places.has(place)),
  );
}

function ask(gathered: Gathered, controls: readonly SelectedControl[], asking: Asking): Report {
  const { graph } = gathered;
  const { assumptions, today, acceptPending, delivery = STRICT_DELIVERY } = asking;
  const waivers = [...asking.waivers, ...gathered.waivers];
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
    tool: { name: "tfcheck", version: asking.version },
    inputs: graph.inputs,
    findings: asking.auditors === undefined ? findings : withComplaints(findings, asking.auditors),
    notes: [...gathered.notes, ...gathered.joining(), ...notes, ...otherControls(asking)],
  };
}

/** Who asks for nothing in particular gets one control, and hears that there are more. */
function otherControls({ policies, policyCount = policies.length, selection }: Asking): readonly Note[] {
  const more = policyCount - 1;
  if (!asksForDefault(selection) || more < 1) return [];
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
  /** What the inputs say against each other; complete once everything is asked of the graph. */
  readonly joining: () => readonly Note[];
  /** The plan that is checked; `undefined` for code alone, and for a state. */
  readonly plan: PlanDocument | undefined;
  /** Those that stand in comments of the code. */
  readonly waivers: readonly Waiver[];
}

/** What will be asked of the inputs, for reading no more than that. */
export interface Purpose {
  readonly controls: readonly SelectedControl[];
  readonly digests?: boolean;
}

/**
 * Throws InputError for an input that cannot be used, with the problems of all of them. With a `purpose` a plan that
 * stands alone is read as far as the controls need it; else everything is.
 */
export async function gather({ subject, more = [], others }: Estate, purpose?: Purpose): Promise<Gathered> {
  const idPrefix = idPrefixes();
  // Several inputs are compared object by object, and code explains every object.
  const alone = more.length === 0 && others.length === 0 && subject.sources === undefined;
  const extent: Extent = {
    interests: alone && purpose !== undefined ? interestsOf(purpose.controls) : undefined,
    digests: purpose?.digests ?? true,
  };
  const opened = (files: StackFiles, role: Role) => openStack(files, idPrefix(labelOf(files)), role, extent);
  const asked = [subject, ...more].map((files) => opened(files, "subject"));
  const beside = others.map((files) => opened(files, "either"));
  const open = await everyOne([...asked, ...beside]);
  return join(open.slice(0, asked.length), open.slice(asked.length));
}

/** The first of `asked` is the one whose plan is told of. */
async function join(asked: readonly OpenStack[], beside: readonly OpenStack[]): Promise<Gathered> {
  const { graph, notes: joining } = await joined(
    [...asked, ...beside].map(({ stack }) => stack),
    asked.length,
  );
  return {
    graph,
    notes: [...asked, ...beside].flatMap(({ notes }) => notes),
    joining,
    plan: asked[0]?.plan,
    waivers: asked.flatMap(({ waivers }) => waivers),
  };
}

function labelOf(files: StackFiles): string {
  if ("account" in files) return files.account.label;
  return files.plan?.label ?? files.sources?.tree.label ?? "";
}

/** A stack that is read. */
interface OpenStack {
  readonly stack: Stack;
  readonly notes: readonly Note[];
  readonly plan: PlanDocument | undefined;
  readonly waivers: readonly Waiver[];
}

type Role = "subject" | "either";

/** How much of the inputs is read. */
interface Extent {
  readonly interests: Interests | undefined;
  readonly digests: boolean;
}

function interestsOf(controls: readonly SelectedControl[]): Interests {
  const asked = new Set(controls.flatMap(({ policy }) => typesOf(policy.check)));
  return (type) => {
    const question = questionOf(type);
    if (question === "chain" || asked.has(type)) return "at-once";
    return question === "neighbour" ? "on-demand" : "spare";
  };
}

function typesOf(check: Policy["check"]): readonly string[] {
  switch (check.kind) {
    case "log-pattern-alarm":
      return [];
    case "resource-attribute":
      return check.joined === undefined ? [check.resource] : [check.resource, check.joined.resource];
    default:
      return check satisfies never;
  }
}

async function openStack(
  files: StackFiles,
  idPrefix: string,
  role: Role,
  extent: Extent,
): Promise<OpenStack> {
  if ("account" in files) return openAccount(files.account, idPrefix);
  const { plan, sources } = files;
  const code = sources === undefined ? undefined : await parseSources(sources);
  if (plan === undefined) {
    if (code === undefined) throw new Error("nothing to check was given");
    const waivers = role === "subject" ? await waiversIn(code, sources) : [];
    return { stack: code.stack(idPrefix), notes: [], plan: undefined, waivers };
  }
  const input = await openInput(plan, role, extent);
  const document = input.document.kind === "plan" ? input.document : undefined;
  const alone: OpenStack = {
    stack: stackOf(input, idPrefix),
    notes: document === undefined && role === "subject" ? [stateNote(plan)] : [],
    plan: document,
    waivers: [],
  };
  if (code === undefined) return alone;
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
    return { ...alone, notes: [...alone.notes, note] };
  }
  const explained = { ...input, sources: code.forPlan, locate: code.locate };
  const waivers = role === "subject" ? await waiversIn(code, sources) : [];
  return { ...alone, stack: stackOf(explained, idPrefix), waivers };
}

/** The reader of outputs is loaded for them alone. */
async function openAccount(files: AccountFiles, idPrefix: string): Promise<OpenStack> {
  const [{ readAccount }, { accountStack }] = await Promise.all([
    import("./input/account/read-account.ts"),
    import("./resolve/account-stack.ts"),
  ]);
  const document = await readAccount(files);
  const stack = accountStack(document, idPrefix);
  return { stack, notes: document.notes, plan: undefined, waivers: [] };
}

function stateNote({ label }: InputFile): Note {
  return { code: "state-is-checked", place: label, subject: label, detail: undefined };
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

async function openInput(
  { label, bytes }: InputFile,
  role: Role,
  { interests, digests }: Extent,
): Promise<GraphInput> {
  const source = bytes instanceof Uint8Array ? sourceOf(bytes) : bytes;
  // Loaded here, for it takes as long to load as a small plan to read, and most reports show no digest.
  const digest = digests ? process.getBuiltinModule("node:crypto").createHash("sha256") : undefined;
  const seen = digest === undefined ? source : watched(source, (chunk) => digest.update(chunk));
  const document = await openSource(seen, label, role, interests);
  return { document: readInput(document, label, role), sha256: digest?.digest("hex") };
}

function watched(source: ByteSource, see: (chunk: Uint8Array) => void): ByteSource {
  return {
    ...source,
    async *chunks(place) {
      for await (const chunk of source.chunks(place)) {
        see(chunk);
        yield chunk;
      }
    },
  };
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
