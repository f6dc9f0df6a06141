// What is said otherwise of an account than of code: no apply is waited for, and what mends it is an AWS command.

import type { CauseCode, Told } from "../../model/finding.ts";
import type { CauseByCode, Wording } from "./told.ts";
import { shownText, tellOrigin } from "./told.ts";

/** What replaces the words of code; `SAME` where they fit an account as well. */
type AccountTellers = { readonly [C in CauseCode]: (cause: CauseByCode[C]) => Partial<Wording> };

const SAME = (): Partial<Wording> => ({});

const help = (text: string | undefined): Partial<Wording> => ({ help: text });

const OTHER_ACCOUNT = "audit the account that owns it too: tfcheck audit DIR --with OTHER-DIR";

export const ACCOUNT_TELLERS: AccountTellers = {
  "nothing-to-check": () => ({
    sentence: "no output tells of a CloudTrail trail, so nothing can be said",
    help: "aws cloudtrail describe-trails --output json",
    notes: [],
  }),
  "no-trail": () => ({
    sentence: "the account has no CloudTrail trail, so no log group gets any event",
    help: "aws cloudtrail create-trail --name NAME --s3-bucket-name BUCKET --is-multi-region-trail",
  }),
  "trail-removed": SAME,
  "trail-not-multi-region": (cause) =>
    help(`aws cloudtrail update-trail --name ${nameIn(cause)} --is-multi-region-trail`),
  "trail-not-logging": (cause) => help(`aws cloudtrail start-logging --name ${nameIn(cause)}`),
  "trail-without-log-group": (cause) =>
    help(
      `aws cloudtrail update-trail --name ${nameIn(cause)} --cloud-watch-logs-log-group-arn GROUP-ARN --cloud-watch-logs-role-arn ROLE-ARN`,
    ),
  "trail-misses-management-events": (cause) =>
    help(
      `let its selectors take all management events, read and write: aws cloudtrail put-event-selectors --trail-name ${nameIn(cause)}`,
    ),
  "log-group-without-trail": () =>
    help("aws cloudtrail update-trail --name TRAIL --cloud-watch-logs-log-group-arn GROUP-ARN"),
  "trail-of-another-account": () => help(OTHER_ACCOUNT),
  "trail-outside-inputs": () => help(OTHER_ACCOUNT),
  "trail-role-cannot-write": SAME,
  "trail-log-group-arn-incomplete": SAME,
  "no-filter": (cause) => help(putFilter(cause, groupIn(cause), cause.required)),
  "no-filter-on-log-group": () => help("put the filter on the log group that the trail delivers to"),
  "filters-outside-inputs": () => ({
    sentence:
      "the trail delivers to a log group outside this account, and which filters sit there is not known",
    help: OTHER_ACCOUNT,
  }),
  "pattern-misses-event": (cause) =>
    help(putFilter(cause, shownText(cause.evidence, "log_group_name"), cause.required)),
  "pattern-matches-everyday-calls": SAME,
  "pattern-unreadable": SAME,
  "pattern-not-decided": SAME,
  "log-group-class-without-metrics": () => help("let the trail deliver to a log group of class STANDARD"),
  "filter-not-understood": () => help("put the filter anew, on the pattern alone"),
  "filter-on-transformed-logs": () => help("put the filter anew, without applying it on transformed logs"),
  "no-alarm": ({ metric }) => help(putAlarm(metric.name, metric.namespace)),
  "no-alarm-on-metric": ({ metric }) => help(putAlarm(metric.name, metric.namespace)),
  "alarm-cannot-fire": (cause) => help(changeAlarm(cause)),
  "alarm-always-on": (cause) => help(changeAlarm(cause)),
  "alarm-not-understood": SAME,
  "alarm-muted": SAME,
  "composite-alarm-not-decided": SAME,
  "alarm-suppressed": (cause) =>
    help(`take the suppressor away: aws cloudwatch put-composite-alarm --alarm-name ${nameIn(cause)}`),
  "alarm-actions-disabled": (cause) =>
    help(`aws cloudwatch enable-alarm-actions --alarm-names ${nameIn(cause)}`),
  "alarm-without-actions": (cause) => help(`add a topic to its actions: ${changeAlarm(cause)}`),
  "alarm-actions-without-topic": (cause) => help(`add a topic to its actions: ${changeAlarm(cause)}`),
  "topic-in-other-region": SAME,
  "topic-key-shuts-cloudwatch-out": ({ how }) =>
    how !== "aws-managed-key"
      ? how === "key-disabled"
        ? help("aws kms enable-key --key-id KEY")
        : {}
      : help(
          "aws sns set-topic-attributes --topic-arn TOPIC-ARN --attribute-name KmsMasterKeyId --attribute-value KEY",
        ),
  "topic-policy-shuts-cloudwatch-out": SAME,
  "no-subscription": (cause) => help(subscribe(cause)),
  "no-subscription-on-topic": (cause) => help(subscribe(cause)),
  "subscription-pending": ({ protocol }) => ({
    sentence: `the ${protocol === "" ? "" : `${protocol} `}subscription is not confirmed, so it receives nothing`,
    help: "let its receiver confirm it, or accept it as it is with --accept-pending",
  }),
  "subscription-filters-alarm-away": () => help(DROP_FILTER),
  "filter-policy-refused": () => help(DROP_FILTER),
  "filter-policy-not-decided": SAME,
  "queue-shuts-topic-out": SAME,
  "function-shuts-topic-out": SAME,
  "stream-role-cannot-write": SAME,
  "endpoint-not-for-topic": SAME,
  "subscribers-outside-inputs": ({ subject }) => ({
    sentence: "who receives this topic is not in the outputs",
    help: `aws sns list-subscriptions-by-topic --topic-arn ${quoted(subject?.address ?? "TOPIC-ARN")} --output json`,
  }),
  "not-known-before-apply": ({ attribute, origin }) => {
    const { clause, help: command } = tellOrigin(origin);
    const what = ATTRIBUTES.get(attribute) ?? attribute;
    return origin.why === "after-apply"
      ? { sentence: `${what} is not in the outputs`, help: KEY_COMMAND.get(attribute) }
      : { sentence: `${what} ${clause}`, help: command };
  },
  "may-not-exist": SAME,
  "more-may-exist": ({ type, origin }) => {
    const { clause, help: command } = tellOrigin(origin);
    return { sentence: `which ${LISTED.get(type) ?? type} there are ${clause}`, help: command };
  },
  "attribute-differs": ({ attribute, subject }) =>
    help(
      attribute === "enable_log_file_validation"
        ? `aws cloudtrail update-trail --name ${nameIn({ subject })} --enable-log-file-validation`
        : undefined,
    ),
  "no-such-resource": ({ type }) => ({
    sentence: `an audit does not read ${type}`,
    help: "check the plan or the code for this control",
  }),
};

