import { describe, expect, test } from '@jest/globals';
import { escapeMarkdown } from '../src/core/markdown/escape.ts';
import { severityOf } from '../src/core/markdown/headline.ts';
import { CACHING_ON, ESTIMATE, ESTIMATE_LABELS } from '../src/core/messages/estimate.ts';
import { HEADLINES } from '../src/core/messages/headlines.ts';
import { printMessage } from '../src/core/messages/message.ts';
import type { Problem } from '../src/core/messages/problems.ts';
import { LABELS, NOTES, REPORT } from '../src/core/messages/report.ts';
import type { Summary } from '../src/core/summary/summary.ts';
import { ApiError } from '../src/ports/api.ts';
import { createFakes, type Fakes } from './fakes/ports.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

// What is said before anything is sent: faulty params, models, the estimate, the budget; and when nothing of it holds.

function requestLine(id: string, params: object = {}): string {
  const usual = { model: 'claude-haiku-4-5', max_tokens: 100, messages: [{ role: 'user', content: `Say ${id}.` }] };
  return JSON.stringify({ custom_id: id, params: { ...usual, ...params } });
}

function fakesWith(...lines: readonly string[]): Fakes {
  return createFakes({ '/w/evals.jsonl': lines.join('\n') });
}

function summaryOf(fakes: Fakes): Summary {
  return JSON.parse(fakes.files.disk.get('/r/summary.json')?.toString('utf8') ?? '');
}

/** Where warnings are annotated. */
const annotatedAt = (fakes: Fakes) =>
  fakes.log.annotations.filter(({ level }) => level === 'warning').map(({ where }) => where);

const THREE = ['a', 'b', 'c'].map((id) => requestLine(id));
const unavailable = (): ApiError =>
  new ApiError({ code: 'quoted', text: '529 overloaded_error: Overloaded' }, { reach: 'answered', status: 529 });

async function problemsOf(fakes: Fakes, inputs: Readonly<Record<string, string>> = {}): Promise<readonly Problem[]> {
  const { outcome, green } = await runStep(fakes, inputsOf(inputs));
  if (outcome.status !== 'rejected') return [];
  expect(green).toBe(false);
  expect(fakes.apiState.created).toBe(0);
  expect([...fakes.files.disk.keys()].filter((path) => path.startsWith('/r'))).toEqual([]);
  return outcome.problems;
}

describe('params that the API would refuse', () => {
  test('are refused before, each at its line', async () => {
    const fakes = fakesWith(requestLine('a'), requestLine('b', { max_tokens: 0 }), requestLine('c', { stream: true }));
    const problems = await problemsOf(fakes);
    expect(problems.map(({ where }) => where)).toEqual([
      { file: 'evals.jsonl', line: 2 },
      { file: 'evals.jsonl', line: 3 },
    ]);
    expect(fakes.apiState.counted).toEqual([]);
  });

  test('are judged after the merge', async () => {
    const fakes = fakesWith(requestLine('a', { temperature: 0 }));
    expect(await problemsOf(fakes)).toHaveLength(1);
    expect(await problemsOf(fakes, { 'override-params': 'stream: true' })).toHaveLength(2);
    const mended = fakesWith(requestLine('a', { max_tokens: 'many' }));
    expect(await problemsOf(mended, { 'override-params': 'max_tokens: 10' })).toEqual([]);
    expect(mended.apiState.created).toBe(1);
  });

  test('are named together with models that do not exist', async () => {
    const fakes = fakesWith(requestLine('a', { model: 'claude-haiku-9' }), requestLine('b', { stream: true }));
    fakes.apiState.models.set('claude-haiku-9', null);
    const problems = await problemsOf(fakes);
    expect(problems.map(({ code, where }) => [code, where?.line])).toEqual([
      ['unknown-model', 1],
      [expect.any(String), 2],
    ]);
  });

  test('are no reason to let a batch lie that an earlier run made of them', async () => {
    const fakes = fakesWith(...THREE);
    await runStep(fakes, inputsOf({ 'wait-minutes': '0' }));
    expect(fakes.apiState.created).toBe(1);
    // Another version of this action, or another limit of the model, refuses what was sent before.
    fakes.apiState.models.set('claude-haiku-4-5', { maxTokens: 10 });
    const { outcome } = await runStep(fakes, inputsOf(), runOf({ GITHUB_RUN_ID: '100' }));
    expect(outcome.status).toBe('completed');
    expect(fakes.apiState.created).toBe(1);
  });

  test('are not judged where batches are given', async () => {
    const fakes = fakesWith(...THREE);
    await runStep(fakes);
    fakes.files.disk.set(
      '/w/evals.jsonl',
      Buffer.from(['a', 'b', 'c'].map((id) => requestLine(id, { stream: true })).join('\n')),
    );
    const { outcome } = await runStep(fakes, inputsOf({ 'batch-id': 'msgbatch_1' }), runOf({ GITHUB_RUN_ID: '100' }));
    expect(outcome.status).toBe('completed');
  });
});

