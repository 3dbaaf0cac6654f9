import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printAddress, readAddress } from '../../../page/address.ts';
import { NONE } from '../../../page/facets.ts';
import { groupAnswers } from '../../../page/listed-case.ts';
import { compareAmounts, ORDERS } from '../../../page/orders.ts';
import { isPartlyUnsearched, kindOf } from '../../../page/outcome.ts';
import { FIRST_VIEW, isWanted, type View } from '../../../page/view.ts';
import type { Outcome } from '../../../src/core/asserts/finding.ts';
import { costText, LABELS, ORDER_NAMES, outcomeWords } from '../../../src/core/messages/page-script.ts';
import type { CaseRecord, PageAssert, PageGrade, PagePart, PageText } from '../../../src/core/page/case.ts';
import { anyText } from '../../any-text.ts';
import { attacks } from './attacks.ts';
import { assertOf, gradeOf } from './graded-samples.ts';
import { caseOf } from './samples.ts';

const textOf = (head: string, leftOut = 0): PageText => ({ head, left_out: leftOut, tail: '' });
const answerOf = (text: PageText): PagePart<PageText>[] => [{ kind: 'text', text }];
const recordOf = (position: number, changed: Partial<CaseRecord> = {}): CaseRecord => ({
  ...(({ before: _, ...found }) => found)(caseOf(position)),
  error: null,
  prompt: [{ kind: 'text', role: 'user', text: textOf('What is an Apple?') }],
  parameters: textOf('{"max_tokens": 512}'),
  answer: answerOf(textOf('A fruit (pomaceous)')),
  texts_left_out: false,
  ...changed,
});

const REUSED = { batch_id: 'msgbatch_9', answered_at: '2026-11-19T11:00:00.000Z', age_days: 3 };

describe('isWanted', () => {
  const failed = recordOf(1, {
    outcome: 'errored',
    stop_reason: null,
    error: { type: 'api_error', message: textOf('Inside') },
    prompt: null,
    parameters: null,
    answer: null,
  });
  test.each<[string, CaseRecord, Partial<View>, boolean]>([
    ['nothing is asked', failed, {}, true],
    ['a word of the answer', recordOf(1), { search: 'FRUIT' }, true],
    [
      'a word at the end of a long text',
      recordOf(1, { answer: answerOf({ head: 'A', left_out: 9, tail: 'so forty-two' }) }),
      { search: 'forty-two' },
      true,
    ],
    ['words of prompt and answer', recordOf(1), { search: ' apple  fruit ' }, true],
    ['one word that is nowhere', recordOf(1), { search: 'apple pear' }, false],
    ['marks that mean something elsewhere', recordOf(1), { search: '(pomaceous)' }, true],
    ['an error', failed, { search: 'api_error inside' }, true],
    ['a parameter', recordOf(1), { search: 'max_tokens' }, false],
    [
      'the outcome in the words of the list',
      recordOf(1, { stop_reason: 'max_tokens' }),
      { search: outcomeWords('cut').short },
      true,
    ],
    ['the outcome of another', recordOf(1), { search: outcomeWords('errored').name }, false],
    ['a model', recordOf(1), { model: 'claude-opus-5' }, true],
    ['another model', recordOf(1), { model: 'claude-opus-4-8' }, false],
    ['a reused answer', recordOf(1, { reused: REUSED }), { reuse: 'reused' }, true],
    ['an answer that is not reused', recordOf(1), { reuse: 'reused' }, false],
    ['what was submitted', recordOf(1), { reuse: 'sent' }, true],
    ['what was submitted, of a reused answer', recordOf(1, { reused: REUSED }), { reuse: 'sent' }, false],
    ['no model', recordOf(1, { model: null }), { model: 'claude-opus-5' }, false],
    ['those without a model', recordOf(1, { model: null }), { model: NONE }, true],
    ['those without a model, of one that has one', recordOf(1), { model: NONE }, false],
    ['requests without asserts do not fail', failed, { outcome: 'failing' }, false],
    ['nor where they are cut', recordOf(1, { stop_reason: 'max_tokens' }), { outcome: 'failing' }, false],
    ['whole ones are not', recordOf(1), { outcome: 'failing' }, false],
    ['whole ones', recordOf(1), { outcome: 'whole' }, true],
    ['cut ones are not whole', recordOf(1, { stop_reason: 'refusal' }), { outcome: 'whole' }, false],
    ['errored ones', failed, { outcome: 'errored' }, true],
    [
      'the alias of a dated model',
      recordOf(1, { model: 'claude-haiku-4-5-20251001' }),
      { model: 'claude-haiku-4-5' },
      true,
    ],
    ['a stop reason', recordOf(1), { stop: 'end_turn' }, true],
    ['another stop reason', recordOf(1), { stop: 'refusal' }, false],
    ['a type of error', failed, { stop: 'api_error' }, true],
    ['no stop reason', recordOf(1, { stop_reason: null, outcome: 'expired' }), { stop: NONE }, true],
    ['those without an answer', failed, { outcome: 'unanswered' }, true],
    ['cut ones are not among these', recordOf(1, { stop_reason: 'max_tokens' }), { outcome: 'unanswered' }, false],
    ['the file', recordOf(1), { search: 'sums.jsonl' }, true],
    ['the prototype', recordOf(1, { model: '__proto__' }), { model: '__proto__' }, true],
  ])('%s', (_, found, view, wanted) => {
    expect(isWanted(found, { ...FIRST_VIEW, ...view })).toBe(wanted);
  });
});

