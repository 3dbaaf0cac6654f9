import { expect, test } from '@jest/globals';
import { withoutSecrets } from '../../../src/adapters/without-secrets.ts';
import { createSecrets } from '../../../src/core/text/secrets.ts';
import { runBatch } from '../../../src/pipeline.ts';
import { publish } from '../../../src/steps/publish/publish.ts';
import { createRunState } from '../../../src/steps/run/run-state.ts';
import { createFakes, errored, type Fakes, succeeded } from '../../fakes/ports.ts';
import { inputsOf, runOf } from '../../fakes/step.ts';

const KEY = 'sk-ant-api03-deadbeef01-key';
/** Where people do not read, or read what they or a model wrote. */
const COPIES = ['results.jsonl', 'requests.jsonl', 'retry.jsonl'];
const API_COPIES = [...COPIES, 'judge-results.jsonl'];
const JUDGE = 'claude-sonnet-4-6';

function line(id: string, prompt: string): string {
  const params = { model: 'claude-haiku-4-5', max_tokens: 8, messages: [{ role: 'user', content: prompt }] };
  return `${JSON.stringify({ custom_id: id, params })}\n`;
}

async function publishWith(
  requests: string,
  prepare: (fakes: Fakes) => void,
  more: Readonly<Record<string, string>> = {},
) {
  const fakes = createFakes({ '/w/evals.jsonl': requests });
  prepare(fakes);
  const ports = { ...fakes, ...withoutSecrets(fakes, createSecrets([KEY])) };
  const inputs = inputsOf({ 'max-error-rate': '100', ...more });
  const run = { ports, inputs, context: runOf(), runState: createRunState(fakes.clock.now(), 'me') };
  await publish(run, await runBatch(run));
  const shown = new Map<string, string>([
    ...[...fakes.files.disk]
      .filter(([path]) => path.startsWith('/r/') && !API_COPIES.includes(path.slice('/r/'.length)))
      .map(textOf),
    ...fakes.outputs,
    ...fakes.summaries.map((text, index): [string, string] => [`job summary ${index}`, text]),
    ...fakes.board.comments.map(({ id, body }): [string, string] => [`comment ${id}`, body]),
  ]);
  const uploaded = new Map(fakes.artifactState.stored.flatMap(({ content }) => [...content]).map(textOf));
  return { fakes, shown, uploaded };
}

function textOf([path, content]: readonly [string, Buffer]): [string, string] {
  return [path, content.toString('utf8')];
}

/** The secret, also where an escape or a cut left only a part of it. */
const holders = (texts: ReadonlyMap<string, string>) =>
  [...texts].filter(([, text]) => text.includes('sk-ant-api03-') || text.includes('beef01-key')).map(([name]) => name);

test('what an API, a model or an id repeats of a secret is *** in all that people read; results stay as they came', async () => {
  const { fakes, shown, uploaded } = await publishWith(line(KEY, 'hello') + line('b', 'hello'), ({ apiState }) => {
    apiState.answer = (id) =>
      id === 'b'
        ? errored(id, `type_${KEY}`, `not for ${KEY}!`)
        : succeeded(id, undefined, {
            model: KEY,
            stop_reason: KEY,
            content: [{ type: 'text', text: `my key: ${KEY}` }],
          });
  });
  expect(shown.get('job summary 0')).toContain('***');
  expect(shown.get('/r/summary.json')).toContain('not for ***!');
  expect(() => JSON.parse(shown.get('/r/summary.json') ?? '')).not.toThrow();
  expect([...shown.keys()].filter((name) => name.endsWith('.html'))).toHaveLength(1);
  expect(holders(shown)).toEqual([]);
  expect(holders(uploaded)).toEqual(['results.jsonl']);
  expect(fakes.files.disk.get('/r/results.jsonl')?.toString()).toContain(`not for ${KEY}!`);
  expect(fakes.log.messages).toContainEqual({ code: 'secret-in-results', files: ['results.jsonl'], isUploaded: true });
  expect(fakes.log.messages).toContainEqual({ code: 'secret-in-requests' });
});

