// Documents to a graph, for tests that ask one room alone; what src/check.ts does for a run.

import type { Graph } from "../../src/model/graph.ts";
import { type GraphInput, idPrefixes, stackOf } from "../../src/resolve/build-graph.ts";
import { joinStacks } from "../../src/resolve/join-stacks.ts";

/** The objects of all inputs after apply, as one world; the first one is asked about. */
export function buildGraph(inputs: readonly GraphInput[]): Graph {
  const idPrefix = idPrefixes();
  return joinStacks(inputs.map((input) => stackOf(input, idPrefix(input.document.label)))).graph;
}
