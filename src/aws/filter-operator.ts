// One pattern of an SNS filter policy held against one value. Which value that is, is for filter-policy.ts.

import { all, any, elementsOf, not, stringOf, type Tri, type Value } from "../model/value.ts";
import { judgeEach } from "./attributes.ts";
import { endsOfText, sameText } from "./same-text.ts";

/**
 * Whether a pattern (all but `exists`) is met by a value that is there. "maybe" for operators that are not known
 * here, and where one of the two is not known.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html, .../numeric-value-matching.html
 */
export function patternAccepts(pattern: Value, field: Value): Tri {
  return judgeEach(field, (value) => {
    if (pattern.kind !== "map") return equals(pattern, value);
    const [operation, ...more] = pattern.entries;
    if (operation === undefined || more.length > 0) return "maybe";
    return operatorAccepts(operation[0], operation[1], value);
  });
}

function equals(pattern: Value, field: Value): Tri {
  if (pattern.kind !== "known" || field.kind !== "known") {
    return isText(pattern) && isText(field) ? sameText(pattern, field) : "maybe";
  }
  if (pattern.value !== field.value) return "no";
  // A number is compared by its digits: whether 1 meets 1.0 is not documented.
  return digitsOf(pattern) === digitsOf(field) ? "yes" : "maybe";
}

/** Whether a value, once known, can be a string. */
function isText(value: Value): boolean {
  return value.kind !== "known" || typeof value.value === "string";
}

function digitsOf(value: Extract<Value, { kind: "known" }>): string {
  return value.exact ?? String(value.value);
}

function operatorAccepts(operator: string, operand: Value, field: Value): Tri {
  switch (operator) {
    case "prefix":
    case "suffix":
    case "equals-ignore-case":
    case "wildcard":
      return textAccepts(operator, operand, field);
    case "anything-but":
      return anythingBut(operand, field);
    case "numeric":
      return numericAccepts(operand, field);
    case "cidr":
      return cidrAccepts(operand, field);
    default:
      return "maybe";
  }
}

type TextOperator = "prefix" | "suffix" | "equals-ignore-case" | "wildcard";

function textAccepts(operator: TextOperator, operand: Value, field: Value): Tri {
  const wanted = stringOf(operand);
  if (field.kind === "known" && typeof field.value !== "string") return "no";
  if (wanted === undefined) return "maybe";
  const text = stringOf(field);
  switch (operator) {
    case "prefix":
      return startAgrees(endsOfText(field).start, wanted, text !== undefined);
    case "suffix":
      return startAgrees(reverse(endsOfText(field).end), reverse(wanted), text !== undefined);
    case "equals-ignore-case":
      if (text === undefined) return "maybe";
      return text.toLowerCase() === wanted.toLowerCase() ? "yes" : "no";
    case "wildcard":
      return text === undefined ? "maybe" : wildcardAccepts(wanted, text);
    default:
      return operator satisfies never;
  }
}

function startAgrees(start: string, wanted: string, whole: boolean): Tri {
  if (start.startsWith(wanted)) return "yes";
  return !whole && wanted.startsWith(start) ? "maybe" : "no";
}

function reverse(text: string): string {
  return [...text].reverse().join("");
}

/** `*` stands for any text; a backslash takes its meaning away. Two stars in a row are not documented. */
function wildcardAccepts(pattern: string, text: string): Tri {
  const pieces: string[] = [""];
  for (let at = 0; at < pattern.length; at += 1) {
    const escaped = pattern[at] === "\\" && /[*\\]/.test(pattern[at + 1] ?? "");
    if (pattern[at] === "*") pieces.push("");
    else pieces.push((pieces.pop() ?? "") + pattern[escaped ? at + 1 : at]);
    if (escaped) at += 1;
  }
  if (pieces.slice(1, -1).includes("")) return "maybe";
  return inOrder(pieces, text) ? "yes" : "no";
}

/** Whether a text begins with the first piece, ends with the last, and holds the others between them. */
function inOrder(pieces: readonly string[], text: string): boolean {
  const [first = "", ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** One value, a list of them, or an operator. Whether null is anything but a text is not documented. */
function anythingBut(operand: Value, field: Value): Tri {
  if (field.kind === "known" && field.value === null) return "maybe";
  const elements = operand.kind === "list" ? operand.elements : [operand];
  if (elements.length === 0) return "maybe";
  return not(any(elements.map((element) => excluded(element, field))));
}

function excluded(element: Value, field: Value): Tri {
  if (element.kind !== "map") return isOtherKind(element, field) ? "maybe" : equals(element, field);
  const operations = [...element.entries];
  const [operation] = operations;
  if (operation === undefined || operations.length > 1 || !isTextOperator(operation[0])) return "maybe";
  const [operator, inner] = operation;
  const texts = inner.kind === "list" ? inner.elements : [inner];
  if (field.kind === "known" && typeof field.value !== "string") return "maybe";
  return any(texts.map((text) => textAccepts(operator, text, field)));
}

function isTextOperator(operator: string): operator is TextOperator {
  return ["prefix", "suffix", "equals-ignore-case", "wildcard"].includes(operator);
}

/** A list of texts says nothing about numbers, nor a list of numbers about texts. */
function isOtherKind(left: Value, right: Value): boolean {
  return left.kind === "known" && right.kind === "known" && typeof left.value !== typeof right.value;
}

/** `[">=", 1, "<", 5]`: pairs of an operator and a number. A text of digits may be read as a number. */
function numericAccepts(operand: Value, field: Value): Tri {
  const number = numberIn(field);
  if (typeof number === "string") return number;
  const parts = elementsOf(operand);
  if (parts === undefined || parts.length === 0 || parts.length % 2 !== 0) return "maybe";
  const pairs = parts
    .filter((_, at) => at % 2 === 0)
    .map((operator, at) => [operator, parts[at * 2 + 1]] as const);
  return all(
    pairs.map(([operator, bound]) =>
      bound?.kind === "known" && typeof bound.value === "number"
        ? compares(stringOf(operator) ?? "", number, bound.value)
        : "maybe",
    ),
  );
}

/** The number of a field, or what to say of one that is none. */
function numberIn(field: Value): number | Tri {
  if (field.kind !== "known") return "maybe";
  if (typeof field.value === "number") return field.value;
  return typeof field.value === "string" && /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(field.value) ? "maybe" : "no";
}

function compares(operator: string, left: number, right: number): Tri {
  const results = new Map([
    ["=", left === right],
    ["<", left < right],
    ["<=", left <= right],
    [">", left > right],
    [">=", left >= right],
  ]);
  const result = results.get(operator);
  return result === undefined ? "maybe" : result ? "yes" : "no";
}

/** IPv4 addresses are compared, others may be anything. */
function cidrAccepts(operand: Value, field: Value): Tri {
  if (field.kind !== "known") return "maybe";
  const text = typeof field.value === "string" ? field.value : "";
  const address = ipv4(text);
  if (address === undefined) return /^[\da-f:.%]+$/i.test(text) && text.includes(":") ? "maybe" : "no";
  const [network = "", bits = ""] = (stringOf(operand) ?? "").split("/");
  const base = ipv4(network);
  const size = 2 ** (32 - Number(bits));
  if (base === undefined || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return "maybe";
  return Math.floor(address / size) === Math.floor(base / size) ? "yes" : "no";
}

function ipv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const bytes = match?.slice(1).map(Number);
  if (bytes === undefined || bytes.some((byte) => byte > 255)) return undefined;
  return bytes.reduce((address, byte) => address * 256 + byte, 0);
}
