// What is known of a Terraform value before apply, and three-valued logic over it.
// Unknown is never absent: `null` known is "not set", everything else says what it is or why it is not known.

/** "maybe": the inputs do not decide it. */
export type Tri = "yes" | "no" | "maybe";

export type Scalar = string | number | boolean | null;

/** A step into a value: attribute name, map key or list position. */
export type Step = string | number;

/**
 * A Terraform value as far as it is known before apply.
 *
 * - `known`: a scalar; `null` means not set (Terraform does not tell the two apart).
 *   Numbers that a double cannot hold exactly come rounded, with all their digits in `exact`.
 * - `list`: list, set or tuple. A set has no order: never join it by position with anything.
 * - `map`: map or object (nested single blocks too).
 * - `reference`: exactly the value that attribute `path` of instance `to` gets at apply; an empty path is the
 *   whole object. `to` is a `ResourceInstance.id`.
 * - `text`: a string put together from parts of which at least one is not known, such as "${arn}:*".
 * - `unknown`: not decided. See `Unknown`.
 */
export type Value =
  | {
      readonly kind: "known";
      readonly value: Scalar;
      readonly exact?: string;
      readonly sensitive: boolean;
    }
  | {
      readonly kind: "list";
      readonly form: "list" | "set" | "tuple";
      readonly elements: readonly Value[];
      readonly sensitive: boolean;
    }
  | { readonly kind: "map"; readonly entries: ReadonlyMap<string, Value>; readonly sensitive: boolean }
  | {
      readonly kind: "reference";
      readonly to: string;
      readonly path: readonly Step[];
      readonly sensitive: boolean;
    }
  | { readonly kind: "text"; readonly parts: readonly Value[]; readonly sensitive: boolean }
  | Unknown;

/**
 * A value that is not decided.
 *
 * `candidates` are what it can come from. With `relation: "one-of"` the value equals one of them (an undecided
 * conditional). With `relation: "made-from"` the value, or some element of it, derives from at least one of them
 * and nothing says how (the flat references of a plan's JSON). `closed` says that nothing but the candidates can
 * be behind it; without candidates an unknown is never closed.
 */
export interface Unknown {
  readonly kind: "unknown";
  readonly candidates: readonly Value[];
  readonly relation: "one-of" | "made-from";
  readonly closed: boolean;
  /**
   * With "made-from": known values that the expression names too, so that they may stand beside the unknown part
   * (`cond ? topic.arn : var.arn`). Absent when there are none.
   */
  readonly besides?: readonly Value[];
  /** As an element of a list: it stands for any number of elements, none included (`concat([topic.arn], var.more)`). */
  readonly several?: true;
  readonly origin: UnknownOrigin;
  readonly sensitive: boolean;
}

/** Why a value is not known: decides what the report says would make it known. */
export type UnknownOrigin =
  | { readonly why: "after-apply"; readonly subject: string }
  | { readonly why: "local-without-sources"; readonly subject: string }
  | { readonly why: "variable-unset"; readonly subject: string }
  | { readonly why: "data-source"; readonly subject: string }
  | { readonly why: "module-not-installed"; readonly subject: string }
  | { readonly why: "function"; readonly subject: string }
  | { readonly why: "expression"; readonly subject: string }
  | { readonly why: "not-in-plan"; readonly subject: string }
  /** Two inputs that both manage the object say different things. */
  | { readonly why: "inputs-differ"; readonly subject: string }
  /** Of an account: the command that tells was not run, was refused, or told a part; it is the subject. */
  | { readonly why: "not-asked"; readonly subject: string }
  | { readonly why: "not-answered"; readonly subject: string }
  | { readonly why: "cut-short"; readonly subject: string };

/** The value of an argument that is not set. */
export const UNSET: Value = { kind: "known", value: null, sensitive: false };

export function known(value: Scalar, sensitive = false): Value {
  return { kind: "known", value, sensitive };
}

export function unknown(
  origin: UnknownOrigin,
  parts: Partial<Omit<Unknown, "kind" | "origin">> = {},
): Unknown {
  return {
    kind: "unknown",
    candidates: [],
    relation: "made-from",
    closed: false,
    sensitive: false,
    ...parts,
    origin,
  };
}

/** What is said in place of a sensitive text. */
export const HIDDEN = "(sensitive)";

/** Whether anything in the value is marked sensitive; such a value is never printed. */
export function isSensitive(value: Value): boolean {
  if (value.sensitive) return true;
  switch (value.kind) {
    case "list":
      return value.elements.some(isSensitive);
    case "map":
      return [...value.entries.values()].some(isSensitive);
    case "text":
      return value.parts.some(isSensitive);
    case "known":
    case "reference":
    case "unknown":
      return false;
    default:
      return value satisfies never;
  }
}

