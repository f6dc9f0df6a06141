// What causes tell of roles and keys that are in the way of a trail, a stream or a queue.

import { describe, expect, test } from "vitest";
import type { DeliverySettings } from "../../../../src/model/delivery.ts";
import { judge } from "../../../tools/chain-world.ts";
import { type Attributes, changed, OPEN, reference } from "../../../tools/world.ts";
import {
  asObject,
  type Changes,
  causesOf,
  INBOX,
  QUEUE,
  type Row,
  STREAM_ELSEWHERE,
  TRAIL,
  waits,
} from "./support.ts";

describe("roles and keys that are in the way", () => {
  const ROLE = "aws_iam_role.r";
  const INLINE = "aws_iam_role_policy.p";
  const document = (...Statement: readonly object[]) => JSON.stringify({ Statement });
  const trust = (Service: string) =>
    document({ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" });
  const roleOf = (Service: string, role: Attributes): Changes => ({
    [ROLE]: { name: "r", assume_role_policy: trust(Service), ...role },
  });
  const trailRole = (role: Attributes, more: Changes = {}): Changes => ({
    [TRAIL]: { cloud_watch_logs_role_arn: reference(ROLE, "arn") },
    ...roleOf("cloudtrail.amazonaws.com", role),
    ...more,
  });
  const inline = (policy: Attributes["policy"]): Changes => ({
    [INLINE]: { name: "p", role: reference(ROLE, "id"), policy: policy ?? null },
  });
  const WRITES = document({ Effect: "Allow", Action: "logs:*", Resource: "*" });
  const stream = (role: Attributes, more: Changes = {}): Changes => ({
    [QUEUE]: {
      protocol: "firehose",
      endpoint: STREAM_ELSEWHERE,
      subscription_role_arn: reference(ROLE, "arn"),
    },
    ...roleOf("sns.amazonaws.com", role),
    ...more,
  });
  const SENDS = document({
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: "*",
  });

  test.each<Row>([
    [
      "a trail's role that trusts another service",
      trailRole({ assume_role_policy: trust("ec2.amazonaws.com") }),
      [
        "trail-role-cannot-write",
        ROLE,
        [`${TRAIL} cloud_watch_logs_role_arn`, `${ROLE} assume_role_policy`],
        { how: "trust" },
      ],
    ],
    [
      "a trail's role without a policy here",
      trailRole({}),
      ["trail-role-cannot-write", ROLE, [`${TRAIL} cloud_watch_logs_role_arn`, ROLE], { how: "rights" }],
    ],
    [
      "a trail's role of which it is not known whom it trusts",
      trailRole({ assume_role_policy: OPEN }, inline(WRITES)),
      ["not-known-before-apply", ROLE, [`${ROLE} assume_role_policy`], waits("assume_role_policy")],
    ],
    [
      "a trail's role whose policy is not known",
      trailRole({}, inline(OPEN)),
      ["not-known-before-apply", INLINE, [`${INLINE} policy`], waits("policy")],
    ],
    [
      "a trail's role whose own policies are not known",
      trailRole({ inline_policy: OPEN }),
      ["not-known-before-apply", ROLE, [`${ROLE} inline_policy`], waits("inline_policy")],
    ],
    [
      "a stream's role that trusts another service",
      stream({ assume_role_policy: trust("ec2.amazonaws.com") }),
      [
        "stream-role-cannot-write",
        ROLE,
        [`${QUEUE} subscription_role_arn`, `${ROLE} assume_role_policy`],
        { how: "trust" },
      ],
    ],
    [
      "a stream's role without a policy here",
      stream({}),
      ["stream-role-cannot-write", ROLE, [`${QUEUE} subscription_role_arn`, ROLE], { how: "rights" }],
    ],
    [
      "a stream's role whose policy is not known",
      stream({}, inline(OPEN)),
      [
        "not-known-before-apply",
        QUEUE,
        [`${QUEUE} subscription_role_arn`],
        waits("subscription_role_arn", `${ROLE}.arn`),
      ],
    ],
    [
      "a queue under the key of AWS",
      { [INBOX]: { name: "inbox", policy: SENDS, kms_master_key_id: "alias/aws/sqs" } },
      ["queue-shuts-topic-out", INBOX, [`${INBOX} kms_master_key_id`], { how: "aws-managed-key" }],
    ],
    [
      "a queue under a key that shuts SNS out",
      {
        [INBOX]: { name: "inbox", policy: SENDS, kms_master_key_id: reference("aws_kms_key.k", "arn") },
        "aws_kms_key.k": {},
      },
      [
        "queue-shuts-topic-out",
        INBOX,
        [`${INBOX} kms_master_key_id`, "aws_kms_key.k policy"],
        { how: "key-policy" },
      ],
    ],
    [
      "a queue under a key that is not known",
      { [INBOX]: { name: "inbox", policy: SENDS, kms_master_key_id: OPEN } },
      ["not-known-before-apply", INBOX, [`${INBOX} kms_master_key_id`], waits("kms_master_key_id")],
    ],
    [
      "a queue whose policy is not known",
      { [INBOX]: { name: "inbox", policy: OPEN } },
      ["not-known-before-apply", INBOX, [`${INBOX} policy`], waits("policy")],
    ],
  ])("%s", (_, changes, wanted) => {
    expect(causesOf(changes)).toEqual([asObject(wanted)]);
  });

  test("FIFO queues may be taken as a remark", () => {
    const delivery: DeliverySettings = new Map([["endpoint-not-for-topic", "remark"]]);
    const queue = { [INBOX]: { name: "inbox", fifo_queue: true, policy: SENDS } };
    const { verdict, remarks } = judge(changed(queue), { delivery });
    expect([verdict, remarks.map(({ code }) => code)]).toEqual(["satisfied", ["break-taken-as-remark"]]);
  });
});
