// How unusable input is told on stderr: place, fact, code; then what is known about it and what to do.

import type { InputProblem } from "../model/problem.ts";
import { visible } from "../report/escape.ts";

export function printProblems(problems: readonly InputProblem[]): string {
  return problems
    .flatMap(linesOf)
    .map((line) => `${visible(line)}\n`)
    .join("");
}

function linesOf({ place, message, code, excerpt = [], note, help }: InputProblem): readonly string[] {
  return [
    `${place}: ${message} [${code}]`,
    ...excerpt.map((line) => `  ${line}`),
    ...(note === undefined ? [] : [`  note: ${note}`]),
    ...(help === undefined ? [] : [`  help: ${help}`]),
  ];
}
