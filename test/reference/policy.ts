// Whether a policy lets one request through: an Allow that fits and no Deny that does. Of the request everything is
// known. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html

import type { Condition, Policy, Statement } from "./small-world.ts";

export interface Request {
  /** The service that asks; `undefined`: whoever the policy belongs to. */
  readonly service: string | undefined;
  readonly action: string;
  /** `undefined`: the policy is about the object it stands on, and names no resource. */
  readonly resource: string | undefined;
  /** Condition keys in lower case; one that is not there is absent from the request. */
  readonly facts: Readonly<Record<string, string>>;
}

export function grants(policy: Policy, request: Request): boolean {
  const fitting = policy.filter((statement) => fits(statement, request));
  return fitting.some(({ effect }) => effect === "Allow") && !fitting.some(({ effect }) => effect === "Deny");
}

function fits({ principal, actions, resources, conditions }: Statement, request: Request): boolean {
  const asker =
    principal === undefined ||
    principal === "*" ||
    ("service" in principal && principal.service === request.service);
  const { resource } = request;
  return (
    asker &&
    actions.some((action) => matches(action.toLowerCase(), request.action.toLowerCase())) &&
    (resource === undefined || resources === undefined || resources.some((one) => matches(one, resource))) &&
    conditions.every((condition) => holds(condition, request.facts))
  );
}

/** A condition on a key that is absent holds for negated operators and for those that end in IfExists. */
function holds({ operator, key, values }: Condition, facts: Request["facts"]): boolean {
  const fact = facts[key.toLowerCase()];
  switch (operator) {
    case "ArnLike":
    case "ArnEquals":
    case "StringLike":
      return fact !== undefined && values.some((value) => matches(value, fact));
    case "StringEquals":
    case "Bool":
      return fact !== undefined && values.includes(fact);
    case "StringEqualsIfExists":
      return fact === undefined || values.includes(fact);
    case "StringNotEquals":
      return fact === undefined || !values.includes(fact);
    default:
      return operator satisfies never;
  }
}

/** `*` stands for any text. */
export function matches(pattern: string, text: string): boolean {
  const [first = "", ...others] = pattern.split("*");
  if (others.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  const rest = text.slice(first.length);
  return Array.from({ length: rest.length + 1 }, (_, at) => rest.slice(at)).some((end) =>
    matches(others.join("*"), end),
  );
}