describe('models', () => {
  test.each<[string, Parameters<Fakes['apiState']['models']['set']>[1], string]>([
    ['unknown', null, 'unknown-model'],
    ['retired', { lifecycle: 'retired', retiresAt: '2026-01-01T00:00:00Z' }, 'retired-model'],
    ['retired by its date', { retiresAt: '2026-11-01T00:00:00Z' }, 'retired-model'],
    ['not for batches', { takesBatches: false }, 'model-without-batches'],
    ['of shorter answers', { maxTokens: 99 }, 'max-tokens-limit'],
  ])('%s: refused, at every line that names it', async (_, model, code) => {
    const fakes = fakesWith(requestLine('x', { model: 'claude-opus-5' }), ...THREE);
    fakes.apiState.models.set('claude-haiku-4-5', model);
    const problems = await problemsOf(fakes);
    expect(problems.map((problem) => [problem.code, problem.where?.line])).toEqual([
      [code, 2],
      [code, 3],
      [code, 4],
    ]);
  });

  test('that retire are a warning with the day', async () => {
    const fakes = fakesWith(...THREE);
    fakes.apiState.models.set('claude-haiku-4-5', { lifecycle: 'deprecated', retiresAt: '2026-12-31T00:00:00Z' });
    const { green, runState } = await runStep(fakes);
    expect(green).toBe(true);
    const where = { file: 'evals.jsonl', line: 1 };
    expect(runState.warnings).toEqual([{ code: 'retiring-model', name: 'claude-haiku-4-5', on: '2026-12-31', where }]);
    expect(annotatedAt(fakes)).toEqual([where]);
  });

  test('that cannot be looked up are a warning, and the batch goes out', async () => {
    const fakes = fakesWith(...THREE);
    fakes.apiState.failOn('model', unavailable(), 3);
    const { outcome, runState } = await runStep(fakes);
    expect(outcome.status).toBe('completed');
    const reason = '529 overloaded_error: Overloaded';
    expect(runState.warnings).toEqual([
      { code: 'model-not-checked', names: ['claude-haiku-4-5'], moreNames: 0, reason },
    ]);
    expect(annotatedAt(fakes)).toEqual([undefined]);
  });
});

describe('a key that may not look up models', () => {
  const forbidden = () =>
    new ApiError(
      { code: 'api-answered', status: 403, type: 'permission_error', text: 'This API key is disabled' },
      { reach: 'answered', status: 403, type: 'permission_error' },
    );

  test.each(['true', 'false'])(
    'is told in the words of the API, and no name is blamed (dry run: %s)',
    async (dryRun) => {
      const fakes = fakesWith(...THREE, requestLine('d', { model: 'claude-opus-5' }));
      fakes.apiState.failOn('model', forbidden(), 99);
      const { green, runState } = await runStep(fakes, inputsOf({ 'dry-run': dryRun }));
      expect(green).toBe(true);
      expect(runState.warnings).toEqual([
        {
          code: 'model-not-checked',
          names: ['claude-haiku-4-5', 'claude-opus-5'],
          moreNames: 0,
          reason: '403 permission_error: This API key is disabled',
          isForbidden: true,
        },
      ]);
    },
  );
});

describe('a key that may do nothing', () => {
  const refusal = (method: string, fakes: ReturnType<typeof fakesWith>) =>
    fakes.apiState.failOn(
      method,
      new ApiError(
        { code: 'api-answered', status: 403, type: 'permission_error', text: 'no' },
        { reach: 'answered', status: 403, type: 'permission_error' },
      ),
      99,
    );

  test('is told once where nothing can be submitted', async () => {
    const fakes = fakesWith(...THREE);
    for (const method of ['model', 'countTokens', 'create']) refusal(method, fakes);
    const { outcome } = await runStep(fakes);
    expect(outcome).toMatchObject({ status: 'rejected', failures: [{ code: 'key-refused', status: 403 }] });
    expect(fakes.log.annotations.map(({ level }) => level)).toEqual(['error']);
    expect(fakes.board.comments[0]?.body).not.toContain(REPORT.warnings({ count: 1 }));
  });

  test('is a warning of a dry run, whose headline says it', async () => {
    const fakes = fakesWith(...THREE);
    for (const method of ['model', 'countTokens']) refusal(method, fakes);
    const { green } = await runStep(fakes, inputsOf({ 'dry-run': 'true' }));
    expect(green).toBe(true);
    expect(fakes.log.annotations.map(({ level }) => level)).toEqual(['warning']);
    expect(severityOf(summaryOf(fakes))).toBe('doubtful');
  });
});

