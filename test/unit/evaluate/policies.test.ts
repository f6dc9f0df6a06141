// Which policy a value holds, which objects speak of another one, and what holds of an object that may be out of sight.

import { describe, expect, test } from "vitest";
import type { Pointer } from "../../../src/evaluate/pointers.ts";
import {
  ifAllListed,
  judgePolicy,
  judgeSeen,
  ownerOf,
  speakersOf,
  writtenPolicy,
} from "../../../src/evaluate/policies.ts";
import type { Gap, Graph, ResourceInstance } from "../../../src/model/graph.ts";
import { known, type Tri } from "../../../src/model/value.ts";
import {
  type Attribute,
  graphOf,
  madeFrom,
  OPEN,
  oneOf,
  type Resources,
  reference,
} from "../../tools/world.ts";
import { printValue } from "../terraform/print-value.ts";

const HOME = "111122223333";
const HERE = { ".account": HOME, ".region": "eu-west-1" };

function instance(graph: Graph, id: string): ResourceInstance {
  const found = graph.byId(id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

const POLICY = (effect: string) =>
  JSON.stringify({ Statement: [{ Effect: effect, Action: "sns:*", Resource: "*" }] });
const ALLOW = POLICY("Allow");
const DENY = POLICY("Deny");
const DOCUMENT = "data.aws_iam_policy_document";

const DOCUMENTS: Resources = {
  [`${DOCUMENT}.allow`]: { statement: [{ actions: ["sns:*"], resources: ["*"] }] },
  [`${DOCUMENT}.deny`]: { statement: [{ effect: "Deny", actions: ["sns:*"], resources: ["*"] }] },
  [`${DOCUMENT}.of_allow`]: { source_policy_documents: [reference(`${DOCUMENT}.allow`, "json")] },
  "aws_sns_topic.t": { policy: ALLOW, own: reference("aws_sns_topic.t", "own") },
  "aws_iam_policy_document.managed": { statement: [{ actions: ["sns:*"], resources: ["*"] }] },
};

/** The effects of its statements, `-` for one that cannot be read. */
function judged(value: Attribute): string {
  const graph = graphOf({ ...DOCUMENTS, "aws_x.y": { v: value } });
  const seen: string[] = [];
  const answer = judgePolicy(
    graph,
    instance(graph, "aws_x.y").read("v"),
    (document) => {
      const effects =
        document === undefined ? ["-"] : document.statements.map(({ effect }) => printValue(effect));
      seen.push(...effects);
      return document === undefined ? "maybe" : effects.includes('"Allow"') ? "yes" : "no";
    },
    "no",
  );
  return `${answer}: ${seen.join(" ")}`.trim();
}

describe("the policy that a value holds", () => {
  const json = (name: string, ...path: string[]) =>
    reference(`${DOCUMENT}.${name}`, ...(path.length > 0 ? path : ["json"]));
  test.each<[string, Attribute, RegExp]>([
    ["as text", ALLOW, /^yes/],
    ["as text that denies", DENY, /^no: \S/],
    ["not set", null, /^no:$/],
    ["empty", "", /^no:$/],
    ["not known", OPEN, /^maybe: -$/],
    ["by a data source", json("allow"), /^yes/],
    ["by a data source that denies", json("deny"), /^no: \S/],
    ["by a data source, in short", json("allow", "minified_json"), /^yes/],
    ["by the whole data source", reference(`${DOCUMENT}.allow`), /^yes/],
    ["by something else of a data source", json("allow", "id"), /^maybe: -$/],
    ["by something inside of it", json("allow", "json", "x"), /^maybe: -$/],
    [
      "by a resource named like the data source",
      reference("aws_iam_policy_document.managed", "json"),
      /^maybe: -$/,
    ],
    ["by a data source of a data source", json("of_allow"), /^yes/],
    ["by another object's policy", reference("aws_sns_topic.t", "policy"), /^yes/],
    [
      "by something inside another object's policy",
      reference("aws_sns_topic.t", "policy", "x"),
      /^maybe: -$/,
    ],
    ["by what apply fills in", reference("aws_sns_topic.t", "own"), /^maybe: -$/],
    ["by nothing that is here", reference("aws_sns_topic.z", "policy"), /^maybe: -$/],
    ["as one of two that agree", oneOf(known(ALLOW), json("allow")), /^yes/],
    ["as one of two that differ", oneOf(known(ALLOW), json("deny")), /^maybe/],
    ["as one that may not be set", oneOf(known(ALLOW), known(null)), /^maybe/],
    [
      "made from data sources, one of which it is",
      madeFrom([json("allow"), json("deny")]),
      /^maybe: \S+ \S+$/,
    ],
    ["made from data sources that agree", madeFrom([json("allow"), json("of_allow")]), /^yes/],
    ["made from a data source, or a text beside it", madeFrom([json("allow")], [known(DENY)]), /^maybe/],
    ["made from other things", madeFrom([reference("aws_sns_topic.t", "policy")]), /^maybe: -$/],
    [
      "made from a data source and another thing",
      madeFrom([json("allow"), reference("aws_sns_topic.t", "policy")]),
      /^maybe: -$/,
    ],
  ])("%s", (_, value, wanted) => {
    expect(judged(value)).toMatch(wanted);
  });
});

describe("a policy that is written", () => {
  const T = "aws_sns_topic.t";
  test.each<[string, Resources[string], string]>([
    ["is what it is", { policy: "x" }, '"x"'],
    ["is not one that AWS computes for a new object", { policy: reference(T, "policy") }, "null"],
    [
      "is not known of an object that stays",
      { policy: reference(T, "policy"), ".fresh": false },
      `<${T}.policy>`,
    ],
    [
      "may come from another object",
      { policy: reference("aws_sns_topic.u", "policy") },
      "<aws_sns_topic.u.policy>",
    ],
  ])("%s", (_, attributes, wanted) => {
    expect(printValue(writtenPolicy(instance(graphOf({ [T]: attributes }), T)))).toBe(wanted);
  });

  test("stands in the attribute that is asked for", () => {
    const role = instance(
      graphOf({ "aws_iam_role.r": { assume_role_policy: "x", policy: "y" } }),
      "aws_iam_role.r",
    );
    expect(printValue(writtenPolicy(role, "assume_role_policy"))).toBe('"x"');
  });
});

describe("an object as requests name it", () => {
  test.each<[string, string | undefined, string | undefined]>([
    ["by its name", undefined, "alerts"],
    ["by another attribute", "alarm_name", "denied"],
    ["by one that is not known", "other", undefined],
  ])("%s", (_, attribute, name) => {
    const graph = graphOf({
      "aws_sns_topic.t": { name: "alerts", alarm_name: "denied", other: OPEN, ...HERE },
    });
    const topic = instance(graph, "aws_sns_topic.t");
    expect(ownerOf(topic, attribute)).toEqual({
      id: "aws_sns_topic.t",
      type: "aws_sns_topic",
      name,
      scope: topic.scope,
      arn: reference("aws_sns_topic.t", "arn"),
    });
  });
});

const GAP: Gap = {
  origin: { why: "module-not-installed", subject: "module.m" },
  types: undefined,
  location: undefined,
};

describe("a no", () => {
  test.each<[Tri, Tri, Tri]>([
    ["yes", "yes", "yes"],
    ["no", "no", "maybe"],
    ["maybe", "maybe", "maybe"],
  ])("%s is %s where all are listed, %s where more may exist", (answer, listed, open) => {
    expect(ifAllListed(graphOf({}), "aws_x", answer)).toBe(listed);
    expect(ifAllListed(graphOf({}, { gaps: { aws_x: GAP } }), "aws_x", answer)).toBe(open);
    expect(ifAllListed(graphOf({}, { gaps: { aws_y: GAP } }), "aws_x", answer)).toBe(listed);
  });
});

describe("who speaks of an object", () => {
  const QUEUE = "aws_sqs_queue.q";
  const WORLD: Resources = {
    [QUEUE]: { name: "inbox", ...HERE },
    "aws_sqs_queue.other": { name: "other", ...HERE },
    "aws_sqs_queue.applied": { name: "applied", url: "https://queue.example/applied", ...HERE },
    "aws_sqs_queue.stored": { name: "stored", url: null, id: "https://queue.example/stored", ...HERE },
  };
  const url = (name: string, region = "eu-west-1", suffix = "") =>
    `https://sqs.${region}.amazonaws.com${suffix}/${HOME}/${name}`;

  function speakers(
    queue_url: Attribute,
    about = QUEUE,
    more: Resources[string] = {},
    world: Resources = {},
  ) {
    const graph = graphOf({ ...WORLD, ...world, "aws_sqs_queue_policy.p": { queue_url, ...HERE, ...more } });
    const asked = { type: "aws_sqs_queue_policy", attribute: "queue_url", family: "queue" } as const;
    return speakersOf(graph, asked, instance(graph, about)).map(
      ({ instance: one, sure }) => `${one.id} ${sure}`,
    );
  }

  const P = "aws_sqs_queue_policy.p";
  test.each<[string, Attribute, readonly string[], string?, Resources[string]?]>([
    ["by reference", reference(QUEUE, "id"), [`${P} yes`]],
    ["not by a reference to another one", reference("aws_sqs_queue.other", "id"), []],
    [
      "perhaps, where it may not be there itself",
      reference(QUEUE, "id"),
      [`${P} maybe`],
      QUEUE,
      { ".exists": "maybe" },
    ],
    ["by the URL that AWS gives it", url("inbox"), [`${P} yes`]],
    ["not by the URL of another one", url("other"), []],
    ["not by the URL of one elsewhere", url("inbox", "us-east-1"), []],
    ["not by a URL that goes on", `${url("inbox")}/x`, []],
    ["not by a URL of something else", `x${url("inbox")}`, []],
    [
      "by the URL that it is known to have",
      "https://queue.example/applied",
      [`${P} yes`],
      "aws_sqs_queue.applied",
    ],
    ["by the URL that is its id", "https://queue.example/stored", [`${P} yes`], "aws_sqs_queue.stored"],
    ["not by a URL that none has", "https://queue.example/none", []],
    ["perhaps, where it is not known of whom", OPEN, [`${P} maybe`]],
    [
      "perhaps, as one of two",
      oneOf(reference(QUEUE, "id"), reference("aws_sqs_queue.other", "id")),
      [`${P} maybe`],
    ],
    [
      "not as one of two others",
      oneOf(reference("aws_sqs_queue.applied", "id"), reference("aws_sqs_queue.other", "id")),
      [],
    ],
    ["not by nothing", null, []],
  ])("%s", (_, queue_url, wanted, about, more) => {
    expect(speakers(queue_url, about, more)).toEqual(wanted);
  });

  test.each([
    ["cn-north-1", ".cn", "aws-cn"],
    ["us-gov-west-1", "", "aws-us-gov"],
    ["eu-west-1", "", "aws"],
  ])("by the URL of a queue in %s", (region, suffix, partition) => {
    const queue = (one: string) => ({
      name: "there",
      arn: `arn:${one}:sqs:${region}:${HOME}:there`,
      ".account": HOME,
      ".region": region,
    });
    const world = { "aws_sqs_queue.there": queue(partition) };
    const written = url("there", region, suffix);
    expect(speakers(written, "aws_sqs_queue.there", { ".region": region }, world)).toEqual([`${P} yes`]);
  });

  test("of a role by its name or its ARN, wherever it stands in a list", () => {
    const graph = graphOf({
      "aws_iam_role.r": { name: "writer", ".account": HOME },
      "aws_iam_policy_attachment.p": { roles: ["other", "writer"], ...HERE },
      "aws_iam_policy_attachment.q": { roles: ["other"], ...HERE },
    });
    const asked = { type: "aws_iam_policy_attachment", attribute: "roles", family: "role" } as const;
    const found = speakersOf(graph, asked, instance(graph, "aws_iam_role.r"));
    expect(found.map(({ instance: one, sure }) => [one.id, sure])).toEqual([
      ["aws_iam_policy_attachment.p", "yes"],
    ]);
    expect(speakersOf(graph, asked, instance(graph, "aws_iam_role.r"))).toEqual(found);
  });
});

describe("what holds of an object that may be out of sight", () => {
  const graph = (gaps: Readonly<Record<string, Gap>> = {}) =>
    graphOf(
      Object.fromEntries(["yes", "no", "maybe", "yes2"].map((name) => [`aws_sqs_queue.${name}`, { name }])),
      { gaps },
    );
  const judge = ({ address }: ResourceInstance): Tri =>
    address.name === "yes2" ? "yes" : (address.name as Tri);
  const outside = (name: string): Pointer["targets"][number] => ({
    kind: "outside",
    name,
    text: name,
    scope: { partition: undefined, account: undefined, region: undefined, provider: "" },
  });
  const origin = { why: "expression", subject: "x" } as const;
  const TYPED: Gap = { ...GAP, types: ["aws_sqs_queue"] };

  function seen(
    pointer: { readonly to?: readonly string[]; readonly also?: readonly string[]; readonly open?: boolean },
    gap?: Gap,
  ) {
    const world = graph(gap && { aws_sqs_queue: gap });
    const targets = (names: readonly string[] = []): Pointer["targets"] =>
      names.map((name) => {
        const found = world.byId(`aws_sqs_queue.${name}`);
        return found === undefined ? outside(name) : { kind: "instance", instance: found };
      });
    const whole: Pointer = {
      targets: targets(pointer.to),
      also: targets(pointer.also),
      open: pointer.open === true ? origin : undefined,
    };
    const { answer, deciding, outside: out } = judgeSeen(world, "aws_sqs_queue", whole, judge);
    return [answer, deciding?.name.replace("aws_sqs_queue.", "") ?? "-", out ? "outside" : "inside"].join(
      " ",
    );
  }

  test.each<[string, Parameters<typeof seen>[0], string, Gap?]>([
    ["one that does", { to: ["yes"] }, "yes - inside"],
    ["one that does not", { to: ["no"] }, "no no inside"],
    ["one of which it is not known", { to: ["maybe"] }, "maybe maybe inside"],
    ["two that do", { to: ["yes", "yes2"] }, "yes - inside"],
    ["one of two that does not", { to: ["yes", "no"] }, "maybe no inside"],
    ["one that stands beside and does not", { to: ["yes"], also: ["no"] }, "maybe no inside"],
    ["one elsewhere", { to: ["far"] }, "yes - outside"],
    ["one elsewhere or one that does", { to: ["far", "yes"] }, "yes - outside"],
    ["one elsewhere or one that does not", { to: ["far", "no"] }, "maybe no outside"],
    ["one elsewhere beside", { to: ["yes"], also: ["far"] }, "yes - outside"],
    ["any of those here", { open: true }, "maybe no outside"],
    ["nothing", {}, "yes - inside"],
    ["one elsewhere, which may be here and not listed", { to: ["far"] }, "maybe - outside", TYPED],
    ["one elsewhere, while anything may be missing", { to: ["far"] }, "yes - outside", GAP],
    ["one that does, whatever is missing", { to: ["yes"] }, "yes - inside", TYPED],
  ])("%s", (_, pointer, wanted, gap) => {
    expect(seen(pointer, gap)).toBe(wanted);
  });
});
