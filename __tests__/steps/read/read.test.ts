import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.ts';
import { printMessage } from '../../../src/core/messages/message.ts';
import { type Problem, printProblem } from '../../../src/core/messages/problems.ts';
import { FileError } from '../../../src/ports/file-error.ts';
import { readRequests } from '../../../src/steps/read/read.ts';
import { createRunState } from '../../../src/steps/run/run-state.ts';
import { createFakes, errored, type Fakes, succeeded } from '../../fakes/ports.ts';
import { inputsOf, runStep } from '../../fakes/step.ts';

const line = (id: string): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]},"assert":[{"type":"equals","value":"${id}"}]}`;

/** Fakes with a batch of two requests, which was made before. */
function fakesWithBatch(files: Readonly<Record<string, string>> = {}): Fakes {
  const fakes = createFakes(files);
  const createdAt = '2026-11-22T09:00:00Z';
  fakes.apiState.batches.set('msgbatch_9', {
    batch: {
      id: 'msgbatch_9',
      status: 'in_progress',
      counts: { processing: 2, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      createdAt,
      endedAt: null,
      expiresAt: createdAt,
      archivedAt: null,
    },
    body: '',
    pollsLeft: 1,
    results: ['b', 'a'].map((id) => JSON.stringify(succeeded(id))),
  });
  return fakes;
}

const problemsOf = async (fakes: Fakes, raw: Record<string, string> = {}): Promise<readonly Problem[]> => {
  const read = await readRequests({ ports: fakes, inputs: inputsOf(raw), runState: createRunState(0, 'n') }, []);
  return !read.ok && read.outcome.status === 'rejected' ? read.outcome.problems : [];
};

describe('batch-id beside requests that are not there', () => {
  test.each<[string, string, Record<string, string>, string[]]>([
    ['no file', 'warn', {}, []],
    ['no file', 'ignore', {}, []],
    ['no line', 'warn', { '/w/evals.jsonl': '\n \n' }, ['evals.jsonl']],
    ['no line', 'ignore', { '/w/evals.jsonl': '' }, ['evals.jsonl']],
  ])('%s with %s: the batches are collected', async (_, mode, files, found) => {
    const fakes = fakesWithBatch(files);
    const inputs = inputsOf({ 'batch-id': 'msgbatch_9', 'if-no-requests-found': mode });
    const { outcome, green } = await runStep(fakes, inputs);
    expect({ green, created: fakes.apiState.created }).toEqual({ green: true, created: 0 });
    expect(outcome).toMatchObject({ status: 'completed', accounts: { counts: { total: 2, succeeded: 2 } } });
    const message = { code: 'no-requests-beside-batches', patterns: ['evals.jsonl'], files: found } as const;
    expect(fakes.log.messages).toContainEqual(message);
    const warnings = fakes.log.annotations.filter(({ level }) => level === 'warning').map(({ text }) => text);
    expect(warnings).toEqual(mode === 'warn' ? [printMessage(message)] : []);
    expect([...fakes.files.disk.keys()].filter((path) => path.endsWith('.jsonl') && path.startsWith('/r/'))).toEqual([
      '/r/results.jsonl',
    ]);
  });

  test('with error it stays an error', async () => {
    const fakes = fakesWithBatch();
    const { outcome, green } = await runStep(fakes, inputsOf({ 'batch-id': 'msgbatch_9' }));
    expect({ green, status: outcome.status }).toEqual({ green: false, status: 'rejected' });
    expect(fakes.apiState.polls).toBe(0);
  });

  test('a faulty line is an error in every mode', async () => {
    const fakes = fakesWithBatch({ '/w/evals.jsonl': '{' });
    const inputs = inputsOf({ 'batch-id': 'msgbatch_9', 'if-no-requests-found': 'ignore' });
    expect((await runStep(fakes, inputs)).outcome.status).toBe('rejected');
  });
});

describe('request files in results-path', () => {
  const out = { 'results-path': 'out', requests: 'out/*' };

  test('one that this step writes itself is refused, unread and untouched', async () => {
    const names = ['report.md', 'requests.jsonl', 'results.jsonl', 'summary.json'];
    const before = Object.fromEntries(names.map((name) => [`/w/out/${name}`, line('a')]));
    const fakes = createFakes(before);
    expect(await problemsOf(fakes, out)).toEqual(
      names.map((name) => ({ code: 'requests-replaced', where: { file: `out/${name}` } })),
    );
    expect((await runStep(fakes, inputsOf(out))).outcome.status).toBe('rejected');
    expect(fakes.apiState.created).toBe(0);
    expect(Object.fromEntries(Array.from(fakes.files.disk, ([path, text]) => [path, text.toString()]))).toEqual(before);
  });

  test('it is named beside all other problems, in the order of the files', async () => {
    const fakes = createFakes({
      '/w/out/a.jsonl': '[]',
      '/w/out/requests.jsonl': line('a'),
      '/w/out/z.jsonl': 'null',
    });
    expect((await problemsOf(fakes, out)).map(({ where }) => where)).toEqual([
      { file: 'out/a.jsonl', line: 1 },
      { file: 'out/requests.jsonl' },
      { file: 'out/z.jsonl', line: 1 },
    ]);
  });

  test('one that another step is writing, or left behind, is refused', async () => {
    const fakes = createFakes({ '/w/out/.claude-batch-1/requests.jsonl': line('a') });
    expect(await problemsOf(fakes, { ...out, requests: 'out/*', 'results-path': '/r' })).toEqual([
      { code: 'requests-replaced', where: { file: 'out/.claude-batch-1/requests.jsonl' } },
    ]);
  });

  test('others are read, and so are those of the same name elsewhere', async () => {
    const fakes = createFakes({ '/w/in/requests.jsonl': line('a'), '/w/in/results.jsonl': line('b') });
    expect((await runStep(fakes, inputsOf({ ...out, requests: 'in/*' }))).green).toBe(true);
    const inside = createFakes({ '/w/out/evals.jsonl': line('a') });
    expect((await runStep(inside, inputsOf(out))).green).toBe(true);
    expect(inside.files.disk.get('/w/out/evals.jsonl')?.toString()).toBe(line('a'));
  });

  test('retry.jsonl of a run is given to the next one, with the same folder, until all is answered', async () => {
    const fakes = createFakes({ '/w/evals.jsonl': ['a', 'b', 'c', 'd'].map(line).join('\n') });
    const retry = (): string | undefined => fakes.files.disk.get('/w/out/retry.jsonl')?.toString();
    const failing = new Set(['b', 'c', 'd']);
    fakes.apiState.answer = (id) => (failing.has(id) ? errored(id) : succeeded(id));
    await runStep(fakes, inputsOf({ 'results-path': 'out' }));
    expect(retry()).toBe(`${['b', 'c', 'd'].map(line).join('\n')}\n`);

    failing.delete('b');
    const again = inputsOf({ 'results-path': 'out', requests: 'out/retry.jsonl' });
    await runStep(fakes, again);
    expect(retry()).toBe(`${['c', 'd'].map(line).join('\n')}\n`);

    failing.clear();
    const { outcome, green } = await runStep(fakes, again);
    expect(green).toBe(true);
    expect(outcome).toMatchObject({ accounts: { counts: { total: 2, succeeded: 2 } } });
    expect(retry()).toBe('');
  });
});

test('a file that cannot be read is named where it stands among the others', async () => {
  const fakes = createFakes({ '/w/e/a.jsonl': '1', '/w/e/b.jsonl': line('b'), '/w/e/c.jsonl': '2' });
  const files = {
    ...fakes.files,
    read: (path: string) => (path.endsWith('b.jsonl') ? fakes.files.read('/gone') : fakes.files.read(path)),
  };
  expect(await problemsOf({ ...fakes, files }, { requests: 'e/*' })).toEqual([
    { code: 'not-an-object', found: 'number', where: { file: 'e/a.jsonl', line: 1 } },
    { code: 'unreadable-file', reason: expect.stringMatching(/^ENOENT/), where: { file: 'e/b.jsonl' } },
    { code: 'not-an-object', found: 'number', where: { file: 'e/c.jsonl', line: 1 } },
  ]);
});

test('an id that comes again in another file names the first place', async () => {
  const fakes = createFakes({ '/w/e/a.jsonl': `\n${line('a')}`, '/w/e/b.jsonl': line('a') });
  expect(await problemsOf(fakes, { requests: 'e/*' })).toEqual([
    {
      code: 'repeated-custom-id',
      customId: 'a',
      first: { file: 'e/a.jsonl', line: 2 },
      where: { file: 'e/b.jsonl', line: 1 },
    },
  ]);
});

describe('patterns that match nothing', () => {
  const folder = { '/w/evals/a.jsonl': line('a'), '/w/b, c.jsonl': line('b') };

  test.each<[string, string[]]>([
    ['evals', ['folder']],
    ['evals/a.jsonl, evals/b.jsonl', ['list']],
    ['- evals/a.jsonl', ['dash']],
    ["'evals/a.jsonl'\nevals/a.jsonl", ['quotes']],
    ['evals/a.jsonl\n!evals/{a,b}.jsonl', ['braces']],
    ['evals/*\n!', ['nothing']],
    ['evals/a.jsonl\n!b, c.jsonl', []],
    ['b, c.jsonl', []],
  ])('%j', async (requests, faults) => {
    const fakes = createFakes(folder);
    const problems = await problemsOf(fakes, { requests });
    expect(problems.map((problem) => problem.code === 'input-pattern' && problem.fault)).toEqual(faults);
    expect(problems.every(({ input }) => input === 'requests')).toBe(true);
  });

  test('they are an error also where no requests are none', async () => {
    const fakes = createFakes(folder);
    const { outcome } = await runStep(fakes, inputsOf({ requests: 'evals', 'if-no-requests-found': 'ignore' }));
    expect(outcome.status).toBe('rejected');
  });
});

test('what is no regular file is an error beside all other problems', async () => {
  const fakes = createFakes({ '/w/evals.jsonl': '[]' });
  const files = {
    ...fakes.files,
    find: async (patterns: readonly string[]) => ({
      ...(await fakes.files.find(patterns)),
      refused: [{ name: 'p.jsonl', fault: 'pipe' as const }],
    }),
  };
  expect(await problemsOf({ ...fakes, files })).toEqual([
    { code: 'file-unusable', fault: 'pipe', where: { file: 'p.jsonl' } },
    { code: 'not-an-object', found: 'list', where: { file: 'evals.jsonl', line: 1 } },
  ]);
});

test('a file that changes while it is read is an error of that file', async () => {
  const fakes = createFakes({ '/w/evals.jsonl': `${line('a')}\n` });
  const files = {
    ...fakes.files,
    async *read(path: string) {
      yield* fakes.files.read(path);
      throw new FileError('changed');
    },
  };
  expect(await problemsOf({ ...fakes, files })).toEqual([
    { code: 'file-unusable', fault: 'changed', where: { file: 'evals.jsonl' } },
  ]);
});

test.each(['ENOTDIR', 'EEXIST', 'ENAMETOOLONG', 'EACCES', 'EROFS', 'ELOOP', 'ENOENT'])(
  'a results-path that fails with %s is a problem of that input, and nothing is sent',
  async (code) => {
    const fakes = createFakes({ '/w/evals.jsonl': line('a') });
    fakes.files.failOn('open-for-write', Object.assign(new Error(code), { code }), 9);
    const { outcome, green } = await runStep(fakes);
    expect({ green, created: fakes.apiState.created }).toEqual({ green: false, created: 0 });
    expect(outcome).toMatchObject({
      status: 'rejected',
      problems: [{ code: 'input-folder', reason: code, input: 'results-path' }],
    });
  },
);

test.each(['results.jsonl', 'retry.jsonl', 'requests.jsonl'])(
  'a folder %s in results-path is a problem before anything is sent',
  async (name) => {
    const workspace = mkdtempSync(join(tmpdir(), 'claude-batch-read-'));
    try {
      writeFileSync(join(workspace, 'evals.jsonl'), line('a'));
      mkdirSync(join(workspace, 'out', name), { recursive: true });
      const fakes = { ...createFakes(), files: createFiles(workspace) };
      const inputs = { ...inputsOf(), resultsPath: join(workspace, 'out') };
      const read = await readRequests({ ports: fakes, inputs, runState: createRunState(0, 'n') }, []);
      expect(read).toMatchObject({ outcome: { problems: [{ code: 'input-folder', input: 'results-path' }] } });
    } finally {
      rmSync(workspace, { recursive: true });
    }
  },
);

describe('the price file', () => {
  const prices = (text: string) => ({ '/w/evals.jsonl': line('a'), '/w/prices.yml': text });

  test('one that is no regular file is a problem of the input', async () => {
    const fakes = createFakes(prices(''));
    const files = {
      ...fakes.files,
      readText: async () => {
        throw new FileError('device');
      },
    };
    const { outcome } = await runStep({ ...fakes, files }, inputsOf({ prices: 'prices.yml' }));
    expect(outcome).toMatchObject({ problems: [{ code: 'file-unusable', fault: 'device', input: 'prices' }] });
  });

  test.each([
    '{"private_key": "SECRET", "SECRET2": {"SECRET3": 1}, "SECRET2": {"input": "SECRET"}}',
    'password: "SECRET" SECRET\n',
    'a: *SECRET\n',
    'a: {input: -1, SECRET: 2}\nSECRET: {input: x}\n',
  ])('one from elsewhere is not quoted: %j', async (text) => {
    const fakes = createFakes(prices(text));
    fakes.files.outside.add('/w/prices.yml');
    const { outcome } = await runStep(fakes, inputsOf({ prices: 'prices.yml' }));
    const problems = outcome.status === 'rejected' ? outcome.problems : [];
    expect(problems.length).toBeGreaterThan(0);
    expect(`${JSON.stringify(problems)}${problems.map(printProblem).join()}`).not.toContain('SECRET');
  });
});

describe('schemas of asserts in files', () => {
  const line = JSON.stringify({
    custom_id: 'a',
    params: { model: 'claude-haiku-4-5', max_tokens: 8, messages: [{ role: 'user', content: 'x' }] },
    assert: [{ type: 'is-json', value: 'file://schemas/a.yaml' }],
  });

  test.each<[string, Record<string, string>, string[], object[]]>([
    ['that are read', { '/w/schemas/a.yaml': 'required: [a]' }, [], []],
    ['that are not there', {}, [], [{ code: 'assert-schema-file', why: 'unreadable' }]],
    ['that are none', { '/w/schemas/a.yaml': 'type: objekt' }, [], [{ code: 'assert-schema', file: 'schemas/a.yaml' }]],
    [
      'that a link leads out to',
      { '/w/schemas/a.yaml': 'required: [a]' },
      ['/w/schemas/a.yaml'],
      [{ code: 'assert-schema-file', why: 'unreadable' }],
    ],
  ])('%s', async (_, files, outside, expected) => {
    const fakes = createFakes({ '/w/evals.jsonl': line, ...files });
    for (const path of outside) fakes.files.outside.add(path);
    const where = { file: 'evals.jsonl', line: 1 };
    expect(await problemsOf(fakes)).toMatchObject(expected.map((problem) => ({ ...problem, where, place: [0] })));
  });
});