describe('without a key', () => {
  test.each([
    ['gpt-4o', {}, ['unknown-model']],
    ['gpt-4o', { 'max-cost-usd': '5' }, ['unknown-model']],
    ['haiku', {}, ['unknown-model']],
    ['claude-haiku-9-9', {}, []],
    ['gpt-4o', { 'anthropic-base-url': 'https://gateway.example' }, []],
  ])('a dry run with %s and %j finds %j', async (model, more, codes) => {
    const fakes = fakesWith(requestLine('x', { model }));
    const { outcome } = await runStep(fakes, inputsOf({ 'dry-run': 'true', ...more }, null));
    const problems = outcome.status === 'rejected' ? outcome.problems : [];
    expect(problems.map(({ code }) => code)).toEqual(codes);
  });
});

describe('a key that the API does not know', () => {
  const wrongKey = () =>
    new ApiError(
      { code: 'api-answered', status: 401, type: 'authentication_error', text: 'invalid x-api-key' },
      { reach: 'answered', status: 401, type: 'authentication_error', requestId: 'req_1' },
    );
  const refused = [{ code: 'key-refused', status: 401, words: 'invalid x-api-key', isOfApi: true, requestId: 'req_1' }];

  test.each([
    ['a dry run', 'model', 'true'],
    ['a run', 'model', 'false'],
    ['a dry run behind a gateway that looks up no models', 'countTokens', 'true'],
  ])('%s is rejected at the first 401, and no model is blamed', async (_, method, dryRun) => {
    const fakes = fakesWith(...THREE);
    fakes.apiState.failOn(method, wrongKey(), 99);
    const { green, outcome, runState } = await runStep(fakes, inputsOf({ 'dry-run': dryRun }));
    expect([green, fakes.outputs.get('status'), fakes.apiState.created]).toEqual([false, 'rejected', 0]);
    expect(outcome).toMatchObject({ problems: [], failures: refused });
    expect(runState.warnings).toEqual([]);
    expect(fakes.log.annotations.map(({ level }) => level)).toEqual(['error']);
  });

  test('is used for one call, however many models are named', async () => {
    const fakes = fakesWith(...['a', 'b', 'c', 'd'].map((id) => requestLine(id, { model: `claude-${id}` })));
    let calls = 0;
    const model = (): Promise<never> => {
      calls += 1;
      return Promise.reject(wrongKey());
    };
    const { outcome } = await runStep({ ...fakes, api: { ...fakes.api, model } });
    expect(outcome).toMatchObject({ failures: refused });
    expect(calls).toBe(1);
  });

  test('is told beside what is wrong with the requests', async () => {
    const fakes = fakesWith(requestLine('a', { max_tokens: 'x' }));
    fakes.apiState.failOn('model', wrongKey(), 99);
    const { outcome } = await runStep(fakes, inputsOf({ 'dry-run': 'true' }));
    expect(outcome).toMatchObject({ problems: [{ where: { line: 1 } }], failures: refused });
  });
});

