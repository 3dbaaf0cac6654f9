import type { Fault, WireRequest } from './wire.ts';

/** Says which fault hits a request, and counts it. */
export type FaultPicker = (request: WireRequest) => Fault['does'] | undefined;

/**
 * Watches a list that tests may add to at any time. The first fault that is due hits. Those after it in the list do not see
 * that request, so two faults of one route happen one after the other.
 */
export function watchFaults(faults: readonly Fault[]): FaultPicker {
  const seen = new Map<Fault, number>();
  return (request) => {
    for (const fault of faults) {
      if (fault.method !== request.method || request.path.search(fault.path) === -1) continue;
      if (fault.when?.(request) === false) continue;
      const before = seen.get(fault) ?? 0;
      const first = fault.after ?? 0;
      if (before >= first + (fault.times ?? 1)) continue;
      seen.set(fault, before + 1);
      if (before >= first) return fault.does;
    }
    return undefined;
  };
}
