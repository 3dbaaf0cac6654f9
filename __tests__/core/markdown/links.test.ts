import { describe, expect, test } from '@jest/globals';
import { fullReport, renderCase, renderLink, renderLinks } from '../../../src/core/markdown/links.ts';
import { LABELS, REPORT } from '../../../src/core/messages/report.ts';

const run = { runUrl: 'https://github.test/run' };
const artifact = { name: 'evals-2', url: 'https://github.test/artifact' };
const page = { name: 'evals-2.html', url: 'https://github.test/page' };

describe('the links', () => {
  const url = 'https://github.test/run';
  const RUN = `[${REPORT['run-link']()}](${url})`;
  const DOWNLOAD = `[${REPORT.download()}](https://github.test/artifact)`;
  const SEE = `**[${REPORT['see-answers']()}](https://github.test/page)**`;
  const CASES = `**[${REPORT['see-cases']({ count: 38 })}](https://github.test/page#outcome=failing)**`;
  const ALL = `[${REPORT['all-answers']()}](https://github.test/page)`;

  test.each([
    ['all answered', { page, artifact }, 0, [SEE, DOWNLOAD, RUN]],
    ['some that need a look', { page, artifact }, 38, [CASES, ALL, DOWNLOAD, RUN]],
    ['no page', { page: undefined, artifact }, 38, [DOWNLOAD, RUN]],
    ['no artifact', { page, artifact: undefined }, 0, [SEE, RUN]],
    ['neither', { page: undefined, artifact: undefined }, 38, [RUN]],
  ])('%s', (_, links, failing, expected) => {
    expect(renderLinks({ url }, links, failing)).toBe(expected.join(' · '));
  });

  test('an address cannot end early', () => {
    expect(renderLink('a', 'https://x/a b(c)<d>|\\"`')).toBe('[a](https://x/a%20b%28c%29%3Cd%3E%7C%5C%22%60)');
  });
});

describe('a case', () => {
  test.each([
    ['q-17', '[`q-17`](https://github.test/page#case=q-17)'],
    ['a b/ü', '[`a b/ü`](https://github.test/page#case=a%20b%2F%C3%BC)'],
    ['a|b)', '[<code>a&#124;b)</code>](https://github.test/page#case=a%7Cb%29)'],
    ["a'(b)*!~", "[`a'(b)*!~`](https://github.test/page#case=a'%28b%29*!~)"],
    ['#outcome=failing', '[`#outcome=failing`](https://github.test/page#case=%23outcome%3Dfailing)'],
  ])('%s is a link to it', (id, link) => {
    expect(renderCase(id, page)).toBe(link);
  });

  test('a long id is cut where it is read, not where it is looked up', () => {
    const id = 'x'.repeat(100);
    expect(renderCase(id, page)).toBe(`[\`${'x'.repeat(63)}…\`](https://github.test/page#case=${id})`);
  });

  test('without a page it is only named', () => {
    expect(renderCase('q-17', undefined)).toBe('`q-17`');
  });

  test('an id of half a character is still a link', () => {
    expect(renderCase('a\uD800', page)).toContain('#case=a%EF%BF%BD)');
  });
});

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
