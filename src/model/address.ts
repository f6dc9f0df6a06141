// Terraform resource addresses: parse and print. Keys are quoted as HCL does, so they may hold any character.

export type InstanceKey = string | number;

export interface ModuleStep {
  readonly name: string;
  /** `undefined`: the module call has neither count nor for_each. */
  readonly key: InstanceKey | undefined;
}

export interface Address {
  readonly module: readonly ModuleStep[];
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** `undefined`: the resource has neither count nor for_each. */
  readonly key: InstanceKey | undefined;
}

export function printAddress(address: Address): string {
  const resource = `${address.mode === "data" ? "data." : ""}${address.type}.${address.name}${printKey(address.key)}`;
  return address.module.length === 0 ? resource : `${printModulePath(address.module)}.${resource}`;
}

/** `module.a["x"].module.b[0]`; empty for the root module. */
export function printModulePath(path: readonly ModuleStep[]): string {
  return path.map((step) => `module.${step.name}${printKey(step.key)}`).join(".");
}

/** `["x"]`, `[0]` or nothing. Escapes as HCL: quotes, backslash, line ends, `${` and `%{`. */
export function printKey(key: InstanceKey | undefined): string {
  if (key === undefined) return "";
  if (typeof key === "number") return `[${key}]`;
  const escaped = JSON.stringify(key)
    .replaceAll("${", () => "$${")
    .replaceAll("%{", "%%{");
  return `[${escaped}]`;
}

/** `undefined` for text that is no module path. */
export function parseModulePath(text: string): readonly ModuleStep[] | undefined {
  if (text === "") return [];
  const tokens = tokenize(text);
  if (tokens === undefined) return undefined;
  const { steps, rest } = takeModules(tokens);
  return rest.length === 0 ? steps : undefined;
}

/** `undefined` for text that is no resource address. */
export function parseAddress(text: string): Address | undefined {
  const tokens = tokenize(text);
  if (tokens === undefined) return undefined;
  const { steps, rest } = takeModules(tokens);
  const mode = rest[0] === "data" && rest.length > 2 ? "data" : "managed";
  const [type, name, last, ...more] = mode === "data" ? rest.slice(1) : rest;
  if (typeof type !== "string" || typeof name !== "string" || more.length > 0 || typeof last === "string") {
    return undefined;
  }
  return { module: steps, mode, type, name, key: last?.key };
}

/** A name, or a bracketed key. */
export type AddressToken = string | { readonly key: InstanceKey };

/**
 * Splits a dotted path with bracketed keys: `a.b["x.y"][0].c` → a, b, ["x.y"], [0], c.
 * `undefined` when the text is not of that form. `[*]` and `[...]` are not keys.
 */
export function tokenize(text: string): AddressToken[] | undefined {
  const tokens: AddressToken[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === "[") {
      const end = keyEnd(text, at);
      if (end === undefined) return undefined;
      const key = parseKey(text.slice(at + 1, end));
      if (key === undefined) return undefined;
      tokens.push({ key });
      at = end + 1;
    } else {
      if (at > 0 && text[at] === ".") at += 1;
      else if (at > 0) return undefined;
      const match = /^[^.[\]"]+/.exec(text.slice(at, at + 1024));
      if (match === null) return undefined;
      tokens.push(match[0]);
      at += match[0].length;
    }
  }
  return tokens.length === 0 ? undefined : tokens;
}

function keyEnd(text: string, open: number): number | undefined {
  if (text[open + 1] !== '"') {
    const close = text.indexOf("]", open);
    return close < 0 ? undefined : close;
  }
  let at = open + 2;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return text[at + 1] === "]" ? at + 1 : undefined;
}

function parseKey(text: string): InstanceKey | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  if (!text.startsWith('"')) return undefined;
  try {
    const key: unknown = JSON.parse(text);
    return typeof key === "string" ? key.replaceAll("$${", () => "${").replaceAll("%%{", "%{") : undefined;
  } catch {
    return undefined;
  }
}

function takeModules(tokens: readonly AddressToken[]): {
  steps: ModuleStep[];
  rest: readonly AddressToken[];
} {
  const steps: ModuleStep[] = [];
  let at = 0;
  while (tokens[at] === "module" && typeof tokens[at + 1] === "string") {
    const name = tokens[at + 1] as string;
    const key = tokens[at + 2];
    const keyed = key !== undefined && typeof key !== "string";
    steps.push({ name, key: keyed ? key.key : undefined });
    at += keyed ? 3 : 2;
  }
  return { steps, rest: tokens.slice(at) };
}
