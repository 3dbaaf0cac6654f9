import { expect, test } from '@jest/globals';
import { type AssertReason, MAX_REASON, printAssertReason } from '../../../src/core/messages/asserts.ts';

const SENTENCES: readonly (readonly [AssertReason, string])[] = [
  [{ code: 'quoted', text: 'not\npolite' }, 'not polite'],
  [{ code: 'equal', expected: 'yes' }, 'the answer is "yes"'],
  [
    { code: 'unequal', expected: 'yes', found: 'Yes\n', only: ['white-space', 'case'] },
    'expected "yes", found "Yes\\n"; the only differences are white space and capitalization',
  ],
  [
    { code: 'unequal', expected: '{"a":1}', found: undefined, only: [] },
    'expected "{\\"a\\":1}", but the answer is not JSON',
  ],
  [{ code: 'unequal', expected: '', found: 'blue', only: [], negated: true }, 'the answer is "blue", not ""'],
  [{ code: 'unequal', expected: '{}', found: undefined, only: [], negated: true }, 'the answer is not JSON'],
  [{ code: 'texts-found', texts: ['a', 'b'], count: 2 }, 'found "a", "b"'],
  [
    { code: 'texts-missing', texts: ['14 days'], count: 3, only: ['code-fence'] },
    'did not find "14 days", 2 more; the only difference is a code fence',
  ],
  [{ code: 'texts-missing', texts: [], count: 0, only: [] }, 'there is no text to find'],
  [{ code: 'affix', at: 'start', text: 'The', found: 'The end', is: true, only: [] }, 'the answer starts with "The"'],
  [
    { code: 'affix', at: 'end', text: '.', found: 'end', is: false, only: [] },
    'expected the answer to end with ".", but it ends with "end"',
  ],
  [
    { code: 'affix', at: 'start', text: 'I ', found: 'Paris', is: false, only: [], negated: true },
    'the answer starts with "Paris", not with "I "',
  ],
  [{ code: 'pattern-matched', found: '42' }, 'the pattern matches "42"'],
  [{ code: 'pattern-unmatched', pattern: '\\d+', found: 'none', only: [] }, 'nothing matches "\\\\d+" in "none"'],
  [{ code: 'too-slow' }, 'it took too long to check, so it is undecided'],
  [{ code: 'too-complex' }, 'the answer is nested too deeply to be checked'],
  [{ code: 'json-valid', hasSchema: true }, 'the answer is JSON that conforms to the schema'],
  [{ code: 'json-valid', hasSchema: false }, 'the answer is JSON'],
  [{ code: 'json-invalid', found: 'No', only: [] }, 'the answer is not JSON: "No"'],
  [{ code: 'json-found', hasSchema: false }, 'the answer has a JSON object or array'],
  [{ code: 'json-found', hasSchema: true }, 'the answer has a JSON object or array that conforms to the schema'],
  [{ code: 'json-not-found' }, 'the answer has no JSON object or array'],
  [
    { code: 'schema-mismatch', path: '/a/0', fault: 'must be number' },
    'the JSON does not conform to the schema: /a/0 must be number',
  ],
  [{ code: 'schema-unread', file: 'a.json' }, 'the schema "a.json" was not read'],
  [
    { code: 'word-count', words: 1_200, min: 2, max: 3, is: false },
    'expected at least 2 and at most 3, found 1,200 words',
  ],
  [{ code: 'word-count', words: 1, min: 1, max: 1, is: true }, 'found 1 word'],
  [{ code: 'word-count', words: 1, min: 2, max: 2, is: false }, 'expected 2, found 1 word'],
  [{ code: 'word-count', words: 1, min: 2, max: 2, is: false, negated: true }, 'found 1 word'],
  [{ code: 'cost', cost: 2_000_000_000_000n, limit: 0.001, is: false }, 'the answer cost $0.002000, more than $0.001'],
  [{ code: 'cost', cost: 0n, limit: 0, is: true }, 'the answer cost $0.000000, within $0'],
  [{ code: 'cost-unknown' }, 'the cost of the answer is not known'],
  [
    { code: 'stop-reason', expected: ['end_turn', 'tool_use'], found: null, is: false },
    'expected end_turn or tool_use, the stop reason is unknown',
  ],
  [{ code: 'stop-reason', expected: ['end_turn'], found: 'end_turn', is: true }, 'the stop reason is end_turn'],
  [
    { code: 'stop-reason', expected: ['max_tokens'], found: 'end_turn', is: false, negated: true },
    'the stop reason is end_turn',
  ],
  [{ code: 'refusal', words: undefined }, 'the stop reason is refusal'],
  [{ code: 'refusal', words: 'i cannot help' }, 'the answer opens with "i cannot help"'],
  [{ code: 'no-refusal' }, 'the answer does not open with a refusal, and the stop reason is not refusal'],
  [{ code: 'no-tool-call' }, 'the answer calls no tool'],
  [{ code: 'tool-calls-valid', count: 2 }, '2 tool calls fit their tools'],
  [{ code: 'tool-calls-valid', count: 1 }, '1 tool call fits its tool'],
  [{ code: 'tool-unknown', name: 'x' }, 'the request has no tool "x"'],
  [
    { code: 'tool-input-mismatch', name: 'x', path: '', fault: "must have required property 'city'" },
    `the input for "x" does not fit: must have required property 'city'`,
  ],
  [{ code: 'tool-schema-unfit', name: 'x' }, 'the schema of the tool "x" cannot be checked'],
  [
    { code: 'tool-call-f1', score: 2 / 3, threshold: 1, missing: ['a'], extra: ['b', 'c'] },
    'F1 is 0.67 of 1.00; not called: "a"; called as well: "b", "c"',
  ],
  [{ code: 'tool-call-f1', score: 0.6666, threshold: 0.6667, missing: [], extra: [] }, 'F1 is 0.6666 of 0.6667'],
  [{ code: 'judged', reason: 'It is polite.', below: undefined }, 'It is polite.'],
  [{ code: 'judged', reason: 'Fair.', below: { score: 0.5, threshold: 0.8 } }, 'score 0.50 of 0.80: Fair.'],
  [{ code: 'judge-undecided', reason: 'It is cut.' }, 'the judge could not decide: It is cut.'],
  [
    { code: 'judgement-unusable' },
    "the judge's answer was not in the required form. If this happens often, try another judge-model",
  ],
  [{ code: 'no-judgement' }, 'there is no judgement'],
  [{ code: 'not-judged', why: 'cut' }, 'the answer was cut off, so it fails without a judge'],
  [{ code: 'set-decided', score: 0.5, threshold: undefined, failed: 1, count: 2 }, '1 of 2 asserts failed'],
  [{ code: 'set-decided', score: 0.5, threshold: 0.75, failed: 1, count: 2 }, 'score 0.50 of 0.75'],
  [{ code: 'set-undecided', ungraded: 1, count: 2 }, '1 of 2 asserts could not be decided'],
];

test.each(SENTENCES)('%p', (reason, sentence) => {
  expect(printAssertReason(reason)).toBe(sentence);
});

test('a reason is at most so long, and inert', () => {
  const text = `\u001b[31m${'x'.repeat(1_000)}`;
  expect(printAssertReason({ code: 'quoted', text })).toHaveLength(MAX_REASON);
  expect(printAssertReason({ code: 'quoted', text })).not.toContain('\u001b');
});
