import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { effort } from './effort.ts';
import { createFakes, type Fakes, succeeded } from './fakes/ports.ts';
import { inputsOf, runStep } from './fakes/step.ts';

// A part of the requests, chosen by a digest of their custom IDs.

type Json = Readonly<Record<string, unknown>>;

const digest = (id: string) => createHash('sha256').update(id).digest('hex');
/** The same rule in other words: so many with the smallest digests, in the order of the file. */
function sampleOf(ids: readonly string[], count: number): string[] {
  const chosen = new Set([...ids].sort((a, b) => (digest(a) < digest(b) ? -1 : 1)).slice(0, count));
  return ids.filter((id) => chosen.has(id));
}

const IDS = Array.from({ length: 25 }, (_, index) => `case-${index}`);
const [TAKEN, LEFT_OUT] = [sampleOf(IDS, 5), IDS.filter((id) => !sampleOf(IDS, 5).includes(id))];
const ASSERT = { assert: [{ type: 'contains', value: 'ok' }] };

function line(id: string, more: Json = {}, params: Json = {}): string {
  const messages = [{ role: 'user', content: id }];
  return JSON.stringify({
    custom_id: id,
    params: { model: 'claude-haiku-4-5', max_tokens: 8, messages, ...params },
    ...more,
  });
}

function fakesWith(lines: readonly string[], files: Readonly<Record<string, string>> = {}): Fakes {
  const fakes = createFakes({ '/w/evals.jsonl': lines.join('\n'), ...files });
  fakes.apiState.answer = (id) => succeeded(id, undefined, { content: [{ type: 'text', text: 'ok' }] });
  return fakes;
}

const file = (fakes: Fakes, name: string): string => fakes.files.disk.get(`/r/${name}`)?.toString('utf8') ?? '';
const linesOf = (fakes: Fakes, name: string): string[] => file(fakes, name).split('\n').filter(Boolean);
const idsIn = (fakes: Fakes, name: string): string[] => linesOf(fakes, name).map((one) => JSON.parse(one).custom_id);
const run = (fakes: Fakes, raw: Readonly<Record<string, string>> = {}) =>
  runStep(fakes, inputsOf({ sample: '20%', baseline: 'none', ...raw }));

describe('only the sample', () => {
  test('is sent and collected, each line as it is without one, in the order of the file', async () => {
    const lines = IDS.map((id) => line(id));
    const whole = fakesWith(lines);
    await run(whole, { sample: '' });
    const fakes = fakesWith(lines);
    const { green } = await run(fakes);
    expect(green).toBe(true);
    expect(idsIn(fakes, 'requests.jsonl')).toEqual(TAKEN);
    expect(idsIn(fakes, 'results.jsonl')).toEqual(TAKEN);
    expect(linesOf(whole, 'requests.jsonl')).toEqual(expect.arrayContaining(linesOf(fakes, 'requests.jsonl')));
    expect(fakes.outputs.get('request-count')).toBe('5');
    expect(JSON.parse(file(fakes, 'summary.json'))).toMatchObject({
      sample: { requests: 5, of: 25, input: '20%' },
      requests: { total: 5, succeeded: 5 },
    });
    expect(fakes.log.messages).toContainEqual({ code: 'sample-taken', requests: 5, of: 25, input: '20%' });
  });

  test('is found in lines of any form', async () => {
    const text = `\uFEFF${IDS.map((id) => `  ${line(id)} \r\n\n`).join('')}`;
    const fakes = createFakes({ '/w/evals.jsonl': text });
    expect((await run(fakes)).green).toBe(true);
    expect(idsIn(fakes, 'requests.jsonl')).toEqual(TAKEN);
  });

  test('is of all files together', async () => {
    const fakes = createFakes({
      '/w/e/a.jsonl': IDS.slice(0, 9)
        .map((id) => line(id))
        .join('\n'),
      '/w/e/b.jsonl': IDS.slice(9)
        .map((id) => line(id))
        .join('\n'),
    });
    await run(fakes, { requests: 'e/*', sample: '5' });
    expect(idsIn(fakes, 'requests.jsonl')).toEqual(TAKEN);
  });

  test('is estimated', async () => {
    const most = async (lines: readonly string[], sample: string) => {
      const fakes = fakesWith(lines);
      await run(fakes, { sample, 'dry-run': 'true' });
      return fakes.outputs.get('max-estimated-cost-usd');
    };
    const [all, taken] = [IDS.map((id) => line(id)), TAKEN.map((id) => line(id))];
    expect(await most(all, '20%')).toBe(await most(taken, ''));
    expect(await most(all, '20%')).not.toBe(await most(all, ''));
  });

  test('has all answers of its requests', async () => {
    const fakes = fakesWith(IDS.map((id) => line(id, ASSERT)));
    await run(fakes, { repeats: '3' });
    expect(idsIn(fakes, 'requests.jsonl')).toEqual(TAKEN.flatMap((id) => [`${id}-r1`, `${id}-r2`, `${id}-r3`]));
    expect(idsIn(fakes, 'grades.jsonl')).toEqual(TAKEN);
    expect([fakes.outputs.get('request-count'), fakes.outputs.get('case-count')]).toEqual(['15', '5']);
    expect(JSON.parse(file(fakes, 'summary.json')).sample).toEqual({ requests: 5, of: 25, input: '20%' });
  });

  test('is graded, each answer by the asserts of its own request', async () => {
    const [first = '', ...rest] = TAKEN;
    const asserts = (id: string) => (id === first ? {} : { assert: [{ type: 'contains', value: `<${id}>` }] });
    const fakes = fakesWith(IDS.map((id) => line(id, asserts(id))));
    fakes.apiState.answer = (id) => succeeded(id, undefined, { content: [{ type: 'text', text: `<${id}>` }] });
    await run(fakes);
    expect(linesOf(fakes, 'grades.jsonl').map((one) => JSON.parse(one))).toMatchObject(
      rest.map((custom_id) => ({ custom_id, pass: true })),
    );
  });

  test('is tried again, as it was written', async () => {
    const fakes = fakesWith(IDS.map((id) => line(id, ASSERT)));
    fakes.apiState.answer = (id) => ({
      custom_id: id,
      result: { type: 'errored', error: { type: 'error', error: { type: 'invalid_request_error', message: 'bad' } } },
    });
    await run(fakes, { 'retry-rounds': '0' });
    expect(linesOf(fakes, 'retry.jsonl')).toEqual(TAKEN.map((id) => line(id, ASSERT)));
  });

  test('makes the record: a change elsewhere finds the batch, another sample does not', async () => {
    const fakes = fakesWith(IDS.map((id) => line(id)));
    await run(fakes);
    const batches = () => fakes.apiState.batches.size;
    fakes.files.disk.set(
      '/w/evals.jsonl',
      Buffer.from([...IDS.map((id) => line(id, {}, LEFT_OUT.includes(id) ? { max_tokens: 9 } : {}))].join('\n')),
    );
    await run(fakes, { resume: 'always' });
    expect([batches(), fakes.outputs.get('batch-source')]).toEqual([1, 'reused']);
    await run(fakes, { resume: 'always', sample: '6' });
    expect([batches(), idsIn(fakes, 'requests.jsonl')]).toEqual([2, sampleOf(IDS, 6)]);
  });
});

