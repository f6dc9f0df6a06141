// Every kind of fuzzed input, by name.

import { account } from "./account-kinds.ts";
import type { FuzzKind } from "./outcome.ts";
import { chainCode, chainPlan, code, knowledge, plan, state } from "./plan-kinds.ts";
import { wholeProcess } from "./process-kinds.ts";
import { secretBroken, secretCode, secretPlan, secretState } from "./secret-kinds.ts";
import { secretAccount, secretRemote } from "./secret-stacks.ts";
import {
  archive,
  configuration,
  event,
  expression,
  json,
  lines,
  pattern,
  patternMeaning,
  policy,
  savedReport,
} from "./text-kinds.ts";

export const KINDS: Readonly<Record<string, FuzzKind>> = {
  "chain-plan": chainPlan,
  "chain-code": chainCode,
  knowledge,
  plan,
  state,
  code,
  policy,
  configuration,
  pattern,
  "pattern-meaning": patternMeaning,
  event,
  lines,
  json,
  archive,
  expression,
  report: savedReport,
  "secret-plan": secretPlan,
  "secret-state": secretState,
  "secret-code": secretCode,
  "secret-broken": secretBroken,
  "secret-remote": secretRemote,
  "secret-account": secretAccount,
  account,
  process: wholeProcess,
};
