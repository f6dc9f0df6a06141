// Files and functions that a reader can hold in the head.

import ts from "typescript";
import { describe, expect, it } from "vitest";
import { filesLike } from "../tools/repository.ts";

const MAX_FILE = 400;
const MAX_FUNCTION = 80;

const SOURCES = filesLike(/^src\/.*\.ts$/);

interface Size {
  readonly name: string;
  readonly lines: number;
}

function functionsOf(path: string, text: string): readonly Size[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const found: Size[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
      const first = file.getLineAndCharacterOfPosition(node.getStart()).line;
      const last = file.getLineAndCharacterOfPosition(node.getEnd()).line;
      found.push({ name: `${path}:${first + 1}`, lines: last - first + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe("sources", () => {
  it(`have at most ${MAX_FILE} lines`, () => {
    const long = SOURCES.filter(({ text }) => text.split("\n").length > MAX_FILE + 1);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it(`have no function of more than ${MAX_FUNCTION} lines`, () => {
    const long = SOURCES.flatMap(({ path, text }) => functionsOf(path, text)).filter(
      ({ lines }) => lines > MAX_FUNCTION,
    );
    expect(long).toEqual([]);
  });

  it("begin by saying what they are for", () => {
    const silent = SOURCES.filter(({ text }) => !/^(#!.*\n)?\/\/ \S/.test(text));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it("hold no folder that is named for nothing in particular", () => {
    const vague = SOURCES.filter(({ path }) =>
      /\/(utils?|helpers?|common|shared|misc|lib|types)[./]/.test(path),
    );
    expect(vague.map(({ path }) => path)).toEqual([]);
  });
});
