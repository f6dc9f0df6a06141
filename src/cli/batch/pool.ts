// Threads that answer requests, and their answers in the order of the requests. Never holds more than a few requests
// and answers, however slow one plan is and however fast the others are.

import { Worker } from "node:worker_threads";
import type { Answer, Orders, Request } from "./protocol.ts";

export interface PoolOptions {
  /** The program of a thread. */
  readonly program: string;
  readonly jobs: number;
  readonly orders: Orders;
  /** What stands for a request whose thread died, of memory for the most part. */
  readonly lost: (request: Request, reason: string) => Answer;
}

/** Requests that are asked or answered and not yet handed on, for each thread. */
const AHEAD = 8;
/** Of requests that carry their plan along. */
const MOST_BYTES = 256 * 2 ** 20;

interface Asked {
  readonly request: Request;
  readonly bytes: number;
  readonly answer: Promise<Answer>;
  readonly done: (answer: Answer) => void;
}

/** The answers, in the order of the requests. Ends its threads when it ends, or when the caller stops listening. */
export async function* answersOf(
  requests: AsyncIterable<Request> | Iterable<Request>,
  options: PoolOptions,
): AsyncGenerator<Answer> {
  const waiting: Asked[] = [];
  const threads = Array.from({ length: options.jobs }, () => startThread(waiting, options));
  const ahead: Asked[] = [];
  let bytes = 0;
  const next = async (): Promise<Answer | undefined> => {
    const first = ahead.shift();
    if (first === undefined) return undefined;
    bytes -= first.bytes;
    return first.answer;
  };
  try {
    for await (const request of requests) {
      const asked = toAsked(request);
      ahead.push(asked);
      bytes += asked.bytes;
      waiting.push(asked);
      for (const thread of threads) thread.wake();
      while (ahead.length > AHEAD * options.jobs || (bytes > MOST_BYTES && ahead.length > 1)) {
        const answer = await next();
        if (answer !== undefined) yield answer;
      }
    }
    for (let answer = await next(); answer !== undefined; answer = await next()) yield answer;
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

function toAsked(request: Request): Asked {
  let done: Asked["done"] = () => undefined;
  const answer = new Promise<Answer>((resolve) => {
    done = resolve;
  });
  return { request, bytes: request.bytes?.length ?? 0, answer, done };
}

interface Thread {
  /** Takes the next request, if it has none. */
  readonly wake: () => void;
  readonly end: () => Promise<unknown>;
}

function startThread(waiting: Asked[], { program, orders, lost }: PoolOptions): Thread {
  let current: Asked | undefined;
  let worker: Worker | undefined;
  let ended = false;
  const wake = (): void => {
    if (current !== undefined || ended) return;
    current = waiting.shift();
    if (current === undefined) return;
    worker ??= start();
    const { bytes } = current.request;
    worker.postMessage(current.request, bytes === undefined ? [] : [bytes.buffer as ArrayBuffer]);
  };
  const finish = (answer: Answer): void => {
    const asked = current;
    current = undefined;
    asked?.done(answer);
    wake();
  };
  const start = (): Worker => {
    const started = new Worker(program, { workerData: orders });
    let reason = "its thread ended";
    started.on("message", finish);
    started.on("error", (error: unknown) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    started.on("exit", () => {
      worker = undefined;
      if (current !== undefined && !ended) finish(lost(current.request, reason));
    });
    return started;
  };
  return {
    wake,
    end: async () => {
      ended = true;
      await worker?.terminate();
    },
  };
}
