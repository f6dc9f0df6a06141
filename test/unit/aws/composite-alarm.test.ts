import { describe, expect, test } from "vitest";
import { parseAlarmRule } from "../../../src/aws/alarm-rule.ts";
import {
  createCompositeRules,
  type NamedAlarm,
  ruleFiresWith,
  suppressorLeavesAlone,
} from "../../../src/aws/composite-alarm.ts";
import { LATER, type Plain, reader, reference, text, value } from "./build.ts";

const SCOPE = { partition: "aws", account: "111122223333", region: "eu-west-1", provider: "aws" };
const ID = "aws_cloudwatch_metric_alarm.a";
const OTHER = "aws_cloudwatch_metric_alarm.b";
const arnOf = (name: string) => `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`;

function named(id: string, attributes: Readonly<Record<string, Plain>>): NamedAlarm {
  return { id, scope: SCOPE, exists: "yes", ...reader(attributes) };
}

/** Whether a composite alarm with this rule goes off with the child, beside the others. */
function fires(alarm_rule: Plain, alarm = child(), others: readonly NamedAlarm[] = []) {
  const composite = named("aws_cloudwatch_composite_alarm.top", {
    alarm_name: "top",
    arn: LATER,
    alarm_rule,
  });
  return ruleFiresWith(composite, alarm, createCompositeRules([composite, ...others]));
}

function child(attributes: Readonly<Record<string, Plain>> = { alarm_name: "a", arn: LATER }): NamedAlarm {
  return named(ID, attributes);
}

describe("rules with one alarm called a", () => {
  test.each<readonly [Plain, string]>([
    ["ALARM(a)", "yes"],
    ['ALARM("a")', "yes"],
    ["  ALARM ( a )  ", "yes"],
    ["(ALARM(a))", "yes"],
    ["ALARM(a) OR ALARM(b)", "yes"],
    ["ALARM(b) OR (ALARM(c) OR ALARM(a))", "yes"],
    ["ALARM(a) AND TRUE", "yes"],
    ["ALARM(a) OR FALSE", "yes"],
    ["NOT NOT ALARM(a)", "yes"],
    ["ALARM(b)", "no"],
    ["ALARM(A)", "no"],
    ["OK(a)", "no"],
    ["INSUFFICIENT_DATA(a)", "no"],
    ["NOT ALARM(a)", "no"],
    ["ALARM(a) AND FALSE", "no"],
    ["ALARM(a) OR TRUE", "no"],
    ["TRUE", "no"],
    ["ALARM(a) AND ALARM(b)", "maybe"],
    ["ALARM(a) AND NOT ALARM(maintenance)", "maybe"],
    ["ALARM(a) OR OK(b)", "maybe"],
    ["(ALARM(a) OR ALARM(b)) AND ALARM(c)", "maybe"],
    [`ALARM(${arnOf("a")})`, "yes"],
    [`ALARM("${arnOf("b")}")`, "no"],
    ["", "maybe"],
    [null, "maybe"],
    [LATER, "maybe"],
    ["ALARM(a", "maybe"],
    ["ALARM(a) ALARM(b)", "maybe"],
    [text("ALARM(", reference(ID, "alarm_name"), ")"), "yes"],
    [text("ALARM(", reference(ID, "arn"), ") OR ALARM(b)"), "yes"],
    [text('ALARM("', reference(ID, "arn"), '")'), "yes"],
    [text("ALARM(", reference(ID, "id"), ")"), "yes"],
    [text("ALARM(", reference(ID, "alarm_description"), ")"), "maybe"],
    [text("ALARM(", reference(OTHER, "arn"), ")"), "no"],
    [text("ALARM(", reference("module.m.aws_cloudwatch_composite_alarm.c", "alarm_name"), ")"), "no"],
    [text("ALARM(", reference("random_pet.p", "id"), ")"), "maybe"],
    [text("ALARM(", reference("random_pet.aws_cloudwatch_metric_alarm", "id"), ")"), "maybe"],
    [text("ALARM(", LATER, ")"), "maybe"],
    [text("ALARM(", LATER, ") OR ALARM(a)"), "yes"],
    [text("ALARM(b-", LATER, ")"), "no"],
    [text(LATER, " OR ALARM(a)"), "maybe"],
  ])("%j: %s", (alarm_rule, answer) => {
    expect(fires(alarm_rule)).toBe(answer);
  });
});

