// What tfcheck sees of the chain in its inputs, as a picture in data: objects, and how each one leads to the next.
// Made by src/evaluate/view.ts, drawn by src/report/graph; says nothing of verdicts.

import type { Cause, Evidence, Place } from "./finding.ts";
import type { Tri } from "./value.ts";

/** Kinds of things on the way of an event; "other" is what an alarm tells that is no topic. */
export const VIEW_KINDS = [
  "trail",
  "log-group",
  "filter",
  "metric",
  "alarm",
  "composite-alarm",
  "topic",
  "subscription",
  "other",
] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

export interface ViewNode {
  /** Unique in the view. */
  readonly id: string;
  readonly kind: ViewKind;
  /** A Terraform address, a name or ARN of something outside the inputs, or a metric's namespace and name. */
  readonly title: string;
  /** "nothing": the inputs do not say which object it is. */
  readonly managed: "here" | "outside" | "nothing";
  /** `undefined` for metrics, which no resource stands for. */
  readonly place: Place | undefined;
  /** Whether the object by itself does what the chain needs of it. */
  readonly state: Tri;
  /** Why `state` is not "yes". */
  readonly why: readonly Cause[];
  /** What there is to know of it at a glance: a pattern, an endpoint. */
  readonly facts: readonly Evidence[];
}

/** How an event gets from one object to the next. */
export type ViewMeaning =
  | "delivers"
  | "feeds"
  | "emits"
  | "is-watched"
  | "is-part-of"
  | "notifies"
  | "reaches";

export interface ViewEdge {
  readonly from: string;
  readonly to: string;
  readonly means: ViewMeaning;
  readonly state: Tri;
  /** Why `state` is not "yes". */
  readonly why: readonly Cause[];
}

/** Edges go the way of the event. Nodes stand in the order of the chain, then in address order. */
export interface GraphView {
  readonly nodes: readonly ViewNode[];
  readonly edges: readonly ViewEdge[];
  /** Objects of the chain's types that are joined to nothing. */
  readonly apart: readonly Place[];
}
