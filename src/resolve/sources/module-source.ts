// The blocks of one directory as a module: overrides merged, names in maps. Evaluates nothing.

import type {
  Body,
  ConfigurationBlock,
  ConfigurationFile,
  DynamicBlock,
  Expression,
} from "../../model/configuration.ts";
import type { SourceLocation } from "../../model/source.ts";

export interface LocalValue {
  readonly expression: Expression;
  readonly location: SourceLocation | undefined;
}

/** A module as it is written; how often it is there depends on the calls. */
export interface ModuleSource {
  readonly directory: string;
  readonly variables: ReadonlyMap<string, ConfigurationBlock>;
  readonly locals: ReadonlyMap<string, LocalValue>;
  readonly outputs: ReadonlyMap<string, ConfigurationBlock>;
  /** By name in the module: `aws_sns_topic.a`, `data.aws_region.b`. */
  readonly resources: ReadonlyMap<string, ConfigurationBlock>;
  readonly calls: ReadonlyMap<string, ConfigurationBlock>;
  /** By name and alias: `aws`, `aws.eu`. */
  readonly providers: ReadonlyMap<string, ConfigurationBlock>;
  /** Where the state is kept: the `backend` block inside `terraform`. */
  readonly backend: { readonly type: string; readonly settings: ReadonlyMap<string, Expression> } | undefined;
}

/**
 * The files of a directory that make up its module, in the order in which they count. OpenTofu's own files stand in
 * for Terraform's of the same name; editors' leftovers and hidden files are none.
 * Source: https://opentofu.org/docs/language/files/ (.tofu files); https://developer.hashicorp.com/terraform/language/files/override
 */
