// Knowing less may leave a verdict open; it never turns it round. Every value of every chain resource of every
// scenario is made unknown in turn.

import { describe, expect, it } from "vitest";
import { isArray, isObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { findingOf } from "../tools/check-plan.ts";
import { type Path, pathsOf, withUnknownAt } from "../tools/plan-changes.ts";
import { SCENARIOS } from "../tools/scenarios.ts";

const CHAIN = /^aws_(cloudtrail|cloudwatch_|sns_|sqs_|iam_role)/;

/** Each place in the planned values of the chain's resources, as [index of the change, path]. */
function* places(plan: JsonObject): Generator<readonly [number, Path]> {
  const changes = isArray(plan.resource_changes) ? plan.resource_changes : [];
  for (const [index, entry] of changes.entries()) {
    if (!isObject(entry) || !isObject(entry.change) || !CHAIN.test(String(entry.type))) continue;
    for (const path of pathsOf(entry.change.after)) yield [index, path];
  }
}

function hidden(plan: JsonObject, index: number, path: Path): JsonObject {
  const changes = isArray(plan.resource_changes) ? plan.resource_changes : [];
  const entry = changes[index];
  if (!isObject(entry) || !isObject(entry.change)) throw new Error("places() names changes");
  const less: Json = { ...entry, change: withUnknownAt(entry.change, path) };
  return { ...plan, resource_changes: changes.with(index, less) };
}

describe("a value that is not known", () => {
  it.each(SCENARIOS)("never turns the verdict of $name round", async ({ plan }) => {
    const { verdict } = await findingOf(JSON.stringify(plan));
    const turned: string[] = [];
    for (const [index, path] of places(plan)) {
      const less = await findingOf(JSON.stringify(hidden(plan, index, path)));
      if (less.verdict !== verdict && less.verdict !== "undecided") {
        turned.push(
          `${index}.${path.join(".")}: ${less.verdict}, ${less.causes.map(({ code }) => code).join(", ")}`,
        );
      }
    }
    expect(turned).toEqual([]);
  });
});
