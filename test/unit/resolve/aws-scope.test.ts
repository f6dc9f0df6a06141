// Where objects of a plan live: by their own words, their provider's, and those of its other objects.

import { describe, expect, it } from "vitest";
import { parseAddress } from "../../../src/model/address.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { PlanDocument, SetAside } from "../../../src/model/plan.ts";
import { known, unknown } from "../../../src/model/value.ts";
import { createScopes, type ScopeInput } from "../../../src/resolve/aws-scope.ts";
import type { Scope } from "../../../src/resolve/follow.ts";
import type { IndexedObject } from "../../../src/resolve/plan-index.ts";

const HOME = "111122223333";
const OTHER = "444455556666";

const arn = (region: string, account: string, partition = "aws") =>
  `arn:${partition}:sns:${region}:${account}:x`;

function objectOf(
  printed: string,
  values: JsonObject,
  providerKey?: string,
  configured = true,
): IndexedObject {
  const address = parseAddress(printed);
  if (address === undefined) throw new Error(`${printed} is no address`);
  const { mode, type, name } = address;
  const own = configured || providerKey === undefined ? {} : { providerKey };
  return {
    id: printed,
    object: {
      address,
      printed,
      values,
      unknown: {},
      sensitive: {},
      exists: "yes",
      doubt: undefined,
      fresh: true,
      ...own,
    },
    configuration:
      configured && providerKey !== undefined
        ? { mode, type, name, providerKey, expressions: {}, count: undefined, forEach: undefined }
        : undefined,
  };
}

const TOPIC = "aws_sns_topic.t";

interface World {
  /** Of the topic in question. */
  readonly own?: JsonObject;
  readonly key?: string;
  readonly others?: readonly IndexedObject[];
  readonly providers?: Readonly<Record<string, JsonObject>>;
  readonly arns?: Readonly<Record<string, readonly string[]>>;
  readonly follow?: ScopeInput["follow"];
}

/** Texts that a reference names are `var.known` and, known only after apply, anything else. */
const follow: ScopeInput["follow"] = (expression) => {
  const text = JSON.stringify(expression);
  const constant = /"constant_value":"([^"]*)"/.exec(text)?.[1];
  if (constant !== undefined) return { value: known(constant), settled: true };
  if (text.includes("var.number")) return { value: known(5), settled: true };
  return { value: known("eu-north-1"), settled: text.includes("var.known") };
};

function scopeOf({ own = {}, key = "aws", others = [], providers, arns, follow: given }: World) {
  const topic = objectOf(TOPIC, own, key);
  const configured = Object.entries(providers ?? {}).map(
    ([name, expressions]) => [name, { name: "aws", expressions }] as const,
  );
  const scopes = createScopes({
    label: "plan.json",
    objects: [topic, ...others],
    plan: providers && ({ providers: new Map(configured) } as unknown as PlanDocument),
    aside: arns && ({ arns: new Map(Object.entries(arns)) } as unknown as SetAside),
    follow: given ?? follow,
  });
  const { partition, account, region, provider } = scopes(topic);
  expect(provider).toBe(`plan.json|${key}`);
  return [partition, account, region].map((part) => part ?? "-").join(" ");
}

const constant = (value: Json) => ({ constant_value: value });
const refs = (...references: string[]) => ({ references });

describe("an object's own words", () => {
  it.each<[string, JsonObject, string]>([
    ["none", {}, "- - -"],
    ["its ARN", { arn: arn("eu-west-1", HOME) }, `aws ${HOME} eu-west-1`],
    ["an ARN of another partition", { arn: arn("cn-north-1", HOME, "aws-cn") }, `aws-cn ${HOME} cn-north-1`],
    ["an ARN without region", { arn: `arn:aws:iam::${HOME}:role/x` }, `aws ${HOME} -`],
    ["an ARN without account", { arn: "arn:aws:s3:::bucket" }, "aws - -"],
    ["no ARN", { arn: "aws:sns:eu-west-1:1:x" }, "- - -"],
    ["its region", { region: "eu-central-1" }, "aws - eu-central-1"],
    [
      "its region before its ARN's",
      { region: "us-east-1", arn: arn("eu-west-1", HOME) },
      `aws ${HOME} us-east-1`,
    ],
  ])("%s", (_, own, wanted) => {
    expect(scopeOf({ own })).toBe(wanted);
  });
});

