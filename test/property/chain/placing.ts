// How the blocks of a small world are set down: where each one stands (module, key) and how it points to others (by
// reference or literally) is chosen at random and changes nothing.

import { isMade, type Site, type SmallWorld } from "../../reference/small-world.ts";
import type { Dice } from "../../tools/plan-changes.ts";

/** What an argument is set to. */
export type Argument =
  | {
      readonly kind: "literal";
      readonly value: string | number | boolean | null | Readonly<Record<string, string>>;
    }
  /** Text with attributes of other blocks in it. */
  | { readonly kind: "text"; readonly parts: readonly (string | Pointed)[] }
  | { readonly kind: "list"; readonly of: readonly Argument[] }
  /** Nested blocks. */
  | { readonly kind: "blocks"; readonly of: readonly Arguments[] };

/** An attribute of another block. */
export interface Pointed {
  readonly to: string;
  readonly attribute: string;
}

export type Arguments = Readonly<Record<string, Argument>>;

export interface Block {
  readonly id: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly label: string;
  /** Name of the module it stands in; `undefined` for the root. */
  readonly module: string | undefined;
  readonly key: 0 | "k" | undefined;
  readonly site: Site;
  readonly args: Arguments;
  /** What it is called in AWS. */
  readonly arn: string;
  readonly name: string;
  /** The plan makes it, where it does not make everything. */
  readonly made: boolean;
  /** What the provider knows of an object that stands, beside its arguments. */
  readonly computed: Readonly<Record<string, string | boolean>>;
}

/** How blocks are laid out; none of it means anything. */
export interface Layout {
  readonly modules: boolean;
  readonly keys: boolean;
  readonly literals: boolean;
}

export interface Placing {
  readonly world: SmallWorld;
  readonly dice: Dice;
  readonly layout: Layout;
  readonly arns: ReadonlyMap<string, string>;
  /** Data sources that the blocks read, as they come up. */
  readonly documents: Block[];
}

export type Named = { readonly id: string; readonly site: Site; readonly name: string };

export function literal(value: Extract<Argument, { kind: "literal" }>["value"]): Argument {
  return { kind: "literal", value };
}

export function block(
  { world, dice, layout, arns }: Placing,
  type: string,
  { id, site, name }: Named,
  args: Arguments,
  computed: Block["computed"] = {},
): Block {
  const module = layout.modules ? ([undefined, "one", "two"] as const)[dice(3)] : undefined;
  const key = layout.keys ? ([undefined, 0, "k"] as const)[dice(3)] : undefined;
  const arn = arns.get(id) ?? `arn:aws:other:${site.region}:${site.account}:${name}`;
  return {
    id,
    mode: "managed",
    type,
    label: id,
    module,
    key,
    site,
    args,
    arn,
    name,
    computed,
    made: isMade(world, id),
  };
}

/** A reference, or where there is a choice what it comes to written out. */
export function pointer(
  { dice, layout, arns }: Placing,
  to: Named,
  attribute: string,
  suffix = "",
): Argument {
  const plain = attribute === "arn" ? arns.get(to.id) : isName(attribute) ? to.name : undefined;
  if (plain !== undefined && layout.literals && dice(3) === 0) return literal(`${plain}${suffix}`);
  return { kind: "text", parts: [{ to: to.id, attribute }, ...(suffix === "" ? [] : [suffix])] };
}

function isName(attribute: string): boolean {
  return attribute === "name" || attribute === "function_name";
}

/** A text in which the ARNs of the world's objects may be references to them. */
export function written({ dice, layout, arns }: Placing, text: string): Argument {
  if (layout.literals || dice(2) === 0) return literal(text);
  const byLength = [...arns].toSorted(([, one], [, other]) => other.length - one.length);
  let parts: readonly (string | Pointed)[] = [text];
  for (const [to, arn] of byLength) {
    parts = parts.flatMap((part) =>
      typeof part === "string" ? splitBy(part, arn, { to, attribute: "arn" }) : part,
    );
  }
  return parts.length === 1 && typeof parts[0] === "string" ? literal(parts[0]) : { kind: "text", parts };
}

/** Only where the ARN stands for itself, with nothing of a longer name behind it. */
function splitBy(text: string, arn: string, pointed: Pointed): readonly (string | Pointed)[] {
  const at = text.search(new RegExp(`${arn.replaceAll(".", "\\.")}(?![\\w.-])`));
  if (at < 0) return text === "" ? [] : [text];
  const [before, behind] = [text.slice(0, at), text.slice(at + arn.length)];
  return [...(before === "" ? [] : [before]), pointed, ...splitBy(behind, arn, pointed)];
}
