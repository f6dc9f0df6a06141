// Amazon Resource Names: parse, print, compare, and what a resource's ARN will be before AWS has given it one.
// Names are compared letter by letter. Who owns what an ARN names is not looked at here.

import { known, type Tri, unknown, type Value } from "../model/value.ts";

/** The five parts after `arn:`. Region and account are empty where the service has none. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** An ARN of which some parts are not known; those are `undefined`. */
export type PartialArn = { readonly [Part in keyof Arn]: string | undefined };

/** Where an object lives; `undefined` parts are not known. An `AwsScope` fits. */
export interface ArnScope {
  readonly partition: string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
}

const PARTS = ["partition", "service", "region", "account", "resource"] as const;

/**
 * `undefined` for text that is no ARN. The resource part keeps its colons.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (format)
 */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region = "", account = "", ...rest] = text.split(":");
  const resource = rest.join(":");
  if (prefix !== "arn" || !partition || !service || resource === "" || /\s/.test(text)) return undefined;
  return { partition, service, region, account, resource };
}

export function printArn(arn: Arn): string {
  return `arn:${PARTS.map((part) => arn[part]).join(":")}`;
}

/**
 * The name in a log group's ARN, with or without the trailing `:*` that CloudTrail's argument needs and the
 * provider's `arn` attribute lacks. `undefined` for anything else, the ARN of a log stream included.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html (arn, logGroupArn);
 * names hold no colon: API_CreateLogGroup (logGroupName pattern).
 */
export function logGroupOfArn(text: string): string | undefined {
  const arn = parseArn(text);
  if (arn?.service !== "logs") return undefined;
  return /^log-group:([^:*]+)(:\*)?$/.exec(arn.resource)?.[1];
}

/**
 * The name in a topic's ARN. `undefined` for anything else: `…:topic:uuid` is a subscription's.
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html (Name: letters, digits, `_`, `-`, 256
 * at most; a FIFO topic's ends in `.fifo`)
 */
export function topicNameOfArn(text: string): string | undefined {
  const arn = parseArn(text);
  if (arn?.service !== "sns") return undefined;
  return /^[A-Za-z0-9_-]{1,256}(\.fifo)?$/.test(arn.resource) ? arn.resource : undefined;
}

export function isSnsTopicArn(text: string): boolean {
  return topicNameOfArn(text) !== undefined;
}

/**
 * The name in the ARN of a queue, role, function or delivery stream. `undefined` for anything else, and for the ARN of a
 * function's version or alias.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/ (resource types of Amazon SQS, IAM, AWS
 * Lambda and Amazon Data Firehose)
 */
export function nameOfArn(service: "sqs" | "iam" | "lambda" | "firehose", text: string): string | undefined {
  const arn = parseArn(text);
  return arn?.service === service ? NAMES[service].exec(arn.resource)?.[1] : undefined;
}

const NAMES = {
  sqs: /^([^:/]+)$/,
  // A role's path is no part of its name.
  iam: /^role\/(?:.*\/)?([^/]+)$/,
  lambda: /^function:([^:]+)$/,
  firehose: /^deliverystream\/([^/]+)$/,
} as const;

/**
 * What stands before the name in the resource part of each type's ARN.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/ (resource types of Amazon SNS,
 * Amazon SQS, CloudWatch Logs, CloudWatch, CloudTrail and Amazon Data Firehose); the provider trims the `:*` of a log group's ARN since version 3.0.
 */
const ARN_FORMS: ReadonlyMap<string, { readonly service: string; readonly prefix: string }> = new Map([
  ["aws_sns_topic", { service: "sns", prefix: "" }],
  ["aws_sqs_queue", { service: "sqs", prefix: "" }],
  ["aws_cloudwatch_log_group", { service: "logs", prefix: "log-group:" }],
  ["aws_cloudwatch_metric_alarm", { service: "cloudwatch", prefix: "alarm:" }],
  ["aws_cloudwatch_composite_alarm", { service: "cloudwatch", prefix: "alarm:" }],
  ["aws_cloudtrail", { service: "cloudtrail", prefix: "trail/" }],
  ["aws_kinesis_firehose_delivery_stream", { service: "firehose", prefix: "deliverystream/" }],
]);

