import { describe, expect, test } from '@jest/globals';
import { rulesOf } from '../../../src/core/lint/finding.ts';
import { lintParams } from '../../../src/core/lint/lint-params.ts';
import { lintTools } from '../../../src/core/lint/tools.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { BETA, error, findings, GATEWAY, given, OLD, STRICT, said, warning } from './given.ts';

const mark = { cache_control: { type: 'ephemeral' } };
const text = (more = {}) => ({ type: 'text', text: 'x', ...more });
const documentOf = (...content: object[]) => ({ type: 'document', source: { type: 'content', content } });
const searchResultOf = (...content: object[]) => ({ type: 'search_result', source: 'x', title: 'x', content });
const tool = (name: string, more = {}) => ({ name, input_schema: { type: 'object' }, ...more });
const marked = (n: number) => Array.from({ length: n }, () => text(mark));

describe('a name that a request does not take', () => {
  const refused = (name: string) => error('refused-in-batch', { name });
  const header = (name: string, kind: string) => error('header-in-params', { name, kind });
  const unknown = (name: string, meant?: string) => warning('unknown-param', { name, meant });
  test.each<[string, Params, object]>([
    ['stream', { stream: true }, refused('stream')],
    ['speed', { speed: 'fast' }, refused('speed')],
    ['speed, standard', { speed: 'standard' }, refused('speed')],
    ['store', { store: false }, refused('store')],
    ['thread', { thread: { type: 'create' } }, refused('thread')],
    ['previous_thread_event_id', { previous_thread_event_id: 'e' }, refused('previous_thread_event_id')],
    ['cache_hint', { cache_hint: {} }, refused('cache_hint')],
    ['context_hint', { context_hint: {} }, refused('context_hint')],
    ['fallbacks', { fallbacks: [] }, refused('fallbacks')],
    ['betas', { betas: ['a'] }, header('betas', 'beta')],
    ['anthropic-beta', { 'anthropic-beta': 'a' }, header('anthropic-beta', 'beta')],
    ['Anthropic-Beta', { 'Anthropic-Beta': 'a' }, header('Anthropic-Beta', 'beta')],
    ['anthropic_version', { anthropic_version: '2023-06-01' }, header('anthropic_version', 'version')],
    ['workspace_id', { workspace_id: 'w' }, header('workspace_id', 'workspace')],
    ['x-api-key', { 'x-api-key': 'k' }, header('x-api-key', 'key')],
    ['api_key', { api_key: 'k' }, header('api_key', 'key')],
    ['Authorization', { Authorization: 'k' }, header('Authorization', 'key')],
    ['extra_headers', { extra_headers: {} }, header('extra_headers', 'headers')],
    ['a beta parameter', { context_management: {} }, warning('beta-param', { name: 'context_management' })],
    ['a user profile', { user_profile_id: 'u' }, warning('beta-param', { name: 'user_profile_id' })],
    ['a slip', { stop_sequence: ['x'] }, unknown('stop_sequence', 'stop_sequences')],
    ['a word of another API', { stop: ['x'] }, error('foreign-param', { name: 'stop', isThere: false })],
    ['nothing near', { zoom: 2 }, unknown('zoom')],
    ['near to what is there already', { max_token: 2 }, unknown('max_token')],
    ['near to what a batch refuses', { fallback: 1 }, unknown('fallback')],
    ['null under a refused name', { store: null }, unknown('store')],
    ['a hostile name', { '::error::\n%0A`': 1 }, unknown('::error::\n%0A`')],
    ['a key as a name', { 'sk-ant-api03-x': 1 }, unknown('[API key]')],
  ])('%s', (_, changes, expected) => {
    expect(findings(given(changes))).toEqual([expected]);
  });

  test('__proto__ is a name like others', () => {
    const params = JSON.parse(`{"__proto__":{"stream":true,"max_tokens":0},${JSON.stringify(given()).slice(1)}`);
    expect(findings(params)).toEqual([unknown('__proto__')]);
  });

  test.each(['temperature', 'top_p', 'top_k'])('%s in the version that removed it', (name) => {
    const removed = (version: string) => [error('removed-param', { name, version })];
    expect(findings(given({ [name]: 1 }))).toEqual(removed('2026-10-21'));
    expect(findings(given({ [name]: null }))).toHaveLength(1);
    const next = rulesOf({ baseUrl: 'https://x.example', version: '2027-01-01', betas: [] });
    expect(findings(given({ [name]: 1 }), next)).toEqual(removed('2027-01-01'));
    expect(findings(given({ [name]: 1 }), OLD)).toEqual([]);
  });

  test('a slip is offered what the version takes', () => {
    expect(findings(given({ temprature: 1 }), OLD)).toEqual([unknown('temprature', 'temperature')]);
    expect(findings(given({ temprature: 1 }))).toEqual([unknown('temprature')]);
  });

  test('a beta brings parameters of its own, but not to a batch what a batch refuses', () => {
    expect(findings(given({ context_management: {}, mcp_servers: [], user_profile_id: 'u' }), BETA)).toEqual([]);
    expect(findings(given({ thread: {}, fallbacks: [], betas: ['x'] }), BETA)).toEqual([
      refused('thread'),
      refused('fallbacks'),
      header('betas', 'beta'),
    ]);
  });

  test('a name of a megabyte is kept in part', () => {
    expect(findings(given({ ['x'.repeat(1_000_000)]: 1 }))).toEqual([unknown(`${'x'.repeat(80)}…`)]);
  });
});

