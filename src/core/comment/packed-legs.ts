import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { figuresFrom } from './legs.ts';
import type { Section } from './section.ts';

/** A section of which only the figures are left, and its place among all sections. */
export interface PackedLeg {
  readonly at: number;
  readonly section: Section;
}

/** Inflated, in bytes. */
const MAX_BYTES = 1_000_000;
/** A matrix has at most 256 legs; a pull request may have several, and older commits. More were made up. */
const MAX_LEGS = 1_000;

/** The legs as one word that no text in them can end or change; deflated, since legs of a matrix differ in little. */
export function packLegs(legs: readonly PackedLeg[]): string {
  const entries = legs.map(({ at, section: { id, origin, figures, isSummed } }) => [
    at,
    id,
    origin?.sha ?? null,
    origin?.runId ?? null,
    figures ?? null,
    ...(isSummed === true ? [1] : []),
  ]);
  return deflateRawSync(JSON.stringify(entries)).toString('base64url');
}

/**
 * Reads what `packLegs` wrote, in the order of their places. Anybody with write access may have changed it: whatever is not of
 * this form is left out, and of more legs than there can be the newest stay.
 */
export function unpackLegs(words: readonly string[]): readonly PackedLeg[] {
  return words
    .flatMap(unpack)
    .sort((a, b) => (b.section.origin?.runId ?? 0) - (a.section.origin?.runId ?? 0))
    .slice(0, MAX_LEGS)
    .sort((a, b) => a.at - b.at);
}

function unpack(word: string): readonly PackedLeg[] {
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
  const [at, id, sha, runId, raw, summed]: readonly unknown[] = entry;
  const figures = figuresFrom(raw);
  if (!isCount(at) || typeof id !== 'string' || !/^[A-Za-z0-9._-]{1,1000}$/.test(id) || figures === undefined)
    return undefined;
  const hasOrigin = typeof sha === 'string' && /^[0-9a-fA-F]{1,64}$/.test(sha) && isCount(runId);
  const origin = hasOrigin ? { sha, runId } : undefined;
  return { at, section: { id, origin, figures, text: '', ...(summed === 1 ? { isSummed: true } : {}) } };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
