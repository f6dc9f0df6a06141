// YAML text to a small tree that knows where everything stands. The only importer of `yaml`; loads it when first asked.
// Aliases, tags and several documents are refused: a file of ours never needs them, and they can be made huge.

import type { LineCounter, Node, Scalar, YAMLError, YAMLMap } from "yaml";
import type { Json } from "../model/json.ts";
import { InputError, type InputProblem } from "../model/problem.ts";

export type YamlNode = YamlScalar | YamlList | YamlMap;

interface YamlScalar {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** As written, without quotes. */
  readonly written: string;
  readonly place: string;
  /** Where the character of a string value stands in the file. */
  readonly placeOf: (offset: number) => string;
}

interface YamlList {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
  readonly place: string;
}

export interface YamlMap {
  readonly kind: "map";
  readonly entries: readonly YamlEntry[];
  readonly place: string;
}

interface YamlEntry {
  readonly key: string;
  readonly place: string;
  readonly value: YamlNode;
}

/** No policy or configuration written by people comes near it. */
const MAX_LENGTH = 500_000;
const MAX_DEPTH = 50;

/** Throws an InputError with every problem of the text; `topic` begins their codes, such as "policy". */
export async function readYaml(text: string, file: string, topic: string): Promise<YamlNode> {
  const refuse = (message: string): InputError =>
    new InputError([{ code: `${topic}-not-yaml`, place: file, message }]);
  if (text.length > MAX_LENGTH)
    throw refuse(`the file has ${text.length} characters, more than ${MAX_LENGTH}`);
  if (nestsTooDeep(text)) throw refuse(`lists and maps are nested more than ${MAX_DEPTH} levels deep`);
  const yaml = await import("yaml");
  const lineCounter = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false });
  const source: Source = { yaml, text, file, topic, lineCounter, problems: [] };
  for (const error of [...document.errors, ...document.warnings]) {
    say(source, error.pos[0], "not-yaml", yamlMessage(error));
  }
  const { contents } = document;
  const node = contents === null ? undefined : toNode(source, contents, 0);
  if (source.problems.length > 0) throw new InputError(source.problems);
  if (node === undefined) throw refuse("the file is empty");
  return node;
}

interface Source {
  readonly yaml: typeof import("yaml");
  readonly text: string;
  readonly file: string;
  readonly topic: string;
  readonly lineCounter: LineCounter;
  readonly problems: InputProblem[];
}

/**
 * What would make `yaml` run out of stack or memory: brackets within brackets, and dashes or indentation without end.
 * Brackets in strings count as well; no file of ours has so many that are never closed.
 */
function nestsTooDeep(text: string): boolean {
  if (/^[ \t?:-]{200}/m.test(text)) return true;
  let depth = 0;
  for (const character of text) {
    if (character === "[" || character === "{") depth += 1;
    else if (character === "]" || character === "}") depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function yamlMessage({ code, message }: YAMLError): string {
  if (code === "MULTIPLE_DOCS") return "a second document starts here, and a file holds one";
  const [first = message] = message.split("\n");
  return `this is not YAML: ${first.charAt(0).toLowerCase()}${first.slice(1)}`;
}

function placeAt({ file, lineCounter }: Source, offset: number): string {
  const { line, col } = lineCounter.linePos(offset);
  return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
}

function say(source: Source, offset: number, code: string, message: string, help?: string): void {
  const problem = { code: `${source.topic}-${code}`, place: placeAt(source, offset), message };
  source.problems.push(help === undefined ? problem : { ...problem, help });
}

function toNode(source: Source, node: Node, depth: number): YamlNode | undefined {
  const { yaml } = source;
  const offset = node.range?.[0] ?? 0;
  if (depth > MAX_DEPTH) {
    say(source, offset, "not-yaml", `the file is nested more than ${MAX_DEPTH} levels deep`);
    return undefined;
  }
  if (yaml.isAlias(node)) {
    say(
      source,
      offset,
      "alias",
      `aliases such as "*${node.source}" are not read`,
      "write the value out here",
    );
    return undefined;
  }
  const place = placeAt(source, offset);
  if (yaml.isScalar(node)) return scalarNode(source, node, place);
  if (yaml.isSeq(node)) {
    const items = node.items.flatMap((item) => childNode(source, item, offset, depth));
    return { kind: "list", items, place };
  }
  return yaml.isMap(node) ? { kind: "map", entries: entriesOf(source, node, depth), place } : undefined;
}

function entriesOf(source: Source, map: YAMLMap, depth: number): YamlEntry[] {
  const { yaml } = source;
  const seen = new Set<string>();
  return map.items.flatMap(({ key, value }): YamlEntry[] => {
    const offset = (yaml.isNode(key) ? key.range?.[0] : undefined) ?? map.range?.[0] ?? 0;
    if (!yaml.isScalar(key)) {
      say(source, offset, "not-yaml", "a key has to be a word");
      return [];
    }
    const written = writtenOf(key);
    if (seen.has(written)) say(source, offset, "key-twice", `"${written}" stands here a second time`);
    seen.add(written);
    const place = placeAt(source, offset);
    return childNode(source, value, offset, depth).map((child) => ({ key: written, place, value: child }));
  });
}

/** Nothing written after a key or a dash is null; it stands where the key does. */
function childNode(source: Source, value: unknown, offset: number, depth: number): YamlNode[] {
  if (!source.yaml.isNode(value)) {
    const place = placeAt(source, offset);
    return [{ kind: "scalar", value: null, written: "", place, placeOf: () => place }];
  }
  const node = toNode(source, value, depth + 1);
  return node === undefined ? [] : [node];
}

function scalarNode(source: Source, node: Scalar, place: string): YamlNode | undefined {
  const { value } = node;
  const [start = 0, end = start] = node.range ?? [];
  if (typeof value === "bigint" || (typeof value === "object" && value !== null)) {
    say(source, start, "not-yaml", "only text, numbers, true and false are read");
    return undefined;
  }
  const plain =
    typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
  return {
    kind: "scalar",
    value: plain,
    written: writtenOf(node),
    place,
    placeOf: (offset) => placeAt(source, sourceOffset(source.text, start, end, String(plain), offset)),
  };
}

function writtenOf(node: Scalar): string {
  return typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
}

/**
 * Where the character at `offset` of a decoded string stands in the text: YAML only adds quotes, escapes, line breaks
 * and indentation between the characters of the value, so they are found again in order.
 */
function sourceOffset(text: string, start: number, end: number, value: string, offset: number): number {
  let at = text.charAt(start) === "|" || text.charAt(start) === ">" ? lineEnd(text, start) : start;
  if (text.charAt(at) === '"' || text.charAt(at) === "'") at += 1;
  let last = at;
  for (const character of value.slice(0, offset + 1)) {
    if (/\s/.test(character)) continue;
    const found = text.indexOf(character, at);
    if (found < 0 || found >= end) return last;
    last = found;
    at = found + 1;
  }
  return offset >= value.length ? at : last;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** The part of a document at keys and positions; `undefined`: it has none there. */
export function nodeAt(node: YamlNode, path: readonly (string | number)[]): YamlNode | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return node;
  const next =
    node.kind === "list" && typeof step === "number"
      ? node.items[step]
      : node.kind === "map"
        ? node.entries.find((entry) => entry.key === step)?.value
        : undefined;
  return next === undefined ? undefined : nodeAt(next, rest);
}

/** The part as plain data, without its places. */
export function toJson(node: YamlNode): Json {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(toJson);
    case "map":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, toJson(value)]));
    default:
      return node satisfies never;
  }
}
