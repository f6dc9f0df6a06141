// How blocks are called, and how one block names another across modules: directly, or through an output and a variable.

import type { Block } from "./placing.ts";

export type Lookup = (id: string) => Block;

export function lookupOf(blocks: readonly Block[]): Lookup {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  return (id) => {
    const block = byId.get(id);
    if (block === undefined) throw new Error(`no block is called ${id}`);
    return block;
  };
}

/** Within its module. */
export function localName({ mode, type, label, key }: Block): string {
  return `${mode === "data" ? "data." : ""}${type}.${label}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`;
}

export function addressOf(block: Block): string {
  const local = localName(block);
  return block.module === undefined ? local : `module.${block.module}.${local}`;
}

/** One value on its way from the module of `to` to the module of `from`. */
export interface Route {
  /** What the expression in `from` names. */
  readonly expression: string;
  /** The variable of the module of `from`, and what the call sets it to. */
  readonly variable: { readonly name: string; readonly expression: string } | undefined;
  /** The output of the module of `to`. */
  readonly output: { readonly name: string; readonly expression: string } | undefined;
}

export function routeOf(from: Block, to: Block, attribute: string): Route {
  const direct = `${localName(to)}.${attribute}`;
  if (from.module === to.module) return { expression: direct, variable: undefined, output: undefined };
  const name = `${to.id}_${attribute}`;
  const output = to.module === undefined ? undefined : { name, expression: direct };
  const outside = output === undefined ? direct : `module.${to.module}.${name}`;
  if (from.module === undefined) return { expression: outside, variable: undefined, output };
  return { expression: `var.${name}`, variable: { name, expression: outside }, output };
}

/** As a plan lists the references of an expression: the longest first, then what it is a part of. */
export function referencesOf(expression: string): readonly string[] {
  if (expression.startsWith("var.")) return [expression];
  if (expression.startsWith("module.")) return [expression, expression.split(".").slice(0, 2).join(".")];
  const whole = expression.slice(0, expression.lastIndexOf("."));
  const bare = whole.replace(/\[.*\]$/, "");
  return [...new Set([expression, whole, bare])];
}
