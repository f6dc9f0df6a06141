// The policy that a value holds, as text or by the data source whose blocks it is the JSON of, and the objects that give
// an object its policies. Judges nothing itself.

import { predictedArnText } from "../aws/arn.ts";
import type { Attributes } from "../aws/attributes.ts";
import { namingArguments } from "../aws/identity.ts";
import { type PolicyDocument, policyDocumentOf, policyDocumentOfBlocks } from "../aws/policy-document.ts";
import type { ArnOwner } from "../aws/publish-policy.ts";
import type { Graph, ResourceInstance } from "../model/graph.ts";
import {
  agree,
  all,
  changedWithin,
  isUnset,
  known,
  stringOf,
  type Tri,
  UNSET,
  unknown,
  type Value,
} from "../model/value.ts";
import type { Family } from "./families.ts";
import { type Pointer, pointersOf, pointsTo, type Target } from "./pointers.ts";

/** Documents of documents are followed so far. */
const DEEPEST = 8;

/**
 * What holds of the policy, where all that the value can be agree. A policy that cannot be read is `undefined`;
 * `unset` is the answer where none is written. References to ARNs are compared as such first, and then as what is told
 * of the ARNs before apply: that two objects differ shows in their names alone.
 */
export function judgePolicy(
  graph: Graph,
  value: Value,
  judge: (document: PolicyDocument | undefined) => Tri,
  unset: Tri,
): Tri {
  const answers = possiblePolicies(graph, value).map((one) => {
    if (isUnset(one) === "yes") return unset;
    const document = documentOf(graph, one, 0, (written) => written);
    const answer = judge(document);
    if (answer !== "maybe" || document === undefined) return answer;
    return judge(documentOf(graph, one, 0, (written) => withPredictedArns(graph, written)));
  });
  return agree(answers);
}

/** The same object with what is told of ARNs before apply in the place of references to them. */
export function foretold(graph: Graph, { read }: Attributes): Attributes {
  return { read: (attribute) => withPredictedArns(graph, read(attribute)) };
}

function withPredictedArns(graph: Graph, value: Value): Value {
  const inner = (one: Value) => withPredictedArns(graph, one);
  switch (value.kind) {
    case "reference":
      return predictedArnOf(graph, value) ?? value;
    case "text":
      return {
        ...value,
        parts: value.parts.map(inner).flatMap((part) => (part.kind === "text" ? part.parts : part)),
      };
    case "list":
    case "map":
      return changedWithin(value, inner);
    case "known":
    case "unknown":
      return value;
    default:
      return value satisfies never;
  }
}

/**
 * A plan's JSON shows `"${group.arn}:*"` as the reference alone. Policies write something behind a log group's ARN, for
 * rights are given on its streams; other ARNs they pass on whole.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 */
function withOpenEnds(graph: Graph, value: Value): Value {
  if (value.kind === "list" || value.kind === "map")
    return changedWithin(value, (inner) => withOpenEnds(graph, inner));
  const group = value.kind === "reference" ? graph.byId(value.to) : undefined;
  if (group?.address.type !== "aws_cloudwatch_log_group") return value;
  const end = unknown({ why: "expression", subject: group.name });
  return { kind: "text", parts: [value, end], sensitive: value.sensitive };
}

function predictedArnOf(
  graph: Graph,
  { to, path }: Extract<Value, { kind: "reference" }>,
): Value | undefined {
  const instance = graph.byId(to);
  const [attribute, ...inside] = path;
  if (instance?.address.mode !== "managed" || attribute !== "arn" || inside.length > 0) return undefined;
  const { type } = instance.address;
  const [argument = "name"] = namingArguments(type) ?? [];
  return predictedArnText(type, stringOf(instance.read(argument)), instance.scope);
}

/** A choice between policies is each of them; what is made from other things is itself. */
function possiblePolicies(graph: Graph, value: Value): readonly Value[] {
  if (value.kind !== "unknown" || !value.closed || value.candidates.length === 0) return [value];
  if (value.relation === "made-from" && !value.candidates.every((one) => isDocument(graph, one)))
    return [value];
  return [...value.candidates, ...(value.besides ?? [])].flatMap((one) => possiblePolicies(graph, one));
}

