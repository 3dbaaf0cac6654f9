import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../../../src/core/requests/request.ts';

const NO_MERGE = { under: new Map<string, string>(), over: new Map<string, string>() };
const parse = (line: string | Buffer, merge = NO_MERGE) => parseRequest(Buffer.from(line), merge);
const PARAMS = '{"model": "claude-haiku-4-5", "max_tokens": 8, "messages": []}';

/** `code: what; cure` of every problem of a line. */
function problems(line: string | Buffer): string[] {
  const read = parse(line);
  return 'customId' in read ? [] : read.map(({ code, what, cure }) => `${code}: ${what}; ${cure}`);
}

describe('a line that may be sent', () => {
  test('goes out byte for byte', () => {
    const line = `{ "custom_id" : "a-1" , "params" : ${PARAMS} }`;
    expect(parse(`  ${line}\t`)).toEqual({ customId: 'a-1', text: line, model: 'claude-haiku-4-5', hasAssert: false });
  });

  test('loses its assert and keeps the text of its params', () => {
    const line = `{"assert": [{"type": "equals"}], "custom_id": "a", "params": {"n" : 1.0}}`;
    expect(parse(line)).toEqual({
      customId: 'a',
      text: '{"custom_id":"a","params":{"n" : 1.0}}',
      model: undefined,
      hasAssert: true,
    });
  });

  test('takes merges, and its model is the merged one', () => {
    const merge = { under: new Map([['max_tokens', '9']]), over: new Map([['model', '"claude-opus-5"']]) };
    expect(parse('{"custom_id":"a","params":{"model":"x"}}', merge)).toEqual({
      customId: 'a',
      text: '{"custom_id":"a","params":{"model":"claude-opus-5","max_tokens":9}}',
      model: 'claude-opus-5',
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
    expect(parse('{"custom_id":"a","params":{}}', merge)).toMatchObject({ model: 'claude-opus-5' });
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

  test('any number of keys is looked through once', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`);
    const started = performance.now();
    expect(problems(`{"custom_id":"a","params":{},${keys.join()},${keys.join()}}`)).toHaveLength(40_000);
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
      expect(problems(line).join()).not.toContain('SECRET');
    }
  });
});
