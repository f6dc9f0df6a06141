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
])("an alarm that is %s", (_story, mute_targets, answer) => {
  expect(mutesAlarm(reader({ mute_targets }), value("a"))).toBe(answer);
});
