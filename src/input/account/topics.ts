// Topics, their subscriptions, and the keys and queues behind them, as the outputs of `aws sns`, `kms` and `sqs` tell.
// Source: https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html, API_Subscription.html,
// API_GetSubscriptionAttributes.html

import { topicNameOfArn } from "../../aws/arn.ts";
import type { AccountObject } from "../../model/account.ts";
import { get, type Json, type JsonObject } from "../../model/json.ts";
import type { UnknownOrigin } from "../../model/value.ts";
import { attributes, type Context, type Found, whereaboutsOf } from "./context.ts";
import { keyIn } from "./keys.ts";
import { type Answered, means } from "./outputs.ts";
import { listAt, objectAt, objectsAt, scalarAt, textAt } from "./shape.ts";
import type { TakenAsGiven } from "./taken.ts";

export function findTopics(context: Context): Found {
  const told = actionTopics(context);
  const arns = [...new Set([...told, ...listedTopics(context)])];
  const found = arns.map((arn) => topicAndSubscriptions(arn, told, context));
  return {
    objects: found.flatMap(({ objects }) => objects),
    gaps: [],
    taken: found.flatMap(({ taken }) => taken),
  };
}

/** The topics that alarms tell, which are the ones that matter. */
export function actionTopics({ outputs }: Pick<Context, "outputs">): readonly string[] {
  const actions = outputs
    .of("alarms")
    .flatMap(({ root, place }) =>
      ["MetricAlarms", "CompositeAlarms"].flatMap((key) =>
        objectsAt(root, key, place).flatMap((alarm) => listAt(alarm, "AlarmActions", place)),
      ),
    );
  const isTopic = (action: Json): action is string =>
    typeof action === "string" && topicNameOfArn(action) !== undefined;
  return [...new Set(actions.filter(isTopic))];
}

function listedTopics({ outputs }: Context): readonly string[] {
  const topicsOf = (output: Answered, key: string): readonly (string | undefined)[] =>
    objectsAt(output.root, key, output.place).map((one) => textAt(one, "TopicArn", output.place));
  return [
    ...outputs.of("topics").flatMap((output) => topicsOf(output, "Topics")),
    ...outputs.of("subscriptions").flatMap((output) => topicsOf(output, "Subscriptions")),
    ...outputs.of("all-subscriptions").flatMap((output) => topicsOf(output, "Subscriptions")),
    ...outputs
      .of("topic-attributes")
      .map(({ root, place }) => textAt(objectAt(root, "Attributes", place), "TopicArn", place)),
  ].filter((arn): arn is string => arn !== undefined && topicNameOfArn(arn) !== undefined);
}

/** A topic of which no output tells anything is left to be what the alarms point to. */
function topicAndSubscriptions(
  arn: string,
  told: readonly string[],
  context: Context,
): Pick<Found, "objects" | "taken"> {
  const { outputs } = context;
  const { region } = whereaboutsOf(arn);
  const output = outputs
    .of("topic-attributes")
    .find(({ root, place }) => textAt(objectAt(root, "Attributes", place), "TopicArn", place) === arn);
  const listings = listingsOf(arn, told, context);
  const listing = { kind: "subscriptions", about: arn, region } as const;
  const isListed = listings.some(({ cut }) => !cut);
  const isNamed = outputs.of("topics").some(({ root, place }) => holds(root, "Topics", arn, place));
  if (listings.length === 0 && output === undefined && !isNamed && !outputs.wasRefused(listing)) {
    return { objects: [], taken: [] };
  }
  const { topic, taken } = topicObject(arn, output, context);
  const subscriptions = listings.flatMap((one) =>
    objectsAt(one.root, "Subscriptions", one.place)
      .filter((subscription) => textAt(subscription, "TopicArn", one.place) === arn)
      .map((subscription) => subscriptionObject(subscription, one.place, arn, context)),
  );
  const origin = listings.length > 0 ? outputs.cutShort(listing) : outputs.why(listing);
  const unlisted = isListed ? [] : [unlistedSubscriptions(arn, origin)];
  const given = [...taken, ...subscriptions.flatMap((one) => one.taken)];
  return {
    objects: [topic, ...subscriptions.flatMap(({ objects }) => objects), ...unlisted],
    taken: told.includes(arn) ? given : [],
  };
}

function holds(root: JsonObject, key: string, arn: string, place: string): boolean {
  return objectsAt(root, key, place).some((one) => textAt(one, "TopicArn", place) === arn);
}

/** The listings that tell of a topic's subscriptions; an empty one is about the topic that its name says. */
function listingsOf(arn: string, told: readonly string[], context: Context): readonly Answered[] {
  const { region } = whereaboutsOf(arn);
  const byTopic = context.outputs.of("subscriptions").filter((output) => {
    const { root, about, place } = output;
    if (objectsAt(root, "Subscriptions", place).length > 0) return holds(root, "Subscriptions", arn, place);
    if (about !== undefined) return means(about, arn) && (output.region ?? region) === region;
    return told.length === 1 && told[0] === arn;
  });
  const all = context.outputs.of("all-subscriptions").filter((output) => {
    return context.regionOf(output) === region || holds(output.root, "Subscriptions", arn, output.place);
  });
  return [...byTopic, ...all];
}

