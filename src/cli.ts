#!/usr/bin/env node
// Starts tfcheck. Everything else is in files that are loaded with what V8 made of them before.

import { join } from "node:path";
import { loadProgram } from "./cli/kept-code.ts";

const { main } = loadProgram(join(import.meta.dirname, "chunks/main.js")) as typeof import("./cli/main.ts");
void main();
