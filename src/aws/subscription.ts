// Whether a subscription to a topic is confirmed once the plan is applied, and whether it lets an alarm through.
// Which topic it is on is not looked at here.

import type { PolicyProblem } from "../model/finding.ts";
import { agree, isTrue, isUnset, stringOf, type Tri, type Value } from "../model/value.ts";
import { parseArn } from "./arn.ts";
import { type Attributes, judgeEach, possibleValues } from "./attributes.ts";
import { type Message, policyAccepts } from "./filter-policy.ts";
import { type PolicyScope, policyProblem, textProblem } from "./filter-policy-form.ts";
import { jsonOf } from "./json-text.ts";

/** "confirms-itself": it needs nobody to act. "pending": a person or another account has to. */
export type Confirmation = "confirmed" | "confirms-itself" | "pending" | "unknown";

export interface Subscribing {
  /** Created or replaced by the plan, so what was confirmed before does not count. */
  readonly fresh: boolean;
  readonly topicAccount: string | undefined;
  /** The account that makes the subscription; the endpoint's own account need not confirm what it makes itself. */
  readonly subscriberAccount?: string | undefined;
  /** The accounts of the resources that the endpoint may be; `undefined` for one that is not told. */
  readonly endpointAccounts?: readonly (string | undefined)[];
}

/** How an endpoint answers, by protocol. Source: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const PROTOCOLS: ReadonlyMap<string, "person" | "web" | "phone" | "arn"> = new Map([
  ["email", "person"],
  ["email-json", "person"],
  ["http", "web"],
  ["https", "web"],
  ["sms", "phone"],
  ["sqs", "arn"],
  ["lambda", "arn"],
  ["firehose", "arn"],
  ["application", "arn"],
]);

/**
 * Whether messages will reach the endpoint after apply.
 *
 * A subscription that stays keeps what its state says. A new one confirms itself where AWS asks nobody: text
 * messages, and queues, functions, delivery streams and push endpoints of the topic's account. E-mail waits for a
 * person. HTTP(S) waits for the endpoint, which the provider waits for with `endpoint_auto_confirms`. An endpoint
 * given by reference to a resource whose account is not told counts as one of the same account; one known to be in
 * another account has to confirm, unless that account makes the subscription.
 *
 * Source: https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html,
 * https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html,
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sns_topic_subscription (protocol,
 * endpoint_auto_confirms, pending_confirmation)
 */
export function confirmation(subscription: Attributes, subscribing: Subscribing): Confirmation {
  const confirms = onCreation(subscription, subscribing);
  if (subscribing.fresh) return confirms;
  const pending = subscription.read("pending_confirmation");
  if (isUnset(pending) !== "yes") return ofState(pending);
  // A state that does not say: what waited for somebody may have been confirmed long ago.
  return confirms === "pending" ? "unknown" : confirms;
}

function ofState(pending: Value): Confirmation {
  const answer = isTrue(pending, false);
  return answer === "maybe" ? "unknown" : answer === "yes" ? "pending" : "confirmed";
}

function onCreation(subscription: Attributes, subscribing: Subscribing): Confirmation {
  const protocol = stringOf(subscription.read("protocol"));
  const answers = protocol === undefined ? undefined : PROTOCOLS.get(protocol);
  switch (answers) {
    case undefined:
      return "unknown";
    case "person":
      return "pending";
    case "phone":
      return "confirms-itself";
    case "web":
      return ofWeb(subscription.read("endpoint_auto_confirms"));
    case "arn":
      return ofArn(subscription.read("endpoint"), subscribing);
    default:
      return answers satisfies never;
  }
}

function ofWeb(autoConfirms: Value): Confirmation {
  const answer = isTrue(autoConfirms, false);
  return answer === "yes" ? "confirms-itself" : answer === "no" ? "pending" : "unknown";
}

