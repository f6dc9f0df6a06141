// The closed vocabulary of checks. To know what tfcheck can ask, read this list.

import type { Finding } from "../../model/finding.ts";
import type { CheckParameters, SelectedControl } from "../../model/policy.ts";
import type { ChainWorld } from "../chain/chain.ts";
import { checkLogPatternAlarm } from "./log-pattern-alarm.ts";
import { checkResourceAttribute } from "./resource-attribute.ts";

/** What a check finds; the rest of a finding is the same for all. */
export type Found = Pick<Finding, "verdict" | "link" | "causes" | "chain" | "remarks">;

export type Check = (world: ChainWorld, control: SelectedControl) => Found;

export const CHECKS: Readonly<Record<CheckParameters["kind"], Check>> = {
  "log-pattern-alarm": checkLogPatternAlarm,
  "resource-attribute": checkResourceAttribute,
};
