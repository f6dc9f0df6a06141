// One piece of a suggestion: a block to add, arguments to set in a block that is there, or a block to take out.

import type { Address, ModuleStep } from "../model/address.ts";
import type { AwsScope, ResourceInstance } from "../model/graph.ts";
import type { Argument, Block } from "./block.ts";

/** Where a block stands or is to stand. */
export interface Home {
  readonly module: readonly ModuleStep[];
  /** Label of the input whose configuration it is. */
  readonly input: string;
  /** What ids of that input's objects begin with. */
  readonly idPrefix: string;
  readonly scope: AwsScope;
}

export interface AddedBlock {
  readonly kind: "add";
  readonly home: Home;
  readonly block: Block;
  /** `undefined` for variables and outputs. */
  readonly address: Address | undefined;
  /** Said above the block. */
  readonly remarks: readonly string[];
}

export interface ChangedBlock {
  readonly kind: "change";
  readonly home: Home;
  /** `["resource", "aws_sns_topic", "alerts"]` or `["module", "notify"]`. */
  readonly header: readonly [type: string, ...labels: string[]];
  /** `undefined` for a module call. */
  readonly instance: ResourceInstance | undefined;
  readonly set: readonly Argument[];
  /** Blocks that take the place of the present ones of their type. */
  readonly replace: readonly Block[];
  /** Blocks that stand beside the present ones of their type. */
  readonly append: readonly Block[];
  /** Arguments and block types to take out. */
  readonly remove: readonly string[];
  readonly remarks: readonly string[];
}

export interface RemovedBlock {
  readonly kind: "remove";
  readonly home: Home;
  readonly instance: ResourceInstance;
  readonly remarks: readonly string[];
}

export type Part = AddedBlock | ChangedBlock | RemovedBlock;

export function homeOf(instance: ResourceInstance): Home {
  const { address, input, id, name, scope } = instance;
  return { module: address.module, input, idPrefix: id.slice(0, id.length - name.length), scope };
}
