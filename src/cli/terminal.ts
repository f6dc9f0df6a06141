// What the terminal can show: colour, symbols beyond ASCII, columns. Pure: everything it looks at is given.

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly isTTY: boolean;
  readonly columns: number | undefined;
}

const DEFAULT_WIDTH = 100;

/**
 * A flag wins, then FORCE_COLOR, then NO_COLOR, then a terminal that cannot, then a CI log that can, then whether
 * anybody looks. Sources: https://no-color.org, https://force-color.org (read 2026-11-24).
 */
export function wantsColor(flag: boolean | undefined, { env, isTTY }: Surroundings): boolean {
  if (flag !== undefined) return flag;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  if (isSet(env.NO_COLOR) || env.TERM === "dumb") return false;
  return isTTY || env.GITHUB_ACTIONS === "true" || env.GITLAB_CI === "true";
}

/** UTF-8 is taken for granted except where the locale, or an old Windows console, says otherwise. */
export function showsUnicode({ env, platform, isTTY }: Surroundings): boolean {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(isSet);
  if (locale !== undefined) return /utf-?8/.test(locale.toLowerCase());
  return platform !== "win32" || !isTTY || isSet(env.WT_SESSION) || isSet(env.TERM_PROGRAM);
}

export function widthOf({ columns }: Surroundings): number {
  return columns === undefined || columns <= 0 ? DEFAULT_WIDTH : columns;
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}
