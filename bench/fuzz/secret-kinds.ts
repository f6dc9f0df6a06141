// Plans, states and code in which a random choice of values is sensitive: none of them may be printed anywhere.

import type { CheckInput } from "../../src/check.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { treeOfFiles } from "../../src/resolve/sources/source-tree.ts";
import { NO_SETTINGS } from "../../src/resolve/sources/variables.ts";
import { type ChainCase, chainCase } from "../../test/property/chain/cases.ts";
import { renderHcl } from "../../test/property/chain/render-hcl.ts";
import { renderPlan, renderState } from "../../test/property/chain/render-plan.ts";
import { type Dice, type Path, pathsOf, valueAt, withValueAt } from "../../test/tools/plan-changes.ts";
import { CANARY, canaryLike, searchSayings } from "./canaries.ts";
import { mutatedText, pick } from "./mutate.ts";
import type { FuzzKind } from "./outcome.ts";

interface Planting {
  readonly dice: Dice;
  planted: number;
}

/** Values with canaries in some places, and marks on those places. */
function planted(values: Json, planting: Planting): { readonly values: Json; readonly marks: Json } {
  const { dice } = planting;
  let changed = values;
  let marks: Json = {};
  for (const path of pathsOf(values)) {
    const value = valueAt(values, path);
    if (typeof value !== "string" || dice(3) > 0) continue;
    planting.planted += 1;
    changed = withValueAt(changed, path, canaryLike(value, planting.planted, dice));
    // Providers mark a value, or the block around it.
    marks = marked(marks, path.slice(0, dice(3) === 0 ? 1 : path.length));
  }
  return { values: tokens(changed), marks: dice(9) === 0 && marks !== values ? allMarked(marks) : marks };
}

/** An object may be sensitive as a whole. */
function allMarked(marks: Json): Json {
  return isObject(marks) && Object.keys(marks).length > 0 ? true : marks;
}

function marked(marks: Json | undefined, path: Path): Json {
  const [head, ...rest] = path;
  if (head === undefined || marks === true) return true;
  if (typeof head === "number") {
    const list = isArray(marks) ? marks : [];
    const length = Math.max(list.length, head + 1);
    return Array.from({ length }, (_, at) => (at === head ? marked(list[at], rest) : (list[at] ?? false)));
  }
  const object = isObject(marks) ? marks : {};
  return { ...object, [head]: marked(object[head], rest) };
}

/** Endpoints hold tokens whether or not anybody marks them. */
function tokens(values: Json): Json {
  if (!isObject(values) || typeof values.endpoint !== "string" || !values.endpoint.startsWith("https:"))
    return values;
  return { ...values, endpoint: `https://user:${CANARY}@example.com/hook/${CANARY}?apiKey=${CANARY}` };
}

function planWithSecrets(plan: JsonObject, planting: Planting): JsonObject {
  const changes = isArray(plan.resource_changes) ? plan.resource_changes : [];
  const values = new Map<string, Json>();
  const entries = changes.map((entry): Json => {
    if (!isObject(entry) || !isObject(entry.change)) return entry;
    const { change } = entry;
    const { values: after, marks } = planted(change.after ?? null, planting);
    values.set(`${entry.type}.${entry.name}`, after);
    const standing = change.before !== null;
    const gone = standing
      ? pick([undefined, undefined, undefined, ["delete"], ["forget"]], planting.dice)
      : undefined;
    return {
      ...entry,
      change: {
        ...change,
        ...(gone === undefined ? {} : { actions: gone }),
        before: standing ? after : null,
        before_sensitive: standing ? marks : false,
        after: gone === undefined ? after : null,
        after_sensitive: gone === undefined ? marks : false,
      },
    };
  });
  const { planned_values: _, prior_state: __, ...rest } = plan;
  return withSecretVariables(
    { ...rest, resource_changes: entries, configuration: withConstants(plan.configuration ?? {}, values) },
    planting,
  );
}

/** The configuration says the same constants as the planned values. */
function withConstants(configuration: Json, values: ReadonlyMap<string, Json>): Json {
  if (isArray(configuration)) return configuration.map((item) => withConstants(item, values));
  if (!isObject(configuration)) return configuration;
  const own = values.get(String(configuration.address));
  if (own !== undefined && isObject(configuration.expressions)) {
    return { ...configuration, expressions: constantsOf(configuration.expressions, own) };
  }
  return Object.fromEntries(
    Object.entries(configuration).map(([key, item]) => [key, withConstants(item, values)]),
  );
}

