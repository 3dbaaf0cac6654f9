import { describe, expect, test } from '@jest/globals';
import { createFakes, errored, type Fakes, succeeded } from './fakes/ports.ts';
import { inputsOf, runStep } from './fakes/step.ts';

// Every request is sent `repeats` times, and stays one line of its file.

const paramsOf = (id: string): string =>
  `{"model":"claude-haiku-4-5", "max_tokens":8,"messages":[{"role":"user","content":"${id}"}]}`;
const line = (id: string, more = ''): string => `{"custom_id":"${id}","params":${paramsOf(id)}${more}}`;
const EVALS = [line('c', ',"assert":[{"type":"is-json"}]'), line('a'), line('b')].join('\n');

const fakesWith = (content = EVALS): Fakes => createFakes({ '/w/evals.jsonl': content });
const file = (fakes: Fakes, name: string): string | undefined => fakes.files.disk.get(`/r/${name}`)?.toString('utf8');
const linesOf = (text: string | undefined): string[] => (text ?? '').split('\n').filter(Boolean);
const idsOf = (text: string | undefined): string[] => linesOf(text).map((one) => JSON.parse(one).custom_id);
const problemsOf = (outcome: object): unknown => ('problems' in outcome ? outcome.problems : []);

test('each request goes out under an id for each answer, in the order of the file', async () => {
  const fakes = fakesWith();
  const { outcome, green } = await runStep(fakes, inputsOf({ repeats: '2' }));
  const ids = ['c-r1', 'c-r2', 'a-r1', 'a-r2', 'b-r1', 'b-r2'];
  expect(green).toBe(true);
  expect(outcome).toMatchObject({ status: 'completed', accounts: { counts: { total: 6, succeeded: 6 } } });
  expect(idsOf(file(fakes, 'requests.jsonl'))).toEqual(ids);
  expect(idsOf(file(fakes, 'results.jsonl'))).toEqual(ids);
  expect(linesOf(file(fakes, 'requests.jsonl'))[0]).toBe(`{"custom_id":"c-r1","params":${paramsOf('c')}}`);
  expect(file(fakes, 'retry.jsonl')).toBe('');
  expect(fakes.outputs.get('request-count')).toBe('6');
});

test('the estimate is for all answers', async () => {
  const estimateOf = async (repeats: string): Promise<string | undefined> => {
    const fakes = fakesWith();
    await runStep(fakes, inputsOf({ repeats, 'dry-run': 'true' }));
    return fakes.outputs.get('max-estimated-cost-usd');
  };
  expect(Number(await estimateOf('10'))).toBeCloseTo(10 * Number(await estimateOf('1')), 5);
});

describe('retry.jsonl', () => {
  test('has a request once, whichever of its answers is missing, and repeats it again', async () => {
    const fakes = fakesWith();
    fakes.apiState.answer = (id) =>
      id.startsWith('b-') || id === 'c-r2' ? errored(id, 'invalid_request_error', 'bad') : succeeded(id);
    const inputs = { repeats: '3', 'retry-rounds': '0' };
    await runStep(fakes, inputsOf(inputs));
    const retry = file(fakes, 'retry.jsonl');
    expect(retry).toBe(`${line('c', ',"assert":[{"type":"is-json"}]')}\n${line('b')}\n`);

    const again = fakesWith(retry);
    await runStep(again, inputsOf(inputs));
    expect(idsOf(file(again, 'results.jsonl'))).toEqual(['c-r1', 'c-r2', 'c-r3', 'b-r1', 'b-r2', 'b-r3']);
  });

  test('has two equal lines of two files', async () => {
    const fakes = createFakes({ '/w/e/a.jsonl': line('a'), '/w/e/b.jsonl': line('b') });
    fakes.apiState.answer = (id) => errored(id, 'invalid_request_error', 'bad');
    await runStep(fakes, inputsOf({ requests: 'e/*', repeats: '2' }));
    expect(idsOf(file(fakes, 'retry.jsonl'))).toEqual(['a', 'b']);
  });
});

test('answers of one request are no identical requests', async () => {
  const fakes = fakesWith();
  await runStep(fakes, inputsOf({ repeats: '2' }));
  expect(fakes.log.annotations).toEqual([]);
});

test('given batches are looked through for every answer', async () => {
  const fakes = fakesWith(line('a'));
  await runStep(fakes, inputsOf({ repeats: '2' }));
  const again = createFakes({ '/w/evals.jsonl': line('a') });
  again.apiState.batches.set('msgbatch_1', fakes.apiState.batches.get('msgbatch_1') ?? fail());
  const { outcome } = await runStep(again, inputsOf({ repeats: '3', 'batch-id': 'msgbatch_1' }));
  expect(outcome).toMatchObject({ accounts: { counts: { total: 3, succeeded: 2, missing: 1 } } });
});

function fail(): never {
  throw new Error('There is no batch.');
}

describe('ids', () => {
  const at = (line: number) => ({ file: 'evals.jsonl', line });
  const long = (length: number): string => 'x'.repeat(length);

  test.each<[string, string, string[], object[]]>([
    ['as long as they may be', '9', [long(61)], []],
    ['too long', '9', [long(62)], [{ code: 'repeats-id-length', length: 62, max: 61, where: at(1) }]],
    [
      'too long for the last answer',
      '10',
      [long(61)],
      [{ code: 'repeats-id-length', length: 61, max: 60, where: at(1) }],
    ],
    [
      'of a request and an earlier one',
      '2',
      ['a', 'a'],
      [{ code: 'repeated-custom-id', customId: 'a', first: at(1), where: at(2) }],
    ],
    [
      'of an answer and a later line',
      '2',
      ['a', 'b', 'a-r2'],
      [{ code: 'repeats-id-clash', customId: 'a-r2', first: at(1), where: at(3) }],
    ],
    [
      'of an answer and an earlier line',
      '2',
      ['b', 'a-r2', 'a'],
      [{ code: 'repeats-id-clash', customId: 'a-r2', first: at(2), where: at(3) }],
    ],
    ['beyond the last answer', '2', ['a', 'a-r3'], []],
    ['that only look like those of answers', '2', ['a-r1', 'b-r2'], []],
    ['without repeats', '1', ['a', 'a-r1', long(64)], []],
  ])('%s', async (_, repeats, ids, problems) => {
    const fakes = fakesWith(ids.map((id) => line(id)).join('\n'));
    const { outcome } = await runStep(fakes, inputsOf({ repeats }));
    expect(problemsOf(outcome)).toEqual(problems);
    expect(outcome.status).toBe(problems.length > 0 ? 'rejected' : 'completed');
  });
});
