// Whether a composite alarm goes off when one alarm below it does, and whether its suppressor holds it back. Whom it
// tells is not looked at here.

import type { AwsScope } from "../model/graph.ts";
import { sameScope } from "../model/same-scope.ts";
import {
  agree,
  all,
  any,
  child,
  elementsOf,
  isUnset,
  not,
  stringOf,
  type Tri,
  UNSET,
  type Value,
} from "../model/value.ts";
import { type AlarmRule, type Precedence, parseAlarmRule } from "./alarm-rule.ts";
import { predictedArnText } from "./arn.ts";
import type { Attributes } from "./attributes.ts";
import { sameText } from "./same-text.ts";

/** An alarm that rules can name; a `ResourceInstance` fits. */
export interface NamedAlarm extends Attributes {
  readonly id: string;
  readonly scope: AwsScope;
  readonly exists: Tri;
}

/** The composite alarms that rules can name, prepared for being looked up. */
export interface CompositeRules {
  /** Those whose name and ARN are known to the letter, by either of them, and all by their ids. */
  readonly byText: ReadonlyMap<string, readonly Composite[]>;
  readonly byId: ReadonlyMap<string, Composite>;
  readonly unclear: readonly Composite[];
  readonly precedences: readonly Precedence[];
}

interface Composite {
  readonly alarm: NamedAlarm;
  readonly names: AlarmNames;
  readonly rules: ReadonlyMap<Precedence, AlarmRule | undefined>;
}

/** Cost: linear in the composite alarms and their rules. */
export function createCompositeRules(composites: readonly NamedAlarm[]): CompositeRules {
  // Only where AND and OR stand beside each other does it matter which binds tighter.
  const mixes = composites.some((alarm) => isMixed(alarm.read("alarm_rule")));
  const precedences: readonly Precedence[] = mixes
    ? ["and-first", "or-first", "left-to-right"]
    : ["and-first"];
  const byText = new Map<string, readonly Composite[]>();
  const unclear: Composite[] = [];
  const byId = new Map<string, Composite>();
  for (const alarm of composites) {
    const rules = new Map(
      precedences.map((precedence) => [precedence, parseAlarmRule(alarm.read("alarm_rule"), precedence)]),
    );
    const composite = { alarm, names: namesOf(alarm, "aws_cloudwatch_composite_alarm"), rules };
    byId.set(alarm.id, composite);
    const { known } = composite.names;
    if (known === undefined) unclear.push(composite);
    else for (const text of known) byText.set(text, [...(byText.get(text) ?? []), composite]);
  }
  return { byText, byId, unclear, precedences };
}

function isMixed(rule: Value): boolean {
  const text = JSON.stringify(rule);
  return /\bAND\b/.test(text) && /\bOR\b/.test(text);
}

/** The string of a value of which every part is known. */
function textOf(value: Value): string | undefined {
  if (value.kind !== "text") return stringOf(value);
  const parts = value.parts.map(textOf);
  return parts.includes(undefined) ? undefined : parts.join("");
}

/**
 * Whether a composite alarm's rule becomes true whenever the child, a metric alarm, goes to ALARM. "yes" when that
 * alone suffices and the rule is false while no metric alarm is in ALARM: an OR of ALARM() terms, in the main. "no"
 * when the child does not occur in it or in the composite alarms that it names, or when it cannot make a difference.
 * "maybe" where other alarms' states decide (AND, NOT), where it depends on how AND and OR bind, for a rule outside
 * the grammar, and for composite alarms that depend on each other.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (AlarmRule)
 */
export function ruleFiresWith(composite: NamedAlarm, child: NamedAlarm, rules: CompositeRules): Tri {
  const reading = { child: namesOf(child, "aws_cloudwatch_metric_alarm"), rules, scope: composite.scope };
  // Which alarms a rule names does not depend on how AND and OR bind.
  if (mentions(composite, { ...reading, precedence: "and-first" }) === "no") return "no";
  return agree(rules.precedences.map((precedence) => firesWith(composite, { ...reading, precedence })));
}

function mentions(composite: NamedAlarm, reading: Reading): Tri {
  const rule = ruleOf(composite, reading);
  const budget = { left: MOST_STATES };
  return rule === undefined ? "maybe" : occurs(rule, { ...reading, budget, above: [composite.id] });
}

