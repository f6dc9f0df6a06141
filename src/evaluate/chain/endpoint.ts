// What is behind a subscription, as far as the inputs hold it: whether it takes what the topic sends.

import { parseArn } from "../../aws/arn.ts";
import { fitsTopic, isFifo, letsTopicSend, permissionLetsTopicCall } from "../../aws/endpoint-policy.ts";
import { type ArnOwner, arnsOf, NOT_KNOWN } from "../../aws/publish-policy.ts";
import { STREAM_ACTIONS } from "../../aws/role-policy.ts";
import type { DeliverySettings } from "../../model/delivery.ts";
import type { Cause, Remark } from "../../model/finding.ts";
import type { Graph, ResourceInstance } from "../../model/graph.ts";
import { agree, all, any, isUnset, known, stringOf, type Tri, type Value } from "../../model/value.ts";
import { evidenceOf, placeOf } from "../evidence.ts";
import type { Family } from "../families.ts";
import { type Pointer, pointerOf, type Target } from "../pointers.ts";
import {
  foretold,
  ifAllListed,
  judgePolicy,
  judgeSeen,
  ownerOf,
  speakersOf,
  writtenPolicy,
} from "../policies.ts";
import { mayUseKey } from "./keys.ts";
import { mayWriteWith, type RoleUse } from "./roles.ts";
import { type Condition, notKnown, onDelivery } from "./step.ts";

interface Asked {
  readonly graph: Graph;
  readonly delivery: DeliverySettings;
  readonly subscription: ResourceInstance;
  readonly topic: Target;
  readonly sender: ArnOwner;
}

/** Conditions on the endpoint. One outside the inputs is taken to do its part, which a remark says. */
export function endpointConditions(
  graph: Graph,
  subscription: ResourceInstance,
  topic: Target,
  delivery: DeliverySettings,
): readonly Condition[] {
  const asked: Asked = { graph, delivery, subscription, topic, sender: senderOf(topic) };
  const endpoint = subscription.read("endpoint");
  const point = (family: Family) => pointerOf(endpoint, { graph, from: subscription.scope, family });
  switch (stringOf(subscription.read("protocol"))) {
    case "sqs":
      return queueConditions(asked, point("queue"));
    case "lambda":
      return [onFit(asked), onFunction(asked, endpoint)];
    case "firehose":
      return [onFit(asked), onStreamRole(asked, point("stream"))];
    default:
      return [onFit(asked)];
  }
}

function senderOf(topic: Target): ArnOwner {
  if (topic.kind === "instance") return ownerOf(topic.instance);
  const scope =
    topic.kind === "outside" ? topic.scope : { partition: undefined, region: undefined, account: undefined };
  const name = topic.kind === "outside" ? topic.name : undefined;
  return { id: "", type: "aws_sns_topic", name, scope, arn: known(topic.text) };
}

// FIFO

function isFifoTopic(topic: Target): Tri {
  if (topic.kind === "instance") return isFifo(topic.instance, "fifo_topic");
  return topic.text.endsWith(".fifo") ? "yes" : "no";
}

function onFit({ delivery, subscription, topic }: Asked): Condition {
  const answer = fitsTopic(isFifoTopic(topic), subscription.read("protocol"), "no");
  return onDelivery(delivery, "endpoint-not-for-topic", {
    answer,
    cause: () =>
      answer === "no" ? notForTopic(subscription, "fifo-topic") : notKnown(subscription, "protocol"),
  });
}

function notForTopic(subscription: ResourceInstance, how: "fifo-topic" | "fifo-queue"): Cause {
  const evidence = ["topic_arn", "protocol", "endpoint"].map((name) => evidenceOf(subscription, name));
  return { code: "endpoint-not-for-topic", subject: placeOf(subscription), evidence, how };
}

// Queues

