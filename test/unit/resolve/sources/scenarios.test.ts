// What the configuration alone says against what a real plan of it knows.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { get, isArray, isObject, type Json } from "../../../../src/model/json.ts";
import { child, type Value } from "../../../../src/model/value.ts";
import { filesBelow, graphOf } from "./support.ts";

const SCENARIOS = "test/scenarios";

const CHAIN = new Set([
  "aws_cloudtrail",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_log_metric_filter",
  "aws_cloudwatch_metric_alarm",
  "aws_sns_topic",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
  "aws_sqs_queue",
  "aws_kms_key",
]);

/** Scenarios whose plan follows an earlier apply, or leaves something out on purpose, are not the code alone. */
const names = readdirSync(SCENARIOS)
  .filter((name) => statSync(join(SCENARIOS, name)).isDirectory())
  .filter((name) => {
    const plan = readPlan(name);
    const expected = JSON.parse(readFileSync(join(SCENARIOS, name, "expected.json"), "utf8")) as Json;
    const changes = get(plan, "resource_changes");
    const onlyCreates =
      isArray(changes) &&
      changes.every((change) => JSON.stringify(get(get(change, "change"), "actions")) === '["create"]');
    const args = get(expected, "plan_args");
    return onlyCreates && (!isArray(args) || args.length === 0);
  });

describe("attributes that a plan knows are the same from its code alone", () => {
  it("covers most scenarios", () => expect(names.length).toBeGreaterThan(50));

  it.each(names)("%s", async (name) => {
    const graph = await graphOf(filesBelow(join(SCENARIOS, name, "src")));
    const differences: string[] = [];
    const planned = plannedResources(get(get(readPlan(name), "planned_values"), "root_module"));
    for (const resource of planned) {
      const address = String(get(resource, "address"));
      const type = String(get(resource, "type"));
      if (!CHAIN.has(type)) continue;
      const instance = graph.byId(address);
      if (instance === undefined) {
        differences.push(`${address} is missing`);
        continue;
      }
      const values = get(resource, "values");
      for (const [attribute, wanted] of Object.entries(isObject(values) ? values : {})) {
        compare(`${address}.${attribute}`, instance.read(attribute), wanted, differences);
      }
    }
    const managed = graph.everything().map((instance) => instance.name);
    expect(managed).toEqual(planned.map((resource) => String(get(resource, "address"))).sort());
    expect(differences).toEqual(FROM_AWS[name] ?? []);
  });
});

/** What only AWS can say: the exceptions, each a data source that the plan has read. */
const FROM_AWS: Readonly<Record<string, readonly string[]>> = {
  "hard-coded-names": ["aws_cloudtrail.main.cloud_watch_logs_group_arn from data.aws_caller_identity.me"],
  "topic-by-data-source-subscribed": [
    "aws_cloudwatch_metric_alarm.unauthorized.alarm_actions[0] from data.aws_sns_topic.alarms",
    "aws_sns_topic_subscription.alarms.topic_arn from data.aws_sns_topic.alarms",
  ],
};

function readPlan(name: string): Json {
  return JSON.parse(readFileSync(join(SCENARIOS, name, "plan.json"), "utf8")) as Json;
}

function plannedResources(module: Json | undefined): readonly Json[] {
  const resources = get(module, "resources");
  const children = get(module, "child_modules");
  const own = isArray(resources) ? resources.filter((resource) => get(resource, "mode") === "managed") : [];
  return [...own, ...(isArray(children) ? children.flatMap(plannedResources) : [])];
}

/** Sets have no order, and an empty one is planned as null. What the plan leaves out is not known to it. */
function compare(place: string, value: Value, wanted: Json, differences: string[]): void {
  if (isObject(wanted)) {
    for (const [key, inner] of Object.entries(wanted))
      compare(`${place}.${key}`, child(value, key), inner, differences);
    return;
  }
  if (isArray(wanted) && value.kind === "list") {
    if (value.elements.length !== wanted.length)
      differences.push(`${place}: ${value.elements.length} elements, planned ${wanted.length}`);
    const left = [...value.elements];
    for (const [index, one] of wanted.entries()) {
      const fitting = left.findIndex((element) => isLike(element, one));
      const [element] = left.splice(Math.max(fitting, 0), 1);
      compare(`${place}[${index}]`, element ?? child(value, index), one, differences);
    }
    return;
  }
  const isEmpty = value.kind === "list" && value.elements.length === 0;
  const given = value.kind === "known" ? value.value : isEmpty ? null : value;
  if (given === wanted) return;
  const source = JSON.stringify(given).match(/data\.\w+\.\w+/)?.[0];
  const told =
    source === undefined
      ? `: ${JSON.stringify(given)}, planned ${JSON.stringify(wanted)}`
      : ` from ${source}`;
  differences.push(place + told);
}

function isLike(value: Value, wanted: Json): boolean {
  const differences: string[] = [];
  compare("", value, wanted, differences);
  return differences.length === 0;
}
