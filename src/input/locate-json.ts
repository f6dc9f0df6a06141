// Where the blocks of a JSON configuration file stand: at the key that names each. Run on text that JSON.parse has
// accepted.

import type { SourceLocation } from "../model/source.ts";

/** A block at the top level. */
export interface LocatedJsonBlock {
  readonly start: SourceLocation;
  readonly attributes: ReadonlyMap<string, SourceLocation>;
}

/** A brace or bracket that is open. */
interface Level {
  /** Keys that lead here; lists between objects are no step. */
  readonly path: readonly string[];
  /** Where the last of those keys stands. */
  readonly start: SourceLocation | undefined;
  /** Arguments of the block that this is the inside of; `undefined`: it is none. */
  readonly attributes: Map<string, SourceLocation> | undefined;
}

const TOKEN = /"(?:[^"\\]|\\.)*"(?:\s*(:))?|[{}[\]]|\n/g;

/**
 * The blocks by the JSON of their type and labels, those of one name in the order of the file. `labelCount` says how
 * many labels a type has. Cost: linear in the text.
 */
export function locateJsonBlocks(
  file: string,
  text: string,
  labelCount: (type: string) => number | undefined,
): ReadonlyMap<string, LocatedJsonBlock[]> {
  const blocks = new Map<string, LocatedJsonBlock[]>();
  const levels: Level[] = [{ path: [], start: undefined, attributes: undefined }];
  let key: { readonly name: string; readonly start: SourceLocation } | undefined;
  let [line, lineStart] = [1, 0];
  for (const match of text.matchAll(TOKEN)) {
    const [token, colon] = match;
    const level = levels.at(-1);
    if (token === "\n") {
      [line, lineStart] = [line + 1, match.index + 1];
    } else if (colon !== undefined) {
      const start = { file, line, column: match.index - lineStart + 1 };
      key = { name: nameOf(token), start };
      level?.attributes?.set(key.name, start);
      const breaks = token.split("\n").length - 1;
      if (breaks > 0) [line, lineStart] = [line + breaks, match.index + token.lastIndexOf("\n") + 1];
    } else if (token === "}" || token === "]") {
      levels.pop();
    } else if (token === "{" || token === "[") {
      const inner = open(token, level, key, labelCount);
      key = undefined;
      levels.push(inner);
      if (inner.attributes === undefined || inner.start === undefined) continue;
      const name = JSON.stringify(inner.path);
      const same = blocks.get(name) ?? [];
      blocks.set(name, [...same, { start: inner.start, attributes: inner.attributes }]);
    }
  }
  return blocks;
}

function open(
  bracket: string,
  outer: Level | undefined,
  key: { readonly name: string; readonly start: SourceLocation } | undefined,
  labelCount: (type: string) => number | undefined,
): Level {
  const path = [...(outer?.path ?? []), ...(key === undefined ? [] : [key.name])];
  const start = key?.start ?? outer?.start;
  const [type = "", ...labels] = path;
  const isBlock = bracket === "{" && path.length > 0 && labels.length === labelCount(type);
  return { path, start, attributes: isBlock ? new Map() : undefined };
}

/** A key with its colon. */
function nameOf(token: string): string {
  const name: unknown = JSON.parse(token.replace(/\s*:$/, ""));
  return typeof name === "string" ? name : token;
}
