// What the picture of a chain shows, from configurations.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ChainOptions, createWorld } from "../../../src/evaluate/chain/chain.ts";
import { requirementOf } from "../../../src/evaluate/chain/coverage.ts";
import { viewGraph } from "../../../src/evaluate/view.ts";
import { createSketch } from "../../../src/evaluate/view-sketch.ts";
import { parsePlan } from "../../../src/input/plan.ts";
import type { GraphView, ViewEdge, ViewNode } from "../../../src/model/graph-view.ts";
import { known, unknown } from "../../../src/model/value.ts";
import { buildGraph } from "../../tools/build-graph.ts";
import { CONTROL } from "../../tools/chain-world.ts";
import {
  type Attributes,
  CHAIN,
  changed,
  graphOf,
  OPEN,
  oneOf,
  type Resources,
  reference,
} from "../../tools/world.ts";

function viewOf(scenario: string): GraphView {
  const text = readFileSync(`test/scenarios/${scenario}/plan.json`, "utf8");
  const graph = buildGraph([{ document: parsePlan(text, "plan.json"), sha256: undefined }]);
  return viewGraph(createWorld(graph, { acceptPending: false, assumptions: [] }), undefined);
}

/** `from -meaning-> to (state: codes)`, by titles. */
function joints({ nodes, edges }: GraphView): readonly string[] {
  const title = (id: string) => nodes.find((node) => node.id === id)?.title ?? "?";
  return edges.map(({ from, to, means, state, why }) => {
    const codes = why.map(({ code }) => code).join(", ");
    return `${title(from)} ${means} ${title(to)}${state === "yes" && codes === "" ? "" : ` (${state}: ${codes})`}`;
  });
}

const GROUP = "aws_cloudwatch_log_group.trail";
const FILTER = "aws_cloudwatch_log_metric_filter.unauthorized";
const METRIC = "CISBenchmark / UnauthorizedAPICalls";
const ALARM = "aws_cloudwatch_metric_alarm.unauthorized";
const TOPIC = "aws_sns_topic.alarms";
const HEAD = [
  `aws_cloudtrail.main delivers ${GROUP}`,
  `${GROUP} feeds ${FILTER}`,
  `${FILTER} emits ${METRIC}`,
];

describe("viewGraph", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "a whole chain",
      "flat-direct-references",
      [
        ...HEAD,
        `${METRIC} is-watched ${ALARM}`,
        `${ALARM} notifies ${TOPIC}`,
        `${TOPIC} reaches aws_sns_topic_subscription.alarms`,
      ],
    ],
    [
      "an alarm that comes near the metric",
      "alarm-other-metric",
      [
        ...HEAD,
        `${METRIC} is-watched ${ALARM} (no: no-alarm-on-metric)`,
        `${ALARM} notifies ${TOPIC}`,
        `${TOPIC} reaches aws_sns_topic_subscription.alarms`,
      ],
    ],
    [
      "a topic outside the inputs",
      "topic-arn-from-outside",
      [
        ...HEAD,
        `${METRIC} is-watched ${ALARM}`,
        `${ALARM} notifies arn:aws:sns:us-east-1:123456789012:security-alarms`,
        "arn:aws:sns:us-east-1:123456789012:security-alarms reaches subscribers (maybe: subscribers-outside-inputs)",
      ],
    ],
    [
      "an e-mail address nobody has confirmed",
      "subscription-email-new",
      [
        ...HEAD,
        `${METRIC} is-watched ${ALARM}`,
        `${ALARM} notifies ${TOPIC}`,
        `${TOPIC} reaches aws_sns_topic_subscription.mail (no: subscription-pending)`,
      ],
    ],
  ])("%s", (_, scenario, expected) => {
    expect(joints(viewOf(scenario))).toEqual(expected);
  });

  it("a trail that does not do says why", () => {
    const [trail] = viewOf("trail-not-logging").nodes;
    expect([trail?.title, trail?.state, trail?.why.map(({ code }) => code)]).toEqual([
      "aws_cloudtrail.main",
      "no",
      ["trail-not-logging"],
    ]);
  });

  const scenarios = readdirSync("test/scenarios", { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );

  it.each(scenarios.map(({ name }) => name))("%s: ids are unique and edges lead forward", (name) => {
    const { nodes, edges } = viewOf(name);
    const order = new Map(nodes.map(({ id }, position) => [id, position]));
    expect(order.size).toBe(nodes.length);
    expect(edges.filter(({ from, to }) => (order.get(from) ?? 1) >= (order.get(to) ?? 0))).toEqual([]);
  });
});

