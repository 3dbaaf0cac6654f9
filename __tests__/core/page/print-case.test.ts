import { describe, expect, test } from '@jest/globals';
import type { PageContent } from '../../../src/core/inputs/inputs.ts';
import type { CaseRecord } from '../../../src/core/page/case.ts';
import { createCasePrinter, MAX_IMAGE, MAX_TEXT } from '../../../src/core/page/print-case.ts';
import { attacks } from './attacks.ts';
import { beforeOf, gradedOf, gradeOf } from './graded-samples.ts';
import { type Changed, caseOf, said } from './samples.ts';

const read = (html: string): CaseRecord => JSON.parse(html.replace(/^<script[^>]*>/, '').replace(/<\/script>\n$/, ''));
const print = (changed: Changed = {}, content: PageContent = 'full'): CaseRecord =>
  read(createCasePrinter(content)(caseOf(1, changed)));
const whole = (head: string): object => ({ head, left_out: 0, tail: '' });
const wholePart = (head: string, role?: string): object => ({ ...said(role, ''), text: whole(head) });

test('all of a case', () => {
  const found = caseOf(3, { prompt: 'P', parameters: '{}', answer: 'A' });
  expect(read(createCasePrinter('full')(found))).toEqual({
    ...found,
    prompt: [wholePart('P', 'user')],
    parameters: whole('{}'),
    answer: [wholePart('A')],
    texts_left_out: false,
  });
});

test.each<[PageContent, string | undefined, string | undefined]>([
  ['full', 'secret prompt', 'secret answer'],
  ['answers', undefined, 'secret answer'],
  ['none', undefined, undefined],
])('content %s', (content, prompt, answer) => {
  const texts = { prompt: 'secret prompt', parameters: 'secret parameters', answer: 'secret answer' };
  const html = createCasePrinter(content)(caseOf(1, texts));
  expect(read(html)).toMatchObject({ texts_left_out: false });
  expect([read(html).prompt?.[0]?.text.head, read(html).answer?.[0]?.text.head]).toEqual([prompt, answer]);
  expect([html.includes('secret prompt'), html.includes('secret parameters')]).toEqual([
    prompt !== undefined,
    prompt !== undefined,
  ]);
  expect(html.includes('secret answer')).toBe(answer !== undefined);
});

describe('a graded case', () => {
  const found = { ...gradedOf(0, gradeOf('a', { outcome: 'fail' })), before: beforeOf('said before') };

  test.each<[PageContent, boolean, boolean]>([
    ['full', true, true],
    ['answers', true, true],
    ['none', false, false],
  ])('of the content %s: reasons %j, the baseline’s answer %j', (content, hasReasons, hasBefore) => {
    const { grade, before } = read(createCasePrinter(content)(found));
    expect(grade?.outcome).toBe('fail');
    expect(grade?.asserts.map(({ reason }) => reason !== '')).toEqual([hasReasons]);
    expect(before?.answer?.[0]?.text.head).toBe(hasBefore ? 'said before' : undefined);
  });

  test('for whose texts there is no room keeps its grade alone', () => {
    const print = createCasePrinter('full', 1);
    print(caseOf(1));
    const { grade, before, texts_left_out } = read(print(found));
    expect([grade?.outcome, grade?.asserts, grade?.asserts_left_out, before, texts_left_out]).toEqual([
      'fail',
      [],
      1,
      undefined,
      true,
    ]);
  });

  test('has the baseline’s answer cut as today’s', () => {
    const long = 'x'.repeat(2 * MAX_TEXT);
    const { before } = read(createCasePrinter('full')({ ...found, before: beforeOf(long) }));
    expect(before?.answer?.[0]?.text.left_out).toBe(MAX_TEXT);
  });
});

