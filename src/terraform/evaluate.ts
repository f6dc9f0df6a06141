// Evaluates expressions over known, unknown and symbolic values. A reference keeps its identity wherever the
// language only moves it around; what it cannot know it leaves unknown, with the reason.

import type { Body, DynamicBlock, Expression } from "../model/configuration.ts";
import { InputError } from "../model/problem.ts";
import { UNSET, unknown, type Value } from "../model/value.ts";
import { follow, indexInto } from "./access.ts";
import { evaluateFor, pairsOf } from "./comprehension.ts";
import { toBool, toText } from "./convert.ts";
import { attempt, EvaluationFailure, fail } from "./failure.ts";
import { callFunction } from "./functions/index.ts";
import { binary, unary } from "./operators.ts";
import { bind, bound, type Environment, MAX_DEPTH, MAX_STEPS, type Scope } from "./scope.ts";
import {
  derived,
  isSeveral,
  isUnordered,
  joinText,
  mapElements,
  mapOf,
  marked,
  oneOf,
  reasonOf,
  several,
  spread,
  tuple,
  unordered,
} from "./values.ts";

/**
 * The value of an expression; what Terraform would refuse is unknown. Throws `InputError` when the run has
 * evaluated more than any real configuration needs.
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  return orUnknown(() => evaluateIn(expression, { scope, bindings: undefined, item: undefined }));
}

/** The result of `work`, or an unknown value where Terraform would refuse it. */
export function orUnknown(work: () => Value): Value {
  const result = attempt(work);
  if (!(result instanceof EvaluationFailure)) return result;
  return unknown({ why: "expression", subject: result.message });
}

/** Throws `EvaluationFailure` for what Terraform would refuse. */
export function evaluateIn(expression: Expression, environment: Environment): Value {
  const { work } = environment.scope;
  work.steps += 1;
  if (work.steps > MAX_STEPS) throw tooMuchWork(work.place);
  if (work.depth >= MAX_DEPTH) return fail("expressions nest too deeply");
  work.depth += 1;
  try {
    return evaluateKind(expression, environment);
  } finally {
    work.depth -= 1;
  }
}

function tooMuchWork(place: string): InputError {
  return new InputError([
    {
      code: "evaluation-too-long",
      place,
      message: `evaluating the configuration takes more than ${MAX_STEPS} steps`,
      note: "loops over loops multiply; no configuration that Terraform plans in reasonable time comes near",
    },
  ]);
}

function evaluateKind(expression: Expression, environment: Environment): Value {
  const inner = (part: Expression) => evaluateIn(part, environment);
  switch (expression.kind) {
    case "literal":
      return literal(expression);
    case "template":
      return spread(expression.parts.map(inner), (parts) => joinText(parts.map(templatePart)));
    case "traversal":
      return traversal(expression, environment);
    case "steps":
      return follow(inner(expression.source), expression.steps, environment.scope);
    case "index":
      return indexInto(inner(expression.collection), inner(expression.key), environment.scope);
    case "splat":
      return splat(inner(expression.source), expression.each, environment);
    case "item":
      return environment.item ?? fail("no splat is around");
    case "call":
      return callFunction(expression, environment);
    case "tuple":
      return tuple(expression.elements.map(inner));
    case "object":
      return object(expression, environment);
    case "for":
      return evaluateFor(expression, environment);
    case "join":
      return joined(inner(expression.tuple));
    case "conditional":
      return conditional(expression, environment);
    case "unary":
      return spread([inner(expression.operand)], ([operand = UNSET]) => unary(expression.operator, operand));
    case "binary":
      return binary(expression.operator, inner(expression.left), () => inner(expression.right));
    case "body":
      return evaluateBody(expression, environment);
    default:
      return expression satisfies never;
  }
}

function literal({ value, exact }: Extract<Expression, { kind: "literal" }>): Value {
  return { kind: "known", value, ...(exact !== undefined && { exact }), sensitive: false };
}

function templatePart(part: Value): Value {
  if (part.kind === "known" && part.value === null) return fail("null is no part of a string");
  return toText(part);
}

function traversal(expression: Extract<Expression, { kind: "traversal" }>, environment: Environment): Value {
  const { root, steps } = expression;
  const local = bound(environment, root);
  if (local !== undefined) return follow(local, steps, environment.scope);
  const found = environment.scope.lookup(root, steps);
  if (found === undefined) return fail(`there is no "${[root, ...steps].join(".")}"`);
  return follow(found.value, steps.slice(found.used), environment.scope);
}

/** A splat of null is empty, of anything but a list or set a tuple of that one thing. */
function splat(source: Value, each: Expression, environment: Environment): Value {
  return spread([source], ([from = source]) => {
    const element = (item: Value) => evaluateIn(each, { ...environment, item });
    switch (from.kind) {
      case "known":
        return from.value === null ? tuple([]) : tuple([element(from)]);
      case "list":
        return splatList(from, mapElements(from.elements, element));
      case "map":
      case "reference":
      case "text":
        return tuple([element(from)]);
      case "unknown":
        return derived([from]);
      default:
        return from satisfies never;
    }
  });
}

