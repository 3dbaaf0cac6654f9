import { markerOf, mergeSection, sectionIdOf } from '../../src/core/report/comment.ts';
import { run } from './run.ts';

/** The comment's body with one leg's report. */
export function commentOf(markdown: string): string {
  return commentOfLegs([markdown]);
}

/** The comment's body with the reports of several legs, of which the second has not run since an older commit. */
export function commentOfLegs(reports: readonly string[]): string {
  return reports.reduce((body, markdown, index) => {
    const origin =
      index === 1
        ? { sha: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432', runId: run.runId - 1 }
        : { sha: run.sha, runId: run.runId };
    return mergeSection(body, markerOf('evals'), sectionIdOf(`evals-${index}`, run.action), markdown, origin);
  }, '');
}
