import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ProblemData } from '../../../src/core/messages/problems.ts';
import { NO_GRADING } from '../../../src/core/requests/grading-keys.ts';
import { createRequestParser } from '../../../src/core/requests/request.ts';
import { anyText } from '../../any-text.ts';

const NO_MERGE = { under: new Map<string, string>(), over: new Map<string, string>() };
const parse = (line: string | Buffer, merge = NO_MERGE) => createRequestParser(merge)(Buffer.from(line));
const LONG = 'x'.repeat(50_000);
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
      bytes: Buffer.from(line),
      params: { model: 'claude-haiku-4-5', max_tokens: 8, messages: [] },
      paramsText: PARAMS,
      paramsBytes: undefined,
      grading: NO_GRADING,
    });
  });

  test('loses its assert and keeps the text of its params', () => {
    const line = `{"assert": [{"type": "equals"}], "custom_id": "a", "params": {"n" : 1.0}}`;
    expect(parse(line)).toEqual({
      customId: 'a',
      text: '{"custom_id":"a","params":{"n" : 1.0}}',
      bytes: Buffer.from('{"custom_id":"a","params":{"n" : 1.0}}'),
      params: { n: 1 },
      paramsText: '{"n" : 1.0}',
      paramsBytes: Buffer.from('{"n" : 1.0}'),
      grading: { ...NO_GRADING, asserts: [{ type: 'equals' }], assertTexts: ['{"type": "equals"}'] },
    });
  });

  test.each([
    ['behind other letters', '"metadata":{"é":"😀"},"params":{"n":1}'],
    ['with other letters', '"params":{"n":"é 日 😀"},"required":true'],
    ['with other letters on both sides', '"metadata":{"日":"é"},"params":{"日":"é"},"assert":[{"type":"é"}]'],
  ])('has its params as bytes, %s', (_, members) => {
    const request = parse(`{${members},"custom_id":"a"}`);
    if (!('customId' in request)) throw new TypeError('no request');
    expect(Buffer.from(request.bytes ?? []).toString()).toBe(request.text);
    expect(Buffer.from(request.paramsBytes ?? []).toString()).toBe(request.paramsText);
  });

  test('loses all keys that are for grading', () => {
    const keys = '"threshold":0.5,"required":true,"metadata":{"topic":"a","n":1,"__proto__":null}';
    expect(parse(`{"custom_id":"a",${keys},"params":{}}`)).toMatchObject({
      text: '{"custom_id":"a","params":{}}',
      grading: {
        asserts: [],
        threshold: 0.5,
        required: true,
        metadata: new Map<string, unknown>([
          ['topic', 'a'],
          ['n', 1],
          ['__proto__', null],
        ]),
      },
    });
  });

  test.each<[string, object]>([
    ['"threshold":0', { code: 'threshold-value' }],
    ['"threshold":1.1', { code: 'threshold-value' }],
    ['"threshold":"0.5"', { code: 'threshold-value' }],
    ['"required":"true"', { code: 'required-value', found: 'string' }],
    ['"metadata":[]', { code: 'metadata-value', fault: 'type' }],
    ['"metadata":{"a":{}}', { code: 'metadata-value', fault: 'value' }],
    [`"metadata":{"a":"${'x'.repeat(257)}"}`, { code: 'metadata-value', fault: 'value' }],
    ['"metadata":{"":1}', { code: 'metadata-value', fault: 'name' }],
    [`"metadata":{${Array.from({ length: 21 }, (_, i) => `"k${i}":1`)}}`, { code: 'metadata-value', fault: 'count' }],
  ])('is none with %s', (key, problem) => {
    expect(problems(`{"custom_id":"a","params":{},${key}}`)).toEqual([problem]);
  });

  test('takes merges, as text and as values', () => {
    const merge = { under: new Map([['max_tokens', '9']]), over: new Map([['model', '"claude-opus-5"']]) };
    expect(parse('{"custom_id":"a","params":{"model":"x"}}', merge)).toEqual({
      customId: 'a',
      text: '{"custom_id":"a","params":{"model":"claude-opus-5","max_tokens":9}}',
      params: { model: 'claude-opus-5', max_tokens: 9 },
      paramsText: '{"model":"claude-opus-5","max_tokens":9}',
      grading: NO_GRADING,
    });
  });

  test('keeps the text of what a merge does not touch, whatever it is', () => {
    const merge = { under: new Map([['max_tokens', '9']]), over: new Map([['model', '"claude-opus-5"']]) };
    const odd = `"x":1e308,"😀":"\\\\ud800","deep":${'[{"a":'.repeat(500)}1.0${'}]'.repeat(500)}`;
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
    ['a surrogate pair as escapes', '{"custom_id":"a","params":{"\\uD83D\\ude00":"\\ud83d\\uDE00"}}', 'a'],
    ['a backslash before what looks like half a pair', '{"custom_id":"a","params":{"x":"\\\\ud83d"}}', 'a'],
    ['odd numbers', '{"custom_id":"a","params":{"x":1e308,"y":-0,"z":1E-999}}', 'a'],
    [
      'a key of several objects',
      '{"custom_id":"a","params":{"x":[{"x":{"x":":"}},{"x":"{\\":"}],"y":{"x":[1,{}]}}}',
      'a',
    ],
    ['a key that is another with its quote', '{"custom_id":"a","params":{"x":1,"x\\"":2,"\\\\x":3}}', 'a'],
    ['__proto__ once', '{"custom_id":"a","params":{"__proto__":{"__proto__":1}}}', 'a'],
    ['lists in lists', `{"custom_id":"a","params":{"x":${'['.repeat(1_020)}${']'.repeat(1_020)}}}`, 'a'],
    ['objects in objects', `{"custom_id":"a","params":${'{"x":'.repeat(1_021)}1${'}'.repeat(1_021)}}`, 'a'],
  ])('%s', (_, line, customId) => {
    expect(parse(line)).toMatchObject({ customId, text: line });
  });
});

