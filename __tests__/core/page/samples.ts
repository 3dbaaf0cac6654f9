import type { PageContent } from '../../../src/core/inputs/inputs.ts';
import type { PageCase, PagePart } from '../../../src/core/page/case.ts';
import type { PageParts } from '../../../src/core/page/case-list.ts';
import { chooseCases, type RankedCase } from '../../../src/core/page/choice.ts';
import { pageHead, pageTail } from '../../../src/core/page/page.ts';
import { createCasePrinter } from '../../../src/core/page/print-case.ts';
import { rankOf } from '../../../src/core/results/whole-answer.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';

const tokens = {
  input: 412_345,
  output: 254_321,
  cache_read: 1_000_000,
  cache_write: 320,
  cache_write_5m: 300,
  cache_write_1h: 20,
};

/** A finished run of 2,000 requests of two models, most of them answered. */
export const summary: Summary = {
  schema: 1,
  status: 'completed',
  failure: null,
  failure_codes: [],
  next_step: null,
  skipped_because: null,
  run: {
    repository: 'octo/evals',
    sha: '0123456789abcdef0123456789abcdef01234567',
    event: 'pull_request',
    workflow: 'Evals',
    job: 'evals',
    name: 'evals-0',
    id: 42,
    attempt: 1,
    url: 'https://github.com/octo/evals/actions/runs/42/attempts/1',
  },
  step: {
    uses: 'octo/claude-batch-action@v1',
    requests: ['evals/*.jsonl'],
    sample: null,
    reuse_answers: false,
    credentials: ['anthropic-api-key'],
  },
  batch_source: 'submitted',
  submitted_sha: '0123456789abcdef0123456789abcdef01234567',
  batches: [
    {
      id: 'msgbatch_01HkcTjaV5uDC8jWR4ZsDV8d',
      status: 'ended',
      created_at: '2026-11-22T11:20:00.123456Z',
      ended_at: '2026-11-22T11:27:12Z',
      expires_at: '2026-11-23T11:20:00Z',
      results_until: '2026-12-21T11:20:00Z',
      counts: { processing: 0, succeeded: 1_962, errored: 25, canceled: 3, expired: 8 },
    },
  ],
  judge_batches: [],
  resumable: false,
  finisher: null,
  open_gates: null,
  rerun_retries: true,
  rounds: [],
  notices: [],
  sample: null,
  reuse: null,
  requests: { total: 2_000, succeeded: 1_962, errored: 25, canceled: 3, expired: 8, missing: 2 },
  error_rate_percent: 1.9,
  max_error_rate_percent: 5,
  tokens,
  cost: {
    usd: '3.234568',
    standard_usd: '6.469135',
    saved_usd: '3.234567',
    cache_saved_usd: '0.100000',
    new_usd: '3.234568',
    half_price: true,
    lower_bound: false,
    unpriced: 0,
    unbilled_refusals: 1,
    prices_as_of: '2026-11-22',
  },
  estimate: null,
  models: [
    {
      model: 'claude-opus-5',
      succeeded: 1_300,
      tokens,
      usd: '2.900000',
      standard_usd: '5.800000',
      saved_usd: '2.900000',
      cache_saved_usd: '0.100000',
      lower_bound: false,
      unpriced: 0,
    },
    {
      model: 'claude-haiku-5-5',
      succeeded: 662,
      tokens,
      usd: '0.334568',
      standard_usd: '0.669135',
      saved_usd: '0.334567',
      cache_saved_usd: '0.100000',
      lower_bound: false,
      unpriced: 0,
    },
  ],
  stop_reasons: [
    { reason: 'end_turn', count: 1_936 },
    { reason: 'max_tokens', count: 20 },
    { reason: 'refusal', count: 6 },
  ],
  incomplete: { refusal: 6, max_tokens: 20, pause_turn: 0, model_context_window_exceeded: 0, unknown: 0, empty: 0 },
  incomplete_examples: { refusal: 'case-60', max_tokens: 'case-50' },
  web_searches: 0,
  code_executions: 0,
  failures: [
    {
      outcome: 'errored',
      type: 'invalid_request_error',
      message: 'max_tokens: must be at least 1',
      count: 25,
      example_id: 'case-17',
      retryable: false,
    },
    { outcome: 'expired', type: null, message: null, count: 8, example_id: 'case-99', retryable: true },
    { outcome: 'canceled', type: null, message: null, count: 3, example_id: 'case-123', retryable: false },
    { outcome: 'missing', type: null, message: null, count: 2, example_id: 'case-321', retryable: true },
  ],
  grading: null,
  missing_ids: ['case-321', 'case-1321'],
  uncounted_lines: { unmatched: 0, repeated: 0, unreadable: 0 },
  problems: [],
  warnings: [],
  had_key: null,
  patterns: [],
  timings: { waited_ms: 431_000, took_ms: 432_000 },
  waiting: { minutes: 7.18, runner: 'Linux 2-core (x64)', billed: false, usd: null },
  files: ['requests.jsonl', 'results.jsonl'],
  content: 'full',
  uploads: true,
  requests_file: { bytes: 1_200_000, sha256: 'ab12' },
};

