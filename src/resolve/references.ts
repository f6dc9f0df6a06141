// The flat `references` lists of a plan's configuration: which references were written, and what each one names.

import { type AddressToken, type InstanceKey, tokenize } from "../model/address.ts";
import type { Step } from "../model/value.ts";

/** What a reference names, keys and attribute steps taken apart. */
export type Target =
  | {
      readonly kind: "resource";
      readonly mode: "managed" | "data";
      readonly type: string;
      readonly name: string;
      readonly key: InstanceKey | undefined;
      /** Empty: the whole object, or a splat or index whose steps the plan does not show. */
      readonly path: readonly Step[];
    }
  | {
      readonly kind: "module";
      readonly name: string;
      readonly key: InstanceKey | undefined;
      /** `undefined`: the output's name is lost (`module.m[*].out`, `module.m[each.key].out`). */
      readonly output: string | undefined;
      readonly path: readonly Step[];
    }
  | { readonly kind: "variable"; readonly name: string; readonly path: readonly Step[] }
  | { readonly kind: "local"; readonly name: string; readonly path: readonly Step[] }
  | { readonly kind: "each-value"; readonly path: readonly Step[] }
  | { readonly kind: "each-key" }
  | { readonly kind: "count-index" }
  /** path.*, terraform.*, self.*: they carry no infrastructure. */
  | { readonly kind: "ambient" };

/** A reference and the index behind it: `T.n[each.key].arn` is written to the plan as `T.n`, `each.key`. */
export interface WrittenReference {
  readonly text: string;
  readonly target: Target;
  /** The reference that follows directly, which may be the index into this one. */
  readonly next: Target | undefined;
}

/**
 * The references as they were written. Terraform follows each one by its shortened parents, longest first;
 * those are dropped, and nothing else: `["T.n.arn", "T.n", "T.n"]` is `T.n.arn` and, apart from it, `T.n`.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#expression-representation; order
 * observed with Terraform 1.11 and OpenTofu 1.12.
 */
export function writtenReferences(references: readonly string[]): readonly WrittenReference[] {
  const heads: string[] = [];
  let previous: string | undefined;
  for (const reference of references) {
    if (previous === undefined || !isParent(reference, previous)) heads.push(reference);
    previous = reference;
  }
  const targets = heads.map(parseTarget);
  return heads.map((text, index) => ({
    text,
    target: targets[index] ?? { kind: "ambient" },
    next: targets[index + 1],
  }));
}

function isParent(parent: string, child: string): boolean {
  if (!child.startsWith(parent) || child.length === parent.length) return false;
  const suffix = child[parent.length];
  return suffix === "." || suffix === "[";
}

/** A text that is none of the known forms is ambient: it names no object. */
export function parseTarget(text: string): Target {
  const tokens = tokenize(text.replaceAll("[...]", "").replaceAll("[*]", ""));
  if (tokens === undefined) return { kind: "ambient" };
  const [head, second] = tokens;
  const rest = tokens.slice(2);
  switch (head) {
    case "var":
      return named("variable", second, rest);
    case "local":
      return named("local", second, rest);
    case "each":
      return second === "key" ? { kind: "each-key" } : { kind: "each-value", path: steps(rest) };
    case "count":
      return { kind: "count-index" };
    case "path":
    case "terraform":
    case "self":
      return { kind: "ambient" };
    case "module":
      return moduleTarget(second, rest);
    case "data":
      return resourceTarget("data", second, rest);
    case "resource":
      return resourceTarget("managed", second, rest);
    default:
      return resourceTarget("managed", head, tokens.slice(1));
  }
}

function named(
  kind: "variable" | "local",
  name: AddressToken | undefined,
  rest: readonly AddressToken[],
): Target {
  return typeof name === "string" ? { kind, name, path: steps(rest) } : { kind: "ambient" };
}

function moduleTarget(name: AddressToken | undefined, rest: readonly AddressToken[]): Target {
  if (typeof name !== "string") return { kind: "ambient" };
  const { key, path } = keyed(rest);
  const [output, ...inside] = path;
  return {
    kind: "module",
    name,
    key,
    output: output === undefined ? undefined : String(output),
    path: inside,
  };
}

function resourceTarget(
  mode: "managed" | "data",
  type: AddressToken | undefined,
  rest: readonly AddressToken[],
): Target {
  const [name, ...more] = rest;
  if (typeof type !== "string" || typeof name !== "string") return { kind: "ambient" };
  return { kind: "resource", mode, type, name, ...keyed(more) };
}

function keyed(tokens: readonly AddressToken[]): { key: InstanceKey | undefined; path: readonly Step[] } {
  const [first, ...rest] = tokens;
  if (first === undefined || typeof first === "string") return { key: undefined, path: steps(tokens) };
  return { key: first.key, path: steps(rest) };
}

function steps(tokens: readonly AddressToken[]): readonly Step[] {
  return tokens.map((token) => (typeof token === "string" ? token : token.key));
}
