// Whether a resource policy grants one request. The requests of CloudWatch are in publish-policy.ts.

import { all, any, not, stringOf, type Tri, type Value } from "../model/value.ts";
import { judgeEach } from "./attributes.ts";
import { globMatches } from "./glob.ts";
import type { Clause, Condition, PolicyDocument, Principal, Statement } from "./policy-document.ts";
import { sameText } from "./same-text.ts";

/** A request by an AWS service on its own behalf. */
export interface ServiceRequest {
  /** Such as `cloudwatch.amazonaws.com`. */
  readonly service: string;
  readonly action: string;
  /** The resource, in every way it is known; all of them mean the same. */
  readonly resource: readonly Value[];
  /** Condition keys in lower case. A key that is not listed may hold anything or be absent. */
  readonly context: ReadonlyMap<string, ContextValue>;
  /** Whether the service is let in where a statement names the given account as a whole (its root). */
  account(identifier: Value): Tri;
}

export type ContextValue = "absent" | readonly Value[];

/**
 * Whether the policy allows the request and no statement denies it.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html (explicit deny
 * wins, no allow is a deny); reference_policies_elements_principal.html, …_action.html (letter case does not count),
 * …_resource.html, …_condition_operators.html
 */
export function policyGrants(document: PolicyDocument, request: ServiceRequest): Tri {
  const applying = document.statements.map((statement) => ({
    allows: judgeEach(statement.effect, (effect) => hasEffect(effect, "Allow")),
    denies: judgeEach(statement.effect, (effect) => hasEffect(effect, "Deny")),
    applies: statementApplies(statement, request),
  }));
  const others: Tri = document.open ? "maybe" : "no";
  const allowed = any([others, ...applying.map(({ allows, applies }) => all([allows, applies]))]);
  const denied = any([others, ...applying.map(({ denies, applies }) => all([denies, applies]))]);
  return all([allowed, not(denied)]);
}

function hasEffect(value: Value, effect: string): Tri {
  const text = stringOf(value);
  return text === undefined ? "maybe" : text === effect ? "yes" : "no";
}

function statementApplies(statement: Statement, request: ServiceRequest): Tri {
  const action: Value = { kind: "known", value: request.action, sensitive: false };
  return all([
    clauseHolds(statement.principals, (principal) => principalMeans(principal, request)),
    clauseHolds(statement.actions, (pattern) => patternMatches(pattern, [action], true)),
    clauseHolds(statement.resources, (pattern) => patternMatches(pattern, request.resource, false)),
    statement.conditions === undefined
      ? "maybe"
      : all(statement.conditions.map((condition) => conditionHolds(condition, request.context))),
  ]);
}

function clauseHolds<Item>(clause: Clause<Item>, matches: (item: Item) => Tri): Tri {
  if (clause.listed === undefined) return "maybe";
  const matched = any(clause.listed.map(matches));
  return clause.negated ? not(matched) : matched;
}

function principalMeans({ type, identifiers }: Principal, request: ServiceRequest): Tri {
  const kind = stringOf(type);
  if (kind === "*") return "yes";
  if (kind === undefined || identifiers === undefined) return "maybe";
  switch (kind) {
    case "Service":
      return any(identifiers.map((service) => equalsText(service, request.service)));
    case "AWS":
      return any(identifiers.map((name) => any([equalsText(name, "*"), request.account(name)])));
    default:
      return "no";
  }
}

function equalsText(value: Value, text: string): Tri {
  return sameText(value, { kind: "known", value: text, sensitive: false });
}

/** Whether a pattern with wildcards matches a text that is known in several ways. */
function patternMatches(pattern: Value, texts: readonly Value[], ignoreCase: boolean): Tri {
  return judgeEach(pattern, (one) => {
    const glob = stringOf(one);
    return commonAnswer(
      texts.map((text) => (glob === undefined ? sameOrOpen(one, text) : globMatches(glob, text, ignoreCase))),
    );
  });
}

/** A pattern that is not known may hold wildcards, so nothing is certainly different from it. */
function sameOrOpen(pattern: Value, text: Value): Tri {
  return sameText(pattern, text) === "yes" ? "yes" : "maybe";
}

/** The answer of whichever way of knowing a value decides. */
function commonAnswer(answers: readonly Tri[]): Tri {
  return answers.find((answer) => answer !== "maybe") ?? "maybe";
}

interface Operator {
  readonly name: string;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly forAll: boolean;
}

function operatorOf(value: Value): Operator | undefined {
  const match = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i.exec(stringOf(value) ?? "");
  const name = match?.[2]?.toLowerCase();
  if (name === undefined || name === "") return undefined;
  const positive = name.replace(/^(string|arn|numeric|date)not/, "$1").replace(/^notipaddress$/, "ipaddress");
  return {
    name: positive,
    negated: positive !== name,
    ifExists: match?.[3] !== undefined,
    forAll: match?.[1]?.toLowerCase() === "forallvalues",
  };
}

function conditionHolds(condition: Condition, context: ReadonlyMap<string, ContextValue>): Tri {
  const operator = operatorOf(condition.operator);
  const found = context.get(stringOf(condition.key)?.toLowerCase() ?? "");
  if (operator === undefined || found === undefined || condition.values === undefined) return "maybe";
  if (operator.name === "null") {
    const absent = found === "absent";
    return any(condition.values.map((value) => equalsText(value, String(absent))));
  }
  if (found === "absent") return operator.ifExists || operator.forAll || operator.negated ? "yes" : "no";
  const matched = any(condition.values.map((value) => valueMatches(operator.name, value, found)));
  return operator.negated ? not(matched) : matched;
}

function valueMatches(operator: string, value: Value, found: readonly Value[]): Tri {
  const text = stringOf(value);
  // A policy variable stands for something else of the request.
  if (text?.includes("${") === true) return "maybe";
  switch (operator) {
    case "stringequals":
      return commonAnswer(found.map((own) => sameText(value, own)));
    case "stringequalsignorecase":
    case "bool":
      return commonAnswer(found.map((own) => equalsIgnoringCase(value, own)));
    case "stringlike":
      return patternMatches(value, found, false);
    case "arnequals":
    case "arnlike":
      return arnMatches(value, found);
    default:
      return "maybe";
  }
}

function equalsIgnoringCase(left: Value, right: Value): Tri {
  const [a, b] = [stringOf(left)?.toLowerCase(), stringOf(right)?.toLowerCase()];
  if (a === undefined || b === undefined) return "maybe";
  return a === b ? "yes" : "no";
}

/** ARNs are compared part by part, so a pattern with fewer parts matches less than its text says. */
function arnMatches(value: Value, found: readonly Value[]): Tri {
  const answer = patternMatches(value, found, false);
  const text = stringOf(value);
  const whole = text === undefined || text === "*" || text.split(":").length >= 6;
  return answer === "yes" && !whole ? "maybe" : answer;
}
