// The conditions of a policy statement against what is known of a request.

import { agree, all, any, known, not, stringOf, type Tri, type Value } from "../model/value.ts";
import { judgeEach } from "./attributes.ts";
import { globMatches } from "./glob.ts";
import type { Condition } from "./policy-document.ts";
import { sameText } from "./same-text.ts";

/** One condition key of a request. */
export interface ContextKey {
  /** Operators for other kinds of keys are not decided. */
  readonly kind: "string" | "arn" | "bool";
  /** The value, in every way it is known; all of them mean the same. */
  readonly values: readonly Value[];
  /** Whether the request has the key at all; "maybe" where nobody has written it down. */
  readonly present: Tri;
}

/** Condition keys in lower case. A key that is not listed may hold anything or be absent. */
export type RequestContext = ReadonlyMap<string, ContextKey>;

export function allConditionsHold(
  conditions: readonly Condition[],
  context: RequestContext,
  variables: Tri,
): Tri {
  return all(conditions.map((condition) => conditionHolds(condition, context, variables)));
}

interface Operator {
  readonly name: string;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly quantifier: "all" | "any" | undefined;
}

function operatorOf(value: Value): Operator | undefined {
  const match = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i.exec(stringOf(value) ?? "");
  const name = match?.[2]?.toLowerCase();
  if (name === undefined || name === "") return undefined;
  const positive = name.replace(/^(string|arn|numeric|date)not/, "$1").replace(/^notipaddress$/, "ipaddress");
  const quantifier = match?.[1]?.toLowerCase();
  return {
    name: positive,
    negated: positive !== name,
    ifExists: match?.[3] !== undefined,
    quantifier: quantifier === "forallvalues" ? "all" : quantifier === "foranyvalue" ? "any" : undefined,
  };
}

/**
 * Several values are alternatives, and a negated operator wants none of them. A key that the request lacks meets
 * negated operators, `…IfExists` and `ForAllValues`, and no other.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * (…IfExists, Null, negated matching), reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function conditionHolds(condition: Condition, context: RequestContext, variables: Tri): Tri {
  const operator = operatorOf(condition.operator);
  const found = context.get(stringOf(condition.key)?.toLowerCase() ?? "");
  const { values } = condition;
  if (operator === undefined || found === undefined || values === undefined) return "maybe";
  if (operator.name === "null") return any(values.map((value) => isAbsentAsAsked(value, found.present)));
  const absent = whenAbsent(operator);
  if (found.present === "no") return absent;
  const matched = any(
    values.map((value) => valueMatches(operator.name, resolved(value, context, variables), found)),
  );
  const answer = operator.negated ? not(matched) : matched;
  return found.present === "yes" ? answer : agree([answer, absent]);
}

function isAbsentAsAsked(value: Value, present: Tri): Tri {
  const text = stringOf(value)?.toLowerCase();
  return text === "true" ? not(present) : text === "false" ? present : "maybe";
}

function whenAbsent({ ifExists, quantifier, negated }: Operator): Tri {
  if (ifExists || quantifier === "all") return "yes";
  return negated && quantifier === undefined ? "yes" : "no";
}

const FITTING: Readonly<Record<string, readonly ContextKey["kind"][]>> = {
  stringequals: ["string", "arn"],
  stringequalsignorecase: ["string", "arn"],
  stringlike: ["string", "arn"],
  arnequals: ["arn"],
  arnlike: ["arn"],
  bool: ["bool"],
};

function valueMatches(operator: string, value: Value | undefined, { kind, values }: ContextKey): Tri {
  const fits = Object.hasOwn(FITTING, operator) && FITTING[operator]?.includes(kind);
  if (value === undefined || !fits) return "maybe";
  switch (operator) {
    case "stringequals":
      return commonAnswer(values.map((own) => sameText(value, own)));
    case "stringlike":
      return patternMatches(value, values);
    case "arnequals":
    case "arnlike":
      return judgeEach(value, (one) => arnMatches(one, values));
    default:
      return commonAnswer(values.map((own) => equalsIgnoringCase(value, own)));
  }
}

/** Whether a pattern with wildcards matches a text that is known in several ways. */
export function patternMatches(pattern: Value, texts: readonly Value[], ignoreCase = false): Tri {
  return judgeEach(pattern, (one) => commonAnswer(texts.map((text) => globMatches(one, text, ignoreCase))));
}

