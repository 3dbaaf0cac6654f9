import { MAX_COMMENT_LENGTH, placeSection } from '../../src/core/comment/comment.ts';
import { layOut } from '../../src/core/comment/layout.ts';
import { markerOf, sectionIdOf, summarizeSection, summarizeWaiting } from '../../src/core/comment/section.ts';
import { parseSections } from '../../src/core/comment/sections.ts';
import { printBody } from '../../src/core/markdown/report.ts';
import { estimateOf } from '../../src/core/summary/estimate-summary.ts';
import { run } from './run.ts';
import { ESTIMATE, PAGE, type Sample } from './samples.ts';

/** This many samples for one comment: some that went well, some that failed, some still running. */
export function manyOf(all: readonly Sample[], count: number): readonly Sample[] {
  const mixed = ['all-good', 'failed', 'submitted'].flatMap((one) => all.find(({ name }) => name === one) ?? []);
  return Array.from({ length: count }, (_, index) => mixed[index % mixed.length]).filter((one) => one !== undefined);
}

/** The comment's body with one section. */
export function commentOf(sample: Sample): string {
  return commentOfMany([sample]);
}

/** A matrix of three models: one fell, one is still at work, one passed. */
export function matrixOf(all: readonly Sample[]): string {
  const legs = [
    ['claude-haiku-4-5', 'grades-passed'],
    ['claude-sonnet-5', 'grades-fell'],
    ['claude-opus-5', 'submitted'],
    ['claude-opus-4-1', 'grades-inconclusive'],
  ] as const;
  const samples = legs.flatMap(([, wanted]) => all.find(({ name }) => name === wanted) ?? []);
  return commentOfMany(samples, { names: legs.map(([model]) => model), older: -1 });
}

/** The comment's body with several sections; the second has not run since an older commit. */
export function commentOfMany(
  samples: readonly Sample[],
  { names = [], older = 1 }: { readonly names?: readonly string[]; readonly older?: number } = {},
): string {
  return samples.reduce((body, { report, summary, artifact }, index) => {
    const name = names[index] ?? `evals-${index}`;
    const links = { page: artifact && PAGE, artifact };
    const own = {
      baseId: sectionIdOf(name),
      origin:
        index === older
          ? { sha: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432', runId: run.runId - 1 }
          : { sha: run.sha, runId: run.runId },
      summary:
        summary === undefined
          ? summarizeWaiting(name, run, { requests: 1319, estimate: estimateOf(ESTIMATE) })
          : summarizeSection({ ...summary, run: { ...summary.run, name } }, run, links),
      text: printBody(report),
      job: run.job,
    };
    const { sections, id } = placeSection(parseSections(body), own);
    const runsUrl = `${run.serverUrl}/${run.owner}/${run.repo}/actions/runs/`;
    const bodies = layOut(
      { marker: markerOf('evals'), title: report.heading.title, sections, runsUrl },
      { id, texts: [own.text] },
    );
    return [...bodies].find((one) => one.length <= MAX_COMMENT_LENGTH) ?? body;
  }, '');
}