describe("composite alarms below composite alarms", () => {
  const elsewhere = (place: Partial<NamedAlarm["scope"]>): NamedAlarm => ({
    ...below("lower", "ALARM(a)"),
    scope: { ...SCOPE, ...place },
  });
  const below = (alarm_name: string, alarm_rule: Plain): NamedAlarm =>
    named(`aws_cloudwatch_composite_alarm.${alarm_name}`, { alarm_name, arn: LATER, alarm_rule });
  const unnamed = (alarm_rule: Plain): NamedAlarm =>
    named("aws_cloudwatch_composite_alarm.unnamed", { alarm_name: LATER, arn: LATER, alarm_rule });
  /** c1 is about c2, and so on; the last one has the rule. */
  const chain = (length: number, rule: string): readonly NamedAlarm[] =>
    Array.from({ length }, (_, at) => below(`c${at + 1}`, at + 1 === length ? rule : `ALARM(c${at + 2})`));
  test.each<readonly [string, Plain, readonly NamedAlarm[], string]>([
    ["one that goes off", "ALARM(lower)", [below("lower", "ALARM(a)")], "yes"],
    ["one that goes off, by its ARN", `ALARM(${arnOf("lower")})`, [below("lower", "ALARM(a)")], "yes"],
    [
      "one that goes off, by reference",
      text("ALARM(", reference("aws_cloudwatch_composite_alarm.lower", "alarm_name"), ")"),
      [below("lower", "ALARM(a) OR ALARM(b)")],
      "yes",
    ],
    ["one about another alarm", "ALARM(lower)", [below("lower", "ALARM(b)")], "no"],
    ["one that depends on another alarm", "ALARM(lower)", [below("lower", "ALARM(a) AND ALARM(b)")], "maybe"],
    ["one that never goes off", "ALARM(a) AND NOT ALARM(never)", [below("never", "FALSE")], "yes"],
    ["one that always is", "ALARM(a) AND ALARM(always)", [below("always", "TRUE")], "yes"],
    ["one that always is, in an OR", "ALARM(a) OR ALARM(always)", [below("always", "TRUE")], "no"],
    ["one that is OK before", "ALARM(a) OR OK(lower)", [below("lower", "ALARM(b)")], "maybe"],
    ["one that stops being OK", "OK(lower)", [below("lower", "ALARM(a)")], "no"],
    [
      "three deep",
      "ALARM(x)",
      [below("x", "ALARM(y)"), below("y", "ALARM(z)"), below("z", "ALARM(a)")],
      "yes",
    ],
    ["a circle", "ALARM(x)", [below("x", "ALARM(y) OR ALARM(a)"), below("y", "ALARM(x)")], "maybe"],
    ["a circle that the child only holds open", "ALARM(x)", [below("x", "ALARM(x) AND ALARM(a)")], "maybe"],
    ["a circle through itself", "ALARM(top) OR ALARM(a)", [], "maybe"],
    ["a circle that leads nowhere", "ALARM(x)", [below("x", "ALARM(y)"), below("y", "ALARM(x)")], "no"],
    ["as deep as is looked at", "ALARM(c1)", chain(15, "ALARM(a)"), "yes"],
    ["as deep as is looked at, for another alarm", "ALARM(c1)", chain(15, "ALARM(b)"), "no"],
    ["deeper", "ALARM(c1)", chain(16, "ALARM(a)"), "maybe"],
    ["deeper, for another alarm", "ALARM(c1)", chain(16, "ALARM(b)"), "maybe"],
    ["nothing", "ALARM(lower)", [below("lower", "TRUE")], "no"],
    ["one that is not in ALARM", "NOT ALARM(lower)", [below("lower", "ALARM(a)")], "no"],
    ["one that always is, and so is never OK", "ALARM(a) OR OK(always)", [below("always", "TRUE")], "yes"],
    ["one that may always be, by a name not known", "ALARM(a) OR ALARM(x)", [unnamed("TRUE")], "maybe"],
    ["one that never is, by a name not known", "ALARM(a) OR ALARM(x)", [unnamed("FALSE")], "yes"],
    ["one whose rule is not known", "ALARM(lower)", [below("lower", LATER)], "maybe"],
    ["one that may not exist", "ALARM(lower)", [{ ...below("lower", "ALARM(a)"), exists: "maybe" }], "maybe"],
    ["one of another region", "ALARM(lower)", [elsewhere({ region: "us-east-1" })], "no"],
    ["one of another account", "ALARM(lower)", [elsewhere({ account: "444455556666" })], "no"],
    [
      "one of this region, and one of its name in another",
      "ALARM(lower)",
      [elsewhere({ region: "us-east-1" }), below("lower", "ALARM(a)")],
      "yes",
    ],
    [
      "one of a region that is not known",
      "ALARM(lower)",
      [elsewhere({ region: undefined, provider: "aws.other" })],
      "maybe",
    ],
    [
      "one that never is, in another region",
      "ALARM(a) AND NOT ALARM(lower)",
      [{ ...below("lower", "FALSE"), scope: { ...SCOPE, region: "us-east-1" } }],
      "maybe",
    ],
    [
      "one whose name is not known",
      "ALARM(lower)",
      [{ ...below("l", "ALARM(a)"), ...reader({ alarm_name: LATER, arn: LATER, alarm_rule: "ALARM(a)" }) }],
      "maybe",
    ],
  ])("%s", (_story, rule, others, answer) => {
    expect(fires(rule, child(), others)).toBe(answer);
  });

  test("many that unfold without end are left open", () => {
    const next = (at: number) =>
      Array(9)
        .fill(`ALARM(c${at + 1})`)
        .join(" AND ");
    const others = Array.from({ length: 15 }, (_, at) => below(`c${at}`, `ALARM(a) AND ${next(at)}`));
    expect(fires("ALARM(c0)", child(), others)).toBe("maybe");
  });
});

