// The examples beside a policy: inputs and the verdict each has to get. Reads them; running them is the caller's business.

import type { Verdict } from "../model/finding.ts";
import type { JsonObject } from "../model/json.ts";
import { InputError } from "../model/problem.ts";
import {
  dictionary,
  FLAG,
  list,
  needed,
  optional,
  type Position,
  record,
  SCALAR,
  type Shape,
  say,
  text,
  word,
} from "./document-shape.ts";
import { examplePlan } from "./example-plan.ts";
import { nodeAt, readYaml, toJson } from "./yaml-document.ts";

/** One input and what it has to give. Paths are relative to the file of examples. */
export interface PolicyExample {
  readonly name: string;
  /** file:line:column, for saying that it failed. */
  readonly place: string;
  readonly input: ExampleInput;
  /** Plans and states of other stacks. */
  readonly with: readonly string[];
  readonly variables: ReadonlyMap<string, string | number | boolean>;
  readonly acceptPending: boolean;
  readonly expected: Expected;
}

type ExampleInput =
  /** Plan JSON itself. */
  | { readonly kind: "plan-text"; readonly text: string }
  | { readonly kind: "plan-file"; readonly file: string }
  /** A directory of Terraform configuration, read without a plan. */
  | { readonly kind: "source"; readonly directory: string };

interface Expected {
  readonly verdict: Verdict;
  /** `undefined`: any. */
  readonly link: string | undefined;
  /** Codes that have to be among the causes. */
  readonly causes: readonly string[];
}

/** `aws-x.yaml` has its examples in `aws-x.examples.yaml`. */
export function examplesFileOf(policyFile: string): string {
  return policyFile.replace(/(\.ya?ml)$/, ".examples$1");
}

const INPUTS = ["resources", "plan", "source"] as const;
const ADDRESS = "^[a-z][a-z0-9]*(_[a-z0-9]+)+\\.[A-Za-z_][\\w-]*$";

const addressText = text({
  schema: { pattern: ADDRESS },
  check: (value) =>
    new RegExp(ADDRESS).test(value)
      ? undefined
      : { code: "address", message: `"${value}" is no address such as aws_sns_topic.alerts` },
});

const attributes: Shape<JsonObject> = {
  schema: { type: "object" },
  read: (node, at) => {
    if (node.kind === "map")
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, toJson(value)]));
    return say(at, node.place, "wrong-type", `"${at.path}" has to be a map of attributes`);
  },
};

const resources = dictionary(addressText, attributes, { min: 0 });

const example = record(
  {
    name: needed(text(), "what the example shows; unique in the file"),
    resources: optional(resources, "the new resources of the plan, by address; join those under given"),
    plan: optional(text(), "a file of plan JSON"),
    source: optional(text(), "a directory of configuration, read without a plan"),
    with: optional(list(text(), { min: 1 }), "plans and states of other stacks"),
    var: optional(dictionary(text(), SCALAR), "values of input variables, for source"),
    "accept-pending": optional(FLAG, "takes pending subscriptions as confirmed"),
    expect: needed(word("verdict", ["satisfied", "violated", "undecided"]), "the verdict"),
    link: optional(word("link", ["trail", "filter", "alarm", "action", "subscription"]), "where it breaks"),
    causes: optional(list(text(), { min: 1 }), "codes that have to be among the causes"),
  },
  { exactlyOne: INPUTS },
);

/** The shape, for the JSON Schema too. */
export const EXAMPLES = record({
  given: optional(resources, "resources of every example that lists resources; the same address replaces"),
  examples: needed(list(example, { min: 1 }), "inputs and the verdicts they have to get"),
});

/** Throws an InputError with every problem of the file. */
export async function parseExamples(source: string, file: string): Promise<readonly PolicyExample[]> {
  const node = await readYaml(source, file, "examples");
  const at: Position = { path: "", topic: "examples", problems: [] };
  const document = EXAMPLES.read(node, at);
  const names = new Set<string>();
  const read = (document?.examples ?? []).map((entry, index): PolicyExample => {
    const place = nodeAt(node, ["examples", index])?.place ?? file;
    if (names.has(entry.name))
      say(at, place, "name-twice", `"${entry.name}" is the name of an example above`);
    names.add(entry.name);
    return {
      name: entry.name,
      place,
      input: inputOf(entry, document?.given ?? new Map()),
      with: entry.with ?? [],
      variables: entry.var ?? new Map(),
      acceptPending: entry["accept-pending"] ?? false,
      expected: { verdict: entry.expect, link: entry.link, causes: entry.causes ?? [] },
    };
  });
  if (at.problems.length > 0) throw new InputError(at.problems);
  return read;
}

/** The shape lets through exactly one of the three. */
function inputOf(
  { resources: own, plan, source }: NonNullable<ReturnType<typeof example.read>>,
  given: ReadonlyMap<string, JsonObject>,
): ExampleInput {
  if (plan !== undefined) return { kind: "plan-file", file: plan };
  if (source !== undefined) return { kind: "source", directory: source };
  return { kind: "plan-text", text: examplePlan(new Map([...given, ...(own ?? [])])) };
}
