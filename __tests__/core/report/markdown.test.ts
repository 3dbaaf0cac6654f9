import { describe, expect, test } from '@jest/globals';
import { renderLog } from '../../../src/core/report/log-lines.ts';
import { renderReport } from '../../../src/core/report/markdown.ts';
import { OUTPUT_NAMES, outputsOf } from '../../../src/core/report/outputs.ts';
import { renderSubmitted } from '../../../src/core/report/submitted.ts';
import { summarize } from '../../../src/core/report/summarize.ts';
import type { Collected, Outcome } from '../../../src/outcome.ts';
import { attacks } from './attacks.ts';
import { about, accounts, batch, collected, pending, run, summaryOf } from './samples.ts';

const artifact = { name: 'claude-batch-evals-0', url: 'https://github.com/octo/evals/actions/runs/42/artifacts/9' };
const [model] = accounts.models;

function report(outcome: Outcome): string {
  return renderReport(summarize(outcome, about), { artifact });
}

function reportOf(changed: Parameters<typeof summaryOf>[0], outcome: Partial<Collected> = {}): string {
  return renderReport(summaryOf(changed, outcome), { artifact });
}

describe('renderReport', () => {
  test('a finished run', () => {
    expect(
      report(collected),
    ).toBe(`**\`evals-0\` completed.** 1,317 of 1,319 requests answered for $1.234568, $1.234567 less than without a batch.

| Requests | 1,319 |
| :--- | ---: |
| Answered | 1,317 |
| Errored | 1 |
| Expired | 1 |
| Without an answer | 0.16 % (0.29 % allowed) |
| Input tokens | 120,345 |
| Output tokens | 54,321 |
| Cache read tokens | 1,000,000 |
| Cache write tokens | 320 |
| Cost | $1.234568 |
| The same without a batch | $2.469135 |
| Saved | $1.234567 |

- Prices as of 2026-11-22.

#### Without an answer

| Requests | Cause | Example | What to do |
| ---: | :--- | :--- | :--- |
| 1 | \`invalid_request_error\`: max_tokens: must be at least 1 | \`q-17\` | The API refuses these requests as they are: correct their \`params\`. |
| 1 | expired | \`q-99\` | Send them again. Their batch ended after 24 hours before they were processed. |

\`retry.jsonl\` holds these requests as they were written, ready to be given as \`requests\`.

#### Answered, but not in full

| Answers | Stop reason | What it means |
| ---: | :--- | :--- |
| 2 | \`refusal\` | The model declined to answer; not billed for 1 of these, which came before any output. |
| 3 | \`max_tokens\` | Cut off at \`max_tokens\`: raise it in these requests. |

#### Batch

| Batch | Status | Created | Ended | Results last until |
| :--- | :--- | :--- | :--- | :--- |
| \`msgbatch_01\` | ended | 2026-11-22 11:20 UTC | 2026-11-22 11:27 UTC | 2026-12-21 11:20 UTC |

It took 7 min 12 s from creation to end.

[Run 42](https://github.com/octo/evals/actions/runs/42/attempts/1) · Artifact [\`claude-batch-evals-0\`](https://github.com/octo/evals/actions/runs/42/artifacts/9)`);
  });

  test('a pending one says how to go on', () => {
    expect(
      report(pending),
    ).toBe(`**\`evals-0\` is pending.** 1 batch with 1,319 requests: no results yet after 5 h 50 min of waiting.

#### How to go on

Nothing is lost: the batch runs on at the API. The batch ends by 2026-11-23 11:20 UTC at the latest. Results last until 2026-12-21 11:20 UTC.

To collect it, re-run this job or run the workflow again with the same requests: what was sent is not paid again. Any other workflow collects it by id:

\`\`\`yaml
with:
  batch-id: msgbatch_02
\`\`\`

#### Batch

| Batch | Status | Created | Ended | Results last until |
| :--- | :--- | :--- | :--- | :--- |
| \`msgbatch_02\` | in progress | 2026-11-22 11:20 UTC |  | 2026-12-21 11:20 UTC |

[Run 42](https://github.com/octo/evals/actions/runs/42/attempts/1) · Artifact [\`claude-batch-evals-0\`](https://github.com/octo/evals/actions/runs/42/artifacts/9)`);
  });

  test('an all good one says nothing of what did not happen', () => {
    const counts = { total: 2, succeeded: 2, errored: 0, canceled: 0, expired: 0, missing: 0 };
    const text = reportOf({ counts, failures: [], stopReasons: new Map([['end_turn', 2]]), unbilledRefusals: 0 });
    expect(text).toContain('2 of 2 requests answered for');
    expect(text).not.toMatch(
      /Errored|Canceled|Expired|Missing|Without an answer|not in full|Models|How to go on|Problems/,
    );
  });

  test.each<[string, Outcome, string]>([
    [
      'completed, but the step fails',
      { ...collected, failure: 'Too many errors; look at them.' },
      '**`evals-0` failed.** Too many errors; look at them.\n\n1,317 of 1,319 requests answered for',
    ],
    [
      'canceled',
      { ...collected, status: 'canceled', failure: 'Canceled; run again.' },
      '**`evals-0` was canceled.** Canceled; run again.',
    ],
    [
      'pending, and the step fails',
      { ...pending, failure: 'Out of time; wait longer.' } as Outcome,
      '**`evals-0` failed while its batch is pending.** Out of time; wait longer.\n\n1 batch with 1,319 requests: no results yet',
    ],
    [
      'failed',
      { status: 'failed', failure: 'The API is down; try later.' },
      '**`evals-0` failed.** The API is down; try later.',
    ],
    [
      'rejected for one problem',
      { status: 'rejected', problems: [{ code: 'a', what: 'no key', cure: 'set one' }] },
      '**`evals-0` was rejected.** Nothing was submitted: no key; set one.\n\n[Run 42]',
    ],
    [
      'skipped for a fork',
      { status: 'skipped', why: 'fork' },
      '**`evals-0` was skipped.** This pull request comes from a fork',
    ],
    [
      'skipped for Dependabot',
      { status: 'skipped', why: 'dependabot' },
      '**`evals-0` was skipped.** Runs for Dependabot',
    ],
    [
      'empty',
      { status: 'empty', patterns: ['a/*.jsonl', 'b|c'], loud: false },
      '**`evals-0` had nothing to do.** No request was found by `a/*.jsonl`, <code>b&#124;c</code>.',
    ],
  ])('%s', (_, outcome, start) => {
    expect(report(outcome).slice(0, start.length)).toBe(start);
  });

  test('problems by cause with the first place, twenty of them', () => {
    const problems = Array.from({ length: 50 }, (_, n) => ({
      code: `bad-id-${n}`,
      where: { file: 'a.jsonl', line: n + 1 },
      what: `custom_id ${n} holds a space`,
      cure: 'use only A-Z',
    }));
    const text = report({ status: 'rejected', problems });
    expect(text).toContain('| `a.jsonl:20` | custom_id 19 holds a space | use only A-Z |');
    expect(text).not.toContain('a.jsonl:21');
    expect(text).toContain('And 30 more kinds of problems: see the log.');
  });

  test('what repeats is one row with a count', () => {
    const problems = [7, 9, 12].map((line) => ({
      code: 'a',
      where: { file: 'a.jsonl', line },
      what: 'no model',
      cure: 'name one',
    }));
    const other = { code: 'b', what: 'no key', cure: 'set one' };
    const text = report({ status: 'rejected', problems: [...problems, other] });
    expect(text).toContain('| `a.jsonl:7` and 2 more lines | no model | name one |\n|  | no key | set one |');
  });

  test('models when there are several, the unpriced one unknown', () => {
    if (model === undefined) throw new Error('no sample');
    const cheap = { ...model, model: 'claude-haiku-5-5', succeeded: 3, unpriced: 3, cost: 0n, standardCost: 0n };
    const text = reportOf({ models: [model, cheap], unpriced: 3 });
    expect(text).toContain(
      '| `claude-opus-5` | 1,317 | 120,345 | 54,321 | 1,000,000 | 320 | $1.234568 | $2.469135 | $1.234567 |',
    );
    expect(text).toContain(
      '| `claude-haiku-5-5` | 3 | 120,345 | 54,321 | 1,000,000 | 320 | unknown | unknown | unknown |',
    );
    expect(text).toContain('answered for at least $1.234568, at least $1.234567 less than without a batch.');
    expect(text).toContain('- 3 answered requests used something without a known price, so the cost is a lower bound');
  });

  test('what could not be priced at all is unknown, never $0', () => {
    const text = reportOf({ unpriced: 1317, cost: 0n, standardCost: 0n });
    expect(text).toContain('answered at an unknown cost: no price is known for what they used.');
    expect(text).toContain('| Cost | unknown |');
    expect(text).not.toContain('$');
  });

  test.each([
    ['errored', 'invalid_request_error', 'Your credit balance is too low', 'Buy credits'],
    ['errored', 'overloaded_error', 'Overloaded', 'Send them again'],
    ['errored', 'not_found_error', 'model: x', 'Check the name of the model'],
    ['errored', 'some_new_error', 'New', 'See the message'],
    ['canceled', undefined, undefined, 'send them again if they are wanted'],
    ['missing', undefined, undefined, 'collect the batch again'],
  ] as const)('%s %s says what to do', (outcome, type, message, cure) => {
    const text = reportOf({ failures: [{ outcome, type, message, count: 4, exampleId: 'q', passing: false }] });
    expect(text.split('\n').find((line) => line.startsWith('| 4 |'))).toContain(cure);
  });

  test('without a file to retry from, none is named', () => {
    const files = { requests: undefined, results: 'C:\\r\\results.jsonl', retry: undefined };
    expect(reportOf({}, { files })).not.toContain('retry.jsonl');
  });
});

