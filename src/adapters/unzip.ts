import { crc32, inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * The bytes of the only file in a zip, which must have this name. Undefined if the zip is damaged, holds anything else, or would
 * unpack to more than `maxBytes`; no more than that is ever unpacked. Sizes are read from the central directory, because streamed
 * zips have them only there (section 4.3 of PKWARE's APPNOTE).
 */
export function unzipOnly(zip: Buffer, name: string, maxBytes: number): Buffer | undefined {
  try {
    const end = zip.lastIndexOf(uint32(END_OF_DIRECTORY));
    if (end < 0 || zip.readUInt16LE(end + 10) !== 1) return undefined;
    const entry = zip.readUInt32LE(end + 16);
    const nameStart = entry + 46;
    const nameEnd = nameStart + zip.readUInt16LE(entry + 28);
    if (zip.readUInt32LE(entry) !== DIRECTORY_ENTRY || zip.toString('utf8', nameStart, nameEnd) !== name)
      return undefined;

    const local = zip.readUInt32LE(entry + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
    const content = unpack(packed, zip.readUInt16LE(entry + 10), maxBytes);
    if (content?.length !== zip.readUInt32LE(entry + 24) || content.length > maxBytes) return undefined;
    return crc32(content) === zip.readUInt32LE(entry + 16) ? content : undefined;
  } catch {
    return undefined;
  }
}

function unpack(packed: Buffer, method: number, maxBytes: number): Buffer | undefined {
  if (method === STORED) return packed;
  return method === DEFLATED ? inflateRawSync(packed, { maxOutputLength: maxBytes }) : undefined;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
