// Which causes and remarks are told as being about what is in an account now.

import { describe, expect, it } from "vitest";
import { aboutAccount } from "../../../src/evaluate/about-account.ts";
import { worksElsewhere } from "../../../src/evaluate/asked-accounts.ts";
import type { Told } from "../../../src/model/finding.ts";
import type { Graph, InputSummary } from "../../../src/model/graph.ts";
import { graphOf } from "../../tools/world.ts";

function graphWith(...kinds: readonly InputSummary["kind"][]): Graph {
  const [input] = graphOf({}).inputs;
  if (input === undefined) throw new Error("no input");
  return { ...graphOf({}), inputs: kinds.map((kind) => ({ ...input, kind, label: kind })) };
}

const about = (input: string | undefined, more: object = {}): Told => ({
  subject: { address: "x", location: undefined, input },
  evidence: [],
  ...more,
});
const ofNothing = (more: object = {}): Told => ({ subject: undefined, evidence: [], ...more });
const why = (text: string) => ({ origin: { why: text, subject: "aws sns list-topics" } });

describe("what is told", () => {
  it.each<[string, Told, readonly InputSummary["kind"][], boolean]>([
    ["of an account's object", about("account"), ["plan", "account"], true],
    ["of another input's object", about("plan"), ["plan", "account"], false],
    ["of another input's object, where nothing was asked", about("plan"), ["plan"], false],
    ["of nothing, where only an account was read", ofNothing(), ["account"], true],
    ["of nothing, where a plan was read too", ofNothing(), ["plan", "account"], false],
    ["of something elsewhere, where only an account was read", about(undefined), ["account"], true],
    ["of what was not asked", ofNothing(why("not-asked")), ["plan", "account"], true],
    ["of what was not answered", about(undefined, why("not-answered")), ["plan", "account"], true],
    ["of what was cut short", ofNothing(why("cut-short")), ["plan", "account"], true],
    ["of what waits for apply", ofNothing(why("after-apply")), ["plan", "account"], false],
    ["of what was not asked, in a plan", about("plan", why("not-asked")), ["plan", "account"], false],
    ["of what was not asked, where there is no account", ofNothing(why("not-asked")), ["plan"], false],
  ])("%s", (_, told, kinds, wanted) => {
    const marked = wanted ? { ...told, inAccount: true } : told;
    expect(aboutAccount([told], graphWith(...kinds))).toEqual([marked]);
  });
});

describe("an object of another account than is asked about", () => {
  const scope = (account: string | undefined) => ({
    partition: undefined,
    account,
    region: undefined,
    provider: "",
  });

  it.each<[string, string | undefined, readonly string[] | undefined, boolean]>([
    ["is one that is not asked about", "1", ["2", "3"], true],
    ["is not one that is", "2", ["2", "3"], false],
    ["may be in any, where it is not told", undefined, ["2"], false],
    ["may be in any, where nobody asks", "1", [], false],
    ["may be in any, where nothing stands beside", "1", undefined, false],
  ])("%s", (_, account, asked, wanted) => {
    const graph = asked === undefined ? graphOf({}) : { ...graphOf({}), askedAccounts: () => asked };
    expect(worksElsewhere(graph, scope(account))).toBe(wanted);
  });
});
