// The reader's hot loops in AssemblyScript (https://www.assemblyscript.org), a TypeScript that becomes WebAssembly: `leap`,
// past the rest of an object or list, and `entries`, past whole entries of a list of resources, with notes. Both are fast
// from their first call, which JavaScript is not. They stop before whatever is unusual, and leave it to balanced-bytes.ts
// and read-entries.ts, which do the same byte by byte.

export { leap } from "./leap";
export { entries } from "./lists";
export { text } from "./texts";
