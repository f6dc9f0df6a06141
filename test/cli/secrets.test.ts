// Values that are sensitive, and web endpoints with tokens, in every kind of input: whole processes print them on neither
// stream and into no file, whatever they are asked.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { CANARY } from "../../bench/fuzz/canaries.ts";
import { secretFiles, secretPlanText, secretStateText } from "../../bench/fuzz/secret-kinds.ts";
import { readingPlan, secretOutputs, storedState } from "../../bench/fuzz/secret-stacks.ts";
import { FORMATS } from "../../src/report/index.ts";
import { chainCase } from "../property/chain/cases.ts";
import { diceOf } from "../tools/plan-changes.ts";
import { runBuilt } from "../tools/run-built.ts";

const ROOT = mkdtempSync(join(tmpdir(), "tfcheck-secrets-"));
afterAll(() => rmSync(ROOT, { recursive: true }));

/** What a run may write; everything else here is an input. */
const WRITTEN = join(ROOT, "written");
mkdirSync(WRITTEN);

const inputs = new Map<string, string>();
function input(name: string, text: string): void {
  inputs.set(name, text);
  mkdirSync(dirname(join(ROOT, name)), { recursive: true });
  writeFileSync(join(ROOT, name), text);
}

const SEEDS = [1, 4, 8];
for (const seed of SEEDS) {
  const { plan, secrets } = readingPlan(seed, diceOf(seed));
  input(`plan-${seed}.json`, secretPlanText(seed));
  input(`state-${seed}.json`, secretStateText(seed));
  input(`reads-${seed}.json`, plan);
  input(`net-${seed}.tfstate`, JSON.stringify(storedState(secrets)));
  input(`cut-${seed}.json`, brokenAt(secretPlanText(seed)));
  for (const [path, text] of secretFiles(chainCase(seed))) input(`infra-${seed}/${path}`, text);
  for (const [path, text] of Object.entries(secretOutputs(seed)))
    input(`account-${seed}/${path}`, String(text));
}

/** Ends in the middle of the first secret. */
function brokenAt(text: string): string {
  return text.slice(0, text.indexOf(CANARY) + 3);
}

type Args = readonly string[];

async function search(
  args: Args,
  more: { readonly stdin?: string; readonly broken?: boolean } = {},
): Promise<void> {
  rmSync(WRITTEN, { recursive: true });
  mkdirSync(WRITTEN);
  const { stdin = "", broken = args.some((argument) => argument.startsWith("cut")) } = more;
  const env = { GITHUB_STEP_SUMMARY: join(WRITTEN, "summary"), GITHUB_OUTPUT: join(WRITTEN, "output") };
  const options = { cwd: ROOT, stdin: new TextEncoder().encode(stdin), env };
  const { exit, stdout, stderr } = await runBuilt(args, options);
  const files = readdirSync(WRITTEN).map((name) => `${name}: ${readFileSync(join(WRITTEN, name), "utf8")}`);
  // Only what is broken is refused, so that all the others are searched for what they say.
  expect(exit === 2, stderr).toBe(broken);
  for (const text of [stdout, stderr, ...files]) {
    const at = text.indexOf(CANARY);
    expect(at < 0 ? "" : text.slice(Math.max(0, at - 200), at + 40), args.join(" ")).toBe("");
  }
}

describe.each(SEEDS)("the inputs of seed %d", (seed) => {
  const plan = `plan-${seed}.json`;
  const beside = ["--with", `state-${seed}.json`, "--with", `infra-${seed}`];
  const everyFile = FORMATS.flatMap((format) => ["--output", `${format}=written/report-${format}`]);

  it("hold secrets, all of them", () => {
    const own = [...inputs].filter(([name]) => name.includes(`-${seed}`) && !name.startsWith("cut"));
    const kinds = own.filter(([, text]) => text.includes(CANARY)).map(([name]) => name.split("-")[0]);
    expect([...new Set(kinds)].toSorted()).toEqual(["account", "infra", "net", "plan", "reads", "state"]);
  });

  it.each<[string, Args]>([
    ["a report in every format", [plan, "--verbose", "--debug", ...everyFile]],
    ["a report with other stacks beside it", [plan, ...beside, "--verbose", "--debug", ...everyFile]],
    ["a report of a state", [`state-${seed}.json`, "--verbose"]],
    ["a report of code", [`infra-${seed}`, "--verbose", "--debug", ...everyFile]],
    ["a report of several inputs", [plan, `state-${seed}.json`, "--combine", "--verbose"]],
    [
      "what another stack puts out",
      [`reads-${seed}.json`, "--with", `net-${seed}.tfstate`, "--verbose", ...everyFile],
    ],
    ["steps of a pipeline", [plan, "--format", "github"]],
    ["a plan that is cut", [`cut-${seed}.json`, "--debug"]],
    ["a plan that is cut, beside another", [plan, "--with", `cut-${seed}.json`, "--debug"]],
    ["an account", ["audit", `account-${seed}`, "--verbose", "--debug", ...everyFile]],
    ["an account beside a plan", [plan, "--with", `account-${seed}`, "--verbose", "--debug"]],
    ["a picture as text", ["graph", plan, ...beside]],
    ["a picture as dot", ["graph", plan, "--format", "dot"]],
    ["a picture of an account", ["graph", `account-${seed}`, "--format", "mermaid"]],
    [
      "a picture of what another stack puts out",
      ["graph", `reads-${seed}.json`, "--with", `net-${seed}.tfstate`],
    ],
    ["a suggestion", ["suggest", plan, ...beside]],
    ["a suggestion for code", ["suggest", `infra-${seed}`]],
    ["waivers", ["baseline", plan, ...beside]],
    ["waivers in a file", ["baseline", `reads-${seed}.json`, "--output", "written/tfcheck.yaml"]],
    ["lines of a batch", ["batch", plan, `cut-${seed}.json`, `state-${seed}.json`]],
    [
      "lines of a batch in a file",
      ["batch", plan, `reads-${seed}.json`, "--with", `net-${seed}.tfstate`, "--output", "written/lines"],
    ],
  ])("%s tells none of them", async (_, args) => {
    await search(args);
  });

  it("lines of standard input tell none of them", async () => {
    const texts = [inputs.get(plan), inputs.get(`cut-${seed}.json`), inputs.get(`reads-${seed}.json`)];
    await search(["batch"], { stdin: `${texts.join("\n")}\n`, broken: true });
  });

  it("a report that was saved tells none of them in any format", async () => {
    const { stdout } = await runBuilt([plan, ...beside, "--format", "json"], { cwd: ROOT });
    writeFileSync(join(ROOT, "saved.json"), stdout);
    await search(["render", "saved.json", "--verbose", ...everyFile]);
  });

  it("waivers that are in force tell none of them", async () => {
    const { stdout } = await runBuilt(["baseline", plan], { cwd: ROOT });
    writeFileSync(join(ROOT, "waived.yaml"), stdout);
    await search([plan, "--config", "waived.yaml", "--verbose", "--format", "text"]);
  });
});
