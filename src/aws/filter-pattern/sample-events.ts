// CloudTrail events as they are really written, to build witnesses on. Names, accounts and addresses are from
// the ranges that AWS and RFC 5737 reserve for examples.
// Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html

import type { JsonObject } from "../../model/json.ts";

const ACCOUNT = "111122223333";

const IDENTITIES = {
  user: {
    type: "IAMUser",
    principalId: "AIDACKCEVSQ6C2EXAMPLE",
    arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
    accountId: ACCOUNT,
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    userName: "alice",
  },
  role: {
    type: "AssumedRole",
    principalId: "AROACKCEVSQ6C2EXAMPLE:session",
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/app/session`,
    accountId: ACCOUNT,
    accessKeyId: "ASIAIOSFODNN7EXAMPLE",
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: "AROACKCEVSQ6C2EXAMPLE",
        arn: `arn:aws:iam::${ACCOUNT}:role/app`,
        accountId: ACCOUNT,
        userName: "app",
      },
      attributes: { creationDate: "2025-01-01T00:00:00Z", mfaAuthenticated: "false" },
    },
  },
  root: {
    type: "Root",
    principalId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:root`,
    accountId: ACCOUNT,
  },
  service: { type: "AWSService", invokedBy: "cloudtrail.amazonaws.com" },
  logDelivery: { type: "AWSService", invokedBy: "delivery.logs.amazonaws.com" },
  otherAccount: { type: "AWSAccount", principalId: "AIDACKCEVSQ6C2EXAMPLE", accountId: "444455556666" },
} as const satisfies Record<string, JsonObject>;

export interface Call {
  readonly by: keyof typeof IDENTITIES;
  readonly source: string;
  readonly name: string;
  readonly error?: string;
  readonly from?: string;
  readonly readOnly?: boolean;
  readonly type?: "AwsApiCall" | "AwsConsoleSignIn" | "AwsServiceEvent";
  /** Further fields, or other values. */
  readonly more?: JsonObject;
}

/** Refused calls first: those are what the patterns are about. */
const CALLS: readonly Call[] = [
  { by: "role", source: "ec2.amazonaws.com", name: "RunInstances", error: "Client.UnauthorizedOperation" },
  { by: "user", source: "iam.amazonaws.com", name: "CreateUser", error: "AccessDenied" },
  {
    by: "user",
    source: "secretsmanager.amazonaws.com",
    name: "GetSecretValue",
    error: "AccessDeniedException",
  },
  {
    by: "user",
    source: "ec2.amazonaws.com",
    name: "DescribeInstances",
    error: "Client.UnauthorizedOperation",
  },
  { by: "role", source: "s3.amazonaws.com", name: "PutBucketPolicy", error: "AccessDenied" },
  { by: "role", source: "dynamodb.amazonaws.com", name: "DescribeTable", error: "AccessDeniedException" },
  { by: "otherAccount", source: "sts.amazonaws.com", name: "AssumeRole", error: "AccessDenied" },
  {
    by: "service",
    source: "s3.amazonaws.com",
    name: "GetBucketAcl",
    error: "AccessDenied",
    from: "cloudtrail.amazonaws.com",
  },
  { by: "role", source: "s3.amazonaws.com", name: "HeadBucket", error: "AccessDenied" },
  {
    by: "logDelivery",
    source: "s3.amazonaws.com",
    name: "PutObject",
    error: "AccessDenied",
    from: "delivery.logs.amazonaws.com",
  },
  { by: "role", source: "ec2.amazonaws.com", name: "RunInstances", error: "UnauthorizedOperation" },
  {
    by: "user",
    source: "signin.amazonaws.com",
    name: "ConsoleLogin",
    type: "AwsConsoleSignIn",
    more: signIn("Success", "No"),
  },
  {
    by: "user",
    source: "signin.amazonaws.com",
    name: "ConsoleLogin",
    type: "AwsConsoleSignIn",
    more: { errorMessage: "Failed authentication", ...signIn("Failure", "No") },
  },
  {
    by: "root",
    source: "signin.amazonaws.com",
    name: "ConsoleLogin",
    type: "AwsConsoleSignIn",
    more: signIn("Success", "Yes"),
  },
  { by: "root", source: "iam.amazonaws.com", name: "CreateAccessKey" },
  { by: "role", source: "s3.amazonaws.com", name: "GetBucketPolicy", error: "NoSuchBucketPolicy" },
  { by: "user", source: "ec2.amazonaws.com", name: "AuthorizeSecurityGroupIngress" },
  { by: "role", source: "iam.amazonaws.com", name: "PutRolePolicy" },
  {
    by: "service",
    source: "kms.amazonaws.com",
    name: "RotateKey",
    type: "AwsServiceEvent",
    from: "kms.amazonaws.com",
  },
];

/** A fresh list of events, refused calls first. */
export function sampleEvents(): readonly JsonObject[] {
  return CALLS.map(eventOf);
}

/** The whole event that CloudTrail writes for a call. */
export function eventOf(call: Call): JsonObject {
  const refused = call.error === undefined ? {} : { errorCode: call.error };
  return {
    eventVersion: "1.09",
    userIdentity: IDENTITIES[call.by],
    eventTime: "2025-01-01T00:00:00Z",
    eventSource: call.source,
    eventName: call.name,
    awsRegion: "us-east-1",
    sourceIPAddress: call.from ?? "198.51.100.7",
    userAgent: call.from ?? "aws-cli/2.15.0",
    ...refused,
    requestParameters: null,
    responseElements: null,
    requestID: "11111111-2222-3333-4444-555555555555",
    eventID: "66666666-7777-8888-9999-000000000000",
    readOnly: call.readOnly ?? /^(Describe|Get|Head|List)/.test(call.name),
    eventType: call.type ?? "AwsApiCall",
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: "Management",
    ...call.more,
  };
}

function signIn(outcome: "Success" | "Failure", mfa: "Yes" | "No"): JsonObject {
  return { responseElements: { ConsoleLogin: outcome }, additionalEventData: { MFAUsed: mfa } };
}
