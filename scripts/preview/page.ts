import type { PageCase } from '../../src/core/page/case.ts';
import { type Choice, chooseCases } from '../../src/core/page/choice.ts';
import { pageHead, pageTail } from '../../src/core/page/page.ts';
import { MAX_PAGE_BYTES, pageCase } from '../../src/core/page/page-case.ts';
import { createShares } from '../../src/core/page/shares.ts';
import { rankOf } from '../../src/core/results/whole-answer.ts';
import type { Summary } from '../../src/core/summary/summary.ts';
import { casesOf } from './cases.ts';
import type { Sample } from './samples.ts';

/** The page of a sample with a few cases, as a whole HTML document; undefined where a run has none, since no results are in. */
export function pageOf({ summary, artifact }: Sample): string | undefined {
  if (summary === undefined || artifact === undefined) return undefined;
  const cases = casesOf(summary);
  const choice = choiceOf(cases, summary);
  const shares = createShares(
    choice.positions.map(() => MAX_PAGE_BYTES),
    MAX_PAGE_BYTES,
  );
  const pieces = choice.positions.flatMap((position) => {
    const found = cases[position];
    if (found === undefined) return [];
    const { html, bytes } = pageCase(found, 'full', shares.next());
    shares.take(bytes);
    return [html];
  });
  return [pageHead(summary, { artifact, list: { choice, content: 'full' } }), ...pieces, pageTail()].join('');
}

/** What such a page says of all cases. */
function choiceOf(cases: readonly PageCase[], { requests, incomplete }: Summary): Choice {
  const total = requests.total ?? cases.length;
  const unanswered = total - (requests.succeeded ?? 0);
  const failing = unanswered + Object.values(incomplete ?? {}).reduce((sum, count) => sum + count, 0);
  return { ...chooseCases(cases.map(rankOf)), total, failing, unanswered };
}
