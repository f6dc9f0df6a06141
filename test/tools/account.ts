// Outputs of AWS commands as tests write them down, and the audit of them in process.

import { readdirSync, readFileSync } from "node:fs";
import type { StackFiles } from "../../src/check.ts";
import type { Finding, Report } from "../../src/model/finding.ts";
import type { Json } from "../../src/model/json.ts";
import { reportOn } from "./check-plan.ts";

/** By file name; text is taken as it is, and `null` leaves a file out. */
export type OutputTexts = Readonly<Record<string, Json>>;

export function accountOf(outputs: OutputTexts, label = "outputs"): StackFiles {
  const encoder = new TextEncoder();
  const files = Object.entries(outputs)
    .filter(([, content]) => content !== null)
    .map(([path, content]) => ({
      path,
      bytes: encoder.encode(typeof content === "string" ? content : JSON.stringify(content)),
    }));
  return { plan: undefined, sources: undefined, account: { label, directory: label, files } };
}

export function auditReport(outputs: OutputTexts, others: readonly StackFiles[] = []): Promise<Report> {
  return reportOn(accountOf(outputs), others);
}

export async function auditOf(outputs: OutputTexts): Promise<Finding> {
  const [finding] = (await auditReport(outputs)).findings;
  if (finding === undefined) throw new Error("one control gives one finding");
  return finding;
}

/** `violated alarm no-alarm alarm denied`: verdict, link, first cause and what it is about. */
export function toldOf({ verdict, link, causes: [main] }: Finding): string {
  return [verdict, link, main?.code].filter((word) => word !== undefined).join(" ");
}

/** A directory below test/audit. */
export function recordedOutputs(folder: string): OutputTexts {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".json"),
  );
  return Object.fromEntries(
    paths.map((path) => [path.replaceAll("\\", "/"), readFileSync(`${folder}/${path}`, "utf8")]),
  );
}

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:alerts";
const TRAIL = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main";

/** The six outputs of an audit by hand, of an account in which the chain holds. */
export const GOOD: OutputTexts = {
  "describe-trails.json": {
    trailList: [
      {
        Name: "main",
        TrailARN: TRAIL,
        HomeRegion: "eu-west-1",
        IsMultiRegionTrail: true,
        IsOrganizationTrail: false,
        CloudWatchLogsLogGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:calls:*",
        HasCustomEventSelectors: true,
      },
    ],
  },
  "get-trail-status.json": { IsLogging: true },
  "get-event-selectors.json": {
    TrailARN: TRAIL,
    EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [] }],
  },
  "describe-metric-filters.json": {
    metricFilters: [
      {
        filterName: "denied",
        filterPattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
        metricTransformations: [{ metricName: "Denied", metricNamespace: "Security", metricValue: "1" }],
        logGroupName: "calls",
      },
    ],
  },
  "describe-alarms.json": { MetricAlarms: [alarm()], CompositeAlarms: [] },
  "list-subscriptions-by-topic.json": { Subscriptions: [subscription()] },
};

export function alarm(changes: Readonly<Record<string, Json>> = {}): Json {
  return {
    AlarmName: "denied",
    AlarmArn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:denied",
    ActionsEnabled: true,
    AlarmActions: [TOPIC],
    MetricName: "Denied",
    Namespace: "Security",
    Statistic: "Sum",
    Dimensions: [],
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    ...changes,
  };
}

export function subscription(changes: Readonly<Record<string, Json>> = {}): Json {
  return {
    SubscriptionArn: `${TOPIC}:00000000-0000-4000-8000-000000000001`,
    Owner: "111122223333",
    Protocol: "email",
    Endpoint: "security@example.com",
    TopicArn: TOPIC,
    ...changes,
  };
}
