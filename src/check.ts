// The whole tool without effects: bytes and policies in, report out. Same input, same report.
// Reads no files, no clock and no environment; src/cli does.

import { createHash } from "node:crypto";
import { evaluate } from "./evaluate/evaluate.ts";
import { decode } from "./input/decode.ts";
import { parseInput } from "./input/parse-input.ts";
import { parsePlan } from "./input/plan.ts";
import { type Selection, selectControls } from "./input/select-controls.ts";
import type { Report } from "./model/finding.ts";
import type { Assumption, Policy, Waiver } from "./model/policy.ts";
import { InputError, type InputProblem } from "./model/problem.ts";
import { buildGraph, type GraphInput } from "./resolve/build-graph.ts";

/** A file as it was read; `label` is how the report speaks of it. Labels of one run differ. */
export interface InputFile {
  readonly label: string;
  readonly bytes: Uint8Array;
}

export interface CheckInput {
  /** `terraform show -json` of a plan. */
  readonly plan: InputFile;
  /** Plans and states of other configurations that manage the rest of the chain. */
  readonly others: readonly InputFile[];
  readonly policies: readonly Policy[];
  /** Which of the policies are asked. */
  readonly selection: Selection;
  readonly assumptions: readonly Assumption[];
  readonly waivers: readonly Waiver[];
  /** Take subscriptions that wait for a person to confirm them as confirmed; the report says where. */
  readonly acceptPending: boolean;
  /** YYYY-MM-DD, for waivers that end. */
  readonly today: string;
  /** Of tfcheck itself, for the report. */
  readonly version: string;
}

/** Throws InputError for an input that cannot be used; everything else is in the report. */
export async function check(input: CheckInput): Promise<Report> {
  const controls = selectControls(input.policies, input.selection);
  const graph = buildGraph([
    await readInput(input.plan, "plan"),
    ...(await Promise.all(input.others.map((file) => readInput(file, "either")))),
  ]);
  const { assumptions, waivers, today, acceptPending } = input;
  const { findings, notes } = evaluate({ graph, controls, assumptions, waivers, today, acceptPending });
  return { tool: { name: "tfcheck", version: input.version }, inputs: graph.inputs, findings, notes };
}

async function readInput({ label, bytes }: InputFile, wanted: "plan" | "either"): Promise<GraphInput> {
  const text = await decode(bytes, label, wanted);
  const document = wanted === "plan" ? parsePlan(text, label) : parseInput(text, label);
  return { document, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** A policy file of the user's. */
export interface PolicyFile {
  readonly file: string;
  readonly text: string;
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
