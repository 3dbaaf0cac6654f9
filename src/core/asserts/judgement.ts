/** Which judge with which prompt decided: both are a part of what makes runs comparable. */
export interface Judge {
  readonly model: string;
  /** Version of the prompt. */
  readonly prompt: number;
}

/** What a judge said of an answer. */
export interface Judgement {
  /** `unusable`: its answer has not the form that was asked for, or there is none. */
  readonly verdict: 'pass' | 'fail' | 'unknown' | 'unusable';
  /** From 0 to 1. */
  readonly score: number;
  /** Untrusted text. */
  readonly reason: string;
  readonly judge: Judge;
}

/** Whether the score says the opposite of the verdict, which holds. */
export function isContradictory({ verdict, score }: Pick<Judgement, 'verdict' | 'score'>): boolean {
  return (verdict === 'pass' && score < 0.5) || (verdict === 'fail' && score > 0.5);
}
