import type { PageCase } from '../../src/core/report/page/case.ts';
import { chooseCases } from '../../src/core/report/page/choice.ts';
import { pageHead, pageTail } from '../../src/core/report/page/page.ts';
import { MAX_PAGE_BYTES, pageCase } from '../../src/core/report/page/page-case.ts';
import { rankOf } from '../../src/core/report/page/whole-answer.ts';
import type { Sample } from './samples.ts';

/** The page of a sample with a few cases, as a whole HTML document; undefined while the batch is at work. */
export function pageOf({ summary, artifact }: Sample): string | undefined {
  if (summary === undefined) return undefined;
  if (summary.tokens === null) return pageHead(summary, { artifact, list: undefined }) + pageTail();
  const choice = chooseCases(CASES.map(rankOf));
  let room = MAX_PAGE_BYTES;
  const pieces = choice.positions.flatMap((position) => {
    const found = CASES[position];
    if (found === undefined) return [];
    const piece = pageCase(found, 'full', room);
    room = piece.room;
    return [piece.html];
  });
  return [pageHead(summary, { artifact, list: { choice, content: 'full' } }), ...pieces, pageTail()].join('');
}

const QUESTIONS = [
  'Janet’s ducks lay 16 eggs per day. She eats three for breakfast and bakes muffins with four. How many are left?',
  'A robe takes 2 bolts of blue fiber and half that much white fiber. How many bolts in total does it take?',
  'Josh buys a house for $80,000, puts in $50,000 and sells it at 150 % more. What is his profit?',
  'James runs 3 sprints of 60 meters 3 times a week. How many meters does he run in a week?',
];

const CASES: readonly PageCase[] = Array.from({ length: 24 }, (_, position): PageCase => {
  const id = `math-${String(position).padStart(4, '0')}`;
  const prompt = `[system]\nSolve the problem step by step.\n\n[user]\n${QUESTIONS[position % QUESTIONS.length]}`;
  const common = { position, id, prompt };
  if (position === 5) {
    const error = { type: 'overloaded_error', message: 'Overloaded' };
    return {
      ...common,
      outcome: 'errored',
      model: null,
      stop_reason: null,
      tokens: null,
      usd: null,
      error,
      answer: null,
    };
  }
  if (position === 11) {
    return {
      ...common,
      outcome: 'expired',
      model: null,
      stop_reason: null,
      tokens: null,
      usd: null,
      error: null,
      answer: null,
    };
  }
  return {
    ...common,
    outcome: 'succeeded',
    model: position % 3 === 0 ? 'claude-sonnet-5' : 'claude-haiku-4-5-20251001',
    stop_reason: position === 8 ? 'max_tokens' : 'end_turn',
    tokens: { input: 410 + position * 3, output: 92 + position * 7, cache_read: 320, cache_write: 0 },
    usd: (0.000312 + position * 0.000021).toFixed(6),
    error: null,
    answer: `**Step 1.** Start with what is given.\n**Step 2.** Reckon with it.\n\nA: ${position * 3 + 2}`,
  };
});
