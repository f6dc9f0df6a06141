// Which controls a run asks about, under which numbers and with which texts. Pure: policies and two options in,
// controls out.

import { parsePattern } from "../aws/filter-pattern/parse.ts";
import { matchesGlob } from "../model/glob.ts";
import type { BenchmarkEntry, Policy, SelectedControl } from "../model/policy.ts";
import { InputError, type InputProblem } from "../model/problem.ts";
import { nearest, quoted } from "./nearest.ts";

/** The control tfcheck was made for; asked when nothing else is. */
export const DEFAULT_CONTROL = "aws-unauthorized-api-calls-alarm";

export interface Selection {
  /** NAME@VERSION; `undefined`: no benchmark. */
  readonly benchmark: string | undefined;
  /** Ids, identifiers in other registers or, with a benchmark, its numbers; `*` stands for anything. */
  readonly controls: readonly string[];
}

/** Whether nothing is asked for in particular, which gets the default control. */
export function asksForDefault({ benchmark, controls }: Selection): boolean {
  return benchmark === undefined && controls.length === 0;
}

/**
 * With a benchmark alone: every control that the version numbers, in the order of the numbers. With names too: only
 * those; one that the version does not number comes without a number and with its own requirement.
 * Throws an InputError when a name or the benchmark is not known.
 */
export function selectControls(
  policies: readonly Policy[],
  { benchmark, controls }: Selection,
): readonly SelectedControl[] {
  const problems: InputProblem[] = [];
  const version = benchmark === undefined ? undefined : findVersion(policies, benchmark, problems);
  if (problems.length > 0) throw new InputError(problems);
  const globs = asksForDefault({ benchmark, controls }) ? [DEFAULT_CONTROL] : controls;
  const candidates = policies.map((policy) => ({ policy, entry: entryOf(policy, version) }));
  const picked =
    globs.length === 0
      ? candidates.filter(({ policy, entry }) => entry !== undefined && policy.deprecated === undefined)
      : candidates.filter((candidate) => globs.some((glob) => isNamed(candidate, glob)));
  for (const glob of globs) {
    if (!candidates.some((candidate) => isNamed(candidate, glob))) {
      problems.push(unknownControl(glob, policies, version !== undefined));
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return picked.map(({ policy, entry }) => toSelected(policy, entry)).toSorted(byNumber);
}

interface Version {
  readonly name: string;
  readonly version: string;
}

interface Candidate {
  readonly policy: Policy;
  readonly entry: BenchmarkEntry | undefined;
}

function entryOf(policy: Policy, version: Version | undefined): BenchmarkEntry | undefined {
  if (version === undefined) return undefined;
  return policy.benchmarks.find((entry) => entry.name === version.name && entry.version === version.version);
}

/** Letter case does not matter. A retired control answers to its exact id only. */
function isNamed({ policy, entry }: Candidate, glob: string): boolean {
  if (policy.deprecated !== undefined) return glob === policy.id;
  const names = [policy.id, ...policy.identifiers.values(), ...(entry === undefined ? [] : [entry.number])];
  return names.some((name) => matchesGlob(glob.toLowerCase(), name.toLowerCase()));
}

function toSelected(policy: Policy, entry: BenchmarkEntry | undefined): SelectedControl {
  return {
    policy,
    benchmark:
      entry === undefined ? undefined : { name: entry.name, version: entry.version, number: entry.number },
    patterns: patternsOf(policy, entry),
  };
}

/**
 * Any text of the version that can be read suffices. Where copies of a version differ, that is the weakest of them;
 * where every copy is broken, or none is known, the control's own pattern stands in.
 */
function patternsOf({ check }: Policy, entry: BenchmarkEntry | undefined): readonly string[] {
  if (check.kind !== "log-pattern-alarm") return [];
  const readable = (entry?.patterns ?? []).filter((text) => "pattern" in parsePattern(text));
  return readable.length > 0 ? readable : [check.pattern];
}

/** By benchmark number, part by part; what has none comes last and keeps its order. */
function byNumber(a: SelectedControl, b: SelectedControl): number {
  const [first, second] = [partsOf(a), partsOf(b)];
  for (let at = 0; at < Math.max(first.length, second.length); at += 1) {
    const difference = (first[at] ?? -1) - (second[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

function partsOf({ benchmark }: SelectedControl): readonly number[] {
  if (benchmark === undefined) return [Number.MAX_SAFE_INTEGER];
  return benchmark.number.split(".").map((part) => Number.parseInt(part, 10) || 0);
}

/** `v5`, `5.0` and `5.0.0` are one version. */
function findVersion(
  policies: readonly Policy[],
  written: string,
  problems: InputProblem[],
): Version | undefined {
  const entries = policies.flatMap((policy) => policy.benchmarks);
  const [name = "", version = ""] = written.split("@", 2);
  const versions = [...new Set(entries.filter((entry) => entry.name === name).map((entry) => entry.version))];
  const found = versions.find((known) => inFull(known) === inFull(version));
  if (found !== undefined) return { name, version: found };
  problems.push(
    versions.length === 0
      ? unknownBenchmark(name, version, new Set(entries.map((entry) => entry.name)))
      : unknownVersion(name, version, versions),
  );
  return undefined;
}

function inFull(version: string): string {
  const parts = version.replace(/^v/i, "").split(".");
  return [...parts, "0", "0"].slice(0, Math.max(3, parts.length)).join(".");
}

function unknownBenchmark(name: string, version: string, names: ReadonlySet<string>): InputProblem {
  const [only, ...others] = names;
  const meant = nearest(name, names) ?? (others.length === 0 ? only : undefined);
  return {
    code: "unknown-benchmark",
    place: "--benchmark",
    message: `no benchmark is named "${name}"`,
    note: `benchmarks are ${quoted(names)}`,
    ...(meant === undefined ? {} : { help: `--benchmark ${meant}@${version === "" ? "VERSION" : version}` }),
  };
}

function unknownVersion(name: string, version: string, versions: readonly string[]): InputProblem {
  const meant = version === "" ? versions.at(-1) : nearest(version, versions);
  return {
    code: "unknown-benchmark-version",
    place: "--benchmark",
    message: version === "" ? `"${name}" needs a version` : `"${name}" has no version "${version}"`,
    note: `versions are ${quoted(versions)}`,
    ...(meant === undefined ? {} : { help: `--benchmark ${name}@${meant}` }),
  };
}

function unknownControl(glob: string, policies: readonly Policy[], withBenchmark: boolean): InputProblem {
  const names = policies.flatMap((policy) => [policy.id, ...policy.identifiers.values()]);
  const problem = {
    code: "unknown-control",
    place: "--control",
    message: `no control is named "${glob}"`,
  };
  if (/^\d+(\.\d+)+$/.test(glob) && !withBenchmark) {
    return {
      ...problem,
      note: "a number says which control only together with a benchmark",
      help: `--benchmark ${newestBenchmark(policies, glob)} --control ${glob}`,
    };
  }
  const retired = policies.find(({ id, deprecated }) => deprecated !== undefined && matchesGlob(glob, id));
  const meant = retired?.id ?? nearest(glob, names);
  return { ...problem, help: meant === undefined ? "tfcheck list" : `--control ${meant}` };
}

/** The newest version that has the number; without one, the newest of all. */
function newestBenchmark(policies: readonly Policy[], number: string): string {
  const entries = policies.flatMap((policy) => policy.benchmarks);
  const newest = entries.findLast((entry) => entry.number === number) ?? entries.at(-1);
  return newest === undefined ? "NAME@VERSION" : `${newest.name}@${newest.version}`;
}