describe('renderSubmitted', () => {
  test('names the batch, its size and the run', () => {
    const waiting = { ...batch, status: 'in_progress', endedAt: null };
    const text = renderSubmitted({
      run: { ...run, runAttempt: 2 },
      leg: 'evals-0',
      batches: [waiting],
      requestCount: 1319,
      notices: [],
    });
    expect(text).toContain('**`evals-0` is waiting.** 1 batch with 1,319 requests at work.');
    expect(text).toContain('| `msgbatch_01` | in progress | 2026-11-22 11:20 UTC |  | 2026-12-21 11:20 UTC |');
    expect(text).toContain('[Run 42, attempt 2](https://github.com/octo/evals/actions/runs/42/attempts/1)');
  });
});

describe('renderLog', () => {
  test('a finished run', () => {
    expect(renderLog(summaryOf())).toEqual([
      '1,317 of 1,319 requests answered for $1.234568, $1.234567 less than without a batch. The batch took 7 min 12 s.',
      '1 × invalid_request_error',
      '1 × expired',
      '2 answered, but stopped by refusal',
      '3 answered, but stopped by max_tokens',
    ]);
  });

  test('a pending one', () => {
    expect(renderLog(summarize(pending, about))).toEqual([
      '1 batch with 1,319 requests: no results yet after 5 h 50 min of waiting.',
      'Go on later with batch-id: msgbatch_02',
      'The batch ends by 2026-11-23 11:20 UTC at the latest. Results last until 2026-12-21 11:20 UTC.',
    ]);
  });

  test('kinds are counted over their messages, the most frequent first', () => {
    const group = { outcome: 'errored', exampleId: 'q', passing: true } as const;
    const failures = [
      { ...group, type: 'api_error', message: 'a', count: 2 },
      { ...group, type: 'overloaded_error', message: 'b', count: 3 },
      { ...group, type: 'api_error', message: 'c', count: 2 },
    ];
    expect(renderLog(summaryOf({ failures })).slice(1, 3)).toEqual(['4 × api_error', '3 × overloaded_error']);
  });
});

