// Bytes of a source that can be read once, for those who may ask for them later. The first ones stay as they are, and
// further ones are packed: plans say the same over and over, so that they take a tenth of the memory.

/** Bytes are packed in blocks of this size. */
const BLOCK = 2 ** 20;
/** So many stay as they are. */
const PLAIN = 32 * 2 ** 20;

interface Block {
  /** Where its first byte stands among all that were kept. */
  readonly from: number;
  readonly bytes: Buffer;
  readonly packed: boolean;
}

export class KeptBytes {
  readonly #blocks: Block[] = [];
  #open: Buffer[] = [];
  #openFrom = 0;
  #length = 0;
  #unpacked: Block | undefined;

  /** Copies them; gives the place to ask for them by. */
  add(bytes: Uint8Array): number {
    const place = this.#length;
    this.#open.push(Buffer.from(bytes));
    this.#length += bytes.length;
    if (this.#length - this.#openFrom >= BLOCK) this.#close();
    return place;
  }

  /** What was added in one piece. Cost: a block is unpacked, unless it was the last one. */
  at(place: number, length: number): Uint8Array {
    this.#close();
    const block = this.#plain(this.#blockAt(place));
    return block.bytes.subarray(place - block.from, place - block.from + length);
  }

  #close(): void {
    if (this.#open.length === 0) return;
    const packed = this.#openFrom >= PLAIN;
    const bytes = Buffer.concat(this.#open);
    this.#blocks.push({ from: this.#openFrom, bytes: packed ? pack(bytes) : bytes, packed });
    this.#open = [];
    this.#openFrom = this.#length;
  }

  #blockAt(place: number): Block {
    let [low, high] = [0, this.#blocks.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#blocks[middle]?.from ?? 0) <= place) low = middle;
      else high = middle;
    }
    const block = this.#blocks[low];
    if (block === undefined) throw new Error("nothing was kept");
    return block;
  }

  #plain(block: Block): Block {
    if (!block.packed) return block;
    if (this.#unpacked?.from !== block.from) {
      const { inflateRawSync } = process.getBuiltinModule("node:zlib");
      this.#unpacked = { from: block.from, bytes: inflateRawSync(block.bytes), packed: false };
    }
    return this.#unpacked;
  }
}

/** Fast rather than small. */
function pack(bytes: Buffer): Buffer {
  return process.getBuiltinModule("node:zlib").deflateRawSync(bytes, { level: 1 });
}
