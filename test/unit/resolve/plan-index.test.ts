// The objects of a plan by id, type, block and module, those that were set aside among them.

import { describe, expect, it } from "vitest";
import { type InstanceKey, parseAddress } from "../../../src/model/address.ts";
import type { ModuleConfiguration, PlanDocument, ResourceChange, SetAside } from "../../../src/model/plan.ts";
import { afterPlan } from "../../../src/resolve/after-apply.ts";
import { blockName, type IndexedObject, indexPlan } from "../../../src/resolve/plan-index.ts";

function addressOf(text: string) {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return address;
}

const change = (text: string, actions: readonly string[] = ["create"], from?: string): ResourceChange => ({
  address: addressOf(text),
  previousAddress: from,
  actions,
  before: actions.includes("delete") ? {} : null,
  beforeSensitive: {},
  after: actions.includes("delete") ? null : { name: text },
  afterUnknown: {},
  afterSensitive: {},
});

const configured = (...blocks: readonly string[]): ModuleConfiguration => ({
  resources: new Map(
    blocks.map((block) => {
      const { mode, type, name } = addressOf(block);
      const own = {
        mode,
        type,
        name,
        providerKey: `of ${block}`,
        expressions: {},
        count: undefined,
        forEach: undefined,
      };
      return [block, own];
    }),
  ),
  calls: new Map(),
  outputs: new Map(),
  variables: new Map(),
});

const INNER = configured("aws_sns_topic.in");
const ROOT: ModuleConfiguration = {
  ...configured("aws_sns_topic.t", "data.aws_region.r"),
  calls: new Map([
    ["m", { source: "./m", expressions: {}, count: undefined, forEach: undefined, module: INNER }],
  ]),
};

interface Aside {
  readonly changes: readonly ResourceChange[];
  /** Objects of the prior state. */
  readonly prior?: readonly string[];
  readonly covers?: (type: string) => boolean;
  readonly modules?: readonly string[];
  readonly movedFrom?: readonly string[];
}

function setAside(
  { changes, prior = [], covers = () => true, modules = [], movedFrom = [] }: Aside,
  asked: string[],
): SetAside {
  const objects = prior.map((text) => ({ address: addressOf(text), values: {}, sensitive: {} }));
  const typeOf = ({ address }: ResourceChange) => blockName(address).replace(/\.[^.]*$/, "");
  return {
    covers,
    types: [...new Set(changes.map(typeOf))],
    entries: (type, block) => {
      asked.push(block ?? type);
      return { changes: changes.filter((one) => typeOf(one) === type), objects };
    },
    configured: (_, block) => configured("aws_sqs_queue.q").resources.get(block.replace("module.m.", "")),
    movedFrom,
    modules,
    arns: new Map(),
    managed: { changes: changes.length, destroyed: 0, before: 0, untouched: false },
  };
}

function index(changes: readonly ResourceChange[], aside?: Aside, prefix = "") {
  const asked: string[] = [];
  const document: PlanDocument = {
    kind: "plan",
    label: "plan.json",
    formatVersion: "1.2",
    terraformVersion: undefined,
    changes,
    deferred: [],
    prior: [],
    outputs: new Map(),
    variables: new Map(),
    configuration: ROOT,
    providers: new Map(),
    complete: undefined,
    aside: aside && setAside(aside, asked),
  };
  return { ...indexPlan(document, afterPlan(document), prefix), asked };
}

const ids = (objects: readonly IndexedObject[]) => objects.map(({ id }) => id);
const step = (name: string, key?: InstanceKey) => ({ name, key });

describe("the name of a block", () => {
  it.each([
    ["aws_sns_topic.t[0]", "aws_sns_topic.t"],
    ['module.m["k"].data.aws_region.r', "data.aws_region.r"],
  ])("of %s is %s", (address, wanted) => {
    expect(blockName(addressOf(address))).toBe(wanted);
  });
});

