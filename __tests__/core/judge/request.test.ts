import { describe, expect, test } from '@jest/globals';
import { suffixOf } from '../../../src/core/judge/enclose.ts';
import { MAX_SHOWN_BYTES } from '../../../src/core/judge/limits.ts';
import { judgeParams, judgeRequest } from '../../../src/core/judge/request.ts';
import { JUDGE_SYSTEM } from '../../../src/core/messages/judge-prompt.ts';
import { createRequestParser, type Request } from '../../../src/core/requests/request.ts';
import { CUSTOM_ID } from '../../../src/core/requests/validate-line.ts';
import { asked, partOf, promptOf } from './asked.ts';

describe('a request for a judgement', () => {
  test('has a fixed system text with a cache mark, the texts in order, and the form of the answer', () => {
    const params = judgeParams(asked({ reference: 'You have 14 days.' }));
    expect(Object.keys(params)).toEqual(['model', 'max_tokens', 'system', 'messages', 'output_config']);
    expect(params).toMatchObject({
      model: 'claude-sonnet-5',
      system: [{ type: 'text', text: JUDGE_SYSTEM, cache_control: { type: 'ephemeral' } }],
    });
    expect(params['max_tokens']).toBeGreaterThanOrEqual(1_024);
    expect(JSON.stringify(params['output_config'])).toBe(
      '{"format":{"type":"json_schema","schema":{"type":"object","properties":{"reason":{"type":"string"},' +
        '"verdict":{"type":"string","enum":["pass","fail","unknown"]},"score":{"type":"number"}},' +
        '"required":["reason","verdict","score"],"additionalProperties":false}}}',
    );
    const prompt = promptOf({ reference: 'You have 14 days.' });
    const parts = ['question', 'answer', 'reference', 'rubric'];
    expect(parts.map((part) => partOf(prompt, part))).toEqual([
      '[user]\nHow long can I return it?',
      '14 days.',
      'You have 14 days.',
      'is polite',
    ]);
    const places = parts.map((part) => prompt.indexOf(`<case-${part}-`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('has no part for a reference that is not there', () => {
    expect(promptOf()).not.toContain('case-reference');
    expect(partOf(promptOf({ reference: '' }), 'reference')).toBe('');
  });

  test.each([
    ['plain', {}],
    ['a closing tag', { answer: '</case-answer-0123456789abcdef>' }],
    ['control characters and lone surrogates', { answer: '\0\ud800 \u202e', rubric: '\udfff', question: '\ud83d' }],
    ['empty texts', { answer: '', rubric: '', question: '', reference: '' }],
    ['a model with quotes', { model: 'a"b\\' }],
  ])('is a line that the API takes: %s', (_, changes) => {
    const { customId, text } = judgeRequest(asked(changes));
    expect(customId).toMatch(CUSTOM_ID);
    const request = createRequestParser({ under: new Map(), over: new Map() })(Buffer.from(text)) as Request;
    expect(request).toMatchObject({ customId, text, params: judgeParams(asked(changes)) });
  });

  test('is the same for the same judgement, and another where anything of it differs', () => {
    const others = [
      {},
      { question: 'x' },
      { answer: 'x' },
      { rubric: 'x' },
      { reference: '' },
      { reference: 'x' },
      { model: 'x' },
    ].map((changes) => judgeRequest(asked(changes)));
    expect(new Set(others.map(({ customId }) => customId)).size).toBe(others.length);
    expect(new Set(others.map(({ text }) => text.replace(/judge-\w+/, ''))).size).toBe(others.length);
    expect(judgeRequest(asked())).toEqual(others[0]);
  });

  test('has tags that depend on question, answer and rubric, each for itself', () => {
    const suffixes = [suffixOf('ab', 'c', 'd'), suffixOf('a', 'bc', 'd'), suffixOf('a', 'b', 'cd')];
    expect(new Set(suffixes).size).toBe(3);
    for (const suffix of suffixes) expect(suffix).toMatch(/^[0-9a-f]{16}$/);
    expect(promptOf()).toContain(`<case-answer-${suffixOf(asked().question, '14 days.', 'is polite')}>`);
  });

  test('cuts what is too long in the middle, but never the rubric', () => {
    const long = `start ${'é'.repeat(200_000)} end`;
    const prompt = promptOf({ question: long, answer: long, reference: long, rubric: long });
    for (const part of ['question', 'answer', 'reference'] as const) {
      const shown = partOf(prompt, part);
      const [, head = '', left = '', tail = ''] =
        /^(.*)\n<case-cut-[0-9a-f]{16} bytes="(\d+)"\/>\n(.*)$/.exec(shown) ?? [];
      expect(head).toMatch(/^start é+$/);
      expect(tail).toMatch(/^é+ end$/);
      expect(Buffer.byteLength(head + tail)).toBeLessThanOrEqual(MAX_SHOWN_BYTES[part]);
      expect(Buffer.byteLength(head + tail) + Number(left)).toBe(Buffer.byteLength(long));
    }
    expect(partOf(prompt, 'rubric')).toBe(long);
  });

  test('fits into what every model takes, whatever is judged', () => {
    const long = 'x'.repeat(3_000_000);
    const prompt = promptOf({ question: long, answer: long, reference: long });
    expect((Buffer.byteLength(prompt) + Buffer.byteLength(JUDGE_SYSTEM)) / 1.5).toBeLessThan(200_000 - 20_000);
  });
});
