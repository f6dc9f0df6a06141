// Which object a value points to, and when two of them are one.

import { describe, expect, it } from "vitest";
import type { Family } from "../../../src/evaluate/families.ts";
import {
  amongTargets,
  type Pointer,
  pointerOf,
  pointersOf,
  pointsTo,
  sameTarget,
  spokenOf,
  type Target,
} from "../../../src/evaluate/pointers.ts";
import type { AwsScope, ResourceInstance } from "../../../src/model/graph.ts";
import { known, type Tri, unknown, type Value } from "../../../src/model/value.ts";
import {
  type Attribute,
  graphOf,
  madeFrom,
  OPEN,
  oneOf,
  type Resources,
  reference,
} from "../../tools/world.ts";

const HOME = "111122223333";
const OTHER = "444455556666";
const HERE = { ".account": HOME, ".region": "eu-west-1" };

const TOPIC = "aws_sns_topic.t";
const GROUP = "aws_cloudwatch_log_group.g";

const WORLD: Resources = {
  "aws_cloudwatch_metric_alarm.a": HERE,
  [TOPIC]: { name: "alerts", ...HERE },
  "aws_sns_topic.far": { name: "alerts", ".account": HOME, ".region": "us-east-1" },
  "aws_sns_topic.u": { name: "other", ...HERE },
  [GROUP]: { name: "trail", ...HERE },
  "aws_sqs_queue.q": { name: "inbox", ...HERE },
  "aws_iam_role.r": { name: "writer", ".account": HOME },
  "aws_lambda_function.f": { function_name: "page", name: "no name", ...HERE },
  "aws_kinesis_firehose_delivery_stream.s": { name: "alarms", ...HERE },
  "data.aws_sns_topic.found": { name: "alerts", ...HERE },
  "data.aws_sns_topic.strange": { name: "security", ...HERE },
  "data.aws_sns_topic.open": { name: OPEN, ...HERE },
  "data.aws_region.here": { name: "alerts" },
};

function asValue(attribute: Attribute): Value {
  const value = graphOf({ "aws_x.y": { v: attribute } })
    .byId("aws_x.y")
    ?.read("v");
  if (value === undefined) throw new Error("no value");
  return value;
}

function told(target: Target): string {
  const hidden = target.kind !== "instance" && target.hidden === true ? "hidden " : "";
  if (target.kind === "instance") return target.instance.id;
  return `${hidden}${target.kind} ${target.kind === "outside" ? `${target.name} in ${place(target.scope)}` : target.text}`;
}

function place({ partition, account, region }: AwsScope): string {
  return [partition, account, region].map((part) => part ?? "-").join(" ");
}

/** Targets, `also` those beside, and why it is open. */
function lineOf({ targets, also, open }: Pointer): string {
  const beside = also.length === 0 ? [] : [`also ${also.map(told).join(", ")}`];
  const why = open === undefined ? [] : [`or ${open.why} ${open.subject}`];
  return [targets.map(told).join(", "), ...beside, ...why].join(" ").trim();
}

function point(value: Attribute, family: Family = "topic", resources: Resources = WORLD): string {
  const graph = graphOf(resources);
  const from = graph.byId("aws_cloudwatch_metric_alarm.a")?.scope;
  if (from === undefined) throw new Error("no alarm");
  return pointersOf(asValue(value), { graph, from, family }).map(lineOf).join(" | ");
}

const arn = (service: string, resource: string, region = "eu-west-1", account = HOME) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
const text = (...parts: (Value | string)[]): Value => ({
  kind: "text",
  parts: parts.map((part) => (typeof part === "string" ? known(part) : part)),
  sensitive: false,
});