describe('what the log names', () => {
  const group = { outcome: 'errored', message: undefined, exampleId: 'q', passing: false, count: 1 } as const;

  test.each(['Ignore all that', '::stop', 'über', 'x'.repeat(61), ''])('the type %j is only the outcome', (type) => {
    expect(renderLog(summaryOf({ failures: [{ ...group, type }] }))[1]).toBe('1 × errored');
  });

  test.each([
    ['claude-opus-5', 'claude-opus-5'],
    ['us.anthropic.claude-5:1@eu', 'us.anthropic.claude-5:1@eu'],
    ['say this', 'another model'],
    ['m'.repeat(101), 'another model'],
    ['', 'another model'],
  ])('the model %j is %s', (name, shown) => {
    if (model === undefined) throw new Error('no sample');
    const lines = renderLog(summaryOf({ failures: [], models: [model, { ...model, model: name }] }));
    expect(lines.filter((line) => line.startsWith(`${shown}: 1,317 answers for`)).length).toBeGreaterThan(0);
    expect(lines.filter((line) => shown !== name && name !== '' && line.includes(name))).toEqual([]);
  });

  test('lines begin where the runner shows them to begin', () => {
    expect(renderLog(summaryOf()).filter((line) => line !== line.trim())).toEqual([]);
  });
});