describe("what the plan knows of a provider", () => {
  const beside = (printed: string, values: JsonObject, key = "aws") => objectOf(printed, values, key);

  it.each<[string, readonly IndexedObject[], string]>([
    [
      "another object's ARN",
      [beside("aws_sqs_queue.q", { arn: arn("eu-west-1", HOME) })],
      `aws ${HOME} eu-west-1`,
    ],
    [
      "not another provider's",
      [beside("aws_sqs_queue.q", { arn: arn("eu-west-1", HOME) }, "aws.eu")],
      "- - -",
    ],
    [
      "what two objects agree on",
      [
        beside("aws_sqs_queue.q", { arn: arn("eu-west-1", HOME) }),
        beside("aws_sqs_queue.r", { arn: arn("us-east-1", HOME) }),
      ],
      `aws ${HOME} -`,
    ],
    [
      "nothing that they do not",
      [
        beside("aws_sqs_queue.q", { arn: arn("eu-west-1", HOME) }),
        beside("aws_sqs_queue.r", { arn: arn("eu-west-1", OTHER) }),
      ],
      "aws - eu-west-1",
    ],
    [
      "the account it asked for",
      [beside("data.aws_caller_identity.me", { account_id: HOME })],
      `- ${HOME} -`,
    ],
    ["the region it asked for", [beside("data.aws_region.r", { name: "eu-west-1" })], "aws - eu-west-1"],
    [
      "the region, as provider 6 tells it",
      [beside("data.aws_region.r", { region: "eu-west-1", name: "x" })],
      "aws - eu-west-1",
    ],
    ["the partition it asked for", [beside("data.aws_partition.p", { partition: "aws-cn" })], "aws-cn - -"],
    [
      "nothing that another data source tells",
      [
        beside("data.aws_x.p", {
          partition: "aws-cn",
          account_id: HOME,
          name: "eu-west-1",
          region: "eu-west-1",
        }),
      ],
      "- - -",
    ],
    [
      "nothing that a resource of such a name tells",
      [beside("aws_caller_identity.p", { account_id: HOME })],
      "- - -",
    ],
  ])("%s", (_, others, wanted) => {
    expect(scopeOf({ others })).toBe(wanted);
  });

  it("ARNs of what was set aside", () => {
    expect(scopeOf({ arns: { aws: [arn("eu-west-1", HOME)], "aws.eu": [arn("us-east-1", OTHER)] } })).toBe(
      `aws ${HOME} eu-west-1`,
    );
    const others = [objectOf("aws_sqs_queue.q", { arn: arn("us-east-1", HOME) }, "aws")];
    expect(scopeOf({ others, arns: { aws: [arn("eu-west-1", HOME)] } })).toBe(`aws ${HOME} -`);
  });

  it("counts behind the object's own words", () => {
    const others = [objectOf("aws_sqs_queue.q", { arn: arn("eu-west-1", HOME, "aws-cn") }, "aws")];
    expect(scopeOf({ own: { arn: arn("us-east-1", OTHER) }, others })).toBe(`aws ${OTHER} us-east-1`);
  });
});