describe('checks that fail for a while', () => {
  test('a model is asked for again, and found unknown', async () => {
    const fakes = fakesWith(requestLine('a', { model: 'claude-haiku-4-6' }));
    fakes.apiState.models.set('claude-haiku-4-6', null);
    fakes.apiState.failOn('model', unavailable(), 2);
    expect((await problemsOf(fakes)).map(({ code }) => code)).toEqual(['unknown-model']);
  });

  test('counting knows unknown models as well, where they could not be looked up', async () => {
    const fakes = fakesWith(requestLine('a', { model: 'claude-haiku-4-6' }), requestLine('b'));
    fakes.apiState.failOn('model', unavailable(), 99);
    const said = '404 not_found_error: model: claude-haiku-4-6';
    fakes.apiState.failOn(
      'countTokens',
      new ApiError({ code: 'quoted', text: said }, { reach: 'answered', status: 404, type: 'not_found_error' }),
    );
    const problems = await problemsOf(fakes);
    expect(problems.map(({ code, where }) => [code, where?.line])).toEqual([['unknown-model', 1]]);
  });

  test('one failed count does not end counting', async () => {
    const fakes = fakesWith(...THREE);
    fakes.apiState.failOn('countTokens', unavailable());
    await runStep(fakes);
    expect(fakes.apiState.counted).toHaveLength(3);
  });

  test('many models whose look-ups fail alike are one warning, and take a minute at most', async () => {
    const lines = Array.from({ length: 300 }, (_, i) => requestLine(`r${i}`, { model: `m-${i}` }));
    const fakes = fakesWith(...lines);
    const slow = async (): Promise<never> => {
      await fakes.clock.sleep(1_000);
      throw unavailable();
    };
    Object.assign(fakes.api, { model: slow });
    const { runState } = await runStep(fakes, inputsOf({ 'dry-run': 'true' }));
    expect(runState.warnings).toMatchObject([
      { code: 'model-not-checked', names: ['m-0', 'm-1', 'm-2', 'm-3', 'm-4'], reason: expect.stringMatching(/^529/) },
      { code: 'model-not-checked', reason: undefined },
    ]);
    expect(fakes.clock.now() - Date.parse('2026-11-22T10:00:00Z')).toBeLessThan(180_000);
  });

  test('a gateway without the route for counting is no doubt of the requests', async () => {
    const fakes = fakesWith(...Array.from({ length: 9 }, (_, i) => requestLine(`r${i}`)));
    const missing = new ApiError({ code: 'quoted', text: '404' }, { reach: 'answered', status: 404 });
    fakes.apiState.failOn('countTokens', missing, 99);
    expect((await runStep(fakes)).runState.warnings).toEqual([]);
    expect(fakes.log.messages).toContainEqual({ code: 'count-incomplete', counted: 0, reason: '404' });
  });

  test.each([
    'count_tokens is not enabled',
    'Your credit balance is too low to access the Anthropic API.',
    'This model does not support assistant message prefill.',
  ])('one refusal of all (%s) is a warning once, whatever their number', async (text) => {
    const said = `400 invalid_request_error: ${text}`;
    const refusal = new ApiError({ code: 'quoted', text: said }, { reach: 'answered', status: 400 });
    for (const count of [4, 9, 200]) {
      const fakes = fakesWith(...Array.from({ length: count }, (_, i) => requestLine(`r${i}`)));
      fakes.apiState.failOn('countTokens', refusal, 99);
      const { outcome, runState } = await runStep(fakes);
      expect(outcome.status).toBe('completed');
      expect(runState.warnings).toEqual([{ code: 'counts-refused', reason: said }]);
    }
  });

  test('a request that the API refuses to count is named also where other calls fail', async () => {
    const fakes = fakesWith(...Array.from({ length: 4 }, (_, i) => requestLine(`r${i}`)));
    const said = '400 invalid_request_error: This model does not support assistant message prefill.';
    const countTokens = async (params: Uint8Array): Promise<never> => {
      if (Buffer.from(params).includes('Say r2')) throw unavailable();
      throw new ApiError({ code: 'quoted', text: said }, { reach: 'answered', status: 400 });
    };
    Object.assign(fakes.api, { countTokens });
    const { runState } = await runStep(fakes);
    expect(runState.warnings.map(({ code, where }) => [code, where?.line])).toEqual([
      ['count-refused', 1],
      ['count-refused', 2],
      ['count-refused', 4],
    ]);
  });
});

describe('faults of the inputs', () => {
  test.each<[string, Record<string, string>, Problem]>([
    ['override-params', { 'override-params': 'max_tokens: 0' }, { code: 'max-tokens-range', input: 'override-params' }],
    [
      'default-params',
      { 'default-params': '{temperature: 1}' },
      { code: 'removed-param', name: 'temperature', version: '2026-10-21', input: 'default-params' },
    ],
    [
      'the model of a matrix',
      { 'override-params': 'model: claude-nope' },
      {
        code: 'unknown-model',
        name: 'claude-nope',
        meant: undefined,
        examples: expect.any(Array) as unknown as string[],
        isForeign: false,
        input: 'override-params',
      },
    ],
  ])('%s: reported once, for the input and not for the lines', async (_, inputs, problem) => {
    const fakes = fakesWith(...THREE);
    fakes.apiState.models.set('claude-nope', null);
    expect(await problemsOf(fakes, inputs)).toEqual([problem]);
  });

  test('a line with a fault of its own is named beside them', async () => {
    const fakes = fakesWith(...THREE, requestLine('d', { stream: true }));
    const problems = await problemsOf(fakes, { 'default-params': '{temperature: 1}' });
    expect(problems.map(({ where }) => where?.line)).toEqual([undefined, 4]);
  });
});

