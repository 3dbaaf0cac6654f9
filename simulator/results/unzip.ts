import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const END_OF_DIRECTORY_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const ALL_ONES_32 = 0xffffffff;
const ALL_ONES_16 = 0xffff;

/** The files of a zip by name, stored or deflated, read by its central directory. Throws where the bytes are no such zip. */
export function unzip(bytes: Uint8Array): Map<string, Buffer> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = new Map<string, Buffer>();
  let { at, count } = findDirectory(zip);
  for (; count > 0; count -= 1) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('unzip: the central directory is damaged');
    const nameLength = zip.readUInt16LE(at + 28);
    const extraLength = zip.readUInt16LE(at + 30);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const { compressed, size, offset } = readPlace(zip, at, at + 46 + nameLength, extraLength);
    const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
    const data = zip.subarray(start, start + compressed);
    const content = zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data);
    if (content.length !== size) throw new Error(`unzip: ${name} has ${content.length} bytes instead of ${size}`);
    if (!name.endsWith('/')) files.set(name, content);
    at += 46 + nameLength + extraLength + zip.readUInt16LE(at + 32);
  }
  return files;
}

function findDirectory(zip: Buffer): { at: number; count: number } {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new Error('unzip: there is no central directory');
  const at = zip.readUInt32LE(end + 16);
  const count = zip.readUInt16LE(end + 10);
  if (at !== ALL_ONES_32 && count !== ALL_ONES_16) return { at, count };
  const locator = end - 20;
  if (zip.readUInt32LE(locator) !== LOCATOR_64) return { at, count };
  const end64 = Number(zip.readBigUInt64LE(locator + 8));
  if (zip.readUInt32LE(end64) !== END_OF_DIRECTORY_64) throw new Error('unzip: the zip64 directory is damaged');
  return { at: Number(zip.readBigUInt64LE(end64 + 48)), count: Number(zip.readBigUInt64LE(end64 + 32)) };
}

/** Sizes and place of a file; those that do not fit 32 bits stand in the zip64 extra field, in this order. */
function readPlace(zip: Buffer, entry: number, extra: number, extraLength: number) {
  const fields = [24, 20, 42].map((offset) => zip.readUInt32LE(entry + offset));
  for (let at = extra; at < extra + extraLength; at += 4 + zip.readUInt16LE(at + 2)) {
    if (zip.readUInt16LE(at) !== 1) continue;
    let value = at + 4;
    for (const [index, field] of fields.entries()) {
      if (field !== ALL_ONES_32) continue;
      fields[index] = Number(zip.readBigUInt64LE(value));
      value += 8;
    }
  }
  const [size = 0, compressed = 0, offset = 0] = fields;
  return { size, compressed, offset };
}
