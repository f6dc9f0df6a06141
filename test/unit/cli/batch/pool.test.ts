import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { answersOf } from "../../../../src/cli/batch/pool.ts";
import type { Answer, Orders, Request } from "../../../../src/cli/batch/protocol.ts";

const folder = mkdtempSync(join(tmpdir(), "tfcheck-pool-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Answers "slow" after a while, dies of "end", throws at "throw", and echoes the rest; one after the other. */
const program = join(folder, "thread.mjs");
writeFileSync(
  program,
  `import { parentPort, workerData } from "node:worker_threads";
  import { setTimeout as wait } from "node:timers/promises";
  let last = Promise.resolve();
  const answer = async ({ label, bytes }) => {
    if (label === "end") process.exit(7);
    if (label === "throw") throw new Error("no memory");
    await wait(label.startsWith("slow") ? 60 : 0);
    const text = bytes === undefined ? label : label + " " + new TextDecoder().decode(bytes);
    Atomics.add(new Int32Array(workerData.answered), 0, 1);
    return { kind: "line", text, tally: { outcome: "satisfied", controls: [] } };
  };
  const work = async (requests) => {
    // Posted in twos: of those that are answered, some may not be posted yet.
    for (let at = 0; at < requests.length; at += 2) {
      const answers = [];
      for (const request of requests.slice(at, at + 2)) answers.push(await answer(request));
      parentPort.postMessage(answers);
    }
  };
  parentPort.on("message", (requests) => { last = last.then(() => work(requests)); });`,
);

const line = (text: string): Answer => ({ kind: "line", text, tally: { outcome: "error", controls: [] } });
// The threads of this test look at nothing of it.
const orders = {} as Orders;

async function run(
  labels: Iterable<string>,
  jobs: number,
  bytesOf?: (label: string) => Uint8Array,
): Promise<readonly string[]> {
  const texts: string[] = [];
  const requests = [...labels].map(
    (label): Request => ({ label, path: undefined, bytes: bytesOf?.(label), known: [] }),
  );
  const lost = (request: Request, reason: string) => line(`${request.label} lost: ${reason}`);
  for await (const answer of answersOf(requests, { program, jobs, orders, lost })) {
    if (answer.kind === "line") texts.push(answer.text);
  }
  return texts;
}

test.each([1, 2, 4])("answers come in the order of the requests with %i threads", async (jobs) => {
  const labels = Array.from({ length: 60 }, (_, at) => `${at % 7 === 0 ? "slow" : "fast"} ${at}`);
  expect(await run(labels, jobs)).toEqual(labels);
});

test("a thread that dies loses its own request alone", async () => {
  expect(await run(["a", "end", "b", "throw", "c", "slow", "d"], 2)).toEqual([
    "a",
    "end lost: its thread ended",
    "b",
    "throw lost: no memory",
    "c",
    "slow",
    "d",
  ]);
});

test("plans that come along are there also where the thread before lost them", async () => {
  const labels = ["a", "end", "b", "throw", "c", "d"];
  const answers = await run(labels, 1, (label) => new TextEncoder().encode(`plan of ${label}`));
  expect(answers).toEqual([
    "a plan of a",
    "end lost: its thread ended",
    "b plan of b",
    "throw lost: no memory",
    "c plan of c",
    "d plan of d",
  ]);
});

test("no more is taken from the requests than is soon answered", async () => {
  let taken = 0;
  function* requests(): Generator<Request> {
    for (;;) {
      taken += 1;
      yield { label: `slow ${taken}`, path: undefined, bytes: undefined, known: [] };
    }
  }
  const answers = answersOf(requests(), { program, jobs: 2, orders, lost: () => line("lost") });
  for (let count = 0; count < 3; count += 1) await answers.next();
  expect(taken).toBeLessThanOrEqual(3 + 2 * 20 + 1);
  await answers.return(undefined);
});