describe('what every request has', () => {
  const found = (code: string, kind: string) => error(code, { found: kind });
  const slip = (name: string) => [
    warning('unknown-param', { name, meant: 'max_tokens' }),
    error('no-max-tokens', { writtenAs: name }),
  ];
  const emptyContent = (index: number) => error('empty-content', { place: ['messages', index] });
  test.each<[string, Params, object[]]>([
    ['no model', { model: undefined }, [error('no-model')]],
    ['a model as a list', { model: ['m'] }, [found('model-type', 'list')]],
    ['a model as null', { model: null }, [found('model-type', 'null')]],
    ['an empty model', { model: '' }, [found('model-type', 'string')]],
    ['no max_tokens', { max_tokens: undefined }, [error('no-max-tokens')]],
    ['max_tokens slipped', { max_tokens: undefined, max_token: 8 }, slip('max_token')],
    ['max_tokens in quotes', { max_tokens: '8' }, [found('max-tokens-type', 'string')]],
    ['max_tokens null', { max_tokens: null }, [found('max-tokens-type', 'null')]],
    ['max_tokens 1.5', { max_tokens: 1.5 }, [found('max-tokens-type', 'number')]],
    ['max_tokens 0', { max_tokens: 0 }, [error('max-tokens-range')]],
    ['max_tokens -1', { max_tokens: -1 }, [error('max-tokens-range')]],
    ['no messages', { messages: undefined }, [error('no-messages')]],
    ['messages as text', { messages: 'hi' }, [found('messages-type', 'string')]],
    ['messages as null', { messages: null }, [found('messages-type', 'null')]],
    ['messages as one', { messages: { role: 'user' } }, [found('messages-type', 'object')]],
    ['empty messages', { messages: [] }, [error('messages-empty')]],
    [
      'empty contents',
      {
        messages: [
          { role: 'assistant', content: '' },
          { role: 'user', content: [] },
        ],
      },
      [emptyContent(0), emptyContent(1)],
    ],
    [
      'an empty block of the system',
      { system: [text(), text({ text: '' })] },
      [error('empty-text', { place: ['system', 1] })],
    ],
    [
      'an empty block in a result',
      said({ type: 'tool_result', tool_use_id: 't', content: [text(), text({ text: '' })] }),
      [error('empty-text', { place: ['messages', 1, 'content', 0, 'content', 1] })],
    ],
    [
      'an empty block in a document',
      said(documentOf(text(), text({ text: '' }))),
      [error('empty-text', { place: ['messages', 0, 'content', 0, 'source', 'content', 1] })],
    ],
    [
      'an empty block in a result of a search',
      said(searchResultOf(text({ text: '' }))),
      [error('empty-text', { place: ['messages', 0, 'content', 0, 'content', 0] })],
    ],
    [
      'an empty block in a document in a result',
      said({ type: 'tool_result', tool_use_id: 't', content: [text(), documentOf(text({ text: '' }))] }),
      [error('empty-text', { place: ['messages', 1, 'content', 0, 'content', 1, 'source', 'content', 0] })],
    ],
    [
      'a document of no text',
      said({ type: 'document', source: { type: 'text', media_type: 'text/plain', data: '' } }),
      [warning('empty-document', { place: ['messages', 0, 'content', 0] })],
    ],
    [
      'the same in its other form',
      said({ type: 'document', source: { type: 'content', content: '' } }),
      [warning('empty-document', { place: ['messages', 0, 'content', 0] })],
    ],
    [
      'empty blocks',
      { messages: [{ role: 'user', content: [text(), text({ text: '' }), text({ text: '' })] }] },
      [error('empty-text', { place: ['messages', 0, 'content', 1] })],
    ],
  ])('%s', (_, changes, expected) => {
    for (const rules of [STRICT, OLD, BETA, GATEWAY]) expect(findings(given(changes), rules)).toEqual(expected);
  });

  test('white space may be refused', () => {
    const blank = [
      { role: 'user', content: ' \n' },
      { role: 'user', content: [text(), text({ text: '\u00a0' })] },
    ];
    expect(findings(given({ messages: blank, system: [text(), text({ text: ' ' })] }))).toEqual([
      warning('blank-text', { place: ['system', 1] }),
      warning('blank-text', { place: ['messages', 0] }),
      warning('blank-text', { place: ['messages', 1, 'content', 1] }),
    ]);
    expect(findings(given({ stop_sequences: ['x', '\n'] }))).toEqual([warning('blank-stop-sequence')]);
  });

  test('a number beyond all numbers is no whole one', () => {
    const params = JSON.parse(JSON.stringify(given()).replace('"max_tokens":8', '"max_tokens":1e999'));
    expect(findings(params)).toEqual([found('max-tokens-type', 'number')]);
  });
});

