// Repairs of the last link: somebody is subscribed to the topic, confirmed, and sees every alarm.

import type { Place } from "../../model/finding.ts";
import type { ResourceInstance } from "../../model/graph.ts";
import { known, type Value } from "../../model/value.ts";
import { argumentsOf, type Expression, literal } from "../block.ts";
import { asName } from "../hcl-text.ts";
import { type Home, homeOf } from "../part.ts";
import { rewrite } from "../reach.ts";
import { firstHome, written } from "./pieces.ts";
import { concerned, type Protocol, type Repair, type Workshop } from "./repair.ts";

export const SUBSCRIPTION = "aws_sns_topic_subscription";

export const addSubscription: Repair<
  "no-subscription" | "no-subscription-on-topic" | "subscribers-outside-inputs"
> = (cause, workshop) => {
  if (cause.code === "subscribers-outside-inputs") {
    workshop.draft.note(
      "If somebody is subscribed elsewhere, give the plan or state that holds the subscription with --with instead.",
    );
  }
  const other = cause.evidence.find(({ attribute }) => attribute === "topic_arn");
  if (cause.code === "no-subscription-on-topic" && other !== undefined) {
    workshop.draft.note(
      `${other.place.address} is on another topic; if the alarm was meant to tell that one, change its alarm_actions instead.`,
    );
  }
  subscribe(cause.subject, workshop);
};

/** Nobody can confirm for a person; a second way to tell needs no confirmation. */
export const besidePending: Repair<"subscription-pending"> = (cause, workshop) => {
  const name = cause.subject?.address ?? "The subscription";
  workshop.draft.note(
    `${name} works once a person confirms it: after apply, follow the link in the message; or accept it with --accept-pending.`,
  );
  const subscription = concerned(cause, SUBSCRIPTION, workshop);
  if (subscription !== undefined) besides(subscription, workshop);
};

/** A subscription on the topic that another one is on. */
export function besides(subscription: ResourceInstance, workshop: Workshop): void {
  const { draft, view } = workshop;
  const edge = view.edges.find(({ to, means }) => means === "reaches" && to === subscription.id);
  const node = view.nodes.find(({ id }) => id === edge?.from);
  if (node?.managed === "here") {
    subscribe(node.place, workshop);
    return;
  }
  const topicArn = rewrite(draft, homeOf(subscription), subscription.read("topic_arn"));
  if (topicArn !== undefined) propose(workshop, homeOf(subscription), topicArn, subscription.scope.account);
}

export function subscribe(place: Place | undefined, workshop: Workshop): void {
  const { draft } = workshop;
  const topic = draft.find(place);
  if (topic !== undefined) {
    const home = homeOf(topic);
    propose(workshop, home, written(draft, home, topic, "arn"), topic.scope.account);
    return;
  }
  const notifier = notifierOf(place, workshop);
  const home = notifier === undefined ? firstHome(draft) : homeOf(notifier);
  const topicArn = outsideTopic(place, notifier, home, workshop);
  if (topicArn === undefined) {
    draft.note("The topic that the alarm tells cannot be told; subscribe somebody to it.");
    return;
  }
  propose(workshop, home, topicArn, home.scope.account);
}

/** The alarm that tells a topic outside the inputs. */
function notifierOf(place: Place | undefined, { draft, view }: Workshop): ResourceInstance | undefined {
  const topic = view.nodes.find(({ kind, title }) => kind === "topic" && title === place?.address);
  const edge = view.edges.find(({ to, means }) => means === "notifies" && to === topic?.id);
  return draft.graph().byId(edge?.from ?? "");
}

/** The topic as the alarm writes it, or its ARN. */
function outsideTopic(
  place: Place | undefined,
  notifier: ResourceInstance | undefined,
  home: Home,
  { draft }: Workshop,
): Expression | undefined {
  if (place?.address.startsWith("arn:")) return literal(place.address);
  const data = draft
    .graph()
    .data("aws_sns_topic")
    .find(({ name }) => name === place?.address);
  if (data !== undefined) return written(draft, home, data, "arn");
  const actions = notifier?.read("alarm_actions");
  const only = actions?.kind === "list" && actions.elements.length === 1 ? actions.elements[0] : actions;
  return only === undefined ? undefined : rewrite(draft, home, only);
}

function propose(
  { draft, naming, protocol }: Workshop,
  home: Home,
  topicArn: Expression,
  account: string | undefined,
): void {
  const { description, extra, remark } = ENDPOINTS[protocol];
  const value = sample(protocol, home, account);
  const type: Expression = { kind: "written", text: "string", value };
  const variable = draft.declare(
    home,
    "variable",
    naming.endpoint,
    argumentsOf({ description: literal(description), type }),
  );
  draft.note(remark);
  draft.add(home, {
    type: SUBSCRIPTION,
    name: asName(naming.topic),
    arguments: argumentsOf({
      topic_arn: topicArn,
      protocol: literal(protocol),
      endpoint: { kind: "written", text: `var.${variable}`, value },
      ...extra,
    }),
  });
  if (home.module.length > 0) {
    draft.note(`var.${variable} has to be given its value by whoever calls the module.`);
  }
}

/**
 * What each kind of endpoint needs.
 * Source: src/aws/subscription.ts, confirmation
 */
const ENDPOINTS: Readonly<
  Record<
    Protocol,
    {
      readonly description: string;
      readonly extra: Readonly<Record<string, Expression>>;
      readonly remark: string;
    }
  >
> = {
  sqs: {
    description: "ARN of the SQS queue, of the topic's account, that alarms are sent to",
    extra: {},
    remark:
      'The queue\'s own policy has to let the topic send to it. For e-mail write protocol = "email" and an address: a person has to confirm it after apply.',
  },
  https: {
    description: "HTTPS address that alarms are sent to and that confirms its subscription",
    extra: { endpoint_auto_confirms: literal(true) },
    remark: "The endpoint has to answer the confirmation that SNS sends it.",
  },
  email: {
    description: "E-mail address that alarms are sent to",
    extra: {},
    remark:
      "A person has to confirm the e-mail subscription after apply; until then the control does not hold, unless --accept-pending is given.",
  },
};

/** An endpoint such as the variable asks for. */
function sample(protocol: Protocol, { scope }: Home, account: string | undefined): Value {
  const { partition = "aws", region = "us-east-1" } = scope;
  switch (protocol) {
    case "sqs":
      return known(`arn:${partition}:sqs:${region}:${account ?? "123456789012"}:alarms`);
    case "https":
      return known("https://alarms.example.com/sns");
    case "email":
      return known("security@example.com");
    default:
      return protocol satisfies never;
  }
}

export const letThrough: Repair<
  "subscription-filters-alarm-away" | "filter-policy-refused" | "filter-policy-not-decided"
> = (cause, workshop) => {
  const subscription = concerned(cause, SUBSCRIPTION, workshop);
  if (subscription !== undefined) dropFilter(subscription, workshop);
};

export function dropFilter(subscription: ResourceInstance, { draft }: Workshop): void {
  draft.change(subscription, { remove: ["filter_policy", "filter_policy_scope"] });
}
