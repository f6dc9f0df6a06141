// The door to configuration: by itself as a graph, or beside its plan.

import type { Address } from "../../model/address.ts";
import type { CommentedBlock } from "../../model/configuration.ts";
import type { ModuleConfiguration } from "../../model/plan.ts";
import type { SourceLocation } from "../../model/source.ts";
import type { Stack } from "../stack.ts";
import { commentedBlocks } from "./commented-blocks.ts";
import { createPlanSources, locateObject, type PlanSources, type PlanView } from "./explain-plan.ts";
import { missingFromSources } from "./match-plan.ts";
import { createObjects } from "./objects.ts";
import { prepareSources, type SourcesInput, worldOf } from "./prepare-sources.ts";
import { stackOfSources } from "./source-stack.ts";

export interface ConfigurationSources {
  /**
   * The configuration without a plan; `idPrefix` sets its ids apart from those of other inputs. Throws InputError
   * where it multiplies beyond reason.
   */
  stack(idPrefix: string): Stack;
  /** What it says beside its plan; fits `GraphInput.sources`. */
  forPlan(view: PlanView): PlanSources;
  /** Resources with comments above them. */
  readonly comments: readonly CommentedBlock[];
  /** Fits `GraphInput.locate`. */
  locate(address: Address): SourceLocation | undefined;
  /** Names of the plan's configuration that the files do not have; empty where they can be the plan's. */
  missing(configuration: ModuleConfiguration): readonly string[];
}

/** Throws InputError for configuration that cannot be used. */
export async function readSources(input: SourcesInput): Promise<ConfigurationSources> {
  const sources = await prepareSources(input);
  const { label } = input.tree;
  return {
    stack: (idPrefix) => stackOfSources(createObjects({ world: worldOf(sources), label, idPrefix }), label),
    forPlan: (view) => createPlanSources(sources, view),
    comments: commentedBlocks(sources.root),
    locate: (address) => locateObject(sources.root, address),
    missing: (configuration) => missingFromSources(configuration, sources.root),
  };
}
