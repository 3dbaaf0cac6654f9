import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import type { ProblemData } from '../../../src/core/messages/problems.ts';
import { createRequestParser } from '../../../src/core/requests/request.ts';

const NO_MERGE = { under: new Map<string, string>(), over: new Map<string, string>() };
const parse = (line: string | Buffer, merge = NO_MERGE) => createRequestParser(merge)(Buffer.from(line));
const PARAMS = '{"model": "claude-haiku-4-5", "max_tokens": 8, "messages": []}';

function problems(line: string | Buffer): readonly ProblemData[] {
  const read = parse(line);
  return 'customId' in read ? [] : read;
}

describe('a line that may be sent', () => {
  test('goes out byte for byte', () => {
    const line = `{ "custom_id" : "a-1" , "params" : ${PARAMS} }`;
    expect(parse(`  ${line}\t`)).toEqual({
      customId: 'a-1',
      text: line,
      params: { model: 'claude-haiku-4-5', max_tokens: 8, messages: [] },
      paramsText: PARAMS,
      hasAssert: false,
    });
  });

  test('loses its assert and keeps the text of its params', () => {
    const line = `{"assert": [{"type": "equals"}], "custom_id": "a", "params": {"n" : 1.0}}`;
    expect(parse(line)).toEqual({
      customId: 'a',
      text: '{"custom_id":"a","params":{"n" : 1.0}}',
      params: { n: 1 },
      paramsText: '{"n" : 1.0}',
      hasAssert: true,
    });
  });

  test('takes merges, as text and as values', () => {
    const merge = { under: new Map([['max_tokens', '9']]), over: new Map([['model', '"claude-opus-5"']]) };
    expect(parse('{"custom_id":"a","params":{"model":"x"}}', merge)).toEqual({
      customId: 'a',
      text: '{"custom_id":"a","params":{"model":"claude-opus-5","max_tokens":9}}',
      params: { model: 'claude-opus-5', max_tokens: 9 },
      paramsText: '{"model":"claude-opus-5","max_tokens":9}',
      hasAssert: false,
    });
  });

  test('keeps the text of what a merge does not touch, whatever it is', () => {
    const merge = { under: new Map([['max_tokens', '9']]), over: new Map([['model', '"claude-opus-5"']]) };
    const odd = `"x":1e999,"\\udfff":"\\ud800","deep":${'[{"a":'.repeat(50_000)}1.0${'}]'.repeat(50_000)}`;
    expect(parse(`{"custom_id":"a","params":{${odd}}}`, merge)).toMatchObject({
      text: `{"custom_id":"a","params":{${odd},"max_tokens":9,"model":"claude-opus-5"}}`,
    });
  });

  test('takes its model from the defaults where it has none', () => {
    const merge = { under: new Map([['model', '"claude-opus-5"']]), over: new Map<string, string>() };
    expect(parse('{"custom_id":"a","params":{}}', merge)).toMatchObject({ params: { model: 'claude-opus-5' } });
    const own = '{"custom_id":"a","params":{"model":"x"}}';
    expect(parse(own, merge)).toMatchObject({ text: own, params: { model: 'x' } });
  });

  test('__proto__ is a name like any other, merged or not', () => {
    const merge = { under: new Map([['__proto__', '{"x":1}']]), over: new Map([['constructor', '2']]) };
    const read = parse('{"custom_id":"a","params":{"__proto__":[3]}}', merge);
    expect('params' in read && Object.entries(read.params)).toEqual([
      ['__proto__', [3]],
      ['constructor', 2],
    ]);
    const other = parse('{"custom_id":"a","params":{}}', merge);
    expect('params' in other && Object.entries(other.params)).toEqual([
      ['__proto__', { x: 1 }],
      ['constructor', 2],
    ]);
  });

  test('a parser takes any number of lines, sound and faulty', () => {
    const next = createRequestParser({ under: new Map([['n', '1']]), over: new Map() });
    const read = ['{"custom_id":"a","params":{}}', 'x', '{"custom_id":"b","params":{"n":2}}'].map((line) =>
      next(Buffer.from(line)),
    );
    expect(read).toMatchObject([{ params: { n: 1 } }, [{ code: 'not-json' }], { params: { n: 2 } }]);
  });

  test('an id that is kept does not keep its line', () => {
    setFlagsFromString('--expose-gc');
    const gc: () => void = runInNewContext('gc');
    const heap = (): number => {
      gc();
      return process.memoryUsage().heapUsed;
    };
    const filling = 'x'.repeat(50_000);
    const before = heap();
    const ids = Array.from({ length: 1_000 }, (_, i) => {
      const read = parse(`{"custom_id":"a-rather-long-id-${i}","params":{"x":"${filling}"}}`);
      return 'customId' in read ? read.customId : '';
    });
    // Fifty megabytes of lines.
    expect(heap() - before).toBeLessThan(10_000_000);
    expect(new Set(ids).size).toBe(1_000);
  });

  test.each([
    ['white space in places', '{ "custom_id" : "a" , "params" : { "max_tokens" : 1 } }', 'a'],
    ['braces in a text', '{"custom_id":"a","params":{"x":"}}"}}', 'a'],
    ['an escaped id', '{"custom_id":"\\u0061","params":{}}', 'a'],
    ['64 characters', `{"custom_id":"${'x'.repeat(64)}","params":{}}`, 'x'.repeat(64)],
    ['U+2028 inside a string', '{"custom_id":"a","params":{"x":"\u2028"}}', 'a'],
    ['a lone surrogate as an escape', '{"custom_id":"a","params":{"x":"\\ud800"}}', 'a'],
    ['a number beyond all numbers', '{"custom_id":"a","params":{"x":1e999,"y":-0,"z":1E-999}}', 'a'],
    ['a key of params twice', '{"custom_id":"a","params":{"x":1,"x":2}}', 'a'],
    ['lists without end', `{"custom_id":"a","params":{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`, 'a'],
    ['objects without end', `{"custom_id":"a","params":${'{"x":'.repeat(100_000)}1${'}'.repeat(100_000)}}`, 'a'],
  ])('%s', (_, line, customId) => {
    expect(parse(line)).toMatchObject({ customId, text: line });
  });
});

