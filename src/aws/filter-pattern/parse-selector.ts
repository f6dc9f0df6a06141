// Reads the steps of a selector such as $.userIdentity.['cluster.name'][0].

import type { Selector, Step } from "./ast.ts";
import type { ParseProblem, ParseProblemCode } from "./problem.ts";

const STEP = /\.\*|\.?\['([^']*)'\]|\.([A-Za-z0-9_-]+)|\[(\d{1,9})\]|\[\*\]/y;

/** `text` starts with `$`; `offset` is where it stands in the pattern. */
export function parseSelector(
  text: string,
  offset: number,
): { readonly selector: Selector } | { readonly problem: ParseProblem } {
  const problem = (code: ParseProblemCode, from: number, suggestion?: string): { problem: ParseProblem } => ({
    problem: {
      code,
      offset: offset + from,
      end: offset + text.length,
      found: text.slice(from),
      suggestion,
      certain: code === "selector-without-dot" || code === "selector-wildcards",
    },
  });
  const steps: Step[] = [];
  let at = 1;
  while (at < text.length) {
    STEP.lastIndex = at;
    const match = STEP.exec(text);
    if (match === null) {
      const bare = at === 1 && /^\$[A-Za-z_]/.test(text);
      return bare ? problem("selector-without-dot", 0, `$.${text.slice(1)}`) : problem("selector-syntax", at);
    }
    steps.push(stepOf(match));
    at += match[0].length;
  }
  if (steps.length === 0) return problem("selector-syntax", 0);
  const wildcards = steps.filter((step) => step.kind === "any-element" || step.kind === "any-field");
  if (wildcards.length > 1) return problem("selector-wildcards", 0);
  return { selector: steps };
}

function stepOf([whole, quoted, plain, index]: RegExpExecArray): Step {
  if (index !== undefined) return { kind: "index", index: Number(index) };
  const name = quoted ?? plain;
  if (name !== undefined) return { kind: "name", name };
  return { kind: whole === ".*" ? "any-field" : "any-element" };
}
