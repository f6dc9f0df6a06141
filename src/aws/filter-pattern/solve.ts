// Is there an event that makes all of some formulas true? A search over the formulas' alternatives; a branch is given
// up as soon as no value is left for one of the fields it speaks of.

import type { Workshop } from "./automaton.ts";
import { buildEvent, type Constraint, type Site } from "./build-event.ts";
import { type Atom, type Formula, negated } from "./formula.ts";
import { languageAround, languageOfRegex } from "./language.ts";
import { DEFAULT_READING, type Reading } from "./readings.ts";
import { isStringIn } from "./value-test.ts";

/** What an event has to satisfy so that one way to make the formulas true comes about. */
export interface Demands {
  readonly constraints: readonly Constraint[];
  /** Texts that must not stand anywhere in the event. */
  readonly absent: readonly string[];
  /** The reading under which the formulas come true so; answers that do not matter are the default ones. */
  readonly reading: Reading;
}

/** Builds and confirms an event from the demands of one branch; "enough" ends the search. */
export type Accept = (demands: Demands) => "accepted" | "enough" | "refused";

/**
 * Offers to `accept` what an event has to satisfy, one way to make all formulas true after the other.
 * "none" is a proof that there is no such event; "gave-up": one was refused, or the steps were used up.
 * Cost: exponential in the alternatives at worst, bounded by the workshop's steps.
 */
export function solve(formulas: readonly Formula[], workshop: Workshop, accept: Accept): "none" | "gave-up" {
  const together = formulas.some(speaksOfWholeEvent);
  const search: Search = { workshop, together, atoms: [], checked: new Map(), accept, gaveUp: false };
  branch(formulas, NOTHING_DECIDED, search);
  return search.gaveUp ? "gave-up" : "none";
}

interface Search {
  readonly workshop: Workshop;
  /** Fields cannot be looked at one by one: something is asked of all of them, or of the event's text. */
  readonly together: boolean;
  /** By id; filled as atoms are met. */
  readonly atoms: (Atom | undefined)[];
  /** Whether there are values for a set of literals. */
  readonly checked: Map<bigint, "some" | "none" | "gave-up">;
  readonly accept: Accept;
  gaveUp: boolean;
}

/**
 * The literals that hold on a branch, by group: atoms of different groups never get into each other's way. Each
 * literal is one bit.
 */
type Decided = ReadonlyMap<string, bigint>;

const NOTHING_DECIDED: Decided = new Map();

function bitOf(atom: Atom, wanted: boolean): bigint {
  return 1n << BigInt(2 * atom.id + (wanted ? 1 : 0));
}

/** Top-level fields are groups, unless all fields are looked at together. Questions are bound by nothing. */
function groupOf(atom: Atom, search: Search): string {
  if (atom.kind === "question") return QUESTIONS_GROUP;
  const first = atom.kind === "field" ? atom.selector[0] : undefined;
  return !search.together && first?.kind === "name" ? first.name : WHOLE_EVENT;
}

const WHOLE_EVENT = "";
const QUESTIONS_GROUP = "$";

/** Whether to go on with other branches. */
function branch(formulas: readonly Formula[], before: Decided, search: Search): boolean {
  let decided = before;
  let open = formulas;
  // Until nothing more follows: decide what has no alternative, drop alternatives without values.
  for (;;) {
    const taken = takeForced(open, decided, search);
    if (taken === undefined) return true;
    decided = taken.decided;
    const choices: Formula[][] = [];
    for (const choice of taken.choices) {
      const live = liveParts(choice, decided, search);
      if (live !== "true") choices.push(live);
    }
    if (search.workshop.steps < 0) {
      search.gaveUp = true;
      return false;
    }
    if (choices.length === 0) return accepted(decided, search);
    if (choices.every((parts) => parts.length > 1)) return choose(choices, decided, search);
    open = choices.map((parts): Formula => ({ kind: "some", parts }));
  }
}

/** Tries the parts of the smallest choice, each time without the parts tried before. */
function choose(choices: readonly Formula[][], decided: Decided, search: Search): boolean {
  const smallest = choices.reduce((least, parts) => (parts.length < least.length ? parts : least));
  const others = choices.filter((parts) => parts !== smallest);
  const rest = others.map((parts): Formula => ({ kind: "some", parts }));
  const tried: Formula[] = [];
  for (const part of smallest) {
    if (!branch([part, ...tried, ...rest], decided, search)) return false;
    tried.push(negated(part));
  }
  return true;
}

/** Splits formulas into what must hold and what leaves a choice; `undefined` when the former has no values. */
function takeForced(
  formulas: readonly Formula[],
  before: Decided,
  search: Search,
): { readonly decided: Decided; readonly choices: readonly (readonly Formula[])[] } | undefined {
  const decided = new Map(before);
  const choices: (readonly Formula[])[] = [];
  const waiting = [...formulas];
  for (let formula = waiting.pop(); formula !== undefined; formula = waiting.pop()) {
    if (formula.kind === "literal") {
      const { atom, wanted } = formula;
      const group = groupOf(atom, search);
      search.atoms[atom.id] = atom;
      decided.set(group, (decided.get(group) ?? 0n) | bitOf(atom, wanted));
      if (((decided.get(group) ?? 0n) & bitOf(atom, !wanted)) !== 0n) return undefined;
    } else if (formula.kind === "all" || formula.parts.length === 1) waiting.push(...formula.parts);
    else if (formula.parts.length === 0) return undefined;
    else choices.push(formula.parts);
  }
  for (const [group, literals] of decided) {
    if (literals !== before.get(group) && check(group, literals, search) === "none") return undefined;
  }
  return { decided, choices: choices.reverse() };
}

