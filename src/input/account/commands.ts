// The AWS commands of an audit: what each asks, and what its output is called in a directory. All of them only read.
// Source: https://docs.aws.amazon.com/cli/latest/reference/ (cloudtrail, logs, cloudwatch, sns, sqs, kms, sts)

import { wellFormed } from "../../model/well-formed.ts";

/** What an output tells. */
export type OutputKind =
  | "identity"
  | "trails"
  | "trail-names"
  | "trail"
  | "trail-status"
  | "event-selectors"
  | "metric-filters"
  | "log-groups"
  | "alarms"
  | "subscriptions"
  | "all-subscriptions"
  | "topics"
  | "topic-attributes"
  | "subscription-attributes"
  | "queue-attributes"
  | "key"
  | "key-policy";

interface CommandFacts {
  readonly service: string;
  readonly command: string;
  /** The option that names what is asked about; `undefined` for listings. */
  readonly about: string | undefined;
}

export const COMMANDS: Readonly<Record<OutputKind, CommandFacts>> = {
  identity: { service: "sts", command: "get-caller-identity", about: undefined },
  trails: { service: "cloudtrail", command: "describe-trails", about: undefined },
  "trail-names": { service: "cloudtrail", command: "list-trails", about: undefined },
  trail: { service: "cloudtrail", command: "get-trail", about: "--name" },
  "trail-status": { service: "cloudtrail", command: "get-trail-status", about: "--name" },
  "event-selectors": { service: "cloudtrail", command: "get-event-selectors", about: "--trail-name" },
  "metric-filters": { service: "logs", command: "describe-metric-filters", about: "--log-group-name" },
  "log-groups": { service: "logs", command: "describe-log-groups", about: "--log-group-name-prefix" },
  alarms: { service: "cloudwatch", command: "describe-alarms", about: "--alarm-types" },
  subscriptions: { service: "sns", command: "list-subscriptions-by-topic", about: "--topic-arn" },
  "all-subscriptions": { service: "sns", command: "list-subscriptions", about: undefined },
  topics: { service: "sns", command: "list-topics", about: undefined },
  "topic-attributes": { service: "sns", command: "get-topic-attributes", about: "--topic-arn" },
  "subscription-attributes": {
    service: "sns",
    command: "get-subscription-attributes",
    about: "--subscription-arn",
  },
  "queue-attributes": { service: "sqs", command: "get-queue-attributes", about: "--queue-url" },
  key: { service: "kms", command: "describe-key", about: "--key-id" },
  "key-policy": { service: "kms", command: "get-key-policy", about: "--key-id" },
};

export interface Question {
  readonly kind: OutputKind;
  /** What it is asked about, where the command names something. */
  readonly about?: string | undefined;
  /** Options of this question alone. */
  readonly more?: readonly string[];
  readonly region?: string | undefined;
}

/** The arguments of the `aws` command line for a question, without the ones that say as whom to ask. */
export function argumentsOf({ kind, about, more = [], region }: Question): readonly string[] {
  const { service, command, about: option } = COMMANDS[kind];
  return [
    service,
    command,
    ...(option === undefined || about === undefined ? [] : [option, about]),
    ...more,
    ...(region === undefined ? [] : ["--region", region]),
    "--output",
    "json",
  ];
}

/** The command as a person runs it. */
export function commandText(question: Question): string {
  return ["aws", ...argumentsOf(question)].map(quoted).join(" ");
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** What an output is called in a directory: `eu-west-1/get-trail-status.main.json`. */
export function fileNameOf({ kind, about, region }: Question): string {
  const name = [COMMANDS[kind].command, ...(about === undefined ? [] : [shortName(about)])].join(".");
  return `${region === undefined ? "" : `${region}/`}${name}.json`;
}

/** The last part of an ARN or address is enough to tell objects of a region apart; other names stay whole. */
function shortName(about: string): string {
  const isLong = about.startsWith("arn:") || about.startsWith("https:");
  const short = isLong ? (about.split(/[:/]/).at(-1) ?? about) : about;
  return encodeURIComponent(wellFormed(short));
}
