// Graph and controls in, findings out. Applies waivers, and says which waivers and assumptions did nothing.

import type { DeliverySettings } from "../model/delivery.ts";
import type { ControlSummary, Finding, Note, WaiverUse } from "../model/finding.ts";
import { matchesGlob } from "../model/glob.ts";
import type { Graph } from "../model/graph.ts";
import type { Assumption, SelectedControl, Waiver } from "../model/policy.ts";
import { aboutAccount } from "./about-account.ts";
import { type ChainWorld, createWorld } from "./chain/chain.ts";
import { CHECKS, type Found } from "./checks/index.ts";
import { withoutTokens } from "./evidence.ts";

export interface EvaluateInput {
  readonly graph: Graph;
  readonly controls: readonly SelectedControl[];
  readonly assumptions: readonly Assumption[];
  readonly waivers: readonly Waiver[];
  /** YYYY-MM-DD; waivers count up to and including their day. */
  readonly today: string;
  readonly acceptPending: boolean;
  /** Every break of the delivery counts when left out. */
  readonly delivery?: DeliverySettings;
}

export interface Evaluation {
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
}

/** Findings come in the order of the controls. Same input, same output. */
export function evaluate(input: EvaluateInput): Evaluation {
  const { graph, assumptions } = input;
  const world = createWorld(graph, input);
  const valid = input.waivers.filter((waiver) => waiver.expires >= input.today);
  const used = new Set<Waiver>();
  const findings = input.controls.map((control): Finding => {
    const found = checkControl(world, control);
    const waiver =
      found.verdict === "satisfied" ? undefined : valid.find((one) => accepts(one, control, found));
    if (waiver !== undefined) used.add(waiver);
    return {
      control: summaryOf(control),
      input: undefined,
      waiver: waiver === undefined ? undefined : useOf(waiver),
      complaints: [],
      ...found,
    };
  });
  return {
    findings,
    notes: [
      ...waiverNotes(input, used, findings),
      ...assumptions.filter((assumption) => !isUsed(assumption, findings)).map(unusedAssumption),
    ],
  };
}

function checkControl(world: ChainWorld, control: SelectedControl): Found {
  const found = CHECKS[control.policy.check.kind](world, control);
  const { causes, remarks } = found;
  return {
    ...found,
    causes: aboutAccount(causes, world.graph),
    remarks: aboutAccount(remarks, world.graph),
  };
}

function summaryOf({ policy, benchmark }: SelectedControl): ControlSummary {
  const { id, title, severity, rationale, remediation, sources } = policy;
  return { id, title, severity, rationale, remediation, benchmark, sources };
}

function accepts(waiver: Waiver, { policy }: SelectedControl, found: Pick<Finding, "causes">): boolean {
  if (!matchesGlob(waiver.control, policy.id)) return false;
  const { address } = waiver;
  if (address === undefined) return true;
  return found.causes.some(
    (cause) => cause.subject !== undefined && matchesGlob(address, cause.subject.address),
  );
}

function useOf({ reason, expires, place }: Waiver): WaiverUse {
  return { reason, expires, place };
}

function waiverNotes(
  input: EvaluateInput,
  used: ReadonlySet<Waiver>,
  findings: readonly Finding[],
): readonly Note[] {
  return input.waivers.flatMap((waiver): Note[] => {
    const { place, expires } = waiver;
    if (expires < input.today)
      return [{ code: "waiver-expired", place, subject: waiver.control, detail: expires }];
    if (used.has(waiver)) return [];
    // A waiver for a control that this run did not ask about is not stale.
    if (!findings.some((finding) => matchesGlob(waiver.control, finding.control.id))) return [];
    return [{ code: "waiver-unused", place, subject: waiver.control, detail: waiver.address }];
  });
}

function isUsed(assumption: Assumption, findings: readonly Finding[]): boolean {
  return findings.some((finding) =>
    finding.remarks.some(
      (remark) => remark.code === "assumption-used" && remark.reason === assumption.reason,
    ),
  );
}

function unusedAssumption(assumption: Assumption): Note {
  return {
    code: "assumption-unused",
    place: undefined,
    subject: subjectOf(assumption),
    detail: assumption.reason,
  };
}

function subjectOf(assumption: Assumption): string {
  switch (assumption.kind) {
    case "endpoint-confirmed":
      return withoutTokens(assumption.endpoint);
    case "topic-has-subscriber":
      return assumption.topic;
    case "log-group-fed":
      return assumption.logGroup;
    default:
      return assumption satisfies never;
  }
}