describe('tools', () => {
  const nothing = error('choice-without-tools');
  const notThere = (name: string, meant?: string) => error('unknown-tool', { name, meant });
  test.each<[string, Params, object]>([
    ['any of none', { tool_choice: { type: 'any' } }, nothing],
    ['one of none', { tool_choice: { type: 'tool', name: 'a' }, tools: [] }, nothing],
    [
      'a slip',
      { tool_choice: { type: 'tool', name: 'get_wether' }, tools: [tool('get_weather'), tool('b')] },
      notThere('get_wether', 'get_weather'),
    ],
    [
      'a tool that is not there',
      { tool_choice: { type: 'tool', name: 'other' }, tools: [tool('get_weather')] },
      notThere('other'),
    ],
    ['a name thrice', { tools: [tool('a'), tool('a'), tool('a'), tool('b')] }, error('repeated-tool', { name: 'a' })],
  ])('%s', (_, changes, expected) => {
    expect(findings(given(changes))).toEqual([expected]);
  });

  test('the choice may be one that a beta lets a request define between messages', () => {
    const choosing = (name: string, ...more: object[]) =>
      lintTools({ tool_choice: { type: 'tool', name }, messages: [{ content: more }] }).map(
        ({ problem }) => problem.code,
      );
    const adding = { type: 'tool_addition', tool: { type: 'tool_definition', definition: tool('a') } };
    expect(choosing('a', adding)).toEqual([]);
    expect(choosing('b', adding)).toEqual(['unknown-tool']);
    expect(choosing('a')).toEqual(['choice-without-tools']);
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
    expect(findings(given(changes))).toEqual([]);
  });

  test('a server has tools that nobody here knows', () => {
    const changes = { tool_choice: { type: 'tool', name: 'x' }, mcp_servers: [{ name: 's' }] };
    expect(findings(given(changes), BETA)).toEqual([]);
  });
});

describe('cache breakpoints', () => {
  const result = (n: number) => ({ type: 'tool_result', tool_use_id: 't', content: marked(n) });
  const ask = (...content: unknown[]) => [{ role: 'user', content }];
  test.each<[string, Params, number]>([
    ['four in system', { system: marked(4) }, 0],
    ['five in system', { system: marked(5) }, 1],
    ['four over all', { system: marked(1), tools: [tool('a', mark)], messages: ask(...marked(2)) }, 0],
    ['five over all', { system: marked(1), tools: [tool('a', mark)], messages: ask(...marked(3)) }, 1],
    ['five in messages', { messages: [...ask(...marked(2)), ...ask(...marked(3))] }, 1],
    ['four in results', said(result(4)), 0],
    ['five in results', said(result(3), { ...result(2), tool_use_id: 'u' }), 1],
    ['a result with its own', said({ ...result(4), ...mark }), 1],
    ['three and the request', { ...mark, system: marked(3) }, 0],
    ['four and the request', { ...mark, system: marked(4) }, 1],
    ['the mark of the request and of its last block are one', { ...mark, messages: ask(...marked(4)) }, 0],
    ['five in the request, the last marked twice', { ...mark, messages: ask(...marked(5)) }, 1],
    ['nulls are none', { cache_control: null, system: [...marked(4), text({ cache_control: null })] }, 0],
    ['ten blocks without', { system: Array.from({ length: 10 }, () => text()) }, 0],
  ])('%s', (_, changes, count) => {
    expect(findings(given(changes))).toEqual(count === 0 ? [] : [error('cache-breakpoints')]);
  });
});

describe('a request without a fault', () => {
  test.each<[string, Params]>([
    ['the plain one', {}],
    ['stream: false', { stream: false }],
    ['stream and speed as null', { stream: null, speed: null }],
    ['an empty system', { system: '' }],
    ['a result of white space', said({ type: 'tool_result', tool_use_id: 't', content: [text({ text: '\n' })] })],
    ['a document of white space', said(documentOf(text({ text: ' ' })))],
    ['a result of a search', said(searchResultOf(text({ text: '\n' })))],
    ['a document of a text', said({ type: 'document', source: { type: 'text', media_type: 'text/plain', data: ' ' } })],
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
        max_tokens: 1_025,
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
    expect(rulesOf({ baseUrl, version, betas })).toMatchObject({ strict, version, betas: betas.length > 0 });
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
      expect(JSON.stringify(findings(given({ [name]: value })))).not.toContain('SECRET words');
      expect(JSON.stringify(findings(given({ [name]: value })))).not.toContain(long);
    }
    for (const block of [
      value,
      { type: value },
      { type: 'image', source: value },
      { type: 'text', text: 1, cache_control: { type: value } },
    ]) {
      const found = JSON.stringify(
        findings(
          given({
            messages: [
              { role: value, content: [block] },
              { role: 'user', content: [block] },
            ],
          }),
        ),
      );
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
  expect(findings({ ...given(), messages: deep, tools: deep, system: deep, metadata: deep }).length).toBeGreaterThan(0);
});
