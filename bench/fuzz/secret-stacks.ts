// Secrets that come from elsewhere: sensitive outputs of other stacks, and what AWS commands print of an account.

import { readdirSync } from "node:fs";
import type { CheckInput, StackFiles } from "../../src/check.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { treeOfFiles } from "../../src/resolve/sources/source-tree.ts";
import { NO_SETTINGS } from "../../src/resolve/sources/variables.ts";
import { chainCase } from "../../test/property/chain/cases.ts";
import { renderHcl } from "../../test/property/chain/render-hcl.ts";
import { renderPlan } from "../../test/property/chain/render-plan.ts";
import { accountOf, type OutputTexts, recordedOutputs } from "../../test/tools/account.ts";
import { type Dice, diceOf } from "../../test/tools/plan-changes.ts";
import { CANARY, canaryLike, searchSayings } from "./canaries.ts";
import { mutatedText, pick } from "./mutate.ts";
import type { FuzzKind } from "./outcome.ts";
import { bytesOf, inRoot, subjectOf, withReferences } from "./secret-kinds.ts";

/** A sensitive output, by its name. */
type Secrets = ReadonlyMap<string, string>;

const STATE = "data.terraform_remote_state.net";

/** Where the state is kept is nobody's business either: the backend's own arguments may hold keys. */
const BACKEND = { address: `https://${CANARY}:${CANARY}@example.com/${CANARY}`, password: CANARY };

function outputsOf(secrets: Secrets): JsonObject {
  return Object.fromEntries(
    [...secrets].map(([name, value]) => [name, { sensitive: true, type: "string", value }]),
  );
}

/** The form in which Terraform stores a state. */
export function storedState(secrets: Secrets): JsonObject {
  const outputs = outputsOf(secrets);
  return { version: 4, terraform_version: "1.11.4", serial: 1, lineage: "a", outputs, resources: [] };
}

/** The other stack in one of its forms; each marks its outputs as sensitive. */
function ownerOf(secrets: Secrets, dice: Dice): StackFiles {
  const asJson = (json: Json): StackFiles => ({
    plan: { label: "net.json", bytes: bytesOf(JSON.stringify(json)) },
    sources: undefined,
  });
  switch (dice(4)) {
    case 0:
      return asJson(storedState(secrets));
    case 1:
      return asJson({
        format_version: "1.0",
        terraform_version: "1.11.4",
        values: { outputs: outputsOf(secrets), root_module: {} },
      });
    case 2:
      return asJson({ ...renderPlan([], true), output_changes: plannedOutputs(secrets) });
    default:
      return codeOf(
        new Map([
          [
            "main.tf",
            [...secrets]
              .map(
                ([name, value]) =>
                  `output "${name}" {\n  sensitive = true\n  value = ${JSON.stringify(value)}\n}\n`,
              )
              .join("\n"),
          ],
        ]),
        "net",
      );
  }
}

function plannedOutputs(secrets: Secrets): JsonObject {
  const change = (value: string) => ({
    actions: ["create"],
    before: null,
    after: value,
    after_unknown: false,
    before_sensitive: true,
    after_sensitive: true,
  });
  return Object.fromEntries([...secrets].map(([name, value]) => [name, change(value)]));
}

function codeOf(files: ReadonlyMap<string, string>, label: string): StackFiles {
  const sources = { tree: treeOfFiles(label, files), settings: NO_SETTINGS, workspace: undefined };
  return { plan: undefined, sources };
}

/** A plan whose arguments wait for sensitive outputs of another stack. */
export function readingPlan(seed: number, dice: Dice): { readonly plan: string; readonly secrets: Secrets } {
  const { blocks, world } = chainCase(seed);
  const secrets = new Map(
    ["arn:aws:sns:eu-west-1:111122223333:x", "CIS", "arn:aws:sqs:eu-west-1:111122223333:x"].map(
      (text, at) => [`out${at}`, canaryLike(text, at, dice)],
    ),
  );
  const sources = [...secrets.keys()].map((name) => [`${STATE}.outputs.${name}`, `${STATE}.outputs`, STATE]);
  const { prior_state: _, planned_values: __, ...plan } = renderPlan(blocks, world.fresh);
  const referring = withReferences(plan, dice, sources);
  const reader = {
    address: STATE,
    mode: "data",
    type: "terraform_remote_state",
    name: "net",
    provider_config_key: "terraform",
    expressions: { backend: { constant_value: "http" }, config: { constant_value: BACKEND } },
  };
  const { configuration } = referring;
  const root =
    isObject(configuration) && isObject(configuration.root_module) ? configuration.root_module : {};
  const resources = isArray(root.resources) ? root.resources : [];
  return { plan: JSON.stringify(inRoot(referring, { resources: [...resources, reader] })), secrets };
}