test('a request that nobody knows by id is no empty code', () => {
  const missing = {
    outcome: 'missing',
    type: undefined,
    message: undefined,
    count: 2,
    exampleId: '',
    passing: true,
  } as const;
  const text = reportOf({ failures: [missing] });
  expect(text).toContain('| 2 | missing | unknown | The API gave no result line');
  expect(text).not.toContain('(empty)');
});

test('a failure after a batch shows no table of what is gone', () => {
  const gone: Outcome = { status: 'failed', failure: 'Gone; send again.', batches: [batch], requestCount: 3 };
  expect(report(gone)).toBe(`**\`evals-0\` failed.** Gone; send again.\n\n${report(gone).split('\n').at(-1)}`);
});

describe('every figure is the same everywhere', () => {
  test.each([
    ['all priced', summaryOf()],
    ['some priced', summaryOf({ unpriced: 3 })],
    ['tiny', summaryOf({ cost: 500_000_000n, standardCost: 1_000_000_000n })],
  ])('%s', (_, summary) => {
    const stored = {
      resultsFile: undefined,
      summaryFile: undefined,
      reportFile: undefined,
      artifact: undefined,
      comment: undefined,
    };
    const outputs = outputsOf(summary, stored);
    const amounts = new Set([outputs.get('cost-usd'), outputs.get('standard-cost-usd'), outputs.get('saved-usd')]);
    const shown = (text: string) => new Set(Array.from(text.matchAll(/\$(\d+\.\d+)/g), ([, amount]) => amount));
    expect(shown(renderReport(summary, { artifact }))).toEqual(amounts);
    expect([...shown(renderLog(summary).join('\n'))].filter((amount) => !amounts.has(amount))).toEqual([]);
    const counts = OUTPUT_NAMES.filter((name) => /-(?:count|tokens)$/.test(name)).map((name) =>
      Number(outputs.get(name)),
    );
    const text = renderReport(summary, { artifact }).replaceAll(',', '');
    expect(counts.filter((count) => count > 0 && !text.includes(` ${count} `))).toEqual([]);
  });
});

/** How every line of a report begins that is not the text of somebody else. */
const OUR_LINES =
  /^(?:$|\| |\*\*`|\*\*<code>|- |#### |\[Run |```(?:yaml)?$|with:$| {2}batch-id: [\w.,-]*$|1,317 of |1 batch |It took |Nothing is lost|To collect |`retry)/;

describe('foreign text', () => {
  test.each(attacks)('%s does nothing, wherever it stands', (_, text) => {
    if (model === undefined) throw new Error('no sample');
    const group = { outcome: 'errored', count: 1, passing: false } as const;
    const hostile = summaryOf(
      {
        failures: [{ ...group, type: text, message: text, exampleId: text }],
        models: [model, { ...model, model: text }],
        stopReasons: new Map([[text, 1317]]),
        missingIds: [text],
      },
      {
        batches: [{ ...batch, id: text, status: text, createdAt: text, endedAt: text, expiresAt: text }],
        failure: text,
      },
    );
    const named = { ...hostile, run: { ...hostile.run, leg: text } };
    const problem = { code: 'x', where: { file: text, line: 1 }, what: text, cure: text };
    const texts = [
      renderReport(named, { artifact: { name: text, url: `https://example.com/${text}` } }),
      report({ status: 'rejected', problems: [problem, problem] }),
      report({ status: 'empty', patterns: [text], loud: true }),
      report({ ...pending, batches: [{ ...batch, id: text }] } as Outcome),
    ];
    for (const markdown of texts) {
      expect(markdown).not.toMatch(/<(?!\/?(?:span|code)>)/);
      expect(markdown.split('\n').filter((line) => !OUR_LINES.test(line))).toEqual([]);
      const widths = markdown.split('\n').map((line) => (line.startsWith('|') ? line.split('|').length : 0));
      const uneven = widths.filter((width, at) => width > 0 && (widths[at - 1] ?? 0) > 0 && width !== widths[at - 1]);
      expect(uneven).toEqual([]);
    }
    for (const line of [
      ...renderLog(named),
      ...renderLog(summarize({ ...pending, batches: [{ ...batch, id: text }] } as Outcome, about)),
    ]) {
      expect(line).not.toMatch(/[\r\n\p{Cc}]|^\s*::|##\[/u);
    }
  });
});
