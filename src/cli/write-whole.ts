// Files that are written whole or not at all: beside their place first, and moved there when all is on the disk.

import {
  chmodSync,
  linkSync,
  lstatSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";

/**
 * Replaces what stands at `path`, or leaves it as it was. Links are followed. Devices and pipes are written straight,
 * and so is a file whose folder takes no other or that cannot be moved away from (a single file mounted into a
 * container). Throws what the file system says.
 */
export function writeWhole(path: string, text: string): void {
  const found = ifThere(() => statSync(path));
  const lost = found === undefined && ifThere(() => lstatSync(path)) !== undefined;
  if (lost || (found !== undefined && !found.isFile())) {
    writeFileSync(path, text);
    return;
  }
  const target = found === undefined ? path : realpathSync(path);
  try {
    writeBeside(target, text, found, (beside) => renameSync(beside, target));
  } catch (error) {
    if (found === undefined || !isTiedDown(error)) throw error;
    writeFileSync(target, text);
  }
}

/** Makes a file where there is none; EEXIST where there is one. */
export function writeNewWhole(path: string, text: string): void {
  if (ifThere(() => lstatSync(path)) !== undefined) {
    writeFileSync(path, text, { flag: "wx" });
    return;
  }
  try {
    writeBeside(path, text, undefined, (beside) => linkSync(beside, path));
  } catch (error) {
    if (!hasNoLinks(error)) throw error;
    writeFileSync(path, text, { flag: "wx" });
  }
}

function writeBeside(
  target: string,
  text: string,
  like: Stats | undefined,
  move: (beside: string) => void,
): void {
  const beside = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text, { flag: "wx" });
    if (like !== undefined) chmodSync(beside, like.mode);
    move(beside);
  } finally {
    rmSync(beside, { force: true });
  }
}

function ifThere(look: () => Stats): Stats | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function isTiedDown(error: unknown): boolean {
  return ["EACCES", "EPERM", "EBUSY", "EXDEV", "EROFS"].includes(codeOf(error));
}

/** File systems without hard links. */
function hasNoLinks(error: unknown): boolean {
  return ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
