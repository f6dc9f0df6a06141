// Is there an event that makes all of some formulas true? A search over the formulas' alternatives; a branch is given
// up as soon as no value is left for one of the fields it speaks of.

import type { Workshop } from "./automaton.ts";
import { buildEvent, type Constraint, type Site } from "./build-event.ts";
import { type Atom, type Formula, negated } from "./formula.ts";
import { languageAround, languageOfRegex } from "./language.ts";
import { stringTest } from "./value-test.ts";

/** What an event has to satisfy so that one way to make the formulas true comes about. */
export interface Demands {
  readonly constraints: readonly Constraint[];
  /** Texts that must not stand anywhere in the event. */
  readonly absent: readonly string[];
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
  const search: Search = { workshop, together, checked: new Map(), accept, gaveUp: false };
  branch(formulas, new Map(), search);
  return search.gaveUp ? "gave-up" : "none";
}

interface Search {
  readonly workshop: Workshop;
  /** Fields cannot be looked at one by one: something is asked of all of them, or of the event's text. */
  readonly together: boolean;
  /** Whether there are values for a set of literals, by their ids. */
  readonly checked: Map<string, "some" | "none" | "gave-up">;
  readonly accept: Accept;
  gaveUp: boolean;
}

/** What is decided so far on a branch. */
type Decided = ReadonlyMap<Atom, boolean>;

/** Whether to go on with other branches. */
function branch(formulas: readonly Formula[], before: Decided, search: Search): boolean {
  let decided = before;
  let open = formulas;
  // Until nothing more follows: decide what has no alternative, drop alternatives without values.
  for (;;) {
    const taken = takeForced(open, decided);
    if (taken === undefined || !hasValues(taken.decided, decided, search)) return true;
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

/** Splits formulas into what must hold and what leaves a choice; `undefined` on a contradiction. */
function takeForced(
  formulas: readonly Formula[],
  before: Decided,
): { readonly decided: Decided; readonly choices: readonly Formula[][] } | undefined {
  const decided = new Map(before);
  const choices: Formula[][] = [];
  const waiting = [...formulas];
  for (let formula = waiting.pop(); formula !== undefined; formula = waiting.pop()) {
    if (formula.kind === "literal") {
      if (decided.get(formula.atom) === !formula.wanted) return undefined;
      decided.set(formula.atom, formula.wanted);
    } else if (formula.kind === "all" || formula.parts.length === 1) waiting.push(...formula.parts);
    else if (formula.parts.length === 0) return undefined;
    else choices.push([...formula.parts]);
  }
  return { decided, choices: choices.reverse() };
}

/** The parts of a choice that can still come true; "true" when one of them is so already. */
function liveParts(parts: readonly Formula[], decided: Decided, search: Search): Formula[] | "true" {
  const live: Formula[] = [];
  for (const part of parts) {
    const literals = part.kind === "literal" ? [part] : part.kind === "all" ? part.parts : [];
    const states = literals.map((literal) => stateOf(literal, decided, search));
    if (states.includes("false")) continue;
    if (part.kind !== "some" && states.every((state) => state === "true")) return "true";
    live.push(part);
  }
  return live;
}

function stateOf(formula: Formula, decided: Decided, search: Search): "true" | "false" | "open" {
  if (formula.kind !== "literal") return "open";
  const known = decided.get(formula.atom);
  if (known !== undefined) return known === formula.wanted ? "true" : "false";
  const more = new Map(decided).set(formula.atom, formula.wanted);
  return check(groupOf(formula.atom, search), more, search) === "none" ? "false" : "open";
}

/** Whether there are values for the fields of everything newly decided. */
function hasValues(decided: Decided, before: Decided, search: Search): boolean {
  const groups = new Set<string>();
  for (const atom of decided.keys()) if (!before.has(atom)) groups.add(groupOf(atom, search));
  return [...groups].every((group) => check(group, decided, search) !== "none");
}

/** Atoms of different groups never get into each other's way: top-level fields, unless all are looked at together. */
function groupOf(atom: Atom, search: Search): string {
  const first = atom.kind === "field" ? atom.selector[0] : undefined;
  return !search.together && first?.kind === "name" ? first.name : "";
}

function check(group: string, decided: Decided, search: Search): "some" | "none" | "gave-up" {
  search.workshop.steps -= 1;
  if (search.workshop.steps < 0) return "gave-up";
  const literals = [...decided].filter(([atom]) => groupOf(atom, search) === group);
  const key = literals
    .map(([atom, wanted]) => (wanted ? atom.id : -atom.id - 1))
    .sort((a, b) => a - b)
    .join();
  const known = search.checked.get(key);
  if (known !== undefined) return known;
  const { constraints, absent } = demandsOf(new Map(literals));
  const site: Site = { workshop: search.workshop, samples: [], absent };
  const built = buildEvent(constraints, {}, site);
  // A wanted term was put into one field only: that this failed proves nothing.
  const placed = literals.some(([atom, wanted]) => atom.kind === "term" && wanted);
  const answer = typeof built === "object" ? "some" : built === "none" && placed ? "gave-up" : built;
  search.checked.set(key, answer);
  return answer;
}

function accepted(decided: Decided, search: Search): boolean {
  // Building and confirming an event is dear; without this, hostile patterns could ask for it again and again.
  search.workshop.steps -= 500;
  const answer = search.accept(demandsOf(decided));
  if (answer === "refused") search.gaveUp = true;
  return answer !== "enough";
}

function demandsOf(decided: Decided): Demands {
  const constraints: Constraint[] = [];
  const absent: string[] = [];
  for (const [atom, wanted] of decided) {
    if (atom.kind === "field") constraints.push({ steps: atom.selector, test: atom.test, wanted });
    else if (wanted) {
      const { term } = atom;
      const language = term.kind === "text" ? languageAround(term.text) : languageOfRegex(term.regex);
      constraints.push({ steps: ERROR_MESSAGE, test: stringTest(language), wanted: true });
    } else if (atom.term.kind === "text" && /^[\x20-\x7e]+$/.test(atom.term.text)) {
      // Text that JSON escapes could be absent from the text of an event and yet stand in a field.
      if (!/["\\]/.test(atom.term.text)) absent.push(atom.term.text);
    }
  }
  return { constraints, absent };
}

/** A field that may hold any text: where wanted terms are put. */
const ERROR_MESSAGE = [{ kind: "name", name: "errorMessage" }] as const;

function speaksOfWholeEvent(formula: Formula): boolean {
  if (formula.kind !== "literal") return formula.parts.some(speaksOfWholeEvent);
  return formula.atom.kind === "term" || formula.atom.selector[0]?.kind !== "name";
}
