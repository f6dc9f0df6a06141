// Blocks of Terraform as data: they print as `terraform fmt` leaves them, and the same data says what values their
// arguments will have.

import type { Value } from "../model/value.ts";
import { isName, quotable, quoted } from "./hcl-text.ts";

/** An expression with the value it comes to. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  /** A string with expressions in it. */
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  | { readonly kind: "list"; readonly elements: readonly Expression[] }
  /** A traversal, such as `aws_sns_topic.alerts.arn`, as it is written. */
  | { readonly kind: "written"; readonly text: string; readonly value: Value };

export interface Argument {
  readonly name: string;
  readonly value: Expression;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly arguments: readonly Argument[];
  readonly blocks: readonly Block[];
}

/** Arguments in the order given; those without a value are left out. */
export function argumentsOf(values: Readonly<Record<string, Expression | undefined>>): readonly Argument[] {
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

export function literal(value: string | number | boolean): Expression {
  return { kind: "literal", value };
}

export function listOf(...elements: readonly Expression[]): Expression {
  return { kind: "list", elements };
}

export function template(...parts: readonly Expression[]): Expression {
  return { kind: "template", parts };
}

export function nested(
  type: string,
  values: Readonly<Record<string, Expression | undefined>>,
  blocks: readonly Block[] = [],
): Block {
  return { type, labels: [], arguments: argumentsOf(values), blocks };
}

/** The value an expression comes to. */
export function valueIn(expression: Expression): Value {
  switch (expression.kind) {
    case "literal":
      return { kind: "known", value: expression.value, sensitive: false };
    case "template": {
      const parts = expression.parts.map(valueIn);
      const known = parts.map((part) => (part.kind === "known" ? String(part.value) : undefined));
      const sensitive = parts.some((part) => part.sensitive);
      return known.includes(undefined)
        ? { kind: "text", parts, sensitive }
        : { kind: "known", value: known.join(""), sensitive };
    }
    case "list":
      return { kind: "list", form: "list", elements: expression.elements.map(valueIn), sensitive: false };
    case "written":
      return expression.value;
    default:
      return expression satisfies never;
  }
}

/** The value of a block seen from outside: an object of its arguments and of lists of its blocks. */
export function objectOf(block: Block): Value {
  const entries = new Map(block.arguments.map(({ name, value }) => [name, valueIn(value)]));
  for (const { type } of block.blocks) entries.set(type, blocksValue(block.blocks, type));
  return { kind: "map", entries, sensitive: false };
}

export function blocksValue(blocks: readonly Block[], type: string): Value {
  const elements = blocks.filter((block) => block.type === type).map(objectOf);
  return { kind: "list", form: "list", elements, sensitive: false };
}

/**
 * A block as `terraform fmt` leaves it: two blanks of indentation, equal signs of neighbouring one-line arguments
 * under one another, an empty line before each nested block.
 * Source: https://developer.hashicorp.com/terraform/language/style, and held against the command in tests.
 */
export function printBlock(block: Block): string {
  return linesOf(block, "").join("\n");
}

function linesOf({ type, labels, arguments: list, blocks }: Block, indent: string): readonly string[] {
  const head = [type, ...labels.map(quoted), "{"].join(" ");
  if (list.length === 0 && blocks.length === 0) return [`${indent}${head}}`];
  const inside = `${indent}  `;
  const nestedLines = blocks.flatMap((inner, position) => {
    const gap = position > 0 || list.length > 0 ? [""] : [];
    return [...gap, ...linesOf(inner, inside)];
  });
  return [`${indent}${head}`, ...argumentLines(list, inside), ...nestedLines, `${indent}}`];
}

function argumentLines(list: readonly Argument[], indent: string): readonly string[] {
  const width = Math.max(0, ...list.map(({ name }) => name.length));
  return list.map(({ name, value }) => `${indent}${name.padEnd(width)} = ${printExpression(value)}`);
}

/** On one line, always. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "string" ? quoted(expression.value) : String(expression.value);
    case "template":
      return `"${expression.parts.map(templatePart).join("")}"`;
    case "list":
      return `[${expression.elements.map(printExpression).join(", ")}]`;
    case "written":
      return expression.text;
    default:
      return expression satisfies never;
  }
}

function templatePart(part: Expression): string {
  return part.kind === "literal" ? quotable(String(part.value)) : `\${${printExpression(part)}}`;
}

/** `.name`, or `["any text"]` where it is no name. */
export function printStep(step: string | number): string {
  if (typeof step === "number") return `[${step}]`;
  return isName(step) ? `.${step}` : `[${quoted(step)}]`;
}
