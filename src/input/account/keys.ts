// The keys that topics are encrypted with and the queues behind subscriptions, as far as they were asked about.
// Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html, API_GetKeyPolicy.html,
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html

import { parseArn } from "../../aws/arn.ts";
import type { AccountObject } from "../../model/account.ts";
import { get, type Json, type JsonObject } from "../../model/json.ts";
import type { UnknownOrigin } from "../../model/value.ts";
import { attributes, type Context, type Found, whereaboutsOf } from "./context.ts";
import { type Answered, means } from "./outputs.ts";
import { objectAt, scalarAt, textAt } from "./shape.ts";

/** The key of a topic as Terraform writes it: a key that AWS manages for SNS goes by its alias. */
export function keyIn(written: string, { outputs }: Context): string {
  const isOfAws = outputs.of("key").some((output) => {
    const key = metadataOf(output);
    return get(key, "KeyManager") === "AWS" && isAbout(output, key, written);
  });
  return isOfAws ? "alias/aws/sns" : written;
}

function metadataOf({ root, place }: Answered): JsonObject | undefined {
  return objectAt(root, "KeyMetadata", place);
}

function isAbout(output: Answered, key: JsonObject | undefined, written: string): boolean {
  const names = [output.about, get(key, "KeyId"), get(key, "Arn")];
  return names.some((name) => typeof name === "string" && (name === written || means(name, written)));
}

export function findKeysAndQueues(context: Context): Found {
  return {
    objects: [
      ...context.outputs.of("key").flatMap((output) => keyObjects(output, context)),
      ...queues(context),
    ],
    gaps: [],
    taken: [],
  };
}

/** A key, and the alias it was asked about by. */
function keyObjects(output: Answered, context: Context): readonly AccountObject[] {
  const key = metadataOf(output);
  const [arn, id] = ["Arn", "KeyId"].map((name) => textAt(key, name, output.place));
  if (arn === undefined || id === undefined) return [];
  const scope = whereaboutsOf(arn);
  const question = {
    kind: "key-policy",
    about: id,
    more: ["--policy-name", "default"],
    region: scope.region,
  } as const;
  const policy = policyOf(id, context);
  const rest = context.outputs.why(question);
  const unknown = new Map<string, UnknownOrigin>(policy === undefined ? [["policy", rest]] : []);
  const values = attributes([
    ["arn", arn],
    ["id", id],
    ["key_id", id],
    ["policy", policy],
    ["is_enabled", scalarAt(key, "Enabled", output.place)],
  ]);
  const object: AccountObject = { type: "aws_kms_key", name: `key ${id}`, scope, values, unknown, rest };
  const alias = output.about === undefined ? undefined : aliasIn(output.about);
  if (alias === undefined) return [object];
  const named = attributes([
    ["name", alias],
    ["id", alias],
    ["arn", arn.replace(/:key\/.*$/, `:${alias}`)],
    ["target_key_id", id],
    ["target_key_arn", arn],
  ]);
  const aliasObject: AccountObject = {
    type: "aws_kms_alias",
    name: alias,
    scope,
    values: named,
    unknown: new Map(),
    rest: undefined,
  };
  return [object, aliasObject];
}

function aliasIn(about: string): string | undefined {
  const name = parseArn(about)?.resource ?? about;
  return name.startsWith("alias/") ? name : undefined;
}

/** A policy does not say which key it is of: its file's name does, or there is one key and one policy. */
function policyOf(id: string, { outputs }: Context): Json | undefined {
  const policies = outputs.of("key-policy");
  const named = policies.find(
    ({ about }) => about !== undefined && (about === id || about.endsWith(`/${id}`)),
  );
  const only = outputs.of("key").length === 1 && policies.length === 1 ? policies[0] : undefined;
  const found = named ?? (only?.about === undefined ? only : undefined);
  return found === undefined ? undefined : scalarAt(found.root, "Policy", found.place);
}

function queues({ outputs }: Context): readonly AccountObject[] {
  return outputs.of("queue-attributes").flatMap(({ root, place, about }): AccountObject[] => {
    const told = objectAt(root, "Attributes", place);
    const arn = textAt(told, "QueueArn", place);
    if (arn === undefined) return [];
    const name = parseArn(arn)?.resource ?? arn;
    // Where all attributes were asked for, a policy that is not among them is not set.
    const isWhole = get(told, "VisibilityTimeout") !== undefined;
    return [
      {
        type: "aws_sqs_queue",
        name: `queue ${name}`,
        scope: whereaboutsOf(arn),
        values: {
          ...(isWhole ? { policy: null, kms_master_key_id: null } : {}),
          ...attributes([
            ["arn", arn],
            ["name", name],
            ["url", about?.startsWith("https:") === true ? about : undefined],
            ["policy", scalarAt(told, "Policy", place)],
            ["kms_master_key_id", scalarAt(told, "KmsMasterKeyId", place)],
            ["fifo_queue", name.endsWith(".fifo")],
          ]),
        },
        unknown: new Map(),
        rest: {
          why: "not-asked",
          subject: outputs.command({ kind: "queue-attributes", about: about ?? name }),
        },
      },
    ];
  });
}
