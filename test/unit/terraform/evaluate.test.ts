// The language and its functions against what a real Terraform made of the same expressions.

import { beforeAll, describe, expect, it } from "vitest";
import type { Expression } from "../../../src/model/configuration.ts";
import { attempt, EvaluationFailure } from "../../../src/terraform/failure.ts";
import { encodeJson } from "../../../src/terraform/functions/json.ts";
import type { Scope } from "../../../src/terraform/scope.ts";
import { evaluateStrictly, readExpressions, recorded, scopeOf } from "./support.ts";

const FAMILIES = [
  "operators",
  "templates",
  "collections-and-loops",
  "string-functions",
  "collection-functions",
  "numeric-and-conversion-functions",
  "encoding-date-hash-network-functions",
  "file-functions",
] as const;

describe.each(FAMILIES)("%s give what Terraform gives", (family) => {
  const { cases, files } = recorded(family);
  let expressions: readonly Expression[] = [];
  let scope: Scope;

  beforeAll(async () => {
    expressions = await readExpressions(cases.map(([text]) => text));
    scope = await scopeOf({ files });
  });

  it.each(cases.map(([text, result], index) => ({ text, result, index })))("$text", ({ result, index }) => {
    const expression = expressions[index];
    const value = attempt(() => encodeJson(evaluateStrictly(expression as Expression, scope)));
    const text = value instanceof EvaluationFailure ? "FAILS" : value.kind === "known" ? value.value : value;
    expect(text).toBe(result);
  });
});