/** Composite alarms deeper below each other than this are not looked at. */
const DEEPEST = 16;
/** Rules unfold to no more states than this. */
const MOST_STATES = 5000;

interface Reading {
  readonly child: AlarmNames | undefined;
  readonly rules: CompositeRules;
  readonly precedence: Precedence;
  /** Of the uppermost rule: rules speak of alarms of their own account and region. */
  readonly scope: AwsScope;
}

function ruleOf(alarm: NamedAlarm, { rules, precedence }: Reading): AlarmRule | undefined {
  const known = rules.byId.get(alarm.id);
  return known === undefined
    ? parseAlarmRule(alarm.read("alarm_rule"), precedence)
    : known.rules.get(precedence);
}

/** The composite alarms that a name in a rule may mean. */
function namedBy(name: Value, { rules }: Reading): readonly Composite[] {
  if (name.kind === "reference") {
    const own = rules.byId.get(name.to);
    if (own !== undefined) return [own];
  }
  const text = textOf(name);
  return text === undefined
    ? [...rules.byId.values()]
    : [...(rules.byText.get(text) ?? []), ...rules.unclear];
}

function firesWith(composite: NamedAlarm, reading: Reading): Tri {
  const rule = ruleOf(composite, reading);
  if (rule === undefined) return "maybe";
  const budget = { left: MOST_STATES };
  const judge = (moment: Moment) => holds(rule, { ...reading, moment, budget, above: [composite.id] });
  const during = judge("during");
  if (during === "no" || judge("any") === "yes") return "no";
  return all([during, not(judge("before"))]) === "yes" ? "yes" : "maybe";
}

/**
 * When the rule is judged. "during": the child has just gone to ALARM. "before": no metric alarm is in ALARM.
 * "any": whatever the states of metric alarms are.
 */
type Moment = "before" | "during" | "any";

interface Walk extends Reading {
  readonly budget: { left: number };
  /** The ids of the composite alarms that are being looked at. */
  readonly above: readonly string[];
}

interface Judging extends Walk {
  readonly moment: Moment;
}

function holds(rule: AlarmRule, judging: Judging): Tri {
  switch (rule.kind) {
    case "constant":
      return rule.value ? "yes" : "no";
    case "state":
      return stateHolds(rule.state, rule.alarm, judging);
    case "not":
      return not(holds(rule.of, judging));
    case "and":
      return all(rule.of.map((part) => holds(part, judging)));
    case "or":
      return any(rule.of.map((part) => holds(part, judging)));
    case "at-least":
      return atLeast(
        rule.count,
        rule.of.map((part) => holds(part, judging)),
      );
    default:
      return rule satisfies never;
  }
}

function atLeast(count: number, answers: readonly Tri[]): Tri {
  const sure = answers.filter((answer) => answer === "yes").length;
  const possible = answers.filter((answer) => answer !== "no").length;
  return sure >= count ? "yes" : possible >= count ? "maybe" : "no";
}

/** The state of the alarm that a name means; where it may mean several, what they have in common. */
function stateHolds(state: string, name: Value, judging: Judging): Tri {
  judging.budget.left -= 1;
  if (judging.budget.left < 0) return "maybe";
  const isChild = judging.child === undefined ? "no" : means(name, judging.child);
  if (isChild === "yes") return ofChild(state, judging.moment);
  // The child is one of the others until it goes to ALARM, and then those may be in any state.
  const answers = [ofOther(state, judging.moment)];
  for (const composite of namedBy(name, judging)) {
    const { alarm } = composite;
    const answer = meansComposite(name, composite, judging);
    if (answer === "yes") return ofComposite(state, alarm, judging);
    // No rule is about its own alarm, so a name that is not known is not one of those above.
    if (answer === "maybe" && !judging.above.includes(alarm.id)) {
      answers.push(ofComposite(state, alarm, judging));
    }
  }
  return agree(answers);
}

function ofChild(state: string, moment: Moment): Tri {
  return moment === "during" ? (state === "ALARM" ? "yes" : "no") : ofOther(state, moment);
}

/** Nothing is in ALARM before; whatever else the states are. */
function ofOther(state: string, moment: Moment): Tri {
  return moment === "before" && state === "ALARM" ? "no" : "maybe";
}

