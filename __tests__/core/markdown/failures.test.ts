import { expect, test } from '@jest/globals';
import { renderFailures } from '../../../src/core/markdown/failures.ts';
import { printPageText } from '../../../src/core/messages/page.ts';
import { failuresHtml } from '../../../src/core/page/overview.ts';
import type { SummaryFailure } from '../../../src/core/summary/summary.ts';
import { summaryOf } from '../summary/samples.ts';

const cause: SummaryFailure = {
  outcome: 'errored',
  type: 'invalid_request_error',
  message: 'unknown tool',
  count: 1,
  example_id: 'a',
  passing: false,
};

test('a list that is cut says how many requests are in the rest, whose last row may stand for most of them', () => {
  const mixture = { ...cause, message: 'other causes, 1,000 kinds or more', count: 4_800 };
  const summary = { ...summaryOf(), failures: [...Array.from({ length: 200 }, () => cause), mixture] };
  expect(renderFailures(summary)).toContain('And 4,980 more requests in 181 more rows: see `summary.json`.');
  expect(failuresHtml(summary)).toContain(printPageText({ code: 'more-failures', requests: 4_900, causes: 101 }));
  expect(renderFailures({ ...summary, failures: [mixture] })).not.toContain('more rows');
});
