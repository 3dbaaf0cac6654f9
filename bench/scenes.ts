import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { evalLines, evalResults, writeLines } from './corpus.ts';
import { measureAction, measureScript, measureStart, type Sample } from './measure.ts';
import type { Answers } from './service.ts';
import { BATCH_ID } from './service.ts';

/** How much there is of everything. */
export interface Scale {
  /** Requests of the large run, and of the one it is compared with. */
  readonly many: number;
  readonly fewer: number;
  /** Lines of 250 KB, and of 6 MB. */
  readonly longLines: number;
  readonly hugeLines: number;
}

export const FULL: Scale = { many: 100_000, fewer: 10_000, longLines: 1_000, hugeLines: 40 };
/** Of what CI measures: enough that the work outweighs the noise of a busy machine. */
export const SMALL: Scale = { many: 20_000, fewer: 1_000, longLines: 1, hugeLines: 5 };

/** One thing that is measured, once a round. */
export type Scene = () => Promise<Sample>;

interface Corpus {
  readonly requests: string;
  readonly bytes: number;
  readonly answers: Answers;
}

/** Writes the data into a folder, always the same, and gives what is measured on it, by name. */
export function makeScenes(folder: string, scale: Scale) {
  function corpus(name: string, count: number, options: { asserts?: number; lineBytes?: number } = {}): Corpus {
    const requests = join(folder, `${name}.jsonl`);
    // As many requests have the same results, whatever is asked of them.
    const path = join(folder, `${count}.results.jsonl`);
    writeLines(requests, evalLines(count, { asserts: 0, ...options }));
    if (!existsSync(path)) writeLines(path, evalResults(count));
    const errored = Math.floor(count / 50);
    return { requests, bytes: statSync(requests).size, answers: { requests: count, errored, path } };
  }

  const few = corpus('few', 20);
  const thousand = corpus('thousand', 1_000);
  const fewer = corpus('fewer', scale.fewer);
  const many = corpus('many', scale.many);
  const graded = corpus('graded', scale.many, { asserts: 3 });
  const gradedByOne = corpus('graded-by-one', scale.many, { asserts: 1 });
  const long = corpus('long', scale.longLines, { lineBytes: 250_000 });
  const huge = corpus('huge', scale.hugeLines, { lineBytes: 6_000_000 });

  const scenes = {
    empty: () => measureScript('empty', []),
    ids: () => measureScript('ids', [String(scale.many)]),
    plain: () => measureScript('plain-sdk', [many.requests], many.answers),
    limit: () => measureScript('limit', [many.answers.path]),
    few: () => measureAction(few),
    thousand: () => measureAction(thousand),
    fewer: () => measureAction(fewer),
    many: () => measureAction(many),
    graded: () => measureAction(graded),
    gradedByOne: () => measureAction(gradedByOne),
    fewCollected: () => measureAction(few, { 'batch-id': BATCH_ID, 'artifact-name': '' }),
    collected: () => measureAction(many, { 'batch-id': BATCH_ID, 'artifact-name': '' }),
    long: () => measureAction(long),
    huge: () => measureAction(huge),
  } satisfies Record<string, Scene>;
  const bytes = { many: many.bytes, long: long.bytes, huge: huge.bytes };
  return { scenes, bytes, scale, start: () => measureStart(few.requests) };
}

export type SceneName = keyof ReturnType<typeof makeScenes>['scenes'];