function constantsOf(expressions: Json, values: Json | undefined): Json {
  if (isArray(expressions)) {
    return expressions.map((one, at) => constantsOf(one, isArray(values) ? values[at] : undefined));
  }
  if (!isObject(expressions)) return expressions;
  if ("constant_value" in expressions) return values === undefined ? expressions : { constant_value: values };
  return Object.fromEntries(
    Object.entries(expressions).map(([key, one]) => [
      key,
      constantsOf(one, isObject(values) ? values[key] : undefined),
    ]),
  );
}

/** Some arguments come from a sensitive variable, or a sensitive output or variable of a module. */
function withSecretVariables(plan: JsonObject, { dice }: Planting): JsonObject {
  const configuration = isObject(plan.configuration) ? plan.configuration : {};
  const root = isObject(configuration.root_module) ? configuration.root_module : {};
  const inner = {
    source: "./secrets",
    expressions: { inner: { constant_value: `${CANARY}0` } },
    module: {
      variables: { inner: { sensitive: true } },
      outputs: {
        told: {
          sensitive: true,
          expression: { constant_value: `arn:aws:sns:eu-west-1:111122223333:${CANARY}0` },
        },
        passed: { expression: { references: ["var.inner"] } },
      },
    },
  };
  const referring = withReferences(
    { ...plan, configuration: { ...configuration, root_module: root } },
    dice,
    [["var.secret"], ["module.secrets.told", "module.secrets"], ["module.secrets.passed", "module.secrets"]],
  );
  const calls = isObject(root.module_calls) ? root.module_calls : {};
  return inRoot(
    { ...referring, variables: { secret: { value: `arn:aws:sns:eu-west-1:111122223333:${CANARY}0` } } },
    { variables: { secret: { sensitive: true } }, module_calls: { ...calls, secrets: inner } },
  );
}

/** A plan with more in the configuration of its root module. */
export function inRoot(plan: JsonObject, more: JsonObject): JsonObject {
  const configuration = isObject(plan.configuration) ? plan.configuration : {};
  const root = isObject(configuration.root_module) ? configuration.root_module : {};
  return { ...plan, configuration: { ...configuration, root_module: { ...root, ...more } } };
}

/** Some arguments of the root module come from one of the sources, beside what they came from, and wait for apply. */
export function withReferences(
  plan: JsonObject,
  dice: Dice,
  sources: readonly (readonly string[])[],
): JsonObject {
  const configuration = isObject(plan.configuration) ? plan.configuration : {};
  const root = isObject(configuration.root_module) ? configuration.root_module : {};
  const hidden = new Map<string, string>();
  const resources = (isArray(root.resources) ? root.resources : []).map((block): Json => {
    if (!isObject(block) || !isObject(block.expressions) || dice(2) === 0) return block;
    const names = Object.entries(block.expressions).filter(([, one]) => !isArray(one));
    if (names.length === 0) return block;
    const [name, was] = pick(names, dice);
    hidden.set(String(block.address), name);
    const named = isObject(was) && isArray(was.references) ? was.references : [];
    const references = [...(dice(2) === 0 ? named : []), ...pick(sources, dice)];
    return { ...block, expressions: { ...block.expressions, [name]: { references } } };
  });
  const changes = (isArray(plan.resource_changes) ? plan.resource_changes : []).map((entry): Json => {
    const name = isObject(entry) ? hidden.get(`${entry.type}.${entry.name}`) : undefined;
    const inModule = isObject(entry) && entry.module_address !== undefined;
    if (!isObject(entry) || !isObject(entry.change) || name === undefined || inModule) return entry;
    if (!isObject(entry.change.after)) return entry;
    const after = Object.fromEntries(Object.entries(entry.change.after).filter(([own]) => own !== name));
    const unknown = isObject(entry.change.after_unknown) ? entry.change.after_unknown : {};
    return { ...entry, change: { ...entry.change, after, after_unknown: { ...unknown, [name]: true } } };
  });
  return inRoot({ ...plan, resource_changes: changes }, { resources });
}

function stateWithSecrets(state: JsonObject, planting: Planting): Json {
  const visit = (json: Json): Json => {
    if (isArray(json)) return json.map(visit);
    if (!isObject(json)) return json;
    if (json.values !== undefined && json.type !== undefined) {
      const { values, marks } = planted(json.values, planting);
      return { ...json, values, sensitive_values: marks };
    }
    return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, visit(item)]));
  };
  return visit(state);
}

export const bytesOf = (text: string) => new TextEncoder().encode(text);

export function subjectOf(plan: string): CheckInput["subject"] {
  return { plan: { label: "plan.json", bytes: bytesOf(plan) }, sources: undefined };
}

export function secretPlanText(seed: number): string {
  const { blocks, world, dice } = chainCase(seed);
  return JSON.stringify(planWithSecrets(renderPlan(blocks, world.fresh), { dice, planted: 0 }));
}

