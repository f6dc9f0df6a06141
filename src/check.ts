// The whole tool without effects: bytes and controls in, report out. Same input, same report.
// Reads no files, no clock and no environment; src/cli does.

import { createHash } from "node:crypto";
import { evaluate } from "./evaluate/evaluate.ts";
import { decode } from "./input/decode.ts";
import { parseInput } from "./input/parse-input.ts";
import { parsePlan } from "./input/plan.ts";
import type { Report } from "./model/finding.ts";
import type { Assumption, SelectedControl, Waiver } from "./model/policy.ts";
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
  readonly controls: readonly SelectedControl[];
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
  const graph = buildGraph([
    await readInput(input.plan, parsePlan),
    ...(await Promise.all(input.others.map((file) => readInput(file, parseInput)))),
  ]);
  const { controls, assumptions, waivers, today, acceptPending } = input;
  const { findings, notes } = evaluate({ graph, controls, assumptions, waivers, today, acceptPending });
  return { tool: { name: "tfcheck", version: input.version }, inputs: graph.inputs, findings, notes };
}

async function readInput(
  { label, bytes }: InputFile,
  parse: (text: string, label: string) => GraphInput["document"],
): Promise<GraphInput> {
  const document = parse(await decode(bytes, label, parse === parsePlan ? "plan" : "either"), label);
  return { document, sha256: createHash("sha256").update(bytes).digest("hex") };
}
