import type { PageContent } from '../inputs/inputs.ts';
import type { Summary } from '../summary/summary.ts';
import { toPlainLine } from '../text/untrusted-text.ts';

/** `requests.jsonl` is left out of the artifact beyond this many bytes. */
export const MAX_REQUESTS_BYTES = 50_000_000;

/** What the page links to; undefined where nothing was uploaded. */
export interface PageLinks {
  readonly artifact: { readonly name: string; readonly url: string } | undefined;
}

/** Name of the artifact that holds a file, fit to be shown on one line; undefined for a file that is on the runner only. */
export type ArtifactLocation = string | undefined;

/** Where the files are that hold in full what a page shows in part. */
export function locateFiles(
  { requests_file: requests }: Pick<Summary, 'requests_file'>,
  content: PageContent,
  artifact: PageLinks['artifact'],
): { readonly requests: ArtifactLocation; readonly results: ArtifactLocation } {
  const name = artifact === undefined ? undefined : toPlainLine(artifact.name, 100);
  const hasRequests = content === 'full' && requests !== null && requests.bytes <= MAX_REQUESTS_BYTES;
  return { requests: hasRequests ? name : undefined, results: content === 'none' ? undefined : name };
}
