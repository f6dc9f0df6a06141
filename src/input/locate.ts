// Finds the blocks of an HCL file: kind, labels, where each begins and ends, the comments above it, and where its
// arguments stand. hcl2json gives no positions. Not a parser: it is run on text that hcl2json has accepted.

import type { SourceLocation } from "../model/source.ts";
import { commentEnd, expressionEnd, lineEnd, MAX_NESTING, NestingTooDeep } from "../terraform/scan.ts";

/** One block with the blocks inside it. */
export interface LocatedBlock extends LocatedBody {
  readonly kind: string;
  readonly labels: readonly string[];
  readonly start: SourceLocation;
  /** Of the closing brace. */
  readonly end: SourceLocation;
  /** Comments on the lines right above and behind the opening brace, without their marks. */
  readonly comments: readonly string[];
}

export interface LocatedAttribute {
  readonly start: SourceLocation;
  /** The expression as it is written. */
  readonly text: string;
}

/** What stands in a body: of a block, or of a whole file. */
export interface LocatedBody {
  readonly attributes: ReadonlyMap<string, LocatedAttribute>;
  readonly blocks: readonly LocatedBlock[];
}

/** Cost: linear in the text. Throws `NestingTooDeep`. */
export function locate(file: string, text: string): LocatedBody {
  const source = { file, text, lineStarts: lineStartsOf(text) };
  return readBody(source, text.startsWith("\uFEFF") ? 1 : 0, 0);
}

interface Source {
  readonly file: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
}

interface ReadBody extends LocatedBody {
  /** Offset of the closing brace, or of the text's end. */
  readonly end: number;
}

const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;

function readBody(source: Source, from: number, depth: number): ReadBody {
  if (depth > MAX_NESTING) throw new NestingTooDeep(from);
  const { text } = source;
  const blocks: LocatedBlock[] = [];
  const attributes = new Map<string, LocatedAttribute>();
  let comments: Comment[] = [];
  let at = from;
  while (at < text.length && text[at] !== "}") {
    const comment = commentEnd(text, at);
    if (comment !== undefined) {
      comments.push({ from: at, to: comment });
      at = comment;
      continue;
    }
    const name = nameAt(text, at);
    if (name === undefined) {
      at += 1;
      continue;
    }
    const header = readHeader(text, at + name.length);
    if (header.opens === "=") {
      const end = expressionEnd(text, header.at);
      const written = text.slice(header.at, end).trim();
      attributes.set(name, { start: locationAt(source, at), text: written });
      at = end;
    } else if (header.opens === "{") {
      const inside = readBody(source, header.at, depth + 1);
      blocks.push({
        kind: name,
        labels: header.labels,
        start: locationAt(source, at),
        end: locationAt(source, inside.end),
        comments: [...commentsAbove(source, comments, at), ...commentBehind(text, header.at)],
        attributes: inside.attributes,
        blocks: inside.blocks,
      });
      at = inside.end + 1;
    } else {
      at = header.at;
    }
    comments = [];
  }
  return { blocks, attributes, end: at };
}

function nameAt(text: string, at: number): string | undefined {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0];
}

interface Header {
  readonly opens: "=" | "{" | undefined;
  readonly labels: readonly string[];
  /** Offset behind the `=` or `{`, or of what is neither. */
  readonly at: number;
}

/** What stands between a name and the `=` or `{` behind it: labels, quoted or bare. */
function readHeader(text: string, from: number): Header {
  const labels: string[] = [];
  let at = from;
  for (;;) {
    while (text[at] === " " || text[at] === "\t") at += 1;
    const char = text[at];
    if (char === "=" || char === "{") return { opens: char, labels, at: at + 1 };
    const comment = char === "/" && text[at + 1] === "*" ? commentEnd(text, at) : undefined;
    if (comment !== undefined) {
      at = comment;
    } else if (char === '"') {
      const end = labelEnd(text, at);
      labels.push(unquote(text.slice(at, end)));
      at = end;
    } else {
      const label = nameAt(text, at);
      if (label === undefined) return { opens: undefined, labels, at: Math.max(at, from) };
      labels.push(label);
      at += label.length;
    }
  }
}

/** Labels hold no templates. */
function labelEnd(text: string, open: number): number {
  let at = open + 1;
  while (at < text.length && text[at] !== '"' && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1;
  return Math.min(at + 1, text.length);
}

function unquote(quoted: string): string {
  try {
    const label: unknown = JSON.parse(quoted);
    return typeof label === "string" ? label : quoted;
  } catch {
    return quoted.slice(1, -1);
  }
}

interface Comment {
  readonly from: number;
  readonly to: number;
}

/** The run of comments that ends on the line right above `at`, without an empty line or an argument between. */
function commentsAbove(source: Source, comments: readonly Comment[], at: number): readonly string[] {
  const above: string[] = [];
  let below = at;
  for (const comment of comments.toReversed()) {
    const between = source.text.slice(comment.to, below);
    if (between.trim() !== "" || between.split("\n").length > 2) break;
    if (!standsAlone(source.text, comment.from)) break;
    above.unshift(plainComment(source.text.slice(comment.from, comment.to)));
    below = comment.from;
  }
  return above;
}

/** Whether nothing but white space stands before the comment on its line. */
function standsAlone(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf("\n", at - 1) + 1, at).trim() === "";
}

function commentBehind(text: string, at: number): readonly string[] {
  const line = text.slice(at, lineEnd(text, at));
  const lead = line.length - line.trimStart().length;
  const end = commentEnd(text, at + lead);
  return end === undefined ? [] : [plainComment(text.slice(at + lead, end))];
}

function plainComment(comment: string): string {
  if (!comment.startsWith("/*")) return comment.replace(/^(#+|\/\/+)\s*/, "").trimEnd();
  const inside = comment.slice(2, comment.endsWith("*/") ? -2 : undefined);
  return inside
    .split("\n")
    .map((line) => line.replace(/^\s*\*?\s?/, "").trimEnd())
    .join("\n")
    .trim();
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function locationAt(source: Source, offset: number): SourceLocation {
  let low = 0;
  let high = source.lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { file: source.file, line: low + 1, column: offset - (source.lineStarts[low] ?? 0) + 1 };
}
