// Long fuzzing runs: node bench/fuzz/run.mjs --kind plan --cases 10000 --seed 1 --seconds 60 --out figures.json
// Prints one line for each failure as it comes, and a table at the end. Exit code 1 when anything failed.

import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";

const HANG_MS = 30_000;
const MEMORY_MIB = 1024;

const { values } = parseArgs({
  options: {
    kind: { type: "string", multiple: true },
    cases: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    seconds: { type: "string", default: "60" },
    out: { type: "string" },
  },
});

// A folder of its own, so that runs side by side do not change each other's code.
const FOLDER = `build/fuzz/${process.pid}`;
mkdirSync(FOLDER, { recursive: true });
process.on("exit", () => rmSync(FOLDER, { recursive: true, force: true }));
const common = { bundle: true, platform: "node", format: "esm", packages: "external", logLevel: "warning" };
await build({ ...common, entryPoints: ["bench/fuzz/worker.ts"], outfile: `${FOLDER}/worker.mjs` });
await build({ ...common, entryPoints: ["bench/fuzz/kinds.ts"], outfile: `${FOLDER}/kinds.mjs` });
const { KINDS } = await import(new URL(`../../${FOLDER}/kinds.mjs`, import.meta.url).href);

const kinds = values.kind ?? Object.keys(KINDS);
const unknown = kinds.filter((kind) => !(kind in KINDS));
if (unknown.length > 0)
  throw new Error(`no kind is called ${unknown.join(", ")}; there are ${Object.keys(KINDS).join(", ")}`);

const seed = Number(values.seed);
const cases = Number(values.cases);
const until = Date.now() + Number(values.seconds) * 1000;
const tallies = new Map();
const failures = [];

let next = 0;
while (next < cases && Date.now() < until) next = await runThread(next);
report();

/** One thread until it is done, dies or hangs; what to go on with. */
function runThread(first) {
  const beat = new Float64Array(new SharedArrayBuffer(24));
  beat.set([first % kinds.length, 0, Date.now() + 20_000]);
  const worker = new Worker(new URL(`../../${FOLDER}/worker.mjs`, import.meta.url), {
    workerData: { kinds, first, cases: cases - first, until, seed, beat },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
  });
  let reached = first;
  return new Promise((resolve) => {
    const watch = setInterval(() => {
      if (Date.now() - beat[2] < HANG_MS) return;
      fail({ name: "Hang", message: `no end after ${HANG_MS / 1000} s`, ...current(beat) });
      worker.terminate();
    }, 500);
    worker.on("message", (message) => {
      reached = message.next;
      for (const [kind, tally] of message.tallies) add(kind, tally);
      message.failures.forEach(fail);
      if (message.done) reached = cases;
    });
    worker.on("error", (error) =>
      fail({ name: error.code ?? error.name, message: error.message, ...current(beat) }),
    );
    worker.on("exit", () => {
      clearInterval(watch);
      const numberOf = (beat[1] - seed * 1_000_003) * kinds.length + beat[0];
      resolve(reached === cases || Date.now() >= until ? cases : Math.max(reached, numberOf + 1));
    });
  });
}

function current(beat) {
  return { kind: kinds[beat[0]], seed: beat[1] };
}

function fail(failure) {
  failures.push(failure);
  console.log(JSON.stringify(failure));
}

function add(kind, { cases: more, answered, refused, slowestMs, slowestSeed }) {
  const own = tallies.get(kind) ?? { cases: 0, answered: 0, refused: 0, slowestMs: 0, slowestSeed: 0 };
  const slower = slowestMs > own.slowestMs ? { slowestMs, slowestSeed } : {};
  tallies.set(kind, {
    ...own,
    cases: own.cases + more,
    answered: own.answered + answered,
    refused: own.refused + refused,
    ...slower,
  });
}

function report() {
  const rows = [...tallies].map(([kind, tally]) => {
    const own = failures.filter((failure) => failure.kind === kind);
    const named = (name) => own.filter((failure) => failure.name === name).length;
    const [wrong, leaked, hung] = [named("WrongAnswer"), named("Leak"), named("Hang")];
    return { kind, ...tally, wrong, leaked, hung, crashed: own.length - wrong - leaked - hung };
  });
  console.table(rows.map((row) => ({ ...row, slowestMs: Math.round(row.slowestMs) })));
  console.log(
    `${rows.reduce((sum, { cases: count }) => sum + count, 0)} cases, ${failures.length} failures, seed ${seed}`,
  );
  if (values.out !== undefined)
    appendFileSync(values.out, rows.map((row) => `${JSON.stringify({ seed, ...row })}\n`).join(""));
  process.exitCode = failures.length > 0 ? 1 : 0;
}
