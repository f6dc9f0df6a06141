#!/usr/bin/env node
// Starts tfcheck. Everything else is loaded after compiled code can be had from where it is kept: by Node from 22.1 on,
// from beside the program before.

import { useKeptCode } from "./cli/kept-code.ts";

const [major] = process.versions.node.split(".");
if (Number(major) >= 22) {
  const module = process.getBuiltinModule("node:module") as { enableCompileCache?: () => unknown };
  module.enableCompileCache?.();
} else {
  useKeptCode();
}

void import("./cli/main.ts").then(({ main }) => main());
