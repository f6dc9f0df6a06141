// What tfcheck keeps of `terraform show -json` and `tofu show -json`, for plans and for states.
// Expressions stay raw JSON here; src/resolve interprets the few that matter.

import type { Address } from "./address.ts";
import type { Json, JsonObject } from "./json.ts";

/** One plan: what was (prior), what will change, and the configuration behind it. */
export interface PlanDocument {
  readonly kind: "plan";
  /** The name the user gave the input, for evidence; unique among the inputs of a run. */
  readonly label: string;
  readonly formatVersion: string;
  readonly terraformVersion: string | undefined;
  /** `undefined`: the key is missing, as in a refresh-only plan. Deposed objects are left out. */
  readonly changes: readonly ResourceChange[] | undefined;
  /** Changes Terraform put off to a later plan; this plan does not apply them. */
  readonly deferred: readonly ResourceChange[];
  readonly prior: readonly StateResource[];
  /** Root module variables with their values, defaults included. */
  readonly variables: ReadonlyMap<string, Json>;
  readonly configuration: ModuleConfiguration | undefined;
  /** Of the root module, after apply. */
  readonly outputs: ReadonlyMap<string, OutputValue>;
  /** By `provider_config_key`. */
  readonly providers: ReadonlyMap<string, ProviderConfiguration>;
  /** `false` where Terraform says the plan leaves something out (-target, deferrals); OpenTofu never says. */
  readonly complete: boolean | undefined;
  /** `undefined`: everything was read. */
  readonly aside: SetAside | undefined;
}

/** One state: everything in it is known and nothing changes. */
export interface StateDocument {
  readonly kind: "state";
  readonly label: string;
  readonly formatVersion: string;
  readonly terraformVersion: string | undefined;
  readonly resources: readonly StateResource[];
  /** Of the root module. */
  readonly outputs: ReadonlyMap<string, OutputValue>;
  /** What all states of one stack have in common; only state files tell. */
  readonly lineage?: string;
  /** Higher is later, among states of one lineage. */
  readonly serial?: number;
  readonly aside: SetAside | undefined;
}

/**
 * The entries of a plan or state that were not read with the rest. None of them is in the lists of the document, and
 * what is known of all of them together stands here.
 */
export interface SetAside {
  /** Whether all objects of the type are read or to be had here; of a large plan from a pipe, some are left out. */
  covers(type: string): boolean;
  /** Types that have entries here, data sources as `data.aws_region`. */
  readonly types: readonly string[];
  /**
   * The entries of a type, or of one block of it, such as `module.a.aws_sqs_queue.b` without keys; of a block others
   * may come along. Read anew each time. Throws InputError where they cannot be used.
   */
  entries(type: string, block?: string): SetAsideEntries;
  /** The configuration of one block; `undefined`: it is not here. */
  configured(type: string, block: string): ResourceConfiguration | undefined;
  /** Addresses that objects had before they were moved. */
  readonly movedFrom: readonly string[];
  /** Module instances that hold any of the objects after apply, as `module.a["x"]`; empty for the root module. */
  readonly modules: readonly string[];
  /** ARNs that say where the objects of a provider configuration are, cut off behind the account. */
  readonly arns: ReadonlyMap<string, readonly string[]>;
  readonly managed: {
    readonly changes: number;
    readonly destroyed: number;
    readonly before: number;
    /** One that was there before and has no change. */
    readonly untouched: boolean;
  };
}

export interface SetAsideEntries {
  readonly changes: readonly ResourceChange[];
  readonly objects: readonly StateResource[];
}

/** An output as raw JSON; unknown parts are missing from `value` and `true` in `unknown`. */
export interface OutputValue {
  readonly value: Json;
  readonly unknown: Json;
  readonly sensitive: Json;
}

export interface ResourceChange {
  readonly address: Address;
  /** Set when a `moved` block renamed the object. */
  readonly previousAddress: string | undefined;
  /** As in the plan: ["no-op"], ["delete", "create"], … and any verb not known today. */
  readonly actions: readonly string[];
  readonly before: Json;
  /** Same shape as `before`, `true` where the value is sensitive. */
  readonly beforeSensitive: Json;
  readonly after: Json;
  /** Same shape as `after`, `true` where the value is known only after apply. */
  readonly afterUnknown: Json;
  /** Same shape as `after`, `true` where the value is sensitive. */
  readonly afterSensitive: Json;
}

export interface StateResource {
  readonly address: Address;
  readonly values: JsonObject;
  readonly sensitive: Json;
  /** `module.a:aws.eu`; only state files tell. */
  readonly providerKey?: string;
}

/** A module of the plan's `configuration`; child modules hang under their calls. */
export interface ModuleConfiguration {
  /** By config address in the module: `aws_sns_topic.a`, `data.aws_region.b`. */
  readonly resources: ReadonlyMap<string, ResourceConfiguration>;
  readonly calls: ReadonlyMap<string, ModuleCall>;
  readonly outputs: ReadonlyMap<string, OutputConfiguration>;
  readonly variables: ReadonlyMap<string, VariableConfiguration>;
}

export interface ResourceConfiguration {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly providerKey: string;
  readonly expressions: JsonObject;
  /** `undefined` proves nothing: `for_each = toset([...])` is not written to the plan. */
  readonly count: Json | undefined;
  readonly forEach: Json | undefined;
}

export interface ModuleCall {
  readonly source: string;
  readonly expressions: JsonObject;
  readonly count: Json | undefined;
  readonly forEach: Json | undefined;
  readonly module: ModuleConfiguration;
}

export interface OutputConfiguration {
  readonly expression: Json;
  readonly sensitive: boolean;
}

export interface VariableConfiguration {
  /** `undefined`: no default. */
  readonly default: Json | undefined;
  readonly sensitive: boolean;
}

export interface ProviderConfiguration {
  /** `aws`. */
  readonly name: string;
  readonly expressions: JsonObject;
}
