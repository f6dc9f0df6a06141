// Last link: subscriptions of a topic that are confirmed, or confirm themselves, and let the alarm through.

import { alarmMessage } from "../../aws/alarm-message.ts";
import { parseArn } from "../../aws/arn.ts";
import type { Message } from "../../aws/filter-policy.ts";
import { confirmation, letsAlarmThrough } from "../../aws/subscription.ts";
import { type DeliverySettings, STRICT_DELIVERY } from "../../model/delivery.ts";
import type { Cause, Remark } from "../../model/finding.ts";
import type { Graph, ResourceInstance } from "../../model/graph.ts";
import type { Assumption } from "../../model/policy.ts";
import { isUnset, stringOf, type Tri, type Value } from "../../model/value.ts";
import { evidenceOf, outsidePlace, placeOf, spoken } from "../evidence.ts";
import { type Pointer, pointerOf, pointsTo, spokenOf, type Target } from "../pointers.ts";
import { endpointConditions } from "./endpoint.ts";
import { type Condition, notKnown, onDelivery, onExistence, type Step, stepOf } from "./step.ts";

export interface SubscriptionOptions {
  readonly acceptPending: boolean;
  readonly assumptions: readonly Assumption[];
  readonly delivery?: DeliverySettings;
}

/** A subscription and the topic it is on. */
export interface Subscription {
  readonly instance: ResourceInstance;
  readonly topic: Pointer;
  /** Of the resources that its endpoint may be. */
  readonly endpointAccounts: readonly (string | undefined)[];
  /** What its endpoint needs to take a message of the topic. */
  readonly arrival: (topic: Target, delivery: DeliverySettings) => readonly Condition[];
}

export interface Delivery extends Step {
  /** `undefined`: the step speaks of the topic as a whole. */
  readonly subscription: ResourceInstance | undefined;
  /** Whether the subscription is on the topic; "yes" for a step about the topic itself. */
  readonly onTopic: Tri;
}

export function subscriptionsOf(graph: Graph): readonly Subscription[] {
  return graph.resources("aws_sns_topic_subscription").map((instance) => ({
    instance,
    topic: pointerOf(instance.read("topic_arn"), { graph, from: instance.scope, family: "topic" }),
    endpointAccounts: accountsOf(graph, instance.read("endpoint")),
    arrival: arrivalAt(graph, instance),
  }));
}

function accountsOf(graph: Graph, endpoint: Value): readonly (string | undefined)[] {
  if (endpoint.kind === "reference") return [graph.byId(endpoint.to)?.scope.account];
  return endpoint.kind === "unknown"
    ? endpoint.candidates.flatMap((candidate) => accountsOf(graph, candidate))
    : [];
}

/** Every control asks the same of an endpoint, so it is answered once per topic. */
function arrivalAt(graph: Graph, subscription: ResourceInstance): Subscription["arrival"] {
  const answered = new Map<string, readonly Condition[]>();
  return (topic, delivery) => {
    const key = topic.kind === "instance" ? topic.instance.id : topic.text;
    const conditions = answered.get(key) ?? endpointConditions(graph, subscription, topic, delivery);
    answered.set(key, conditions);
    return conditions;
  };
}

/**
 * The subscriptions that are, or may be, on the topic and, for a topic outside the inputs, who may be there.
 * `notifier` is the alarm whose message they get; `undefined`: any alarm's.
 */
export function deliveriesOf(
  topic: Target,
  subscriptions: readonly Subscription[],
  notifier: ResourceInstance | undefined,
  options: SubscriptionOptions,
): readonly Delivery[] {
  const found = subscriptions
    .filter((subscription) => pointsTo(subscription.topic, topic) !== "no")
    .map((subscription) => delivery(topic, subscription, notifier, options));
  const assumed = options.assumptions.find(
    (assumption) => assumption.kind === "topic-has-subscriber" && meansTopic(assumption.topic, topic),
  );
  if (assumed?.kind === "topic-has-subscriber") return [...found, byAssumption(topic, assumed)];
  return topic.kind === "outside" ? [...found, outsideSubscribers(topic)] : found;
}

function delivery(
  topic: Target,
  { instance, topic: pointer, endpointAccounts, arrival }: Subscription,
  notifier: ResourceInstance | undefined,
  options: SubscriptionOptions,
): Delivery {
  const { delivery: breaks = STRICT_DELIVERY } = options;
  const onTopic = pointsTo(pointer, topic);
  const { condition, remarks } = onConfirmation(instance, topic, { ...options, endpointAccounts });
  const conditions: readonly Condition[] = [
    onExistence(instance),
    { answer: onTopic, cause: () => offTopic(instance, pointer, onTopic) },
    condition,
    ...onFilterPolicy(instance, notifier, breaks),
    ...arrival(topic, breaks),
  ];
  const evidence = ["topic_arn", "protocol", "endpoint"].map((name) => evidenceOf(instance, name));
  return { subscription: instance, onTopic, ...stepOf(conditions, evidence, remarks) };
}

function offTopic(instance: ResourceInstance, pointer: Pointer, onTopic: Tri): Cause {
  if (onTopic === "maybe") return notKnown(instance, "topic_arn", pointer.open);
  return {
    code: "no-subscription-on-topic",
    subject: placeOf(instance),
    evidence: [evidenceOf(instance, "topic_arn")],
    nearest: undefined,
  };
}

