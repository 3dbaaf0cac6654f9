import { describe, expect, test } from '@jest/globals';
import type { Problem } from '../src/core/messages/problems.ts';
import { createFakes, type Fakes } from './fakes/ports.ts';
import { evals, fakesWith, mainRun, onwards } from './fakes/reusing.ts';
import { inputsOf, parsedInputsOf, runOf, runStep } from './fakes/step.ts';

// What files that strangers may write can ask for at most: so many requests, and of these models only.

type Raw = Readonly<Record<string, string>>;

function line(
  id: string,
  { model = 'claude-haiku-4-5', ...params }: Readonly<Record<string, unknown>> = {},
  more = {},
): string {
  const messages = [{ role: 'user', content: `Say ${id}.` }];
  return JSON.stringify({ custom_id: id, params: { model, max_tokens: 100, messages, ...params }, ...more });
}

const idsFrom = (first: number, count: number) => Array.from({ length: count }, (_, index) => `case-${first + index}`);
const filesOf = (files: Readonly<Record<string, readonly string[]>>): Fakes =>
  createFakes(Object.fromEntries(Object.entries(files).map(([name, lines]) => [`/w/${name}`, lines.join('\n')])));

/** Why nothing was sent: code, file and line of each problem; empty where all was sent. */
async function refusalsOf(fakes: Fakes, raw: Raw) {
  const { outcome, green } = await runStep(fakes, inputsOf(raw));
  if (outcome.status !== 'rejected') return [];
  expect({ green, created: fakes.apiState.created, counted: fakes.apiState.counted.length }).toEqual({
    green: false,
    created: 0,
    counted: 0,
  });
  return outcome.problems.map(({ code, where }: Problem) => [code, where?.file, where?.line]);
}

describe('max-requests', () => {
  const five = () =>
    filesOf({
      'e/a.jsonl': idsFrom(0, 3).map((id) => line(id)),
      'e/b.jsonl': ['', ...idsFrom(3, 2).map((id) => line(id))],
    });
  const one = ['too-many-requests', 'e/b.jsonl', 3];

  test.each<[string, Raw, readonly unknown[]]>([
    ['as many as there are', { 'max-requests': '5' }, []],
    ['one less', { 'max-requests': '4' }, [one]],
    ['one alone', { 'max-requests': '1' }, [['too-many-requests', 'e/a.jsonl', 2]]],
    ['as many as with repeats', { 'max-requests': '10', repeats: '2' }, []],
    ['less than with repeats', { 'max-requests': '9', repeats: '2' }, [one]],
    ['as many as the sample takes', { 'max-requests': '2', sample: '2' }, []],
    [
      'less than a sample with repeats',
      { 'max-requests': '3', sample: '2', repeats: '2' },
      [['too-many-requests', expect.any(String), expect.any(Number)]],
    ],
  ])('%s', async (_, raw, expected) => {
    const fakes = five();
    expect(await refusalsOf(fakes, { requests: 'e/*', ...raw })).toEqual(expected);
    expect(fakes.apiState.created).toBe(expected.length === 0 ? 1 : 0);
  });

  test('counts in the problem what would be sent', async () => {
    const { outcome } = await runStep(five(), inputsOf({ requests: 'e/*', 'max-requests': '7', repeats: '2' }));
    expect(outcome).toMatchObject({ problems: [{ code: 'too-many-requests', requests: 10, repeats: 2, max: 7 }] });
  });

  test('keeps no run from collecting what was sent, or what is given', async () => {
    const fakes = filesOf({ 'evals.jsonl': idsFrom(0, 3).map((id) => line(id)) });
    await runStep(fakes, inputsOf({ 'wait-minutes': '0' }));
    const bounds = { 'max-requests': '1', 'allowed-models': 'claude-opus-5' };
    const joined = await runStep(fakes, inputsOf(bounds), runOf({ GITHUB_RUN_ID: '100' }));
    const given = await runStep(
      fakes,
      inputsOf({ ...bounds, 'batch-id': 'msgbatch_1' }),
      runOf({ GITHUB_RUN_ID: '101' }),
    );
    expect([joined, given].map(({ outcome: { status } }) => status)).toEqual(['completed', 'completed']);
    expect(fakes.apiState.created).toBe(1);
  });
});

const adding = (definition: object) => ({ type: 'tool_addition', tool: { type: 'tool_definition', definition } });

test.each([
  ['one that runs at the API', { type: 'web_search_20250305', name: 'web_search' }, ['no-upper-bound']],
  ['one of the caller', { name: 'mine', input_schema: { type: 'object' } }, []],
])('max-cost-usd and a tool between messages, which a beta takes: %s', async (_, tool, expected) => {
  const messages = [
    { role: 'user', content: 'x' },
    { role: 'system', content: [adding(tool)] },
  ];
  const fakes = filesOf({ 'evals.jsonl': [line('a', { messages })] });
  const raw = { 'max-cost-usd': '5', 'anthropic-beta': 'inline-tools-2026-09-15' };
  const { outcome } = await runStep(fakes, inputsOf(raw));
  expect(outcome.status === 'rejected' ? outcome.problems.map(({ code }: Problem) => code) : []).toEqual(expected);
  expect(fakes.apiState.created).toBe(expected.length === 0 ? 1 : 0);
});

