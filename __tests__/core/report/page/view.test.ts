import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printAddress, readAddress } from '../../../../page/address.ts';
import { costText } from '../../../../page/cost.ts';
import { outcomeOf } from '../../../../page/outcome.ts';
import { FIRST_VIEW, isWanted, NO_MODEL, ORDERS, type View } from '../../../../page/view.ts';
import { unsearchedSentence } from '../../../../page/wholeness.ts';
import type { CaseRecord, PageText } from '../../../../src/core/report/page/case.ts';
import { chartsHtml } from '../../../../src/core/report/page/charts.ts';
import { anyText } from '../../../any-text.ts';
import { attacks } from './attacks.ts';
import { caseOf, summary } from './samples.ts';

const textOf = (text: string, leftOut = 0): PageText => ({
  text,
  length: text.length + leftOut,
  left_out: leftOut,
  indented: false,
});
const recordOf = (position: number, changed: Partial<CaseRecord> = {}): CaseRecord => ({
  ...caseOf(position),
  error: null,
  prompt: textOf('What is an Apple?'),
  parameters: textOf('{"max_tokens": 512}'),
  answer: textOf('A fruit (pomaceous)'),
  texts_left_out: false,
  ...changed,
});

describe('isWanted', () => {
  const failed = recordOf(1, {
    outcome: 'errored',
    stop_reason: null,
    error: { type: 'api_error', message: 'Inside', left_out: 0 },
    prompt: null,
    parameters: null,
    answer: null,
  });
  test.each<[string, CaseRecord, Partial<View>, boolean]>([
    ['nothing is asked', failed, {}, true],
    ['a word of the answer', recordOf(1), { search: 'FRUIT' }, true],
    ['words of prompt and answer', recordOf(1), { search: ' apple  fruit ' }, true],
    ['one word that is nowhere', recordOf(1), { search: 'apple pear' }, false],
    ['marks that mean something elsewhere', recordOf(1), { search: '(pomaceous)' }, true],
    ['an error', failed, { search: 'api_error inside' }, true],
    ['a parameter', recordOf(1), { search: 'max_tokens' }, false],
    [
      'the outcome in the words of the list',
      recordOf(1, { stop_reason: 'max_tokens' }),
      { search: 'not in full' },
      true,
    ],
    ['the outcome of another', recordOf(1), { search: 'not in full' }, false],
    ['a model', recordOf(1), { model: 'claude-opus-5' }, true],
    ['another model', recordOf(1), { model: 'claude-opus-4-8' }, false],
    ['no model', recordOf(1, { model: null }), { model: 'claude-opus-5' }, false],
    ['those without a model', recordOf(1, { model: null }), { model: NO_MODEL }, true],
    ['those without a model, of one that has one', recordOf(1), { model: NO_MODEL }, false],
    ['failing ones', failed, { outcome: 'failing' }, true],
    ['cut ones are failing', recordOf(1, { stop_reason: 'max_tokens' }), { outcome: 'failing' }, true],
    ['whole ones are not', recordOf(1), { outcome: 'failing' }, false],
    ['whole ones', recordOf(1), { outcome: 'whole' }, true],
    ['cut ones are not whole', recordOf(1, { stop_reason: 'refusal' }), { outcome: 'whole' }, false],
    ['errored ones', failed, { outcome: 'errored' }, true],
    ['the prototype', recordOf(1, { model: '__proto__' }), { model: '__proto__' }, true],
  ])('%s', (_, found, view, wanted) => {
    expect(isWanted(found, { ...FIRST_VIEW, ...view })).toBe(wanted);
  });
});

test.each([
  ['failures', ['case-3', 'case-1', 'case-10', 'case-2']],
  ['file', ['case-10', 'case-1', 'case-2', 'case-3']],
  ['cost', ['case-2', 'case-1', 'case-10', 'case-3']],
  ['tokens', ['case-1', 'case-2', 'case-10', 'case-3']],
  ['id', ['case-1', 'case-2', 'case-3', 'case-10']],
])('in the order %s', (order, ids) => {
  const tokens = { input: 1, output: 1, cache_read: 0, cache_write: 0 };
  const cases = [
    recordOf(0, { id: 'case-10', usd: '0.000900', tokens }),
    recordOf(1, { id: 'case-1', usd: '0.010000', stop_reason: 'max_tokens', tokens: { ...tokens, cache_read: 9 } }),
    recordOf(2, { id: 'case-2', usd: '10.000000', tokens: { ...tokens, output: 3 } }),
    recordOf(3, { id: 'case-3', outcome: 'expired', usd: null, tokens: null }),
  ];
  expect(cases.toSorted(ORDERS.get(order)?.compare).map(({ id }) => id)).toEqual(ids);
});

