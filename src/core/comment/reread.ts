import type { RunContext } from '../inputs/context.ts';

const LEAST_MS = 1_000;
const SPREAD_MS = 2_000;

/**
 * How long to wait before a comment that was just written is read again, in ms: 1 to 3 s, another time for each leg and
 * round, so that legs that ran into each other do not do so again. The same for the same run.
 */
export function rereadPauseMs(run: Pick<RunContext, 'runId' | 'action'>, name: string, round: number): number {
  return LEAST_MS + (hash(`${run.runId} ${name} ${run.action} ${round}`) % (SPREAD_MS + 1));
}

/** FNV-1a over code units, 32 bits, its bits mixed once more: neighbours such as `leg-0` and `leg-1` end far apart. */
function hash(text: string): number {
  let mixed = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
