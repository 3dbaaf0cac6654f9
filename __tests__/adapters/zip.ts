import { crc32, deflateRawSync } from 'node:zlib';

/** One file for `makeZip`, and what its directory says of it where that is not the truth. */
export interface Zipped {
  readonly name: string;
  readonly content: Uint8Array | string;
  readonly stored?: boolean;
  readonly method?: number;
  readonly size?: number;
}

/** A zip of these files, by section 4.3 of PKWARE's APPNOTE; sizes stand in the directory only, as in one that was streamed. */
export function makeZip(files: readonly Zipped[], comment = ''): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const { name, content, stored = false, method = stored ? 0 : 8, size } of files) {
    const bytes = Buffer.from(content);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const label = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(label.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc32(bytes), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size ?? bytes.length, 24);
    entry.writeUInt16LE(label.length, 28);
    entry.writeUInt32LE(lengthOf(parts), 42);
    parts.push(local, label, packed);
    directory.push(entry, label);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(lengthOf(directory), 12);
  end.writeUInt32LE(lengthOf(parts), 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, ...directory, end, Buffer.from(comment)]);
}

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