export function moduleFiles(names: Iterable<string>): readonly string[] {
  const all = [...names].filter((name) => CONFIGURATION.test(name) && !/^[.#]|~$/.test(name));
  const present = new Set(all);
  return all
    .filter((name) => !present.has(name.replace(/\.tf(\.json)?$/, ".tofu$1")) || !TERRAFORM.test(name))
    .sort();
}

const CONFIGURATION = /\.(tf|tofu)(\.json)?$/;
const TERRAFORM = /\.tf(\.json)?$/;
const OVERRIDE = /(^|\/|_)override\.(tf|tofu)(\.json)?$/;

/** Files come in lexical order. Later definitions of one name replace earlier ones, which Terraform would refuse. */
export function moduleSource(directory: string, files: readonly ConfigurationFile[]): ModuleSource {
  const module: Placing & ModuleSource = {
    directory,
    variables: new Map<string, ConfigurationBlock>(),
    locals: new Map<string, LocalValue>(),
    outputs: new Map<string, ConfigurationBlock>(),
    resources: new Map<string, ConfigurationBlock>(),
    calls: new Map<string, ConfigurationBlock>(),
    providers: new Map<string, ConfigurationBlock>(),
    backend: undefined,
  };
  const overrides = files.filter((file) => OVERRIDE.test(file.path));
  for (const file of files) {
    if (!overrides.includes(file)) for (const block of file.blocks) place(block, module, (_, added) => added);
  }
  for (const file of overrides) for (const block of file.blocks) place(block, module, override);
  return module;
}

interface Placing {
  readonly variables: Map<string, ConfigurationBlock>;
  readonly locals: Map<string, LocalValue>;
  readonly outputs: Map<string, ConfigurationBlock>;
  readonly resources: Map<string, ConfigurationBlock>;
  readonly calls: Map<string, ConfigurationBlock>;
  readonly providers: Map<string, ConfigurationBlock>;
  backend: ModuleSource["backend"];
}

type Join = (present: ConfigurationBlock, added: ConfigurationBlock) => ConfigurationBlock;

function place(block: ConfigurationBlock, module: Placing, join: Join): void {
  const [first = "", second = ""] = block.labels;
  switch (block.type) {
    case "locals":
      for (const [name, expression] of block.body.entries) {
        module.locals.set(name, { expression, location: block.attributes.get(name) ?? block.location });
      }
      return;
    case "variable":
      put(module.variables, first, block, join);
      return;
    case "output":
      put(module.outputs, first, block, join);
      return;
    case "module":
      put(module.calls, first, block, join);
      return;
    case "resource":
      put(module.resources, `${first}.${second}`, block, join);
      return;
    case "data":
      put(module.resources, `data.${first}.${second}`, block, join);
      return;
    case "provider":
      put(module.providers, providerName(first, block), block, join);
      return;
    case "terraform":
      module.backend = backendIn(block) ?? module.backend;
      return;
    default:
      // Settings, checks and refactoring blocks make no objects and name no values.
      return;
  }
}

/** A nested block with a label is an object under its label. */
function backendIn(block: ConfigurationBlock): ModuleSource["backend"] {
  const [labelled] = namedIn(block.body.entries.get("backend"));
  return labelled === undefined ? undefined : { type: labelled[0], settings: new Map(namedIn(labelled[1])) };
}

/** What stands under literal names in an object, or in a list of one. */
function namedIn(expression: Expression | undefined): readonly (readonly [string, Expression])[] {
  const only = expression?.kind === "tuple" ? expression.elements[0] : expression;
  if (only?.kind !== "object") return [];
  return only.entries.flatMap(([key, value]) =>
    key.kind === "literal" ? [[String(key.value), value] as const] : [],
  );
}

/** The one body of a nested block, which JSON syntax writes as an object. */
function bodyIn(expression: Expression | undefined): Body | undefined {
  const only = expression?.kind === "tuple" ? expression.elements[0] : expression;
  if (only?.kind !== "object") return only?.kind === "body" ? only : undefined;
  return { kind: "body", entries: new Map(namedIn(only)), dynamic: new Map() };
}

function put(
  blocks: Map<string, ConfigurationBlock>,
  name: string,
  block: ConfigurationBlock,
  join: Join,
): void {
  const present = blocks.get(name);
  blocks.set(name, present === undefined ? block : join(present, block));
}

function providerName(name: string, block: ConfigurationBlock): string {
  const alias = block.body.entries.get("alias");
  return alias?.kind === "literal" && typeof alias.value === "string" ? `${name}.${alias.value}` : name;
}

/**
 * Arguments replace arguments; a nested block replaces all of its type, except in `lifecycle`, whose arguments are
 * taken one by one. Source: https://developer.hashicorp.com/terraform/language/files/override#merging-behavior
 */
function override(present: ConfigurationBlock, added: ConfigurationBlock): ConfigurationBlock {
  return { ...present, body: mergeBodies(present.body, added.body) };
}

function mergeBodies(present: Body, added: Body): Body {
  const entries = new Map(present.entries);
  const dynamic = new Map<string, readonly DynamicBlock[]>(present.dynamic);
  for (const name of added.dynamic.keys()) entries.delete(name);
  for (const [name, expression] of added.entries) {
    const own = entries.get(name);
    dynamic.delete(name);
    entries.set(
      name,
      name === "lifecycle" && own !== undefined ? mergeLifecycle(own, expression) : expression,
    );
  }
  for (const [name, blocks] of added.dynamic) dynamic.set(name, blocks);
  return { kind: "body", entries, dynamic };
}

function mergeLifecycle(present: Expression, added: Expression): Expression {
  const [own, other] = [bodyIn(present), bodyIn(added)];
  if (own === undefined || other === undefined) return added;
  return { kind: "tuple", elements: [mergeBodies(own, other)] };
}

/** The text of an argument that has to be a literal. */
export function literalText(block: ConfigurationBlock, name: string): string | undefined {
  const expression = block.body.entries.get(name);
  return expression?.kind === "literal" && typeof expression.value === "string"
    ? expression.value
    : undefined;
}

/** The `lifecycle` block's argument. */
export function lifecycleArgument(block: ConfigurationBlock, name: string): Expression | undefined {
  return bodyIn(block.body.entries.get("lifecycle"))?.entries.get(name);
}
