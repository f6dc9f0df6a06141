// Whether a policy grants one request. Which requests there are is in publish-policy.ts, key-policy.ts and the like.

import { all, any, known, not, stringOf, type Tri, type Value } from "../model/value.ts";
import { judgeEach } from "./attributes.ts";
import {
  allConditionsHold,
  partsMatch,
  patternMatches,
  type RequestContext,
  resolved,
} from "./policy-conditions.ts";
import type { Clause, PolicyDocument, Principal, Statement } from "./policy-document.ts";
import { sameText } from "./same-text.ts";

/** A request by an AWS service on its own behalf, or by the role that a policy belongs to. */
export interface PolicyRequest {
  /** `undefined`: by whom the policy belongs to, so it names no principal. */
  readonly by: ServicePrincipal | undefined;
  readonly action: string;
  /** The resource, in every way it is known; all of them mean the same. "none": the policy names no resource. */
  readonly resource: readonly Value[] | "none";
  readonly context: RequestContext;
}

export interface ServicePrincipal {
  /** Such as `cloudwatch.amazonaws.com`. */
  readonly service: string;
  /** Whether the service is let in where a statement names the given account as a whole (its root). */
  account(identifier: Value): Tri;
}

export interface Effects {
  readonly allowed: Tri;
  readonly denied: Tri;
}

/**
 * Whether the policy allows the request and no statement denies it.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html (explicit deny
 * wins, no allow is a deny)
 */
export function policyGrants(document: PolicyDocument, request: PolicyRequest): Tri {
  return granted([effectsOf(document, request)]);
}

/** Several policies of one kind act as one. */
export function granted(effects: readonly Effects[]): Tri {
  return all([any(effects.map(({ allowed }) => allowed)), not(any(effects.map(({ denied }) => denied)))]);
}

export function effectsOf(document: PolicyDocument, request: PolicyRequest): Effects {
  const others: Tri = document.open ? "maybe" : "no";
  const applying = document.statements.map((statement) => ({
    allows: judgeEach(statement.effect, (effect) => hasEffect(effect, "Allow")),
    denies: judgeEach(statement.effect, (effect) => hasEffect(effect, "Deny")),
    applies: statementApplies(statement, request, document.variables),
  }));
  // What may be replaced by a statement that is not listed may be gone.
  const sure = (answer: Tri): Tri => (document.open && answer === "yes" ? "maybe" : answer);
  return {
    allowed: sure(any([others, ...applying.map(({ allows, applies }) => all([allows, applies]))])),
    denied: sure(any([others, ...applying.map(({ denies, applies }) => all([denies, applies]))])),
  };
}

function hasEffect(value: Value, effect: string): Tri {
  const text = stringOf(value);
  return text === undefined ? "maybe" : text === effect ? "yes" : "no";
}

/**
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html,
 * …_notprincipal.html, …_action.html (letter case does not count), …_resource.html, …_condition.html
 */
function statementApplies(statement: Statement, request: PolicyRequest, variables: Tri): Tri {
  const { by, resource, context } = request;
  const action = [known(request.action)];
  return all([
    by === undefined
      ? "yes"
      : clauseHolds(statement.principals, (principal) => principalMeans(principal, by)),
    clauseHolds(statement.actions, (pattern) => patternMatches(pattern, action, true)),
    resource === "none" ? "yes" : onResource(statement.resources, resource, context, variables),
    statement.conditions === undefined
      ? "maybe"
      : allConditionsHold(statement.conditions, context, variables),
  ]);
}

function clauseHolds<Item>(clause: Clause<Item>, matches: (item: Item) => Tri): Tri {
  if (clause.listed === undefined) return "maybe";
  const matched = any(clause.listed.map(matches));
  return clause.negated ? not(matched) : matched;
}

function onResource(
  clause: Clause<Value>,
  resource: readonly Value[],
  context: RequestContext,
  variables: Tri,
): Tri {
  // Which services take a statement that names no resource is not written down.
  if (clause.listed?.length === 0) return "maybe";
  return clauseHolds(clause, (pattern) => {
    const plain = resolved(pattern, context, variables);
    return plain === undefined ? "maybe" : resourceMatches(plain, resource);
  });
}

/**
 * A wildcard that would have to reach beyond its colon is not decided: it stands for text within one segment of the ARN.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html (wildcards)
 */
function resourceMatches(pattern: Value, resource: readonly Value[]): Tri {
  const answer = patternMatches(pattern, resource);
  const text = stringOf(pattern);
  if (answer !== "yes" || text === undefined || text === "*") return answer;
  const [, , , , , ...name] = text.split(":");
  const parts = [...text.split(":", 5), name.join(":")];
  return name.length > 0 && resource.every((own) => partsMatch(parts, own) !== "no") ? "yes" : "maybe";
}

function principalMeans({ type, identifiers }: Principal, by: ServicePrincipal): Tri {
  const kind = stringOf(type);
  if (kind === "*") return "yes";
  if (kind === undefined || identifiers === undefined) return "maybe";
  switch (kind) {
    case "Service":
      return any(identifiers.map((service) => judgeEach(service, (one) => isService(one, by.service))));
    case "AWS":
      return any(identifiers.map((name) => any([sameText(name, known("*")), by.account(name)])));
    default:
      return "no";
  }
}

/** Some services have names by region and by partition too; whether this one goes by them is not decided. */
function isService(value: Value, service: string): Tri {
  const text = stringOf(value);
  if (text === undefined) return "maybe";
  if (text === service) return "yes";
  const [name = ""] = service.split(".");
  const regional = /^([a-z0-9-]+)\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/.exec(text)?.[1] === name;
  return text === "*" || regional ? "maybe" : "no";
}
