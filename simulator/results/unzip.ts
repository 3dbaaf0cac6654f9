import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/**
 * The files of a zip by name, stored or deflated, read by its central directory. Throws if the bytes are not such a zip, or
 * one in the 64-bit form, which starts at 4 GiB or 65,535 files.
 */
export function unzip(bytes: Uint8Array): Map<string, Buffer> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = new Map<string, Buffer>();
  let { at, count } = findDirectory(zip);
  for (; count > 0; count -= 1) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('unzip: the central directory is damaged');
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, nameEnd);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    const content = zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data);
    const size = zip.readUInt32LE(at + 24);
    if (content.length !== size) throw new Error(`unzip: ${name} has ${content.length} bytes instead of ${size}`);
    if (!name.endsWith('/')) files.set(name, content);
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

function findDirectory(zip: Buffer): { at: number; count: number } {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new Error('unzip: there is no central directory');
  return { at: zip.readUInt32LE(end + 16), count: zip.readUInt16LE(end + 10) };
}
