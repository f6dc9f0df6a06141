// What every repair gets to work with. A repair mends one cause and nothing else; what it leaves broken comes up as
// the next cause.

import type { Cause, CauseCode, Place } from "../../model/finding.ts";
import type { ResourceInstance } from "../../model/graph.ts";
import type { GraphView } from "../../model/graph-view.ts";
import type { Draft } from "../draft.ts";
import type { Naming } from "../naming.ts";

export interface Workshop {
  readonly draft: Draft;
  /** The chain as the draft leaves it. */
  readonly view: GraphView;
  readonly naming: Naming;
  /** The published text that the control asks for; `undefined` for a control without one. */
  readonly pattern: string | undefined;
  readonly protocol: Protocol;
  /** What the control asks, in one sentence. */
  readonly title: string;
}

export const FILTER = "aws_cloudwatch_log_metric_filter";
export const ALARM = "aws_cloudwatch_metric_alarm";

/** How people are told by a new subscription. Only the first two need nobody to confirm. */
export const PROTOCOLS = ["sqs", "https", "email"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export type CauseOf<Code extends CauseCode> = Extract<Cause, { readonly code: Code }>;

/** Proposes parts or notes; proposes nothing where no block of Terraform mends the cause. */
export type Repair<Code extends CauseCode> = (cause: CauseOf<Code>, workshop: Workshop) => void;

/** The first object of a type that the cause rests on, its subject before its evidence. */
export function concerned(cause: Cause, type: string, { draft }: Workshop): ResourceInstance | undefined {
  const places: readonly (Place | undefined)[] = [cause.subject, ...cause.evidence.map(({ place }) => place)];
  for (const place of places) {
    const instance = draft.find(place);
    if (instance?.address.type === type) return instance;
  }
  return undefined;
}

/** Sets one argument of the cause's subject. */
export function setOnSubject(
  cause: Cause,
  { draft }: Workshop,
  name: string,
  value: string | number | boolean,
  remark?: string,
): void {
  const instance = draft.find(cause.subject);
  if (instance === undefined) return;
  const set = [{ name, value: { kind: "literal" as const, value } }];
  draft.change(instance, remark === undefined ? { set } : { set, remark });
}
