import { describe, expect, test } from '@jest/globals';
import { lintParams } from '../../../src/core/lint/lint-params.ts';
import { rulesOf } from '../../../src/core/lint/rules.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { BETA, GATEWAY, given, OLD, STRICT, texts } from './given.ts';

const WHOLE = 'write a whole number of 1 or more';
const FORM = 'write "messages": [{"role": "user", "content": "…"}]';
const mark = { cache_control: { type: 'ephemeral' } };
const text = (more = {}) => ({ type: 'text', text: 'x', ...more });
const tool = (name: string, more = {}) => ({ name, input_schema: { type: 'object' }, ...more });
const marked = (n: number) => Array.from({ length: n }, () => text(mark));

describe('a name that a request does not take', () => {
  const without = (name: string, cure: string) => [`error refused-in-batch: a batch refuses ${name}; ${cure}`];
  const header = (name: string, cure: string) => [
    `error header-in-params: "${name}" is no parameter of a request but belongs to the whole batch; ${cure}`,
  ];
  const KEY = 'remove it, revoke a key that was written down, and use the input anthropic-api-key';
  const BETAS = 'remove it and name the betas in the input anthropic-beta, one header for the whole batch';
  test.each<[string, Params, string[]]>([
    ['stream', { stream: true }, without('"stream": true', 'remove it; the results come when the batch has ended')],
    ['speed', { speed: 'fast' }, without('"speed"', 'remove it; a batch has no fast mode')],
    ['speed, standard', { speed: 'standard' }, without('"speed"', 'remove it; a batch has no fast mode')],
    ['store', { store: false }, without('"store"', 'remove it; a batch keeps its results for 29 days by itself')],
    [
      'thread',
      { thread: { type: 'create' } },
      without('"thread"', 'remove it and write the whole conversation into messages'),
    ],
    [
      'previous_thread_event_id',
      { previous_thread_event_id: 'e' },
      without('"previous_thread_event_id"', 'remove it and write the whole conversation into messages'),
    ],
    ['cache_hint', { cache_hint: {} }, without('"cache_hint"', 'remove it and mark what to cache with cache_control')],
    [
      'context_hint',
      { context_hint: {} },
      without('"context_hint"', 'remove it and write the whole context into system and messages'),
    ],
    [
      'fallbacks',
      { fallbacks: [] },
      without('"fallbacks"', 'remove it and write the model that shall answer as model'),
    ],
    ['betas', { betas: ['a'] }, header('betas', BETAS)],
    ['anthropic-beta', { 'anthropic-beta': 'a' }, header('anthropic-beta', BETAS)],
    ['Anthropic-Beta', { 'Anthropic-Beta': 'a' }, header('Anthropic-Beta', BETAS)],
    [
      'anthropic_version',
      { anthropic_version: '2023-06-01' },
      header('anthropic_version', 'remove it and set the input anthropic-version, one header for the whole batch'),
    ],
    ['workspace_id', { workspace_id: 'w' }, header('workspace_id', 'remove it; the API key decides on the workspace')],
    ['x-api-key', { 'x-api-key': 'k' }, header('x-api-key', KEY)],
    ['api_key', { api_key: 'k' }, header('api_key', KEY)],
    ['Authorization', { Authorization: 'k' }, header('Authorization', KEY)],
    [
      'a beta parameter',
      { context_management: {} },
      [
        'warning beta-param: "context_management" belongs to a beta of the API; name that beta in the input anthropic-beta, or remove it',
      ],
    ],
    [
      'a user profile',
      { user_profile_id: 'u' },
      [
        'warning beta-param: "user_profile_id" belongs to a beta of the API; name that beta in the input anthropic-beta, or remove it',
      ],
    ],
    [
      'a slip',
      { stop_sequence: ['x'] },
      ['warning unknown-param: the API knows no parameter "stop_sequence"; write "stop_sequences"'],
    ],
    [
      'a word of another API',
      { stop: ['x'] },
      ['warning unknown-param: the API knows no parameter "stop"; write "stop_sequences"'],
    ],
    ['nothing near', { n: 2 }, ['warning unknown-param: the API knows no parameter "n"; remove it']],
    [
      'near to what is there already',
      { max_token: 2 },
      ['warning unknown-param: the API knows no parameter "max_token"; remove it'],
    ],
    [
      'near to what a batch refuses',
      { seed: 1 },
      ['warning unknown-param: the API knows no parameter "seed"; remove it'],
    ],
    [
      'null under a refused name',
      { store: null },
      ['warning unknown-param: the API knows no parameter "store"; remove it'],
    ],
    [
      'a hostile name',
      { '::error::\n%0A`': 1 },
      ['warning unknown-param: the API knows no parameter "::error::\\n%0A`"; remove it'],
    ],
    [
      'a key as a name',
      { 'sk-ant-api03-x': 1 },
      ['warning unknown-param: the API knows no parameter (a name that holds an API key); remove it'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(texts(given(changes))).toEqual(expected);
  });

  test('__proto__ is a name like others', () => {
    const params = JSON.parse(`{"__proto__":{"stream":true,"max_tokens":0},${JSON.stringify(given()).slice(1)}`);
    expect(texts(params)).toEqual(['warning unknown-param: the API knows no parameter "__proto__"; remove it']);
  });

  test.each(['temperature', 'top_p', 'top_k'])('%s in the version that removed it', (name) => {
    const cure = 'remove it, or set anthropic-version: 2023-06-01 for models that still take it';
    expect(texts(given({ [name]: 1 }))).toEqual([
      `error removed-param: version 2026-10-21 of the API takes no "${name}"; ${cure}`,
    ]);
    expect(texts(given({ [name]: null }))).toHaveLength(1);
    expect(
      texts(given({ [name]: 1 }), rulesOf({ baseUrl: 'https://x.example', version: '2027-01-01', betas: [] })),
    ).toEqual([`error removed-param: version 2027-01-01 of the API takes no "${name}"; ${cure}`]);
    expect(texts(given({ [name]: 1 }), OLD)).toEqual([]);
  });

  test('a slip is offered what the version takes', () => {
    expect(texts(given({ temprature: 1 }), OLD)).toEqual([
      'warning unknown-param: the API knows no parameter "temprature"; write "temperature"',
    ]);
    expect(texts(given({ temprature: 1 }))).toEqual([
      'warning unknown-param: the API knows no parameter "temprature"; remove it',
    ]);
  });

  test('a beta brings parameters of its own, but not to a batch what a batch refuses', () => {
    expect(texts(given({ context_management: {}, mcp_servers: [], user_profile_id: 'u' }), BETA)).toEqual([]);
    expect(texts(given({ thread: {}, fallbacks: [], betas: ['x'] }), BETA).map((line) => line.slice(0, 6))).toEqual([
      'error ',
      'error ',
      'error ',
    ]);
  });

  test('a name of a megabyte is no trouble', () => {
    expect(texts(given({ ['x'.repeat(1_000_000)]: 1 }))).toHaveLength(1);
  });
});

describe('what every request has', () => {
  test.each<[string, Params, string[]]>([
    [
      'no model',
      { model: undefined },
      ['error no-model: model is missing; write "model": "claude-…", or set it for all in the input default-params'],
    ],
    [
      'a model as a list',
      { model: ['m'] },
      ['error model-type: model is a list, not a string; write the id of a model in quotes'],
    ],
    [
      'a model as null',
      { model: null },
      ['error model-type: model is null, not a string; write the id of a model in quotes'],
    ],
    ['an empty model', { model: '' }, ['error model-type: model is empty; write the id of a model in quotes']],
    [
      'no max_tokens',
      { max_tokens: undefined },
      [
        'error no-max-tokens: max_tokens is missing; write "max_tokens": 1024 or so, or set it for all in the input default-params',
      ],
    ],
    [
      'max_tokens slipped',
      { max_tokens: undefined, max_token: 8 },
      [
        'warning unknown-param: the API knows no parameter "max_token"; write "max_tokens"',
        'error no-max-tokens: max_tokens is missing; rename "max_token" to "max_tokens"',
      ],
    ],
    [
      'max_tokens under its name of another API',
      { max_tokens: undefined, max_completion_tokens: 8 },
      [
        'warning unknown-param: the API knows no parameter "max_completion_tokens"; write "max_tokens"',
        'error no-max-tokens: max_tokens is missing; rename "max_completion_tokens" to "max_tokens"',
      ],
    ],
    [
      'max_tokens in quotes',
      { max_tokens: '8' },
      [`error max-tokens-type: max_tokens is a string, not a number; ${WHOLE}`],
    ],
    ['max_tokens null', { max_tokens: null }, [`error max-tokens-type: max_tokens is null, not a number; ${WHOLE}`]],
    ['max_tokens 1.5', { max_tokens: 1.5 }, [`error max-tokens-type: max_tokens is not a whole number; ${WHOLE}`]],
    ['max_tokens 0', { max_tokens: 0 }, [`error max-tokens-range: max_tokens is 0, which a batch refuses; ${WHOLE}`]],
    ['max_tokens -1', { max_tokens: -1 }, [`error max-tokens-range: max_tokens is below 1; ${WHOLE}`]],
    ['no messages', { messages: undefined }, [`error no-messages: messages is missing; ${FORM}`]],
    ['messages as text', { messages: 'hi' }, [`error messages-type: messages is a string, not a list; ${FORM}`]],
    ['messages as null', { messages: null }, [`error messages-type: messages is null, not a list; ${FORM}`]],
    [
      'messages as one',
      { messages: { role: 'user' } },
      [`error messages-type: messages is an object, not a list; ${FORM}`],
    ],
    ['empty messages', { messages: [] }, [`error messages-empty: messages is empty; ${FORM}`]],
    [
      'empty contents',
      {
        messages: [
          { role: 'assistant', content: '' },
          { role: 'user', content: [] },
        ],
      },
      [
        'error empty-content: messages[0] has empty content; write something; only a last message of the assistant may be empty',
        'error empty-content: messages[1] has empty content; write something; only a last message of the assistant may be empty',
      ],
    ],
    [
      'empty blocks',
      { messages: [{ role: 'user', content: [text(), text({ text: '' }), text({ text: '' })] }] },
      ['error empty-text: messages[0].content[1] is an empty text block; write something, or remove the block'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(texts(given(changes))).toEqual(expected);
    for (const rules of [OLD, BETA, GATEWAY]) expect(texts(given(changes), rules)).toEqual(expected);
  });

  test('white space may be refused', () => {
    const blank = [
      { role: 'user', content: ' \n' },
      { role: 'user', content: [text(), text({ text: '\u00a0' })] },
      { role: 'assistant', content: ' ' },
    ];
    expect(texts(given({ messages: blank }))).toEqual([
      'warning blank-text: messages[0] holds nothing but white space; write something; the API may refuse it',
      'warning blank-text: messages[1].content[1] holds nothing but white space; write something; the API may refuse it',
    ]);
    expect(texts(given({ stop_sequences: ['x', '\n'] }))).toEqual([
      'warning blank-stop-sequence: stop_sequences has one without a visible character; remove it; the API wants more than white space',
    ]);
  });

  test('a number beyond all numbers is no whole one', () => {
    const params = JSON.parse(JSON.stringify(given()).replace('"max_tokens":8', '"max_tokens":1e999'));
    expect(texts(params)).toEqual([`error max-tokens-type: max_tokens is not a whole number; ${WHOLE}`]);
  });
});

describe('tools', () => {
  const nothing = [
    'error choice-without-tools: tool_choice demands a tool, but there are no tools; add tools, or remove tool_choice',
  ];
  test.each<[string, Params, string[]]>([
    ['any of none', { tool_choice: { type: 'any' } }, nothing],
    ['one of none', { tool_choice: { type: 'tool', name: 'a' }, tools: [] }, nothing],
    [
      'a slip',
      { tool_choice: { type: 'tool', name: 'get_wether' }, tools: [tool('get_weather'), tool('b')] },
      ['error unknown-tool: tool_choice names the tool "get_wether", which is not in tools; write "get_weather"'],
    ],
    [
      'a tool that is not there',
      { tool_choice: { type: 'tool', name: 'other' }, tools: [tool('get_weather')] },
      ['error unknown-tool: tool_choice names the tool "other", which is not in tools; name one of the tools'],
    ],
    [
      'a name thrice',
      { tools: [tool('a'), tool('a'), tool('a'), tool('b')] },
      ['error repeated-tool: tools has more than one tool "a"; rename or remove all but one'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(texts(given(changes))).toEqual(expected);
  });

  test.each<[string, Params]>([
    ['any of one', { tool_choice: { type: 'any' }, tools: [tool('a')] }],
    ['one of two', { tool_choice: { type: 'tool', name: 'b' }, tools: [tool('a'), tool('b')] }],
    [
      'a tool of the API',
      { tool_choice: { type: 'tool', name: 'bash' }, tools: [{ type: 'bash_20250124', name: 'bash' }] },
    ],
    ['auto of none', { tool_choice: { type: 'auto' } }],
    ['none of none', { tool_choice: { type: 'none' } }],
    [
      'a toolset, whose names stand nowhere',
      { tool_choice: { type: 'tool', name: 'click' }, tools: [{ type: 'browser_toolset_20260801' }] },
    ],
    ['names that differ by case', { tools: [tool('a'), tool('A')] }],
    ['an empty list', { tools: [] }],
  ])('%s passes', (_, changes) => {
    expect(texts(given(changes))).toEqual([]);
  });

  test('a server has tools that nobody here knows', () => {
    const changes = { tool_choice: { type: 'tool', name: 'x' }, mcp_servers: [{ name: 's' }] };
    expect(texts(given(changes), BETA)).toEqual([]);
  });
});

describe('cache marks', () => {
  const tooMany = [
    'error cache-breakpoints: there are more than four cache_control marks in one request; keep at most four over tools, system, messages and the request itself',
  ];
  const result = (n: number) => ({ type: 'tool_result', tool_use_id: 't', content: marked(n) });
  const ask = (...content: unknown[]) => [{ role: 'user', content }];
  test.each<[string, Params, number]>([
    ['four in system', { system: marked(4) }, 0],
    ['five in system', { system: marked(5) }, 1],
    ['four over all', { system: marked(1), tools: [tool('a', mark)], messages: ask(...marked(2)) }, 0],
    ['five over all', { system: marked(1), tools: [tool('a', mark)], messages: ask(...marked(3)) }, 1],
    ['five in messages', { messages: [...ask(...marked(2)), ...ask(...marked(3))] }, 1],
    ['four in results', { messages: ask(result(4)) }, 0],
    ['five in results', { messages: ask(result(3), result(2)) }, 1],
    ['a result with its own', { messages: ask({ ...result(4), ...mark }) }, 1],
    ['three and the request', { ...mark, system: marked(3) }, 0],
    ['four and the request', { ...mark, system: marked(4) }, 1],
    ['the mark of the request and of its last block are one', { ...mark, messages: ask(...marked(4)) }, 0],
    ['five in the request, the last marked twice', { ...mark, messages: ask(...marked(5)) }, 1],
    ['nulls are none', { cache_control: null, system: [...marked(4), text({ cache_control: null })] }, 0],
    ['ten blocks without', { system: Array.from({ length: 10 }, () => text()) }, 0],
  ])('%s', (_, changes, count) => {
    expect(texts(given(changes))).toEqual(count === 0 ? [] : tooMany);
  });
});

describe('a request without a fault', () => {
  test.each<[string, Params]>([
    ['the plain one', {}],
    ['stream: false', { stream: false }],
    ['stream and speed as null', { stream: null, speed: null }],
    ['an empty system', { system: '' }],
    [
      'a message of the system',
      {
        messages: [
          { role: 'system', content: 'x' },
          { role: 'user', content: 'x' },
        ],
      },
    ],
    [
      'a beginning of the answer',
      {
        messages: [
          { role: 'user', content: 'x' },
          { role: 'assistant', content: 'A:' },
        ],
      },
    ],
    [
      'an empty last message of the assistant',
      {
        messages: [
          { role: 'user', content: 'x' },
          { role: 'assistant', content: '' },
        ],
      },
    ],
    [
      'the same as a list',
      {
        messages: [
          { role: 'user', content: 'x' },
          { role: 'assistant', content: [] },
        ],
      },
    ],
    [
      'two of one role',
      {
        messages: [
          { role: 'user', content: 'x' },
          { role: 'user', content: 'y' },
        ],
      },
    ],
    [
      'unknown members inside',
      { metadata: { more: 1 }, messages: [{ role: 'user', content: [text({ extra: 1 })], name: 'x' }] },
    ],
    [
      'nulls where the types have them',
      {
        cache_control: null,
        container: null,
        diagnostics: null,
        inference_geo: null,
        metadata: { user_id: null },
        output_config: { effort: null, format: null },
      },
    ],
    [
      'everything',
      {
        service_tier: 'auto',
        stop_sequences: ['x'],
        inference_geo: 'us',
        container: 'c',
        thinking: { type: 'enabled', budget_tokens: 1024 },
        output_config: { effort: 'high', format: { type: 'json_schema', schema: { anything: [1] } } },
      },
    ],
  ])('%s', (_, changes) => {
    expect(lintParams(given(changes), STRICT)).toEqual([]);
  });

  test('all have one and the same list', () => {
    expect(lintParams(given(), STRICT)).toBe(lintParams(given({ system: 'x' }), STRICT));
  });
});

describe('strict', () => {
  test.each<[string, string, string, string[], boolean]>([
    ['the API', 'https://api.anthropic.com', '2026-10-21', [], true],
    ['a loopback host', 'http://127.0.0.1:4010', '2026-10-21', [], true],
    ['localhost', 'http://localhost:4010/x', '2026-10-21', [], true],
    ['IPv6 loopback', 'http://[::1]:4010', '2026-10-21', [], true],
    ['a gateway', 'https://gateway.example', '2026-10-21', [], false],
    ['a name like the API', 'https://api.anthropic.com.example', '2026-10-21', [], false],
    ['an older version', 'https://api.anthropic.com', '2023-06-01', [], false],
    ['a newer version', 'https://api.anthropic.com', '2027-01-01', [], false],
    ['a beta', 'https://api.anthropic.com', '2026-10-21', ['x'], false],
  ])('%s', (_, baseUrl, version, betas, strict) => {
    expect(rulesOf({ baseUrl, version, betas })).toEqual({ strict, version, betas: betas.length > 0 });
  });
});

test('no text of a request stands in a finding', () => {
  const secret = 'My SECRET words';
  const long = 'SECRET'.repeat(20);
  for (const value of [secret, long, { SECRET: secret }, [secret]]) {
    for (const name of [
      'model',
      'max_tokens',
      'messages',
      'system',
      'tools',
      'tool_choice',
      'thinking',
      'metadata',
      'stream',
    ]) {
      expect(texts(given({ [name]: value })).join()).not.toContain('SECRET words');
      expect(texts(given({ [name]: value })).join()).not.toContain(long);
    }
    for (const block of [
      value,
      { type: value },
      { type: 'image', source: value },
      { type: 'text', text: 1, cache_control: { type: value } },
    ]) {
      const found = texts(
        given({
          messages: [
            { role: value, content: [block] },
            { role: 'user', content: [block] },
          ],
        }),
      ).join();
      expect(found).not.toContain('SECRET words');
      expect(found).not.toContain(long);
    }
  }
});

test('a hundred thousand faulty messages are told briefly', () => {
  const messages = Array.from({ length: 100_000 }, (_, i) =>
    i % 2 ? { role: 'user', content: '' } : { role: 'nobody' },
  );
  const params = given({ messages });
  expect(lintParams(params, STRICT).length).toBeLessThanOrEqual(10);
});

test('nesting without end is no trouble', () => {
  const deep = JSON.parse(`${'[{"content":'.repeat(20_000)}1${'}]'.repeat(20_000)}`);
  expect(texts({ ...given(), messages: deep, tools: deep, system: deep, metadata: deep }).length).toBeGreaterThan(0);
});
