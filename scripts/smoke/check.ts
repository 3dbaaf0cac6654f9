import { createBatchApi } from '../../src/adapters/anthropic.ts';
import { describeCauses } from '../../src/core/text/causes.ts';
import { parseJson, textOf } from '../../src/core/text/json.ts';
import { ApiError, type BatchApi } from '../../src/ports/api.ts';
import type { Expectation } from './expectation.ts';
import { askFirst, discard, failureOf, type Live, readLines, waitForEnd } from './live.ts';
import { checkLive, usdOf } from './live-checks.ts';
import { createObserver } from './observer.ts';
import type { Options } from './options.ts';
import { ANSWERED, BODY, REFUSED } from './requests.ts';
import { checkWire } from './wire-checks.ts';

/** How the check ended: compared; still running, with its batch left; or failed, with its batch gone or named. */
export type Outcome =
  | { readonly kind: 'checked'; readonly checks: readonly Expectation[]; readonly usd: string | undefined }
  | { readonly kind: 'running'; readonly id: string }
  | { readonly kind: 'failed'; readonly why: string };

interface Task extends Options {
  readonly key: string;
  /** Ends what only reads; the batch is then deleted all the same. */
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** A stopped batch of two requests ends within seconds. */
const DISCARD_MS = 120_000;
const VERSION = '2026-10-21';

export async function check(task: Task): Promise<Outcome> {
  const { key, baseUrl, signal, say } = task;
  const observer = createObserver();
  const inputs = { key, baseUrl, version: VERSION, betas: [], workspaceId: undefined, signIn: undefined };
  const api = createBatchApi(inputs, signal, { through: observer.through });
  /** The batch that this process made, for as long as it is there. An earlier one is deleted only once its results say what it is. */
  let own: string | undefined;
  try {
    const first = await askFirst(api);
    if (task.batchId === undefined) own = await create(api);
    // An earlier one must be there at once.
    else await api.retrieve(task.batchId);
    const id = own ?? task.batchId ?? '';
    say(`The batch is ${id}`);
    const listedIds = own === undefined ? undefined : await listIds(api);
    const looks = await waitForEnd(api, { id, untilMs: Date.now() + task.waitMs, signal });
    if (looks === undefined) return { kind: 'running', id };
    const lines = await readLines(api, id, signal);
    if (own === undefined && !areOurs(lines)) return { kind: 'failed', why: `${id} is no batch of this check` };
    await api.remove(id);
    own = undefined;
    const live: Live = { ...first, looks, lines, listedIds, deleted: await failureOf(api.retrieve(id)) };
    return { kind: 'checked', checks: [...checkLive(live), ...checkWire(observer.seen)], usd: usdOf(live) };
  } catch (error) {
    // By a signal that has not fired.
    if (own !== undefined) await giveUp(createBatchApi(inputs, new AbortController().signal), own, say);
    return { kind: 'failed', why: sayWhy(error) };
  }
}

function areOurs(lines: readonly string[]): boolean {
  const ids = lines.map((line) => textOf(parseJson(line), 'custom_id'));
  return ids.length > 0 && ids.every((id) => id === ANSWERED || id === REFUSED);
}

/** Creates the batch and resolves to its id. */
async function create(api: BatchApi): Promise<string> {
  const bytes = Buffer.from(BODY);
  return (await api.create({ bytes: bytes.length, pieces: () => [bytes] })).id;
}

async function listIds(api: BatchApi): Promise<readonly string[]> {
  const { batches } = await api.list({ limit: 100 });
  return batches.map((batch) => batch.id);
}

async function giveUp(api: BatchApi, id: string, say: Task['say']): Promise<void> {
  try {
    await discard(api, id, DISCARD_MS);
    say(`The batch ${id} is deleted`);
  } catch (error) {
    say(
      `The batch ${id} could not be deleted: ${describeCauses(error)}. Run this again with --batch-id ${id}, or delete it in the Console.`,
    );
  }
}

function sayWhy(error: unknown): string {
  const isUnclear = error instanceof ApiError && error.reach === 'unknown';
  const more = isUnclear
    ? '. If this was the create, there may be a batch all the same: look for it in the Console'
    : '';
  return `${describeCauses(error)}${more}`;
}
