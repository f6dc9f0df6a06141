// What `--with` accepts: a plan or a state, told apart by what is in the text.

import type { PlanDocument, StateDocument } from "../model/plan.ts";
import { openDocument } from "./document-kind.ts";
import { readPlan } from "./plan.ts";
import { readState } from "./state.ts";

/** Throws InputError, with one problem, for everything that is neither a plan nor a state. */
export function parseInput(text: string, label: string): PlanDocument | StateDocument {
  const document = openDocument(text, label, "either");
  return document.kind === "plan" ? readPlan(document.root, label, "either") : readState(document, label);
}