const cut = { prompt: textOf('What', 5) };
const errorOf = (leftOut: number): CaseRecord['error'] => ({ type: 'api_error', message: 'In', left_out: leftOut });
test.each<[string, readonly Partial<CaseRecord>[], string]>([
  ['all is whole', [{}, { error: errorOf(0) }, { prompt: null, parameters: null, answer: null }], ''],
  ['one text', [cut, {}], 'The search looks at what is shown: texts of 1 case are not whole.'],
  [
    'every kind of text, cases counted once',
    [{ ...cut, answer: textOf('A', 9) }, { answer: textOf('A', 2) }, { error: errorOf(3) }],
    'The search looks at what is shown: texts of 3 cases are not whole.',
  ],
  ['parameters, which are not searched', [{ parameters: textOf('{', 5) }], ''],
  ['left out', [{ texts_left_out: true }], 'The search looks at what is shown: texts of 1 case are not in this page.'],
  [
    'both',
    [cut, { texts_left_out: true, error: errorOf(3) }, { texts_left_out: true }],
    'The search looks at what is shown: texts of 1 case are not whole, texts of 2 cases are not in this page.',
  ],
])('what a search cannot find: %s', (_, changes, sentence) => {
  expect(unsearchedSentence(changes.map((changed, position) => recordOf(position, changed)))).toBe(sentence);
});

test.each<[string, Partial<CaseRecord>, string | undefined]>([
  ['a price', { usd: '0.000583' }, '$0.000583'],
  ['an answer without a price', { usd: null }, 'unknown'],
  ['an answer without usage', { usd: null, tokens: null }, 'unknown'],
  ['no answer', { usd: null, tokens: null, outcome: 'errored' }, undefined],
])('what a case cost: %s', (_, changed, text) => {
  expect(costText(recordOf(1, changed))).toBe(text);
});

test("outcomes have the names of the overview's chart", () => {
  const ends: Partial<CaseRecord>[] = [
    {},
    { stop_reason: 'max_tokens' },
    { outcome: 'errored' },
    { outcome: 'canceled' },
    { outcome: 'expired' },
    { outcome: 'missing' },
  ];
  const names = Array.from(chartsHtml(summary)?.matchAll(/<li>.*?<\/span>(.*?) <b/g) ?? [], ([, name]) => name);
  expect(ends.map((changed) => outcomeOf(recordOf(1, changed)).name)).toEqual(names);
});

describe('an address', () => {
  test.each(attacks)('%s: says the same when read again', (_, text) => {
    const asked = { open: { id: text, place: 7 }, search: text, outcome: text, model: text, order: text };
    const fragment = printAddress(asked);
    expect(fragment).toMatch(/^#[\w.*%+=&-]*$/);
    const whole = text.toWellFormed();
    expect(readAddress(fragment)).toEqual({
      open: { id: whole, place: 7 },
      search: whole,
      outcome: whole,
      model: whole,
      order: whole,
    });
  });

  test.each(['', '#', '#case', '#%', '#case=%E0%A4%A', '#&&==', '#__proto__=1', '#case=1&case=2'])(
    '%j is read without a word',
    (fragment) => {
      expect(() => readAddress(fragment)).not.toThrow();
    },
  );

  test('any text', () => {
    fc.assert(fc.property(anyText(), (text) => typeof readAddress(`#${text}`).search === 'string'));
  });

  test('a page as it opens has none', () => {
    expect(printAddress({ ...FIRST_VIEW, open: undefined })).toBe('');
    expect(readAddress('')).toEqual({ ...FIRST_VIEW, open: undefined });
  });

  test.each([
    ['case-7', undefined, '#case=case-7'],
    ['', undefined, '#case='],
    ['a&b=c', undefined, '#case=a%26b%3Dc'],
    ['50%', undefined, '#case=50%25'],
    ['a#b', undefined, '#case=a%23b'],
    ['a+b c', undefined, '#case=a%2Bb+c'],
    ['\u00FC\u6F22\u{1F34E}', undefined, '#case=%C3%BC%E6%BC%A2%F0%9F%8D%8E'],
    ['twice', 12, '#case=twice&place=12'],
  ])('the case %j at place %j is %s', (id, place, fragment) => {
    const asked = { ...FIRST_VIEW, open: { id, place } };
    expect(printAddress(asked)).toBe(fragment);
    expect(readAddress(fragment)).toEqual(asked);
  });

  test.each(['', '0', '-1', '1.5', '1e3', ' 2', '9'.repeat(16), 'x'])('%j is no place', (text) => {
    expect(readAddress(`#case=a&place=${text}`).open).toEqual({ id: 'a', place: undefined });
  });
});
