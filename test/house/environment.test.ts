// Nothing of the environment has a say but what docs/reliability.md lists.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { filesLike } from "../tools/repository.ts";

const PAGE = readFileSync("docs/reliability.md", "utf8");
/** First cells of the table of variables. */
const LISTED = [...PAGE.matchAll(/^\| ((?:`[A-Z][A-Z_]*\*?`(?:, )?)+) +\|/gm)].flatMap(([, cell = ""]) =>
  [...cell.matchAll(/`([A-Z_]+)\*?`/g)].map(([, name = ""]) => name),
);

/** Names read from `process.env`, or from what is called `env`; prefixes of names end in an underscore. */
const READ = new Set(
  filesLike(/^src\/.*\.ts$/).flatMap(({ text }) => [
    ...[...text.matchAll(/\benv\.([A-Z][A-Z_]+)/g)].map(([, name = ""]) => name),
    ...[...text.matchAll(/^const PREFIX = "([A-Z_]+)"/gm)].map(([, name = ""]) => name),
    ...[...text.matchAll(/\{ ([A-Z_]+: \w+(?:, [A-Z_]+: \w+)*) \}: NodeJS\.ProcessEnv/g)].flatMap(
      ([, names = ""]) => [...names.matchAll(/([A-Z_]+):/g)].map(([, name = ""]) => name),
    ),
  ]),
);

describe("the environment", () => {
  it("is read for the variables that are listed, and no others", () => {
    expect([...READ].toSorted()).toEqual(LISTED.toSorted());
    expect(READ.size).toBeGreaterThan(8);
  });
});
