// Many plans in one run, as whole processes: one line each, in the order of the plans, whatever one of them is like.

import { spawn } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { batchLineSchema } from "../../src/report/json/batch-line.ts";
import { BUILT, type RunOptions, runBuilt } from "../tools/run-built.ts";

const ROOT = mkdtempSync(join(tmpdir(), "tfcheck-batch-"));
afterAll(() => rmSync(ROOT, { recursive: true }));

const SATISFIED = readFileSync("examples/satisfied-chain/plan.json", "utf8");
const VIOLATED = readFileSync("test/scenarios/alarm-missing/plan.json", "utf8");
const UNDECIDED = readFileSync("test/scenarios/topic-arn-from-outside/plan.json", "utf8");

beforeAll(() => {
  mkdirSync(join(ROOT, "plans/b/.terraform"), { recursive: true });
  writeFileSync(join(ROOT, "plans/a.json"), SATISFIED);
  writeFileSync(join(ROOT, "plans/b/broken.json"), SATISFIED.slice(0, 900));
  writeFileSync(join(ROOT, "plans/b/plan.json"), VIOLATED);
  writeFileSync(join(ROOT, "plans/b/notes.txt"), "no plan");
  writeFileSync(join(ROOT, "plans/b/.terraform/cache.json"), VIOLATED);
  writeFileSync(join(ROOT, "plans/c.json"), UNDECIDED);
  writeFileSync(
    join(ROOT, "lines.ndjson"),
    `${SATISFIED.trim()}\n\r\n{"label": "stacks/two", "plan": ${VIOLATED.trim()}}\r\n{"label": 3}\n{"plan": `,
  );
});

interface Line {
  readonly label: string;
  readonly sha256: string | null;
  readonly outcome: string;
  readonly controls: readonly {
    readonly causes: readonly { readonly code: string; readonly address: string }[];
  }[];
  readonly problems: readonly { readonly code: string }[];
}

function linesIn(text: string): readonly Line[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line): Line => JSON.parse(line));
}

async function batch(args: readonly string[], options: Partial<RunOptions> = {}) {
  const { exit, stdout, stderr } = await runBuilt(["batch", ...args], { cwd: ROOT, ...options });
  return { exit, stdout, stderr, lines: linesIn(stdout) };
}

const inShort = ({ label, outcome }: Line) => `${outcome} ${label}`;

describe("a batch", () => {
  it("answers each plan below a directory, and goes on after one that is broken", async () => {
    const { exit, stderr, lines } = await batch(["plans"]);
    expect(lines.map(inShort)).toEqual([
      "satisfied plans/a.json",
      "error plans/b/broken.json",
      "violated plans/b/plan.json",
      "undecided plans/c.json",
    ]);
    expect(lines[1]?.problems[0]?.code).toBe("json-cut-off");
    expect(lines[2]?.controls[0]?.causes.map(({ code }) => code)).toEqual(["no-alarm"]);
    expect(exit).toBe(2);
    expect(stderr).toBe(
      [
        "4 plans                           error  violated  undecided  satisfied",
        "aws-unauthorized-api-calls-alarm  0      1         1          1",
        "worst of a plan                   1      1         1          1",
        "",
      ].join("\n"),
    );
  });

  it("prints the same bytes with one thread and with many", async () => {
    mkdirSync(join(ROOT, "many"));
    for (const scenario of readdirSync("test/scenarios", { withFileTypes: true }).filter((one) =>
      one.isDirectory(),
    )) {
      cpSync(join("test/scenarios", scenario.name, "plan.json"), join(ROOT, "many", `${scenario.name}.json`));
    }
    const [one, many] = [await batch(["many", "--jobs", "1"]), await batch(["many", "--jobs", "5"])];
    expect(one.lines.length).toBeGreaterThan(40);
    expect(many).toEqual(one);
  });

  it("prints lines that fit the published schema", async () => {
    const fits = new Ajv2020().compile(batchLineSchema());
    const { lines } = await batch(["plans", "--benchmark", "cis-aws-foundations@5.0.0"]);
    for (const line of lines) expect([fits(line), fits.errors]).toEqual([true, null]);
  });

  it.each<[string, readonly string[], number]>([
    ["satisfied", ["plans/a.json"], 0],
    ["one violated, one undecided", ["plans/c.json", "plans/b/plan.json"], 1],
    ["one undecided", ["plans/a.json", "plans/c.json"], 3],
    ["one undecided, which passes", ["plans/c.json", "--undecided", "pass"], 0],
    ["violated softly", ["plans/b/plan.json", "--soft-fail"], 0],
    ["broken softly", ["plans/b", "--soft-fail"], 2],
    ["a file that is not there", ["plans/a.json", "absent.json"], 2],
    ["a glob", ["plans/**/plan.json"], 1],
    ["a glob that finds nothing", ["plans/*.yaml"], 2],
    ["no number of threads", ["plans", "--jobs", "none"], 2],
    ["no such control", ["plans", "--control", "aws-nothing"], 2],
    ["nothing to go on with", ["plans", "--resume"], 2],
  ])("exits as the worst of it does: %s", async (_, args, exit) => {
    expect((await batch(args)).exit).toBe(exit);
  });

  it("reads plans from standard input, with or without a label", async () => {
    const stdin = readFileSync(join(ROOT, "lines.ndjson"));
    const { exit, lines } = await batch(["--quiet"], { stdin });
    expect(lines.map(inShort)).toEqual([
      "satisfied <stdin>:1",
      "violated stacks/two",
      "error <stdin>:4",
      "error <stdin>:5",
    ]);
    expect(exit).toBe(2);
  });

  it("answers nothing where nothing is given", async () => {
    expect(await batch([])).toEqual({ exit: 0, stdout: "", stderr: "0 plans\nworst of a plan\n", lines: [] });
  });

  it("takes what is beside the plans into account", async () => {
    cpSync("examples/two-stacks", join(ROOT, "two"), { recursive: true });
    const alone = await batch(["two/alarms/plan.json"]);
    const together = await batch(["two/alarms/plan.json", "--with", "two/notifications/state.json"]);
    expect([alone.exit, together.exit]).toEqual([3, 0]);
  });

  it("ends when the reader of stdout goes away", async () => {
    const child = spawn(process.execPath, [BUILT, "batch", "many", "--quiet"], { cwd: ROOT });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.stdout.destroy();
    await new Promise((done) => child.on("close", done));
    expect(stderr).toBe("");
  });
});