function queueConditions(asked: Asked, pointer: Pointer): readonly Condition[] {
  const { graph, delivery, subscription, topic, sender } = asked;
  const ofQueue = (judge: (queue: ResourceInstance) => Tri, judgeName?: (name: string) => Tri) =>
    judgeSeen(graph, "aws_sqs_queue", pointer, judge, judgeName);
  const fits = (queue: Tri) => fitsTopic(isFifoTopic(topic), known("sqs"), queue);
  const fit = ofQueue(
    (queue) => fits(isFifo(queue, "fifo_queue")),
    (name) => fits(name.endsWith(".fifo") ? "yes" : "no"),
  );
  const policy = ofQueue((queue) => queuePolicy(graph, queue, sender).answer);
  const keyOf = (queue: ResourceInstance) =>
    mayUseKey(graph, queue, {
      service: "sns.amazonaws.com",
      source: sender,
      encrypted: ownerOf(queue),
      via: "sqs",
    });
  const key = ofQueue((queue) => keyOf(queue).answer);
  const onQueue = (condition: Condition) => onDelivery(delivery, "queue-shuts-topic-out", condition);
  return [
    onDelivery(delivery, "endpoint-not-for-topic", {
      answer: fit.answer,
      cause: () =>
        fit.answer === "no" ? notForTopic(subscription, "fifo-queue") : notKnown(subscription, "endpoint"),
    }),
    onQueue({
      ...seen(asked, "queue", policy),
      cause: () => {
        if (policy.deciding === undefined) return notKnown(subscription, "endpoint");
        const { source, none } = queuePolicy(graph, policy.deciding, sender);
        if (policy.answer === "no" || none)
          return refused(asked, policy.deciding, none ? "no-policy" : "queue-policy", source);
        return notKnown(source, "policy");
      },
    }),
    onQueue({
      answer: key.answer,
      cause: () => {
        if (key.deciding === undefined) return notKnown(subscription, "endpoint");
        const { how, evidence, answer } = keyOf(key.deciding);
        return key.answer === "no" && answer === "no"
          ? { code: "queue-shuts-topic-out", subject: placeOf(key.deciding), evidence, how }
          : notKnown(key.deciding, "kms_master_key_id");
      },
    }),
  ];
}

function refused(
  { subscription }: Asked,
  queue: ResourceInstance,
  how: "no-policy" | "queue-policy",
  source: ResourceInstance,
): Cause {
  const evidence = [evidenceOf(source, "policy"), evidenceOf(subscription, "topic_arn")];
  return { code: "queue-shuts-topic-out", subject: placeOf(queue), evidence, how };
}

const QUEUE_POLICY = "aws_sqs_queue_policy";

/** A policy resource of its own takes the place of what the queue says. `none`: the inputs have no policy for it. */
function queuePolicy(
  graph: Graph,
  queue: ResourceInstance,
  sender: ArnOwner,
): { readonly answer: Tri; readonly source: ResourceInstance; readonly none: boolean } {
  const judge = (instance: ResourceInstance) =>
    judgePolicy(
      graph,
      writtenPolicy(instance),
      (document) => letsTopicSend(document, ownerOf(queue), sender),
      // Queues are shared between stacks, and so is their policy: that none is written here proves nothing.
      "maybe",
    );
  const separate = speakersOf(graph, { type: QUEUE_POLICY, attribute: "queue_url", family: "queue" }, queue);
  const certain = separate.find(({ sure }) => sure === "yes");
  if (certain !== undefined)
    return { answer: judge(certain.instance), source: certain.instance, none: false };
  // A policy resource that goes leaves none behind, and the state still shows what it said.
  const stale = !queue.fresh && graph.gone(QUEUE_POLICY).length > 0;
  const own = ifAllListed(graph, QUEUE_POLICY, stale ? agree([judge(queue), "no"]) : judge(queue));
  const [doubtful] = separate;
  const answer = agree([own, ...separate.map(({ instance }) => judge(instance))]);
  const unwritten = isUnset(writtenPolicy(queue)) === "yes";
  return {
    answer,
    source: doubtful === undefined || (answer === own && !unwritten) ? queue : doubtful.instance,
    none: unwritten && doubtful === undefined && graph.gaps(QUEUE_POLICY).length === 0,
  };
}

// Functions

const PERMISSION = "aws_lambda_permission";