const grade = (
  outcome: Outcome,
  ofCase: Partial<PageGrade['case']> = {},
  asserts?: PageAssert[],
): Partial<CaseRecord> => ({
  grade: gradeOf('refund', { outcome, case: { outcome: 'fail', ...ofCase }, ...(asserts && { asserts }) }),
});
const tone = assertOf({ type: 'llm-rubric', metric: 'tone', outcome: 'fail', reason: 'It is rude.' });

describe('isWanted, of a graded case', () => {
  const broken = recordOf(1, {
    id: 'refund',
    ...grade('fail', { change: 'broken', metadata: [['lang', 'de']] }, [tone]),
  });
  const flaky = groupAnswers([recordOf(1, { id: 'refund-r1', ...grade('pass') }), recordOf(2, grade('fail'))])[0];
  test.each<[string, CaseRecord | undefined, Partial<View>, boolean]>([
    ['broken', broken, { outcome: 'broken' }, true],
    ['not fixed', broken, { outcome: 'fixed' }, false],
    ['failing', broken, { outcome: 'failing' }, true],
    ['complete, and failing', broken, { outcome: 'incomplete' }, false],
    ['a complete answer', broken, { outcome: 'whole' }, true],
    ['not passing', broken, { outcome: 'passing' }, false],
    ['not flaky', broken, { outcome: 'flaky' }, false],
    [
      'passing, though cut off',
      recordOf(1, { ...grade('pass', { outcome: 'pass' }), stop_reason: 'max_tokens' }),
      { outcome: 'failing' },
      false,
    ],
    ['ungraded', recordOf(1, grade('ungraded', { outcome: 'ungraded' })), { outcome: 'ungraded' }, true],
    ['flaky', flaky, { outcome: 'flaky' }, true],
    ['failing with one answer that passes', flaky, { outcome: 'failing' }, true],
    ['one of its answers by its ID', flaky, { search: 'refund-r1' }, true],
    ['words of two of its answers', flaky, { search: 'refund-r1 case-2' }, false],
    ['a metric', broken, { metric: 'tone' }, true],
    ['a metric that does not pass', broken, { metric: 'fails:tone' }, true],
    ['another metric', broken, { metric: 'facts' }, false],
    ['metadata', broken, { metadata: 'lang=de' }, true],
    ['other metadata', broken, { metadata: 'lang=en' }, false],
    ['the reason', broken, { search: 'rude' }, true],
    ['the type', broken, { search: 'llm-rubric' }, true],
    ['the word of the grade', broken, { search: 'fail broken' }, true],
  ])('%s', (_, found, view, wanted) => {
    expect(found && isWanted(found, { ...FIRST_VIEW, ...view })).toBe(wanted);
  });
});

