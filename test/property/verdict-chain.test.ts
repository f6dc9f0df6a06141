// What a random chain means does not depend on how it is written down, nor on what stands beside it; and a chain that
// holds breaks at the very link that is taken out of it.

import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { judge } from "../reference/evaluate.ts";
import type { Permission, Queue, Role, Site, SmallWorld } from "../reference/small-world.ts";
import { findingOf, findingOfSources } from "../tools/check-plan.ts";
import {
  diceOf,
  withBlanksInPatterns,
  withOtherKeyOrder,
  withOtherModuleNames,
  withOtherResourceOrder,
  wrappedInModule,
} from "../tools/plan-changes.ts";
import { blocksOf } from "./chain/blocks.ts";
import { type ChainCase, chainCase } from "./chain/cases.ts";
import type { Block } from "./chain/placing.ts";
import { randomWorld } from "./chain/random-world.ts";
import { renderHcl } from "./chain/render-hcl.ts";
import { renderPlan } from "./chain/render-plan.ts";

const CASES = Array.from({ length: 24 }, (_, seed) => chainCase(seed + 10_000));

function gist({ verdict, link, causes }: Finding) {
  return { verdict, link, causes: causes.map(({ code }) => code) };
}

async function gistOf(one: ChainCase, blocks: readonly Block[] = one.blocks) {
  return gist(await findingOf(JSON.stringify(renderPlan(blocks, one.world.fresh))));
}

describe.each<[string, (one: ChainCase) => unknown]>([
  ["the order of keys", (one) => withOtherKeyOrder(renderPlan(one.blocks, one.world.fresh), one.dice)],
  [
    "the order of resources",
    (one) => withOtherResourceOrder(renderPlan(one.blocks, one.world.fresh), one.dice),
  ],
  ["the names of modules", (one) => withOtherModuleNames(renderPlan(one.blocks, one.world.fresh))],
  ["a module around everything", (one) => wrappedInModule(renderPlan(one.blocks, one.world.fresh))],
  ["blanks in patterns", (one) => withBlanksInPatterns(renderPlan(one.blocks, one.world.fresh), one.dice)],
  [
    "count = 1 on every block",
    (one) =>
      renderPlan(
        one.blocks.map((block) => ({ ...block, key: block.key ?? 0 })),
        one.world.fresh,
      ),
  ],
])("the answer on a random chain does not depend on %s", (_, change) => {
  it("in any of them", async () => {
    for (const one of CASES) {
      const changed = gist(await findingOf(JSON.stringify(change(one), null, 1)));
      expect(changed, String(one.seed)).toEqual(await gistOf(one));
    }
  });
});

describe("where blocks stand", () => {
  const inTheRoot = (blocks: readonly Block[]) => blocks.map((block) => ({ ...block, module: undefined }));

  it("never changes the verdict, nor the link it breaks at", async () => {
    for (const one of CASES) {
      // Of several near misses that are equally near, the one whose address comes first is told, and moving a block
      // changes its address. So the causes may be others here, and only here.
      const { verdict, link } = await gistOf(one, inTheRoot(one.blocks));
      const before = await gistOf(one);
      expect({ verdict, link }, String(one.seed)).toEqual({ verdict: before.verdict, link: before.link });
    }
  });

  it("never changes the causes either, where there is one object of each kind to tell of", async () => {
    const outcomes = new Set<string | undefined>();
    for (let seed = 0; seed < 60; seed += 1) {
      const dice = diceOf(seed);
      const world = randomWorld(dice, { spoilt: 8, most: 1 });
      const blocks = blocksOf(world, dice, { modules: true, keys: seed % 3 === 0, literals: seed % 5 === 0 });
      const told = async (of: readonly Block[]) => {
        const finding = await findingOf(JSON.stringify(renderPlan(of, world.fresh)));
        const about = finding.causes.map(({ subject }) => subject?.address.replace(/^module\.\w+\./, ""));
        return { ...gist(finding), about };
      };
      const before = await told(blocks);
      expect(await told(inTheRoot(blocks)), String(seed)).toEqual(before);
      outcomes.add(before.link ?? before.verdict);
    }
    expect([...outcomes].toSorted()).toEqual(
      ["action", "alarm", "filter", "satisfied", "subscription", "trail"].toSorted(),
    );
  });
});