function isDocument(graph: Graph, value: Value): boolean {
  return value.kind === "reference" && dataDocument(graph, value.to) !== undefined;
}

function dataDocument(graph: Graph, id: string): ResourceInstance | undefined {
  const instance = graph.byId(id);
  const { mode, type } = instance?.address ?? {};
  return mode === "data" && type === "aws_iam_policy_document" ? instance : undefined;
}

/** The attributes of the data source that hold the policy. */
const JSON_ATTRIBUTES: ReadonlySet<unknown> = new Set([undefined, "json", "minified_json"]);

/** `seen`: what is seen of a value that is written in it. */
function documentOf(
  graph: Graph,
  value: Value,
  depth: number,
  seen: (written: Value) => Value,
): PolicyDocument | undefined {
  if (depth > DEEPEST) return undefined;
  const follow = (next: Value) => documentOf(graph, next, depth + 1, seen);
  if (value.kind !== "reference") {
    const [only, ...others] = possiblePolicies(graph, value);
    if (only !== undefined && only !== value && others.length === 0) return follow(only);
    return policyDocumentOf(seen(value));
  }
  const [attribute, ...inside] = value.path;
  const document = dataDocument(graph, value.to);
  if (document !== undefined) {
    if (!JSON_ATTRIBUTES.has(attribute) || inside.length > 0) return undefined;
    return policyDocumentOfBlocks({ read: (name) => seen(withOpenEnds(graph, document.read(name))) }, follow);
  }
  const instance = graph.byId(value.to);
  const found = instance?.read(String(attribute ?? ""));
  const own = found?.kind === "reference" && found.to === value.to;
  return found === undefined || own || inside.length > 0 ? undefined : follow(found);
}

/** A policy that is not written is computed by AWS: none, or the default one. */
export function writtenPolicy(instance: ResourceInstance, attribute = "policy"): Value {
  const value = instance.read(attribute);
  const computed = value.kind === "reference" && value.to === instance.id;
  return computed && instance.fresh ? UNSET : value;
}

/** An object as the requests of policies name it. */
export function ownerOf(instance: ResourceInstance, nameAttribute = "name"): ArnOwner {
  const { id, scope, address } = instance;
  const name = stringOf(instance.read(nameAttribute));
  return { id, type: address.type, name, scope, arn: instance.read("arn") };
}

/**
 * A "no" is no proof while more objects of the type may exist than are listed: one of them may let somebody in. That one
 * may also shut somebody out is not held against a "yes", as with everything else that may stand beside a chain.
 */
export function ifAllListed(graph: Graph, type: string, answer: Tri): Tri {
  return answer === "no" && graph.gaps(type).length > 0 ? "maybe" : answer;
}

/** An object that speaks of another one, and whether it certainly does. */
export interface Speaker {
  readonly instance: ResourceInstance;
  readonly sure: Tri;
}

interface Speakers {
  readonly byId: ReadonlyMap<string, readonly ResourceInstance[]>;
  /** Those of which it is not known which object they speak of. */
  readonly open: readonly { readonly instance: ResourceInstance; readonly pointer: Pointer }[];
}

/** A graph does not change, so who speaks of whom is looked up once. */
const SPEAKERS = new WeakMap<Graph, Map<string, Speakers>>();

/** The objects of a type whose attribute points, or may point, to an object. */
export function speakersOf(
  graph: Graph,
  { type, attribute, family }: { readonly type: string; readonly attribute: string; readonly family: Family },
  about: ResourceInstance,
): readonly Speaker[] {
  const types = SPEAKERS.get(graph) ?? new Map<string, Speakers>();
  SPEAKERS.set(graph, types);
  const found = types.get(type) ?? speakers(graph, type, attribute, family);
  types.set(type, found);
  const target: Target = { kind: "instance", instance: about };
  const open = found.open.map(({ instance, pointer }) => ({
    instance,
    sure: all([instance.exists, pointsTo(pointer, target)]),
  }));
  const certain = (found.byId.get(about.id) ?? []).map((instance) => ({ instance, sure: instance.exists }));
  return [...certain, ...open.filter(({ sure }) => sure !== "no")];
}

