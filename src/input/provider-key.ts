// Which provider configuration a resource of the plan's configuration uses.

/**
 * The key under which `providers` has the configuration for `key`, as written at a resource in module `path` (names
 * of calls, root first; asked for where the key is not there as it is written).
 *
 * Since Terraform 1.2 keys match as they are. Before, `provider_config` says `module.a.module.b:aws` where a resource
 * says `b:aws`, and inherited configurations have no entry: then the nearest module upwards that has one decides. A
 * key that leads nowhere is given back without its prefix, so that all users of an inherited default agree; one with
 * an alias is given back as it is, because what was passed under that alias is not in the plan.
 * Source: https://github.com/hashicorp/terraform/pull/30138
 */
export function providerFor(
  key: string,
  providers: { has(key: string): boolean },
  path: () => readonly string[],
): string {
  if (key === "" || providers.has(key)) return key;
  const local = key.slice(key.lastIndexOf(":") + 1);
  const names = path();
  for (let depth = names.length; depth > 0; depth -= 1) {
    const candidate = `module.${names.slice(0, depth).join(".module.")}:${local}`;
    if (providers.has(candidate)) return candidate;
  }
  return providers.has(local) || !local.includes(".") ? local : key;
}