describe("code", () => {
  /** The blocks of a file, each up to its closing bracket. */
  const blocksIn = (text: string) => text.match(/^\w[^\n]*\{\n[\s\S]*?^\}\n/gm) ?? [];

  it.each<[string, (path: string, text: string) => readonly (readonly [string, string])[]]>([
    [
      "in a file for each block",
      (path, text) => blocksIn(text).map((block, at) => [path.replace("main", `part-${at}`), block]),
    ],
    ["with its blocks the other way round", (path, text) => [[path, blocksIn(text).toReversed().join("\n")]]],
    [
      "with other blanks and comments",
      (path, text) => [
        [
          path,
          text
            .replace(/^( +)(\S+) = /gm, "\t$2   =\t")
            .replace(/\{\n/g, "{ # here\n\n\n")
            .replace(/\n/g, "\r\n"),
        ],
      ],
    ],
  ])("%s is answered alike", async (_, change) => {
    for (const one of CASES.slice(0, 10)) {
      const files = renderHcl(one.blocks);
      const changed = new Map([...files].flatMap(([path, text]) => change(path, text)));
      const [before, after] = [await findingOfSources(files), await findingOfSources(changed)];
      expect(gist(after), String(one.seed)).toEqual(gist(before));
    }
  });
});

// What stands beside

const [GOOD = never()] = Array.from({ length: 40 }, (_, seed) =>
  randomWorld(diceOf(seed), { spoilt: 0, most: 1 }),
).filter((world) => judge(world).verdict === "satisfied");

function never(): never {
  throw new Error("one of them is a whole chain");
}

/** The second world's objects under other names, so that the two have nothing in common. */
function beside(world: SmallWorld, other: SmallWorld): readonly Block[] {
  // Literally, so that a plan alone tells all of it.
  const layout = { modules: false, keys: false, literals: true };
  const strangers = blocksOf(other, diceOf(2), layout).map((block): Block => {
    const text = JSON.stringify(block).replace(
      /\b(group|trail|role|filter|alarm|topic|topickey|queuekey|queue|function|subscription)(-?\d)/g,
      "other$1$2",
    );
    return JSON.parse(
      text
        .replaceAll('"Denied"', '"OtherDenied"')
        .replaceAll(":trail", ":othertrail")
        .replaceAll('"trail"', '"othertrail"')
        .replaceAll(/\b(inbox|page)\b/g, "other$1")
        .replaceAll(/\balias\/(topickey|queuekey)/g, "alias/other$1")
        .replaceAll(/\b0000000(\d)-1111/g, "8888888$1-1111"),
    );
  });
  const sites = blocksOf(world, diceOf(2), layout);
  return strangers.map((block) => ({
    ...block,
    site:
      sites.find(({ site }) => site.region === block.site.region && site.account === block.site.account)
        ?.site ?? block.site,
  }));
}

/** An alarm chain for another purpose: no trail, so nothing of it can complete or break the first. */
const UNRELATED: SmallWorld = {
  ...GOOD,
  trails: [],
  filters: GOOD.filters.map((filter) => ({
    ...filter,
    metric: "Logins",
    pattern: { kind: "test", field: "eventName", operator: "=", text: "ConsoleLogin" },
  })),
  alarms: GOOD.alarms.map((alarm) => ({ ...alarm, metric: "Logins" })),
};

describe("objects beside a chain", () => {
  it("that have nothing to do with it never change its verdict", async () => {
    for (const one of CASES) {
      if (one.truth.verdict === "undecided" || one.truth.link === "trail") continue;
      const both = [...one.blocks, ...beside(one.world, UNRELATED)];
      const { verdict, link } = await gistOf(one, both);
      expect({ verdict, link }, String(one.seed)).toEqual(
        await gistOf(one).then((own) => ({ verdict: own.verdict, link: own.link })),
      );
    }
  });

  it("that are a whole chain are enough, whatever the first one lacks", async () => {
    expect(judge(GOOD).verdict).toBe("satisfied");
    for (const one of CASES) {
      const both = [...one.blocks, ...beside(one.world, { ...GOOD, fresh: one.world.fresh })];
      expect((await gistOf(one, both)).verdict, String(one.seed)).toBe("satisfied");
    }
  });
});

const attachedTo = ({ id, site }: { readonly id: string; readonly site: Site }) => ({
  id: `${id}policy`,
  site,
  name: `${id}-policy`,
  to: id,
});

function bareRole({ trails }: SmallWorld): Role {
  const [trail] = trails;
  if (trail === undefined) throw new Error("a chain has a trail");
  const trust = {
    effect: "Allow" as const,
    principal: { service: "cloudtrail.amazonaws.com" },
    actions: ["sts:AssumeRole"],
    resources: undefined,
    conditions: [],
  };
  return { id: "bare", site: trail.site, name: "bare", trust: [trust] };
}

/** A queue and a function in front of which nobody is let in, behind every subscription. */
function shutEndpoints({ subscriptions, topics }: SmallWorld): Partial<SmallWorld> {
  const [topic] = topics;
  if (topic === undefined) throw new Error("a chain has a topic");
  const { site } = topic;
  const queue: Queue = {
    id: "shutqueue",
    site,
    name: "shut",
    fifo: false,
    policy: [],
    encryption: undefined,
  };
  const permission: Permission = {
    id: "wrongpermission",
    site,
    name: "wrong",
    function: "shutfunction",
    principal: "events.amazonaws.com",
    action: "lambda:InvokeFunction",
    sourceArn: undefined,
    sourceAccount: undefined,
  };
  return {
    queues: [queue],
    queuePolicies: [],
    functions: [{ id: "shutfunction", site, name: "shut" }],
    permissions: [permission],
    subscriptions: subscriptions.map((subscription) => ({
      ...subscription,
      endpoint: subscription.protocol === "sqs" ? "shutqueue" : "shutfunction",
    })),
  };
}

describe("one chain that holds, with one link taken out", () => {
  const worlds = Array.from({ length: 32 }, (_, seed) => randomWorld(diceOf(seed), { spoilt: 0, most: 1 }));
  const single = worlds.filter(
    (world) =>
      judge(world).verdict === "satisfied" &&
      world.alarms[0]?.actions.length === 1 &&
      world.composites.length === 0,
  );

  it.each<[string, string, (world: SmallWorld) => SmallWorld]>([
    ["trail", "trail", (world) => ({ ...world, trails: [] })],
    ["filter", "filter", (world) => ({ ...world, filters: [] })],
    ["alarm", "alarm", (world) => ({ ...world, alarms: [] })],
    [
      "actions",
      "action",
      (world) => ({ ...world, alarms: world.alarms.map((alarm) => ({ ...alarm, actions: [] })) }),
    ],
    ["subscription", "subscription", (world) => ({ ...world, subscriptions: [] })],
    [
      "role's rights",
      "trail",
      (world) => ({
        ...world,
        trails: world.trails.map((trail) => ({ ...trail, role: "bare" })),
        roles: [bareRole(world)],
        rolePolicies: [{ ...attachedTo(bareRole(world)), policy: [] }],
      }),
    ],
    [
      "topic's policy",
      "action",
      (world) => ({
        ...world,
        topicPolicies: world.topics.map((topic) => ({ ...attachedTo(topic), policy: [] })),
      }),
    ],
    [
      "topic's key",
      "action",
      (world) => ({
        ...world,
        topics: world.topics.map((topic) => ({ ...topic, encryption: "aws-managed" })),
      }),
    ],
    [
      "queues' policies and functions' permissions",
      "subscription",
      (world) => ({
        ...world,
        ...shutEndpoints(world),
      }),
    ],
    [
      "place behind the filter policies",
      "subscription",
      (world) => ({
        ...world,
        subscriptions: world.subscriptions.map((subscription) => ({
          ...subscription,
          filter: { scope: "MessageBody", paths: { NewStateValue: [{ is: "OK" }] } },
        })),
      }),
    ],
  ])("its %s: breaks there", async (_, link, change) => {
    expect(single.length).toBeGreaterThan(3);
    for (const [at, world] of single.entries()) {
      const layout = { modules: at % 2 === 0, keys: at % 3 === 0, literals: at % 5 === 0 };
      // With the code beside the plan, so that policies put together from what apply brings are known too.
      const answer = (of: SmallWorld) => {
        const blocks = blocksOf(of, diceOf(at), layout);
        return findingOfSources(renderHcl(blocks), JSON.stringify(renderPlan(blocks, of.fresh)));
      };
      expect((await answer(world)).verdict).toBe("satisfied");
      const broken = await answer(change(world));
      expect({ verdict: broken.verdict, link: broken.link }).toEqual({ verdict: "violated", link });
    }
  });
});
