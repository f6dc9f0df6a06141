// Locals that refer to each other in a circle, and which names an expression uses at all.

import type { Body, Expression } from "../../model/configuration.ts";
import type { SourceLocation } from "../../model/source.ts";
import type { LocalValue } from "./module-source.ts";

export interface LocalCycle {
  /** From a local over others back to it. */
  readonly names: readonly string[];
  readonly location: SourceLocation | undefined;
}

/** The first circle found; `undefined`: there is none. Cost: linear in the expressions. */
export function findLocalCycle(locals: ReadonlyMap<string, LocalValue>): LocalCycle | undefined {
  const uses = new Map([...locals].map(([name, local]) => [name, localsIn(local.expression)]));
  const done = new Set<string>();
  for (const start of locals.keys()) {
    const path: { name: string; rest: string[] }[] = [];
    const onPath = new Set<string>();
    const enter = (name: string) => {
      path.push({ name, rest: [...(uses.get(name) ?? [])] });
      onPath.add(name);
    };
    if (!done.has(start)) enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.rest.pop();
      if (next === undefined) {
        done.add(top.name);
        onPath.delete(top.name);
        path.pop();
      } else if (onPath.has(next)) {
        const from = path.findIndex((one) => one.name === next);
        const names = [...path.slice(from).map((one) => one.name), next];
        return { names, location: locals.get(next)?.location };
      } else if (!done.has(next) && uses.has(next)) enter(next);
    }
  }
  return undefined;
}

function localsIn(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  visitExpressions(expression, (one) => {
    if (one.kind !== "traversal" || one.root !== "local") return;
    const [name] = one.steps;
    if (typeof name === "string") names.add(name);
  });
  return names;
}

/** The expression and every one inside it. */
export function visitExpressions(expression: Expression, visit: (expression: Expression) => void): void {
  const pending: Expression[] = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    visit(next);
    pending.push(...partsOf(next));
  }
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "traversal":
    case "item":
      return [];
    case "template":
      return expression.parts;
    case "steps":
      return [expression.source];
    case "index":
      return [expression.collection, expression.key];
    case "splat":
      return [expression.source, expression.each];
    case "call":
      return expression.args;
    case "tuple":
      return expression.elements;
    case "object":
      return expression.entries.flat();
    case "for":
      return [expression.collection, expression.key, expression.value, expression.condition].filter(
        (part) => part !== undefined,
      );
    case "join":
      return [expression.tuple];
    case "conditional":
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "body":
      return partsOfBody(expression);
    default:
      return expression satisfies never;
  }
}

function partsOfBody(body: Body): readonly Expression[] {
  const dynamic = [...body.dynamic.values()].flat();
  return [...body.entries.values(), ...dynamic.flatMap((block) => [block.forEach, block.content])];
}
