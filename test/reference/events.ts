// A small universe of CloudTrail events: every combination of a few values of the fields that patterns of the
// generator speak of. Coverage is decided by looking at all of them.

import type { PatternTree } from "./small-world.ts";

/** Fields by name; one that an event lacks is missing. */
export type SmallEvent = Readonly<Record<string, string>>;

const ERROR_CODES = [
  undefined,
  "AccessDenied",
  "AccessDeniedException",
  "AccessDenied.Other",
  "UnauthorizedOperation",
  "Client.UnauthorizedOperation",
  "Client.UnauthorizedOperation.Other",
  "ThrottlingException",
  "Client.AccessDenied",
];
const EVENT_NAMES = ["HeadBucket", "RunInstances", "AssumeRole", "ConsoleLogin", "DescribeInstances"];
const ADDRESSES = ["delivery.logs.amazonaws.com", "203.0.113.7", "config.amazonaws.com"];
const SOURCES = ["ec2.amazonaws.com", "s3.amazonaws.com", "sts.amazonaws.com"];

export const EVENTS: readonly SmallEvent[] = ERROR_CODES.flatMap((errorCode) =>
  EVENT_NAMES.flatMap((eventName) =>
    ADDRESSES.flatMap((sourceIPAddress) =>
      SOURCES.map((eventSource) => ({
        ...(errorCode === undefined ? {} : { errorCode }),
        eventName,
        sourceIPAddress,
        eventSource,
      })),
    ),
  ),
);

/** A call that succeeds, and is neither log delivery's nor a sign-in. */
export function isEveryday(event: SmallEvent): boolean {
  return event.errorCode === undefined && event.eventName === "DescribeInstances";
}

/** What the control asks to be counted: refused calls, but for the two exclusions of the published texts. */
export function isWanted(event: SmallEvent): boolean {
  const code = event.errorCode ?? "";
  const refused = code.endsWith("UnauthorizedOperation") || code.startsWith("AccessDenied");
  return (
    refused && event.sourceIPAddress !== "delivery.logs.amazonaws.com" && event.eventName !== "HeadBucket"
  );
}

/** Whether a pattern counts an event. A comparison with a field that is missing holds for neither operator. */
export function counts(pattern: PatternTree, event: SmallEvent): boolean {
  switch (pattern.kind) {
    case "everything":
      return true;
    case "all":
      return pattern.of.every((one) => counts(one, event));
    case "any":
      return pattern.of.some((one) => counts(one, event));
    case "test": {
      const value = event[pattern.field];
      if (value === undefined) return false;
      return fits(pattern.text, value) === (pattern.operator === "=");
    }
    default:
      return pattern satisfies never;
  }
}

function fits(text: string, value: string): boolean {
  const inner = text.replace(/^\*/, "").replace(/\*$/, "");
  const [open, close] = [text.startsWith("*"), text.endsWith("*")];
  if (open && close) return value.includes(inner);
  if (open) return value.endsWith(inner);
  return close ? value.startsWith(inner) : value === inner;
}
