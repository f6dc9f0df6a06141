// What entries that were set aside say together about modules, accounts and the kind of plan.

import type { SetAside } from "../../model/plan.ts";
import { fingerprint } from "./fingerprint.ts";
import type { NumberList } from "./number-list.ts";
import { NumberSet } from "./number-set.ts";
import type { Notes, ObjectRows } from "./set-aside.ts";
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
  const modules = new Set<number>();
  const byProvider = new Map<string, Set<number>>();
  const providerOfBlock = blockProviders(notes, providerOf);
  const count = (rows: ObjectRows, index: number): void => {
    modules.add(rows.modules.at(index) ?? NO_TEXT);
    const arn = rows.arns.at(index) ?? NO_TEXT;
    if (arn === NO_TEXT) return;
    const provider = providerOfBlock(rows.blocks.at(index) ?? 0);
    const seen = byProvider.get(provider) ?? new Set();
    byProvider.set(provider, seen.add(arn));
  };
  for (let index = 0; index < changes.addresses.length; index += 1) count(changes, index);
  let untouched = false;
  for (let index = 0; index < prior.addresses.length; index += 1) {
    const address = prior.addresses.at(index) ?? 0;
    if (changed.has(address)) continue;
    untouched ||= prior.managed.at(index) === 1;
    if (!left.has(address)) count(prior, index);
  }
  return {
    managed: {
      changes: changes.managedCount,
      destroyed: notes.destroyed,
      before: prior.managedCount,
      untouched,
    },
    modules: () => texts.all(modules),
    arns: new Map([...byProvider].map(([provider, seen]) => [provider, texts.all(seen)])),
  };
}

/** Nearly all blocks of a plan have one provider, so that only the others are listed. */
function blockProviders(
  { configured: { blocks, providers, paths }, texts }: Notes,
  providerOf: (path: string, key: string) => string,
): (block: number) => string {
  const textAt = (list: NumberList, index: number): string => texts.text(list.at(index) ?? NO_TEXT) ?? "";
  const keyAt = (index: number): string => providerOf(textAt(paths, index), textAt(providers, index));
  const usual = blocks.length === 0 ? "" : keyAt(0);
  const others = new Map<number, string>();
  let [path, provider, key] = [NO_TEXT, NO_TEXT, usual];
  for (let index = 0; index < blocks.length; index += 1) {
    // Neighbours share their module, and mostly their provider.
    if (paths.at(index) !== path || providers.at(index) !== provider) {
      [path, provider] = [paths.at(index) ?? NO_TEXT, providers.at(index) ?? NO_TEXT];
      key = keyAt(index);
    }
    if (key !== usual) others.set(blocks.at(index) ?? 0, key);
  }
  const known = new NumberSet(blocks);
  return (block) => (known.has(block) ? (others.get(block) ?? usual) : "");
}