const FOREIGN = {
  code: 'foreign-form',
  holder: 'body',
  idKey: undefined,
  hasId: true,
  otherKeys: [],
  hasContents: false,
  hasVersion: false,
  hasModel: false,
} as const;
const lineOf = (members: string): string => `{"custom_id":"a","params":{${members}}}`;
const strict = (fault: 'lone-surrogate' | 'infinite-number' | 'too-deep', column?: number): ProblemData => {
  return { code: 'strict-json', fault, column };
};
const lone = (column: number): ProblemData => strict('lone-surrogate', column);

describe('a line that the API would refuse', () => {
  test.each<[string, string | Buffer, ...ProblemData[]]>([
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), { code: 'not-utf8' }],
    ['not JSON', '{"custom_id": "a" "params": {}}', { code: 'not-json', column: 19 }],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), { code: 'not-utf8' }],
    ['UTF-16', Buffer.from('\ufeff{"custom_id":"a"}', 'utf16le'), { code: 'not-utf8' }],
    ['a NUL byte', '{"custom_id":"a\0"}', { code: 'not-json', column: 16 }],
    ['text that names a place', 'at position 77', { code: 'not-json', column: 1 }],
    ['brackets without end', '['.repeat(100_000), { code: 'not-json', column: 100_001 }],
    ['NaN in a long line', `  {"a":"${LONG}","b":NaN}`, { code: 'not-json', column: 50_015, literal: 'NaN' }],
    ['a number', '{"custom_id":"a","params":{"n":.5}}', { code: 'not-json', column: 32, literal: 'number' }],
    ['None', '{"custom_id":"a","params":{"system":None}}', { code: 'not-json', column: 37, literal: 'None' }],
    [
      'an id without end',
      `{"custom_id":${'['.repeat(100_000)}${']'.repeat(100_000)},"params":{}}`,
      { code: 'custom-id-type', found: 'list' },
    ],
    ['a list over lines', '[', { code: 'not-jsonl', form: 'array' }],
    ['a list of which a line each is one object', '[{"custom_id":"a"},', { code: 'not-jsonl', form: 'array' }],
    ['the first line of an object over lines', '{', { code: 'not-jsonl', form: 'object' }],
    ['the same with its first key', '{"custom_id": "a",', { code: 'not-jsonl', form: 'object' }],
    ['an object that is cut off', '{"custom_id": "a", "params', { code: 'not-json', column: 27 }],
    ['single quotes', "{'custom_id': 'a'}", { code: 'not-json', column: 2, literal: 'single-quote' }],
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
    ...['assertions', 'tests', 'expect', 'checks', 'criteria'].map((name): [string, string, ProblemData] => [
      `a list called ${name}`,
      `{"custom_id":"a","params":{},"${name}":[{"type":"contains","value":"x"}]}`,
      { code: 'unknown-key', name, meant: 'assert' },
    ]),
    [
      'a list beside asserts',
      '{"custom_id":"a","params":{},"assert":[],"tests":[]}',
      { code: 'unknown-key', name: 'tests', meant: undefined },
    ],
    [
      'a list of something else',
      '{"custom_id":"a","params":{},"messages":[]}',
      { code: 'unknown-key', name: 'messages', meant: undefined },
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
    ...(
      [
        ['any key of params twice', '{"x":1,"x":2}', 'x'],
        ['a model twice, first escaped', String.raw`{"mod\u0065l":"a","model":"b"}`, 'model'],
        ['a model twice, then escaped', String.raw`{"model":"b","mod\u0065l":"a"}`, 'model'],
        ['a model of a tool twice', '{"model":"a","max_tokens":1,"tools":[{},{"model":"a","model":"b"}]}', 'model'],
        ['the same with spaces', '{"tools" : [ { "model" : "a" , "model" : "b" } ]}', 'model'],
        ['__proto__ twice', '{"__proto__":1,"__proto__":2}', '__proto__'],
        ['a key twice that is a number', '{"x":{"1":1,"1":2}}', '1'],
        ['a key twice, very deep', `{"x":${'['.repeat(50_000)}{"y":1,"y":1}${']'.repeat(50_000)}}`, 'y'],
      ] as const
    ).map(([what, params, name]): [string, string, ProblemData] => [
      what,
      `{"custom_id":"a","params":${params}}`,
      { code: 'repeated-key', name, within: 'params' },
    ]),
    [
      'the form of another vendor',
      '{"custom_id":"a","method":"POST","url":"/v1","body":{"model":"m"}}',
      { ...FOREIGN, hasModel: true, otherKeys: ['method', 'url'] },
    ],
    ['the form of Mistral, without an id', '{"body":{"messages":[]}}', { ...FOREIGN, hasId: false }],
    [
      'the form of Gemini',
      '{"key":"a","request":{"contents":[]}}',
      { ...FOREIGN, holder: 'request', idKey: 'key', hasId: false, hasContents: true },
    ],
    [
      'the form of Vertex',
      '{"custom_id":"a","request":{"messages":[],"anthropic_version":"vertex-2023-10-16"}}',
      { ...FOREIGN, holder: 'request', hasVersion: true },
    ],
    [
      'the form of Bedrock',
      '{"recordId":"a","modelInput":{"messages":[],"anthropic_version":"bedrock-2023-05-31"}}',
      { ...FOREIGN, holder: 'modelInput', idKey: 'recordId', hasId: false, hasVersion: true },
    ],
    ['a result of this API', '{"custom_id":"a","result":{"type":"expired"}}', { code: 'answer-line' }],
    ['a result of OpenAI', '{"id":"b","custom_id":"a","response":{},"error":null}', { code: 'answer-line' }],
    ['a result of Bedrock', '{"recordId":"a","modelInput":{},"modelOutput":{}}', { code: 'answer-line' }],
    ['the body of a create', '{"requests":[{"custom_id":"a","params":{}}]}', { code: 'create-body' }],
    ['params alone', '{"model":"m","max_tokens":1,"messages":[]}', { code: 'bare-params', hasId: false }],
    ['params beside an id', '{"custom_id":"a","model":"m","messages":[]}', { code: 'bare-params', hasId: true }],
    ['half an emoji', lineOf('"x":"What does \\ud83d mean?"'), lone(43)],
    ['the other half', lineOf('"x":"\\ude00"'), lone(33)],
    ['halves in the wrong order', lineOf('"x":"\\ude00\\ud83d"'), lone(33)],
    ['half a pair before another escape', lineOf('"x":"\\uD83D\\n"'), lone(33)],
    ['half a pair before a whole one', lineOf('"x":"\\ud83d\\ud83d\\ude00"'), lone(33)],
    ['half an emoji in a key', lineOf('"x":[{"\\ud83d":1}]'), lone(35)],
    ['half an emoji behind a backslash', lineOf('"x":"\\\\\\ud83d"'), lone(35)],
    ['half an emoji behind white space', `\t ${lineOf('"x":"\\ud83d"')}`, lone(35)],
    ['a number beyond all numbers', lineOf('"x":[1e999]'), strict('infinite-number')],
    ['another, of many digits', lineOf(`"x":-${'1'.repeat(400)}`), strict('infinite-number')],
    ['lists without end', lineOf(`"x":${'['.repeat(100_000)}${']'.repeat(100_000)}`), strict('too-deep')],
    ['lists one too deep', lineOf(`"x":${'['.repeat(1_021)}${']'.repeat(1_021)}`), strict('too-deep')],
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
      expect(JSON.stringify(problems(line))).not.toContain('SECRET');
    }
  });
});

