// yamldecode and yamlencode, by the rules of the YAML library that Terraform uses: those of YAML 1.2 with some words
// of 1.1. Source: https://github.com/zclconf/go-cty-yaml; each rule observed with Terraform 1.11.

import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Scalar, type YAMLMap } from "yaml";
import { known, UNSET, type Value } from "../../model/value.ts";
import { fail } from "../failure.ts";
import { knownNumber, parseNumber, printNumber } from "../number.ts";
import { mapOf, text, tuple } from "../values.ts";
import { printInstant, readInstant } from "./instant.ts";
import { quotedJson } from "./json.ts";

const MAX_DEPTH = 100;

/** Fails for text that is no YAML, and for several documents. */
export function decodeYaml(source: string): Value {
  const documents = parseAllDocuments(source, { schema: "failsafe", uniqueKeys: false, logLevel: "silent" });
  const [document, ...others] = "empty" in documents ? [] : documents;
  if (document === undefined || others.length > 0) return fail("the text is not one document");
  if (document.errors.length > 0) return fail("the text is no YAML");
  if (document.contents === null) return fail("the text holds no document");
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
  return node === null ? UNSET : fail("the document holds what is no value");
}

/** `<<` takes over the entries of another map, those written out win. */
function map(node: YAMLMap, convert: (node: unknown) => Value): Value {
  const merged: [string, Value][] = [];
  const entries: [string, Value][] = [];
  for (const { key, value } of node.items) {
    const name = convert(key);
    if (name.kind !== "known") return fail("a key is no scalar");
    const entry = value === null ? UNSET : convert(value);
    if (name.value === "<<" && isPlain(key)) {
      for (const from of entry.kind === "list" ? entry.elements.toReversed() : [entry]) {
        if (from.kind !== "map") return fail("what is merged is no map");
        merged.push(...from.entries);
      }
    } else entries.push([name.value === null ? "null" : String(name.value), entry]);
  }
  return mapOf([...merged, ...entries]);
}

function isPlain(node: unknown): boolean {
  return isScalar(node) && node.type === "PLAIN";
}

const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const NULL = /^(?:|~|null|Null|NULL)$/;
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt ])/;

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
  const instant = TIMESTAMP.test(source) ? readInstant(withTime(source)) : undefined;
  return instant === undefined ? text(source) : text(printInstant(instant));
}

function withTime(source: string): string {
  const [, date = "", time = "00:00:00", zone = "Z"] =
    /^(\d{4}-\d{1,2}-\d{1,2})(?:[Tt]|[ ]+)?(\d{1,2}:\d{2}:\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{1,2}(?::?\d{2})?)?$/.exec(
      source,
    ) ?? [];
  const padded = date.replace(/-(\d)(?!\d)/g, "-0$1");
  return `${padded}T${time.padStart(8, "0")}${zone}`;
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

/** Block style with every string quoted, as Terraform writes it. */
export function encodeYaml(value: Value): string {
  return `${block(value, "")}`.replace(/^\n/, "").replace(/\n?$/, "\n");
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
          return `\n${indentation}${quotedJson(key)}:${written.startsWith("\n") ? "" : " "}${written}`;
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
  if (!value.value.includes("\n")) return quotedJson(value.value);
  const chomp = value.value.endsWith("\n\n") ? "+" : value.value.endsWith("\n") ? "" : "-";
  const lines = value.value.replace(/\n$/, "").split("\n");
  return `|${chomp}\n${lines.map((line) => (line === "" ? "" : `${indentation}${line}`)).join("\n")}`;
}
