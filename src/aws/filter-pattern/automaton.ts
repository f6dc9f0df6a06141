// Languages as deterministic automata, built only as far as they are walked, and the search for a string that lies
// inside some languages and outside others.

import { type CharacterSet, has } from "./character-set.ts";
import type { Item, Language } from "./language.ts";

/** What one search shares: the work still allowed (every small step takes one) and what was built on the way. */
export interface Workshop {
  steps: number;
  readonly automata: Map<string, Automaton>;
  readonly alphabets: Map<string, readonly number[]>;
}

/** "gave-up": neither a value nor the proof that there is none was found with the work allowed. */
export type Outcome<T> = { readonly found: T } | "none" | "gave-up";

/** A language to be inside or outside of. */
export interface Bound {
  readonly automaton: Automaton;
  readonly inside: boolean;
}

export interface Automaton {
  readonly language: Language;
  readonly workshop: Workshop;
  /** Sets of positions in the language's items, joined as text. */
  readonly states: Map<string, State>;
  readonly start: State;
  readonly known: Map<string, boolean>;
}

interface State {
  readonly id: number;
  readonly positions: readonly number[];
  readonly accepts: boolean;
  /** What is so for every string that gets here, however it goes on. */
  readonly settled: "inside" | "outside" | undefined;
  readonly next: Map<number, State>;
}

export function openWorkshop(steps: number): Workshop {
  return { steps, automata: new Map(), alphabets: new Map() };
}

export function automatonOf(language: Language, workshop: Workshop): Automaton {
  const built = workshop.automata.get(language.key);
  if (built !== undefined) return built;
  const states = new Map<string, State>();
  const first = language.alternatives.map((_, alternative) => alternative * WIDTH);
  const start = stateOf(language, states, first, true);
  const automaton: Automaton = { language, workshop, states, start, known: new Map() };
  workshop.automata.set(language.key, automaton);
  return automaton;
}

/** Whether the word is in the language. Cost: linear in the word, once per word. */
export function contains(automaton: Automaton, word: string): boolean {
  const known = automaton.known.get(word);
  if (known !== undefined) return known;
  let state = automaton.start;
  for (let at = 0; at < word.length && state.settled === undefined; at += 1) {
    state = stateAfter(automaton, state, word.charCodeAt(at));
  }
  const answer = state.settled === undefined ? state.accepts : state.settled === "inside";
  automaton.known.set(word, answer);
  return answer;
}

/**
 * A string inside and outside of the languages as the bounds ask: the first candidate that fits, or else a shortest
 * one (the empty string only when there is no other).
 * Cost: the candidates, then the reachable part of the product of the automata; stops when the budget is used up.
 */
export function findWord(
  bounds: readonly Bound[],
  candidates: Iterable<string>,
  workshop: Workshop,
): Outcome<string> {
  if (bounds.some(({ automaton }) => automaton.language.oversized)) return "gave-up";
  const fits = (word: string): boolean => {
    workshop.steps -= bounds.length;
    return bounds.every(({ automaton, inside }) => contains(automaton, word) === inside);
  };
  for (const { automaton, inside } of bounds) {
    const { word } = automaton.language;
    if (inside && word !== undefined) return fits(word) ? { found: word } : "none";
  }
  for (const word of candidates) if (word !== "" && fits(word)) return { found: word };
  const shortest = shortestWord(bounds, workshop);
  if (typeof shortest === "object") return shortest;
  return fits("") ? { found: "" } : shortest;
}

interface Visit {
  readonly states: readonly State[];
  readonly before: Visit | undefined;
  readonly character: number;
}

/** Breadth first over the product of the automata. Never the empty string. */
function shortestWord(bounds: readonly Bound[], workshop: Workshop): Outcome<string> {
  // Inside before outside: those die sooner.
  const ordered = bounds.toSorted((a, b) => Number(b.inside) - Number(a.inside));
  const alphabet = alphabetOf(ordered, workshop);
  let layer: Visit[] = [
    { states: ordered.map(({ automaton }) => automaton.start), before: undefined, character: 0 },
  ];
  const seen = new Set<string>();
  while (layer.length > 0) {
    const following: Visit[] = [];
    for (const visit of layer) {
      for (const character of alphabet) {
        const states = step(ordered, visit.states, character, workshop);
        if (workshop.steps < 0) return "gave-up";
        if (states === undefined) continue;
        const key = states.map((state) => state.id).join();
        if (seen.has(key)) continue;
        seen.add(key);
        const reached: Visit = { states, before: visit, character };
        if (states.every((state, at) => state.accepts === ordered[at]?.inside))
          return { found: wordOf(reached) };
        following.push(reached);
      }
    }
    layer = following;
  }
  return "none";
}

/** `undefined`: from there no string can fit any more. */
function step(
  bounds: readonly Bound[],
  from: readonly State[],
  character: number,
  workshop: Workshop,
): readonly State[] | undefined {
  const states: State[] = [];
  for (const [at, { automaton, inside }] of bounds.entries()) {
    const before = from[at];
    if (before === undefined) return undefined;
    workshop.steps -= 1;
    const state = stateAfter(automaton, before, character);
    if (state.settled !== undefined && (state.settled === "inside") !== inside) return undefined;
    states.push(state);
  }
  return states;
}

