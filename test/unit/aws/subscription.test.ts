import { describe, expect, test } from "vitest";
import { confirmation, letsAlarmThrough, type Subscribing } from "../../../src/aws/subscription.ts";
import { LATER, oneOf, type Plain, reader, reference, text, value } from "./build.ts";

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
  ])("another account's queue: %s", (_story, subscribing, expected) => {
    expect(confirmation(reader({ protocol: "sqs", endpoint: queue(AWAY) }), subscribing)).toBe(expected);
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

describe("filter policies", () => {
  const ALARM = { alarmName: "unauthorized", account: HOME };
  const body = (policy: Plain) => letsAlarmThrough(value(policy), value("MessageBody"), ALARM);
  const json = (policy: unknown) => body(JSON.stringify(policy));

  test.each<readonly [string, Plain, Plain, string]>([
    ["none", null, null, "yes"],
    ["empty text", "", null, "yes"],
    ["empty policy", "{}", "MessageBody", "yes"],
    ["empty policy, scope not known", "{}", LATER, "yes"],
    ["not known", LATER, "MessageBody", "maybe"],
    ["not JSON", "{", "MessageBody", "maybe"],
    ["on attributes, which an alarm has none of", '{"severity":["high"]}', null, "no"],
    [
      "on attributes, as a plan leaves the scope open",
      '{"severity":["high"]}',
      reference("subscription", "filter_policy_scope"),
      "no",
    ],
    ["on attributes, by name of the scope", '{"severity":["high"]}', "MessageAttributes", "no"],
    ["on the absence of an attribute", '{"severity":[{"exists":false}]}', null, "yes"],
    ["on absence or a value", '{"severity":["high",{"exists":false}]}', null, "yes"],
    ["anything but a value still wants the attribute", '{"severity":[{"anything-but":["low"]}]}', null, "no"],
    ["on attributes that the body happens to have", '{"NewStateValue":["ALARM"]}', null, "no"],
    ["scope not known, body accepts", '{"NewStateValue":["ALARM"]}', LATER, "maybe"],
    ["scope not known, neither accepts", '{"NewStateValue":["OK"]}', LATER, "maybe"],
    ["either scope drops it", '{"NewStateValue":["OK"]}', oneOf("MessageBody", "MessageAttributes"), "no"],
    ["$or of attributes", '{"$or":[{"a":["1"]},{"b":[{"exists":false}]}]}', null, "yes"],
    ["an unknown part", text('{"AlarmName":["', LATER, '"]}'), "MessageBody", "maybe"],
    [
      "an unknown part beside a decisive one",
      text('{"AlarmName":["', LATER, '"],"NewStateValue":["OK"]}'),
      "MessageBody",
      "no",
    ],
  ])("%s", (_story, policy, scope, answer) => {
    expect(letsAlarmThrough(value(policy), value(scope), ALARM)).toBe(answer);
  });

  test.each<readonly [string, unknown, string]>([
    ["goes off", { NewStateValue: ["ALARM"] }, "yes"],
    ["goes off or recovers", { NewStateValue: ["OK", "ALARM"] }, "yes"],
    ["recovers", { NewStateValue: ["OK"] }, "no"],
    ["letter case counts", { NewStateValue: ["alarm"] }, "no"],
    ["unless ignored", { NewStateValue: [{ "equals-ignore-case": "alarm" }] }, "yes"],
    ["a prefix", { AlarmName: [{ prefix: "unauth" }] }, "yes"],
    ["another prefix", { AlarmName: [{ prefix: "root" }] }, "no"],
    ["a suffix", { AlarmName: [{ suffix: "ized" }] }, "yes"],
    ["anything but this", { AlarmName: [{ "anything-but": "unauthorized" }] }, "no"],
    ["anything but others", { AlarmName: [{ "anything-but": ["a", "b"] }] }, "yes"],
    ["anything but a prefix", { AlarmName: [{ "anything-but": { prefix: "un" } }] }, "no"],
    ["anything but prefixes", { AlarmName: [{ "anything-but": { prefix: ["a", "b"] } }] }, "yes"],
    ["exists", { AlarmName: [{ exists: true }] }, "yes"],
    ["does not exist", { AlarmName: [{ exists: false }] }, "no"],
    ["a field nobody listed", { Severity: ["high"] }, "maybe"],
    ["a field within an object nobody listed", { Trigger: { MetricName: ["M"] } }, "maybe"],
    ["a field that is not known", { NewStateReason: [{ prefix: "Threshold" }] }, "maybe"],
    ["every earlier state", { OldStateValue: ["OK", "INSUFFICIENT_DATA"] }, "maybe"],
    ["no such earlier state", { OldStateValue: ["ALARM"] }, "no"],
    ["both keys", { NewStateValue: ["ALARM"], AlarmName: ["other"] }, "no"],
    ["either policy", { $or: [{ AlarmName: ["other"] }, { NewStateValue: ["ALARM"] }] }, "yes"],
    ["a number where text is", { AlarmName: [{ numeric: [">", 1] }] }, "no"],
    ["an address where a name is", { AlarmName: [{ cidr: "10.0.0.0/8" }] }, "no"],
    ["an operator not known here", { AlarmName: [{ wildcard: "*" }] }, "maybe"],
    ["two operators at once", { AlarmName: [{ prefix: "u", suffix: "d" }] }, "maybe"],
    ["nothing listed", { AlarmName: [] }, "no"],
    ["the account", { AWSAccountId: [HOME] }, "yes"],
  ])("on the body: %s", (_story, policy, answer) => {
    expect(json(policy)).toBe(answer);
  });

  test("an alarm whose name is not known", () => {
    const policy = value('{"AlarmName":["unauthorized"]}');
    expect(letsAlarmThrough(policy, value("MessageBody"), { alarmName: undefined })).toBe("maybe");
  });
});
