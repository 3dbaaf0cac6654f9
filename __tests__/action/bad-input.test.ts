import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { printProblem } from '../../src/core/messages/problems.ts';
import { createsOf, errorsOf, lines, requestLine, run, simulate } from './harness.ts';

// Fifty faulty lines of every kind in one file are named at once, each with its line; nothing is sent or left behind.

const long = 'x'.repeat(65);
const faulty: readonly (string | Buffer)[] = [
  // no JSON
  '{',
  '[',
  '{"custom_id": "lone", "params": {"x": "What does \\ud83d mean?"}}',
  'hello',
  "{'custom_id': 'a', 'params': {}}",
  '{"custom_id": "a", "params": {},}',
  '{"custom_id": "a" "params": {}}',
  '{"custom_id": "a", "params": {}',
  '{"custom_id": "a", "params": {}} trailing',
  '{"custom_id": "a", "params": {"x": NaN}}',
  '# a comment',
  '{"custom_id": "a", "params": {"x": "\t"}}',
  Buffer.from([0x7b, 0xc3, 0x28, 0x7d]),
  Buffer.from([0xff, 0xfe]),
  // no object
  '[]',
  '[{}]',
  '1',
  '"text"',
  'null',
  'true',
  // the id
  '{"params": {}}',
  '{"custom_id": 1, "params": {}}',
  '{"custom_id": null, "params": {}}',
  '{"custom_id": {}, "params": {}}',
  '{"custom_id": [], "params": {}}',
  '{"custom_id": "", "params": {}}',
  `{"custom_id": "${long}", "params": {}}`,
  '{"custom_id": "a b", "params": {}}',
  '{"custom_id": "ä", "params": {}}',
  '{"custom_id": "a.b", "params": {}}',
  '{"custom_id": "a/b", "params": {}}',
  '{"custom_id": "a\\n", "params": {}}',
  '{"custom_id": "::error::x", "params": {}}',
  '{"custom_id": "<!-- x -->", "params": {}}',
  '{"custom_id": "😀", "params": {}}',
  requestLine('good-1'),
  requestLine('good-1'),
  // the params
  '{"custom_id": "p1"}',
  '{"custom_id": "p2", "params": null}',
  '{"custom_id": "p3", "params": "{}"}',
  '{"custom_id": "p4", "params": []}',
  '{"custom_id": "p5", "params": 5}',
  // other keys
  '{"custom_id": "k1", "params": {}, "model": "m"}',
  '{"customId": "k2", "params": {}}',
  '{"custom_id": "k3", "param": {}}',
  '{"custom_id": "k4", "method": "POST", "url": "/v1/messages", "body": {}}',
  '{"custom_id": "k5", "params": {}, "asserts": []}',
  '{"custom_id": "k6", "custom_id": "k7", "params": {}}',
  '{"custom_id": "k8", "params": {}, "__proto__": {}}',
  '{"custom_id": "k9", "params": {}, "assert": {}}',
];

test('fifty faulty lines of every kind', async () => {
  expect(faulty).toHaveLength(50);
  const simulator = await simulate();
  const good = requestLine('good-1');
  const content = Buffer.concat([good, ...faulty].flatMap((line) => [Buffer.from(line), Buffer.from('\n')]));
  const result = await run(simulator, '', { files: { 'requests.jsonl': content } });

  expect({
    conclusion: result.conclusion,
    status: result.outputs.get('status'),
    creates: createsOf(simulator),
  }).toEqual({ conclusion: 'failure', status: 'rejected', creates: 0 });
  const named = new Set([...result.log.matchAll(/^requests\.jsonl:(\d+): /gm)].map(([, line]) => Number(line)));
  expect([...named].sort((a, b) => a - b)).toEqual(faulty.map((_, i) => i + 2));

  const annotations = result.annotations.filter(({ level }) => level === 'error');
  expect(annotations).toHaveLength(10);
  expect(annotations.every(({ shown }) => shown)).toBe(true);
  expect(annotations.map(({ properties }) => [...properties.keys()].join(' '))).toEqual([
    ...Array.from({ length: 9 }, () => 'title file line'),
    'title',
  ]);
  expect(annotations[0]?.properties.get('line')).toBe('2');

  expect(existsSync(join(result.temp, 'claude-batch'))).toBe(false);
  expect(simulator.results.artifacts).toEqual([]);
});

test('every problem names its line and what to write instead', async () => {
  const simulator = await simulate();
  const result = await run(simulator, lines('{"customId": "a", "params": {}}'));
  const where = { file: 'requests.jsonl', line: 1 };
  expect(errorsOf(result)).toEqual([
    printProblem({ code: 'unknown-key', name: 'customId', meant: 'custom_id', where }),
    printProblem({ code: 'no-custom-id', where }),
  ]);
});

test('wrong inputs, prices and lines are named all at once, and nothing is sent', async () => {
  const simulator = await simulate();
  const inputs = {
    'wait-minutes': 'soon',
    'max-error-rate': '0.5',
    comment: 'allways',
    'anthropic-base-url': 'http://example.com',
    summary: 'yes',
    prices: 'none.yml',
  };
  const result = await run(simulator, lines(requestLine('a'), '{'), { inputs });
  expect(result.conclusion).toBe('failure');
  expect(result.outputs.get('status')).toBe('rejected');
  const errors = errorsOf(result);
  expect(errors).toHaveLength(7);
  for (const name of Object.keys(inputs)) expect(errors.join('\n')).toContain(name);
  expect(errors.at(-1)).toContain('requests.jsonl:2:');
  expect(simulator.exchanges.filter(({ path }) => path.startsWith('/v1/'))).toEqual([]);
  expect(simulator.repository.comments).toHaveLength(1);
});

test('wrong asserts are named before anything is sent, schemas and patterns included', async () => {
  const simulator = await simulate();
  const graded = (id: string, ...assert: object[]) => JSON.stringify({ ...JSON.parse(requestLine(id)), assert });
  const schema = { type: 'object', properties: { mail: { type: 'string', format: 'email' } }, required: ['mail'] };
  const draft = 'https://json-schema.org/draft/2020-12/schema';
  const result = await run(
    simulator,
    lines(
      graded(
        'good',
        { type: 'is-json', value: schema },
        { type: 'contains-json', value: { ...schema, $schema: draft } },
      ),
      graded('schema', { type: 'is-json', value: { type: 'objekt' } }),
      graded('pattern', { type: 'regex', value: '(' }),
      graded('type', { type: 'contain', value: 'x' }),
      graded('file', { type: 'is-json', value: 'file://missing.json' }),
    ),
  );
  expect([result.outputs.get('status'), createsOf(simulator)]).toEqual(['rejected', 0]);
  const named = Array.from(result.log.matchAll(/^requests\.jsonl:(\d+): /gm), ([, line]) => Number(line));
  expect([...new Set(named)].sort((a, b) => a - b)).toEqual([2, 3, 4, 5]);
});
