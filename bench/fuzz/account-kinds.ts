// Saved outputs of AWS commands with odd things in them.

import { readdirSync } from "node:fs";
import type { Json } from "../../src/model/json.ts";
import { auditOf, recordedOutputs } from "../../test/tools/account.ts";
import { diceOf } from "../../test/tools/plan-changes.ts";
import { mutatedJson, mutatedText, pick } from "./mutate.ts";
import { type FuzzKind, outcomeOf } from "./outcome.ts";

const ROOT = "test/audit";
const FOLDERS = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());

export const account: FuzzKind = (seed) => {
  const dice = diceOf(seed);
  const outputs: Record<string, Json> = { ...recordedOutputs(`${ROOT}/${pick(FOLDERS, dice).name}`) };
  for (let count = dice(3); count >= 0; count -= 1) {
    const name = pick(Object.keys(outputs), dice);
    const text = String(outputs[name]);
    outputs[name] = dice(4) === 0 ? mutatedText(text, dice) : mutatedAnswer(text, dice);
  }
  return outcomeOf(() => auditOf(outputs));
};

function mutatedAnswer(text: string, dice: Parameters<typeof mutatedJson>[1]): string {
  try {
    return JSON.stringify(mutatedJson(JSON.parse(text) as Json, dice));
  } catch {
    return mutatedText(text, dice);
  }
}
