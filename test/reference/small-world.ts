// A small AWS of which everything is known: the objects of the chain, and where they are. What the reference model
// judges, and what the generator of random chains makes. Shares nothing with src.

export interface Site {
  readonly account: string;
  readonly region: string;
}

interface Located {
  /** Unique in its world. */
  readonly id: string;
  readonly site: Site;
  readonly name: string;
}

export interface Group extends Located {
  readonly standard: boolean;
}

// Policies

/** One condition of a statement; its values are alternatives, and `*` in them stands for any text where the operator says so. */
export interface Condition {
  readonly operator:
    | "ArnLike"
    | "ArnEquals"
    | "StringEquals"
    | "StringLike"
    | "StringNotEquals"
    | "StringEqualsIfExists"
    | "Bool";
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement of a policy. `*` at the end of actions, and anywhere in resources, stands for any text. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  /** `undefined`: the policy belongs to a role, and speaks of nobody else. An account never stands for a service. */
  readonly principal: "*" | { readonly service: string } | { readonly account: string } | undefined;
  readonly actions: readonly string[];
  /** `undefined`: a trust policy, which has none. */
  readonly resources: readonly string[] | undefined;
  readonly conditions: readonly Condition[];
}

export type Policy = readonly Statement[];

/** A policy that is written as an object of its own. */
export interface Attached extends Located {
  /** Id of what it is the policy of. */
  readonly to: string;
  readonly policy: Policy;
}

/** What encrypts a topic or queue: a key of the world, by itself or by the name of an alias; or one elsewhere. */
export type Encryption =
  | undefined
  | "aws-managed"
  | "elsewhere"
  | { readonly key: string }
  | { readonly alias: string };

export interface Key extends Located {
  readonly enabled: boolean;
  /** `undefined`: the default policy, which lets the account in and no service. */
  readonly policy: Policy | undefined;
}

export interface Alias extends Located {
  readonly key: string;
}

/** What a trail writes to its log group with. */
export interface Role extends Located {
  readonly trust: Policy;
}

/** What one event selector takes. */
export interface Selector {
  readonly management: boolean;
  readonly readWrite: "All" | "ReadOnly" | "WriteOnly";
  readonly excludedSources: readonly string[];
}

export interface Trail extends Located {
  readonly multiRegion: boolean;
  readonly logging: boolean;
  /** Id of a group of its own site. */
  readonly group: string | undefined;
  /** None: the default, which records all management events. */
  readonly selectors: readonly Selector[];
  /** Id of a role of its own account. */
  readonly role: string | "elsewhere" | undefined;
}

/** A filter pattern as a tree; comparisons of text with `*` at either end. */
export type PatternTree =
  | { readonly kind: "everything" }
  | { readonly kind: "all"; readonly of: readonly PatternTree[] }
  | { readonly kind: "any"; readonly of: readonly PatternTree[] }
  | {
      readonly kind: "test";
      readonly field: string;
      readonly operator: "=" | "!=";
      readonly text: string;
    };

export interface Filter extends Located {
  /** Id of the group it sits on, which is of its own site. */
  readonly group: string;
  readonly pattern: PatternTree;
  readonly namespace: string;
  readonly metric: string;
  readonly value: number;
  readonly defaultValue: number | undefined;
}

export type Action = { readonly topic: string } | { readonly foreign: string };

interface Notifier extends Located {
  readonly actionsEnabled: boolean;
  readonly actions: readonly Action[];
}

export interface Alarm extends Notifier {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: "Sum" | "Maximum" | "Average" | "SampleCount";
  readonly periodSeconds: number;
  readonly threshold: number;
  readonly comparison:
    | "GreaterThanOrEqualToThreshold"
    | "GreaterThanThreshold"
    | "LessThanThreshold"
    | "LessThanOrEqualToThreshold";
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number | undefined;
  readonly missingData: "missing" | "notBreaching" | "breaching" | "ignore";
}

