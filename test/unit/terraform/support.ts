// Reads and evaluates expressions in tests: names come from a plain record, files from another.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createHclParser } from "../../../src/input/hcl.ts";
import type { Expression } from "../../../src/model/configuration.ts";
import type { Step, Value } from "../../../src/model/value.ts";
import { evaluateIn } from "../../../src/terraform/evaluate.ts";
import type { Scope } from "../../../src/terraform/scope.ts";

/** The expressions, read as arguments of a file; each time anew, since a parser remembers what it has read. */
export async function readExpressions(texts: readonly string[]): Promise<readonly Expression[]> {
  const lines = texts.map((text, index) => `e${index} = ${text}\n`);
  const [file] = await createHclParser().parseFiles(new Map([["test.tf", `locals {\n${lines.join("")}}\n`]]));
  const body = file?.blocks[0]?.body;
  return texts.map((text, index) => {
    const expression = body?.entries.get(`e${index}`);
    if (expression === undefined) throw new Error(`not read: ${text}`);
    return expression;
  });
}

export interface World {
  readonly names?: Readonly<Record<string, Value>>;
  readonly files?: Readonly<Record<string, string>>;
  /** By `id.attribute`; others stay references. */
  readonly attributes?: Readonly<Record<string, Value>>;
  readonly cannotHold?: (attribute: Step | undefined, text: string) => boolean;
}

/** A scope of the given names; template files are read beforehand. */
export async function scopeOf(world: World = {}): Promise<Scope> {
  const files = world.files ?? {};
  const templates = await createHclParser().parseTemplates(Object.values(files));
  const names = world.names ?? {};
  return {
    lookup(root, steps) {
      if (root === "path") return { value: { kind: "known", value: ".", sensitive: false }, used: 1 };
      const dotted = `${root}.${String(steps[0])}`;
      if (Object.hasOwn(names, dotted)) return { value: names[dotted] as Value, used: 1 };
      return Object.hasOwn(names, root) ? { value: names[root] as Value, used: 0 } : undefined;
    },
    attribute(reference, step) {
      const known = world.attributes?.[`${reference.to}.${String(step)}`];
      if (known !== undefined && reference.path.length === 0) return known;
      return { ...reference, path: [...reference.path, step] };
    },
    files: {
      read: (path) => (Object.hasOwn(files, path) ? new TextEncoder().encode(files[path]) : undefined),
      list: () => Object.keys(files),
    },
    templates: { find: (text) => templates.get(text) ?? "no template" },
    cannotHold: (reference, text) => world.cannotHold?.(reference.path.at(-1), text) ?? false,
    work: { steps: 0, depth: 0, place: "test" },
  };
}

/** Throws what Terraform would refuse. */
export function evaluateStrictly(expression: Expression, scope: Scope): Value {
  return evaluateIn(expression, { scope, bindings: undefined, item: undefined });
}

/** The same by their text. */
export async function readAll(texts: readonly string[]): Promise<ReadonlyMap<string, Expression>> {
  const expressions = await readExpressions(texts);
  return new Map(texts.map((text, index) => [text, expressions[index] as Expression]));
}

/** One test for so many cases: thousands of small ones take longer to be named and counted than to be run. */
export function inGroups<Case extends readonly [text: string, ...rest: unknown[]]>(
  cases: readonly Case[],
): readonly { readonly first: string; readonly group: readonly Case[] }[] {
  const starts = Array.from({ length: Math.ceil(cases.length / 20) }, (_, index) => index * 20);
  return starts.map((start) => ({ first: cases[start]?.[0] ?? "", group: cases.slice(start, start + 20) }));
}

interface Recorded {
  readonly files: Readonly<Record<string, string>>;
  readonly cases: readonly (readonly [expression: string, result: string])[];
}

/** What a real Terraform made of expressions; see test/data/terraform/record.mjs. */
export function recorded(name: string): Recorded {
  const path = join(import.meta.dirname, "../../data/terraform", `${name}.json`);
  return JSON.parse(readFileSync(path, "utf8")) as Recorded;
}
