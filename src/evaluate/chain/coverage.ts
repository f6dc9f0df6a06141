// Whether filter patterns count what a control asks for, and leave everyday calls alone. Puts the questions to
// src/aws/filter-pattern; decides nothing about patterns itself.

import type { Pattern } from "../../aws/filter-pattern/ast.ts";
import { covers } from "../../aws/filter-pattern/covers.ts";
import { droppedByMissingField } from "../../aws/filter-pattern/dropped.ts";
import { matchesEveryday } from "../../aws/filter-pattern/everyday-events.ts";
import { matches } from "../../aws/filter-pattern/matches.ts";
import { parsePattern } from "../../aws/filter-pattern/parse.ts";
import { matchesSome } from "../../aws/filter-pattern/satisfiable.ts";
import type { Json } from "../../model/json.ts";
import type { Policy, SelectedControl } from "../../model/policy.ts";
import type { Tri } from "../../model/value.ts";

/** What a control asks of patterns. Covering any one of `wanted` is enough. */
export interface Requirement {
  /** Parsed when they are asked for, for most filters are `proven`. */
  readonly wanted: readonly Pattern[];
  /** Whether this text alone is known to cover, as the build found, and to go off on nothing else. */
  readonly isProven: (text: string) => boolean;
  /**
   * Every text that some benchmark version prints: counting what one of them counts is nothing to remark on. Most
   * filters have one of them to the letter, so they are parsed only where none does.
   */
  readonly published: ReadonlySet<string>;
  /** Answers so far, by the patterns asked about. */
  readonly known: Map<string, Coverage>;
  /** Events that slipped through some pattern: most others fail on the same ones, which is quickly seen. */
  readonly missed: Map<Pattern, Json[]>;
}

export type Coverage = { readonly answer: Tri } & (
  | { readonly kind: "covers"; readonly countsMore: Json | undefined }
  | {
      readonly kind: "misses";
      readonly required: string;
      readonly event: Json;
      readonly dropsEventsWithout: readonly string[];
    }
  | { readonly kind: "everyday"; readonly event: Json }
  | {
      readonly kind: "unreadable";
      readonly pattern: string;
      readonly problem: string;
      readonly offset: number;
    }
  | { readonly kind: "undecided"; readonly why: string }
);

/** Policies are loaded with patterns that parse, so those that do not are left out: broken published texts. */
export function requirementOf({ policy, patterns }: SelectedControl): Requirement {
  let wanted: readonly Pattern[] | undefined;
  return {
    get wanted() {
      wanted ??= parsed(patterns);
      return wanted;
    },
    isProven: (text) => patterns.some((asked) => policy.proven?.get(asked)?.has(text) === true),
    published: new Set(publishedTexts(policy)),
    known: new Map(),
    missed: new Map(),
  };
}

function publishedTexts({ benchmarks }: Policy): readonly string[] {
  return benchmarks.flatMap((entry) => entry.patterns);
}

const PROVEN: Coverage = { answer: "yes", kind: "covers", countsMore: undefined };

/**
 * What `Policy.proven` holds of a policy, found anew. For the build: it costs a `covers` for each pair of the texts that
 * benchmarks print.
 */
export function provenTexts({ proven: _, ...policy }: Policy): NonNullable<Policy["proven"]> {
  if (policy.check.kind !== "log-pattern-alarm") return new Map();
  const texts = [...new Set([policy.check.pattern, ...publishedTexts(policy)])];
  const proves = (text: string, asked: string): boolean => {
    const coverage = coverageOf([text], requirementOf({ policy, benchmark: undefined, patterns: [asked] }));
    return coverage.kind === "covers" && coverage.countsMore === undefined;
  };
  return new Map(texts.map((asked) => [asked, new Set(texts.filter((text) => proves(text, asked)))]));
}

function parsed(texts: readonly string[]): readonly Pattern[] {
  return texts.flatMap((text) => {
    const result = parsePattern(text);
    return "pattern" in result ? [result.pattern] : [];
  });
}

