import { expect, test } from '@jest/globals';
import { escapeMarkdown } from '../../../src/core/markdown/escape.ts';
import { renderFailures } from '../../../src/core/markdown/failures.ts';
import { printPageText } from '../../../src/core/messages/page.ts';
import { REPORT } from '../../../src/core/messages/report.ts';
import { failuresHtml } from '../../../src/core/page/overview.ts';
import type { Summary, SummaryFailure } from '../../../src/core/summary/summary.ts';
import { summaryOf } from '../summary/samples.ts';

const cause: SummaryFailure = {
  outcome: 'errored',
  type: 'invalid_request_error',
  message: 'unknown tool',
  count: 1,
  example_id: 'a',
  retryable: false,
};

test('a list that is cut says how many requests are in the rest, whose last row may stand for most of them', () => {
  const mixture = { ...cause, message: null, mixed: { kinds: 1_000, is_more: true }, count: 4_800 };
  const summary = { ...summaryOf(), failures: [...Array.from({ length: 200 }, () => cause), mixture] };
  const retryFile = REPORT['retry-file']({ keptBy: undefined });
  const belowTable = (of: Summary) => renderFailures(of)?.split('\n\n').slice(2);
  expect(belowTable(summary)).toEqual([REPORT['more-failures']({ requests: 4_980, rows: 181 }), retryFile]);
  expect(failuresHtml(summary)).toContain(printPageText({ code: 'more-failures', requests: 4_900, causes: 101 }));
  expect(belowTable({ ...summary, failures: [mixture] })).toEqual([retryFile]);
});

test('a group whose messages differ shows the first as an example, and a mixture says how many kinds it holds', () => {
  const words = {
    mixed: REPORT['other-causes']({ kinds: 2, isMore: false }),
    varies: REPORT['such-as']({ message: 'unknown tool' }),
  };
  const failures: SummaryFailure[] = [
    { ...cause, varies: true },
    { ...cause, message: null, mixed: { kinds: 2, is_more: false } },
  ];
  const shown = renderFailures({ ...summaryOf(), failures });
  expect(shown).toContain(`\`invalid_request_error\`: ${escapeMarkdown(words.varies)} |`);
  expect(shown).toContain(`\`invalid_request_error\`: ${escapeMarkdown(words.mixed)} |`);
});
