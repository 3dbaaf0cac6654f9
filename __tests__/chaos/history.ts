import type { StoredBatch } from '../../simulator/anthropic/batch-life.ts';
import type { RunResult } from '../../simulator/runner.ts';
import type { Step } from './plan.ts';
import type { Spoil } from './spoil.ts';

/** Which caches and artifacts a run reads: those of the pull request's branch or those of main. */
export type Scope = 'topic' | 'main';

/** The two sets of requests of a sequence, or what somebody else sent with the same key. */
export type Content = 'first' | 'second' | 'foreign';

/** A batch as the harness saw it made. It stays here when the API has deleted it. */
export interface KnownBatch {
  readonly stored: StoredBatch;
  readonly content: Content;
  readonly scope: Scope;
  /** Number of the step in which it was made. */
  readonly step: number;
  /** Batches of the same body that were there before, and whether they were alive at that moment. */
  readonly priors: readonly { readonly batch: KnownBatch; readonly alive: boolean }[];
}

/** One run of the action. */
export interface Ran {
  readonly step: number;
  readonly what: Step;
  readonly scope: Scope;
  readonly content: Exclude<Content, 'foreign'>;
  readonly runId: number;
  readonly attempt: number;
  /** When it had ended, in ms since the epoch. */
  readonly endedAtMs: number;
  /** Whether a signal reached it. */
  readonly hurt: boolean;
  readonly result: RunResult;
  /** The logs of main and post step. */
  readonly log: string;
  /** Of `results.jsonl` and `summary.json`, where they were told. */
  readonly results: string | undefined;
  readonly missingIds: readonly string[];
}

/** Everything that happened in a sequence. */
export interface History {
  readonly batches: KnownBatch[];
  readonly runs: Ran[];
  /** Stored records that became something else before a step began. */
  readonly spoils: { readonly step: number; readonly spoil: Spoil }[];
  /** Calls of the action that stop or delete a batch, by the step. */
  readonly endings: { readonly step: number; readonly id: string; readonly what: 'cancel' | 'delete' }[];
}

/** Batches that a run told as its own. */
export function batchesOf({ result }: Ran, { batches }: History): readonly KnownBatch[] {
  const ids = (result.outputs.get('batch-id') ?? '').split(',');
  return batches.filter(({ stored }) => ids.includes(stored.id));
}

/** Whether results came back in a run and were kept. */
export function hasCollected({ result }: Ran): boolean {
  const status = result.outputs.get('status');
  return (status === 'completed' || status === 'canceled') && result.outputs.has('artifact-id');
}

export const IDS = ['a', 'b', 'c'] as const;

const MODELS = { first: 'claude-haiku-4-5', second: 'claude-sonnet-4-6', foreign: 'claude-haiku-4-5' } as const;

/** The request lines of a content. All contents have the same number of requests, and the two of ours the same ids. */
export function requestsOf(content: Content): string {
  const ids = content === 'foreign' ? ['x', 'y', 'z'] : IDS;
  const line = (id: string) => {
    const messages = [{ role: 'user', content: `Request ${id} of the ${content} set` }];
    return JSON.stringify({ custom_id: id, params: { model: MODELS[content], max_tokens: 64, messages } });
  };
  return `${ids.map(line).join('\n')}\n`;
}

export function contentOf(body: Buffer): Content {
  const text = body.toString('utf8');
  return (['first', 'second', 'foreign'] as const).find((one) => text.includes(`of the ${one} set`)) ?? 'foreign';
}
