import { expect, test } from "vitest";
import { renderJunit } from "../../../src/report/junit.ts";
import { REPORTS } from "../../report/reports.ts";
import { parseXml, type XmlElement } from "../../report/xml.ts";

function suitesOf(name: string): readonly XmlElement[] {
  const report = REPORTS[name];
  if (report === undefined) throw new Error(name);
  return parseXml(renderJunit(report)).children;
}

function suiteOf(name: string): XmlElement {
  const [suite] = suitesOf(name);
  return suite ?? expect.fail("no suite");
}

const casesOf = (suite: XmlElement) => suite.children.filter(({ name }) => name === "testcase");

test.each(Object.keys(REPORTS))("%s is XML whose counts are right", (name) => {
  const suites = suitesOf(name);
  for (const suite of suites) {
    const cases = casesOf(suite);
    const having = (kind: string) => cases.filter(({ children }) => children[0]?.name === kind).length;
    expect(suite.attributes).toMatchObject({
      tests: String(cases.length),
      failures: String(having("failure")),
      skipped: String(having("skipped")),
      errors: "0",
    });
  }
  expect(suites.flatMap(casesOf)).toHaveLength(REPORTS[name]?.findings.length ?? 0);
});

test("inputs that are judged each by itself have a suite each", () => {
  const names = suitesOf("two-inputs").map(({ attributes }) => attributes.name);
  expect(names).toEqual(["network/plan.json", "app=eu/plan.json"]);
});

test("a violated control is a failed case with its whole story", () => {
  const [testCase] = casesOf(suiteOf("violated-at-alarm"));
  expect(testCase?.attributes).toEqual({
    classname: "aws-unauthorized-api-calls-alarm",
    name: "An unauthorized API call raises an alarm that reaches someone",
    file: "main.tf",
    time: "0",
  });
  const [failure] = testCase?.children ?? [];
  expect(failure?.attributes).toEqual({
    type: "medium",
    message: 'no alarm watches metric "UnauthorizedAPICalls" in namespace "CISBenchmark"',
  });
  expect(failure?.text.split("\n")).toEqual([
    'main.tf:57:1: no alarm watches metric "UnauthorizedAPICalls" in namespace "CISBenchmark" [no-alarm-on-metric]',
    '  aws_cloudwatch_log_metric_filter.denied  metric_transformation.namespace = "CISBenchmark"',
    '  aws_cloudwatch_log_metric_filter.denied  metric_transformation.name = "UnauthorizedAPICalls"',
    '  aws_cloudwatch_metric_alarm.denied  namespace = "CISBenchmark"',
    '  aws_cloudwatch_metric_alarm.denied  metric_name = "UnauthorizedApiCalls"',
    "  the two differ only in letter case, and metric names and namespaces are case sensitive",
    '  help: set metric_name = "UnauthorizedAPICalls"',
  ]);
});

test.each([
  ["undecided", "undecided: who receives this topic is not in the inputs"],
  ["waived", "waived until 2027-01-31: the mailbox is made next week, SEC-1234"],
])("what is %s is skipped and says why", (name, message) => {
  const [testCase] = casesOf(suiteOf(name));
  expect(testCase?.children).toMatchObject([{ name: "skipped", attributes: { message } }]);
});
