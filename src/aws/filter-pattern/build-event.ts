// Builds a CloudTrail event that satisfies constraints on its fields, or proves that there is none.
// Fields are free of one another; what CloudTrail always or never writes is respected (cloudtrail-fields.ts).

import { get, isArray, isObject, type Json } from "../../model/json.ts";
import type { Step } from "./ast.ts";
import { automatonOf, type Bound, contains, findWord, type Outcome, type Workshop } from "./automaton.ts";
import { alwaysBelow, type Kind, kindsOf, pathBelow } from "./cloudtrail-fields.ts";
import { findNumber, isWithin, type NumberBound } from "./find-number.ts";
import { type Language, languageAround } from "./language.ts";
import type { ValueTest } from "./value-test.ts";

/**
 * What the value at the end of `steps` must pass (or, when not `wanted`, fail). After a wildcard step: what some
 * element or field must pass (or none).
 */
export interface Constraint {
  readonly steps: readonly Step[];
  readonly test: ValueTest;
  readonly wanted: boolean;
}

/** What a build needs beside the constraints. */
export interface Site {
  readonly workshop: Workshop;
  /** Realistic events: where their values fit, they are used. */
  readonly samples: readonly Json[];
  /** Texts that must not stand anywhere in the event. */
  readonly absent: readonly string[];
}

/** One spot in the event under construction. */
interface Spot {
  /** Dotted path; `undefined` for a spot CloudTrail says nothing about. */
  readonly path: string | undefined;
  readonly constraints: readonly Constraint[];
  /** Hold only if there is a value at all: what every element or field must pass. */
  readonly whenPresent: readonly Constraint[];
  readonly mayBeMissing: boolean;
  /** The value to keep if it fits; `undefined`: none. */
  readonly hint: Json | undefined;
}

type Built = Outcome<Json | undefined>;

const PREFERRED: readonly Kind[] = [
  "missing",
  "string",
  "object",
  "null",
  "array",
  "number",
  "true",
  "false",
];
/** Elements before the wanted one have to be made up as well. */
const MAX_INDEX = 200;

/** An event with the constraints satisfied, like `hint` wherever they allow. */
export function buildEvent(constraints: readonly Constraint[], hint: Json, site: Site): Outcome<Json> {
  const built = build({ path: "", constraints, whenPresent: [], mayBeMissing: false, hint }, site);
  if (typeof built === "string") return built;
  return built.found === undefined ? "none" : { found: built.found };
}

function build(spot: Spot, site: Site): Built {
  const bare = spot.constraints.length + spot.whenPresent.length + site.absent.length === 0;
  if (bare && spot.hint !== undefined) return { found: spot.hint };
  if (site.workshop.steps < 0) return "gave-up";
  const kinds = kindsOf(spot.path);
  const first: Kind = kindOf(spot.hint);
  let gaveUp = false;
  for (const kind of [first, ...PREFERRED.filter((other) => other !== first)]) {
    if (!kinds.has(kind) || (kind === "missing" && !spot.mayBeMissing)) continue;
    site.workshop.steps -= 1 + spot.constraints.length + spot.whenPresent.length;
    const built = buildKind(kind, spot, site);
    if (typeof built === "object") return built;
    if (built === "gave-up") gaveUp = true;
  }
  return gaveUp ? "gave-up" : "none";
}

function kindOf(value: Json | undefined): Kind {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "object") return isArray(value) ? "array" : "object";
  return typeof value === "number" ? "number" : "string";
}

function buildKind(kind: Kind, spot: Spot, site: Site): Built {
  const constraints = kind === "missing" ? spot.constraints : [...spot.constraints, ...spot.whenPresent];
  const own = constraints.filter(({ steps }) => steps.length === 0);
  const deeper = constraints.filter(({ steps }) => steps.length > 0);
  switch (kind) {
    case "object":
      return own.every(({ test, wanted }) => test.container === wanted)
        ? buildObject(deeper, spot, site)
        : "none";
    case "array":
      return own.every(({ test, wanted }) => test.container === wanted)
        ? buildArray(deeper, spot, site)
        : "none";
    case "string":
      return deeper.every(holdsOnNothing) ? buildString(own, spot, site) : "none";
    case "number":
      return deeper.every(holdsOnNothing) ? buildNumber(own, site) : "none";
    case "missing":
    case "null":
    case "true":
    case "false": {
      const fits = deeper.every(holdsOnNothing) && own.every(({ test, wanted }) => test[kind] === wanted);
      return fits ? { found: SCALARS[kind] } : "none";
    }
    default:
      return kind satisfies never;
  }
}

const SCALARS = { missing: undefined, null: null, true: true, false: false } as const;

