// The lockfile installs everywhere: no host of a registry in it, and every platform's variant of a package.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages }: { packages: Readonly<Record<string, Locked>> } = JSON.parse(
  readFileSync("package-lock.json", "utf8"),
);

describe("package-lock.json", () => {
  it("names no host that packages come from", () => {
    expect(Object.keys(packages).filter((path) => packages[path]?.resolved !== undefined)).toEqual([]);
  });

  // A registry that lacks a platform's variant makes npm leave it out, and `npm ci` refuse the lockfile everywhere.
  it("holds every optional package that a package names", () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) =>
          packages[`node_modules/${name}`] === undefined &&
          packages[`${path}/node_modules/${name}`] === undefined,
      ),
    );
    expect(missing).toEqual([]);
  });

  it("fixes a version for each", () => {
    expect(Object.keys(packages).filter((path) => packages[path]?.version === undefined)).toEqual([]);
  });
});
