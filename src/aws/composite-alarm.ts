// Whether a composite alarm goes off when one alarm below it does. Whom it tells is not looked at here.

import { all, any, isUnset, not, stringOf, type Tri, type Value } from "../model/value.ts";
import { type AlarmRule, parseAlarmRule } from "./alarm-rule.ts";
import { type ArnScope, predictedArnText } from "./arn.ts";
import type { Attributes } from "./attributes.ts";
import { sameText } from "./same-text.ts";

/** An alarm that rules can name; a `ResourceInstance` fits. */
export interface NamedAlarm extends Attributes {
  readonly id: string;
  readonly scope: ArnScope;
}

/**
 * Whether the rule becomes true whenever the child goes to ALARM. "yes" when that alone suffices and the rule is
 * false while no alarm is in ALARM: an OR of ALARM() terms, in the main. "no" when the child does not occur in it,
 * or when it cannot make a difference. "maybe" where other alarms' states decide (AND, NOT), for a rule outside the
 * grammar, and under a suppressor, which holds the actions back while another alarm is in ALARM.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (AlarmRule,
 * ActionsSuppressor)
 */
export function ruleFiresWith(composite: Attributes, child: NamedAlarm): Tri {
  const suppressed = isUnset(composite.read("actions_suppressor")) === "yes" ? "yes" : "maybe";
  const rule = parseAlarmRule(composite.read("alarm_rule"));
  if (rule === undefined) return "maybe";
  const names = namesOf(child);
  return all([firesWith(rule, (name) => means(name, names)), suppressed]);
}

function firesWith(rule: AlarmRule, isChild: (name: Value) => Tri): Tri {
  if (any(terms(rule).map(isChild)) === "no") return "no";
  const during = holds(rule, (state, name) => {
    const mine: Tri = state === "ALARM" ? "yes" : "no";
    return either(isChild(name), mine, "maybe");
  });
  // Nothing is in ALARM, whatever else the states are.
  const before = holds(rule, (state) => (state === "ALARM" ? "no" : "maybe"));
  const anyway = holds(rule, () => "maybe");
  if (during === "no" || anyway === "yes") return "no";
  return all([during, not(before)]) === "yes" ? "yes" : "maybe";
}

/** The answer for the child, the answer for another alarm, or what both have in common. */
function either(isChild: Tri, child: Tri, other: Tri): Tri {
  if (isChild === "yes") return child;
  return isChild === "no" || child === other ? other : "maybe";
}

function holds(rule: AlarmRule, stateOf: (state: string, name: Value) => Tri): Tri {
  switch (rule.kind) {
    case "constant":
      return rule.value ? "yes" : "no";
    case "state":
      return stateOf(rule.state, rule.alarm);
    case "not":
      return not(holds(rule.of, stateOf));
    case "and":
      return all(rule.of.map((part) => holds(part, stateOf)));
    case "or":
      return any(rule.of.map((part) => holds(part, stateOf)));
    default:
      return rule satisfies never;
  }
}

function terms(rule: AlarmRule): readonly Value[] {
  switch (rule.kind) {
    case "constant":
      return [];
    case "state":
      return [rule.alarm];
    case "not":
      return terms(rule.of);
    case "and":
    case "or":
      return rule.of.flatMap(terms);
    default:
      return rule satisfies never;
  }
}

/** The ways to name an alarm in a rule. */
interface AlarmNames {
  readonly id: string;
  readonly names: readonly Value[];
  readonly arns: readonly Value[];
}

function namesOf(alarm: NamedAlarm): AlarmNames {
  const name = alarm.read("alarm_name");
  const arn = alarm.read("arn");
  const predicted = predictedArnText("aws_cloudwatch_metric_alarm", stringOf(name), alarm.scope);
  const arns = arn.kind === "known" || predicted === undefined ? [arn] : [predicted];
  return { id: alarm.id, names: [name], arns };
}

/** Whether a name or ARN in a rule means the alarm. */
function means(written: Value, { id, names, arns }: AlarmNames): Tri {
  if (written.kind === "reference") {
    if (written.to === id)
      return ["alarm_name", "id", "arn"].includes(String(written.path[0])) ? "yes" : "maybe";
    // Alarm names are unique within an account and region, and a rule reaches no further.
    if (ALARM_ADDRESS.test(written.to)) return "no";
  }
  const text = stringOf(written);
  const candidates = text === undefined ? [...names, ...arns] : text.startsWith("arn:") ? arns : names;
  return any(candidates.map((candidate) => sameText(written, candidate)));
}

const ALARM_ADDRESS = /(^|[.\s:])aws_cloudwatch_(metric|composite)_alarm\./;
