// The default control judged on a graph built by hand.

import {
  type ChainAnswer,
  type ChainOptions,
  checkChain,
  createWorld,
} from "../../src/evaluate/chain/chain.ts";
import { requirementOf } from "../../src/evaluate/chain/coverage.ts";
import type { SelectedControl } from "../../src/model/policy.ts";
import { graphOf, PATTERN, type Resources, type WorldParts } from "./world.ts";

export const CONTROL: SelectedControl = {
  policy: {
    id: "aws-unauthorized-api-calls-alarm",
    title: "Unauthorized API calls raise an alarm",
    severity: "medium",
    rationale: "",
    remediation: "",
    benchmarks: [],
    identifiers: new Map(),
    sources: [],
    deprecated: undefined,
    check: { kind: "log-pattern-alarm", pattern: PATTERN },
  },
  benchmark: undefined,
  patterns: [PATTERN],
};

export function judge(resources: Resources, options: Partial<ChainOptions> & WorldParts = {}): ChainAnswer {
  const world = createWorld(graphOf(resources, options), {
    acceptPending: false,
    assumptions: [],
    ...options,
  });
  return checkChain(world, requirementOf(CONTROL));
}
