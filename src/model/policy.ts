// A control as a file: what it asks, under which benchmark numbers, and with which check.

export type Severity = "low" | "medium" | "high" | "critical";

export interface Policy {
  /** Equals the file name. Says what the control demands, never where a benchmark prints it. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly rationale: string;
  readonly remediation: string;
  readonly benchmarks: readonly BenchmarkEntry[];
  /** Other registers' names for it, such as `cce` or `security-hub`. */
  readonly identifiers: ReadonlyMap<string, string>;
  readonly sources: readonly string[];
  /** Why it is retired; `undefined` for one in use. */
  readonly deprecated: string | undefined;
  readonly check: CheckParameters;
  /**
   * By a text that patterns are asked to cover: the texts of which it is known that they cover it, and go off on nothing
   * else. Found once, when tfcheck is built; without it, as for a policy of the user, the same is found when asked.
   */
  readonly proven?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** One benchmark version's number for the control and, for pattern controls, its own texts. */
export interface BenchmarkEntry {
  readonly name: string;
  readonly version: string;
  readonly number: string;
  /** The texts this version prints, exactly; empty where the check has none. The first is the one it asks for. */
  readonly patterns: readonly string[];
}

/** The closed vocabulary of checks with their parameters. */
export type CheckParameters = LogPatternAlarm | ResourceAttribute;

export interface LogPatternAlarm {
  readonly kind: "log-pattern-alarm";
  /** The weakest text that any published version asks for; parsed when the policy is loaded. */
  readonly pattern: string;
}

/** One attribute of one resource type. */
export interface ResourceAttribute {
  readonly kind: "resource-attribute";
  readonly resource: string;
  /** JSONPath without filters, relative to the resource, such as `$.kms_key_id`. */
  readonly path: string;
  /** The path taken apart when the policy is loaded. */
  readonly steps: readonly PathStep[];
  readonly operator: AttributeOperator;
  /** Whether every instance of the type has to meet it or one is enough. */
  readonly quantifier: "all" | "any";
  /** What an argument that is not set counts as: the provider's default; `undefined`: it meets nothing. */
  readonly whenUnset: string | number | boolean | undefined;
  /** Only instances that this attribute of another type leads to; `undefined`: all of the type. */
  readonly joined: Join | undefined;
}

export interface Join {
  readonly resource: string;
  readonly path: string;
  readonly steps: readonly PathStep[];
}

/** A name or position, or every element and field there is. */
export type PathStep = { readonly kind: "step"; readonly step: string | number } | { readonly kind: "every" };

/** `matches` takes the regular expressions of filter patterns (no groups), which cannot be made slow. */
export type AttributeOperator =
  | { readonly name: "equals"; readonly value: string | number | boolean }
  | { readonly name: "in"; readonly values: readonly (string | number | boolean)[] }
  | { readonly name: "matches"; readonly pattern: string }
  | { readonly name: "exists"; readonly value: boolean }
  | { readonly name: "at-least"; readonly value: number }
  | { readonly name: "at-most"; readonly value: number }
  | { readonly name: "references"; readonly type: string };

/** A fact about the world outside the inputs, written down with a reason. */
export type Assumption =
  | { readonly kind: "endpoint-confirmed"; readonly endpoint: string; readonly reason: string }
  | { readonly kind: "topic-has-subscriber"; readonly topic: string; readonly reason: string }
  | { readonly kind: "log-group-fed"; readonly logGroup: string; readonly reason: string };

/** Accepts a known break until a day. */
export interface Waiver {
  /** Control id or glob. */
  readonly control: string;
  /** Address glob; `undefined`: the whole control. */
  readonly address: string | undefined;
  readonly reason: string;
  /** Last day it counts, as YYYY-MM-DD. */
  readonly expires: string;
  /** Where it is written, for saying that it is stale. */
  readonly place: string;
}

/** A control as one run asks for it. */
export interface SelectedControl {
  readonly policy: Policy;
  /** The chosen benchmark's number for it; `undefined` without `--benchmark`. */
  readonly benchmark:
    | { readonly name: string; readonly version: string; readonly number: string }
    | undefined;
  /** Patterns of which any one is enough: the policy's own, or the texts of the chosen version. */
  readonly patterns: readonly string[];
}

/** A policy file of the user's. */
export interface PolicyFile {
  readonly file: string;
  readonly text: string;
}