describe("a known text", () => {
  it.each<[string, Attribute, Family, string]>([
    ["is the object of that ARN", arn("sns", "alerts"), "topic", TOPIC],
    [
      "is the object of that ARN in its region",
      arn("sns", "alerts", "us-east-1"),
      "topic",
      "aws_sns_topic.far",
    ],
    ["is an object elsewhere", arn("sns", "security"), "topic", `outside security in aws ${HOME} eu-west-1`],
    [
      "is an object of another account",
      arn("sns", "alerts", "eu-west-1", OTHER),
      "topic",
      `outside alerts in aws ${OTHER} eu-west-1`,
    ],
    [
      "is something else",
      arn("lambda", "function:page"),
      "topic",
      `foreign ${arn("lambda", "function:page")}`,
    ],
    ["is no ARN", "alerts", "topic", "foreign alerts"],
    ["names a log group here", "trail", "log-group", GROUP],
    ["names a log group elsewhere", "other", "log-group", `outside other in - ${HOME} eu-west-1`],
    ["is a log group's ARN", arn("logs", "log-group:trail:*"), "log-group", GROUP],
    ["is a queue's ARN", arn("sqs", "inbox"), "queue", "aws_sqs_queue.q"],
    ["is no queue's ARN", "inbox", "queue", "foreign inbox"],
    ["names a role", "writer", "role", "aws_iam_role.r"],
    ["is a role's ARN", `arn:aws:iam::${HOME}:role/writer`, "role", "aws_iam_role.r"],
    [
      "is the ARN of another account's role",
      `arn:aws:iam::${OTHER}:role/writer`,
      "role",
      `outside writer in aws ${OTHER} -`,
    ],
    ["names a function", "page", "function", "aws_lambda_function.f"],
    ["is a function's ARN", arn("lambda", "function:page"), "function", "aws_lambda_function.f"],
    [
      "is a stream's ARN",
      arn("firehose", "deliverystream/alarms"),
      "stream",
      "aws_kinesis_firehose_delivery_stream.s",
    ],
    ["is no stream's ARN", "alarms", "stream", "foreign alarms"],
    ["is empty", "", "topic", ""],
    ["is not set", null, "topic", ""],
  ])("%s", (_, value, family, wanted) => {
    expect(point(value, family)).toBe(wanted);
  });

  it("may mean one of several, where a name or a place is not known", () => {
    const named = { name: "alerts" };
    const nameless: Resources = { ...WORLD, "aws_sns_topic.n": { name: OPEN, ...HERE } };
    const placeless: Resources = {
      "aws_cloudwatch_metric_alarm.a": HERE,
      [TOPIC]: { ...named, ".provider": "other" },
    };
    const outside = `outside alerts in aws ${HOME} eu-west-1`;
    expect(point(arn("sns", "alerts"), "topic", nameless)).toBe(TOPIC);
    expect(point(arn("sns", "security"), "topic", nameless)).toBe(
      `aws_sns_topic.n, outside security in aws ${HOME} eu-west-1`,
    );
    expect(point(arn("sns", "alerts"), "topic", placeless)).toBe(`${TOPIC}, ${outside}`);
    const twice: Resources = { ...WORLD, "aws_sns_topic.twin": { ...named, ...HERE } };
    expect(point(arn("sns", "alerts"), "topic", twice)).toBe(`${TOPIC}, aws_sns_topic.twin`);
  });

  it("means no object whose name only apply makes up", () => {
    const prefixed: Resources = {
      "aws_cloudwatch_metric_alarm.a": HERE,
      [TOPIC]: { name: reference(TOPIC, "name"), ...HERE },
    };
    expect(point(arn("sns", "alerts-1"), "topic", prefixed)).toBe(
      `outside alerts-1 in aws ${HOME} eu-west-1`,
    );
  });

  it("means nothing certain where more objects have its name than any account has", () => {
    const copies = (count: number): Resources => ({
      "aws_cloudwatch_metric_alarm.a": HERE,
      ...Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`aws_sns_topic.t${at}`, { name: "alerts", ...HERE }]),
      ),
    });
    expect(point(arn("sns", "alerts"), "topic", copies(16)).split(", ")).toHaveLength(16);
    expect(point(arn("sns", "alerts"), "topic", copies(17))).toBe(`or expression ${arn("sns", "alerts")}`);
  });
});