describe('allowed-models', () => {
  const allowed = { 'allowed-models': 'claude-haiku-4-5, claude-opus-5' };
  const at = (...lines: readonly number[]) => lines.map((number) => ['model-not-allowed', 'evals.jsonl', number]);

  test.each<[string, readonly string[], Raw, readonly unknown[]]>([
    ['only these', [line('a'), line('b', { model: 'claude-opus-5' })], {}, []],
    [
      'others, each at its line',
      [line('a', { model: 'claude-opus-4-8' }), line('b'), line('c', { model: 'x' })],
      {},
      at(1, 3),
    ],
    ['another, replaced by an input', [line('a', { model: 'x' })], { 'override-params': 'model: claude-opus-5' }, []],
    [
      'none, filled in by an input',
      ['{"custom_id":"a","params":{"max_tokens":9,"messages":[{"role":"user","content":"x"}]}}'],
      { 'default-params': 'model: claude-opus-5' },
      [],
    ],
    [
      'another, set by an input',
      [line('a'), line('b')],
      { 'override-params': 'model: x' },
      [['model-not-allowed', undefined, undefined]],
    ],
    ['one with a date', [line('a', { model: 'claude-haiku-4-5-20251001' })], {}, at(1)],
    [
      'another of a tool between messages, which a beta takes',
      [
        line('a', {
          messages: [
            { role: 'user', content: 'x' },
            { role: 'system', content: [adding({ type: 'advisor_20260301', model: 'x' })] },
          ],
        }),
      ],
      { 'anthropic-beta': 'inline-tools-2026-09-15' },
      at(1),
    ],
    [
      'another in a model that is written twice, once with an escape',
      [line('a').replace('"model":', String.raw`"mod\u0065l":"x","model":`)],
      {},
      [['repeated-key', 'evals.jsonl', 1]],
    ],
    [
      // Node 24 takes this key for the one with a backslash, which it has parsed before.
      'another in a model that is written with an escape, beside one that an input fills in',
      [
        ...['a', 'b'].map((id) =>
          line(id, {
            tools: [
              {
                name: 't',
                input_schema: {
                  type: 'object',
                  default: { stop_sequences: 1, max_tokens: 1, messages: 1, 'mode\\': 1 },
                },
              },
            ],
          }),
        ),
        `{"custom_id":"c","params":{"stop_sequences":["z"],"max_tokens":9,"messages":[{"role":"user","content":"x"}],"mode${String.raw`\u006c`}":"x"}}`,
      ],
      { 'default-params': 'model: claude-opus-5' },
      at(3),
    ],
    [
      'another one outside the sample',
      [...idsFrom(0, 9).map((id) => line(id)), line('z', { model: 'x' })],
      { sample: '1' },
      at(10),
    ],
  ])('%s', async (_, lines, raw, expected) => {
    expect(await refusalsOf(filesOf({ 'evals.jsonl': lines }), { ...allowed, ...raw })).toEqual(expected);
  });

  test('does not bound the judge, which the workflow names', async () => {
    const assert = [{ type: 'llm-rubric', value: 'is short' }];
    const fakes = filesOf({ 'evals.jsonl': [line('a', {}, { assert })] });
    await runStep(fakes, inputsOf({ 'allowed-models': 'claude-haiku-4-5', 'judge-model': 'claude-opus-5' }));
    expect(fakes.apiState.created).toBe(2);
  });

  test('asks the API nothing where a stranger made a model up', async () => {
    const fakes = filesOf({ 'evals.jsonl': [line('a'), line('b', { model: 'made-up' })] });
    const asked: string[] = [];
    const asks = (name: string) => {
      asked.push(name);
      return fakes.api.model(name);
    };
    await runStep({ ...fakes, api: { ...fakes.api, model: asks } }, inputsOf(allowed));
    expect(asked).toEqual([]);
  });
});

test('nothing is fetched of earlier answers for requests that are refused', async () => {
  const before = fakesWith(evals(3));
  await runStep(before, inputsOf({ 'reuse-answers': 'true' }), mainRun(1));
  const later = onwards(before, evals(4));
  const fetched: string[] = [];
  const { results } = later.api;
  later.api.results = (id) => {
    fetched.push(id);
    return results(id);
  };
  const reuse = (raw: Raw, id: number) => runStep(later, inputsOf({ 'reuse-answers': 'true', ...raw }), mainRun(id));
  const refused = await reuse({ 'max-requests': '3' }, 2);
  expect([refused.outcome.status, fetched]).toEqual(['rejected', []]);
  const admitted = await reuse({ 'max-requests': '4' }, 3);
  expect([admitted.outcome.status, fetched[0]]).toEqual(['completed', 'msgbatch_1']);
});

test('all that is wrong is told at once, in the order of the lines', async () => {
  const fakes = filesOf({
    'evals.jsonl': [line('a'), line('b', { model: 'x' }), line('c', { stream: true }), line('d', { model: 'x' })],
  });
  expect(await refusalsOf(fakes, { 'max-requests': '2', 'allowed-models': 'claude-haiku-4-5' })).toEqual([
    ['model-not-allowed', 'evals.jsonl', 2],
    ['refused-in-batch', 'evals.jsonl', 3],
    ['too-many-requests', 'evals.jsonl', 3],
    ['model-not-allowed', 'evals.jsonl', 4],
  ]);
});

test('a dry run checks the bounds without a key', async () => {
  const fakes = filesOf({ 'evals.jsonl': [line('a'), line('b', { model: 'x' })] });
  const { inputs } = parsedInputsOf(
    { 'dry-run': 'true', 'max-requests': '1', 'allowed-models': 'claude-haiku-4-5' },
    null,
  );
  const { outcome } = await runStep(fakes, inputs);
  expect(outcome).toMatchObject({
    status: 'rejected',
    problems: expect.arrayContaining([
      expect.objectContaining({ code: 'model-not-allowed' }),
      expect.objectContaining({ code: 'too-many-requests' }),
    ]),
  });
});
