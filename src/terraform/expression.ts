// Reads the syntax tree that hcl2json gives for an expression. The tree is loose JSON: positions are byte offsets,
// literals of templates are source text, and brackets and plain object keys are nodes without a type.

import type { BinaryOperator, Expression, ForExpression } from "../model/configuration.ts";
import { get, isArray, type Json } from "../model/json.ts";
import type { Step } from "../model/value.ts";
import { numberLiteral } from "./number.ts";

/** The tree holds something this file has never seen. */
export class UnknownSyntax extends Error {
  override readonly name = "UnknownSyntax";
}

/** A syntax tree and the text it was made of. Throws `UnknownSyntax`. Cost: linear in the tree. */
export function readSyntaxTree(tree: Json, text: string): Expression {
  return read(tree, { bytes: Buffer.from(text), mode: "quoted" });
}

/** The elements of a tree that is one tuple. */
export function readTupleTree(tree: Json, text: string): readonly Expression[] {
  const expression = readSyntaxTree(tree, text);
  if (expression.kind !== "tuple") throw new UnknownSyntax("not a tuple");
  return expression.elements;
}

interface Reading {
  readonly bytes: Buffer;
  /** How literal text of the template around is written: with backslash escapes or plain. */
  readonly mode: "quoted" | "heredoc";
}

function read(node: Json | undefined, reading: Reading): Expression {
  const type = text(node, "type");
  const nodes = children(node);
  const one = () => read(nodes[0], reading);
  switch (type) {
    case "literalValue":
      return literal(node, reading);
    case "template":
      return template(node, reading);
    case "templateWrap":
      return one();
    case "templateJoin":
      return { kind: "join", tuple: one() };
    case "tuple":
      return { kind: "tuple", elements: nodes.map((element) => read(element, reading)) };
    case "object":
      return { kind: "object", entries: entries(nodes, reading) };
    case "for":
      return forExpression(node, nodes, reading);
    case "function":
      return {
        kind: "call",
        name: text(get(node, "meta"), "name"),
        args: nodes.map((argument) => read(argument, reading)),
        expand: get(get(node, "meta"), "expandedFinalArgument") === true,
      };
    case "scopeTraversal":
      return scopeTraversal(node);
    case "relativeTraversal":
      return { kind: "steps", source: one(), steps: stepsOf(node) };
    case "index":
      return { kind: "index", collection: one(), key: read(nodes[1], reading) };
    case "splat":
      return { kind: "splat", source: one(), each: read(nodes[1], reading) };
    case "conditional":
      return {
        kind: "conditional",
        condition: one(),
        whenTrue: read(nodes[1], reading),
        whenFalse: read(nodes[2], reading),
      };
    case "unaryOp":
      return unary(node, one());
    case "binaryOp":
      return { kind: "binary", operator: binaryOperator(node), left: one(), right: read(nodes[1], reading) };
    case "":
      // Brackets hold what they enclose; the element of a splat holds nothing.
      return nodes.length === 0 ? { kind: "item" } : one();
    default:
      throw new UnknownSyntax(`"${type}"`);
  }
}

function unary(node: Json | undefined, operand: Expression): Expression {
  const operator = text(get(node, "meta"), "operator");
  if (operator === "logicalNot") return { kind: "unary", operator: "!", operand };
  if (operator === "negate") return { kind: "unary", operator: "-", operand };
  throw new UnknownSyntax(`"${operator}"`);
}

const BINARY_OPERATORS: ReadonlyMap<string, BinaryOperator> = new Map([
  ["add", "+"],
  ["subtract", "-"],
  ["multiply", "*"],
  ["divide", "/"],
  ["modulo", "%"],
  ["equal", "=="],
  ["notEqual", "!="],
  ["lessThan", "<"],
  ["lessThanOrEqual", "<="],
  ["greaterThan", ">"],
  ["greaterThanOrEqual", ">="],
  ["logicalAnd", "&&"],
  ["logicalOr", "||"],
]);

function binaryOperator(node: Json | undefined): BinaryOperator {
  const name = text(get(node, "meta"), "operator");
  const operator = BINARY_OPERATORS.get(name);
  if (operator === undefined) throw new UnknownSyntax(`"${name}"`);
  return operator;
}

function literal(node: Json | undefined, reading: Reading): Expression {
  const meta = get(node, "meta");
  const written = text(meta, "value");
  switch (text(meta, "type")) {
    case "number":
      return numberLiteral(written);
    case "bool":
      return { kind: "literal", value: written === "true" };
    case "string":
      return { kind: "literal", value: literalText(node, written, reading) };
    default:
      return { kind: "literal", value: null };
  }
}