/** The answer of whichever way of knowing a value decides. */
function commonAnswer(answers: readonly Tri[]): Tri {
  return answers.find((answer) => answer !== "maybe") ?? "maybe";
}

function equalsIgnoringCase(left: Value, right: Value): Tri {
  const [a, b] = [stringOf(left)?.toLowerCase(), stringOf(right)?.toLowerCase()];
  if (a === undefined || b === undefined) return "maybe";
  return a === b ? "yes" : "no";
}

/**
 * ARNs are compared part by part, so a wildcard in one part reaches no further than its colon. A pattern with fewer
 * parts than an ARN has is not decided.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * (Amazon Resource Name condition operators)
 */
function arnMatches(pattern: Value, texts: readonly Value[]): Tri {
  const text = stringOf(pattern);
  // The parts of a pattern that is not known in full cannot be told apart.
  if (text === undefined) return patternMatches(pattern, texts);
  const wanted = partsOfArn(text);
  if (wanted.length < ARN_PARTS) return "maybe";
  return commonAnswer(texts.map((own) => partsMatch(wanted, own)));
}

const ARN_PARTS = 6;

/** The resource part keeps its colons. */
function partsOfArn(text: string): readonly string[] {
  const parts = text.split(":");
  if (parts.length < ARN_PARTS) return parts;
  return [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(":")];
}

/** Whether a pattern matches an ARN part by part; "maybe" for an ARN whose parts cannot be told apart. */
export function partsMatch(wanted: readonly string[], own: Value): Tri {
  const parts = partsOfValue(own);
  if (parts === undefined) return "maybe";
  return all(parts.map((part, at) => globMatches(wanted[at] ?? "", part)));
}

/** An ARN with parts that are not known: those that stand between colons of the text have none themselves. */
function partsOfValue(value: Value): readonly Value[] | undefined {
  const pieces = value.kind === "text" ? value.parts : [value];
  const parts: Value[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind === "unknown") parts.at(-1)?.push(piece);
    else if (piece.kind !== "known") return undefined;
    else {
      const [first = "", ...more] = String(piece.value ?? "").split(":");
      for (const [at, text] of [first, ...more].entries()) {
        if (at > 0 && parts.length < ARN_PARTS) parts.push([]);
        const joined = at > 0 && parts.at(-1)?.length !== 0 ? `:${text}` : text;
        parts.at(-1)?.push(known(joined));
      }
    }
  }
  if (parts.length < ARN_PARTS) return undefined;
  return parts.map((part) => ({ kind: "text", parts: part, sensitive: false }));
}

/**
 * A value with its policy variables put in. `undefined`: they are not known.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html (version 2012-10-17 only)
 */
export function resolved(value: Value, context: RequestContext, variables: Tri): Value | undefined {
  const literals = value.kind === "text" ? value.parts : [value];
  const holds = literals.some((part) => stringOf(part)?.includes("${") === true);
  if (!holds || variables === "no") return value;
  const text = stringOf(value);
  if (text === undefined || variables === "maybe") return undefined;
  const parts = text.split(/\$\{([^}]*)\}/).map((piece, at): Value | undefined => {
    if (at % 2 === 0) return known(piece);
    const found = context.get(piece.trim().toLowerCase());
    return found?.present === "yes" ? found.values[0] : undefined;
  });
  return parts.every((part) => part !== undefined) ? { kind: "text", parts, sensitive: false } : undefined;
}
