// What every teller gives back, and the few phrases and look-ups they share.

import type { Cause, CauseCode, Evidence } from "../../model/finding.ts";
import type { Json } from "../../model/json.ts";
import type { UnknownOrigin } from "../../model/value.ts";

/** One cause in words. Every part is lower case, without a final stop. */
export interface Wording {
  /** The fact, complete in itself once its place stands before it. */
  readonly sentence: string;
  /** The CloudTrail event that shows it, and what it shows. */
  readonly example: { readonly says: string; readonly event: Json } | undefined;
  /** How near a miss was, and what else the reader needs beside the evidence. */
  readonly notes: readonly string[];
  /** One edit to make or one command to run; `undefined` when there is none. */
  readonly help: string | undefined;
}

export type CauseByCode = { readonly [C in CauseCode]: Extract<Cause, { readonly code: C }> };

/** A teller for every cause code: a cause without one does not compile. */
export type Tellers = { readonly [C in CauseCode]: (cause: CauseByCode[C]) => Wording };

export function told(
  sentence: string,
  help?: string,
  { notes = [], example }: { notes?: readonly string[]; example?: Wording["example"] } = {},
): Wording {
  return { sentence, help, notes, example };
}

/** The notes with the example in front, as formats tell them that keep everything on lines. */
export function noteLinesOf({ example, notes }: Wording): readonly string[] {
  return example === undefined ? notes : [`${example.says}: ${eventText(example.event)}`, ...notes];
}

/** An event as one line of JSON, with blanks at which it may be broken. */
export function eventText(event: Json): string {
  return JSON.stringify(event, null, 1).replace(/\n */g, " ");
}

/** "Give the stack that knows it": the help wherever the inputs only point outside themselves. */
export function giveOwner(what: string): string {
  return `give the plan or state of the stack that owns ${what} too: --with FILE`;
}

/** The text of an attribute among the evidence; `undefined` when it is not there or not shown as text. */
export function shownText(evidence: readonly Evidence[], attribute: string): string | undefined {
  const value = evidence.find((entry) => entry.attribute === attribute)?.value;
  return value?.kind === "text" ? value.text : undefined;
}

/** A string as it is written in Terraform code. */
export function hclString(text: string): string {
  const escaped = text
    .replace(/["\\]/g, (found) => `\\${found}`)
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replace(/[$%]\{/g, (found) => `${found[0]}${found}`);
  return `"${escaped}"`;
}

/** The words of a code that has no sentence of its own: "closing-brace-missing". */
export function spelledOut(code: string): string {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(code) ? code.replaceAll("-", " ") : code;
}

interface OriginWords {
  /** Follows the name of what is not known. */
  readonly clause: string;
  readonly help: string | undefined;
}

/** Why something is not known, and what would make it known. */
export function tellOrigin({ why, subject }: UnknownOrigin): OriginWords {
  const giveCode = "give the code as well: --source DIR";
  switch (why) {
    case "after-apply":
      return { clause: "is known only after apply", help: giveCode };
    case "local-without-sources":
      return { clause: `comes from ${subject}, and the plan's JSON holds no locals`, help: giveCode };
    case "variable-unset":
      return {
        clause: `comes from ${subject}, which has no value here`,
        help: `give ${subject} a value, or check a plan made with one`,
      };
    case "data-source":
      return { clause: `comes from ${subject}, which is read at apply`, help: giveOwner("it") };
    case "module-not-installed":
      return { clause: `comes from ${subject}, which is not installed`, help: "terraform init" };
    case "function":
    case "expression":
      return {
        clause: subject === "" ? "is worked out at apply" : `is worked out at apply, from ${subject}`,
        help: giveCode,
      };
    case "not-in-plan":
      return { clause: `comes from ${subject}, which is not in the inputs`, help: giveOwner("it") };
    case "inputs-differ":
      return {
        clause: "differs between two inputs that both manage the object",
        help: "give inputs of one moment: plan both stacks again",
      };
    case "not-asked":
      return { clause: "is not in the outputs", help: subject };
    case "not-answered":
      return { clause: "was asked for, and AWS did not answer", help: `allow it, and ask again: ${subject}` };
    case "cut-short":
      return { clause: "is cut short in the outputs: they are one page of several", help: subject };
    default:
      return why satisfies never;
  }
}
