// The policies that come with tfcheck, as one JSON text that needs neither YAML nor validation when it is read.
// Written by the build (src/compile-policies.ts); the two functions are each other's inverse.

import { isArray, isObject } from "../model/json.ts";
import type { BenchmarkEntry, Policy } from "../model/policy.ts";

/** Changes with the shape below, so that a stale file of another build is not misread. */
const FORMAT = 2;

interface Compiled {
  readonly format: typeof FORMAT;
  /** Published texts, each once: versions repeat each other. */
  readonly texts: readonly string[];
  readonly policies: readonly CompiledPolicy[];
  /** How many there are in all. */
  readonly count: number;
}

type CompiledPolicy = Omit<Policy, "benchmarks" | "identifiers" | "proven"> & {
  readonly benchmarks: readonly CompiledEntry[];
  readonly identifiers: readonly (readonly [register: string, id: string])[];
  readonly proven?: readonly (readonly [asked: number, texts: readonly number[]])[];
};

type CompiledEntry = readonly [name: string, version: string, number: string, texts: readonly number[]];

/** `count`: how many there are in all, where these are some of them. */
export function compilePolicies(policies: readonly Policy[], count = policies.length): string {
  const entries = policies.flatMap((policy) => policy.benchmarks);
  const asked = policies.flatMap(({ proven = [] }) =>
    [...proven].flatMap(([text, others]) => [text, ...others]),
  );
  const texts = [...new Set([...entries.flatMap((entry) => entry.patterns), ...asked])];
  const indexes = new Map(texts.map((text, index) => [text, index]));
  const indexOf = (text: string): number => indexes.get(text) ?? -1;
  const compiled: Compiled = {
    format: FORMAT,
    count,
    texts,
    policies: policies.map(({ proven, ...policy }) => ({
      ...policy,
      identifiers: [...policy.identifiers],
      benchmarks: policy.benchmarks.map(({ name, version, number, patterns }) => [
        name,
        version,
        number,
        patterns.map(indexOf),
      ]),
      ...(proven && {
        proven: [...proven].map(([text, others]) => [indexOf(text), [...others].map(indexOf)]),
      }),
    })),
  };
  return `${JSON.stringify(compiled)}\n`;
}

/** `json` is what `compilePolicies` gave; anything else is a broken installation and throws an Error. */
export function builtinPolicies(json: string): readonly Policy[] {
  return somePolicies(json).policies;
}

/** All policies or some of them, and how many there are in all. */
export interface KnownPolicies {
  readonly policies: readonly Policy[];
  readonly policyCount: number;
}

/** As `builtinPolicies`, with how many there are in all. */
export function somePolicies(json: string): KnownPolicies {
  const compiled: unknown = JSON.parse(json);
  if (!isCompiled(compiled)) throw new Error("the compiled policies are from another build; build again");
  return { policies: toPolicies(compiled), policyCount: compiled.count };
}

function toPolicies(compiled: Compiled): readonly Policy[] {
  const { texts } = compiled;
  return compiled.policies.map(({ proven, ...policy }) => ({
    ...policy,
    deprecated: policy.deprecated,
    identifiers: new Map(policy.identifiers),
    benchmarks: policy.benchmarks.map((entry) => toEntry(entry, texts)),
    ...(proven && { proven: toProven(proven, texts) }),
  }));
}

function isCompiled(value: unknown): value is Compiled {
  return isObject(value) && value.format === FORMAT && isArray(value.texts) && isArray(value.policies);
}

function toEntry([name, version, number, indexes]: CompiledEntry, texts: readonly string[]): BenchmarkEntry {
  return { name, version, number, patterns: indexes.flatMap((index) => texts[index] ?? []) };
}

function toProven(
  proven: NonNullable<CompiledPolicy["proven"]>,
  texts: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const textAt = (index: number): string => texts[index] ?? "";
  return new Map(proven.map(([asked, others]) => [textAt(asked), new Set(others.map(textAt))]));
}
