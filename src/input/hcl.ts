// Terraform and OpenTofu files (.tf, .tofu, and both with .json) as documents of blocks and expressions.
// The only importer of @cdktf/hcl2json; it takes a while to load, so callers import this file when they need it.

import hcl2json from "@cdktf/hcl2json";
import type { ConfigurationFile, Expression } from "../model/configuration.ts";
import { isObject, type Json } from "../model/json.ts";
import { InputError, type InputProblem } from "../model/problem.ts";
import { MAX_NESTING, NestingTooDeep } from "../terraform/scan.ts";
import { createExpressionPool, UnreadableText } from "./expression-pool.ts";
import {
  type BlockSource,
  labelCount,
  readAssignments,
  readBlocks,
  wantAssignments,
  wantBlocks,
} from "./hcl-blocks.ts";
import { scanJson } from "./json-scan.ts";
import { type LocatedBody, locate } from "./locate.ts";
import { locateJsonBlocks } from "./locate-json.ts";

/** Parses files and templates; what it has read once it does not read again. */
export interface HclParser {
  /**
   * One document per file, by path, in the order given. Throws one `InputError` for all files that cannot be read.
   * Cost: linear, apart from expressions of very many operators, which are refused.
   */
  parseFiles(files: ReadonlyMap<string, string>): Promise<readonly ConfigurationFile[]>;
  /** Template files and strings, by text; what is no template is left out. */
  parseTemplates(texts: Iterable<string>): Promise<ReadonlyMap<string, Expression>>;
  /** The assignments of a `.tfvars` or `.tfvars.json` file. Throws `InputError`. */
  parseAssignments(path: string, text: string): Promise<ReadonlyMap<string, Expression>>;
  /** `undefined` for text that is no expression. */
  parseExpression(text: string): Promise<Expression | undefined>;
}

/** A file as loose JSON, with the positions of its blocks. */
interface RawFile {
  readonly path: string;
  readonly json: Json;
  /** `undefined` for JSON files, which have places instead. */
  readonly located: LocatedBody | undefined;
  readonly places: BlockSource["places"];
}

export function createHclParser(): HclParser {
  const pool = createExpressionPool((text) => hcl2json.getExpressionAst("expression", text) as Promise<Json>);
  return {
    async parseFiles(files) {
      const problems: InputProblem[] = [];
      const raw: RawFile[] = [];
      const each = async (path: string, work: () => void | Promise<void>) => {
        try {
          await work();
        } catch (problem) {
          problems.push(problemOf(path, problem));
        }
      };
      for (const [path, text] of files) {
        await each(path, async () => {
          const file = await readRaw(path, text);
          wantBlocks(blocksOf(file), pool);
          raw.push(file);
        });
      }
      await pool.settle();
      const documents: ConfigurationFile[] = [];
      for (const file of raw) {
        await each(file.path, () => {
          documents.push({ path: file.path, blocks: readBlocks(blocksOf(file), pool) });
        });
      }
      if (problems.length > 0) throw new InputError(problems);
      return documents;
    },
    async parseTemplates(texts) {
      const wanted = new Set(texts);
      for (const text of wanted) attempt(() => pool.want(text));
      await pool.settle();
      const templates = new Map<string, Expression>();
      for (const text of wanted) {
        const template = attempt(() => pool.template(text));
        if (template !== undefined) templates.set(text, template);
      }
      return templates;
    },
    async parseAssignments(path, text) {
      try {
        const { json, located } = await readRaw(path, text);
        wantAssignments(json, located, pool);
        await pool.settle();
        return readAssignments(json, located, pool);
      } catch (problem) {
        throw new InputError([problemOf(path, problem)]);
      }
    },
    async parseExpression(text) {
      pool.wantExpression(text);
      await pool.settle();
      return attempt(() => pool.expression(text));
    },
  };
}

/** `undefined` for text that cannot be read. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (problem) {
    if (problem instanceof UnreadableText) return undefined;
    throw problem;
  }
}

async function readRaw(path: string, text: string): Promise<RawFile> {
  if (path.endsWith(".json")) return readRawJson(path, text.startsWith("\uFEFF") ? text.slice(1) : text);
  const located = locate(path, text);
  const json: unknown = await hcl2json.parse(path, text);
  return { path, json: isObject(json) ? json : {}, located, places: new Map() };
}

function readRawJson(path: string, text: string): RawFile {
  const scan = scanJson(text, 0);
  const rest = scan.kind === "whole" ? text.slice(scan.end).search(/\S/) : -1;
  const at =
    scan.kind === "broken" ? scan.at : scan.kind === "whole" && rest >= 0 ? scan.end + rest : undefined;
  if (scan.kind === "cut" || at !== undefined) {
    const before = text.slice(0, at ?? text.length).split("\n");
    const place = `${path}:${before.length}:${(before.at(-1) ?? "").length + 1}`;
    const message =
      at === undefined ? "the JSON ends before it is complete" : "the JSON cannot go on like this";
    throw new InputError([{ code: "hcl-not-readable", place, message }]);
  }
  const json = JSON.parse(text) as Json;
  return { path, json, located: undefined, places: locateJsonBlocks(path, text, labelCount) };
}

function blocksOf({ json, located, places }: RawFile): BlockSource {
  return { json, located: located?.blocks ?? [], places };
}

function problemOf(path: string, problem: unknown): InputProblem {
  if (problem instanceof InputError && problem.problems[0] !== undefined) return problem.problems[0];
  if (problem instanceof NestingTooDeep) {
    return {
      code: "hcl-nested-too-deeply",
      place: path,
      message: `brackets nest more than ${MAX_NESTING} deep`,
    };
  }
  if (problem instanceof UnreadableText) {
    return { code: "hcl-not-readable", place: path, message: lower(problem.message) };
  }
  const message = problem instanceof Error ? problem.message : String(problem);
  return problemFromParser(path, message);
}

/** hcl2json says `parse config: [main.tf:2,7-3,1: Summary; Detail., and 2 other diagnostic(s)]`. */
function problemFromParser(path: string, message: string): InputProblem {
  const inside = message.replace(/^parse config: \[/, "").replace(/\]$/s, "");
  const rest = inside.startsWith(`${path}:`) ? inside.slice(path.length + 1) : inside;
  const [, line, column, said] = /^(\d+),(\d+)(?:-\d+(?:,\d+)?)?: (.*)$/s.exec(rest) ?? [];
  const [summary, ...detail] = (said ?? rest).split("; ");
  const note = detail.join("; ").trim();
  return {
    code: "hcl-not-readable",
    place: line === undefined ? path : `${path}:${line}:${column}`,
    message: `not readable as HCL: ${lower(summary ?? "")}`,
    ...(note !== "" && { note }),
  };
}

function lower(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  return `${line.charAt(0).toLowerCase()}${line.slice(1)}`.replace(/\.$/, "");
}