/**
 * Whether an argument is left out. After a refresh the AWS provider stores "", 0-length lists and maps for
 * arguments that were never written, so those count as unset too.
 * Source: observed with AWS provider 5.32 (states of the test scenarios).
 */
export function isUnset(value: Value): Tri {
  switch (value.kind) {
    case "known":
      return value.value === null || value.value === "" ? "yes" : "no";
    case "list":
      return value.elements.length === 0 ? "yes" : "no";
    case "map":
      return value.entries.size === 0 ? "yes" : "no";
    case "reference":
      // AWS gives every object an id and an ARN; what else it computes may stay empty.
      return value.path.length === 0 || IDENTITIES.has(value.path[0] ?? "") ? "no" : "maybe";
    case "text":
      return "no";
    case "unknown":
      return "maybe";
    default:
      return value satisfies never;
  }
}

const IDENTITIES: ReadonlySet<Step> = new Set(["arn", "id"]);

/** Kleene "and" over any number of answers; "yes" for none. */
export function all(answers: Iterable<Tri>): Tri {
  let result: Tri = "yes";
  for (const answer of answers) {
    if (answer === "no") return "no";
    if (answer === "maybe") result = "maybe";
  }
  return result;
}

/** Kleene "or" over any number of answers; "no" for none. */
export function any(answers: Iterable<Tri>): Tri {
  let result: Tri = "no";
  for (const answer of answers) {
    if (answer === "yes") return "yes";
    if (answer === "maybe") result = "maybe";
  }
  return result;
}

export function not(answer: Tri): Tri {
  return answer === "maybe" ? "maybe" : answer === "yes" ? "no" : "yes";
}

/**
 * The answer when exactly one of several cases applies and it is not known which: decided where all agree.
 * "maybe" for no case at all.
 */
export function agree(answers: Iterable<Tri>): Tri {
  let result: Tri | undefined;
  for (const answer of answers) {
    if (result === undefined) result = answer;
    else if (result !== answer) return "maybe";
  }
  return result ?? "maybe";
}

/**
 * The value one step further in: attribute of an object, key of a map, position of a list.
 * Not set stays not set, a reference grows its path, and what is inside an unknown is unknown for the same reason.
 */
export function child(value: Value, step: Step): Value {
  switch (value.kind) {
    case "known":
    case "text":
      return UNSET;
    case "list":
      return partOf(value, typeof step === "number" ? value.elements[step] : undefined);
    case "map":
      return partOf(value, value.entries.get(String(step)));
    case "reference":
      return { ...value, path: [...value.path, step] };
    case "unknown":
      return { ...value, candidates: [], closed: false };
    default:
      return value satisfies never;
  }
}

/** A part of something sensitive is sensitive. */
function partOf(whole: Value, part: Value | undefined): Value {
  if (part === undefined) return UNSET;
  return whole.sensitive && !part.sensitive ? { ...part, sensitive: true } : part;
}

/**
 * The elements of a list, set, tuple or repeated block. Not set is no element; a lone object is one element.
 * `undefined`: how many there are is not known.
 */
export function elementsOf(value: Value): readonly Value[] | undefined {
  switch (value.kind) {
    case "list":
      return value.elements;
    case "map":
      return [value];
    case "known":
      return value.value === null ? [] : [value];
    case "reference":
    case "text":
    case "unknown":
      return undefined;
    default:
      return value satisfies never;
  }
}

/** The list or map with each of its elements or entries changed. */
export function changedWithin(
  value: Extract<Value, { kind: "list" | "map" }>,
  change: (inner: Value) => Value,
): Value {
  return value.kind === "list"
    ? { ...value, elements: value.elements.map(change) }
    : { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, change(entry)])) };
}

/** The string of a known string (numbers and booleans as Terraform prints them); `undefined` otherwise. */
export function stringOf(value: Value): string | undefined {
  return value.kind === "known" && value.value !== null ? String(value.value) : undefined;
}

/** The number of a known number, or of a known string that Terraform would convert; `undefined` otherwise. */
export function numberOf(value: Value): number | undefined {
  if (value.kind !== "known") return undefined;
  if (typeof value.value === "number") return value.value;
  if (typeof value.value !== "string" || !/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value.value))
    return undefined;
  return Number(value.value);
}

/**
 * Whether an argument is true. `whenUnset` is the provider's default.
 * The strings "true" and "false" count, since Terraform converts them.
 */
export function isTrue(value: Value, whenUnset: boolean): Tri {
  if (value.kind !== "known") return "maybe";
  if (value.value === null || value.value === "") return whenUnset ? "yes" : "no";
  return String(value.value) === "true" ? "yes" : "no";
}