describe("a role", () => {
  const role = `arn:aws:iam::${HOME}:role/writer`;
  it.each<[string, Resources[string], string, string]>([
    ["has no region", { name: "writer", ".account": HOME, ".region": "us-east-1" }, role, "aws_iam_role.r"],
    ["of an account that is not told may be meant", { name: "writer" }, role, "aws_iam_role.r"],
    [
      "of another account is not",
      { name: "writer", ".account": OTHER },
      role,
      `outside writer in aws ${HOME} -`,
    ],
    [
      "of another partition is not",
      { name: "writer", ".account": HOME, ".partition": "aws-cn" },
      role,
      `outside writer in aws ${HOME} -`,
    ],
    [
      "of the same partition is",
      { name: "writer", ".account": HOME, ".partition": "aws" },
      role,
      "aws_iam_role.r",
    ],
    [
      "by its path and name",
      { name: "writer", ".account": HOME },
      `arn:aws:iam::${HOME}:role/service/writer`,
      "aws_iam_role.r",
    ],
  ])("%s", (_, attributes, value, wanted) => {
    const resources = { "aws_cloudwatch_metric_alarm.a": HERE, "aws_iam_role.r": attributes };
    expect(point(value, "role", resources)).toBe(wanted);
  });
});

describe("a reference", () => {
  it.each<[string, Value, Family, string]>([
    ["to an ARN", reference(TOPIC, "arn"), "topic", TOPIC],
    ["to an id", reference(TOPIC, "id"), "topic", TOPIC],
    ["to a name", reference(TOPIC, "name"), "topic", TOPIC],
    ["to the whole object", reference(TOPIC), "topic", TOPIC],
    [
      "to something that may hold another's name",
      reference(TOPIC, "policy"),
      "topic",
      `${TOPIC} or expression ${TOPIC}`,
    ],
    ["to a queue's URL", reference("aws_sqs_queue.q", "url"), "queue", "aws_sqs_queue.q"],
    ["to a topic's URL, which none has", reference(TOPIC, "url"), "topic", `${TOPIC} or expression ${TOPIC}`],
    [
      "to a function's name",
      reference("aws_lambda_function.f", "function_name"),
      "function",
      "aws_lambda_function.f",
    ],
    ["to an object of another type", reference("aws_sqs_queue.q", "arn"), "topic", "foreign aws_sqs_queue.q"],
    ["to nothing here", reference("aws_sns_topic.z", "arn"), "topic", "or not-in-plan aws_sns_topic.z"],
    [
      "to a data source that finds an object here",
      reference("data.aws_sns_topic.found", "arn"),
      "topic",
      TOPIC,
    ],
    [
      "to a data source that finds one elsewhere",
      reference("data.aws_sns_topic.strange", "arn"),
      "topic",
      `outside security in - ${HOME} eu-west-1`,
    ],
    [
      "to a data source whose name is not known",
      reference("data.aws_sns_topic.open", "arn"),
      "topic",
      "or data-source data.aws_sns_topic.open",
    ],
    [
      "to a data source of another type",
      reference("data.aws_region.here", "name"),
      "topic",
      "or data-source data.aws_region.here",
    ],
  ])("%s", (_, value, family, wanted) => {
    expect(point(value, family)).toBe(wanted);
  });

  it("to a data source is told by its address", () => {
    const graph = graphOf(WORLD);
    const from = { partition: undefined, account: undefined, region: undefined, provider: "" };
    const asked = { graph, from, family: "topic" } as const;
    const [target] = pointerOf(reference("data.aws_sns_topic.strange", "arn"), asked).targets;
    expect(target && spokenOf(target)).toBe("data.aws_sns_topic.strange");
  });

  it("to a data source that may find one of two names neither", () => {
    const twice: Resources = { ...WORLD, "aws_sns_topic.twin": { name: "alerts", ...HERE } };
    expect(point(reference("data.aws_sns_topic.found", "arn"), "topic", twice)).toBe(
      `outside alerts in - ${HOME} eu-west-1`,
    );
  });
});