function splatList(from: Value, elements: readonly Value[]): Value {
  const result = tuple(elements, from.sensitive);
  return isUnordered(from) ? unordered(result) : result;
}

function object(expression: Extract<Expression, { kind: "object" }>, environment: Environment): Value {
  const entries: [string, Value][] = [];
  let open: Value | undefined;
  for (const [keyExpression, valueExpression] of expression.entries) {
    const key = toText(evaluateIn(keyExpression, environment));
    const value = evaluateIn(valueExpression, environment);
    if (key.kind !== "known") open = key;
    else if (typeof key.value !== "string") fail("null is no key");
    else entries.push([key.value, value]);
  }
  if (open !== undefined) return derived([open, ...entries.map(([, value]) => value)]);
  return mapOf(entries);
}

/** The loop of a template: its strings one after the other. */
function joined(parts: Value): Value {
  if (parts.kind !== "list" || isUnordered(parts) || parts.elements.some(isSeveral)) return derived([parts]);
  return spread(parts.elements, (elements) => marked(joinText(elements.map(templatePart)), parts.sensitive));
}

/** Only the branch that is taken can be at fault; an undecided condition leaves both. */
function conditional(
  { condition, whenTrue, whenFalse }: Extract<Expression, { kind: "conditional" }>,
  environment: Environment,
): Value {
  const test = toBool(evaluateIn(condition, environment));
  if (test.kind === "known") {
    if (test.value === null) return fail("the condition is null");
    const [taken, other] = test.value === true ? [whenTrue, whenFalse] : [whenFalse, whenTrue];
    const value = evaluateIn(taken, environment);
    return marked(
      likeOther(value, () => evaluateIn(other, environment)),
      test.sensitive,
    );
  }
  const branches = [whenTrue, whenFalse].map((branch) => attempt(() => evaluateIn(branch, environment)));
  const values = branches.flatMap((branch) => (branch instanceof EvaluationFailure ? [] : [branch]));
  if (values.length === 0) return fail("neither branch has a value");
  return marked(oneOf(values, reasonOf([test]), values.length === branches.length), test.sensitive);
}

/** Both branches have one type: a number or boolean beside a string becomes a string. */
function likeOther(value: Value, other: () => Value): Value {
  const isLoose = (one: Value) =>
    one.kind === "known" && (typeof one.value === "number" || typeof one.value === "boolean");
  const candidates = value.kind === "list" ? value.elements : [value];
  if (!candidates.some(isLoose)) return value;
  const beside = attempt(other);
  if (beside instanceof EvaluationFailure || (value.kind === "list") !== (beside.kind === "list"))
    return value;
  const others = beside.kind === "list" ? beside.elements : [beside];
  if (!others.some((one) => one.kind === "known" && typeof one.value === "string")) return value;
  return value.kind === "list" ? { ...value, elements: value.elements.map(toText) } : toText(value);
}

// Bodies of blocks

/** A block as an object of its arguments and nested blocks, dynamic ones expanded. */
function evaluateBody(body: Body, environment: Environment): Value {
  const names = new Set([...body.entries.keys(), ...body.dynamic.keys()]);
  return mapOf([...names].map((name) => [name, entryOf(body, name, environment)]));
}

/** One argument or all blocks of one type; `UNSET` for what is not written. What fails alone is unknown alone. */
export function entryOf(body: Body, name: string, environment: Environment): Value {
  const written = body.entries.get(name);
  const dynamic = body.dynamic.get(name);
  if (dynamic === undefined) {
    return written === undefined ? UNSET : orUnknown(() => evaluateIn(written, environment));
  }
  const literal = written === undefined ? tuple([]) : orUnknown(() => evaluateIn(written, environment));
  return orUnknown(() =>
    spread([literal, ...dynamic.map((block) => expandDynamic(block, environment))], (lists) => {
      if (lists.every((list) => list.kind === "list")) return tuple(lists.flatMap((list) => list.elements));
      return derived(lists);
    }),
  );
}

function expandDynamic(block: DynamicBlock, environment: Environment): Value {
  return spread([evaluateIn(block.forEach, environment)], ([collection = UNSET]) => {
    const pairs = pairsOf(collection);
    if (pairs === undefined) return derived([collection]);
    const blocks = pairs.map(({ key, value, repeated }) => {
      const iterator = mapOf([
        ["key", key],
        ["value", value],
      ]);
      const body = evaluateBody(block.content, bind(environment, block.iterator, iterator));
      return repeated ? several(body) : body;
    });
    return tuple(blocks, collection.sensitive);
  });
}