/** Code in which some values come from outputs of another stack. */
function readingCode(seed: number, dice: Dice): { subject: CheckInput["subject"]; secrets: Secrets } {
  const { blocks, world } = chainCase(seed);
  const secrets = new Map<string, string>();
  const files = new Map<string, string>();
  for (const [path, text] of renderHcl(blocks)) {
    const changed = text.replace(/^( +)(\w+) = ("(?:[^"\\]|\\.)*")$/gm, (line, indent, name, value) => {
      if (["source", "region", "alias"].includes(name) || /\$\{/.test(value) || dice(3) > 0) return line;
      const output = `out${secrets.size}`;
      secrets.set(output, canaryLike(JSON.parse(value), secrets.size, dice));
      const read = `${STATE}.outputs.${output}`;
      return `${indent}${name} = ${pick([read, `"\${${read}}"`, `${STATE}.outputs["${output}"]`], dice)}`;
    });
    const config = Object.entries(BACKEND).map(([name, value]) => `    ${name} = "${value}"\n`);
    const reader = `data "terraform_remote_state" "net" {\n  backend = "http"\n  config = {\n${config.join("")}  }\n}\n`;
    files.set(path, `${changed}\n${reader}`);
  }
  const { sources } = codeOf(files, "infra");
  const plan =
    dice(2) === 0
      ? { label: "plan.json", bytes: bytesOf(JSON.stringify(renderPlan(blocks, world.fresh))) }
      : undefined;
  return { subject: { plan, sources } as CheckInput["subject"], secrets };
}

/** Outputs that another stack marks as sensitive, read through terraform_remote_state. */
export const secretRemote: FuzzKind = async (seed) => {
  const dice = diceOf(seed);
  if (dice(2) === 0) {
    const { plan, secrets } = readingPlan(seed, dice);
    await searchSayings({ subject: subjectOf(plan), others: [ownerOf(secrets, dice)] });
  } else {
    const { subject, secrets } = readingCode(seed, dice);
    await searchSayings({ subject, others: [ownerOf(secrets, dice)] });
  }
  return "answered";
};

// Accounts

const ROOT = "test/audit";
const FOLDERS = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const HOOK = `https://${CANARY}:${CANARY}@example.com/${CANARY}?token=${CANARY}#${CANARY}`;

/** Members that nothing of the chain depends on; people write what they like into them. */
const UNREAD = [
  "AlarmDescription",
  "StateReason",
  "StateReasonData",
  "DisplayName",
  "DeliveryPolicy",
  "Tags",
];

/** Web endpoints with tokens, and canaries in all that no chain reads. */
function withCanaries(json: Json, dice: Dice): Json {
  if (isArray(json)) return json.map((item) => withCanaries(item, dice));
  if (!isObject(json)) return json;
  const inner = Object.fromEntries(
    Object.entries(json).map(([key, item]) => [key, withCanaries(item, dice)]),
  );
  const hook = "Endpoint" in json && dice(2) === 0 ? { Protocol: "https", Endpoint: HOOK } : {};
  const unread = Object.fromEntries(
    UNREAD.filter((name) => name in json || dice(4) === 0).map((name) => [name, `${CANARY} ${name}`]),
  );
  return { ...inner, ...hook, ...unread };
}

/** What an account's commands print, by path. */
export function secretOutputs(seed: number): OutputTexts {
  const dice = diceOf(seed);
  const texts = Object.entries(recordedOutputs(`${ROOT}/${pick(FOLDERS, dice).name}`));
  return Object.fromEntries(
    texts.map(([path, text]): [string, string] => {
      const written = String(text);
      if (written.trim() === "") return [path, written];
      return [path, JSON.stringify(withCanaries(JSON.parse(written) as Json, dice), null, dice(3))];
    }),
  );
}

/** Whole, or broken off in the middle of a secret. */
export const secretAccount: FuzzKind = async (seed) => {
  const dice = diceOf(seed + 1);
  const outputs = { ...secretOutputs(seed) };
  if (dice(3) === 0) {
    const path = pick(Object.keys(outputs), dice);
    const text = String(outputs[path]);
    const canary = Math.max(0, text.indexOf(CANARY, dice(text.length + 1)));
    const rest =
      dice(2) === 0 ? text.slice(canary, canary + dice(20)) : `"${mutatedText(text.slice(canary), dice)}`;
    outputs[path] = `${text.slice(0, canary)}${rest}`;
  }
  const subject = accountOf(outputs);
  await searchSayings({ subject: subject as CheckInput["subject"], others: [] });
  return "answered";
};
