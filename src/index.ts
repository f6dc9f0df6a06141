// The public interface of the package: one function, and the types of what it takes and gives. Nothing else is public.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadPolicies, check as run } from "./check.ts";
import { builtinPolicies } from "./input/builtin-policies.ts";
import type { DeliveryCause } from "./model/delivery.ts";
import type { Report } from "./model/finding.ts";
import type { Assumption, PolicyFile, Waiver } from "./model/policy.ts";

export type { DeliveryCause } from "./model/delivery.ts";
export type {
  AuditorComplaint,
  Cause,
  CauseCode,
  ChainLink,
  ControlSummary,
  Evidence,
  Finding,
  Link,
  Metric,
  NearMiss,
  Note,
  PatternGap,
  Place,
  Remark,
  RemarkCode,
  Report,
  SelectorGap,
  Shown,
  SilentAlarm,
  Told,
  Verdict,
  WaiverUse,
} from "./model/finding.ts";
export type { InputSummary } from "./model/graph.ts";
export type { Json, JsonObject } from "./model/json.ts";
export type { Assumption, PolicyFile, Severity, Waiver } from "./model/policy.ts";
export { InputError, type InputProblem } from "./model/problem.ts";
export type { SourceLocation } from "./model/source.ts";
export type { UnknownOrigin } from "./model/value.ts";

/** A plan or state in JSON, as text or as the bytes of the file, in any encoding that the command line reads too. */
export type Content = string | Uint8Array;

export interface CheckOptions {
  readonly plan: Content;
  /** What the report calls the plan; "plan.json" by default. */
  readonly label?: string;
  /** Plans and states that hold other parts of the chain, by the names that the report gives them. */
  readonly others?: Readonly<Record<string, Content>>;
  /** `NAME@VERSION`: every control that the version numbers, by its own text. */
  readonly benchmark?: string;
  /** Ids or globs. Without these and without `benchmark`: aws-unauthorized-api-calls-alarm. */
  readonly controls?: readonly string[];
  /** Policies beside those that come with tfcheck. */
  readonly policies?: readonly PolicyFile[];
  readonly assumptions?: readonly Assumption[];
  readonly waivers?: readonly Waiver[];
  readonly acceptPending?: boolean;
  /** Which breaks of the delivery are taken as remarks, by code of their cause. */
  readonly delivery?: Readonly<Partial<Record<DeliveryCause, "violated" | "remark">>>;
  /** YYYY-MM-DD, for waivers that end; the current day (UTC) by default. */
  readonly today?: string;
}

/**
 * Whether an unauthorized AWS API call will raise an alarm that reaches someone once the plan is applied.
 * Throws InputError, which says each problem, for input that cannot be used. Reads no files but its own.
 */
export async function check(options: CheckOptions): Promise<Report> {
  const [policies, version] = await Promise.all([
    readOwn("./policies.json").then(builtinPolicies),
    readOwn("../package.json").then((text): string => JSON.parse(text).version),
  ]);
  return run({
    subject: {
      plan: { label: options.label ?? "plan.json", bytes: toBytes(options.plan) },
      sources: undefined,
    },
    others: Object.entries(options.others ?? {}).map(([label, content]) => ({
      plan: { label, bytes: toBytes(content) },
      sources: undefined,
    })),
    policies: await loadPolicies(policies, options.policies ?? []),
    selection: { benchmark: options.benchmark, controls: options.controls ?? [] },
    assumptions: options.assumptions ?? [],
    waivers: options.waivers ?? [],
    acceptPending: options.acceptPending ?? false,
    delivery: new Map(Object.entries(options.delivery ?? {}) as [DeliveryCause, "violated" | "remark"][]),
    today: options.today ?? new Date().toISOString().slice(0, 10),
    version,
  });
}

function readOwn(path: string): Promise<string> {
  return readFile(join(import.meta.dirname, path), "utf8");
}

function toBytes(content: Content): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
