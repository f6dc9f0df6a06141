// Names and patterns that try to leave their place in some format, and values that must not be printed.

import type { Finding, Report } from "../../src/model/finding.ts";
import { CONTROL, object, PLAN, place, report, SATISFIED, shown, stopped, text } from "./build.ts";

export const HOSTILE_NAME =
  'aws_sns_topic.x["\n::error::owned\n##[add-mask]a ##vso[task.complete result=Succeeded] `| <script>alert(1)</script> ]]> \x1b[31mred\u202eder @octocat [a](https://example.com) 3 failures"]';

export function hostile(): Report {
  const topic = { ...place(HOSTILE_NAME), input: "plan\u0000 <b>.json" };
  const alarm = place("::error::aws_cloudwatch_metric_alarm.a");
  const found: Finding = stopped(
    "violated",
    "filter",
    {
      code: "pattern-misses-event",
      subject: topic,
      evidence: [
        text(alarm, "pattern", '{ $.a = "```\n::stop-commands::x\n" }'),
        shown(alarm, "alarm_description", { kind: "sensitive" }),
        object(topic),
      ],
      required: "{ $.a = %regex% }\u2028",
      actual: ['{ $.a = "" }'],
      event: { "a\u0007b": "</script><img src=x onerror=alert(1)>", ["__proto__"]: "x" },
      dropsEventsWithout: ["$.<b>"],
    },
    [object(topic), shown(topic, "pattern", { kind: "sensitive" })],
  );
  return report(
    [
      { ...found, control: { ...CONTROL, title: "Title | with <i>markup</i> & `ticks`", id: "team-x" } },
      {
        ...SATISFIED,
        control: { ...CONTROL, id: "team-y" },
        remarks: [
          {
            code: "assumption-used",
            subject: topic,
            evidence: [],
            assumption: "a\r\n::warning::b",
            reason: "@everyone -->",
          },
        ],
      },
    ],
    {
      inputs: [{ ...PLAN, label: "plan\u0000 <b>.json" }],
      notes: [{ code: "waiver-unused", place: "a|b\n.yaml:1:1", subject: "<*>", detail: undefined }],
    },
  );
}
