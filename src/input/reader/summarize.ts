// What entries that were set aside say together about modules, accounts and the kind of plan.

import type { SetAside } from "../../model/plan.ts";
import { fingerprint } from "./fingerprint.ts";
import type { NumberList } from "./number-list.ts";
import { NumberSet } from "./number-set.ts";
import type { Notes } from "./set-aside.ts";
import { NO_TEXT } from "./texts.ts";

export interface Summary extends Pick<SetAside, "arns" | "managed"> {
  /** As in `SetAside`; few plans are asked for them. */
  readonly modules: () => readonly string[];
}

/** `providerOf`: the key of a provider configuration, by how it is written and where. */
export function summarize(
  notes: Notes,
  moved: readonly string[],
  providerOf: (path: string, key: string) => string,
): Summary {
  const { changed: changes, prior, texts } = notes;
  const changed = new NumberSet(changes.addresses);
  const left = new Set([...notes.movedFrom, ...moved].map(fingerprint));
  const seen = createSeen(blockProviders(notes, providerOf));
  for (const [modules, arns, blocks] of piecesOf(changes.modules, changes.arns, changes.blocks)) {
    for (let row = 0; row < blocks.length; row += 1) seen.see(modules[row], arns[row], blocks[row]);
  }
  let untouched = false;
  const columns = [prior.addresses, prior.managed, prior.modules, prior.arns, prior.blocks] as const;
  for (const [addresses, managed, modules, arns, blocks] of piecesOf(...columns)) {
    for (let row = 0; row < addresses.length; row += 1) {
      const address = addresses[row] ?? 0;
      if (changed.has(address)) continue;
      untouched ||= managed[row] === 1;
      if (!left.has(address)) seen.see(modules[row], arns[row], blocks[row]);
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

/** Pieces of columns of one table, side by side. Loops over them take a tenth of what asking row by row takes. */
function piecesOf<Columns extends readonly NumberList[]>(
  ...columns: Columns
): readonly { readonly [Column in keyof Columns]: ArrayLike<number> }[] {
  const [first, ...others] = columns.map((column) => column.parts());
  return (first ?? []).map(
    (piece, at) =>
      [piece, ...others.map((pieces) => pieces[at] ?? [])] as {
        [Column in keyof Columns]: ArrayLike<number>;
      },
  );
}

/** The modules of objects, and what their ARNs say by the provider of their blocks. */
function createSeen(providerOf: (block: number) => string) {
  const modules = new Set<number>();
  const byProvider = new Map<string, Set<number>>();
  let lastModule: number | undefined;
  let [lastArn, lastBlock] = [NO_TEXT, 0];
  return {
    modules,
    arns: byProvider,
    see(module = NO_TEXT, arn = NO_TEXT, block = 0): void {
      // Neighbours share their module, and often their block.
      if (module !== lastModule) modules.add(module);
      lastModule = module;
      if (arn === NO_TEXT || (arn === lastArn && block === lastBlock)) return;
      [lastArn, lastBlock] = [arn, block];
      const provider = providerOf(block);
      const arns = byProvider.get(provider);
      if (arns === undefined) byProvider.set(provider, new Set([arn]));
      else arns.add(arn);
    },
  };
}

/** Nearly all blocks of a plan have one provider, so that only the others are listed. */
function blockProviders(
  { configured: { blocks, providers, paths }, texts }: Notes,
  providerOf: (path: string, key: string) => string,
): (block: number) => string {
  const textOf = (number: number): string => texts.text(number) ?? "";
  const keyOf = (path: number, key: number): string => providerOf(textOf(path), textOf(key));
  const usual = keyOf(paths.at(0) ?? NO_TEXT, providers.at(0) ?? NO_TEXT);
  const others = new Map<number, string>();
  let [lastPath, lastProvider, key] = [NO_TEXT, NO_TEXT, usual];
  for (const [path, provider, block] of piecesOf(paths, providers, blocks)) {
    for (let row = 0; row < block.length; row += 1) {
      // Neighbours share their module, and mostly their provider.
      if (path[row] !== lastPath || provider[row] !== lastProvider) {
        [lastPath, lastProvider] = [path[row] ?? NO_TEXT, provider[row] ?? NO_TEXT];
        key = keyOf(lastPath, lastProvider);
      }
      if (key !== usual) others.set(block[row] ?? 0, key);
    }
  }
  const known = new NumberSet(blocks);
  return (block) => (known.has(block) ? (others.get(block) ?? usual) : "");
}
