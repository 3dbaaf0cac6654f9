import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRequestParser } from '../../../src/core/requests/request.ts';

const NO_MERGE = { under: new Map<string, string>(), over: new Map<string, string>() };
const parse = (line: string | Buffer, merge = NO_MERGE) => createRequestParser(merge)(Buffer.from(line));
const PARAMS = '{"model": "claude-haiku-4-5", "max_tokens": 8, "messages": []}';

/** `code: what; cure` of every problem of a line. */
function problems(line: string | Buffer): string[] {
  const read = parse(line);
  return 'customId' in read ? [] : read.map(({ code, what, cure }) => `${code}: ${what}; ${cure}`);
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

/**
 * A line of the usual form is read without a scan for its members. With another kind of space behind its first brace it is
 * not of that form: whatever a line is, both must come to the same.
 */
describe('lines of the usual form and all others are read alike', () => {
  const COLUMN = /column (\d+)/;
  const told = (line: string, merge: typeof NO_MERGE): string => JSON.stringify(parse(line, merge));
  const alike = (line: string, merge = NO_MERGE): void => {
    const other = told(line.replace('{', '{\r'), merge)
      .replace('{\\r', '{')
      .replace(COLUMN, (_, column) => `column ${Number(column) - 1}`);
    expect(other).toBe(told(line, merge));
  };

  test.each([
    '{"custom_id":"a","params":{}}',
    '{ "custom_id" : "a" , "params" : { } }',
    '{"custom_id":"a","params":{}  }',
    '{"custom_id":"a","params":{}\t}',
    '{"custom_id":"a","params":{}\u00a0}',
    '{"custom_id":"a","params":{"x":1},"params":{"x":2}}',
    '{"custom_id":"a","params":{"x":1},"custom_id":{"x":2}}',
    '{"custom_id":"a","params":{"x":1},"p\\u0061rams":{"x":2}}',
    '{"custom_id":"a","params":{"x":1},"metadata":{}}',
    '{"custom_id":"a","params":{"x":1},"assert":[]}',
    '{"custom_id":"a","params":{"x":1},"assert":[{}]}',
    '{"custom_id":"a","params":{"x":1},"assert":{}}',
    '{"custom_id":"a","custom_id":"b","params":{"x":1}}',
    '{"custom_id":"a","params":{"x":"}}"}}',
    '{"custom_id":"a","params":{"x":1}}}',
    '{"custom_id":"a","params":{"x":1}}{"custom_id":"a","params":{"x":1}}',
    '{"custom_id":"a","params":{"x":1}',
    '{"custom_id":"a","params":{"x":tru}}',
    '{"custom_id":"a","params":[{"x":1}}',
    '{"custom_id":"a","params":}}',
    '{"custom_id":"\\u0061","params":{}}',
    '{"custom_id":"","params":{}}',
    `{"custom_id":"${'x'.repeat(65)}","params":{}}`,
  ])('%s', (line) => alike(line));

  test('any of them, whole and with a piece taken out or put in', () => {
    const params = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 });
    const form = fc.constantFrom<[string, string]>(
      ['{"custom_id":"a-1","params":', '}'],
      ['{ "custom_id": "a-1", "params": ', ' }'],
      ['{"custom_id":"a-1","params":', ',"assert":[{}]}'],
      ['{"custom_id":"a-1","params":', ',"params":{}}'],
      ['{"assert":[],"custom_id":"a-1","params":', '}'],
    );
    const more = fc.constantFrom('', '"', '}', '{', ',', '\\', ' ', ':', '"params"', '}}', '\u2028');
    fc.assert(
      fc.property(form, params, fc.nat(), fc.nat(3), more, ([start, end], object, at, length, put) => {
        const line = `${start}${JSON.stringify(object)}${end}`;
        alike(line);
        const place = 1 + (at % (line.length - 1));
        alike(`${line.slice(0, place)}${put}${line.slice(place + length)}`);
        alike(line, { under: new Map([['b', '1.0']]), over: new Map([['a', '"x"']]) });
      }),
      { numRuns: 300 },
    );
  });
});