describe("objects that were read at once", () => {
  const readAll = () =>
    index(
      [
        change("aws_sns_topic.t[0]"),
        change("aws_sns_topic.t[1]"),
        change('module.m["a"].aws_sns_topic.in'),
        change('module.m["b"].aws_sns_topic.in'),
        change('module.m["b"].module.n[0].aws_sns_topic.deep'),
        change("data.aws_region.r"),
        change("aws_sns_topic.gone", ["delete"]),
      ],
      undefined,
      "two: ",
    );

  it("are found by id", () => {
    const read = readAll();
    expect(read.idPrefix).toBe("two: ");
    expect(read.byId("two: aws_sns_topic.t[0]")?.object.printed).toBe("aws_sns_topic.t[0]");
    expect([read.byId("aws_sns_topic.t[0]"), read.byId("two: aws_sns_topic.z"), read.byId("two: [")]).toEqual(
      [undefined, undefined, undefined],
    );
  });

  it("are found by type, in their order", () => {
    const read = readAll();
    expect(ids(read.ofType("aws_sns_topic"))).toEqual([
      "two: aws_sns_topic.t[0]",
      "two: aws_sns_topic.t[1]",
      'two: module.m["a"].aws_sns_topic.in',
      'two: module.m["b"].aws_sns_topic.in',
      'two: module.m["b"].module.n[0].aws_sns_topic.deep',
    ]);
    expect(ids(read.ofType("data.aws_region"))).toEqual(["two: data.aws_region.r"]);
    expect(read.ofType("aws_region")).toEqual([]);
    expect(read.objects).toHaveLength(6);
  });

  it("are found by block, in one instance of a module", () => {
    const read = readAll();
    expect(ids(read.instances([], "aws_sns_topic.t"))).toEqual([
      "two: aws_sns_topic.t[0]",
      "two: aws_sns_topic.t[1]",
    ]);
    expect(ids(read.instances([step("m", "b")], "aws_sns_topic.in"))).toEqual([
      'two: module.m["b"].aws_sns_topic.in',
    ]);
    expect(read.instances([step("m")], "aws_sns_topic.in")).toEqual([]);
    expect(read.instances([], "aws_sns_topic.in")).toEqual([]);
  });

  it("tell which instances modules have", () => {
    const read = readAll();
    expect(read.moduleKeys([], "m")).toEqual(["a", "b"]);
    expect(read.moduleKeys([step("m", "b")], "n")).toEqual([0]);
    expect(read.moduleKeys([step("m", "a")], "n")).toEqual([]);
    expect(read.moduleKeys([], "n")).toEqual([]);
  });

  it("have the configuration of their block, whatever their keys", () => {
    const read = readAll();
    expect(read.byId("two: aws_sns_topic.t[0]")?.configuration?.providerKey).toBe("of aws_sns_topic.t");
    expect(read.byId('two: module.m["a"].aws_sns_topic.in')?.configuration?.providerKey).toBe(
      "of aws_sns_topic.in",
    );
    expect(read.byId("two: data.aws_region.r")?.configuration?.providerKey).toBe("of data.aws_region.r");
    expect(read.byId('two: module.m["b"].module.n[0].aws_sns_topic.deep')?.configuration).toBeUndefined();
  });

  it("stand in modules that are called", () => {
    const read = readAll();
    expect(read.module([])).toBe(ROOT);
    expect(read.module([step("m", "a")])).toBe(INNER);
    expect(read.module([step("z")])).toBeUndefined();
    expect(read.module([step("z")])).toBeUndefined();
    expect(read.call([], "m")?.source).toBe("./m");
    expect(read.call([step("m")], "m")).toBeUndefined();
    expect(read.configured([step("m", 5)], "aws_sns_topic.in")).toBe(INNER.resources.get("aws_sns_topic.in"));
  });

  it("go where the plan says so", () => {
    const read = readAll();
    expect(read.gone().map(({ address, how }) => [address.name, how])).toEqual([["gone", "destroyed"]]);
    expect(read.covers("aws_anything.x")).toBe(true);
  });
});