describe("a text with unknown parts", () => {
  const unsure = "or expression a string with unknown parts";
  it.each<[string, Value, Family, string]>([
    ["that ends in the wildcard of log groups", text(reference(GROUP, "arn"), ":*"), "log-group", GROUP],
    ["that begins as ARNs do", text("arn:aws:sns:eu-west-1:1:", reference(TOPIC, "name")), "topic", TOPIC],
    ["with nothing around it", text("", reference(TOPIC, "arn"), ""), "topic", TOPIC],
    ["that goes on", text(reference(TOPIC, "arn"), "-more"), "topic", `${TOPIC} ${unsure}`],
    ["that begins otherwise", text("x-", reference(TOPIC, "arn")), "topic", `${TOPIC} ${unsure}`],
    [
      "of two objects",
      text(reference(TOPIC, "arn"), reference("aws_sns_topic.u", "arn")),
      "topic",
      `${TOPIC}, aws_sns_topic.u ${unsure}`,
    ],
    ["of another type's", text(reference("aws_sqs_queue.q", "arn"), ":*"), "topic", unsure],
    ["with an account that is not known", text("arn:aws:sns:eu-west-1:", OPEN, ":alerts"), "topic", TOPIC],
    [
      "with a region that is not known",
      text("arn:aws:sns:", OPEN, `:${HOME}:other`),
      "topic",
      `aws_sns_topic.u, outside other in aws ${HOME} -`,
    ],
    [
      "with a partition that is not known",
      text("arn:", OPEN, `:sns:eu-west-1:${HOME}:alerts`),
      "topic",
      TOPIC,
    ],
    [
      "of an object elsewhere",
      text("arn:aws:sns:eu-west-1:", OPEN, ":security"),
      "topic",
      "outside security in aws - eu-west-1",
    ],
    ["with a name that is not known", text(`arn:aws:sns:eu-west-1:${HOME}:`, OPEN), "topic", unsure],
    [
      "with a part of a name that is not known",
      text(`arn:aws:sns:eu-west-1:${HOME}:a:`, OPEN),
      "topic",
      unsure,
    ],
    [
      "with a part of an account that is not known",
      text("arn:aws:sns:eu-west-1:1", OPEN, ":security"),
      "topic",
      "outside security in aws - eu-west-1",
    ],
    ["that is no ARN", text("x:", OPEN, ":alerts"), "topic", unsure],
  ])("%s", (_, value, family, wanted) => {
    expect(point(value, family)).toBe(wanted);
  });
});

describe("what is not known", () => {
  const origin = { why: "variable-unset", subject: "var.v" } as const;
  const more = unknown(origin, { candidates: [reference(TOPIC, "arn")] });

  it.each<[string, Value, string]>([
    ["at all", unknown(origin), "or variable-unset var.v"],
    ["but for one that it comes from", more, `${TOPIC} or variable-unset var.v`],
    [
      "but that it is one of two",
      oneOf(reference(TOPIC, "arn"), reference("aws_sns_topic.u", "arn")),
      `${TOPIC}, aws_sns_topic.u`,
    ],
    ["but that it is one object, twice named", oneOf(reference(TOPIC, "arn"), reference(TOPIC, "id")), TOPIC],
    ["but that it is made from a topic", madeFrom([reference(TOPIC, "arn")]), TOPIC],
    [
      "but that a known one stands beside it",
      madeFrom([reference(TOPIC, "arn")], [known(arn("sns", "other"))]),
      `${TOPIC} also aws_sns_topic.u`,
    ],
    [
      "but that a list stands beside it",
      madeFrom([reference(TOPIC, "arn")], [asValue([arn("sns", "other"), arn("sns", "far")])]),
      `${TOPIC} also aws_sns_topic.u, outside far in aws ${HOME} eu-west-1`,
    ],
    [
      "but that one of its choices is open",
      oneOf(reference(TOPIC, "arn"), unknown(origin)),
      `${TOPIC} or variable-unset var.v`,
    ],
    [
      "but that it comes out of a module of several things",
      madeFrom([asValue([reference("aws_sqs_queue.q", "arn"), reference(TOPIC, "arn")])]),
      TOPIC,
    ],
    [
      "but that it comes out of a module of other things",
      madeFrom([asValue([reference("aws_sqs_queue.q", "arn")])]),
      "foreign aws_sqs_queue.q",
    ],
  ])("%s", (_, value, wanted) => {
    expect(point(value)).toBe(wanted);
  });
});

