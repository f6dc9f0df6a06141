// A filter pattern as a value in one of our files.

import { parsePattern } from "../aws/filter-pattern/parse.ts";
import type { ParseProblem } from "../aws/filter-pattern/problem.ts";
import { type Complaint, type Shape, text } from "./document-shape.ts";

/** "parses": has to be a pattern that tells some CloudTrail events from others; "any": judged elsewhere. */
export function patternText(wanted: "parses" | "any"): Shape<string> {
  return wanted === "any" ? text() : text({ check: patternComplaint });
}

/** What is wrong with a text as the pattern of a control; `undefined`: nothing. */
export function patternComplaint(pattern: string): Complaint | undefined {
  const parsed = parsePattern(pattern);
  if ("problem" in parsed) return complaintOf(parsed.problem);
  switch (parsed.pattern.form) {
    case "json":
    case "terms":
      return undefined;
    case "everything":
      return { code: "pattern", message: "this pattern matches every event" };
    case "delimited":
      return {
        code: "pattern",
        message: "a pattern for space-separated logs never matches a CloudTrail event",
      };
    default:
      return parsed.pattern satisfies never;
  }
}

function complaintOf({ code, offset, found, suggestion }: ParseProblem): Complaint {
  const at = found.trim() === "" ? "the end of the pattern" : `"${found}"`;
  return {
    code: "pattern",
    offset,
    message: `no filter pattern: ${code.replaceAll("-", " ")}, at ${at}`,
    ...(suggestion === undefined ? {} : { help: `write ${suggestion}` }),
  };
}
