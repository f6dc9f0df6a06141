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
  /** Encrypted with the key that AWS manages, which lets CloudWatch not in. */
  readonly awsManagedKey: boolean;
}

export interface Subscription extends Located {
  readonly topic: string;
  readonly protocol: "sqs" | "lambda" | "email" | "https" | "sms";
  /** HTTPS only: the endpoint confirms by itself. */
  readonly autoConfirms: boolean;
  /** Where the subscription stands already: whether somebody has confirmed it. */
  readonly confirmed: boolean;
  /** What its filter policy does with the message of an alarm. */
  readonly policy: "none" | "lets-alarms" | "drops-alarms";
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
  readonly subscriptions: readonly Subscription[];
}

export function isMade({ fresh, made }: SmallWorld, id: string): boolean {
  return fresh || made.includes(id);
}

export function sameSite(a: Located, b: Located): boolean {
  return a.site.account === b.site.account && a.site.region === b.site.region;
}