describe("a batch that goes on", () => {
  const output = join(ROOT, "out.ndjson");

  it("writes a file, and never over another one", async () => {
    const { exit, stdout } = await batch(["plans", "--output", output]);
    expect([exit, stdout]).toEqual([2, ""]);
    const again = await batch(["plans", "--output", output]);
    expect(again.stderr).toContain("[output-exists]");
  });

  it("leaves out what the file has, and drops a line that was torn off", async () => {
    const whole = readFileSync(output, "utf8");
    const twoLines = whole.split("\n").slice(0, 2).join("\n").length + 1;
    truncateSync(output, twoLines + 40);
    const { exit } = await batch(["plans", "--output", output, "--resume"]);
    expect(readFileSync(output, "utf8")).toBe(whole);
    expect(exit).toBe(2);
  });

  it("adds what is new, and what has changed", async () => {
    writeFileSync(join(ROOT, "plans/a.json"), VIOLATED);
    writeFileSync(join(ROOT, "plans/d.json"), SATISFIED);
    const before = readFileSync(output, "utf8");
    const { stderr } = await batch(["plans", "--output", output, "--resume"]);
    const added = linesIn(readFileSync(output, "utf8").slice(before.length));
    expect(added.map(inShort)).toEqual(["violated plans/a.json", "satisfied plans/d.json"]);
    expect(stderr).toMatch(/^6 plans /);
  });

  it("leaves out lines of standard input", async () => {
    const stdin = readFileSync(join(ROOT, "lines.ndjson"));
    const file = join(ROOT, "from-stdin.ndjson");
    await batch(["--output", file], { stdin });
    const before = readFileSync(file, "utf8");
    await batch(["--output", file, "--resume"], { stdin });
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("refuses lines that answer another question, and files of something else", async () => {
    const other = await batch(["plans", "--output", output, "--resume", "--accept-pending"]);
    expect([other.exit, other.stderr]).toEqual([2, expect.stringContaining("[resume-other-question]")]);
    const strange = join(ROOT, "strange.ndjson");
    appendFileSync(strange, "{}\n");
    const { exit, stderr } = await batch(["plans", "--output", strange, "--resume"]);
    expect([exit, stderr]).toEqual([2, expect.stringContaining("[resume-not-a-batch]")]);
    expect(readFileSync(strange, "utf8")).toBe("{}\n");
  });

  it("stops where it is interrupted, and can go on from there", async () => {
    const file = join(ROOT, "stopped.ndjson");
    const child = spawn(process.execPath, [BUILT, "batch", "--output", file, "-j", "1"], { cwd: ROOT });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const ended = new Promise((done) => child.on("close", done));
    child.stdin.on("error", () => undefined);
    // Enough for answers to come while more is awaited.
    for (let count = 0; count < 30; count += 1)
      child.stdin.write(`${JSON.stringify(JSON.parse(VIOLATED))}\n`);
    await until(() => readFileSync(file, "utf8").includes("\n"));
    child.kill("SIGINT");
    expect(await ended).toBe(2);
    expect(stderr).toContain("interrupted");
    expect(linesIn(readFileSync(file, "utf8")).length).toBeGreaterThan(0);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (;;) {
    try {
      if (holds()) return;
    } catch {
      // The file is not there yet.
    }
    await new Promise((done) => setTimeout(done, 20));
  }
}
