// Hostile patterns: the work is counted, so that the bound does not depend on the machine.

import { describe, expect, test } from "vitest";
import { automatonOf, openWorkshop } from "../../../../src/aws/filter-pattern/automaton.ts";
import { covers } from "../../../../src/aws/filter-pattern/covers.ts";
import { languageOfRegex } from "../../../../src/aws/filter-pattern/language.ts";
import { parsePattern } from "../../../../src/aws/filter-pattern/parse.ts";
import { parseRegex } from "../../../../src/aws/filter-pattern/regex.ts";
import { makeEvent } from "../../../../src/aws/filter-pattern/witness.ts";

function parsed(text: string) {
  const result = parsePattern(text);
  if ("problem" in result) throw new Error(`${text.slice(0, 60)}: ${result.problem.code}`);
  return result.pattern;
}

/** As many parts as fit into a pattern. */
function full(part: (at: number) => string, separator: string): string {
  let text = "";
  for (let at = 0; ; at += 1) {
    const longer = text === "" ? part(at) : text + separator + part(at);
    if (longer.length > 1020) return `{${text}}`;
    text = longer;
  }
}

const letter = (at: number): string => String.fromCharCode(97 + (at % 26));
const seven = [0, 1, 2, 3, 4, 5, 6];
const pigeons = seven.map(
  (pigeon) =>
    `(${seven
      .slice(1)
      .map((hole) => `$.p${pigeon}=${hole}`)
      .join("||")})`,
);

const HOSTILE: readonly (readonly [string, string, string])[] = [
  [
    "every text to be contained at once",
    full((at) => `$.a!=*${letter(at)}${letter(at * 7 + 3)}*`, "||"),
    "{$.a=*}",
  ],
  [
    "many fields with two values",
    full((at) => `$.${letter(at)}=${at % 2}&&$.${letter(at * 3 + 1)}=${at % 3}`, "||"),
    `{${[...Array(26).keys()].map((at) => `($.${letter(at)}=0||$.${letter(at)}=1)`).join("&&")}}`,
  ],
  [
    "more pigeons than holes",
    full(
      (at) => `$.p${at % 7}=${(at % 6) + 1}&&$.p${(at + 1 + Math.floor(at / 42)) % 7}=${(at % 6) + 1}`,
      "||",
    ),
    `{${pigeons.join("&&")}}`,
  ],
  ["automata with very many states", "{$.a=%[ab]*a[ab]{40}$%}", "{$.a=%^[ab]*b[ab]{41}$%}"],
  ["very long repetitions", "{$.a=%a{999}b{999}c{999}d{999}%}", "{$.a=%a{999}b{999}c{999}%}"],
  ["many stars", `{$.a=%${"a*".repeat(490)}b$%}`, `{$.a=%^${"a*".repeat(490)}$%}`],
  ["many elements", full((at) => `$.a[${at * 3}]!=x`, "&&"), full((at) => `$.a[${at * 3 + 1}]!=x`, "||")],
  ["elements far away", "{$.a[999999999]!=x}", "{$.a[999999998]=x}"],
  ["many fields", full((at) => `$.f${at}!=x`, "||"), full((at) => `$.f${at}=x*`, "&&")],
  [
    "wildcards over many fields",
    full((at) => (at < 3 ? "$.*!=x" : `$.f${at}!=x`), "&&"),
    full((at) => (at < 3 ? "$.*!=y" : `$.f${at}=x*`), "||"),
  ],
  ["deep nesting", `{${"($.a=1||$.b=2&&".repeat(60)}$.c=3${")".repeat(60)}}`, "{$.a=*||$.b=*}"],
  ["long paths", `{$${".a".repeat(500)}=x}`, `{$${".a".repeat(490)}=x||$.b[3][3][3][3]!=y}`],
  [
    "many words",
    [...Array(180).keys()].map((at) => `?w${at}`).join(" "),
    [...Array(180).keys()].map((at) => `?w${at + 3}`).join(" "),
  ],
];

describe("hostile patterns end", () => {
  test.each(HOSTILE)("%s", (_, actual, required) => {
    const steps = 100_000;
    const workshop = openWorkshop(steps);
    makeEvent(
      [
        { pattern: parsed(required), reading: "any", matches: true },
        { pattern: parsed(actual), reading: "any", matches: false },
      ],
      workshop,
    );
    // What is under way when the steps run out may overdraw them, by less than they were.
    expect(workshop.steps).toBeGreaterThan(-steps);
  });

  test("with too few steps the answer is maybe, never a wrong one", () => {
    const [actual, required] = [parsed("{ $.a = %[ab]*a[ab]{9}$% }"), parsed("{ $.a = %^[ab]*a[ab]{9}$% }")];
    expect(covers([actual], required, { steps: 100 })).toEqual({ answer: "maybe", why: "too-complex" });
    expect(covers([actual], required)).toEqual({ answer: "yes" });
  });

  test("states of an automaton are made when they are reached", () => {
    const regex = parseRegex("[ab]*a[ab]{40}$");
    if ("problem" in regex) throw new Error(regex.problem.code);
    expect(automatonOf(languageOfRegex(regex.regex), openWorkshop(1000)).states.size).toBe(1);
  });
});