describe("a list", () => {
  const several = unknown(
    { why: "variable-unset", subject: "var.more" },
    { candidates: [reference(TOPIC, "arn")], closed: true, several: true },
  );
  it.each<[string, Attribute, string]>([
    [
      "points with each of its elements",
      [arn("sns", "alerts"), arn("sns", "other")],
      `${TOPIC} | aws_sns_topic.u`,
    ],
    ["of none points nowhere", [], ""],
    ["with an empty element points there with none", ["", arn("sns", "other")], " | aws_sns_topic.u"],
    [
      "with an element for any number of them may hold none",
      [several],
      `${TOPIC} or variable-unset var.more`,
    ],
    [
      "in a list points with all it holds",
      [[arn("sns", "alerts"), arn("sns", "other")]],
      `${TOPIC}, aws_sns_topic.u`,
    ],
    [
      "of a map points with all that holds",
      [{ a: arn("sns", "alerts"), b: arn("sns", "other") }],
      `${TOPIC}, aws_sns_topic.u`,
    ],
  ])("%s", (_, value, wanted) => {
    expect(point(value)).toBe(wanted);
  });

  it("that is a lone map points with all it holds", () => {
    expect(point({ a: arn("sns", "alerts"), b: arn("sns", "other") })).toBe(`${TOPIC}, aws_sns_topic.u`);
    expect(point({})).toBe("");
  });
});

describe("a sensitive value", () => {
  it.each<[string, Value, string, string]>([
    [
      "hides an object elsewhere",
      known(arn("sns", "security"), true),
      `hidden outside security in aws ${HOME} eu-west-1`,
      "(sensitive)",
    ],
    ["hides what is no such object", known("x", true), "hidden foreign x", "(sensitive)"],
    ["does not hide an object of the inputs", known(arn("sns", "alerts"), true), TOPIC, TOPIC],
    [
      "that is not sensitive hides nothing",
      known(arn("sns", "security")),
      `outside security in aws ${HOME} eu-west-1`,
      arn("sns", "security"),
    ],
    [
      "hides what stands beside",
      { ...madeFrom([reference(TOPIC, "arn")], [known("x")]), sensitive: true },
      `${TOPIC} also hidden foreign x`,
      TOPIC,
    ],
  ])("%s", (_, value, wanted, spoken) => {
    const graph = graphOf(WORLD);
    const from = { partition: undefined, account: HOME, region: "eu-west-1", provider: "" };
    const pointer = pointerOf(value, { graph, from, family: "topic" });
    expect(lineOf(pointer)).toBe(wanted);
    expect(pointer.targets.map(spokenOf)).toEqual([spoken]);
  });
});

