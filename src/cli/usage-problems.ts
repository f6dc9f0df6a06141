// A command line that says nothing tfcheck knows, told in its own words and with the nearest thing it does know.

import type { CommanderError } from "commander";
import { nearest, quoted } from "../input/nearest.ts";
import { InputError, type InputProblem } from "../model/problem.ts";

const PLACE = "tfcheck";

export function usageError(problem: Omit<InputProblem, "place">): InputError {
  return new InputError([{ place: PLACE, ...problem }]);
}

/** `names` is the closed list that a value has to come from. */
export function unknownName(what: string, written: string, names: readonly string[]): InputError {
  const meant = nearest(written, names);
  return usageError({
    code: `usage-unknown-${what}`,
    message: `no ${what} is named "${written}"`,
    note: `${what}s are ${quoted(names)}`,
    ...(meant === undefined ? {} : { help: `write "${meant}"` }),
  });
}

/** What commander found wrong; `flags` are all options there are, `program` is what was called. */
export function fromCommander(error: CommanderError, flags: readonly string[], program: string): InputError {
  const [, named = ""] = /'([^']*)'/.exec(error.message) ?? [];
  switch (error.code) {
    case "commander.unknownOption":
      return unknownOption(named, flags, program);
    case "commander.optionMissingArgument":
      return usageError({
        code: "usage-missing-value",
        message: `${flagOf(named)} needs a value`,
        help: `write ${named}`,
      });
    case "commander.missingArgument":
      if (named !== "plan") {
        return usageError({
          code: "usage-missing-argument",
          message: `${program} needs its argument <${named}>`,
          help: `${program} --help`,
        });
      }
      return usageError({
        code: "usage-no-plan",
        message: "no plan is given",
        help: "terraform plan -out=tfplan && terraform show -json tfplan > plan.json && tfcheck plan.json",
      });
    case "commander.help":
      return usageError({
        code: "usage-no-command",
        message: `${program} needs a command`,
        help: `${program} --help`,
      });
    case "commander.conflictingOption":
      return usageError({
        code: "usage-conflict",
        message: error.message
          .replace(/^error: /, "")
          .replaceAll("'", '"')
          .replace(/\.$/, ""),
        help: `${program} --help`,
      });
    default:
      return usageError({
        code: "usage",
        message: error.message
          .replace(/^error: /, "")
          .replaceAll("'", '"')
          .replace(/\.$/, ""),
        help: `${program} --help`,
      });
  }
}

function unknownOption(written: string, flags: readonly string[], program: string): InputError {
  const [name = written] = written.split("=", 1);
  const meant = nearest(name, flags);
  return usageError({
    code: "usage-unknown-option",
    message: `there is no option "${name}"`,
    help: meant === undefined ? `${program} --help` : `write ${meant}`,
  });
}

/** `-f, --format <format>` → `--format`. */
function flagOf(described: string): string {
  return /--[a-z-]+/.exec(described)?.[0] ?? described;
}