test("no rule is about its own alarm, whatever its name turns out to be", () => {
  const top = named("aws_cloudwatch_composite_alarm.top", {
    alarm_name: LATER,
    arn: LATER,
    alarm_rule: "ALARM(a) OR ALARM(x)",
  });
  expect(ruleFiresWith(top, child(), createCompositeRules([top]))).toBe("yes");
});

test("composite alarms are read once, when they are prepared", () => {
  let prepared = false;
  const once = (alarm_name: string, alarm_rule: string): NamedAlarm => {
    const alarm = named(`aws_cloudwatch_composite_alarm.${alarm_name}`, { alarm_name, alarm_rule });
    const read = (name: string) => (prepared ? LATER : alarm.read(name));
    return { ...alarm, read };
  };
  const [top, lower] = [once("top", "ALARM(lower)"), once("lower", "ALARM(a)")];
  const rules = createCompositeRules([top, lower]);
  prepared = true;
  expect(ruleFiresWith(top, child(), rules)).toBe("yes");
});

describe("AND and OR beside each other", () => {
  test("in one of several rules", () => {
    const plain = named("aws_cloudwatch_composite_alarm.plain", {
      alarm_name: "plain",
      alarm_rule: "ALARM(z)",
    });
    expect(fires("ALARM(b) AND ALARM(c) OR ALARM(a)", child(), [plain])).toBe("maybe");
  });

  test.each<readonly [string, string]>([
    ["ALARM(a) OR ALARM(b) OR (ALARM(c) AND ALARM(d))", "yes"],
    ["ALARM(b) AND ALARM(c) OR ALARM(a)", "maybe"],
    ["ALARM(a) OR ALARM(b) AND ALARM(c)", "maybe"],
    ["ALARM(b) AND TRUE OR ALARM(a)", "maybe"],
    ["ALARM(a) AND FALSE OR FALSE", "no"],
  ])("%s: %s", (rule, answer) => {
    expect(fires(rule)).toBe(answer);
  });
});

describe("at least some of several alarms", () => {
  test.each<readonly [Plain, string]>([
    ["AT_LEAST(1, ALARM, (a, b))", "yes"],
    ["AT_LEAST(2, ALARM, (a, b, c))", "maybe"],
    ["AT_LEAST(1, ALARM, (b, c))", "no"],
    ["AT_LEAST(3, ALARM, (a, b))", "no"],
    ["AT_LEAST(50%, ALARM, (a, b))", "yes"],
    ["AT_LEAST(51%, ALARM, (a, b))", "maybe"],
    ["AT_LEAST(1, NOT ALARM, (a, b))", "maybe"],
    ["AT_LEAST(2, NOT ALARM, (a, b))", "no"],
    ["AT_LEAST(1, NOT OK, (a))", "maybe"],
    ['AT_LEAST(1, ALARM, ("a", "b"))', "yes"],
    [`AT_LEAST(1, ALARM, (${arnOf("a")}, ${arnOf("b")}))`, "yes"],
    ["ALARM(b) OR AT_LEAST(1, ALARM, (a))", "yes"],
    ["AT_LEAST(x, ALARM, (a))", "maybe"],
    ["AT_LEAST(1, ALARM, (a,))", "maybe"],
    ["AT_LEAST(1, ALARM, ())", "maybe"],
    [text("AT_LEAST(1, ALARM, (", reference(ID, "arn"), ", b))"), "yes"],
  ])("%j: %s", (rule, answer) => {
    expect(fires(rule)).toBe(answer);
  });
});

