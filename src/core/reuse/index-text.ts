import { isBatchId } from '../text/batch-id.ts';
import { elementsOf, isJsonObject, memberOf, parseJson, textOf } from '../text/json.ts';
import { parseTime } from '../text/numbers.ts';
import { type AnswerIndex, type KeptAnswer, keepNewest, STOP_REASON } from './answer-index.ts';
import { DIGEST_BYTES, digestCount, keysOf } from './line-digests.ts';

/** Longest index text to save or read, in bytes: about 220,000 answers. */
export const MAX_INDEX_BYTES = 5_000_000;
/** Most batches in an index. */
export const MAX_INDEX_BATCHES = 2_000;

/** Why a stored text is no usable index. */
export type IndexFault = 'too-large' | 'unreadable' | 'other-version' | 'wrong-form' | 'in-future';

/** A batch in the text: its answers' digests, concatenated, and in the same order one byte for each stop reason. */
interface SavedBatch {
  readonly id: string;
  readonly createdAt: string;
  /** Base64. */
  readonly digests: string;
  /** Base64; each byte is a position in `stopReasons`. */
  readonly stops: string;
}

/** How far a runner's clock may be behind the API's, in ms. */
const MAX_AHEAD_MS = 86_400_000;
/** As many as a byte can number. */
const MAX_STOP_REASONS = 256;
/** Room for the names of all stop reasons and the surrounding JSON. */
const FRAME_BYTES = 20_000;

/** The index's text, newest batch first. If not everything fits, the oldest answers are left out. */
export function printIndex(index: AnswerIndex): string {
  const stopReasons = [''];
  const stopOf = (reason: string): number => {
    const known = stopReasons.indexOf(reason);
    if (known !== -1) return known;
    return stopReasons.length < MAX_STOP_REASONS ? stopReasons.push(reason) - 1 : 0;
  };
  let left = MAX_INDEX_BYTES - FRAME_BYTES;
  const batches: SavedBatch[] = [];
  for (const { id, answeredAtMs, entries } of byBatch(index).slice(0, MAX_INDEX_BATCHES)) {
    const empty = { id, createdAt: new Date(answeredAtMs).toISOString(), digests: '', stops: '' };
    left -= Buffer.byteLength(JSON.stringify(empty)) + 1;
    const kept = entries.slice(0, entriesIn(left));
    if (kept.length === 0) break;
    const digests = Buffer.from(kept.map(({ key }) => key).join(''), 'latin1').toString('base64');
    const stops = Buffer.from(kept.map(({ stopReason }) => stopOf(stopReason))).toString('base64');
    left -= digests.length + stops.length;
    batches.push({ ...empty, digests, stops });
  }
  return `${JSON.stringify({ schema: 1, stopReasons, batches })}\n`;
}

/** How many answers fit into this many bytes, with the padding of both base64 texts. */
function entriesIn(bytes: number): number {
  return Math.max(0, Math.floor(((bytes - 8) * 3) / (4 * (DIGEST_BYTES + 1))));
}

interface Group {
  readonly id: string;
  readonly answeredAtMs: number;
  readonly entries: { readonly key: string; readonly stopReason: string }[];
}

/** The answers by batch, newest batch first. */
function byBatch(index: AnswerIndex): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const [key, { batchId: id, answeredAtMs, stopReason }] of index) {
    const group = groups.get(id) ?? { id, answeredAtMs, entries: [] };
    group.entries.push({ key, stopReason });
    groups.set(id, group);
  }
  return [...groups.values()].sort((a, b) => b.answeredAtMs - a.answeredAtMs || (a.id < b.id ? -1 : 1));
}

/**
 * Parses a saved index. It comes from storage that others can write to, so any fault rejects the whole text, with the reason. `nowMs` is
 * by the runner's clock.
 */
export function parseIndex(
  text: string,
  nowMs: number,
): { readonly index: AnswerIndex } | { readonly fault: IndexFault } {
  if (text.length > MAX_INDEX_BYTES) return { fault: 'too-large' };
  const value = parseJson(text);
  if (!isJsonObject(value)) return { fault: 'unreadable' };
  if (memberOf(value, 'schema') !== 1) return { fault: 'other-version' };
  const stopReasons = stopReasonsOf(memberOf(value, 'stopReasons'));
  const saved = memberOf(value, 'batches');
  if (stopReasons === undefined || !Array.isArray(saved) || saved.length > MAX_INDEX_BATCHES)
    return { fault: 'wrong-form' };
  const index = new Map<string, KeptAnswer>();
  const ids = new Set<string>();
  for (const one of saved) {
    const batch = batchOf(one, stopReasons);
    if (batch === undefined || ids.has(batch.id)) return { fault: 'wrong-form' };
    if (batch.answeredAtMs > nowMs + MAX_AHEAD_MS) return { fault: 'in-future' };
    ids.add(batch.id);
    addAll(index, batch);
  }
  return { index };
}

function stopReasonsOf(value: unknown): readonly string[] | undefined {
  const all = elementsOf(value);
  const found = all.filter((one) => typeof one === 'string' && STOP_REASON.test(one)) as string[];
  return Array.isArray(value) && all.length <= MAX_STOP_REASONS && found.length === all.length ? found : undefined;
}

interface ReadBatch {
  readonly id: string;
  readonly answeredAtMs: number;
  readonly digests: Buffer;
  /** One for each answer. */
  readonly stopReasons: readonly string[];
}

function batchOf(value: unknown, stopReasons: readonly string[]): ReadBatch | undefined {
  const id = textOf(value, 'id') ?? '';
  const answeredAtMs = parseTime(textOf(value, 'createdAt') ?? '');
  const digests = bytesOf(textOf(value, 'digests'));
  const stops = bytesOf(textOf(value, 'stops'));
  if (!isBatchId(id) || answeredAtMs === undefined || digests === undefined || stops === undefined) return undefined;
  const reasons = Array.from(stops, (stop) => stopReasons[stop]).filter((reason) => reason !== undefined);
  const isWhole = reasons.length === stops.length && digests.length === stops.length * DIGEST_BYTES;
  return isWhole ? { id, answeredAtMs, digests, stopReasons: reasons } : undefined;
}

/** Decodes a text in exactly the base64 form printed here. */
function bytesOf(text: string | undefined): Buffer | undefined {
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

function addAll(index: Map<string, KeptAnswer>, { id, answeredAtMs, digests, stopReasons }: ReadBatch): void {
  const byReason = new Map<string, KeptAnswer>();
  const keyOf = keysOf(digests);
  for (let i = 0; i < digestCount(digests); i += 1) {
    const stopReason = stopReasons[i] ?? '';
    const answer = byReason.get(stopReason) ?? { batchId: id, answeredAtMs, stopReason };
    byReason.set(stopReason, answer);
    keepNewest(index, keyOf(i), answer);
  }
}
