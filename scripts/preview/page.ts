import type { PageCase } from '../../src/core/report/page/case.ts';
import { type Choice, chooseCases } from '../../src/core/report/page/choice.ts';
import { pageHead, pageTail } from '../../src/core/report/page/page.ts';
import { MAX_PAGE_BYTES, pageCase } from '../../src/core/report/page/page-case.ts';
import { rankOf } from '../../src/core/report/page/whole-answer.ts';
import type { Summary, SummaryModel } from '../../src/core/report/summary.ts';
import type { Sample } from './samples.ts';

/** The page of a sample with a few cases, as a whole HTML document; undefined where a run has none, since no results are in. */
export function pageOf({ summary, artifact }: Sample): string | undefined {
  if (summary === undefined || artifact === undefined) return undefined;
  const cases = casesOf(summary);
  const choice = choiceOf(cases, summary);
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

const SHOWN = 48;
const QUESTIONS = [
  'Janet’s ducks lay 16 eggs per day. She eats three for breakfast and bakes muffins with four. How many are left?',
  'A robe takes 2 bolts of blue fiber and half that much white fiber. How many bolts in total does it take?',
  'Josh buys a house for $80,000, puts in $50,000 and sells it at 150 % more. What is his profit?',
  'James runs 3 sprints of 60 meters 3 times a week. How many meters does he run in a week?',
];

/** The first cases that a page of so few would list, as the summary tells of them: failures, answers that are not whole, whole ones. */
function casesOf({ failures, incomplete, models, requests }: Summary): PageCase[] {
  const failed = failures.flatMap(({ outcome, type, message, count, example_id }) =>
    Array.from({ length: Math.min(count, SHOWN) }, (_, at) => ({
      ...(at === 0 ? { id: example_id } : {}),
      outcome,
      error: outcome === 'errored' ? { type: type ?? 'error', message: message ?? '' } : null,
    })),
  );
  const reasons = Object.entries(incomplete ?? {}).flatMap(([reason, count]) => Array<string>(count).fill(reason));
  const whole = Array<string>(Math.min((requests.succeeded ?? 0) - reasons.length, SHOWN)).fill('end_turn');
  const answered = [...reasons, ...whole].map((stop_reason, at) => ({
    ...answerOf(at, models[at % models.length]),
    stop_reason,
  }));
  return [...failed, ...answered].slice(0, SHOWN).map((own, position) => ({ ...caseOf(position), ...own }));
}

/** What such a page says of all cases. */
function choiceOf(cases: readonly PageCase[], { requests, incomplete }: Summary): Choice {
  const total = requests.total ?? cases.length;
  const unanswered = total - (requests.succeeded ?? 0);
  const failing = unanswered + Object.values(incomplete ?? {}).reduce((sum, count) => sum + count, 0);
  return { ...chooseCases(cases.map(rankOf)), total, failing, unanswered };
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

function answerOf(at: number, model: SummaryModel | undefined): Pick<PageCase, 'model' | 'tokens' | 'usd' | 'answer'> {
  return {
    model: model?.model ?? null,
    tokens: { input: 410 + at * 3, output: 92 + at * 7, cache_read: 320, cache_write: 0 },
    usd: model?.usd === null ? null : (0.000312 + at * 0.000021).toFixed(6),
    answer: `**Step 1.** Start with what is given.\n**Step 2.** Reckon with it.\n\nA: ${at * 3 + 2}`,
  };
}