function ofArn(endpoint: Value, subscribing: Subscribing): Confirmation {
  if (!isOfResources(endpoint)) return ofAccount(accountOf(endpoint), subscribing);
  const answers = (subscribing.endpointAccounts ?? []).map((account) =>
    account === undefined || subscribing.topicAccount === undefined
      ? "confirms-itself"
      : ofAccount(account, subscribing),
  );
  const [first = "confirms-itself"] = answers;
  return answers.every((answer) => answer === first) ? first : "unknown";
}

function ofAccount(account: string | undefined, subscribing: Subscribing): Confirmation {
  const { topicAccount, subscriberAccount } = subscribing;
  if (account === undefined || account === "" || topicAccount === undefined) return "unknown";
  if (account === topicAccount || account === subscriberAccount) return "confirms-itself";
  return subscriberAccount === undefined ? "unknown" : "pending";
}

/** Whether the endpoint is certainly an attribute of some resource of the inputs. */
function isOfResources(endpoint: Value): boolean {
  if (endpoint.kind === "reference") return true;
  if (endpoint.kind !== "unknown" || !endpoint.closed || endpoint.candidates.length === 0) return false;
  return endpoint.candidates.every(isOfResources);
}

/** The account of an ARN, also of one whose later parts are not known. */
function accountOf(endpoint: Value): string | undefined {
  if (endpoint.kind === "known") return parseArn(stringOf(endpoint) ?? "")?.account;
  if (endpoint.kind !== "text") return undefined;
  let start = "";
  for (const part of endpoint.parts) {
    if (part.kind !== "known") break;
    start += String(part.value ?? "");
  }
  const parts = start.split(":");
  return parts[0] === "arn" && parts.length > 5 ? parts[4] : undefined;
}

/** Whether the policy lets the message through, and why AWS refuses the policy where it certainly does. */
export interface Filtering {
  readonly answer: Tri;
  readonly problem: PolicyProblem | undefined;
}

/**
 * Whether a subscription's filter policy lets the message of an alarm going off through.
 *
 * No policy, or an empty one, lets everything through. CloudWatch sends the alarm as JSON in the body and no message
 * attributes, and a policy on attributes (the default scope) accepts no message without any, not even with
 * `"exists": false`. A policy that AWS refuses is never in force, but neither is its subscription.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html,
 * .../sns-message-filtering-scope.html, .../attribute-key-matching.html (an empty set of attributes)
 */
export function letsAlarmThrough(policy: Value, scope: Value, body: Message): Filtering {
  const problems: (PolicyProblem | undefined)[] = [];
  const answer = judgeEach(policy, (written) => {
    if (isUnset(written) === "yes") return "yes";
    const { document, scopes } = { document: documentOf(written), scopes: scopesOf(scope) };
    return agree(
      scopes.map((where) => {
        const problem = textProblem(written) ?? (document && policyProblem(document, where));
        problems.push(problem);
        return problem === undefined ? accepted(document, where, body) : "no";
      }),
    );
  });
  const [problem] = problems;
  const refused = answer === "no" && !problems.includes(undefined);
  return { answer, problem: refused ? problem : undefined };
}

function accepted(document: Value | undefined, scope: PolicyScope | undefined, body: Message): Tri {
  if (document === undefined) return "maybe";
  if (document.kind === "map" && document.entries.size === 0) return "yes";
  switch (scope) {
    case undefined:
      return "maybe";
    case "MessageBody":
      return policyAccepts(document, body);
    case "MessageAttributes":
      return document.kind === "map" ? "no" : "maybe";
    default:
      return scope satisfies never;
  }
}

function documentOf(written: Value): Value | undefined {
  return written.kind === "map" ? written : jsonOf(written);
}

/** The scopes that may be meant; one that is not known stands for any. */
function scopesOf(scope: Value): readonly (PolicyScope | undefined)[] {
  return possibleValues(scope).map((where) => {
    if (isUnset(where) === "yes" || isComputed(where)) return "MessageAttributes";
    const name = stringOf(where);
    return name === "MessageAttributes" || name === "MessageBody" ? name : undefined;
  });
}

/** The provider computes the scope when it is not written, so not written reads as a reference to itself. */
function isComputed(scope: Value): boolean {
  return scope.kind === "reference" && scope.path[0] === "filter_policy_scope";
}