/** What of a case a test changes. A text alone is a prompt or an answer of one block. */
export type Changed = Omit<Partial<PageCase>, 'prompt' | 'answer'> & {
  readonly prompt?: PageCase['prompt'] | string;
  readonly answer?: PageCase['answer'] | string;
};

/** An answered case, with some of it changed. */
export function caseOf(position: number, { prompt, answer, ...changed }: Changed = {}): PageCase {
  return {
    position,
    id: `case-${position}`,
    source: { file: 'evals/sums.jsonl', line: position + 1 },
    outcome: 'succeeded',
    model: position % 3 === 0 ? 'claude-haiku-5-5' : 'claude-opus-5',
    stop_reason: 'end_turn',
    tokens: { input: 200 + position, output: 100 + ((position * 7) % 90), cache_read: 500, cache_write: 0 },
    usd: `0.00${String(1_000 + ((position * 37) % 3_000)).padStart(4, '0')}`,
    error: null,
    parameters: null,
    ...changed,
    prompt: typeof prompt === 'string' ? [said('user', prompt)] : prompt === undefined ? promptOf(position) : prompt,
    answer: typeof answer === 'string' ? [said(undefined, answer)] : answer === undefined ? answerOf(position) : answer,
  };
}

/** A block of text. */
export function said(role: string | undefined, text: string): PagePart {
  return { kind: 'text', ...(role !== undefined && { role }), text };
}

function promptOf(position: number): PagePart[] {
  const question = `Question ${position}: what is ${position} plus ${position}?\n${FILLING}`;
  return [said('system', 'You grade answers.'), said('user', question)];
}

function answerOf(position: number): PagePart[] {
  const sum = `The sum is **${position * 2}**.\n\n- first, both numbers are read\n- then they are added`;
  return [said(undefined, `## Answer ${position}\n\n${sum}\n${FILLING}`)];
}

/** Some lines, so that a case is as long as one usually is: about 1,500 characters of prompt and of answer. */
const FILLING = 'Say in a sentence how you came to it, and name what you were not sure of. '.repeat(18);

/** Cases of which some ended otherwise, as in the summary. */
export function casesOf(count: number): PageCase[] {
  const none = { model: null, stop_reason: null, tokens: null, usd: null, answer: null } as const;
  return Array.from({ length: count }, (_, position) => {
    const kind = position % 100;
    if (kind === 17)
      return caseOf(position, {
        ...none,
        outcome: 'errored',
        error: { type: 'invalid_request_error', message: 'max_tokens: must be at least 1' },
      });
    if (position % 250 === 99) return caseOf(position, { ...none, outcome: 'expired' });
    if (position % 1_000 === 321) return caseOf(position, { ...none, outcome: 'missing' });
    if (position % 1_000 === 123) return caseOf(position, { ...none, outcome: 'canceled' });
    if (kind === 50) return caseOf(position, { stop_reason: 'max_tokens' });
    if (kind === 60)
      return caseOf(position, { answer: `{"sum": ${position * 2}, "sure": true, "steps": ["read", "add"]}` });
    return caseOf(position);
  });
}

/** For a page whose overview alone matters. */
export const NO_CASES: PageParts = { choice: chooseCases([]), content: 'full', artifact: undefined };

/** A page in one piece, put together as a step does it piece by piece. */
export function pageOf(
  cases: readonly PageCase[],
  options: {
    readonly content?: PageContent;
    readonly limit?: number;
    /** What is chosen from; the answers one by one unless it says so. */
    readonly ranked?: readonly RankedCase[];
    readonly maxBytes?: number;
    readonly summary?: Summary;
    readonly artifact?: { readonly name: string; readonly url: string };
  } = {},
): string {
  const { content = 'full', limit, artifact = ARTIFACT } = options;
  const choice = chooseCases(options.ranked ?? cases.map(rankOf), limit);
  const printCase = createCasePrinter(content, options.maxBytes);
  const pieces = choice.positions.map((position) => {
    const found = cases[position];
    if (found === undefined) throw new RangeError(`There is no case ${position}`);
    return printCase(found);
  });
  return [pageHead(options.summary ?? summary, { artifact, choice, content }), ...pieces, pageTail()].join('');
}

const ARTIFACT = { name: 'claude-batch-evals-0', url: 'https://github.com/octo/evals/actions/runs/42/artifacts/7' };

/** The text of a page that a reader sees, run together. */
export const textOf = (html: string): string =>
  html
    .replace(/<(style|script)\b[^>]*>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
