// The files of the repository, as git lists them: what is committed or about to be.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

export interface RepositoryFile {
  readonly path: string;
  readonly text: string;
}

const LISTED = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
})
  .split("\0")
  .filter((path) => path !== "" && existsSync(path));

/** The paths that match, in order. */
export function pathsLike(pattern: RegExp): readonly string[] {
  return LISTED.filter((path) => pattern.test(path)).toSorted();
}

export function filesLike(pattern: RegExp): readonly RepositoryFile[] {
  return pathsLike(pattern).map((path) => ({ path, text: readFileSync(path, "utf8") }));
}
