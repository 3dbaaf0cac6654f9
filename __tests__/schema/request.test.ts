import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { createRequestParser } from '../../src/core/requests/request.ts';
import { parse as parseAsserts } from '../core/asserts/given.ts';
import { given, said } from '../core/lint/given.ts';
import { list, pages, read } from '../docs/pages.ts';
import { root } from '../docs/process.ts';
import { OPTIONS, validatorOf } from './schemas.ts';

const validate = validatorOf('request');
const conforms = (line: unknown): boolean => validate(line);
const withAssert = (...assert: unknown[]) => ({ custom_id: 'a', params: given(), assert });
const parse = createRequestParser({ under: new Map(), over: new Map() });
const isRead = (line: unknown): boolean => 'customId' in parse(Buffer.from(JSON.stringify(line)));

const files = list('examples', '.jsonl');
const blocks = pages.flatMap((page) =>
  Array.from(read(page).matchAll(/^ *```jsonl\n([\s\S]*?)^ *```$/gm), ([, text = '']): [string, string] => [
    page,
    text,
  ]),
);

describe('examples', () => {
  test('there are some, in files and on pages', () => {
    expect(files.length).toBeGreaterThan(1);
    expect(blocks.length).toBeGreaterThan(0);
  });

  test.each([...files.map((file): [string, string] => [file, read(file)]), ...blocks])('%s', (_, text) => {
    for (const line of text.trim().split('\n')) {
      validate(JSON.parse(line));
      expect(validate.errors).toBeNull();
    }
  });

  const data = join(root, '../shared/data/gsm8k.jsonl');
  (existsSync(data) ? test : test.skip)('real requests (skipped where the test data is absent)', () => {
    for (const line of readFileSync(data, 'utf8').trim().split('\n')) expect(conforms(JSON.parse(line))).toBe(true);
  });
});

test('the settings for VS Code take an array of requests, and find a fault in it', () => {
  const [, snippet = ''] = /^```json\n([\s\S]*?)^```$/m.exec(read('docs/requests.md')) ?? [];
  const ajv = new Ajv(OPTIONS).addSchema(JSON.parse(read('schema/request.schema.json')));
  const ofArray = ajv.compile(JSON.parse(snippet)['json.schemas'][0].schema);
  const requests = files.flatMap((file) => read(file).trim().split('\n')).map((line) => JSON.parse(line));
  expect(ofArray(requests)).toBe(true);
  expect(ofArray([...requests, { custom_id: 'a' }])).toBe(false);
});

describe('a line that the action reads', () => {
  test.each<[string, unknown]>([
    ['the plain one', { custom_id: 'a', params: given() }],
    ['params that merged ones complete', { custom_id: 'a', params: {} }],
    ['the longest id', { custom_id: 'x'.repeat(64), params: {} }],
    ['an empty list of asserts', { custom_id: 'a', params: {}, assert: [] }],
    ['keys for grading', { custom_id: 'a', params: {}, threshold: 0.5, required: true, metadata: { a: 1, b: null } }],
  ])('%s', (_, line) => {
    expect(isRead(line)).toBe(true);
    expect(conforms(line)).toBe(true);
  });

  test.each<[string, unknown]>([
    ['a list', []],
    ['no id', { params: {} }],
    ['an id of another type', { custom_id: 1, params: {} }],
    ['an empty id', { custom_id: '', params: {} }],
    ['a long id', { custom_id: 'x'.repeat(65), params: {} }],
    ['an id with a space', { custom_id: 'a b', params: {} }],
    ['an id that ends with a line', { custom_id: 'a\n', params: {} }],
    ['no params', { custom_id: 'a' }],
    ['params as text', { custom_id: 'a', params: '{}' }],
    ['a list of params', { custom_id: 'a', params: [] }],
    ['an assert that is no list', { custom_id: 'a', params: {}, assert: {} }],
    ['a key of params outside', { custom_id: 'a', params: {}, model: 'm' }],
    ['a key that the action does not take', { custom_id: 'a', params: {}, vars: {} }],
    ['a threshold of 0', { custom_id: 'a', params: {}, threshold: 0 }],
    ['a requirement that is no boolean', { custom_id: 'a', params: {}, required: 1 }],
    ['metadata with a list in it', { custom_id: 'a', params: {}, metadata: { tags: [] } }],
    ['metadata with a long text', { custom_id: 'a', params: {}, metadata: { a: 'x'.repeat(257) } }],
    ['the form of another vendor', { custom_id: 'a', body: {} }],
    ['bare params', given()],
    ['a result', { custom_id: 'a', result: { type: 'expired' } }],
  ])('is none: %s', (_, line) => {
    expect(isRead(line)).toBe(false);
    expect(conforms(line)).toBe(false);
  });
});

test('what an editor shows is said of each key and of the parameters that most requests have', () => {
  const { properties } = JSON.parse(read('schema/request.schema.json'));
  const all = { ...properties, ...properties.params.properties };
  const said = Object.keys(all).filter((name) => all[name].description !== undefined);
  expect(said).toEqual(
    expect.arrayContaining(['custom_id', 'params', 'assert', 'model', 'max_tokens', 'messages', 'system', 'tools']),
  );
});

