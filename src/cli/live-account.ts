// Asks an account everything the chain can rest on, link by link: what one answer names, the next question is about.

import { commandText, fileNameOf, type Question } from "../input/account/commands.ts";
import type { OutputFile } from "../input/account/outputs.ts";
import type { AccountFiles } from "../input/account/read-account.ts";
import { get, isArray, isObject, type Json, type JsonObject } from "../model/json.ts";
import { type AwsOptions, askAws } from "./aws.ts";

/** Questions put at the same time. */
const AT_ONCE = 4;

/** More topics than this are not asked about; those left out are told as not asked. */
const MAX_TOPICS = 200;

interface Asking {
  /** The answer as JSON; `undefined` where there is none. */
  ask(question: Question): Promise<JsonObject | undefined>;
}

/** Throws InputError where AWS answers nothing at all. What is refused is an empty output, as a shell leaves it. */
export async function askAccount(options: AwsOptions): Promise<AccountFiles> {
  const files = new Map<string, OutputFile>();
  const refused: { command: string; said: string }[] = [];
  const ask = async (question: Question): Promise<JsonObject | undefined> => {
    const path = fileNameOf(question);
    if (files.has(path)) return undefined;
    files.set(path, { path, bytes: new Uint8Array() });
    const answer = await askAws(question, options);
    if (answer.kind === "refused") {
      refused.push({ command: commandText(question), said: answer.said });
      return undefined;
    }
    files.set(path, { path, bytes: answer.bytes });
    return jsonOf(answer.bytes);
  };
  const [identity] = await allOf([{ kind: "identity" }, { kind: "trails" }], async (question: Question) => ({
    question,
    answer: await ask(question),
  }));
  const trails = get(jsonOf(files.get("describe-trails.json")?.bytes), "trailList");
  await askAboutTrails({ ask }, objects(trails));
  const account = text(identity?.answer, "Account");
  return {
    label: account === undefined ? "account" : `account ${account}`,
    directory: undefined,
    files: [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    refused,
  };
}

function jsonOf(bytes: Uint8Array | undefined): JsonObject | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(json) ? json : undefined;
  } catch {
    // Reading the outputs as a whole says what is wrong with it.
    return undefined;
  }
}

/** Trails of one region alone cannot hold the chain, nor can those that deliver to no log group: nothing more is asked. */
async function askAboutTrails(asking: Asking, trails: readonly JsonObject[]): Promise<void> {
  const able = trails.filter((trail) => trail.IsMultiRegionTrail === true);
  const delivering = able.filter((trail) => text(trail, "CloudWatchLogsLogGroupArn") !== undefined);
  const about = able.flatMap((trail): Question[] => {
    const [arn, region] = [text(trail, "TrailARN"), text(trail, "HomeRegion")];
    if (arn === undefined || region === undefined) return [];
    return [
      { kind: "trail-status", about: arn, region },
      { kind: "event-selectors", about: arn, region },
    ];
  });
  await allOf(about, (question) => asking.ask(question));
  const homes = [...new Set(delivering.flatMap((trail) => text(trail, "HomeRegion") ?? []))];
  for (const region of homes) {
    const groups = delivering
      .filter((trail) => text(trail, "HomeRegion") === region)
      .flatMap(
        (trail) => /:log-group:([^:*]+)/.exec(text(trail, "CloudWatchLogsLogGroupArn") ?? "")?.[1] ?? [],
      );
    await askAboutRegion(asking, region, [...new Set(groups)]);
  }
}

async function askAboutRegion(asking: Asking, region: string, groups: readonly string[]): Promise<void> {
  const questions: readonly Question[] = [
    { kind: "metric-filters", region },
    { kind: "alarms", region },
    { kind: "alarms", about: "CompositeAlarm", region },
    ...groups.map((about): Question => ({ kind: "log-groups", about, region })),
  ];
  const answers = await allOf(questions, (question) => asking.ask(question));
  const [filters, alarms, composites] = answers;
  const topics = topicsToldBy(filters, alarms, composites).slice(0, MAX_TOPICS);
  await allOf(topics, (topic) => askAboutTopic(asking, topic));
}

/** The topics of alarms that speak of a metric of the filters, and of all composite alarms. */
function topicsToldBy(
  ...[filters, alarms, composites]: readonly (JsonObject | undefined)[]
): readonly string[] {
  const metrics = objects(get(filters, "metricFilters"))
    .flatMap((filter) => objects(filter.metricTransformations))
    .flatMap((one) => text(one, "metricName") ?? []);
  const concerned = objects(get(alarms, "MetricAlarms")).filter((alarm) => {
    const watched = JSON.stringify([alarm.MetricName, alarm.Metrics, alarm.EvaluationCriteria]);
    return metrics.some((name) => watched.includes(JSON.stringify(name).slice(1, -1)));
  });
  const actions = [...concerned, ...objects(get(composites, "CompositeAlarms"))].flatMap((alarm) =>
    isArray(alarm.AlarmActions) ? alarm.AlarmActions : [],
  );
  const arns = actions.filter((action): action is string => {
    return typeof action === "string" && /^arn:[\w-]+:sns:/.test(action);
  });
  return [...new Set(arns)];
}

async function askAboutTopic(asking: Asking, topic: string): Promise<void> {
  const region = topic.split(":")[3];
  const listing = await asking.ask({ kind: "subscriptions", about: topic, region });
  const attributes = await asking.ask({ kind: "topic-attributes", about: topic, region });
  for (const subscription of objects(get(listing, "Subscriptions"))) {
    const arn = text(subscription, "SubscriptionArn");
    if (arn?.startsWith("arn:") === true) {
      await asking.ask({ kind: "subscription-attributes", about: arn, region });
    }
  }
  const key = text(get(attributes, "Attributes"), "KmsMasterKeyId");
  if (key !== undefined) await askAboutKey(asking, key, region);
}

async function askAboutKey(asking: Asking, key: string, region: string | undefined): Promise<void> {
  const metadata = get(await asking.ask({ kind: "key", about: key, region }), "KeyMetadata");
  const id = text(metadata, "KeyId");
  if (id === undefined || get(metadata, "KeyManager") === "AWS") return;
  await asking.ask({ kind: "key-policy", about: id, more: ["--policy-name", "default"], region });
}

/** In the order of the items, a few at a time. */
async function allOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  }
  return results;
}

function objects(json: Json | undefined): readonly JsonObject[] {
  return isArray(json) ? json.filter(isObject) : [];
}

function text(json: Json | undefined, key: string): string | undefined {
  const value = get(json, key);
  return typeof value === "string" && value !== "" ? value : undefined;
}
