// The inputs as one world, where there are several; most runs have a single one, and load nothing for this.

import type { JoinedStacks } from "./join-stacks.ts";
import { type Stack, standsAlone } from "./stack.ts";

/** See `joinStacks`, which takes the arithmetic of the Terraform language along. */
export async function joined(stacks: readonly Stack[], asked: number): Promise<JoinedStacks> {
  const [only, ...more] = stacks;
  if (only !== undefined && more.length === 0 && standsAlone(only))
    return { graph: only.graph, notes: () => [] };
  const { joinStacks } = await import("./join-stacks.ts");
  return joinStacks(stacks, asked);
}
