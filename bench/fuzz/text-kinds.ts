// Kinds of cases for one reader each: policies, configuration, filter patterns, events, lines, archives, expressions.

import { readFileSync } from "node:fs";
import { covers } from "../../src/aws/filter-pattern/covers.ts";
import { matches } from "../../src/aws/filter-pattern/matches.ts";
import { parsePattern } from "../../src/aws/filter-pattern/parse.ts";
import { printPattern } from "../../src/aws/filter-pattern/print.ts";
import { loadPolicies } from "../../src/check.ts";
import { eventsOf, studyPattern, tryEvents } from "../../src/cli/commands/pattern-study.ts";
import { readSavedPlan } from "../../src/input/binary-plan.ts";
import { parseConfig } from "../../src/input/config.ts";
import { decode } from "../../src/input/decode.ts";
import { parseInlineWaivers } from "../../src/input/inline-waivers.ts";
import { parseInput } from "../../src/input/parse-input.ts";
import type { Json } from "../../src/model/json.ts";
import { parseReport } from "../../src/report/parse-report.ts";
import { readSimpleExpression } from "../../src/terraform/simple-expression.ts";
import { printTree } from "../../test/property/chain/blocks.ts";
import { counts, EVENTS, isWanted } from "../../test/reference/events.ts";
import type { PatternTree } from "../../test/reference/small-world.ts";
import { type Dice, diceOf } from "../../test/tools/plan-changes.ts";
import { mutatedBytes, mutatedJson, mutatedText, pick } from "./mutate.ts";
import { type FuzzKind, outcomeOf, WrongAnswer } from "./outcome.ts";

const read = (path: string) => readFileSync(path, "utf8");

const POLICIES = [
  "aws-unauthorized-api-calls-alarm",
  "aws-cloudtrail-log-retention",
  "aws-root-usage-alarm",
].map((id) => ({ file: `${id}.yaml`, text: read(`policies/aws/${id}.yaml`) }));

function several(text: string, dice: Dice): string {
  let changed = text;
  for (let count = dice(4); count > 0; count -= 1) changed = mutatedText(changed, dice);
  return changed;
}

export const policy: FuzzKind = (seed) => {
  const dice = diceOf(seed);
  const { file, text } = pick(POLICIES, dice);
  return outcomeOf(() => loadPolicies([], [{ file, text: several(text, dice) }]));
};

const CONFIGS = [
  read("examples/waiver/.tfcheck.yaml"),
  `inputs:
  with: [network.json]
  source: infra
policies: [policies]
benchmark: cis-aws-foundations@5.0.0
controls: [aws-*]
undecided: pass
accept-pending: true
assumptions:
  - endpoint-confirmed: team@example.com
    reason: it was confirmed in May
  - topic-has-subscriber: arn:aws:sns:eu-west-1:111122223333:pager
    reason: pager rotation
  - log-group-fed: trail
    reason: organization trail
waivers:
  - control: aws-unauthorized-api-calls-alarm
    address: aws_sns_topic.*
    reason: moves next month
    expires: "2027-01-31"
`,
];

export const configuration: FuzzKind = (seed) => {
  const dice = diceOf(seed);
  const text = several(pick(CONFIGS, dice), dice);
  return outcomeOf(async () => {
    if (dice(4) > 0) return parseConfig(text, ".tfcheck.yaml");
    const [start, comments] = [{ file: "main.tf", line: 1, column: 1 }, [`tfcheck:ignore ${text}`]];
    return parseInlineWaivers({ address: "aws_sns_topic.a", start, comments });
  });
};

// Patterns

