import { describe, expect, test } from '@jest/globals';
import { rulesOf } from '../../../src/core/lint/finding.ts';
import { lintMerge } from '../../../src/core/lint/lint-merge.ts';
import { lintParams } from '../../../src/core/lint/lint-params.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { given } from './given.ts';

const api = { baseUrl: 'https://api.anthropic.com', version: '2026-10-21', betas: [] };
const ALLOWED = ['claude-haiku-4-5', 'claude-opus-5-20260101'];
const facts = { allowed: ALLOWED, moreAllowed: 0 };
const adding = (definition: unknown) => ({ type: 'tool_addition', tool: { type: 'tool_definition', definition } });
const advisor = (model: unknown) => ({ type: 'advisor_20260301', name: 'advisor', model });

function refusedIn(
  params: Params,
  { allowed = ALLOWED, ...other }: { allowed?: readonly string[]; baseUrl?: string } = {},
) {
  const findings = lintParams(params, rulesOf({ ...api, ...other }, allowed));
  return findings.filter(({ problem }) => problem.code === 'model-not-allowed');
}

describe('a model', () => {
  const refused = (name: string | undefined, of: 'request' | 'tool' = 'request') => {
    return { level: 'error', problem: { code: 'model-not-allowed', name, of, ...facts } };
  };
  test.each<[string, Params, readonly object[]]>([
    ['allowed', { model: 'claude-haiku-4-5' }, []],
    ['allowed with its date', { model: 'claude-opus-5-20260101' }, []],
    ['another', { model: 'claude-opus-4-8' }, [refused('claude-opus-4-8')]],
    [
      'a dated one, where its alias is allowed',
      { model: 'claude-haiku-4-5-20251001' },
      [refused('claude-haiku-4-5-20251001')],
    ],
    ['an alias, where a dated one is allowed', { model: 'claude-opus-5' }, [refused('claude-opus-5')]],
    ['in other letters', { model: 'Claude-Haiku-4-5' }, [refused('Claude-Haiku-4-5')]],
    ['with a space', { model: 'claude-haiku-4-5 ' }, [refused('claude-haiku-4-5 ')]],
    ['that is a key', { model: 'sk-ant-api03-x' }, [refused('[API key]')]],
    ['of no text, which is refused as such', { model: { toString: 'claude-opus-5' } }, []],
    ['of a tool that is allowed', { tools: [advisor('claude-haiku-4-5')] }, []],
    [
      'of a tool, beside that of the request',
      { model: 'a', tools: [advisor('b'), advisor('claude-haiku-4-5'), advisor('b'), null] },
      [refused('a'), refused('b', 'tool')],
    ],
    ['of a tool in no list', { tools: advisor('b') }, [refused('b', 'tool')]],
    ['of a tool in a list of its own', { tools: [[advisor('b')]] }, [refused(undefined, 'tool')]],
    ['of a tool, in a list', { tools: [advisor(['b'])] }, [refused(undefined, 'tool')]],
    ['of a tool that names none', { tools: [advisor(null)] }, []],
    [
      'of a tool between messages',
      { messages: [{ role: 'system', content: [adding(advisor('b'))] }] },
      [refused('b', 'tool')],
    ],
    ['allowed there', { messages: [{ role: 'system', content: [adding(advisor('claude-haiku-4-5'))] }] }, []],
    [
      'of a tool between messages, in no list',
      { messages: [{ content: adding(advisor('b')) }] },
      [refused('b', 'tool')],
    ],
    [
      'of a tool that a compaction gives back',
      { messages: [{ content: [{ type: 'compaction', tool_changes: [{}, adding(advisor('b'))] }] }] },
      [refused('b', 'tool')],
    ],
    [
      'in a text, or in another block',
      { messages: [{ content: 'b' }, { content: [{ ...adding(advisor('b')), type: 'x' }] }] },
      [],
    ],
  ])('%s', (_, params, expected) => {
    expect(refusedIn(given(params))).toEqual(expected);
  });

  test('is refused where the tools are no list, wherever a beta may take them so', () => {
    const unlisted = { level: 'error', problem: { code: 'shape-type', place: ['tools'], found: 'object' } };
    const params = given({ tools: { 0: advisor('b') } });
    const found = (betas: readonly string[]) => lintParams(params, rulesOf({ ...api, betas }, ALLOWED));
    expect(found(['b'])).toMatchObject([unlisted]);
    expect(found([])).toMatchObject([unlisted]);
    expect(lintParams(params, rulesOf({ ...api, betas: ['b'] }))).toMatchObject([{ ...unlisted, level: 'warning' }]);
  });

  test('is refused behind a gateway as well, and nowhere without a bound', () => {
    expect(refusedIn(given({ model: 'a' }), { baseUrl: 'https://gateway.example' })).toHaveLength(1);
    expect(refusedIn(given({ model: 'a' }), { allowed: [] })).toEqual([]);
  });

  test('is refused with the first five of many that are allowed', () => {
    const allowed = ['1', '2', '3', '4', '5', '6', '7'];
    expect(refusedIn(given({ model: 'a' }), { allowed })[0]?.problem).toMatchObject({
      allowed: ['1', '2', '3', '4', '5'],
      moreAllowed: 2,
    });
  });
});

describe('a model that an input sets for all lines', () => {
  const merge = (under: readonly [string, string][], over: readonly [string, string][]) =>
    lintMerge({ under: new Map(under), over: new Map(over) }, rulesOf(api, ALLOWED)).problems;

  test('is a problem of that input', () => {
    const told = { code: 'model-not-allowed', of: 'request', ...facts };
    expect(merge([['model', '"a"']], [['model', '"b"']])).toEqual([
      { ...told, name: 'a', input: 'default-params' },
      { ...told, name: 'b', input: 'override-params' },
    ]);
  });

  test.each([
    ['model', '"claude-haiku-4-5"'],
    ['max_tokens', '5'],
  ])('is none where %s is right', (name, text) => {
    expect(merge([[name, text]], [])).toEqual([]);
  });
});
