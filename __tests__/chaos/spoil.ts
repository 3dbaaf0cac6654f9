import { createHash } from 'node:crypto';
import type { ResultsState } from '../../simulator/results/index.ts';

/** What a stored record becomes: of the first ones nobody can say that they were no record of these requests. */
export const SPOILED_HOW = ['garbage', 'cut', 'empty', 'wrong-types', 'other-fingerprint', 'null'] as const;

/** What happens to stored records between two steps. */
export interface Spoil {
  /** Of the records of the same requests in the same place. */
  readonly which: 'newest' | 'all';
  readonly where: 'cache' | 'artifacts' | 'both';
  readonly how: (typeof SPOILED_HOW)[number];
}

/** Whether what is left is certainly no record of these requests. */
export function isForeignNow({ how }: Spoil): boolean {
  return how === 'other-fingerprint' || how === 'null';
}

/** Whether records in that place became something else. */
export function reaches({ where }: Spoil, place: 'cache' | 'artifacts'): boolean {
  return where === 'both' || where === place;
}

const CACHED = /^claude-batch-[0-9a-f]{64}-/;
const STORED = /^claude-batch-record-[0-9a-f]{16}-/;

/** Spoils the records in the stores. Returns how many. */
export function spoilRecords({ caches, artifacts }: ResultsState, spoil: Spoil): number {
  const cached = caches
    .filter(({ key, finalized }) => finalized && CACHED.test(key))
    .map((entry) => ({ place: `${entry.ref} ${CACHED.exec(entry.key)?.[0]}`, entry }));
  const stored = artifacts
    .filter(({ name, digest }) => digest !== undefined && STORED.test(name))
    .map((entry) => ({ place: STORED.exec(entry.name)?.[0] ?? '', entry }));
  const hit = [
    ...(reaches(spoil, 'cache') ? pick(cached, spoil) : []),
    ...(reaches(spoil, 'artifacts') ? pick(stored, spoil) : []),
  ];
  for (const entry of hit) {
    const bytes = spoiled(entry.blob.bytes ?? Buffer.alloc(0), spoil);
    entry.blob.bytes = bytes;
    if ('digest' in entry) entry.digest = createHash('sha256').update(bytes).digest('hex');
  }
  return hit.length;
}

function pick<T>(entries: readonly { readonly place: string; readonly entry: T }[], { which }: Spoil): readonly T[] {
  if (which === 'all') return entries.map(({ entry }) => entry);
  return [...new Map(entries.map(({ place, entry }) => [place, entry])).values()];
}

function spoiled(bytes: Buffer, { how }: Spoil): Buffer {
  switch (how) {
    case 'garbage':
      return Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0xc3, 0x28]);
    case 'cut':
      return bytes.subarray(0, Math.floor(bytes.length / 2));
    case 'empty':
      return Buffer.alloc(0);
    case 'null':
      return Buffer.from('null');
    default:
      return Buffer.from(JSON.stringify({ ...readJson(bytes), ...CHANGES[how] }));
  }
}

const CHANGES = {
  'wrong-types': { rounds: 'none', revision: '3' },
  'other-fingerprint': { fingerprint: '0'.repeat(64) },
} as const;

/** A record that was spoiled before may be no JSON any more. */
function readJson(bytes: Buffer): object {
  try {
    return JSON.parse(bytes.toString('utf8')) ?? {};
  } catch {
    return {};
  }
}
