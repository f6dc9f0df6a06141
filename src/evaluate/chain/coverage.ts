// Whether filter patterns count what a control asks for, and do not count everyday calls. Adapts the answers of
// src/aws/filter-pattern to the chain; decides nothing about patterns itself.

import { covers } from "../../aws/filter-pattern/covers.ts";
import { matchesEveryday } from "../../aws/filter-pattern/everyday-events.ts";
import { type Pattern, parsePattern } from "../../aws/filter-pattern/parse.ts";
import type { Json } from "../../model/json.ts";
import type { Tri } from "../../model/value.ts";

/** What a control asks of patterns, parsed once. Covering any one of them is enough. */
export interface Requirement {
  readonly patterns: readonly Pattern[];
}

export type Coverage = { readonly answer: Tri } & (
  | { readonly kind: "covers"; readonly countsMore: Json | undefined }
  | {
      readonly kind: "misses";
      readonly required: string;
      readonly event: Json;
      readonly dropsEventsWithout: readonly string[];
    }
  | { readonly kind: "everyday"; readonly event: Json }
  | {
      readonly kind: "unreadable";
      readonly pattern: string;
      readonly problem: string;
      readonly offset: number;
    }
  | { readonly kind: "undecided"; readonly why: string }
);
