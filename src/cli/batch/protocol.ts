// What the threads of a batch say to each other.

import type { BatchOutcome } from "../../report/json/batch-line.ts";
import type { Settings } from "../settings.ts";
import type { Task } from "./tasks.ts";

/** What a thread is told when it starts. */
export interface WorkerData {
  readonly orders: Orders;
  /** One 32-bit number: how many requests this thread has answered, also those whose answers are not posted yet. */
  readonly answered: SharedArrayBuffer;
}

export interface Orders {
  readonly settings: Settings;
  readonly version: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly asked: string;
}

export interface Request extends Task {
  /** SHA-256 of what the output has of this label already. */
  readonly known: readonly string[];
}

export type Answer =
  /** The output has it. */
  { readonly kind: "known" } | { readonly kind: "line"; readonly text: string; readonly tally: Tally };

/** What the summary counts of a line. */
export interface Tally {
  readonly outcome: BatchOutcome;
  readonly controls: readonly { readonly id: string; readonly outcome: BatchOutcome }[];
}
