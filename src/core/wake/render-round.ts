import type { GitHubContext } from '../inputs/context.ts';
import { codeCell, escapeMarkdown } from '../markdown/escape.ts';
import { joinBlocks, left, renderTable, right } from '../markdown/table.ts';
import { WAKE_REPORT } from '../messages/waking.ts';
import { formatCount } from '../text/numbers.ts';
import { countWaiting, groupLeft, type Round } from './woken.ts';

/** Most batches of one job, and most rows, to show. */
const MAX_IDS = 5;
const MAX_ROWS = 100;
const MAX_NAME = 100;

/** The job summary of a waking step, as Markdown. */
export function renderRound(round: Round, context: Pick<GitHubContext, 'serverUrl' | 'owner' | 'repo'>): string {
  const { serverUrl, owner, repo } = context;
  const link = (runId: number, jobId: number | null = null): string => {
    const job = jobId === null ? '' : `/job/${jobId}`;
    return `[${jobId ?? runId}](${serverUrl}/${owner}/${repo}/actions/runs/${runId}${job})`;
  };
  const heading = WAKE_REPORT.heading({ woken: round.woken.length, waiting: countWaiting(round) });
  const rows = round.woken
    .slice(0, MAX_ROWS)
    .map(({ run_id, job_id, name, batch_ids }) => [
      link(run_id),
      job_id === null ? WAKE_REPORT.several() : link(run_id, job_id),
      escapeMarkdown(name, { maxLength: MAX_NAME }),
      [...batch_ids.slice(0, MAX_IDS).map((id) => codeCell(id)), ...moreOf(batch_ids.length - MAX_IDS)].join(' '),
    ]);
  const titles = [WAKE_REPORT.run(), WAKE_REPORT.job(), WAKE_REPORT.name(), WAKE_REPORT.batches()].map(left);
  const reasons = groupLeft(round).map(({ because, count, runs, runIds }) => [
    WAKE_REPORT.because({ because }),
    formatCount(count),
    [...runIds.map((id) => link(id)), ...(runs > runIds.length ? ['…'] : [])].join(' '),
  ]);
  const columns = [left(WAKE_REPORT.why()), right(WAKE_REPORT['left-alone']()), left(WAKE_REPORT.runs())];
  return joinBlocks(
    `### ${heading}`,
    rows.length === 0 ? undefined : renderTable(titles, rows),
    moreOf(round.woken.length - MAX_ROWS).join(''),
    reasons.length === 0 ? undefined : renderTable(columns, reasons),
  );
}

function moreOf(count: number): readonly string[] {
  return count > 0 ? [WAKE_REPORT.more({ count })] : [];
}