describe("objects that were set aside", () => {
  const QUEUES = [
    change("aws_sqs_queue.q[0]"),
    change("aws_sqs_queue.q[1]"),
    change("aws_sqs_queue.other"),
    change('module.m["x"].aws_sqs_queue.q'),
    change("aws_sqs_queue.gone", ["delete"]),
    change("aws_lambda_function.f"),
  ];
  const aside = (more: Partial<Aside> = {}, prefix = "") =>
    index([change("aws_sns_topic.t")], { changes: QUEUES, ...more }, prefix);

  it("are not there until they are asked for", () => {
    const read = aside();
    expect(ids(read.objects)).toEqual(["aws_sns_topic.t"]);
    expect([read.asked, read.gone()]).toEqual([[], []]);
  });

  it("come by type, once, with those that go", () => {
    const read = aside();
    expect(ids(read.ofType("aws_sqs_queue"))).toEqual([
      "aws_sqs_queue.q[0]",
      "aws_sqs_queue.q[1]",
      "aws_sqs_queue.other",
      'module.m["x"].aws_sqs_queue.q',
    ]);
    expect(read.ofType("aws_sqs_queue")).toHaveLength(4);
    expect(ids(read.instances([], "aws_sqs_queue.other"))).toEqual(["aws_sqs_queue.other"]);
    expect(read.byId("aws_sqs_queue.z")).toBeUndefined();
    expect(read.asked).toEqual(["aws_sqs_queue"]);
    expect(read.gone().map(({ address }) => address.name)).toEqual(["gone"]);
    expect(ids(read.objects)).toEqual(["aws_sns_topic.t"]);
  });

  it("come by block, and the rest of the type later", () => {
    const read = aside();
    expect(ids(read.instances([], "aws_sqs_queue.q"))).toEqual(["aws_sqs_queue.q[0]", "aws_sqs_queue.q[1]"]);
    expect(ids(read.instances([], "aws_sqs_queue.q"))).toHaveLength(2);
    expect(read.gone()).toEqual([]);
    expect(ids(read.ofType("aws_sqs_queue"))).toEqual([
      "aws_sqs_queue.q[0]",
      "aws_sqs_queue.q[1]",
      "aws_sqs_queue.other",
      'module.m["x"].aws_sqs_queue.q',
    ]);
    expect(read.asked).toEqual(["aws_sqs_queue.q", "aws_sqs_queue"]);
    expect(read.gone().map(({ address }) => address.name)).toEqual(["gone"]);
  });

  it("come by block of a module, whatever its keys", () => {
    const read = aside();
    expect(ids(read.instances([step("m", "x")], "aws_sqs_queue.q"))).toEqual([
      'module.m["x"].aws_sqs_queue.q',
    ]);
    expect(read.asked).toEqual(["module.m.aws_sqs_queue.q"]);
    expect(read.byId('module.m["x"].aws_sqs_queue.q')?.configuration?.providerKey).toBe("of aws_sqs_queue.q");
  });

  it("come by id, that block alone", () => {
    const read = aside({}, "two: ");
    expect(read.byId("two: aws_sqs_queue.q[1]")?.id).toBe("two: aws_sqs_queue.q[1]");
    expect(read.byId("two: aws_sqs_queue.q[0]")?.id).toBe("two: aws_sqs_queue.q[0]");
    expect(read.asked).toEqual(["aws_sqs_queue.q"]);
    expect(read.byId("aws_sqs_queue.other")).toBeUndefined();
    expect(read.byId("two: not an address")).toBeUndefined();
    expect(read.asked).toEqual(["aws_sqs_queue.q"]);
  });

  it("are not looked for where their type has none", () => {
    const read = aside();
    expect(ids(read.ofType("aws_sns_topic"))).toEqual(["aws_sns_topic.t"]);
    expect(read.ofType("aws_kms_key")).toEqual([]);
    expect(read.byId("aws_kms_key.k")).toBeUndefined();
    expect(read.asked).toEqual([]);
  });

  it("tell of modules without being asked for", () => {
    const read = aside({ modules: ['module.m["x"]', "module.m[5]", "not a module", ""] });
    expect(read.moduleKeys([], "m")).toEqual(["x", 5]);
    expect(read.asked).toEqual([]);
  });

  it("are not where they were moved from, by changes that were read at once or set aside", () => {
    const moved = change("aws_sns_topic.t", ["update"], "aws_sqs_queue.b");
    const prior = ["aws_sqs_queue.a", "aws_sqs_queue.b", "aws_sqs_queue.c"];
    const read = index([moved], { changes: QUEUES, prior, movedFrom: ["aws_sqs_queue.c"] });
    const found = ids(read.ofType("aws_sqs_queue"));
    expect(prior.map((id) => found.includes(id))).toEqual([true, false, false]);
  });

  it("may leave out objects of a type", () => {
    const read = aside({ covers: (type) => type === "aws_sqs_queue" });
    expect(["aws_sqs_queue.q", "data.aws_sqs_queue.q", "aws_kms_key.k"].map(read.covers)).toEqual([
      true,
      true,
      false,
    ]);
  });
});