// Topics

/** Without the topic's attributes its policy and key are taken to let CloudWatch publish, as an audit by hand does. */
function topicObject(
  arn: string,
  output: Answered | undefined,
  context: Context,
): { readonly topic: AccountObject; readonly taken: readonly TakenAsGiven[] } {
  const question = { kind: "topic-attributes", about: arn, region: whereaboutsOf(arn).region } as const;
  const name = topicNameOfArn(arn) ?? arn;
  const told = output === undefined ? undefined : objectAt(output.root, "Attributes", output.place);
  const place = output?.place ?? context.outputs.label;
  const unknown = new Map<string, UnknownOrigin>();
  const isRefused = output === undefined && context.outputs.wasRefused(question);
  if (isRefused) {
    for (const attribute of ["policy", "kms_master_key_id"]) {
      unknown.set(attribute, context.outputs.why(question));
    }
  }
  const key = textAt(told, "KmsMasterKeyId", place);
  const topic: AccountObject = {
    type: "aws_sns_topic",
    name: `topic ${name}`,
    scope: whereaboutsOf(arn),
    values: attributes([
      ["arn", arn],
      ["id", arn],
      ["name", name],
      ["policy", scalarAt(told, "Policy", place)],
      ["kms_master_key_id", key === undefined ? null : keyIn(key, context)],
      ["fifo_topic", name.endsWith(".fifo")],
      ["owner", scalarAt(told, "Owner", place)],
      ["display_name", scalarAt(told, "DisplayName", place)],
    ]),
    unknown,
    rest: undefined,
  };
  const isTaken = output === undefined && !isRefused;
  const detail = context.outputs.command(question);
  return { topic, taken: isTaken ? [{ what: "topic-attributes", subject: arn, detail }] : [] };
}

// Subscriptions

/** One that stands for all that may be there. */
function unlistedSubscriptions(arn: string, origin: UnknownOrigin): AccountObject {
  return {
    type: "aws_sns_topic_subscription",
    name: `subscriptions to ${topicNameOfArn(arn) ?? arn}`,
    scope: whereaboutsOf(arn),
    values: { topic_arn: arn, protocol: "" },
    unknown: new Map([["pending_confirmation", origin]]),
    rest: undefined,
  };
}

/**
 * Until somebody confirms it a subscription has no ARN: it is printed as PendingConfirmation; one that is being
 * removed, as Deleted.
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html (SubscriptionArn),
 * https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html
 */
function subscriptionObject(
  subscription: JsonObject,
  place: string,
  topic: string,
  context: Context,
): Pick<Found, "objects" | "taken"> {
  const arn = textAt(subscription, "SubscriptionArn", place) ?? "";
  if (arn === "Deleted") return { objects: [], taken: [] };
  const isConfirmed = arn.startsWith("arn:");
  const protocol = textAt(subscription, "Protocol", place) ?? "";
  const more = isConfirmed ? attributesOf(arn, context) : undefined;
  const question = {
    kind: "subscription-attributes",
    about: arn,
    region: whereaboutsOf(topic).region,
  } as const;
  const isRefused = isConfirmed && more === undefined && context.outputs.wasRefused(question);
  const unknown = new Map<string, UnknownOrigin>();
  if (isRefused) unknown.set("filter_policy", context.outputs.why(question));
  const object: AccountObject = {
    type: "aws_sns_topic_subscription",
    name: `${protocol} subscription to ${topicNameOfArn(topic) ?? topic}`,
    scope: { ...whereaboutsOf(topic), account: textAt(subscription, "Owner", place) },
    values: attributes([
      ["arn", isConfirmed ? arn : undefined],
      ["id", isConfirmed ? arn : undefined],
      ["topic_arn", topic],
      ["protocol", protocol],
      ["endpoint", scalarAt(subscription, "Endpoint", place)],
      ["owner_id", scalarAt(subscription, "Owner", place)],
      ["pending_confirmation", !isConfirmed || get(more, "PendingConfirmation") === "true"],
      ["filter_policy", get(more, "FilterPolicy")],
      ["filter_policy_scope", get(more, "FilterPolicyScope")],
      ["raw_message_delivery", get(more, "RawMessageDelivery")],
      ["redrive_policy", get(more, "RedrivePolicy")],
      ["delivery_policy", get(more, "DeliveryPolicy")],
      ["subscription_role_arn", get(more, "SubscriptionRoleArn")],
    ]),
    unknown,
    rest: undefined,
  };
  const isTaken = isConfirmed && more === undefined && !isRefused;
  const detail = context.outputs.command(question);
  return {
    objects: [object],
    taken: isTaken ? [{ what: "subscription-attributes", subject: arn, detail }] : [],
  };
}

function attributesOf(arn: string, { outputs }: Context): JsonObject | undefined {
  return outputs
    .of("subscription-attributes")
    .map(({ root, place }) => objectAt(root, "Attributes", place))
    .find((one) => get(one, "SubscriptionArn") === arn);
}
