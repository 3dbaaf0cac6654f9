import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { median } from '../statistics.ts';

/** Something whose time is taken, always for the same work. */
export interface Contestant {
  readonly name: string;
  run(): unknown;
}

/** Milliseconds of processor time of this thread by contestant, one for each round. */
export type Times = ReadonlyMap<string, readonly number[]>;

/**
 * Lets all run in turn, `rounds` times, so that whatever else the machine does falls on all of them. Each begins without the
 * garbage of the one before. Taken is the processor time of the thread that does the work: on a machine of its own that is
 * the time it takes, and on a busy one it does not count the waiting for a core. Reading ahead and a part of garbage
 * collection go on in other threads meanwhile.
 */
export async function runContest(contestants: readonly Contestant[], rounds: number): Promise<Times> {
  const times = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, run } of contestants) {
      collectGarbage();
      const started = process.threadCpuUsage();
      await run();
      const { user, system } = process.threadCpuUsage(started);
      times.get(name)?.push((user + system) / 1_000);
    }
  }
  return times;
}

/** How often the time of `base` the work of `name` takes. */
export interface Ratio {
  /** Of the fastest runs: what else goes on can only slow a run down. */
  readonly best: number;
  /** Of the rounds: where something goes on all the time, it slows both. */
  readonly median: number;
}

export function ratioOf(times: Times, name: string, base: string): Ratio {
  const own = times.get(name) ?? [];
  const other = times.get(base) ?? [];
  const byRound = own.map((ms, round) => ms / (other[round] ?? Number.NaN));
  return {
    best: Math.min(...own) / Math.min(...other),
    median: median(byRound),
  };
}

let gc: (() => void) | undefined;

function collectGarbage(): void {
  if (gc === undefined) {
    setFlagsFromString('--expose-gc');
    gc = runInNewContext('gc') as () => void;
  }
  gc();
}
