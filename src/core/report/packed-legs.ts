import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { figuresFrom } from './legs.ts';
import type { Section } from './sections.ts';

/** A section of which only the figures are left, and its place among all sections. */
export interface PackedLeg {
  readonly at: number;
  readonly section: Section;
}

/** Inflated, in bytes: a matrix has at most 256 legs, and a leg takes up to 1 kB. */
const MAX_BYTES = 1_000_000;

/** The legs as one word that no text in them can end or change; deflated, since legs of a matrix differ in little. */
export function packLegs(legs: readonly PackedLeg[]): string {
  const entries = legs.map(({ at, section: { id, origin, figures } }) => [
    at,
    id,
    origin?.sha ?? null,
    origin?.runId ?? null,
    figures ?? null,
  ]);
  return deflateRawSync(JSON.stringify(entries), { level: 9 }).toString('base64url');
}

/** Reads what `packLegs` wrote. Anybody with write access may have changed it: whatever is not of this form is left out. */
export function unpackLegs(word: string): readonly PackedLeg[] {
  let raw: unknown;
  try {
    const bytes = inflateRawSync(Buffer.from(word, 'base64url'), { maxOutputLength: MAX_BYTES });
    raw = JSON.parse(bytes.toString('utf8'));
  } catch {
    return [];
  }
  return Array.isArray(raw) ? raw.flatMap((entry: unknown) => legFrom(entry) ?? []) : [];
}

function legFrom(entry: unknown): PackedLeg | undefined {
  if (!Array.isArray(entry)) return undefined;
  const [at, id, sha, runId, raw]: readonly unknown[] = entry;
  const figures = figuresFrom(raw);
  if (!isCount(at) || typeof id !== 'string' || !/^[A-Za-z0-9._-]{1,1000}$/.test(id) || figures === undefined)
    return undefined;
  const hasOrigin = typeof sha === 'string' && /^[0-9a-fA-F]{1,64}$/.test(sha) && isCount(runId);
  return { at, section: { id, origin: hasOrigin ? { sha, runId } : undefined, figures, text: '' } };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
