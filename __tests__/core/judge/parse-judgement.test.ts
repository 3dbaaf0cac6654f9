import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgementOf, parseJudgement } from '../../../src/core/judge/parse-judgement.ts';

const GOOD = { reason: 'It thanks the user.', verdict: 'pass', score: 0.9 };

function message(text: string, stop_reason: unknown = 'end_turn'): unknown {
  return { role: 'assistant', content: [{ type: 'text', text }], stop_reason };
}
const say = (changes: object): unknown => message(JSON.stringify({ ...GOOD, ...changes }));

describe('what a judge said', () => {
  test.each([
    ['as asked for', say({}), { verdict: 'pass', score: 0.9 }],
    ['unknown', say({ verdict: 'unknown', score: 0.5 }), { verdict: 'unknown', score: 0.5 }],
    ['unknown never contradicts', say({ verdict: 'unknown', score: 1 }), { verdict: 'unknown', score: 1 }],
    ['in capitals', say({ verdict: 'FAIL', score: 0 }), { verdict: 'fail', score: 0 }],
    ['mixed', say({ verdict: 'Pass', score: 1 }), { verdict: 'pass', score: 1 }],
    ['in another order', message('{"score":0.5,"verdict":"fail","reason":"x"}'), { verdict: 'fail', score: 0.5 }],
    ['white space around', message(`\n ${JSON.stringify(GOOD)}\n`), { verdict: 'pass', score: 0.9 }],
    ['stopped by a sequence', message(JSON.stringify(GOOD), 'stop_sequence'), { verdict: 'pass', score: 0.9 }],
    ['pass against its score', say({ score: 0.1 }), { verdict: 'pass', score: 0.1, contradicts: true }],
    ['fail against its score', say({ verdict: 'fail' }), { verdict: 'fail', score: 0.9, contradicts: true }],
    ['halfway', say({ verdict: 'fail', score: 0.5 }), { verdict: 'fail', score: 0.5 }],
  ])('%s', (_, given, expected) => {
    const { kind, reason, ...rest } = parseJudgement(given) as { kind: string; reason: string };
    expect({ kind, rest }).toEqual({ kind: 'judged', rest: expected });
    expect(typeof reason).toBe('string');
  });

  test('thinking before it is not read, and a text in two blocks is one', () => {
    const text = JSON.stringify(GOOD);
    const content = [
      { type: 'thinking', thinking: '{"verdict":"fail"}' },
      { type: 'text', text: text.slice(0, 9) },
      { type: 'text', text: text.slice(9) },
    ];
    expect(parseJudgement({ content, stop_reason: 'end_turn' })).toEqual({ kind: 'judged', ...GOOD });
  });
});

describe('what is no judgement', () => {
  test.each([
    ['a refusal', message(JSON.stringify(GOOD), 'refusal'), 'refusal'],
    ['cut', message(JSON.stringify(GOOD), 'max_tokens'), 'cut'],
    ['context full', message(JSON.stringify(GOOD), 'model_context_window_exceeded'), 'cut'],
    ['paused', message(JSON.stringify(GOOD), 'pause_turn'), 'cut'],
    ['without a stop reason', message(JSON.stringify(GOOD), null), 'cut'],
    ['no message', undefined, 'cut'],
    ['no text', { content: [], stop_reason: 'end_turn' }, 'not-json'],
    ['no content', { stop_reason: 'end_turn' }, 'not-json'],
    ['a text that is none', { content: [{ type: 'text', text: 1 }], stop_reason: 'end_turn' }, 'not-json'],
    ['prose', message('pass'), 'not-json'],
    ['a fence', message(`\`\`\`json\n${JSON.stringify(GOOD)}\n\`\`\``), 'not-json'],
    ['two of them', message(`${JSON.stringify(GOOD)}${JSON.stringify(GOOD)}`), 'not-json'],
    ['half of it', message(JSON.stringify(GOOD).slice(0, -1)), 'not-json'],
    ['NaN', message('{"reason":"x","verdict":"pass","score":NaN}'), 'not-json'],
    ['a list', message(`[${JSON.stringify(GOOD)}]`), 'wrong-form'],
    ['null', message('null'), 'wrong-form'],
    ['a text in JSON', message('"pass"'), 'wrong-form'],
    ['another verdict', say({ verdict: 'passed' }), 'wrong-form'],
    ['a verdict with a blank', say({ verdict: 'pass ' }), 'wrong-form'],
    ['a truth value', say({ verdict: true }), 'wrong-form'],
    ['no verdict', say({ verdict: undefined }), 'wrong-form'],
    ['no reason', say({ reason: undefined }), 'wrong-form'],
    ['a reason that is no text', say({ reason: ['x'] }), 'wrong-form'],
    ['a member too many', say({ pass: true }), 'wrong-form'],
    ['a verdict twice', message('{"reason":"x","verdict":"fail","verdict":"pass","score":1}'), 'wrong-form'],
    ['no score but a member of another name', say({ score: undefined, __proto_: 1 }), 'wrong-score'],
    ['a score in quotes', say({ score: '0.9' }), 'wrong-score'],
    ['null as score', say({ score: null }), 'wrong-score'],
    ['above 1', say({ score: 1.0001 }), 'wrong-score'],
    ['percent', say({ score: 90 }), 'wrong-score'],
    ['below 0', say({ score: -0.1 }), 'wrong-score'],
    ['infinite', message('{"reason":"x","verdict":"pass","score":1e400}'), 'wrong-score'],
  ])('%s', (_, given, why) => expect(parseJudgement(given)).toEqual({ kind: 'unusable', why }));

  test('is anything else, and nothing of it throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(parseJudgement(message(text)).kind).toBe('unusable');
      }),
    );
    fc.assert(fc.property(fc.anything(), (value) => expect(parseJudgement(value).kind).toBe('unusable')));
  });
});

test('asserts take a judgement with the judge that made it', () => {
  const judge = { model: 'claude-sonnet-5', prompt: 1 };
  expect(judgementOf(parseJudgement(say({})), judge)).toEqual({ ...GOOD, judge });
  expect(judgementOf(parseJudgement(message('pass')), judge)).toEqual({
    verdict: 'unusable',
    score: 0,
    reason: '',
    judge,
  });
});
