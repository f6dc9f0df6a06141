// The language and its functions against what a real Terraform made of the same expressions.

import { beforeAll, describe, expect, it } from "vitest";
import type { Expression } from "../../../src/model/configuration.ts";
import { attempt, EvaluationFailure } from "../../../src/terraform/failure.ts";
import { encodeJson } from "../../../src/terraform/functions/json.ts";
import type { Scope } from "../../../src/terraform/scope.ts";
import { evaluateStrictly, inGroups, readAll, readExpressions, recorded, scopeOf } from "./support.ts";

/** Read one by one: how they are read is half of what they show. */
const LANGUAGE = ["operators", "templates", "collections-and-loops", "template-files"] as const;

const FUNCTIONS = [
  "string-functions",
  "collection-functions",
  "numeric-and-conversion-functions",
  "encoding-date-hash-network-functions",
  "file-functions",
] as const;

/** What the recorded results are: JSON, or "FAILS". */
function jsonOf(expression: Expression | undefined, scope: Scope): unknown {
  const value = attempt(() => encodeJson(evaluateStrictly(expression as Expression, scope)));
  if (value instanceof EvaluationFailure) return "FAILS";
  return value.kind === "known" ? value.value : value;
}

/** Source: https://opentofu.org/docs/language/functions/, each function's page (operators too: && and || ask only as far as needed). */
describe("what Terraform 1.11 does not have, OpenTofu and later versions do", () => {
  it.each([
    ['element(["a", "b", "c"], -1)', '"c"'],
    ['element(["a", "b", "c"], -4)', '"c"'],
    ['base64gunzip("H4sIAAAAAAACA0vOyS9NUUjPz0sFAD8a7qUKAAAA")', '"cloud gone"'],
    ['cidrcontains("10.0.0.0/8", "10.1.2.3")', "true"],
    ['cidrcontains("10.0.0.0/8", "11.0.0.0/16")', "false"],
    ['cidrcontains("10.0.0.0/8", "0.0.0.0/0")', "false"],
    ['cidrcontains("10.0.0.0/8", "10.0.0.0/7")', "false"],
    ['cidrcontains("10.0.0.0/8", "10.0.0.0/8")', "true"],
    ['cidrcontains("10.0.0.0/8", "10.1.0.0/16")', "true"],
    ['cidrcontains("10.0.0.1/32", "10.0.0.1")', "true"],
    ['cidrcontains("fd00::/8", "fd01::1")', "true"],
    ['cidrcontains("fd00::/8", "fe01::/16")', "false"],
    ['urldecode("a+b%2Fc")', '"a b/c"'],
    ["false && tobool([])", "false"],
    ["true || tobool([])", "true"],
    ['core::upper("a")', '"A"'],
  ])("%s", async (text, result) => {
    const [expression] = await readExpressions([text]);
    expect(jsonOf(expression, await scopeOf())).toBe(result);
  });
});

describe.each(LANGUAGE)("%s give what Terraform gives", (family) => {
  const { cases, files } = recorded(family);

  it.each(inGroups(cases))("$first and those behind it", async ({ group }) => {
    const scope = await scopeOf({ files });
    const results: [string, unknown][] = [];
    for (const [text] of group) {
      const [expression] = await readExpressions([text]);
      results.push([text, jsonOf(expression, scope)]);
    }
    expect(results).toEqual(group);
  });
});

describe.each(FUNCTIONS)("%s give what Terraform gives", (family) => {
  const { cases, files } = recorded(family);
  let expressions: ReadonlyMap<string, Expression> = new Map();
  let scope: Scope;

  beforeAll(async () => {
    expressions = await readAll(cases.map(([text]) => text));
    scope = await scopeOf({ files });
  });

  it.each(inGroups(cases))("$first and those behind it", ({ group }) => {
    expect(group.map(([text]) => [text, jsonOf(expressions.get(text), scope)])).toEqual(group);
  });
});