describe('a batch by its ID that was submitted with another sample', () => {
  test.each<[string, string, object]>([
    ['20%', '', { code: 'not-in-given', count: 20, sample: undefined }],
    ['20%', '40%', { code: 'not-in-given', count: 5, sample: '40%' }],
    ['', '20%', { code: 'unmatched-lines', count: 20, sample: '20%' }],
    ['40%', '20%', { code: 'unmatched-lines', count: 5, sample: '20%' }],
  ])('%j, collected with %j: the log says so', async (before, now, note) => {
    const fakes = fakesWith(IDS.map((id) => line(id)));
    await run(fakes, { sample: before });
    await run(fakes, { sample: now, 'batch-id': 'msgbatch_1' });
    expect(fakes.log.messages.filter(({ code }) => ['not-in-given', 'unmatched-lines'].includes(code))).toEqual([note]);
  });

  test('the same one: no word', async () => {
    const fakes = fakesWith(IDS.map((id) => line(id)));
    await run(fakes);
    expect((await run(fakes, { 'batch-id': 'msgbatch_1' })).green).toBe(true);
    expect(fakes.log.messages.map(({ code }) => code)).not.toContain('not-in-given');
  });
});

describe('all lines are checked', () => {
  const withLast = (id: string | undefined, text: string) => IDS.map((one) => (one === id ? text : line(one)));

  test.each<[string, string, object]>([
    ['that is no request', '{"custom_id": "x"}', { code: 'no-params' }],
    ['that the API would refuse', line('bad', {}, { max_tokens: -1 }), {}],
    ['with an assert that cannot be', line('bad', { assert: [{ type: 'regex', value: '(' }] }), {}],
  ])('one outside of the sample %s', async (_, text, problem) => {
    const fakes = fakesWith(withLast(LEFT_OUT[0], text));
    const { outcome } = await run(fakes);
    const where = { file: 'evals.jsonl', line: IDS.indexOf(LEFT_OUT[0] ?? '') + 1 };
    expect(outcome).toMatchObject({ status: 'rejected', problems: [{ ...problem, where }] });
    expect(fakes.apiState.batches.size).toBe(0);
  });

  test('a rubric outside of the sample needs a judge', async () => {
    const rubric = { assert: [{ type: 'llm-rubric', value: 'Is polite.' }] };
    const { outcome } = await run(fakesWith(withLast(LEFT_OUT[0], line(LEFT_OUT[0] ?? '', rubric))));
    expect(outcome).toMatchObject({ status: 'rejected', problems: [{ code: 'judge-missing' }] });
  });

  test('a gate over a sample without an assert is refused', async () => {
    const lines = IDS.map((id) => line(id, LEFT_OUT.includes(id) ? ASSERT : {}));
    const { outcome } = await run(fakesWith(lines), { 'min-pass-rate': '90' });
    expect(outcome).toMatchObject({
      status: 'rejected',
      problems: [{ code: 'input-gate-without-asserts', isSample: true, input: 'min-pass-rate' }],
    });
    expect((await run(fakesWith(lines), { sample: '100%', 'min-pass-rate': '90' })).green).toBe(true);
  });

  test('a file that changes before the sample is read', async () => {
    const fakes = fakesWith(IDS.map((id) => line(id)));
    const { open } = fakes.files;
    fakes.files.open = (path) => {
      const reader = open(path);
      return path.endsWith('evals.jsonl')
        ? { ...reader, readAt: (offset, length) => reader.readAt(offset, length).toReversed() }
        : reader;
    };
    const { outcome } = await run(fakes);
    expect(outcome).toMatchObject({
      status: 'rejected',
      problems: [{ code: 'file-unusable', fault: 'changed', where: { file: 'evals.jsonl' } }],
    });
    expect(fakes.apiState.batches.size).toBe(0);
  });
});

