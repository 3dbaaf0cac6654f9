import { type Estimate, estimateCost } from '../../core/estimate/estimate.ts';
import { choosePrompts } from '../../core/estimate/prompts-to-count.ts';
import { countsIn, inWhole, subsetOf } from '../../core/estimate/subset.ts';
import { canCallApi } from '../../core/inputs/credential.ts';
import type { ModelLookUp } from '../../core/lint/check-models.ts';
import { estimateLines } from '../../core/markdown/estimate-part.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { estimateOf } from '../../core/summary/estimate-summary.ts';
import { clip } from '../../core/text/describe-value.ts';
import type { Run } from '../run/run.ts';
import { countPrompts } from './count.ts';
import { addJudging, judgeOf } from './judge.ts';
import { knownModels } from './models.ts';
import { placed } from './placed.ts';
import type { Submission } from './submission.ts';

/** What is known about the cost of requests, and what came up on the way. */
export interface Estimated {
  /** Undefined if nothing is to be sent. */
  readonly estimated: Estimate | undefined;
  readonly unknownModels: ReadonlySet<string>;
  readonly doubtful: readonly Problem[];
}

/** Counts the tokens of a sample of the prompts, and prices all requests to be sent. Doubts cover all requests. */
export async function estimate(
  run: Run,
  { requests, prices, toSend, openEarlier }: Submission,
  lookUps: ReadonlyMap<string, ModelLookUp>,
): Promise<Estimated> {
  const { ports, inputs } = run;
  const { stats } = requests;
  const { betas } = inputs.api;
  const sent = subsetOf(stats, toSend);
  const sample = canCallApi(run) ? choosePrompts(sent).flatMap((index) => toSend[index] ?? []) : [];
  const { counts, refused, refusalOfAll, unknownModels, broken } = await countPrompts(ports, requests, {
    sample,
    hasBetas: betas.length > 0,
  });
  const models = knownModels(lookUps, betas);
  const atMs = ports.clock.date();
  const all = estimateCost({ stats, counts, models, prices, atMs });
  const isAll = sent === stats;
  const own = isAll
    ? all
    : inWhole(estimateCost({ stats: sent, counts: countsIn(counts, toSend), models, prices, atMs }), toSend);
  const judge = judgeOf(run, requests);
  const estimated =
    judge === undefined
      ? own
      : await addJudging(ports, { requests, toSend, openEarlier, judge, models, prices, atMs }, own);
  const isFree = toSend.length === 0 && estimated.judging === undefined;
  if (broken !== undefined) ports.log.info({ code: 'count-incomplete', counted: counts.size, reason: broken.reason });
  if (!isFree) ports.log.group({ code: 'estimate' }, estimateLines(estimateOf(estimated)));
  if (!isAll && toSend.length > 0) ports.log.info({ code: 'reuse-saves', usd: all.batch.point - own.batch.point });
  const doubtful = [
    ...(refusalOfAll === undefined ? [] : [{ code: 'counts-refused', reason: refusalOfAll } as const]),
    ...Array.from(refused, ([position, reason]) => placed(requests, position, { code: 'count-refused', reason })),
    ...all.tooLong.map(({ position, model, tokens, most: limit }) =>
      placed(requests, position, { code: 'prompt-too-long', model: clip(model), tokens, limit }),
    ),
    ...all.prefixes.flatMap(({ first, requests: count, tokens, saving }) =>
      saving === undefined || saving.batch <= 0n
        ? []
        : [placed(requests, first, { code: 'uncached-prefix', requests: count, tokens, savingUsd: saving.batch })],
    ),
  ];
  const reuse = isAll
    ? undefined
    : { requests: stats.requests.length - toSend.length, cost: all.batch.point - own.batch.point };
  return { estimated: isFree ? undefined : { ...estimated, reuse }, unknownModels, doubtful };
}
