import { expect, test } from '@jest/globals';
import { createJudgeDigest } from '../../../src/core/judge/digest.ts';
import { judgeRequest } from '../../../src/core/judge/request.ts';
import { asked } from './asked.ts';

function digestOf(all: readonly Parameters<typeof asked>[0][], model = 'claude-sonnet-5'): string {
  const digest = createJudgeDigest(model);
  for (const changes of all) digest.add(judgeRequest(asked({ model, ...changes })).customId);
  return digest.digest();
}

const A = { answer: 'a' };
const B = { answer: 'b' };

test('a digest differs with every text, the judge, the number of judgements and their order', () => {
  const digests = [
    digestOf([]),
    digestOf([], 'claude-opus-5'),
    digestOf([A]),
    digestOf([A], 'claude-opus-5'),
    digestOf([A, A]),
    digestOf([A, B]),
    digestOf([B, A]),
    digestOf([A, { ...B, rubric: 'is kind' }]),
    digestOf([A, { ...B, reference: 'c' }]),
    digestOf([A, { ...B, question: 'd' }]),
    digestOf([A, { answer: `b${'-'.repeat(300_000)}` }]),
    digestOf([A, { answer: `b${'-'.repeat(150_000)}+${'-'.repeat(149_999)}` }]),
  ];
  expect(new Set(digests).size).toBe(digests.length);
  for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(digestOf([A, B])).toBe(digests[5]);
});

test('it can be read before it is complete', () => {
  const digest = createJudgeDigest('claude-sonnet-5');
  const empty = digest.digest();
  digest.add('judge-1');
  expect(digest.digest()).not.toBe(empty);
  expect(digest.digest()).toBe(digest.digest());
});