const PATTERNS: readonly string[] = [
  ...new Set(
    POLICIES.flatMap(({ text }) => text.match(/\{ ?\(?\$[^\n]*\}/g) ?? []).concat([
      "{ $.a = %^[ab]+c?$% && $.b[*].c != 5* }",
      '{ $.list[0] IS NULL || $.x NOT EXISTS && $.["odd key"] >= -1.5e3 }',
      "?AccessDenied ?Unauthorized -Throttling %x{2,3}%",
      "[ip, user, ..., status = 4* && status != 404]",
      "",
    ]),
  ),
];

/** Whatever became of a pattern: it is read or refused, printing keeps its meaning, and a witness slips through. */
export const pattern: FuzzKind = async (seed) => {
  const dice = diceOf(seed);
  const [one, other] = [several(pick(PATTERNS, dice), dice), several(pick(PATTERNS, dice), dice)].map(
    parsePattern,
  );
  if (one === undefined || "problem" in one) return "refused";
  const again = parsePattern(printPattern(one.pattern));
  if ("problem" in again) throw new WrongAnswer(`printed as ${printPattern(one.pattern)}`);
  studyPattern(one.pattern);
  if (other === undefined || "problem" in other) return "answered";
  const coverage = covers([one.pattern], other.pattern, { steps: 20_000 });
  if (coverage.answer === "no" && coverage.departsFrom.length === 0) {
    const slips = matches(other.pattern, coverage.event) && !matches(one.pattern, coverage.event);
    if (!slips) throw new WrongAnswer(`${JSON.stringify(coverage.event)} does not slip through`);
  }
  return "answered";
};

const FIELDS = ["errorCode", "eventName", "sourceIPAddress", "eventSource"];
const TEXTS = [
  "AccessDenied",
  "UnauthorizedOperation",
  "Client.",
  "HeadBucket",
  "delivery.logs.amazonaws.com",
];

function randomTree(dice: Dice, depth: number): PatternTree {
  if (depth === 0 || dice(3) === 0) {
    const text = pick(TEXTS, dice);
    const stars = pick([text, `*${text}`, `${text}*`, `*${text}*`, "*"], dice);
    return { kind: "test", field: pick(FIELDS, dice), operator: dice(3) === 0 ? "!=" : "=", text: stars };
  }
  const of = Array.from({ length: 1 + dice(3) }, () => randomTree(dice, depth - 1));
  return { kind: dice(2) === 0 ? "all" : "any", of };
}

/** Random patterns of a known meaning: the same events are counted, and "covers" is true of every one of them. */
export const patternMeaning: FuzzKind = async (seed) => {
  const dice = diceOf(seed);
  const [one, other] = [randomTree(dice, 3), randomTree(dice, 3)];
  const [left, right] = [one, other].map((tree) => parsePattern(`{ ${printTree(tree)} }`));
  if (left === undefined || right === undefined || "problem" in left || "problem" in right) return "refused";
  for (const event of EVENTS) {
    if (matches(left.pattern, event) !== counts(one, event)) {
      throw new WrongAnswer(`${printTree(one)} on ${JSON.stringify(event)}`);
    }
  }
  const { answer } = covers([left.pattern], right.pattern);
  const missed = EVENTS.find((event) => counts(other, event) && !counts(one, event));
  if (answer === "yes" && missed !== undefined) {
    throw new WrongAnswer(`${printTree(one)} misses ${JSON.stringify(missed)} of ${printTree(other)}`);
  }
  return "answered";
};

export const event: FuzzKind = (seed) => {
  const dice = diceOf(seed);
  const events: readonly Json[] = [pick(EVENTS.filter(isWanted), dice), pick(EVENTS, dice)];
  const json = mutatedJson(dice(2) === 0 ? { Records: [...events] } : [...events], dice);
  const chosen = parsePattern(pick(PATTERNS, dice));
  return outcomeOf(() => {
    if ("problem" in chosen) return;
    const found = eventsOf(json);
    if (found !== undefined) tryEvents(chosen.pattern, found);
  });
};

// Documents

const LINES = read("test/data/input/log-lines.ndjson");
const PLAN = JSON.stringify(JSON.parse(read("test/data/input/create.json")));
const PRINTED = read("test/data/input/printed.txt");

/** Lines of JSON, of which one may be a plan, and whatever else a pipeline leaves in a file. */
export const lines: FuzzKind = (seed) => {
  const dice = diceOf(seed);
  const all = [
    ...LINES.split("\n"),
    ...(dice(2) === 0 ? [PLAN.replaceAll("\n", "")] : []),
    ...PRINTED.split("\n"),
  ];
  const chosen = Array.from({ length: 1 + dice(8) }, () => pick(all, dice));
  const text = several(chosen.join("\n"), dice);
  return outcomeOf(() => parseInput(text, "plan.json"));
};

const NUMBERS = ["1e999", "-1e999", "1e-999", "12345678901234567890123", "0.1e1", "-0", "01", ".5", "NaN"];

/** JSON that JSON.stringify would not write: keys twice, deep nesting, numbers beyond doubles. */
export const json: FuzzKind = (seed) => {
  const dice = diceOf(seed);
  const depth = pick([1, 50, 5_000, 100_000], dice);
  const value = pick(
    [
      `${"[".repeat(depth)}${"]".repeat(depth)}`,
      `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`,
      `${"[".repeat(depth)}`,
      `{"a":1,"a":${pick(NUMBERS, dice)}}`,
      `{"__proto__":{"address":1},"constructor":{}}`,
      pick(NUMBERS, dice),
    ],
    dice,
  );
  const key = pick(
    ["planned_values", "resource_changes", "values", "prior_state", "configuration", "__proto__"],
    dice,
  );
  const twice = dice(2) === 0 ? `"format_version":"1.1",` : "";
  const text = `{"format_version":"1.2",${twice}"planned_values":{"root_module":{}},"resource_changes":[],"${key}":${value}}`;
  return outcomeOf(() => parseInput(dice(4) === 0 ? mutatedText(text, dice) : text, "plan.json"));
};

const SAVED = readFileSync("test/data/input/saved.tfplan");

/** Saved plans and compressed files with bytes changed. */
export const archive: FuzzKind = (seed) => {
  const dice = diceOf(seed);
  const bytes = mutatedBytes(SAVED, dice);
  return outcomeOf(() => (dice(3) === 0 ? decode(bytes, "tfplan") : readSavedPlan(bytes, "tfplan")));
};

const EXPRESSIONS = [
  'var.a ? "x" : local.b["k"].c[0]',
  '"${aws_sns_topic.a.arn}:*"',
  "[for k, v in { a = 1 } : upper(k) if v > 0]",
  "concat([aws_sns_topic.a.arn], var.more)...",
  "aws_sns_topic.a[*].arn",
];

export const expression: FuzzKind = (seed) => {
  const dice = diceOf(seed);
  const text = several(pick(EXPRESSIONS, dice), dice);
  return outcomeOf(() => readSimpleExpression(text));
};

/** A saved report is an input too. */
export const savedReport: FuzzKind = (seed) => {
  const dice = diceOf(seed);
  const text = JSON.stringify(mutatedJson(SAVED_REPORT, dice));
  return outcomeOf(() => parseReport(dice(4) === 0 ? mutatedText(text, dice) : text, "report.json"));
};

const SAVED_REPORT: Json = JSON.parse(read("test/report/golden/violated-at-filter.golden.json"));
