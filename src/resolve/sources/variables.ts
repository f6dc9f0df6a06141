// The values of the root module's variables: which of the places that set one counts, and how its text is read.
// Source: https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence

import type { ConfigurationBlock, Expression } from "../../model/configuration.ts";
import { InputError, type InputProblem } from "../../model/problem.ts";
import { readTypeConstraint } from "../../terraform/type-constraint.ts";
import type { SourceParser } from "./load-modules.ts";
import type { SourceTree } from "./source-tree.ts";

/** What was said outside of the configuration, in the order in which it was said. */
export interface VariableSettings {
  /** Values of `TF_VAR_name`, by the variable's name. */
  readonly environment: ReadonlyMap<string, string>;
  readonly arguments: readonly VariableArgument[];
}

export type VariableArgument =
  | { readonly kind: "value"; readonly name: string; readonly text: string }
  | { readonly kind: "file"; readonly path: string; readonly text: string };

export const NO_SETTINGS: VariableSettings = { environment: new Map(), arguments: [] };

/**
 * The expression that sets each variable; ones that nothing sets are left out. Later places win: environment,
 * terraform.tfvars, its JSON form, *.auto.tfvars in lexical order, then arguments as they come.
 * Throws InputError for a file that cannot be read, and for an argument that names no variable.
 */
export async function readVariables(
  tree: SourceTree,
  declared: ReadonlyMap<string, ConfigurationBlock>,
  settings: VariableSettings,
  parser: SourceParser,
): Promise<ReadonlyMap<string, Expression>> {
  const values = new Map<string, Expression>();
  for (const [name, text] of settings.environment) {
    const block = declared.get(name);
    if (block !== undefined) values.set(name, await readText(text, block, parser, `TF_VAR_${name}`));
  }
  const files = tree.directory("") ?? new Map<string, string>();
  for (const path of automaticFiles([...files.keys()])) {
    for (const [name, value] of await parser.parseAssignments(path, files.get(path) ?? ""))
      values.set(name, value);
  }
  const problems: InputProblem[] = [];
  for (const argument of settings.arguments) {
    if (argument.kind === "file") {
      for (const [name, value] of await parser.parseAssignments(argument.path, argument.text))
        values.set(name, value);
      continue;
    }
    const block = declared.get(argument.name);
    if (block === undefined) problems.push(undeclared(argument.name, declared));
    else values.set(argument.name, await readText(argument.text, block, parser, `--var ${argument.name}`));
  }
  if (problems.length > 0) throw new InputError(problems);
  return values;
}

function automaticFiles(names: readonly string[]): readonly string[] {
  const automatic = names.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name)).sort();
  const plain = ["terraform.tfvars", "terraform.tfvars.json"].filter((name) => names.includes(name));
  return [...plain, ...automatic];
}

/** Text for a variable of a simple type is taken as it is; for a collection it is an expression. */
async function readText(
  text: string,
  block: ConfigurationBlock,
  parser: SourceParser,
  place: string,
): Promise<Expression> {
  const written = block.body.entries.get("type");
  const { kind } = readTypeConstraint(written);
  const isText = written === undefined || kind === "string" || kind === "number" || kind === "bool";
  if (isText) return { kind: "literal", value: text };
  const expression = await parser.parseExpression(text);
  if (expression !== undefined) return expression;
  throw new InputError([
    {
      code: "variable-not-readable",
      place,
      message: `"${text}" is no value of the variable's type, which is a collection`,
      help: `write it as in a configuration, such as ["a", "b"] or { a = "b" }`,
    },
  ]);
}

function undeclared(name: string, declared: ReadonlyMap<string, ConfigurationBlock>): InputProblem {
  const names = [...declared.keys()].sort();
  return {
    code: "variable-not-declared",
    place: `--var ${name}`,
    message: `the root module has no variable "${name}"`,
    ...(names.length > 0 &&
      names.length <= 12 && { note: `its variables are ${names.map((one) => `"${one}"`).join(", ")}` }),
  };
}
