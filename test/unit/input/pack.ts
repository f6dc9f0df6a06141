// Writes small ZIP archives, sound ones and ones that lie about themselves.

import { crc32, deflateRawSync } from "node:zlib";

/** An entry; all but name and data overrule what would be true. */
export interface Packed {
  readonly name: string;
  readonly data: string;
  readonly deflated?: boolean;
  readonly packed?: Uint8Array;
  readonly size?: number;
  readonly offset?: number;
  readonly method?: number;
  readonly flags?: number;
}

export interface Ending {
  readonly comment?: string;
  readonly count?: number;
  readonly start?: number;
}

export function pack(entries: readonly Packed[], ending: Ending = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const data = Buffer.from(entry.data);
    const body = Buffer.from(entry.packed ?? (entry.deflated === true ? deflateRawSync(data) : data));
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(entry.flags ?? 0, 2);
    shared.writeUInt16LE(entry.method ?? (entry.deflated === true ? 8 : 0), 4);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(body.length, 14);
    shared.writeUInt32LE(entry.size ?? data.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const listed = Buffer.alloc(14);
    listed.writeUInt32LE(entry.offset ?? at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), shared, listed, name);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), shared, name, body]);
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(ending.count ?? entries.length, 8);
  end.writeUInt16LE(ending.count ?? entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(ending.start ?? at, 16);
  end.writeUInt16LE(ending.comment?.length ?? 0, 20);
  return Buffer.concat([...parts, list, end, Buffer.from(ending.comment ?? "")]);
}
