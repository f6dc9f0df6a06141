// Lets Stryker mutate a sample of the functions: TFCHECK_MUTATION_SAMPLE percent of them (100 when it is not set),
// picked by a digest of file, name and TFCHECK_MUTATION_SEED, so that the same sample comes again.
// All functions take hours on two cores; a tenth of them gives the score to within a few percent.

import { createHash } from "node:crypto";

const { TFCHECK_MUTATION_SAMPLE: percent = "100", TFCHECK_MUTATION_SEED: seed = "1" } = process.env;

function isSampled(file, name) {
  const digest = createHash("sha256").update(`${seed} ${file} ${name}`).digest();
  return (digest.readUInt32BE(0) / 2 ** 32) * 100 < Number(percent);
}

/** The name of a function at the top of a file; undefined for anything else. */
function topFunction({ node, parent }) {
  const atTop = parent?.type === "Program" || parent?.type === "ExportNamedDeclaration";
  return atTop && node.type === "FunctionDeclaration" ? node.id?.name : undefined;
}

function shouldIgnore(path) {
  const name = topFunction(path);
  if (name === undefined) return undefined;
  const { filename = "" } = path.hub?.file?.opts ?? {};
  const file = filename.slice(filename.lastIndexOf("/src/") + 1);
  return isSampled(file, name) ? undefined : "not in the sample";
}

export const strykerPlugins = [{ kind: "Ignore", name: "sample", value: { shouldIgnore } }];