test('params that stand there twice are refused, so that what is checked is what is sent', async () => {
  const twice = requestLine('a')
    .replace('"max_tokens":100', '"max_tokens":60000')
    .replace(/\}\}$/, ',"max_tokens":1}}');
  expect(await problemsOf(fakesWith(requestLine('b'), twice), { 'max-cost-usd': '1' })).toEqual([
    { code: 'repeated-key', name: 'max_tokens', within: 'params', where: { file: 'evals.jsonl', line: 2 } },
  ]);
});

describe('the estimate', () => {
  test('stands in log, outputs, summary and comment, and at most 40 prompts are counted', async () => {
    const fakes = fakesWith(...Array.from({ length: 100 }, (_, i) => requestLine(`r${i}`)));
    await runStep(fakes);
    expect(fakes.apiState.counted.length).toBeLessThanOrEqual(40);
    expect(fakes.apiState.counted.length).toBeGreaterThan(20);
    const likely = fakes.outputs.get('estimated-cost-usd');
    const most = fakes.outputs.get('max-estimated-cost-usd');
    // 100 answers of up to 100 tokens at $5 a million, halved, and a prompt of some 30 tokens each.
    expect(Number(most)).toBeGreaterThan(0.025);
    expect(Number(most)).toBeLessThan(0.03);
    expect(Number(likely)).toBeLessThan(Number(most));
    const { estimate } = summaryOf(fakes);
    expect(estimate?.batch).toMatchObject({ likely, upper: most });
    expect(fakes.log.lines).toContain(estimate?.batch ? ESTIMATE['in-batch'](estimate.batch) : undefined);
    expect(fakes.board.comments[0]?.body).toMatch(
      new RegExp(
        `${LABELS['estimated-before']} \\| \\$${likely} \\|[^]*${LABELS['highest-estimate']} \\| \\$${most} \\|`,
      ),
    );
    expect(fakes.summaries.join('\n')).toContain(ESTIMATE_LABELS['caching-off']);
  });

  test('takes only what counting takes', async () => {
    const system = [{ type: 'text', text: 'Be brief.' }];
    const fakes = fakesWith(requestLine('a', { system, stop_sequences: ['x'], metadata: { user_id: 'u' } }));
    await runStep(fakes);
    expect(fakes.apiState.counted).toEqual([
      { model: 'claude-haiku-4-5', system, messages: [{ role: 'user', content: 'Say a.' }] },
    ]);
  });

  test('goes by a cautious rule where nothing can be counted', async () => {
    const fakes = fakesWith(...THREE);
    fakes.apiState.failOn('countTokens', unavailable(), 99);
    expect((await runStep(fakes)).outcome.status).toBe('completed');
    const { estimate } = summaryOf(fakes);
    expect(estimate).toMatchObject({ basis: 'rule', counted: 0 });
    expect(fakes.log.lines).toContain(estimate && ESTIMATE.input({ tokens: estimate.input_tokens, ...estimate }));
    expect(Number(fakes.outputs.get('max-estimated-cost-usd'))).toBeGreaterThan(0.00075);
  });

  test('waits for a rate limit, but not long', async () => {
    const limited = (seconds: number): ApiError =>
      new ApiError(
        { code: 'quoted', text: '429 rate_limit_error' },
        { reach: 'answered', status: 429, retryAfterMs: seconds * 1000 },
      );
    const fakes = fakesWith(...THREE);
    fakes.apiState.failOn('countTokens', limited(2), 2);
    await runStep(fakes);
    expect(fakes.apiState.counted).toHaveLength(3);
    const other = fakesWith(...THREE);
    other.apiState.failOn('countTokens', limited(3600), 99);
    await runStep(other);
    expect(other.apiState.counted).toHaveLength(0);
    expect(other.clock.now() - Date.parse('2026-11-22T10:00:00Z')).toBeLessThan(120_000);
  });

  test('says which request the API would not count', async () => {
    const fakes = fakesWith(...THREE);
    const said = '400 invalid_request_error: messages.0: no';
    fakes.apiState.failOn(
      'countTokens',
      new ApiError({ code: 'quoted', text: said }, { reach: 'answered', status: 400 }),
    );
    const { runState } = await runStep(fakes);
    const where = { file: 'evals.jsonl', line: 1 };
    expect(runState.warnings).toEqual([{ code: 'count-refused', reason: said, where }]);
    expect(annotatedAt(fakes)).toEqual([where]);
  });

  describe('says which requests have a fault that the API names when it counts', () => {
    const said = '400 invalid_request_error: tools.0.custom.description: String should have at most 5 characters';
    const lineOf = (isFaulty: boolean, i: number): string => {
      const description = isFaulty ? 'too long' : 'short';
      return requestLine(`r${i}`, { tools: [{ name: 'look', description, input_schema: { type: 'object' } }] });
    };
    /** Fakes whose API counts no prompt with a long description, and the lines that have one. */
    const fakesOf = (faulty: readonly boolean[]) => {
      const fakes = fakesWith(...faulty.map(lineOf));
      const count = fakes.api.countTokens;
      Object.assign(fakes.api, {
        countTokens: async (params: Uint8Array) => {
          if (Buffer.from(params).includes('too long'))
            throw new ApiError({ code: 'quoted', text: said }, { reach: 'answered', status: 400 });
          return count(params);
        },
      });
      return { fakes, lines: faulty.flatMap((isFaulty, i) => (isFaulty ? [i + 1] : [])) };
    };
    const rows = (count: number, isFaulty: (i: number) => boolean) =>
      Array.from({ length: count }, (_, i) => isFaulty(i));

    test.each<[string, readonly boolean[]]>([
      ['one', rows(9, (i) => i === 8)],
      ['three', rows(9, (i) => i < 3)],
      ['the first four', rows(9, (i) => i < 4)],
      ['the last four', rows(9, (i) => i > 4)],
      ['every other one', rows(9, (i) => i % 2 === 0)],
      ['all of four', rows(4, () => true)],
      ['all', rows(9, () => true)],
      ['many more than are counted', rows(200, () => true)],
      ['most of many', rows(200, (i) => i % 10 > 0)],
    ])('%s', async (_, faulty) => {
      const { fakes, lines } = fakesOf(faulty);
      const { runState } = await runStep(fakes);
      const found = runState.warnings.filter(({ code }) => code === 'count-refused');
      expect(found.map(({ where }) => where?.line)).toEqual(lines);
      expect(found[0]).toMatchObject({ reason: said });
      expect(annotatedAt(fakes)).toContainEqual({ file: 'evals.jsonl', line: lines[0] });
    });
  });

  test('is not made where a batch of an earlier run is gone on with', async () => {
    const fakes = fakesWith(...THREE);
    await runStep(fakes, inputsOf({ 'wait-minutes': '0' }));
    fakes.apiState.counted.length = 0;
    fakes.outputs.clear();
    await runStep(fakes, inputsOf(), runOf({ GITHUB_RUN_ID: '100' }));
    expect(fakes.apiState.counted).toEqual([]);
    expect(fakes.outputs.has('estimated-cost-usd')).toBe(false);
  });
});

