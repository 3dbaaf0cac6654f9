import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rulesOf } from '../../../src/core/lint/finding.ts';
import { lintMerge } from '../../../src/core/lint/lint-merge.ts';
import { lintParams } from '../../../src/core/lint/lint-params.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { BETA, error, findings, GATEWAY, given, OLD, STRICT, said, warning } from './given.ts';

// What the API refuses in any request, though its shape is right: each fault beside the nearest request that is none.

const TOOL = { name: 'look', input_schema: { type: 'object' } };
const tool = (more: object): Params => given({ tools: [{ ...TOOL, ...more }] });
const schema = (more: object): Params => tool({ input_schema: { type: 'object', ...more } });
const named = (name: string): Params => tool({ name });
const atName = { place: ['tools', 0, 'name'] };
const atSchema = { place: ['tools', 0, 'input_schema'] };

const budget = (tokens: number, more: Params = {}): Params =>
  given({ max_tokens: 2_000, thinking: { type: 'enabled', budget_tokens: tokens }, ...more });
const forced = (more: Params, type = 'any'): Params =>
  given({ max_tokens: 2_000, tools: [TOOL], tool_choice: { type, name: 'look' }, ...more });
const thinks = { thinking: { type: 'enabled', budget_tokens: 1_024 } };

const answerStart = (content: unknown): Params =>
  given({
    messages: [
      { role: 'user', content: 'x' },
      { role: 'assistant', content },
    ],
  });
const text = (of: string): object => ({ type: 'text', text: of });

const PNG = 'iVBORw0KGgo=';
const JPEG = '/9j/4AAQ';
const base64 = (...texts: readonly string[]): string => Buffer.from(texts.join('')).toString('base64');
const HTML = base64('\ufeff\n<!DOCTYPE html><html>');
const image = (data: string, type = 'image/png'): Params =>
  said({ type: 'image', source: { type: 'base64', media_type: type, data } });
const pdf = (data: string): Params =>
  said({ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data } });
const atBlock = { place: ['messages', 0, 'content', 0] };

const use = (id: string) => ({ type: 'tool_use', id, name: 'look', input: {} });
const result = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: 'x' });
/** Messages of the user and the assistant by turns, the user first. */
const talk = (...contents: readonly unknown[]): Params =>
  given({ messages: contents.map((content, i) => ({ role: i % 2 ? 'assistant' : 'user', content })) });
const at = (message: number, block: number) => ({ place: ['messages', message, 'content', block] });

const ask = [
  { role: 'user', content: 'x' },
  { role: 'assistant', content: [use('a')] },
];

const mark = (ttl?: string) => ({ cache_control: { type: 'ephemeral', ...(ttl === undefined ? {} : { ttl }) } });
const marked = (ttl?: string) => ({ ...text('x'), ...mark(ttl) });

const effort = (model: string, level: string, thinking = 'disabled'): Params =>
  given({ model, thinking: { type: thinking }, output_config: { effort: level } });