const DROP_FILTER =
  "aws sns set-subscription-attributes --subscription-arn ARN --attribute-name FilterPolicy --attribute-value {}";

const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ["is_multi_region_trail", "whether the trail records all regions"],
  ["enable_logging", "whether the trail is switched on"],
  ["event_selector", "which events the trail records"],
  ["advanced_event_selector", "which events the trail records"],
  ["pending_confirmation", "who is subscribed"],
  ["filter_policy", "what the subscription's filter policy lets through"],
  ["policy", "whom the policy lets in"],
  ["kms_master_key_id", "whether CloudWatch may use the topic's key"],
]);

const KEY_COMMAND: ReadonlyMap<string, string> = new Map([
  ["kms_master_key_id", "aws kms describe-key --key-id KEY, and aws kms get-key-policy --key-id KEY"],
]);

const LISTED: ReadonlyMap<string, string> = new Map([
  ["aws_cloudtrail", "trails"],
  ["aws_cloudwatch_log_metric_filter", "metric filters"],
  ["aws_cloudwatch_metric_alarm", "alarms"],
  ["aws_cloudwatch_composite_alarm", "composite alarms"],
  ["aws_sns_topic_subscription", "subscriptions"],
]);

const KINDS = /^(trail|log group|metric filter|composite alarm|alarm|topic|key|queue) /;

/** The name that AWS knows an object by, from the one that reports give it: `alarm denied (eu-west-1)`. */
function nameIn({ subject }: Pick<Told, "subject">): string {
  return subject === undefined ? "NAME" : quoted(plainName(subject.address));
}

function plainName(address: string): string {
  return address.replace(KINDS, "").replace(/ \([a-z]{2}-[a-z-]+-\d\)$/, "");
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function groupIn({ subject }: Told): string | undefined {
  return subject === undefined ? undefined : plainName(subject.address);
}

/** Trails know their group by its ARN, and the command takes its name. */
function nameOfGroup(group: string): string {
  return /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:(.+?)(?::\*)?$/.exec(group)?.[1] ?? group;
}

function putFilter({ subject }: Told, group: string | undefined, pattern: string | undefined): string {
  const isFilter = subject?.address.startsWith("metric filter ") === true;
  const name = isFilter ? nameIn({ subject }) : "NAME";
  const asked = pattern === undefined ? "PATTERN" : quoted(pattern);
  return [
    `aws logs put-metric-filter --log-group-name ${quoted(nameOfGroup(group ?? "GROUP"))} --filter-name ${name}`,
    `--filter-pattern ${asked}`,
    "--metric-transformations metricName=NAME,metricNamespace=NAMESPACE,metricValue=1",
  ].join(" ");
}

function putAlarm(name: string, namespace: string): string {
  const metric = `--metric-name ${quoted(name || "NAME")} --namespace ${quoted(namespace || "NAMESPACE")}`;
  return [
    `aws cloudwatch put-metric-alarm --alarm-name NAME ${metric}`,
    "--statistic Sum --period 300 --evaluation-periods 1 --threshold 1",
    "--comparison-operator GreaterThanOrEqualToThreshold --alarm-actions TOPIC-ARN",
  ].join(" ");
}

function changeAlarm({ subject }: Told): string {
  return `aws cloudwatch put-metric-alarm --alarm-name ${nameIn({ subject })}`;
}

/** The topic's ARN stands among the alarm's actions. */
function subscribe({ subject, evidence }: Told): string {
  const name = subject === undefined ? undefined : plainName(subject.address);
  const actions = shownText(evidence, "alarm_actions")?.match(/arn:[^"]+/g) ?? [];
  const arn = actions.find((action) => action === name || action.endsWith(`:${name}`)) ?? "TOPIC-ARN";
  return `aws sns subscribe --topic-arn ${quoted(arn)} --protocol email --notification-endpoint ADDRESS`;
}
