import type { Femto } from '../text/money.ts';
import type { Bounds } from './bounds.ts';

/** The judging part of an estimate. */
export interface JudgingEstimate {
  readonly judgements: number;
  readonly batch: Bounds<Femto>;
  /** Judgements whose model has no price: all or none. */
  readonly unpriced: number;
}
