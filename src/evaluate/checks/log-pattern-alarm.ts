// trail → log group → filter → metric → alarm → topic → subscriber, for the events that a pattern describes.

import type { Remark } from "../../model/finding.ts";
import type { Graph } from "../../model/graph.ts";
import type { SelectedControl } from "../../model/policy.ts";
import { type ChainWorld, checkChain } from "../chain/chain.ts";
import { requirementOf } from "../chain/coverage.ts";
import type { Found } from "./index.ts";

export function checkLogPatternAlarm(world: ChainWorld, control: SelectedControl): Found {
  const answer = checkChain(world, requirementOf(control));
  return { ...answer, remarks: [...answer.remarks, ...planRemarks(world.graph)] };
}

/** What a reader should know about a plan that does not say everything. */
function planRemarks(graph: Graph): readonly Remark[] {
  return graph.inputs.flatMap((input): Remark[] =>
    input.mode === "normal"
      ? []
      : [
          {
            code: "partial-plan",
            subject: { address: input.label, location: undefined, input: input.label },
            evidence: [],
            mode: input.mode,
          },
        ],
  );
}
