// Which room may import which: docs/architecture.md, "Rooms and levels".

import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { filesLike, type RepositoryFile } from "../tools/repository.ts";

const LEVELS: Readonly<Record<string, number>> = {
  model: 0,
  aws: 1,
  terraform: 1,
  input: 2,
  resolve: 2,
  evaluate: 2,
  report: 2,
  suggest: 2,
  "check.ts": 3,
  cli: 4,
  "index.ts": 4,
  "compile-policies.ts": 4,
  "cli.ts": 5,
  "batch-worker.ts": 5,
};

const SOURCES = filesLike(/^src\/.*\.ts$/);

const roomOf = (path: string) => path.split("/")[1] ?? path;

/** What is imported, statically or not, types included: a type ties rooms together as well. */
function importsOf(text: string): readonly string[] {
  return [
    ...text.matchAll(/^\s*(?:import|export)\b[^;]*?from "([^"]+)"|\bimport\("([^"]+)"\)|^import "([^"]+)"/gm),
  ].map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? "");
}

/** A sentence for each import that a room may not have. */
function complaints({ path, text }: RepositoryFile): readonly string[] {
  const room = roomOf(path);
  const level = LEVELS[room];
  if (level === undefined)
    return [`${path}: "${room}" has no level; which room of docs/architecture.md is it in?`];
  return importsOf(text)
    .filter((name) => name.startsWith("."))
    .flatMap((name) => {
      const target = posix.join(posix.dirname(path), name);
      const other = roomOf(target);
      const below = LEVELS[other];
      if (other === room) return [];
      if (below === undefined) return [`${path}: imports ${target}, which is in no room`];
      return level > below
        ? []
        : [`${path} may not import ${target}: ${room} is level ${level}, ${other} is level ${below}`];
    });
}

describe("rooms", () => {
  it("import only what lies on a lower level", () => {
    expect(SOURCES.flatMap(complaints)).toEqual([]);
  });

  it.each<[string, string, string]>([
    ["a room beside", "src/evaluate/evaluate.ts", 'import { tell } from "../report/words.ts";'],
    ["a room beside, for a type", "src/aws/arn.ts", 'import type { Scope } from "../terraform/scope.ts";'],
    ["a room above, when needed", "src/model/value.ts", 'const { check } = await import("../check.ts");'],
    ["a room that does not exist", "src/utils/strings.ts", ""],
    ["several lines", "src/input/plan.ts", 'import {\n  buildGraph,\n} from "../resolve/build-graph.ts";'],
  ])("would be told of an import from %s", (_, path, text) => {
    expect(complaints({ path, text })).toHaveLength(1);
  });
});