/** Goes off when any of the alarms below it does. */
export interface Composite extends Notifier {
  readonly over: readonly string[];
}

export interface Topic extends Located {
  readonly fifo: boolean;
  /** What it says itself; an attached policy takes its place. `undefined`: the default policy of AWS. */
  readonly policy: Policy | undefined;
  readonly encryption: Encryption;
}

export interface Queue extends Located {
  readonly fifo: boolean;
  readonly policy: Policy | undefined;
  readonly encryption: Encryption;
}

export interface Lambda extends Located {}

/** Lets one caller call a function. */
export interface Permission extends Located {
  readonly function: string;
  readonly principal: string;
  readonly action: string;
  readonly sourceArn: string | undefined;
  readonly sourceAccount: string | undefined;
}

/** One test of a filter policy on the text at a path. */
export type Matcher =
  | { readonly is: string }
  | { readonly prefix: string }
  | { readonly suffix: string }
  | { readonly not: readonly string[] }
  | { readonly exists: boolean };

export interface FilterPolicy {
  readonly scope: "MessageBody" | "MessageAttributes";
  /** By path into the message, with dots. All have to hold; of one path's matchers any. */
  readonly paths: Readonly<Record<string, readonly Matcher[]>>;
}

export interface Subscription extends Located {
  readonly topic: string;
  readonly protocol: "sqs" | "lambda" | "email" | "https" | "sms";
  /** Id of a queue or function; `undefined`: what is behind it is not in the world. */
  readonly endpoint: string | undefined;
  /** A queue elsewhere is called as a FIFO queue is. */
  readonly fifoElsewhere: boolean;
  /** HTTPS only: the endpoint confirms by itself. */
  readonly autoConfirms: boolean;
  /** Where the subscription stands already: whether somebody has confirmed it. */
  readonly confirmed: boolean;
  readonly filter: FilterPolicy | undefined;
}

export interface SmallWorld {
  /** Everything is made by the plan. */
  readonly fresh: boolean;
  /** Ids of what the plan makes where not everything is; the rest stands already. */
  readonly made: readonly string[];
  readonly groups: readonly Group[];
  readonly trails: readonly Trail[];
  readonly filters: readonly Filter[];
  readonly alarms: readonly Alarm[];
  readonly composites: readonly Composite[];
  readonly topics: readonly Topic[];
  readonly topicPolicies: readonly Attached[];
  readonly keys: readonly Key[];
  readonly keyPolicies: readonly Attached[];
  readonly aliases: readonly Alias[];
  readonly queues: readonly Queue[];
  readonly queuePolicies: readonly Attached[];
  readonly functions: readonly Lambda[];
  readonly permissions: readonly Permission[];
  readonly roles: readonly Role[];
  readonly rolePolicies: readonly Attached[];
  readonly subscriptions: readonly Subscription[];
}

export function isMade({ fresh, made }: SmallWorld, id: string): boolean {
  return fresh || made.includes(id);
}

export function sameSite(a: Located, b: Located): boolean {
  return a.site.account === b.site.account && a.site.region === b.site.region;
}

/** The beginning of each kind's name within its ARN. */
const ARN_FORMS = {
  group: "logs:log-group:",
  trail: "cloudtrail:trail/",
  alarm: "cloudwatch:alarm:",
  topic: "sns:",
  queue: "sqs:",
  function: "lambda:function:",
  key: "kms:key/",
  alias: "kms:",
} as const;

/** Source: https://docs.aws.amazon.com/service-authorization/latest/reference/ (resource types of each service) */
export function arnOf(
  kind: keyof typeof ARN_FORMS | "role",
  { site, name }: Pick<Located, "site" | "name">,
): string {
  if (kind === "role") return `arn:aws:iam::${site.account}:role/${name}`;
  const [service, ...before] = ARN_FORMS[kind].split(":");
  return `arn:aws:${service}:${site.region}:${site.account}:${before.join(":")}${name}`;
}
