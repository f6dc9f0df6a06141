// Runs patterns of RE2 in time linear in the text, whatever the pattern: JavaScript's own expressions backtrack, and
// configurations come from strangers. Leftmost match, earlier alternatives first, as Go's regexp package.

import { fail } from "../failure.ts";
import type { CharacterTest } from "./character-class.ts";
import { type Assertion, type ParsedPattern, type PatternTree, parsePattern } from "./parse.ts";

export interface Pattern {
  readonly program: readonly Instruction[];
  /** Of each group, in order; `undefined` for a group without one. */
  readonly names: readonly (string | undefined)[];
}

export interface Match {
  readonly start: number;
  readonly end: number;
  /** The whole match, then each group; `undefined` for a group that took no part. */
  readonly groups: readonly (string | undefined)[];
}

type Instruction =
  | { readonly op: "character"; readonly test: CharacterTest }
  | { readonly op: "assertion"; readonly assertion: Assertion }
  /** Both are tried, `first` is preferred. */
  | { op: "split"; first: number; second: number }
  | { op: "jump"; to: number }
  | { readonly op: "save"; readonly slot: number }
  | { readonly op: "match" };

const MAX_PROGRAM = 20_000;
const MAX_WORK = 20_000_000;

/** Fails for what RE2 refuses. */
export function compilePattern(text: string): Pattern {
  const parsed: ParsedPattern = parsePattern(text);
  const program: Instruction[] = [];
  emit({ kind: "group", index: 0, inside: parsed.tree }, program);
  program.push({ op: "match" });
  return { program, names: parsed.names };
}

function emit(tree: PatternTree, program: Instruction[]): void {
  if (program.length > MAX_PROGRAM) fail("the pattern is too large");
  switch (tree.kind) {
    case "character":
      program.push({ op: "character", test: tree.test });
      return;
    case "assertion":
      program.push({ op: "assertion", assertion: tree.assertion });
      return;
    case "sequence":
      for (const part of tree.parts) emit(part, program);
      return;
    case "choice":
      emitChoice(tree.options, program);
      return;
    case "group":
      program.push({ op: "save", slot: tree.index * 2 });
      emit(tree.inside, program);
      program.push({ op: "save", slot: tree.index * 2 + 1 });
      return;
    case "repeat":
      emitRepeat(tree, program);
      return;
    default:
      tree satisfies never;
  }
}

function emitChoice(options: readonly PatternTree[], program: Instruction[]): void {
  const jumps: { op: "jump"; to: number }[] = [];
  options.forEach((option, index) => {
    if (index === options.length - 1) {
      emit(option, program);
      return;
    }
    const split = { op: "split" as const, first: program.length + 1, second: 0 };
    program.push(split);
    emit(option, program);
    const jump = { op: "jump" as const, to: 0 };
    program.push(jump);
    jumps.push(jump);
    split.second = program.length;
  });
  for (const jump of jumps) jump.to = program.length;
}

function emitRepeat(tree: Extract<PatternTree, { kind: "repeat" }>, program: Instruction[]): void {
  for (let count = 0; count < tree.least; count += 1) emit(tree.inside, program);
  const splits: { op: "split"; first: number; second: number }[] = [];
  const open = () => {
    const split = { op: "split" as const, first: program.length + 1, second: 0 };
    program.push(split);
    splits.push(split);
    return program.length - 1;
  };
  if (tree.most === undefined) {
    const start = open();
    emit(tree.inside, program);
    program.push({ op: "jump", to: start });
  } else {
    for (let count = tree.least; count < tree.most; count += 1) {
      open();
      emit(tree.inside, program);
    }
  }
  for (const split of splits) {
    split.second = program.length;
    if (tree.lazy) [split.first, split.second] = [split.second, split.first];
  }
}

