// Where a configuration may lie. Apart from reading it, which most runs need not.

import { dirname, join } from "node:path";

/** In the order in which they are looked for. */
const CONFIG_NAMES = [".tfcheck.yaml", ".tfcheck.yml"] as const;

/** From a directory up to the root, nearest first: where a configuration may lie. The caller stops at the git root. */
export function configCandidates(
  directory: string,
): readonly { readonly directory: string; readonly files: readonly string[] }[] {
  const above = dirname(directory);
  const here = { directory, files: CONFIG_NAMES.map((name) => join(directory, name)) };
  return above === directory ? [here] : [here, ...configCandidates(above)];
}
