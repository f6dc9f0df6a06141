// How a file is refused: one problem, and the command that would make a usable file of it.

import { InputError, type InputProblem } from "../model/problem.ts";

/**
 * What the caller can use: a plan, a state, or either, as what is checked (`subject`) or beside it
 * (for `--with`), or the output of an AWS command.
 */
export type Wanted = "plan" | "state" | "subject" | "either" | "output";

export function refusal(problem: InputProblem): InputError {
  return new InputError([problem]);
}

/** From a saved plan to an answer. */
export function showCommand(saved: string, wanted: Wanted, tool: "terraform" | "tofu" = "terraform"): string {
  if (wanted === "output") return "save the output again, as text: aws SERVICE COMMAND --output json > FILE";
  const json = jsonName(saved, wanted);
  return `${tool} show -json ${quote(saved)} > ${quote(json)} && ${checkCommand(json, wanted)}`;
}

/** From the configuration to an answer. */
export function planCommand(wanted: Wanted): string {
  return `terraform plan -out=tfplan && ${showCommand("tfplan", wanted)}`;
}

/** How tfcheck is called with this file. */
export function checkCommand(file: string, wanted: Wanted): string {
  if (wanted === "plan" || wanted === "subject") return `tfcheck ${quote(file)}`;
  const plan = baseName(file) === "plan.json" ? "my-plan.json" : "plan.json";
  return `tfcheck ${plan} --with ${quote(file)}`;
}

/** Never the name of the file it is made from: the shell empties the output file first. */
function jsonName(saved: string, wanted: Wanted): string {
  const name = wanted === "plan" || wanted === "subject" ? "plan.json" : "other.json";
  return baseName(saved) === name ? `shown-${name}` : name;
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** For a POSIX shell; what came through a pipe has no name, so the usual one stands for it. */
function quote(path: string): string {
  if (/^(-|<?stdin>?)$/.test(path)) return "tfplan";
  if (/^[\w./@%+=:,][\w./@%+=:,-]*$/.test(path)) return path;
  return `'${path.replaceAll("'", "'\\''")}'`;
}
