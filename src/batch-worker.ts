// Starts a thread of `tfcheck batch`. A file of its own, for a thread begins with a file.

import { serve } from "./cli/batch/worker.ts";

void serve();