test('an absurd max_tokens is above every limit, and never free', async () => {
  for (const max_tokens of [1e16, 1e20, 2 ** 53]) {
    const fakes = fakesWith(requestLine('a', { max_tokens }));
    expect((await problemsOf(fakes)).map(({ code }) => code)).toEqual(['max-tokens-limit']);
    const unlimited = fakesWith(requestLine('a', { max_tokens }));
    unlimited.apiState.models.set('claude-haiku-4-5', { maxTokens: null });
    expect((await problemsOf(unlimited, { 'max-cost-usd': '1000' })).map(({ code }) => code)).toEqual(['over-budget']);
  }
});

test('a prompt that the model does not take is a warning at its line', async () => {
  const fakes = fakesWith(
    ...THREE,
    requestLine('d', { messages: [{ role: 'user', content: 'word '.repeat(300_000) }] }),
  );
  const { runState } = await runStep(fakes);
  const where = { file: 'evals.jsonl', line: 4 };
  expect(runState.warnings).toMatchObject([
    { code: 'prompt-too-long', model: 'claude-haiku-4-5', limit: 200_000, where },
  ]);
  expect(annotatedAt(fakes)).toEqual([where]);
});

describe('doubtful requests', () => {
  test('go out with a warning at their line, one a cause', async () => {
    const same = { messages: [{ role: 'user', content: 'Same.' }] };
    const fakes = fakesWith(
      requestLine('a', same),
      requestLine('b', same),
      requestLine('c', { ...same, max_token: 5 }),
    );
    const { green, runState } = await runStep(fakes);
    expect(green).toBe(true);
    const at = (line: number) => ({ file: 'evals.jsonl', line });
    expect(runState.warnings).toEqual([
      { code: 'identical-requests', first: at(1), where: at(2) },
      { code: 'unknown-param', name: 'max_token', meant: undefined, where: at(3) },
    ]);
    expect(annotatedAt(fakes)).toEqual([at(2), at(3)]);
    expect(fakes.board.comments[0]?.body).toContain(REPORT.warnings({ count: 2 }));
  });

  test('that begin alike without a cache breakpoint are told what a breakpoint would save', async () => {
    const system = 'A long instruction. '.repeat(1000);
    const fakes = fakesWith(...['a', 'b', 'c', 'd'].map((id) => requestLine(id, { system })));
    const { runState } = await runStep(fakes);
    expect(runState.warnings).toMatchObject([
      { code: 'uncached-prefix', requests: 4, where: { file: 'evals.jsonl', line: 1 } },
    ]);
    expect(fakes.summaries.join('\n')).toContain(CACHING_ON.prefixes);
  });
});