test('what a judge repeats of a secret stays in its own results only, which the warning names', async () => {
  const judged = JSON.stringify({
    ...JSON.parse(line('a', 'hello')),
    assert: [{ type: 'llm-rubric', value: 'be nice' }],
  });
  const { fakes, shown, uploaded } = await publishWith(
    judged,
    ({ apiState }) => {
      const judgement = JSON.stringify({ reason: `key ${KEY}`, verdict: 'fail', score: 0 });
      apiState.answer = (id) => {
        const [model, text] = id.startsWith('judge-') ? [JUDGE, judgement] : ['claude-haiku-4-5', 'hi'];
        return succeeded(id, undefined, { model, content: [{ type: 'text', text }] });
      };
    },
    { 'judge-model': JUDGE },
  );
  expect(holders(shown)).toEqual([]);
  expect(holders(uploaded)).toEqual(['judge-results.jsonl']);
  expect(fakes.log.messages).toContainEqual({
    code: 'secret-in-results',
    files: ['judge-results.jsonl'],
    isUploaded: true,
  });
});

test('request lines without a secret are uploaded although results hold one', async () => {
  const { fakes, uploaded } = await publishWith(line('a', 'hello'), ({ apiState }) => {
    apiState.answer = (id) => errored(id, 'invalid_request_error', KEY);
  });
  expect([...uploaded.keys()]).toEqual(expect.arrayContaining(COPIES));
  expect(fakes.log.messages).not.toContainEqual({ code: 'secret-in-requests' });
});

test('a secret across two pieces of a file is seen', async () => {
  const { files } = createFakes({ '/w/a': `${'x'.repeat(5)}${KEY}`, '/w/b': KEY.slice(1) });
  const outlets = withoutSecrets({ ...createFakes(), files }, createSecrets([KEY]));
  expect([await outlets.files.holdsSecret('/w/a'), await outlets.files.holdsSecret('/w/b')]).toEqual([true, false]);
});

test.each([
  ['in JSON', (text: string) => JSON.stringify(text)],
  ['in a URL', encodeURIComponent],
  ['within base64', (text: string) => Buffer.from(`:${text}`).toString('base64')],
])('a secret %s is seen', async (_, write) => {
  const secret = `${KEY}"/`;
  const { files } = createFakes({ '/w/a': `x ${write(secret)} x` });
  const outlets = withoutSecrets({ ...createFakes(), files }, createSecrets([secret]));
  expect(await outlets.files.holdsSecret('/w/a')).toBe(true);
});

test('a name that holds a secret does not reach the records that later runs read', async () => {
  const fakes = createFakes({ '/w/evals.jsonl': line('a', 'hello') });
  const ports = { ...fakes, ...withoutSecrets(fakes, createSecrets([KEY])) };
  const inputs = inputsOf({ name: `of ${KEY}` });
  const run = { ports, inputs, context: runOf(), runState: createRunState(fakes.clock.now(), 'me') };
  const outcome = await runBatch(run);
  const stored = [...fakes.memory.texts.map(({ text }) => text), fakes.saved.get('record') ?? KEY];
  expect(outcome.status).toBe('completed');
  expect(stored.length).toBeGreaterThan(0);
  expect(holders(new Map(stored.map((text, index) => [`record ${index}`, text])))).toEqual([]);
});

test('what is kept of answers for later runs holds no secret, and is made of what was kept before', async () => {
  const fakes = createFakes();
  const { answers } = withoutSecrets(fakes, createSecrets([KEY]));
  const place = { name: 'evals', ref: 'refs/heads/main' };
  expect(await answers.save(place, (newest) => `${newest} ${KEY}`)).toBe('saved');
  expect(await answers.save(place, () => undefined)).toBe('nothing-new');
  expect(await answers.save(place, (newest) => `${newest}, then`)).toBe('saved');
  expect(await answers.find('evals', ['refs/pull/7/merge', 'refs/heads/main'])).toEqual(['undefined ***, then']);
});