describe('half a surrogate pair', () => {
  const half = fc.constantFrom('\ud83d', '\ude00', '\ud800', '\udfff');
  const text = fc
    .array(fc.oneof(anyText({ maxLength: 3 }), half, fc.constant('\\ud83d')), { maxLength: 4 })
    .map((all) => all.join(''));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(text, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(text, tie('value'), { maxKeys: 3 })),
  }));
  const isWhole = (of: unknown): boolean => {
    if (typeof of === 'string') return of.isWellFormed();
    return Object.entries(of as object).every(([name, member]) => name.isWellFormed() && isWhole(member));
  };

  test('is refused wherever it stands in what is sent, and nothing else is', () => {
    fc.assert(
      fc.property(value, text, (params, name) => {
        const json = JSON.stringify({ [name]: params });
        const read = parse(`{"custom_id":"a","assert":["\\ud83d"],"params":${json}}`);
        expect('customId' in read).toBe(isWhole({ [name]: params }));
      }),
    );
  });

  test('that an override replaces is not sent', () => {
    const over = new Map([['system', '"whole"']]);
    const line = lineOf('"system":"\\ud83d","x":1');
    expect(parse(line)).toEqual([lone(38)]);
    expect(parse(line, { under: new Map(), over })).toMatchObject({ params: { system: 'whole', x: 1 } });
  });
});

