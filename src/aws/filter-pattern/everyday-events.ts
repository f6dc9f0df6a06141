// Ordinary calls that succeed and happen all day. A pattern that matches one is always in alarm and tells of nothing.

import type { Json } from "../../model/json.ts";
import type { Pattern } from "./ast.ts";
import { matches } from "./matches.ts";
import { DEFAULT_READING } from "./readings.ts";
import { type Call, eventOf } from "./sample-events.ts";
import { shortened, type Wish } from "./witness.ts";

const CALLS: readonly Call[] = [
  { by: "role", source: "ec2.amazonaws.com", name: "DescribeInstances" },
  { by: "user", source: "s3.amazonaws.com", name: "ListBuckets" },
  { by: "role", source: "s3.amazonaws.com", name: "GetBucketLocation" },
  { by: "user", source: "iam.amazonaws.com", name: "ListRoles" },
  { by: "role", source: "sts.amazonaws.com", name: "GetCallerIdentity" },
  { by: "role", source: "kms.amazonaws.com", name: "Decrypt", readOnly: true },
  {
    by: "service",
    source: "sts.amazonaws.com",
    name: "AssumeRole",
    from: "lambda.amazonaws.com",
    readOnly: true,
    more: { userIdentity: { type: "AWSService", invokedBy: "lambda.amazonaws.com" } },
  },
  { by: "role", source: "logs.amazonaws.com", name: "CreateLogStream" },
  { by: "role", source: "ssm.amazonaws.com", name: "UpdateInstanceInformation" },
  { by: "role", source: "monitoring.amazonaws.com", name: "DescribeAlarms" },
  {
    by: "logDelivery",
    source: "s3.amazonaws.com",
    name: "GetBucketAcl",
    from: "delivery.logs.amazonaws.com",
  },
];

/** A fresh list of everyday events, whole as CloudTrail writes them. */
export function everydayEvents(): readonly Json[] {
  return CALLS.map(eventOf);
}

/** A short form of the first everyday event that the pattern matches under the default reading. */
export function matchesEveryday(pattern: Pattern): Json | undefined {
  const wishes: readonly Wish[] = [{ pattern, reading: DEFAULT_READING, matches: true }];
  const event = everydayEvents().find((one) => matches(pattern, one));
  return event === undefined ? undefined : shortened(event, wishes);
}
