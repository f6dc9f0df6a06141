// The words of a graph view, the same in every form it is drawn in.

import type { Cause, ChainLink } from "../../model/finding.ts";
import type { ViewKind, ViewMeaning } from "../../model/graph-view.ts";
import type { Tri } from "../../model/value.ts";
import { tellCause } from "../words.ts";

export const KIND_LABELS: Readonly<Record<ViewKind, string>> = {
  trail: "trail",
  "log-group": "log group",
  filter: "filter",
  metric: "metric",
  alarm: "alarm",
  "composite-alarm": "composite alarm",
  topic: "topic",
  subscription: "subscription",
  other: "other target",
};

export const MEANING_LABELS: Readonly<Record<ViewMeaning, string>> = {
  delivers: "delivers to",
  feeds: "feeds",
  emits: "emits",
  "is-watched": "is watched by",
  "is-part-of": "is part of",
  notifies: "notifies",
  reaches: "reaches",
};

/** A joint's answer in the words of the chain. */
export const STATE_LABELS: Readonly<Record<Tri, Exclude<ChainLink["state"], "not-reached">>> = {
  yes: "holds",
  no: "breaks",
  maybe: "unknown",
};

export function sentenceOf(cause: Cause): string {
  return `${tellCause(cause).sentence} [${cause.code}]`;
}