/** A composite alarm is in ALARM while its rule is true; in which of the other states it is else is left open. */
function ofComposite(state: string, alarm: NamedAlarm, judging: Judging): Tri {
  const { above } = judging;
  if (alarm.exists !== "yes" || above.includes(alarm.id) || above.length >= DEEPEST) return "maybe";
  const rule = ruleOf(alarm, judging);
  if (rule === undefined) return "maybe";
  const inAlarm = holds(rule, { ...judging, above: [...above, alarm.id] });
  if (state === "ALARM") return inAlarm;
  return inAlarm === "yes" ? "no" : "maybe";
}

/** Whether the child has a place in the rule, or in the composite alarms that it names. */
function occurs(rule: AlarmRule, walk: Walk): Tri {
  return any(terms(rule).map((name) => isBelow(name, walk)));
}

function isBelow(name: Value, walk: Walk): Tri {
  walk.budget.left -= 1;
  if (walk.budget.left < 0) return "maybe";
  const direct = walk.child === undefined ? "no" : means(name, walk.child);
  if (direct === "yes") return "yes";
  const below = namedBy(name, walk).map((composite): Tri => {
    const { alarm } = composite;
    const named = meansComposite(name, composite, walk);
    if (named === "no" || walk.above.includes(alarm.id)) return "no";
    if (walk.above.length >= DEEPEST) return "maybe";
    const inner = ruleOf(alarm, walk);
    if (inner === undefined) return "maybe";
    return all([named, occurs(inner, { ...walk, above: [...walk.above, alarm.id] })]);
  });
  return any([direct, ...below]);
}

/** Alarms of one name may stand in several regions. */
function meansComposite(name: Value, { alarm, names }: Composite, { scope }: Reading): Tri {
  return all([means(name, names), sameScope(alarm.scope, scope)]);
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
    case "at-least":
      return rule.of.flatMap(terms);
    default:
      return rule satisfies never;
  }
}

/**
 * Whether a suppressor leaves the actions of a composite alarm alone. "yes" without one, or with one that is never
 * in ALARM; "no" for one that always is: actions wait until it leaves that state. Any other alarm may be in ALARM at
 * the time.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 * (ActionsSuppressor), https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html
 */
export function suppressorLeavesAlone(composite: NamedAlarm, rules: CompositeRules): Tri {
  const blocks = composite.read("actions_suppressor");
  const unset = isUnset(blocks);
  if (unset !== "no") return unset;
  const [block = UNSET] = elementsOf(blocks) ?? [];
  const alarm = child(block, "alarm");
  const inAlarm = rules.precedences.map((precedence) => {
    const budget = { left: MOST_STATES };
    const { scope } = composite;
    const judging: Judging = { child: undefined, rules, precedence, scope, moment: "any", budget, above: [] };
    return stateHolds("ALARM", alarm, judging);
  });
  return not(agree(inAlarm));
}

/** The ways to name an alarm in a rule. */
interface AlarmNames {
  readonly id: string;
  readonly names: readonly Value[];
  readonly arns: readonly Value[];
  /** All of them, where every one is known. */
  readonly known: ReadonlySet<string> | undefined;
}

function namesOf(alarm: NamedAlarm, type: string): AlarmNames {
  const name = alarm.read("alarm_name");
  const arn = alarm.read("arn");
  const predicted = predictedArnText(type, stringOf(name), alarm.scope);
  const arns = stringOf(arn) !== undefined || predicted === undefined ? [arn] : [predicted];
  const texts = [name, ...arns].map(textOf).filter((text) => text !== undefined);
  return {
    id: alarm.id,
    names: [name],
    arns,
    known: texts.length > arns.length ? new Set(texts) : undefined,
  };
}

/** Whether a name or ARN in a rule means the alarm. */
function means(written: Value, { id, names, arns, known }: AlarmNames): Tri {
  if (written.kind === "reference") {
    if (written.to === id)
      return ["alarm_name", "id", "arn"].includes(String(written.path[0])) ? "yes" : "maybe";
    // Alarm names are unique within an account and region, and a rule reaches no further.
    if (ALARM_ADDRESS.test(written.to)) return "no";
  }
  const text = stringOf(written);
  if (text !== undefined && known !== undefined) return known.has(text) ? "yes" : "no";
  const candidates = text === undefined ? [...names, ...arns] : text.startsWith("arn:") ? arns : names;
  return any(candidates.map((candidate) => sameText(written, candidate)));
}

const ALARM_ADDRESS = /(^|[.\s:])aws_cloudwatch_(metric|composite)_alarm\./;
