import type { Ports } from '../../ports/ports.ts';

/** Sleeps where a run that is being stopped still has something to finish. False at once where it is. */
export async function slept({ clock, signal }: Pick<Ports, 'clock' | 'signal'>, ms: number): Promise<boolean> {
  try {
    await clock.sleep(ms);
  } catch (error) {
    if (error !== signal.reason) throw error;
  }
  return !signal.aborted;
}
