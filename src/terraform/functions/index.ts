// All built-in functions of Terraform 1.11 and OpenTofu 1.12, and the calling of them.

import type { Expression } from "../../model/configuration.ts";
import { known, unknown, type Value } from "../../model/value.ts";
import { evaluateIn } from "../evaluate.ts";
import { attempt, EvaluationFailure, fail } from "../failure.ts";
import type { Environment } from "../scope.ts";
import {
  derived,
  holdsSensitive,
  isDefinite,
  isSettled,
  isSeveral,
  marked,
  oneOf,
  reasonOf,
  spread,
} from "../values.ts";
import { collectionFunctions } from "./collection.ts";
import { conversionFunctions } from "./conversion.ts";
import { dateFunctions } from "./date.ts";
import { encodingFunctions } from "./encoding.ts";
import { filesystemFunctions } from "./filesystem.ts";
import { hashFunctions } from "./hash.ts";
import { networkFunctions } from "./network.ts";
import { numericFunctions } from "./numeric.ts";
import { setFunctions } from "./set.ts";
import type { TerraformFunction } from "./signature.ts";
import { stringFunctions } from "./string.ts";

/** By name. `try` and `can` are not in it: their arguments may fail. */
export const FUNCTIONS: ReadonlyMap<string, TerraformFunction> = new Map(
  [
    collectionFunctions,
    conversionFunctions,
    dateFunctions,
    encodingFunctions,
    filesystemFunctions,
    hashFunctions,
    networkFunctions,
    numericFunctions,
    setFunctions,
    stringFunctions,
  ].flatMap((table) => Object.entries(table)),
);

type Call = Extract<Expression, { kind: "call" }>;

/**
 * The value of a call. A function that is not known, or whose result comes from the clock, from chance or from a
 * provider, gives an unknown value that names it.
 */
export function callFunction(call: Call, environment: Environment): Value {
  const name = call.name.startsWith("core::") ? call.name.slice(6) : call.name;
  if (name === "try") return callTry(call.args, environment);
  if (name === "can") return callCan(call.args, environment);
  const target = FUNCTIONS.get(name);
  const args = call.args.map((argument) => evaluateIn(argument, environment));
  if (target === undefined) {
    return unknown({ why: "function", subject: name }, { sensitive: args.some(holdsSensitive) });
  }
  return spread(args, (chosen) => {
    const expanded = call.expand ? expand(chosen) : chosen;
    if (expanded === undefined) return derived(chosen);
    return marked(target.call(expanded, environment), isMarked(target, expanded));
  });
}

function isMarked(target: TerraformFunction, args: readonly Value[]): boolean {
  switch (target.marks) {
    case "inside":
      return args.some(holdsSensitive);
    case "whole":
      return args.some((arg) => arg.sensitive);
    case "own":
      return false;
    default:
      return target.marks satisfies never;
  }
}

/** `f(list...)`: the elements of the last argument are arguments. `undefined`: how many is not known. */
function expand(args: readonly Value[]): readonly Value[] | undefined {
  const last = args.at(-1);
  if (last?.kind === "list" && last.elements.some(isSeveral)) return undefined;
  if (last?.kind === "list") return [...args.slice(0, -1), ...last.elements];
  return last !== undefined && isSettled(last) ? fail("what is expanded is no list") : undefined;
}

/**
 * The first argument that does not fail. One with undecided parts may fail at apply, so the ones behind it are
 * candidates too; a reference to an object that exists does not fail.
 */
function callTry(args: readonly Expression[], environment: Environment): Value {
  const candidates: Value[] = [];
  for (const argument of args) {
    const value = attempt(() => evaluateIn(argument, environment));
    if (value instanceof EvaluationFailure) continue;
    candidates.push(value);
    if (isDefinite(value)) break;
  }
  if (candidates.length === 0) return fail("no argument has a value");
  return oneOf(candidates, reasonOf(candidates));
}

function callCan(args: readonly Expression[], environment: Environment): Value {
  const [argument] = args;
  if (argument === undefined) return fail("the function has another number of arguments");
  const value = attempt(() => evaluateIn(argument, environment));
  if (value instanceof EvaluationFailure) return known(false);
  return isDefinite(value) ? known(true) : derived([value]);
}
