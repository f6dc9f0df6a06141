// A plan or a state, told apart by what is in the text.

import type { PlanDocument, StateDocument } from "../model/plan.ts";
import { openDocument } from "./document-kind.ts";
import { readPlan } from "./plan.ts";
import { readState } from "./state.ts";

/** Throws InputError, with one problem, for everything that is neither; `wanted` says what it is for. */
export function parseInput(
  text: string,
  label: string,
  wanted: "subject" | "either" = "either",
): PlanDocument | StateDocument {
  const document = openDocument(text, label, wanted);
  return document.kind === "plan" ? readPlan(document.root, label, wanted) : readState(document, label);
}