function onConfirmation(
  instance: ResourceInstance,
  topic: Target,
  options: SubscriptionOptions & Pick<Subscription, "endpointAccounts">,
): { readonly condition: Condition; readonly remarks: readonly Remark[] } {
  // An account that is not told is taken to be the one of the endpoint: the control is asked of one account.
  const endpointAccount = parseArn(stringOf(instance.read("endpoint")) ?? "")?.account;
  const state = confirmation(instance, {
    fresh: instance.fresh,
    topicAccount: accountOf(topic) ?? endpointAccount,
    subscriberAccount: instance.scope.account,
    endpointAccounts: options.endpointAccounts,
  });
  const evidence = ["protocol", "endpoint"].map((name) => evidenceOf(instance, name));
  const subject = placeOf(instance);
  if (state === "confirmed" || state === "confirms-itself") {
    return { condition: { answer: "yes", cause: undefined }, remarks: [] };
  }
  if (state === "unknown") {
    const attribute = instance.read("protocol").kind === "known" ? "pending_confirmation" : "protocol";
    return { condition: { answer: "maybe", cause: () => notKnown(instance, attribute) }, remarks: [] };
  }
  const endpoint = stringOf(instance.read("endpoint"));
  const assumed = options.assumptions.find(
    (assumption) => assumption.kind === "endpoint-confirmed" && assumption.endpoint === endpoint,
  );
  if (assumed?.kind === "endpoint-confirmed") {
    const remark: Remark = {
      code: "assumption-used",
      subject,
      evidence,
      assumption: spoken(instance.read("endpoint")),
      reason: assumed.reason,
    };
    return { condition: { answer: "yes", cause: undefined }, remarks: [remark] };
  }
  if (options.acceptPending) {
    const remark: Remark = { code: "pending-accepted", subject, evidence };
    return { condition: { answer: "yes", cause: undefined }, remarks: [remark] };
  }
  const protocol = spoken(instance.read("protocol"));
  return {
    condition: { answer: "no", cause: () => ({ code: "subscription-pending", subject, evidence, protocol }) },
    remarks: [],
  };
}

function accountOf(topic: Target): string | undefined {
  switch (topic.kind) {
    case "instance":
      return topic.instance.scope.account;
    case "outside":
      return topic.scope.account;
    case "foreign":
      return parseArn(topic.text)?.account;
    default:
      return topic satisfies never;
  }
}

/** Whether AWS takes the filter policy, and whether it lets the alarm's message through. */
function onFilterPolicy(
  instance: ResourceInstance,
  notifier: ResourceInstance | undefined,
  breaks: DeliverySettings,
): readonly Condition[] {
  const policy = instance.read("filter_policy");
  if (isUnset(policy) === "yes") return [];
  const message = notifier === undefined ? ANY_MESSAGE : alarmMessage(notifier, notifier.address.type);
  const { answer, problem } = letsAlarmThrough(policy, instance.read("filter_policy_scope"), message);
  const told = {
    subject: placeOf(instance),
    evidence: [evidenceOf(instance, "filter_policy"), evidenceOf(instance, "filter_policy_scope")],
  };
  if (problem !== undefined) {
    const refused: Condition = {
      answer: "no",
      cause: () => ({ code: "filter-policy-refused", ...told, problem }),
    };
    return [onDelivery(breaks, "filter-policy-refused", refused)];
  }
  const cause = (): Cause => {
    if (answer === "no") return { code: "subscription-filters-alarm-away", ...told };
    return policy.kind === "known"
      ? { code: "filter-policy-not-decided", ...told }
      : notKnown(instance, "filter_policy");
  };
  return [onDelivery(breaks, "subscription-filters-alarm-away", { answer, cause })];
}

const ANY_MESSAGE: Message = {
  body: { kind: "map", entries: new Map(), sensitive: false },
  closed: false,
};

function meansTopic(assumed: string, topic: Target): boolean {
  switch (topic.kind) {
    case "instance":
      return assumed === topic.instance.name || assumed === stringOf(topic.instance.read("arn"));
    case "outside":
      return assumed === topic.text || assumed === topic.name;
    case "foreign":
      return false;
    default:
      return topic satisfies never;
  }
}

function byAssumption(topic: Target, assumed: Assumption & { kind: "topic-has-subscriber" }): Delivery {
  const said = topic.kind !== "instance" && topic.hidden === true ? spokenOf(topic) : assumed.topic;
  const subject = topic.kind === "instance" ? placeOf(topic.instance) : outsidePlace(said);
  const remark: Remark = {
    code: "assumption-used",
    subject,
    evidence: [],
    assumption: said,
    reason: assumed.reason,
  };
  return {
    subscription: undefined,
    onTopic: "yes",
    answer: "yes",
    causes: [],
    evidence: [{ place: subject, attribute: undefined, value: undefined }],
    remarks: [remark],
  };
}

/** Nobody here can tell who receives a topic that is managed elsewhere. */
function outsideSubscribers(topic: Target & { kind: "outside" }): Delivery {
  const subject = outsidePlace(spokenOf(topic));
  const evidence = [{ place: subject, attribute: undefined, value: undefined }];
  return {
    subscription: undefined,
    onTopic: "yes",
    answer: "maybe",
    causes: [{ code: "subscribers-outside-inputs", subject, evidence }],
    evidence,
    remarks: [],
  };
}