describe('always refused', () => {
  test.each<[string, Params, object]>([
    ['a space in the name of a tool', named('look up'), error('tool-name', { ...atName, position: 5 })],
    ['a dot', named('a.b'), error('tool-name', { ...atName, position: 2 })],
    ['an umlaut', named('schön'), error('tool-name', { ...atName, position: 4 })],
    ['no name', named(''), error('tool-name', atName)],
    ['129 characters', named('x'.repeat(129)), error('tool-name', { ...atName, length: 129 })],
    ['a name of a custom tool', tool({ type: 'custom', name: '*' }), error('tool-name', { ...atName, position: 1 })],
    ['anyOf at the top', schema({ anyOf: [] }), error('tool-schema', { ...atSchema, union: 'anyOf' })],
    ['oneOf at the top', schema({ oneOf: [] }), error('tool-schema', { ...atSchema, union: 'oneOf' })],
    ['allOf at the top', schema({ allOf: [] }), error('tool-schema', { ...atSchema, union: 'allOf' })],
    ['a budget of 1,023', budget(1_023), error('thinking-budget', { least: 1_024 })],
    ['a budget of no tokens', budget(0), error('thinking-budget', { least: 1_024 })],
    ['a budget as large as max_tokens', budget(2_000), error('thinking-budget-limit', { limit: 2_000 })],
    ['thinking with any tool', forced(thinks), error('forced-tool-thinking')],
    ['thinking with one tool', forced(thinks, 'tool'), error('forced-tool-thinking')],
    ['an answer that begins with a space', answerStart(' '), error('trailing-space', { place: ['messages', 1] })],
    ['a start that ends in a line', answerStart('A:\n'), error('trailing-space', { place: ['messages', 1] })],
    ['the same in blocks', answerStart([text('A: ')]), error('trailing-space', { place: ['messages', 1] })],
    ['a data: URI as data', image(`data:image/png;base64,${PNG}`), error('data-uri', atBlock)],
    [
      'a data: URI as address',
      said({ type: 'image', source: { type: 'url', url: `DATA:image/png;base64,${PNG}` } }),
      error('data-uri', atBlock),
    ],
    ['base64 cut', image(PNG.slice(0, -1)), error('broken-base64', atBlock)],
    ['base64 of another alphabet', image('iVBORw0-_go='), error('broken-base64', atBlock)],
    ['what is no base64', image('iVBO*w0KGgo='), error('broken-base64', atBlock)],
    ['an end in the middle', image('iVBORw==KGgo'), error('broken-base64', atBlock)],
    ['a path', pdf('./report.pdf'), error('broken-base64', atBlock)],
    ['no data', image(''), error('broken-base64', atBlock)],
    ['a JPEG as PNG', image(JPEG), error('media-type', { ...atBlock, given: 'image/png', found: 'image/jpeg' })],
    ['a PNG as PDF', pdf(PNG), error('media-type', { ...atBlock, given: 'application/pdf', found: 'image/png' })],
    [
      'a JPEG as PNG in a result',
      said({
        type: 'tool_result',
        tool_use_id: 't',
        content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: JPEG } }],
      }),
      error('media-type', {
        place: ['messages', 1, 'content', 0, 'content', 0],
        given: 'image/png',
        found: 'image/jpeg',
      }),
    ],
    ['HTML as PDF', pdf(HTML), error('media-type', { ...atBlock, given: 'application/pdf', found: 'text/html' })],
    ['HTML as PNG', image(HTML), error('media-type', { ...atBlock, given: 'image/png', found: 'text/html' })],
    [
      'what is no PDF in its first kilobyte',
      pdf(base64('x'.repeat(1_024), '%PDF-1.7')),
      error('media-type', { ...atBlock, given: 'application/pdf', found: undefined }),
    ],
    ['text before a result', talk('x', [use('a')], [text('y'), result('a')]), error('late-result', at(2, 1))],
    [
      'an image before a result',
      talk('x', [use('a')], [{ type: 'image', source: { type: 'url', url: 'x' } }, result('a')]),
      error('late-result', at(2, 1)),
    ],
    [
      'text between results',
      talk('x', [use('a'), use('b')], [result('a'), text('y'), result('b')]),
      error('late-result', at(2, 2)),
    ],
    [
      'a message before the one with the result',
      given({ messages: [...ask, { role: 'user', content: 'y' }, { role: 'user', content: [result('a')] }] }),
      error('late-result', at(3, 0)),
    ],
    ['two uses of one id', talk('x', [use('a'), use('a')], [result('a')]), error('repeated-use', at(1, 1))],
    ['two results of one use', talk('x', [use('a')], [result('a'), result('a')]), error('repeated-result', at(2, 1))],
    ['a use without result', talk('x', [use('a')], 'y'), error('use-without-result', at(1, 0))],
    [
      'one of two uses without result',
      talk('x', [text('x'), use('a'), use('b')], [result('a')]),
      error('use-without-result', at(1, 2)),
    ],
    ['a result of nothing', talk([result('a')]), error('result-without-use', at(0, 0))],
    [
      'a result too late',
      talk('x', [use('a')], [result('a')], 'y', [result('a')]),
      error('result-without-use', at(4, 0)),
    ],
    ['five minutes before an hour', given({ system: [marked(), marked('1h')] }), error('cache-order')],
    [
      'five minutes in tools, an hour in messages',
      { ...said(marked('1h')), tools: [{ ...TOOL, ...mark('5m') }] },
      error('cache-order'),
    ],
    ['an hour for the whole request', { ...said(marked(), text('y')), ...mark('1h') }, error('cache-order')],
    [
      'a forced tool with Fable 5.1',
      forced({ model: 'claude-fable-5-1' }),
      error('forced-tool-model', { type: 'any' }),
    ],
    [
      'a forced tool with Mythos 5.1 by its date',
      forced({ model: 'claude-mythos-5-1-20260901' }, 'tool'),
      error('forced-tool-model', { type: 'tool' }),
    ],
    [
      'much effort without thinking',
      effort('claude-opus-5', 'max'),
      error('effort-without-thinking', { effort: 'max' }),
    ],
    ['the same, xhigh', effort('claude-opus-5', 'xhigh'), error('effort-without-thinking', { effort: 'xhigh' })],
  ])('%s', (_, params, expected) => {
    expect(findings(params)).toEqual([expected]);
    expect(findings(params, OLD)).toEqual([expected]);
    // Betas lift such rules, and a gateway may have others.
    for (const rules of [BETA, GATEWAY]) {
      const isMark = JSON.stringify(expected).includes('cache-order');
      expect(findings(params, rules)).toEqual([isMark ? expected : { ...expected, level: 'warning' }]);
    }
  });

  test.each<[string, Params]>([
    ['a name of 128 characters', named(`${'x'.repeat(126)}_-`)],
    ['a tool of the API', given({ tools: [{ type: 'bash_20250124', name: 'bash' }] })],
    ['anyOf further inside', schema({ properties: { anyOf: { anyOf: [{ type: 'string' }] } } })],
    ['a budget just below max_tokens', budget(1_999)],
    ['the least budget', budget(1_024)],
    ['thinking with auto', forced(thinks, 'auto')],
    ['a forced tool without thinking', forced({ thinking: { type: 'disabled' } })],
    ['a forced tool with Fable 5', forced({ model: 'claude-fable-5' })],
    ['white space in the middle', answerStart('A: x')],
    ['a last message of the user', given({ messages: [{ role: 'user', content: 'x\n' }] })],
    ['an earlier answer', talk('x', 'y\n', 'z')],
    ['a PNG', image(PNG)],
    ['a PNG in lines', image('iVBO\r\nRw0K\r\nGgo=\n')],
    ['a PDF', pdf('JVBERi0xLjc=')],
    ['a PDF behind other bytes', pdf(base64('x'.repeat(1_020), '%PDF-1.7'))],
    ['bytes of no known type', image('AAAA')],
    ['text after a result', talk('x', [use('a')], [result('a'), text('y')])],
    [
      'a message behind the one with the result',
      given({ messages: [...ask, { role: 'user', content: [result('a')] }, { role: 'user', content: 'y' }] }),
    ],
    ['text before a use', talk('x', [text('y'), use('a')], [result('a')])],
    ['two uses with their own ids', talk('x', [use('a'), use('b')], [result('a'), result('b')])],
    ['an address', said({ type: 'image', source: { type: 'url', url: 'https://x.example/data:' } })],
    ['uses with their results', talk('x', [use('a'), use('b')], [result('b'), result('a'), text('y')])],
    [
      'results in two messages of one turn',
      given({
        messages: [
          { role: 'user', content: 'x' },
          { role: 'assistant', content: [use('a')] },
          { role: 'assistant', content: [use('b')] },
          { role: 'user', content: [result('a')] },
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: [result('b')] },
        ],
      }),
    ],
    ['a tool of the server', talk('x', [{ type: 'server_tool_use', id: 's', name: 'web_search', input: {} }], 'y')],
    [
      'an hour before five minutes',
      given({ system: [marked('1h'), marked()], messages: [{ role: 'user', content: [marked('5m')] }] }),
    ],
    ['much effort with thinking', effort('claude-opus-5', 'max', 'adaptive')],
    ['less effort without', effort('claude-opus-5', 'high')],
    ['another model', effort('claude-opus-5-5', 'max')],
  ])('%s: not refused', (_, params) => {
    expect(findings(params)).toEqual([]);
  });

  test('what may be refused is a warning', () => {
    expect(findings(talk('x', [use('a')]))).toEqual([warning('use-without-result', at(1, 0))]);
    expect(findings(forced({ thinking: { type: 'adaptive' } }))).toEqual([warning('forced-tool-thinking')]);
    const again = talk('x', [use('a')], [result('a')], [use('a')], [result('a')]);
    expect(findings(again)).toEqual([warning('repeated-use', at(3, 0))]);
  });

  test('interleaved thinking may have a budget above max_tokens, and no other beta', () => {
    const rulesWith = (beta: string) =>
      rulesOf({ baseUrl: 'https://api.anthropic.com', version: '2026-10-21', betas: [beta] });
    const interleaved = rulesWith('interleaved-thinking-2025-05-14');
    expect(findings(budget(9_000), interleaved)).toEqual([]);
    expect(findings(budget(1_023), interleaved)).toEqual([warning('thinking-budget', { least: 1_024 })]);
    const other = rulesWith('context-management-2025-06-27');
    expect(findings(budget(9_000), other)).toEqual([warning('thinking-budget-limit', { limit: 2_000 })]);
  });

  test('many faults are told briefly', () => {
    const uses = Array.from({ length: 50 }, (_, i) => use(`${i}`));
    expect(findings(talk('x', uses, 'y'))).toHaveLength(3);
    expect(findings(said(...Array.from({ length: 50 }, () => image('x')['messages']).flat(2)))).not.toHaveLength(50);
    expect(findings(given({ tools: Array.from({ length: 50 }, (_, i) => ({ ...TOOL, name: `${i}.` })) }))).toHaveLength(
      5,
    );
  });
});

