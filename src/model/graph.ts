// The resources as they will be after apply, with every value resolved as far as the inputs allow.
// Checks read this and nothing else; it does not know where a value came from (plan, state or HCL).

import type { Address } from "./address.ts";
import type { SourceLocation } from "./source.ts";
import type { UnknownOrigin, Value } from "./value.ts";

/** Where in AWS an object lives; `undefined` parts are not known. */
export interface AwsScope {
  readonly partition: string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** Same key: same provider configuration, so same account and region even when both are unknown. */
  readonly provider: string;
}

export interface ResourceInstance {
  /** Unique in the graph. The printed address, preceded by the input's label when it is not the first input. */
  readonly id: string;
  readonly address: Address;
  /** The address as the report prints it. */
  readonly name: string;
  /** Label of the input that holds it. */
  readonly input: string;
  /** "maybe": forgotten or deferred by the plan, or its count is not known. */
  readonly exists: "yes" | "maybe";
  /** Why `exists` is "maybe". */
  readonly doubt: ExistenceDoubt | undefined;
  /** Created or replaced by the plan: a new object in AWS, nothing confirmed about it yet. */
  readonly fresh: boolean;
  readonly scope: AwsScope;
  readonly location: SourceLocation | undefined;
  /** The resolved value of a top-level attribute; `UNSET` for one that is not there. */
  read(attribute: string): Value;
}

export type ExistenceDoubt =
  | "forgotten"
  | "deferred"
  | "action-not-known"
  | "count-not-known"
  | "inputs-differ";

/** An object that the plan removes, for saying so. */
export interface GoneResource {
  readonly address: Address;
  readonly name: string;
  readonly how: "destroyed" | "forgotten";
  readonly location: SourceLocation | undefined;
}

/** Why more objects than the listed ones may exist after apply. */
export interface Gap {
  readonly origin: UnknownOrigin;
  /** Resource types that may hide behind it; `undefined`: any. */
  readonly types: readonly string[] | undefined;
  readonly location: SourceLocation | undefined;
}

export interface Graph {
  /** What was read, in the order given. */
  readonly inputs: readonly InputSummary[];
  /** Managed objects of a type that exist, or may exist, after apply; in address order. */
  resources(type: string): readonly ResourceInstance[];
  /** Data sources of a type. */
  data(type: string): readonly ResourceInstance[];
  byId(id: string): ResourceInstance | undefined;
  /** Every managed object of any type, in address order; for checks that pick types by pattern and for `tfcheck graph`. */
  everything(): readonly ResourceInstance[];
  /** Objects of a type that the inputs held before and the plan removes. */
  gone(type: string): readonly GoneResource[];
  /** Empty when the inputs list every object of the type that they manage. */
  gaps(type: string): readonly Gap[];
  /** Blocks of a type that are written in the configuration but have no instance (count = 0, left out by -target). */
  withoutInstance(type: string): readonly string[];
  /** Accounts in which the checked inputs are known to work; left out where nothing stands beside them. */
  askedAccounts?(): readonly string[];
}

export interface InputSummary {
  readonly label: string;
  readonly kind: "plan" | "state" | "sources" | "account";
  readonly formatVersion: string | undefined;
  readonly terraformVersion: string | undefined;
  /** What the plan does as a whole; "normal" for states and sources too. */
  readonly mode: "normal" | "refresh-only" | "destroy" | "partial";
  /** Hex digest of the bytes read; `undefined` for a directory. */
  readonly sha256: string | undefined;
}
