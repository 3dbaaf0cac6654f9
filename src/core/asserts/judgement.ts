/** The model and prompt version that judged. Runs are only comparable if both agree. */
export interface Judge {
  readonly model: string;
  /** Version of the prompt. */
  readonly prompt: number;
}

/** A judge's verdict on an answer. */
export interface Judgement {
  /** `unusable`: the judge's answer is missing or not in the requested form. */
  readonly verdict: 'pass' | 'fail' | 'unknown' | 'unusable';
  /** From 0 to 1. */
  readonly score: number;
  /** Untrusted text. */
  readonly reason: string;
  readonly judge: Judge;
}

/** Whether the score contradicts the verdict; the verdict wins. */
export function isContradictory({ verdict, score }: Pick<Judgement, 'verdict' | 'score'>): boolean {
  return (verdict === 'pass' && score < 0.5) || (verdict === 'fail' && score > 0.5);
}
