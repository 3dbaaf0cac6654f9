import type { RequestSet } from '../../core/intake/request-set.ts';
import { blamedText, blamesRequest } from '../../core/lint/count-refusals.ts';
import { takeCountableParams } from '../../core/lint/countable.ts';
import { isKeyUnknown } from '../../core/polling/error-class.ts';
import { type Params, parseParams } from '../../core/requests/params.ts';
import { utf8Of } from '../../core/text/utf8.ts';
import { ApiError } from '../../ports/api.ts';
import type { FileReader } from '../../ports/machine.ts';
import type { Ports } from '../../ports/ports.ts';
import { retry } from './retry.ts';

/** Tokens of the sampled prompts, by position, where counting worked. */
export interface Counted {
  readonly counts: ReadonlyMap<number, number>;
  /**
   * Requests that the API refused to count, or that have the refused part of such a request at the same place, by rising
   * position with the API's reason: they would most likely fail in the batch as well.
   */
  readonly refused: ReadonlyMap<number, string>;
  /** Why the API counts nothing, if it gives the same reason for every prompt and blames nothing in it: a gateway, or the account. */
  readonly refusalOfAll: string | undefined;
  /** Models that the API does not know, by its own answer. */
  readonly unknownModels: ReadonlySet<string>;
  /** Set where counting ended early: the API's words, or undefined where it took too long. */
  readonly broken: { readonly reason: string | undefined } | undefined;
}

const ABREAST = 4;
/** Longest time for counting, in ms: it is free, but only improves an estimate. */
const MAX_TIME_MS = 60_000;
/** The API takes bodies of up to 32 MB here. */
const MAX_BYTES = 32_000_000;

/**
 * Has the API count the prompts of these requests, with the params that counting accepts; `hasBetas` adds those that it accepts
 * with betas. Leaves out what fails, and throws ApiError only if the API does not know the key.
 */
export async function countPrompts(
  ports: Ports,
  requests: RequestSet,
  { sample, hasBetas }: { readonly sample: readonly number[]; readonly hasBetas: boolean },
): Promise<Counted> {
  const { api, clock, files } = ports;
  const counts = new Map<number, number>();
  const refused = new Map<number, string>();
  const unknownModels = new Set<string>();
  const endsMs = clock.now() + MAX_TIME_MS;
  const reader = files.open(requests.lines.path);
  let broken: Counted['broken'];

  /** Requests outside the sample that share a fault with one in it. Reads all of them again, which takes a second or two. */
  function sharersOf(refused: Counted['refused'], counts: Counted['counts']): ReadonlyMap<number, string> {
    const faults = new Map<string, Set<string>>();
    for (const [position, reason] of refused) {
      const text = blamedText(reason, readParams(reader, requests, position) ?? {});
      if (text !== undefined) faults.set(reason, (faults.get(reason) ?? new Set()).add(text));
    }
    const sharers = new Map<number, string>();
    for (let position = 0; faults.size > 0 && position < requests.places.length; position += 1) {
      if (refused.has(position) || counts.has(position)) continue;
      const params = readParams(reader, requests, position) ?? {};
      for (const [reason, texts] of faults) {
        const text = blamedText(reason, params);
        if (text !== undefined && texts.has(text)) sharers.set(position, reason);
      }
    }
    return sharers;
  }

  async function count(position: number): Promise<void> {
    const line = readLine(reader, requests, position);
    const params = line && takeCountableParams(line, hasBetas);
    if (params === undefined) return;
    try {
      counts.set(position, await retry(ports, endsMs, () => api.countTokens(params)));
    } catch (error) {
      if (!(error instanceof ApiError) || isKeyUnknown(error)) throw error;
      const { model } = requests.stats.requests.at(position) ?? {};
      if (typeof model === 'string' && isUnknown(error, model)) unknownModels.add(model);
      else if (error.status === 400) refused.set(position, error.message);
      else broken = { reason: error.message };
    }
  }

  try {
    for (let at = 0; at < sample.length && broken === undefined; at += ABREAST) {
      if (clock.now() > endsMs) broken = { reason: undefined };
      else await Promise.all(sample.slice(at, at + ABREAST).map(count));
    }
    const refusalOfAll = counts.size === 0 ? soleReason(refused) : undefined;
    if (refusalOfAll !== undefined) return { counts, refused: new Map(), refusalOfAll, unknownModels, broken };
    const all = [...refused, ...sharersOf(refused, counts)].sort(([a], [b]) => a - b);
    return { counts, refused: new Map(all), refusalOfAll, unknownModels, broken };
  } finally {
    reader.close();
  }
}

/** In the API's own words, which name the model: a gateway without this route answers 404 as well. */
function isUnknown({ status, type, message }: ApiError, model: string): boolean {
  return status === 404 && type === 'not_found_error' && message.includes(model);
}

/** The one reason of several refusals, if it blames nothing in the requests. */
function soleReason(refused: ReadonlyMap<number, string>): string | undefined {
  const [reason = '', ...others] = new Set(refused.values());
  return refused.size >= ABREAST && others.length === 0 && !blamesRequest(reason) ? reason : undefined;
}

function readParams(reader: FileReader, requests: RequestSet, position: number): Params | undefined {
  const line = readLine(reader, requests, position);
  return line && parseParams(utf8Of(line));
}

/** Undefined where it is too long to be counted. */
function readLine(reader: FileReader, { starts }: RequestSet, position: number): Uint8Array | undefined {
  const start = starts.at(position) ?? 0;
  const end = starts.at(position + 1) ?? start;
  return end - start > MAX_BYTES ? undefined : reader.readAt(start, end - start);
}
