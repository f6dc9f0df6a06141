import { describe, expect, it } from "vitest";
import { openText } from "../../../src/input/open-document.ts";
import { problemOf, recordedText } from "./fixture.ts";

const PLAN = '{"format_version":"1.2","planned_values":{"root_module":{}},"configuration":{}}';
const STATE = '{"format_version":"1.0","values":{"root_module":{}}}';
const STORED = '{"version":4,"serial":1,"lineage":"x","resources":[]}';
const WRAPPER = "[command]/opt/hostedtoolcache/terraform-bin show -json tfplan";

describe("text that is a document", () => {
  const cases: [string, string, string][] = [
    ["a plan", PLAN, "plan"],
    ["a plan of Terraform 0.12", PLAN.replace("1.2", "0.1"), "plan"],
    ["a plan of a format yet to come", PLAN.replace("1.2", "1.27"), "plan"],
    ["a plan thinned out with jq", '{"format_version":"1.2","configuration":{}}', "plan"],
    ["a state", STATE, "state"],
    ["a state with keys not known today", STATE.replace("}}}", '}},"news":1}'), "state"],
    ["an empty state", '{"format_version":"1.0"}', "state"],
    ["a stored state", STORED, "raw-state"],
    ["a plan behind a byte order mark", `\uFEFF${PLAN}`, "plan"],
    ["a plan with the lines of a wrapper around it", `${WRAPPER}\n${PLAN}\n::debug::exitcode: 0\n`, "plan"],
    ["a plan with Windows line ends around it", `${WRAPPER}\r\n${PLAN}\r\n\r\n`, "plan"],
    [
      "a plan repeated by the wrapper as an output",
      `${WRAPPER}\n${PLAN}\n::set-output name=stdout::${PLAN}\n`,
      "plan",
    ],
    ["a plan between colour codes", `\x1b[0m\x1b[1m${PLAN}\x1b[0m\n`, "plan"],
    [
      "a laid-out plan below a warning",
      `Warning: old\n\n${JSON.stringify(JSON.parse(PLAN), null, 2)}\n`,
      "plan",
    ],
    ["a plan below JSON that a wrapper logs", `{"level":"info"}\n{"level":"info"}\n${PLAN}\n`, "plan"],
  ];
  it.each(cases)("%s", (_name, text, kind) => {
    expect(openText(text, "input", "either").kind).toBe(kind);
  });
});

