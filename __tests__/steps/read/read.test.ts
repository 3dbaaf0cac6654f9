import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.ts';
import { printMessage } from '../../../src/core/messages/message.ts';
import { type Problem, printProblem } from '../../../src/core/messages/problems.ts';
import { FileError } from '../../../src/ports/file-error.ts';
import { readRequests } from '../../../src/steps/read/read.ts';
import { inputsOf, runStep } from '../../fakes/step.ts';
import { createFakeWorld, errored, type FakeWorld, succeeded } from '../../fakes/world.ts';

const line = (id: string): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]},"assert":["${id}"]}`;

/** A world with a batch of two requests, which was made before. */
function worldWithBatch(files: Readonly<Record<string, string>> = {}): FakeWorld {
  const world = createFakeWorld(files);
  const createdAt = '2026-11-22T09:00:00Z';
  world.apiState.batches.set('msgbatch_9', {
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
    looksLeft: 1,
    results: ['b', 'a'].map((id) => JSON.stringify(succeeded(id))),
  });
  return world;
}

const problemsOf = async (world: FakeWorld, raw: Record<string, string> = {}): Promise<readonly Problem[]> => {
  const read = await readRequests(world, inputsOf(raw), []);
  return !read.ok && read.outcome.status === 'rejected' ? read.outcome.problems : [];
};

describe('batch-id beside requests that are not there', () => {
  test.each<[string, string, Record<string, string>, string[]]>([
    ['no file', 'warn', {}, []],
    ['no file', 'ignore', {}, []],
    ['no line', 'warn', { '/w/evals.jsonl': '\n \n' }, ['evals.jsonl']],
    ['no line', 'ignore', { '/w/evals.jsonl': '' }, ['evals.jsonl']],
  ])('%s with %s: the batches are collected', async (_, mode, files, found) => {
    const world = worldWithBatch(files);
    const inputs = inputsOf({ 'batch-id': 'msgbatch_9', 'if-no-requests-found': mode });
    const { outcome, green } = await runStep(world, inputs);
    expect({ green, created: world.apiState.created }).toEqual({ green: true, created: 0 });
    expect(outcome).toMatchObject({ status: 'completed', accounts: { counts: { total: 2, succeeded: 2 } } });
    const message = { code: 'no-requests-beside-batches', patterns: ['evals.jsonl'], files: found } as const;
    expect(world.log.messages).toContainEqual(message);
    const warnings = world.log.annotations.filter(({ level }) => level === 'warning').map(({ text }) => text);
    expect(warnings).toEqual(mode === 'warn' ? [printMessage(message)] : []);
    expect([...world.files.disk.keys()].filter((path) => path.endsWith('.jsonl') && path.startsWith('/r/'))).toEqual([
      '/r/results.jsonl',
    ]);
  });

  test('with error it stays an error', async () => {
    const world = worldWithBatch();
    const { outcome, green } = await runStep(world, inputsOf({ 'batch-id': 'msgbatch_9' }));
    expect({ green, status: outcome.status }).toEqual({ green: false, status: 'rejected' });
    expect(world.apiState.looks).toBe(0);
  });

  test('a faulty line is an error in every mode', async () => {
    const world = worldWithBatch({ '/w/evals.jsonl': '{' });
    const inputs = inputsOf({ 'batch-id': 'msgbatch_9', 'if-no-requests-found': 'ignore' });
    expect((await runStep(world, inputs)).outcome.status).toBe('rejected');
  });
});

describe('request files in results-path', () => {
  const out = { 'results-path': 'out', requests: 'out/*' };

  test('one that this step writes itself is refused, unread and untouched', async () => {
    const names = ['report.md', 'requests.jsonl', 'results.jsonl', 'summary.json'];
    const before = Object.fromEntries(names.map((name) => [`/w/out/${name}`, line('a')]));
    const world = createFakeWorld(before);
    expect(await problemsOf(world, out)).toEqual(
      names.map((name) => ({ code: 'requests-replaced', where: { file: `out/${name}` } })),
    );
    expect((await runStep(world, inputsOf(out))).outcome.status).toBe('rejected');
    expect(world.apiState.created).toBe(0);
    expect(Object.fromEntries(Array.from(world.files.disk, ([path, text]) => [path, text.toString()]))).toEqual(before);
  });

  test('it is named beside all other problems, in the order of the files', async () => {
    const world = createFakeWorld({
      '/w/out/a.jsonl': '[]',
      '/w/out/requests.jsonl': line('a'),
      '/w/out/z.jsonl': 'null',
    });
    expect((await problemsOf(world, out)).map(({ where }) => where)).toEqual([
      { file: 'out/a.jsonl', line: 1 },
      { file: 'out/requests.jsonl' },
      { file: 'out/z.jsonl', line: 1 },
    ]);
  });

  test('others are read, and so are those of the same name elsewhere', async () => {
    const world = createFakeWorld({ '/w/in/requests.jsonl': line('a'), '/w/in/results.jsonl': line('b') });
    expect((await runStep(world, inputsOf({ ...out, requests: 'in/*' }))).green).toBe(true);
    const inside = createFakeWorld({ '/w/out/evals.jsonl': line('a') });
    expect((await runStep(inside, inputsOf(out))).green).toBe(true);
    expect(inside.files.disk.get('/w/out/evals.jsonl')?.toString()).toBe(line('a'));
  });

  test('retry.jsonl of a run is given to the next one, with the same folder, until all is answered', async () => {
    const world = createFakeWorld({ '/w/evals.jsonl': ['a', 'b', 'c', 'd'].map(line).join('\n') });
    const retry = (): string | undefined => world.files.disk.get('/w/out/retry.jsonl')?.toString();
    const failing = new Set(['b', 'c', 'd']);
    world.apiState.answer = (id) => (failing.has(id) ? errored(id) : succeeded(id));
    await runStep(world, inputsOf({ 'results-path': 'out' }));
    expect(retry()).toBe(`${['b', 'c', 'd'].map(line).join('\n')}\n`);

    failing.delete('b');
    const again = inputsOf({ 'results-path': 'out', requests: 'out/retry.jsonl' });
    await runStep(world, again);
    expect(retry()).toBe(`${['c', 'd'].map(line).join('\n')}\n`);

    failing.clear();
    const { outcome, green } = await runStep(world, again);
    expect(green).toBe(true);
    expect(outcome).toMatchObject({ accounts: { counts: { total: 2, succeeded: 2 } } });
    expect(retry()).toBe('');
  });
});

test('a file that cannot be read is named where it stands among the others', async () => {
  const world = createFakeWorld({ '/w/e/a.jsonl': '1', '/w/e/b.jsonl': line('b'), '/w/e/c.jsonl': '2' });
  const files = {
    ...world.files,
    read: (path: string) => (path.endsWith('b.jsonl') ? world.files.read('/gone') : world.files.read(path)),
  };
  expect(await problemsOf({ ...world, files }, { requests: 'e/*' })).toEqual([
    { code: 'not-an-object', found: 'number', where: { file: 'e/a.jsonl', line: 1 } },
    { code: 'unreadable-file', reason: expect.stringMatching(/^ENOENT/), where: { file: 'e/b.jsonl' } },
    { code: 'not-an-object', found: 'number', where: { file: 'e/c.jsonl', line: 1 } },
  ]);
});

test('an id that comes again in another file names the first place', async () => {
  const world = createFakeWorld({ '/w/e/a.jsonl': `\n${line('a')}`, '/w/e/b.jsonl': line('a') });
  expect(await problemsOf(world, { requests: 'e/*' })).toEqual([
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
    const world = createFakeWorld(folder);
    const problems = await problemsOf(world, { requests });
    expect(problems.map((problem) => problem.code === 'input-pattern' && problem.fault)).toEqual(faults);
    expect(problems.every(({ input }) => input === 'requests')).toBe(true);
  });

  test('they are an error also where no requests are none', async () => {
    const world = createFakeWorld(folder);
    const { outcome } = await runStep(world, inputsOf({ requests: 'evals', 'if-no-requests-found': 'ignore' }));
    expect(outcome.status).toBe('rejected');
  });
});

test('what is no regular file is an error beside all other problems', async () => {
  const world = createFakeWorld({ '/w/evals.jsonl': '[]' });
  const files = {
    ...world.files,
    find: async (patterns: readonly string[]) => ({
      ...(await world.files.find(patterns)),
      refused: [{ name: 'p.jsonl', fault: 'pipe' as const }],
    }),
  };
  expect(await problemsOf({ ...world, files })).toEqual([
    { code: 'file-unusable', fault: 'pipe', where: { file: 'p.jsonl' } },
    { code: 'not-an-object', found: 'list', where: { file: 'evals.jsonl', line: 1 } },
  ]);
});

test('a file that changes while it is read is an error of that file', async () => {
  const world = createFakeWorld({ '/w/evals.jsonl': `${line('a')}\n` });
  const files = {
    ...world.files,
    async *read(path: string) {
      yield* world.files.read(path);
      throw new FileError('changed');
    },
  };
  expect(await problemsOf({ ...world, files })).toEqual([
    { code: 'file-unusable', fault: 'changed', where: { file: 'evals.jsonl' } },
  ]);
});

test.each(['ENOTDIR', 'EEXIST', 'ENAMETOOLONG', 'EACCES', 'EROFS', 'ELOOP', 'ENOENT'])(
  'a results-path that fails with %s is a problem of that input, and nothing is sent',
  async (code) => {
    const world = createFakeWorld({ '/w/evals.jsonl': line('a') });
    world.files.failOn('open-for-write', Object.assign(new Error(code), { code }), 9);
    const { outcome, green } = await runStep(world);
    expect({ green, created: world.apiState.created }).toEqual({ green: false, created: 0 });
    expect(outcome).toMatchObject({
      status: 'rejected',
      problems: [{ code: 'input-folder', reason: code, input: 'results-path' }],
    });
  },
);

test.each(['results.jsonl', 'retry.jsonl', 'requests.jsonl', 'requests.jsonl.partial'])(
  'a folder %s in results-path is a problem before anything is sent',
  async (name) => {
    const workspace = mkdtempSync(join(tmpdir(), 'claude-batch-read-'));
    try {
      writeFileSync(join(workspace, 'evals.jsonl'), line('a'));
      mkdirSync(join(workspace, 'out', name), { recursive: true });
      const world = { ...createFakeWorld(), files: createFiles(workspace) };
      const read = await readRequests(world, { ...inputsOf(), resultsPath: join(workspace, 'out') }, []);
      expect(read).toMatchObject({ outcome: { problems: [{ code: 'input-folder', input: 'results-path' }] } });
    } finally {
      rmSync(workspace, { recursive: true });
    }
  },
);

describe('the price file', () => {
  const prices = (text: string) => ({ '/w/evals.jsonl': line('a'), '/w/prices.yml': text });

  test('one that is no regular file is a problem of the input', async () => {
    const world = createFakeWorld(prices(''));
    const files = {
      ...world.files,
      readText: async () => {
        throw new FileError('device');
      },
    };
    const { outcome } = await runStep({ ...world, files }, inputsOf({ prices: 'prices.yml' }));
    expect(outcome).toMatchObject({ problems: [{ code: 'file-unusable', fault: 'device', input: 'prices' }] });
  });

  test.each([
    '{"private_key": "SECRET", "SECRET2": {"SECRET3": 1}, "SECRET2": {"input": "SECRET"}}',
    'password: "SECRET" SECRET\n',
    'a: *SECRET\n',
    'a: {input: -1, SECRET: 2}\nSECRET: {input: x}\n',
  ])('one from elsewhere is not quoted: %j', async (text) => {
    const world = createFakeWorld(prices(text));
    world.files.outside.add('/w/prices.yml');
    const { outcome } = await runStep(world, inputsOf({ prices: 'prices.yml' }));
    const problems = outcome.status === 'rejected' ? outcome.problems : [];
    expect(problems.length).toBeGreaterThan(0);
    expect(`${JSON.stringify(problems)}${problems.map(printProblem).join()}`).not.toContain('SECRET');
  });
});
