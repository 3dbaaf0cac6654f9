import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseExactly } from '../../../src/core/page/exact-json.ts';
import { parameterParts } from '../../../src/core/page/parameters.ts';
import { answerParts } from '../../../src/core/page/texts.ts';
import { valueText } from '../../../src/core/page/value-text.ts';
import { fitText } from './samples.ts';

const answerText = (...content: unknown[]): string => fitText(answerParts(content), Number.POSITIVE_INFINITY).text;
const long = 'S'.repeat(300);

test.each<[string, string]>([
  ['"a"', 'a'],
  ['""', '""'],
  ['" "', '" "'],
  ['"\\n"', '"\\n"'],
  ['"1.5e3"', '"1.5e3"'],
  ['1.50', '1.50'],
  ['"true"', '"true"'],
  ['true', 'true'],
  ['"null"', '"null"'],
  ['null', 'null'],
  ['"{}"', '"{}"'],
  ['" a"', '" a"'],
  ['"a "', '"a "'],
  ['"\\"a\\""', '""a""'],
  ['"say \\"a\\\\b\\""', 'say "a\\b"'],
  ['"a\\r\\n\\n  b"', 'a\n\n  b'],
  ['[]', '[]'],
  ['{}', '{}'],
  ['[1,2.0,null,true]', '[1, 2.0, null, true]'],
  ['["a",1,"1"]', '- a\n- 1\n- "1"'],
  ['["a: b","- a","http://x"]', '- "a: b"\n- "- a"\n- http://x'],
  ['[[1],["a",["b"]],{"c":{"d":"e"},"f":1}]', '- [1]\n- - a\n  - - b\n- c:\n    d: e\n  f: 1'],
  ['["a\\nb"]', '- a\n  b'],
  ['{"a":"b\\n  c\\n\\nd","e":[{"f":"g\\nh"}]}', 'a:\n  b\n    c\n\n  d\ne:\n  - f:\n      g\n      h'],
  ['{"":1,"a:b":2," c":3,"d\\n":4,"__proto__":5}', '"": 1\n"a:b": 2\n" c": 3\n"d\\n": 4\n__proto__: 5'],
])('%s', (json, text) => {
  expect(valueText(parseExactly(json))).toBe(text);
});

describe('what only programs read is shortened where the API puts it', () => {
  test.each<[string, object, string]>([
    [
      'a file in the result of a tool',
      {
        type: 'tool_result',
        tool_use_id: 't',
        content: [
          { type: 'text', text: 'Here\nit is' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: long } },
        ],
      },
      '[tool_result]\ntool_use_id: t\ncontent:\n  Here\n  it is\n\n  [image]\n  source:\n    type: base64\n    media_type: image/png\n    data: (300 characters)',
    ],
    [
      'results of a search',
      {
        type: 'web_search_tool_result',
        content: [{ type: 'web_search_result', title: 'T', url: 'https://e.org', encrypted_content: long }],
      },
      '[web_search_tool_result]\ncontent:\n  [web_search_result]\n  title: T\n  url: https://e.org\n  encrypted_content: (300 characters)',
    ],
    [
      'code that ran',
      {
        type: 'code_execution_tool_result',
        content: { type: 'encrypted_code_execution_result', encrypted_stdout: long, stderr: 'a\nb' },
      },
      '[code_execution_tool_result]\ncontent:\n  type: encrypted_code_execution_result\n  encrypted_stdout: (300 characters)\n  stderr:\n    a\n    b',
    ],
    [
      'a thought that is none',
      { type: 'thinking', thinking: 7, signature: long },
      '[thinking]\nthinking: 7\nsignature: (300 characters)',
    ],
    ['short ones', { type: 'redacted_thinking', data: 'abc' }, '[redacted_thinking]\ndata: abc'],
  ])('%s', (_, block, text) => {
    expect(answerText(block)).toBe(text);
  });

  test.each<[string, object]>([
    ['data', { data: long }],
    ['signature', { signature: long }],
    ['encrypted_key', { type: 'x', encrypted_key: long }],
    ['a source', { source: { type: 'base64', data: long } }],
    [
      'a thought',
      {
        content: [
          { type: 'thinking', signature: long },
          { type: 'redacted_thinking', data: long },
        ],
      },
    ],
  ])('the input of a tool is whole: %s', (_, input) => {
    for (const type of ['tool_use', 'server_tool_use', 'mcp_tool_use']) {
      const text = answerText({ type, input });
      expect(text).toContain(long);
      expect(text).not.toContain('characters)');
    }
  });

  test('names alone do not count', () => {
    expect(answerText({ type: 'new', data: long, signature: long })).toBe(`[new]\ndata: ${long}\nsignature: ${long}`);
  });
});

