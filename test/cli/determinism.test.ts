// The same inputs give the same bytes, wherever and whenever they are read: any locale that shows the same symbols,
// time zone, working directory, and order of files.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FORMATS } from "../../src/report/index.ts";
import { runBuilt } from "../tools/run-built.ts";

const ROOT = mkdtempSync(join(tmpdir(), "tfcheck-same-"));
afterAll(() => rmSync(ROOT, { recursive: true }));
for (const folder of ["one", "other/deep"]) {
  mkdirSync(join(ROOT, folder), { recursive: true });
  writeFileSync(join(ROOT, folder, "plan.json"), readFileSync("test/scenarios/three-modules/plan.json"));
  cpSync("test/scenarios/three-modules/src", join(ROOT, folder, "src"), { recursive: true });
}

type Setting = readonly [name: string, folder: string, env: Readonly<Record<string, string>>];

const SETTINGS: readonly Setting[] = [
  ["another time zone", "one", { TZ: "Pacific/Kiritimati" }],
  ["a Turkish locale", "one", { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" }],
  ["another language", "one", { LC_ALL: "", LANG: "de_DE.UTF-8", LANGUAGE: "de" }],
  ["another working directory", "other/deep", {}],
  [
    "variables that mean nothing here",
    "one",
    { AWS_REGION: "us-east-1", AWS_PROFILE: "x", HOME: "/nowhere", CI: "true" },
  ],
];

/** What stands in every format, by its name. */
async function everything(folder: string, env: Readonly<Record<string, string>>) {
  const cwd = join(ROOT, folder);
  const files = FORMATS.flatMap((format) => ["--output", `${format}=report.${format}`]);
  const outcome = await runBuilt(["plan.json", "--source", "src", "--verbose", ...files], { cwd, env });
  return { outcome, reports: FORMATS.map((format) => readFileSync(join(cwd, `report.${format}`), "utf8")) };
}

describe("the same bytes in every format", () => {
  it.each(SETTINGS)("with %s", async (_, folder, env) => {
    const plain = await everything("one", {});
    expect(await everything(folder, env)).toEqual(plain);
    expect(plain.outcome.exit).toBe(0);
  });
});

describe("files that are made in another order", () => {
  it("give the same bytes", async () => {
    const names = ["c", "a", "b"];
    const folders = [names, names.toReversed()].map((order, at) => {
      const folder = join(ROOT, `order-${at}`, "infra");
      mkdirSync(folder, { recursive: true });
      for (const name of order) {
        writeFileSync(
          join(folder, `${name}.tf`),
          `resource "aws_sns_topic" "${name}" {\n  name = "${name}"\n}\n`,
        );
      }
      return join(ROOT, `order-${at}`);
    });
    const [one, other] = await Promise.all(
      folders.map((cwd) => runBuilt(["graph", "infra", "-f", "json"], { cwd })),
    );
    expect(one).toEqual(other);
  });
});
