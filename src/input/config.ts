// .tfcheck.yaml: what a team always asks, assumes and accepts. Finding the file is the business of config-files.ts.

import { DELIVERY_CAUSES, type DeliverySettings } from "../model/delivery.ts";
import type { Assumption, Waiver } from "../model/policy.ts";
import { InputError } from "../model/problem.ts";
import {
  dictionary,
  FLAG,
  list,
  needed,
  optional,
  type Position,
  record,
  text,
  word,
} from "./document-shape.ts";
import { nodeAt, readYaml, type YamlNode } from "./yaml-document.ts";

/** Every key is optional. */
export interface Config {
  readonly controls: readonly string[];
  /** NAME@VERSION. */
  readonly benchmark: string | undefined;
  /** Files and directories of further policies, relative to the file. */
  readonly policies: readonly string[];
  /** Further plans and states, and the configuration's sources, relative to the file. */
  readonly inputs: { readonly with: readonly string[]; readonly source: string | undefined };
  /** `undefined`: as the command line or its default says. */
  readonly undecided: "fail" | "pass" | undefined;
  readonly acceptPending: boolean | undefined;
  readonly delivery: DeliverySettings;
  readonly assumptions: readonly Assumption[];
  readonly waivers: readonly Waiver[];
}

const DATE = "^\\d{4}-\\d{2}-\\d{2}$";

/** A day that exists, as YYYY-MM-DD. */
export function isDate(value: string): boolean {
  if (!new RegExp(DATE).test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

const day = text({
  schema: { pattern: DATE },
  check: (value) =>
    isDate(value) ? undefined : { code: "date", message: `"${value}" is no day, written as YYYY-MM-DD` },
});

const benchmarkText = text({
  schema: { pattern: "^[^@\\s]+@[^@\\s]+$" },
  check: (value) =>
    /^[^@\s]+@[^@\s]+$/.test(value)
      ? undefined
      : {
          code: "benchmark",
          message: `"${value}" is not written as NAME@VERSION`,
          help: "cis-aws-foundations@5.0.0",
        },
});

const ASSUMPTION_KINDS = ["endpoint-confirmed", "topic-has-subscriber", "log-group-fed"] as const;

const assumption = record(
  {
    "endpoint-confirmed": optional(text(), "endpoint of a subscription that somebody has confirmed"),
    "topic-has-subscriber": optional(text(), "ARN or name of a topic that somebody outside receives"),
    "log-group-fed": optional(text(), "name or ARN of a log group that a good trail outside delivers to"),
    reason: needed(text(), "how you know"),
  },
  { exactlyOne: ASSUMPTION_KINDS },
);

const waiver = record({
  control: needed(text(), "id of the control, or a glob"),
  address: optional(
    text(),
    "address of the resource the cause is about, or a glob; all of the control if left out",
  ),
  reason: needed(text(), "why the break is accepted"),
  expires: needed(day, "the last day it counts, as YYYY-MM-DD"),
});

/** The shape, for the JSON Schema too. */
export const CONFIG = record({
  controls: optional(list(text(), { min: 1 }), "ids of the controls to check, or globs"),
  benchmark: optional(benchmarkText, "checks every control of a benchmark version, as NAME@VERSION"),
  policies: optional(list(text(), { min: 1 }), "files and directories of further policies"),
  inputs: optional(
    record({
      with: optional(list(text(), { min: 1 }), "plans and states of other stacks that belong to the chain"),
      source: optional(text(), "directory of the configuration, or a saved plan"),
    }),
    "what is read beside the plan",
  ),
  undecided: optional(word("outcome", ["fail", "pass"]), "whether an undecided control fails the run"),
  "accept-pending": optional(FLAG, "takes subscriptions that wait for a person's confirmation as confirmed"),
  delivery: optional(
    dictionary(word("delivery-cause", DELIVERY_CAUSES), word("outcome", ["violated", "remark"])),
    "what a break of the delivery is taken as, by the code of its cause",
  ),
  assumptions: optional(list(assumption, { min: 1 }), "facts about the world outside the inputs"),
  waivers: optional(list(waiver, { min: 1 }), "breaks that are accepted until a day"),
});

/** Throws an InputError with every problem of the file, each at its line. */
export async function parseConfig(text: string, file: string): Promise<Config> {
  // A file whose every line is commented out asks for nothing.
  const asksNothing = text.split("\n").every((line) => /^\s*(#|$)/.test(line));
  const node = await readYaml(asksNothing ? "{}" : text, file, "config");
  const at: Position = { path: "", topic: "config", problems: [] };
  const document = CONFIG.read(node, at);
  if (document === undefined) throw new InputError(at.problems);
  return {
    controls: document.controls ?? [],
    benchmark: document.benchmark,
    policies: document.policies ?? [],
    inputs: { with: document.inputs?.with ?? [], source: document.inputs?.source },
    undecided: document.undecided,
    acceptPending: document["accept-pending"],
    delivery: document.delivery ?? new Map(),
    assumptions: (document.assumptions ?? []).flatMap(toAssumption),
    waivers: (document.waivers ?? []).map((entry, index) => ({
      ...entry,
      place: placeOfWaiver(node, index, file),
    })),
  };
}

/** The shape lets through exactly one kind each. */
function toAssumption(entry: NonNullable<ReturnType<typeof assumption.read>>): readonly Assumption[] {
  const { reason } = entry;
  const { "endpoint-confirmed": endpoint, "topic-has-subscriber": topic, "log-group-fed": logGroup } = entry;
  if (endpoint !== undefined) return [{ kind: "endpoint-confirmed", endpoint, reason }];
  if (topic !== undefined) return [{ kind: "topic-has-subscriber", topic, reason }];
  if (logGroup !== undefined) return [{ kind: "log-group-fed", logGroup, reason }];
  return [];
}

function placeOfWaiver(node: YamlNode, index: number, file: string): string {
  return nodeAt(node, ["waivers", index])?.place ?? file;
}
