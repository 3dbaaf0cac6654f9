import type { FoundTexts } from '../../ports/github.ts';
import { parseRecord, whyUnreadable } from './parse-record.ts';
import { type SavedRecord, shardsOf } from './record.ts';

/** How much later than its own time a record may be uploaded, in ms: saving gives up after 20 s, and clocks differ. */
const UPLOAD_MS = 30_000;
/** Upload times are cut to whole seconds, in ms. */
const CUT_MS = 999;

/**
 * Why a stored text is unreadable, unless a readable record is certain to be newer: the text may name a running batch. Undefined if there
 * is no such text.
 */
export function findHidden(
  { texts, uploadedAtMs }: Pick<FoundTexts, 'texts' | 'uploadedAtMs'>,
  fingerprint: string,
): ReturnType<typeof whyUnreadable> | undefined {
  const firstUpload = texts.length - uploadedAtMs.length;
  const records = texts.map((text) => parseRecord(text, fingerprint));
  const isPast = (at: number): boolean =>
    records.some((record, i) => {
      if (record === undefined) return false;
      if (i < firstUpload !== at < firstUpload) return isNewer(record, uploadedAtMs[at - firstUpload]);
      return i < at;
    });
  const reasons = texts.flatMap((text, at) =>
    records[at] !== undefined || isPast(at) ? [] : whyUnreadable(text, fingerprint),
  );
  return reasons.find((why) => why !== 'foreign') ?? reasons[0];
}

/**
 * Whether a record was saved after a text was uploaded. A record in the cache that has all its batches may also be an artifact, which is
 * then no newer. One that lacks a batch becomes an artifact only if the cache refuses it.
 */
function isNewer(record: SavedRecord, uploadedAtMs: number | undefined): boolean {
  if (uploadedAtMs === undefined) return false;
  const shards = shardsOf(record);
  const hasAll = shards.length > 0 && shards.every(({ batch }) => batch !== null);
  return uploadedAtMs + CUT_MS < Date.parse(record.savedAt) + (hasAll ? UPLOAD_MS : 0);
}