function speakers(graph: Graph, type: string, attribute: string, family: Family): Speakers {
  const byId = new Map<string, ResourceInstance[]>();
  const open: { instance: ResourceInstance; pointer: Pointer }[] = [];
  // Large plans have many queues, and most policies refer to theirs.
  let urls: ReadonlyMap<string, Value> | undefined;
  const ofUrl = (written: Value): Value | undefined => {
    const url = stringOf(written);
    if (family !== "queue" || url === undefined) return undefined;
    urls ??= queuesByUrl(graph);
    return urls.get(url);
  };
  for (const instance of graph.resources(type)) {
    const written = instance.read(attribute);
    const value = ofUrl(written) ?? arnOfQueueUrl(written);
    for (const pointer of pointersOf(value, { graph, from: instance.scope, family })) {
      const [only, ...others] = pointer.targets;
      const sure = others.length === 0 && pointer.also.length === 0 && pointer.open === undefined;
      if (!sure) open.push({ instance, pointer });
      else if (only?.kind === "instance")
        byId.set(only.instance.id, [...(byId.get(only.instance.id) ?? []), instance]);
    }
  }
  return { byId, open };
}

/** The queues whose URL is known, which a policy may name. */
function queuesByUrl(graph: Graph): ReadonlyMap<string, Value> {
  return new Map(
    graph.resources("aws_sqs_queue").flatMap((queue): readonly [string, Value][] => {
      const url = stringOf(queue.read("url")) ?? stringOf(queue.read("id"));
      return url === undefined
        ? []
        : [[url, { kind: "reference", to: queue.id, path: ["url"], sensitive: false }]];
    }),
  );
}

/**
 * The ARN of the queue that a URL names; other values as they are.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 */
function arnOfQueueUrl(value: Value): Value {
  const url = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([^/]+)$/.exec(
    stringOf(value) ?? "",
  );
  if (url === null) return value;
  const [, region = "", account = "", name = ""] = url;
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return known(`arn:${partition}:sqs:${region}:${account}:${name}`);
}

/**
 * What holds of the object behind a pointer, as far as it is in the inputs. What is outside them is taken to do its
 * part, unless its name tells otherwise, and is told as such. Where it is not known what the pointer points to, it may
 * be any object of the type, and only then they are listed, for in a large plan that means to read them.
 */
export function judgeSeen(
  graph: Graph,
  type: string,
  pointer: Pointer,
  judge: (instance: ResourceInstance) => Tri,
  judgeName: (name: string) => Tri = () => "yes",
): { readonly answer: Tri; readonly deciding: ResourceInstance | undefined; readonly outside: boolean } {
  const targets = [...pointer.targets, ...pointer.also];
  const instances =
    pointer.open === undefined
      ? targets.flatMap((target) => (target.kind === "instance" ? [target.instance] : []))
      : graph.resources(type);
  const elsewhere = targets.flatMap((target): readonly Tri[] => {
    if (target.kind === "instance") return [];
    return [target.kind === "outside" ? judgeName(target.name) : "yes"];
  });
  const outside = pointer.open !== undefined || elsewhere.length > 0;
  // Where the inputs have objects of this type that were not listed, what seems to be outside may be one of them.
  const unlisted = graph.gaps(type).some(({ types }) => types?.includes(type) === true);
  const open: readonly Tri[] = pointer.open === undefined ? [] : ["yes"];
  let answer: Tri | undefined = outside ? agree([...elsewhere, ...open]) : undefined;
  if (answer === "yes" && unlisted) answer = "maybe";
  let deciding: ResourceInstance | undefined;
  for (const instance of instances) {
    const own = judge(instance);
    if (own !== "yes") deciding ??= instance;
    answer = answer === undefined ? own : agree([answer, own]);
    if (answer === "maybe") break;
  }
  return { answer: answer ?? "yes", deciding, outside };
}
