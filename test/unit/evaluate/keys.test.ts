// Which key an object is encrypted with, and whether a service may use it.

import { describe, expect, it } from "vitest";
import { mayUseKey } from "../../../src/evaluate/chain/keys.ts";
import { ownerOf } from "../../../src/evaluate/policies.ts";
import {
  type Attribute,
  type Attributes,
  graphOf,
  OPEN,
  oneOf,
  type Resources,
  reference,
} from "../../tools/world.ts";

const TOPIC = "aws_sns_topic.t";
const KEY = "aws_kms_key.k";
const SERVICE = "cloudwatch.amazonaws.com";

const policy = (service: string) =>
  JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "kms:*", Resource: "*" }],
  });
const LETS = policy(SERVICE);
const SHUTS = policy("events.amazonaws.com");

/** The answer, why, and what is shown. */
function judge(kms_master_key_id: Attribute, more: Resources = {}): string {
  const graph = graphOf({ [TOPIC]: { name: "t", kms_master_key_id }, ...more });
  const topic = graph.byId(TOPIC);
  if (topic === undefined) throw new Error("no topic");
  const use = { service: SERVICE, source: ownerOf(topic), encrypted: ownerOf(topic), via: "sns" } as const;
  const { answer, how, evidence } = mayUseKey(graph, topic, use);
  const shown = evidence.map(({ place, attribute }) =>
    `${place.address} ${attribute}`.replace(`${TOPIC} kms_master_key_id`, "id"),
  );
  return `${answer} ${how}: ${shown.join(", ")}`.trim();
}

const key = (attributes: Attributes = { policy: LETS }): Resources => ({
  [KEY]: { arn: "arn:k", id: "k", key_id: "k2", ...attributes },
});
const YES = `yes key-policy: id, ${KEY} policy`;
const NO = `no key-policy: id, ${KEY} policy`;
const UNSEEN = "maybe key-policy: id";
const MANAGED = "no aws-managed-key: id";

describe("which key it is", () => {
  const ALIAS = "aws_kms_alias.a";
  const alias = (attributes: Attributes): Resources => ({
    [ALIAS]: { name: "alias/own", arn: "arn:alias", ...attributes },
  });
  const toKey = { target_key_id: reference(KEY, "key_id") };

  it.each<[string, Attribute, Resources, string]>([
    ["none", null, key(), "yes key-policy:"],
    ["none, as a state writes it", "", key(), "yes key-policy:"],
    ["not known", OPEN, key(), UNSEEN],
    ["one elsewhere", "arn:elsewhere", key(), UNSEEN],
    ["by reference", reference(KEY, "arn"), key(), YES],
    ["by its ARN", "arn:k", key(), YES],
    ["by its id", "k", key(), YES],
    ["by its key id", "k2", key(), YES],
    ["by the only thing it can come from", oneOf(reference(KEY, "arn")), key(), YES],
    ["one of two", oneOf(reference(KEY, "arn"), reference("aws_kms_key.z", "arn")), key(), UNSEEN],
    [
      "a replica",
      reference("aws_kms_replica_key.r", "arn"),
      { "aws_kms_replica_key.r": { policy: LETS } },
      "yes key-policy: id, aws_kms_replica_key.r policy",
    ],
    [
      "an imported one",
      reference("aws_kms_external_key.e", "arn"),
      { "aws_kms_external_key.e": { policy: LETS } },
      "yes key-policy: id, aws_kms_external_key.e policy",
    ],
    ["something else", reference("aws_sqs_queue.q", "arn"), { "aws_sqs_queue.q": { policy: LETS } }, UNSEEN],
    ["by the alias of AWS", "alias/aws/sns", key(), MANAGED],
    ["by the ARN of AWS's alias", "arn:aws:kms:us-east-1:111122223333:alias/aws/sns", key(), MANAGED],
    ["by an alias", "alias/own", { ...key(), ...alias(toKey) }, YES],
    ["by the ARN of an alias", "arn:alias", { ...key(), ...alias(toKey) }, YES],
    ["by reference to an alias", reference(ALIAS, "name"), { ...key(), ...alias(toKey) }, YES],
    [
      "by an alias whose key is not known",
      "alias/own",
      { ...key(), ...alias({ target_key_id: OPEN }) },
      UNSEEN,
    ],
    ["by another alias", "alias/other", { ...key(), ...alias(toKey) }, UNSEEN],
    [
      "found by a data source under AWS's alias",
      reference("data.aws_kms_alias.d", "target_key_arn"),
      { ...key(), "data.aws_kms_alias.d": { name: "alias/aws/sns" } },
      MANAGED,
    ],
    [
      "found by a data source under an alias here",
      reference("data.aws_kms_alias.d", "target_key_arn"),
      { ...key(), ...alias(toKey), "data.aws_kms_alias.d": { name: "alias/own" } },
      YES,
    ],
    [
      "read by a data source under AWS's alias",
      reference("data.aws_kms_key.d", "arn"),
      { ...key(), "data.aws_kms_key.d": { key_id: "alias/aws/sns" } },
      MANAGED,
    ],
    [
      "read by a data source under another alias",
      reference("data.aws_kms_key.d", "arn"),
      { ...key(), "data.aws_kms_key.d": { key_id: "alias/own" } },
      UNSEEN,
    ],
    ...["arn", "target_key_arn", "target_key_id", "id", "key_id"].map(
      (name): [string, Attribute, Resources, string] => [
        `by the ${name} that a data source has read`,
        "read-before",
        { "data.aws_kms_alias.d": { name: "alias/aws/sns", [name]: "read-before" } },
        MANAGED,
      ],
    ),
    [
      "by what another data source has read",
      "read-before",
      { "data.aws_kms_alias.d": { name: "alias/aws/sns", arn: "other" } },
      UNSEEN,
    ],
  ])("%s", (_, id, more, wanted) => {
    expect(judge(id, more)).toBe(wanted);
  });
});

