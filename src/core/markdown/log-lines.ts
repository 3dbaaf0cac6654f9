import { type Message, printMessage } from '../messages/message.ts';
import { countKinds, modelNameOf } from '../results/kind.ts';
import { printProbability } from '../statistics/fraction.ts';
import type { Summary, SummaryGrading } from '../summary/summary.ts';
import { billedWait } from '../summary/waiting-summary.ts';
import { toOneDecimal } from '../text/decimals.ts';
import { figuresOf, shownDrop } from './grades-headline.ts';
import { isHandedOver } from './headline.ts';
import { batchesIn } from './lead.ts';
import type { Links } from './links.ts';
import { notesOf } from './notes.ts';

/** The last lines of the log: outcome in counts, kinds and money. Contains no text of a request, a result or the API. */
export function logLines(summary: Summary): readonly Message[] {
  const { tokens, notices, timings } = summary;
  const headline = resultOf(summary, timings.took_ms);
  return [
    ...(headline === undefined ? [] : [headline]),
    ...(summary.reuse === null || summary.reuse.reused === 0
      ? []
      : [{ ...summary.reuse, judge: summary.grading?.judge ?? null, code: 'answers-reused' } as const]),
    ...breakdownOf(summary),
    ...runnerTimeOf(summary),
    ...(summary.grading === null ? [] : gradeLines(summary.grading)),
    ...notesOf(summary),
    // Batch events before the results were logged as they happened.
    ...(tokens === null ? [] : notices).map((notice): Message => ({ code: 'batch-notice', notice })),
  ];
}

/** The cost of waiting, if worth mentioning. */
function runnerTimeOf(summary: Summary): readonly Message[] {
  const waiting = billedWait(summary);
  return waiting === undefined ? [] : [{ ...waiting, code: 'runner-time' }];
}

/** Links for reading on, at the end of the log. */
export function logLinks({ page, artifact }: Links, comment: { readonly url: string } | undefined): readonly Message[] {
  const links = [
    ['link-page', page],
    ['link-artifact', artifact],
    ['link-comment', comment],
  ] as const;
  return links.flatMap(([code, target]): Message[] => (target === undefined ? [] : [{ code, url: target.url }]));
}

/** Cases, judge, comparison and verdict in numbers. */
function gradeLines(grading: SummaryGrading): readonly Message[] {
  const { passed, cases, ungraded, flaky, repeats, pass_rate: rate, judge, comparison, baseline, verdict } = grading;
  const figures = figuresOf(grading);
  const drop = shownDrop(grading);
  return [
    { code: 'cases-graded', passed, cases, ungraded, flaky, repeats, rate: rate === null ? null : toOneDecimal(rate) },
    ...(judge === null ? [] : [{ ...judge, code: 'answers-judged' } as const]),
    ...(comparison === null || figures === null || drop === undefined
      ? []
      : [
          {
            code: 'cases-compared',
            ...comparison,
            drop,
            p: printProbability(figures.p),
            runId: baseline?.run_id ?? null,
          } as const,
        ]),
    { code: 'verdict-reached', verdict },
  ];
}

/** Counts by kind of failure, stop reason, model and round; empty before results are in. */
function breakdownOf({ failures, incomplete, models, rounds }: Summary): readonly Message[] {
  const kinds = [...countKinds(failures)].sort((a, b) => b.count - a.count);
  const cutShort = Object.entries(incomplete ?? {}).filter(([, count]) => count > 0);
  return [
    ...kinds.map(({ kind, count }): Message => ({ code: 'requests-failed', count, kind })),
    ...cutShort.map(([reason, count]): Message => ({ code: 'answers-incomplete', count, reason })),
    ...(models.length < 2 ? [] : models).map(({ model, succeeded: answers, usd, saved_usd, lower_bound }): Message => {
      return { code: 'model-answered', model: modelNameOf(model), answers, usd, saved_usd, lower_bound };
    }),
    ...rounds.map(({ round, requests, succeeded: answered, usd, lower_bound }): Message => {
      return { code: 'round-answered', round, answered, requests, usd, lower_bound };
    }),
  ];
}

/** Figures of the results, the waiting or the estimate; undefined without any. */
function resultOf(summary: Summary, tookMs: number | null = null): Message | undefined {
  const { status, requests, timings, cost, estimate } = summary;
  switch (status) {
    case 'completed':
    case 'canceled': {
      const { usd, saved_usd, lower_bound } = cost;
      const [answered, total] = [requests.succeeded ?? 0, requests.total ?? 0];
      return { code: 'requests-answered', answered, total, usd, saved_usd, lower_bound, tookMs };
    }
    case 'pending':
      if (isHandedOver(summary) && summary.finisher?.kind === 'job')
        return {
          code: 'handed-over',
          job: summary.finisher.job,
          batches: summary.batches.length,
          requests: requests.total,
        };
      return { code: 'no-results-yet', ...batchesIn(summary), waitedMs: timings.waited_ms };
    case 'dry-run': {
      const total = requests.total ?? 0;
      if (estimate === null) return { code: 'dry-run-reused', requests: total };
      const { batch, unpriced, requests: sent, judging } = estimate;
      if (sent === 0)
        return { code: 'dry-run-judgements', requests: total, judgements: judging?.judgements ?? 0, batch };
      return { code: 'dry-run-ended', requests: sent, total, batch, unpriced };
    }
    default:
      return undefined;
  }
}

/** The same in words. */
export function whatThereIs(summary: Summary): string | undefined {
  const result = resultOf(summary);
  return result && printMessage(result);
}
