import { describe, expect, test } from "vitest";
import { parseAlarmRule } from "../../../src/aws/alarm-rule.ts";
import { type NamedAlarm, ruleFiresWith } from "../../../src/aws/composite-alarm.ts";
import { LATER, type Plain, reader, reference, text, value } from "./build.ts";

const SCOPE = { partition: "aws", account: "111122223333", region: "eu-west-1" };
const ID = "aws_cloudwatch_metric_alarm.a";
const OTHER = "aws_cloudwatch_metric_alarm.b";
const arnOf = (name: string) => `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`;

function child(attributes: Readonly<Record<string, Plain>> = { alarm_name: "a", arn: LATER }): NamedAlarm {
  return { id: ID, scope: SCOPE, ...reader(attributes) };
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
    ["ALARM(a) OR ALARM(b) AND ALARM(c)", "yes"],
    ["(ALARM(a) OR ALARM(b)) AND ALARM(c)", "maybe"],
    [`ALARM(${arnOf("a")})`, "yes"],
    [`ALARM("${arnOf("b")}")`, "no"],
    ["", "maybe"],
    [null, "maybe"],
    [LATER, "maybe"],
    ["ALARM(a", "maybe"],
    ["ALARM(a) ALARM(b)", "maybe"],
    ["AT_LEAST(1, ALARM, (a, b))", "maybe"],
    [text("ALARM(", reference(ID, "alarm_name"), ")"), "yes"],
    [text("ALARM(", reference(ID, "arn"), ") OR ALARM(b)"), "yes"],
    [text('ALARM("', reference(ID, "arn"), '")'), "yes"],
    [text("ALARM(", reference(OTHER, "arn"), ")"), "no"],
    [text("ALARM(", LATER, ")"), "maybe"],
    [text("ALARM(", LATER, ") OR ALARM(a)"), "yes"],
    [text("ALARM(b-", LATER, ")"), "no"],
    [text(LATER, " OR ALARM(a)"), "maybe"],
  ])("%j: %s", (alarm_rule, answer) => {
    expect(ruleFiresWith(reader({ alarm_rule }), child())).toBe(answer);
  });
});

test("a suppressor may hold it back, and never helps", () => {
  const suppressed = (alarm_rule: string, actions_suppressor: Plain) =>
    ruleFiresWith(reader({ alarm_rule, actions_suppressor }), child());
  expect(suppressed("ALARM(a)", [])).toBe("yes");
  expect(suppressed("ALARM(a)", [{ alarm: "s" }])).toBe("maybe");
  expect(suppressed("ALARM(a)", LATER)).toBe("maybe");
  expect(suppressed("ALARM(b)", [{ alarm: "s" }])).toBe("no");
});

test("an alarm whose name is not known may be any that is named", () => {
  const unnamed = child({ alarm_name: LATER, arn: LATER });
  expect(ruleFiresWith(reader({ alarm_rule: "ALARM(a)" }), unnamed)).toBe("maybe");
  const rule = text("ALARM(", reference(ID, "alarm_name"), ")");
  expect(ruleFiresWith(reader({ alarm_rule: rule }), unnamed)).toBe("yes");
});

test("an alarm whose account is not known is told by the end of its ARN", () => {
  const scope = { partition: undefined, account: undefined, region: undefined };
  const alarm: NamedAlarm = { ...child(), scope };
  expect(ruleFiresWith(reader({ alarm_rule: `ALARM(${arnOf("a")})` }), alarm)).toBe("maybe");
  expect(ruleFiresWith(reader({ alarm_rule: `ALARM(${arnOf("b")})` }), alarm)).toBe("no");
});

test("rules without end are not read", () => {
  expect(parseAlarmRule(value(`${"(".repeat(5000)}ALARM(a)${")".repeat(5000)}`))).toBeUndefined();
  expect(parseAlarmRule(value(`${"NOT ".repeat(2000)}ALARM(a)`))).toBeUndefined();
  expect(parseAlarmRule(value(`ALARM("${"\\".repeat(10_000)}`))).toBeUndefined();
});

test("names keep their escaped characters", () => {
  expect(parseAlarmRule(value('ALARM("a \\"b\\" (c)")'))).toEqual({
    kind: "state",
    state: "ALARM",
    alarm: value('a "b" (c)'),
  });
});