describe('a long text', () => {
  test('is whole up to its limit', () => {
    expect(print({ answer: 'x'.repeat(MAX_TEXT) }).answer).toEqual([wholePart('x'.repeat(MAX_TEXT))]);
  });

  test('beyond it has its head, its tail, and how much is between them', () => {
    const answer = `${'a'.repeat(MAX_TEXT)}-${'b'.repeat(MAX_TEXT)}`;
    expect(print({ answer }).answer?.[0]?.text).toEqual({
      head: 'a'.repeat(MAX_TEXT / 2),
      left_out: MAX_TEXT + 1,
      tail: 'b'.repeat(MAX_TEXT / 2),
    });
  });

  test.each(['', 'x'])('never has half a character: after %j', (before) => {
    const text = before + '😀'.repeat(MAX_TEXT);
    const { head = '', left_out = 0, tail = '' } = print({ prompt: text }).prompt?.[0]?.text ?? {};
    expect([head.length + left_out + tail.length, text.startsWith(head), text.endsWith(tail)]).toEqual([
      text.length,
      true,
      true,
    ]);
    expect([head, tail].every((end) => end.isWellFormed() && !end.includes('\uFFFD'))).toBe(true);
  });

  test('of parameters or of an error is cut earlier', () => {
    const { parameters, error } = print({
      parameters: 'p'.repeat(6_000),
      error: { type: 'e', message: 'm'.repeat(1_234) },
    });
    expect([parameters?.left_out, error?.message.left_out]).toEqual([1_000, 234]);
  });
});

test('line breaks of two characters are one', () => {
  expect(print({ prompt: 'a\r\nb\r\n' }).prompt).toEqual([wholePart('a\nb\n', 'user')]);
});

describe('a picture', () => {
  const pixels = (length: number): string => `data:image/png;base64,${'A'.repeat(length - 22)}`;
  const printed = (count: number, length: number): boolean[] => {
    const printCase = createCasePrinter('full');
    const prompt = [{ kind: 'image', role: 'user', text: 'image/png', image: pixels(length) } as const];
    return Array.from({ length: count }, (_, position) => {
      const [part] = read(printCase(caseOf(position, { prompt }))).prompt ?? [];
      expect(part?.text.head).toBe('image/png');
      return part?.image === pixels(length);
    });
  };

  test('is on the page up to a size', () => {
    expect([printed(1, MAX_IMAGE), printed(1, MAX_IMAGE + 4)]).toEqual([[true], [false]]);
  });

  test('is on the page while there is room for pictures', () => {
    const shown = printed(20, MAX_IMAGE);
    expect(shown.indexOf(false)).toBe(15);
    expect(shown.lastIndexOf(true)).toBe(14);
  });

  test('of a prompt is not on a page of answers', () => {
    const prompt = [{ kind: 'image', role: 'user', text: 'image/png', image: pixels(100) } as const];
    expect(createCasePrinter('answers')(caseOf(0, { prompt }))).not.toContain('data:');
  });
});

describe('once the page has its bytes', () => {
  const printed = (maxBytes: number, changed: Changed = {}, content: PageContent = 'full'): CaseRecord[] => {
    const printCase = createCasePrinter(content, maxBytes);
    return [0, 1, 2].map((position) => read(printCase(caseOf(position, { answer: '漢'.repeat(2_000), ...changed }))));
  };

  test('the remaining cases have their numbers and no texts', () => {
    expect(printed(10_000).map(({ texts_left_out }) => texts_left_out)).toEqual([false, false, true]);
    expect(printed(10_000)[2]).toEqual({
      ...caseOf(2),
      prompt: null,
      parameters: null,
      answer: null,
      texts_left_out: true,
    });
  });

  test('nothing is left out of cases without texts', () => {
    expect(printed(1, { prompt: null, answer: null })[2]?.texts_left_out).toBe(false);
    expect(printed(1, {}, 'none')[2]?.texts_left_out).toBe(false);
  });
});

test.each(attacks)('%s: one block, one line for short texts', (_, text) => {
  const error = { type: text, message: text };
  const html = createCasePrinter('full')(
    caseOf(1, {
      ...{ id: text, model: text, stop_reason: text, error, source: { file: text, line: 1 } },
      prompt: [{ kind: 'tool-result', role: text, name: text, id: text, text }],
      answer: text,
    }),
  );
  expect(html.match(/[<>]/g)).toHaveLength(4);
  const { id, model, stop_reason, error: shown, source, prompt } = read(html);
  const part = prompt?.[0];
  for (const line of [id, model, stop_reason, shown?.type, source?.file, part?.role, part?.name, part?.id]) {
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    expect(Array.from(line ?? '').length).toBeLessThanOrEqual(200);
  }
});
