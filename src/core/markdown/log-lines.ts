import type { Message } from '../messages/message.ts';
import { countKinds, modelNameOf } from '../results/kind.ts';
import type { Summary } from '../summary/summary.ts';
import { notesOf } from './notes.ts';

/** The last lines of the log: what came out, in counts, kinds and money. No text of a request, a result or the API. */
export function logLines(summary: Summary): readonly Message[] {
  const { status, estimate, requests } = summary;
  const notes = notesOf(summary).map((note): Message => ({ code: 'report-note', note }));
  if (status === 'pending') {
    const waitedMs = summary.timings.waited_ms;
    return [{ code: 'no-results-yet', batches: summary.batches.length, requests: requests.total, waitedMs }];
  }
  if (status === 'rejected') return notes;
  if (status === 'dry-run') {
    const { batch = null, unpriced = 0 } = estimate ?? {};
    return [{ code: 'dry-run-ended', requests: requests.total ?? 0, batch, unpriced }, ...notes];
  }
  if (summary.tokens === null) return [];
  return [
    ...collectedLines(summary),
    ...notes,
    ...summary.notices.map((notice): Message => ({ code: 'batch-notice', notice })),
  ];
}

function collectedLines(summary: Summary): readonly Message[] {
  const { requests, cost, timings, failures, incomplete, models, rounds } = summary;
  const { usd, saved_usd, lower_bound } = cost;
  const kinds = [...countKinds(failures)].sort((a, b) => b.count - a.count);
  const cutShort = Object.entries(incomplete ?? {}).filter(([, count]) => count > 0);
  const [answered, total, tookMs] = [requests.succeeded ?? 0, requests.total ?? 0, timings.took_ms];
  return [
    { code: 'requests-answered', answered, total, usd, saved_usd, lower_bound, tookMs },
    ...kinds.map(({ kind, count }): Message => ({ code: 'requests-failed', count, kind })),
    ...cutShort.map(([reason, count]): Message => ({ code: 'answers-incomplete', count, reason })),
    ...(models.length < 2 ? [] : models).map(
      ({ model, succeeded: answers, usd, saved_usd, lower_bound }): Message => ({
        code: 'model-answered',
        model: modelNameOf(model),
        answers,
        usd,
        saved_usd,
        lower_bound,
      }),
    ),
    ...rounds.map(
      ({ round, requests, succeeded, usd, lower_bound }): Message => ({
        code: 'round-answered',
        round,
        answered: succeeded,
        requests,
        usd,
        lower_bound,
      }),
    ),
  ];
}
