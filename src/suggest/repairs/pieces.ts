// Pieces that several repairs are made of: names that are free in AWS, references at home, policy documents.

import type { ResourceInstance } from "../../model/graph.ts";
import { stringOf, type Value } from "../../model/value.ts";
import { argumentsOf, type Block, type Expression, listOf, literal, nested } from "../block.ts";
import type { Draft } from "../draft.ts";
import { asName } from "../hcl-text.ts";
import { freeName } from "../naming.ts";
import type { Home } from "../part.ts";
import { reach } from "../reach.ts";

/** The root module of the first input, under its default provider configuration. */
export function firstHome(draft: Draft): Home {
  const [first] = draft.graph().inputs;
  const input = first?.label ?? "";
  const scope = { partition: undefined, account: undefined, region: undefined, provider: `${input}|aws` };
  return { module: [], input, idPrefix: "", scope };
}

/** A name in AWS that no object of the type in the inputs has. */
export function rename(draft: Draft, type: string, attribute: string, wanted: string): string {
  const taken = draft
    .graph()
    .resources(type)
    .map((instance) => stringOf(instance.read(attribute)));
  return freeName(wanted, (name) => taken.includes(name), "-");
}

/** An attribute of an object: by reference where it can be reached, else through a variable that is given its value. */
export function written(draft: Draft, home: Home, instance: ResourceInstance, attribute: string): Expression {
  const found = reach(draft, home, instance, [attribute]);
  if (found !== undefined) return found;
  const value: Value = { kind: "reference", to: instance.id, path: [attribute], sensitive: false };
  const content = argumentsOf({
    description: literal(`The ${attribute} of ${instance.name}, which another configuration manages`),
    type: { kind: "written", text: "string", value },
  });
  const name = draft.declare(home, "variable", asName(`${instance.address.name}_${attribute}`), content);
  return { kind: "written", text: `var.${name}`, value };
}

/** Said where a document replaces another one. */
export const CARRY_OVER =
  "The new document takes the place of the present policy; carry over the statements that are still needed.";

export interface Grant {
  /** `undefined`: a policy of an identity, which names no principal. */
  readonly service: string | undefined;
  readonly actions: readonly string[];
  /** Empty: a trust policy, which names no resource. */
  readonly resources: readonly Expression[];
  readonly condition?: {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly Expression[];
  };
}

/** Adds an aws_iam_policy_document and returns its JSON. */
export function documentBlock(
  draft: Draft,
  home: Home,
  name: string,
  grants: readonly Grant[],
  more: readonly Block[] = [],
): Expression {
  const document = draft.add(home, {
    mode: "data",
    type: "aws_iam_policy_document",
    name,
    arguments: [],
    blocks: [...grants.map(statement), ...more],
  });
  return written(draft, home, document, "json");
}

function statement({ service, actions, resources, condition }: Grant): Block {
  const blocks: Block[] = [];
  if (service !== undefined) {
    blocks.push(nested("principals", { type: literal("Service"), identifiers: listOf(literal(service)) }));
  }
  if (condition !== undefined) {
    const { test, variable, values } = condition;
    blocks.push(
      nested("condition", { test: literal(test), variable: literal(variable), values: listOf(...values) }),
    );
  }
  const named = resources.length === 0 ? undefined : listOf(...resources);
  return {
    type: "statement",
    labels: [],
    arguments: argumentsOf({ actions: listOf(...actions.map(literal)), resources: named }),
    blocks,
  };
}