describe('grades of others', () => {
  const grade = (id: string) => JSON.stringify({ custom_id: id, metric: 'style', pass: true });

  test('of requests that are left out are no mistake', async () => {
    const fakes = fakesWith(
      IDS.map((id) => line(id)),
      { '/w/g.jsonl': IDS.map(grade).join('\n') },
    );
    expect((await run(fakes, { 'extra-grades': 'g.jsonl' })).green).toBe(true);
    expect([fakes.log.annotations, idsIn(fakes, 'grades.jsonl')]).toEqual([[], TAKEN]);
  });
});

describe('the baseline', () => {
  const baselineOf = async (lines: readonly string[], raw: Readonly<Record<string, string>>) => {
    const fakes = fakesWith(lines);
    await run(fakes, raw);
    return file(fakes, 'grades.jsonl');
  };
  const compare = async (lines: readonly string[], grades: string, raw: Readonly<Record<string, string>> = {}) => {
    const fakes = fakesWith(lines, { '/w/before/grades.jsonl': grades });
    await run(fakes, { baseline: './before/grades.jsonl', ...raw });
    return JSON.parse(file(fakes, 'summary.json')).grading.comparison;
  };
  const cases = (ids: readonly string[]) => ids.map((id) => line(id, ASSERT));
  const NOTHING = { added: 0, removed: 0, asserts_changed: 0, ungraded: 0 };

  test('is cut to the sample before anything is counted', async () => {
    const grades = await baselineOf(cases(IDS), { sample: '' });
    expect(await compare(cases(IDS), grades)).toMatchObject({ pairs: 5, left_out: NOTHING });
  });

  test('of a larger sample is cut, and what a smaller one does not have is added', async () => {
    const large = await baselineOf(cases(IDS), { sample: '10' });
    expect(await compare(cases(IDS), large, { sample: '5' })).toMatchObject({ pairs: 5, left_out: NOTHING });
    const small = await baselineOf(cases(IDS), { sample: '3' });
    expect(await compare(cases(IDS), small, { sample: '5' })).toMatchObject({
      pairs: 3,
      left_out: { ...NOTHING, added: 2 },
    });
  });

  test('still has what was removed from the files', async () => {
    const grades = await baselineOf(cases(IDS), { sample: '' });
    const [first = ''] = sampleOf(IDS, 1);
    const rest = IDS.filter((id) => id !== first);
    expect(await compare(cases(rest), grades)).toMatchObject({ pairs: 5, left_out: { ...NOTHING, removed: 1 } });
  });

  test('has every case of the sample, whatever the order, the contents and the repeats', async () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/), { minLength: 1, maxLength: 30 });
    const given = fc.record({
      ids,
      sample: fc.oneof(
        fc.integer({ min: 1, max: 35 }).map(String),
        fc.integer({ min: 1, max: 1_000 }).map((permille) => `${permille / 10}%`),
      ),
      isBaseSampled: fc.boolean(),
      repeats: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(given, async ({ ids: all, sample, isBaseSampled, repeats: [before, now], seed }) => {
        const shuffled = [...all].sort((a, b) => (digest(`${seed}${a}`) < digest(`${seed}${b}`) ? -1 : 1));
        const base = { sample: isBaseSampled ? sample : '', repeats: String(before) };
        const grades = await baselineOf(cases(all), base);
        const changed = shuffled.map((id) => line(id, ASSERT, { max_tokens: 9 }));
        const { pairs, left_out } = await compare(changed, grades, { sample, repeats: String(now) });
        const count = sample.endsWith('%')
          ? Math.ceil((all.length * Math.round(Number.parseFloat(sample) * 10)) / 1_000)
          : Math.min(all.length, Number(sample));
        expect([pairs, left_out]).toEqual([count, NOTHING]);
      }),
      { numRuns: effort(200, 15) },
    );
  });
});