/** The ARN that an object of a type will get; `undefined` for types whose ARN does not follow from their name. */
export function predictedArn(
  type: string,
  name: string | undefined,
  scope: ArnScope,
): PartialArn | undefined {
  const form = ARN_FORMS.get(type);
  if (form === undefined) return undefined;
  return {
    partition: scope.partition,
    service: form.service,
    region: scope.region,
    account: scope.account,
    resource: name === undefined ? undefined : form.prefix + name,
  };
}

/** The same as a value, to be compared with others: what is not known is an unknown part of the text. */
export function predictedArnText(type: string, name: string | undefined, scope: ArnScope): Value | undefined {
  const form = ARN_FORMS.get(type);
  if (form === undefined) return undefined;
  const part = (text: string | undefined, subject: string): Value =>
    text === undefined ? unknown({ why: "after-apply", subject }) : known(text);
  const parts = [
    known("arn:"),
    part(scope.partition, "partition"),
    known(`:${form.service}:`),
    part(scope.region, "region"),
    known(":"),
    part(scope.account, "account"),
    known(`:${form.prefix}`),
    part(name, "name"),
  ];
  return { kind: "text", parts, sensitive: false };
}

/**
 * Whether `text` is the ARN of which `expected` knows some parts: "no" where a known part differs or the text is
 * no ARN, "maybe" where nothing differs but a part is not known. A log group's trailing `:*` does not count.
 */
export function compareArn(text: string, expected: PartialArn): Tri {
  const arn = parseArn(text);
  if (arn === undefined) return "no";
  let answer: Tri = "yes";
  for (const part of PARTS) {
    const wanted = expected[part];
    if (wanted === undefined) answer = "maybe";
    else if (trimGroup(arn.service, wanted) !== trimGroup(arn.service, arn[part])) return "no";
  }
  return answer;
}

function trimGroup(service: string, part: string): string {
  return service === "logs" && part.startsWith("log-group:") ? part.replace(/:\*$/, "") : part;
}

/**
 * Groups of attributes that always hold the same string, by resource type, so that one known member gives the
 * others. Where a trail's `id` is concerned it depends on the version of the provider's schema for the resource
 * (`schema_version` in plans and states): 1 and later hold the ARN, 0 the name.
 * Source: hashicorp/terraform-provider-aws internal/service/{sns,logs,cloudwatch,cloudtrail,sqs,kms}, the d.SetId
 * calls; cloudtrail/trail_migrate.go; states of AWS provider 5.32.
 */
export function equivalentAttributes(type: string, schemaVersion?: number): readonly (readonly string[])[] {
  if (type === "aws_cloudtrail") {
    if (schemaVersion === undefined) return [];
    return schemaVersion >= 1 ? [["id", "arn"]] : [["id", "name"]];
  }
  return EQUIVALENT_ATTRIBUTES.get(type) ?? [];
}

const EQUIVALENT_ATTRIBUTES: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ["aws_sns_topic", [["id", "arn"]]],
  ["aws_sns_topic_subscription", [["id", "arn"]]],
  ["aws_sns_topic_policy", [["id", "arn"]]],
  ["aws_cloudwatch_log_group", [["id", "name"]]],
  ["aws_cloudwatch_log_metric_filter", [["id", "name"]]],
  ["aws_cloudwatch_metric_alarm", [["id", "alarm_name"]]],
  ["aws_cloudwatch_composite_alarm", [["id", "alarm_name"]]],
  ["aws_sqs_queue", [["id", "url"]]],
  ["aws_kms_key", [["id", "key_id"]]],
  ["aws_kms_alias", [["id", "name"]]],
]);
