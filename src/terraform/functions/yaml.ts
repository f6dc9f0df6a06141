// yamldecode and yamlencode, by the rules of the YAML library that Terraform uses: those of YAML 1.2 with some words
// of 1.1. Source: https://github.com/zclconf/go-cty-yaml; each rule observed with Terraform 1.11.

import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Scalar, type YAMLMap } from "yaml";
import { known, UNSET, type Value } from "../../model/value.ts";
import { fail } from "../failure.ts";
import { knownNumber, parseNumber, printNumber } from "../number.ts";
import { mapOf, text, tuple } from "../values.ts";
import { type Instant, printInstant, readInstant } from "./instant.ts";

const MAX_DEPTH = 100;

/** Fails for text that is no YAML, and for several documents. */
export function decodeYaml(source: string): Value {
  const documents = parseAllDocuments(source, { schema: "failsafe", uniqueKeys: false, logLevel: "silent" });
  const [document, ...others] = "empty" in documents ? [] : documents;
  if (document === undefined || others.length > 0) return fail("the text is not one document");
  if (document.errors.length > 0) return fail("the text is no YAML");
  const anchors = new Map<string, Value>();
  const convert = (node: unknown, depth: number): Value => {
    if (depth > MAX_DEPTH) return fail("the document nests too deeply");
    if (isAlias(node)) return anchors.get(node.source) ?? fail("an alias has no anchor");
    const value = convertNode(node, (inner) => convert(inner, depth + 1));
    if (isScalar(node) || isMap(node) || isSeq(node))
      if (node.anchor !== undefined) anchors.set(node.anchor, value);
    return value;
  };
  return convert(document.contents, 0);
}

function convertNode(node: unknown, convert: (node: unknown) => Value): Value {
  if (isScalar(node)) return scalar(node);
  if (isSeq(node)) return tuple(node.items.map(convert));
  if (isMap(node)) return map(node, convert);
  return fail("the document holds what is no value");
}

/** `<<` takes over the entries of another map; of a key that comes twice the last one counts. */
function map(node: YAMLMap, convert: (node: unknown) => Value): Value {
  const entries: [string, Value][] = [];
  for (const { key, value } of node.items) {
    const name = convert(key);
    if (name.kind !== "known") return fail("a key is no scalar");
    const entry = value === null ? UNSET : convert(value);
    if (name.value !== "<<" || !isPlain(key)) entries.push([String(name.value), entry]);
    else if (entry.kind === "map") entries.push(...entry.entries);
    else return fail("what is merged is no map");
  }
  return mapOf(entries);
}

function isPlain(node: unknown): boolean {
  return isScalar(node) && node.type === "PLAIN";
}

const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const NULL = /^(?:|~|null|Null|NULL)$/;
/** A date alone, one with a time and its zone, or one with a space and a time. */
const TIMESTAMP = /^(\d{4}-\d{1,2}-\d{1,2})(?:[Tt]([\d:.]+)(Z|[+-]\d{2}:\d{2})| ([\d:.]+))?$/;

/** Quoted scalars are strings; plain ones are what they look like, unless a tag says so. */
function scalar(node: Scalar): Value {
  const source = String(node.value ?? "");
  if (
    node.tag === "tag:yaml.org,2002:str" ||
    node.tag === "!!str" ||
    !(node.type === "PLAIN" || node.type === undefined)
  ) {
    return text(source);
  }
  if (NULL.test(source)) return UNSET;
  if (TRUE.test(source)) return known(true);
  if (FALSE.test(source)) return known(false);
  const number = readNumber(source);
  if (number !== undefined) return number;
  const instant = readTimestamp(source);
  return instant === undefined ? text(source) : text(printInstant(instant));
}

function readTimestamp(source: string): Instant | undefined {
  const [, date, zoned, zone = "Z", local = "0:0:0"] = TIMESTAMP.exec(source) ?? [];
  if (date === undefined) return undefined;
  const padded = `${date}T${zoned ?? local}`.replace(/(?<![\d.])\d(?!\d)/g, "0$&");
  return readInstant(padded + zone);
}

function readNumber(source: string): Value | undefined {
  if (/^0x[0-9a-fA-F]+$|^0o[0-7]+$/.test(source)) {
    const number = parseNumber(BigInt(source).toString());
    return number === undefined ? undefined : knownNumber(number);
  }
  if (!/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(source)) return undefined;
  const number = parseNumber(source);
  return number === undefined ? undefined : knownNumber(number);
}

/** Block style with every string quoted, as Terraform writes it: a bare scalar ends with the mark of a document's end. */
export function encodeYaml(value: Value): string {
  if (value.kind !== "known") return `${block(value, "").trimStart()}\n`;
  return `${scalarText(value, "  ")}${typeof value.value === "string" ? "" : "\n..."}\n`;
}

/** A value behind its key or dash: scalars on the same line, collections on lines of their own. */
function block(value: Value, indentation: string): string {
  switch (value.kind) {
    case "known":
      return scalarText(value, indentation);
    case "list":
      if (value.elements.length === 0) return "[]";
      return value.elements
        .map((element) => `\n${indentation}-${inline(element, `${indentation}  `)}`)
        .join("");
    case "map":
      if (value.entries.size === 0) return "{}";
      return [...value.entries]
        .map(([key, entry]) => {
          const inner = entry.kind === "list" ? indentation : `${indentation}  `;
          const written = block(entry, inner);
          return `\n${indentation}${quoted(key)}:${written.startsWith("\n") ? "" : " "}${written}`;
        })
        .join("");
    case "reference":
    case "text":
    case "unknown":
      return fail("the value is not known");
    default:
      return value satisfies never;
  }
}

function inline(element: Value, indentation: string): string {
  const written = block(element, indentation);
  return written.startsWith("\n") ? ` ${written.trimStart()}` : ` ${written}`;
}

function scalarText(value: Extract<Value, { kind: "known" }>, indentation: string): string {
  if (value.value === null) return "null";
  if (typeof value.value === "number") return printNumber(value);
  if (typeof value.value === "boolean") return String(value.value);
  if (!value.value.includes("\n")) return quoted(value.value);
  const chomp = /(?:^|\n)\n$/.test(value.value) ? "+" : value.value.endsWith("\n") ? "" : "-";
  const lines = value.value.replace(/\n$/, "").split("\n");
  // The indentation is told where the first line does not show it.
  const hint = /^[ \n]/.test(value.value) ? "2" : "";
  return `|${hint}${chomp}\n${lines.map((line) => (line === "" ? "" : `${indentation}${line}`)).join("\n")}`;
}

function quoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\u{10000}-\u{10ffff}]/gu,
    (char) => `\\U${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(8, "0")}`,
  );
}
