import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { simulatedModels } from '../../../simulator/anthropic/models.ts';
import { checkParams } from '../../../simulator/anthropic/params-check.ts';
import type { LintRules } from '../../../src/core/lint/finding.ts';
import { lintParams } from '../../../src/core/lint/lint-params.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { createRequestParser } from '../../../src/core/requests/request.ts';
import { BETA, compareWithSchema, GATEWAY, given, OLD, STRICT, said } from './given.ts';

const models = simulatedModels();
const refusal = (params: Params, rules: LintRules) =>
  checkParams(params, { models, version: rules.version, beta: rules.betas === true, inBatch: true });

/** One change each, of params that both take. */
const changes: readonly Params[] = [
  {},
  ...[
    'speed',
    'store',
    'thread',
    'previous_thread_event_id',
    'cache_hint',
    'context_hint',
    'fallbacks',
    'betas',
  ].flatMap((name) => [{ [name]: 'x' }, { [name]: null }, { [name]: {} }, { [name]: false }]),
  ...['temperature', 'top_p', 'top_k'].flatMap((name) => [{ [name]: 1 }, { [name]: 0 }, { [name]: null }]),
  ...[true, false, null].map((stream) => ({ stream })),
  ...[undefined, null, '8', 0, -1, 1.5, 1, 64_000, [], true].map((value) => ({ max_tokens: value })),
  ...[undefined, null, 5, ''].map((value) => ({ model: value })),
  { model: 'claude-opus-5' },
  { max_token: 5 },
  { max_tokens: undefined, max_token: 5 },
  { n: 1 },
  { user_profile_id: 'u' },
  { workspace_id: 'w' },
  { context_management: null },
  { mcp_servers: [] },
  { anthropic_version: 'x' },
  { 'x-api-key': null },
  JSON.parse('{"__proto__": 1}'),
  { system: '' },
  { system: [{ type: 'text', text: 'x' }] },
  { metadata: { user_id: 'u' } },
  { tools: [] },
  { container: null, diagnostics: null, cache_control: null, inference_geo: 'us' },
  { service_tier: 'auto', stop_sequences: [], output_config: {}, thinking: { type: 'disabled' } },
  ...[undefined, null, 'x', 5, {}, [], ['x'], [null], [{}], [[]]].map((messages) => ({ messages })),
  ...['user', 'assistant', 'system', 'developer', '', null, 1].map((role) => ({ messages: [{ role, content: 'x' }] })),
  ...[undefined, null, '', [], 5, {}, ' ', 'x'].flatMap((content) => [
    { messages: [{ role: 'user', content }] },
    {
      messages: [
        { role: 'user', content: 'x' },
        { role: 'system', content },
      ],
    },
    {
      messages: [
        { role: 'assistant', content },
        { role: 'user', content: 'x' },
      ],
    },
  ]),
];

const cases = changes.map((change): [string, Params] => [JSON.stringify(change), { ...given(), ...change }]);

test('there are enough cases on either side', () => {
  const refused = cases.filter(([, params]) => refusal(params, STRICT) !== undefined).length;
  expect(refused).toBeGreaterThan(40);
  expect(cases.length - refused).toBeGreaterThan(15);
});

// JSON has no undefined: such a member is not there, for either.
test.each(cases)('%s is judged as the API would', (_, changed) => {
  const params: Params = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
  for (const rules of [STRICT, OLD, BETA, GATEWAY]) {
    const refused = refusal(params, rules)?.message;
    const said = lintParams(params, rules).map(({ problem }) => problem.code);
    // What the simulator refuses is found; what has no finding the simulator takes.
    if (refused !== undefined) expect({ refused, said }).not.toEqual({ refused, said: [] });
    // An error is never what the simulator takes, but it does not look inside blocks, and under betas at no name.
    const errors = lintParams(params, rules).filter(({ level }) => level === 'error');
    const seen = errors.filter(
      ({ problem: { code } }) =>
        !/^(?:shape-|unknown-|empty-text)/.test(code) && !(rules.betas && code === 'header-in-params'),
    );
    if (seen.length > 0) expect(refused).toBeDefined();
  }
});

test.each(cases)('%s is judged alike by the published schema', (_, changed) => {
  compareWithSchema(JSON.parse(JSON.stringify(changed)));
});

test('an empty last message of the assistant is taken', () => {
  const messages = [
    { role: 'user', content: 'x' },
    { role: 'assistant', content: '' },
  ];
  expect(lintParams(given({ messages }), STRICT)).toEqual([]);
});

test('blocks that the simulator does not look into', () => {
  expect(refusal(said({ type: 'image' }), STRICT)).toBeUndefined();
  expect(lintParams(said({ type: 'image' }), STRICT)).toHaveLength(1);
});

const data = (name: string) => fileURLToPath(new URL(`../../../../shared/data/${name}`, import.meta.url));
const shared = data('gsm8k.jsonl');
const isThere = existsSync(shared);

(isThere ? test : test.skip)('real requests have no finding (skipped where the test data is absent)', () => {
  const lines = readFileSync(shared, 'utf8').trim().split('\n');
  expect(lines.length).toBeGreaterThan(1_000);
  for (const line of lines) expect(lintParams(JSON.parse(line).params, STRICT)).toEqual([]);
});

(isThere ? test : test.skip)('what the API took has no error (skipped where the recordings are absent)', () => {
  const recordings = ['basic_batch_completion', 'batch_cancel', 'failed_request_batch_resume'].flatMap((name) =>
    JSON.parse(readFileSync(data(`recorded/${name}.json`), 'utf8')),
  );
  const bodies: string[] = recordings.flatMap(({ request_body: body }) => (body ? [body] : []));
  const requests: { params: Params }[] = bodies.flatMap((body) => JSON.parse(body).requests ?? []);
  expect(requests.length).toBeGreaterThan(5);
  const parse = createRequestParser({ under: new Map(), over: new Map() });
  for (const request of requests) {
    expect(parse(Buffer.from(JSON.stringify(request)))).toMatchObject({ params: request.params });
    expect(lintParams(request.params, OLD).filter(({ level }) => level === 'error')).toEqual([]);
  }
});

test.each(['capitals', 'sentiment'])('the example %s has no finding', (name) => {
  const file = fileURLToPath(new URL(`../../../examples/${name}.jsonl`, import.meta.url));
  for (const line of readFileSync(file, 'utf8').trim().split('\n'))
    expect(lintParams({ model: 'claude-haiku-4-5', max_tokens: 8, ...JSON.parse(line).params }, STRICT)).toEqual([]);
});