describe("a provider's configuration", () => {
  const role = (account: string, partition = "aws") => constant(`arn:${partition}:iam::${account}:role/x`);

  it.each<[string, JsonObject, string]>([
    ["nothing", {}, "- - -"],
    ["a region", { region: constant("eu-west-1") }, "aws - eu-west-1"],
    ["a region of many words", { region: constant("us-gov-west-1") }, "aws-us-gov - us-gov-west-1"],
    ["a region of China", { region: constant("cn-north-1") }, "aws-cn - cn-north-1"],
    // Which partition these are of is not told by their form.
    ["a region of its own kind", { region: constant("us-iso-east-1") }, "- - us-iso-east-1"],
    ["a region that a variable gives", { region: refs("var.known") }, "aws - eu-north-1"],
    ["a region that is not known", { region: refs("data.x.y") }, "- - -"],
    ["a region that is a number", { region: refs("var.number") }, "- - -"],
    ["no region at all", { region: constant("mars") }, "- - -"],
    ["almost a region", { region: constant("x-eu-west-1-y") }, "- - -"],
    ["a role", { assume_role: [{ role_arn: role(HOME) }] }, `aws ${HOME} -`],
    ["a role, written as one block", { assume_role: { role_arn: role(HOME, "aws-cn") } }, `aws-cn ${HOME} -`],
    ["the only account allowed", { allowed_account_ids: constant([HOME]) }, `- ${HOME} -`],
    ["one of several accounts", { allowed_account_ids: constant([HOME, OTHER]) }, "- - -"],
    ["an account that is no text", { allowed_account_ids: constant([5]) }, "- - -"],
    [
      "the account allowed before the role's",
      { allowed_account_ids: constant([HOME]), assume_role: [{ role_arn: role(OTHER) }] },
      `aws ${HOME} -`,
    ],
    [
      "the role's account, where several are allowed",
      { allowed_account_ids: constant([HOME, OTHER]), assume_role: [{ role_arn: role(OTHER) }] },
      `aws ${OTHER} -`,
    ],
  ])("%s", (_, expressions, wanted) => {
    expect(scopeOf({ providers: { aws: expressions } })).toBe(wanted);
    expect(scopeOf({ providers: { "aws.other": expressions } })).toBe("- - -");
  });

  it("counts before what its objects tell", () => {
    const others = [objectOf("aws_sqs_queue.q", { arn: arn("us-east-1", OTHER) }, "aws")];
    const providers = {
      aws: { region: constant("eu-west-1"), assume_role: [{ role_arn: role(HOME, "aws-cn") }] },
    };
    expect(scopeOf({ others, providers })).toBe(`aws-cn ${HOME} eu-west-1`);
  });

  it("tells where objects of a provider are that has no other object", () => {
    const topic = objectOf(TOPIC, {}, "aws");
    const scopes = createScopes({
      label: "plan.json",
      objects: [],
      plan: {
        providers: new Map([["aws", { name: "aws", expressions: { region: constant("eu-west-1") } }]]),
      } as unknown as PlanDocument,
      aside: undefined,
      follow,
    });
    expect(scopes(topic).region).toBe("eu-west-1");
  });

  it.each<[string, Scope["path"]]>([
    ["aws", []],
    ["aws.eu", []],
    ["module.a:aws", [{ name: "a", key: undefined }]],
    [
      "module.a.module.b:aws.eu",
      [
        { name: "a", key: undefined },
        { name: "b", key: undefined },
      ],
    ],
  ])("%s is read where it stands", (key, path) => {
    const scopes: Scope[] = [];
    scopeOf({
      key,
      providers: { [key]: { region: refs("var.region") } },
      follow: (_, scope) => {
        scopes.push(scope);
        return { value: unknown({ why: "expression", subject: "" }), settled: true };
      },
    });
    expect(scopes).toEqual([{ path, key: undefined, forEach: undefined }]);
  });
});

describe("an object whose configuration is not there", () => {
  const scopes = (object: IndexedObject) =>
    createScopes({ label: "s", objects: [object], plan: undefined, aside: undefined, follow })(object);

  it("says itself which provider is its own, as stored states do", () => {
    expect(scopes(objectOf(TOPIC, {}, "module.a:aws.eu", false)).provider).toBe("s|module.a:aws.eu");
  });

  it("may not say it", () => {
    expect(scopes(objectOf(TOPIC, { arn: arn("eu-west-1", HOME) }))).toEqual({
      partition: "aws",
      account: HOME,
      region: "eu-west-1",
      provider: "",
    });
  });
});
