// What a plan or state tells other inputs: its objects before and after, and its outputs.

import { printAddress } from "../model/address.ts";
import type { Graph, ResourceInstance } from "../model/graph.ts";
import type { Json } from "../model/json.ts";
import type { OutputValue, PlanDocument, StateDocument } from "../model/plan.ts";
import { known, type Value } from "../model/value.ts";
import { type Follow, marked, type Scope } from "./follow.ts";
import type { PlanIndex } from "./plan-index.ts";
import { hasUnknown, planValue } from "./plan-value.ts";
import type { StackRecord } from "./stack.ts";

type Draft = { -readonly [Key in keyof StackRecord]: StackRecord[Key] };

/** Cost: linear in the objects. */
export function recordsOf(
  document: PlanDocument | StateDocument,
  { idPrefix, objects }: Pick<PlanIndex, "idPrefix" | "objects">,
  graph: Graph,
): readonly StackRecord[] {
  const drafts = new Map<string, Draft>();
  for (const { id, object } of objects) {
    if (object.address.mode !== "managed") continue;
    const instance: ResourceInstance | undefined = graph.byId(id);
    const { printed, values, address } = object;
    drafts.set(printed, {
      type: address.type,
      addresses: [printed],
      instance,
      before: undefined,
      after: values,
    });
  }
  const stood = (printed: string, type: string, before: Json, moved?: string) => {
    const draft = drafts.get(printed) ?? {
      type,
      addresses: [printed],
      instance: graph.byId(idPrefix + printed),
      before: undefined,
      after: undefined,
    };
    draft.before ??= before;
    if (moved !== undefined) draft.addresses = [...draft.addresses, moved];
    drafts.set(printed, draft);
  };
  if (document.kind === "state") {
    for (const draft of drafts.values()) draft.before = draft.after;
    return [...drafts.values()];
  }
  for (const change of document.changes ?? []) {
    if (change.address.mode !== "managed" || change.before === null) continue;
    stood(printAddress(change.address), change.address.type, change.before, change.previousAddress);
  }
  for (const { address, values } of document.prior) {
    if (address.mode === "managed") stood(printAddress(address), address.type, values);
  }
  return [...drafts.values()];
}

const ROOT: Scope = { path: [], key: undefined, forEach: undefined };

/** A known output is itself; of an unknown one the configuration tells what it is made from. */
export function outputOf(
  document: PlanDocument | StateDocument,
  name: string,
  follow: Follow,
): Value | undefined {
  const output = document.outputs.get(name);
  const declared = document.kind === "plan" ? document.configuration?.outputs.get(name) : undefined;
  if (output === undefined && declared === undefined) return undefined;
  if (output !== undefined && !hasUnknown(output.unknown)) return valueBehind(output, () => known(null));
  const followed = declared && marked(follow(declared.expression, ROOT), declared.sensitive).value;
  if (output === undefined || output.unknown === true) return followed;
  // Parts of it are known, and of the rest nothing says which part of the expression it is.
  return valueBehind(output, (path, sensitive) => ({
    kind: "unknown",
    candidates: [],
    relation: "made-from",
    closed: false,
    origin: { why: "after-apply", subject: ["output", name, ...path].join(".") },
    sensitive,
  }));
}

function valueBehind(
  { value, unknown, sensitive }: OutputValue,
  hole: Parameters<typeof planValue>[1],
): Value {
  return planValue({ values: value, unknown, sensitive }, hole);
}
