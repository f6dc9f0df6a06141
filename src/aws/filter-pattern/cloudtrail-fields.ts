// What CloudTrail events look like: which fields are always there, and what kind of value they hold.
// Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
// and .../cloudtrail-event-reference-user-identity.html (read 2025-11-24)

import type { Selector } from "./ast.ts";

export type Kind = "missing" | "null" | "true" | "false" | "number" | "string" | "object" | "array";

const ANYTHING: ReadonlySet<Kind> = new Set([
  "missing",
  "string",
  "object",
  "null",
  "array",
  "number",
  "true",
  "false",
]);
const STRING: ReadonlySet<Kind> = new Set(["string"]);
const STRING_OR_MISSING: ReadonlySet<Kind> = new Set(["missing", "string"]);
const BOOLEAN_OR_MISSING: ReadonlySet<Kind> = new Set(["missing", "true", "false"]);
const OBJECT: ReadonlySet<Kind> = new Set(["object"]);
const OBJECT_OR_MISSING: ReadonlySet<Kind> = new Set(["missing", "object"]);
const OBJECT_OR_NULL: ReadonlySet<Kind> = new Set(["null", "object"]);
const ARRAY_OR_MISSING: ReadonlySet<Kind> = new Set(["missing", "array"]);

/** By dotted path. Fields not listed may hold anything or be missing. */
const FIELDS: ReadonlyMap<string, ReadonlySet<Kind>> = new Map([
  ["", OBJECT],
  ["eventVersion", STRING],
  ["userIdentity", OBJECT],
  // Rare service events lack it; those are never refused calls.
  ["userIdentity.type", STRING],
  ["userIdentity.principalId", STRING_OR_MISSING],
  ["userIdentity.arn", STRING_OR_MISSING],
  ["userIdentity.accountId", STRING_OR_MISSING],
  ["userIdentity.accessKeyId", STRING_OR_MISSING],
  ["userIdentity.userName", STRING_OR_MISSING],
  ["userIdentity.invokedBy", STRING_OR_MISSING],
  ["userIdentity.sessionContext", OBJECT_OR_MISSING],
  ["userIdentity.sessionContext.sessionIssuer", OBJECT_OR_MISSING],
  ["userIdentity.sessionContext.sessionIssuer.type", STRING_OR_MISSING],
  ["userIdentity.sessionContext.sessionIssuer.principalId", STRING_OR_MISSING],
  ["userIdentity.sessionContext.sessionIssuer.arn", STRING_OR_MISSING],
  ["userIdentity.sessionContext.sessionIssuer.accountId", STRING_OR_MISSING],
  ["userIdentity.sessionContext.sessionIssuer.userName", STRING_OR_MISSING],
  ["userIdentity.sessionContext.attributes", OBJECT_OR_MISSING],
  ["userIdentity.sessionContext.attributes.creationDate", STRING_OR_MISSING],
  ["userIdentity.sessionContext.attributes.mfaAuthenticated", STRING_OR_MISSING],
  ["eventTime", STRING],
  ["eventSource", STRING],
  ["eventName", STRING],
  ["awsRegion", STRING],
  ["sourceIPAddress", STRING],
  ["userAgent", STRING_OR_MISSING],
  ["errorCode", STRING_OR_MISSING],
  ["errorMessage", STRING_OR_MISSING],
  ["requestParameters", OBJECT_OR_NULL],
  ["responseElements", OBJECT_OR_NULL],
  ["responseElements.ConsoleLogin", STRING_OR_MISSING],
  ["additionalEventData", OBJECT_OR_MISSING],
  ["additionalEventData.MFAUsed", STRING_OR_MISSING],
  ["requestID", STRING_OR_MISSING],
  ["eventID", STRING],
  ["readOnly", BOOLEAN_OR_MISSING],
  ["managementEvent", BOOLEAN_OR_MISSING],
  ["resources", ARRAY_OR_MISSING],
  ["eventType", STRING],
  ["apiVersion", STRING_OR_MISSING],
  ["recipientAccountId", STRING_OR_MISSING],
  ["sharedEventID", STRING_OR_MISSING],
  ["vpcEndpointId", STRING_OR_MISSING],
  ["eventCategory", STRING],
  ["tlsDetails", OBJECT_OR_MISSING],
  ["sessionCredentialFromConsole", STRING_OR_MISSING],
]);

/** The kinds of value a field named by its dotted path can hold; `undefined` is a path that is not fixed. */
export function kindsOf(path: string | undefined): ReadonlySet<Kind> {
  return (path === undefined ? undefined : FIELDS.get(path)) ?? ANYTHING;
}

/** The kinds of value that a selector can meet. */
export function kindsAt(selector: Selector): ReadonlySet<Kind> {
  return kindsOf(selector.reduce<string | undefined>((path, step) => pathBelow(path, step), ""));
}

/** Whether an event may lack what the selector names. */
export function mayBeMissing(selector: Selector): boolean {
  return kindsAt(selector).has("missing");
}

/** The dotted path one step further in. */
export function pathBelow(path: string | undefined, step: Selector[number]): string | undefined {
  if (path === undefined || step.kind !== "name" || step.name.includes(".")) return undefined;
  return path === "" ? step.name : `${path}.${step.name}`;
}

/** Names of the fields that every object at this path has. */
export function alwaysBelow(path: string | undefined): readonly string[] {
  if (path === undefined) return [];
  const prefix = path === "" ? "" : `${path}.`;
  const names: string[] = [];
  for (const [field, kinds] of FIELDS) {
    if (field === "" || kinds.has("missing") || !field.startsWith(prefix)) continue;
    const name = field.slice(prefix.length);
    if (!name.includes(".")) names.push(name);
  }
  return names;
}
