import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { ServiceError } from '../ports/service-error.ts';

/** Signatures and lengths of the parts of a zip. Source: PKWARE's APPNOTE.TXT 6.3.10, 4.3. */
const END = { mark: 0x06054b50, bytes: 22 };
const END_64 = { mark: 0x06064b50, bytes: 56 };
const LOCATOR_64 = { mark: 0x07064b50, bytes: 20 };
const ENTRY = { mark: 0x02014b50, bytes: 46 };
const LOCAL = { mark: 0x04034b50, bytes: 30 };

/** Longest directory that is read, in bytes: an artifact of results has a handful of files. */
const MAX_DIRECTORY = 1 << 20;
/** Results repeat a lot, but each has an ID of its own, so they never shrink to a hundredth. Deflate itself can reach a thousandth. */
const MAX_RATIO = 100;
const FREE_BYTES = 16 << 20;

/** Where a file lies in the zip. */
interface Member {
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * The bytes of the one plain file of this name in the zip at a path, unpacked while they are read. Throws a ServiceError if
 * the zip has none or several, or a link in its place, or if the file unpacks to more than `maxBytes` or than results can.
 */
export async function* readMember(
  path: string,
  name: string,
  maxBytes = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const { method, packed, size, offset } = await findMember(file, name);
    if (size > Math.min(maxBytes, FREE_BYTES + packed * MAX_RATIO)) throw unfit('too-large', name);
    if (packed === 0) return;
    const local = await read(file, offset, LOCAL.bytes);
    if (local.readUInt32LE(0) !== LOCAL.mark) throw unfit('damaged');
    const start = offset + LOCAL.bytes + local.readUInt16LE(26) + local.readUInt16LE(28);
    const source = file.createReadStream({ start, end: start + packed - 1, autoClose: false });
    // The directory may lie about the size.
    let left = size;
    for await (const piece of method === 0 ? source : pipeline(source, createInflateRaw(), ignore)) {
      left -= piece.length;
      if (left < 0) throw unfit('damaged');
      yield piece;
    }
    if (left > 0) throw unfit('damaged');
  } finally {
    await file.close();
  }
}

/** The iteration throws the same error. */
function ignore(): void {}

async function findMember(file: FileHandle, name: string): Promise<Member> {
  const { offset, bytes } = await findDirectory(file);
  if (bytes > MAX_DIRECTORY) throw unfit('damaged');
  const directory = await read(file, offset, bytes);
  const found: (Member | undefined)[] = [];
  for (let at = 0; at + ENTRY.bytes <= directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY.mark) throw unfit('damaged');
    const nameEnd = at + ENTRY.bytes + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    if (directory.toString('utf8', at + ENTRY.bytes, nameEnd) === name) {
      found.push(describeMember(directory.subarray(at), directory.subarray(nameEnd, extraEnd)));
    }
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  const [member] = found;
  if (member === undefined || found.length > 1) throw unfit('no-file', name);
  return member;
}

/** Undefined for anything but a plain file, stored or deflated. */
function describeMember(entry: Buffer, extra: Buffer): Member | undefined {
  const [flags, method] = [entry.readUInt16LE(8), entry.readUInt16LE(10)];
  // The upper half of the attributes is a file's mode, where the zip was made on Unix.
  const type = (entry.readUInt32LE(38) >>> 16) & 0xf000;
  const isPlain = (type === 0 || type === 0x8000) && (flags & 1) === 0 && (method === 0 || method === 8);
  if (!isPlain) return undefined;
  // Values that do not fit into 32 bits are in the 64-bit extra field, in this order.
  let at = 4;
  const wide = findWide(extra);
  const value = (short: number): number => {
    if (short !== 0xffffffff) return short;
    if (wide === undefined || at + 8 > wide.length) throw unfit('damaged');
    at += 8;
    return Number(wide.readBigUInt64LE(at - 8));
  };
  const size = value(entry.readUInt32LE(24));
  const packed = value(entry.readUInt32LE(20));
  return { method, size, packed, offset: value(entry.readUInt32LE(42)) };
}

/** The 64-bit extra field, with its header. */
function findWide(extra: Buffer): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1) return extra.subarray(at, at + 4 + extra.readUInt16LE(at + 2));
  }
  return undefined;
}

async function findDirectory(file: FileHandle): Promise<{ readonly offset: number; readonly bytes: number }> {
  const { size } = await file.stat();
  const from = Math.max(0, size - END.bytes - 0xffff);
  const tail = await read(file, from, size - from);
  for (let at = tail.length - END.bytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END.mark) continue;
    const [bytes, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
    const locator = at - LOCATOR_64.bytes;
    if (locator < 0 || tail.readUInt32LE(locator) !== LOCATOR_64.mark) return { offset, bytes };
    const end = await read(file, Number(tail.readBigUInt64LE(locator + 8)), END_64.bytes);
    if (end.readUInt32LE(0) !== END_64.mark) break;
    return { bytes: Number(end.readBigUInt64LE(40)), offset: Number(end.readBigUInt64LE(48)) };
  }
  throw unfit('damaged');
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead < length) throw unfit('damaged');
  return buffer;
}

function unfit(why: 'no-file' | 'too-large' | 'damaged', file?: string): ServiceError {
  return new ServiceError({ code: 'artifact-unfit', why, ...(file !== undefined && { file }) });
}
