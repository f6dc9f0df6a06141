// The Terraform blocks that complete a chain. Mends one cause after the other and asks again after each round, so that
// only what is missing is proposed and what is proposed has been held against the control itself.

import type { Finding, Verdict } from "../model/finding.ts";
import type { Graph } from "../model/graph.ts";
import type { GraphView } from "../model/graph-view.ts";
import type { SelectedControl } from "../model/policy.ts";
import { createDraft, type Draft } from "./draft.ts";
import { commentText } from "./hcl-text.ts";
import type { ModuleInterface } from "./interfaces.ts";
import { type Naming, namingFor } from "./naming.ts";
import { printSuggestion, type SuggestedBlock, suggestedBlocks } from "./print.ts";
import { repair } from "./repairs/index.ts";
import type { Protocol } from "./repairs/repair.ts";

export interface SuggestInput {
  readonly graph: Graph;
  readonly control: SelectedControl;
  /** The control's answer on a graph, and the chain as it is drawn. */
  readonly judge: (graph: Graph) => Judged;
  /** Of the first input's modules; empty when the configuration is not there. */
  readonly interfaces: readonly ModuleInterface[];
  readonly naming?: Partial<Naming>;
  /** How a new subscription tells people. */
  readonly protocol?: Protocol;
}

export interface Judged {
  readonly finding: Pick<Finding, "verdict" | "causes">;
  readonly view: GraphView;
}

export interface Suggestion {
  /** All blocks with their comments; empty when there is nothing to do, or nothing that blocks can do. */
  readonly text: string;
  readonly blocks: readonly SuggestedBlock[];
  /** For the reader, beside the blocks; harmless to print. */
  readonly notes: readonly string[];
  /** The control's verdict with the suggestion in place. */
  readonly verdict: Verdict;
}

/** Every round mends at least one cause; a chain has no more than a dozen places to break. */
const MOST_ROUNDS = 24;

/** Cost: one judgement of the graph per round. Same input, same suggestion. */
export function suggest(input: SuggestInput): Suggestion {
  const { graph, judge } = input;
  const draft = createDraft(graph, input.interfaces);
  const mended = new Set<string>();
  let judged = judge(graph);
  for (let round = 0; round < MOST_ROUNDS && judged.finding.verdict !== "satisfied"; round += 1) {
    const before = draft.parts();
    mend(judged, input, draft, mended);
    if (sameParts(before, draft.parts())) break;
    judged = judge(draft.graph());
  }
  if (judged.finding.verdict !== "satisfied") noteRest(judged, draft);
  const blocks = suggestedBlocks(draft.parts(), graph.inputs[0]?.label ?? "");
  noteModules(blocks, draft);
  return {
    text: printSuggestion(blocks),
    blocks,
    notes: draft.notes().map(commentText),
    verdict: judged.finding.verdict,
  };
}

/** Every cause is mended once: one that comes back is not for blocks to mend. */
function mend({ finding, view }: Judged, input: SuggestInput, draft: Draft, mended: Set<string>): void {
  const { control, protocol = "sqs" } = input;
  const naming = namingFor(control.policy.id, input.naming ?? {});
  const { title } = control.policy;
  const workshop = { draft, view, naming, pattern: control.patterns[0], protocol, title };
  for (const cause of finding.causes) {
    const attribute = "attribute" in cause ? cause.attribute : "";
    const how = "how" in cause ? cause.how : "";
    const key = JSON.stringify([cause.code, cause.subject?.address, attribute, how]);
    if (mended.has(key)) continue;
    mended.add(key);
    repair(cause, control.policy.check, workshop);
  }
}

function sameParts(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((part, position) => part === after[position]);
}

function noteRest({ finding }: Judged, draft: Draft): void {
  const codes = [...new Set(finding.causes.map(({ code }) => code))].join(", ");
  draft.note(`With these blocks the control is still ${finding.verdict}: ${codes}.`);
}

function noteModules(blocks: readonly SuggestedBlock[], draft: Draft): void {
  const modules = [...new Set(blocks.map(({ module }) => module))].filter((module) => module !== "");
  for (const module of modules) {
    draft.note(`What is said for ${module} goes into that module's own code, if it is yours to change.`);
  }
}