describe('answers of one case', () => {
  const answers = [
    recordOf(4, { id: 'refund-r1', usd: '0.000100', ...grade('pass') }),
    recordOf(5, { id: 'refund-r2', usd: '9007199254740993.000001', ...grade('fail') }),
    recordOf(6, { id: 'other' }),
  ];

  test('are one line, shown by the first that does not pass, with their sums', () => {
    const [refund, other] = groupAnswers(answers);
    expect(refund).toMatchObject({ id: 'refund', position: 4, usd: '9007199254740993.000101', tokens: { input: 409 } });
    expect(refund?.answer).toBe(answers[1]?.answer);
    expect(refund?.answers).toEqual(answers.slice(0, 2));
    expect([other?.id, other?.answers]).toEqual(['other', [answers[2]]]);
  });

  test('have no cost where that of one is not known, and that of the answered ones otherwise', () => {
    const [known, unknown, none] = [{}, { usd: null }, { outcome: 'expired', usd: null, tokens: null } as const];
    const costOf = (...all: Partial<CaseRecord>[]) =>
      groupAnswers(all.map((one, at) => recordOf(at, { usd: '0.000100', ...grade('pass'), ...one })))[0]?.usd;
    expect([costOf(known, unknown), costOf(known, none), costOf(none, none)]).toEqual([null, '0.000100', null]);
  });
});

test.each([
  ['failures', ['required', 'broken', 'failing', 'errored', 'cut', 'fixed', 'passing']],
  ['score', ['errored', 'failing', 'required', 'broken', 'cut', 'fixed', 'passing']],
])('graded cases in the order %s', (order, ids) => {
  const of = (position: number, id: string, changed: Partial<CaseRecord>): CaseRecord =>
    recordOf(position, { id, ...changed });
  const cases = [
    of(0, 'passing', { grade: gradeOf('passing') }),
    of(1, 'fixed', { grade: gradeOf('fixed', { case: { change: 'fixed' }, score: 0.9 }) }),
    of(2, 'cut', { grade: gradeOf('cut', { score: 0.8 }), stop_reason: 'max_tokens' }),
    of(3, 'errored', { grade: gradeOf('errored', { outcome: 'ungraded' }), outcome: 'errored', usd: null }),
    of(4, 'failing', { grade: gradeOf('failing', { outcome: 'fail' }) }),
    of(5, 'broken', { grade: gradeOf('broken', { outcome: 'fail', score: 0.5, case: { change: 'broken' } }) }),
    of(6, 'required', { grade: gradeOf('required', { outcome: 'fail', score: 0.1, case: { required: true } }) }),
  ];
  expect(cases.toSorted(ORDERS.get(order)).map(({ id }) => id)).toEqual(ids);
});

