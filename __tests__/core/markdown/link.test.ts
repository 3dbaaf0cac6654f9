import { expect, test } from '@jest/globals';
import { fullReport, type Places } from '../../../src/core/markdown/link.ts';

const run = { runUrl: 'https://github.test/run' };
const artifact = { name: 'evals-2', url: 'https://github.test/artifact' };

test.each<[string, Places | undefined, string]>([
  ['on the way', undefined, ': the log of [the run](https://github.test/run) has more.'],
  [
    'with a job summary',
    { summary: true, artifact },
    ': [the summary of the run](https://github.test/run) has the full report.',
  ],
  [
    'with an artifact alone',
    { summary: false, artifact },
    ': `report.md` in the artifact [`evals-2`](https://github.test/artifact) has the full report.',
  ],
  [
    'with neither',
    { summary: false, artifact: undefined },
    ', and is kept nowhere else: with `summary: true` it would stand in the summary of [the run](https://github.test/run).',
  ],
])('where the rest of a report is, %s', (_, places, words) => {
  expect(fullReport(run, places)).toBe(`The rest did not fit here${words}`);
});