/** Matches that do not overlap, at most `limit` of them. Fails where text and pattern together are too much. */
export function findAll(pattern: Pattern, text: string, limit = Number.POSITIVE_INFINITY): readonly Match[] {
  if (pattern.program.length * (text.length + 1) > MAX_WORK) fail("the text is too long for the pattern");
  const matches: Match[] = [];
  let from = 0;
  let lastEnd = -1;
  while (from <= text.length && matches.length < limit) {
    const match = findFirst(pattern, text, from);
    if (match === undefined) break;
    // An empty match right behind another match is none.
    if (match.end > match.start || match.start !== lastEnd) {
      matches.push(match);
      lastEnd = match.end;
    }
    from = match.end > match.start ? match.end : nextIndex(text, match.end);
  }
  return matches;
}

function nextIndex(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}

/** Where the groups so far begin and end. */
type Slots = readonly (number | undefined)[];

interface Thread {
  readonly at: number;
  readonly slots: Slots;
}

/** All threads move one character at a time, the preferred ones first. */
function findFirst(pattern: Pattern, text: string, from: number): Match | undefined {
  const { program } = pattern;
  let threads: Thread[] = [];
  let best: Slots | undefined;
  for (let at = from; at <= text.length; at = nextIndex(text, at)) {
    const visited = new Set<number>();
    const current: Thread[] = [];
    for (const thread of threads) advance(program, thread, { text, at, visited, into: current });
    if (best === undefined) advance(program, { at: 0, slots: [] }, { text, at, visited, into: current });
    if (current.length === 0 && best !== undefined) break;
    const point = text.codePointAt(at);
    threads = [];
    for (const thread of current) {
      const instruction = program[thread.at];
      if (instruction?.op === "match") {
        best = thread.slots;
        break;
      }
      if (instruction?.op === "character" && point !== undefined && instruction.test(point)) {
        threads.push({ at: thread.at + 1, slots: thread.slots });
      }
    }
  }
  return best === undefined ? undefined : matchOf(best, text, pattern.names.length);
}

function matchOf(slots: Slots, text: string, groups: number): Match {
  const group = (index: number) => {
    const [start, end] = [slots[index * 2], slots[index * 2 + 1]];
    return start === undefined || end === undefined ? undefined : text.slice(start, end);
  };
  return {
    start: slots[0] ?? 0,
    end: slots[1] ?? 0,
    groups: Array.from({ length: groups + 1 }, (_, index) => group(index)),
  };
}

interface Advancing {
  readonly text: string;
  readonly at: number;
  readonly visited: Set<number>;
  readonly into: Thread[];
}

/** Follows a thread through everything that takes no character. */
function advance(program: readonly Instruction[], thread: Thread, state: Advancing): void {
  const stack: Thread[] = [thread];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (state.visited.has(next.at)) continue;
    state.visited.add(next.at);
    const { slots } = next;
    const instruction = program[next.at];
    switch (instruction?.op) {
      case undefined:
        break;
      case "jump":
        stack.push({ at: instruction.to, slots });
        break;
      case "split":
        stack.push({ at: instruction.second, slots }, { at: instruction.first, slots });
        break;
      case "save": {
        const saved = [...slots];
        saved[instruction.slot] = state.at;
        stack.push({ at: next.at + 1, slots: saved });
        break;
      }
      case "assertion":
        if (holds(instruction.assertion, state.text, state.at)) stack.push({ at: next.at + 1, slots });
        break;
      case "character":
      case "match":
        state.into.push(next);
        break;
      default:
        instruction satisfies never;
    }
  }
}

function holds(assertion: Assertion, text: string, at: number): boolean {
  switch (assertion) {
    case "text-start":
      return at === 0;
    case "text-end":
      return at === text.length;
    case "line-start":
      return at === 0 || text[at - 1] === "\n";
    case "line-end":
      return at === text.length || text[at] === "\n";
    case "word-edge":
      return isWordEdge(text, at);
    case "no-word-edge":
      return !isWordEdge(text, at);
    default:
      return assertion satisfies never;
  }
}

function isWordEdge(text: string, at: number): boolean {
  return /\w/.test(text[at - 1] ?? "") !== /\w/.test(text[at] ?? "");
}
