import type { RequestStat } from '../estimate/request-stat.ts';
import { createRequestStats, type RequestStats } from '../estimate/request-stats.ts';
import { likelyTokensOf } from '../estimate/request-tokens.ts';
import { createStatColumns } from '../estimate/stat-columns.ts';
import { ruleTokensPerByte } from '../estimate/tokens-per-byte.ts';
import { MAX_SHOWN_BYTES } from './limits.ts';
import { judgeParams } from './request.ts';

/** What is known about a judgement before there is an answer. */
export interface ExpectedJudgement {
  readonly question: string;
  readonly rubric: string;
  readonly reference?: string | undefined;
  /** The answer if known, else the judged request's limit. */
  readonly answer: { readonly text: string } | { readonly maxTokens: number };
}

/** The judge's requests as `estimateCost` takes them: with likely answers, and with the longest possible ones. */
export interface JudgeStats {
  readonly likely: RequestStats;
  /** Only the upper bound of its estimate is meaningful. */
  readonly upper: RequestStats;
  add(expected: ExpectedJudgement): void;
}

/** A judge of another model may see this many times as many tokens in an answer as the model that wrote it. */
const OTHER_TOKENIZER = 1.5;

/**
 * Starts empty. None of these prompts can be counted, because most do not exist yet, so the bytes-per-token rule applies to all, and the
 * length of an expected answer is given as the bytes that the rule turns into that many tokens.
 */
export function createJudgeStats(model: string): JudgeStats {
  // All judgements share the texts around what is judged. The first writes them to the cache; later ones may read them.
  const bare = createRequestStats();
  const params = judgeParams({ question: '', answer: '', rubric: '', model });
  const withReference = createRequestStats();
  withReference.add(judgeParams({ question: '', answer: '', rubric: '', reference: '', model }));
  bare.add(params);
  bare.add(params);
  const referenceWeight = (withReference.requests.at(0)?.weight ?? 0) - (bare.requests.at(0)?.weight ?? 0);
  const first = bare.requests.at(0);
  const others = bare.requests.at(1);
  const likely = createStatColumns();
  const upper = createStatColumns();

  return {
    likely: statsOf(model, likely.requests),
    upper: statsOf(model, upper.requests),
    add({ question, rubric, reference, answer }) {
      const own = likely.requests.length === 0 ? first : others;
      if (own === undefined) return;
      const shown =
        boundedBytes(question, MAX_SHOWN_BYTES.question) +
        Buffer.byteLength(rubric) +
        (reference === undefined ? 0 : referenceWeight + boundedBytes(reference, MAX_SHOWN_BYTES.reference));
      const weigh = (bytes: number): RequestStat => ({
        ...own,
        weight: own.weight + shown + Math.min(MAX_SHOWN_BYTES.answer, bytes),
      });
      if ('text' in answer) {
        const known = weigh(Buffer.byteLength(answer.text));
        likely.add(known);
        upper.add(known);
        return;
      }
      const { maxTokens } = answer;
      likely.add(weigh(Math.ceil(likelyTokensOf(maxTokens, false) / ruleTokensPerByte.point)));
      upper.add(weigh(Math.ceil((maxTokens * OTHER_TOKENIZER) / ruleTokensPerByte.upper)));
    },
  };
}

function boundedBytes(text: string, most: number): number {
  return Math.min(most, Buffer.byteLength(text));
}

function statsOf(model: string, requests: RequestStats['requests']): RequestStats {
  return { models: [model], requests, thinkingBudget: 0, prefixes: () => [] };
}
