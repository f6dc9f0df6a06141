// A small world as Terraform code, one file for each module.

import { type Lookup, lookupOf, routeOf } from "./addresses.ts";
import type { Argument, Arguments, Block } from "./placing.ts";
import { providerKey, sitesOf } from "./providers.ts";
import { modulesOf, referencesIn } from "./render-plan.ts";

/** Texts by path: `main.tf`, `one/main.tf`. */
export function renderHcl(blocks: readonly Block[]): ReadonlyMap<string, string> {
  const lookup = lookupOf(blocks);
  const sites = sitesOf(blocks);
  const aliases = sites.map((_, at) => providerKey(at)).slice(1);
  const providers = sites.map((site, at) =>
    nested('provider "aws"', {
      ...(at === 0 ? {} : { alias: quoted(providerKey(at).slice("aws.".length)) }),
      region: quoted(site.region),
      allowed_account_ids: `[${quoted(site.account)}]`,
    }),
  );
  const resources = (module: string | undefined) =>
    blocks
      .filter((block) => block.module === module)
      .map((block) => resourceText(block, lookup, providerKey(sites.indexOf(block.site))));
  const routes = blocks.flatMap((block) =>
    referencesIn(block.args).map(({ to, attribute }) => ({
      from: block.module,
      to: lookup(to).module,
      ...routeOf(block, lookup(to), attribute),
    })),
  );
  const files = new Map<string, string>();
  const calls: string[] = [];
  for (const name of modulesOf(blocks)) {
    const variables = distinct(
      routes.flatMap(({ from, variable }) => (from === name && variable !== undefined ? [variable] : [])),
    );
    const outputs = distinct(
      routes.flatMap(({ to, output }) => (to === name && output !== undefined ? [output] : [])),
    );
    const required = `terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n      configuration_aliases = [${aliases.join(", ")}]\n    }\n  }\n}\n`;
    files.set(
      `${name}/main.tf`,
      [
        required,
        ...variables.map((one) => `variable ${quoted(one.name)} {\n  type = string\n}\n`),
        ...resources(name),
        ...outputs.map((one) => nested(`output ${quoted(one.name)}`, { value: one.expression })),
      ].join("\n"),
    );
    calls.push(
      nested(`module ${quoted(name)}`, {
        source: quoted(`./${name}`),
        providers: `{ ${["aws", ...aliases].map((key) => `${key} = ${key}`).join(", ")} }`,
        ...Object.fromEntries(variables.map((one) => [one.name, one.expression])),
      }),
    );
  }
  files.set("main.tf", [...providers, ...calls, ...resources(undefined)].join("\n"));
  return files;
}

function distinct<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [item.name, item])).values()];
}

function nested(head: string, attributes: Readonly<Record<string, string>>): string {
  const lines = Object.entries(attributes).map(([name, text]) => `  ${name} = ${text}\n`);
  return `${head} {\n${lines.join("")}}\n`;
}

function resourceText(block: Block, lookup: Lookup, provider: string): string {
  const repeated =
    block.key === undefined ? "" : block.key === 0 ? "  count = 1\n" : '  for_each = toset(["k"])\n';
  const placed = provider === "aws" ? "" : `  provider = ${provider}\n`;
  const head = block.mode === "data" ? "data" : "resource";
  return `${head} ${quoted(block.type)} ${quoted(block.label)} {\n${repeated}${placed}${body(block, block.args, lookup, "  ")}}\n`;
}

function body(block: Block, args: Arguments, lookup: Lookup, indent: string): string {
  return Object.entries(args)
    .map(([name, argument]) => {
      if (argument.kind !== "blocks") return `${indent}${name} = ${expression(block, argument, lookup)}\n`;
      return argument.of
        .map((one) => `${indent}${name} {\n${body(block, one, lookup, `${indent}  `)}${indent}}\n`)
        .join("");
    })
    .join("");
}

function expression(block: Block, argument: Argument, lookup: Lookup): string {
  switch (argument.kind) {
    case "literal":
      return literalText(argument.value);
    case "text": {
      const named = argument.parts.map((part) =>
        typeof part === "string"
          ? quoted(part).slice(1, -1)
          : routeOf(block, lookup(part.to), part.attribute).expression,
      );
      const [only = ""] = named;
      if (named.length === 1 && typeof argument.parts[0] !== "string") return only;
      const pieces = named.map((text, at) => (typeof argument.parts[at] === "string" ? text : `\${${text}}`));
      return `"${pieces.join("")}"`;
    }
    case "list":
      return `[${argument.of.map((one) => expression(block, one, lookup)).join(", ")}]`;
    case "blocks":
      throw new Error("blocks are no expression");
    default:
      return argument satisfies never;
  }
}

function literalText(value: Extract<Argument, { kind: "literal" }>["value"]): string {
  if (typeof value === "string") return quoted(value);
  if (value === null || typeof value !== "object") return String(value);
  return `{ ${Object.entries(value)
    .map(([name, text]) => `${name} = ${quoted(text)}`)
    .join(", ")} }`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("${", "$${");
}
