import { describe, expect, test } from '@jest/globals';
import { type Causes, createCauses } from '../../../src/core/results/causes.ts';

const INVALID = 'invalid_request_error';

function addTexts(causes: Causes, texts: readonly string[], type = INVALID): void {
  for (const [i, text] of texts.entries()) causes.add({ outcome: 'errored', id: `${type}-${i}`, type, text });
}

/** Texts that differ in more than figures. */
function differentTexts(count: number, end = ''): string[] {
  return Array.from({ length: count }, (_, i) => String(i).replace(/\d/g, (digit) => 'abcdefghij'[+digit] ?? '') + end);
}

describe('messages that differ in nothing but figures', () => {
  test('are one cause with the message of the first, and it is known that others differ', () => {
    const causes = createCauses();
    addTexts(causes, ['messages.3: 9000 is too long', 'messages.17: 8001 is too long', 'messages.3: is too short']);
    expect(causes.list()).toMatchObject([
      { count: 2, message: 'messages.3: 9000 is too long', varies: true, exampleId: `${INVALID}-0` },
      { count: 1, message: 'messages.3: is too short' },
    ]);
  });

  test('in names as well', () => {
    const causes = createCauses();
    addTexts(causes, ['alpha0', 'alpha0', 'alpha6', 'beta', 'beta']);
    expect(causes.list().map(({ count, message, varies }) => [count, message, varies])).toEqual([
      [3, 'alpha0', true],
      [2, 'beta', undefined],
    ]);
  });

  test('but a message without a figure is another one', () => {
    const causes = createCauses();
    addTexts(causes, ['tool 7 failed', 'tool  failed']);
    expect(causes.list()).toHaveLength(2);
  });

  test('and messages that do not differ at all do not vary', () => {
    const causes = createCauses();
    addTexts(causes, ['alpha0', 'alpha0']);
    expect(causes.list()).toEqual([expect.not.objectContaining({ varies: true })]);
    expect(causes.list()).toMatchObject([{ count: 2, message: 'alpha0' }]);
  });
});

test('a message is cut between characters', () => {
  const causes = createCauses();
  addTexts(causes, [`${'a'.repeat(499)}😀tail`, `${'b'.repeat(489)}1😀tail`, `${'b'.repeat(489)}2😀tail`]);
  for (const { message } of causes.list()) expect(message?.isWellFormed()).toBe(true);
});

describe('more causes than are kept apart', () => {
  test('do not make thousands of groups: the rest is a mixture that says so and stands last, and none is uncounted', () => {
    const causes = createCauses();
    addTexts(causes, differentTexts(1_000, 'x'.repeat(1_000)));
    const groups = causes.list();
    expect(groups).toHaveLength(201);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(1_000);
    expect(groups.at(-1)).toMatchObject({
      count: 800,
      message: undefined,
      mixed: { kinds: 800, isMore: false },
      exampleId: `${INVALID}-200`,
    });
    expect(Math.max(...groups.map(({ message }) => message?.length ?? 0))).toBe(500);
  });

  test('are counted up to a bound', () => {
    const causes = createCauses();
    addTexts(causes, differentTexts(3_000));
    expect(causes.list().at(-1)).toMatchObject({ count: 2_800, mixed: { kinds: 1_000, isMore: true } });
  });

  test('are mixed by type alone, and a kind counts once however often it comes', () => {
    const causes = createCauses();
    addTexts(causes, differentTexts(200));
    addTexts(causes, ['one', 'other', 'one'], 'api_error');
    addTexts(causes, ['third', 'fourth', 'third', 'third']);
    expect(causes.list().slice(200)).toMatchObject([
      { type: INVALID, count: 4, mixed: { kinds: 2, isMore: false }, retryable: false },
      { type: 'api_error', count: 3, mixed: { kinds: 2, isMore: false }, retryable: true },
    ]);
  });

  test('a single one is no mixture: it keeps its message and its place', () => {
    const causes = createCauses();
    addTexts(causes, differentTexts(200));
    addTexts(causes, ['late', 'late', 'late'], 'api_error');
    for (const id of ['c', 'd']) causes.add({ outcome: 'expired', id });
    addTexts(causes, ['aa1', 'aa2'], 'timeout_error');
    expect(causes.list().slice(0, 3)).toMatchObject([
      { type: 'api_error', count: 3, message: 'late' },
      { outcome: 'expired', count: 2, message: undefined, exampleId: 'c' },
      { type: 'timeout_error', count: 2, message: 'aa1', varies: true },
    ]);
  });
});