test('code is as it was written', () => {
  const code = 'def f():\n    return "hello world"';
  expect(answerText({ type: 'tool_use', name: 'run', input: { code, tries: 3 } })).toBe(
    '[tool_use]\nname: run\ninput:\n  code:\n    def f():\n        return "hello world"\n  tries: 3',
  );
});

describe('bounds', () => {
  const nested = (levels: number): unknown => JSON.parse(`${'[{"a":'.repeat(levels)}"x"${'}]'.repeat(levels)}`);

  test('what is nested deep is JSON from some level on', () => {
    const text = valueText(nested(30));
    expect(text.split('\n').length).toBeLessThan(20);
    expect(text).toContain('[{"a":[{"a":');
    expect(valueText(nested(50_000))).toBe('(nested too deep to be shown)');
  });

  test('very many short lines in deep levels do not grow beyond measure', () => {
    let value: unknown = Array.from({ length: 100_000 }, () => 'a');
    for (let level = 0; level < 10; level += 1) value = { a: value };
    expect(valueText(value)).toBe(JSON.stringify(value));
  });

  test('any value has a text, in which every text of it is found', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = valueText(value);
        const plain = (given: unknown): void => {
          if (typeof given === 'string' && given.trim() !== '' && !/[\n\r"]/.test(given)) expect(text).toContain(given);
          if (typeof given === 'object' && given !== null) for (const item of Object.values(given)) plain(item);
        };
        expect(typeof text).toBe('string');
        plain(value);
      }),
    );
  });
});

describe('parameters', () => {
  const partsText = (params: unknown): string | undefined => {
    const parts = parameterParts(params);
    return parts === null ? undefined : fitText(parts, 5_000).text;
  };

  test.each<[string, unknown, string | undefined]>([
    [
      'short ones first, each long one under its name',
      {
        model: 'm',
        system: 'secret',
        tools: [{ name: 'run', input_schema: { type: 'object' } }],
        messages: [],
        max_tokens: 8,
        stop_sequences: ['a'],
      },
      'model: m\nmax_tokens: 8\n\n[tools]\n- name: run\n  input_schema:\n    type: object\n\n[stop_sequences]\n- a',
    ],
    [
      'without tokens',
      { mcp_servers: [{ url: 'https://e.org', authorization_token: 'hush' }] },
      '[mcp_servers]\n- url: https://e.org\n  authorization_token: (4 characters)',
    ],
    [
      'without what an address carries',
      { mcp_servers: [{ url: 'https://e.org/sse?api_key=hush#more' }, 'x', null] },
      '[mcp_servers]\n- url: https://e.org/sse?(18 characters)\n- x\n- null',
    ],
    ['of no form', { mcp_servers: 'x', tools: null }, 'mcp_servers: x\ntools: null'],
    ['of the prototype', JSON.parse('{"__proto__":{"a":1},"b":2}'), 'b: 2\n\n[__proto__]\na: 1'],
    ['none', { system: 'a', messages: [] }, undefined],
    ['no object', 'x', undefined],
    ['a list', ['x'], undefined],
  ])('%s', (_, params, text) => {
    expect(partsText(params)).toBe(text);
  });
});
