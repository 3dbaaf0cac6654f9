import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type RunOptions, runAction } from '../../simulator/runner.ts';

const left: (() => void)[] = [];
afterEach(() => {
  for (const clean of left.splice(0)) clean();
});

/** Runs `main` (and `post`) of an action made on the spot. */
async function run(main: string, options: RunOptions = {}, more: { post?: string; inputs?: string } = {}) {
  const action = mkdtempSync(join(tmpdir(), 'claude-batch-action-'));
  mkdirSync(join(action, 'dist'));
  writeFileSync(join(action, 'package.json'), '{"type":"module"}');
  writeFileSync(join(action, 'dist/index.js'), `import fs from 'node:fs';\nconst env = process.env;\n${main}`);
  if (more.post !== undefined) writeFileSync(join(action, 'dist/post.js'), more.post);
  writeFileSync(
    join(action, 'action.yml'),
    `name: tiny\nruns:\n  using: node24\n  main: dist/index.js\n${more.post === undefined ? '' : '  post: dist/post.js\n'}${more.inputs ?? ''}`,
  );
  const result = await runAction({ action, ...options });
  left.push(() => rmSync(action, { recursive: true }), result.dispose);
  return result;
}

const dumpEnvironment = "fs.writeFileSync('env.json', JSON.stringify(env));";

async function environmentOf(options: RunOptions, inputs = '') {
  const result = await run(dumpEnvironment, options, { inputs });
  return new Map<string, string>(Object.entries(JSON.parse(readFileSync(join(result.workspace, 'env.json'), 'utf8'))));
}

describe('the environment of a step', () => {
  test('holds nothing of this process', async () => {
    process.env['A_SECRET_OF_THE_PARENT'] = 'x';
    const environment = await environmentOf({});
    delete process.env['A_SECRET_OF_THE_PARENT'];
    const allowed =
      /^(CI|GITHUB_.*|RUNNER_.*|HOME|USERPROFILE|LANG|PATH|TMPDIR|TEMP|TMP|SystemRoot|__CF_USER_TEXT_ENCODING)$/;
    expect([...environment.keys()].filter((name) => !allowed.test(name))).toEqual([]);
    expect(environment.has('GITHUB_TOKEN')).toBe(false);
  });

  test('holds every input under its name in capitals, with its default filled in', async () => {
    const inputs = [
      'inputs:',
      '  plain: {description: a}',
      '  with-hyphen: {description: a, default: "30"}',
      '  two words: {description: a, default: x}',
      '  token: {description: a, default: "${{ github.token }}"}',
      '  folder: {description: a, default: "${{runner.temp}}/x/${{ github.action }}"}',
      '  name: {description: a, default: "${{ github.job }}-${{ strategy.job-index }}-${{ github.workflow }}"}',
      '  given: {description: a, default: nobody}',
    ].join('\n');
    const job = { job: 'evals', jobIndex: 2, workflow: 'My evals', action: 'step-1' };
    const environment = await environmentOf({ githubToken: 'ghs_1', job, inputs: { given: 'somebody' } }, inputs);
    expect(Object.fromEntries([...environment].filter(([name]) => name.startsWith('INPUT_')))).toEqual({
      INPUT_PLAIN: '',
      'INPUT_WITH-HYPHEN': '30',
      INPUT_TWO_WORDS: 'x',
      INPUT_TOKEN: 'ghs_1',
      INPUT_FOLDER: `${environment.get('RUNNER_TEMP')}/x/step-1`,
      INPUT_NAME: 'evals-2-My evals',
      INPUT_GIVEN: 'somebody',
    });
  });

  test('tells of a pull request what its payload says', async () => {
    const payload = { pull_request: { number: 12, head: { ref: 'topic' }, base: { ref: 'main' } } };
    const environment = await environmentOf({ job: { payload, repository: 'o/r' }, env: { GITHUB_SHA: 'abc' } });
    const told = ['EVENT_NAME', 'REF', 'HEAD_REF', 'BASE_REF', 'REPOSITORY', 'REPOSITORY_OWNER', 'SHA'];
    expect(told.map((name) => environment.get(`GITHUB_${name}`))).toEqual([
      'pull_request',
      'refs/pull/12/merge',
      'topic',
      'main',
      'o/r',
      'o',
      'abc',
    ]);
    expect(JSON.parse(readFileSync(environment.get('GITHUB_EVENT_PATH') ?? '', 'utf8'))).toEqual(payload);
  });

  test('an expression the runner does not know is not taken for an empty one', async () => {
    const inputs = 'inputs:\n  a: {description: a, default: "${{ matrix.model }}"}';
    await expect(run('', {}, { inputs })).rejects.toThrow('cannot evaluate ${{ matrix.model }}');
  });
});

