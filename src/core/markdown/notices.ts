import type { SummaryNotice } from '../summary/summary.ts';

/** What happened to batches beside the results, one sentence each, as plain words. */
export function noticesOf(notices: readonly SummaryNotice[]): string[] {
  return notices.map(say);
}

function say(notice: SummaryNotice): string {
  switch (notice.kind) {
    case 'superseded':
      return `The batch ${notice.batch_id} of the earlier commit ${notice.sha.slice(0, 7)} was stopped, because its requests were others. What it had answered by then is billed.`;
    case 'doubled':
      return `Run ${notice.run_id} submitted the same requests at the same time (${notice.batch_ids.join(', ')}), so they are paid twice. A concurrency group in the workflow prevents that.`;
    case 'let-go':
      return `The batch ${notice.batch_id} was taken for the one that a broken create had made. It holds other requests, so nothing of it counts here.`;
    case 'restored':
      return `These results were restored from the artifact ${notice.artifact} of run ${notice.run_id}, because the API has ${notice.batch_ids.join(', ')} no longer.`;
    case 'deleted':
      return `The batch ${notice.batch_id} was deleted at the API with its results.`;
    case 'not-deleted':
      return `The batch ${notice.batch_id} was not deleted at the API: ${notice.said}.`;
  }
}
