import { expect, test } from '@jest/globals';
import { fullReport } from '../../../src/core/markdown/links.ts';
import { LABELS, REPORT } from '../../../src/core/messages/report.ts';

const run = { runUrl: 'https://github.test/run' };
const artifact = { name: 'evals-2', url: 'https://github.test/artifact' };

const RUN = { link: `[${LABELS['the-run']}](https://github.test/run)` };

test.each<[string, Parameters<typeof fullReport>[1], string]>([
  ['before the end', undefined, REPORT['rest-in-log'](RUN)],
  [
    'with a job summary',
    { summary: true, artifact },
    REPORT['rest-in-summary']({ link: `[${LABELS['the-summary']}](https://github.test/run)` }),
  ],
  [
    'with an artifact alone',
    { summary: false, artifact },
    REPORT['rest-in-artifact']({ link: '[`evals-2`](https://github.test/artifact)' }),
  ],
  ['with neither', { summary: false, artifact: undefined }, REPORT['rest-nowhere'](RUN)],
])('where the rest of a report is, %s', (_, places, words) => {
  expect(fullReport(run, places)).toBe(words);
});
