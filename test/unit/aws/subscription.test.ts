import { describe, expect, test } from "vitest";
import { confirmation, type Subscribing } from "../../../src/aws/subscription.ts";
import { LATER, oneOf, type Plain, reader, reference, text } from "./build.ts";

const HOME = "111122223333";
const AWAY = "444455556666";
const queue = (account: string) => `arn:aws:sqs:eu-west-1:${account}:inbox`;
const NEW: Subscribing = { fresh: true, topicAccount: HOME };
const OLD: Subscribing = { fresh: false, topicAccount: HOME };

type Row = readonly [story: string, subscription: Readonly<Record<string, Plain>>, expected: string];

describe("a new subscription", () => {
  test.each<Row>([
    ["e-mail", { protocol: "email", endpoint: "a@example.com" }, "pending"],
    ["e-mail as JSON", { protocol: "email-json", endpoint: "a@example.com" }, "pending"],
    [
      "e-mail whose endpoint is said to confirm",
      { protocol: "email", endpoint_auto_confirms: true },
      "pending",
    ],
    ["a phone", { protocol: "sms", endpoint: "+15550100" }, "confirms-itself"],
    ["https", { protocol: "https", endpoint: "https://example.com" }, "pending"],
    ["https that confirms", { protocol: "https", endpoint_auto_confirms: true }, "confirms-itself"],
    ["https, not known whether it confirms", { protocol: "https", endpoint_auto_confirms: LATER }, "unknown"],
    ["a queue", { protocol: "sqs", endpoint: queue(HOME) }, "confirms-itself"],
    ["a queue by reference", { protocol: "sqs", endpoint: reference("queue.q", "arn") }, "confirms-itself"],
    [
      "one of two queues",
      { protocol: "sqs", endpoint: oneOf(reference("queue.q", "arn"), reference("queue.r", "arn")) },
      "confirms-itself",
    ],
    ["a queue not known", { protocol: "sqs", endpoint: LATER }, "unknown"],
    [
      "a queue whose name is not known",
      { protocol: "sqs", endpoint: text(`arn:aws:sqs:eu-west-1:${HOME}:`, LATER) },
      "confirms-itself",
    ],
    [
      "a queue whose account is not known",
      { protocol: "sqs", endpoint: text("arn:aws:sqs:eu-west-1:", LATER, ":q") },
      "unknown",
    ],
    [
      "a queue whose region is not known",
      { protocol: "sqs", endpoint: text("arn:aws:sqs:", LATER, `:${HOME}:q`) },
      "unknown",
    ],
    [
      "a queue whose account may go on",
      { protocol: "sqs", endpoint: text(`arn:aws:sqs:eu-west-1:${HOME}`, LATER) },
      "unknown",
    ],
    [
      "no ARN, in part",
      { protocol: "sqs", endpoint: text(`urn:aws:sqs:eu-west-1:${HOME}:`, LATER) },
      "unknown",
    ],
    [
      "one of two queues, one of them in another account",
      { protocol: "sqs", endpoint: oneOf(reference("queue.q", "arn"), queue(AWAY)) },
      "unknown",
    ],
    [
      "a queue, or something else",
      { protocol: "sqs", endpoint: { ...LATER, candidates: [reference("queue.q", "arn")] } },
      "unknown",
    ],
    ["another account's queue", { protocol: "sqs", endpoint: queue(AWAY) }, "unknown"],
    ["a queue by its URL", { protocol: "sqs", endpoint: "https://sqs.example/q" }, "unknown"],
    [
      "a function",
      { protocol: "lambda", endpoint: `arn:aws:lambda:eu-west-1:${HOME}:function:f` },
      "confirms-itself",
    ],
    [
      "a delivery stream",
      { protocol: "firehose", endpoint: `arn:aws:firehose:eu-west-1:${HOME}:deliverystream/d` },
      "confirms-itself",
    ],
    ["protocol not known", { protocol: LATER, endpoint: queue(HOME) }, "unknown"],
    ["a protocol not known here", { protocol: "pigeon" }, "unknown"],
    [
      "what an earlier one says does not count",
      { protocol: "email", pending_confirmation: false },
      "pending",
    ],
  ])("%s", (_story, subscription, expected) => {
    expect(confirmation(reader(subscription), NEW)).toBe(expected);
  });

  test.each<readonly [string, Subscribing, string]>([
    ["the topic's account subscribes", { ...NEW, subscriberAccount: HOME }, "pending"],
    ["the queue's account subscribes", { ...NEW, subscriberAccount: AWAY }, "confirms-itself"],
    ["who subscribes is not known", NEW, "unknown"],
    ["the topic's account is not known", { fresh: true, topicAccount: undefined }, "unknown"],
    [
      "another account than the queue's subscribes, to a topic whose account is not known",
      { fresh: true, topicAccount: undefined, subscriberAccount: HOME },
      "unknown",
    ],
  ])("another account's queue: %s", (_story, subscribing, expected) => {
    expect(confirmation(reader({ protocol: "sqs", endpoint: queue(AWAY) }), subscribing)).toBe(expected);
  });
});

test("an ARN without an account says nothing", () => {
  const endpoint = "arn:aws:sqs:eu-west-1::inbox";
  const subscribing = { ...NEW, subscriberAccount: AWAY };
  expect(confirmation(reader({ protocol: "sqs", endpoint }), subscribing)).toBe("unknown");
});

describe("a queue that is a resource of the inputs", () => {
  const BY_TOPIC: Subscribing = { ...NEW, subscriberAccount: HOME };
  const one = reference("queue.q", "arn");
  const either = oneOf(one, reference("queue.r", "arn"));

  test.each<readonly [string, Plain, Subscribing, string]>([
    ["of the topic's account", one, { ...BY_TOPIC, endpointAccounts: [HOME] }, "confirms-itself"],
    ["of another account", one, { ...BY_TOPIC, endpointAccounts: [AWAY] }, "pending"],
    [
      "of another account, which subscribes",
      one,
      { ...NEW, subscriberAccount: AWAY, endpointAccounts: [AWAY] },
      "confirms-itself",
    ],
    [
      "of an account that is not told",
      one,
      { ...BY_TOPIC, endpointAccounts: [undefined] },
      "confirms-itself",
    ],
    ["of either account", either, { ...BY_TOPIC, endpointAccounts: [HOME, AWAY] }, "unknown"],
  ])("%s", (_story, endpoint, subscribing, expected) => {
    expect(confirmation(reader({ protocol: "sqs", endpoint }), subscribing)).toBe(expected);
  });
});

describe("a subscription that stays", () => {
  test.each<Row>([
    ["confirmed e-mail", { protocol: "email", pending_confirmation: false }, "confirmed"],
    ["e-mail that nobody confirmed", { protocol: "email", pending_confirmation: true }, "pending"],
    ["a queue that waits", { protocol: "sqs", endpoint: queue(HOME), pending_confirmation: true }, "pending"],
    ["e-mail, not known", { protocol: "email", pending_confirmation: LATER }, "unknown"],
    ["e-mail in a state that does not say", { protocol: "email" }, "unknown"],
    ["a queue in a state that does not say", { protocol: "sqs", endpoint: queue(HOME) }, "confirms-itself"],
    ["protocol not known, confirmed", { protocol: LATER, pending_confirmation: "false" }, "confirmed"],
  ])("%s", (_story, subscription, expected) => {
    expect(confirmation(reader(subscription), OLD)).toBe(expected);
  });
});