describe('sampling in versions that have it', () => {
  const range = (name: string) => error('sampling-range', { name });
  const withThinking = (name: string) => error('sampling-with-thinking', { name });
  test.each<[Params, object[]]>([
    [{ temperature: 1.01 }, [range('temperature')]],
    [{ temperature: -0.1 }, [range('temperature')]],
    [{ temperature: '0.5' }, [range('temperature')]],
    [{ top_p: 1.5 }, [range('top_p')]],
    [{ top_k: -1 }, [range('top_k')]],
    [{ temperature: 0, top_p: 1, top_k: 500 }, []],
    [{ temperature: 1 }, []],
    [{ temperature: null }, []],
    [{ ...thinks, max_tokens: 2_000, temperature: 0.5 }, [withThinking('temperature')]],
    [{ ...thinks, max_tokens: 2_000, top_k: 5 }, [withThinking('top_k')]],
    [{ ...thinks, max_tokens: 2_000, top_p: 0.9 }, [withThinking('top_p')]],
    [{ ...thinks, max_tokens: 2_000, temperature: 1, top_p: 0.95 }, []],
  ])('%j', (changes, expected) => {
    expect(findings(given(changes), OLD)).toEqual(expected);
  });
});

describe('names of other APIs and of clients', () => {
  const foreign = (name: string, isThere = false) => error('foreign-param', { name, isThere });
  test.each<[Params, object[]]>([
    [{ extra_body: { x: 1 } }, [foreign('extra_body')]],
    [{ timeout: 60 }, [foreign('timeout')]],
    [{ max_completion_tokens: 8 }, [foreign('max_completion_tokens', true)]],
    [
      { max_tokens: undefined, max_completion_tokens: 8 },
      [foreign('max_completion_tokens'), error('no-max-tokens', { writtenAs: 'max_completion_tokens' })],
    ],
    [{ response_format: { type: 'json_object' } }, [foreign('response_format')]],
    [{ seed: null, n: 1 }, [foreign('seed'), foreign('n')]],
  ])('%j', (changes, expected) => {
    for (const rules of [STRICT, OLD]) expect(findings(given(changes), rules)).toEqual(expected);
    const [first] = findings(given(changes), GATEWAY);
    expect(first).toEqual({ ...expected[0], level: 'warning' });
  });

  test('what a batch refuses with one value only', () => {
    const refused = (name: string) => error('refused-in-batch', { name });
    expect(findings(given({ research_preview_2026_02: 'active' }))).toEqual([refused('research_preview_2026_02')]);
    expect(findings(given({ research_preview_2026_02: 'off' }), BETA)).toEqual([]);
    const policy = { billing_policy: { bill_to: 'user_profile' } };
    expect(findings(given(policy), BETA)).toEqual([refused('billing_policy')]);
    expect(findings(given({ billing_policy: { bill_to: 'organization' } }), BETA)).toEqual([]);
  });

  test('the version of another cloud', () => {
    const found = (kind: string) => [error('header-in-params', { name: 'anthropic_version', kind })];
    expect(findings(given({ anthropic_version: 'bedrock-2023-05-31' }))).toEqual(found('cloud-version'));
    expect(findings(given({ anthropic_version: '2023-06-01' }))).toEqual(found('version'));
  });
});

