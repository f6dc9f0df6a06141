// Reads the expressions that need no parser: names with attributes, constant keys and splats, and plain literals.
// They are most of what configurations hold, and asking hcl2json for each costs more than parsing a whole file.

import type { Expression } from "../model/configuration.ts";
import type { Step } from "../model/value.ts";
import { numberLiteral } from "./number.ts";

const NAME = /[A-Za-z_][\w-]*/y;
const STEP = /\.([A-Za-z_][\w-]*)|\.(\d{1,9})(?![\w.])|\[(\d{1,9})\]|\["([^"\\$%\n]*)"\]/y;
const NUMBER = /^\d+(\.\d+)?$/;

/** Names that begin something else than a traversal. */
const KEYWORDS: ReadonlyMap<string, Expression> = new Map([
  ["true", { kind: "literal", value: true }],
  ["false", { kind: "literal", value: false }],
  ["null", { kind: "literal", value: null }],
]);

/** `undefined`: the text is no simple expression, or may not be one. */
export function readSimpleExpression(text: string): Expression | undefined {
  const written = text.trim();
  const literal = KEYWORDS.get(written);
  if (literal !== undefined) return literal;
  if (NUMBER.test(written)) return numberLiteral(written);
  NAME.lastIndex = 0;
  const root = NAME.exec(written)?.[0];
  if (root === undefined || KEYWORDS.has(root)) return undefined;
  const head = readSteps(written, root.length);
  const source: Expression = { kind: "traversal", root, steps: head.steps };
  if (head.end === written.length) return source;
  if (!written.startsWith("[*]", head.end)) return undefined;
  const tail = readSteps(written, head.end + 3);
  if (tail.end !== written.length) return undefined;
  const item: Expression = { kind: "item" };
  const each: Expression =
    tail.steps.length === 0 ? item : { kind: "steps", source: item, steps: tail.steps };
  return { kind: "splat", source, each };
}

function readSteps(text: string, from: number): { steps: readonly Step[]; end: number } {
  const steps: Step[] = [];
  let end = from;
  for (;;) {
    STEP.lastIndex = end;
    const match = STEP.exec(text);
    if (match === null) return { steps, end };
    const [whole, name, dotted, bracketed, quoted] = match;
    const position = dotted ?? bracketed;
    steps.push(position === undefined ? (name ?? quoted ?? "") : Number(position));
    end += whole.length;
  }
}