describe('max-cost-usd', () => {
  test('below the upper bound refuses, with the arithmetic and ways out', async () => {
    const fakes = fakesWith(...THREE);
    const [problem, ...others] = await problemsOf(fakes, { 'max-cost-usd': '0.0005' });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: 'over-budget',
      worstUsd: expect.any(BigInt),
      maxCostUsd: 500_000_000_000n,
      maxTokens: expect.any(Number),
    });
    expect(fakes.outputs.get('status')).toBe('rejected');
    expect(fakes.outputs.get('max-estimated-cost-usd')).toMatch(/^0\.000\d+$/);
    expect(fakes.board.comments[0]?.body).toContain(ESTIMATE_LABELS['likely-range']);
  });

  test('is held against the likely figure where that is asked for', async () => {
    const fakes = fakesWith(...THREE);
    expect(await problemsOf(fakes, { 'max-cost-usd': '0.0005', 'max-cost-basis': 'likely' })).toEqual([]);
    expect(fakes.apiState.created).toBe(1);
    expect(await problemsOf(fakesWith(...THREE), { 'max-cost-usd': '0', 'max-cost-basis': 'likely' })).toHaveLength(1);
  });

  test('of exactly the upper bound submits', async () => {
    const first = fakesWith(...THREE);
    await problemsOf(first, { 'max-cost-usd': '0' });
    const fakes = fakesWith(...THREE);
    // The output is rounded: half a millionth up is above the exact figure.
    const upper = (Number(first.outputs.get('max-estimated-cost-usd')) + 0.000001).toFixed(6);
    expect(await problemsOf(fakes, { 'max-cost-usd': upper })).toEqual([]);
    expect(fakes.apiState.created).toBe(1);
  });

  test('refuses what has no known price, unless the price is given', async () => {
    const lines = THREE.map((line) => line.replace('claude-haiku-4-5', 'claude-mythos-preview'));
    expect((await problemsOf(fakesWith(...lines), { 'max-cost-usd': '100' })).map(({ code }) => code)).toEqual([
      'unknown-price',
    ]);
    const fakes = fakesWith(...lines);
    const rates = { input: 1, output: 5, 'cache-write-5m': 1, 'cache-write-1h': 1, 'cache-read': 1 };
    fakes.files.disk.set('/w/prices.json', Buffer.from(JSON.stringify({ 'claude-mythos-preview': rates })));
    expect(await problemsOf(fakes, { 'max-cost-usd': '100', prices: 'prices.json' })).toEqual([]);
    expect(fakes.apiState.created).toBe(1);
  });

  test('refuses what has no upper bound, unless the likely figure counts', async () => {
    const tools = [{ type: 'web_search_20250305', name: 'web_search', max_uses: 2 }];
    const line = requestLine('a', { tools });
    expect((await problemsOf(fakesWith(line), { 'max-cost-usd': '100' })).map(({ code }) => code)).toEqual([
      'no-upper-bound',
    ]);
    expect(await problemsOf(fakesWith(line), { 'max-cost-usd': '100', 'max-cost-basis': 'likely' })).toEqual([]);
  });

  test('never keeps a batch of an earlier run from being finished', async () => {
    const fakes = fakesWith(...THREE);
    await runStep(fakes, inputsOf({ 'wait-minutes': '0' }));
    const { outcome } = await runStep(fakes, inputsOf({ 'max-cost-usd': '0' }), runOf({ GITHUB_RUN_ID: '100' }));
    expect(outcome.status).toBe('completed');
    expect(fakes.apiState.created).toBe(1);
  });

  test('never cuts short what is under way: a retry round goes out', async () => {
    const fakes = fakesWith(...THREE);
    let isBusy = true;
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, index) => {
      if (id !== 'b' || !isBusy) return answer(id, index);
      isBusy = false;
      return {
        custom_id: id,
        result: { type: 'errored', error: { type: 'error', error: { type: 'overloaded_error', message: '' } } },
      };
    };
    const { outcome } = await runStep(fakes, inputsOf({ 'max-cost-usd': '0.002' }));
    expect(outcome).toMatchObject({ status: 'completed', accounts: { counts: { succeeded: 3 } } });
    expect(fakes.apiState.created).toBe(2);
  });

  test('holds for a batch that an earlier run may have made, only where it made none', async () => {
    const reset = () => new ApiError({ code: 'quoted', text: 'read ECONNRESET' }, { reach: 'unknown' });
    for (const [when, created, status] of [
      ['create-answer', 1, 'completed'],
      ['create', 0, 'rejected'],
    ] as const) {
      const fakes = fakesWith(...THREE);
      fakes.apiState.failOn(when, reset());
      // The first run dies while it looks for what its create made.
      const { list, create } = fakes.api;
      const killed = async () => Promise.reject(new Error('killed'));
      const createAndDie: typeof create = (body) => {
        Object.assign(fakes.api, { list: killed });
        return create(body);
      };
      Object.assign(fakes.api, { create: createAndDie });
      await runStep(fakes);
      Object.assign(fakes.api, { list, create });
      const { outcome } = await runStep(fakes, inputsOf({ 'max-cost-usd': '0' }), runOf({ GITHUB_RUN_ID: '100' }));
      expect([when, fakes.apiState.created, outcome.status]).toEqual([when, created, status]);
    }
  });
});