/** Literal text as the template means it: escapes decoded, and trimmed where a strip marker stands beside it. */
function literalText(node: Json | undefined, written: string, reading: Reading): string {
  const decoded = reading.mode === "quoted" ? unescapeQuoted(written) : unescapeMarkers(written);
  const range = get(node, "range");
  const start = offset(get(range, "start"));
  const end = offset(get(range, "end"));
  const trimsStart = reading.bytes.toString("latin1", start - 2, start) === "~}";
  const trimsEnd = /[$%]\{~/.test(reading.bytes.toString("latin1", end, end + 3));
  const begun = trimsStart ? decoded.trimStart() : decoded;
  return trimsEnd ? begun.trimEnd() : begun;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** Source: https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences */
export function unescapeQuoted(written: string): string {
  if (!/[\\$%]/.test(written)) return written;
  return written.replace(
    /\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\([nrt"\\])|\$\$\{|%%\{/g,
    (whole, short: string | undefined, long: string | undefined, named: string | undefined) => {
      if (named !== undefined) return ESCAPES[named] ?? whole;
      const point = Number.parseInt(short ?? long ?? "", 16);
      if (Number.isNaN(point)) return whole.slice(1);
      return point <= 0x10ffff ? String.fromCodePoint(point) : "\uFFFD";
    },
  );
}

function unescapeMarkers(written: string): string {
  return written.replaceAll("$${", "${").replaceAll("%%{", "%{");
}

function template(node: Json | undefined, reading: Reading): Expression {
  const written = text(get(node, "meta"), "value");
  const mode = written.startsWith('"') ? "quoted" : written.startsWith("<<") ? "heredoc" : reading.mode;
  const parts = children(node).map((part) => read(part, { ...reading, mode }));
  const [first, ...others] = parts;
  if (first === undefined) return { kind: "literal", value: "" };
  if (first.kind === "literal" && others.length === 0) return first;
  return { kind: "template", parts };
}

function entries(nodes: readonly Json[], reading: Reading): [Expression, Expression][] {
  const result: [Expression, Expression][] = [];
  for (let at = 0; at + 1 < nodes.length; at += 2) {
    result.push([objectKey(nodes[at], reading), read(nodes[at + 1], reading)]);
  }
  return result;
}

/** A bare name as a key is its own text; the tree gives only its range. */
function objectKey(node: Json | undefined, reading: Reading): Expression {
  if (text(node, "type") !== "" || children(node).length > 0) return read(node, reading);
  const range = get(node, "range");
  const bytes = reading.bytes.subarray(offset(get(range, "start")), offset(get(range, "end")));
  return { kind: "literal", value: bytes.toString("utf8").trim() };
}

function forExpression(node: Json | undefined, nodes: readonly Json[], reading: Reading): ForExpression {
  const meta = get(node, "meta");
  const hasKey = text(meta, "keyExpression") !== "";
  const [collection, ...rest] = nodes.map((child) => read(child, reading));
  const key = hasKey ? rest.shift() : undefined;
  const value = rest.shift();
  const condition = rest.shift();
  if (collection === undefined || value === undefined) throw new UnknownSyntax('"for" without a value');
  const keyName = text(meta, "keyVar");
  return {
    kind: "for",
    keyName: keyName === "" ? undefined : keyName,
    valueName: text(meta, "valVar"),
    collection,
    key,
    value,
    condition,
    grouped: get(meta, "groupedValue") === true,
  };
}

function scopeTraversal(node: Json | undefined): Expression {
  const [root, ...steps] = stepsOf(node);
  if (typeof root !== "string") throw new UnknownSyntax("a traversal without a name");
  return { kind: "traversal", root, steps };
}

/** An index is printed without escapes, a string one in quotes. */
function stepsOf(node: Json | undefined): readonly Step[] {
  const traversal = get(get(node, "meta"), "traversal");
  if (!isArray(traversal)) throw new UnknownSyntax("a traversal without steps");
  return traversal.map((step) => {
    const segment = text(step, "segment");
    if (text(step, "type") === "nameTraversal") return segment;
    return segment.startsWith('"') ? segment.slice(1, -1) : Number(segment);
  });
}

function children(node: Json | undefined): readonly Json[] {
  const nodes = get(node, "children");
  return isArray(nodes) ? nodes : [];
}

function text(node: Json | undefined, key: string): string {
  const value = get(node, key);
  return typeof value === "string" ? value : "";
}

function offset(marker: Json | undefined): number {
  const byte = get(marker, "byte");
  return typeof byte === "number" ? byte : 0;
}
