// Who may use a KMS key: CloudWatch for a topic that the key encrypts, SNS for a queue.

import { all, isUnset, known, stringOf, type Tri, type Value } from "../model/value.ts";
import { parseArn } from "./arn.ts";
import { judgeEach } from "./attributes.ts";
import type { ContextKey } from "./policy-conditions.ts";
import type { PolicyDocument } from "./policy-document.ts";
import { policyGrants } from "./policy-evaluation.ts";
import { type ArnOwner, arnsOf, NOT_KNOWN, serviceContext, text } from "./publish-policy.ts";

/** Something that is encrypted, and the service that has to read and write it because of `source`. */
export interface KeyUse {
  readonly service: "cloudwatch.amazonaws.com" | "sns.amazonaws.com";
  readonly source: ArnOwner;
  readonly encrypted: ArnOwner;
  /** The service that calls KMS for the other one, and the name of its encryption context. */
  readonly via: "sns" | "sqs";
}

/**
 * Whether the policy of a customer managed key lets the service use it: it needs to decrypt and to make data keys.
 * Naming the account, as the default key policy does, lets no service in. Grants go to principals of an account, so
 * they let none in either.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html (event sources from AWS services),
 * https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html,
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html,
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html (GranteePrincipal); the encryption
 * contexts: https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html,
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export function letsServiceUseKey(document: PolicyDocument | undefined, use: KeyUse): Tri {
  if (document === undefined) return "maybe";
  const { service, source, encrypted, via } = use;
  const account = source.scope.account ?? encrypted.scope.account;
  const owner = text(account === undefined ? NOT_KNOWN : known(account));
  const { region } = encrypted.scope;
  const context = new Map<string, ContextKey>([
    ...serviceContext(service, arnsOf(source), owner),
    [CONTEXTS[via].toLowerCase(), text(...arnsOf(encrypted))],
    // Whether KMS sees which service passes a service's request on is not written down.
    ["kms:viaservice", { ...text(viaService(via, region)), present: "maybe" }],
    ["kms:calleraccount", { ...owner, present: "maybe" }],
  ]);
  return all(
    ["kms:Decrypt", "kms:GenerateDataKey"].map((action) =>
      policyGrants(document, {
        by: { service, account: () => "no" },
        action,
        // A key policy can only speak of its own key, and mostly says `*`.
        resource: [NOT_KNOWN],
        context,
      }),
    ),
  );
}

const CONTEXTS: Readonly<Record<KeyUse["via"], string>> = {
  sns: "kms:EncryptionContext:aws:sns:topicArn",
  sqs: "kms:EncryptionContext:aws:sqs:arn",
};

function viaService(via: KeyUse["via"], region: string | undefined): Value {
  return region === undefined ? NOT_KNOWN : known(`${via}.${region}.amazonaws.com`);
}

/**
 * Whether something is under the key that AWS manages for the service, whose policy lets no other service in and cannot
 * be changed. It goes by alias; behind a key id or key ARN may be any key, which is "maybe".
 * Source: https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns (alias/aws/sns),
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html (alias/aws/sqs:
 * AWS services cannot be let in)
 */
export function isAwsManagedKey(key: Value, service: "sns" | "sqs"): Tri {
  const alias = `alias/aws/${service}`;
  return judgeEach(key, (value) => {
    if (isUnset(value) === "yes") return "no";
    const name = value.kind === "text" ? lastKnown(value.parts) : stringOf(value);
    if (name === undefined) return "maybe";
    if (value.kind === "text") return name.endsWith(`:${alias}`) ? "yes" : "maybe";
    const own = parseArn(name)?.resource ?? name;
    if (own === alias) return "yes";
    return own.startsWith("alias/") ? "no" : "maybe";
  });
}

function lastKnown(parts: readonly Value[]): string | undefined {
  const last = parts.at(-1);
  return last === undefined ? undefined : stringOf(last);
}
