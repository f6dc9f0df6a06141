// Which command printed an output: by what is in it, and for empty files and outputs that do not say what they are
// about, by the file's name.

import { get, isArray, isObject, type JsonObject } from "../../model/json.ts";
import { COMMANDS, type OutputKind } from "./commands.ts";

/** What a file's name says: `eu-west-1/get-trail-status.main.json`. */
export interface NamedOutput {
  /** `undefined`: it is called after no command. */
  readonly kind: OutputKind | undefined;
  readonly about: string | undefined;
  readonly region: string | undefined;
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d+$/;

/** `path` is relative to the directory, with slashes. */
export function nameOfOutput(path: string): NamedOutput {
  const parts = path.split("/");
  const base = (parts.pop() ?? "").replace(/\.json$/i, "");
  const [command = "", ...rest] = base.split(".");
  const regions = [...parts, ...rest].filter((part) => REGION.test(part));
  const about = rest.filter((part) => !REGION.test(part)).join(".");
  return {
    kind: kindOfCommand(command),
    about: about === "" ? undefined : decoded(about),
    region: regions.at(-1),
  };
}

function kindOfCommand(command: string): OutputKind | undefined {
  const names = Object.keys(COMMANDS) as OutputKind[];
  return names.find((kind) => COMMANDS[kind].command === command);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `undefined`: none of the outputs that an audit reads. */
export function kindOfOutput(root: JsonObject, named: OutputKind | undefined): OutputKind | undefined {
  const lists: readonly (readonly [key: string, kind: OutputKind])[] = [
    ["trailList", "trails"],
    ["Trails", "trail-names"],
    ["metricFilters", "metric-filters"],
    ["logGroups", "log-groups"],
    ["MetricAlarms", "alarms"],
    ["CompositeAlarms", "alarms"],
    ["EventSelectors", "event-selectors"],
    ["AdvancedEventSelectors", "event-selectors"],
    ["Topics", "topics"],
  ];
  const found = lists.find(([key]) => isArray(get(root, key)));
  if (found !== undefined) return found[1];
  if (isArray(get(root, "Subscriptions"))) {
    return named === "all-subscriptions" || topicsIn(root) > 1 ? "all-subscriptions" : "subscriptions";
  }
  if (get(root, "IsLogging") !== undefined) return "trail-status";
  if (isObject(get(root, "Trail"))) return "trail";
  if (isObject(get(root, "KeyMetadata"))) return "key";
  if (isObject(get(root, "Attributes"))) return kindOfAttributes(get(root, "Attributes"));
  if (typeof get(root, "Policy") === "string") return "key-policy";
  return typeof get(root, "Account") === "string" ? "identity" : undefined;
}

function kindOfAttributes(attributes: unknown): OutputKind | undefined {
  if (get(attributes, "SubscriptionArn") !== undefined) return "subscription-attributes";
  if (get(attributes, "TopicArn") !== undefined) return "topic-attributes";
  return get(attributes, "QueueArn") === undefined ? undefined : "queue-attributes";
}

function topicsIn(root: JsonObject): number {
  const subscriptions = get(root, "Subscriptions");
  const topics = isArray(subscriptions) ? subscriptions.map((one) => get(one, "TopicArn")) : [];
  return new Set(topics).size;
}