test('a fault in a block is found at its place', () => {
  expect(conforms({ custom_id: 'a', params: said({ type: 'text', text: 'x' }, { type: 'image' }) })).toBe(false);
  expect(validate.errors?.[0]).toMatchObject({
    instancePath: '/params/messages/0/content/1',
    params: { missingProperty: 'source' },
  });
});

const SCHEMA = { type: 'object', required: ['city'] };

describe('an assert', () => {
  test.each<object>([
    { type: 'equals', value: 'x' },
    { type: 'equals', value: 7 },
    { type: 'equals', value: null },
    { type: 'equals', value: { a: [1] } },
    { type: 'not-equals', value: '', weight: 0, metric: 'tone' },
    { type: 'contains', value: 'x' },
    { type: 'icontains', value: 5 },
    { type: 'contains-all', value: ['a', 5] },
    { type: 'contains-any', value: 'a,"b, c"' },
    { type: 'not-icontains-all', value: ['a'] },
    { type: 'icontains-any', value: ['a'] },
    { type: 'starts-with', value: ' x' },
    { type: 'ends-with', value: '.' },
    { type: 'regex', value: '^a+$' },
    { type: 'is-json' },
    { type: 'is-json', value: SCHEMA },
    { type: 'contains-json', value: 'file://schema.json' },
    { type: 'word-count', value: 5 },
    { type: 'word-count', value: '5' },
    { type: 'word-count', value: { min: 1, max: 5 } },
    { type: 'word-count', value: { max: 5 } },
    { type: 'cost', threshold: 0.001 },
    { type: 'finish-reason', value: 'end_turn' },
    { type: 'finish-reason', value: ['stop', 'length'] },
    { type: 'is-refusal' },
    { type: 'not-is-refusal' },
    { type: 'is-valid-tool-call' },
    { type: 'tool-call-f1', value: ['look'] },
    { type: 'tool-call-f1', value: ['look'], threshold: 0.5 },
    { type: 'llm-rubric', value: 'is polite' },
    { type: 'not-llm-rubric', value: 'is rude', threshold: 0.8, reference: 'Good day!' },
    { type: 'assert-set', assert: [{ type: 'is-json' }, { type: 'not-contains', value: 'x' }], threshold: 0.5 },
    { type: 'assert-set', assert: [{ type: 'is-json' }], weight: 2, metric: 'form' },
  ])('%j', (assert) => {
    validate(withAssert({ type: 'is-json' }, assert));
    expect(validate.errors).toBeNull();
    expect(parseAsserts([assert]).problems).toEqual([]);
  });

  test.each<unknown>([
    'equals',
    {},
    { type: 'equal', value: 'x' },
    { type: 'not-not-equals', value: 'x' },
    { type: 'javascript', value: 'true' },
    { type: 'equals' },
    { type: 'equals', value: 'x', weight: -1 },
    { type: 'equals', value: 'x', weight: '1' },
    { type: 'equals', value: 'x', metric: 1 },
    { type: 'equals', value: 'x', threshold: 0.5 },
    { type: 'contains', value: '' },
    { type: 'contains', value: ['x'] },
    { type: 'not-contains' },
    { type: 'contains-all', value: 5 },
    { type: 'contains-any' },
    { type: 'starts-with', value: 5 },
    { type: 'ends-with', value: '' },
    { type: 'regex', value: '' },
    { type: 'regex', value: { pattern: 'x' } },
    { type: 'is-json', value: [SCHEMA] },
    { type: 'word-count', value: 'five' },
    { type: 'word-count', value: { minimum: 5 } },
    { type: 'word-count' },
    { type: 'cost' },
    { type: 'cost', threshold: '0.1' },
    { type: 'cost', value: 0.1 },
    { type: 'finish-reason', value: 1 },
    { type: 'is-refusal', threshold: 1 },
    { type: 'tool-call-f1', value: 'look' },
    { type: 'tool-call-f1', value: ['look'], threshold: 2 },
    { type: 'tool-call-f1', value: ['look'], threshold: 0 },
    { type: 'tool-call-f1', value: [] },
    { type: 'contains-all', value: [] },
    { type: 'not-contains-any', value: [''] },
    { type: 'word-count', value: 2.5 },
    { type: 'assert-set', assert: [] },
    { type: 'llm-rubric' },
    { type: 'llm-rubric', value: { text: 'is polite' } },
    { type: 'assert-set' },
    { type: 'assert-set', assert: [{ type: 'equals' }] },
    { type: 'assert-set', assert: [{ type: 'assert-set', assert: [] }] },
    { type: 'assert-set', assert: [{ type: 'is-json' }], threshold: 0 },
    { type: 'not-assert-set', assert: [{ type: 'is-json' }] },
  ])('wrong: %j', (assert) => {
    expect(conforms(withAssert({ type: 'is-json' }, assert))).toBe(false);
    // A value where none belongs is only a warning.
    const { problems, warnings } = parseAsserts([assert]);
    expect(problems.length + warnings.length).toBeGreaterThan(0);
  });
});
