// The patterns of fileset: `*`, `**`, `?`, `[a-z]` and `{a,b}` over paths.
// Source: https://developer.hashicorp.com/terraform/language/functions/fileset

import { fail } from "../failure.ts";

/** Whether a path fits the pattern. Linear matching per alternative; a pattern of too many alternatives fails. */
export function globTest(pattern: string): (path: string) => boolean {
  const alternatives = expandBraces(pattern).map((one) => one.split("/"));
  return (path) => {
    const names = path.split("/");
    return alternatives.some((steps) => matchSteps(steps, names));
  };
}

const MAX_ALTERNATIVES = 64;

function expandBraces(pattern: string): readonly string[] {
  const match = /(.*?)\{([^{}]*)\}(.*)/s.exec(pattern);
  if (match === null) return [pattern];
  const [, before = "", inside = "", after = ""] = match;
  const expanded = inside.split(",").flatMap((one) => expandBraces(`${before}${one}${after}`));
  return expanded.length > MAX_ALTERNATIVES ? fail("the pattern has too many alternatives") : expanded;
}

/** `**` stands for any number of directories. Dynamic programming over the path's names. */
function matchSteps(steps: readonly string[], names: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const step of steps) {
    const next = new Set<number>();
    for (const at of reached) {
      if (step === "**") for (let to = at; to <= names.length; to += 1) next.add(to);
      else if (at < names.length && matchName(step, names[at] ?? "")) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(names.length);
}

function matchName(pattern: string, name: string): boolean {
  let reached = new Set([0]);
  for (const token of pattern.match(/\*+|\?|\[[^\]]+\]|\\.|./gs) ?? []) {
    const next = new Set<number>();
    for (const at of reached) {
      if (token.startsWith("*")) for (let to = at; to <= name.length; to += 1) next.add(to);
      else if (at < name.length && matchCharacter(token, name[at] ?? "")) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(name.length);
}

function matchCharacter(token: string, char: string): boolean {
  if (token === "?") return true;
  if (token.length > 2 && token.startsWith("[")) return inClass(token.slice(1, -1), char);
  return (token.startsWith("\\") && token.length === 2 ? token[1] : token) === char;
}

function inClass(members: string, char: string): boolean {
  const isNegated = /^[!^]/.test(members);
  const inside = isNegated ? members.slice(1) : members;
  const found = (inside.match(/.-.|./gs) ?? []).some((member) =>
    member.length === 3 ? char >= (member[0] ?? "") && char <= (member[2] ?? "") : member === char,
  );
  return found !== isNegated;
}
