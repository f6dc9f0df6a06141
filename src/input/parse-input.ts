// A plan or a state, told apart by what is in the text.

import type { PlanDocument, StateDocument } from "../model/plan.ts";
import type { Document } from "./document-kind.ts";
import { openText } from "./open-document.ts";
import { readPlan } from "./plan.ts";
import type { Wanted } from "./refusal.ts";
import { readState } from "./state.ts";

/**
 * Throws InputError, with one problem, for everything that is neither; `wanted` says what it is for. Everything is read
 * at once.
 */
export function parseInput(
  text: string,
  label: string,
  wanted: "subject" | "either" = "either",
): PlanDocument | StateDocument {
  return readInput(openText(text, label, wanted), label, wanted);
}

/** What a document holds, by its kind. */
export function readInput(document: Document, label: string, wanted: Wanted): PlanDocument | StateDocument {
  return document.kind === "plan" ? readPlan(document, label, wanted) : readState(document, label, wanted);
}