/** Whether the patterns together cover the requirement. Cost: bounded by `covers`; each question is asked once. */
export function coverageOf(texts: readonly string[], requirement: Requirement): Coverage {
  const [only, ...more] = texts;
  if (only !== undefined && more.length === 0 && requirement.isProven(only)) return PROVEN;
  const key = JSON.stringify(texts);
  const known = requirement.known.get(key);
  if (known !== undefined) return known;
  const coverage = judge(texts, requirement);
  requirement.known.set(key, coverage);
  return coverage;
}

function judge(texts: readonly string[], requirement: Requirement): Coverage {
  const actual: Pattern[] = [];
  for (const text of texts) {
    const result = parsePattern(text);
    if ("problem" in result) {
      const { code, offset } = result.problem;
      // AWS refuses such a pattern; where it is only undocumented, nobody can say.
      const answer = result.problem.certain ? "no" : "maybe";
      return { answer, kind: "unreadable", pattern: text, problem: code, offset };
    }
    actual.push(result.pattern);
  }
  const answers = requirement.wanted.map((wanted) => ({ wanted, ...covers(actual, wanted) }));
  const covering = answers.find((entry) => entry.answer === "yes");
  if (covering !== undefined) return judgeExcess(actual, requirement);
  const open = answers.find((entry) => entry.answer === "maybe");
  if (open?.answer === "maybe") return { answer: "maybe", kind: "undecided", why: open.why };
  const [missed] = answers;
  if (missed?.answer !== "no") return { answer: "maybe", kind: "undecided", why: "no-requirement" };
  for (const entry of answers) if (entry.answer === "no") remember(requirement, entry.wanted, entry.event);
  return {
    answer: "no",
    kind: "misses",
    required: missed.wanted.text,
    event: missed.event,
    dropsEventsWithout: actual.flatMap(droppedByMissingField),
  };
}

/** More events than this catch nothing new. */
const MOST_EVENTS = 8;

function remember(requirement: Requirement, wanted: Pattern, event: Json): void {
  const events = missedEvents(requirement, wanted);
  // Under the default reading alone can a plain match tell that a pattern misses the event.
  if (events.length < MOST_EVENTS && matches(wanted, event)) events.push(event);
}

/** Patterns that cover: do they also go off on everyday calls, or count more than anybody asks for? */
function judgeExcess(actual: readonly Pattern[], requirement: Requirement): Coverage {
  for (const pattern of actual) {
    const event = matchesEveryday(pattern);
    if (event !== undefined) return { answer: "no", kind: "everyday", event };
  }
  const own = actual.filter(({ text }) => !requirement.published.has(text));
  const asked = own.length === 0 ? [] : [...requirement.wanted, ...parsed([...requirement.published])];
  for (const pattern of own) {
    const excess = covers(asked, pattern);
    if (excess.answer === "no") return { answer: "yes", kind: "covers", countsMore: excess.event };
  }
  return { answer: "yes", kind: "covers", countsMore: undefined };
}

/**
 * Whether patterns certainly do not cover: for every wanted pattern they leave out an event that slipped through
 * before. Says nothing when it is not sure; `coverageOf` is exact. Cost: a match per event.
 */
export function surelyMisses(texts: readonly string[], requirement: Requirement): boolean {
  if (texts.some(requirement.isProven)) return false;
  const actual = parsed(texts);
  if (actual.length < texts.length) return false;
  return requirement.wanted.every((wanted) =>
    missedEvents(requirement, wanted).some((event) => !actual.some((pattern) => matches(pattern, event))),
  );
}

/** The first one is an event of the wanted pattern itself: what an empty list of filters leaves out. */
function missedEvents(requirement: Requirement, wanted: Pattern): Json[] {
  const known = requirement.missed.get(wanted);
  if (known !== undefined) return known;
  const first = covers([], wanted);
  const events = first.answer === "no" && matches(wanted, first.event) ? [first.event] : [];
  requirement.missed.set(wanted, events);
  return events;
}

/** Whether a pattern counts any event at all that the control asks for: what tells a narrow filter from an unrelated one. */
export function concerns(text: string, requirement: Requirement): boolean {
  const result = parsePattern(text);
  if ("problem" in result) return false;
  return requirement.wanted.some((wanted) => matchesSome(result.pattern, wanted) !== undefined);
}