describe("a suppressor", () => {
  const suppressed = (actions_suppressor: Plain) => {
    const top = named("composite.top", { alarm_name: "top", alarm_rule: "ALARM(a)", actions_suppressor });
    const always = named("composite.always", { alarm_name: "always", alarm_rule: "TRUE" });
    const never = named("composite.never", { alarm_name: "never", alarm_rule: "FALSE OR (FALSE AND TRUE)" });
    const some = named("composite.some", { alarm_name: "some", alarm_rule: "ALARM(b)" });
    return suppressorLeavesAlone(top, createCompositeRules([top, always, never, some]));
  };
  test.each<readonly [string, Plain, string]>([
    ["none", [], "yes"],
    ["not known", LATER, "maybe"],
    ["a metric alarm", [{ alarm: "maintenance" }], "maybe"],
    ["a composite alarm", [{ alarm: "some" }], "maybe"],
    ["one that is never in ALARM", [{ alarm: "never" }], "yes"],
    ["one that always is", [{ alarm: "always" }], "no"],
    ["one that always is, by its ARN", [{ alarm: arnOf("always") }], "no"],
    ["one that always is, as a lone block", { alarm: "always" }, "no"],
    ["one of two", [{ alarm: LATER }], "maybe"],
  ])("%s", (_story, written, answer) => {
    expect(suppressed(written)).toBe(answer);
  });
});

test("an alarm whose name is not known is told by its ARN", () => {
  const unnamed = child({ alarm_name: LATER, arn: arnOf("z") });
  expect(fires(`ALARM(${arnOf("z")})`, unnamed)).toBe("yes");
  expect(fires(`ALARM(${arnOf("y")})`, unnamed)).toBe("no");
});

test("an alarm whose ARN AWS has given is not told by another one", () => {
  const moved = child({ alarm_name: "a", arn: arnOf("a").replace("eu-west-1", "us-east-1") });
  expect(fires(`ALARM(${arnOf("a")})`, moved)).toBe("no");
});

test("an alarm whose name is not known may be any that is named", () => {
  const unnamed = child({ alarm_name: LATER, arn: LATER });
  expect(fires("ALARM(a)", unnamed)).toBe("maybe");
  const rule = text("ALARM(", reference(ID, "alarm_name"), ")");
  expect(fires(rule, unnamed)).toBe("yes");
});

test("an alarm whose account is not known is told by the end of its ARN", () => {
  const scope = { partition: undefined, account: undefined, region: undefined, provider: "" };
  const alarm: NamedAlarm = { ...child(), scope };
  expect(fires(`ALARM(${arnOf("a")})`, alarm)).toBe("maybe");
  expect(fires(`ALARM(${arnOf("b")})`, alarm)).toBe("no");
});

test("rules without end are not read", () => {
  expect(parseAlarmRule(value(`${"(".repeat(5000)}ALARM(a)${")".repeat(5000)}`))).toBeUndefined();
  expect(parseAlarmRule(value(`${"NOT ".repeat(2000)}ALARM(a)`))).toBeUndefined();
  expect(parseAlarmRule(value(`ALARM("${"\\".repeat(10_000)}`))).toBeUndefined();
});