/** Whether the constraint holds where its steps lead nowhere. */
function holdsOnNothing({ steps, test, wanted }: Constraint): boolean {
  return wanted === (steps.some(isWildcard) ? false : test.missing);
}

function isWildcard(step: Step): boolean {
  return step.kind === "any-element" || step.kind === "any-field";
}

function below({ steps, test, wanted }: Constraint): Constraint {
  return { steps: steps.slice(1), test, wanted };
}

/** Splits the constraints on an object or array by their first step. */
function splitByStep<K extends string | number>(
  constraints: readonly Constraint[],
  keyOf: (step: Step) => K | undefined,
  wildcard: Step["kind"],
) {
  const keyed = new Map<K, Constraint[]>();
  const every: Constraint[] = [];
  const some: Constraint[] = [];
  const others: Constraint[] = [];
  for (const constraint of constraints) {
    const [step] = constraint.steps;
    if (step === undefined) continue;
    const key = keyOf(step);
    if (key !== undefined) keyed.set(key, [...(keyed.get(key) ?? []), below(constraint)]);
    else if (step.kind === wildcard) (constraint.wanted ? some : every).push(below(constraint));
    else others.push(constraint);
  }
  return { keyed, every, some, others };
}

function buildObject(constraints: readonly Constraint[], spot: Spot, site: Site): Built {
  const nameOf = (step: Step): string | undefined => (step.kind === "name" ? step.name : undefined);
  const { keyed, every, some, others } = splitByStep(constraints, nameOf, "any-field");
  if (!others.every(holdsOnNothing)) return "none";
  const hint = isObject(spot.hint) ? spot.hint : {};
  const always = every.length > 0 ? alwaysBelow(spot.path) : [];
  const unasked = every.length + site.absent.length === 0;
  const fields = new Map<string, Json>(Object.entries(hint));
  let gaveUp = false;
  for (const name of unasked ? keyed.keys() : new Set([...fields.keys(), ...keyed.keys(), ...always])) {
    const child: Spot = {
      path: pathBelow(spot.path, { kind: "name", name }),
      constraints: keyed.get(name) ?? [],
      whenPresent: every,
      mayBeMissing: true,
      hint: get(hint, name),
    };
    const built = site.absent.some((text) => name.includes(text))
      ? buildKind("missing", child, site)
      : build(child, site);
    if (built === "none") return "none";
    if (built === "gave-up") gaveUp = true;
    else if (built.found !== undefined) fields.set(name, built.found);
    else fields.delete(name);
  }
  for (const constraint of some) {
    if ([...fields.values()].some((value) => passes(value, constraint, site.workshop))) continue;
    const built = build(freshSpot([constraint], every), site);
    if (typeof built === "string") return built;
    if (built.found !== undefined) fields.set(freshName(fields, keyed), built.found);
  }
  return gaveUp ? "gave-up" : { found: objectOf(fields) };
}

function freshSpot(constraints: readonly Constraint[], whenPresent: readonly Constraint[]): Spot {
  return { path: undefined, constraints, whenPresent, mayBeMissing: false, hint: undefined };
}

function freshName(fields: ReadonlyMap<string, Json>, named: ReadonlyMap<string, unknown>): string {
  let number = 1;
  while (fields.has(`field${number}`) || named.has(`field${number}`)) number += 1;
  return `field${number}`;
}

function objectOf(fields: ReadonlyMap<string, Json>): Json {
  // A field may be called __proto__.
  return Object.fromEntries(fields);
}

function buildArray(constraints: readonly Constraint[], spot: Spot, site: Site): Built {
  const indexOf = (step: Step): number | undefined => (step.kind === "index" ? step.index : undefined);
  const { keyed, every, some, others } = splitByStep(constraints, indexOf, "any-element");
  if (!others.every(holdsOnNothing)) return "none";
  const needed = [...keyed].filter(([, at]) => !at.every(holdsWhenMissing)).map(([index]) => index + 1);
  const least = Math.max(0, ...needed);
  const most = Math.max(0, ...[...keyed.keys()].map((index) => index + 1));
  if (least > MAX_INDEX || most > MAX_INDEX) return "gave-up";
  // What no element can pass by itself, no element can pass beside other constraints.
  const alone = some.map((one) => build(freshSpot([one], every), site));
  if (alone.includes("none")) return "none";
  let gaveUp = some.length > 1 || alone.includes("gave-up");
  for (let length = least; length <= most + some.length; length += 1) {
    const built = buildElements(length, keyed, every, some, spot, site);
    if (typeof built === "object") return built;
    if (built === "gave-up") gaveUp = true;
  }
  return gaveUp ? "gave-up" : "none";
}

function holdsWhenMissing(constraint: Constraint): boolean {
  return constraint.steps.length === 0
    ? constraint.test.missing === constraint.wanted
    : holdsOnNothing(constraint);
}

