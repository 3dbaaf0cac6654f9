import type { FaultName } from './faults.ts';

/** Faults that mean the same to most calls. */
export type Kind =
  /** The request did not leave. */
  | 'unsent'
  /** No answer, or one of which nothing is certain. */
  | 'broken'
  /** No answer, and the connection stays open. */
  | 'stalled'
  /** An error that passes. */
  | 'busy'
  /** 429. */
  | 'limited'
  /** 429 with a pause of 40 seconds. */
  | 'paused'
  | 'missing'
  /** The request is wrong, too big or goes elsewhere. */
  | 'refused'
  | 'forbidden'
  /** 200 with something else. */
  | 'nonsense'
  /** The answer, under another type. */
  | 'mistyped';

export function kindOf(fault: FaultName): Kind {
  if (fault === 'refused') return 'unsent';
  if (/^(reset|cut)/.test(fault)) return 'broken';
  if (fault === 'stall' || fault === 'trickle') return 'stalled';
  if (/^(408|409|5\d\d)-/.test(fault)) return 'busy';
  if (fault === 'retry-after-date') return 'paused';
  if (/^(429|retry-after)-/.test(fault)) return 'limited';
  if (/^404-/.test(fault)) return 'missing';
  if (/^(400|413|422|redirect)-/.test(fault)) return 'refused';
  if (/^40[13]-/.test(fault)) return 'forbidden';
  return fault === 'ok-other-type' ? 'mistyped' : 'nonsense';
}