test.each([
  ['failures', ['case-3', 'case-1', 'case-10', 'case-2']],
  ['file', ['case-10', 'case-1', 'case-2', 'case-3']],
  ['cost', ['case-2', 'case-1', 'case-10', 'case-3']],
  ['tokens', ['case-1', 'case-2', 'case-10', 'case-3']],
  ['id', ['case-1', 'case-2', 'case-3', 'case-10']],
  ['-failures', ['case-10', 'case-2', 'case-1', 'case-3']],
  ['-file', ['case-3', 'case-2', 'case-1', 'case-10']],
  ['-cost', ['case-3', 'case-10', 'case-1', 'case-2']],
  ['model', ['case-10', 'case-3', 'case-1', 'case-2']],
])('in the order %s', (order, ids) => {
  const tokens = { input: 1, output: 1, cache_read: 0, cache_write: 0 };
  const cases = [
    recordOf(0, { id: 'case-10', usd: '0.000900', tokens }),
    recordOf(1, { id: 'case-1', usd: '0.010000', stop_reason: 'max_tokens', tokens: { ...tokens, cache_read: 9 } }),
    recordOf(2, { id: 'case-2', usd: '10.000000', tokens: { ...tokens, output: 3 } }),
    recordOf(3, { id: 'case-3', outcome: 'expired', usd: null, tokens: null }),
  ];
  expect(cases.toSorted(ORDERS.get(order)).map(({ id }) => id)).toEqual(ids);
});

test.each([
  ['9.000000', '10.000000', -1],
  ['0.000001', '0.000001', 0],
  ['9007199254740993.000000', '9007199254740992.000000', 1],
  ['0.1234567', '0.123456', 1],
  ['5', '5.0', 0],
  [null, '0.000000', -1],
  ['0.000000', null, 1],
  [null, null, 0],
])('the amounts %j and %j are compared exactly: %d', (one, other, expected) => {
  expect(compareAmounts(one, other)).toBe(expected);
});

test.each<[string, Partial<CaseRecord>, boolean]>([
  ['nothing is left out', { error: { type: 'api_error', message: textOf('In') } }, false],
  ['no texts', { prompt: null, parameters: null, answer: null }, false],
  ['a prompt that is cut', { prompt: answerOf(textOf('What', 5)) }, true],
  ['an answer that is cut', { answer: answerOf(textOf('A', 2)) }, true],
  ['a message that is cut', { error: { type: 'api_error', message: textOf('In', 3) } }, true],
  ['parameters, which are not searched', { parameters: textOf('{', 5) }, false],
  ['texts left out', { texts_left_out: true }, true],
  ['blocks left out', { prompt: [{ kind: 'left-out', text: textOf('7 more') }] }, true],
])('a search cannot see all of a case: %s', (_, changed, expected) => {
  expect(isPartlyUnsearched(recordOf(1, changed))).toBe(expected);
});

test.each<[string, Partial<CaseRecord>, string | undefined]>([
  ['a price', { usd: '0.000583' }, '$0.000583'],
  ['an answer without a price', { usd: null }, LABELS.unknown],
  ['an answer without usage', { usd: null, tokens: null }, LABELS.unknown],
  ['no answer', { usd: null, tokens: null, outcome: 'errored' }, undefined],
])('what a case cost: %s', (_, changed, text) => {
  expect(costText(recordOf(1, changed))).toBe(text);
});

test.each<[Partial<CaseRecord>, string]>([
  [{}, 'whole'],
  [{ stop_reason: 'max_tokens' }, 'cut'],
  [{ outcome: 'errored' }, 'errored'],
  [{ outcome: 'missing' }, 'missing'],
])('%j is of the kind %s', (changed, kind) => {
  expect(kindOf(recordOf(1, changed))).toBe(kind);
});

test('every order has a name', () => {
  expect(Object.keys(ORDER_NAMES)).toEqual([...ORDERS.keys()]);
});

describe('an address', () => {
  test.each(attacks)('%s: says the same when read again', (_, text) => {
    const names = ['search', 'outcome', 'metric', 'metadata', 'stop', 'model', 'reuse', 'order'] as const;
    const all = (value: string): View => Object.fromEntries(names.map((name) => [name, value])) as unknown as View;
    const asked = { open: { id: text, place: 7 }, ...all(text) };
    const fragment = printAddress(asked);
    expect(fragment).toMatch(/^#[\w.*%+=&-]*$/);
    const whole = text.toWellFormed();
    expect(readAddress(fragment)).toEqual({
      open: { id: whole, place: 7 },
      ...all(whole),
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