/** The picture of objects given by hand; with the control, filters are held against it. */
function pictureOf(
  resources: Resources,
  options: Partial<ChainOptions> & { readonly judged?: boolean } = {},
): GraphView {
  const world = createWorld(graphOf(resources), { acceptPending: false, assumptions: [], ...options });
  return viewGraph(world, options.judged === true ? requirementOf(CONTROL) : undefined);
}

const T = {
  trail: "aws_cloudtrail.main",
  group: "aws_cloudwatch_log_group.trail",
  filter: "aws_cloudwatch_log_metric_filter.denied",
  alarm: "aws_cloudwatch_metric_alarm.denied",
  topic: "aws_sns_topic.alerts",
  queue: "aws_sns_topic_subscription.queue",
  all: "aws_cloudwatch_composite_alarm.all",
};
const WHOLE = [
  `${T.trail} delivers ${T.group}`,
  `${T.group} feeds ${T.filter}`,
  `${T.filter} emits CIS / Denied`,
  `CIS / Denied is-watched ${T.alarm}`,
  `${T.alarm} notifies ${T.topic}`,
  `${T.topic} reaches ${T.queue}`,
];
/** The joints of the whole chain, some of them otherwise; `undefined` takes one away. */
function whole(
  changes: Readonly<Record<number, string | undefined>> = {},
  ...more: string[]
): readonly string[] {
  const own = WHOLE.flatMap((joint, at) => (at in changes ? (changes[at] ?? []) : joint));
  return [...own, ...more];
}

/** `kind title`, and what is not usual of a node: another manager, another state, why, and what is there to know. */
function nodesOf({ nodes }: GraphView): readonly string[] {
  return nodes.map(({ kind, title, managed, state, why, facts }) => {
    const codes = why.map(({ code }) => code).join(", ");
    const unusual = [managed === "here" ? "" : managed, state === "yes" ? "" : state, codes].filter(Boolean);
    const told = facts.map(({ attribute }) => attribute).join(", ");
    return [kind, title, unusual.length === 0 ? "" : `(${unusual.join(" ")})`, told === "" ? "" : `[${told}]`]
      .filter(Boolean)
      .join(" ");
  });
}

const NODES = [
  `trail ${T.trail}`,
  `log-group ${T.group}`,
  `filter ${T.filter} [pattern]`,
  "metric CIS / Denied",
  `alarm ${T.alarm}`,
  `topic ${T.topic}`,
  `subscription ${T.queue} [protocol, endpoint]`,
];
/** The nodes of the whole chain, those of some kinds otherwise. */
function kinds(changes: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return NODES.flatMap((node) => changes[node.split(" ", 1)[0] ?? ""] ?? [node]);
}

