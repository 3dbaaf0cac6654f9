import type { PageCase, PagePart } from '../../src/core/page/case.ts';
import { parametersText } from '../../src/core/page/json-text.ts';
import type { Summary, SummaryModel } from '../../src/core/summary/summary.ts';

/** Cases of a sample: fewer than a page may list. */
const SHOWN = 48;
/** What most of the requests allow; an answer that was cut off has as many tokens as its request allowed. */
const MAX_TOKENS = 1_000;
const QUESTIONS = [
  'Janet’s ducks lay 16 eggs per day. She eats three for breakfast and bakes muffins with four. How many are left?',
  'A robe takes 2 bolts of blue fiber and half that much white fiber. How many bolts in total does it take?',
  'Josh buys a house for $80,000, puts in $50,000 and sells it at 150 % more. What is his profit?',
  'James runs 3 sprints of 60 meters 3 times a week. How many meters does he run in a week?',
];

/**
 * The first cases that such a short page would list, as the summary describes them: failures, incomplete answers, complete
 * ones. No two have the same id, and their figures lie around the averages of their models.
 */
export function casesOf(summary: Summary): PageCase[] {
  const { failures, incomplete, models, requests } = summary;
  const failed = failures.flatMap(({ outcome, type, message, count, example_id }) =>
    Array.from({ length: Math.min(count, SHOWN) }, (_, at) => ({
      ...(at === 0 ? { id: example_id } : {}),
      outcome,
      model: models[at % models.length]?.model ?? 'claude-haiku-4-5',
      max_tokens: Number(/^max_tokens: (\d+)/.exec(message ?? '')?.[1] ?? MAX_TOKENS),
      error: outcome === 'errored' ? { type: type ?? 'error', message: message ?? '' } : null,
    })),
  );
  const reasons = Object.entries(incomplete ?? {}).flatMap(([reason, count]) => Array<string>(count).fill(reason));
  const whole = Array<string>(Math.min((requests.succeeded ?? 0) - reasons.length, SHOWN)).fill('end_turn');
  const answered = [...reasons, ...whole].map((stop_reason, at) => {
    const answer = answerOf(at, models[at % models.length]);
    const max_tokens = stop_reason === 'max_tokens' ? answer.tokens?.output : MAX_TOKENS;
    return { ...answer, stop_reason, max_tokens };
  });
  const nextId = idsBeside(failures.map(({ example_id }) => example_id));
  return [...failed, ...answered].slice(0, SHOWN).map(({ max_tokens, ...own }, position) => {
    const parameters = parametersText({ model: own.model, max_tokens, temperature: 0 });
    return { ...caseOf(position, nextId()), ...own, parameters };
  });
}

/** Ids in turn, without those given. */
function idsBeside(taken: readonly string[]): () => string {
  let next = 0;
  return () => {
    let id: string;
    do {
      id = `math-${String(next).padStart(4, '0')}`;
      next += 1;
    } while (taken.includes(id));
    return id;
  };
}

function caseOf(position: number, id: string): PageCase {
  return {
    position,
    id,
    outcome: 'succeeded',
    model: null,
    stop_reason: null,
    tokens: null,
    usd: null,
    error: null,
    source: { file: 'evals/math.jsonl', line: position + 1 },
    prompt: [
      { kind: 'text', role: 'system', text: 'Solve the problem step by step. End with the answer alone, as `A: 42`.' },
      { kind: 'text', role: 'user', text: QUESTIONS[position % QUESTIONS.length] ?? '' },
    ],
    parameters: null,
    answer: null,
  };
}

/** Factors on a model's average for its answers, in turn; for one or two models, they average to 1. */
const SHARES = [1, 0.9, 1.06, 1.1, 0.94, 1];

function answerOf(at: number, model: SummaryModel | undefined): Pick<PageCase, 'model' | 'tokens' | 'usd' | 'answer'> {
  const answer = answerParts(at);
  if (model === undefined) return { model: null, tokens: null, usd: null, answer };
  const share = (SHARES[at % SHARES.length] ?? 1) / model.succeeded;
  const { input, output, cache_read, cache_write } = model.tokens;
  return {
    model: model.model,
    tokens: {
      input: Math.round(input * share),
      output: Math.round(output * share),
      cache_read: Math.round(cache_read * share),
      cache_write: Math.round(cache_write * share),
    },
    usd: model.usd === null ? null : (Number(model.usd) * share).toFixed(6),
    answer,
  };
}

/** Some answers think first, and some call a tool. */
function answerParts(at: number): readonly PagePart[] {
  const text = `The answer is **${at * 3 + 2}**.\n\n1. Start with what is given.\n2. Reckon with it:\n\n| step | result |\n|---|---|\n| first | ${at + 1} |\n| then | ${at * 3 + 2} |\n\nA: ${at * 3 + 2}`;
  return [
    { kind: 'text', text },
    ...(at % 3 === 0 ? [TOOL_CALL] : []),
    ...(at % 2 === 0 ? [{ kind: 'thinking', text: 'What is asked? I count what is left of it.' } as const] : []),
  ];
}

const TOOL_CALL: PagePart = {
  kind: 'tool-call',
  name: 'calculator',
  id: 'toolu_01A9',
  text: '{\n  "expression": "16 - 3 - 4"\n}',
};
