import { expect, test } from "vitest";
import type { RenderOptions } from "../../../src/report/render-options.ts";
import { DEFAULT_OPTIONS } from "../../../src/report/render-options.ts";
import { renderText } from "../../../src/report/text.ts";
import { REPORTS } from "../../report/reports.ts";

function linesOf(name: string, options: Partial<RenderOptions> = {}): readonly string[] {
  const report = REPORTS[name];
  if (report === undefined) throw new Error(name);
  return renderText(report, { ...DEFAULT_OPTIONS, ...options }).split("\n");
}

test("the verdict comes first and the counts come last", () => {
  const lines = linesOf("violated-at-alarm");
  expect(lines[0]).toBe("VIOLATED  An unauthorized API call raises an alarm that reaches someone");
  expect(lines.slice(-2)).toEqual(["1 control: 1 violated in plan.json (plan, Terraform 1.13.4)", ""]);
});

test("quiet tells what is not satisfied, and the counts", () => {
  expect(linesOf("satisfied", { verbosity: "quiet" })).toEqual([
    "1 control: 1 satisfied in plan.json (plan, Terraform 1.13.4)",
    "",
  ]);
  const quiet = linesOf("family", { verbosity: "quiet" });
  expect(quiet.filter((line) => line.startsWith("VIOLATED"))).toHaveLength(2);
  expect(quiet.some((line) => line.startsWith("SATISFIED") || line.includes("✓"))).toBe(false);
});

test("verbose adds all evidence, rationale, sources, complaints and digests", () => {
  const normal = linesOf("satisfied").join("\n");
  const verbose = linesOf("satisfied", { verbosity: "verbose" }).join("\n");
  for (const part of ["is_multi_region_trail", "why: ", "prowler 5.13", "source:", "9f86d081884c"]) {
    expect(normal).not.toContain(part);
    expect(verbose).toContain(part);
  }
});

test("one broken trail is told once with every control it breaks", () => {
  const text = linesOf("one-trail-breaks-all").join("\n");
  expect(text.match(/\[trail-not-multi-region\]/g)).toHaveLength(1);
  for (const finding of REPORTS["one-trail-breaks-all"]?.findings ?? []) {
    expect(text).toContain(finding.control.id);
  }
});

test("what is told in the same words of several objects is told once, with every object", () => {
  const text = linesOf("family", { width: 120 }).join("\n");
  expect(text.match(/\[alarm-without-actions\]/g)).toHaveLength(1);
  expect(text).toContain('    also at module.cis.aws_cloudwatch_metric_alarm.this["config_changes"]\n');
});

test("a remark made of several objects is made once", () => {
  const { findings, ...rest } = REPORTS.family ?? expect.fail("no family");
  const remarked = findings.map((finding, position) => {
    const subject = {
      address: `aws_cloudwatch_metric_alarm.a${position}`,
      location: undefined,
      input: undefined,
    };
    return { ...finding, remarks: [{ code: "references-without-literals", subject, evidence: [] }] as const };
  });
  const text = renderText({ ...rest, findings: remarked }, { ...DEFAULT_OPTIONS, width: 120 });
  expect(text).toContain("  remark: aws_cloudwatch_metric_alarm.a0 and 10 more: the plan's JSON lists");
});

test("nothing but plain ASCII is printed where the terminal has no UTF-8", () => {
  for (const name of Object.keys(REPORTS)) {
    for (const verbosity of ["quiet", "normal", "verbose"] as const) {
      expect(linesOf(name, { unicode: false, verbosity }).join("\n")).toMatch(/^[\x00-\x7f]*$/);
    }
  }
});

test("colour adds nothing but colour", () => {
  for (const name of Object.keys(REPORTS)) {
    const painted = linesOf(name, { color: true }).join("\n");
    expect(painted.replace(/\x1b\[\d+m/g, "")).toBe(linesOf(name).join("\n"));
    expect(painted).toContain("\x1b[");
  }
});

test("lines keep to the width, but for words that cannot be broken", () => {
  for (const name of Object.keys(REPORTS).filter((one) => one !== "hostile")) {
    for (const width of [80, 100, 200]) {
      for (const line of linesOf(name, { width })) {
        const longestWord = Math.max(
          ...line
            .trim()
            .split(" ")
            .map((word) => word.length),
        );
        expect(line.length <= Math.min(width, 120) || longestWord > 40, line).toBe(true);
      }
    }
  }
});

test("a sensitive value is never printed, and a hostile name never leaves its line", () => {
  const text = linesOf("hostile", { verbosity: "verbose" }).join("\n");
  expect(text).toContain("alarm_description = (sensitive)");
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  expect(text).not.toMatch(/^\s*::|##\[|##vso\[/m);
});

test("a report on nothing says so", () => {
  const empty = { tool: { name: "tfcheck", version: "0" }, inputs: [], findings: [], notes: [] } as const;
  expect(renderText(empty, DEFAULT_OPTIONS)).toBe("0 controls in no input\n");
});
