import type { PageCase } from '../../src/core/report/page/case.ts';
import { chooseCases } from '../../src/core/report/page/choice.ts';
import { pageHead, pageTail } from '../../src/core/report/page/page.ts';
import { MAX_PAGE_BYTES, pageCase } from '../../src/core/report/page/page-case.ts';
import { rankOf } from '../../src/core/report/page/whole-answer.ts';
import type { Summary } from '../../src/core/report/summary.ts';
import type { Sample } from './samples.ts';

/** The page of a sample with a few cases, as a whole HTML document; undefined while the batch is at work. */
export function pageOf({ summary, artifact }: Sample): string | undefined {
  if (summary === undefined) return undefined;
  if (summary.tokens === null) return pageHead(summary, { artifact, list: undefined }) + pageTail();
  const cases = casesOf(summary);
  const choice = { ...chooseCases(cases.map(rankOf)), total: summary.requests.total ?? cases.length };
  let room = MAX_PAGE_BYTES;
  const pieces = choice.positions.flatMap((position) => {
    const found = cases[position];
    if (found === undefined) return [];
    const piece = pageCase(found, 'full', room);
    room = piece.room;
    return [piece.html];
  });
  return [pageHead(summary, { artifact, list: { choice, content: 'full' } }), ...pieces, pageTail()].join('');
}

const SHOWN = 24;
const QUESTIONS = [
  'Janet’s ducks lay 16 eggs per day. She eats three for breakfast and bakes muffins with four. How many are left?',
  'A robe takes 2 bolts of blue fiber and half that much white fiber. How many bolts in total does it take?',
  'Josh buys a house for $80,000, puts in $50,000 and sells it at 150 % more. What is his profit?',
  'James runs 3 sprints of 60 meters 3 times a week. How many meters does he run in a week?',
];

/** A few cases as the summary tells of them: one of each kind of failure, one of each that is not whole, then whole ones. */
function casesOf({ failures, incomplete, models, requests }: Summary): PageCase[] {
  const failed = failures.slice(0, SHOWN).map(({ outcome, type, message, example_id: id }) => ({
    id,
    outcome,
    error: outcome === 'errored' ? { type: type ?? 'error', message: message ?? '' } : null,
  }));
  const reasons = Object.entries(incomplete ?? {}).flatMap(([reason, count]) => (count > 0 ? [reason] : []));
  const whole = (requests.succeeded ?? 0) > 0 ? Math.max(0, SHOWN - failed.length - reasons.length) : 0;
  const answered = [...reasons, ...Array.from({ length: whole }, () => 'end_turn')].map((stop_reason, at) => ({
    ...answerOf(at, models[at % models.length]?.model ?? null),
    stop_reason,
  }));
  return [...failed, ...answered].map((own, position) => ({ ...caseOf(position), ...own }));
}

function caseOf(position: number): PageCase {
  return {
    position,
    id: `math-${String(position).padStart(4, '0')}`,
    outcome: 'succeeded',
    model: null,
    stop_reason: null,
    tokens: null,
    usd: null,
    error: null,
    prompt: `[system]\nSolve the problem step by step.\n\n[user]\n${QUESTIONS[position % QUESTIONS.length]}`,
    answer: null,
  };
}

function answerOf(at: number, model: string | null): Pick<PageCase, 'model' | 'tokens' | 'usd' | 'answer'> {
  return {
    model,
    tokens: { input: 410 + at * 3, output: 92 + at * 7, cache_read: 320, cache_write: 0 },
    usd: (0.000312 + at * 0.000021).toFixed(6),
    answer: `**Step 1.** Start with what is given.\n**Step 2.** Reckon with it.\n\nA: ${at * 3 + 2}`,
  };
}
