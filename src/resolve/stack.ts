// One input as joining it to others sees it: its graph, what its objects were before, and what it gives to others.

import type { Graph, InputSummary, ResourceInstance } from "../model/graph.ts";
import type { Json } from "../model/json.ts";
import type { Value } from "../model/value.ts";

export interface Stack {
  readonly label: string;
  readonly kind: InputSummary["kind"];
  readonly graph: Graph;
  /** Every managed object that stands after apply, and every one that the input knows to have stood before. */
  readonly records: () => readonly StackRecord[];
  /** What terraform_remote_state reads; `undefined`: there is no such output. */
  readonly output: (name: string) => Value | undefined;
  /** Where the state is kept, as far as the code says. */
  readonly backend?: StateBackend | undefined;
  /** What all states of one stack have in common. */
  readonly lineage?: string | undefined;
  /** Higher is later. */
  readonly serial?: number | undefined;
}

/** Whether a single input asks nothing of others, so that there is nothing to join. */
export function standsAlone({ graph }: Stack): boolean {
  return graph.data("aws_ssm_parameter").length === 0;
}

export interface StackRecord {
  readonly type: string;
  /** The printed address, and the one before a `moved` block renamed the object. */
  readonly addresses: readonly string[];
  /** `undefined`: destroyed. */
  readonly instance: ResourceInstance | undefined;
  /** Raw values before apply; `undefined`: the input knows of no such object. */
  readonly before: Json | undefined;
  /** Raw values after apply, as far as they are known. */
  readonly after: Json | undefined;
}

/** A `backend` block, or the same as `terraform_remote_state` writes it. */
export interface StateBackend {
  /** `s3`, `local`, … */
  readonly type: string;
  /** Arguments that are known strings. */
  readonly settings: ReadonlyMap<string, string>;
}