test('files are written, copied and linked into the workspace, which a later run can go on with', async () => {
  const first = await run("console.log(fs.readdirSync('.').join())", {
    files: {
      'a/b.jsonl': 'text',
      'copy.ts': { copy: import.meta.filename },
      'link.ts': { link: import.meta.filename },
    },
  });
  expect(first.log).toBe('a,copy.ts,link.ts\n');
  const second = await run("console.log(fs.readFileSync('a/b.jsonl', 'utf8'))", { root: first.root });
  expect(second.log).toBe('text\n');
});

describe('workflow commands', () => {
  const table: readonly (readonly [name: string, lines: readonly string[], log: string])[] = [
    ['a plain line', ['hello', 'a ::error::b'], 'hello\na ::error::b\n'],
    ['a group', ['::group::Costs', 'x', '::endgroup::'], '##[group]Costs\nx\n##[endgroup]\n'],
    ['debug is not shown', ['::debug::x'], ''],
    ['an unknown command is text', ['::hello::x'], '::hello::x\n'],
    ['blanks before a command', ['  ::notice::x'], '##[notice]x\n'],
    ['the older spelling, anywhere', ['abc ##[warning]x'], '##[warning]x\n'],
    ['a mask hides from then on', ['pass', '::add-mask::pass', 'my pass, passed'], 'pass\nmy ***, ***ed\n'],
    ['stopped commands', ['::stop-commands::t0k', '::error::x', '::t0k::', '::notice::y'], '::error::x\n##[notice]y\n'],
  ];
  test.each(table)('%s', async (_, lines, log) => {
    const result = await run(`for (const line of ${JSON.stringify(lines)}) console.log(line);`);
    expect(result.log).toBe(log);
    expect(result.rawLog).toBe(lines.map((line) => `${line}\n`).join(''));
  });

  test('annotations are unescaped, also from stderr and without a last line end', async () => {
    const result = await run(
      "process.stderr.write('::error file=a%2Cb.jsonl,line=3,title=x%3Ay::100%25%0Asecond line, with: all');",
    );
    expect(result.annotations).toEqual([
      {
        level: 'error',
        message: '100%\nsecond line, with: all',
        properties: new Map([
          ['file', 'a,b.jsonl'],
          ['line', '3'],
          ['title', 'x:y'],
        ]),
        shown: true,
      },
    ]);
    expect(result.conclusion).toBe('success');
  });

  test('ten of a level are shown', async () => {
    const result = await run("for (let i = 0; i < 12; i++) console.log('::error::' + i); console.log('::warning::w');");
    expect(result.annotations.filter((one) => one.shown).length).toBe(11);
    expect(result.annotations.length).toBe(13);
  });

  test('old commands in foreign text do harm here as they would there', async () => {
    const result = await run("console.log('::set-output name=a::1'); console.log('::set-env name=B::2');");
    expect(result.outputs).toEqual(new Map([['a', '1']]));
    expect(result.conclusion).toBe('failure');
  });

  test('secrets of the job are hidden from the start', async () => {
    const result = await run('console.log(env.INPUT_KEY, env.INPUT_TOKEN)', {
      inputs: { key: 'sk-1', token: 'ghs_1' },
      githubToken: 'ghs_1',
      secrets: ['sk-1'],
    });
    expect(result.log).toContain("Unexpected input(s) 'key', 'token'");
    expect(result.log).toContain('*** ***\n');
    expect(result.rawLog).toBe('sk-1 ghs_1\n');
  });
});