describe("what the key says", () => {
  const own = (attributes: Attributes, more: Resources = {}) =>
    judge(reference(KEY, "arn"), { [KEY]: attributes, ...more });
  const POLICY = "aws_kms_key_policy.p";
  const separate = (attributes: Attributes): Resources => ({
    [POLICY]: { key_id: reference(KEY, "id"), ...attributes },
  });
  const bySeparate = (answer: string) => `${answer} key-policy: id, ${POLICY} policy`;

  it.each<[string, Attributes, Resources, string]>([
    ["that the service may", { policy: LETS }, {}, YES],
    ["that another service may", { policy: SHUTS }, {}, NO],
    ["nothing, which shuts services out", {}, {}, NO],
    ["what is not known", { policy: OPEN }, {}, `maybe key-policy: id, ${KEY} policy`],
    [
      "nothing while it is off",
      { policy: LETS, is_enabled: false },
      {},
      `no key-disabled: id, ${KEY} is_enabled`,
    ],
    [
      "nothing certain while it may be off",
      { policy: LETS, is_enabled: OPEN },
      {},
      `maybe key-policy: id, ${KEY} policy`,
    ],
    ["no, whether or not it is off", { policy: SHUTS, is_enabled: OPEN }, {}, NO],
    ["less than its policy of its own", { policy: SHUTS }, separate({ policy: LETS }), bySeparate("yes")],
    [
      "less than its policy of its own, for the worse",
      { policy: LETS },
      separate({ policy: SHUTS }),
      bySeparate("no"),
    ],
    [
      "more than another key's policy",
      { policy: LETS },
      { "aws_kms_key.z": {}, ...separate({ key_id: reference("aws_kms_key.z", "id"), policy: SHUTS }) },
      YES,
    ],
    [
      "more than the policy of a key elsewhere",
      { policy: LETS },
      separate({ key_id: "elsewhere", policy: SHUTS }),
      YES,
    ],
    [
      "as much as a policy that may not be there",
      { policy: LETS },
      separate({ policy: SHUTS, ".exists": "maybe" }),
      `maybe key-policy: id, ${KEY} policy`,
    ],
    [
      "as much as a policy that may not be there and agrees",
      { policy: LETS },
      separate({ policy: LETS, ".exists": "maybe" }),
      YES,
    ],
    [
      "as much as a policy that may be its own",
      { policy: LETS },
      separate({ key_id: OPEN, policy: SHUTS }),
      `maybe key-policy: id, ${KEY} policy`,
    ],
    [
      "as much as a policy that may be its own and agrees",
      { policy: SHUTS },
      separate({ key_id: OPEN, policy: SHUTS }),
      NO,
    ],
  ])("%s", (_, attributes, more, wanted) => {
    expect(own(attributes, more)).toBe(wanted);
  });
});
