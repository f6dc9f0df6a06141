#!/usr/bin/env node
// Starts tfcheck. Everything else is loaded after the compile cache is on, where Node has one: from 22.1 on.

const [major] = process.versions.node.split(".");
if (Number(major) >= 22) {
  const module = process.getBuiltinModule("node:module") as { enableCompileCache?: () => unknown };
  module.enableCompileCache?.();
}

void import("./cli/main.ts").then(({ main }) => main());