function onFunction(asked: Asked, endpoint: Value): Condition {
  const { graph, delivery, subscription, sender } = asked;
  const { pointer, qualifier } = calledFunction(graph, endpoint, subscription);
  const permissions = (instance: ResourceInstance) =>
    speakersOf(graph, { type: PERMISSION, attribute: "function_name", family: "function" }, instance);
  const found = judgeSeen(graph, "aws_lambda_function", pointer, (instance) => {
    const given = permissions(instance);
    // As with queues: that no permission is written here proves nothing.
    if (given.length === 0) return "maybe";
    const allowed = any(
      given.map(({ instance: permission, sure }) => {
        const lets = permissionLetsTopicCall(permission, sender, qualifier);
        const told = foretold(graph, permission);
        return all([sure, lets === "maybe" ? permissionLetsTopicCall(told, sender, qualifier) : lets]);
      }),
    );
    // Of permissions that may be another function's nothing follows but that they may let the topic in.
    const own = given.some(({ sure }) => sure === "yes");
    return own || allowed !== "no" ? ifAllListed(graph, PERMISSION, allowed) : "maybe";
  });
  const cause = (): Cause => {
    const { deciding } = found;
    if (deciding === undefined) return notKnown(subscription, "endpoint");
    const [first] = permissions(deciding);
    const hidden = graph.gaps(PERMISSION).length > 0;
    if (found.answer !== "no" && (first !== undefined || hidden))
      return notKnown(first?.instance ?? subscription, first === undefined ? "endpoint" : "source_arn");
    const how = first === undefined ? "no-permission" : "other-permission";
    const names = ["principal", "source_arn", "qualifier"];
    const evidence =
      first === undefined
        ? [evidenceOf(subscription, "endpoint")]
        : names.map((name) => evidenceOf(first.instance, name));
    evidence.push(evidenceOf(subscription, "topic_arn"));
    return { code: "function-shuts-topic-out", subject: placeOf(deciding), evidence, how };
  };
  return onDelivery(delivery, "function-shuts-topic-out", { ...seen(asked, "function", found), cause });
}

/** A function, or one of its versions or aliases. */
function calledFunction(
  graph: Graph,
  endpoint: Value,
  { scope: from }: ResourceInstance,
): { readonly pointer: Pointer; readonly qualifier: Value | undefined } {
  const only =
    endpoint.kind === "unknown" && endpoint.candidates.length === 1 ? endpoint.candidates[0] : endpoint;
  const pointTo = (value: Value) => pointerOf(value, { graph, from, family: "function" });
  if (only?.kind === "reference") {
    const instance = graph.byId(only.to);
    if (instance?.address.type === "aws_lambda_alias" && instance.address.mode === "managed")
      return { pointer: pointTo(instance.read("function_name")), qualifier: instance.read("name") };
    if (only.path[0] === "qualified_arn")
      return { pointer: pointTo({ ...only, path: ["arn"] }), qualifier: NOT_KNOWN };
  }
  const arn = parseArn(stringOf(endpoint) ?? "");
  const [, name, version] = /^function:([^:]+):(.+)$/.exec(arn?.resource ?? "") ?? [];
  if (arn === undefined || name === undefined || version === undefined)
    return { pointer: pointTo(endpoint), qualifier: undefined };
  const plain = known(stringOf(endpoint)?.slice(0, -version.length - 1) ?? "");
  return { pointer: pointTo(plain), qualifier: known(version) };
}

// Delivery streams

function onStreamRole(asked: Asked, stream: Pointer): Condition {
  const { graph, delivery, subscription, sender } = asked;
  const value = subscription.read("subscription_role_arn");
  const [only, ...others] = stream.targets;
  const certain = only !== undefined && others.length === 0 && stream.open === undefined;
  const owned = only?.kind === "instance" ? arnsOf(ownerOf(only.instance)) : [];
  const use: RoleUse = {
    service: "sns.amazonaws.com",
    source: arnsOf(sender),
    account: sender.scope.account,
    actions: STREAM_ACTIONS,
    resource: certain ? [subscription.read("endpoint"), ...owned] : [NOT_KNOWN],
  };
  const pointer = pointerOf(value, { graph, from: subscription.scope, family: "role" });
  const found =
    isUnset(value) === "yes"
      ? { answer: "no" as const, deciding: undefined, outside: false }
      : judgeSeen(graph, "aws_iam_role", pointer, (role) => mayWriteWith(graph, role, use).answer);
  const cause = (): Cause => {
    const { deciding, answer } = found;
    const judged = deciding && mayWriteWith(graph, deciding, use);
    if (answer !== "no" && judged?.unwritten !== true) return notKnown(subscription, "subscription_role_arn");
    return {
      code: "stream-role-cannot-write",
      subject: placeOf(deciding ?? subscription),
      evidence: [evidenceOf(subscription, "subscription_role_arn"), ...(judged?.evidence ?? [])],
      how: judged?.how ?? "no-role",
    };
  };
  return onDelivery(delivery, "stream-role-cannot-write", { ...seen(asked, "stream", found), cause });
}

/** The answer, with the remark that something is out of sight. */
function seen(
  { subscription }: Asked,
  what: "queue" | "function" | "stream",
  { answer, outside }: { readonly answer: Tri; readonly outside: boolean },
): Pick<Condition, "answer" | "remark"> {
  if (!outside || answer !== "yes") return { answer };
  const subject = placeOf(subscription);
  const evidence = [evidenceOf(subscription, "endpoint")];
  return { answer, remark: (): Remark => ({ code: "rights-not-seen", subject, evidence, what }) };
}
