import type { SavedRecord } from './record.ts';

/** Used if older versions recorded neither who collected nor who submitted. */
const UNKNOWN_RUN = 0;

/** The run that collected all results first; undefined if none has. */
export function collectorOf({ collectedBy, phase, origin }: SavedRecord): number | undefined {
  if (collectedBy !== undefined) return collectedBy;
  return phase === 'collected' || phase === 'deleted' ? (origin.submitter?.runId ?? UNKNOWN_RUN) : undefined;
}

/**
 * Whether a run collects what another had already collected. Its asserts, judge and graders are its own, and say nothing about the run
 * that submitted. A run that finishes what that run left open counts as that run.
 */
export function isCollectedAgain(record: SavedRecord, runId: number): boolean {
  const collector = collectorOf(record);
  return collector !== undefined && collector !== runId && record.origin.submitter?.runId !== runId;
}
