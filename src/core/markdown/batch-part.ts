import { GRADES } from '../messages/grades.ts';
import { LEADS } from '../messages/headlines.ts';
import { LABELS, REPORT } from '../messages/report.ts';
import { lastingOf } from '../summary/failed-step.ts';
import type { Summary } from '../summary/summary.ts';
import { listIds } from '../text/batch-id.ts';
import { readCron } from '../text/cron.ts';
import { formatDay, formatMoment, formatTime } from '../text/numbers.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { renderRounds } from './ledger.ts';
import { renderLink } from './links.ts';
import { joinBlocks, left, renderFold, renderTable } from './table.ts';

/** The batches with their times, and the outcome of each sending round; undefined without batches. */
export function renderBatches(summary: Pick<Summary, 'batches' | 'rounds'>): string | undefined {
  const { batches } = summary;
  if (batches.length === 0) return undefined;
  const rows = batches.map((batch) => [
    codeCell(batch.id),
    escapeMarkdown(batch.status.replaceAll('_', ' ')),
    ...[batch.created_at, batch.ended_at, batch.results_until].map(timeCell),
  ]);
  const columns = [LABELS.batch, LABELS.status, LABELS.created, LABELS.ended, LABELS['results-until']].map(left);
  return joinBlocks(renderTable(columns, rows), renderRounds(summary));
}

/** The judge's batches; undefined without any. */
export function renderJudgeBatches(batches: Summary['batches']): string | undefined {
  const table = renderBatches({ batches, rounds: [] });
  return table && joinBlocks(GRADES['judge-batches'](), table);
}

/** How to collect the batches that this run left; undefined if there are none. */
export function renderNextStep(summary: Summary): string | undefined {
  const { status, batches, judge_batches: judging, finisher, run } = summary;
  if (status !== 'pending' || (batches.length + judging.length === 0 && finisher?.kind !== 'job')) return undefined;
  if (isToSendMore(summary)) return LEADS['rerun-to-send']({ rerun: renderLink(REPORT['rerun-this-job'](), run.url) });
  const { endsBy, resultsUntil } = lastingOf([...batches, ...judging]);
  const until = formatDay(resultsUntil ?? '');
  const moment = formatMoment(endsBy ?? '');
  const rerun = renderLink(REPORT['rerun-this-job'](), run.url);
  const byHand = listIds(batches) === '' ? LEADS['console-to-collect']({ until }) : LEADS['step-to-collect']({ until });
  const count = judging.length || batches.length;
  const sentences = [
    finisher === null ? byHand : finishedBy(finisher, { batches: count, rerun, until }),
    moment === undefined ? '' : LEADS['ends-by']({ batches: count, endsBy: moment }),
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** Whether the batches hold only part of the results, because some requests could not be sent. */
function isToSendMore({ failure_codes: codes }: Pick<Summary, 'failure_codes'>): boolean {
  return codes.includes('reuse-gone');
}

/** Who collects the batches. */
function finishedBy(
  finisher: NonNullable<Summary['finisher']>,
  about: { readonly batches: number; readonly rerun: string; readonly until: string | undefined },
): string {
  switch (finisher.kind) {
    case 'job':
      return LEADS['job-to-collect']({ job: codeCell(finisher.job), ...about });
    case 'waker': {
      const schedules = finisher.schedules.slice(0, MAX_SCHEDULES).map(({ cron, timezone }) => {
        const zone = escapeMarkdown(timezone ?? 'UTC', { maxLength: MAX_CRON });
        return { often: readCron(cron), cron: codeCell(cron, { maxLength: MAX_CRON }), zone };
      });
      const workflow = escapeMarkdown(finisher.workflow, { maxLength: MAX_NAME });
      return LEADS['waker-to-collect']({ workflow, schedules, ...about });
    }
    case 'rerun':
      return LEADS['rerun-to-collect'](about);
  }
}

/** Most schedules of a workflow to show, and the longest part of a schedule and longest workflow name, in characters. */
const MAX_SCHEDULES = 3;
const MAX_CRON = 40;
const MAX_NAME = 100;

/** Says that the check is green although a gate is undecided; undefined if none is. */
export function renderOpenGates({ open_gates: open }: Summary): string | undefined {
  return open === null ? undefined : LEADS['without-evidence'](open);
}

/** The step that collects these batches in any workflow, to copy; folded if a re-run would do it too. Undefined without batch IDs. */
export function renderStep(summary: Summary): string | undefined {
  const { status, batches, judge_batches: judging, resumable, step } = summary;
  const ids = listIds(batches);
  if (status !== 'pending' || ids === '') return undefined;
  if (isToSendMore(summary)) return undefined;
  // A later job of the run has this step already.
  if (summary.finisher?.kind === 'job') return undefined;
  // The step would not name the judge, so it would be refused.
  if (judging.length > 0 && resumable) return undefined;
  const lines = [
    `- uses: ${step.uses ?? 'org/claude-batch-action@v1'}`,
    '  with:',
    `    batch-id: ${/^[A-Za-z][\w,.-]*$/.test(ids) ? ids : `'${ids}'`}`,
    ...requestLines(step.requests),
    ...(step.sample === null ? [] : [`    sample: ${step.sample}`]),
    ...(step.reuse_answers ? ["    reuse-answers: 'true'"] : []),
    ...credentialLines(step.credentials),
  ];
  const yaml = `\`\`\`yaml\n${lines.join('\n')}\n\`\`\``;
  if (!resumable) return yaml;
  return renderFold(
    REPORT['other-ways'](),
    joinBlocks(REPORT['collect-anywhere']({ isReuse: step.reuse_answers }), yaml),
  );
}

/** The key is a secret. The others are variables; the report does not need their values. */
function credentialLines(inputs: readonly string[]): readonly string[] {
  return inputs.map((input) => {
    const context = input === 'anthropic-api-key' ? 'secrets' : 'vars';
    return `    ${input}: \${{ ${context}.${input.toUpperCase().replaceAll('-', '_')} }}`;
  });
}

/** A single pattern goes beside its key: JSON strings are YAML, and plain words need no quotes. Several go on lines of their own, unquoted. */
function requestLines(patterns: readonly string[]): readonly string[] {
  const [first, ...more] = patterns.map((pattern) => toPlainLine(pattern));
  if (first === undefined) return [];
  if (more.length > 0) return ['    requests: |', ...[first, ...more].map((pattern) => `      ${pattern}`)];
  return [`    requests: ${/^[A-Za-z_.][\w./*-]*$/.test(first) ? first : JSON.stringify(first)}`];
}

function timeCell(time: string | null): string {
  return time === null ? '' : (formatTime(time) ?? escapeMarkdown(time, { maxLength: 40 }));
}
