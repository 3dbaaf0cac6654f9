import { type Report, reportsToFit } from './report.ts';

/** The runner drops a job summary over 1 MiB whole; other steps of the job have summaries of their own. */
const MAX_BYTES = 1_000_000;

/** A job summary without its last parts where it is too long, with a word on where the rest is. */
export function fitSummary(report: Report, fullReport: string): string {
  return reportsToFit(report, fullReport).find((text) => Buffer.byteLength(text) <= MAX_BYTES) ?? fullReport;
}
