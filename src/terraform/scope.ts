// What an expression is evaluated in: who answers for its names, and what functions may look at.

import type { Expression } from "../model/configuration.ts";
import type { Step, Value } from "../model/value.ts";

export type Reference = Extract<Value, { kind: "reference" }>;

/** The value behind a name, and how many steps behind the name it used up: `var.x` one, `data.t.n` two. */
export interface Lookup {
  readonly value: Value;
  readonly used: number;
}

/** Answers for the names in an expression; one per module instance, and per resource instance where `each` stands. */
export interface Scope {
  /** `undefined`: there is no such name, which Terraform would refuse. */
  lookup(root: string, steps: readonly Step[]): Lookup | undefined;
  /** One step into an object: its known value, else the reference one step longer. */
  attribute(reference: Reference, step: Step): Value;
  readonly files: Files;
  readonly templates: Templates;
  /** Whether the attribute's value can surely not hold the text, as an ARN holds no "*". */
  cannotHold(reference: Reference, text: string): boolean;
  readonly work: Work;
}

/** Files beside the configuration. Paths are relative to the root module's directory, with forward slashes. */
export interface Files {
  /** `undefined`: there is no such file, or it may not be read. */
  read(path: string): Uint8Array | undefined;
  /** Every path that `read` gives. */
  list(): readonly string[];
}

/** Template texts already read; asking for another one is remembered, so that a second run has it. */
export interface Templates {
  /** `undefined`: not read yet. */
  find(text: string): Expression | "no template" | undefined;
}

/** How much work the run has done; shared by all scopes of a run. */
export interface Work {
  steps: number;
  depth: number;
  /** What is evaluated, for saying that it is too much. */
  readonly place: string;
}

/** Expressions evaluated in one run. Real configurations stay far below; loops over loops do not. */
export const MAX_STEPS = 2_000_000;

/** Expressions inside one another, through locals and modules too; more would exhaust the stack. */
export const MAX_DEPTH = 400;

/** Names of loops and dynamic blocks around an expression. */
export interface Bindings {
  readonly name: string;
  readonly value: Value;
  readonly outer: Bindings | undefined;
}

/** A scope with what the expression's surroundings add. */
export interface Environment {
  readonly scope: Scope;
  readonly bindings: Bindings | undefined;
  /** The element of the innermost splat. */
  readonly item: Value | undefined;
}

export function bind(environment: Environment, name: string, value: Value): Environment {
  return { ...environment, bindings: { name, value, outer: environment.bindings } };
}

export function bound(environment: Environment, name: string): Value | undefined {
  for (let at = environment.bindings; at !== undefined; at = at.outer) if (at.name === name) return at.value;
  return undefined;
}