/**
 * Exactly `length` elements. What some element has to pass is given to the first elements that can take it, one
 * each; other ways to share it out are not tried.
 */
function buildElements(
  length: number,
  keyed: ReadonlyMap<number, readonly Constraint[]>,
  every: readonly Constraint[],
  some: readonly Constraint[],
  spot: Spot,
  site: Site,
): Built {
  for (const [index, at] of keyed) if (index >= length && !at.every(holdsWhenMissing)) return "none";
  const hints = isArray(spot.hint) ? spot.hint : [];
  const elements: Json[] = [];
  let waiting = some;
  let gaveUp = false;
  for (let index = 0; index < length; index += 1) {
    const plain: Spot = { ...freshSpot(keyed.get(index) ?? [], every), hint: hints[index] };
    const loaded = waiting.slice(0, 1).map((one) => ({ ...plain, constraints: [...plain.constraints, one] }));
    const [first, second = first] = [...loaded, plain].map((choice) => build(choice, site));
    if (first === "gave-up") gaveUp = true;
    const built = typeof first === "object" ? first : second;
    if (typeof built !== "object" || built.found === undefined) return built === "none" ? "none" : "gave-up";
    const value = built.found;
    elements.push(value);
    waiting = waiting.filter((constraint) => !passes(value, constraint, site.workshop));
  }
  if (waiting.length > 0) return gaveUp ? "gave-up" : "none";
  return { found: elements };
}

function buildString(own: readonly Constraint[], spot: Spot, site: Site): Outcome<string> {
  const bounds: Bound[] = [];
  for (const { test, wanted } of own) {
    if (typeof test.string === "boolean") {
      if (test.string !== wanted) return "none";
    } else {
      bounds.push(boundOf(test.string.language, test.string.inside === wanted, site.workshop));
    }
  }
  for (const text of site.absent) bounds.push(boundOf(languageAround(text), false, site.workshop));
  return findWord(bounds, candidateWords(bounds, spot, site), site.workshop);
}

function boundOf(language: Language, inside: boolean, workshop: Workshop): Bound {
  return { automaton: automatonOf(language, workshop), inside };
}

/** Values worth trying, the most telling first: what real events hold there, then that with what is asked for. */
function* candidateWords(bounds: readonly Bound[], spot: Spot, site: Site): Generator<string> {
  const real = new Set(typeof spot.hint === "string" ? [spot.hint] : []);
  yield* real;
  const steps = spot.path?.split(".") ?? [];
  for (const sample of spot.path === undefined ? [] : site.samples) {
    const value = steps.reduce<Json | undefined>((at, name) => get(at, name), sample);
    if (typeof value === "string") real.add(value);
  }
  yield* real;
  const examples = bounds
    .toSorted((a, b) => Number(b.inside) - Number(a.inside))
    .map(({ automaton }) => automaton.language.example);
  // An ARN or a session's id with another last part.
  for (const value of [...real].filter((text) => text.includes(":"))) {
    for (const example of examples) yield value.slice(0, value.lastIndexOf(":") + 1) + example;
  }
  yield* examples;
  yield "other";
}

function buildNumber(own: readonly Constraint[], site: Site): Outcome<number> {
  const bounds: NumberBound[] = [];
  const digits: Bound[] = [];
  for (const { test, wanted } of own) {
    const { number } = test;
    if (typeof number === "boolean") {
      if (number !== wanted) return "none";
    } else if ("language" in number) {
      digits.push(boundOf(number.language, number.inside === wanted, site.workshop));
    } else {
      bounds.push({ ...number, holds: number.holds === wanted });
    }
  }
  return findNumber(bounds, digits, site.workshop);
}

/** Whether a built value passes a constraint that is wanted of it. */
function passes(value: Json | undefined, { steps, test }: Constraint, workshop: Workshop): boolean {
  let at = value;
  for (const step of steps) {
    if (step.kind === "name") at = get(at, step.name);
    else at = step.kind === "index" && isArray(at) ? at[step.index] : undefined;
  }
  const kind = kindOf(at);
  switch (kind) {
    case "object":
    case "array":
      return test.container;
    case "string":
      if (typeof test.string === "boolean") return test.string;
      return contains(automatonOf(test.string.language, workshop), String(at)) === test.string.inside;
    case "number":
      return numberPasses(Number(at), test.number, workshop);
    default:
      return test[kind];
  }
}

function numberPasses(value: number, number: ValueTest["number"], workshop: Workshop): boolean {
  if (typeof number === "boolean") return number;
  if ("operator" in number) return isWithin(number, value);
  return contains(automatonOf(number.language, workshop), String(value)) === number.inside;
}
