// Whether two values that are not both known hold the same string at apply.

import { agree, type Tri, type Value } from "../model/value.ts";
import { possibleValues } from "./attributes.ts";

/** More pairs than this are not looked at one by one. */
const MOST_PAIRS = 64;

/**
 * "yes" for equal known strings and for two references to the same attribute; "no" where what is known of both
 * cannot be the same; else "maybe". Letter case counts; not set and the empty string are one.
 */
export function sameText(left: Value, right: Value): Tri {
  const lefts = possibleValues(left);
  const rights = possibleValues(right);
  if (lefts.length * rights.length > MOST_PAIRS) return "maybe";
  return agree(lefts.flatMap((a) => rights.map((b) => compare(a, b))));
}

/** Whether two known strings differ in letter case alone. */
export function differInCaseAlone(left: Value, right: Value): boolean {
  const [a, b] = [textOf(left), textOf(right)];
  return a !== undefined && b !== undefined && a !== b && a.toLowerCase() === b.toLowerCase();
}

/** The known string, "" for one that is not set; `undefined` when it is not known. */
function textOf(value: Value): string | undefined {
  if (value.kind === "known") return String(value.value ?? "");
  if (value.kind !== "text") return undefined;
  const parts = value.parts.map(textOf);
  return parts.includes(undefined) ? undefined : parts.join("");
}

function compare(left: Value, right: Value): Tri {
  const [a, b] = [textOf(left), textOf(right)];
  if (a !== undefined && b !== undefined) return a === b ? "yes" : "no";
  if (isSameExpression(left, right)) return "yes";
  const [leftEnds, rightEnds] = [endsOf(left), endsOf(right)];
  const possible =
    startsAgree(leftEnds.start, rightEnds.start) &&
    startsAgree(reverse(leftEnds.end), reverse(rightEnds.end)) &&
    leftEnds.shortest <= rightEnds.longest &&
    rightEnds.shortest <= leftEnds.longest;
  return possible ? "maybe" : "no";
}

/** Two expressions of the same attributes, so equal whatever those turn out to be. */
function isSameExpression(left: Value, right: Value): boolean {
  if (left.kind === "known" && right.kind === "known") return left.value === right.value;
  if (left.kind === "reference" && right.kind === "reference") {
    return (
      left.to === right.to &&
      left.path.length === right.path.length &&
      left.path.every((step, at) => step === right.path[at])
    );
  }
  if (left.kind === "text" && right.kind === "text") {
    return (
      left.parts.length === right.parts.length &&
      left.parts.every((part, at) => {
        const other = right.parts[at];
        return other !== undefined && isSameExpression(part, other);
      })
    );
  }
  return false;
}

/** What is known of how a string begins and ends, and how long it can be. */
interface Ends {
  readonly start: string;
  readonly end: string;
  readonly shortest: number;
  readonly longest: number;
}

/** The literal beginning and end of a string; both are the whole of a known one, and empty where nothing is known. */
export function endsOfText(value: Value): { readonly start: string; readonly end: string } {
  return endsOf(value);
}

function endsOf(value: Value): Ends {
  const whole = textOf(value);
  if (whole !== undefined) return { start: whole, end: whole, shortest: whole.length, longest: whole.length };
  if (value.kind !== "text") return { start: "", end: "", shortest: 0, longest: Number.POSITIVE_INFINITY };
  const parts = value.parts.map(textOf);
  const firstGap = parts.indexOf(undefined);
  const lastGap = parts.lastIndexOf(undefined);
  return {
    start: parts.slice(0, Math.max(firstGap, 0)).join(""),
    end: parts.slice(lastGap + 1).join(""),
    shortest: parts.reduce((total, part) => total + (part?.length ?? 0), 0),
    longest: Number.POSITIVE_INFINITY,
  };
}

function startsAgree(left: string, right: string): boolean {
  return left.startsWith(right) || right.startsWith(left);
}

function reverse(text: string): string {
  return [...text].reverse().join("");
}
