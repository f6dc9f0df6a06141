// A suggestion as text of the Terraform language, in the order of reading: what to change, what to add, what to take
// out, module by module.

import type { SourceLocation } from "../model/source.ts";
import { UNSET } from "../model/value.ts";
import { type Argument, type Block, printBlock } from "./block.ts";
import { modulePath } from "./draft.ts";
import { commentText } from "./hcl-text.ts";
import type { AddedBlock, ChangedBlock, Home, Part, RemovedBlock } from "./part.ts";

/** A piece of a suggestion ready to be shown or written to a file. */
export interface SuggestedBlock {
  readonly action: Part["kind"];
  /** `module.a.module.b`, empty for the root module. */
  readonly module: string;
  /** Label of the input whose configuration it belongs to. */
  readonly input: string;
  /** The block's address in its module, such as `aws_sns_topic.alerts` or `variable.alert_endpoint`. */
  readonly address: string;
  /** Where a block that is to be changed or taken out stands. */
  readonly location: SourceLocation | undefined;
  /** The block alone, as `terraform fmt` leaves it; empty for one to take out. */
  readonly hcl: string;
  /** Arguments and blocks to take out of a changed one. */
  readonly remove: readonly string[];
  /** Block types of which the present ones stay; all others take the place of the present ones. */
  readonly beside: readonly string[];
  /** What stands above it as comments, without the signs of one. */
  readonly comments: readonly string[];
}

export function suggestedBlocks(parts: readonly Part[], first: string): readonly SuggestedBlock[] {
  return [...parts].sort(inReadingOrder).map((part) => suggestedBlock(part, first));
}

const ACTIONS = ["change", "remove", "add"] as const;

function inReadingOrder(a: Part, b: Part): number {
  const [one, other] = [modulePath(a.home), modulePath(b.home)];
  if (one !== other) return one < other ? -1 : 1;
  const actions = ACTIONS.indexOf(a.kind) - ACTIONS.indexOf(b.kind);
  if (actions !== 0) return actions;
  // What is added stays in the order of the chain, behind the variables it uses.
  return a.kind === "add" && b.kind === "add" ? rank(a) - rank(b) : 0;
}

function rank({ block }: AddedBlock): number {
  return block.type === "variable" ? 0 : block.type === "output" ? 2 : 1;
}

function suggestedBlock(part: Part, first: string): SuggestedBlock {
  const own = { module: modulePath(part.home), input: part.home.input, action: part.kind };
  const where = placeOf(part.home, first);
  switch (part.kind) {
    case "add":
      return {
        ...own,
        address: addressOf([part.block.type, ...part.block.labels]),
        location: undefined,
        hcl: printBlock(withProvider(part)),
        remove: [],
        beside: [],
        comments: [...providerRemark(part), ...part.remarks],
      };
    case "change":
      return { ...own, ...changed(part, where) };
    case "remove":
      return { ...own, ...removed(part, where) };
    default:
      return part satisfies never;
  }
}

function changed(part: ChangedBlock, where: string) {
  const { header, instance, set, replace, append, remove, remarks } = part;
  const [type, ...labels] = header;
  const block: Block = { type, labels, arguments: set, blocks: [...replace, ...append] };
  const hasBody = set.length > 0 || block.blocks.length > 0;
  const verb = hasBody ? "change: set what follows and keep the rest" : "change: keep the rest";
  const name = instance?.name ?? addressOf(header);
  const beside = append.map((own) => own.type);
  return {
    address: addressOf(header),
    location: instance?.location,
    hcl: hasBody ? printBlock(block) : "",
    remove,
    beside,
    comments: [
      `${verb} (${name}${where}${lineOf(instance?.location)})`,
      ...(remove.length > 0 ? [`remove from it: ${remove.join(", ")}`] : []),
      ...(beside.length > 0 ? [`The ${beside.join(", ")} block stands beside the present ones.`] : []),
      ...(instance?.address.key === undefined ? [] : ["The block makes several objects: mind the others."]),
      ...remarks,
    ],
  };
}

function removed({ instance, remarks }: RemovedBlock, where: string) {
  const { type, name } = instance.address;
  return {
    address: addressOf(["resource", type, name]),
    location: instance.location,
    hcl: "",
    remove: [],
    beside: [],
    comments: [`remove: ${instance.name}${where}${lineOf(instance.location)}`, ...remarks],
  };
}

function lineOf(location: SourceLocation | undefined): string {
  return location === undefined ? "" : `, ${location.file}:${location.line}`;
}

/** The configuration, where there are several. */
function placeOf({ input }: Home, first: string): string {
  return input === first ? "" : `, in the configuration of ${input}`;
}

function addressOf([type, ...labels]: readonly string[]): string {
  return [...(type === "resource" ? [] : [type]), ...labels].join(".");
}

/** The root module's own name for the provider configuration: `aws.eu`; `undefined` for the default one. */
function providerAlias({ scope }: Home): string | undefined {
  const key = scope.provider.slice(scope.provider.lastIndexOf("|") + 1);
  return /^aws\.[A-Za-z_][\w-]*$/.test(key) ? key : undefined;
}

/** Objects of the AWS provider go where what they belong to is. */
function withProvider({ block, home }: AddedBlock): Block {
  const alias = providerAlias(home);
  const takes = block.type === "resource" || block.type === "data";
  if (alias === undefined || !takes || home.module.length > 0) return block;
  // Which provider configuration it is stands in the scope already.
  const provider: Argument = { name: "provider", value: { kind: "written", text: alias, value: UNSET } };
  return { ...block, arguments: [provider, ...block.arguments] };
}

/** What a provider configuration is called inside a module stands in no plan. */
function providerRemark({ block, home }: AddedBlock): readonly string[] {
  const alias = home.module.length > 0 && block.type === "resource" ? providerAlias(home) : undefined;
  return alias === undefined
    ? []
    : [`It belongs under the provider configuration that the root module calls ${alias}.`];
}

/** All blocks as one text, each under comments that say what to do with it. */
export function printSuggestion(blocks: readonly SuggestedBlock[]): string {
  let heading = "";
  const lines = blocks.flatMap(({ action, comments, hcl, ...block }) => {
    const own = action === "add" ? headingOf(block) : heading;
    const title = own === heading ? [] : [comment(own), ""];
    heading = own;
    return [...title, ...comments.map(comment), ...(hcl === "" ? [] : [hcl]), ""];
  });
  return lines.join("\n");
}

function headingOf({ module, input }: Pick<SuggestedBlock, "module" | "input">): string {
  const where = module === "" ? "to the root module" : `to the module behind ${module}`;
  return `add ${where} of ${input}`;
}

function comment(text: string): string {
  return `# ${commentText(text)}`;
}
