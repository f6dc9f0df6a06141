// One chain split over two configurations: each half alone, and both together with --with.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { get, isArray, isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { findingOf } from "../tools/check-plan.ts";

const SCENARIOS = new URL("../scenarios/", import.meta.url);

function plan(scenario: string): JsonObject {
  const json: unknown = JSON.parse(readFileSync(new URL(`${scenario}/plan.json`, SCENARIOS), "utf8"));
  if (!isObject(json)) throw new Error("no plan");
  return json;
}

/** The part of a plan about some resource types, as the plan of a configuration that holds only those. */
function part(whole: JsonObject, types: RegExp): string {
  const keep = (entry: Json) => types.test(String(get(entry, "type")));
  const configuration = get(whole, "configuration");
  const root = get(configuration, "root_module");
  const prior = get(whole, "prior_state");
  const values = get(prior, "values");
  const priorRoot = get(values, "root_module");
  return JSON.stringify({
    ...whole,
    planned_values: { root_module: {} },
    resource_changes: list(get(whole, "resource_changes")).filter(keep),
    configuration: {
      ...object(configuration),
      root_module: { ...object(root), resources: list(get(root, "resources")).filter(keep) },
    },
    ...(priorRoot !== undefined && {
      prior_state: {
        ...object(prior),
        values: {
          ...object(values),
          root_module: { resources: list(get(priorRoot, "resources")).filter(keep) },
        },
      },
    }),
  });
}

function list(json: Json | undefined): readonly Json[] {
  return isArray(json) ? json : [];
}

function object(json: Json | undefined): JsonObject {
  return isObject(json) ? json : {};
}

async function verdict(first: string, ...others: string[]): Promise<string> {
  const finding = await findingOf(first, others);
  return [finding.verdict, finding.link, finding.causes[0]?.code]
    .filter((word) => word !== undefined)
    .join(" ");
}

const SOURCES = /^aws_(cloudtrail|cloudwatch_log_)/;
const ALERTS = /^aws_(cloudwatch_metric_alarm|sns_|sqs_)/;
const LOGS = /^aws_cloudwatch_log_/;

describe("a chain over two stacks", () => {
  test.each(["hard-coded-names", "no-op-second-run"])("%s: halves and whole", async (scenario) => {
    const whole = plan(scenario);
    const [sources, alerts] = [part(whole, SOURCES), part(whole, ALERTS)];
    expect(await verdict(sources)).toBe("violated alarm no-alarm");
    expect(await verdict(alerts)).toBe("undecided trail nothing-to-check");
    expect(await verdict(sources, alerts)).toBe("satisfied");
    expect(await verdict(alerts, sources)).toBe("satisfied");
  });

  test("a trail in one stack and its log group in another, joined by the literal ARN", async () => {
    const whole = plan("hard-coded-names");
    const [trail, rest] = [part(whole, /^aws_cloudtrail$/), part(whole, /^aws_(cloudwatch_|sns_|sqs_)/)];
    expect(await verdict(trail)).toBe("undecided filter filters-outside-inputs");
    expect(await verdict(rest)).toBe("violated trail log-group-without-trail");
    expect(await verdict(rest, trail)).toBe("satisfied");
    expect(await verdict(part(whole, LOGS), trail)).toBe("violated alarm no-alarm");
  });

  test("what the plan of a stack does not know of its own state may not exist any more", async () => {
    const whole = plan("no-op-second-run");
    const prior = get(whole, "prior_state");
    expect(await verdict(part(whole, ALERTS), JSON.stringify(prior))).toBe("undecided trail may-not-exist");
  });

  test("what a plan destroys, the state of its stack cannot bring back", async () => {
    const whole = plan("subscription-deleted");
    const prior = JSON.stringify(get(whole, "prior_state"));
    expect(await verdict(prior)).toBe("satisfied");
    expect(await verdict(JSON.stringify(whole), prior)).toBe("violated subscription no-subscription");
    expect(await verdict(prior, JSON.stringify(whole))).toBe("violated subscription no-subscription");
  });

  test("the same object in a plan and in the state of the same stack is one object", async () => {
    const whole = plan("no-op-second-run");
    const prior = get(whole, "prior_state");
    expect(await verdict(JSON.stringify(whole), JSON.stringify(prior))).toBe("satisfied");
  });
});
