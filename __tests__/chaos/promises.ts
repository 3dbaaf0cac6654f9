import { outcomeAt } from '../../simulator/anthropic/batch-life.ts';
import { identifier } from '../../simulator/anthropic/identifiers.ts';
import type { Simulator } from '../../simulator/index.ts';
import { unzip } from '../../simulator/results/index.ts';
import { failurePattern } from '../log-pattern.ts';
import { batchesOf, type History, IDS, type KnownBatch, type Ran } from './history.ts';

/** How long after the end of a batch a short list of its results may be believed. */
const LATE_MS = 60 * 60_000;

const SHORT = IDS.map((_, came) =>
  failurePattern({ code: 'results-short', id: '…', came, total: IDS.length, isResumed: true }),
);

/**
 * Whether a run may have taken results without some requests: the API gave it a part of them, an hour after the end or later, and a
 * run before it left them for that, or was hurt before it could say so.
 */
export function isTakenShort(ran: Ran, history: History): boolean {
  const isPart = (one: Ran) => one.what.faults.some(({ name }) => name.endsWith('first lines'));
  const wereLeft = (id: string) =>
    history.runs.some(
      (one) =>
        one.step < ran.step &&
        isPart(one) &&
        (one.hurt || (one.log.includes(id) && SHORT.some((s) => s.test(one.log)))),
    );
  const isOld = ({ stored: { end } }: KnownBatch) => end !== undefined && ran.endedAtMs - end.atMs >= LATE_MS;
  return isPart(ran) && batchesOf(ran, history).some((batch) => isOld(batch) && wereLeft(batch.stored.id));
}

/** Batches that were stopped or deleted and should not have been. */
export function checkEndings(history: History, simulator: Simulator): string[] {
  const faults = history.endings.flatMap(({ step, id, what }) => {
    const batch = history.batches.find(({ stored }) => stored.id === id);
    const runs = history.runs.filter((ran) => ran.step === step);
    if (batch === undefined) return [`step ${step}: ${what} of ${id}, which nobody made`];
    if (batch.content === 'foreign') return [`step ${step}: ${what} of ${id}, which is somebody else's`];
    if (what === 'delete')
      return runs.some((ran) => ran.what.inputs.deleteBatch)
        ? []
        : [`step ${step}: deletes ${id}, and was not asked to`];
    const isSuperseded = runs.some((ran) => ran.what.inputs.supersede === 'cancel');
    return batch.step === step || isSuperseded ? [] : [`step ${step}: stops ${id}, which step ${batch.step} made`];
  });
  return [...faults, ...checkDeleted(history, simulator)];
}

/** Every answer of a batch that is gone from the API is in an artifact. */
function checkDeleted({ batches }: History, { anthropic, results }: Simulator): string[] {
  const gone = batches.filter(({ stored }) => !anthropic.batches.has(stored.id));
  if (gone.length === 0) return [];
  const kept = results.artifacts
    .filter(({ digest, name }) => digest !== undefined && !/^claude-batch-(?:record|paused)-/.test(name))
    .flatMap(({ blob, contentType }) => textsOf(blob.bytes ?? Buffer.alloc(0), contentType))
    .join('\n');
  return gone.flatMap(({ stored }) =>
    stored.requests.flatMap(({ customId }, index) => {
      const isAnswered = stored.end !== undefined && outcomeAt(stored, index, anthropic.script).kind === 'succeeded';
      const isKept = kept.includes(identifier('msg', stored.id, customId));
      return isAnswered && !isKept ? [`${stored.id} is deleted, and nobody has its answer to ${customId}`] : [];
    }),
  );
}

function textsOf(bytes: Buffer, contentType: string): readonly string[] {
  return contentType === 'application/zip' ? [...unzip(bytes).values()].map(String) : [bytes.toString('utf8')];
}
