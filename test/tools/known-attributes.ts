// Which attributes types of resources have, read off the plans of the scenarios: real ones, made by Terraform.

import type { Finding } from "../../src/model/finding.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { SCENARIOS } from "./scenarios.ts";

/**
 * Newer than the provider of the scenarios.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 */
const NEWER = ["apply_on_transformed_logs", "emit_system_field_dimensions", "field_selection_criteria"];

const NAMES = new Map<string, Set<string>>([["aws_cloudwatch_log_metric_filter", new Set(NEWER)]]);

for (const { plan } of SCENARIOS) {
  for (const { type, change } of (plan.resource_changes ?? []) as readonly JsonObject[]) {
    const { before, after, after_unknown } = change as JsonObject;
    const names = NAMES.get(String(type)) ?? new Set();
    for (const part of [before, after, after_unknown]) for (const name of keysOf(part)) names.add(name);
    NAMES.set(String(type), names);
  }
}

function keysOf(value: Json | undefined): readonly string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

type Answer = Pick<Finding, "verdict" | "causes" | "remarks" | "chain">;

/**
 * What is wrong with what a finding shows: resources under names of attributes that their types do not have (types
 * without a real plan are let be), a breach (but by what is removed) or a link that holds with nothing to look at.
 */
export function strangeEvidence({ verdict, causes, remarks, chain }: Answer): readonly string[] {
  const told = [...causes, ...remarks, ...chain].flatMap(({ evidence }) => evidence);
  const strange = told.flatMap(({ place, attribute }) => {
    const type = place.address.match(/(aws_\w+)\.[^.]+$/)?.[1] ?? "";
    const known = NAMES.get(type);
    if (attribute === undefined || known === undefined) return [];
    return known.has(attribute.split(/[.[]/)[0] ?? "") ? [] : [`${place.address}: ${attribute}`];
  });
  const bare =
    verdict === "violated"
      ? causes.filter(({ code, evidence }) => evidence.length === 0 && !code.endsWith("-removed"))
      : [];
  const empty = chain.filter(({ state, evidence }) => state === "holds" && evidence.length === 0);
  return [...strange, ...bare.map(({ code }) => `${code} shows nothing`), ...empty.map(({ link }) => link)];
}
