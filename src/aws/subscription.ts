// Whether a subscription to a topic is confirmed once the plan is applied, and whether it lets an alarm through.
// Which topic it is on is not looked at here.

import { isTrue, isUnset, known, stringOf, type Tri, unknown, type Value } from "../model/value.ts";
import { parseArn } from "./arn.ts";
import { type Attributes, judgeEach } from "./attributes.ts";
import { type Message, policyAccepts } from "./filter-policy.ts";
import { jsonOf } from "./json-text.ts";

/** "confirms-itself": it needs nobody to act. "pending": a person or another account has to. */
export type Confirmation = "confirmed" | "confirms-itself" | "pending" | "unknown";

export interface Subscribing {
  /** Created or replaced by the plan, so what was confirmed before does not count. */
  readonly fresh: boolean;
  readonly topicAccount: string | undefined;
  /** The account that makes the subscription; the endpoint's own account need not confirm what it makes itself. */
  readonly subscriberAccount?: string | undefined;
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
 * given by reference to a resource counts as one of the same account; one known to be in another account has to
 * confirm, unless that account makes the subscription.
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

function ofArn(endpoint: Value, { topicAccount, subscriberAccount }: Subscribing): Confirmation {
  if (isOfResources(endpoint)) return "confirms-itself";
  const account = accountOf(endpoint);
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

/** What is known of the alarm that a message tells of. */
export interface AlarmMessage {
  readonly alarmName?: string | undefined;
  readonly account?: string | undefined;
  readonly alarmArn?: string | undefined;
}

/**
 * Whether a subscription's filter policy lets the message of an alarm going off through.
 *
 * No policy, or an empty one, lets everything through. CloudWatch sends the alarm as JSON in the body and, as far
 * as anybody has seen, no message attributes, so a policy on attributes (the default scope) drops it unless it
 * asks for their absence. Fields of the body that are not listed here are taken as possible.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html,
 * .../sns-message-filtering-scope.html; the body: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/
 * Notify_Users_Alarm_Changes.html
 */
export function letsAlarmThrough(policy: Value, scope: Value, message: AlarmMessage): Tri {
  return judgeEach(policy, (written) => {
    if (isUnset(written) === "yes") return "yes";
    const document = written.kind === "map" ? written : jsonOf(written);
    if (document === undefined) return "maybe";
    return judgeEach(scope, (where) => {
      const name = isUnset(where) === "yes" || isComputed(where) ? "MessageAttributes" : stringOf(where);
      if (name === "MessageAttributes") return policyAccepts(document, NO_ATTRIBUTES);
      return name === "MessageBody" ? policyAccepts(document, bodyOf(message)) : emptyOnly(document);
    });
  });
}

/** The provider computes the scope when it is not written, so not written reads as a reference to itself. */
function isComputed(scope: Value): boolean {
  return scope.kind === "reference" && scope.path[0] === "filter_policy_scope";
}

const NO_ATTRIBUTES: Message = { fields: new Map(), closed: true };

/** An empty policy lets everything through, whatever its scope. */
function emptyOnly(document: Value): Tri {
  return document.kind === "map" && document.entries.size === 0 ? "yes" : "maybe";
}

const LATER = unknown({ why: "after-apply", subject: "message" });

function bodyOf({ alarmName, account, alarmArn }: AlarmMessage): Message {
  const text = (value: string | undefined): Value => (value === undefined ? LATER : known(value));
  const earlier: Value = {
    ...LATER,
    candidates: [known("OK"), known("INSUFFICIENT_DATA")],
    relation: "one-of",
    closed: true,
  };
  const fields = new Map<string, Value>([
    ["AlarmName", text(alarmName)],
    ["AlarmArn", text(alarmArn)],
    ["AWSAccountId", text(account)],
    ["NewStateValue", known("ALARM")],
    ["OldStateValue", earlier],
    ["NewStateReason", LATER],
    ["StateChangeTime", LATER],
    ["Region", LATER],
  ]);
  return { fields, closed: false };
}
