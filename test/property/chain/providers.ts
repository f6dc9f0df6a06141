// The provider configurations of a small world: one for each place.

import type { Site } from "../../reference/small-world.ts";
import type { Block } from "./placing.ts";

export function sitesOf(blocks: readonly Block[]): readonly Site[] {
  return [...new Set(blocks.map(({ site }) => site))];
}

/** The first place has the default provider. */
export function providerKey(position: number): string {
  return position === 0 ? "aws" : `aws.place${position}`;
}
