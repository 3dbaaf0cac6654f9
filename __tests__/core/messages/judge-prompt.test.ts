import { expect, test } from '@jest/globals';
import { judgeParams } from '../../../src/core/judge/request.ts';
import { PROMPT_VERSION } from '../../../src/core/messages/judge-prompt.ts';
import { sha256 } from '../../../src/core/text/sha256.ts';

// Runs are compared only where they were judged with the same prompt, so that a change of the prompt must raise its version. If this
// fails, raise it and write the new digest beside it.
const DIGESTS: Readonly<Record<number, string>> = {
  1: 'f05066e2acdec528305579729d27e3ee33ee542a38e3ace720b6f0ba50ff784c',
};

test('what a judge is shown is that of its version', () => {
  const all = [undefined, 'reference', 'r'.repeat(50_000)].map((reference) =>
    judgeParams({ question: 'question', answer: 'answer </case-answer>', rubric: 'rubric', reference, model: 'model' }),
  );
  expect(sha256(JSON.stringify(all))).toBe(DIGESTS[PROMPT_VERSION]);
});
