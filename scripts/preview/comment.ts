import { markerOf, mergeSection, sectionIdOf } from '../../src/core/comment/comment.ts';
import { figuresOf, waitingFigures } from '../../src/core/comment/legs.ts';
import { run } from './run.ts';
import type { Sample } from './samples.ts';

/** The comment's body with one leg's report. */
export function commentOf(sample: Sample): string {
  return commentOfLegs([sample]);
}

/** The comment's body with the reports of several legs, of which the second has not run since an older commit. */
export function commentOfLegs(legs: readonly Sample[]): string {
  return legs.reduce((body, { markdown, summary }, index) => {
    const name = `evals-${index}`;
    const origin =
      index === 1
        ? { sha: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432', runId: run.runId - 1 }
        : { sha: run.sha, runId: run.runId };
    const figures =
      summary === undefined ? waitingFigures(name, 1319) : figuresOf({ ...summary, run: { ...summary.run, name } });
    const text = markdown.replaceAll('`evals-0`', `\`${name}\``);
    return mergeSection(body, markerOf('evals'), sectionIdOf(name, run.action), text, origin, figures);
  }, '');
}