export const secretPlan: FuzzKind = async (seed) => {
  await searchSayings({ subject: subjectOf(secretPlanText(seed)), others: [] });
  return "answered";
};

export function secretStateText(seed: number): string {
  const { blocks, dice } = chainCase(seed);
  return JSON.stringify(stateWithSecrets(renderState(blocks), { dice, planted: 0 }));
}

/** The state of another stack, or of the same one at another time: the two then say different things of each object. */
export const secretState: FuzzKind = async (seed) => {
  const { blocks, dice } = chainCase(seed);
  const own =
    dice(2) === 0 ? renderPlan([], true) : planWithSecrets(renderPlan(blocks, false), { dice, planted: 0 });
  const state = { label: "state.json", bytes: bytesOf(secretStateText(seed)) };
  await searchSayings({
    subject: subjectOf(JSON.stringify(own)),
    others: [{ plan: state, sources: undefined }],
  });
  return "answered";
};

/** Files that break in the middle of a secret. */
export const secretBroken: FuzzKind = async (seed) => {
  const { blocks, world, dice } = chainCase(seed);
  const planting = { dice, planted: 0 };
  const whole = JSON.stringify(planWithSecrets(renderPlan(blocks, world.fresh), planting), null, dice(2));
  const at = Math.max(0, whole.indexOf(CANARY, dice(whole.length)));
  const cut =
    dice(2) === 0
      ? whole.slice(0, at + dice(20))
      : `${whole.slice(0, at)}"${mutatedText(whole.slice(at), dice)}`;
  await searchSayings({ subject: subjectOf(cut), others: [] });
  return "answered";
};

/** Ways in which code makes a value sensitive; each gives the argument, and what stands beside the blocks. */
const WAYS: readonly ((canary: string, number: number) => readonly [argument: string, beside: string])[] = [
  (canary, number) => [
    `var.secret${number}`,
    `variable "secret${number}" {\n  sensitive = true\n  default = ${canary}\n}\n`,
  ],
  (canary, number) => [
    `"\${local.secret${number}}"`,
    `variable "hidden${number}" {\n  sensitive = true\n  default = ${canary}\n}\nlocals {\n  secret${number} = var.hidden${number}\n}\n`,
  ],
  (canary) => [`sensitive(${canary})`, ""],
  (canary, number) => [
    `join("", [var.part${number}, ""])`,
    `variable "part${number}" {\n  sensitive = true\n  type = string\n  default = ${canary}\n}\n`,
  ],
  (canary, number) => [
    `var.object${number}.key`,
    `variable "object${number}" {\n  sensitive = true\n  default = { key = ${canary} }\n}\n`,
  ],
  (canary, number) => [
    `var.given${number} == "" ? "a" : var.given${number}`,
    `variable "given${number}" {\n  sensitive = true\n  default = ${canary}\n}\n`,
  ],
];

/** Code whose values are sensitive, by path. */
export function secretFiles({
  blocks,
  dice,
}: Pick<ChainCase, "blocks" | "dice">): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  let number = 0;
  for (const [path, text] of renderHcl(blocks)) {
    const beside: string[] = [];
    const changed = text.replace(/^( +)(\w+) = ("(?:[^"\\]|\\.)*")$/gm, (line, indent, name, value) => {
      const kept =
        ["source", "region", "alias", "endpoint"].includes(name) || /\$\{/.test(value) || dice(3) > 0;
      if (kept)
        return name === "endpoint"
          ? `${indent}endpoint = ${JSON.stringify(String(withTokens(value)))}`
          : line;
      number += 1;
      const canary = JSON.stringify(canaryLike(JSON.parse(value), number, dice));
      const [argument, more] = pick(WAYS, dice)(canary, number);
      beside.push(more);
      return `${indent}${name} = ${argument}`;
    });
    files.set(path, `${changed}\n${beside.join("\n")}`);
  }
  return files;
}

export const secretCode: FuzzKind = async (seed) => {
  const one = chainCase(seed);
  const { blocks, world, dice } = one;
  const tree = treeOfFiles("infra", secretFiles(one));
  const sources = { tree, settings: NO_SETTINGS, workspace: undefined };
  const plan =
    dice(2) === 0
      ? { label: "plan.json", bytes: bytesOf(JSON.stringify(renderPlan(blocks, world.fresh))) }
      : undefined;
  await searchSayings({ subject: { plan, sources } as CheckInput["subject"], others: [] });
  return "answered";
};

function withTokens(written: string): Json {
  return (tokens({ endpoint: JSON.parse(written) }) as JsonObject).endpoint ?? null;
}