describe('a line that the API would refuse', () => {
  test.each<[string, string | Buffer, ...ProblemData[]]>([
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), { code: 'not-utf8' }],
    ['not JSON', '{"custom_id": "a" "params": {}}', { code: 'not-json', column: 19 }],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), { code: 'not-utf8' }],
    ['UTF-16', Buffer.from('\ufeff{"custom_id":"a"}', 'utf16le'), { code: 'not-utf8' }],
    ['a NUL byte', '{"custom_id":"a\0"}', { code: 'not-json', column: 16 }],
    ['text that names a place', 'at position 77', { code: 'not-json', column: undefined }],
    ['brackets without end', '['.repeat(100_000), { code: 'not-json', column: undefined }],
    [
      'an id without end',
      `{"custom_id":${'['.repeat(100_000)}${']'.repeat(100_000)},"params":{}}`,
      { code: 'custom-id-type', found: 'list' },
    ],
    ['a list over lines', '[', { code: 'not-jsonl' }],
    ['a list', '[1]', { code: 'not-an-object', found: 'list' }],
    ['null', 'null', { code: 'not-an-object', found: 'null' }],
    ['no id', '{"params":{}}', { code: 'no-custom-id' }],
    ['id as a number', '{"custom_id":1,"params":{}}', { code: 'custom-id-type', found: 'number' }],
    ['empty id', '{"custom_id":"","params":{}}', { code: 'custom-id-form' }],
    ['long id', `{"custom_id":"${'x'.repeat(65)}","params":{}}`, { code: 'custom-id-form', length: 65 }],
    ['id with a space', '{"custom_id":"a b","params":{}}', { code: 'custom-id-form', position: 2 }],
    ['id with a line end', '{"custom_id":"a\\n","params":{}}', { code: 'custom-id-form', position: 2 }],
    ['no params', '{"custom_id":"a"}', { code: 'no-params' }],
    ['params as text', '{"custom_id":"a","params":"{}"}', { code: 'params-type', found: 'string' }],
    ['params as a list', '{"custom_id":"a","params":[]}', { code: 'params-type', found: 'list' }],
    ['assert as an object', '{"custom_id":"a","params":{},"assert":{}}', { code: 'assert-type', found: 'object' }],
    [
      'a key slipped',
      '{"customid":"a","params":{}}',
      { code: 'unknown-key', name: 'customid', meant: 'custom_id' },
      { code: 'no-custom-id' },
    ],
    [
      'a key of params outside',
      '{"custom_id":"a","params":{},"model":"m"}',
      { code: 'unknown-key', name: 'model', meant: undefined },
    ],
    [
      'a key twice',
      '{"custom_id":"a","custom_id":"b","params":{}}',
      { code: 'repeated-key', name: 'custom_id', within: 'line' },
    ],
    ['two objects', '{"custom_id":"a","params":{}}{"custom_id":"a","params":{}}', { code: 'not-json', column: 30 }],
    ['a bracket too many', '{"custom_id":"a","params":{"x":1}}}', { code: 'not-json', column: 35 }],
    [
      'a key twice, once escaped',
      '{"custom_id":"a","params":{"x":1},"p\\u0061rams":{"x":2}}',
      { code: 'repeated-key', name: 'params', within: 'line' },
    ],
    [
      'a key of params twice',
      '{"custom_id":"a","params":{"max_tokens":1,"max_tokens":2}}',
      { code: 'repeated-key', name: 'max_tokens', within: 'params' },
    ],
    [
      'the form of another vendor',
      '{"custom_id":"a","method":"POST","url":"/v1","body":{}}',
      { code: 'foreign-form', otherKeys: ['method', 'url'] },
    ],
    [
      '__proto__ as a key',
      '{"custom_id":"a","params":{},"__proto__":1}',
      { code: 'unknown-key', name: '__proto__', meant: undefined },
    ],
    [
      'everything at once',
      '{"custom_id":"ä","params":1,"assert":2,"x\\n::error::":3}',
      { code: 'unknown-key', name: 'x\n::error::', meant: undefined },
      { code: 'custom-id-form', position: 1 },
      { code: 'params-type', found: 'number' },
      { code: 'assert-type', found: 'number' },
    ],
  ])('%s', (_, line, ...expected) => {
    expect(problems(line)).toEqual(expected);
  });

  test('any number of keys is looked through once', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`);
    const started = performance.now();
    expect(problems(`{"custom_id":"a","params":{},${keys.join()},${keys.join()}}`)).toHaveLength(40_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('white space costs no more than other bytes', () => {
    const space = ' \t'.repeat(1_000_000);
    const started = performance.now();
    expect(
      parse(`${space}{"custom_id":"a","params":{"x":"${space.slice(1).replaceAll('\t', ' ')}"}${space}}${space}`),
    ).toMatchObject({
      customId: 'a',
    });
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('no text of a broken line stands in its problem', () => {
    for (const line of [
      '{"custom_id": SECRET}',
      'SECRET',
      '{"a": "SECRET',
      '"SECRET"',
      '{"custom_id":"SECRET!","params":"SECRET"}',
    ]) {
      expect(JSON.stringify(problems(line))).not.toContain('SECRET');
    }
  });
});
