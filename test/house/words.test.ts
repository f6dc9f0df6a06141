// What the repository says: options that exist, links that lead somewhere, and nothing about the machine it was made on.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseCommandLine } from "../../src/cli/command-line.ts";
import { COMMAND_NAMES, parseCommand } from "../../src/cli/commands/index.ts";
import { filesLike, pathsLike } from "../tools/repository.ts";

const HELP = parseCommandLine(["--help"], "0.0.0");
const HELPS = [
  HELP.kind === "print" ? HELP.text : "",
  ...(await Promise.all(COMMAND_NAMES.map((name) => parseCommand(name, ["--help"])))),
].map(String);
const OPTIONS = new Set(HELPS.flatMap((text) => text.match(/--[a-z][a-z-]+/g) ?? []));

/** Options of other programs that texts speak of, and of V8. */
const FOREIGN = new Set([
  "--out-dir",
  "--json-out-dir",
  "--all",
  "--interrupt-budget",
  "--no-parallel-scavenge",
  "--provenance",
  "--dry-run",
  "--follow-tags",
]);

/** Options of the aws command line, which an audit and its helps speak of. */
const AWS = new Set(
  (
    "--alarm-actions --alarm-name --alarm-names --alarm-types --attribute-name --attribute-value --cloud-watch-logs-log-group-arn --cloud-watch-logs-role-arn" +
    " --comparison-operator --enable-log-file-validation --evaluation-periods --filter-name --filter-pattern --is-multi-region-trail --key-id" +
    " --log-group-name --log-group-name-prefix --metric-name --metric-transformations --name --namespace --notification-endpoint" +
    " --period --policy-name --query --queue-url --statistic --subscription-arn --threshold" +
    " --topic-arn --trail-name"
  ).split(" "),
);

describe("options", () => {
  it.each(filesLike(/^src\/(report|input|cli)\/(?!html\/).*\.ts$|^README\.md$|^docs\/[^/]*\.md$/))(
    "that $path names exist",
    ({ text }) => {
      const named = [...text.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([option]) => option);
      expect(
        named.filter((option) => !OPTIONS.has(option) && !FOREIGN.has(option) && !AWS.has(option)),
      ).toEqual([]);
    },
  );
});

const PAGES = filesLike(/\.md$/);

describe("links", () => {
  it.each(PAGES)("in $path lead somewhere", ({ path, text }) => {
    const prose = text.replace(/^```[\s\S]*?^```/gm, "");
    const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
    const local = targets.filter((target) => !/^(https:|#|mailto:)/.test(target));
    const lost = local.filter((target) => !existsSync(join(dirname(path), target.replace(/#.*$/, ""))));
    expect(lost).toEqual([]);
  });

  it("are encrypted where they leave the repository", () => {
    const plain = PAGES.filter(({ text }) => /\]\(http:/.test(text));
    expect(plain.map(({ path }) => path)).toEqual([]);
  });
});

describe("texts", () => {
  const TEXTS = filesLike(/\.(ts|mjs|md|ya?ml|json|tf|sh|scenario)$|^\.ci\/run$/);

  it.each<[string, RegExp, RegExp]>([
    // Plans and states hold the paths and hosts of the providers' registry, and of the machine that is planned for.
    [
      "no path of a machine",
      /(?<![\w.:/-])\/(home\/(?!team\b)|root\/|Users\/|work\/|workspace\/)\w|[A-Z]:\\Users/,
      /^test\/(data|scenarios)\//,
    ],
    [
      "no host of a package registry",
      /registry\.npmjs|registry\.yarnpkg|pypi\.org\/simple|proxy\.golang/,
      /^$/,
    ],
    ["no promise to do it later", /\b(TODO|FIXME|XXX|HACK)\b/, /^$/],
  ])("hold %s", (_, forbidden, exempt) => {
    const found = TEXTS.filter(
      ({ path, text }) => !exempt.test(path) && !path.endsWith("words.test.ts") && forbidden.test(text),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it("have no golden file that no test reads", () => {
    const tests = filesLike(/^test\/.*\.ts$/)
      .map(({ text }) => text)
      .join("\n");
    const folders = new Set(pathsLike(/\/golden\//).map((path) => dirname(path)));
    expect([...folders].filter((folder) => !tests.includes(folder) && !tests.includes("golden"))).toEqual([]);
  });
});
