// Starts a thread of `tfcheck batch`. A file of its own, for a thread begins with a file.

import { join } from "node:path";
import { loadProgram } from "./cli/kept-code.ts";

const program = join(import.meta.dirname, "chunks/worker.js");
const { serve } = loadProgram(program) as typeof import("./cli/batch/worker.ts");
void serve();
