import { expect, test } from "vitest";
import { mutesAlarm, mutesForEver } from "../../../src/aws/mute-rule.ts";
import { LATER, type Plain, reader, value } from "./build.ts";

function rule(expression: Plain, duration: Plain, more: Readonly<Record<string, Plain>> = {}) {
  return reader({ rule: [{ schedule: [{ expression, duration }] }], ...more });
}

test.each<readonly [Plain, Plain, string]>([
  ["cron(0 2 * * *)", "PT4H", "no"],
  ["cron(0 0 * * *)", "P1D", "yes"],
  ["cron(0 0 * * *)", "PT24H", "yes"],
  ["cron(0 0 * * *)", "PT23H59M", "no"],
  ["cron(0 */6 * * *)", "PT6H", "yes"],
  ["cron(0 0,8 * * *)", "PT12H", "no"],
  ["cron(*/15 * * * *)", "PT15M", "yes"],
  ["cron(0 0 * * SUN)", "P7D", "yes"],
  ["cron(0 0 * * SUN)", "P6DT23H", "no"],
  ["cron(0 18 * * FRI)", "P2DT12H", "no"],
  ["cron(0 0 * * MON-FRI)", "P3D", "yes"],
  ["cron(0 0 * * 7)", "P1W", "yes"],
  ["cron(0 0 1 * *)", "P15D", "maybe"],
  ["cron(0 0 * 12 *)", "P1D", "maybe"],
  ["cron(0 0 * * ? *)", "P1D", "maybe"],
  ["cron(0 99 * * *)", "P1D", "maybe"],
  [" cron( 0  0 * * * ) ", "P1D", "yes"],
  ["cron(0 0 ? * *)", "P1D", "yes"],
  ["cron(0 0 * ? ?)", "P1D", "yes"],
  ["cron(0 0 * * 3,1)", "P5D", "yes"],
  ["cron(0 0 * * 3,1)", "P4DT23H59M", "no"],
  ["cron(0 0 * * wed,MON)", "P5D", "yes"],
  ["cron(0 0 * * 0)", "P1W", "yes"],
  ["cron(0 0 * * 0-6)", "P1D", "yes"],
  ["cron(0 0 * * SUN)", "P10D", "yes"],
  ["cron(0 0 * * SUN)", "P10W", "yes"],
  ["cron(0 0 * * SUN)", "P6DT24H", "yes"],
  ["cron(0 0-23 * * *)", "PT1H", "yes"],
  ["cron(0 0-22 * * *)", "PT1H", "no"],
  ["cron(0 0-20/4 * * *)", "PT4H", "yes"],
  ["cron(0,30 0 * * *)", "PT23H30M", "yes"],
  ["cron(0,30 0 * * *)", "PT23H29M", "no"],
  ["cron(0/15 * * * *)", "PT15M", "yes"],
  ["cron(*/15 * * * *)", "PT14M", "no"],
  ["cron(59 23 * * *)", "PT24H", "yes"],
  ["cron(60 0 * * *)", "P15D", "maybe"],
  ["cron(0 24 * * *)", "P15D", "maybe"],
  ["cron(0 0 * * 8)", "P15D", "maybe"],
  ["cron(0 0 * * XYZ)", "P15D", "maybe"],
  ["cron(a 0 * * *)", "P15D", "maybe"],
  ["cron(x0 0 * * *)", "P15D", "maybe"],
  ["cron(0x 0 * * *)", "P15D", "maybe"],
  ["cron(0 5-3 * * *)", "P15D", "maybe"],
  ["cron(*/0 * * * *)", "P15D", "maybe"],
  ["xcron(0 0 * * *)", "P15D", "maybe"],
  ["cron(0 0 * * *)x", "P15D", "maybe"],
  ["cron(0 0 * *)", "P15D", "maybe"],
  ["cron()", "P15D", "maybe"],
  ["cron(0 0 * * *)", "xP1D", "maybe"],
  ["cron(0 0 * * *)", "P1Dx", "maybe"],
  ["cron(0 0 * * *)", "P", "no"],
  ["rate(1 day)", "P1D", "maybe"],
  ["at(2030-01-01T00:00)", "P15D", "no"],
  ["cron(0 0 * * *)", "a day", "maybe"],
  [LATER, "P1D", "maybe"],
  ["cron(0 0 * * *)", LATER, "maybe"],
])("%j for %j mutes for ever: %s", (expression, duration, answer) => {
  expect(mutesForEver(rule(expression, duration))).toBe(answer);
});

test.each<readonly [string, Plain, string]>([
  ["never expires", null, "yes"],
  ["expires", "2030-01-01T00:00:00Z", "no"],
  ["not known", LATER, "maybe"],
])("a rule that %s", (_story, expire_date, answer) => {
  expect(mutesForEver(rule("cron(0 0 * * *)", "P1D", { expire_date }))).toBe(answer);
});

test.each<readonly [string, Plain, string]>([
  ["on no day", null, "yes"],
  ["on a day that may be past", "2020-01-01T00:00:00Z", "maybe"],
  ["on a day not known", LATER, "maybe"],
])("a rule that begins %s", (_story, start_date, answer) => {
  expect(mutesForEver(rule("cron(0 0 * * *)", "P1D", { start_date }))).toBe(answer);
  expect(mutesForEver(rule("cron(0 0 * * *)", "PT1H", { start_date }))).toBe("no");
});

test("a rule that expires, whatever its schedule is", () => {
  expect(mutesForEver(rule(LATER, LATER, { expire_date: "2030-01-01T00:00:00Z" }))).toBe("no");
});

test("a rule that may expire and that does not cover the day", () => {
  expect(mutesForEver(rule("cron(0 0 * * *)", "PT1H", { expire_date: LATER }))).toBe("no");
});

test("a rule of single blocks", () => {
  const schedule = { expression: "cron(0 0 * * *)", duration: "P1D" };
  expect(mutesForEver(reader({ rule: { schedule } }))).toBe("yes");
  expect(mutesForEver(reader({}))).toBe("maybe");
});

test("a rule whose schedule is not known", () => {
  expect(mutesForEver(reader({ rule: LATER }))).toBe("maybe");
  expect(mutesForEver(reader({ rule: [{ schedule: LATER }] }))).toBe("maybe");
});

test.each<readonly [string, Plain, string]>([
  ["named", [{ alarm_names: ["b", "a"] }], "yes"],
  ["not named", [{ alarm_names: ["b"] }], "no"],
  ["one name not known", [{ alarm_names: ["b", LATER] }], "maybe"],
  ["names not known", [{ alarm_names: LATER }], "maybe"],
  ["targets not known", LATER, "maybe"],
  ["no targets", [], "maybe"],
  ["named in one block of two", [{ alarm_names: ["b"] }, { alarm_names: ["a"] }], "yes"],
  ["not named, other names not known", [{ alarm_names: ["b"] }, { alarm_names: LATER }], "maybe"],
  ["no name", [{ alarm_names: [] }], "no"],
])("an alarm that is %s", (_story, mute_targets, answer) => {
  expect(mutesAlarm(reader({ mute_targets }), value("a"))).toBe(answer);
});
