// What entries that were set aside say together about modules, accounts and the kind of plan.

import type { SetAside } from "../../model/plan.ts";
import { fingerprint } from "./fingerprint.ts";
import { bitsOf, numberOfBits } from "./number-bits.ts";
import { NumberSet } from "./number-set.ts";
import type { Notes, ObjectRows } from "./set-aside.ts";
import { NO_TEXT } from "./texts.ts";

export interface Summary extends Pick<SetAside, "arns" | "managed"> {
  /** As in `SetAside`; few plans are asked for them. */
  readonly modules: () => readonly string[];
}

/** The key of a provider configuration, by how it is written and the path of the module where it is. */
export type ProviderOf = (path: () => string, key: string) => string;

export function summarize(notes: Notes, moved: readonly string[], providerOf: ProviderOf): Summary {
  const { changed: changes, prior, texts } = notes;
  const changed = new NumberSet(changes.addresses.bits());
  const left = new NumberSet([bitsOf(Float64Array.from([...notes.movedFrom, ...moved], fingerprint))]);
  const seen = createSeen(blockProviders(notes, providerOf));
  for (const { modules, arns, blocks } of objectsIn(changes)) {
    for (let row = 0; row < modules.length; row += 1) {
      seen.see(modules[row], arns[row], blocks[2 * row], blocks[2 * row + 1]);
    }
  }
  let untouched = false;
  for (const { addresses, managed, modules, arns, blocks } of objectsIn(prior)) {
    for (let row = 0; row < modules.length; row += 1) {
      const first = addresses[2 * row] ?? 0;
      const second = addresses[2 * row + 1] ?? 0;
      if (changed.has(first, second)) continue;
      untouched ||= managed[row] === 1;
      if (!left.has(first, second)) seen.see(modules[row], arns[row], blocks[2 * row], blocks[2 * row + 1]);
    }
  }
  return {
    managed: {
      changes: changes.managedCount,
      destroyed: notes.destroyed,
      before: prior.managedCount,
      untouched,
    },
    modules: () => texts.all(seen.modules),
    arns: new Map([...seen.arns].map(([provider, numbers]) => [provider, texts.all(numbers)])),
  };
}

/**
 * The rows in parts, doubles as pairs. What loops over them runs before V8 has optimized it, so that nothing in it may
 * make an object for each row: no double, no list that is taken apart.
 */
function objectsIn(rows: ObjectRows) {
  const [addresses, blocks] = [rows.addresses.bits(), rows.blocks.bits()];
  const [arns, managed] = [rows.arns.parts(), rows.managed.parts()];
  return rows.modules.parts().map((modules, at) => ({
    modules,
    addresses: addresses[at] ?? NO_ROWS,
    blocks: blocks[at] ?? NO_ROWS,
    arns: arns[at] ?? NO_ROWS,
    managed: managed[at] ?? NO_ROWS,
  }));
}

const NO_ROWS: ArrayLike<number> = [];

/** The modules of objects, and what their ARNs say by the provider of their blocks. */
function createSeen(providerOf: (first: number, second: number) => string) {
  const modules = new Set<number>();
  const byProvider = new Map<string, Set<number>>();
  let lastModule: number | undefined;
  let [lastArn, lastProvider] = [NO_TEXT, ""];
  return {
    modules,
    arns: byProvider,
    see(module = NO_TEXT, arn = NO_TEXT, first = 0, second = 0): void {
      // Neighbours share their module.
      if (module !== lastModule) modules.add(module);
      lastModule = module;
      if (arn === NO_TEXT) return;
      const provider = providerOf(first, second);
      // And most of a plan its account.
      if (arn === lastArn && provider === lastProvider) return;
      lastArn = arn;
      lastProvider = provider;
      const arns = byProvider.get(provider);
      if (arns === undefined) byProvider.set(provider, new Set([arn]));
      else arns.add(arn);
    },
  };
}

/** By the bits of a block. Nearly all blocks of a plan have one provider, so that only the others are listed. */
function blockProviders(
  { configured: { blocks, providers, paths }, texts }: Notes,
  providerOf: ProviderOf,
): (first: number, second: number) => string {
  const written = new Map<number, string>();
  const keyOf = (path: number, provider: number): string => {
    const text = written.get(provider) ?? texts.text(provider) ?? "";
    written.set(provider, text);
    return providerOf(() => texts.text(path) ?? "", text);
  };
  const bits = blocks.bits();
  const usual = blocks.length === 0 ? "" : keyOf(paths.at(0) ?? NO_TEXT, providers.at(0) ?? NO_TEXT);
  const others = new Map<number, string>();
  const pathParts = paths.parts();
  let [lastPath, lastProvider, key] = [NO_TEXT, NO_TEXT, usual];
  for (const [at, part] of providers.parts().entries()) {
    const [path = NO_ROWS, block = NO_ROWS] = [pathParts[at], bits[at]];
    for (let row = 0; row < part.length; row += 1) {
      // Neighbours share their module, and mostly their provider.
      if (path[row] !== lastPath || part[row] !== lastProvider) {
        lastPath = path[row] ?? NO_TEXT;
        lastProvider = part[row] ?? NO_TEXT;
        key = keyOf(lastPath, lastProvider);
      }
      if (key !== usual) others.set(numberOfBits(block[2 * row] ?? 0, block[2 * row + 1] ?? 0), key);
    }
  }
  const known = new NumberSet(bits);
  return (first, second) => {
    if (!known.has(first, second)) return "";
    return (others.size === 0 ? undefined : others.get(numberOfBits(first, second))) ?? usual;
  };
}
