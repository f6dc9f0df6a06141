// What is read of a plan decides nothing: the same report whether everything is read at once, or entries when asked for,
// from a file or from a pipe, in pieces of any size.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { questionOf } from "../../src/aws/types-in-question.ts";
import { gather } from "../../src/check.ts";
import { evaluate } from "../../src/evaluate/evaluate.ts";
import { documentIn } from "../../src/input/document-kind.ts";
import { type ByteSource, openSource } from "../../src/input/open-document.ts";
import { readInput } from "../../src/input/parse-input.ts";
import type { Interests } from "../../src/input/reader/set-aside.ts";
import { createTextReader } from "../../src/input/reader/text-stream.ts";
import { selectControls } from "../../src/input/select-controls.ts";
import { STRICT_DELIVERY } from "../../src/model/delivery.ts";
import type { Graph } from "../../src/model/graph.ts";
import { buildGraph } from "../tools/build-graph.ts";
import { readPolicyFiles } from "../tools/builtin.ts";
import { SCENARIOS } from "../tools/scenarios.ts";

const REAL = process.env.TFCHECK_REAL_PLANS ?? "../shared/corpus/real";
const PLANS: readonly (readonly [name: string, file: string])[] = [
  ...SCENARIOS.map(({ name, folder }) => [name, `${folder}/plan.json`] as const),
  ...SCENARIOS.map(({ name, folder }) => [`${name}, its state`, `${folder}/state.json`] as const),
  ...(existsSync(REAL) ? readdirSync(REAL) : [])
    .filter((name) => name.endsWith("-plan.json") || name.includes("-plan-"))
    .map((name) => [name, `${REAL}/${name}`] as const),
].filter(([, file]) => existsSync(file));

const policies = (await readPolicyFiles()).map(({ policy }) => policy);
const CONTROLS = selectControls(policies, {
  benchmark: undefined,
  controls: policies.map(({ id }) => id),
});

function answers(graph: Graph): string {
  const asked = {
    controls: CONTROLS,
    assumptions: [],
    waivers: [],
    today: "2026-01-01",
    acceptPending: false,
  };
  const { findings, notes } = evaluate({ graph, ...asked, delivery: STRICT_DELIVERY });
  return JSON.stringify({ inputs: graph.inputs, findings, notes }, null, 1);
}

function inPieces(bytes: Uint8Array, size: number): ByteSource {
  return {
    *chunks() {
      // One and the same memory for each piece, as a file is read.
      const memory = new Uint8Array(size);
      for (let at = 0; at < bytes.length; at += size) {
        const piece = bytes.subarray(at, at + size);
        memory.set(piece);
        yield memory.subarray(0, piece.length);
      }
    },
  };
}

const again = (bytes: Uint8Array, source: ByteSource): ByteSource => ({
  ...source,
  reread: (from, to) => bytes.subarray(from, to),
});

async function graphFrom(source: ByteSource, interests: Interests): Promise<Graph> {
  const document = await openSource(source, "plan.json", "subject", interests);
  return buildGraph([{ document: readInput(document, "plan.json", "subject"), sha256: undefined }]);
}

/** As large plans are read. */
function byWebAssembly(bytes: Uint8Array, interestIn: Interests, rereads: boolean): Graph {
  const reader = createTextReader({ label: "plan.json", interestIn, rereads, leapFrom: 0 });
  for (const piece of inPieces(bytes, 30_000).chunks() as Iterable<Uint8Array>) reader.feed(piece);
  const reread = (from: number, to: number) => bytes.subarray(from, to);
  const document = { ...documentIn(reader.finish(), "plan.json", "subject"), ...(rereads && { reread }) };
  return buildGraph([{ document: readInput(document, "plan.json", "subject"), sha256: undefined }]);
}

describe("a pipe that leaves no room for what may be needed", () => {
  const neighbours = (type: string) => (questionOf(type) === "chain" ? "at-once" : "spare");
  it.each(PLANS)("never turns a verdict: %s", (_, file) => {
    const bytes = readFileSync(file);
    const verdictsWith = (room: number): readonly string[] => {
      const reader = createTextReader({ label: "plan.json", interestIn: neighbours, rereads: false, room });
      reader.feed(bytes);
      const document = readInput(documentIn(reader.finish(), "plan.json", "subject"), "plan.json", "subject");
      const graph = buildGraph([{ document, sha256: undefined }]);
      const asked = { assumptions: [], waivers: [], today: "2026-01-01", acceptPending: false };
      const controls = CONTROLS.filter(({ policy }) => policy.check.kind === "log-pattern-alarm");
      const { findings } = evaluate({ graph, controls, ...asked, delivery: STRICT_DELIVERY });
      return findings.map(({ verdict }) => verdict);
    };
    const known = verdictsWith(Number.POSITIVE_INFINITY);
    verdictsWith(0).forEach((verdict, at) => {
      expect([known[at], "undecided"]).toContain(verdict);
    });
  });
});

describe("the report is the same", () => {
  it.each(PLANS)("%s", async (_, file) => {
    const bytes = new Uint8Array(readFileSync(file));
    const subject = { plan: { label: "plan.json", bytes }, sources: undefined };
    const estate = { subject, others: [] };
    const without = (graph: Graph): Graph => ({
      ...graph,
      inputs: graph.inputs.map((input) => ({ ...input, sha256: undefined })),
    });
    const whole = answers(without((await gather(estate)).graph));
    const chosen = await gather(estate, { controls: CONTROLS, digests: false });
    expect(answers(chosen.graph)).toBe(whole);
    const onDemand = (): "on-demand" => "on-demand";
    expect(answers(await graphFrom(again(bytes, inPieces(bytes, 1000)), onDemand))).toBe(whole);
    const mixed: Interests = (type) => (type.length % 2 === 0 ? "at-once" : "spare");
    expect(answers(await graphFrom(inPieces(bytes, 997), mixed))).toBe(whole);
    expect(answers(byWebAssembly(bytes, mixed, true))).toBe(whole);
    expect(answers(byWebAssembly(bytes, onDemand, false))).toBe(whole);
  });
});