describe('a dry run', () => {
  test('says what it would cost, and submits and remembers nothing', async () => {
    const fakes = fakesWith(...THREE);
    const { outcome, green } = await runStep(fakes, inputsOf({ 'dry-run': 'true' }));
    expect({ green, status: outcome.status }).toEqual({ green: true, status: 'dry-run' });
    expect(fakes.apiState.created).toBe(0);
    expect(fakes.memory.texts).toEqual([]);
    expect(fakes.artifactState.stored).toEqual([]);
    expect(fakes.outputs.get('status')).toBe('dry-run');
    expect(fakes.outputs.get('request-count')).toBe('3');
    const likely = fakes.outputs.get('estimated-cost-usd');
    const summary = summaryOf(fakes);
    expect(summary).toMatchObject({ status: 'dry-run', estimate: { counted: 3, batch: { likely } } });
    const batch = summary.estimate?.batch ?? null;
    const words = printMessage({ code: 'dry-run-ended', requests: 3, total: 3, batch, unpriced: 0 });
    expect(fakes.log.lines).toContain(words);
    const headline = HEADLINES['dry-run']({
      requests: 3,
      total: 3,
      usd: batch?.likely ?? null,
      isLowerBound: false,
      isUnchecked: false,
    });
    for (const text of [fakes.board.comments[0]?.body, ...fakes.summaries]) {
      expect(text).toContain(escapeMarkdown(headline));
      expect(text).toContain(`$${batch?.upper}`);
    }
    expect(fakes.summaries).toHaveLength(1);
  });

  test('fails over what a run would fail over', async () => {
    const fakes = fakesWith(requestLine('a', { stream: true }));
    expect((await runStep(fakes, inputsOf({ 'dry-run': 'true' }))).outcome.status).toBe('rejected');
    const dear = fakesWith(...THREE);
    expect((await runStep(dear, inputsOf({ 'dry-run': 'true', 'max-cost-usd': '0.0001' }))).outcome).toMatchObject({
      status: 'rejected',
      problems: [{ code: 'over-budget' }],
    });
  });

  test('needs no key, also for a fork, and says what it left out', async () => {
    const fakes = fakesWith(...THREE);
    for (const method of ['model', 'countTokens', 'create']) fakes.apiState.failOn(method, new Error('asked'), 99);
    const fork = {
      pull_request: { number: 7, head: { sha: 'c0ffee', ref: 'topic', repo: { full_name: 'stranger/evals' } } },
    };
    const { outcome, green } = await runStep(fakes, inputsOf({ 'dry-run': 'true' }, null), runOf({}, fork));
    expect({ green, status: outcome.status }).toEqual({ green: true, status: 'dry-run' });
    expect(fakes.board.comments[0]?.body).toContain(NOTES['no-key']());
    expect(Number(fakes.outputs.get('max-estimated-cost-usd'))).toBeGreaterThan(0.00075);
  });
});
