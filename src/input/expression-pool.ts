// Reads many expressions with few calls into hcl2json: each distinct text once, simple ones without it, the rest
// several at a time. Knows texts, not files.

import type { Expression } from "../model/configuration.ts";
import type { Json } from "../model/json.ts";
import { readTupleTree, UnknownSyntax } from "../terraform/expression.ts";
import { NestingTooDeep, quotedEnd } from "../terraform/scan.ts";
import { readSimpleExpression } from "../terraform/simple-expression.ts";
import { holdsTemplate, readTemplate, TemplateProblem, withoutHeredocs } from "../terraform/template.ts";

/** hcl2json's `getExpressionAst`: rejects for text that is no expression. */
export type ReadTree = (text: string) => Promise<Json>;

/** A text that is no expression or template, or one too entangled to be read. */
export class UnreadableText extends Error {
  override readonly name = "UnreadableText";
}

export interface ExpressionPool {
  /** Asks for a template text: what hcl2json gives for an argument, or a string of `.tf.json`. Throws `UnreadableText`. */
  want(template: string): void;
  /** Asks for the text of an expression. */
  wantExpression(text: string): void;
  /** Reads what was asked for. */
  settle(): Promise<void>;
  /** Throws `UnreadableText`. */
  template(text: string): Expression;
  expression(text: string): Expression;
}

/** So many expressions go into one call: fewer waste the crossing, more make the syntax tree unwieldy. */
const BATCH = 40;
const BATCH_LENGTH = 16_384;

/**
 * The syntax tree repeats the text of every operand, so its size is quadratic in the operators of one expression.
 * No configuration written by people comes near.
 */
const MAX_OPERATORS = 400;

export function createExpressionPool(readTree: ReadTree): ExpressionPool {
  const done = new Map<string, Expression | UnreadableText>();
  const pending = new Set<string>();
  const templates = new Map<string, Expression>();

  const expression = (text: string): Expression => {
    const found = done.get(text);
    if (found === undefined) throw new UnreadableText(text);
    if (found instanceof UnreadableText) throw found;
    return found;
  };
  const wantExpression = (text: string): void => {
    if (done.has(text) || pending.has(text)) return;
    const simple = readSimpleExpression(text);
    if (simple !== undefined) done.set(text, simple);
    else if (operatorCount(text) > MAX_OPERATORS)
      done.set(text, new UnreadableText(`an expression has more than ${MAX_OPERATORS} operators`));
    else pending.add(text);
  };
  return {
    wantExpression,
    expression,
    want(template) {
      if (!holdsTemplate(template) || templates.has(template)) return;
      readText(template, (text) => {
        wantExpression(text);
        return NOTHING;
      });
    },
    async settle() {
      const texts = [...pending];
      pending.clear();
      for (const batch of batchesOf(texts)) await readBatch(batch, readTree, done);
    },
    template(text) {
      if (!holdsTemplate(text)) return { kind: "literal", value: text };
      const known = templates.get(text);
      if (known !== undefined) return known;
      const read = readText(text, expression);
      templates.set(text, read);
      return read;
    },
  };
}

const NOTHING: Expression = { kind: "literal", value: null };

function readText(text: string, read: (text: string) => Expression): Expression {
  try {
    return readTemplate(text, read);
  } catch (problem) {
    if (problem instanceof TemplateProblem || problem instanceof NestingTooDeep) {
      throw new UnreadableText(problem.message);
    }
    throw problem;
  }
}

function batchesOf(texts: readonly string[]): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let length = BATCH_LENGTH;
  for (const text of texts) {
    const last = batches.at(-1);
    if (last === undefined || last.length >= BATCH || length + text.length > BATCH_LENGTH) {
      batches.push([text]);
      length = text.length;
    } else {
      last.push(text);
      length += text.length;
    }
  }
  return batches;
}

/** Several expressions are read as one tuple; where that does not work, one of them is at fault, so they part. */
async function readBatch(
  batch: readonly string[],
  readTree: ReadTree,
  done: Map<string, Expression | UnreadableText>,
): Promise<void> {
  try {
    const tuple = `[\n${batch.map(withoutHeredocs).join("\n,\n")}\n]`;
    const elements = readTupleTree(await readTree(tuple), tuple);
    if (elements.length !== batch.length) throw new UnknownSyntax("elements");
    batch.forEach((text, index) => {
      const element = elements[index];
      if (element !== undefined) done.set(text, element);
    });
  } catch (problem) {
    const [only, ...others] = batch;
    if (only !== undefined && others.length === 0) {
      done.set(only, new UnreadableText(problem instanceof Error ? problem.message : String(problem)));
      return;
    }
    const middle = batch.length >> 1;
    await readBatch(batch.slice(0, middle), readTree, done);
    await readBatch(batch.slice(middle), readTree, done);
  }
}

const OPERATOR = /[=!<>]=|&&|\|\||[+*/%<>?]|(?<![\w])-/g;

/** Operators outside of quotes, as many as look like one. */
function operatorCount(text: string): number {
  if (text.length < MAX_OPERATORS) return 0;
  let count = 0;
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    count += text.slice(at, end).match(OPERATOR)?.length ?? 0;
    at = quote < 0 ? end : (quotedEnd(text, quote) ?? text.length);
  }
  return count;
}
