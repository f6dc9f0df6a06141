import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { answersOf } from "../../../../src/cli/batch/pool.ts";
import type { Answer, Orders, Request } from "../../../../src/cli/batch/protocol.ts";

const folder = mkdtempSync(join(tmpdir(), "tfcheck-pool-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Answers "slow" after a while, dies of "end", throws at "throw", and echoes the rest. */
const program = join(folder, "thread.mjs");
writeFileSync(
  program,
  `import { parentPort } from "node:worker_threads";
  parentPort.on("message", ({ label }) => {
    if (label === "end") process.exit(7);
    if (label === "throw") throw new Error("no memory");
    const answer = { kind: "line", text: label, tally: { outcome: "satisfied", controls: [] } };
    setTimeout(() => parentPort.postMessage(answer), label.startsWith("slow") ? 60 : 0);
  });`,
);

const line = (text: string): Answer => ({ kind: "line", text, tally: { outcome: "error", controls: [] } });
// The threads of this test look at nothing of it.
const orders = {} as Orders;

async function run(labels: Iterable<string>, jobs: number): Promise<readonly string[]> {
  const texts: string[] = [];
  const requests = [...labels].map(
    (label): Request => ({ label, path: undefined, bytes: undefined, known: [] }),
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
  expect(taken).toBeLessThanOrEqual(3 + 2 * 8 + 1);
  await answers.return(undefined);
});