describe("two targets", () => {
  const graph = graphOf(WORLD);
  const instance = (id: string, more: Partial<ResourceInstance> = {}): Target => {
    const found = graph.byId(id);
    if (found === undefined) throw new Error(`no ${id}`);
    return { kind: "instance", instance: { ...found, ...more } };
  };
  const NOWHERE: AwsScope = { partition: undefined, account: undefined, region: undefined, provider: "" };
  const outside = (name: string, scope: Partial<AwsScope> = {}): Target => ({
    kind: "outside",
    name,
    scope: { ...NOWHERE, ...scope },
    text: name,
  });
  const HOMELY = { account: HOME, region: "eu-west-1" };
  const elsewhere = (arn: string): Partial<ResourceInstance> => ({
    id: "other: t",
    input: "other.json",
    read: (attribute) => known(attribute === "arn" ? arn : "alerts"),
  });
  const foreign = (name: string): Target => ({ kind: "foreign", text: name });

  it.each<[string, Target, Target, Tri]>([
    ["the same object", instance(TOPIC), instance(TOPIC), "yes"],
    ["two objects of one input", instance(TOPIC), instance("aws_sns_topic.u"), "no"],
    [
      "one object of two inputs, by its ARN",
      instance(TOPIC, { ...elsewhere("arn:x"), id: "a", input: "a" }),
      instance(TOPIC, elsewhere("arn:x")),
      "yes",
    ],
    [
      "two objects of two inputs",
      instance(TOPIC, { ...elsewhere("arn:y"), id: "a", input: "a" }),
      instance(TOPIC, elsewhere("arn:x")),
      "no",
    ],
    [
      "two objects of two inputs without ARN",
      instance(TOPIC),
      instance(TOPIC, { id: "other: t", input: "other.json" }),
      "no",
    ],
    [
      "two objects of one input with one ARN",
      instance(TOPIC, { ...elsewhere("arn:x"), id: "a" }),
      instance(TOPIC, elsewhere("arn:x")),
      "no",
    ],
    ["an object and its name", instance(TOPIC), outside("alerts", HOMELY), "yes"],
    [
      "an object and its name in another region",
      instance(TOPIC),
      outside("alerts", { region: "us-east-1" }),
      "no",
    ],
    ["an object and its name somewhere", instance(TOPIC), outside("alerts"), "maybe"],
    ["an object and another name", instance(TOPIC), outside("other", HOMELY), "no"],
    ["one name in one place", outside("x", HOMELY), outside("x", HOMELY), "yes"],
    ["one name somewhere", outside("x", HOMELY), outside("x"), "maybe"],
    ["one name in two regions", outside("x", HOMELY), outside("x", { ...HOMELY, region: "us-east-1" }), "no"],
    ["one name in two accounts", outside("x", HOMELY), outside("x", { ...HOMELY, account: OTHER }), "no"],
    [
      "one name in a region, the other in an account",
      outside("x", { region: "eu-west-1" }),
      outside("x", { account: HOME }),
      "maybe",
    ],
    ["two names", outside("x", HOMELY), outside("y", HOMELY), "no"],
    ["the same other thing", foreign("x"), foreign("x"), "yes"],
    ["two other things", foreign("x"), foreign("y"), "no"],
    ["another thing and an object", foreign("alerts"), instance(TOPIC), "no"],
    ["another thing and a name", foreign("x"), outside("x"), "no"],
  ])("%s: %s", (_, one, other, wanted) => {
    expect([sameTarget(one, other), sameTarget(other, one)]).toEqual([wanted, wanted]);
  });
});

describe("what holds of the object pointed to", () => {
  const targets = (...names: string[]): Target[] => names.map((name) => ({ kind: "foreign", text: name }));
  const origin = { why: "expression", subject: "x" } as const;
  const judge = (target: Target): Tri => (target.kind === "foreign" ? (target.text as Tri) : "maybe");

  it.each<[string, Partial<Pointer>, Tri]>([
    ["nothing of nothing", {}, "no"],
    ["what holds of the one", { targets: targets("yes") }, "yes"],
    ["what does not hold of the one", { targets: targets("no") }, "no"],
    ["what all agree on", { targets: targets("yes", "yes") }, "yes"],
    ["nothing where they differ", { targets: targets("yes", "no") }, "maybe"],
    ["nothing where it may be something else", { targets: targets("yes"), open: origin }, "maybe"],
    ["nothing that something else may undo", { targets: targets("no"), open: origin }, "maybe"],
    ["nothing where nothing is known", { open: origin }, "maybe"],
    ["what stands beside may undo a no", { targets: targets("no"), also: targets("yes") }, "maybe"],
    [
      "what stands beside may perhaps undo a no",
      { targets: targets("no"), also: targets("no", "maybe") },
      "maybe",
    ],
    ["what stands beside and breaks too does not", { targets: targets("no"), also: targets("no") }, "no"],
    ["what stands beside does not undo a yes", { targets: targets("yes"), also: targets("no") }, "yes"],
    ["beside nothing, something may hold", { also: targets("yes") }, "maybe"],
  ])("%s", (_, pointer, wanted) => {
    const whole = { targets: [], also: [], open: undefined, ...pointer };
    expect(amongTargets(whole, judge)).toBe(wanted);
  });

  it("is that it is the one, where it is", () => {
    const [x, y] = targets("x", "y");
    const pointer: Pointer = { targets: x === undefined ? [] : [x], also: [], open: undefined };
    expect([x, y].map((target) => target && pointsTo(pointer, target))).toEqual(["yes", "no"]);
  });
});
