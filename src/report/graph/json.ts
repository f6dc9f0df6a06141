// A graph view as JSON, for programs that draw or query it themselves.

import type { Cause, Evidence, Place } from "../../model/finding.ts";
import type { GraphView } from "../../model/graph-view.ts";
import { inJson } from "../escape.ts";
import { showValue } from "../show-value.ts";
import { tellCause } from "../words.ts";
import { STATE_LABELS } from "./labels.ts";

/** Changes when a key goes away or changes its meaning. */
const SCHEMA_VERSION = 1;

export function graphAsJson(view: GraphView): string {
  const data = {
    schema_version: SCHEMA_VERSION,
    nodes: view.nodes.map(({ id, kind, title, managed, place, state, why, facts }) => ({
      id,
      kind,
      title,
      managed,
      place: place === undefined ? null : placeData(place),
      state: STATE_LABELS[state],
      why: why.map(causeData),
      facts: facts.map(factData),
    })),
    edges: view.edges.map(({ from, to, means, state, why }) => ({
      from,
      to,
      means,
      state: STATE_LABELS[state],
      why: why.map(causeData),
    })),
    apart: view.apart.map(placeData),
  };
  return `${inJson(JSON.stringify(data, null, 2))}\n`;
}

function placeData({ address, location, input }: Place) {
  return { address, location: location ?? null, input: input ?? null };
}

function causeData(cause: Cause) {
  const { sentence, help } = tellCause(cause);
  return { code: cause.code, message: sentence, help: help ?? null };
}

function factData({ attribute, value }: Evidence) {
  return { attribute: attribute ?? null, value: value === undefined ? null : showValue(value) };
}
