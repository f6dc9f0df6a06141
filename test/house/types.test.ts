// Which types the checks ask for is said in one place, so that a reader of large plans leaves none of them out.

import { describe, expect, it } from "vitest";
import { questionOf } from "../../src/aws/types-in-question.ts";
import { filesLike } from "../tools/repository.ts";

const ASKING = filesLike(/^src\/(evaluate|resolve|suggest)\/.*\.ts$/);
const TYPE = /"(?:data\.)?((?:aws|random|time|null|terraform)_[a-z0-9_]+)"/g;

/** Keys of documents that look like types. */
const NO_TYPES = new Set(["terraform_version"]);

describe("types in question", () => {
  it("hold every type that is named in evaluate, resolve and suggest", () => {
    const named = ASKING.flatMap(({ path, text }) =>
      [...text.matchAll(TYPE)].map(([, type = ""]) => ({ path, type })),
    );
    expect(named.length).toBeGreaterThan(50);
    const strangers = named.filter(({ type }) => !NO_TYPES.has(type) && questionOf(type) === undefined);
    expect(
      strangers.map(({ path, type }) => `${path}: add "${type}" to src/aws/types-in-question.ts`),
    ).toEqual([]);
  });
});