describe("the grammar of rules", () => {
  const state = (alarm: string, kind = "ALARM") => ({ kind: "state", state: kind, alarm: value(alarm) });
  const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => state(name));

  test.each([
    ["and-first", { kind: "or", of: [a, { kind: "and", of: [b, c] }, d] }],
    [
      "or-first",
      {
        kind: "and",
        of: [
          { kind: "or", of: [a, b] },
          { kind: "or", of: [c, d] },
        ],
      },
    ],
    ["left-to-right", { kind: "or", of: [{ kind: "and", of: [{ kind: "or", of: [a, b] }, c] }, d] }],
  ] as const)("AND and OR, read %s", (precedence, rule) => {
    const written = value("ALARM(a) OR ALARM(b) AND ALARM(c) OR ALARM(d)");
    expect(parseAlarmRule(written, precedence)).toEqual(rule);
  });

  test("several of one operator are one, from left to right too", () => {
    const rule = { kind: "and", of: [a, b, c] };
    const written = value("ALARM(a) AND ALARM(b) AND ALARM(c)");
    expect(parseAlarmRule(written, "left-to-right")).toEqual(rule);
    expect(parseAlarmRule(written)).toEqual(rule);
  });

  test.each([
    ["NOT ALARM(a)", { kind: "not", of: a }],
    [
      "OK(a) OR INSUFFICIENT_DATA(a)",
      { kind: "or", of: [state("a", "OK"), state("a", "INSUFFICIENT_DATA")] },
    ],
    [
      "TRUE AND FALSE",
      {
        kind: "and",
        of: [
          { kind: "constant", value: true },
          { kind: "constant", value: false },
        ],
      },
    ],
    ["AT_LEAST(2, ALARM, (a, b, c))", { kind: "at-least", count: 2, of: [a, b, c] }],
    ['AT_LEAST( 2 , ALARM , ( "a" , "b" ) )', { kind: "at-least", count: 2, of: [a, b] }],
    ['AT_LEAST(1, ALARM, ("long name"))', { kind: "at-least", count: 1, of: [state("long name")] }],
    [
      "AT_LEAST(34%, OK, (a, b, c))",
      { kind: "at-least", count: 2, of: ["a", "b", "c"].map((name) => state(name, "OK")) },
    ],
    ["AT_LEAST(1, NOT ALARM, (a))", { kind: "at-least", count: 1, of: [{ kind: "not", of: a }] }],
  ])("%s", (written, rule) => {
    expect(parseAlarmRule(value(written))).toEqual(rule);
  });

  const UNREADABLE = [
    "ALARM(a) OR",
    "ALARM(a) AND",
    "OR ALARM(a)",
    "ALARM(a) OR )",
    "ALARM(a) AND OR",
    "NOT OR",
    "(OR)",
    "NOT",
    "NOT NOT",
    "(ALARM(a)",
    "(ALARM(a) AND)",
    "()",
    "ALARM(a))",
    "ALARM()",
    "ALARM(a b)",
    "ALARMS(a)",
    "alarm(a)",
    "TRUEST",
    "AT_LEAST(1, ALARM)",
    "AT_LEAST(1000, ALARM, (a))",
    "AT_LEAST(1, ANY, (a))",
    'AT_LEAST(1, ALARM, (x "a"))',
    'AT_LEAST(1, ALARM, ("a" x))',
    'AT_LEAST(1, ALARM, ("a"x))',
    "AT_LEAST(1, ALARM, (a b))",
  ];
  test.each(UNREADABLE)("%s is no rule", (written) => {
    for (const precedence of ["and-first", "or-first", "left-to-right"] as const) {
      expect(parseAlarmRule(value(written), precedence)).toBeUndefined();
    }
  });

  // API_PutCompositeAlarm.html: at most 10240 characters.
  test("the longest rule", () => {
    expect(parseAlarmRule(value(`ALARM(${"a".repeat(10_233)})`))).toEqual(state("a".repeat(10_233)));
    expect(parseAlarmRule(value(`ALARM(${"a".repeat(10_234)})`))).toBeUndefined();
  });

  test("the deepest parentheses and negations", () => {
    const within = (depth: number) => value(`${"(".repeat(depth)}ALARM(a)${")".repeat(depth)}`);
    const negated = (depth: number) => value(`${"NOT ".repeat(depth)}ALARM(a)`);
    expect(parseAlarmRule(within(100))).toEqual(a);
    expect(parseAlarmRule(within(101))).toBeUndefined();
    expect(parseAlarmRule(negated(100))).toBeDefined();
    expect(parseAlarmRule(negated(101))).toBeUndefined();
  });
});

test("names keep their escaped characters", () => {
  expect(parseAlarmRule(value('ALARM("a \\"b\\" (c)")'))).toEqual({
    kind: "state",
    state: "ALARM",
    alarm: value('a "b" (c)'),
  });
});
