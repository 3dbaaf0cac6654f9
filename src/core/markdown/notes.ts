import { printMessage } from '../messages/message.ts';
import { type Note, printNotice } from '../messages/report.ts';
import { type ComparisonWords, printComparison } from '../messages/verdicts.ts';
import type { Summary, SummaryBaseline } from '../summary/summary.ts';
import { costlyWaitOf } from './costly-wait.ts';

/** Notes on the figures. */
export function notesOf(summary: Summary): readonly Note[] {
  const { cost, code_executions, uncounted_lines, had_key, reuse, grading, requests, missing_ids } = summary;
  const isGiven = summary.batch_source === 'given';
  const sample = summary.sample?.input;
  const lacks = isGiven && missing_ids.length > 0 && uncounted_lines.unreadable === 0;
  const lost = reuse?.unavailable ?? 0;
  const elsewhere = Math.max(0, (requests.missing ?? 0) - lost);
  const notes: readonly (Note & { readonly count: number })[] = [
    { code: 'unpriced', count: cost.unpriced, isAll: cost.usd === null },
    { code: isGiven ? 'answers-gone' : 'answers-unavailable', count: lost },
    { code: 'judgements-unavailable', count: grading?.judge?.unavailable ?? 0 },
    { code: 'code-executions', count: code_executions ?? 0 },
    { code: 'unmatched-lines', count: uncounted_lines.unmatched, ...(isGiven && { sample }) },
    { code: 'not-in-given', count: lacks ? elsewhere : 0, sample },
    { code: 'repeated-lines', count: uncounted_lines.repeated },
    { code: 'unreadable-lines', count: uncounted_lines.unreadable },
  ];
  const keyless: readonly Note[] = had_key === false ? [{ code: 'no-key' }] : [];
  const old: readonly Note[] = reuse?.is_old === true ? [{ code: 'answers-old', days: reuse.age_days ?? 0 }] : [];
  return [...keyless, ...old, ...notes.filter(({ count }) => count > 0)];
}

/** In the log, an annotation says this instead. */
function costlyWait(summary: Summary): readonly Note[] {
  const note = costlyWaitOf(summary);
  return note === undefined ? [] : [note];
}

function oldBaseline({ age_days: days, ref }: SummaryBaseline): ComparisonWords {
  return { code: 'baseline-old', days, ref };
}

/** Notes on the numbers and on batches, one plain sentence each; facts in them are untrusted. */
export function describeNotes(summary: Summary): string[] {
  const baseline = summary.grading?.baseline ?? null;
  const old = baseline?.is_old === true ? [oldBaseline(baseline)] : [];
  const notes = [...notesOf(summary), ...costlyWait(summary)];
  return [...old.map(printComparison), ...notes.map(printMessage), ...summary.notices.map(printNotice)];
}