describe("the objects of a picture", () => {
  const ELSEWHERE = "arn:aws:sns:us-east-1:111122223333:far";
  type Changes = Readonly<Record<string, Attributes | undefined>>;

  it.each<[string, Changes, readonly string[]]>([
    ["a whole chain", {}, NODES],
    [
      "a trail that may not be there",
      { [T.trail]: { ".exists": "maybe" } },
      kinds({ trail: [`trail ${T.trail} (maybe may-not-exist)`] }),
    ],
    [
      "a log group elsewhere",
      { [T.group]: undefined, [T.filter]: { log_group_name: "far" }, [T.trail]: undefined },
      kinds({ trail: [], "log-group": ["log-group far (outside)"] }),
    ],
    [
      "a log group that is not known",
      { [T.trail]: { cloud_watch_logs_group_arn: unknown({ why: "variable-unset", subject: "var.group" }) } },
      kinds({
        trail: [`trail ${T.trail} (maybe not-known-before-apply)`],
        "log-group": [`log-group ${T.group}`, "log-group var.group (nothing maybe)"],
      }),
    ],
    [
      "a metric that is not known",
      { [T.filter]: { metric_transformation: [{ name: OPEN, namespace: "CIS", value: "1" }] } },
      kinds({ metric: [`metric metric of ${T.filter} (nothing maybe)`] }),
    ],
    [
      "a metric under a secret name",
      {
        [T.filter]: {
          metric_transformation: [{ name: known("Denied", true), namespace: "CIS", value: "1" }],
        },
      },
      kinds({ metric: [`metric metric of ${T.filter} (nothing maybe)`] }),
    ],
    [
      "a filter without a metric",
      { [T.filter]: { metric_transformation: [] } },
      kinds({ metric: [], alarm: [], topic: [`topic ${T.topic}`] }),
    ],
    [
      "a topic that may not be there",
      { [T.topic]: { ".exists": "maybe" } },
      kinds({ topic: [`topic ${T.topic} (maybe)`] }),
    ],
    [
      "an alarm without actions",
      { [T.alarm]: { alarm_actions: null } },
      kinds({ alarm: [`alarm ${T.alarm} (no alarm-without-actions)`] }),
    ],
    [
      "an alarm that only calls a function",
      { [T.alarm]: { alarm_actions: ["arn:aws:lambda:us-east-1:1:function:f"] } },
      [...NODES, "other arn:aws:lambda:us-east-1:1:function:f (outside)"],
    ],
    [
      "a topic elsewhere, and who may receive it",
      { [T.alarm]: { alarm_actions: [ELSEWHERE] }, [T.queue]: undefined, [T.topic]: undefined },
      kinds({
        topic: [`topic ${ELSEWHERE} (outside)`],
        subscription: ["subscription subscribers (outside maybe)"],
      }),
    ],
    [
      "a subscription that may not be there",
      { [T.queue]: { ".exists": "maybe" } },
      kinds({ subscription: [`subscription ${T.queue} (maybe) [protocol, endpoint]`] }),
    ],
  ])("%s", (_, changes, wanted) => {
    expect(nodesOf(pictureOf(changed(changes)))).toEqual(wanted);
  });

  it.each<[string, string, string]>([
    ["that counts what is asked", "", `filter ${T.filter} [pattern]`],
    [
      "that misses some of it",
      '{ $.errorCode = "AccessDenied*" }',
      `filter ${T.filter} (no pattern-misses-event) [pattern]`,
    ],
  ])("a filter %s, held against the control", (_, pattern, wanted) => {
    const resources = pattern === "" ? CHAIN : changed({ [T.filter]: { pattern } });
    expect(nodesOf(pictureOf(resources, { judged: true }))[2]).toBe(wanted);
    expect(nodesOf(pictureOf(resources))[2]).toBe(`filter ${T.filter} [pattern]`);
  });

  it("a filter on another log group is whole by itself", () => {
    const off = {
      [T.filter]: { log_group_name: "other", ".exists": "maybe" },
      "aws_cloudwatch_log_group.other": { name: "other" },
    };
    const [state] = pictureOf(changed(off), { judged: true }).nodes.filter(({ kind }) => kind === "filter");
    expect([state?.state, state?.why.map(({ code }) => code)]).toEqual(["maybe", []]);
  });

  it("stand in the order of the chain, then of their names", () => {
    const more = {
      "aws_sns_topic.b": { name: "b" },
      "aws_sns_topic.a": { name: "a" },
      [T.alarm]: {
        alarm_actions: [
          reference("aws_sns_topic.b", "arn"),
          reference("aws_sns_topic.a", "arn"),
          reference(T.topic, "arn"),
        ],
      },
    };
    const { nodes, edges } = pictureOf(changed(more));
    expect(nodes.map(({ title }) => title).slice(5, 8)).toEqual([
      "aws_sns_topic.a",
      T.topic,
      "aws_sns_topic.b",
    ]);
    expect(edges.filter(({ means }) => means === "notifies").map(({ to }) => to)).toEqual([
      "aws_sns_topic.a",
      T.topic,
      "aws_sns_topic.b",
    ]);
  });

  it("that are no part of it are told apart", () => {
    const more = {
      "aws_cloudwatch_log_group.other": { name: "other" },
      "aws_cloudwatch_metric_alarm.cpu": { alarm_name: "cpu", metric_name: "CPU", namespace: "AWS/EC2" },
      [T.all]: { alarm_name: "all", alarm_rule: "ALARM(cpu)" },
      "aws_sns_topic.quiet": { name: "quiet" },
      "aws_sqs_queue.q": { name: "q" },
    };
    expect(pictureOf(changed(more)).apart.map(({ address }) => address)).toEqual([
      "aws_cloudwatch_log_group.other",
      "aws_cloudwatch_metric_alarm.cpu",
      T.all,
      "aws_sns_topic.quiet",
    ]);
    expect(pictureOf(CHAIN).apart).toEqual([]);
  });
});