describe('a line that the API would refuse', () => {
  test.each<[string, string | Buffer, string[]]>([
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), ['not-utf8: the line is not valid UTF-8; save the file as UTF-8']],
    [
      'not JSON',
      '{"custom_id": "a" "params": {}}',
      [
        'not-json: the line is not valid JSON (column 19); write one request per line: {"custom_id": "…", "params": {…}}',
      ],
    ],
    [
      'a surrogate in UTF-8',
      Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
      ['not-utf8: the line is not valid UTF-8; save the file as UTF-8'],
    ],
    [
      'UTF-16',
      Buffer.from('\ufeff{"custom_id":"a"}', 'utf16le'),
      ['not-utf8: the line is not valid UTF-8; save the file as UTF-8'],
    ],
    [
      'a NUL byte',
      '{"custom_id":"a\0"}',
      [
        'not-json: the line is not valid JSON (column 16); write one request per line: {"custom_id": "…", "params": {…}}',
      ],
    ],
    [
      'text that names a place',
      'at position 77',
      ['not-json: the line is not valid JSON; write one request per line: {"custom_id": "…", "params": {…}}'],
    ],
    [
      'brackets without end',
      '['.repeat(100_000),
      ['not-json: the line is not valid JSON; write one request per line: {"custom_id": "…", "params": {…}}'],
    ],
    [
      'an id without end',
      `{"custom_id":${'['.repeat(100_000)}${']'.repeat(100_000)},"params":{}}`,
      ['custom-id-type: custom_id is a list, not a string; write it in quotes'],
    ],
    [
      'a list over lines',
      '[',
      [
        'not-jsonl: the file is JSON over several lines or a list, not JSON Lines; write one request per line: {"custom_id": "…", "params": {…}}',
      ],
    ],
    ['a list', '[1]', ['not-an-object: the line is a list, not an object; write {"custom_id": "…", "params": {…}}']],
    ['null', 'null', ['not-an-object: the line is null, not an object; write {"custom_id": "…", "params": {…}}']],
    [
      'no id',
      '{"params":{}}',
      ['no-custom-id: custom_id is missing; give every request an id of its own, such as "case-1"'],
    ],
    [
      'id as a number',
      '{"custom_id":1,"params":{}}',
      ['custom-id-type: custom_id is a number, not a string; write it in quotes'],
    ],
    [
      'empty id',
      '{"custom_id":"","params":{}}',
      ['custom-id-form: custom_id is empty; use 1 to 64 of the characters A-Z a-z 0-9 _ -'],
    ],
    [
      'long id',
      `{"custom_id":"${'x'.repeat(65)}","params":{}}`,
      ['custom-id-form: custom_id has 65 characters; use 1 to 64 of the characters A-Z a-z 0-9 _ -'],
    ],
    [
      'id with a space',
      '{"custom_id":"a b","params":{}}',
      [
        'custom-id-form: custom_id has a character that is not allowed at position 2; use 1 to 64 of the characters A-Z a-z 0-9 _ -',
      ],
    ],
    [
      'id with a line end',
      '{"custom_id":"a\\n","params":{}}',
      [
        'custom-id-form: custom_id has a character that is not allowed at position 2; use 1 to 64 of the characters A-Z a-z 0-9 _ -',
      ],
    ],
    [
      'no params',
      '{"custom_id":"a"}',
      ['no-params: params is missing; put model, max_tokens and messages into "params"'],
    ],
    [
      'params as text',
      '{"custom_id":"a","params":"{}"}',
      [
        'params-type: params is a string, not an object; write "params": {"model": …, "max_tokens": …, "messages": […]}',
      ],
    ],
    [
      'params as a list',
      '{"custom_id":"a","params":[]}',
      ['params-type: params is a list, not an object; write "params": {"model": …, "max_tokens": …, "messages": […]}'],
    ],
    [
      'assert as an object',
      '{"custom_id":"a","params":{},"assert":{}}',
      ['assert-type: assert is an object, not a list; write "assert": […]'],
    ],
    [
      'a key slipped',
      '{"customid":"a","params":{}}',
      [
        'unknown-key: the API refuses the key "customid" beside custom_id and params; write "custom_id"',
        'no-custom-id: custom_id is missing; give every request an id of its own, such as "case-1"',
      ],
    ],
    [
      'a key of params outside',
      '{"custom_id":"a","params":{},"model":"m"}',
      [
        'unknown-key: the API refuses the key "model" beside custom_id and params; remove it, or move it into "params"; a line is {"custom_id": "…", "params": {…}}',
      ],
    ],
    [
      'a key twice',
      '{"custom_id":"a","custom_id":"b","params":{}}',
      ['repeated-key: the key "custom_id" stands there twice; keep one of them'],
    ],
    [
      'the form of another provider',
      '{"custom_id":"a","method":"POST","url":"/v1","body":{}}',
      ['foreign-form: the request stands under "body"; rename "body" to "params" and remove "method", "url"'],
    ],
    [
      '__proto__ as a key',
      '{"custom_id":"a","params":{},"__proto__":1}',
      [
        'unknown-key: the API refuses the key "__proto__" beside custom_id and params; remove it, or move it into "params"; a line is {"custom_id": "…", "params": {…}}',
      ],
    ],
    [
      'everything at once',
      '{"custom_id":"ä","params":1,"assert":2,"x\\n::error::":3}',
      [
        'unknown-key: the API refuses the key "x\\n::error::" beside custom_id and params; remove it, or move it into "params"; a line is {"custom_id": "…", "params": {…}}',
        'custom-id-form: custom_id has a character that is not allowed at position 1; use 1 to 64 of the characters A-Z a-z 0-9 _ -',
        'params-type: params is a number, not an object; write "params": {"model": …, "max_tokens": …, "messages": […]}',
        'assert-type: assert is a number, not a list; write "assert": […]',
      ],
    ],
  ])('%s', (_, line, expected) => {
    expect(problems(line)).toEqual(expected);
  });

  test('each of any number of keys is refused', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`);
    expect(problems(`{"custom_id":"a","params":{},${keys.join()},${keys.join()}}`)).toHaveLength(40_000);
  });

  test('any amount of white space may stand between and in the values', () => {
    const space = ' \t'.repeat(1_000_000);
    expect(
      parse(`${space}{"custom_id":"a","params":{"x":"${space.slice(1).replaceAll('\t', ' ')}"}${space}}${space}`),
    ).toMatchObject({
      customId: 'a',
    });
  });

  test('no text of a broken line stands in its problem', () => {
    for (const line of [
      '{"custom_id": SECRET}',
      'SECRET',
      '{"a": "SECRET',
      '"SECRET"',
      '{"custom_id":"SECRET!","params":"SECRET"}',
    ]) {
      expect(problems(line).join()).not.toContain('SECRET');
    }
  });
});
