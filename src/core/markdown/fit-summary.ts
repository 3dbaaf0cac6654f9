import { shrinkSection } from './shrink.ts';

/** The runner drops a job summary over 1 MiB whole; other steps of the job have summaries of their own. */
const MAX_BYTES = 1_000_000;

/** A job summary without its last parts where it is too long, with a word on where the rest is. */
export function fitSummary(text: string, fullReport: string): string {
  for (let step = 0; ; step += 1) {
    const shorter = shrinkSection(text, step, fullReport);
    if (shorter === undefined) return fullReport;
    if (Buffer.byteLength(shorter) <= MAX_BYTES) return shorter;
  }
}
