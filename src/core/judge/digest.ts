import { createHash } from 'node:crypto';
import { PROMPT_VERSION } from '../messages/judge-prompt.ts';

/**
 * The digest of a run's judgements, which the record keeps: a batch of another digest is never used. Takes the custom IDs of the
 * judge's requests in the order of the cases and their asserts. Each is a digest of all that is judged (question, answer, rubric,
 * reference) and by whom, so that nothing can be shown to a judge and not be in here.
 */
export function createJudgeDigest(model: string): {
  add(customId: string): void;
  /** Hex SHA-256 of what was added so far. */
  digest(): string;
} {
  const hash = createHash('sha256').update(`${JSON.stringify([PROMPT_VERSION, model])}\n`);
  return {
    add(customId) {
      hash.update(`${customId}\n`);
    },
    digest: () => hash.copy().digest('hex'),
  };
}
