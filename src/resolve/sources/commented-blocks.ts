// The resources of a configuration with the comments above them and the addresses of their instances. What a comment
// says is not looked at.

import type { CommentedBlock, ConfigurationBlock } from "../../model/configuration.ts";
import type { LoadedModule } from "./load-modules.ts";

/** Code that others wrote has no say here. A module that is called twice is here twice. Cost: linear. */
export function commentedBlocks(module: LoadedModule, prefix = ""): readonly CommentedBlock[] {
  if (module.foreign) return [];
  const own = [...module.source.resources].flatMap(([name, block]): readonly CommentedBlock[] => {
    const { comments, location } = block;
    if (comments.length === 0 || location === undefined) return [];
    return [{ address: `${prefix}${name}${keyOf(block)}`, start: location, comments }];
  });
  const inside = [...module.source.calls].flatMap(([name, call]) => {
    const child = module.children.get(name);
    return child === undefined ? [] : commentedBlocks(child, `${prefix}module.${name}${keyOf(call)}.`);
  });
  return [...own, ...inside];
}

/** Of the instances, for a glob. */
function keyOf({ body }: ConfigurationBlock): string {
  return body.entries.has("count") || body.entries.has("for_each") ? "[*]" : "";
}