/** The parts of a choice that can still come true; "true" when one of them is so already. */
function liveParts(parts: readonly Formula[], decided: Decided, search: Search): Formula[] | "true" {
  const live: Formula[] = [];
  for (const part of parts) {
    const literals = part.kind === "literal" ? [part] : part.kind === "all" ? part.parts : [];
    search.workshop.steps -= literals.length;
    const states = literals.map((literal) => stateOf(literal, decided, search));
    if (states.includes("false")) continue;
    if (part.kind !== "some" && states.every((state) => state === "true")) return "true";
    live.push(part);
  }
  return live;
}

function stateOf(formula: Formula, decided: Decided, search: Search): "true" | "false" | "open" {
  if (formula.kind !== "literal") return "open";
  const { atom, wanted } = formula;
  const group = groupOf(atom, search);
  const literals = decided.get(group) ?? 0n;
  if ((literals & bitOf(atom, wanted)) !== 0n) return "true";
  if ((literals & bitOf(atom, !wanted)) !== 0n) return "false";
  search.atoms[atom.id] = atom;
  return check(group, literals | bitOf(atom, wanted), search) === "none" ? "false" : "open";
}

/** Whether the fields of a group have values for its literals. */
function check(group: string, literals: bigint, search: Search): "some" | "none" | "gave-up" {
  if (group === QUESTIONS_GROUP) return "some";
  search.workshop.steps -= 1;
  if (search.workshop.steps < 0) return "gave-up";
  const known = search.checked.get(literals);
  if (known !== undefined) return known;
  const answer = checkAfresh(literals, search);
  search.checked.set(literals, answer);
  return answer;
}

function checkAfresh(literals: bigint, search: Search): "some" | "none" | "gave-up" {
  const { constraints, absent, terms } = demandsOf([literals], search);
  if (terms.some((term) => absent.some((text) => term.includes(text)))) return "none";
  const site: Site = { workshop: search.workshop, samples: [], absent };
  const built = buildEvent(constraints, {}, site);
  if (typeof built === "object") return "some";
  // A wanted term was put into one field only: that this failed proves nothing.
  return built === "none" && terms.length > 0 ? "gave-up" : built;
}

function accepted(decided: Decided, search: Search): boolean {
  // Building and confirming an event is dear; without this, hostile patterns could ask for it again and again.
  search.workshop.steps -= 500;
  const answer = search.accept(demandsOf(decided.values(), search));
  if (answer === "refused") search.gaveUp = true;
  return answer !== "enough";
}

/** `terms`: wanted terms (regular expressions as ""), which were put into a field of our choice. */
function demandsOf(
  groups: Iterable<bigint>,
  search: Search,
): Demands & { readonly terms: readonly string[] } {
  const constraints: Constraint[] = [];
  const absent: string[] = [];
  let reading = DEFAULT_READING;
  const terms: string[] = [];
  for (const [atom, wanted] of literalsIn(groups, search)) {
    if (atom.kind === "field") constraints.push({ steps: atom.selector, test: atom.test, wanted });
    else if (atom.kind === "question") reading = { ...reading, [atom.question]: wanted };
    else if (wanted) {
      const { term } = atom;
      const language = term.kind === "text" ? languageAround(term.text) : languageOfRegex(term.regex);
      constraints.push({ steps: ERROR_MESSAGE, test: isStringIn(language), wanted: true });
      terms.push(term.kind === "text" ? term.text : "");
    } else if (atom.term.kind === "text" && /^[ !#-[\]-~]+$/.test(atom.term.text)) {
      // Text that JSON escapes could be absent from the text of an event and yet stand in a field.
      absent.push(atom.term.text);
    }
  }
  return { constraints, absent, reading, terms };
}

function* literalsIn(groups: Iterable<bigint>, search: Search): Generator<readonly [Atom, boolean]> {
  for (const literals of groups) {
    let rest = literals;
    for (let id = 0; rest !== 0n; id += 1, rest >>= 2n) {
      const atom = search.atoms[id];
      if ((rest & 3n) !== 0n && atom !== undefined) yield [atom, (rest & 2n) !== 0n];
    }
  }
}

/** A field that may hold any text: where wanted terms are put. */
const ERROR_MESSAGE = [{ kind: "name", name: "errorMessage" }] as const;

function speaksOfWholeEvent(formula: Formula): boolean {
  if (formula.kind !== "literal") return formula.parts.some(speaksOfWholeEvent);
  const { atom } = formula;
  return atom.kind === "term" || (atom.kind === "field" && atom.selector[0]?.kind !== "name");
}
