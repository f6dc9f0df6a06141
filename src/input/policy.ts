// A policy file to a Policy: what the shape cannot say, with all problems of the file at once.

import type {
  AttributeOperator,
  BenchmarkEntry,
  CheckParameters,
  Join,
  Policy,
  ResourceAttribute,
} from "../model/policy.ts";
import { InputError } from "../model/problem.ts";
import { type Position, say } from "./document-shape.ts";
import { nearest, quoted } from "./nearest.ts";
import { patternComplaint } from "./pattern-text.ts";
import {
  type CheckDocument,
  type LogPatternAlarmDocument,
  OPERATORS,
  POLICY,
  type PolicyDocument,
  type ResourceAttributeDocument,
} from "./policy-shape.ts";
import { parsePath } from "./select.ts";
import { nodeAt, readYaml, type YamlMap, type YamlNode } from "./yaml-document.ts";

/** Throws an InputError with every problem of the file. `file` gives the places and, without its ending, the id. */
export async function parsePolicy(text: string, file: string): Promise<Policy> {
  const node = await readYaml(text, file, "policy");
  const at: Position = { path: "", topic: "policy", problems: [] };
  const document = POLICY.read(node, at);
  sayOtherName(node, file, at);
  if (document?.check === "log-pattern-alarm") sayPublished(node, document, document.with, at);
  if (document === undefined || at.problems.length > 0) throw new InputError(inOrder(at.problems));
  return toPolicy(document, await toParameters(document));
}

/** By place in the file: shapes are read before what they mean together. */
function inOrder(problems: Position["problems"]): Position["problems"] {
  const key = (place: string): number => {
    const [line = 0, column = 0] = place.split(":").slice(-2).map(Number);
    return line * 1_000_000 + column;
  };
  return problems.toSorted((a, b) => key(a.place) - key(b.place));
}

function sayOtherName(node: YamlNode, file: string, at: Position): void {
  const id = nodeAt(node, ["id"]);
  const name =
    file
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.ya?ml$/, "") ?? file;
  if (id?.kind !== "scalar" || typeof id.value !== "string" || id.value === name) return;
  say(at, id.place, "id-differs", `the id is "${id.value}", the file is named "${name}"`, {
    help: `rename the file to ${id.value}.yaml`,
  });
}

/** Texts that cannot be read have to say so, those that can must not; and versions have to exist. */
function sayPublished(
  node: YamlNode,
  { benchmarks }: PolicyDocument,
  { published = [] }: LogPatternAlarmDocument,
  at: Position,
): void {
  const seen = new Set<string>();
  for (const [index, entry] of published.entries()) {
    const path = ["with", "published", index] as const;
    const text = nodeAt(node, [...path, "pattern"]);
    if (text?.kind === "scalar") {
      const complaint = patternComplaint(entry.pattern);
      if (complaint !== undefined && entry.broken === undefined) {
        say(at, text.placeOf(complaint.offset ?? 0), complaint.code, complaint.message, {
          help: 'correct it or, when it is printed so, add "broken" with the reason',
        });
      }
      if (complaint === undefined && entry.broken !== undefined) {
        say(at, text.place, "not-broken", "this text can be read", { help: 'remove "broken"' });
      }
      if (seen.has(entry.pattern)) say(at, text.place, "published-twice", "this text stands here already");
      seen.add(entry.pattern);
    }
    const where = nodeAt(node, [...path, "in"]);
    if (where?.kind === "map") sayUnknownVersions(where, benchmarks ?? new Map(), at);
  }
}

function sayUnknownVersions(
  where: YamlMap,
  benchmarks: NonNullable<PolicyDocument["benchmarks"]>,
  at: Position,
): void {
  for (const { key, place, value } of where.entries) {
    const known = benchmarks.get(key);
    if (known === undefined) {
      say(at, place, "unknown-benchmark", `"benchmarks" has no "${key}"`);
      continue;
    }
    for (const version of value.kind === "list" ? value.items : []) {
      if (version.kind !== "scalar" || known.has(version.written)) continue;
      const meant = nearest(version.written, known.keys());
      say(
        at,
        version.place,
        "unknown-version",
        `"benchmarks" has no version "${version.written}" of "${key}"`,
        {
          note: `versions there are ${quoted(known.keys())}`,
          ...(meant === undefined ? {} : { help: `write "${meant}"` }),
        },
      );
    }
  }
}

function toPolicy(document: PolicyDocument, check: CheckParameters): Policy {
  const { id, title, severity, rationale, remediation, sources, deprecated } = document;
  return {
    id,
    title,
    severity,
    rationale: rationale.trim(),
    remediation: remediation.trim(),
    benchmarks: toEntries(document),
    identifiers: document.identifiers ?? new Map(),
    sources,
    deprecated,
    check,
  };
}

/** In the order of the file. */
function toEntries(document: PolicyDocument): readonly BenchmarkEntry[] {
  const published = document.check === "log-pattern-alarm" ? (document.with.published ?? []) : [];
  return [...(document.benchmarks ?? [])].flatMap(([name, versions]) =>
    [...versions].map(([version, number]) => ({
      name,
      version,
      number,
      patterns: published
        .filter((entry) => entry.in.get(name)?.includes(version))
        .map((entry) => entry.pattern),
    })),
  );
}

async function toParameters(document: CheckDocument): Promise<CheckParameters> {
  switch (document.check) {
    case "log-pattern-alarm":
      return { kind: "log-pattern-alarm", pattern: document.with.pattern };
    case "resource-attribute":
      return toResourceAttribute(document.with);
    default:
      return document satisfies never;
  }
}

async function toResourceAttribute(document: ResourceAttributeDocument): Promise<ResourceAttribute> {
  const { resource, path, joined } = document;
  return {
    kind: "resource-attribute",
    resource,
    path,
    steps: await parsePath(path),
    operator: toOperator(document),
    quantifier: document.for ?? "all",
    whenUnset: document.default,
    joined: joined === undefined ? undefined : await toJoin(joined),
  };
}

async function toJoin({ resource, path }: Pick<Join, "resource" | "path">): Promise<Join> {
  return { resource, path, steps: await parsePath(path) };
}

/** The shape lets through exactly one of the operators. */
function toOperator(document: ResourceAttributeDocument): AttributeOperator {
  const { equals, in: values, matches, exists, references } = document;
  const { "at-least": least, "at-most": most } = document;
  if (equals !== undefined) return { name: "equals", value: equals };
  if (values !== undefined) return { name: "in", values };
  if (matches !== undefined) return { name: "matches", pattern: matches };
  if (exists !== undefined) return { name: "exists", value: exists };
  if (least !== undefined) return { name: "at-least", value: least };
  if (most !== undefined) return { name: "at-most", value: most };
  if (references !== undefined) return { name: "references", type: references };
  throw new Error(`none of ${quoted(OPERATORS)} came out of the shape`);
}