describe("text that cannot be used as the plan", () => {
  const cases: [string, string, string, RegExp][] = [
    ["an empty file", "", "file-empty", /^this file is empty$/],
    ["white space alone", " \n\t\uFEFF\r\n", "file-empty", /empty/],
    [
      "a recorded plan as printed for people",
      recordedText("printed.txt"),
      "plan-not-json",
      /printed for people/,
    ],
    [
      "a printed plan without changes",
      "\nNo changes. Your infrastructure matches.\n",
      "plan-not-json",
      /people/,
    ],
    [
      "an error message",
      "\x1b[31mError: \x1b[0mno plan\n",
      "json-missing",
      /it begins with "Error: no plan"$/,
    ],
    ["a shell script with functions", "#!/bin/sh\nf()\n{\n}\ng()\n{\n}\n", "json-missing", /"#!\/bin\/sh"$/],
    [
      "the recorded log lines of plan -json",
      recordedText("log-lines.ndjson"),
      "plan-line-stream",
      /log lines/,
    ],
    [
      "a single log line",
      '{"@level":"info","@message":"x","type":"version"}',
      "plan-line-stream",
      /log lines/,
    ],
    ["a plan cut off after a value", PLAN.slice(0, 40), "json-cut-off", /after 40 bytes$/],
    ["a plan cut off in a word", '{"a":tru', "json-cut-off", /cut off/],
    ["a wrapped plan cut off", `${WRAPPER}\n${PLAN.slice(0, -1)}\n`, "json-cut-off", /cut off/],
    ["JSON with a trailing comma", '{"a":1,}', "json-broken", /"}" cannot stand here$/],
    ["JSON with something behind it", `${PLAN} }`, "json-broken", /complete, yet "}" follows/],
    ["two plans, one per line", `${PLAN}\n${PLAN}\n`, "plan-several", /^2 plans or states stand in one file/],
    ["three plans on one line", PLAN.repeat(3), "plan-several", /^3 plans/],
    ["two plans in a list", `[${PLAN},${PLAN}]`, "plan-several", /^2 plans/],
    ["a state", STATE, "plan-is-state", /^this is a state, not a plan/],
    ["a stored state", STORED, "plan-is-state", /^this is a state, not a plan/],
    ["an empty state", '{"format_version":"1.0"}', "plan-is-state", /state/],
    ["a configuration", '{"root_module":{},"provider_config":{}}', "plan-is-configuration", /show -config/],
    ["an encrypted plan", '{"meta":{},"encrypted_data":"x"}', "file-encrypted", /encrypted by OpenTofu/],
    [
      "a plan kept in the cloud",
      '{"remote_plan_format":1,"run_id":"run-1"}',
      "plan-in-cloud",
      /points to a run/,
    ],
    ["a redacted plan", '{"plan_format_version":"1.2","resource_changes":[]}', "plan-redacted", /redacted/],
    ["an empty object", "{}", "plan-empty", /there was no plan to show/],
    ["a plan of format 2", PLAN.replace("1.2", "2.0"), "plan-format-version", /format "2.0"/],
    ["a plan whose format is a number", PLAN.replace('"1.2"', "1.2"), "plan-format-version", /format 1.2,/],
    ["a plan whose format is a list", PLAN.replace('"1.2"', "[[]]"), "plan-format-version", /format a list,/],
    ["a plan without a format", '{"resource_changes":[]}', "plan-format-version", /no "format_version"/],
    [
      "the output of validate",
      '{"format_version":"1.0","valid":true}',
      "not-a-plan",
      /"format_version", "valid"$/,
    ],
    [
      "configuration in JSON",
      '{"resource":{},"variable":{}}',
      "not-a-plan",
      /keys are "resource", "variable"$/,
    ],
    ["an object keyed by __proto__", '{"__proto__":{"planned_values":1}}', "not-a-plan", /"__proto__"$/],
    ["a list", "[1]", "not-a-plan", /this is a list$/],
    ["a string", '"plan"', "not-a-plan", /this is text$/],
    ["a number", "42", "not-a-plan", /this is a number$/],
    ["null", "null", "not-a-plan", /this is null$/],
  ];
  it.each(cases)("%s", (_name, text, code, message) => {
    const problem = problemOf(() => openText(text, "plan.json", "plan"));
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(message);
    expect(problem.help).toContain("tfcheck");
    expect(`${problem.place}: ${problem.message} [${problem.code}]`.length).toBeLessThanOrEqual(120);
  });

  it("says where JSON breaks off being JSON, by line and column", () => {
    const place = (text: string): string => problemOf(() => openText(text, "p.json", "plan")).place;
    expect(place('{\n  "a": 1,\n  "b": x\n}')).toBe("p.json:3:8");
    expect(place('{"a" 1}')).toBe("p.json:1:6");
    expect(place(`${WRAPPER}\n{"a":01}`)).toBe("p.json:2:7");
  });

  it("points a state to the option that takes it", () => {
    const help = (label: string): string | undefined => problemOf(() => openText(STATE, label, "plan")).help;
    expect(help("terraform.tfstate")).toBe("tfcheck plan.json --with terraform.tfstate");
    expect(help("plan.json")).toBe("tfcheck my-plan.json --with plan.json");
  });

  it("tells an encrypted state from an encrypted plan in its help", () => {
    const help = (text: string): string | undefined => problemOf(() => openText(text, "tfplan", "plan")).help;
    expect(help('{"meta":{},"encrypted_data":"x"}')).toBe(
      "tofu show -json tfplan > plan.json && tfcheck plan.json",
    );
    expect(help('{"meta":{},"encrypted_data":"x","lineage":"y","serial":1}')).toMatch(
      /^tofu show -json > state/,
    );
  });

  it("quotes no more than the beginning of what is not JSON", () => {
    const problem = problemOf(() => openText("s".repeat(5000), "x", "plan"));
    expect(problem.message).toBe(`this is not JSON, it begins with "${"s".repeat(40)}…"`);
  });
});

describe("text that cannot be used as a state", () => {
  const cases: [string, string, string][] = [
    ["a plan where a state belongs", PLAN, "state-is-plan"],
    ["a stored state of version 3", STORED.replace("4", "3"), "state-version"],
    ["a state of format 2", STATE.replace("1.0", "2.0"), "state-format-version"],
  ];
  it.each(cases)("%s", (_name, text, code) => {
    expect(problemOf(() => openText(text, "state.json", "state")).code).toBe(code);
  });
});
