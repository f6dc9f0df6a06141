// One thread of a fuzzing run: case after case, telling the caller which one it is at, so that a hang is seen.

import { performance } from "node:perf_hooks";
import { parentPort, workerData } from "node:worker_threads";
import { KINDS } from "./kinds.ts";

interface Task {
  readonly kinds: readonly string[];
  readonly first: number;
  readonly cases: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly seed: number;
  /** [position of the kind, case, milliseconds since the epoch at its start] */
  readonly beat: Float64Array;
}

interface Tally {
  cases: number;
  answered: number;
  refused: number;
  slowestMs: number;
  slowestSeed: number;
}

const { kinds, first, cases, until, seed, beat }: Task = workerData;
const tallies = new Map<string, Tally>();
const failures: object[] = [];

process.on("unhandledRejection", (reason) => {
  failures.push({
    kind: kinds[beat[0] ?? 0],
    seed: beat[1],
    name: "UnhandledRejection",
    message: String(reason),
  });
});

for (let number = first; number < first + cases && Date.now() < until; number += 1) {
  const at = number % kinds.length;
  const kind = kinds[at] ?? "";
  const own = seed * 1_000_003 + Math.floor(number / kinds.length);
  beat.set([at, own, Date.now()]);
  const tally = tallies.get(kind) ?? { cases: 0, answered: 0, refused: 0, slowestMs: 0, slowestSeed: 0 };
  tallies.set(kind, tally);
  const started = performance.now();
  try {
    const outcome = await KINDS[kind]?.(own);
    if (outcome !== undefined) tally[outcome] += 1;
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    failures.push({
      kind,
      seed: own,
      name,
      message: message.slice(0, 500),
      stack: stack?.split("\n").slice(0, 6),
    });
  }
  tally.cases += 1;
  const took = performance.now() - started;
  if (took > tally.slowestMs) Object.assign(tally, { slowestMs: took, slowestSeed: own });
  // Progress is told now and then, so that a thread that dies has not worked in vain.
  if ((number - first) % 500 === 499) tell(number + 1);
}
tell(first + cases, true);

function tell(next: number, done = false): void {
  parentPort?.postMessage({ next, done, tallies: [...tallies], failures: failures.splice(0) });
  tallies.clear();
}
