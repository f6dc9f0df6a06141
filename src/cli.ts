#!/usr/bin/env node
// Starts tfcheck. Everything else is loaded after the compile cache is on, where Node has one.

import module from "node:module";

const { enableCompileCache } = module as { enableCompileCache?: () => unknown };
enableCompileCache?.();

void import("./cli/main.ts").then(({ main }) => main());
