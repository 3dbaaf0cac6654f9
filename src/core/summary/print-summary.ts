import type { Summary } from './summary.ts';

/** The text of `summary.json`. */
export function printSummary(summary: Summary): string {
  return `${JSON.stringify(summary, null, 2)}\n`;
}

/** Groups kept on the one line: it shares the runner's 1 MiB for all outputs of a job. */
const MAX_GROUPS = 50;

/**
 * The value of `summary-json`: the summary on one line without anything per request. Missing ids, example ids and the
 * problems' list are left out, and of many kinds of failure the most frequent stay.
 */
export function printWithoutRequests(summary: Summary): string {
  const { missing_ids: _ids, problems: _problems, warnings: _warnings, failures, models, ...rest } = summary;
  const groups = failures.slice(0, MAX_GROUPS).map(({ example_id: _id, ...group }) => group);
  const dearest = models.slice(0, MAX_GROUPS);
  return JSON.stringify({
    ...rest,
    models: dearest,
    models_left_out: models.length - dearest.length,
    failures: groups,
    failures_left_out: failures.length - groups.length,
  });
}