describe("the joints of a picture", () => {
  type Changes = Readonly<Record<string, Attributes | undefined>>;
  const composite = (alarm_rule: string | typeof OPEN): Changes => ({
    [T.alarm]: { alarm_actions: null },
    [T.all]: { alarm_name: "all", alarm_rule, alarm_actions: [reference(T.topic, "arn")] },
  });
  const half = {
    name: "half",
    log_group_name: "trail",
    pattern: "x",
    metric_transformation: [{ name: "Denied", namespace: "CIS", value: "1" }],
  };
  const HALF = "aws_cloudwatch_log_metric_filter.half";
  const other = "aws_sns_topic.other";
  const doubt = "(maybe: not-known-before-apply)";

  it.each<[string, Changes, readonly string[]]>([
    ["a whole chain", {}, WHOLE],
    [
      "a trail that delivers to one of two",
      {
        [T.trail]: {
          cloud_watch_logs_group_arn: oneOf(
            reference(T.group, "arn"),
            reference("aws_cloudwatch_log_group.b", "arn"),
          ),
        },
        "aws_cloudwatch_log_group.b": { name: "b" },
      },
      [
        `${T.trail} delivers aws_cloudwatch_log_group.b ${doubt}`,
        `${T.trail} delivers ${T.group} ${doubt}`,
        ...WHOLE.slice(1),
      ],
    ],
    [
      "two filters on one metric",
      { [HALF]: half },
      [
        WHOLE[0] ?? "",
        WHOLE[1] ?? "",
        `${T.group} feeds ${HALF}`,
        WHOLE[2] ?? "",
        `${HALF} emits CIS / Denied`,
        ...WHOLE.slice(3),
      ],
    ],
    [
      "an alarm that cannot go off",
      { [T.alarm]: { threshold: 5 } },
      whole({ 3: `CIS / Denied is-watched ${T.alarm} (no: alarm-cannot-fire)` }),
    ],
    [
      "an alarm in other letters",
      { [T.alarm]: { metric_name: "DENIED" } },
      whole({ 3: `CIS / Denied is-watched ${T.alarm} (no: no-alarm-on-metric)` }),
    ],
    [
      "an alarm on a metric of another name",
      { [T.alarm]: { metric_name: "Other" } },
      whole({ 3: `CIS / Denied is-watched ${T.alarm} (no: no-alarm-on-metric)` }),
    ],
    [
      "an alarm in another namespace",
      { [T.alarm]: { namespace: "Other" } },
      whole({ 3: `CIS / Denied is-watched ${T.alarm} (no: no-alarm-on-metric)` }),
    ],
    [
      "an alarm on something else",
      { [T.alarm]: { metric_name: "CPU", namespace: "AWS/EC2" } },
      whole({ 3: undefined, 4: undefined }),
    ],
    [
      "an alarm on a metric that is not known",
      { [T.alarm]: { metric_name: OPEN } },
      whole({ 3: `CIS / Denied is-watched ${T.alarm} ${doubt}` }),
    ],
    [
      "an alarm beside one that is near",
      { "aws_cloudwatch_metric_alarm.near": { alarm_name: "near", metric_name: "Other", namespace: "CIS" } },
      WHOLE,
    ],
    [
      "a composite alarm that tells",
      composite("ALARM(denied)"),
      whole(
        { 4: undefined, 5: undefined },
        `${T.alarm} is-part-of ${T.all}`,
        `${T.all} notifies ${T.topic}`,
        WHOLE[5] ?? "",
      ),
    ],
    [
      "a composite alarm that may tell",
      composite("ALARM(denied) AND ALARM(x)"),
      whole(
        { 4: undefined, 5: undefined },
        `${T.alarm} is-part-of ${T.all} (maybe: composite-alarm-not-decided)`,
        `${T.all} notifies ${T.topic} (maybe: composite-alarm-not-decided)`,
        WHOLE[5] ?? "",
      ),
    ],
    ["a composite alarm of others", composite("ALARM(x)"), whole({ 4: undefined })],
    [
      "a topic that shuts CloudWatch out",
      { [T.topic]: { policy: '{"Statement":[]}' } },
      whole({ 4: `${T.alarm} notifies ${T.topic} (no: topic-policy-shuts-cloudwatch-out)` }),
    ],
    [
      "an alarm that tells one of two",
      {
        [T.alarm]: { alarm_actions: [oneOf(reference(T.topic, "arn"), reference(other, "arn"))] },
        [other]: { name: "other" },
      },
      [
        ...WHOLE.slice(0, 4),
        `${T.alarm} notifies ${T.topic} ${doubt}`,
        `${T.alarm} notifies ${other} ${doubt}`,
        ...WHOLE.slice(5),
      ],
    ],
    [
      "an alarm of which it is not known what it tells",
      { [T.alarm]: { alarm_actions: unknown({ why: "variable-unset", subject: "var.topic" }) } },
      whole({ 4: `${T.alarm} notifies var.topic ${doubt}` }),
    ],
    [
      "an alarm that tells a topic, and something that is not known",
      { [T.alarm]: { alarm_actions: [reference(T.topic, "arn"), OPEN] } },
      [...WHOLE.slice(0, 5), `${T.alarm} notifies elsewhere ${doubt}`, ...WHOLE.slice(5)],
    ],
    [
      "a subscription on another topic",
      { [T.queue]: { topic_arn: reference(other, "arn") }, [other]: { name: "other" } },
      whole({ 5: `${other} reaches ${T.queue}` }),
    ],
    [
      "a subscription of which it is not known on which topic it is",
      { [T.queue]: { topic_arn: OPEN } },
      whole({ 5: `${T.topic} reaches ${T.queue} ${doubt}` }),
    ],
    [
      "a subscription on one of two",
      {
        [T.queue]: { topic_arn: oneOf(reference(T.topic, "arn"), reference(other, "arn")) },
        [other]: { name: "other" },
      },
      whole({ 5: `${T.topic} reaches ${T.queue} ${doubt}` }, `${other} reaches ${T.queue} ${doubt}`),
    ],
  ])("%s", (_, changes, wanted) => {
    expect(joints(pictureOf(changed(changes)))).toEqual(wanted);
  });

  it("are drawn once for what is one object, by reference and by name", () => {
    const arn = "arn:aws:sns:us-east-1:111122223333:far";
    const away = { ".account": "111122223333", ".region": "us-east-1" };
    const picture = pictureOf(
      changed({
        [T.topic]: undefined,
        [T.alarm]: { alarm_actions: [arn], ...away },
        [T.filter]: away,
        [T.queue]: { topic_arn: arn, ...away },
      }),
    );
    expect(picture.nodes.filter(({ kind }) => kind === "topic").map(({ title, id }) => [title, id])).toEqual([
      [arn, `outside topic ${arn}`],
    ]);
    expect(joints(picture).slice(-2)).toEqual([
      `${arn} reaches ${T.queue}`,
      `${arn} reaches subscribers (maybe: subscribers-outside-inputs)`,
    ]);
  });

  it("of metrics in two regions are two", () => {
    const there = { ".region": "us-east-1" };
    const picture = pictureOf(
      changed({ [HALF]: { ...half, ...there }, [T.filter]: { ".region": "eu-west-1" } }),
    );
    expect(picture.nodes.filter(({ kind }) => kind === "metric").map(({ id }) => id)).toEqual([
      'metric ["CIS","Denied",null,"eu-west-1"]',
      'metric ["CIS","Denied",null,"us-east-1"]',
    ]);
  });

  it("to alarms that watch another metric are not drawn beside one that is near", () => {
    const near = { alarm_name: "near", metric_name: "Other", namespace: "CIS" };
    const far = { alarm_name: "far", metric_name: "CPU", namespace: "AWS/EC2" };
    const picture = pictureOf(
      changed({
        [T.alarm]: undefined,
        "aws_cloudwatch_metric_alarm.near": near,
        "aws_cloudwatch_metric_alarm.far": far,
      }),
    );
    expect(joints(picture).filter((joint) => joint.includes("is-watched"))).toEqual([
      "CIS / Denied is-watched aws_cloudwatch_metric_alarm.near (no: no-alarm-on-metric)",
    ]);
  });

  it("to what is not known are one for each that does not tell", () => {
    const open = { alarm_actions: OPEN };
    const second = { ...CHAIN["aws_cloudwatch_metric_alarm.denied"], alarm_name: "second", ...open };
    const picture = pictureOf(changed({ [T.alarm]: open, "aws_cloudwatch_metric_alarm.second": second }));
    const unknownOnes = picture.nodes.filter(({ managed }) => managed === "nothing");
    const plain = {
      kind: "topic",
      title: "elsewhere",
      managed: "nothing",
      place: undefined,
      state: "maybe",
      why: [],
      facts: [],
    };
    expect(unknownOnes).toEqual([
      { id: `unknown topic ${T.alarm}`, ...plain },
      { id: "unknown topic aws_cloudwatch_metric_alarm.second", ...plain },
    ]);
    const elsewhere = pictureOf(changed({ [T.alarm]: { alarm_actions: ["arn:aws:sns:us-east-1:1:far"] } }));
    const subscribers = elsewhere.nodes.find(({ title }) => title === "subscribers");
    expect(subscribers).toEqual({
      id: "subscribers of outside topic arn:aws:sns:us-east-1:1:far",
      kind: "subscription",
      title: "subscribers",
      managed: "outside",
      place: undefined,
      state: "maybe",
      why: [],
      facts: [],
    });
  });

  it("to alarms that come near are drawn for twenty metrics that nobody watches, and no more", () => {
    const filters = Object.fromEntries(
      Array.from({ length: 21 }, (_, at) => [
        `aws_cloudwatch_log_metric_filter.f${String(at).padStart(2, "0")}`,
        {
          ...half,
          name: `f${at}`,
          metric_transformation: [{ name: `M${at}`, namespace: "CIS", value: "1" }],
        },
      ]),
    );
    const { edges } = pictureOf({
      ...filters,
      "aws_cloudwatch_metric_alarm.near": { alarm_name: "near", metric_name: "Other", namespace: "CIS" },
    });
    expect(edges.filter(({ means }) => means === "is-watched")).toHaveLength(20);
  });
});

