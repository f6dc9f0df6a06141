// What is kept of the outputs of AWS commands: the objects of an account as they are now, by the names that Terraform
// gives their types and attributes, so that one evaluator serves plans and accounts.

import type { Note } from "./finding.ts";
import type { AwsScope } from "./graph.ts";
import type { JsonObject } from "./json.ts";
import type { UnknownOrigin } from "./value.ts";

export interface AccountDocument {
  readonly kind: "account";
  /** The name the user gave the input; unique among the inputs of a run. */
  readonly label: string;
  readonly objects: readonly AccountObject[];
  /** Listings that were not asked for, not answered or cut short. */
  readonly gaps: readonly AccountGap[];
  /** What was taken as given because no output speaks of it, and what could not be read. */
  readonly notes: readonly Note[];
}

export interface AccountObject {
  /** A resource type of the AWS provider. */
  readonly type: string;
  /** As reports speak of it: `trail main`; unique in the document. */
  readonly name: string;
  readonly scope: Omit<AwsScope, "provider">;
  readonly values: JsonObject;
  /** Attributes that some other command tells. */
  readonly unknown: ReadonlyMap<string, UnknownOrigin>;
  /** Why an attribute that is in neither is not known; `undefined`: it is not set. */
  readonly rest: UnknownOrigin | undefined;
}

/** More objects of a type than the listed ones may exist. */
export interface AccountGap {
  readonly type: string;
  readonly origin: UnknownOrigin;
}