// Node 24 takes such a key for one that it has parsed before, if that has a backslash in the same place.
describe('a key that is written with an escape', () => {
  const line = (params: string, more = ''): string => `{"custom_id":"a","params":${params}${more}}`;
  const read = createRequestParser(NO_MERGE);
  const kept = [
    '{"x":{"stop_sequences":1,"model":2,"mode\\\\":3},"y":{"type":1,"valu\\\\":2}}',
    '{"stop_sequences":[],"mode\\\\":1}',
    '{"max_tokens":8,"mode\\\\":1}',
  ].flatMap((params) => [read(Buffer.from(line(params))), read(Buffer.from(line(params)))]);
  const readAfter = (text: string) => {
    expect(kept.every((one) => 'customId' in one)).toBe(true);
    return read(Buffer.from(text));
  };

  test('counts as what it says, after an object that has nearly that key', () => {
    const params = '{"stop_sequences":["z"],"mode\\u006c":"claude-opus-5"}';
    const found = readAfter(line(params));
    expect(found).toMatchObject({
      paramsText: params,
      params: { stop_sequences: ['z'], model: 'claude-opus-5' },
    });
  });

  test('is seen to be there twice', () => {
    const params = '{"stop_sequences":["z"],"model":"claude-haiku-4-5","mode\\u006c":"claude-opus-5"}';
    expect(readAfter(line(params))).toEqual([{ code: 'repeated-key', name: 'model', within: 'params' }]);
  });

  test('stands in an assert as what it says', () => {
    const assert = '[{"type":"contains","valu\\u0065":"x"}]';
    expect(readAfter(line('{}', `,"assert":${assert}`))).toMatchObject({
      grading: { asserts: [{ type: 'contains', value: 'x' }], assertTexts: ['{"type":"contains","value":"x"}'] },
    });
  });

  test.each(['par\\u0061ms', 'custom\\u005fid'])('is known as %j', (name) => {
    const written = line('{}').replace(name.startsWith('p') ? 'params' : 'custom_id', name);
    expect(readAfter(written)).toMatchObject({ customId: 'a', params: {}, text: written });
  });
});
