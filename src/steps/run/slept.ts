import type { Ports } from '../../ports/ports.ts';

/** Sleeps before the last work of a run. Returns false at once if the run is being stopped. */
export async function slept({ clock, signal }: Pick<Ports, 'clock' | 'signal'>, ms: number): Promise<boolean> {
  try {
    await clock.sleep(ms);
  } catch (error) {
    if (error !== signal.reason) throw error;
  }
  return !signal.aborted;
}