function wordOf(last: Visit): string {
  let word = "";
  for (let visit = last; visit.before !== undefined; visit = visit.before) {
    word = String.fromCharCode(visit.character) + word;
  }
  return word;
}

// Positions are numbers: alternative in the high part, item in the low part.
const WIDTH = 4096;

function itemAt(language: Language, at: number): Item | undefined {
  return language.alternatives[Math.floor(at / WIDTH)]?.[at % WIDTH];
}

function stateAfter(automaton: Automaton, state: State, character: number): State {
  if (state.settled !== undefined) return state;
  const known = state.next.get(character);
  if (known !== undefined) return known;
  const reached: number[] = [];
  for (const at of state.positions) {
    const item = itemAt(automaton.language, at);
    if (typeof item !== "object" || !has(item.set, character)) continue;
    reached.push(item.times === "any" ? at : at + 1);
  }
  // Sets of positions can be large, and there can be many of them.
  automaton.workshop.steps -= state.positions.length;
  const next = stateOf(automaton.language, automaton.states, reached, false);
  state.next.set(character, next);
  return next;
}

function stateOf(
  language: Language,
  states: Map<string, State>,
  reached: readonly number[],
  atStart: boolean,
): State {
  const open = closure(language, reached, atStart, false);
  const settledInside = open.some((at) => isLastStar(language, at));
  // Once everything fits, the other positions tell nothing more apart.
  const positions = settledInside ? [] : open;
  const key = `${atStart} ${settledInside} ${positions.join()}`;
  const known = states.get(key);
  if (known !== undefined) return known;
  const accepts =
    settledInside || closure(language, open, atStart, true).some((at) => itemAt(language, at) === undefined);
  const settled = settledInside ? "inside" : positions.length === 0 ? "outside" : undefined;
  const state: State = { id: states.size, positions, accepts, settled, next: new Map() };
  states.set(key, state);
  return state;
}

/** Every position reached without reading a character, sorted. */
function closure(language: Language, from: readonly number[], atStart: boolean, atEnd: boolean): number[] {
  const reached = new Set(from);
  for (const at of reached) {
    const item = itemAt(language, at);
    if (item === undefined) continue;
    const free = item === "start" ? atStart : item === "end" ? atEnd : item.times !== "once";
    if (free) reached.add(at + 1);
  }
  return [...reached].sort((a, b) => a - b);
}

/** A wildcard with nothing behind it. */
function isLastStar(language: Language, at: number): boolean {
  const item = itemAt(language, at);
  const anything = typeof item === "object" && item.times === "any" && item.set.length === 1;
  const [low, high] = anything ? (item.set[0] ?? [1, 0]) : [1, 0];
  return low === 0 && high === 0xffff && itemAt(language, at + 1) === undefined;
}

/** One character of each class that the languages tell apart: the best to read of each, best first. */
function alphabetOf(bounds: readonly Bound[], workshop: Workshop): readonly number[] {
  const languages = bounds.map(({ automaton }) => automaton.language);
  const key = languages.map((language) => language.key).join("\n");
  const known = workshop.alphabets.get(key);
  if (known !== undefined) return known;
  const sets = new Map<string, CharacterSet>();
  for (const item of languages.flatMap(({ alternatives }) => alternatives.flat())) {
    if (typeof item === "object") sets.set(item.set.join(), item.set);
  }
  // One letter beyond ASCII, for where nothing within will do.
  const candidates = new Set([0xe9]);
  for (let code = 0x20; code < 0x7f; code += 1) candidates.add(code);
  for (const [low, high] of [...sets.values()].flat()) {
    for (const code of [low - 1, low, high, high + 1]) if (code >= 0 && code <= 0xffff) candidates.add(code);
  }
  workshop.steps -= candidates.size * sets.size;
  const classes = new Map<string, number>();
  for (const code of [...candidates].sort((a, b) => oddness(a) - oddness(b) || a - b)) {
    const membership = [...sets.values()].map((set) => (has(set, code) ? 1 : 0)).join("");
    if (!classes.has(membership)) classes.set(membership, code);
  }
  const alphabet = [...classes.values()];
  workshop.alphabets.set(key, alphabet);
  return alphabet;
}

/** The lower, the better a character reads in a made-up value. */
function oddness(code: number): number {
  const character = String.fromCharCode(code);
  if (/[a-z]/.test(character)) return 0;
  if (/[A-Z]/.test(character)) return 1;
  if (/[0-9]/.test(character)) return 2;
  if (/[-_.:/@]/.test(character)) return 3;
  if (code > 0x20 && code < 0x7f) return 4;
  if (code === 0x20) return 5;
  return code === 0xe9 ? 6 : code >= 0xd800 && code <= 0xdfff ? 8 : 7;
}