describe('params of an input', () => {
  const problemsOf = (members: object) => {
    const over = new Map(Object.entries(members).map(([name, value]) => [name, JSON.stringify(value)]));
    return lintMerge({ under: new Map(), over }, STRICT).problems.map(({ code }) => code);
  };

  test('are not blamed for what the lines may bring or change', () => {
    expect(problemsOf({ tool_choice: { type: 'any' } })).toEqual([]);
    expect(problemsOf({ tool_choice: { type: 'tool', name: 'look' } })).toEqual([]);
    expect(problemsOf({ thinking: { type: 'enabled', budget_tokens: 4_000 }, max_tokens: 1_000 })).toEqual([]);
  });

  test('are blamed for what they are', () => {
    expect(problemsOf({ timeout: 1 })).toEqual(['foreign-param']);
    expect(problemsOf({ thinking: { type: 'enabled', budget_tokens: 1 } })).toEqual(['thinking-budget']);
    expect(problemsOf({ system: [text('')] })).toEqual(['empty-text']);
  });
});

test('any value anywhere is judged without a failure', () => {
  const names = ['model', 'max_tokens', 'messages', 'system', 'tools', 'tool_choice', 'thinking', 'output_config'];
  const word = fc.constantFrom(
    'type',
    'content',
    'source',
    'data',
    'id',
    'name',
    'role',
    'cache_control',
    'input_schema',
  );
  const tag = fc.constantFrom(
    'user',
    'assistant',
    'tool_use',
    'tool_result',
    'image',
    'document',
    'base64',
    'enabled',
    'any',
  );
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { weight: 3, arbitrary: tag },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
      { weight: 2, arbitrary: fc.array(tie('node'), { maxLength: 3 }) },
      { weight: 4, arbitrary: fc.dictionary(word, tie('node'), { maxKeys: 4 }) },
    ),
  }));
  fc.assert(
    fc.property(fc.constantFrom(...names), node, (name, value) => {
      for (const rules of [STRICT, OLD, BETA, GATEWAY]) lintParams({ ...given(), [name]: value }, rules);
    }),
  );
});
