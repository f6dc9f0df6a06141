// The kinds of objects that values point to, and how each is named.

import { logGroupOfArn, nameOfArn, topicNameOfArn } from "../aws/arn.ts";

/** Kinds of objects that the chain points to. */
export type Family = "log-group" | "topic" | "queue" | "role" | "function" | "stream";

export interface FamilyFacts {
  readonly type: string;
  /** The attributes that identify the object. */
  readonly identities: readonly string[];
  readonly nameOfArn: (arn: string) => string | undefined;
  /** Whether a bare name points to the object, and not only its ARN. */
  readonly byName: boolean;
  /** The attribute that holds the name, where it is not `name`. */
  readonly nameAttribute?: string;
  /** Objects of the account, of no region. */
  readonly global?: true;
}

export const FAMILIES: Readonly<Record<Family, FamilyFacts>> = {
  "log-group": {
    type: "aws_cloudwatch_log_group",
    identities: ["arn", "id", "name"],
    nameOfArn: logGroupOfArn,
    byName: true,
  },
  topic: {
    type: "aws_sns_topic",
    identities: ["arn", "id", "name"],
    nameOfArn: topicNameOfArn,
    byName: false,
  },
  queue: {
    type: "aws_sqs_queue",
    identities: ["arn", "id", "url", "name"],
    nameOfArn: (arn) => nameOfArn("sqs", arn),
    byName: false,
  },
  role: {
    type: "aws_iam_role",
    identities: ["arn", "id", "name"],
    nameOfArn: (arn) => nameOfArn("iam", arn),
    byName: true,
    global: true,
  },
  function: {
    type: "aws_lambda_function",
    identities: ["arn", "id", "function_name"],
    nameOfArn: (arn) => nameOfArn("lambda", arn),
    byName: true,
    nameAttribute: "function_name",
  },
  stream: {
    type: "aws_kinesis_firehose_delivery_stream",
    identities: ["arn", "id", "name"],
    nameOfArn: (arn) => nameOfArn("firehose", arn),
    byName: false,
  },
};

const BY_TYPE: ReadonlyMap<string, FamilyFacts> = new Map(
  Object.values(FAMILIES).map((family) => [family.type, family]),
);

export function familyOfType(type: string): FamilyFacts | undefined {
  return BY_TYPE.get(type);
}