describe("a sketch", () => {
  const node = (id: string, kind: ViewNode["kind"] = "topic", title = id): ViewNode => ({
    id,
    kind,
    title,
    managed: "here",
    place: undefined,
    state: "yes",
    why: [],
    facts: [],
  });
  const edge = (from: string, to: string, state: ViewEdge["state"]): ViewEdge => ({
    from,
    to,
    means: "notifies",
    state,
    why: [],
  });

  it("has nothing on it at first", () => {
    expect(createSketch().finish([])).toEqual({ nodes: [], edges: [], apart: [] });
    expect(createSketch().targets("topic")).toEqual([]);
    expect(createSketch().has("a")).toBe(false);
  });

  it("keeps what was drawn first under an id", () => {
    const sketch = createSketch();
    expect([sketch.node(node("a")), sketch.node({ ...node("a"), title: "other" })]).toEqual(["a", "a"]);
    expect(sketch.has("a")).toBe(true);
    expect(sketch.finish([]).nodes.map(({ title }) => title)).toEqual(["a"]);
  });

  it("sorts by kind, then by title", () => {
    const sketch = createSketch();
    for (const [id, kind, title] of [
      ["1", "topic", "b"],
      ["2", "alarm", "z"],
      ["3", "topic", "a"],
      ["4", "topic", "b"],
      ["5", "trail", "y"],
    ] as const)
      sketch.node(node(id, kind, title));
    expect(sketch.finish([]).nodes.map(({ id }) => id)).toEqual(["5", "2", "3", "1", "4"]);
  });

  it("sorts edges by where they begin, then by where they end", () => {
    const sketch = createSketch();
    for (const id of ["a", "b", "c"]) sketch.node(node(id));
    for (const [from, to] of [
      ["b", "c"],
      ["a", "c"],
      ["a", "b"],
    ] as const)
      sketch.edge(edge(from, to, "yes"));
    expect(sketch.finish([]).edges.map(({ from, to }) => from + to)).toEqual(["ab", "ac", "bc"]);
  });

  it.each<[ViewEdge["state"], ViewEdge["state"], number]>([
    ["no", "maybe", 1],
    ["no", "yes", 1],
    ["maybe", "yes", 1],
    ["yes", "maybe", 0],
    ["maybe", "no", 0],
    ["maybe", "maybe", 0],
  ])("keeps the better way: %s, then %s", (first, second, kept) => {
    const sketch = createSketch();
    for (const id of ["a", "b"]) sketch.node(node(id));
    const edges = [edge("a", "b", first), edge("a", "b", second)];
    for (const one of edges) sketch.edge(one);
    const [only, ...others] = sketch.finish([]).edges;
    expect([only === edges[kept], others]).toEqual([true, []]);
  });

  it("has one node for targets that are one object, by kind", () => {
    const graph = graphOf({ [T.topic]: { name: "alerts", ".account": "1", ".region": "x" } });
    const instance = graph.byId(T.topic);
    if (instance === undefined) throw new Error("no topic");
    const scope = { partition: undefined, account: "1", region: "x", provider: "" };
    const here = { kind: "instance", instance } as const;
    const named = (name: string) => ({ kind: "outside", name, scope, text: name }) as const;
    const sketch = createSketch();
    const ids = [named("far"), named("far"), named("alerts"), here].map((target) =>
      sketch.target(target, "topic"),
    );
    expect(ids).toEqual([
      "outside topic far",
      "outside topic far",
      "outside topic alerts",
      "outside topic alerts",
    ]);
    expect(sketch.target(named("far"), "log-group")).toBe("outside log-group far");
    expect(sketch.targets("topic")).toEqual([named("far"), named("alerts")]);
    expect(sketch.targets("log-group")).toEqual([named("far")]);
    const drawn = createSketch();
    drawn.node(node(T.topic));
    expect(drawn.target(here, "topic")).toBe(T.topic);
    expect(drawn.targets("topic")).toEqual([]);
  });

  it("keeps what stands apart", () => {
    const apart = [{ address: "x", location: undefined, input: undefined }];
    expect(createSketch().finish(apart).apart).toBe(apart);
  });
});