describe('files of commands', () => {
  const output = (text: string) => `fs.appendFileSync(env.GITHUB_OUTPUT, ${JSON.stringify(text)});`;

  test('are read in both forms', async () => {
    const result = await run(output('a=1\n\nb<<EOF\nx\ny=z\n\nEOF\nc<<E\nE\na=2=3\nd=x<<y\ne<<E=F\nz\nE=F\n'));
    expect(Object.fromEntries(result.outputs)).toEqual({ a: '2=3', b: 'x\ny=z\n', c: '', d: 'x<<y', e: 'z' });
  });

  test.each([
    ['no value', 'abc\n', "Invalid format 'abc'"],
    ['no end', 'a<<E\nx\n', "Matching delimiter not found 'E'"],
    ['no name', '=x\n', 'Name must not be empty'],
  ])('a wrong one fails the step: %s', async (_, text, message) => {
    const result = await run(output(text));
    expect(result.conclusion).toBe('failure');
    expect(result.annotations[0]?.message).toContain(message);
  });

  test('count also when the step crashes', async () => {
    const result = await run(
      `${output('batch-id=b1\n')} fs.appendFileSync(env.GITHUB_STEP_SUMMARY, '# Report'); throw new Error('boom');`,
    );
    expect([result.conclusion, result.exitCode]).toEqual(['failure', 1]);
    expect(result.outputs.get('batch-id')).toBe('b1');
    expect(result.summary).toBe('# Report');
    expect(result.log).toContain('boom');
  });

  test('a summary over 1 MiB is dropped whole, the step goes on', async () => {
    const result = await run("fs.appendFileSync(env.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024 + 1));");
    expect([result.summary, result.conclusion]).toEqual(['', 'success']);
    expect(result.annotations[0]?.message).toContain('upload aborted');
    const whole = await run("fs.appendFileSync(env.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024));");
    expect(whole.summary.length).toBe(1024 * 1024);
  });
});

const posix = process.platform === 'win32' ? describe.skip : describe;

posix('a cancelled step', () => {
  const ready = "console.log('ready'); setInterval(() => {}, 1000);";
  const on = (signal: string, act: string) => `process.on('${signal}', () => { console.log('${signal}'); ${act} });`;
  const cancel = { cancelWhen: /^ready$/, graceScale: 0.4 };

  test.each([
    ['that heeds SIGINT', on('SIGINT', 'process.exit(3);'), 'ready\nSIGINT\n', 3, null],
    [
      'that waits for SIGTERM',
      on('SIGINT', '') + on('SIGTERM', 'process.exit(4);'),
      'ready\nSIGINT\nSIGTERM\n',
      4,
      null,
    ],
    ['that heeds nothing', on('SIGINT', '') + on('SIGTERM', ''), 'ready\nSIGINT\nSIGTERM\n', null, 'SIGKILL'],
  ])('%s', async (_, handlers, log, exitCode, signal) => {
    const result = await run(handlers + ready, cancel, { post: "console.log('post ran')" });
    expect(result).toMatchObject({ conclusion: 'cancelled', log, exitCode, signal });
    expect(result.post?.log).toBe('post ran\n');
  });

  test('a lost machine runs nothing more', async () => {
    const result = await run(ready, { onStart: (step) => setTimeout(step.lose, 50) }, { post: '' });
    expect(result).toMatchObject({ conclusion: 'failure', signal: 'SIGKILL', post: undefined });
  });

  test('a step that hangs fails the test with its log', async () => {
    await expect(run(ready, { timeoutMs: 500 })).rejects.toThrow('still running after 500 ms. Its log:\nready');
  });
});

test('the post step gets the inputs, what main saved, and files of its own', async () => {
  const main =
    "fs.appendFileSync(env.GITHUB_STATE, 'batch-id=b1\\n'); fs.appendFileSync(env.GITHUB_ENV, 'LATER=yes\\n'); process.exit(1);";
  const post =
    "const e = process.env; console.log(e['STATE_batch-id'], e.INPUT_KEY, e.LATER, e.GITHUB_STATE !== undefined);";
  const result = await run(main, { inputs: { key: 'k' } }, { post });
  expect(result.post?.log.split('\n').at(-2)).toBe('b1 k yes true');
  expect(result.conclusion).toBe('failure');
  expect(result.post?.conclusion).toBe('success');
});
